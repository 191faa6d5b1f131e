"""Which rulebook judges a row of a list, where it is not the same for all: by what the row says of the firm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.errors import InputError, Problem
from engine.facts import Fact, Kind
from engine.logic import Rulebook
from engine.values import Known


@dataclass(frozen=True)
class Routes:
    """The facts that choose the rulebook of a row, and the choice.

    `of` raises InputError if there is no rulebook for such a firm. `needs_area`: there is none for a firm that does not
    say where it is. `open_areas` has what to note of a firm that says no more of where it is than that area (None:
    nothing), while a place within it has a text of its own.
    """

    asks: frozenset[str]
    of: Callable[[Mapping[str, Known | None]], Rulebook]
    needs_area: bool = False
    open_areas: Mapping[str | None, Problem] = field(default_factory=dict)


def chosen(
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
