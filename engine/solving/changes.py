"""Which firms a change of words lets in: for either side of each requirement that two rulebooks have otherwise one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.explaining.side_by_side import State, difference
from engine.ground.errors import Text
from engine.ground.outcome import Outcome
from engine.ground.result import Result
from engine.rulebooks.logic import Gate, Rulebook
from engine.solving.relations import Found
from engine.solving.solver import UnansweredError
from engine.solving.witness import Question, Wanted, Witness


@dataclass(frozen=True)
class Change(Result):
    """A criterion of two rulebooks: a firm that only the first takes, and one that only the second does, if any."""

    first: str
    second: str
    title: Text
    found: Found
    only_first: Witness | None = None
    only_second: Witness | None = None


def changes(first: Rulebook, second: Rulebook, as_of: date) -> tuple[Change, ...]:
    """Give, for each criterion that changed from one rulebook to another, the firms that show it: proved if none do."""
    old, new = ({one.words.id: one.gate for one in book.criteria} for book in (first, second))
    found = []
    for pair in difference(first, second).requirements:
        if (
            pair.state is State.CHANGED
            and pair.first
            and pair.second
            and pair.first.id in old
            and pair.second.id in new
        ):
            sides = (first, old[pair.first.id]), (second, new[pair.second.id])
            found.append(_change(pair.second.title, sides, as_of))
    return tuple(found)


def _change(title: Text, sides: tuple[tuple[Rulebook, Gate], tuple[Rulebook, Gate]], as_of: date) -> Change:
    (first, one), (second, other) = sides
    try:
        shown = [
            Question([Wanted(first, met, one), Wanted(second, not_met, other)], as_of).witness()
            for met, not_met in ((Outcome.MET, Outcome.NOT_MET), (Outcome.NOT_MET, Outcome.MET))
        ]
    except UnansweredError:
        return Change(one.id, other.id, title, Found.UNANSWERED)
    return Change(one.id, other.id, title, Found.REFUTED if any(shown) else Found.PROVED, *shown)
