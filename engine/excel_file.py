"""Excel workbooks as sources: the cells of one sheet as their writer would type them."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from uuid import uuid4

import openpyxl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from engine.errors import InputError, Text, did_you_mean
from engine.facts import Kind
from engine.header_names import header_row, named
from engine.header_units import ABOVE, header_key, stated_unit
from engine.layout import Desk
from engine.source import BLANKS, FIRST_ROWS, Source, no_header, unusable
from engine.text_files import copied, copy_of, listed

_OLD = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of workbooks with a password
_SAVE_AS = Text(
    "请用 Excel 打开后另存为 .xlsx，不设密码。", "Open it in Excel and save it as .xlsx without a password."
)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERROR_CELL = re.compile(rb"""\st=["']e["']""")
_PERCENT_STYLE = re.compile(rb"""numFmtId=["'](?:9|10)["']|formatCode=(?:"[^"]*%|'[^']*%)""")
_CHUNK = 1 << 20

_Cells = Mapping[tuple[int, int], str]
_Block = tuple[tuple[int, int], tuple[int, int]]
_Shared = Mapping[int, Mapping[int, tuple[int, str]]]


def open_excel(path: Path, desk: Desk, sheet: str | None) -> Source:
    """Open a sheet of a workbook, the first if none is named. Raises InputError."""
    vocabulary, mapping, scratch, connection = desk.vocabulary, desk.mapping, desk.scratch, desk.connection
    workbook = _workbook(path)
    page, others = _page(path, workbook, sheet)
    blocks = page.merged_cell_ranges or []
    rows = [[_text(value) for value in row] for row in islice(page.iter_rows(), FIRST_ROWS)]
    if not any(cell.strip(BLANKS) for row in rows for cell in row):
        raise unusable(
            path, Text(f"工作表“{page.name}”是空的", f"has nothing on the sheet {page.name}"), _another(others)
        )
    row, known = header_row(rows, vocabulary, mapping)
    if not known:
        raise no_header(path, _another(others))
    first, last, headers = _header(rows, row, blocks)
    reader = _Rows(path, page, last + 1, len(headers), _merged(page, blocks, last))
    facts = (named(header, vocabulary) for header in headers)
    percents = {place for place, fact in enumerate(facts) if fact is not None and fact.kind is Kind.PERCENT}
    mapped = {place for place, header in enumerate(headers) if header_key(header) in map(header_key, mapping)}
    reader.look_again(sorted(percents | mapped))
    copy = scratch / f"{uuid4().hex}.csv"
    line_of, breaks = copied(copy, reader)
    table = copy_of(connection, copy, len(headers), len(line_of), breaks=breaks)

    above = Text(f"，其上 {first} 行未读", f" ({first} above it not read)") if first else Text("", "")
    notes = [
        Text(f"工作表“{page.name}”", f"sheet {page.name}"),
        Text(f"列名在第 {first + 1} 行{above.zh}", f"header in row {first + 1}{above.en}"),
    ]
    if others:
        notes.append(Text(f"未读的工作表：{'、'.join(others)}", f"sheets not read: {', '.join(others)}"))
    if reader.beyond:
        notes.append(Text("有列没有列名，未读取", "there are columns without a header, not read"))
    return Source(
        tuple(headers),
        table,
        listed(line_of),
        blank_rows=reader.blank_rows,
        notes=tuple(notes),
        unit=stated_unit(rows[:first], vocabulary, ABOVE),
        rows=len(line_of),
    )


class _Rows:
    """The rows of a sheet below its header, as text, each with its number; blank ones are counted and left out."""

    def __init__(self, path: Path, page: CalamineSheet, start: int, width: int, merged: _Shared) -> None:
        self.blank_rows = 0
        self.beyond = False
        self._path = path
        self._page = page
        self._start = start
        self._width = width
        self._merged = merged
        self._instead: _Cells = {}

    def look_again(self, percents: Sequence[int]) -> None:
        """Find what the quick reader does not tell: error cells, and shares that are stored as fractions."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                worth = (bool(percents) and _shows_percent(archive)) or _has_errors(archive)
            if worth:
                self._instead = _second_look(self._path, self._page.name, frozenset(percents))
        except Exception as error:  # whatever a broken part of the file leads to in there
            raise _not_a_workbook(self._path) from error

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Give each row that is not blank."""
        for number, values in enumerate(islice(self._page.iter_rows(), self._start, None), start=self._start):
            cells = [_text(value) for value in values]
            if self._instead:
                cells = [self._instead.get((number, place), cell) for place, cell in enumerate(cells)]
            if not any(cell.strip(BLANKS) for cell in cells):
                self.blank_rows += 1
                continue
            for place, (top, cell) in self._merged.get(number, {}).items():
                cells[place] = self._instead.get((top, place), cell)
            self.beyond = self.beyond or any(cells[self._width :])
            yield number + 1, cells[: self._width]


def _workbook(path: Path) -> CalamineWorkbook:
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD:
        raise unusable(
            path, Text("是旧式的 .xls 文件，或者设有密码", "is an old .xls file, or has a password"), _SAVE_AS
        )
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise unusable(path, Text("设有密码", "has a password"), _SAVE_AS) from error
    except (CalamineError, OSError) as error:
        raise _not_a_workbook(path) from error


def _not_a_workbook(path: Path) -> InputError:
    return unusable(path, Text("不是 Excel 工作簿，或已损坏", "is no Excel workbook, or is damaged"), _SAVE_AS)


def _page(path: Path, workbook: CalamineWorkbook, sheet: str | None) -> tuple[CalamineSheet, list[str]]:
    """Give the sheet to read, and the names of the others."""
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    if sheet is None and not names:
        raise _not_a_workbook(path)
    if sheet is not None and sheet not in names:
        listed = Text(f"有：{'、'.join(names)}。", f"There are: {', '.join(names)}.")
        near = did_you_mean(sheet, names)
        instead = Text(f"{near.zh}{listed.zh}", f"{near.en} {listed.en}") if near else listed
        raise unusable(path, Text(f"没有工作表“{sheet}”", f"has no sheet {sheet}"), instead)
    name = names[0] if sheet is None else sheet
    try:
        return workbook.get_sheet_by_name(name), [other for other in names if other != name]
    except CalamineError as error:
        raise _not_a_workbook(path) from error


def _another(others: Sequence[str]) -> Text | None:
    if not others:
        return None
    return Text(
        f"请用 --sheet 指明工作表：{'、'.join(others)}。", f"Name another sheet with --sheet: {', '.join(others)}."
    )


def _header(rows: Sequence[Sequence[str]], row: int, blocks: Iterable[_Block]) -> tuple[int, int, list[str]]:
    """Give the first and the last row of the header and its texts; cells merged downwards make it more than one row."""
    tall = [(top, bottom) for (top, _), (bottom, _) in blocks if top <= row <= bottom and top < bottom]
    first = min((top for top, _ in tall), default=row)
    last = min(max((bottom for _, bottom in tall), default=row), len(rows) - 1)
    texts = [list(cells) for cells in rows[first : last + 1]]
    for (top, left), (bottom, right) in blocks:
        if first <= top and bottom <= last:
            for line in texts[top - first : bottom - first + 1]:
                line[left : right + 1] = [rows[top][left]] * (right + 1 - left)
    headers = ["".join(dict.fromkeys(column)) for column in zip(*texts, strict=True)]
    while headers and not headers[-1].strip(BLANKS):
        headers.pop()
    return first, last, headers


def _merged(page: CalamineSheet, blocks: Iterable[_Block], last: int) -> _Shared:
    """Give for each row the texts that it shares with a row above by merged cells, by column, and which row that is."""
    tall: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in blocks:
        if last < top < bottom and left < page.total_width:
            tall.setdefault(top, []).append((left, min(bottom, page.total_height)))
    shared: dict[int, dict[int, tuple[int, str]]] = {}
    for number, row in enumerate(page.iter_rows()) if tall else ():
        for left, bottom in tall.get(number, ()):
            for below in range(number + 1, bottom + 1):
                shared.setdefault(below, {})[left] = number, _text(row[left])
    return shared


_PLAIN = 1e20  # a code of 18 digits typed as a number is not 9.1e+17


def _text(value: object) -> str:
    """Give a cell as its writer would type it.

    >>> _text(3.0), _text(0.1 + 0.2), _text(9.1e17), _text(True), _text(datetime(2026, 4, 1))
    ('3', '0.3', '910000000000000000', '是', '2026-04-01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < _PLAIN else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _has_errors(archive: zipfile.ZipFile) -> bool:
    """Say whether any sheet has a cell like #DIV/0!."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            with archive.open(name) as part:
                end = b""
                while chunk := part.read(_CHUNK):
                    if _ERROR_CELL.search(end + chunk):
                        return True
                    end = chunk[-8:]
    return False


def _shows_percent(archive: zipfile.ZipFile) -> bool:
    """Say whether any cell of the workbook may show as percent: 9 and 10 are the number formats 0% and 0.00%."""
    styles = [archive.read(name) for name in archive.namelist() if name.endswith("styles.xml")]
    return any(_PERCENT_STYLE.search(part) for part in styles)


def _second_look(path: Path, sheet: str, percents: frozenset[int]) -> _Cells:
    """Give the error cells of a sheet, and the figures of some columns that show as percent, by place."""
    found: dict[tuple[int, int], str] = {}
    with warnings.catch_warnings(action="ignore"):
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        page = workbook[sheet]
        page.reset_dimensions()
        for cell in chain.from_iterable(page.iter_rows()):
            value = cell.value
            if value is None:
                continue
            place = cell.row - 1, cell.column - 1
            if cell.data_type == "e":
                found[place] = str(value)
            elif place[1] in percents and isinstance(value, float | int) and _is_percent(cell.number_format):
                found[place] = f"{value * 100:.15g}%"
        workbook.close()
    return found


def _is_percent(number_format: str) -> bool:
    return "%" in _LITERAL.sub("", number_format)
