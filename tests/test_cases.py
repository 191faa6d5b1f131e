"""Cases that an officer can read, `tests/cases/<rulebook>.yaml`, and what they leave unshown.

Every case is decided by `engine.assess`, which compares the reference with durable_rules before it answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from engine import Outcome, Reason, Standing, assess, profile_reader, shipped
from engine.facts import Strict, Words
from engine.figures import Figures
from engine.logic import Check, FactOf, Gate, Node, Rulebook, Threshold, walk
from engine.outcome import tally
from engine.reference import Outcomes
from engine.reference import check as check_outcome
from engine.rulebook import Operator
from engine.values import Number
from engine.verdict import figure
from engine.yaml_file import read_yaml, validated

CASES = Path(__file__).parent / "cases"
SIDES = {-1: "below", 0: "exactly at", 1: "above"}
DECIDED = (Outcome.MET, Outcome.NOT_MET)

Facts = dict[str, str | list[str]]
Need = tuple[str, str]


class Case(Strict):
    """One firm: what it differs in from the base, and what is expected of one criterion."""

    criterion: str
    case: Words
    given: Facts
    expect: Outcome
    reason: Reason | None = None
    verdict: Standing | None = None


class Impossible(Strict):
    """An outcome that no firm can show, and why."""

    criterion: str
    outcome: str
    why: str


class CaseFile(Strict):
    """The cases of one rulebook on one day, and the firm that they start from."""

    rulebook: str
    as_of: date
    base: Facts
    cases: tuple[Case, ...]
    impossible: tuple[Impossible, ...] = ()


@cache
def case_file(rulebook_id: str) -> CaseFile:
    """Give the case file of a rulebook, read as strictly as the rulebooks are."""
    return validated(CaseFile, read_yaml(CASES / f"{rulebook_id}.yaml"))


def facts_of(cases: CaseFile, case: Case) -> Facts:
    """Give the profile of a case: the base, changed where the case says so, `null` left out."""
    return {name: value for name, value in {**cases.base, **case.given}.items() if value != "null"}


FILES = [case_file(file.stem) for file in sorted(CASES.glob("*.yaml"))]
EVERY_CASE = [(cases, case) for cases in FILES for case in cases.cases]
IDS = [f"{cases.rulebook}: {case.criterion}: {case.case.en}" for cases, case in EVERY_CASE]


@pytest.mark.parametrize(("cases", "case"), EVERY_CASE, ids=IDS)
def test_a_case_comes_out_as_expected(cases: CaseFile, case: Case) -> None:
    """A firm that differs from the base as stated gets the stated outcome, reason and verdict."""
    verdict = assess(facts_of(cases, case), cases.rulebook, cases.as_of)
    found = {criterion.id: criterion for criterion in verdict.criteria}[case.criterion]
    assert (found.outcome, found.reason) == (case.expect, case.reason), case.case.zh
    assert case.verdict in {None, verdict.verdict}, case.case.zh


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_the_base_qualifies(rulebook_id: str) -> None:
    """The firm that all cases of a rulebook start from qualifies, and nothing about it looks unusual."""
    cases = case_file(rulebook_id)
    verdict = assess(cases.base, cases.rulebook, cases.as_of)
    assert cases.rulebook == rulebook_id
    assert (verdict.verdict, verdict.warnings) == (Standing.QUALIFIED, ())


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_every_criterion_is_shown_from_every_side(rulebook_id: str) -> None:
    """The cases show each criterion in each outcome, each figure on both sides of its threshold, each part alone."""
    rulebook, cases = shipped().rulebook(rulebook_id), case_file(rulebook_id)
    needed, shown = set(needs(rulebook)), set(shows(rulebook, cases))
    impossible = {(entry.criterion, entry.outcome) for entry in cases.impossible}
    lacking = [f"{criterion}: no case is {need}" for criterion, need in sorted(needed - shown - impossible)]
    assert not lacking, f"{rulebook_id}.yaml lacks cases:\n" + "\n".join(lacking)
    assert impossible <= needed, f"nobody asks for {sorted(impossible - needed)}"
    assert not impossible & shown, f"said to be impossible, yet shown: {sorted(impossible & shown)}"


def needs(rulebook: Rulebook) -> Iterator[Need]:
    """Give everything that the cases have to show, as criterion and words."""
    for criterion in rulebook.criteria:
        name = criterion.words.id
        yield from ((name, outcome.value) for outcome in Outcome)
        if criterion.gate.guard is not None:
            yield name, Reason.NOT_APPLICABLE.value
        yield from ((name, side_of(check, side)) for check in own_thresholds(criterion.gate) for side in SIDES)
        for gate in own_gates(criterion.gate):
            yield from ((name, f"{child.id} alone {outcome}") for child in gate.children for outcome in DECIDED)


def shows(rulebook: Rulebook, cases: CaseFile) -> Iterator[Need]:
    """Give everything that the cases do show."""
    criteria = {criterion.words.id: criterion for criterion in rulebook.criteria}
    for case in cases.cases:
        name, gate = case.criterion, criteria[case.criterion].gate
        profile = profile_reader(rulebook.vocabulary).read(facts_of(cases, case))
        figures = Figures(rulebook.vocabulary, profile.values, cases.as_of)
        outcomes = with_what_does_not_apply(gate, figures)
        yield name, case.expect.value
        if case.reason is Reason.NOT_APPLICABLE:
            yield name, case.reason.value
        for check in own_thresholds(gate):
            left, right = figures.value(check.fact), figures.right(check.right)
            if isinstance(left, Number) and isinstance(right, Number):
                yield name, side_of(check, (left > right) - (left < right))
        yield from ((name, part) for inner in own_gates(gate) for part in alone(inner, outcomes))


def with_what_does_not_apply(gate: Gate, figures: Figures) -> Outcomes:
    """Give the outcome of every node of a criterion, also of those under a guard that is met."""
    outcomes: Outcomes = {}
    for node in walk(gate):
        if isinstance(node, Check):
            outcomes[node.id] = check_outcome(node, figures)
        else:
            outcomes[node.id] = tally(node.need, [outcomes[child.id] for child in node.children])
    return outcomes


def own_thresholds(gate: Gate) -> list[Check]:
    """Give the comparisons of numbers, without those of an included rulebook, which has cases of its own."""
    checks = [node for node in walk(gate) if isinstance(node, Check) and node.borrowed is None]
    return [check for check in checks if check.fact.is_numeric and check.operator is not Operator.GIVEN]


def own_gates(gate: Gate) -> list[Gate]:
    """Give the gates with a choice to make, without those of an included rulebook."""
    gates = [node for node in walk(gate) if isinstance(node, Gate) and len(node.children) > 1]
    return [inner for inner in gates if any(is_own(node) for node in walk(inner))]


def is_own(node: Node) -> bool:
    """Say whether the node is a check that the rulebook itself wrote."""
    return isinstance(node, Check) and node.borrowed is None


def side_of(check: Check, side: int) -> str:
    """Name a side of a threshold: global_rank exactly at 3."""
    match check.right:
        case Threshold(value=value):
            right = str(figure(value))
        case FactOf(fact=fact):
            right = fact.id
        case benchmark:
            right = benchmark.column
    return f"{check.fact.id} {SIDES[side]} {right}"


def alone(gate: Gate, outcomes: Outcomes) -> Iterator[str]:
    """Name each part that decides the gate alone: the others are settled, and its own outcome tips the balance."""
    for child in gate.children:
        others = [outcomes[other.id] for other in gate.children if other is not child]
        tips = tally(gate.need, [*others, Outcome.MET]), tally(gate.need, [*others, Outcome.NOT_MET])
        if outcomes[child.id] in DECIDED and Outcome.UNDETERMINED not in others and tips == DECIDED:
            yield f"{child.id} alone {outcomes[child.id]}"
