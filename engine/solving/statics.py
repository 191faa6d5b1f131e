"""What of a rulebook can never matter, whatever firm is judged by it; and whether any can be qualified at all.

A part of “all of these” matters if some firm fails by it alone; one of “any of these” if some firm needs it: with it
the firm is qualified, without it not. What is told is proved, for every firm that a profile may state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from engine.explaining.requirement import requirement
from engine.ground.errors import Problem, Text
from engine.ground.result import Result
from engine.language.decision_day import given_day
from engine.language.facts import AS_OF
from engine.rulebooks.logic import Band, Check, Gate, Item, Node, Rulebook, walk
from engine.rulebooks.rulebook import Operator
from engine.solving.meaning import Meaning
from engine.solving.solver import Solver, Truth, UnansweredError, all_of, anew, negated
from engine.solving.unknown_firm import UnknownFirm
from engine.solving.witness import states_all


class Idle(StrEnum):
    """What never matters, or cannot be."""

    NOBODY = "nobody"
    CRITERION = "criterion"
    PART = "part"
    ALTERNATIVE = "alternative"
    GUARD = "guard"
    BAND = "band"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Remark:
    """Something of a rulebook that is proved never to matter."""

    kind: Idle
    id: str
    what: Text


@dataclass(frozen=True)
class Statics(Result):
    """What was asked of a rulebook, and what came of it."""

    rulebook: str
    asked: int
    remarks: tuple[Remark, ...]


_WHAT = {
    Idle.NOBODY: Text(
        "没有企业能够符合：这些条件不能同时满足：{0}", "no firm can be qualified: these cannot be met together: {0}"
    ),
    Idle.CRITERION: Text(
        "其余条件都符合的企业，不会只因这一项不符合", "whoever meets the other criteria never fails by this one alone"
    ),
    Idle.PART: Text("没有企业只因“{0}”而不符合", "no firm fails by this alone: {0}"),
    Idle.ALTERNATIVE: Text("没有企业要靠“{0}”才符合", "no firm needs this to be qualified: {0}"),
    Idle.GUARD: Text("没有企业要靠“{0}”而免于这一项", "no firm needs to be spared because of this: {0}"),
    Idle.BAND: Text("没有企业得到这一档的分：{0}", "no firm earns the points of this band: {0}"),
    Idle.UNANSWERED: Text("求解器没有得出答案：{0}", "the solver found no answer: {0}"),
}


def statics(rulebook: Rulebook, as_of: date) -> Statics:
    """Give what of a rulebook is proved never to matter on a day."""
    one = _Statics(rulebook.ours, as_of)
    remarks = tuple(one.remarks())
    return Statics(rulebook.id, one.asked, remarks)


def proved(rulebook: Rulebook) -> tuple[list[Problem], list[Problem]]:
    """Give what a rulebook is broken by, that nobody can be qualified, and what is only to be remarked, as of today."""
    found = [
        (one.kind is Idle.NOBODY, Problem(f"{rulebook.id}: {one.id}", one.what))
        for one in statics(rulebook, given_day(None)).remarks
    ]
    return [one for fatal, one in found if fatal], [one for fatal, one in found if not fatal]


class _Statics:
    def __init__(self, rulebook: Rulebook, as_of: date) -> None:
        anew()
        self._rulebook, self.asked = rulebook, 0
        firm = UnknownFirm(rulebook.vocabulary, as_of, states_all([rulebook], leaves_out=True))
        self._meaning = Meaning(rulebook, firm)
        self._qualified, _ = self._meaning.verdict
        self._solver = Solver([*self._meaning.held(), *firm.held()])
        self._deciding = [one for one in rulebook.criteria if one.words.decides]

    def remarks(self) -> Iterator[Remark]:
        """Give what never matters; where nobody can be qualified, only why."""
        nobody = self._never(Idle.NOBODY, self._rulebook.id, self._contradicting, self._qualified)
        if nobody is not None:
            yield nobody
            return
        for criterion in self._deciding:
            idle = self._unneeded(criterion.gate, Idle.CRITERION, criterion.words.id)
            yield from [idle] if idle else self._parts(criterion.gate)
        items = {item.id: item for score in self._rulebook.scores for item in score.items}
        for item in items.values():
            for band in item.bands:
                reached = all_of(self._met(band.node), *(negated(self._met(one)) for one in _better(item, band)))
                never = self._never(Idle.BAND, band.node.id, partial(requirement, band.node), reached)
                yield from [never] if never else []

    def _parts(self, gate: Gate) -> Iterator[Remark]:
        """Give the parts of a gate that never matter; of one that does, its own parts."""
        for node in gate.children:
            checks = [one for one in walk(node) if isinstance(one, Check)]
            if any(one.borrowed for one in checks) or all(_is_of_form(one) for one in checks):
                continue
            kind = Idle.PART if gate.need == len(gate.children) else Idle.ALTERNATIVE
            kind = Idle.GUARD if node is gate.guard else kind
            idle = self._unneeded(node, kind, node.id) if len(gate.children) > 1 else None
            yield from [idle] if idle else self._parts(node) if isinstance(node, Gate) else []

    def _unneeded(self, node: Node, kind: Idle, name: str) -> Remark | None:
        """Say of a node that no firm fails by it alone, or of one of several that no firm needs it."""
        is_met, words = self._met(node), partial(requirement, node)
        with_it, _ = self._meaning.but(node, met=True).verdict
        if kind in {Idle.CRITERION, Idle.PART}:
            return self._never(kind, name, words, with_it, negated(is_met), negated(self._qualified))
        without, _ = self._meaning.but(node, met=False).verdict
        return self._never(kind, name, words, is_met, self._qualified, negated(without))

    def _met(self, node: Node) -> Truth:
        return self._meaning.said(node)[0]

    def _never(self, kind: Idle, name: str, words: Callable[[], Text], *parts: Truth) -> Remark | None:
        """Give the remark if there is no firm of which all the parts hold."""
        self.asked += 1
        try:
            if self._solver.find(*parts) is not None:
                return None
        except UnansweredError:
            kind = Idle.UNANSWERED
        told = words()
        return Remark(kind, name, Text(_WHAT[kind].zh.format(told.zh), _WHAT[kind].en.format(told.en)))

    def _contradicting(self) -> Text:
        """Name the fewest criteria that cannot be met together: without any one of them the others can."""
        several = self._deciding
        for criterion in self._deciding:
            fewer = [one for one in several if one is not criterion]
            with suppress(UnansweredError):
                if self._solver.find(*(self._met(one.gate) for one in fewer)) is None:
                    several = fewer
        titles = [one.words.title for one in several]
        return Text("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))


def _is_of_form(check: Check) -> bool:
    """Say whether a comparison asks nothing of a firm: what the day is, or whether a fact is given at all."""
    return check.fact.id == AS_OF or check.operator is Operator.GIVEN


def _better(item: Item, band: Band) -> list[Node]:
    """Give what keeps a band from counting: of bands of which one counts, those with more points."""
    return [] if item.each else [one.node for one in item.bands if one.points > band.points]
