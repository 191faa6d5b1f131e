"""A formula as a column: its value in floats, and a bound on how far that may be from the exact value.

Comparisons closer than the bound are decided exactly, by the definition (`columns.outcomes`).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import cast

from engine.language.formula import SINCE, Formula
from engine.sql.functions import NO, YES, and_, cases, greatest, least, or_
from engine.sql.value import Value, literal

ROUNDING = 1e-13
"""More than all roundings of a formula add up to: fewer than 250 steps (500 characters) of 2**-53 each."""
_SAFE = 100 * ROUNDING


@dataclass(frozen=True)
class Estimate:
    """A value, the `size` by which rounding is measured, and whether the value may be nonsense.

    It differs from the exact value by less than ROUNDING times the size.

    The value is null if it cannot be computed. It is doubtful if it is not certain whether it can.
    """

    value: Value
    size: Value
    doubtful: Value

    @property
    def error(self) -> Value:
        """How far the exact value may be."""
        return cases((self.doubtful, inf), else_=self.size * ROUNDING)


def stated(value: Value) -> Estimate:
    """Give the estimate of a stated figure: the nearest float."""
    return Estimate(value, value.abs(), NO)


def estimate(formula: Formula, facts: Mapping[str, Estimate], days: Mapping[str, Value], as_of: date) -> Estimate:
    """Give the estimate of a formula; null where any of its facts is, as it is unknown then."""
    result = _estimate(formula.tree, facts, days, as_of)
    used = [facts[name] for name in formula.names if name in facts]
    known = [one.value.notnull() for one in used] + [days[name].notnull() for name in formula.dates]
    perhaps = [one.value.notnull() | one.doubtful for one in used] + known[len(used) :]
    doubtful = or_(result.doubtful.fill_null(YES), *(one.doubtful for one in used))
    return Estimate(cases((and_(*known), result.value)), result.size, and_(doubtful, *perhaps))


def _estimate(  # noqa: PLR0911 a return a kind
    node: ast.expr, facts: Mapping[str, Estimate], days: Mapping[str, Value], as_of: date
) -> Estimate:
    def part(inner: ast.expr) -> Estimate:
        return _estimate(inner, facts, days, as_of)

    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(part(left), op, part(right))
        case ast.UnaryOp(operand=operand):
            inner = part(operand)
            return Estimate(-inner.value, inner.size, inner.doubtful)
        case ast.Constant(value=value):
            number = float(cast("float", value))
            return Estimate(literal(number), literal(abs(number)), NO)
        case ast.Name(id=name):
            return facts[name]
        case ast.Call(func=ast.Name(id=since), args=[ast.Name(id=name)]) if since in SINCE:
            return _years_since(days[name], as_of, by_calendar=since != "years_since")
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument]):
            return _root(part(argument))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _of_several(name, [part(argument) for argument in arguments])
    raise AssertionError(ast.dump(node))  # Formula lets nothing else through


def _combined(left: Estimate, op: ast.operator, right: Estimate) -> Estimate:
    a, b = left.value, right.value
    doubtful = left.doubtful | right.doubtful
    match op:
        case ast.Add():
            return Estimate(a + b, left.size + right.size, doubtful)
        case ast.Sub():
            return Estimate(a - b, left.size + right.size, doubtful)
        case ast.Mult():
            return Estimate(a * b, left.size * right.size, doubtful)
    quotient = a / b.nullif(0.0)
    size = (left.size + quotient.abs() * right.size) / b.abs().nullif(0.0)
    return Estimate(quotient, size, doubtful | _may_be_zero(right))


def _may_be_zero(one: Estimate) -> Value:
    """Say whether a value may be nothing but rounding; a stated figure is 0 or it is not."""
    return (one.value.abs() <= one.size * _SAFE) & (one.size > 0.0)


def _root(inner: Estimate) -> Estimate:
    root = cases((inner.value >= 0.0, inner.value.abs().sqrt()))
    size = (inner.size / root.nullif(0.0)).fill_null(0.0) + root
    return Estimate(root, size, inner.doubtful | _may_be_zero(inner))


def _of_several(name: str, parts: list[Estimate]) -> Estimate:
    values = [part.value for part in parts]
    size = sum((part.size for part in parts[1:]), parts[0].size)
    doubtful = or_(*(part.doubtful for part in parts))
    if name == "mean":
        return Estimate(sum(values[1:], values[0]) / float(len(values)), size, doubtful)
    choose = least if name == "min" else greatest
    known = and_(*(value.notnull() for value in values))
    return Estimate(cases((known, choose(*values))), size, doubtful)


def _years_since(day: Value, as_of: date, *, by_calendar: bool) -> Estimate:
    months = (as_of.year - day.year()) * 12 + as_of.month - day.month()
    exact = (months * 31 + as_of.day - day.day()) / 372.0
    years = (as_of.year - day.year() if by_calendar else exact).cast("DOUBLE")
    passed = cases((day <= literal(as_of), years))
    return Estimate(passed, passed.abs(), NO)
