"""The thresholds of every shipped rulebook, taken from the rulebook itself: at, just below, just above, unknown.

For each check of a number against a fixed threshold, figures are found that put the observed value exactly there: a
given fact is stated so, a formula is solved for its first ingredient. Then the side that the clause names is asked of
every evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Catalog, Outcome, shipped
from engine.facts import Fact, Kind
from engine.figures import Figures
from engine.logic import Check, Rulebook, Threshold
from engine.reference import decide
from engine.rulebook import Operator
from engine.to_durable import engine_for
from engine.values import Known, Number, Unknown

AS_OF = date(2026, 6, 1)
_HAIRS = (Fraction(1, 10**18), Fraction(1, 10**9), Fraction(1, 10**4))
_BELOW, _AT, _ABOVE = -1, 0, 1
_MET_ON = {
    Operator.AT_LEAST: {_AT, _ABOVE},
    Operator.MORE_THAN: {_ABOVE},
    Operator.AT_MOST: {_BELOW, _AT},
    Operator.LESS_THAN: {_BELOW},
    Operator.EQUALS: {_AT},
    Operator.DIFFERS_FROM: {_BELOW, _ABOVE},
}


@cache
def _catalog() -> Catalog:
    return shipped()


def _threshold_checks() -> Iterator[tuple[str, str]]:
    for rulebook_id in _catalog().ids:
        for check in _catalog().rulebook(rulebook_id).checks:
            is_fact = check.fact.id in _catalog().vocabulary  # and not a score
            if is_fact and check.fact.is_numeric and isinstance(check.right, Threshold) and check.operator in _MET_ON:
                yield rulebook_id, check.id


_CHECKS = sorted(_threshold_checks())


def _found(rulebook_id: str, check_id: str) -> tuple[Rulebook, Check, Fraction]:
    rulebook = _catalog().rulebook(rulebook_id)
    check = next(check for check in rulebook.checks if check.id == check_id)
    assert isinstance(check.right, Threshold)
    assert isinstance(check.right.value, int | Fraction)
    return rulebook, check, Fraction(check.right.value)


def _outcomes(rulebook: Rulebook, check: Check, stated: Mapping[str, Known]) -> set[Outcome]:
    figures = Figures(rulebook.vocabulary, stated, AS_OF)
    return {decide(rulebook, figures)[check.id], engine_for(rulebook).decide(figures)[0][check.id]}


def _figures_at(rulebook: Rulebook, fact: Fact, goal: Fraction, draw: st.DataObject) -> dict[str, Known]:
    """Give stated figures under which the fact is worth exactly `goal`."""
    if fact.formula is None:
        return {fact.id: _number(goal)}
    if "years_since" in fact.formula.text:
        assume(goal.denominator == 1)
        return {fact.formula.names[0]: AS_OF.replace(year=AS_OF.year - int(goal))}
    first, *others = fact.formula.names
    drawn: dict[str, Known] = {name: _ingredient(rulebook.vocabulary[name], draw) for name in others}

    def worth(number: Fraction) -> Fraction:
        value = Figures(rulebook.vocabulary, {**drawn, first: _number(number)}, AS_OF).value(fact)
        assume(not isinstance(value, Unknown))
        assert isinstance(value, int | Fraction)
        return Fraction(value)

    return {**drawn, first: _number(_solved(worth, goal))}


def _solved(worth: object, goal: Fraction) -> Fraction:
    """Find where a growing function of one figure is worth `goal`: straight lines exactly, others by halving."""
    assert callable(worth)
    at_one, at_two, at_three = (worth(Fraction(n)) for n in (1, 2, 3))
    if at_three - at_two == at_two - at_one:
        solution = 1 + (goal - at_one) / (at_two - at_one)
        assert worth(solution) == goal
        return Fraction(solution)
    low, high = Fraction(0), Fraction(10) ** 15
    for _ in range(160):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) < goal else (low, middle)
    solution = round(high, 12)
    assert worth(solution) == goal, f"{float(worth(solution))} is not {goal}"
    return solution


def _ingredient(fact: Fact, data: st.DataObject) -> Number:
    if fact.kind in {Kind.COUNT, Kind.RANK}:
        return data.draw(st.integers(1, 100_000), label=fact.id)
    decimals = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 9, places=4)
    return Fraction(data.draw(decimals, label=fact.id))


def _number(fraction: Fraction) -> Number:
    return fraction.numerator if fraction.denominator == 1 else fraction


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
@given(data=st.data())
def test_side_of_the_threshold(rulebook_id: str, check_id: str, data: st.DataObject) -> None:
    """At, just below and just above its threshold, a check falls on the side that its operator names, everywhere."""
    rulebook, check, threshold = _found(rulebook_id, check_id)
    whole = check.fact.kind in {Kind.COUNT, Kind.RANK}
    hair = data.draw(st.sampled_from(_HAIRS), label="hair")
    for side in (_BELOW, _AT, _ABOVE):
        step = Fraction(side) if whole else side * hair
        if check.fact.formula is not None and "years_since" in check.fact.formula.text:
            day = AS_OF.replace(year=AS_OF.year - int(threshold)) - timedelta(days=side)
            stated: dict[str, Known] = {check.fact.formula.names[0]: day}
        else:
            stated = _figures_at(rulebook, check.fact, threshold, data)
            first = check.fact.formula.names[0] if check.fact.formula else check.fact.id
            stated[first] = _number(Fraction(stated[first]) + step)  # type: ignore[arg-type]
        expected = Outcome.MET if side in _MET_ON[check.operator] else Outcome.NOT_MET
        assert _outcomes(rulebook, check, stated) == {expected}


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
def test_unknown(rulebook_id: str, check_id: str) -> None:
    """With nothing known the check is undetermined, everywhere."""
    rulebook, check, _ = _found(rulebook_id, check_id)
    assert _outcomes(rulebook, check, {}) == {Outcome.UNDETERMINED}


def test_there_are_thresholds() -> None:
    """The shipped rulebooks have the checks that this module is about."""
    assert len(_CHECKS) > 40
