"""A worksheet as a table or as a page, as high and as wide as its texts need, ready to be printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from engine.explaining.verdict import Standing
from engine.explaining.wording import IDLE, OUTCOMES, REJECTED, STANDINGS
from engine.ground.errors import InputError, Language, Problem, Text
from engine.ground.outcome import Outcome
from engine.outputs.page_lines import Lines

LONGEST = 1_048_575  # rows below a header
_LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,8})?", re.ASCII)  # what Excel shows as it was typed
_GROUPED = 10_000  # a year is not
_A4 = 9
_ACROSS, _AT_MOST = 240, 280  # widths of columns that are read well on a sheet of paper, and that can be
_UPRIGHT = 110  # that are read well where the paper stands
_UP_PAGE, _ACROSS_PAGE = 72, 105  # widths of columns that stand on a page at full size, whatever the font
_NAMED = 3  # columns that say whose a row is
_COLOURS = {
    Outcome.MET: ("#E2F0D9", "#375623"),
    Outcome.NOT_MET: ("#FBE5D6", "#9C0006"),
    Outcome.UNDETERMINED: ("#FFF2CC", "#7F6000"),
}
_WIDTHS = {
    "line": 6,
    "firm_id": 20,
    "firm_name": 24,
    "verdict": 13,
    "held": 18,
    "reached": 16,
    "next": 18,
    "route": 24,
    "may_follow": 24,
    "awaiting": 19,
    "count": 7,
    "lacks": 11,
}
_WIDTHS |= {"reasons": 70, "notes": 40, "missing": 38, "hangs_on": 22, "rulebook": 28, "as_of": 11}
_WIDTHS |= {"column": 24, "fact": 24, "value": 20, "problem": 36, "instead": 44, "problems": 80, "beside": 14}
_WIDTHS |= {"level": 24, "why": 110, "ready": 6, "paper": 42, "used_for": 38, "kind": 10}
_WIDTHS |= {"printed_name": 13}
_PRINTED_TO = ("hangs_on", "problems")  # what comes after them would make the print too small to read
_MIDDLE = {"line", "count", "lacks", "ready"}
_HIDDEN = {"unmet", "undetermined", "digest"}  # which the other columns say in words
_LINE, _ROOM, _HIGHEST = 16, 6, 409  # points: of a line, above and below all of them, and what Excel allows
_MOST_LINES = (_HIGHEST - _ROOM) // _LINE
_NARROW, _WIDE, _WIDEST = 9, 40, 120  # of columns that are as wide as what stands in them, and of any
_HEADED = 4  # lines of a header
_LONGEST_HEAD = 100  # characters, where Excel allows 255 with what marks them


class Table:
    """A sheet that is a table: a header that stands on every printed page, filters, and widths that fit."""

    def __init__(  # noqa: PLR0913 as much as there is to a sheet
        self,
        sheet: Any,  # noqa: ANN401 xlsxwriter is not typed
        header: Sequence[str],
        ids: Sequence[str],
        looks: Looks,
        carried: Iterable[int] = (),
        longest: Mapping[str, int] | None = None,
        *,
        unread: int = 0,
        above: Sequence[str] = (),
        printed_from: int = 0,
    ) -> None:
        """Take the columns by heading and by id, and lines to stand above the table: a title, and texts.

        What stands before the column `printed_from` is not printed.

        Those at the places `carried` are the caller's own: a number there is one; in the first `unread` of them, such
        as a telephone, its digits are not grouped. `longest` says of columns how wide their longest text is: with it
        one is wide enough for a row to be no higher than Excel allows, if it can be.
        """
        self._sheet, self._ids, self._looks = sheet, ids, looks
        self._from, self._top = printed_from, len(above)
        self._rows = self._top
        for row, text in enumerate(above):
            self._across(row, text, looks.text if row else looks.title)
        self._carried = frozenset(own := [*carried])
        self._plain = dict.fromkeys(own[:unread], looks.text) | {
            place: looks.middle for place, name in enumerate(ids) if name in _MIDDLE
        }
        self._widths = {name: _wide_enough(name, (longest or {}).get(name, 0)) for name in ids if name in _WIDTHS}
        self._longest = [_NARROW] * len(header)
        self._is_cut = False
        self._pages: list[int] = []
        self._last = next((ids.index(one) for one in _PRINTED_TO if one in ids), len(ids) - 1)
        if longest is not None and ids[self._last] == _PRINTED_TO[0] and not longest.get(_PRINTED_TO[0]):
            self._last -= 1  # nothing stands in it
        for column, text in enumerate(header):
            self._sheet.write_string(self._top, column, _cell(text), looks.head)
            width = _width(text)
            self._longest[column] = max(_NARROW, min(_NARROW + 5, width), width // _HEADED)
        lines = [
            _lines(text, self._widths.get(name, self._longest[at]))
            for at, (name, text) in enumerate(zip(ids, header, strict=True))
        ]
        self._sheet.set_row(self._top, max(2, *lines) * _LINE)
        self._sheet.freeze_panes(self._top + 1, min(_NAMED, len(header)))

    def begin_page(self) -> None:
        """Have the next row printed at the top of a page, below all that stands above the table."""
        self._pages.append(self._rows + 1)

    def add(self, row: Sequence[object]) -> None:
        """Write a row, as high as what is printed of it needs. Raises InputError if a sheet cannot hold it."""
        self._rows += 1
        if self._rows > LONGEST:
            raise InputError([too_many()])
        lines = 1
        for column, value in enumerate(row):
            name = self._ids[column]
            look = self._plain.get(column)
            if column in self._carried and isinstance(value, str) and _NUMBER.fullmatch(value):
                value = float(value) if "." in value else int(value)  # noqa: PLW2901 as it was typed
            _write(self._sheet, self._rows, column, value, look, self._looks)
            if value is None or name in _HIDDEN:
                continue
            text = str(value) if isinstance(value, str) or look is not None else f"{value:,.2f}"
            if name not in self._widths:
                self._longest[column] = max(self._longest[column], _width(text[:_WIDE]))
            if column <= self._last:
                lines = max(lines, _lines(text, self._widths.get(name, _WIDE)))
        self._is_cut = self._is_cut or lines > _MOST_LINES
        self._sheet.set_row(self._rows, min(_HIGHEST, lines * _LINE + _ROOM))
        for kept in (self._sheet.row_info, self._sheet.row_sizes) if self._sheet.constant_memory else ():
            kept.pop(self._rows - 1, None)  # which is written: memory does not grow with the rows

    def _across(self, row: int, text: str, look: Any) -> None:  # noqa: ANN401
        """Write a line over all columns."""
        self._sheet.merge_range(row, self._from, row, len(self._ids) - 1, _cell(text), look)
        self._sheet.set_row(row, 2 * _LINE)

    def finish(self, lang: Language, below: Sequence[str] = (), foot: str = "", top: str = "") -> None:
        """Set what holds for the whole sheet: on paper it stands on as many sheets side by side as can be read well.

        Lines may stand below the table, a line at the foot of each page, and at its top one that says whose it is. One
        that is narrow enough is printed upright. Pages with a foot have no numbers.
        """
        widths = [
            self._widths.get(name, min(_WIDE, self._longest[column] + 1)) for column, name in enumerate(self._ids)
        ]
        for column, (name, width) in enumerate(zip(self._ids, widths, strict=True)):
            self._sheet.set_column(column, column, width, None, {"hidden": name in _HIDDEN})
        self._sheet.autofilter(self._top, 0, self._rows, len(self._ids) - 1)
        for row, text in enumerate(below, self._rows + 1):
            self._across(row, text, self._looks.text)
        self._sheet.repeat_rows(0 if self._pages else self._top, self._top)
        self._sheet.print_area(0, self._from, self._rows + len(below), self._last)
        self._sheet.hide_gridlines(0)  # they are printed too: what stands close together is told apart
        named, printed = sum(widths[:_NAMED]), sum(widths[self._from : self._last + 1])
        room = (_AT_MOST if "problems" in self._ids else _ACROSS) - named  # whom to call about them stands beside
        across = 1 if self._from else max(1, ceil((printed - named) / room))
        if across > 1:
            self._sheet.repeat_columns(0, _NAMED - 1)
        landscape = printed > _UPRIGHT
        if top:
            self._sheet.set_header(f"&R{top.replace('&', '&&')[:_LONGEST_HEAD]}")
        _printed(self._sheet, lang, landscape=landscape, across=across, is_cut=self._is_cut, foot=foot)
        if self._pages[1:]:  # which Excel does not heed where it fits a sheet to the page by itself
            self._sheet.set_h_pagebreaks(self._pages[1:])
            self._sheet.set_print_scale(min(100, (_ACROSS_PAGE if landscape else _UP_PAGE) * 100 // printed))


def _wide_enough(name: str, longest: int) -> int:
    """Give the width of a column in which its longest text is no higher than Excel allows, if there is one."""
    needed = ceil(longest / (_MOST_LINES - 1) * 12 / 11) + 1
    return max(_WIDTHS[name], min(_WIDEST, needed))


@dataclass(frozen=True)
class Looks:
    """How cells look."""

    title: Any
    text: Any
    head: Any
    right: Any
    row: Any
    middle: Any
    whole: Any
    exact: Any
    words: Mapping[str, Any]

    def number(self, value: float) -> Any:  # noqa: ANN401
        """Give how a number looks: in groups of three if it is large, with two decimals if it is not whole."""
        if value != int(value):
            return self.exact
        return self.whole if abs(value) >= _GROUPED else self.text


NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""When every workbook says it was made: the same bytes on every run."""


@contextmanager
def workbook(target: Path | BinaryIO, **more: object) -> Iterator[Any]:
    """Give a new workbook, whole afterwards, in which no text becomes a number, a formula or a link."""
    as_typed = {f"strings_to_{kind}": False for kind in ("numbers", "formulas", "urls")}
    with xlsxwriter.Workbook(target, {**as_typed, **more}) as book:
        book.set_properties({"created": NO_TIME})
        yield book


def looks_of(book: Any, lang: Language) -> Looks:  # noqa: ANN401 xlsxwriter is not typed
    """Give how the cells of a workbook look."""
    look: dict[str, Any] = {"valign": "vcenter", "text_wrap": True}
    head = {**look, "bold": True, "bottom": 1, "bg_color": "#DDEBF7"}
    words = {word: {**look, "bg_color": back, "font_color": front} for word, back, front in _words(lang)}
    return Looks(
        title=book.add_format({"bold": True, "font_size": 16, **look}),
        text=book.add_format(look),
        head=book.add_format(head),
        right=book.add_format({**head, "align": "right"}),
        row=book.add_format(look),
        middle=book.add_format({**look, "align": "center"}),
        whole=book.add_format({"valign": "vcenter", "num_format": "#,##0"}),
        exact=book.add_format({"valign": "vcenter", "num_format": "#,##0.00"}),
        words={word: book.add_format(look) for word, look in words.items()},
    )


def _words(lang: Language) -> Iterator[tuple[str, str, str]]:
    for outcome, colours in _COLOURS.items():
        yield outcome.value, *colours
        yield OUTCOMES[outcome].in_language(lang), *colours
    yield IDLE.in_language(lang), *_COLOURS[Outcome.MET]
    for standing, outcome in zip(Standing, Outcome, strict=True):
        yield standing.value, *_COLOURS[outcome]
        yield STANDINGS[standing].in_language(lang), *_COLOURS[outcome]
    yield REJECTED.in_language(lang), "#D9D9D9", "#404040"


def _width(text: str) -> int:
    """Give how wide a text is, Chinese characters counting twice: of millions of cells that is soon told."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def _lines(text: str, width: int) -> int:
    """Give how many lines a text takes in a column of that width."""
    return sum(1 + max(0, _width(part) - 1) // max(1, width - width // 12) for part in text[:_LONGEST_CELL].split("\n"))


def page_bytes(title: Text, lines: Lines, lang: Language) -> bytes:
    """Give a page as a workbook."""
    kept = io.BytesIO()
    with workbook(kept, in_memory=True) as book:
        write_page(book.add_worksheet(title.in_language(lang)), looks_of(book, lang), lines, lang, is_short=False)
    return kept.getvalue()


def write_page(sheet: Any, looks: Looks, lines: Lines, lang: Language, *, is_short: bool) -> None:  # noqa: ANN401
    """Write sentences and tables; what `is_short` is printed on the fewest pages on which it can be read well."""
    high = 0
    for column, width in enumerate(_PAGE):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        start, most = 0, 1
        for cell, span in zip(line.cells, line.spans, strict=False):
            last = min(start + span, len(_PAGE)) - 1
            width = sum(_PAGE[start : last + 1])
            look = getattr(looks, line.kind)
            if line.kind == "row" and isinstance(cell, int):
                look = looks.number(cell)
            elif line.kind == "head" and start and span == 1:
                look = looks.right
            if last > start:
                sheet.merge_range(row, start, row, last, "", look)
            if isinstance(cell, int):
                sheet.write_number(row, start, cell, look)
            else:
                sheet.write_string(row, start, _cell(cell), look)
            most = max(most, _lines(str(cell), width // 2 if line.kind == "title" else width))
            start = last + 1
        high += (height := most * (_LINE + 9 if line.kind == "title" else _LINE) + _ROOM // 3)
        sheet.set_row(row, height)
    _printed(sheet, lang, landscape=False, pages=ceil(high / _PAGE_HIGH) if is_short else 0)


_PAGE_HIGH = 1200  # points, of which a page has 760: print a third smaller can be read
_PAGE = (36, 13, 13, 13, 13, 13)  # the widths of its columns


def _printed(
    sheet: Any,  # noqa: ANN401
    lang: Language,
    *,
    landscape: bool,
    pages: int = 0,
    across: int = 1,
    is_cut: bool = False,
    foot: str = "",
) -> None:
    """Have a sheet printed on A4, `across` of these side by side, numbered if it has no `foot`; a cut text is told."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(across, pages)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    cut = Text(
        "&C有的格文字太长，没有印全，全文见工作簿", "&CSome cells are too long to be printed whole: see the workbook"
    )
    number = Text("", "") if foot else Text("&R第 &P 页，共 &N 页", "&RPage &P of &N")
    sheet.set_footer(f"&L{foot or '&A'}{cut.in_language(lang) if is_cut else ''}{number.in_language(lang)}")


def _write(sheet: Any, row: int, column: int, value: object, look: Any, looks: Looks) -> None:  # noqa: ANN401
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, look or looks.number(value))
    elif value is not None and value != "":
        text = str(value)
        sheet.write_string(row, column, _cell(text), looks.words.get(text, look or looks.text))


def _cell(text: str) -> str:
    """Give what a cell of a workbook can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_CELL]


def too_many() -> Problem:
    """Give the problem that a sheet cannot hold so many rows."""
    what = Text(f"超过一张工作表的 {LONGEST} 行", f"has more rows than the {LONGEST} of a worksheet")
    return Problem("output", what, Text("请改用 .csv 或 .parquet。", "Write a .csv or .parquet file."))
