"""The firm nearest to one that fails that is qualified: the cheapest to within a thousandth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from engine.ground.values import Known
from engine.solving.meaning import Meaning
from engine.solving.rounded import rounded
from engine.solving.solver import Solver, UnansweredError, anew, any_of, fresh, number_of, plus
from engine.solving.start import Start
from engine.solving.unknown_firm import UnknownFirm

_NEAR = Fraction(1, 1000)
"""By how much a cheaper plan may be missed."""


@dataclass(frozen=True)
class Nearest:
    """A firm that is qualified, with `usual` figures; `proved`: none is by more than a thousandth cheaper."""

    firm: dict[str, Known]
    proved: bool
    usual: bool


def nearest(start: Start, beside: Collection[Collection[str]] = ()) -> Nearest | None:
    """Give the cheapest firm that is qualified; None if none is. Of each of `beside` it leaves a fact as it is.

    Raises `UnansweredError`.
    """
    return _nearest(start, beside, usual=True) or _nearest(start, beside, usual=False)


def _nearest(start: Start, beside: Collection[Collection[str]], *, usual: bool) -> Nearest | None:
    anew()
    firm = UnknownFirm(start.book.vocabulary, start.as_of, start.states, start.known)
    meaning = Meaning(start.book, firm)
    met, _ = meaning.verdict
    solver = Solver([met, *start.held(firm, meaning), *(start.usual(meaning) if usual else ())])
    total, cost = fresh(), Fraction(0)
    for one, held in start.costs(firm):
        solver.hold(held)
        cost = plus(cost, one)
    solver.hold(total == cost)
    for several in beside:
        solver.hold(any_of(*(start.as_it_is(firm, name) for name in several)))
    model = solver.find()
    if model is None:
        return None
    best, low, proved = number_of(model.eval(total)), Fraction(0), True
    while best - low > _NEAR:
        goal = best - max(_NEAR, (best - low) / 2)
        try:
            cheaper = solver.find(total <= goal)
        except UnansweredError:
            proved, low = False, goal
            continue
        if cheaper is None:
            low = goal
        else:
            model, best = cheaper, number_of(cheaper.eval(total))
    return Nearest(rounded(start, firm.stated_in(model)), proved, usual)
