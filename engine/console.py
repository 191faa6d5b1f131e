"""The terminal: colour when it is one, plain text of a fixed width when not, and lines that break well in Chinese."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from engine.errors import Language, Problem

_PLAIN_WIDTH = 100


def console(*, error: bool = False) -> Console:
    """Give the console for standard output, or standard error."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PLAIN_WIDTH
    return Console(stderr=error, highlight=False, emoji=False, markup=False, width=width)


def wrapped(text: str, width: int) -> str:
    """Break `text` into lines of at most `width` cells: between Chinese characters, at spaces, never before 、，。）”.

    >>> wrapped("不低于 15%，还差 3 个百分点。", 12).splitlines()
    ['不低于 15%，', '还差 3 个百', '分点。']
    """
    lines, line = [], ""
    for word in _WORDS.findall(text):
        if line and cell_len(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word.lstrip() if not line else word
    return "\n".join([*lines, line.rstrip()])


_WORDS = re.compile(r"\n|[（“《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[、，。；：？！）”》·]*\s*")


def write(content: bytes) -> None:
    """Write bytes and a line end to standard output as they are."""
    sys.stdout.buffer.write(content + b"\n")
    sys.stdout.flush()


def print_problems(problems: Iterable[Problem], lang: Language, where: str | None) -> None:
    """Print every problem on standard error, one a line."""
    screen = console(error=True)
    for problem in problems:
        prefix = f"{where}: " if where else ""
        screen.print(Styled(prefix + problem.in_language(lang)), soft_wrap=True)
