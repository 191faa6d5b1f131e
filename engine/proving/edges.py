"""Firms at the thresholds of a rulebook: one figure of a firm moved until a check stands on the side that is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction

from engine.firms.figures import Figures
from engine.firms.typed import is_typed_exactly
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Number, Unknown
from engine.language.facts import AS_OF, BOOLEAN, WHOLE, Fact, Kind
from engine.rulebooks.logic import BenchmarkOf, Check, FactOf, Rulebook, Threshold
from engine.rulebooks.rulebook import Operator

Firm = Mapping[str, Known]
BELOW, AT, ABOVE = SIDES = -1, 0, 1
HAIRS = (Fraction(1, 10**18), Fraction(1, 10**9), Fraction(1, 10**4))
ORDINARY, DAYS, NAME = 100, 2000, "某公司"
"""What stands for a figure that a formula needs and a firm does not state."""
MET_ON: Mapping[Operator, frozenset[int]] = {
    Operator.AT_LEAST: frozenset({AT, ABOVE}),
    Operator.MORE_THAN: frozenset({ABOVE}),
    Operator.AT_MOST: frozenset({BELOW, AT}),
    Operator.LESS_THAN: frozenset({BELOW}),
    Operator.EQUALS: frozenset({AT}),
    Operator.DIFFERS_FROM: frozenset({BELOW, ABOVE}),
}
NAMED_MEETS: Mapping[Operator, bool] = {
    Operator.EQUALS: True,
    Operator.ONE_OF: True,
    Operator.CONTAINS: True,
    Operator.DIFFERS_FROM: False,
    Operator.NONE_OF: False,
    Operator.LACKS: False,
}
"""Whether a check of answers is met by an answer that it names."""
_LARGE, _PLACES, _CLOSE, _FAR = Fraction(10) ** 15, 12, Fraction(1, 10**14), 4


def expected(check: Check, side: int) -> Outcome:
    """Give what a check is on a side of its threshold: written out once more, by no evaluator."""
    if not is_ordered(check):
        return Outcome.MET if NAMED_MEETS[check.operator] == (side == AT) else Outcome.NOT_MET
    return Outcome.MET if side in MET_ON[check.operator] else Outcome.NOT_MET


def ordered(rulebook: Rulebook) -> list[Check]:
    """Give the checks of facts that are less, equal or more, not those of scores."""
    checks = [check for check in rulebook.checks if check.operator in MET_ON and check.fact.id in rulebook.vocabulary]
    return [check for check in checks if is_ordered(check)]


def read_by(rulebook: Rulebook, check: Check) -> frozenset[str]:
    """Give the facts on which the sides of a check depend."""
    facts = [check.fact, *([check.right.fact] if isinstance(check.right, FactOf) else [])]
    facts += [rulebook.vocabulary[check.right.table.by]] if isinstance(check.right, BenchmarkOf) else []
    return frozenset(part.id for fact in facts for part in (fact, *rulebook.vocabulary.stated_behind(fact)))


def is_ordered(check: Check) -> bool:
    """Say whether what a check compares is less, equal or more."""
    return check.fact.is_numeric or check.fact.kind is Kind.DATE


def answered(rulebook: Rulebook) -> list[Check]:
    """Give the checks of a stated yes or no, of an option, of several."""
    checks = [check for check in rulebook.checks if check.operator in NAMED_MEETS and options(check.fact)]
    return [check for check in checks if check.fact.is_given and isinstance(check.right, Threshold)]


def answers(check: Check, side: int) -> list[Known]:
    """Give the answers that a check names, at it; those that it does not name, beside it."""
    named = check.right.value if isinstance(check.right, Threshold) else None
    several = named if isinstance(named, frozenset) else frozenset({named})
    codes = [(one, one if isinstance(one, frozenset) else {one}) for one in options(check.fact)]
    return [one for one, said in codes if bool(said & several) == (side == AT)]


def on_side(
    rulebook: Rulebook, check: Check, as_of: date, side: int, hair: Fraction, firm: Firm, by: Fact | None = None
) -> Firm | None:
    """Give the firm with one figure, `by` if given, moved so that a check is on that side of its threshold by a hair.

    What its formula needs beside and the firm does not state is stated; what it states is stated otherwise only where
    else the figure that is moved could not be typed in decimals. None if no such firm was found.
    """
    vocabulary = rulebook.vocabulary
    is_stated = check.fact.id in firm  # as a ratio may be, instead of what it is computed from
    parts = [check.fact] if is_stated else vocabulary.stated_behind(check.fact)
    given = [fact for fact in parts if fact.id != AS_OF]
    plain = {fact.id: ordinary(fact, as_of) for fact in given}
    found = None
    for base in ({**plain, **firm}, {**firm, **plain}):
        moving = given if by is None else [by]
        for fact in moving if _compared(rulebook, check, as_of, base) is not None else ():
            for value in _candidates(rulebook, check, as_of, base, fact, hair):
                moved = {**base, fact.id: value}
                if side_of(rulebook, check, as_of, moved) == side:
                    if is_typed_exactly(moved):
                        return moved
                    found = found or moved
    return found


def side_of(rulebook: Rulebook, check: Check, as_of: date, firm: Firm) -> int | None:
    """Give the side of its threshold that a check is on; None if either is unknown."""
    sides = _compared(rulebook, check, as_of, firm)
    return None if sides is None else (sides[0] > sides[1]) - (sides[0] < sides[1])


def number(fraction: Fraction) -> Number:
    """Give a whole number as an int."""
    return fraction.numerator if fraction.denominator == 1 else fraction


def acceptable(fact: Fact, value: Number) -> Number:
    """Give the nearest figure that the fact accepts."""
    low, high = fact.lowest, fact.highest
    if low is not None and value < low:
        return low
    if high is not None and value > high:
        return high
    return int(value) if fact.kind in WHOLE or value.denominator == 1 else value


def options(fact: Fact) -> list[Known]:
    """Give the answers that a question without a figure has, the first one first."""
    if fact.kind in BOOLEAN:
        return [False, True]
    if fact.kind is Kind.CHOICE:
        return [*fact.choices]
    if fact.kind is Kind.CHOICES:
        return [frozenset[str](), *(frozenset({code}) for code in fact.choices)]
    return []


def ordinary(fact: Fact, as_of: date) -> Known:
    """Give a value that is easy to read: 100, no, the first option."""
    if fact.is_numeric:
        return acceptable(fact, Fraction(ORDINARY))
    return as_of - timedelta(days=DAYS // 2) if fact.kind is Kind.DATE else next(iter(options(fact)), NAME)


def _compared(rulebook: Rulebook, check: Check, as_of: date, firm: Firm) -> tuple[Fraction, Fraction] | None:
    """Give both sides of a check as numbers, days as theirs; None if either is none."""
    figures = Figures(rulebook.vocabulary, firm, as_of)
    left, right = _number(figures.value(check.fact)), _number(figures.right(check.right))
    return None if left is None or right is None else (left, right)


def _number(value: object) -> Fraction | None:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool | Unknown) else None


def _candidates(
    rulebook: Rulebook, check: Check, as_of: date, base: Firm, fact: Fact, hair: Fraction
) -> Iterator[Known]:
    """Give values of one fact that may put a check on its threshold or beside it, all of them acceptable."""
    if fact.kind is Kind.DATE:
        yield from days(rulebook, check, as_of, base)
        return
    if not fact.is_numeric:
        return

    def apart(figure: Fraction) -> Fraction | None:
        found = _compared(rulebook, check, as_of, {**base, fact.id: number(figure)})
        return None if found is None else found[0] - found[1]

    solution = solved(apart)
    if solution is None:
        return
    if fact.kind in WHOLE:
        near = [Fraction(math.floor(solution) + n) for n in (0, 1, -1, 2)]
    else:
        rounded = round(solution, _PLACES)  # what can be typed goes before what cannot
        near = [rounded, rounded + hair, rounded - hair, solution, solution + hair, solution - hair]
    for value in near:
        if (fact.lowest is None or value >= fact.lowest) and (fact.highest is None or value <= fact.highest):
            yield number(value)


def days(rulebook: Rulebook, check: Check, as_of: date, firm: Firm) -> Iterator[date]:
    """Give days on and beside a threshold: the day itself, or the day so many years ago."""
    goal = _number(Figures(rulebook.vocabulary, firm, as_of).right(check.right))
    if goal is None:
        return
    with suppress(ValueError, OverflowError):
        years = math.floor(goal)
        middle = date.fromordinal(years)
        if check.fact.formula is not None:
            day = min(as_of.day, 28) if as_of.month == 2 else as_of.day  # noqa: PLR2004 February
            middle = as_of.replace(year=as_of.year - years, day=day)
            yield from (date(as_of.year - years + step, month, 1) for step in (0, 1, -1) for month in (7, 1))
        yield from (middle + timedelta(days=step) for step in (0, 1, -1))


def solved(apart: Callable[[Fraction], Fraction | None]) -> Fraction | None:
    """Find where a function of one figure is nought: straight lines exactly, others by halving, if it rises or falls.

    >>> solved(lambda figure: 3 * figure - 7), solved(lambda figure: figure * figure - 9)
    (Fraction(7, 3), Fraction(3, 1))
    """
    one, two, three = (apart(Fraction(n)) for n in (1, 2, 3))
    if one is None or two is None or three is None or one == two == three:
        return None
    if three - two == two - one:
        return 1 + one / (one - two)
    rises = three > one
    low, high = 1 / _LARGE, _LARGE
    while high - low > _CLOSE:  # first its size, then itself
        middle = Fraction(math.sqrt(low * high)) if high > _FAR * low else (low + high) / 2
        there = apart(middle)
        if there is None:
            return None
        low, high = (middle, high) if (there < 0) == rises else (low, middle)
    return round(high, _PLACES)
