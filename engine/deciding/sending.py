"""How the values of a check are written for durable_rules, which knows floats only and compares them without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import copysign
from typing import cast

from engine.deciding.reference import HOLDS, Outcomes
from engine.deciding.reference import check as check_outcome
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Number, Span, Unknown, Value, difference, ends_of, nearest_float
from engine.rulebooks.logic import Check, Threshold
from engine.rulebooks.rulebook import Operator

ORDER = {Operator.AT_LEAST: "$gte", Operator.LESS_THAN: "$lt", Operator.AT_MOST: "$lte", Operator.MORE_THAN: "$gt"}
REVERSE = {"$gte": "$lt", "$lt": "$gte", "$lte": "$gt", "$gt": "$lte"}
_LARGEST = 2.0**53
_SMALLEST = 1e-9
_OPEN = (Unknown, Span)
_OFTEN_OPEN = (*_OPEN, frozenset)

Writer = Callable[[Figures, Outcomes], str]


def threshold(check: Check) -> float:
    """Give the number that the rule compares with: the threshold, or 0 where a difference is sent."""
    return float(_fixed(check) or 0)


def _fixed(check: Check) -> Number | None:
    """Give the threshold of an ordered check as a number, days counted; None where the right side is not fixed."""
    if not isinstance(check.right, Threshold):
        return None
    value = check.right.value
    return value.toordinal() if isinstance(value, date) else cast("Number", value)


def writer(check: Check, name: str) -> Writer:
    """Give the function that writes what is sent for a check: a JSON field, or nothing if a side is unknown."""
    field, bar = f',"f{name}":', _fixed(check)
    if check.operator not in ORDER:
        return _truth(check, field)
    return _figure(check, bar, field) if bar else _difference(check, field)


def _truth(check: Check, field: str) -> Writer:
    yes, no = f"{field}1", f"{field}0"
    said = {Outcome.MET: yes, Outcome.NOT_MET: no, Outcome.UNDETERMINED: ""}
    fact, holds = check.fact, HOLDS[check.operator]
    fixed = check.right.value if isinstance(check.right, Threshold) else None
    if check.operator is Operator.GIVEN:
        return lambda figures, _: yes if figures.is_given(fact) == fixed else no

    def write(figures: Figures, outcomes: Outcomes) -> str:  # noqa: ARG001 one signature for all
        left = figures.value(fact)
        right = figures.right(check.right) if fixed is None else fixed
        if isinstance(left, _OFTEN_OPEN) or isinstance(right, _OPEN):
            return said[check_outcome(check, figures)]
        return yes if holds(left, right) else no

    return write


def _figure(check: Check, bar: Number, field: str) -> Writer:
    bars, edge = (bar,), float(bar)

    def write(figures: Figures, outcomes: Outcomes) -> str:  # noqa: ARG001 one signature for all
        exact = figures.compared(check)
        if isinstance(exact, date):
            return f"{field}{exact.toordinal()}"
        if isinstance(exact, _OPEN):  # the ends of a span are on one side, or it is not known on which
            if check_outcome(check, figures) is Outcome.UNDETERMINED:
                return ""
            exact = cast("Span", exact).low
        number = exact.numerator / exact.denominator  # type: ignore[union-attr]
        return field + _json(nearest_float(exact, bars) if number == edge else number)  # type: ignore[arg-type]

    return write


def _difference(check: Check, field: str) -> Writer:
    """Send left minus right, never smaller than a billionth unless it is 0, because no smaller one is needed."""

    def write(figures: Figures, outcomes: Outcomes) -> str:  # noqa: ARG001 one signature for all
        left, right = figures.compared(check), figures.right(check.right)
        if isinstance(left, _OPEN) or isinstance(right, _OPEN):
            if check_outcome(check, figures) is Outcome.UNDETERMINED:
                return ""
            left, right = ends_of(left)[0], ends_of(right)[-1]
        rounded = difference(_number(left), _number(right))
        if rounded and abs(rounded) < _SMALLEST:
            rounded = _SMALLEST if rounded > 0 else -_SMALLEST
        return field + _json(rounded)

    return write


def ends(check: Check, figures: Figures) -> tuple[str, str]:
    """Give the lowest and the highest total of the score that a check looks at, as JSON."""
    score, bar = figures.value(check.fact), cast("Number", _fixed(check))
    low, high = (score.low, score.high) if isinstance(score, Span) else (cast("Number", score),) * 2
    return _json(nearest_float(low, (bar,))), _json(nearest_float(high, (bar,)))


def _number(value: Value) -> Number:
    return value.toordinal() if isinstance(value, date) else cast("Number", value)


def _json(number: float) -> str:
    """Write a float as durable_rules reads it: within 2**53, and with a point before an exponent."""
    text = repr(number if abs(number) <= _LARGEST else copysign(_LARGEST, number))
    return text.replace("e", ".0e") if "e" in text and "." not in text else text
