"""Cases that an officer can read, `tests/cases/<rulebook>.yaml`, and what they leave unshown.

Every case is decided by `engine.assess`, which compares the reference with durable_rules before it answers; and all
cases of a rulebook as one table, by columns, in `test_as_columns`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from engine import Outcome, Reason, Standing, assess, profile_reader, shipped
from engine.deciding.reference import Outcomes, decide
from engine.deciding.reference import check as check_outcome
from engine.deciding.to_durable import engine_for
from engine.explaining.verdict import figure
from engine.firms.figures import Figures
from engine.ground.outcome import tally
from engine.ground.values import Number
from engine.language.data_file import Strict, Words
from engine.language.yaml_file import read_yaml, validated
from engine.rulebooks.logic import Check, FactOf, Gate, Item, Node, Rulebook, Threshold, walk
from engine.rulebooks.rulebook import Operator

CASES = Path(__file__).parents[1] / "cases"
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


class ItemCase(Strict):
    """One firm: what it differs in from the base, and the points that a line of a scorecard earns (`3`, `0 to 15`)."""

    item: str
    case: Words
    given: Facts
    expect_points: str


class Impossible(Strict):
    """An outcome that no firm can show, of a criterion or of a line of a scorecard, and why."""

    criterion: str
    outcome: str
    why: str


class CaseFile(Strict):
    """The cases of one rulebook on one day, and the firm that they start from."""

    rulebook: str
    as_of: date
    base: Facts
    cases: tuple[Case, ...]
    points: tuple[ItemCase, ...] = ()
    impossible: tuple[Impossible, ...] = ()


@cache
def case_file(rulebook_id: str) -> CaseFile:
    """Give the case file of a rulebook, read as strictly as the rulebooks are."""
    return validated(CaseFile, read_yaml(CASES / f"{rulebook_id}.yaml"))


def facts_of(cases: CaseFile, case: Case | ItemCase) -> Facts:
    """Give the profile of a case: the base, changed where the case says so, `null` left out."""
    return {name: value for name, value in {**cases.base, **case.given}.items() if value != "null"}


FILES = [case_file(file.stem) for file in sorted(CASES.glob("*.yaml"))]
EVERY_CASE = [(cases, case) for cases in FILES for case in cases.cases]
IDS = [f"{cases.rulebook}: {case.criterion}: {case.case.en}" for cases, case in EVERY_CASE]
EVERY_ITEM_CASE = [(cases, case) for cases in FILES for case in cases.points]
ITEM_IDS = [f"{cases.rulebook}: {case.item}: {case.case.en}" for cases, case in EVERY_ITEM_CASE]


@pytest.mark.parametrize(("cases", "case"), EVERY_CASE, ids=IDS)
def test_a_case_comes_out_as_expected(cases: CaseFile, case: Case) -> None:
    """A firm that differs from the base as stated gets the stated outcome, reason and verdict."""
    verdict = assess(facts_of(cases, case), cases.rulebook, cases.as_of)
    found = {criterion.id: criterion for criterion in verdict.criteria}[case.criterion]
    assert (found.outcome, found.reason) == (case.expect, case.reason), case.case.zh
    assert case.verdict in {None, verdict.verdict}, case.case.zh


@pytest.mark.parametrize(("cases", "case"), EVERY_ITEM_CASE, ids=ITEM_IDS)
def test_a_line_of_a_scorecard_earns_the_points_expected(cases: CaseFile, case: ItemCase) -> None:
    """A firm that differs from the base as stated earns the stated points, and every evaluator says so."""
    rulebook = shipped().rulebook(cases.rulebook)
    figures = figures_of(rulebook, cases, case)
    assert engine_for(rulebook).decide(figures)[0] == decide(rulebook, figures), case.case.zh
    assert points_of(figures)[case.item] == case.expect_points, case.case.zh


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_the_base_qualifies(rulebook_id: str) -> None:
    """The firm that all cases of a rulebook start from qualifies, and nothing about it looks unusual."""
    cases = case_file(rulebook_id)
    verdict = assess(cases.base, cases.rulebook, cases.as_of)
    assert cases.rulebook == rulebook_id
    assert (verdict.verdict, verdict.warnings) == (Standing.QUALIFIED, ())


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_every_criterion_is_shown_from_every_side(rulebook_id: str) -> None:
    """The cases show each criterion in each outcome, each figure on both sides of its threshold, each part alone.

    And of each line of a scorecard every number of points that a band is worth, and the points while they are open.
    """
    rulebook, cases = shipped().rulebook(rulebook_id), case_file(rulebook_id)
    needed, shown = set(needs(rulebook)), set(shows(rulebook, cases))
    impossible = {(entry.criterion, entry.outcome) for entry in cases.impossible}
    lacking = [f"{criterion}: no case is {need}" for criterion, need in sorted(needed - shown - impossible)]
    assert not lacking, f"{rulebook_id}.yaml lacks cases:\n" + "\n".join(lacking)
    assert impossible <= needed, f"nobody asks for {sorted(impossible - needed)}"
    assert not impossible & shown, f"said to be impossible, yet shown: {sorted(impossible & shown)}"


def needs(rulebook: Rulebook) -> Iterator[Need]:
    """Give everything that the cases have to show, as criterion or item and words."""
    for criterion in rulebook.criteria:
        name = criterion.words.id
        yield from ((name, outcome.value) for outcome in Outcome)
        if criterion.gate.guard is not None:
            yield name, Reason.NOT_APPLICABLE.value
        yield from ((name, part) for part in parts_of(criterion.gate))
    for name, item in items_of(rulebook).items():
        yield name, "open"
        yield from ((name, f"worth {figure(worth)}") for worth in worths(item))
        yield from ((name, part) for node in nodes_of(item) for part in parts_of(node))


def shows(rulebook: Rulebook, cases: CaseFile) -> Iterator[Need]:
    """Give everything that the cases do show."""
    criteria = {criterion.words.id: criterion for criterion in rulebook.criteria}
    for case in cases.cases:
        yield case.criterion, case.expect.value
        if case.reason is Reason.NOT_APPLICABLE:
            yield case.criterion, case.reason.value
        figures = figures_of(rulebook, cases, case)
        yield from ((case.criterion, part) for part in parts_shown(criteria[case.criterion].gate, figures))
    for line in cases.points:
        yield line.item, "open" if " to " in line.expect_points else f"worth {line.expect_points}"
        figures = figures_of(rulebook, cases, line)
        for node in nodes_of(items_of(rulebook)[line.item]):
            yield from ((line.item, part) for part in parts_shown(node, figures))


def parts_of(node: Node) -> Iterator[str]:
    """Name every side of every threshold under a node, and every part of it met and not met alone."""
    yield from (side_of(check, side) for check in own_thresholds(node) for side in SIDES)
    for gate in own_gates(node):
        yield from (f"{child.id} alone {outcome}" for child in gate.children for outcome in DECIDED)


def parts_shown(node: Node, figures: Figures) -> Iterator[str]:
    """Name the sides and the parts under a node that the figures of one firm show."""
    for check in own_thresholds(node):
        left, right = figures.value(check.fact), figures.right(check.right)
        if isinstance(left, Number) and isinstance(right, Number):
            yield side_of(check, (left > right) - (left < right))
    outcomes = with_what_does_not_apply(node, figures)
    yield from (part for gate in own_gates(node) for part in alone(gate, outcomes))


def items_of(rulebook: Rulebook) -> dict[str, Item]:
    """Give every line of the scorecards by its own id, without those of card and group."""
    return {item.id.rpartition(".")[2]: item for score in rulebook.ours.scores for item in score.items}


def worths(item: Item) -> set[Number]:
    """Give the points that the line can earn; of one that adds up or is awarded, the fewest and the most."""
    if item.each or item.points_of:
        return {0, item.maximum}
    return {item.otherwise, *(band.points for band in item.bands)}


def nodes_of(item: Item) -> list[Node]:
    """Give the conditions of the bands; where bands add up, under one gate, so that each is to be met alone."""
    nodes = [band.node for band in item.bands]
    return [Gate(item.id, "any_of", 1, tuple(nodes))] if item.each else nodes


def figures_of(rulebook: Rulebook, cases: CaseFile, case: Case | ItemCase) -> Figures:
    """Give the figures of a case, the scores added up."""
    profile = profile_reader(rulebook.vocabulary).read(facts_of(cases, case))
    figures = Figures(rulebook.vocabulary, profile.values, cases.as_of)
    decide(rulebook, figures)
    return figures


def points_of(figures: Figures) -> dict[str, str]:
    """Give the points of every line in words: 3, or 0 to 15 while something is unknown."""
    lines = {item.id.rpartition(".")[2]: ends for score in figures.points.values() for item, *ends in score}
    return {name: " to ".join(dict.fromkeys(str(figure(end)) for end in ends)) for name, ends in lines.items()}


def with_what_does_not_apply(root: Node, figures: Figures) -> Outcomes:
    """Give the outcome of every node under one, also of those under a guard that is met."""
    outcomes: Outcomes = {}
    for node in walk(root):
        if isinstance(node, Check):
            outcomes[node.id] = check_outcome(node, figures)
        else:
            outcomes[node.id] = tally(node.need, [outcomes[child.id] for child in node.children])
    return outcomes


def own_thresholds(root: Node) -> list[Check]:
    """Give the comparisons of numbers, without those of an included rulebook, which has cases of its own."""
    checks = [node for node in walk(root) if isinstance(node, Check) and node.borrowed is None]
    return [check for check in checks if check.fact.is_numeric and check.operator is not Operator.GIVEN]


def own_gates(root: Node) -> list[Gate]:
    """Give the gates with a choice to make, without those of an included rulebook."""
    gates = [node for node in walk(root) if isinstance(node, Gate) and len(node.children) > 1]
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
