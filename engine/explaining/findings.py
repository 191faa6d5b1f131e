"""Findings: what was observed, what is required, the distance and the source, for each check and criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

from engine.deciding.any_case import met_in_any_case
from engine.deciding.reference import Outcomes
from engine.explaining.hints import enough, rivals
from engine.explaining.reasons import any_of, choices, failing_words, resting, saved_by, switches
from engine.explaining.requirement import beside_it, requirement
from engine.explaining.sentences import (
    finding_sentence,
    fraction_words,
    guard_sentence,
    open_sentence,
    seen,
    unusual_words,
    within,
)
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
from engine.explaining.wording import ASSUMED, STATED, Pair
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, Reason, foremost
from engine.ground.values import Number, Span, Unknown, Value, difference, is_partly_read, merged
from engine.language.facts import Fact, Kind, Vocabulary
from engine.rulebooks.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Node, Rulebook, Threshold, walk
from engine.rulebooks.rulebook import Cite, Source


def _required_from(check: Check, figures: Figures) -> Origin | None:
    """Say where the required figure comes from, if it does not stand in the criterion itself."""
    if not isinstance(check.right, BenchmarkOf):
        return _origin(check, None)
    row = figures.value(figures.vocabulary[check.right.table.by])
    return _origin(check, row if isinstance(row, str) else None)


@lru_cache(maxsize=4096)
def _origin(check: Check, row: str | None) -> Origin | None:
    right = check.right
    if isinstance(right, FactOf):
        return Origin("fact", right.fact.id, right.fact.title, None, None, None)
    if (beside := beside_it(check)) is not None:
        return Origin("what_if", check.id, beside, None, None, None)
    parameter = right.parameter
    title = parameter.title if parameter else None
    if isinstance(right, BenchmarkOf):
        return Origin("benchmark", right.column, title, right.table.cite.source, right.table.cite.clause, row)
    if parameter is None:
        return None
    return Origin("parameter", right.name, title, parameter.cite.source, parameter.cite.clause, None)


def criterion_finding(
    rulebook: Rulebook,
    criterion: Criterion,
    figures: Figures,
    outcomes: Outcomes,
    unknown: Sequence[Unknown],
    papers: Mapping[str, Declared],
    hangs_on: tuple[HangsOn, ...] = (),
) -> CriterionFinding:
    """Give what is said of one criterion, which `unknown` keeps open if anything does.

    `papers` are the documents that the profile declares, by fact.
    """
    gate = criterion.gate
    outcome = outcomes[gate.id]
    told = _told(gate, tuple(map(outcomes.get, _ids(gate))))
    reason = None if told.applies else Reason.NOT_APPLICABLE
    if reason is None and outcome is Outcome.UNDETERMINED:
        reason = foremost(one.reason for one in unknown)
    checks = [check_finding(one, figures, found, is_guard=is_guard) for one, found, is_guard in told.checks]
    for place, one in enumerate(checks):
        if (origin := one.required_from) is not None and origin.source in rulebook.words.sources:
            checks[place] = copy_of(one)
            checks[place].required_from = named = copy_of(origin)
            named.document = _called(rulebook.words.sources[origin.source])
    if outcome is not Outcome.MET:
        resting_on = [one for one, _, is_guard in told.checks if one.id in told.rests_on and not is_guard]
        said = enough(gate, outcomes, resting_on, figures, rivals(rulebook, criterion, outcomes))
        for place, one in enumerate(checks):
            if one.id in said:
                checks[place] = copy_of(one)
                checks[place].enough = said[one.id]
    fails = unless = None
    if told.fails:
        explained = {check.id: check.explanation for check in checks}
        fails = failing_words(gate, outcomes, explained)
        if outcome is Outcome.UNDETERMINED:
            unless = saved_by(criterion.words.title, gate, outcomes, explained)
    given = [papers[one.id] for one in facts_of(rulebook, criterion) if one.id in papers] if papers else ()
    finding = copy_of(_same_of(rulebook, criterion))
    finding.outcome = outcome
    finding.reason = reason
    finding.evidence_given = tuple(given)
    finding.hangs_on = hangs_on
    finding.rests_on = told.rests_on
    finding.fails = fails
    finding.unless = unless
    if outcome is Outcome.UNDETERMINED:
        finding.any_of = tuple(any_of(one, ways, outcomes) for one, ways in choices(gate, outcomes))
    finding.checks = tuple(checks)
    return finding


def _called(source: Source) -> Text:
    """Give the number under which a source was published, or its title."""
    number = source.document
    return Text(number, number) if number else Text(f"《{source.title.zh}》", source.title.en)


Copied = TypeVar("Copied")


def copy_of(one: Copied) -> Copied:
    """Give a finding with the same fields, in a fraction of the time that it takes to make one."""
    found = object.__new__(type(one))
    found.__dict__ = one.__dict__.copy()
    return found


def citation(cite: Cite, sources: Mapping[str, Source]) -> Citation:
    """Give where words stand."""
    source = sources[cite.source]
    return Citation(cite.source, source.title, source.document, cite.clause, cite.read_in or source.read_in)


@lru_cache(maxsize=4096)
def _same_of(rulebook: Rulebook, criterion: Criterion) -> CriterionFinding:
    """Give what is said of a criterion whatever the firm."""
    words = criterion.words
    return CriterionFinding(
        id=words.id,
        title=words.title,
        outcome=Outcome.UNDETERMINED,
        reason=None,
        decides=words.decides,
        cite=citation(words.cite, rulebook.words.sources),
        quote=words.quote,
        reading=words.reading,
        confirmed=words.confirmed,
        grade=words.cite.grade,
        requires=requirement(criterion.gate),
        evidence_asked=words.evidence,
        evidence_given=(),
        hangs_on=(),
        rests_on=(),
        fails=None,
        unless=None,
        any_of=(),
        checks=(),
    )


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


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a criterion by how its nodes came out: checks, each with its outcome and whether it is a guard.

    And which of them its outcome rests on, whether it applies to the firm at all, and whether any of them fails.
    """

    checks: tuple[tuple[Check, Outcome, bool], ...]
    rests_on: tuple[str, ...]
    applies: bool
    fails: bool


@lru_cache(maxsize=4096)
def _ids(gate: Gate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.id for node in walk(gate)))


@lru_cache(maxsize=16384)
def _told(gate: Gate, came_out: tuple[Outcome | None, ...]) -> _Told:
    """Give the checks worth telling; of several guards that wait for the same fact, one. There are few such cases."""
    outcomes = {name: outcome for name, outcome in zip(_ids(gate), came_out, strict=True) if outcome is not None}
    checks: list[tuple[Check, Outcome, bool]] = []
    waiting: set[str] = set()
    for check, is_guard in _telling(gate, outcomes):
        outcome = outcomes[check.id]
        if is_guard and outcome is Outcome.UNDETERMINED:
            if check.fact.id in waiting:
                continue
            waiting.add(check.fact.id)
        checks.append((check, outcome, is_guard))
    checks += ((check, Outcome.MET, False) for check in met_in_any_case(gate, outcomes))
    rests = {check.id for check in resting(gate, outcomes)}
    return _Told(
        checks=tuple(checks),
        rests_on=tuple(check.id for check, _, _ in checks if check.id in rests),
        applies=gate.guard is None or outcomes[gate.guard.id] is not Outcome.MET,
        fails=any(outcome is Outcome.NOT_MET for _, outcome, _ in checks),
    )


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
    left = figures.value(fact) if outcome is Outcome.UNDETERMINED else figures.compared(check)
    is_one_of_few = isinstance(left, Unknown) or not (fact.is_numeric or fact.id in figures.terms)
    if is_one_of_few and fact.formula is None and isinstance(check.right, Threshold) and not figures.is_assumed(fact):
        return _finding_of_few(check, outcome, left, figures.vocabulary, is_guard=is_guard)
    return _finding(check, outcome, left, figures, is_guard=is_guard)


@lru_cache(maxsize=16384)
def _finding_of_few(
    check: Check, outcome: Outcome, left: Value, vocabulary: Vocabulary, *, is_guard: bool
) -> CheckFinding:
    """Give the finding of a blank, a yes, a no or an option: there are few, so each is made once."""
    return _finding(check, outcome, left, Figures(vocabulary, {}, date.max), is_guard=is_guard)


def _finding(check: Check, outcome: Outcome, left: Value, figures: Figures, *, is_guard: bool) -> CheckFinding:
    fact, vocabulary, right = check.fact, figures.vocabulary, figures.right(check.right)
    gap = _gap(left, right) if fact.is_numeric else None
    observed, required = figure(left, None if gap is None else cast("Number", right)), figure(right)
    stated, whole = figures.is_as_stated(fact), figures.whole_above(check)
    mark = within(whole) if whole else STATED if stated else ASSUMED if figures.is_assumed(fact) else None
    reason: Reason | None = None
    if outcome is Outcome.UNDETERMINED:
        unknown = _unknown(fact, left, right)
        reason, ranges = unknown.reason, [name for name in unknown.facts if figures.is_range(name)]
        explanation = open_sentence(check, observed, required, unknown, vocabulary, is_guard=is_guard, ranges=ranges)
    elif is_guard and outcome is Outcome.MET:
        explanation = guard_sentence(check, seen(check, left, observed, required, mark=mark), required)
    else:
        until = figures.terms.get(fact.id, {}) if outcome is Outcome.MET else {}
        words = seen(check, left, observed, required, until, mark=mark)
        odd = _odd(check, figures) if figures.look_odd else ()
        explanation = finding_sentence(check, outcome, words, required, gap, odd)
    found = copy_of(_same(check))
    found.outcome = outcome
    found.reason = reason
    found.observed = observed
    found.required = required
    found.required_from = _required_from(check, figures)
    found.gap = gap
    found.derived_from = () if stated else _ingredients(fact, figures)
    if whole is not None and outcome is not Outcome.UNDETERMINED:
        found.derived_from = (Ingredient(whole.id, whole.title, figure(figures.value(whole)), whole.unit),)
    found.stated = stated
    found.explanation = explanation
    return found


@lru_cache(maxsize=4096)
def _same(check: Check) -> CheckFinding:
    """Give what is said of a check whatever the firm."""
    fact, under = check.fact, None
    if check.borrowed is not None:
        words = check.borrowed.criterion
        document = check.borrowed.document
        under = Under(check.borrowed.rulebook, words.id, words.title, words.quote, words.cite.clause, document)
    return CheckFinding(
        id=check.id,
        fact=fact.id,
        title=fact.title,
        outcome=Outcome.UNDETERMINED,
        reason=None,
        observed=None,
        operator=check.operator,
        required=None,
        required_from=None,
        unit=fact.unit,
        gap=None,
        formula=fact.formula.text if fact.formula else None,
        derived_from=(),
        stated=False,
        under=under,
        explanation=fact.title,
    )


def _gap(left: Value, right: Value) -> float | None:
    """Give observed minus required, 0 only where they are equal; None where one is not a known number."""
    if not isinstance(left, Number) or not isinstance(right, Number) or isinstance(right, bool):
        return None
    is_whole = isinstance(left, int) and isinstance(right, int)
    return cast("float", figure(left - right)) if is_whole else difference(left, right)


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
    parts = () if fact.formula is None else _made_from(fact, figures)
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


def _odd(check: Check, figures: Figures) -> list[Pair]:
    """Say what looks odd about the figures that a check rests on."""
    return [
        fraction_words(one) if figures.may_be_fraction(one) else unusual_words(one)
        for one in watched_by(figures.vocabulary, check)
        if one.id in figures.unusual or figures.may_be_fraction(one)
    ]


@lru_cache(maxsize=4096)
def watched_by(vocabulary: Vocabulary, check: Check) -> tuple[Fact, ...]:
    """Give the facts that may look odd and that a check rests on: its own, and those given behind both its sides.

    Those are facts with a usual range, and percentages.
    """
    facts = dict.fromkeys([check.fact, *behind(vocabulary, check)])
    return tuple(fact for fact in facts if fact.plausible is not None or fact.kind is Kind.PERCENT)


def behind(vocabulary: Vocabulary, check: Check) -> list[Fact]:
    """Give the given facts that a check looks at, on both its sides."""
    sides = [check.fact, check.right.fact] if isinstance(check.right, FactOf) else [check.fact]
    return [part for side in sides for part in vocabulary.stated_behind(side)]
