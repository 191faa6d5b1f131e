"""The firm nearest to one that fails that is qualified: the cheapest to within a thousandth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from engine.ground.values import Known, Number, Span
from engine.language.reading import DECIMALS as MOST_PLACES
from engine.solving.meaning import Meaning
from engine.solving.rounded import DECIMALS, PLACES, is_figure, rounded
from engine.solving.solver import Amount, Solver, UnansweredError, anew, any_of, exact, fresh, number_of, plus
from engine.solving.start import Start
from engine.solving.unknown_firm import States, UnknownFirm

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

    Its figures are usual ones, unless none is, and nothing stands `beside`. Raises `UnansweredError`.
    """
    found = _nearest(start, beside, usual=True)
    return found if found or beside else _nearest(start, beside, usual=False)


def _nearest(start: Start, beside: Collection[Collection[str]], *, usual: bool) -> Nearest | None:
    firm, solver, cost = _posed(start, start.states, start.known, usual=usual)
    for several in beside:
        solver.hold(any_of(*(start.as_it_is(firm, name) for name in several)))
    model = solver.find()
    if model is None:
        return None
    best, low, proved = number_of(model.eval(cost)), Fraction(0), True
    while best - low > _NEAR:
        goal = best - max(_NEAR, (best - low) / 2)
        try:
            cheaper = solver.find(cost <= goal)
        except UnansweredError:
            proved, low = False, goal
            continue
        if cheaper is None:
            low = goal
        else:
            model, best = cheaper, number_of(cheaper.eval(cost))
    found = _in_decimals(start, {**start.values, **firm.stated_in(model)}, usual=usual)
    return Nearest(rounded(start, found), proved, usual)


def _posed(
    start: Start, states: States, known: Mapping[str, Known], *, usual: bool
) -> tuple[UnknownFirm, Solver, Amount]:
    """Give a firm that is qualified, what holds of it, and its cost."""
    anew()
    firm = UnknownFirm(start.book.vocabulary, start.as_of, states, known)
    meaning = Meaning(start.book, firm)
    met, _ = meaning.verdict
    solver = Solver([met, *start.held(firm, meaning), *(start.usual(meaning) if usual else ())])
    total, cost = fresh(), Fraction(0)
    for one, held in start.costs(firm):
        solver.hold(held)
        cost = plus(cost, one)
    solver.hold(total == cost)
    return firm, solver, total


def _in_decimals(start: Start, found: Mapping[str, Known], *, usual: bool) -> dict[str, Known]:
    """Give a firm with the same facts that costs no more, or hardly, all figures of which are decimals."""
    figures = [name for name in start.changed(found) if is_figure(found[name])]
    if all(Fraction(cast("Number", found[name])) * DECIMALS % 1 == 0 for name in figures):
        return {**found}
    rest = {name: value for name, value in found.items() if name not in figures and not isinstance(value, Span)}
    most = sum((start.cost(name, found[name]) for name in figures), _NEAR)
    for places in (PLACES, MOST_PLACES):
        firm, solver, cost = _posed(start, lambda fact: fact.id in found, rest, usual=usual)
        with suppress(UnansweredError):
            model = solver.find(cost <= exact(most), *firm.in_decimals(places))
            if model is not None:
                return {**found, **firm.stated_in(model)}
    raise UnansweredError
