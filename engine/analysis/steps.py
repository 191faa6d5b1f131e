"""What a list comes to as a threshold moves: a step at each figure that a firm has, by the order of these figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby
from math import inf, isfinite

from engine.analysis.stand_ins import OUTCOMES
from engine.ground.values import Number, number_from
from engine.rulebooks.rulebook import Operator

HAIR = 1e-12
"""Of their size: computed figures that floats may have moved so far apart are taken for one."""
_FALLING = (Operator.AT_LEAST, Operator.MORE_THAN)
_END_IS_IN = (Operator.AT_LEAST, Operator.LESS_THAN)  # a firm whose figure is the threshold is as those above it

Ends = tuple[str, float | None, float | None, int]
"""Firms alike: verdicts by the outcome of the check (m, n, u), the lowest and highest their figure may be, how many."""


@dataclass(frozen=True)
class Step:
    """From one figure to the next as many qualify, and as many are undetermined; one of the two ends is in it."""

    low: float
    high: float
    is_high_in: bool
    qualified: int
    undetermined: int

    def value(
        self, lowest: Number | None = None, highest: Number | None = None, *, whole: bool = False
    ) -> Number | None:
        """Give the threshold in it that is written with the fewest digits; None where none of 15 digits is.

        It lies between `lowest` and `highest`, which it may be.
        """
        low = self.low if lowest is None else max(self.low, float(lowest))
        high = self.high if highest is None else min(self.high, float(highest))
        if not isfinite(high):
            high = 2 * abs(low) + 1 if isfinite(low) else 0
        low = low if isfinite(low) else high - 1 if not self.is_high_in else high - 2 * abs(high) - 1
        near, other = (Decimal(repr(float(one))) for one in ((high, low) if self.is_high_in else (low, high)))
        may_be_other = low != self.low if self.is_high_in else high != self.high
        for place in range(15, -1 if whole else -16, -1):
            unit = Decimal(1).scaleb(place)
            rounding = ROUND_FLOOR if self.is_high_in else ROUND_CEILING
            found = (near / unit).to_integral_value(rounding) * unit
            if other < found if self.is_high_in else found < other:
                return number_from(f"{found:f}")
        return number_from(f"{other:f}") if may_be_other and self.has_any(lowest, highest) else None

    def has_any(self, lowest: Number | None, highest: Number | None) -> bool:
        """Say whether any of it lies between two limits, which a threshold may be."""
        is_below = highest is None or self.low < highest or (self.low == highest and not self.is_high_in)
        is_above = lowest is None or self.high > lowest or (self.high == lowest and self.is_high_in)
        return is_below and is_above


def steps(rows: Iterable[Ends], operator: Operator, hair: float = 0.0) -> Iterator[Step]:
    """Give the steps from the lowest threshold to the highest; figures less than a hair apart are one."""
    first, changes = Counter[str](), Counter[tuple[float, str]]()
    is_falling = operator in _FALLING
    for verdicts, low, high, many in rows:
        met, not_met, unknown = (verdicts[OUTCOMES.index(one)] for one in "mnu")
        if low is None or high is None:
            first[unknown] += many
            continue
        before, after = (met, not_met) if is_falling else (not_met, met)
        first[before] += many
        for at, was, becomes in ((low, before, unknown), (high, unknown, after)):
            changes[at, was] -= many
            changes[at, becomes] += many
    start = -inf
    told = sorted((at, verdict, many) for (at, verdict), many in changes.items() if many)
    for at, several in groupby(_close(told, hair), key=lambda one: one[0]):
        yield Step(start, at, operator in _END_IS_IN, first["m"], first["u"])
        for _, verdict, many in several:
            first[verdict] += many
        start = at
    yield Step(start, inf, operator in _END_IS_IN, first["m"], first["u"])


def _close(changes: Iterable[tuple[float, str, int]], hair: float) -> Iterator[tuple[float, str, int]]:
    """Give the changes with those at one place that floats do not tell apart."""
    last = -inf
    for at, verdict, many in changes:
        last = last if isfinite(last) and at - last <= hair * abs(at) else at
        yield last, verdict, many
