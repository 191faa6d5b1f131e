"""The thresholds of every shipped rulebook, taken from the rulebook itself: at, just below, just above, unknown.

For each check of a number against a fixed threshold, figures are found that put the observed value exactly there. Then
the side that the clause names is asked of the definition and of rules that fire; of columns in `test_as_columns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Outcome, shipped
from engine.deciding.reference import decide
from engine.deciding.to_durable import engine_for
from engine.firms.figures import Figures
from engine.ground.values import Known
from engine.language.facts import WHOLE, Fact
from engine.rulebooks.logic import Check, Rulebook
from tests.edges import ABOVE, AT, BELOW, HAIRS, expected, on_side, step, threshold_checks

AS_OF = date(2026, 6, 1)
_HAIR, _WHOLE = st.sampled_from(HAIRS), st.integers(1, 100_000)
_NUMBER = st.decimals(Decimal("0.0001"), Decimal(10) ** 9, places=4)
_CHECKS = sorted((name, check.id) for name in shipped().ids for check in threshold_checks(shipped().rulebook(name)))


def _found(rulebook_id: str, check_id: str) -> tuple[Rulebook, Check]:
    rulebook = shipped().rulebook(rulebook_id)
    return rulebook, next(check for check in rulebook.checks if check.id == check_id)


def _outcomes(rulebook: Rulebook, check: Check, stated: Mapping[str, Known]) -> set[Outcome]:
    figures = Figures(rulebook.vocabulary, stated, AS_OF)
    return {decide(rulebook, figures)[check.id], engine_for(rulebook).decide(figures)[0][check.id]}


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
@settings(max_examples=settings.default.max_examples // 2)  # of figures that only make up the one at the threshold
@given(data=st.data())
def test_side_of_the_threshold(rulebook_id: str, check_id: str, data: st.DataObject) -> None:
    """At, just below and just above its threshold, a check falls on the side that its operator names."""
    rulebook, check = _found(rulebook_id, check_id)
    hair = step(check, data.draw(_HAIR, label="hair"))

    def ingredient(fact: Fact) -> Known:
        if fact.kind in WHOLE:
            return data.draw(_WHOLE, label=fact.id)
        return Fraction(data.draw(_NUMBER, label=fact.id))

    for side in (BELOW, AT, ABOVE):
        stated = on_side(rulebook, check, AS_OF, side, hair, ingredient)
        assume(stated is not None)
        assert stated is not None
        assert _outcomes(rulebook, check, stated) == {expected(check, side)}


@pytest.mark.parametrize(("rulebook_id", "check_id"), _CHECKS)
def test_unknown(rulebook_id: str, check_id: str) -> None:
    """With nothing known the check is undetermined, everywhere."""
    rulebook, check = _found(rulebook_id, check_id)
    assert _outcomes(rulebook, check, {}) == {Outcome.UNDETERMINED}


def test_there_are_thresholds() -> None:
    """The shipped rulebooks have the checks that this module is about."""
    assert len(_CHECKS) > 40
