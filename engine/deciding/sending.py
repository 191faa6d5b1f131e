"""How the values of a check are written for durable_rules, which knows floats only and compares them without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from engine.deciding.reference import HOLDS
from engine.deciding.reference import check as check_outcome
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Number, Span, Unknown, Value, ends_of, is_partly_read, nearest_float
from engine.rulebooks.logic import Check, Threshold
from engine.rulebooks.rulebook import Operator

ORDER = {Operator.AT_LEAST: "$gte", Operator.LESS_THAN: "$lt", Operator.AT_MOST: "$lte", Operator.MORE_THAN: "$gt"}
REVERSE = {"$gte": "$lt", "$lt": "$gte", "$lte": "$gt", "$gt": "$lte"}
_LARGEST = 2.0**53
_TRUTH = {Outcome.MET: "1", Outcome.NOT_MET: "0", Outcome.UNDETERMINED: None}
_SMALLEST = 1e-9

Sender = Callable[[Figures], str | None]


def threshold(check: Check) -> float:
    """Give the number that the rule compares with: the threshold, or 0 where a difference is sent."""
    return float(_fixed(check) or 0)


def _fixed(check: Check) -> Number | None:
    """Give the threshold of an ordered check as a number, days counted; None where the right side is not fixed."""
    if not isinstance(check.right, Threshold):
        return None
    value = check.right.value
    return value.toordinal() if isinstance(value, date) else cast("Number", value)


def sender(check: Check) -> Sender:
    """Give the function that writes what is sent for a check of a firm: JSON, or None if a side of it is unknown."""
    if check.operator is Operator.GIVEN:
        return lambda figures: "1" if figures.is_given(check.fact) == figures.right(check.right) else "0"
    if check.operator not in ORDER:
        return _truth(check)
    bar = _fixed(check)
    return _difference(check) if not bar else _figure(check, bar)


def _truth(check: Check) -> Sender:
    holds = HOLDS[check.operator]
    fixed = check.right.value if isinstance(check.right, Threshold) else None

    def send(figures: Figures) -> str | None:
        left = figures.value(check.fact)
        right = figures.right(check.right) if fixed is None else fixed
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return None
        if isinstance(left, Span) or isinstance(right, Span) or is_partly_read(left):
            return _TRUTH[check_outcome(check, figures)]
        return "1" if holds(left, right) else "0"

    return send


def _figure(check: Check, bar: Number) -> Sender:
    bars = (bar,)

    def send(figures: Figures) -> str | None:
        left = figures.value(check.fact)
        if isinstance(left, Unknown):
            return None
        if isinstance(left, date):
            return str(left.toordinal())
        if isinstance(left, Span):  # both ends are on one side of the threshold, or it is not known on which
            return (
                None if check_outcome(check, figures) is Outcome.UNDETERMINED else _json(nearest_float(left.low, bars))
            )
        return _json(nearest_float(cast("Number", left), bars))

    return send


def _difference(check: Check) -> Sender:
    """Send left minus right, never smaller than a billionth unless it is 0, because no smaller one is needed."""

    def send(figures: Figures) -> str | None:
        left, right = figures.value(check.fact), figures.right(check.right)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return None
        if isinstance(left, Span) or isinstance(right, Span):
            if check_outcome(check, figures) is Outcome.UNDETERMINED:
                return None
            left, right = ends_of(left)[0], ends_of(right)[-1]
        exact = _number(left) - _number(right)
        rounded = float(exact)
        if exact and abs(rounded) < _SMALLEST:
            rounded = _SMALLEST if exact > 0 else -_SMALLEST
        return _json(rounded)

    return send


def ends(check: Check, figures: Figures) -> tuple[str, str]:
    """Give the lowest and the highest total of the score that a check looks at, as JSON."""
    score, bar = figures.value(check.fact), cast("Number", _fixed(check))
    low, high = (score.low, score.high) if isinstance(score, Span) else (cast("Number", score),) * 2
    return _json(nearest_float(low, (bar,))), _json(nearest_float(high, (bar,)))


def _number(value: Value) -> Number:
    return value.toordinal() if isinstance(value, date) else cast("Number", value)


def _json(number: float) -> str:
    """Write a float as durable_rules reads it: within 2**53, and with a point before an exponent."""
    text = repr(min(max(number, -_LARGEST), _LARGEST))
    return text.replace("e", ".0e") if "e" in text and "." not in text else text
