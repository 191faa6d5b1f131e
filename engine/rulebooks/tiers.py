"""Ways for firms of different sizes: an any_of each of whose ways is for another range of one figure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from math import inf

from engine.ground.values import Number
from engine.rulebooks.logic import Check, Gate, Node, Threshold
from engine.rulebooks.rulebook import Operator

_LOW, _HIGH = {Operator.AT_LEAST, Operator.MORE_THAN}, {Operator.AT_MOST, Operator.LESS_THAN}
_INCLUDES = {Operator.AT_LEAST, Operator.AT_MOST}
_End = tuple[Number | float, bool]  # and whether it is included


@lru_cache(maxsize=4096)
def tiers(gate: Gate) -> Mapping[str, tuple[Check, ...]]:
    """Give the checks that choose each way of a gate by its id; none where the ways are not for different firms.

    Such checks compare one figure with thresholds, and no figure meets those of two ways.
    """
    ways = gate.children
    if gate.need != 1 or gate.guard is not None or len(ways) < 2:  # noqa: PLR2004 one way is no choice
        return {}
    asks = [_bounds(way) for way in ways]
    for fact in asks[0]:
        several = [one.get(fact, ()) for one in asks]
        if all(several) and all(_are_apart(one, other) for one, other in combinations(several, 2)):
            return {way.id: checks for way, checks in zip(ways, several, strict=True)}
    return {}


def _bounds(way: Node) -> dict[str, tuple[Check, ...]]:
    """Give the checks of a way that bound a figure, by its fact."""
    found: dict[str, tuple[Check, ...]] = {}
    if isinstance(way, Gate) and way.need == len(way.children):
        for one in way.children:
            if isinstance(one, Check) and isinstance(one.right, Threshold) and one.operator in _LOW | _HIGH:
                found[one.fact.id] = (*found.get(one.fact.id, ()), one)
    return found


def _are_apart(one: tuple[Check, ...], other: tuple[Check, ...]) -> bool:
    return _is_below(_top(one), _bottom(other)) or _is_below(_top(other), _bottom(one))


def _is_below(top: _End, bottom: _End) -> bool:
    return top[0] < bottom[0] or (top[0] == bottom[0] and not (top[1] and bottom[1]))


def _top(checks: tuple[Check, ...]) -> _End:
    return min((_end(one) for one in checks if one.operator in _HIGH), default=(inf, False))


def _bottom(checks: tuple[Check, ...]) -> _End:
    ends = (_end(one) for one in checks if one.operator in _LOW)
    return max(ends, default=(-inf, False), key=lambda end: (end[0], not end[1]))


def _end(check: Check) -> _End:
    value = check.right.value if isinstance(check.right, Threshold) else inf
    return (value if isinstance(value, Number) else inf), check.operator in _INCLUDES
