"""Derived facts: one-line arithmetic over other facts, exact, with unknown passed on.

A formula is read with Python's own `ast` and a white list: numbers, fact names, + - * /, brackets, and the functions
mean, min, max, sqrt, years_since and calendar_years_since.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, cast

from engine.ground.line import Line, mean, ratio, root
from engine.ground.outcome import Reason
from engine.ground.values import Number, Span, Unknown, Value, merged, number_from, quotient, square_root


def _mean(*numbers: Number) -> Fraction:
    return Fraction(sum(numbers)) / len(numbers)


def _years_between(earlier: date, later: date) -> Fraction:
    """Years on a calendar of 31-day months: exact on every anniversary; ValueError if `earlier` is yet to come."""
    if earlier > later:
        raise ValueError
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return Fraction(months * 31 + later.day - earlier.day, 372)


def _calendar_years_between(earlier: date, later: date) -> int:
    """Years by the calendar, whatever the day: 0 in the same year; ValueError if `earlier` is yet to come."""
    if earlier > later:
        raise ValueError
    return later.year - earlier.year


_FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "mean": _mean,
    "min": min,
    "max": max,
    "sqrt": square_root,
    "years_since": _years_between,
    "calendar_years_since": _calendar_years_between,
}
SINCE = frozenset({"years_since", "calendar_years_since"})
_SEVERAL = frozenset({"mean", "min", "max"})
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult)
_FRACTION, _QUOTIENT = ast.Name("Fraction", ast.Load()), ast.Name("quotient", ast.Load())
_GLOBALS: dict[str, Any] = {"__builtins__": {}, "Fraction": Fraction, "quotient": quotient, **_FUNCTIONS}
_ALONG: dict[str, Any] = {**_GLOBALS, "quotient": ratio, "mean": mean, "sqrt": root}
_LONGEST = 500
_OPEN = (Unknown, Span)


class FormulaError(ValueError):
    """The text is not a formula; the message says which part of it."""


class Formula:
    """A formula, ready to be computed.

    >>> ratio = Formula("100 * rd / revenue")
    >>> ratio.names
    ('rd', 'revenue')
    >>> ratio({"rd": 3, "revenue": 7}, date(2026, 1, 1))
    Fraction(300, 7)
    >>> ratio({"rd": 3, "revenue": 0}, date(2026, 1, 1)).reason
    <Reason.NOT_COMPUTABLE: 'not_computable'>
    """

    def __init__(self, text: str) -> None:
        """Read `text`; raises FormulaError with the part that is not understood."""
        self.text = text
        names: dict[str, None] = {}
        self.dates: set[str] = set()
        try:
            if len(text) > _LONGEST:
                message = f"longer than {_LONGEST} characters"
                raise FormulaError(message)
            tree = ast.parse(text, mode="eval")
            tree.body = self._checked(tree.body, names)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, FormulaError):
                raise
            message = "this is not arithmetic that can be read"
            raise FormulaError(message) from error
        if not names:
            message = "it names no fact"
            raise FormulaError(message)
        self.names = tuple(names)
        self.roots = text.count("sqrt")
        if self.roots > 1:
            message = "more than one root cannot be compared exactly"
            raise FormulaError(message)
        self.tree = ast.parse(text, mode="eval").body
        self._code = compile(ast.fix_missing_locations(tree), "<formula>", "eval")

    def __call__(self, values: Mapping[str, Value], as_of: date) -> Value:
        """Compute from the values of all its names; unknown if any of them is, or if it cannot be computed."""
        unknown = [value for name in self.names if isinstance(value := values[name], _OPEN)]
        if unknown:
            return merged(value.unknown if isinstance(value, Span) else value for value in unknown)
        try:
            return cast("Number", eval(self._code, _GLOBALS, {"as_of": as_of, **values}))  # noqa: S307 a white list
        except (ZeroDivisionError, ValueError):
            return Unknown(Reason.NOT_COMPUTABLE)

    def along(self, values: Mapping[str, Line | Value], as_of: date) -> Line | None:
        """Give the line that the formula is where some of its values are lines; None if it is not one.

        >>> Formula("100 * rd / revenue").along({"rd": Line(1, 0), "revenue": 200}, date(2026, 1, 1))
        Line(slope=Fraction(1, 2), at_zero=0)
        """
        if any(isinstance(values[name], _OPEN) for name in self.names):
            return None
        try:
            found = eval(self._code, _ALONG, {"as_of": as_of, **values})  # noqa: S307 a white list
        except (ZeroDivisionError, ValueError, TypeError):
            return None
        return found if isinstance(found, Line) else None

    def _checked(self, node: ast.expr, names: dict[str, None]) -> ast.expr:  # noqa: PLR0911 a return a kind
        """Give the node with exact numbers and divisions; note fact names; raise FormulaError on anything else."""
        match node:
            case ast.BinOp(op=ast.Div()):
                return self._divided(node, names)
            case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _ARITHMETIC):
                return ast.BinOp(self._checked(left, names), op, self._checked(right, names))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return ast.UnaryOp(ast.USub(), self._checked(operand, names))
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                written = ast.get_source_segment(self.text, node) or ""
                exact = number_from(written)
                if isinstance(exact, int):
                    return ast.Constant(exact)
                return ast.Call(_FRACTION, [ast.Constant(written)], [])
            case ast.Name(id=name):
                names.setdefault(name)
                return node
            case ast.Call(func=ast.Name(id=since), args=[ast.Name(id=name) as day], keywords=[]) if since in SINCE:
                names.setdefault(name)
                self.dates.add(name)
                return ast.Call(node.func, [day, ast.Name("as_of", ast.Load())], [])
            case ast.Call(func=ast.Name(id="sqrt"), args=[argument], keywords=[]):
                return ast.Call(node.func, [self._checked(argument, names)], [])
            case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as arguments, keywords=[]) if name in _SEVERAL:
                return ast.Call(node.func, [self._checked(argument, names) for argument in arguments], [])
        message = f"“{ast.unparse(node)[:40]}” is not allowed; use + - * / and {', '.join(_FUNCTIONS)}"
        raise FormulaError(message)

    def _divided(self, node: ast.BinOp, names: dict[str, None]) -> ast.expr:
        """Give an exact division, of whole numbers too; 100 * a / b, the usual case, is one step."""
        parts = [node.left, node.right]
        match node.left:
            case ast.BinOp(left=ast.Constant(value=int()) as times, op=ast.Mult(), right=above):
                parts = [above, node.right, times]
        return ast.Call(_QUOTIENT, [self._checked(part, names) for part in parts], [])
