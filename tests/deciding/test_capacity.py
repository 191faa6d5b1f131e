"""Large rulebooks and long runs: the limits of durable_rules are never met, and memory stays flat."""

from __future__ import annotations

import resource
from typing import Any

import pytest

from engine import RulebookError, assess
from engine.deciding.reference import decide
from engine.deciding.to_durable import DurableEngine
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Known, number_from
from engine.language.facts import Fact, Vocabulary
from engine.language.formula_size import too_large
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


def test_too_much() -> None:
    """A rulebook of more criteria, parts or comparisons than can be decided is told, not tried."""
    check = {"fact": "plain", "at_least": "1"}
    wide = {"any_of": [check] * 202}
    with pytest.raises(RulebookError) as caught:
        rulebook_from([_criterion(0, wide), *(_criterion(n, check) for n in range(1, 900))])
    told = [problem.what.en for problem in caught.value.problems]
    assert told == [
        "has 900 criteria, more than 300",
        "has 1101 comparisons, more than 1000",
        "has 202 parts in one, more than 201",
    ]


def test_deep_condition() -> None:
    """Conditions may be nested thirty levels deep."""
    require: dict[str, Any] = {"fact": "yes", "equals": "yes"}
    for level in range(30):
        require = {("all_of" if level % 2 else "any_of"): [require, {"fact": "judged", "equals": "yes"}]}
    rulebook = rulebook_from([_criterion(0, require)])
    for evaluator in EVALUATORS:
        assert_agrees(evaluator, rulebook, [{"yes": True}], AS_OF)


def _vocabulary(formulas: dict[str, str]) -> Vocabulary:
    facts = dict(VOCABULARY.facts)
    for name, formula in formulas.items():
        spec = {"id": name, "title": {"zh": name, "en": name}, "kind": "number", "formula": formula}
        facts[name] = Fact.model_validate(spec)
    return Vocabulary(facts, "test")


_LONGEST = "999999999999999.999999999999999999"


@pytest.mark.parametrize(
    ("formulas", "value", "more"),
    [
        ({"x0": "money1" + "+1" * 200}, "201", "x0 + 1"),
        ({f"x{n}": f"x{n - 1} + 1" if n else "money1 - 1" for n in range(20)}, "19", "x19 + 1"),
        ({"x0": "*".join(["money1"] * 8), "x1": "x0 / money2"}, "0", "x0 * money1 * money1"),
        ({"x0": "money1 * money1", "x1": "x0 * x0", "x2": "x1 * x1 * money2"}, "1", "x2 * money1"),
        ({"x0": "1 / money1", "x1": "x0 * x0", "x2": "x1 * x1 / money2 / money2"}, "1", "x2 * x2"),
        ({"x0": "100 * (sqrt(money1 / money2) - 1)"}, "0", "sqrt(money1 * money2 / money3)"),
        ({"x0": "sqrt(money1 * money2)"}, "1", "sqrt(money1) * money2"),
    ],
    ids=["steps", "levels", "digits", "product", "quotient", "root", "root of a product"],
)
def test_largest_formula(formulas: dict[str, str], value: str, more: str) -> None:
    """Formulas that are just within the bounds are decided exactly and alike by all, one that is larger is told."""
    vocabulary = _vocabulary(formulas)
    assert list(too_large(vocabulary)) == []
    last = list(formulas)[-1]
    require = [{"fact": last, operator: value} for operator in ("at_least", "more_than", "at_most", "equals")]
    rulebook = rulebook_from([_criterion(n, one) for n, one in enumerate(require)], vocabulary=vocabulary)
    numbers = [number_from(text) for text in ("1", "0", "1.000000000000000001", "0.000000000000000001", _LONGEST)]
    firms: list[dict[str, Known]] = [{"money1": one, "money2": two} for one in numbers for two in numbers]
    for evaluator in EVALUATORS:
        assert_agrees(evaluator, rulebook, firms, AS_OF)
    assert [name for name, _ in too_large(_vocabulary({**formulas, "y": more}))] == ["y"]


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
