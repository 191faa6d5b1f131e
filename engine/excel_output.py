"""A workbook for an officer: verdicts with filters and colours, what they came to, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from engine.errors import InputError, Language, Problem, Text
from engine.outcome import Outcome
from engine.verdict import Standing
from engine.wording import OUTCOMES, STANDINGS

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


def write_workbook(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    summary: Sequence[Sequence[str | int]],
    rejected: tuple[Sequence[str], Iterator[Sequence[str]]],
    lang: Language,
) -> int:
    """Write the three sheets; give how many verdicts. Raises InputError if there are more than a sheet can hold."""
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _NO_TIME})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {word: book.add_format({"bg_color": back, "font_color": front}) for word, back, front in _words(lang)}
        count = _verdicts(book.add_worksheet(SHEETS["verdicts"].in_language(lang)), header, rows, bold, formats)
        _plain_sheet(book.add_worksheet(SHEETS["summary"].in_language(lang)), [], summary, bold)
        _plain_sheet(book.add_worksheet(SHEETS["rejected"].in_language(lang)), rejected[0], rejected[1], bold)
    return count


def _words(lang: Language) -> Iterator[tuple[str, str, str]]:
    for outcome, colours in _COLOURS.items():
        yield outcome.value, *colours
        yield OUTCOMES[outcome].in_language(lang), *colours
    for standing, outcome in zip(Standing, Outcome, strict=True):
        yield standing.value, *_COLOURS[outcome]
        yield STANDINGS[standing].in_language(lang), *_COLOURS[outcome]


def _verdicts(
    sheet: Any,  # noqa: ANN401 xlsxwriter is not typed
    header: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    bold: Any,  # noqa: ANN401
    formats: Mapping[str, Any],
) -> int:
    sheet.freeze_panes(1, 2)
    for column, title in enumerate(header):
        sheet.set_column(column, column, min(_WIDEST, max(12, 2 * len(title))))
        sheet.write_string(0, column, _cell(title), bold)
    count = 0
    for row in rows:
        count += 1
        if count > _LONGEST:
            raise InputError([_too_many()])
        for column, value in enumerate(row.values()):
            _write(sheet, count, column, value, formats.get(value) if isinstance(value, str) else None)
    sheet.autofilter(0, 0, count, len(header) - 1)
    return count


def _plain_sheet(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[str | int]], bold: Any) -> None:  # noqa: ANN401
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
