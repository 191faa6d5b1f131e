"""A cell is read where it stands and as it is shown, whoever wrote the workbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from engine.files.sheet import Sheet, sheet_of
from engine.files.workbook_child import copy_sheet
from tests.sheets import WRITERS, Drawn, sheets


def read(path: Path, kind: str = "xlsx", sheet: str | None = None) -> Sheet:
    """Read a sheet without a process of its own."""
    copy = path.with_suffix(".rows")
    return sheet_of(path, copy, copy_sheet(path, kind, copy, sheet), sheet)


def _told(drawn: Drawn, own: dict[int, dict[int, str]], top: int, bottom: int) -> int:
    """Give how many of these rows have words that are not merged downwards."""
    merged = {
        (row, column)
        for first, left, last, right in drawn.merged
        if first < last
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    return sum(
        any(re.search(r"[^\W\d_]", text) for column, text in own.get(row, {}).items() if (row, column) not in merged)
        for row in range(top, bottom + 1)
    )


_FIGURE = re.compile(  # 2000, without a mark or a unit, may be a year, and 2000-01-01 is a day
    r"(?!(19|20)[0-9]{2}((\.0)?$|-))(?=.*[0-9])\(?(US\$|JPY)?[0-9.,%¥€<>\s百千万亿元项-]+\)?",
    re.DOTALL,
)


def _as_shown(drawn: Drawn, *, across: bool) -> dict[int, dict[int, str]]:
    """Give the text of each place, with merged cells in each row, and with `across` in each column."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in drawn.cells.items():
        rows.setdefault(row, {})[column] = cell.text
    own = {row: dict(cells) for row, cells in rows.items()}
    for top, left, bottom, right in drawn.merged:
        text = own.get(top, {}).get(left, "")
        if top < bottom and not across and _FIGURE.fullmatch(text) and _told(drawn, own, top, bottom) > 1:
            text += "（合并单元格）"
        for row in range(top, bottom + 1):
            for column in range(left, (right if across else left) + 1):
                rows.setdefault(row, {})[column] = text
    return {
        row: cells
        for row, cells in sorted(rows.items())
        if any(text.strip() for text in (cells if across else own.get(row, {})).values())
    }


def _alike(drawn: Drawn, folder: Path) -> None:
    for name, write in WRITERS.items():
        path = folder / f"{name}.xlsx"
        write(path, drawn)
        sheet = read(path)
        width = 1 + max((column for _, column in drawn.cells), default=0)
        wanted = _as_shown(drawn, across=False)
        found = list(sheet.rows(0, width))
        assert {n: {c: text for c, text in enumerate(row) if text} for n, row in found} == {
            n: {c: text for c, text in cells.items() if text} for n, cells in wanted.items()
        }, name
        assert sheet.blank_rows == (max(wanted) - len(wanted) if wanted else 0)
        if drawn.cells:
            first = {
                n: {c: text for c, text in cells.items() if text and c < width}
                for n, cells in _as_shown(drawn, across=True).items()
                if n in {row for row, _ in drawn.cells}
            }
            assert {n: {c: text for c, text in enumerate(row) if text} for n, row in sheet.first} == first, name
        rows = {row for row, _ in drawn.cells}
        columns = {column for _, column in drawn.cells}
        told = sheet._told
        assert told["hidden_rows"] == len(rows & drawn.hidden_rows)
        assert told["hidden_columns"] == len(columns & drawn.hidden_columns)


@given(drawn=sheets())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_sheets(tmp_path: Path, drawn: Drawn) -> None:
    """Each cell of a random sheet is read at its place and as it is shown, by whichever library it was written."""
    _alike(drawn, tmp_path)


@pytest.mark.long
@given(drawn=sheets())
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_random_sheets(tmp_path: Path, drawn: Drawn) -> None:
    """So are those of thousands."""
    _alike(drawn, tmp_path)
