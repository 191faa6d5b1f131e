"""Faults of the evaluators are found by what is tried of any rulebook, with no case, and told with a small firm."""

from __future__ import annotations

import operator
from datetime import date
from unittest.mock import patch

import pytest

from engine import Outcome, shipped
from engine.deciding import reference
from engine.deciding.to_durable import DurableEngine
from engine.ground.outcome import tally
from engine.proving import as_columns
from engine.proving.by_itself import troubles
from engine.rulebooks.rulebook import Operator

_DAY = date(2026, 6, 1)
_BOOK = shipped().rulebook("miit-2026-srdi")


def _found(count: int = 40) -> dict[str, set[str]]:
    """Give the facts of the firm that each kind of trouble is told with."""
    told: dict[str, set[str]] = {}
    for problem, firm in troubles(_BOOK, _DAY, count):
        told.setdefault(problem.what.en, {*firm})
    return told


def test_nothing_is_found_of_what_is_sound() -> None:
    """Of a shipped rulebook nothing is told."""
    assert _found() == {}


@pytest.mark.parametrize(
    ("word", "wrong", "told"),
    [
        (Operator.AT_LEAST, operator.gt, "is to be met exactly at its threshold"),
        (Operator.AT_MOST, operator.lt, "is to be met exactly at its threshold"),
        (Operator.AT_LEAST, operator.le, "is to be not_met just below its threshold"),
    ],
)
def test_a_wrong_side(word: Operator, wrong: object, told: str) -> None:
    """A comparison that falls on another side than its word names is told with one figure or two."""
    with patch.dict(reference.HOLDS, {word: wrong}):
        found = _found()
    assert 0 < len(found[told]) < 4


def test_evaluators_that_differ() -> None:
    """An inference engine that says otherwise in one place is told."""
    decide = DurableEngine.decide

    def lying(self: DurableEngine, figures: object) -> object:
        outcomes, trace = decide(self, figures)  # type: ignore[arg-type]
        return {**outcomes, "verdict": Outcome.MET}, trace

    with patch.object(DurableEngine, "decide", lying):
        assert "the definition and the inference engine differ" in _found()


def test_columns_that_differ() -> None:
    """Rows that are decided otherwise than profiles are told."""
    with patch.object(as_columns, "differences", lambda *_: ["verdict: met, not not_met"]):
        assert "a row of a list is decided otherwise than a profile" in _found()


def test_blanks_that_count_as_no() -> None:
    """Where a blank counts as not met, filling it in turns what was decided."""
    check = reference.check

    def closed(node: object, figures: object) -> Outcome:
        outcome = check(node, figures)  # type: ignore[arg-type]
        return Outcome.NOT_MET if outcome is Outcome.UNDETERMINED else outcome

    with patch.object(reference, "check", closed):
        found = _found()
    assert found["is to be undetermined while nothing is known"] == set()
    assert 0 < len(found["is decided otherwise once blanks are filled in"]) < 4


def test_more_that_is_worse() -> None:
    """A criterion that gets worse the more of its parts are met is told."""

    def turned(need: int, outcomes: list[Outcome]) -> Outcome:
        return tally(1, [Outcome.NOT_MET if one is Outcome.MET else Outcome.MET for one in outcomes[-need:]])

    with patch.object(reference, "tally", turned):
        found = _found(120)
    assert found.get("gets worse though no figure that it looks at does")
