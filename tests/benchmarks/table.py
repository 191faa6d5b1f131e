"""What is printed: tables of short lines, and what they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

Row = tuple[str, Sequence[str]]

_PACKAGES = (
    "durable-rules",
    "duckdb",
    "zen-engine",
    "rule-engine",
    "pydantic",
    "fastapi",
    "uvicorn",
    "orjson",
)
_LABEL = 46
_CELL = 15


def heading() -> str:
    """Give the machine, the Python and the versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}, {_processor()}, "
        f"{os.cpu_count()} cores, load {load()}\n"
        f"{platform.python_implementation()} {platform.python_version()}, {packages}"
    )


def load() -> str:
    """Give the load average of the last minute; more than the one process of a benchmark is noise."""
    return f"{os.getloadavg()[0]:.2f}"


def show(title: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Print a table."""
    print(f"\n{title}\n")
    print(" " * _LABEL + "".join(f"{column:>{_CELL}}" for column in columns))
    for label, cells in rows:
        print(f"{label:<{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells), flush=True)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )
