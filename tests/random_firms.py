"""Random firms for any rulebook: figures drawn around the rulebook's own thresholds, choices from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.ground.values import Known
from engine.language.facts import BOOLEAN, WHOLE, Fact, Kind
from engine.rulebooks.logic import Rulebook, Threshold

T = TypeVar("T")
AS_OF = date(2026, 6, 1)


def thresholds(rulebook: Rulebook) -> Mapping[str, list[Fraction]]:
    """Give the fixed thresholds that each fact is compared with."""
    found: dict[str, list[Fraction]] = {}
    for check in rulebook.checks:
        if isinstance(check.right, Threshold) and check.fact.is_numeric:
            assert isinstance(check.right.value, int | Fraction)
            found.setdefault(check.fact.id, []).append(Fraction(check.right.value))
    return found


def values_of(fact: Fact, near: list[Fraction]) -> st.SearchStrategy[Known]:
    """Draw a value that the fact accepts, often at or beside one of `near`."""
    if fact.kind in BOOLEAN:
        return st.booleans()
    if fact.kind is Kind.CHOICE:
        return st.sampled_from(sorted(fact.choices))
    if fact.kind is Kind.CHOICES:
        return st.frozensets(st.sampled_from(sorted(fact.choices)), max_size=3)
    if fact.kind is Kind.DATE:
        return st.integers(0, 2000).map(lambda days: AS_OF - timedelta(days=days))
    if fact.kind is Kind.TEXT:
        return st.just("某公司")
    low = Fraction(fact.lowest if fact.lowest is not None else -1000)
    high = Fraction(fact.highest if fact.highest is not None else 10**9)
    if fact.kind in WHOLE:
        numbers = st.one_of(st.sampled_from(near or [low]), st.integers(int(low), 5000).map(Fraction))
        return numbers.map(lambda number: int(min(max(number, low), high)))
    hairs = st.sampled_from([Fraction(0), Fraction(1, 10**9), Fraction(-1, 10**9)])
    at_edge = st.builds(lambda edge, hair: edge + hair, st.sampled_from(near or [low]), hairs)
    money = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 5, places=4).map(Fraction)
    return st.one_of(at_edge, money).map(lambda number: min(max(number, low), high))


@cache
def firms(rulebook: Rulebook, *, blanks: bool = True) -> st.SearchStrategy[dict[str, Known]]:
    """Draw the stated values of a firm, of the facts that the rulebook uses; with `blanks` any may be missing."""
    near = thresholds(rulebook)
    used = {name: values_of(rulebook.vocabulary[name], near.get(name, [])) for name in sorted(rulebook.facts_used)}
    if blanks:
        return st.fixed_dictionaries({}, optional=used)
    return st.fixed_dictionaries(used)


def examples(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """Give so many examples of a strategy at once, for what decides many firms faster than each by itself."""
    found: list[T] = []

    @settings(max_examples=count, phases=(Phase.generate,), database=None)
    @given(strategy)
    def collect(one: T) -> None:
        found.append(one)

    collect()
    return found
