"""Figures exactly at the thresholds of a rulebook: stated so, or solved for the first ingredient of a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from engine.explaining.findings import behind
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Number
from engine.language.facts import WHOLE, Fact, Kind
from engine.rulebooks.logic import Check, Rulebook, Threshold
from engine.rulebooks.rulebook import Operator

BELOW, AT, ABOVE = -1, 0, 1
HAIRS = (Fraction(1, 10**18), Fraction(1, 10**9), Fraction(1, 10**4))
MET_ON = {
    Operator.AT_LEAST: {AT, ABOVE},
    Operator.MORE_THAN: {ABOVE},
    Operator.AT_MOST: {BELOW, AT},
    Operator.LESS_THAN: {BELOW},
    Operator.EQUALS: {AT},
    Operator.DIFFERS_FROM: {BELOW, ABOVE},
}


def threshold_checks(rulebook: Rulebook) -> Iterator[Check]:
    """Give the checks that compare a number, not a score, with a fixed threshold."""
    for check in rulebook.checks:
        is_fact = check.fact.id in rulebook.vocabulary
        if is_fact and check.fact.is_numeric and isinstance(check.right, Threshold) and check.operator in MET_ON:
            yield check


def threshold(check: Check) -> Fraction:
    """Give what the check compares with."""
    assert isinstance(check.right, Threshold)
    assert isinstance(check.right.value, int | Fraction)
    return Fraction(check.right.value)


def counts_years(fact: Fact) -> bool:
    """Say whether a fact is the time since a day."""
    return fact.formula is not None and bool(fact.formula.dates)


def figures_at(
    rulebook: Rulebook, check: Check, as_of: date, ingredient: Callable[[Fact], Known]
) -> tuple[str, dict[str, Known]] | None:
    """Give the figure to move, and figures that put a check exactly on its threshold; None where there are none."""
    fact, goal = check.fact, threshold(check)
    first, *others = behind(rulebook.vocabulary, check)
    if fact.formula is None:
        return fact.id, {fact.id: number(goal)}
    if counts_years(fact):
        whole = goal.denominator == 1
        return (first.id, {first.id: as_of.replace(year=as_of.year - int(goal))}) if whole else None
    drawn = {other.id: ingredient(other) for other in others}

    def worth(figure: Fraction) -> Fraction | None:
        value = Figures(rulebook.vocabulary, {**drawn, first.id: number(figure)}, as_of).value(fact)
        return Fraction(value) if isinstance(value, int | Fraction) else None

    solution = _solved(worth, goal)
    return None if solution is None else (first.id, {**drawn, first.id: number(solution)})


def number(fraction: Fraction) -> Number:
    """Give a whole number as an int."""
    return fraction.numerator if fraction.denominator == 1 else fraction


def _solved(worth: Callable[[Fraction], Fraction | None], goal: Fraction) -> Fraction | None:
    """Find where a growing function of one figure is worth `goal`: straight lines exactly, others by halving."""
    at_one, at_two, at_three = (worth(Fraction(n)) for n in (1, 2, 3))
    if at_one is None or at_two is None or at_three is None:
        return None
    if at_three - at_two == at_two - at_one:
        solution = 1 + (goal - at_one) / (at_two - at_one)
        assert worth(solution) == goal
        return solution
    low, high = Fraction(0), Fraction(10) ** 15
    for _ in range(160):
        middle = (low + high) / 2
        at_middle = worth(middle)
        assert at_middle is not None
        low, high = (middle, high) if at_middle < goal else (low, middle)
    solution = round(high, 12)
    assert worth(solution) == goal, f"{goal} is not met at {solution}"
    return solution


def moved(stated: Mapping[str, Known], name: str, step: Fraction) -> dict[str, Known]:
    """Give the figures with one of them larger by `step`."""
    figure = stated[name]
    assert isinstance(figure, int | Fraction)
    return {**stated, name: number(Fraction(figure) + step)}


def on_side(
    rulebook: Rulebook, check: Check, as_of: date, side: int, hair: Fraction, ingredient: Callable[[Fact], Known]
) -> dict[str, Known] | None:
    """Give figures on one side of a threshold, a hair from it; None where none were found."""
    if counts_years(check.fact):
        assert check.fact.formula is not None
        if check.fact.unit.en == "years" and check.fact.kind is Kind.NUMBER:  # whole calendar years
            return {check.fact.formula.names[0]: date(as_of.year - int(threshold(check)) - side, 7, 1)}
        day = as_of.replace(year=as_of.year - int(threshold(check))) - timedelta(days=side)
        return {check.fact.formula.names[0]: day}
    found = figures_at(rulebook, check, as_of, ingredient)
    return None if found is None else moved(found[1], found[0], side * hair)


def step(check: Check, hair: Fraction) -> Fraction:
    """Give the least by which a figure is beside its threshold."""
    return Fraction(1) if check.fact.kind in WHOLE else hair


def expected(check: Check, side: int) -> Outcome:
    """Give what a check is on a side of its threshold."""
    return Outcome.MET if side in MET_ON[check.operator] else Outcome.NOT_MET
