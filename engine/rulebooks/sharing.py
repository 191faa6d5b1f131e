"""What another reading really changes: where the trees of two worlds say the same they share their nodes.

A node is shared if it stands at the same place, under the same guards, and says the same. So a world adds only the
nodes that its readings change, and every evaluator decides the others once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from engine.rulebooks.logic import Check, Gate, Node

_Guards = tuple[str, ...]


class Shared:
    """The nodes of one criterion, or of one line of a scorecard, in the worlds given so far."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, _Guards], list[Node]] = {}

    def node(self, node: Node, root_id: str, above: _Guards = ()) -> Node:
        """Give the tree made of nodes known already where it says the same as they; ids of places begin `root_id`."""
        if isinstance(node, Gate):
            node = self._of_known(node, root_id, above)
        several = self._known.setdefault((node.id.removeprefix(root_id), above), [])
        found = next((one for one in several if _says(one) == _says(node)), None)
        if found is None:
            several.append(node)
        return found or node

    def _of_known(self, gate: Gate, root_id: str, above: _Guards) -> Gate:
        guard = cast("Check", self.node(gate.guard, root_id, above)) if gate.guard else None
        within = above if guard is None else (*above, guard.id)
        children = (
            guard if guard and child is gate.guard else self.node(child, root_id, within) for child in gate.children
        )
        return replace(gate, children=tuple(children), guard=guard)


def _says(node: Node) -> tuple[object, ...]:
    """Give all that a node says but for its id."""
    if isinstance(node, Check):
        return node.fact.id, node.operator, node.right, node.borrowed
    return node.word, node.need, node.guard is not None, *(child.id for child in node.children)
