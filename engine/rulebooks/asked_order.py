"""In which order to name what is missing: what every firm is asked for, what only some ways ask for, what few have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Node, Rulebook, walk


@lru_cache(maxsize=64)
def asked_order(rulebook: Rulebook, level: Criterion | None = None) -> Mapping[str, int]:
    """Give the place of each fact that a firm may state, in the order of the criteria that decide.

    Of a `level` of a ladder, which is itself the criterion, in the order of its edition.
    """
    criteria = level.parts if level is not None else rulebook.criteria
    gates = [criterion.gate for criterion in criteria if criterion.words.decides]
    checks = [check for gate in gates for check in asked_of_all(gate)]
    checks += [check for gate in gates for check in walk(gate) if isinstance(check, Check)]
    asked = [fact for check in checks for fact in (*_stated(check, rulebook), check.fact.id)]
    asked += sorted(rulebook.facts_used)
    asked.sort(key=lambda fact: fact in rulebook.vocabulary and rulebook.vocabulary[fact].if_any)
    return {fact: place for place, fact in enumerate(dict.fromkeys(asked))}


def asked_of_all(node: Node) -> Iterator[Check]:
    """Give the checks that a node asks of every firm: not those of one way of several, nor an exemption."""
    if isinstance(node, Check):
        yield node
    elif isinstance(node, Gate) and (node.need == len(node.children) or node.guard is not None):
        for child in node.children:
            if child is not node.guard:
                yield from asked_of_all(child)


def _stated(check: Check, rulebook: Rulebook) -> Iterator[str]:
    """Give the facts that a firm may state of those that a check looks at; of a score those of its lines."""
    for item in (item for score in rulebook.scores if score.fact is check.fact for item in score.items):
        yield from [item.points_of.id] if item.points_of else []
        for below in (one for band in item.bands for one in walk(band.node) if isinstance(one, Check)):
            yield from _stated(below, rulebook)
    for side in [check.fact, check.right.fact] if isinstance(check.right, FactOf) else [check.fact]:
        yield from (fact.id for fact in rulebook.vocabulary.stated_behind(side) if fact.is_given)


@lru_cache(maxsize=64)
def alternatives_asked(rulebook: Rulebook) -> tuple[frozenset[str], ...]:
    """Give sets of facts of which one is enough: each is what checks of an `any_of` look at, and no other check."""
    gates = [one.gate for one in rulebook.criteria if one.words.decides]
    asked = Counter(
        fact for gate in gates for one in walk(gate) if isinstance(one, Check) for fact in _stated(one, rulebook)
    )
    found = []
    for gate in (one for top in gates for one in walk(top) if isinstance(one, Gate)):
        if gate.need == 1 < len(gate.children) and gate.guard is None:
            ways = [list(_stated(one, rulebook)) for one in gate.children if isinstance(one, Check)]
            alone = Counter(way[0] for way in ways if len(way) == 1)
            found.append(frozenset(fact for fact, count in alone.items() if asked[fact] == count))
    return tuple(one for one in found if len(one) > 1)


@lru_cache(maxsize=64)
def usually_asked(rulebook: Rulebook) -> frozenset[str]:
    """Give the facts that nearly every firm is asked: not those of an exemption, nor of a way other than the first.

    A criterion that only informs asks every firm all the same, but for what few have.
    """
    found = frozenset[str]()
    for criterion in rulebook.criteria:
        asked = _usual(criterion.gate, rulebook)
        found |= {one for one in asked if criterion.words.decides or not rulebook.vocabulary[one].if_any}
    return found


def _usual(node: Node, rulebook: Rulebook) -> frozenset[str]:
    """Give the facts that a node asks of nearly every firm; of ways to meet it those of the first, and of all."""
    if not isinstance(node, Gate):
        return frozenset(_stated(node, rulebook)) if isinstance(node, Check) else frozenset()
    parts = [_usual(child, rulebook) for child in node.children]
    if node.need > 1 or len(parts) == 1 or node.guard is not None:
        return frozenset().union(*parts)
    checks = [[one for one in walk(child) if isinstance(one, Check)] for child in node.children]
    ways = [frozenset(fact for check in several for fact in _stated(check, rulebook)) for several in checks]
    return parts[0] | ways[0].intersection(*ways)
