"""What hangs on open readings: whether another reading, or several at once, would turn criteria that all must be met.

A reading is hung on if deciding by it instead of ours, all others being ours, comes out otherwise. Several at once are
tried where they meet: criteria that share a reading are taken together in every world of theirs, and those that share
none are independent, so the worst and the best that all come to are the worst of their worsts and of their bests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from engine.ground.outcome import Outcome, tally
from engine.rulebooks.logic import OURS, Alternative, Criterion, Rulebook, World

MOST_WORLDS = 64
Outcomes = Mapping[str, Outcome]

_GOOD = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2}


@dataclass(frozen=True)
class Group:
    """Criteria that share readings, and every world of those: in each, the ids of their trees."""

    criteria: tuple[Criterion, ...]
    worlds: Mapping[World, tuple[str, ...]]


@dataclass(frozen=True)
class Conjunction:
    """Criteria of which all must be met, in groups that share no reading, and the readings that move any of them."""

    groups: tuple[Group, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Turn:
    """A criterion that comes out otherwise if other readings hold, and what all come to then."""

    criterion: Criterion
    readings: tuple[Alternative, ...]
    outcome: Outcome
    verdict: Outcome


def worlds(places: Iterable[Iterable[Alternative]]) -> Iterable[World]:
    """Give every world of some places, ours first: at each of them our reading or one of the others."""
    for chosen in product(*([None, *several] for several in places)):
        yield frozenset(one.id for one in chosen if one is not None)


def conjunction(criteria: Sequence[Criterion], alternatives: Sequence[Alternative]) -> Conjunction | None:
    """Give the groups of criteria that all must be met; None if a group has too many worlds."""
    place_of = {one.id: one.place for one in alternatives}
    groups: list[tuple[set[str], list[Criterion]]] = []
    for criterion in criteria:
        places = {place_of[name] for name in criterion.moved_by}
        joined = [group for group in groups if group[0] & places]
        members = [one for _, several in joined for one in several]
        groups = [group for group in groups if group not in joined]
        groups.append((places.union(*(group[0] for group in joined)), [*members, criterion]))
    found = []
    for places, members in groups:
        there = [[one for one in alternatives if one.place == place] for place in dict.fromkeys(place_of.values())]
        meeting = [several for several in there if several[0].place in places]
        if prod(1 + len(several) for several in meeting) > MOST_WORLDS:
            return None
        by_world = {world: tuple(one.in_world(world).id for one in members) for world in worlds(meeting)}
        found.append(Group(tuple(members), by_world))
    moving = OURS.union(*(one.moved_by for one in criteria))
    return Conjunction(tuple(found), tuple(one for one in alternatives if one.id in moving))


@lru_cache(maxsize=512)
def deciding(rulebook: Rulebook) -> Conjunction:
    """Give the criteria that decide a rulebook's verdict."""
    return _of([one for one in rulebook.criteria if one.words.decides], rulebook.alternatives)


@lru_cache(maxsize=512)
def level(rulebook: Rulebook, criterion: Criterion) -> Conjunction:
    """Give what decides a criterion that is the verdict of another rulebook."""
    return _of(criterion.parts, rulebook.alternatives)


def _of(criteria: Sequence[Criterion], alternatives: Sequence[Alternative]) -> Conjunction:
    found = conjunction(criteria, alternatives)
    if found is None:  # `resolve` has refused such a rulebook
        raise ValueError
    return found


def leans_on(all_of: Conjunction, outcomes: Outcomes) -> tuple[Alternative, ...]:
    """Give the readings that what all the criteria come to hangs on; none if no combination of readings turns it.

    They are those that turn it alone. If it takes several, those that do what has to be done: that let a group of
    criteria fall, or lift one that stands in the way; all that move the group where that takes several of them.
    """
    if not all_of.alternatives:
        return ()
    found = [
        {world: min([_GOOD[outcomes[name]] for name in ids]) for world, ids in group.worlds.items()}
        for group in all_of.groups
    ]
    ours = min(one[OURS] for one in found)
    in_the_way = sum(one[OURS] == ours for one in found)
    can_rise = all(max(one.values()) > ours for one in found)
    turning, jointly = OURS, OURS
    for one in found:
        if len(one) == 1:  # no reading moves it
            continue
        single = {name: there for world, there in one.items() if len(world) == 1 for name in world}
        stands = one[OURS] == ours
        turning |= {
            name for name, there in single.items() if there < ours or (there > ours and stands and in_the_way == 1)
        }
        lifting = {name for name, there in single.items() if there > ours} or single.keys()
        if min(one.values()) < ours:
            jointly |= single.keys()
        elif can_rise and stands:
            jointly |= lifting
    names = turning or jointly
    return tuple(one for one in all_of.alternatives if one.id in names)


def turns(rulebook: Rulebook, outcomes: Outcomes) -> tuple[Turn, ...]:
    """Give, for each criterion, the readings that it hangs on: each by itself, or if none does the fewest at once."""
    found: list[Turn] = []
    for criterion in _moving(rulebook):
        ours = outcomes[criterion.gate.id]
        other = [(world, out) for world, gate in criterion.others.items() if (out := outcomes[gate.id]) is not ours]
        single = [pair for pair in other if len(pair[0]) == 1]
        for world, outcome in single or sorted(other, key=lambda pair: len(pair[0]))[:1]:
            readings = tuple(one for one in rulebook.alternatives if one.id in world)
            found.append(Turn(criterion, readings, outcome, verdict_in(rulebook, world, outcomes)))
    return tuple(found)


@lru_cache(maxsize=512)
def _moving(rulebook: Rulebook) -> tuple[Criterion, ...]:
    return tuple(one for one in rulebook.criteria if one.others) if rulebook.alternatives else ()


def verdict_in(rulebook: Rulebook, world: World, outcomes: Outcomes) -> Outcome:
    """Give the verdict if those readings hold."""
    decide = _trees_in(rulebook, world)
    return tally(len(decide), list(map(outcomes.__getitem__, decide)))


@lru_cache(maxsize=4096)
def _trees_in(rulebook: Rulebook, world: World) -> tuple[str, ...]:
    return tuple(one.in_world(world).id for one in rulebook.criteria if one.words.decides)
