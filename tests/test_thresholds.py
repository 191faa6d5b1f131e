"""The thresholds of every shipped rulebook, taken from the rulebook itself: at, just below, just above, unknown.

For each check of a number against a fixed threshold, figures are found that put the observed value exactly there. Then
the side that the clause names is asked of every evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Outcome, shipped
from engine.facts import WHOLE, Fact, Kind
from engine.figures import Figures
from engine.logic import Check, Rulebook
from engine.reference import decide
from engine.to_durable import engine_for
from engine.values import Known
from tests.columns import assert_columns_agree, is_typed_exactly, texts_of
from tests.edges import ABOVE, AT, BELOW, MET_ON, counts_years, figures_at, moved, threshold, threshold_checks

AS_OF = date(2026, 6, 1)
_HAIRS = (Fraction(1, 10**18), Fraction(1, 10**9), Fraction(1, 10**4))
_HAIR, _WHOLE = st.sampled_from(_HAIRS), st.integers(1, 100_000)
_NUMBER = st.decimals(Decimal("0.0001"), Decimal(10) ** 9, places=4)
_CHECKS = sorted((name, check.id) for name in shipped().ids for check in threshold_checks(shipped().rulebook(name)))


def _found(rulebook_id: str, check_id: str) -> tuple[Rulebook, Check]:
    rulebook = shipped().rulebook(rulebook_id)
    return rulebook, next(check for check in rulebook.checks if check.id == check_id)


def _outcomes(rulebook: Rulebook, check: Check, stated: Mapping[str, Known]) -> set[Outcome]:
    figures = Figures(rulebook.vocabulary, stated, AS_OF)
    return {decide(rulebook, figures)[check.id], engine_for(rulebook).decide(figures)[0][check.id]}


def _at(
    rulebook: Rulebook, check: Check, side: int, hair: Fraction, ingredient: Callable[[Fact], Known]
) -> dict[str, Known] | None:
    """Give figures on one side of a threshold, a hair from it; None where none were found."""
    if counts_years(check.fact):
        assert check.fact.formula is not None
        if check.fact.unit.en == "years" and check.fact.kind is Kind.NUMBER:  # whole calendar years
            return {check.fact.formula.names[0]: date(AS_OF.year - int(threshold(check)) - side, 7, 1)}
        day = AS_OF.replace(year=AS_OF.year - int(threshold(check))) - timedelta(days=side)
        return {check.fact.formula.names[0]: day}
    found = figures_at(rulebook, check, AS_OF, ingredient)
    return None if found is None else moved(found[1], found[0], side * hair)


def _step(check: Check, hair: Fraction) -> Fraction:
    return Fraction(1) if check.fact.kind in WHOLE else hair


def _expected(check: Check, side: int) -> Outcome:
    return Outcome.MET if side in MET_ON[check.operator] else Outcome.NOT_MET


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
@settings(max_examples=settings.default.max_examples // 2)  # of figures that only make up the one at the threshold
@given(data=st.data())
def test_side_of_the_threshold(rulebook_id: str, check_id: str, data: st.DataObject) -> None:
    """At, just below and just above its threshold, a check falls on the side that its operator names."""
    rulebook, check = _found(rulebook_id, check_id)
    hair = _step(check, data.draw(_HAIR, label="hair"))

    def ingredient(fact: Fact) -> Known:
        if fact.kind in WHOLE:
            return data.draw(_WHOLE, label=fact.id)
        return Fraction(data.draw(_NUMBER, label=fact.id))

    for side in (BELOW, AT, ABOVE):
        stated = _at(rulebook, check, side, hair, ingredient)
        assume(stated is not None)
        assert stated is not None
        assert _outcomes(rulebook, check, stated) == {_expected(check, side)}


@pytest.mark.parametrize("rulebook_id", sorted({rulebook_id for rulebook_id, _ in _CHECKS}))
def test_side_of_every_threshold_as_columns(rulebook_id: str) -> None:
    """The same of all thresholds of a rulebook in one table, with figures as they would be typed."""
    rulebook = shipped().rulebook(rulebook_id)
    firms, expected = zip(*_table(rulebook, Random(rulebook_id)), strict=True)
    found = assert_columns_agree(rulebook, texts_of(firms, rulebook), AS_OF)
    for firm, said, (check, side) in zip(firms, found, expected, strict=True):
        if said is not None and is_typed_exactly(firm):  # what cannot be typed exactly is only compared
            assert said.outcomes[check.id] is _expected(check, side), (check.id, firm)


def _table(rulebook: Rulebook, random: Random) -> Iterator[tuple[dict[str, Known], tuple[Check, int]]]:
    def ingredient(fact: Fact) -> Known:
        return random.randint(1, 100_000) if fact.kind in WHOLE else Fraction(random.randint(1, 10**13), 10**4)

    for check in threshold_checks(rulebook):
        for hair in _HAIRS:
            for side in (BELOW, AT, ABOVE):
                stated = _at(rulebook, check, side, _step(check, hair), ingredient)
                if stated is not None:
                    yield stated, (check, side)


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
def test_unknown(rulebook_id: str, check_id: str) -> None:
    """With nothing known the check is undetermined, everywhere."""
    rulebook, check = _found(rulebook_id, check_id)
    assert _outcomes(rulebook, check, {}) == {Outcome.UNDETERMINED}


def test_there_are_thresholds() -> None:
    """The shipped rulebooks have the checks that this module is about."""
    assert len(_CHECKS) > 40
