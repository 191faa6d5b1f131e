"""Large rulebooks and long runs: the limits of durable_rules are never met, and memory stays flat."""

from __future__ import annotations

import resource
from typing import Any

import pytest

from engine import assess
from engine.figures import Figures
from engine.outcome import Outcome
from engine.reference import decide
from engine.to_durable import DurableEngine
from tests.evaluators import EVALUATORS, assert_agrees, by_reference
from tests.random_rulebooks import AS_OF, VOCABULARY, rulebook_from

_CITE = {"source": "text", "clause": "一", "grade": "A"}


def _criterion(number: int, require: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"c{number}", "title": "条件", "cite": _CITE, "quote": "原文", "require": require}


@pytest.mark.parametrize("size", [1, 15, 16, 17, 63, 64, 65, 300])
def test_many_criteria(size: int) -> None:
    """A rulebook of any number of criteria on one figure is decided alike by all."""
    rulebook = rulebook_from([_criterion(n, {"fact": "plain", "at_least": str(n + 1)}) for n in range(size)])
    firms = [{}, {"plain": size // 2 + 1}, {"plain": size}]
    for evaluator in EVALUATORS:
        assert_agrees(evaluator, rulebook, firms, AS_OF)
    assert by_reference(rulebook, firms, AS_OF)[-1]["verdict"] is Outcome.MET


@pytest.mark.parametrize("width", [2, 64, 65, 200])
def test_wide_gate(width: int) -> None:
    """A gate may have any number of children."""
    parts = [{"fact": "plain", "equals": str(n)} for n in range(1, width + 1)]
    rulebook = rulebook_from([_criterion(0, {"any_of": parts})])
    found = [evaluator(rulebook, [{"plain": width}], AS_OF) for evaluator in EVALUATORS.values()]
    assert {outcomes["c0"] for [outcomes] in found} == {Outcome.MET}


def test_deep_condition() -> None:
    """Conditions may be nested thirty levels deep."""
    require: dict[str, Any] = {"fact": "yes", "equals": "yes"}
    for level in range(30):
        require = {("all_of" if level % 2 else "any_of"): [require, {"fact": "judged", "equals": "yes"}]}
    rulebook = rulebook_from([_criterion(0, require)])
    for evaluator in EVALUATORS:
        assert_agrees(evaluator, rulebook, [{"yes": True}], AS_OF)


def test_engines_come_and_go() -> None:
    """Five hundred rulesets made and freed one after the other do not disturb each other."""
    rulebook = rulebook_from([_criterion(0, {"fact": "plain", "at_least": "15"})])
    figures = Figures(VOCABULARY, {"plain": 15}, AS_OF)
    expected = decide(rulebook, figures)
    for _ in range(500):
        engine = DurableEngine(rulebook)
        assert engine.decide(figures)[0] == expected
        engine.close()


@pytest.mark.long
def test_memory_stays_flat() -> None:
    """Fifty thousand assessments in one process leave its largest resident size within 8 MB of where it was."""
    profiles = [
        {"firm_id": str(n), "industry_code_2": "34", "global_rank": n % 7 + 1, "employees_y0": n * 37}
        for n in range(50)
    ]
    for profile in profiles * 40:
        assess(profile)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(1000):
        for profile in profiles:
            assess(profile)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024
