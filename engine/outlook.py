"""What is still open: the facts that are missing, and the smallest sets of them that could settle the verdict."""

from __future__ import annotations

from collections.abc import Iterable

from engine.facts import Vocabulary
from engine.figures import Figures
from engine.logic import Check, Gate, Node, Rulebook
from engine.outcome import Outcome, Reason
from engine.reference import Outcomes, unknowns
from engine.values import Unknown
from engine.verdict import Awaiting, MissingFact, Settling, Standing

_Facts = frozenset[str]


def open_questions(rulebook: Rulebook, figures: Figures, outcomes: Outcomes) -> list[Unknown]:
    """Give what keeps the criteria that decide undetermined, in the order of the rulebook."""
    return [
        unknown
        for criterion in rulebook.criteria
        if criterion.words.decides and outcomes[criterion.gate.id] is Outcome.UNDETERMINED
        for unknown in unknowns(criterion.gate, figures, outcomes)
    ]


def missing_facts(unknown: Iterable[Unknown], vocabulary: Vocabulary) -> tuple[MissingFact, ...]:
    """Give every fact that is blank and matters, once."""
    names = dict.fromkeys(name for one in unknown for name in one.facts)
    found = []
    for name in names:
        fact = vocabulary[name]
        reason = Reason.NEEDS_REVIEW if fact.needs_review else Reason.MISSING
        found.append(MissingFact(name, fact.title, reason, fact.evidence))
    return tuple(found)


def awaiting(rulebook: Rulebook, outcomes: Outcomes, unknown: Iterable[Unknown]) -> Awaiting | None:
    """Say whether an undetermined verdict waits for judgements alone (every figure is met) or for data."""
    if outcomes[rulebook.verdict_gate.id] is not Outcome.UNDETERMINED:
        return None
    judged = all(one.reason is Reason.NEEDS_REVIEW for one in unknown)
    return Awaiting.JUDGEMENT if judged else Awaiting.DATA


def settlings(rulebook: Rulebook, figures: Figures, outcomes: Outcomes) -> tuple[Settling, ...]:
    """Give, for an undetermined verdict, the fewest facts that could make it qualified, and each few that could end it.

    “Could”: the facts would have to come out that way; whatever is left out of the set may stay unknown.
    """
    if outcomes[rulebook.verdict_gate.id] is not Outcome.UNDETERMINED:
        return ()
    found = []
    cheapest = _to_reach(Outcome.MET, rulebook.verdict_gate, figures, outcomes)
    if cheapest is not None:
        found.append(Settling(Standing.QUALIFIED, tuple(sorted(cheapest))))
    ends = [_to_reach(Outcome.NOT_MET, child, figures, outcomes) for child in rulebook.verdict_gate.children]
    distinct = dict.fromkeys(end for end in ends if end)
    smallest = [end for end in distinct if not any(other < end for other in distinct)]
    return (*found, *(Settling(Standing.NOT_QUALIFIED, tuple(sorted(end))) for end in smallest))


def _to_reach(goal: Outcome, node: Node, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    """Give a smallest set of facts that could bring `node` to `goal`; None if no facts could."""
    outcome = outcomes[node.id]
    if outcome is not Outcome.UNDETERMINED:
        return frozenset() if outcome is goal else None
    if isinstance(node, Check):
        return _to_decide(node, figures, outcomes)
    return _to_turn(goal, node, figures, outcomes)


def _to_decide(check: Check, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    sides = unknowns(check, figures, outcomes)
    if any(not side.facts for side in sides):  # no benchmark, division by zero: no fact settles it
        return None
    return frozenset(name for side in sides for name in side.facts)


def _to_turn(goal: Outcome, gate: Gate, figures: Figures, outcomes: Outcomes) -> _Facts | None:
    """Turn as many undetermined children as the gate needs, the ones with the fewest facts first."""
    needed = gate.need if goal is Outcome.MET else len(gate.children) - gate.need + 1
    needed -= sum(outcomes[child.id] is goal for child in gate.children)
    undetermined = [child for child in gate.children if outcomes[child.id] is Outcome.UNDETERMINED]
    ways = [_to_reach(goal, child, figures, outcomes) for child in undetermined]
    possible = sorted((way for way in ways if way is not None), key=len)
    return frozenset[str]().union(*possible[:needed]) if len(possible) >= needed else None
