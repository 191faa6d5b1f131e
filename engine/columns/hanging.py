"""What hangs on open readings, as columns: on which of them the verdict of each row hangs (`hanging.leans_on`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.columns.outcomes import Decided
from engine.rulebooks.hanging import Conjunction, Group, deciding, level
from engine.rulebooks.logic import OURS, Alternative, Gate, Rulebook
from engine.sql.functions import NO, and_, cases, greatest, least, listed, or_, total
from engine.sql.table import Table
from engine.sql.value import Value, literal

HANGS_ON = "hangs_on"


def hangs(place: int) -> str:
    """Give the name of the column that says whether a row hangs on the reading of that place."""
    return f"hangs_{place}"


def with_hanging(table: Table, rulebook: Rulebook) -> Table:
    """Add, to a decided table, a column for each reading, and their ids joined by ; as `hangs_on`."""
    of = Decided(table, rulebook)
    if rulebook.any_is_enough:
        conjunctions = [(one.gate, level(rulebook, one)) for one in rulebook.criteria]
    else:
        conjunctions = [(rulebook.verdict_gate, deciding(rulebook))]
    numbers: dict[str, Value] = {}
    for place, (gate, all_of) in enumerate(conjunctions):
        if all_of.alternatives:
            numbers |= {f"ours_{place}": _good(of.outcome(gate)), **_worlds(of, rulebook, all_of, place)}
    if not numbers:
        return table.mutate(**{HANGS_ON: literal("")})
    table = table.mutate(**numbers)
    places = {one.id: place for place, one in enumerate(rulebook.alternatives)}
    found = {one.id: NO for one in rulebook.alternatives}
    for place, (_, all_of) in enumerate(conjunctions):
        found |= dict(_leaning(table, all_of, place))
    table = table.mutate(**{hangs(places[name]): value for name, value in found.items()}).drop(*numbers)
    told = listed([(table[hangs(place)], name) for name, place in places.items()], ";")
    return table.mutate(**{HANGS_ON: told})


def _good(outcome: Value) -> Value:
    return cases((outcome.isnull(), 1), (outcome, 2), else_=0).cast("TINYINT")


def _named(place: int, group: int, world: int) -> str:
    return f"world_{place}_{group}_{world}"


def _worlds(of: Decided, rulebook: Rulebook, all_of: Conjunction, place: int) -> dict[str, Value]:
    """Give what each group comes to in each of its worlds."""
    gates = {gate.id: gate for gate in rulebook.nodes if isinstance(gate, Gate)}
    return {
        _named(place, number, world): _least([_good(of.outcome(gates[name])) for name in ids])
        for number, group in enumerate(all_of.groups)
        for world, ids in enumerate(group.worlds.values())
    }


def _leaning(table: Table, all_of: Conjunction, place: int) -> Iterator[tuple[str, Value]]:
    """Give, of each reading, the rows that hang on it."""
    if not all_of.alternatives:
        return
    ours = table[f"ours_{place}"]
    worlds = [[table[_named(place, n, w)] for w in range(len(group.worlds))] for n, group in enumerate(all_of.groups)]
    standing = [found[0] == ours for found in worlds]
    alone = total([one.cast("INTEGER") for one in standing]) == 1
    can_rise = and_(*(_most(found) > ours for found in worlds))
    moved = [
        (_single(group, found, all_of.alternatives), found, stands)
        for group, found, stands in zip(all_of.groups, worlds, standing, strict=True)
        if len(group.worlds) > 1
    ]
    turning = {
        name: (there < ours) | ((there > ours) & stands & alone)
        for single, _, stands in moved
        for name, there in single.items()
    }
    by_one = or_(*turning.values())
    for single, found, stands in moved:
        lifts = {name: there > ours for name, there in single.items()}
        none_lifts = ~or_(*lifts.values())
        falls = _least(found) < ours
        for name, lift in lifts.items():
            jointly = falls | (can_rise & stands & (lift | none_lifts))
            yield name, cases((by_one, turning[name]), else_=jointly)


def _single(group: Group, found: Sequence[Value], alternatives: Sequence[Alternative]) -> dict[str, Value]:
    """Give what a group comes to if one reading holds, of each that moves it."""
    names = OURS.union(*group.worlds)
    by_world = dict(zip(group.worlds, found, strict=True))
    return {one.id: by_world[frozenset({one.id})] for one in alternatives if one.id in names}


def _least(several: Sequence[Value]) -> Value:
    return several[0] if len(several) == 1 else least(*several)


def _most(several: Sequence[Value]) -> Value:
    return several[0] if len(several) == 1 else greatest(*several)
