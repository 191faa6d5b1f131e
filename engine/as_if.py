"""A tree as it is for firms that all say the same of one fact: what that settles is no longer in it."""

from __future__ import annotations

from dataclasses import replace

from engine.logic import Check, Criterion, Gate, Node, Threshold
from engine.reference import HOLDS
from engine.rulebook import Operator


def criterion_as_if(criterion: Criterion, fact_id: str, value: str) -> Criterion:
    """Give a criterion, by every reading, for firms that say `value` of the choice `fact_id`."""
    others = {world: _gate(gate, fact_id, value) for world, gate in criterion.others.items()}
    return replace(criterion, gate=_gate(criterion.gate, fact_id, value), others=others)


def _gate(gate: Gate, fact_id: str, value: str) -> Gate:
    found = _settled(gate, fact_id, value)
    if isinstance(found, bool):
        return replace(gate, word="all_of" if found else "any_of", need=int(not found), children=(), guard=None)
    return found if isinstance(found, Gate) else replace(gate, word="all_of", need=1, children=(found,), guard=None)


def _settled(node: Node, fact_id: str, value: str) -> Node | bool:
    """Give a node, or whether it is met; nothing is changed in a tree that does not ask for the fact."""
    if isinstance(node, Check):
        if node.fact.id != fact_id or not isinstance(node.right, Threshold):
            return node
        return HOLDS[node.operator](True if node.operator is Operator.GIVEN else value, node.right.value)
    found = [_settled(child, fact_id, value) for child in node.children]
    left = tuple(one for one in found if not isinstance(one, bool))
    if left == node.children:
        return node
    need = node.need - sum(one is True for one in found)
    if need <= 0 or len(left) < need:
        return need <= 0
    guard = node.guard if node.guard is not None and left[0] is node.guard else None
    return replace(node, need=need, children=left, guard=guard)
