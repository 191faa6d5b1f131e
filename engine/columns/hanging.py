"""What hangs on open readings, as columns: on which of them the verdict of each row hangs (`hanging.leans_on`)."""

from __future__ import annotations

from collections.abc import Sequence

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
    places = {one.id: place for place, one in enumerate(rulebook.alternatives)}
    names, found, before = table.columns, dict.fromkeys(places, NO), table
    for place, (gate, all_of) in enumerate(conjunctions):
        if all_of.alternatives:
            table = table.mutate(**{_ours(place): _good(of.outcome(gate)), **_worlds(of, rulebook, all_of, place)})
    for place, (_, all_of) in enumerate(conjunctions):
        if all_of.alternatives:
            table, leaning = _leaning(table, all_of, place)
            found |= leaning
    if table is before:
        return table.mutate(**{HANGS_ON: literal("")})
    table = table.mutate(**{hangs(places[name]): value for name, value in found.items()})
    table = table.select(*names, *map(hangs, places.values()))
    told = listed([(table[hangs(place)], name) for name, place in places.items()], ";")
    return table.mutate(**{HANGS_ON: told})


def _good(outcome: Value) -> Value:
    return cases((outcome.isnull(), 1), (outcome, 2), else_=0).cast("TINYINT")


def _ours(place: int) -> str:
    return f"ours_{place}"


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


def _leaning(table: Table, all_of: Conjunction, place: int) -> tuple[Table, dict[str, Value]]:
    """Give, of each reading, the rows that hang on it, and the table with what is asked of every one of them."""
    ours = table[_ours(place)]
    worlds = [[table[_named(place, n, w)] for w in range(len(group.worlds))] for n, group in enumerate(all_of.groups)]
    standing = [found[0] == ours for found in worlds]
    moved = [
        (number, _single(group, worlds[number], all_of.alternatives))
        for number, group in enumerate(all_of.groups)
        if len(group.worlds) > 1
    ]

    def known(asked: dict[str, Value]) -> dict[str, Value]:
        nonlocal table
        table = table.mutate(**{f"{name}_of_{place}": value for name, value in asked.items()})
        return {name: table[f"{name}_of_{place}"] for name in asked}

    found = known(
        {
            "alone": total([one.cast("INTEGER") for one in standing]) == 1,
            "can_rise": and_(*(_most(several) > ours for several in worlds)),
            **{f"falls_{number}": _least(worlds[number]) < ours for number, _ in moved},
            **{f"none_lifts_{number}": ~or_(*(there > ours for there in its.values())) for number, its in moved},
        }
    )
    turns = known(
        {
            name: (there < ours) | ((there > ours) & standing[number] & found["alone"])
            for number, single in moved
            for name, there in single.items()
        }
    )
    by_one = known({"by_one": or_(*turns.values())})["by_one"]
    leaning = {}
    for number, single in moved:
        for name, there in single.items():
            lifted = (there > ours) | found[f"none_lifts_{number}"]
            jointly = found[f"falls_{number}"] | (found["can_rise"] & standing[number] & lifted)
            leaning[name] = cases((by_one, turns[name]), else_=jointly)
    return table, leaning


def _single(group: Group, found: Sequence[Value], alternatives: Sequence[Alternative]) -> dict[str, Value]:
    """Give what a group comes to if one reading holds, of each that moves it."""
    names = OURS.union(*group.worlds)
    by_world = dict(zip(group.worlds, found, strict=True))
    return {one.id: by_world[frozenset({one.id})] for one in alternatives if one.id in names}


def _least(several: Sequence[Value]) -> Value:
    return several[0] if len(several) == 1 else least(*several)


def _most(several: Sequence[Value]) -> Value:
    return several[0] if len(several) == 1 else greatest(*several)
