"""Which fact a column states whose header may be that of several, by its cells: 所属行业 above names of divisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.headers.cells import Column
from engine.language.facts import Fact, Kind
from engine.language.reading import Unreadable

CellsOf = Callable[[int, int | None, int | None], Iterable[object]]
"""The first cells of the column of a place in rows of firms, whose codes and names stand in the columns of others."""
LOOKED_AT = 1000  # rows


_FEW = 4  # one odd cell among so many tells nothing against the others


@dataclass(frozen=True)
class ByCells:
    """The fact that the cells of a column tell, if any; and what stands in those that are no options of it.

    Without a fact `odd` are the cells that are no options of the fact that most of them are options of.
    """

    fact: Fact | None
    odd: tuple[str, ...] = ()


def by_cells(perhaps: Sequence[Fact], cells: Iterable[object], as_of: date) -> ByCells:
    """Say which fact of those that a header may name has the cells for options, blanks left out; few may be none.

    Of several the one with the fewest odd cells; of those alike the one that the others follow from: what is both a
    division and a sector is read as the division.
    """
    texts = Counter(str(cell) for cell in cells if cell is not None)
    odd = {fact: found for fact in perhaps if fact.kind is Kind.CHOICE if (found := _odd(texts, fact, as_of))[0]}
    if not odd:
        return ByCells(None)
    least = min(found.total() for _, found in odd.values())
    fits = [fact for fact, (_, found) in odd.items() if found.total() == least]
    if len(fits) > 1:
        behind = {fact.lookup.by for fact in fits if fact.lookup is not None}
        fits = [fact for fact in fits if fact.id in behind] or fits
    options, strange = odd[fits[0]]
    is_told = len(fits) == 1 and strange.total() * _FEW <= options + strange.total()
    return ByCells(fits[0] if is_told else None, tuple(strange))


def _odd(texts: Mapping[str, int], fact: Fact, as_of: date) -> tuple[int, Counter[str]]:
    """Give how many texts are options of a fact, and those that are none, blanks left out."""
    column, options, odd = Column(fact.title.zh, fact, "", as_of), 0, Counter[str]()
    for text, count in texts.items():
        try:
            options += count if column.value(text) is not None else 0
        except Unreadable:
            odd[text] += count
    return options, odd
