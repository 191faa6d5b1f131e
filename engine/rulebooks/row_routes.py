"""Which rulebook judges a row of a list, where it is not the same for all: by what the row says of the firm."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field

from engine.ground.errors import InputError, Problem, Text
from engine.ground.values import Known
from engine.language.facts import AREA, Fact, Kind
from engine.rulebooks.logic import Rulebook


@dataclass(frozen=True)
class Routes:
    """The facts that choose the rulebook of a row, and the choice.

    `of` raises InputError if there is no rulebook for such a firm. `needs_area`: there is none for a firm that does not
    say where it is. `open_areas` has what to note of a firm that says no more of where it is than that area (None:
    nothing), while a place within it has a text of its own. `books` are the rulebooks that there are to choose from, if
    they are known beforehand.
    """

    asks: frozenset[str]
    of: Callable[[Mapping[str, Known | None]], Rulebook]
    needs_area: bool = False
    open_areas: Mapping[str | None, Problem] = field(default_factory=dict)
    books: tuple[Rulebook, ...] = ()

    def require_area(self, stated: Container[str]) -> None:
        """Raise InputError, with what to do, if an area is needed and is not among the facts that a table states."""
        if self.needs_area and AREA not in stated:
            self.of({})

    def part(self, stated: Iterable[str], *, ladder: bool) -> bool:
        """Say whether a table that states these facts may have rows for several rulebooks.

        Where only one can be used, a ladder is that of new applicants: reviews are refused by it row by row.
        """
        return any(one in self.asks and (one == AREA or not ladder) for one in stated)


SEVERAL = Text("各行由不同的规则判定", "has rows that several editions decide")
"""Why a table is refused where only one rulebook can be used."""


def rulebook_of(
    routes: Routes | None, values: Mapping[str, Known | None], first: Rulebook
) -> tuple[Rulebook, Problem | None]:
    """Give the rulebook for a firm that says this; if there is none the first, and the problem that says so."""
    try:
        return (first if routes is None else routes.of(values)), None
    except InputError as error:
        return first, error.problems[0]


def typed(fact: Fact, plain: str | None) -> Known | None:
    """Give the value of a choice in plain form (`values.plain`)."""
    if plain is None or fact.kind is not Kind.CHOICES:
        return plain
    return frozenset(filter(None, plain.split(",")))
