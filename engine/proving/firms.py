"""Firms for a rulebook: any at random, and those nearest to one firm, all with figures at the edges of the rulebook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations
from random import Random

from engine.assessment import profile_reader
from engine.firms.stated_ratios import contradiction
from engine.firms.typed import is_typed_exactly
from engine.ground.values import Known, Number
from engine.language.facts import AS_OF, BOOLEAN, WHOLE, Fact, Kind, Vocabulary
from engine.proving.edges import (
    DAYS,
    HAIRS,
    NAME,
    ORDINARY,
    SIDES,
    Firm,
    acceptable,
    days,
    on_side,
    options,
    ordered,
)
from engine.rulebooks.logic import BenchmarkOf, Check, FactOf, Rulebook, Threshold

_WHOLE, _MONEY, _FEW = 5000, 10**9, 3

Move = Mapping[str, Known | None]
"""Facts of a firm stated otherwise, None those that are left blank."""


def moved(firm: Firm, *moves: Move) -> Firm:
    """Give the firm with some facts stated otherwise."""
    changed = {name: value for move in moves for name, value in move.items()}
    return {name: value for name, value in {**firm, **changed}.items() if value is not None}


def is_accepted(vocabulary: Vocabulary, firm: Firm) -> bool:
    """Say whether a profile may state this: in decimals, no part above its whole, no ratio against its parts."""
    return is_typed_exactly(firm) and corrected(vocabulary, firm) == firm


def corrected(vocabulary: Vocabulary, firm: Firm, kept: Collection[str] = ()) -> dict[str, Known]:
    """Give the firm with no part larger than its whole, and no ratio that its parts contradict.

    The part is lowered, or the whole raised if only the part is to be kept.
    """
    found = dict(firm)
    for name in [*found.keys() & vocabulary.ratios.keys()]:
        if contradiction(vocabulary[name], found, vocabulary):
            del found[name]
    held = set(kept)
    for _ in range(_CHAIN):
        for fact, above in reversed([*profile_reader(vocabulary).above_wholes(found)]):
            part, whole = fact.id, above.id
            if part in held and whole not in held:
                found[whole] = found[part]
                held.add(whole)
            else:
                found[part] = found[whole]
    return found


_CHAIN = 4  # parts of parts, each of which may be above its whole once that is lowered


@lru_cache(maxsize=64)
def thresholds(rulebook: Rulebook) -> Mapping[str, tuple[Number, ...]]:
    """Give the fixed figures that each fact is compared with."""
    found: dict[str, dict[Number, None]] = {}
    for check in rulebook.checks:
        if check.fact.is_numeric:
            found.setdefault(check.fact.id, {}).update(dict.fromkeys(_rights(check)))
    return {name: tuple(several) for name, several in found.items()}


def _rights(check: Check) -> Iterator[Number]:
    if isinstance(check.right, BenchmarkOf):
        yield from (row[check.right.column] for row in check.right.table.rows.values() if check.right.column in row)
    if isinstance(check.right, Threshold) and isinstance(check.right.value, Number):
        yield check.right.value


def any_value(fact: Fact, near: Sequence[Number], random: Random, as_of: date) -> Known:  # noqa: PLR0911 a kind a line
    """Give a value that the fact accepts, often at or beside one of `near`."""
    if fact.kind in BOOLEAN:
        return random.random() < 1 / 2
    if fact.kind is Kind.CHOICE:
        return random.choice(list(fact.choices))
    if fact.kind is Kind.CHOICES:
        return frozenset(random.choices(list(fact.choices), k=random.randrange(_FEW + 1)))
    if fact.kind is Kind.DATE:
        return as_of - timedelta(days=random.randrange(DAYS))
    if fact.kind is Kind.TEXT:
        return NAME
    if near and random.random() < 1 / 2:
        step = 1 if fact.kind in WHOLE else random.choice(HAIRS)
        side = random.choice(SIDES)
        return acceptable(fact, random.choice(near) + side * step if side else random.choice(near))
    if fact.kind in WHOLE:
        return acceptable(fact, random.randrange(_WHOLE))
    return acceptable(fact, Fraction(random.randrange(1, _MONEY), 10**4))


def any_firm(
    rulebook: Rulebook, random: Random, as_of: date, blanks: float = 1 / 4, edges: float = 1 / 4
) -> dict[str, Known]:
    """Give a firm at random: what it states of the facts that a rulebook uses, of which a share is blank.

    Of the share `edges` one more figure is moved so that a formula comes to its threshold, or beside it.
    """
    near = thresholds(rulebook)
    used = [rulebook.vocabulary[name] for name in _used(rulebook) if random.random() >= blanks]
    vocabulary = rulebook.vocabulary
    stated = {one.id: any_value(one, near.get(one.id, ()), random, as_of) for one in used}
    for ratio in [one for one in used if one.is_derived]:  # which is not stated beside all its parts
        parts = [one.id for one in vocabulary.stated_behind(ratio)]
        if stated.keys() >= set(parts):
            del stated[random.choice([ratio.id, *parts]) if blanks else ratio.id]
    firm = corrected(vocabulary, stated)
    checks = _derived(rulebook)
    if checks and random.random() < edges:
        check = random.choice(checks)
        found = on_side(rulebook, check, as_of, random.choice(SIDES), random.choice(HAIRS), firm)
        return dict(found) if found is not None and is_accepted(vocabulary, found) else firm
    return firm


@lru_cache(maxsize=64)
def _used(rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(sorted(rulebook.facts_read))


@lru_cache(maxsize=64)
def _derived(rulebook: Rulebook) -> tuple[Check, ...]:
    return tuple(check for check in ordered(rulebook) if check.fact.is_derived)


def moves(rulebook: Rulebook, checks: Iterable[Check], facts: Iterable[Fact], as_of: date, firm: Firm) -> list[Move]:
    """Give the single changes of a firm that may turn any of the checks, and blanks: those of figures at the edges.

    `facts` are what the points of a scorecard are taken from.
    """
    several = [change for fact in facts for change in _awarded(fact)]
    several += [change for check in dict.fromkeys(checks) for change in _turning(rulebook, check, as_of, firm)]
    wanted = (one for one in several if any(firm.get(name) != value for name, value in one.items()))
    return [dict(items) for items in dict.fromkeys(tuple(one.items()) for one in wanted)]


def _awarded(fact: Fact) -> Iterator[Move]:
    yield {fact.id: None}
    yield from ({fact.id: end} for end in (fact.lowest, fact.highest) if end is not None)


def _turning(rulebook: Rulebook, check: Check, as_of: date, firm: Firm) -> Iterator[Move]:
    """Give changes of what a check looks at: to each side of its threshold, blank, each option, a plain figure."""
    parts = [part for part in rulebook.vocabulary.stated_behind(check.fact) if part.id != AS_OF]
    sides = [(side, part) for part in parts for side in SIDES] if check in ordered_set(rulebook) else []
    for side, part in sides if len(parts) > 1 else [(side, None) for side, _ in sides]:
        beside = on_side(rulebook, check, as_of, side, _visible(check.fact), firm, part)
        if beside is not None:
            yield {name: value for name, value in beside.items() if firm.get(name) != value}
    looked_at = [check.fact, *([check.right.fact] if isinstance(check.right, FactOf) else [])]
    for fact in (part for one in looked_at for part in rulebook.vocabulary.stated_behind(one)):
        if fact.id != AS_OF:
            values = days(rulebook, check, as_of, firm) if fact.kind is Kind.DATE else options(fact)
            yield from ({fact.id: value} for value in (None, *values))
            plain = (0, ORDINARY) if fact.is_numeric else ()
            yield from ({fact.id: acceptable(fact, Fraction(figure))} for figure in plain)
    if isinstance(check.right, FactOf) and check.right.fact.is_given:
        yield {check.right.fact.id: firm.get(check.fact.id)}
    if isinstance(check.right, BenchmarkOf):
        by = rulebook.vocabulary[check.right.table.by]
        yield from ({by.id: value} for value in (None, *options(by)))


@lru_cache(maxsize=64)
def ordered_set(rulebook: Rulebook) -> frozenset[Check]:
    """Give the checks that `edges` can stand a firm beside."""
    return frozenset(ordered(rulebook))


def _visible(fact: Fact) -> Fraction:
    """Give a step that a reader sees: a hundredth."""
    return Fraction(1) if fact.kind in WHOLE else Fraction(1, 100)


def near(
    vocabulary: Vocabulary, starts: Sequence[Firm], several: Sequence[Move], random: Random, most: int
) -> Iterator[Firm]:
    """Give the first firm itself, with one change, with two; then any of the firms with some, `most` in all.

    What a change makes of a firm is corrected until a profile may state it. Firms may be added to `starts` on the way.
    """
    first = starts[0]
    pairs = list(combinations(several, 2)) if len(several) ** 2 < most else []
    random.shuffle(pairs)
    small = [(), *((move,) for move in several), *pairs]
    more = range(max(0, most - len(small)) if several else 0)
    some = ((random.choice(starts), random.choices(several, k=random.randint(1, _FEW))) for _ in more)
    for start, changes in chain(((first, changes) for changes in small), some):
        kept = {name for change in changes for name in change}
        firm = corrected(vocabulary, moved(start, *changes), kept)
        if is_accepted(vocabulary, firm):
            yield firm
