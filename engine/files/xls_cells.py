"""The cells of a sheet of an old workbook (.xls) as they are shown, row by row."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import xlrd

from engine.files.number_formats import BUILT_IN, LOCAL_CURRENCY, changes, plain, shown
from engine.files.workbook_rows import AboutSheet, Cells, Sink
from engine.files.xlsx_parts import struck_out


class OldSheets:
    """The sheets of an .xls."""

    def __init__(self, path: Path) -> None:
        """Open the workbook. Raises PermissionError if it has a password."""
        try:
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                self._book = xlrd.open_workbook(
                    str(path), logfile=nowhere, formatting_info=True, on_demand=True, ragged_rows=True
                )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise PermissionError from error
            raise
        self._is_1904 = self._book.datemode == 1
        fonts = self._book.font_list
        self._struck = [bool(fonts[style.font_index].struck_out) for style in self._book.xf_list]
        self._codes = [self._code(style.format_key) for style in self._book.xf_list]

    @property
    def names(self) -> Sequence[tuple[str, bool]]:
        """The names of the sheets, and whether they are hidden."""
        visibilities = self._book._sheet_visibility  # noqa: SLF001 the sheets need not be read for it
        return [
            (name, visibility != 0) for name, visibility in zip(self._book.sheet_names(), visibilities, strict=False)
        ]

    def close(self) -> None:
        """Let the file go."""
        self._book.release_resources()

    def read(self, name: str, sink: Sink) -> AboutSheet:
        """Hand each row with cells to `sink`."""
        sheet = self._book.sheet_by_name(name)
        used: set[int] = set()
        hidden_rows = 0
        for row in range(sheet.nrows):
            cells: Cells = {}
            for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
                if kind not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                    style = sheet.cell_xf_index(row, column)
                    text = self._text(kind, value, style)
                    cells[column] = struck_out(text) if self._struck[style] else text
            if cells:
                used.update(cells)
                hidden_rows += row in sheet.rowinfo_map and bool(sheet.rowinfo_map[row].hidden)
                sink(row + 1, cells)
        hidden = sum(bool(info.hidden) for column, info in sheet.colinfo_map.items() if column in used)
        merged = [(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
        return AboutSheet(merged, hidden_rows, hidden)

    def _code(self, key: int) -> str:
        known = BUILT_IN.get(key) if key not in LOCAL_CURRENCY else None
        code = known or getattr(self._book.format_map.get(key), "format_str", "") or ""
        return code if changes(code) else ""

    def _text(self, kind: int, value: str | float, style: int) -> str:
        """Give a cell as it is shown."""
        if kind == xlrd.XL_CELL_TEXT:
            return str(value).replace("\0", "\ufffd")
        if kind == xlrd.XL_CELL_BOOLEAN:
            return "是" if value else "否"
        if kind == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#N/A"))
        code = self._codes[style]
        return shown(float(value), code, is_1904=self._is_1904) if code else plain(float(value))
