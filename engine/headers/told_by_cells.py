"""Which fact a column states whose header may be that of several, by its cells: 所属行业 above names of divisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from engine.headers.cells import Column
from engine.language.facts import Fact, Kind
from engine.language.reading import Unreadable

CellsOf = Callable[[int], Iterable[object]]
"""The first cells of the column of a place."""
LOOKED_AT = 1000  # rows


def told_by(perhaps: Sequence[Fact], cells: Iterable[object], as_of: date) -> Fact | None:
    """Give the fact of those that a header may name of which all cells are options, blanks left out; None if none is.

    Of several the one that the others follow from: what is both a division and a sector is read as the division.
    """
    texts = {str(cell) for cell in cells if cell is not None}
    fits = [fact for fact in perhaps if fact.kind is Kind.CHOICE and _are_options(texts, fact, as_of)]
    if len(fits) > 1:
        behind = {fact.lookup.by for fact in fits if fact.lookup is not None}
        fits = [fact for fact in fits if fact.id in behind]
    return fits[0] if len(fits) == 1 else None


def _are_options(texts: Iterable[str], fact: Fact, as_of: date) -> bool:
    """Say whether all texts can be read as options of a fact, and not all are blank."""
    column = Column(fact.title.zh, fact, "", as_of)
    try:
        values = [column.value(text) for text in texts]
    except Unreadable:
        return False
    return any(value is not None for value in values)
