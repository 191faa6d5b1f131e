"""A rulebook that also says what its verdict comes to whatever some of its checks come to.

Beside what decides it has a criterion for each combination of outcomes of the varied checks (a frame: of the criteria
that these bear on, with the checks taken to be met, not met or undetermined), and one for each value of each check.
None of them decides. Of a row, the verdict at a value is then that of the other criteria and of the frame which its
checks come to at that value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from engine.analysis.axes import Axis, borne_on
from engine.language.facts import Fact
from engine.rulebooks.logic import BenchmarkOf, Check, Criterion, Gate, Item, Node, Rulebook, Score, Table

OUTCOMES = "mnu"
"""Met, not met, undetermined: the first letters of what verdict files say."""


def worst(letters: str) -> str:
    """Give what several outcomes come to together."""
    return min(letters, key="num".index, default="m")


def comes_to(frames: str, outcomes: Iterable[str]) -> str:
    """Give those of the frames that are left when the first checks come to this; of all checks, the one."""
    for one in outcomes:
        size = len(frames) // len(OUTCOMES)
        frames = frames[OUTCOMES.index(one) * size :][:size]
    return frames


@dataclass(frozen=True)
class Framed:
    """The rulebook, the ids of its frames, of the values of each check, and of the criteria that stay."""

    rulebook: Rulebook
    frames: tuple[str, ...]
    at: tuple[tuple[str, ...], ...]
    stays: tuple[str, ...]


def framed(rulebook: Rulebook, axes: Sequence[Axis], prefix: str = "") -> Framed:
    """Give the rulebook with what stands beside it, under ids that begin so; it may be one that has some already."""
    checks = [(axis, check) for axis in axes for check in axis.checks]
    moved, hit = borne_on(rulebook, [check for _, check in checks])
    stays = tuple(one.words.id for one in rulebook.criteria if one.words.decides and one not in hit)
    words, criteria, more = rulebook.criteria[0].words, list[Criterion](), list[Score]()

    def beside(name: str, gate: Gate) -> str:
        own = words.model_copy(update={"id": name, "decides": False})
        criteria.append(Criterion(own, gate))
        return name

    anything = next(one.id for one in rulebook.facts_behind if one.is_given)
    nothing = BenchmarkOf(Table(anything, {}, {}, (), words.cite, "none"), "none")

    def unknown(check: Check) -> Check:
        """Give what is undetermined whatever the firm: it is compared with a benchmark that none has."""
        return replace(check, id=f"{check.id}@{prefix}unknown", right=nothing)

    frames = []
    for place, outcomes in enumerate(product(OUTCOMES, repeat=len(checks))):
        name = f"{prefix}frame.{place}"
        instead = {
            check.id: unknown(check) if one == "u" else _TAKEN[one]
            for (_, check), one in zip(checks, outcomes, strict=True)
        }
        facts = {one.fact.id: one.fact.model_copy(update={"id": f"{one.fact.id}@{name}"}) for one in moved}
        frame = _Frame(name, instead, facts)
        more += [frame.score(one) for one in moved]
        frames.append(beside(name, Gate(name, "all_of", len(hit), tuple(frame.gate(one.gate) for one in hit))))
    at = []
    for number, (axis, check) in enumerate(checks):
        ids = [f"{prefix}at.{number}.{place}" for place in range(len(axis.values))]
        for name, value in zip(ids, axis.values, strict=True):
            beside(name, Gate(name, "any_of", 1, (replace(check, id=f"{name}.1", right=axis.right(value)),)))
        at.append(tuple(ids))
    whole = replace(rulebook, criteria=(*rulebook.criteria, *criteria), scores=(*rulebook.scores, *more))
    return Framed(whole, tuple(frames), tuple(at), stays)


_TAKEN = {"m": Gate("taken.met", "all_of", 0, ()), "n": Gate("taken.not_met", "any_of", 1, ())}


@dataclass(frozen=True)
class _Frame:
    """What changes in a frame: the checks that are taken for something, and the scores that follow."""

    name: str
    instead: Mapping[str, Node]
    facts: Mapping[str, Fact]

    def gate(self, gate: Gate) -> Gate:
        """Give a tree as it is in the frame; one that nothing changes as it is."""
        children = tuple(self.node(child) for child in gate.children)
        if all(one is other for one, other in zip(children, gate.children, strict=True)):
            return gate
        guard = children[0] if gate.guard is not None and isinstance(children[0], Check) else None
        return replace(gate, id=f"{gate.id}@{self.name}", children=children, guard=guard)

    def node(self, node: Node) -> Node:
        """Give a node as it is in the frame."""
        if isinstance(node, Gate):
            return self.gate(node)
        if node.id in self.instead:
            return self.instead[node.id]
        if node.fact.id in self.facts:
            return replace(node, id=f"{node.id}@{self.name}", fact=self.facts[node.fact.id])
        return node

    def score(self, score: Score) -> Score:
        """Give a score as it is in the frame."""
        return Score(self.facts[score.fact.id], tuple(map(self._item, score.items)), frozenset({self.name}))

    def _item(self, item: Item) -> Item:
        bands = tuple(replace(band, node=self.node(band.node)) for band in item.bands)
        return replace(item, id=f"{item.id}@{self.name}", bands=bands)
