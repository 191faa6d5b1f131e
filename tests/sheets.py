"""Random sheets as people and programs write them: cells with what each of them shows, written by two libraries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import strategies as st


@dataclass(frozen=True)
class Shown:
    """A cell: what is written into it, its number format, and the text that it shows."""

    value: Any
    code: str
    text: str


@dataclass(frozen=True)
class Drawn:
    """A sheet: its cells by row (from 1) and column (from 0), merged areas, hidden rows and hidden columns."""

    cells: dict[tuple[int, int], Shown]
    merged: list[tuple[int, int, int, int]]
    hidden_rows: set[int]
    hidden_columns: set[int]


def _digits(number: int, decimals: int) -> str:
    """Give a number of so many decimals as it is typed."""
    sign, digits = "-" * (number < 0), str(abs(number)).rjust(decimals + 1, "0")
    whole, part = (digits[:-decimals], digits[-decimals:].rstrip("0")) if decimals else (digits, "")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}" if whole != "0" else "0"


def _scaled(form: tuple[str, int, str, str]) -> st.SearchStrategy[Shown]:
    """Give figures in a format that divides by a power of ten and puts words around."""
    code, exponent, before, after = form
    return st.integers(-(10**9), 10**9).map(
        lambda n: Shown(float(f"{n}e{exponent - 2}"), code, f"{before}{_digits(n, 2)}{after}")
    )


FORMS = [
    ("General", 0, "", ""),
    ("0.00", 0, "", ""),
    ("#,##0.00", 0, "", ""),
    ("#,##0;[Red](#,##0)", 0, "", ""),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "", ""),
    ("0%", -2, "", "%"),
    ("0.00%", -2, "", "%"),
    ('0.00"%"', 0, "", "%"),
    ('0.00"元"', 0, "", "元"),
    ('#,##0.00"万元"', 0, "", "万元"),
    ("0.0\\亿\\元", 0, "", "亿元"),
    ('0.00 "亿"', 0, "", "亿"),
    ('"¥"#,##0.00', 0, "¥", ""),
    ("[$¥-804]#,##0.00", 0, "¥", ""),
    ("[$CNY] #,##0.00", 0, "¥", ""),
    ("[$€-2] #,##0.00", 0, "€", ""),
    ("[$US$-409]#,##0.00", 0, "US$", ""),
    ("[$¥-411]#,##0", 0, "JPY", ""),
    ('0,"千元"', 3, "", "千元"),
    ('0.00,,"百万元"', 6, "", "百万元"),
    ("#,##0.00,", 3, "", ""),
    ('0!.0,"万元"', 4, "", "万元"),
    ('0\\.0000"万"', 4, "", "万"),
    ('[>=100000000]0!.00,,"亿元";[<=-100000000]-0!.00,,"亿元";0!.00,,"亿元"', 8, "", "亿元"),
    ('0"项"', 0, "", "项"),
]
LETTERS = st.text("甲乙 丙a1,\"'&<>%¥_x\n", min_size=1, max_size=6).filter(str.strip)
_FIRST = datetime(1901, 1, 1)  # noqa: DTZ001 Excel knows no zones
MOMENTS = st.integers(0, 50_000 * 86_400).map(lambda seconds: _FIRST + timedelta(seconds=seconds))
CELLS = st.one_of(
    st.sampled_from(FORMS).flatmap(_scaled),
    LETTERS.map(lambda text: Shown(text, "General", text)),
    st.booleans().map(lambda value: Shown(value, "General", "是" if value else "否")),
    MOMENTS.map(lambda moment: Shown(moment, "yyyy-mm-dd hh:mm:ss", _moment(moment))),
    MOMENTS.map(lambda moment: Shown(moment.date(), 'yyyy"年"m"月"d"日"', moment.date().isoformat())),
    st.sampled_from(["#N/A", "#DIV/0!", "#REF!", "#VALUE!"]).map(lambda text: Shown(text, "General", text)),
)


def _moment(moment: datetime) -> str:
    return moment.date().isoformat() if moment == datetime(*moment.date().timetuple()[:3]) else moment.isoformat(" ")  # noqa: DTZ001


@st.composite
def sheets(draw: st.DrawFn) -> Drawn:
    """Give a random sheet that may begin anywhere."""
    top, left = draw(st.integers(1, 40)), draw(st.sampled_from([0, 0, 1, 2, 5, 27]))
    height, width = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    places = [(row, column) for row in range(top, top + height) for column in range(left, left + width)]
    cells = {place: cell for place in places if (cell := draw(st.none() | CELLS)) is not None}
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 3))):
        row, column = draw(st.sampled_from(places))
        bottom = min(row + draw(st.integers(0, 3)), top + height - 1)
        right = min(column + draw(st.integers(0, 3)), left + width - 1)
        area = {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            merged.append((row, column, bottom, right))
            for place in area - {(row, column)}:
                cells.pop(place, None)
    rows, columns = draw(st.sets(st.integers(top, top + height))), draw(st.sets(st.integers(left, left + width)))
    return Drawn(cells, merged, rows, columns)


def by_openpyxl(path: Path, drawn: Drawn) -> None:
    """Write a sheet with openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    for (row, column), cell in drawn.cells.items():
        written = sheet.cell(row, column + 1, cell.value)
        written.number_format = cell.code
        if isinstance(cell.value, str) and not cell.value.startswith("#"):
            written.data_type = "s"
    for top, left, bottom, right in drawn.merged:
        sheet.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
    for row in drawn.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in drawn.hidden_columns:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].hidden = True
    book.save(path)


def by_xlsxwriter(path: Path, drawn: Drawn) -> None:
    """Write a sheet with XlsxWriter."""
    book = xlsxwriter.Workbook(str(path), {"nan_inf_to_errors": False})
    sheet = book.add_worksheet()
    for top, left, bottom, right in drawn.merged:
        sheet.merge_range(top - 1, left, bottom - 1, right, "")
    for (row, column), cell in drawn.cells.items():
        style = book.add_format({"num_format": cell.code})
        if isinstance(cell.value, bool):
            sheet.write_boolean(row - 1, column, cell.value, style)
        elif isinstance(cell.value, date):
            sheet.write_datetime(row - 1, column, cell.value, style)
        elif isinstance(cell.value, str) and cell.value.startswith("#"):
            sheet.write_formula(row - 1, column, "=1/0", style, cell.value)
        elif isinstance(cell.value, str):
            sheet.write_string(row - 1, column, cell.value, style)
        else:
            sheet.write_number(row - 1, column, cell.value, style)
    for row in drawn.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in drawn.hidden_columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()


WRITERS: dict[str, Callable[[Path, Drawn], None]] = {"openpyxl": by_openpyxl, "XlsxWriter": by_xlsxwriter}
