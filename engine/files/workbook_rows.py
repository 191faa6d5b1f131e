"""What every form of workbook is read as: rows of texts by column, and what is told of the sheet besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.ground.cell_names import cell_name

Cells = dict[int, str]
Sink = Callable[[int, Cells], object]
Block = tuple[int, int, int, int]
_BEGINS, _MOST_BEGINNINGS = 40, 1000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


class HostileError(Exception):
    """The file would take much more room than it is."""


@dataclass
class AboutSheet:
    """What is known of a sheet when its rows have been read.

    `merged` are areas as (top, left, bottom, right), rows from 1 and columns from 0. Hidden rows and columns are those
    with something in them; `formulas` are those that have no result, by what their row begins with: how many, and the
    first cell; `remarks` the comments of cells; `printed` is what stands above and below each page that is printed.
    """

    merged: list[Block] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    formulas: dict[str, tuple[int, str]] = field(default_factory=dict)
    remarks: int = 0
    printed: list[str] = field(default_factory=list)

    def formula(self, row: int, column: int, cells: Cells) -> None:
        """Count a formula without a result, in a row from 1 and a column from 0, behind these cells of its row."""
        texts = (cells[place][:_BEGINS].strip() for place in sorted(cells))
        begins = next((text for text in texts if text and not (text[0] == "=" or text[0].isdecimal())), "")
        if begins not in self.formulas and len(self.formulas) >= _MOST_BEGINNINGS:
            begins = ""
        count, first = self.formulas.get(begins, (0, cell_name(row, column)))
        self.formulas[begins] = count + 1, first

    def merge(self, block: Block) -> None:
        """Add an area of merged cells."""
        if len(self.merged) >= MOST_ROWS:
            raise HostileError
        self.merged.append(block)


class Sheets(Protocol):
    """A workbook: the names of its worksheets with whether they are hidden, and the cells of each as shown."""

    @property
    def names(self) -> Sequence[tuple[str, bool]]:
        """The names."""
        ...

    def read(self, name: str, sink: Sink) -> AboutSheet:
        """Hand each row with cells to `sink`: its number, from 1, and the text of each cell by its column, from 0."""
        ...

    def close(self) -> None:
        """Let the file go."""
