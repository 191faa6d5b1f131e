"""The terminal: colour when it is one, plain text of a fixed width when not, and lines that break well in Chinese."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING, TextIO, cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text as Styled

from engine.ground.errors import Language, ProblemsError, Text
from engine.ground.harmless import printable
from engine.ground.wrapping import wrapped as wrapped  # noqa: PLC0414 for the other modules
from engine.headers.hints import mappings

if TYPE_CHECKING:
    from engine.firms.profiles import RowProfile
    from engine.screening.evidence_of_list import ListEvidence

_PLAIN_WIDTH = 100
_UNBROKEN = 10**6


class FileText(io.TextIOWrapper):
    """What is printed to become a file: no line of it is broken, for whoever opens it has lines of another width."""


def console(*, error: bool = False, record: bool = False) -> Screen:
    """Give the console for standard output, or standard error, that keeps what it prints if it is to `record`."""
    stream = sys.stderr if error else sys.stdout
    if stream.isatty():
        return Screen(stderr=error, highlight=False, emoji=False, markup=False, record=record)
    width = _UNBROKEN if isinstance(stream, FileText) else _PLAIN_WIDTH
    file = cast("IO[str]", _Trimmed(stream))
    return Screen(file=file, highlight=False, emoji=False, markup=False, width=width, record=record)


class Screen(Console):
    """A console to which no text gives orders."""

    @property
    def is_file(self) -> bool:
        """Whether it prints to a file, in which no line is broken and nothing left out."""
        return self.width == _UNBROKEN

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Give the pieces of what is to be shown, each printable."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable(text), style, control)


class _Trimmed(io.TextIOBase):
    """Passes text on to a stream that is no terminal, without the spaces that pad its lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        """Write the text with every line's end trimmed."""
        self._stream.write(_PADDING.sub("\n", text))
        return len(text)

    def flush(self) -> None:
        """Pass it on."""
        self._stream.flush()


_PADDING = re.compile(r" +\n")


def columns(
    rows: Sequence[Sequence[str | Styled]],
    headings: Mapping[int, Styled] | None = None,
    below: Sequence[Styled] = (),
) -> None:
    """Print rows whose columns line up; on a terminal that is too narrow cells go on below, else lines are never cut.

    `headings` are lines to print before the rows of those numbers, `below` what goes below each row.
    """
    screen = console()
    cells = [[cell if isinstance(cell, Styled) else Styled(cell) for cell in row] for row in rows]
    widths = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
    for number, row in enumerate(cells):
        if headings and number in headings:
            screen.print(headings[number], soft_wrap=True)
        padded = [cell + Styled(" " * (width - cell.cell_len)) for cell, width in zip(row, widths, strict=True)]
        for line in folded(screen, padded):
            screen.print(line, soft_wrap=True)
        if below:
            screen.print(below[number], soft_wrap=True)


def folded(screen: Console, cells: Sequence[Styled]) -> list[Styled]:
    """Give the lines of a row of padded cells: one, or on a narrow terminal several, broken between cells if it can be.

    >>> narrow = Console(width=20, force_terminal=True)
    >>> [line.plain for line in folded(narrow, [Styled("miit-2026-srdi   "), Styled("专精特新中小企业认定标准")])]
    ['miit-2026-srdi', '    专精特新中小企业', '    认定标准']
    """
    width, lines, line = screen.width if screen.is_terminal else sys.maxsize, list[Styled](), Styled()
    for cell in cells:
        bare = cell.copy()
        bare.rstrip()
        if line.cell_len + (2 if line else 0) + bare.cell_len <= width:
            line = line + Styled("  " if line else "") + cell
            continue
        if line.plain.strip():
            lines.append(line)
        *before, last = wrapped(bare.plain.strip(), width - _INDENT).splitlines()
        lines += [Styled(" " * _INDENT + text, bare.style) for text in before]
        line = Styled(" " * _INDENT + last, bare.style)
    lines.append(line)
    for one in lines:
        one.rstrip()
    return lines


_INDENT = 4


def write(content: bytes) -> None:
    """Write bytes and a line end to standard output as they are."""
    sys.stdout.buffer.write(content + b"\n")
    sys.stdout.flush()


def print_written(files: Sequence[str], lang: Language) -> None:
    """Say on standard error which files were written."""
    written = ", ".join(files)
    told = Text(f"已写出：{written}", f"Written: {written}")
    console(error=True).print(Styled(told.in_language(lang)), soft_wrap=True)


def print_caution(told: Text, lang: Language) -> None:
    """Say on standard error what to know of what is printed or written."""
    screen = console(error=True)
    screen.print(Styled(wrapped(told.in_language(lang), screen.width), "yellow"))


def print_todays_form(day: date, lang: Language) -> None:
    """Say on standard error that a form for which no day was given is that of today."""
    told = Text(
        f"没有写 --as-of，按今天（{day}）编制：上年度是 {day.year - 1} 年",
        f"No --as-of, so it is made for today ({day}): the last full year is {day.year - 1}",
    )
    console(error=True).print(Styled(told.in_language(lang)), soft_wrap=True)


def print_unread(profile: RowProfile | ListEvidence, lang: Language) -> None:
    """Say on standard error which columns of a list, questions of a form and sheets were not read, if any."""
    if headers := profile.unread:
        zh = f"没有用上的列：{'、'.join(headers)}（用 --map 或 --map-file 指明，同比对整份名单时一样）"
        en = f"Columns not used: {', '.join(headers)} (name them by --map or --map-file, as for the whole list)"
        if maybe := [mappings(header, facts) for header, facts in profile.perhaps.items()]:
            zh, en = (
                f"{zh}。可能是：{'；'.join(one.zh for one in maybe)}",
                f"{en}. Perhaps: {'; '.join(one.en for one in maybe)}",
            )
        console(error=True).print(Styled({"zh": zh, "en": en}[lang], "yellow"), soft_wrap=True)
    if sheets := profile.other_sheets:
        zh = f"未读的工作表：{'、'.join(sheets)}（用 --sheet 指明）"
        en = f"Sheets not read: {', '.join(sheets)} (name one by --sheet)"
        console(error=True).print(Styled({"zh": zh, "en": en}[lang], "yellow"), soft_wrap=True)


def print_problems(error: ProblemsError, lang: Language, where: str | None) -> None:
    """Print every problem on standard error, one a line, and what to know of all together."""
    screen = console(error=True)
    for problem in error.problems:
        prefix = f"{where}: " if where and not problem.where.startswith(where) else ""
        screen.print(Styled(prefix + problem.in_language(lang)), soft_wrap=True)
    if error.beside:
        screen.print(Styled(error.beside.in_language(lang)), soft_wrap=True)
