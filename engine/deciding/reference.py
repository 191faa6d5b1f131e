"""The definition: what a rulebook says of a firm. Every other evaluator is compared with this one.

A check compares two values; if either is unknown it is undetermined. A span (a score with unknown items, a part that is
not stated of a whole that is) decides when both of its ends agree. A gate counts its children (Kleene); one whose guard
is met does not apply, which is to say that it is met. Nothing else combines outcomes.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from engine.firms.figures import Figures
from engine.ground.outcome import Outcome, Reason, tally
from engine.ground.values import Number, Span, Unknown, Value, ends_of, is_partly_read, merged
from engine.rulebooks.logic import Check, Gate, Item, Node, Rulebook, Score
from engine.rulebooks.rulebook import Operator

Outcomes = dict[str, Outcome]

HOLDS: Mapping[Operator, Callable[..., bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.LESS_THAN: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.EQUALS: operator.eq,
    Operator.DIFFERS_FROM: operator.ne,
    Operator.ONE_OF: lambda value, accepted: value in accepted,
    Operator.NONE_OF: lambda value, refused: value not in refused,
    Operator.CONTAINS: operator.contains,
    Operator.LACKS: lambda values, one: one not in values,
    Operator.GIVEN: operator.eq,
}


_OPEN = frozenset({Unknown, Span, frozenset})
"""The types of values by which a check may be undetermined."""


def decide(rulebook: Rulebook, figures: Figures) -> Outcomes:
    """Give the outcome of every node that applies, by node id; the verdict is that of node `verdict`.

    The trees of other readings are decided beside ours: what hangs on them is told from their outcomes.

    The scores are set in `figures` on the way.
    """
    outcomes: Outcomes = {}
    for score in rulebook.scores:
        for band in (band for item in score.items for band in item.bands):
            _node(band.node, figures, outcomes)
        add_up(score, figures, outcomes)
    for criterion in rulebook.criteria:
        _node(criterion.gate, figures, outcomes)
    for gate in rulebook.other_gates:
        _node(gate, figures, outcomes)
    verdict = rulebook.verdict_gate
    outcomes[verdict.id] = tally(verdict.need, [outcomes[child.id] for child in verdict.children])
    return outcomes


def evaluated(node: Node, figures: Figures, supposed: Mapping[str, Outcome] = MappingProxyType({})) -> Outcomes:
    """Give the outcome of one node and of those under it, by node id, if some come out as `supposed`."""
    outcomes: Outcomes = dict(supposed)
    _node(node, figures, outcomes)
    return outcomes


def _node(node: Node, figures: Figures, outcomes: Outcomes) -> Outcome:
    found = outcomes.get(node.id)
    if found is not None:  # a tree of another world shares it
        return found
    if isinstance(node, Check):
        outcome = check(node, figures)
    elif node.guard is not None and _node(node.guard, figures, outcomes) is Outcome.MET:
        outcome = Outcome.MET  # not applicable: the rest is not looked at
    else:
        outcome = tally(
            node.need, [outcomes.get(child.id) or _node(child, figures, outcomes) for child in node.children]
        )
    outcomes[node.id] = outcome
    return outcome


def check(node: Check, figures: Figures) -> Outcome:
    """Give the outcome of one check."""
    left, right, holds = figures.compared(node), figures.right(node.right), HOLDS[node.operator]
    if node.operator is Operator.GIVEN:
        left = not isinstance(left, Unknown)
    if type(left) not in _OPEN and type(right) not in _OPEN:  # as most are
        return Outcome.MET if holds(left, right) else Outcome.NOT_MET
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return Outcome.UNDETERMINED
    if isinstance(left, frozenset) and is_partly_read(left) and right not in left:
        return Outcome.UNDETERMINED
    if isinstance(left, Span) or isinstance(right, Span):
        ends = {holds(one, other) for one in ends_of(left) for other in ends_of(right)}
        if len(ends) > 1 or (node.operator in {Operator.EQUALS, Operator.DIFFERS_FROM} and _overlap(left, right)):
            return Outcome.UNDETERMINED
        return Outcome.MET if True in ends else Outcome.NOT_MET
    return Outcome.MET if holds(left, right) else Outcome.NOT_MET


def _overlap(left: Value, right: Value) -> bool:
    """Say whether two values, one of them a span, may be equal."""
    one, other = ends_of(left), ends_of(right)
    return bool(one[0] <= other[-1] and other[0] <= one[-1])


def add_up(score: Score, figures: Figures, outcomes: Outcomes) -> None:
    """Set the score in `figures`: the sum of its items, or a span with what keeps it from being one number."""
    lines = [(item, *points(item, figures, outcomes)) for item in score.items]
    low: Number = sum(least for _, least, _ in lines)
    high: Number = sum(most for _, _, most in lines)
    value: Value = low
    if low != high:
        open_items = [item for item, least, most in lines if least != most]
        value = Span(low, high, merged(unknown for item in open_items for unknown in _open(item, figures, outcomes)))
    figures.set_score(score.fact, value, lines)


def points(item: Item, figures: Figures, outcomes: Outcomes) -> tuple[Number, Number]:
    """Give the fewest and the most points that the item may be worth: the more bands are met, the more."""
    if item.points_of is not None:
        awarded = figures.value(item.points_of)
        if isinstance(awarded, Unknown):
            return 0, item.maximum
        low, *_, high = (min(max(cast("Number", end), 0), item.maximum) for end in ends_of(awarded) * 2)
        return low, high

    def earned(counted: set[Outcome]) -> Number:
        met = [band.points for band in item.bands if outcomes[band.node.id] in counted]
        return min(item.maximum, sum(met)) if item.each else max([item.otherwise, *met])

    return earned({Outcome.MET}), earned({Outcome.MET, Outcome.UNDETERMINED})


def _open(item: Item, figures: Figures, outcomes: Outcomes) -> list[Unknown]:
    """Give what keeps the points of an item from being one number."""
    awarded = figures.value(item.points_of) if item.points_of else None
    if isinstance(awarded, (Unknown, Span)):
        return [awarded if isinstance(awarded, Unknown) else awarded.unknown]
    return [unknown for band in item.bands for unknown in unknowns(band.node, figures, outcomes)]


def unknowns(node: Node, figures: Figures, outcomes: Outcomes) -> list[Unknown]:
    """Give what keeps an undetermined node from being decided: the unknown sides of its undetermined checks."""
    if outcomes[node.id] is not Outcome.UNDETERMINED:
        return []
    if isinstance(node, Gate):
        return [unknown for child in node.children for unknown in unknowns(child, figures, outcomes)]
    sides = (figures.value(node.fact), figures.right(node.right))
    unread = [Unknown(Reason.MISSING, (node.fact.id,))] if is_partly_read(sides[0]) else []
    return [
        *unread,
        *(side.unknown if isinstance(side, Span) else side for side in sides if isinstance(side, (Unknown, Span))),
    ]
