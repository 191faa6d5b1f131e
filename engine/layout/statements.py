"""What rows of a list that are no firm's say of all its figures: another year, another unit, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engine.ground.errors import Text, short
from engine.headers.cells import Column
from engine.headers.understanding import Understanding
from engine.headers.units import TAKEN, bare_unit
from engine.language.facts import APPLICATION, Kind, Vocabulary
from engine.layout.doubtful import Doubtful, in_a_row, leaves_open, unit_of_all
from engine.layout.misread import reviews_in


class Statements:
    """Refuses a table for what a row that is no firm's says of it."""

    def __init__(self, understanding: Understanding, vocabulary: Vocabulary, as_of: date) -> None:
        headers = [one.header for one in understanding.columns]
        self._vocabulary = vocabulary
        self._unit = unit_of_all(understanding, vocabulary)
        self._last = as_of.year - 1 if leaves_open(headers, vocabulary) else None
        self._has_application = any(column.fact.id == APPLICATION for column in understanding.stated.values())

    def of_row(self, cells: Sequence[str]) -> Doubtful | None:
        """Give why the figures or applications are others than were read, if a row that is no firm's says so."""
        doubt = in_a_row(cells, self._vocabulary, self._last, self._unit)
        if doubt is not None:
            return Doubtful(doubt)
        return None if self._has_application else reviews_in(cells)


def unit_among(cells: Iterable[str | None], column: Column) -> Doubtful | None:
    """Give why amounts may be in another unit than that of their column, if one of these cells of it is such a unit."""
    unit = column.unit or TAKEN
    for cell in cells if column.fact.kind is Kind.MONEY else ():
        if cell and bare_unit(column.fact, cell) not in {None, unit}:
            said, name = short(cell.strip(), 20), short(column.header, 20)
            return Doubtful(
                Text(
                    f"“{name}”列有一行写着单位“{said}”，而该列会按{unit}读取",
                    f"has the unit {said} in a row of column {name}, which would be read in {unit}",
                ),
                Text(
                    "请在列名里写明单位，如 营业收入（元），并删去写单位的行。",
                    "Write the unit in the header, as 营业收入（元）, and delete the row of units.",
                ),
            )
    return None
