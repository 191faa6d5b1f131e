"""What there is to show of a rulebook, and what of it one firm shows.

Of a criterion: each outcome, each figure below, at and above its threshold, each part deciding alone, each other
reading turning it. Of a line of a scorecard: each number of points, and points that are open. The same words say what
cases leave unshown (coverage), and what a firm has to be looked for to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.deciding.reference import Outcomes, decide, evaluated
from engine.deciding.reference import check as check_outcome
from engine.explaining.rulebook_parts import others_of
from engine.explaining.verdict import figure
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, Reason, tally
from engine.ground.values import Number
from engine.proving.case_file import items_of, points_of
from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Item, Node, Rulebook, Threshold, walk
from engine.rulebooks.rulebook import Operator

SIDES = {-1: Text("低于", "below"), 0: Text("恰为", "exactly at"), 1: Text("高于", "above")}
_DECIDED = {Outcome.MET: Text("符合", "met"), Outcome.NOT_MET: Text("不符合", "not_met")}
OUTCOMES = {**_DECIDED, Outcome.UNDETERMINED: Text("无法判定", "undetermined")}
NOT_APPLICABLE = Text("不适用", Reason.NOT_APPLICABLE.value)
_OPEN = Text("得分未定", "open")
_WORTH = "worth "
_TURNED = Text("结果因读法而异：", "turned by the reading ")
_BY = re.compile(r"by the reading (\S+?)(?:,|$)")


def reading_of(what: Text) -> str | None:
    """Give the other reading that a need, or a change of the rules, is about."""
    found = _BY.search(what.en)
    return found[1] if found else None


@dataclass(frozen=True)
class Need:
    """Something to show of a criterion, or of a line of a scorecard."""

    of: str
    what: Text

    @property
    def is_worth(self) -> bool:
        """Whether it is a number of points that a line can earn."""
        return self.what.en.startswith(_WORTH)

    @property
    def reading(self) -> str | None:
        """The other reading that turns it, if that is what it is."""
        return reading_of(self.what)


@dataclass(frozen=True)
class Part:
    """A criterion, or a line of a scorecard: what has cases; and as it is by each other reading alone."""

    id: str
    of: Criterion | Item
    others: Mapping[str, Criterion | Item] = field(default_factory=dict)

    @property
    def nodes(self) -> list[Node]:
        """Its conditions; where bands add up they stand under one gate, so that each is to be met alone."""
        if isinstance(self.of, Criterion):
            return [self.of.gate]
        nodes = [band.node for band in self.of.bands]
        return [Gate(self.of.id, "any_of", 1, tuple(nodes))] if self.of.each else nodes

    @cached_property
    def checks(self) -> list[Check]:
        """All its comparisons, those of other readings too."""
        trees = [*self.nodes, *(node for one in self.others.values() for node in Part(self.id, one).nodes)]
        return [node for tree in trees for node in walk(tree) if isinstance(node, Check)]

    def needs(self) -> Iterator[Need]:
        """Give everything there is to show of it."""
        yield from (Need(self.id, what) for what in self._needs())

    def _needs(self) -> Iterator[Text]:
        if isinstance(self.of, Criterion):
            yield from OUTCOMES.values()
            if self.of.gate.guard is not None:
                yield NOT_APPLICABLE
        else:
            yield _OPEN
            yield from map(_worth, _worths(self.of))
        yield from map(_turned, self.others)
        for node in self.nodes:
            yield from (_side(check, side) for check in _own_thresholds(node) for side in SIDES)
            for gate in _own_gates(node):
                yield from (_alone(child, outcome) for child in gate.children for outcome in _DECIDED)

    def outcomes(self, rulebook: Rulebook, figures: Figures) -> Outcomes:
        """Give the outcomes that it needs to say what a firm shows: its own, or all if it looks at scores."""
        if isinstance(self.of, Item) or any(check.fact.id not in rulebook.vocabulary for check in self.checks):
            return decide(rulebook, figures)
        found: Outcomes = {}
        for one in (self.of, *self.others.values()):
            found |= evaluated(one.gate, figures, found) if isinstance(one, Criterion) else {}
        return found

    def shown(self, figures: Figures, outcomes: Outcomes) -> Iterator[Need]:
        """Give what a firm shows of it."""
        yield from (Need(self.id, what) for what in self._shown(figures, outcomes))

    def _shown(self, figures: Figures, outcomes: Outcomes) -> Iterator[Text]:
        if isinstance(self.of, Criterion):
            outcome, guard = outcomes[self.of.gate.id], self.of.gate.guard
            yield OUTCOMES[outcome]
            if guard is not None and outcomes[guard.id] is Outcome.MET:
                yield NOT_APPLICABLE
            turned = [
                name
                for name, one in self.others.items()
                if isinstance(one, Criterion) and outcomes[one.gate.id] is not outcome
            ]
        else:
            earned = points_of(figures)
            points = earned[self.id]
            turned = [name for name in self.others if earned[f"{self.id}~{name}"] != points]
            yield _OPEN if " to " in points else Text(f"得 {points} 分", f"{_WORTH}{points}")
        yield from map(_turned, turned)
        for node in self.nodes:
            yield from _sides_shown(node, figures)
            known = _with_what_does_not_apply(node, figures)
            for gate in _own_gates(node):
                yield from _alone_shown(gate, known)


def parts_of(rulebook: Rulebook) -> list[Part]:
    """Give everything in a rulebook that has cases: its criteria, and the lines of its scorecards."""
    named: list[tuple[str, Criterion | Item]] = [
        *((one.words.id, one) for one in rulebook.criteria),
        *items_of(rulebook).items(),
    ]
    return [Part(name, one, others_of(rulebook, one)) for name, one in named]


def thresholds(root: Node) -> list[Check]:
    """Give the comparisons of numbers under a node."""
    checks = [node for node in walk(root) if isinstance(node, Check)]
    return [check for check in checks if check.fact.is_numeric and check.operator is not Operator.GIVEN]


def _own_thresholds(root: Node) -> list[Check]:
    """Give those but of an included rulebook, which has cases of its own."""
    return [check for check in thresholds(root) if check.borrowed is None]


def _own_gates(root: Node) -> list[Gate]:
    """Give the gates with a choice to make, without those of an included rulebook."""
    gates = [node for node in walk(root) if isinstance(node, Gate) and len(node.children) > 1]
    return [one for one in gates if any(isinstance(node, Check) and node.borrowed is None for node in walk(one))]


def _worths(item: Item) -> list[Number]:
    """Give the points that the line can earn; of one that adds up or is awarded, the fewest and the most."""
    if item.each or item.points_of:
        return [0, item.maximum]
    return sorted({item.otherwise, *(band.points for band in item.bands)})


def _sides_shown(node: Node, figures: Figures) -> Iterator[Text]:
    for check in _own_thresholds(node):
        left, right = figures.value(check.fact), figures.right(check.right)
        if isinstance(left, Number) and isinstance(right, Number):
            yield _side(check, (left > right) - (left < right))


def _with_what_does_not_apply(root: Node, figures: Figures) -> Outcomes:
    """Give the outcome of every node under one, also of those under a guard that is met."""
    outcomes: Outcomes = {}
    for node in walk(root):
        if isinstance(node, Check):
            outcomes[node.id] = check_outcome(node, figures)
        else:
            outcomes[node.id] = tally(node.need, [outcomes[child.id] for child in node.children])
    return outcomes


def _alone_shown(gate: Gate, outcomes: Outcomes) -> Iterator[Text]:
    """Name each part that decides the gate alone: the others are settled, and its own outcome tips the balance."""
    for child in gate.children:
        others = [outcomes[other.id] for other in gate.children if other is not child]
        tips = tally(gate.need, [*others, Outcome.MET]), tally(gate.need, [*others, Outcome.NOT_MET])
        if outcomes[child.id] in _DECIDED and Outcome.UNDETERMINED not in others and tips == tuple(_DECIDED):
            yield _alone(child, outcomes[child.id])


def _side(check: Check, side: int) -> Text:
    """Name a side of a threshold: global_rank exactly at 3."""
    match check.right:
        case Threshold(value=value):
            right = str(figure(value))
        case FactOf(fact=fact):
            right = fact.id
        case benchmark:
            right = benchmark.column
    where = SIDES[side]
    return Text(f"{check.fact.id} {where.zh} {right}", f"{check.fact.id} {where.en} {right}")


def _alone(child: Node, outcome: Outcome) -> Text:
    said = _DECIDED[outcome]
    return Text(f"仅因 {child.id} 而{said.zh}", f"{child.id} alone {said.en}")


def _worth(points: Number) -> Text:
    return Text(f"得 {figure(points)} 分", f"{_WORTH}{figure(points)}")


def _turned(reading: str) -> Text:
    return Text(f"{_TURNED.zh}{reading}", f"{_TURNED.en}{reading}")
