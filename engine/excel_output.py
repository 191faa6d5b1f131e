"""A workbook for an officer: verdicts with filters and colours, what they came to, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from engine.errors import InputError, Language, Problem, Text
from engine.outcome import Outcome
from engine.problem_rows import FIELDS
from engine.spool import Spool
from engine.verdict import Standing
from engine.wording import OUTCOMES, STANDINGS

Rows = Iterable[Sequence[str | int]]
_LONGEST = 1_048_575
_WIDEST = 60
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes on every run
_LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_COLOURS = {
    Outcome.MET: ("#E2F0D9", "#375623"),
    Outcome.NOT_MET: ("#FBE5D6", "#9C0006"),
    Outcome.UNDETERMINED: ("#FFF2CC", "#7F6000"),
}
SHEETS: Mapping[str, Text] = {
    "verdicts": Text("结论", "Verdicts"),
    "summary": Text("汇总", "Summary"),
    "rejected": Text("未判定的行", "Rejected rows"),
}


class Workbook:
    """A workbook of three sheets. The verdicts are kept until it is closed, which writes all of it."""

    def __init__(self, path: Path, schema: pa.Schema, lang: Language) -> None:
        self.rows = 0
        self._path = path
        self._header = schema.names
        self._lang = lang
        self._verdicts = Spool(path.with_name(f"{path.name}.rows"))

    def write(self, rows: pa.RecordBatch) -> None:
        """Add some more verdicts. Raises InputError if there are more than a sheet can hold."""
        self.rows += rows.num_rows
        if self.rows > _LONGEST:
            raise InputError([_too_many()])
        self._verdicts.add(rows)

    def close(self, summary: Rows = (), rejected: Rows = ()) -> None:
        """Write the sheets. Raises InputError if there are more rejected rows than a sheet can hold."""
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
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
            sheets = {name: book.add_worksheet(title.in_language(self._lang)) for name, title in SHEETS.items()}
            self._write_verdicts(sheets["verdicts"], book, bold)
            _plain_sheet(sheets["summary"], [], summary, bold)
            header = [text.in_language(self._lang) for text in FIELDS.values()]
            _plain_sheet(sheets["rejected"], header, rejected, bold)

    def _write_verdicts(self, sheet: Any, book: xlsxwriter.Workbook, bold: Any) -> None:  # noqa: ANN401 xlsxwriter is not typed
        words = _words(self._lang)
        formats = {word: book.add_format({"bg_color": back, "font_color": front}) for word, back, front in words}
        sheet.freeze_panes(1, 2)
        for column, title in enumerate(self._header):
            sheet.set_column(column, column, min(_WIDEST, max(12, 2 * len(title))))
            sheet.write_string(0, column, _cell(title), bold)
        rows = (
            row for batch in self._verdicts for row in zip(*(part.to_pylist() for part in batch.columns), strict=True)
        )
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, formats.get(value) if isinstance(value, str) else None)
        sheet.autofilter(0, 0, self.rows, len(self._header) - 1)


def _words(lang: Language) -> Iterator[tuple[str, str, str]]:
    for outcome, colours in _COLOURS.items():
        yield outcome.value, *colours
        yield OUTCOMES[outcome].in_language(lang), *colours
    for standing, outcome in zip(Standing, Outcome, strict=True):
        yield standing.value, *_COLOURS[outcome]
        yield STANDINGS[standing].in_language(lang), *_COLOURS[outcome]


def _plain_sheet(sheet: Any, header: Sequence[str], rows: Rows, bold: Any) -> None:  # noqa: ANN401
    sheet.set_column(0, 7, 24)
    if header:
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            sheet.write_string(0, column, _cell(title), bold)
    for number, row in enumerate(rows, start=1 if header else 0):
        if number > _LONGEST:
            raise InputError([_too_many()])
        for column, value in enumerate(row):
            _write(sheet, number, column, value, None)


def _write(sheet: Any, row: int, column: int, value: object, form: Any) -> None:  # noqa: ANN401
    if isinstance(value, str):
        sheet.write_string(row, column, _cell(value), form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
    elif value is not None:
        sheet.write_string(row, column, _cell(str(value)), form)


def _cell(text: str) -> str:
    """Give what a cell of a workbook can hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_CELL]


def _too_many() -> Problem:
    what = Text(f"超过一张工作表的 {_LONGEST} 行", f"has more rows than the {_LONGEST} of a worksheet")
    return Problem("output", what, Text("请改用 .csv 或 .parquet。", "Write a .csv or .parquet file."))
