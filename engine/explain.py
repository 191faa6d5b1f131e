"""Findings: what was observed, what is required, the distance and the source, for each check and criterion."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import cast

from engine.errors import Text
from engine.facts import Fact
from engine.figures import Figures
from engine.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Node, Rulebook
from engine.outcome import Outcome, Reason, foremost
from engine.reference import Outcomes, unknowns
from engine.rulebook import Operator
from engine.sentences import finding_sentence, open_sentence
from engine.values import Number, Span, Unknown, Value, merged, nearest_float
from engine.verdict import CheckFinding, Citation, CriterionFinding, Ingredient, Under, figure


@lru_cache(maxsize=4096)
def _required_from(check: Check) -> str | None:
    """Say where the required figure comes from, if it does not stand in the criterion itself."""
    right = check.right
    if isinstance(right, FactOf):
        return right.fact.id
    if isinstance(right, BenchmarkOf):
        return f"benchmark: {right.column}"
    return None if right.parameter is None else f"parameter: {right.parameter.title.zh} / {right.parameter.title.en}"


@lru_cache(maxsize=4096)
def _under(check: Check) -> Under | None:
    if check.borrowed is None:
        return None
    rulebook, words = check.borrowed
    return Under(rulebook, words.id, words.title, words.quote, words.cite.clause)


def criterion_finding(
    rulebook: Rulebook, criterion: Criterion, figures: Figures, outcomes: Outcomes
) -> CriterionFinding:
    """Give what is said of one criterion."""
    words, cite = criterion.words, _citation(rulebook, criterion)
    outcome = outcomes[criterion.gate.id]
    guard = criterion.gate.guard
    reason: Reason | None = None
    if guard is not None and outcomes[guard.id] is Outcome.MET:
        reason = Reason.NOT_APPLICABLE
    elif outcome is Outcome.UNDETERMINED:
        reason = foremost(unknown.reason for unknown in unknowns(criterion.gate, figures, outcomes))
    return CriterionFinding(
        id=words.id,
        title=words.title,
        outcome=outcome,
        reason=reason,
        decides=words.decides,
        cite=cite,
        quote=words.quote,
        reading=words.reading,
        confirmed=words.confirmed,
        grade=words.cite.grade,
        evidence_asked=_asked(criterion),
        condition=_condition(criterion),
        checks=[check_finding(check, figures, outcomes[check.id]) for check in _telling(criterion.gate, outcomes)],
    )


@lru_cache(maxsize=1024)
def _citation(rulebook: Rulebook, criterion: Criterion) -> Citation:
    cite = criterion.words.cite
    return Citation(cite.source, rulebook.words.sources[cite.source].title, cite.clause)


@lru_cache(maxsize=1024)
def _asked(criterion: Criterion) -> list[Text]:
    return list(criterion.words.evidence)


@lru_cache(maxsize=1024)
def _condition(criterion: Criterion) -> str:
    return _condition_words(criterion.gate)


def _condition_words(node: Node) -> str:
    """Write how checks combine, by their ids: any_of(market-rank.1, market-rank.2)."""
    if isinstance(node, Check):
        return node.id
    if len(node.children) == 1:
        return _condition_words(node.children[0])
    word = f"at_least_{node.need}_of" if node.word == "at_least" else node.word
    parts = [_condition_words(child) for child in node.children]
    if node.guard is not None:
        parts[0] = f"unless({parts[0]})"
    return f"{word}({', '.join(parts)})"


def _telling(gate: Gate, outcomes: Outcomes) -> Iterator[Check]:
    """Give the checks worth telling: of a gate that does not apply only why, and in borrowed rules nothing."""
    guard = gate.guard
    if guard is not None and outcomes[guard.id] is Outcome.MET:
        if guard.borrowed is None:
            yield guard
        return
    switches = [child for child in gate.children if isinstance(child, Check) and child.operator is Operator.GIVEN]
    if gate.word == "all_of" and any(outcomes[switch.id] is Outcome.NOT_MET for switch in switches):
        return  # a way that is only for firms that state, or do not state, a certain fact
    for child in gate.children:
        if gate.word == "all_of" and child in switches and len(switches) < len(gate.children):
            continue
        if isinstance(child, Gate):
            yield from _telling(child, outcomes)
        elif child is not guard or outcomes[child.id] is Outcome.UNDETERMINED:
            yield child


def check_finding(check: Check, figures: Figures, outcome: Outcome) -> CheckFinding:
    """Give what is said of one check."""
    fact = check.fact
    left, right = figures.value(fact), figures.right(check.right)
    gap = _gap(left, right) if fact.is_numeric else None
    observed = figure(left, None if gap is None else cast("Number", right))
    required = figure(right)
    if outcome is Outcome.UNDETERMINED:
        unknown = _unknown(left, right)
        reason: Reason | None = unknown.reason
        explanation = open_sentence(check, observed, required, unknown, figures.vocabulary)
    else:
        reason = None
        explanation = finding_sentence(check, outcome, observed, required, gap)
    return CheckFinding(
        id=check.id,
        fact=fact.id,
        title=fact.title,
        outcome=outcome,
        reason=reason,
        observed=observed,
        operator=check.operator.value,
        required=required,
        required_from=_required_from(check),
        unit=fact.unit,
        gap=gap,
        formula=fact.formula.text if fact.formula else None,
        derived_from=_ingredients(fact, figures) if fact.formula else [],
        under=_under(check),
        explanation=explanation,
    )


def _gap(left: Value, right: Value) -> float | None:
    """Give observed minus required, 0 only where they are equal; None where one is not a known number."""
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction) and not isinstance(right, bool):
        exact = left - right
        return exact if isinstance(exact, int) else nearest_float(exact, (0,))
    return None


def _unknown(left: Value, right: Value) -> Unknown:
    """Give what is unknown on either side of a check."""
    sides = [side.unknown if isinstance(side, Span) else side for side in (left, right)]
    return merged(side for side in sides if isinstance(side, Unknown))


def _ingredients(fact: Fact, figures: Figures) -> list[Ingredient]:
    """Give the stated figures under a derived fact, through formulas of formulas."""
    found: dict[str, Ingredient] = {}
    waiting = list(fact.formula.names if fact.formula else ())
    while waiting:
        part = figures.vocabulary[waiting.pop(0)]
        if part.formula:
            waiting += part.formula.names
        elif part.id not in found:
            found[part.id] = Ingredient(part.id, part.title, figure(figures.value(part)), part.unit)
    return list(found.values())
