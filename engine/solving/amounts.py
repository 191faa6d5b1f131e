"""Numbers of a firm that nobody has stated yet: fractions without division, each with when it is so.

A number is a list of cases, `above / below` where `below` is positive while the case holds; in no case is it known.
Two are compared by multiplying out, so that a ratio against a fixed figure is linear. A root is kept with the line that
it stands in, and compared by its square.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product

from engine.ground.values import Number
from engine.language.formula import SINCE, Formula
from engine.rulebooks.rulebook import Operator
from engine.solving.solver import Amount, Truth, all_of, any_of, fresh, negated, plus, real, times, z3

COMPARED: Mapping[Operator, Callable[..., Truth]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.LESS_THAN: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.EQUALS: operator.eq,
    Operator.DIFFERS_FROM: operator.ne,
}
_TURNED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.LESS_THAN: Operator.MORE_THAN,
    Operator.MORE_THAN: Operator.LESS_THAN,
}
_MONTH = 31
_YEAR = 12 * _MONTH


@dataclass(frozen=True)
class Case:
    """`above / below`, as long as `when` holds; `below` is positive then, and `above` not negative if that is said."""

    when: Truth
    above: Amount
    below: Amount = 1
    is_positive: bool = False


Cases = tuple[Case, ...]


@dataclass(frozen=True)
class Root:
    """`start + slope * sqrt(square)`."""

    start: Fraction
    slope: Fraction
    square: Cases


def constant(number: Number) -> Cases:
    """Give a number as a case that always holds."""
    return (Case(when=True, above=Fraction(number), is_positive=number >= 0),)


def is_known(number: Cases | Root) -> Truth:
    """Give whether there is a number: that it could be computed."""
    if isinstance(number, Root):
        return any_of(*(all_of(one.when, one.above >= 0) for one in number.square))
    return any_of(*(one.when for one in number))


def holds(comparison: Operator, left: Cases | Root, right: Cases) -> tuple[Truth, Truth]:
    """Give whether a comparison holds, and whether it does not; neither if a side is not known."""
    if isinstance(left, Root):
        return _root_holds(comparison, left, right)
    met, not_met = [], []
    for one, other in product(left, right):
        when = all_of(one.when, other.when)
        found = COMPARED[comparison](times(one.above, other.below), times(other.above, one.below))
        met.append(all_of(when, found))
        not_met.append(all_of(when, negated(found)))
    return any_of(*met), any_of(*not_met)


def _root_holds(comparison: Operator, root: Root, right: Cases) -> tuple[Truth, Truth]:
    """Compare a root by its square, which is at least 0 where there is a root; `right` is one fixed figure."""
    goal = (Fraction(right[0].above) - root.start) / root.slope
    asked = _TURNED.get(comparison, comparison) if root.slope < 0 else comparison
    known = is_known(root)
    if goal < 0:
        found = asked in {Operator.AT_LEAST, Operator.MORE_THAN, Operator.DIFFERS_FROM}
        return all_of(known, found), all_of(known, not found)
    met, not_met = holds(asked, root.square, constant(goal * goal))
    return all_of(known, met), all_of(known, not_met)


def is_fixed(number: Cases) -> bool:
    """Say whether it is one figure, the same for every firm."""
    return len(number) == 1 and number[0].when is True and isinstance(number[0].above, Number)


def day_key(day: date) -> int:
    """Give the place of a day in a calendar of 31-day months, by which years are counted."""
    return _YEAR * day.year + _MONTH * (day.month - 1) + day.day - 1


def day_of(key: int) -> date:
    """Give the day at a place.

    >>> day_of(day_key(date(2024, 2, 29)))
    datetime.date(2024, 2, 29)
    """
    return date(key // _YEAR, key % _YEAR // _MONTH + 1, key % _MONTH + 1)


def _year(key: Amount) -> Amount:
    return key // _YEAR if isinstance(key, int) else key / _YEAR


def is_day(key: Amount) -> Truth:
    """Give whether a place is a day of the calendar of years 1 to 9999: no 31 April, 29 February in leap years only."""
    year, month, day = key / _YEAR, key % _YEAR / _MONTH, key % _MONTH
    is_leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
    long = z3.Or(*(month == one - 1 for one in (1, 3, 5, 7, 8, 10, 12)))
    in_february = z3.Or(day < 28, z3.And(day == 28, is_leap))  # noqa: PLR2004 counted from 0
    at_the_end = z3.And(z3.Implies(day == _MONTH - 1, long), z3.Implies(month == 1, in_february))
    return z3.And(key >= day_key(date.min), key <= day_key(date.max), at_the_end)


class Arithmetic:
    """Computes formulas; what could not be multiplied out is held of a number of its own in `held`."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self.held: list[Truth] = []

    def value(self, formula: Formula, facts: Mapping[str, Cases]) -> Cases | Root:
        """Give what a formula comes to, from the numbers and days of the facts that it names."""
        root = next((node for node in ast.walk(formula.tree) if _is_call(node, "sqrt")), None)
        if root is None:
            return self._value(formula.tree, facts, None)
        square = self._value(root.args[0], facts, None)  # type: ignore[attr-defined]
        inside = {id(node) for node in ast.walk(root)}
        beside = [node for node in ast.walk(formula.tree) if isinstance(node, ast.Name) and id(node) not in inside]
        if all(_is_function(node, formula.tree) for node in beside):
            ends = [self._value(formula.tree, facts, constant(n)) for n in (0, 1, 2)]
            if all(len(one) == 1 and isinstance(one[0].above, Number) for one in ends):
                start, one, two = (Fraction(end[0].above) for end in ends)
                if two - one == one - start != 0:
                    return Root(start, one - start, square)
        return self._value(formula.tree, facts, self._number_of_its_own(square))

    def plain(self, number: Cases | Root) -> Cases:
        """Give a root as a number of its own that its square belongs to."""
        if not isinstance(number, Root):
            return number
        own = self._number_of_its_own(number.square)
        return tuple(Case(one.when, plus(number.start, times(number.slope, one.above))) for one in own)

    def amount(self, number: Cases) -> Amount:
        """Give a number as one amount, whatever if it is not known."""
        if len(number) == 1 and isinstance(number[0].below, Number):
            return number[0].above
        name = fresh()
        self.held += [z3.Implies(one.when, times(name, one.below) == one.above) for one in number]
        return name

    def _number_of_its_own(self, square: Cases) -> Cases:
        name = fresh()
        self.held.append(name >= 0)
        found = []
        for one in square:
            when = all_of(one.when, one.above >= 0)
            self.held.append(z3.Implies(when, times(times(name, name), one.below) == one.above))
            found.append(Case(when, name, 1, is_positive=True))
        return tuple(found)

    def _value(self, node: ast.AST, facts: Mapping[str, Cases], root: Cases | None) -> Cases:  # noqa: PLR0911
        match node:
            case ast.Constant():
                return constant(Fraction(str(node.value)))
            case ast.Name(id=name):
                return facts[name]
            case ast.UnaryOp(operand=operand):
                return self._both(ast.Mult(), constant(-1), self._value(operand, facts, root))
            case ast.BinOp(left=left, op=op, right=right):
                return self._both(op, self._value(left, facts, root), self._value(right, facts, root))
            case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=day)]) if name in SINCE:
                return tuple(self._since(name, facts[day]))
            case ast.Call(func=ast.Name(id="sqrt")) if root is not None:
                return root
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._of_several(name, [self._value(one, facts, root) for one in arguments])
        raise ValueError(ast.dump(node))

    def _since(self, name: str, days: Cases) -> Iterator[Case]:
        """Give the years from a day: none from one that is yet to come."""
        today = day_key(self._as_of)
        for one in days:
            when = all_of(one.when, one.above <= today)
            if name == "years_since":
                yield _case(when, real(today - one.above), _YEAR, is_positive=True)
            else:
                yield Case(when, real(self._as_of.year - _year(one.above)), 1, is_positive=True)

    def _of_several(self, name: str, several: list[Cases]) -> Cases:
        found = several[0]
        for other in several[1:]:
            found = self._both(ast.Add(), found, other) if name == "mean" else tuple(_first(name, found, other))
        return self._both(ast.Div(), found, constant(len(several))) if name == "mean" else found

    def _both(self, op: ast.AST, left: Cases, right: Cases) -> Cases:
        return tuple(case for one, other in product(left, right) for case in _joined(op, one, other))


def _joined(op: ast.AST, one: Case, other: Case) -> Iterator[Case]:
    when, positive = all_of(one.when, other.when), one.is_positive and other.is_positive
    match op:
        case ast.Mult():
            yield _case(when, times(one.above, other.above), times(one.below, other.below), is_positive=positive)
        case ast.Div():
            for sign in (1,) if other.is_positive else (1, -1):
                below = times(sign, other.above)
                there = all_of(when, below > 0)
                if there is not False:
                    above = times(times(sign, one.above), other.below)
                    yield _case(there, above, times(one.below, below), is_positive=positive)
        case _:
            sign = -1 if isinstance(op, ast.Sub) else 1
            above = plus(times(one.above, other.below), times(times(sign, other.above), one.below))
            yield _case(when, above, times(one.below, other.below), is_positive=positive and sign > 0)


def _case(when: Truth, above: Amount, below: Amount, *, is_positive: bool) -> Case:
    """Give a case in which nothing is divided by a fixed figure."""
    if isinstance(below, Number):
        above, below = times(above, Fraction(1, below)), 1
    return Case(when, above, below, is_positive)


def _first(name: str, left: Cases, right: Cases) -> Iterator[Case]:
    """Give the cases of the smaller, or the larger, of two numbers."""
    for one, other in product(left, right):
        is_less = times(one.above, other.below) <= times(other.above, one.below)
        when = all_of(one.when, other.when)
        low, high = (one, other) if name == "min" else (other, one)
        positive = one.is_positive and other.is_positive
        yield Case(all_of(when, is_less), low.above, low.below, positive)
        yield Case(all_of(when, negated(is_less)), high.above, high.below, positive)


def _is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _is_function(name: ast.Name, tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Call) and node.func is name for node in ast.walk(tree))
