"""The command line: its commands, and how each ends. Heavy imports wait until they are needed: --help is immediate."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.abc import MetaPathFinder
from io import TextIOWrapper
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from engine.command.assess import assess
from engine.command.codes import BROKEN_RULEBOOK, INPUT_HAS_PROBLEMS, INTERNAL, INTERRUPTED
from engine.command.compare import compare
from engine.command.evidence import evidence
from engine.command.explain import explain
from engine.command.facts import facts
from engine.command.ladder import ladder
from engine.command.lint import lint
from engine.command.new import new
from engine.command.plan import plan
from engine.command.portfolio import portfolio
from engine.command.prove import prove
from engine.command.route import route
from engine.command.rulebooks import rulebooks
from engine.command.screen import screen
from engine.command.sweep import sweep
from engine.command.target import target
from engine.command.test import test

if TYPE_CHECKING:
    from engine.ground.errors import Language

_GARBAGE = 100_000  # objects more before Python looks for garbage; default 700


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="champion")
def champion() -> None:
    """Decide whether a firm meets the published criteria for a 专精特新 champion, and say why.

    Exit codes: 0 done (whatever the verdict), 1 the input has problems, 2 usage, 3 a broken rulebook, 4 internal.
    Every option can also be set by the environment variable CHAMPION_… named beside it.
    """


for _command in (
    assess,
    ladder,
    route,
    evidence,
    plan,
    screen,
    portfolio,
    sweep,
    target,
    compare,
    rulebooks,
    explain,
    lint,
    test,
    prove,
    new,
    facts,
):
    champion.add_command(_command)


def main() -> None:
    """Run the command; map every error to its exit code, and never show a traceback for a mistake of the user's."""
    from engine.command.ending import ended_by_signals  # noqa: PLC0415

    gc.set_threshold(_GARBAGE)  # nearly all that a command makes it needs to its end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with ended_by_signals() as ending, _without_pandas(), _speaking():
        try:
            champion.main(prog_name="champion", standalone_mode=False)
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 the last resort
            code = _told(error) if ending.code is None else ending.code  # whatever it broke is no fault then
            sys.exit(code)


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Import no pandas meanwhile."""
    finder = _WithoutPandas()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _WithoutPandas(MetaPathFinder):
    """Refuses pandas, which DuckDB and PyArrow import wherever it is installed: 0.3 s, and only Spark uses it."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:  # noqa: ARG002 as it is called
        if fullname == "pandas" and "pyspark" not in sys.modules:
            raise ModuleNotFoundError(fullname)


def _speaking() -> AbstractContextManager[None]:
    """Give the context in which commands speak the language asked for."""
    from engine.command.chinese import in_chinese, is_asked  # noqa: PLC0415

    return in_chinese(champion) if is_asked(sys.argv[1:]) else nullcontext()


def _told(error: BaseException) -> int | str | None:
    """Say on standard error why the command failed; give its exit code."""
    from engine.ground.errors import EngineError, InputError, RulebookError  # noqa: PLC0415

    match error:
        case SystemExit(code=code):
            return code
        case InputError() | RulebookError():
            from engine.command.console import print_problems  # noqa: PLC0415

            print_problems(error, _language(), None)
            return INPUT_HAS_PROBLEMS if isinstance(error, InputError) else BROKEN_RULEBOOK
        case click.ClickException():
            error.show()
            return error.exit_code
        case click.exceptions.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case BrokenPipeError():  # whoever read the output has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 0
    details = error if isinstance(error, EngineError | OSError) else traceback.format_exc()
    click.echo(f"internal error, nothing was decided: {details}", err=True)
    return INTERNAL


def _language() -> Language:
    """Give the language asked for on a command line that failed."""
    words = sys.argv[1:]
    if os.environ.get("CHAMPION_LANG") == "en" and "zh" not in words:
        return "en"
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    return "en" if asked[-1:] == ["en"] or "--lang=en" in words else "zh"
