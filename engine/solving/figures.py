"""Figures that a person would write: which are tried first for a fact of a firm that shows something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor, log10

from engine.ground.values import Known, Number
from engine.language.facts import WHOLE, Fact, Kind

_PLAIN: Mapping[Kind, tuple[int, ...]] = {
    Kind.MONEY: (10000, 1000, 5000, 20000, 2000, 500, 50000, 200, 100, 100000),
    Kind.PERCENT: (20, 50, 80, 10, 5, 30, 90, 100, 2, 1),
    Kind.COUNT: (100, 10, 20, 5, 50, 200, 3, 2, 1, 500, 1000),
    Kind.RANK: (1, 2, 3, 5, 10),
    Kind.YEARS: (10, 5, 3, 2, 1),
    Kind.NUMBER: (80, 60, 10, 5, 50, 20, 2, 1),
}
_LEAST = {Kind.MONEY: 3.5, Kind.PERCENT: 1, Kind.COUNT: 0.5}
"""The power of ten that a figure is at least to be near: what is not asked for at all comes out of the solver as 0."""
_YEARS = (1, 2, 3, 4, 5, 6, 10)
_MOST_DIGITS = 18


def plain_figures(fact: Fact, found: Known, as_of: date) -> Iterator[Known]:
    """Give what a fact may be worth, the plainest first, and what is near what was found, rounded ever less."""
    if isinstance(found, date):
        yield from (as_of.replace(year=as_of.year - years, day=min(as_of.day, 28)) for years in _YEARS)
    elif isinstance(found, Number) and not isinstance(found, bool):
        size = log10(abs(Fraction(found))) if found else 0
        about = max(size, _LEAST.get(fact.kind, 0))
        yield from sorted(_PLAIN.get(fact.kind, ()), key=lambda figure: abs(log10(figure) - about))
        yield 0
        for digits in range(1, _MOST_DIGITS):
            places = digits - 1 - floor(size)
            rounded, step = round(Fraction(found), places), Fraction(10) ** -places
            for value in (rounded, rounded + step, rounded - step):
                if value.denominator == 1:
                    yield value.numerator
                elif fact.kind not in WHOLE:
                    yield value
    yield found
