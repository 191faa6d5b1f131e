"""A workbook for an officer: every firm, a page for the chief, and what is to be mended, each ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from engine.errors import InputError, Language, Problem, Text
from engine.outcome import Outcome
from engine.page_lines import DETAILS, Beside, Lines
from engine.problem_rows import FIELDS, RowProblem
from engine.spool import Spool
from engine.verdict import Standing
from engine.wording import IDLE, OUTCOMES, REJECTED, STANDINGS

_LONGEST = 1_048_575
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes on every run
_NONE: tuple[int, Iterable[RowProblem]] = (0, ())
_LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,8})?", re.ASCII)  # what Excel shows as it was typed
_GROUPED = 10_000  # a year is not
_A4 = 9
_COLOURS = {
    Outcome.MET: ("#E2F0D9", "#375623"),
    Outcome.NOT_MET: ("#FBE5D6", "#9C0006"),
    Outcome.UNDETERMINED: ("#FFF2CC", "#7F6000"),
}
SHEETS: Mapping[str, Text] = {
    "verdicts": Text("结论", "Verdicts"),
    "summary": Text("汇总", "Summary"),
    "firms": Text("未比对的企业", "Rejected firms"),
    "problems": Text("未比对的问题", "Problems"),
    "details": DETAILS,
}
_PROBLEMS = Text("问题与填写方法", "Problems and what to write")
_WIDTHS = {"line": 6, "firm_id": 20, "firm_name": 24, "verdict": 9, "reached": 16, "next": 16, "count": 7}
_WIDTHS |= {"reasons": 70, "notes": 26, "missing": 38, "hangs_on": 22, "rulebook": 28, "as_of": 11}
_WIDTHS |= {"column": 24, "fact": 24, "value": 20, "problem": 36, "instead": 44, "problems": 80}
_PRINTED_TO = "hangs_on"  # what comes after it would make the print too small to read
_MIDDLE = {"line", "count"}
_HIDDEN = {"unmet", "undetermined", "digest"}  # which the other columns say in words
_LINE, _HIGHEST = 16, 400  # points
_NARROW, _WIDE = 9, 40  # of columns that are as wide as what stands in them


class Workbook:
    """A workbook of five sheets. The verdicts are kept until it is closed, which writes all of it."""

    def __init__(
        self, path: Path, schema: pa.Schema, ids: Sequence[str], carried: Sequence[int], lang: Language
    ) -> None:
        """Take the columns, by heading and by id, and the places of those that are the caller's own."""
        self.rows = 0
        self._path, self._header, self._ids, self._carried, self._lang = path, schema.names, ids, carried, lang
        self._verdicts = Spool(path.with_name(f"{path.name}.rows"))

    def write(self, rows: pa.RecordBatch) -> None:
        """Add some more verdicts. Raises InputError if there are more than a sheet can hold."""
        self.rows += rows.num_rows
        if self.rows > _LONGEST:
            raise InputError([_too_many()])
        self._verdicts.add(rows)

    def close(self, beside: Beside | None = None) -> None:
        """Write the sheets. Raises InputError if there are more rows than a sheet can hold."""
        beside = beside or Beside()
        self._verdicts.close()
        options = {
            "constant_memory": True,
            "tmpdir": str(self._path.parent),
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(self._path, options) as book:
            book.set_properties({"created": _NO_TIME})
            sheets = {name: book.add_worksheet(title.in_language(self._lang)) for name, title in SHEETS.items()}
            looks = _looks(book, self._lang)
            own = [self._header[place] for place in self._carried]
            whose = [*FIELDS][:3]
            heads = [*(FIELDS[name].in_language(self._lang) for name in whose), _PROBLEMS.in_language(self._lang), *own]
            page = _Table(sheets["verdicts"], self._header, self._ids, looks, *self._carried)
            firms = _Table(
                sheets["firms"], heads, [*whose, "problems", *own], looks, *range(len(heads) - len(own), len(heads))
            )
            fields = [text.in_language(self._lang) for text in FIELDS.values()]
            problems = _Table(sheets["problems"], fields, [*FIELDS], looks)
            refused = self._refused(beside.rejected, firms, problems)
            rows = merge(self._judged(), refused, key=lambda row: row[0] or 0)
            for row in self._noted(rows, beside.noted):
                page.add(row)
            for table in (page, firms, problems):
                table.finish(self._lang)
            for name, lines in zip(("summary", "details"), beside.pages, strict=False):
                _write_page(sheets[name], looks, lines, self._lang, pages=int(name == "summary"))

    def _judged(self) -> Iterator[Sequence[Any]]:
        for batch in self._verdicts:
            yield from zip(*(part.to_pylist() for part in batch.columns), strict=True)

    def _noted(self, rows: Iterable[Sequence[Any]], noted: Iterable[RowProblem]) -> Iterator[Sequence[Any]]:
        """Add to the notes of each row what is noted beside; both are in the order of the source."""
        place, gap = self._ids.index("notes"), {"zh": "", "en": " "}[self._lang]
        following = groupby(noted, lambda one: one.line or 0)
        line, several = next(following, _NONE)
        for row in rows:
            while several and line < (row[0] or 0):
                line, several = next(following, _NONE)
            if not several or line != row[0]:
                yield row
            else:
                told = [row[place], *(one.sentence(self._lang, with_column=False) for one in several)]
                yield [*row[:place], gap.join(filter(None, told)), *row[place + 1 :]]

    def _refused(self, told: Iterable[RowProblem], firms: _Table, problems: _Table) -> Iterator[Sequence[Any]]:
        """Write the rows that are not judged to sheets of their own, and give them as rows among the verdicts."""
        said = REJECTED.in_language(self._lang)
        for line, several in groupby(told, lambda one: one.line):
            sentences = []
            for one in several:
                problems.add([line, *one.told(self._lang, titles=True)[1:]])
                sentences.append(one.sentence(self._lang))
            whose, carried, reasons = (line, one.firm_id, one.firm_name), one.carried, "\n".join(sentences)
            firms.add([*whose, reasons, *carried])
            values = dict(zip(FIELDS, whose, strict=False)) | {"verdict": said, "reached": said, "reasons": reasons}
            row: list[Any] = [values.get(name) for name in self._ids]
            for place, text in zip(self._carried, carried, strict=False):
                row[place] = text
            yield row


class _Table:
    """A sheet that is a table: a header that stands on every printed page, filters, and widths that fit."""

    def __init__(self, sheet: Any, header: Sequence[str], ids: Sequence[str], looks: _Looks, *carried: int) -> None:  # noqa: ANN401
        """Take the columns; those at the places `carried` are the caller's own: a number there is one."""
        self._sheet, self._ids, self._looks, self._carried, self._rows = sheet, ids, looks, frozenset(carried), 0
        self._longest = [_NARROW] * len(header)
        for column, text in enumerate(header):
            self._sheet.write_string(0, column, _cell(text), looks.head)
            self._longest[column] = max(_NARROW, min(_NARROW + 5, _width(text)))
        lines = [
            _lines(text, _WIDTHS.get(name, self._longest[at]))
            for at, (name, text) in enumerate(zip(ids, header, strict=True))
        ]
        self._sheet.set_row(0, max(2, *lines) * _LINE)
        self._sheet.freeze_panes(1, min(3, len(header)))

    def add(self, row: Sequence[object]) -> None:
        """Write a row, as high as its texts need. Raises InputError if there are more than a sheet can hold."""
        self._rows += 1
        if self._rows > _LONGEST:
            raise InputError([_too_many()])
        lines = 1
        for column, value in enumerate(row):
            name = self._ids[column]
            if column in self._carried and isinstance(value, str) and _NUMBER.fullmatch(value):
                value = float(value) if "." in value else int(value)  # noqa: PLW2901 as it was typed
            _write(self._sheet, self._rows, column, value, self._looks.middle if name in _MIDDLE else None, self._looks)
            if value is None or name in _HIDDEN:
                continue
            text = value if isinstance(value, str) else f"{value:,.2f}"
            if name not in _WIDTHS:
                self._longest[column] = max(self._longest[column], _width(text[:_WIDE]))
            lines = max(lines, _lines(text, _WIDTHS.get(name, _WIDE)))
        self._sheet.set_row(self._rows, min(_HIGHEST, lines * _LINE))
        for kept in (self._sheet.row_info, self._sheet.row_sizes):
            kept.pop(self._rows - 1, None)  # which is written: memory does not grow with the rows

    def finish(self, lang: Language) -> None:
        """Set what holds for the whole sheet."""
        for column, name in enumerate(self._ids):
            width = _WIDTHS.get(name, min(_WIDE, self._longest[column] + 1))
            self._sheet.set_column(column, column, width, None, {"hidden": name in _HIDDEN})
        self._sheet.autofilter(0, 0, self._rows, len(self._ids) - 1)
        self._sheet.repeat_rows(0)
        if _PRINTED_TO in self._ids:
            self._sheet.print_area(0, 0, self._rows, self._ids.index(_PRINTED_TO))
        _printed(self._sheet, lang, landscape=True)


@dataclass(frozen=True)
class _Looks:
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


def _looks(book: Any, lang: Language) -> _Looks:  # noqa: ANN401 xlsxwriter is not typed
    top: dict[str, Any] = {"valign": "top", "text_wrap": True}
    head = {**top, "bold": True, "bottom": 1, "bg_color": "#DDEBF7", "valign": "vcenter"}
    words = {word: {**top, "bg_color": back, "font_color": front} for word, back, front in _words(lang)}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 16, **top}),
        text=book.add_format(top),
        head=book.add_format(head),
        right=book.add_format({**head, "align": "right"}),
        row=book.add_format(top),
        middle=book.add_format({**top, "align": "center"}),
        whole=book.add_format({"valign": "top", "num_format": "#,##0"}),
        exact=book.add_format({"valign": "top", "num_format": "#,##0.00"}),
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


def _write_page(sheet: Any, looks: _Looks, lines: Lines, lang: Language, *, pages: int) -> None:  # noqa: ANN401
    """Write sentences and tables, to be printed on so many pages; on as many as it takes if 0."""
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
        sheet.set_row(row, most * (_LINE + 9 if line.kind == "title" else _LINE))
    _printed(sheet, lang, landscape=False, pages=pages)


_PAGE = (36, 13, 13, 13, 13, 13)  # the widths of its columns


def _printed(sheet: Any, lang: Language, *, landscape: bool, pages: int = 0) -> None:  # noqa: ANN401
    """Have a sheet printed on A4 as wide as the paper, with numbers on the pages."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(Text("&L&A&R第 &P 页，共 &N 页", "&L&A&RPage &P of &N").in_language(lang))


def _write(sheet: Any, row: int, column: int, value: object, look: Any, looks: _Looks) -> None:  # noqa: ANN401
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, look or looks.number(value))
    elif value is not None and value != "":
        text = str(value)
        sheet.write_string(row, column, _cell(text), looks.words.get(text, looks.text))


def _cell(text: str) -> str:
    """Give what a cell of a workbook can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_CELL]


def _too_many() -> Problem:
    what = Text(f"超过一张工作表的 {_LONGEST} 行", f"has more rows than the {_LONGEST} of a worksheet")
    return Problem("output", what, Text("请改用 .csv 或 .parquet。", "Write a .csv or .parquet file."))
