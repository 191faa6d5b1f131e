"""What a fact can be worth: an exact value, a span of possible values, or unknown with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import copysign, inf, isqrt, nextafter, ulp
from typing import Any

from engine.ground.outcome import Reason, foremost

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, why, and which given facts would have to be supplied."""

    reason: Reason
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is only known to lie from `low` to `high`, because of what `unknown` names."""

    low: Number
    high: Number
    unknown: Unknown


Known = Number | bool | str | frozenset[str] | date | Span  # a span where a figure is stated by its ends: 前3名, 10-15%
Value = Known | Unknown


UNREAD, BESIDE = "?", "+"
"""What stands before a word of a list that was not understood, and before one that is known and is no option."""
OUT = f"{BESIDE}-"
"""What stands before a word that names an option, outside its term."""


class MonthEnd(date):
    """The last day of a month, where a term was written by its month or year only."""


Terms = Mapping[str, Mapping[str, date]]
"""Of lists of options, by fact: the last day of each option that states one."""
TERM = "@"
"""What stands before an option that is valid from a day to another: `of_term`."""


def of_term(begins: date, ends: date, after: str, code: str, typed: str) -> str:
    """Give an option that is valid for a term, with the mark that it has after that, BESIDE or UNREAD."""
    return f"{TERM}{begins.isoformat()}:{ends.isoformat()}:{after}:{code}:{typed}"


def on_day(value: Known | None, day: date | None) -> Known | None:
    """Give a list of options as it is on a day: what is not valid then is no option; of no day nothing is certain.

    >>> until_2024 = of_term(date(2021, 1, 1), date(2024, 12, 31), BESIDE, "little_giant", "小巨人（2021-2024）")
    >>> [list(on_day(frozenset({until_2024}), date(year, 6, 1))) for year in (2024, 2026)]
    [['little_giant'], ['+-小巨人（2021-2024）']]
    """
    if not isinstance(value, frozenset) or not any(word.startswith(TERM) for word in value):
        return value
    return frozenset(_on_day(word, day) if word.startswith(TERM) else word for word in value)


def _on_day(word: str, day: date | None) -> str:
    begins, ends, after, code, typed = word.removeprefix(TERM).split(":", 4)
    if day is None:
        return f"{UNREAD}{typed}"
    if day.isoformat() < begins:
        return f"{OUT}{typed}"
    if day.isoformat() <= ends:
        return code
    return f"{OUT if after == BESIDE else after}{typed}"


def ends_stated(value: Known | None) -> dict[str, date]:
    """Give the last day of each option of a list that states one, be it over or to come; of several the latest."""
    words = value if isinstance(value, frozenset) else ()
    terms = [word.removeprefix(TERM).split(":", 4) for word in words if word.startswith(TERM)]
    found = sorted((ends, code, typed) for _, ends, after, code, typed in terms if after == BESIDE)
    return {code: _last_day(ends, typed) for ends, code, typed in found}


def _last_day(ends: str, typed: str) -> date:
    """Give the day on which a term ends, as a `MonthEnd` if its year is typed and its day is not.

    >>> [type(_last_day("2026-06-30", one)).__name__ for one in ("2023.6-2026.6", "2023.07.01-2026.06.30", "三年")]
    ['MonthEnd', 'date', 'date']
    """
    found = date.fromisoformat(ends)
    is_end = str(found.year) in typed and (found + timedelta(days=1)).day == 1
    day = rf"{found.year}\s*[-/.年]?\s*0?{found.month}\s*[-/.月]?\s*{found.day}(?!\d)"
    return MonthEnd(*found.timetuple()[:3]) if is_end and not re.search(day, typed) else found


def out_of_term(value: Value) -> list[str]:
    """Give the words of a list that name an option outside its term, as they were typed."""
    words = value if isinstance(value, frozenset) else ()
    return sorted(unmarked(word) for word in words if word.startswith(OUT))


def unmarked(word: str) -> str:
    """Give a word of a list as it was typed, without the mark that stands before it.

    >>> [unmarked(word) for word in ("srdi", "?甲", "+乙", "+-丙（至2025-12-31）")]
    ['srdi', '甲', '乙', '丙（至2025-12-31）']
    """
    mark = next((one for one in (OUT, BESIDE, UNREAD) if word.startswith(one)), "")
    return word.removeprefix(mark)


def is_partly_read(value: object) -> bool:
    """Say whether a list of options has a word that was not understood, which may be any option."""
    return isinstance(value, frozenset) and any(word.startswith(UNREAD) for word in value)


def ends_of(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 of any type
    """Give both ends of a span; of anything else, itself."""
    return (value.low, value.high) if isinstance(value, Span) else (value,)


def merged(unknowns: Iterable[Unknown]) -> Unknown:
    """Give one Unknown for several: the foremost reason, and every fact once, in order."""
    several = list(unknowns)
    if len(several) == 1:
        return several[0]
    facts = dict.fromkeys(fact for unknown in several for fact in unknown.facts)
    return Unknown(foremost(unknown.reason for unknown in several), tuple(facts))


_ROOT_DIGITS = 10**100


def square_root(number: Number) -> Fraction:
    """Give the root of a number >= 0: exact if it is rational, else to 100 digits.

    A hundred digits decide every comparison exactly: an irrational root of a quotient of figures with at most 33 digits
    differs from any threshold of at most 15 digits by more than 1e-99. Raises ValueError below zero.

    >>> square_root(Fraction(9, 4))
    Fraction(3, 2)
    """
    fraction = Fraction(number)
    if fraction < 0:
        raise ValueError
    above, below = isqrt(fraction.numerator), isqrt(fraction.denominator)
    if above * above == fraction.numerator and below * below == fraction.denominator:
        return Fraction(above, below)
    return Fraction(isqrt(fraction.numerator * _ROOT_DIGITS**2 // fraction.denominator), _ROOT_DIGITS)


_LITERAL = re.compile(r"\s*[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?\s*")


def number_from(text: str) -> Number:
    """Give the exact number that a decimal literal spells; raises ValueError if it is none, or an absurd one.

    >>> number_from("2.10"), number_from("1e3")
    (Fraction(21, 10), 1000)
    """
    if not _LITERAL.fullmatch(text):
        raise ValueError(text)
    fraction = Fraction(text)
    return fraction.numerator if fraction.denominator == 1 else fraction


def nearest_float(number: Number, thresholds: Iterable[Number] = ()) -> float:
    """Give the nearest float that stands on the same side of each threshold as `number` itself.

    Rounding keeps the order but may make unequal numbers equal; where it does, the float is moved by one step.

    >>> nearest_float(Fraction(70) - Fraction(1, 10**30), [70])
    69.99999999999999
    """
    result = number.numerator / number.denominator
    for threshold in thresholds:
        if result == float(threshold) and number != threshold:
            return nextafter(result, inf if number > threshold else -inf)
    return result


_SHORT = 15  # significant digits: decimals with no more are told apart by their floats


def distinct_float(number: Number) -> float:
    """Give a float of `number` that differs from those of all decimals of up to 15 digits that `number` is not.

    So a figure with many digits keeps its side of every threshold.

    >>> distinct_float(number_from("69.9999999999999999"))
    69.99999999999999
    """
    result = float(number)
    near = number_from(f"{result:.{_SHORT}g}")
    if result == float(near) and number != near:
        return nextafter(result, inf if number > near else -inf)
    return result


def quotient(above: Number, below: Number, times: int = 1) -> Fraction:
    """Divide exactly, whole numbers too; `times` as much.

    >>> quotient(Fraction(3, 2), 6), quotient(3, 4, 100)
    (Fraction(1, 4), Fraction(75, 1))
    """
    return Fraction(times * above.numerator * below.denominator, above.denominator * below.numerator)


def difference(left: Number, right: Number) -> float:
    """Give left minus right as the nearest float that has its sign, without making a fraction of it.

    >>> difference(Fraction(1, 3), 1), difference(0, Fraction(1, 10**400))
    (-0.6666666666666666, -5e-324)
    """
    above = left.numerator * right.denominator - right.numerator * left.denominator
    result = above / (left.denominator * right.denominator)
    return result if result or not above else copysign(ulp(0.0), above)
