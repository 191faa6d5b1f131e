"""A tree as it is for firms that are taken to say the same of a choice, whatever they say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from engine.deciding.reference import HOLDS
from engine.rulebooks.logic import Check, Criterion, Gate, Node, Threshold
from engine.rulebooks.rulebook import Operator


def criterion_as_if(criterion: Criterion, fact_id: str, value: str) -> Criterion:
    """Give a criterion, by every reading, for firms that say something of the choice and are taken to say `value`."""
    others = {world: _gate(gate, fact_id, value) for world, gate in criterion.others.items()}
    return replace(criterion, gate=_gate(criterion.gate, fact_id, value), others=others)


def _gate(gate: Gate, fact_id: str, value: str) -> Gate:
    children = tuple(_node(child, fact_id, value) for child in gate.children)
    guard = children[0] if gate.guard is not None else None
    return replace(gate, children=children, guard=cast("Check | None", guard))


def _node(node: Node, fact_id: str, value: str) -> Node:
    """Give a node; a check of the choice asks instead whether it is stated, or whether it is not."""
    if isinstance(node, Gate):
        return _gate(node, fact_id, value)
    if node.fact.id != fact_id or node.operator is Operator.GIVEN or not isinstance(node.right, Threshold):
        return node
    return replace(node, operator=Operator.GIVEN, right=Threshold(HOLDS[node.operator](value, node.right.value)))
