"""Cells by the names that a spreadsheet shows."""

from __future__ import annotations


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell in a row from 1 and a column from 0.

    >>> cell_name(17, 1), cell_name(1, 26)
    ('B17', 'AA1')
    """
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 few need it, and it takes a tenth of a second

    return str(xl_rowcol_to_cell(row - 1, column))
