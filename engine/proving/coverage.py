"""What the cases of a rulebook show, and what they leave unshown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.deciding.reference import decide
from engine.ground.errors import Problem, Text
from engine.proving.case_file import Cases, figures_of, name_of
from engine.proving.shown import Need, Part, parts_of
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook


@dataclass(frozen=True)
class Counted:
    """How many of how many: what cases show, or the changes that they notice."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """The share, rounded down: 100 is all of it."""
        return 100 * self.count // self.of if self.of else 100


@dataclass(frozen=True)
class Coverage:
    """Everything there is to show of a rulebook, what of it cases show, and what is said to be impossible."""

    needed: tuple[Need, ...]
    shown: frozenset[Need]
    impossible: frozenset[Need]

    @property
    def lacking(self) -> tuple[Need, ...]:
        """What no case shows, in the order of the rulebook."""
        return tuple(need for need in self.needed if need not in self.shown | self.impossible)

    @property
    def counted(self) -> Counted:
        """How much is shown, of how much that can be."""
        can_be = [need for need in self.needed if need not in self.impossible]
        return Counted(sum(need in self.shown for need in can_be), len(can_be))


def coverage(catalog: Catalog, rulebook: Rulebook, cases: Cases | None) -> Coverage:
    """Give what the cases of a rulebook show: each only of the criterion or the line that it is a case of.

    That another reading turns a criterion is shown where a case says what it comes to by it.
    """
    parts = {part.id: part for part in parts_of(rulebook)}
    needed = tuple(dict.fromkeys(need for part in parts.values() for need in part.needs()))
    shown = frozenset(_shown(catalog, rulebook, cases, parts)) if cases else frozenset()
    said = {(one.criterion, one.outcome) for one in cases.file.impossible} if cases else set()
    impossible = frozenset(need for need in needed if {(need.of, need.what.en), (need.of, need.what.zh)} & said)
    return Coverage(needed, shown & frozenset(needed), impossible)


def _shown(catalog: Catalog, rulebook: Rulebook, cases: Cases, parts: Mapping[str, Part]) -> Iterator[Need]:
    for case, _ in cases.named():
        figures = figures_of(catalog, rulebook, cases.facts(case), cases.file.as_of)
        for need in parts[name_of(case)].shown(figures, decide(rulebook, figures)):
            if need.reading is None or need.reading in case.otherwise:
                yield need


def mistaken(cases: Cases, found: Coverage) -> Iterator[Problem]:
    """Give what is said to be impossible though a case shows it, or though nobody asks for it."""
    for index, one in enumerate(cases.file.impossible):
        where = f"{cases.document.place(('impossible', index))}: {one.criterion}"
        named = {
            need for need in found.needed if need.of == one.criterion and one.outcome in {need.what.zh, need.what.en}
        }
        if not named:
            yield Problem(where, Text("没有这样的要求", "there is nothing of that name to show"), None, one.outcome)
        elif named & found.shown:
            yield Problem(where, Text("写明不可能，而有案例正是如此", "is shown by a case"), None, one.outcome)
