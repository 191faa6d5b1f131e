"""What is still open: the facts that are missing, and the smallest sets of them that could settle the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations, islice, product
from math import comb

from engine.deciding.reference import Outcomes, decide, unknowns
from engine.explaining.verdict import Awaiting, MissingFact, Settling, Standing
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Unknown
from engine.language.facts import Fact, Kind
from engine.rulebooks.asked_order import asked_order
from engine.rulebooks.logic import Check, Gate, Node, Rulebook
from engine.rulebooks.rulebook import Operator

_Facts = frozenset[str]
_NO_FACTS = frozenset[str]()
_MOST_CHOICES = 64


def open_questions(rulebook: Rulebook, figures: Figures, outcomes: Outcomes) -> list[Unknown]:
    """Give what keeps the criteria that decide undetermined, in the order of the rulebook."""
    return [
        unknown
        for criterion in rulebook.criteria
        if criterion.words.decides and outcomes[criterion.gate.id] is Outcome.UNDETERMINED
        for unknown in unknowns(criterion.gate, figures, outcomes)
    ]


@lru_cache(maxsize=4096)
def missing_facts(names: frozenset[str], rulebook: Rulebook) -> tuple[MissingFact, ...]:
    """Give facts that are blank and matter, those first that every firm is asked for.

    A ratio that no paper is named for is proved by that of its parts.
    """
    found = []
    for name in sorted(names, key=asked_order(rulebook).__getitem__):
        fact = rulebook.vocabulary[name]
        reason = Reason.NEEDS_REVIEW if fact.needs_review else Reason.MISSING
        behind = (fact, *rulebook.vocabulary.stated_behind(fact))
        paper = next((one.evidence for one in behind if one.evidence), None)
        found.append(MissingFact(name, fact.title, fact.kind, reason, paper, fact.if_any))
    return tuple(found)


def awaiting(standing: Standing, unknown: Iterable[Unknown], *, is_saved: bool) -> Awaiting | None:
    """Say what an undetermined verdict waits for; `is_saved`: a way fails, and another may still be met."""
    if standing is not Standing.UNDETERMINED:
        return None
    if is_saved:
        return Awaiting.ANOTHER_WAY
    judged = all(one.reason is Reason.NEEDS_REVIEW for one in unknown)
    return Awaiting.JUDGEMENT if judged else Awaiting.DATA


def settlings(rulebook: Rulebook, figures: Figures, outcomes: Outcomes) -> tuple[Settling, ...]:
    """Give, for an undetermined verdict, the fewest facts that could make it qualified, and each few that could end it.

    “Could”: the facts would have to come out that way; whatever is left out of the set may stay unknown. Where several
    checks wait for the same option (the sector of a firm), each option is tried, because they cannot all come true.
    """
    if outcomes[rulebook.verdict_gate.id] is not Outcome.UNDETERMINED:
        return ()
    order = asked_order(rulebook)
    rulebook = rulebook.ours  # what other readings look at is not asked for
    cases: list[tuple[_Facts, Figures, Outcomes]] = [(frozenset(), figures, outcomes)]
    pivot = _pivot(rulebook, figures, outcomes)
    if pivot is not None:
        supposed = [figures.supposing(pivot, option) for option in pivot.choices]
        cases = [(frozenset({pivot.id}), case, decide(rulebook, case)) for case in supposed]
    reached = [(known, _to_reach(Outcome.MET, rulebook.verdict_gate, case, found)) for known, case, found in cases]
    ways = sorted((known | way for known, way in reached if way is not None), key=lambda way: (len(way), sorted(way)))
    ends = [
        known | end
        for known, case, found in cases
        for child in rulebook.verdict_gate.children
        for end in _ends(child, case, found)
    ]
    distinct = dict.fromkeys(ends)
    smallest = [end for end in distinct if not any(other < end for other in distinct)]
    return (
        *(Settling(Standing.QUALIFIED, tuple(sorted(way, key=order.__getitem__))) for way in ways[:1]),
        *(Settling(Standing.NOT_QUALIFIED, tuple(sorted(end, key=order.__getitem__))) for end in smallest),
    )


def _pivot(rulebook: Rulebook, figures: Figures, outcomes: Outcomes) -> Fact | None:
    """Give an unknown choice that a criterion and two or more undetermined checks wait for, if there is one."""
    asked = {name for one in open_questions(rulebook, figures, outcomes) for name in one.facts}
    waiting = Counter(
        check.fact
        for check in rulebook.checks
        if check.fact.kind is Kind.CHOICE
        and check.fact.id in asked
        and outcomes.get(check.id) is Outcome.UNDETERMINED
        and isinstance(figures.value(check.fact), Unknown)
    )
    return next((fact for fact, count in waiting.items() if count > 1), None)


def _ends(node: Node, figures: Figures, outcomes: Outcomes) -> list[_Facts]:
    """Give the smallest sets of facts that could make `node` fail, one for each choice of parts that must fail.

    Where there are too many choices, one set: a smallest.
    """
    if isinstance(node, Gate) and outcomes.get(node.id) is Outcome.UNDETERMINED:
        open_ = [child for child in node.children if outcomes.get(child.id) is Outcome.UNDETERMINED]
        to_fail = len(node.children) - node.need + 1
        to_fail -= sum(outcomes.get(child.id) is Outcome.NOT_MET for child in node.children)
        if comb(len(open_), to_fail) <= _MOST_CHOICES:
            chosen = combinations([_ends(child, figures, outcomes) for child in open_], to_fail)
            sets = (ends for several in chosen for ends in islice(product(*several), _MOST_CHOICES))
            if found := [_NO_FACTS.union(*ends) for ends in sets]:
                return found
    smallest = _to_reach(Outcome.NOT_MET, node, figures, outcomes)
    return [] if smallest is None else [smallest]


def _to_reach(goal: Outcome, node: Node, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    """Give a smallest set of facts that could bring `node` to `goal`; None if no facts could."""
    outcome = outcomes.get(node.id)
    if outcome is goal:
        return frozenset()
    if isinstance(node, Gate) and outcome is not None:
        return _to_turn(goal, node, figures, outcomes)
    if isinstance(node, Check) and outcome is Outcome.UNDETERMINED:
        return _to_decide(node, figures, outcomes)
    if isinstance(node, Check) and goal is Outcome.MET and node.operator is Operator.GIVEN:
        return frozenset({node.fact.id}) if isinstance(figures.value(node.fact), Unknown) else None
    return None


def _to_decide(check: Check, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    sides = unknowns(check, figures, outcomes)
    if any(not side.facts for side in sides):  # no benchmark, division by zero: no fact settles it
        return None
    return frozenset(name for side in sides for name in side.facts)


def _to_turn(goal: Outcome, gate: Gate, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    """Turn as many children as the gate needs: undetermined ones first, those with the fewest facts first.

    A child that is decided can only be turned where it hangs on whether a fact is given at all (a peer that is named).
    """
    needed = gate.need if goal is Outcome.MET else len(gate.children) - gate.need + 1
    needed -= sum(outcomes.get(child.id) is goal for child in gate.children)
    ways = [
        (outcomes.get(child.id) is not Outcome.UNDETERMINED, way)
        for child in gate.children
        if outcomes.get(child.id) is not goal and (way := _to_reach(goal, child, figures, outcomes)) is not None
    ]
    chosen = [way for _, way in sorted(ways, key=lambda rated: (rated[0], len(rated[1])))][:needed]
    return _NO_FACTS.union(*chosen) if len(chosen) == needed else None
