"""Findings: what was observed, what is required, the distance and the source, for each check and criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

from engine.deciding.any_case import met_in_any_case
from engine.deciding.reference import Outcomes, unknowns
from engine.explaining.reasons import failing_words, resting, saved_by, switches
from engine.explaining.requirement import requirement
from engine.explaining.sentences import finding_sentence, guard_sentence, open_sentence
from engine.explaining.verdict import (
    CheckFinding,
    Citation,
    CriterionFinding,
    Declared,
    Figure,
    HangsOn,
    Ingredient,
    Origin,
    Under,
    figure,
)
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, Reason, foremost
from engine.ground.values import Number, Span, Unknown, Value, is_partly_read, merged
from engine.language.facts import Fact, Vocabulary
from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Node, Rulebook, Threshold, walk


def _required_from(check: Check, figures: Figures) -> Origin | None:
    """Say where the required figure comes from, if it does not stand in the criterion itself."""
    right = check.right
    if isinstance(right, FactOf):
        return Origin("fact", right.fact.id, right.fact.title, None, None, None)
    if isinstance(right, Threshold):
        return _origin_of_parameter(right)
    cite, row = right.table.cite, figures.value(figures.vocabulary[right.table.by])
    title = right.parameter.title if right.parameter else None
    return Origin("benchmark", right.column, title, cite.source, cite.clause, row if isinstance(row, str) else None)


def _origin_of_parameter(right: Threshold) -> Origin | None:
    parameter = right.parameter
    if parameter is None:
        return None
    return Origin("parameter", right.name, parameter.title, parameter.cite.source, parameter.cite.clause, None)


@lru_cache(maxsize=4096)
def _under(check: Check) -> Under | None:
    if check.borrowed is None:
        return None
    rulebook, words = check.borrowed
    return Under(rulebook, words.id, words.title, words.quote, words.cite.clause)


def criterion_finding(
    rulebook: Rulebook,
    criterion: Criterion,
    figures: Figures,
    outcomes: Outcomes,
    papers: Mapping[str, Declared],
    hangs_on: tuple[HangsOn, ...] = (),
) -> CriterionFinding:
    """Give what is said of one criterion; `papers` are the documents that the profile declares, by fact."""
    words, fixed = criterion.words, _fixed(rulebook, criterion)
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
        cite=fixed.cite,
        quote=words.quote,
        reading=words.reading,
        confirmed=words.confirmed,
        grade=words.cite.grade,
        requires=fixed.requires,
        evidence_asked=words.evidence,
        evidence_given=tuple(papers[name] for name in fixed.facts if name in papers) if papers else (),
        hangs_on=hangs_on,
        **_told(criterion, figures, outcomes),
    )


def _told(criterion: Criterion, figures: Figures, outcomes: Outcomes) -> dict[str, Any]:
    """Give the findings of a criterion, those that its outcome rests on, and what keeps it from failing."""
    gate = criterion.gate
    checks = _findings(gate, figures, outcomes)
    rests = {check.id for check in resting(gate, outcomes)}
    fails = unless = None
    if any(one.outcome is Outcome.NOT_MET for one in checks):
        explained = {check.id: check.explanation for check in checks}
        fails = failing_words(gate, outcomes, explained)
        if outcomes[gate.id] is Outcome.UNDETERMINED:
            unless = saved_by(criterion.words.title, gate, outcomes, explained)
    rests_on = tuple(one.id for one in checks if one.id in rests)
    return {"rests_on": rests_on, "fails": fails, "unless": unless, "checks": checks}


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is said of a criterion whatever the firm."""

    cite: Citation
    requires: Text
    facts: tuple[str, ...]


@lru_cache(maxsize=4096)
def _fixed(rulebook: Rulebook, criterion: Criterion) -> _Fixed:
    cite = criterion.words.cite
    facts = facts_of(rulebook, criterion)
    source = rulebook.words.sources[cite.source]
    citation = Citation(cite.source, source.title, source.document, cite.clause, cite.read_in or source.read_in)
    return _Fixed(citation, requirement(criterion.gate), tuple(fact.id for fact in facts))


@lru_cache(maxsize=4096)
def facts_of(rulebook: Rulebook, criterion: Criterion) -> tuple[Fact, ...]:
    """Give the given facts that a criterion looks at, each once."""
    return tuple({fact.id: fact for fact in _facts_under(rulebook, criterion.gate)}.values())


def _facts_under(rulebook: Rulebook, node: Node) -> Iterator[Fact]:
    """Give the given facts under a node; those under a score are the facts of its lines."""
    scores = {score.fact.id: score for score in rulebook.scores}
    for check in (one for one in walk(node) if isinstance(one, Check)):
        score = scores.get(check.fact.id)
        if score is None:
            yield from behind(rulebook.vocabulary, check)
            continue
        for item in score.items:
            yield from [item.points_of] if item.points_of else []
            for band in item.bands:
                yield from _facts_under(rulebook, band.node)


def _findings(gate: Gate, figures: Figures, outcomes: Outcomes) -> tuple[CheckFinding, ...]:
    """Give the findings worth telling; of several guards that wait for the same fact, one."""
    findings: list[CheckFinding] = []
    waiting: set[str] = set()
    for check, is_guard in _telling(gate, outcomes):
        outcome = outcomes[check.id]
        if is_guard and outcome is Outcome.UNDETERMINED:
            if check.fact.id in waiting:
                continue
            waiting.add(check.fact.id)
        findings.append(check_finding(check, figures, outcome, is_guard=is_guard))
    findings += (check_finding(check, figures, Outcome.MET) for check in met_in_any_case(gate, outcomes))
    return tuple(findings)


def _telling(gate: Gate, outcomes: Outcomes) -> Iterator[tuple[Check, bool]]:
    """Give the checks worth telling of a firm, and whether each is a guard.

    Of a gate that does not apply only the reason why (in borrowed rules nothing); where it is not known whether a
    borrowed rule applies, only that; and of ways that are only for firms that state, or do not state, a certain fact
    the one that is this firm's. Every rule that fired is in the trace.
    """
    guard = gate.guard
    if guard is not None and outcomes[guard.id] is not Outcome.NOT_MET:
        does_not_apply = outcomes[guard.id] is Outcome.MET
        if guard.borrowed is None or (not does_not_apply and outcomes[gate.id] is not Outcome.MET):
            yield guard, True
        if does_not_apply or guard.borrowed is not None:
            return
    chosen_by, rest = switches(gate)
    if any(outcomes[switch.id] is Outcome.NOT_MET for switch in chosen_by):
        return
    for child in rest:
        if isinstance(child, Gate):
            yield from _telling(child, outcomes)
        elif child is not guard:
            yield child, False


def check_finding(check: Check, figures: Figures, outcome: Outcome, *, is_guard: bool = False) -> CheckFinding:
    """Give what is said of one check; a guard is told of as what decides whether a criterion applies."""
    fact = check.fact
    left = figures.value(fact)
    is_one_of_few = isinstance(left, Unknown) or not fact.is_numeric
    if is_one_of_few and fact.formula is None and isinstance(check.right, Threshold):
        return _finding_of_few(check, outcome, left, figures.vocabulary, is_guard=is_guard)
    right = figures.right(check.right)
    origin, parts = _required_from(check, figures), _ingredients(fact, figures)
    unknown = _unknown(check.fact, left, right) if outcome is Outcome.UNDETERMINED else None
    ranges = [
        name
        for name in (unknown.facts if unknown else ())
        if name in figures.vocabulary and isinstance(figures.value(figures.vocabulary[name]), Span)
    ]
    unusual = [one for one in watched_by(figures.vocabulary, check) if figures.is_unusual(one)]
    beside = _Beside(tuple(ranges), tuple(unusual), figures.is_as_stated(fact))
    return _finding(check, outcome, (left, right), figures.vocabulary, origin, parts, is_guard=is_guard, beside=beside)


@lru_cache(maxsize=16384)
def _finding_of_few(
    check: Check, outcome: Outcome, left: Value, vocabulary: Vocabulary, *, is_guard: bool
) -> CheckFinding:
    """Give the finding of a blank, a yes, a no or an option: there are few, so each is made once."""
    right = cast("Threshold", check.right)
    origin = _origin_of_parameter(right)
    return _finding(check, outcome, (left, right.value), vocabulary, origin, (), is_guard=is_guard)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known beside the two sides: the facts of which only a range is stated, and the unusual figures.

    `stated`: the firm states what a formula defines.
    """

    ranges: tuple[str, ...] = ()
    unusual: tuple[Fact, ...] = ()
    stated: bool = False


def _finding(  # noqa: PLR0913 what is known of both sides
    check: Check,
    outcome: Outcome,
    sides: tuple[Value, Value],
    vocabulary: Vocabulary,
    origin: Origin | None,
    parts: tuple[Ingredient, ...],
    *,
    is_guard: bool,
    beside: _Beside = _Beside(),
) -> CheckFinding:
    fact, (left, right) = check.fact, sides
    gap = _gap(left, right) if fact.is_numeric else None
    observed = figure(left, None if gap is None else cast("Number", right))
    required = figure(right)
    reason: Reason | None = None
    if outcome is Outcome.UNDETERMINED:
        unknown = _unknown(check.fact, left, right)
        reason = unknown.reason
        ranges = beside.ranges
        explanation = open_sentence(check, observed, required, unknown, vocabulary, is_guard=is_guard, ranges=ranges)
    elif is_guard and outcome is Outcome.MET:
        explanation = guard_sentence(check, observed, required)
    else:
        explanation = finding_sentence(check, outcome, observed, required, gap, beside.unusual, stated=beside.stated)
    return CheckFinding(
        id=check.id,
        fact=fact.id,
        title=fact.title,
        outcome=outcome,
        reason=reason,
        observed=observed,
        operator=check.operator,
        required=required,
        required_from=origin,
        unit=fact.unit,
        gap=gap,
        formula=fact.formula.text if fact.formula else None,
        derived_from=parts,
        stated=beside.stated,
        under=_under(check),
        explanation=explanation,
    )


def _gap(left: Value, right: Value) -> float | None:
    """Give observed minus required, 0 only where they are equal; None where one is not a known number."""
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction) and not isinstance(right, bool):
        exact = left - right
        return cast("float", figure(exact, 0))
    return None


def _unknown(fact: Fact, left: Value, right: Value) -> Unknown:
    """Give what is unknown on either side of a check of `fact`."""
    if is_partly_read(left):
        return Unknown(Reason.MISSING, (fact.id,))
    sides = [side.unknown if isinstance(side, Span) else side for side in (left, right)]
    return merged(side for side in sides if isinstance(side, Unknown))


def _ingredients(fact: Fact, figures: Figures) -> tuple[Ingredient, ...]:
    """Give what a derived fact was computed from: the stated figures, or the points of each line of a scorecard."""
    if fact.id in figures.points:
        lines = figures.points[fact.id]
        return tuple([Ingredient(line.id, line.title, _points(low, high), fact.unit) for line, low, high in lines])
    if fact.formula is None or figures.is_as_stated(fact):
        return ()
    parts = _made_from(fact, figures)
    return tuple([Ingredient(part.id, part.title, figure(figures.value(part)), part.unit) for part in parts])


def _made_from(fact: Fact, figures: Figures) -> tuple[Fact, ...]:
    """Give the facts that a derived one is computed from for this firm: those without formula, and stated ratios."""
    if not figures.states_ratios or fact.formula is None:
        return figures.vocabulary.stated_behind(fact)
    parts = [figures.vocabulary[name] for name in fact.formula.names]
    several = [(part,) if figures.is_as_stated(part) else _made_from(part, figures) for part in parts]
    return tuple({one.id: one for some in several for one in some}.values())


def _points(low: Number, high: Number) -> Figure:
    return figure(low) if low == high else {"low": float(low), "high": float(high)}


@lru_cache(maxsize=4096)
def watched_by(vocabulary: Vocabulary, check: Check) -> tuple[Fact, ...]:
    """Give the facts with a usual range that a check rests on: its own, and those given behind both its sides."""
    facts = dict.fromkeys([check.fact, *behind(vocabulary, check)])
    return tuple(fact for fact in facts if fact.plausible is not None)


def behind(vocabulary: Vocabulary, check: Check) -> list[Fact]:
    """Give the given facts that a check looks at, on both its sides."""
    sides = [check.fact, check.right.fact] if isinstance(check.right, FactOf) else [check.fact]
    return [part for side in sides for part in vocabulary.stated_behind(side)]
