"""The worlds of a rulebook: which of its open words are read otherwise, and what is built in each of them.

A reading has the id that is written at it, or that of the criterion, parameter, band or check where it stands, with /2,
/3 behind it if it is not the first there. The same id at several places is one reading. What is built in a world notes
which readings it looked at, and is built again in every world of those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import prod
from typing import TypeVar

from engine.ground.errors import Text
from engine.language.conditions import Otherwise
from engine.language.yaml_file import Document, Place
from engine.rulebooks.hanging import MOST_WORLDS, worlds
from engine.rulebooks.logic import OURS, Alternative, Rulebook, World
from engine.rulebooks.rulebook import OtherValue

Built = TypeVar("Built")


class Readings:
    """The readings that have been met so far, and the world in which something is being built."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.world = OURS
        self._looked_at: set[str] = set()
        self._at: dict[Place, tuple[str, ...]] = {}
        self._known: dict[str, Alternative] = {}

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """All readings but ours, in the order in which they were met."""
        return tuple(self._known.values())

    def in_worlds(self, place: Place, build: Callable[[], Built]) -> dict[World, Built]:
        """Give what is built in every world of the readings that it looks at; too many are noted at `place`."""
        outer = self.world, self._looked_at
        looked_at: set[str] = set()
        built: dict[World, Built] = {}
        try:
            while True:
                groups = [[one for one in self.alternatives if one.place == name] for name in sorted(looked_at)]
                if prod(1 + len(several) for several in groups) > MOST_WORLDS:
                    zh, en = (
                        f"读法超过 {MOST_WORLDS} 种组合",
                        f"its readings come to more than {MOST_WORLDS} combinations",
                    )
                    self._document.report(place, Text(zh, en))
                    return {OURS: built[OURS]}
                before = set(looked_at)
                for world in worlds(groups):
                    if world not in built:
                        self.world, self._looked_at = world, set()
                        built[world] = build()
                        looked_at |= self._looked_at
                if looked_at == before:
                    return built
        finally:
            self.world, self._looked_at = outer

    def id_in_world(self, name: str) -> str:
        """Give the id, in the world that holds, of what has the id `name` in ours."""
        order = [one.id for one in self.alternatives if one.id in self.world]
        return f"{name}~{'+'.join(order)}" if order else name

    def among(self, known: Collection[World]) -> World:
        """Give the world that holds, of those in which something was built."""
        moved_by = OURS.union(*known)
        self._looked_at |= {self._known[name].place for name in moved_by}
        return self.world & moved_by

    def chosen(self, at: Place, name: str, title: Text, several: Sequence[Otherwise | OtherValue]) -> int | None:
        """Give which of the other readings of the words `at` that place holds; None if ours does."""
        if not several:
            return None
        if at not in self._at:
            self._at[at] = self._add(at, name, title, several)
        ids = self._at[at]
        self._looked_at |= {self._known[one].place for one in ids}
        return next((number for number, one in enumerate(ids) if one in self.world), None)

    def _add(self, at: Place, name: str, title: Text, several: Sequence[Otherwise | OtherValue]) -> tuple[str, ...]:
        ids = tuple(one.id or (name if number == 0 else f"{name}/{number + 1}") for number, one in enumerate(several))
        groups = {self._known[one].place for one in ids if one in self._known}
        if len(groups) > 1 or len(set(ids)) < len(ids):
            what = Text("几种读法互相混淆", "readings that stand apart elsewhere are alternatives here")
            self._document.report((*at, "otherwise"), what)
        group = min(groups, default=ids[0])
        for number, (one, written) in enumerate(zip(ids, several, strict=True)):
            if one not in self._known and written.reading is None and not self._document.left_out:
                what = Text(f"读法“{one}”没有写明", f"the reading “{one}” is not put into words")
                self._document.report((*at, "otherwise", number), what, Text("请写 reading。", "Add `reading`."))
            self._known.setdefault(one, Alternative(one, group, title, written.reading or Text(one, one)))
        return ids

    def included(self, rulebook: Rulebook) -> World:
        """Give the world that holds, as the other rulebook calls its readings."""
        prefix = f"{rulebook.id}:"
        for one in rulebook.alternatives:
            ours = Alternative(f"{prefix}{one.id}", f"{prefix}{one.place}", one.title, one.words)
            self._known.setdefault(ours.id, ours)
            self._looked_at.add(ours.place)
        return frozenset(one.id for one in rulebook.alternatives if f"{prefix}{one.id}" in self.world)
