"""Runs the command line in this process and gives what a shell would see."""

from __future__ import annotations

import gc
import io
import sys
from dataclasses import dataclass
from unittest.mock import patch

import pytest

from engine.command.cli import main


@dataclass(frozen=True)
class Result:
    """Exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def run(capture: pytest.CaptureFixture[bytes], *arguments: str, stdin: bytes = b"") -> Result:
    """Run `champion` with those arguments; `capture` is the fixture capfdbinary."""
    code = 0
    standard_input = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    given = patch.multiple(sys, argv=["champion", *arguments], stdin=standard_input)
    threshold = gc.get_threshold()
    with given:
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            gc.set_threshold(*threshold)
    sys.stdout.flush()
    sys.stderr.flush()
    out, err = capture.readouterr()
    return Result(code, out.decode(), err.decode())
