"""What a rulebook means: a tree of checks and gates. Built by `resolve`, read by every evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, cast

from engine.ground.errors import Text
from engine.ground.values import Known, Number
from engine.language.facts import APPLICATION, AREA, AS_OF, IDENTITY, YEAR, Fact, Vocabulary
from engine.language.notes import titles_of
from engine.rulebooks.rulebook import Cite, CriterionWords, Operator, RulebookWords
from engine.rulebooks.rulebook import Parameter as ParameterWords

ORDERED = (Operator.AT_LEAST, Operator.LESS_THAN, Operator.AT_MOST, Operator.MORE_THAN)
"""What compares by size."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A fixed right side; `parameter` and its `name` if the rulebook names it; `text`: what the text says instead."""

    value: Known
    parameter: ParameterWords | None = None
    name: str = ""
    text: Right | None = None


@dataclass(frozen=True, slots=True)
class FactOf:
    """A right side that is another fact of the same firm."""

    fact: Fact


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Reference values: for each value of the choice `by`, a row of named figures (a blank is absent).

    `words` has, of each column with a cell that is no number, one such cell.
    """

    by: str
    rows: Mapping[str, Mapping[str, Number]]
    words: Mapping[str, str]
    columns: tuple[str, ...]
    cite: Cite
    digest: str


@dataclass(frozen=True, slots=True)
class BenchmarkOf:
    """A right side that is a figure of the firm's row in a table."""

    table: Table
    column: str
    parameter: ParameterWords | None = None


Right = Threshold | FactOf | BenchmarkOf

World = frozenset[str]
"""The other readings, by id, that are taken to hold instead of ours; none of them is ours in all."""
OURS: World = frozenset()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of open words. Of those of one `place` at most one holds, beside any of other places."""

    id: str
    place: str
    title: Text
    words: Text


class Borrowed(NamedTuple):
    """The criterion of another rulebook, with the title and the number of the document that it is of."""

    rulebook: str
    criterion: CriterionWords
    title: Text
    document: str | None

    @property
    def named(self) -> Text:
        """The document as it is called: 工信部联企业〔2011〕300号《中小企业划型标准规定》."""
        number = self.document or ""
        return Text(f"{number}《{self.title.zh}》", f"{number} {self.title.en}".strip())


@dataclass(frozen=True, eq=False, slots=True)
class Check:
    """One fact, one comparison, one threshold. `borrowed` names the other rulebook's criterion that it comes from."""

    id: str
    fact: Fact
    operator: Operator
    right: Right
    borrowed: Borrowed | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Gate:
    """At least `need` of the children; `word` is how the rulebook wrote it.

    A guarded gate is “unless the guard, …”: its first child is the guard, and if that is met the rest does not apply.
    """

    id: str
    word: Literal["all_of", "any_of", "at_least"]
    need: int
    children: tuple[Check | Gate, ...]
    guard: Check | None = None


Node = Check | Gate


@dataclass(frozen=True, eq=False, slots=True)
class Band:
    """Points that an item earns if the condition is met."""

    points: Number
    node: Node


@dataclass(frozen=True, eq=False, slots=True)
class Item:
    """A line of a scorecard: the best band that is met, at least `otherwise`; or (each) the sum of those that are.

    Or the figure of the fact `points_of`, which somebody else has awarded.
    """

    id: str
    title: Text
    each: bool
    maximum: Number
    otherwise: Number
    bands: tuple[Band, ...]
    points_of: Fact | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Score:
    """A total or sub-total: the fact that it becomes, and the items that it adds up, in a world."""

    fact: Fact
    items: tuple[Item, ...]
    world: World = OURS


@dataclass(frozen=True, eq=False, slots=True)
class Criterion:
    """One cited requirement and the tree under it.

    `others` has the tree in each world that changes it. If it is the verdict of another rulebook, `parts` are the
    criteria of that.
    """

    words: CriterionWords
    gate: Gate
    others: Mapping[World, Gate] = field(default_factory=dict)
    parts: tuple[Criterion, ...] = ()

    @property
    def moved_by(self) -> World:
        """The other readings that it may hang on."""
        return OURS.union(*self.others, *(part.moved_by for part in self.parts))

    def in_world(self, world: World) -> Gate:
        """Give its tree if those readings hold."""
        return self.others.get(world & self.moved_by, self.gate)

    def gates(self) -> Iterator[Gate]:
        """Give its tree in every other world."""
        yield from self.others.values()
        for part in self.parts:
            yield from part.gates()


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """What is not as the text has it: the check with another figure, or else a criterion that does not decide.

    Or a `fact` of which firms that do not state it, or all of them if it is `instead`, are taken to state a `value`;
    where it is not `used`, that decides nothing.
    """

    id: str
    title: Text
    check: Check | None = None
    fact: Fact | None = None
    value: Known | None = None
    instead: bool = False
    used: bool = True


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One edition of the criteria, resolved against the vocabulary and its benchmark table.

    All criteria that decide must be met, unless `any_is_enough`. Of a ladder of reviews `reviewed` are the levels that
    are decided as such and might be decided otherwise as applied for anew, `taken_as_new` those the other way round.
    With `changes` it is a trial: what is `assumed` of blanks, what is taken `instead` of what a firm states. `members`
    are those that it is made of.
    """

    words: RulebookWords
    vocabulary: Vocabulary
    criteria: tuple[Criterion, ...]
    scores: tuple[Score, ...] = ()
    digest: str = ""
    any_is_enough: bool = False
    alternatives: tuple[Alternative, ...] = ()
    taken_as_new: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    assumed: Mapping[str, Known] = field(default_factory=dict)
    members: tuple[Rulebook, ...] = ()
    instead: Mapping[str, Known] = field(default_factory=dict)

    @cached_property
    def ours(self) -> Rulebook:
        """The same rulebook without the other readings."""
        if not self.alternatives:
            return self
        criteria = tuple(replace(one, others={}, parts=()) for one in self.criteria)
        scores = tuple(score for score in self.scores if not score.world)
        return replace(self, criteria=criteria, scores=scores, alternatives=())

    @cached_property
    def other_gates(self) -> tuple[Gate, ...]:
        """The trees of the criteria in all worlds but ours."""
        return tuple(gate for criterion in self.criteria for gate in criterion.gates())

    @property
    def id(self) -> str:
        """The rulebook's id."""
        return self.words.id

    @property
    def documents(self) -> tuple[str, ...]:
        """The number under which the text was published, if that is known; of a ladder those of all its texts."""
        texts = self.words.sources.values() if self.any_is_enough else [self.words.text]
        return tuple(dict.fromkeys(text.document for text in texts if text.document))

    @property
    def unsaid(self) -> str | None:
        """What a firm applies for that does not say: anew, unless the rules are for reviews only."""
        return "new" if "new" in self.words.applies_to else None

    @cached_property
    def taken(self) -> Mapping[str, Known]:
        """What is taken of a firm that does not state it: what it applies for, and what is assumed."""
        return {**({APPLICATION: self.unsaid} if self.unsaid else {}), **self.assumed}

    @property
    def asks_application(self) -> bool:
        """Whether a firm that does not say what it applies for might be decided otherwise by these rules if it did."""
        return self.unsaid is not None and APPLICATION in self.facts_used

    def reviews_differ(self, as_of: date) -> bool:
        """Whether a review may be decided otherwise on a day than by these rules as a new application."""
        return not self.words.applies("review", as_of) or APPLICATION in self.facts_used

    @cached_property
    def verdict_gate(self) -> Gate:
        """The whole rulebook as one node: all criteria that decide."""
        deciding = tuple(criterion.gate for criterion in self.criteria if criterion.words.decides)
        if self.any_is_enough:
            return Gate("verdict", "any_of", 1, deciding)
        return Gate("verdict", "all_of", len(deciding), deciding)

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """Every tree to evaluate, scorecards first: bands, then criteria, by our readings and by others."""
        items = {item.id: item for score in self.scores for item in score.items}
        bands = [band.node for item in items.values() for band in item.bands]
        return (*bands, *(criterion.gate for criterion in self.criteria), *self.other_gates, self.verdict_gate)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node once, children before their gate."""
        return tuple({node.id: node for root in self.roots for node in walk(root)}.values())

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every check once, in the order of the file."""
        return tuple(node for node in self.nodes if isinstance(node, Check))

    @cached_property
    def facts_behind(self) -> tuple[Fact, ...]:
        """Every fact that its outcome may depend on, given or derived, each before what it is made from."""
        points = [item.points_of.id for score in self.scores for item in score.items if item.points_of]
        return facts_behind(self.checks, self.vocabulary, points)

    @cached_property
    def facts_used(self) -> frozenset[str]:
        """The ids of the facts that a firm may state and its outcome may depend on."""
        return frozenset(fact.id for fact in self.facts_behind if fact.is_given)

    @cached_property
    def facts_read(self) -> frozenset[str]:
        """Those, what they are parts of, which a blank part cannot exceed, and parts of what is assumed of blanks."""
        facts = [fact for fact in self.facts_behind if fact.is_given]
        facts += (part for name in self.assumed for part in self.vocabulary.within.get(name, ()))
        return frozenset(one.id for fact in facts for one in (fact, *self.vocabulary.wholes_of(fact)))

    @cached_property
    def facts_told(self) -> frozenset[str]:
        """The facts of which a firm is told what is odd: what its outcome may depend on, and who it is and holds."""
        titles = titles_of(self.words.level, self.vocabulary)
        own = {*IDENTITY, APPLICATION, AREA, AS_OF, YEAR, *([titles.id] if titles else [])}
        own |= self.facts_read.union(fact.id for fact in self.facts_behind)
        return frozenset(own.union(*(one.facts_told for one in self.members)))


def facts_behind(checks: Iterable[Check], vocabulary: Vocabulary, others: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Give every fact that the outcomes of checks may depend on, and `others`, each with what it is made from."""
    used: dict[str, Fact] = {}
    several = tuple(checks)
    benchmarks = [check.right.table.by for check in several if isinstance(check.right, BenchmarkOf)]
    waiting = [name for check in several for name in _facts_of(check)] + benchmarks + list(others)
    while waiting:
        fact = vocabulary.get(waiting.pop())
        if fact is not None and fact.id not in used:
            used[fact.id] = fact
            waiting += fact.formula.names if fact.formula else (fact.lookup.by,) if fact.lookup else ()
    return tuple(used.values())


def is_of_part(check: Check) -> bool:
    """Say whether a check asks for how much of something that is part of a whole, in figures."""
    is_ordered = check.operator in ORDERED and isinstance(check.right, Threshold)
    return check.fact.part_of is not None and check.fact.is_numeric and is_ordered


def borrowed(node: Gate, prefix: str, source: Borrowed | None = None) -> Gate:
    """Give the tree with ids under `prefix`, and its checks marked with the criterion that they come from, if any."""
    return cast("Gate", _borrowed(node, prefix, source))


def _borrowed(node: Node, prefix: str, source: Borrowed | None) -> Node:
    if isinstance(node, Check):
        return replace(node, id=f"{prefix}.{node.id}", borrowed=node.borrowed or source)
    children = tuple(_borrowed(child, prefix, source) for child in node.children)
    guard = children[0] if node.guard else None
    return replace(node, id=f"{prefix}.{node.id}", children=children, guard=cast("Check | None", guard))


def places(rulebook: Rulebook) -> dict[str, str]:
    """Give the name of the column with the outcome of each node, by node id."""
    return {node.id: f"n{place}" for place, node in enumerate(rulebook.nodes)}


def walk(node: Node) -> Iterator[Node]:
    """Give the node's descendants and then the node itself."""
    if isinstance(node, Gate):
        for child in node.children:
            yield from walk(child)
    yield node


def _facts_of(check: Check) -> list[str]:
    return [check.fact.id, check.right.fact.id] if isinstance(check.right, FactOf) else [check.fact.id]
