"""The worlds of a rulebook: which of its open words are read otherwise, and what is written in each of them.

A reading has an id: that of the criterion, parameter or band where it stands, with /2, /3 behind it if it is not the
first there. What is built in a world notes which places it looked at; it is built again in every world of those places.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from math import prod
from typing import TypeVar

from engine.errors import Text
from engine.hanging import MOST_WORLDS, worlds
from engine.logic import OURS, Alternative, Rulebook, World
from engine.rulebook import Band, CheckWords, Condition, OtherValue, Otherwise, Parameter, RulebookWords
from engine.yaml_file import Place

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Written:
    """What a criterion requires in a world, and where in the file that stands."""

    require: Condition | None
    require_at: Place
    when: CheckWords | None
    when_at: Place


class Readings:
    """The readings of a rulebook, and the world in which something of it is being built."""

    def __init__(self, book: RulebookWords | None = None) -> None:
        self._book = book
        self.parameters: dict[str, Parameter] = book.parameters if book else {}
        self.world = OURS
        self._looked_at: set[str] = set()
        self._at: dict[str, tuple[Alternative, ...]] = {}
        self._also: dict[str, str] = {}
        if book is not None:
            self._note(book)

    def _note(self, book: RulebookWords) -> None:
        for card in book.scorecards:
            for group in card.groups:
                for item in group.items:
                    for number, band in enumerate(item.bands):
                        self._add(f"{card.id}.{group.id}.{item.id}.{number + 1}", item.title, band.otherwise)
        for name, parameter in book.parameters.items():
            self._add(f"parameters.{name}", parameter.title, parameter.otherwise)
        for criterion in book.criteria:
            self._add(criterion.id, criterion.title, criterion.otherwise)
            for other in criterion.otherwise:
                self._also |= dict.fromkeys(other.also, criterion.id)

    def _add(self, place: str, title: Text, several: Iterable[Otherwise | OtherValue]) -> None:
        found = [Alternative(_numbered(place, n), place, title, one.reading) for n, one in enumerate(several)]
        if found:
            self._at[place] = tuple(found)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """All readings but ours, each place's together."""
        return tuple(one for several in self._at.values() for one in several)

    def in_worlds(self, build: Callable[[], Built]) -> dict[World, Built] | None:
        """Give what is built in every world of the places that it looks at; None if there are too many."""
        outer = self.world, self._looked_at
        places: list[str] = []
        built: dict[World, Built] = {}
        try:
            while True:
                if prod(1 + len(self._at[place]) for place in places) > MOST_WORLDS:
                    return None
                seen: set[str] = set()
                for world in worlds([self._at[place] for place in places]):
                    self.world, self._looked_at = world, set()
                    if world not in built:
                        built[world] = build()
                        seen |= self._looked_at
                new = [place for place in self._at if place in seen and place not in places]
                if not new:
                    return built
                places += new
        finally:
            self.world, self._looked_at = outer

    def named(self, name: str) -> str:
        """Give the id, in the world that holds, of what has the id `name` in ours."""
        order = [one.id for one in self.alternatives if one.id in self.world]
        return f"{name}~{'+'.join(order)}" if order else name

    def among(self, known: Collection[World]) -> World:
        """Give the world that holds, of those in which something was built."""
        moved_by = OURS.union(*known)
        self._looked_at |= {place for place, several in self._at.items() if any(one.id in moved_by for one in several)}
        return self.world & moved_by

    def written(self, index: int) -> Written:
        """Give what the criterion of that place in the file requires."""
        assert self._book is not None  # noqa: S101 criteria stand in a rulebook
        criterion = self._book.criteria[index]
        place: Place = ("criteria", index)
        chosen = self._chosen(criterion.id)
        if chosen is not None:
            other = criterion.otherwise[chosen]
            at: Place = (*place, "otherwise", chosen)
            return Written(other.require, (*at, "require"), other.when, (*at, "when"))
        owner_id = self._also.get(criterion.id, "")
        chosen = self._chosen(owner_id) if owner_id else None
        if chosen is not None:
            number = next(n for n, one in enumerate(self._book.criteria) if one.id == owner_id)
            other = self._book.criteria[number].otherwise[chosen]
            if criterion.id in other.also:
                at = ("criteria", number, "otherwise", chosen, "also", criterion.id)
                return Written(other.also[criterion.id], at, criterion.when, (*place, "when"))
        return Written(criterion.require, (*place, "require"), criterion.when, (*place, "when"))

    def value(self, name: str) -> tuple[object, Place]:
        """Give the value of a parameter, and where it stands."""
        chosen = self._chosen(f"parameters.{name}")
        if chosen is None:
            return self.parameters[name].value, ("parameters", name, "value")
        return self.parameters[name].otherwise[chosen].value, ("parameters", name, "otherwise", chosen, "value")

    def of_band(self, band: Band, place: str) -> int | None:
        """Give which of the other readings of a band holds; None if ours does."""
        return self._chosen(place) if band.otherwise else None

    def included(self, rulebook: Rulebook) -> World:
        """Give the world that holds, as the other rulebook calls its readings."""
        prefix = f"{rulebook.id}:"
        for one in rulebook.alternatives:
            place = f"{prefix}{one.place}"
            ours = Alternative(f"{prefix}{one.id}", place, one.title, one.words)
            if ours not in self._at.get(place, ()):
                self._at[place] = (*self._at.get(place, ()), ours)
            self._looked_at.add(place)
        return frozenset(one.id for one in rulebook.alternatives if f"{prefix}{one.id}" in self.world)

    def _chosen(self, place: str) -> int | None:
        self._looked_at.add(place)
        several = self._at.get(place, ())
        return next((number for number, one in enumerate(several) if one.id in self.world), None)


def _numbered(place: str, number: int) -> str:
    return place if number == 0 else f"{place}/{number + 1}"
