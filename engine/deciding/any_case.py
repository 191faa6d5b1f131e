"""Borrowed rules that a firm meets whichever of them applies: a firm may be small in every sector, whatever its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from engine.deciding.reference import Outcomes
from engine.ground.outcome import Outcome
from engine.ground.values import Number
from engine.rulebooks.logic import Check, Gate, Node, Threshold
from engine.rulebooks.rulebook import Operator


def met_in_any_case(gate: Gate, outcomes: Outcomes) -> list[Check]:
    """Give the checks by which borrowed rules are met though it is not known which of them applies.

    Of each fact the strictest: a firm that is small in whatever sector is below the lowest of its bounds.
    """
    found: dict[tuple[str, Operator], Check] = {}
    for check in _under_unknown_guards(gate, outcomes):
        key, right = (check.fact.id, check.operator), cast("Threshold", check.right).value
        known = found.get(key)
        is_low = check.operator in {Operator.LESS_THAN, Operator.AT_MOST}
        bound = None if known is None else cast("Threshold", known.right).value
        if known is None or (right < bound if is_low else right > bound):  # type: ignore[operator]
            found[key] = check
    return list(found.values())


def _under_unknown_guards(node: Node, outcomes: Outcomes, *, is_under: bool = False) -> Iterator[Check]:
    """Give the checks that compare a figure with a threshold, and are met, under borrowed guards that are unknown."""
    if outcomes.get(node.id) is not Outcome.MET:  # nothing is behind a guard that is met
        return
    if isinstance(node, Check):
        if is_under and isinstance(node.right, Threshold) and isinstance(node.right.value, Number):
            yield node
        return
    guard = node.guard
    is_unknown = guard is not None and guard.borrowed is not None and outcomes[guard.id] is Outcome.UNDETERMINED
    for child in node.children:
        yield from _under_unknown_guards(child, outcomes, is_under=is_under or is_unknown)
