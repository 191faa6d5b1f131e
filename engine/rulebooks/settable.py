"""Which figures of a rulebook may be set, by which names, and to what: the mistakes of whoever sets one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from engine.ground.errors import Problem, Text, did_you_mean, first_of, short, shown
from engine.ground.values import Number, Span
from engine.language.answer import answer
from engine.language.fact_hints import fact_named
from engine.language.facts import Kind
from engine.language.reading import Unreadable, accepted
from engine.language.yaml_file import Document
from engine.rulebooks.comparison import Comparisons
from engine.rulebooks.logic import (
    BenchmarkOf,
    Check,
    Criterion,
    FactOf,
    Gate,
    Item,
    Node,
    Rulebook,
    Threshold,
    walk,
)
from engine.rulebooks.marks import plain_title
from engine.rulebooks.rulebook import Operator, Parameter
from engine.rulebooks.worlds import Readings

_MOST_NAMED = 12
_A_FIGURE = Text("须是一个数", "must be one figure")
Owner = Criterion | Item
"""What a figure stands in: a criterion or a line of a scorecard."""


def figures_in(node: Node) -> tuple[Check, ...]:
    """Give the checks whose figure may be set by the name of a tree: not its guards, nor what it borrows."""
    if isinstance(node, Check):
        return (node,) if _may_be_set(node) else ()
    guards = {one.guard for one in walk(node) if isinstance(one, Gate)}
    leaves = [one for one in walk(node) if isinstance(one, Check) and one not in guards]
    return tuple(one for one in leaves if one.borrowed is None and _may_be_set(one))


def title_of(owner: Owner) -> Text:
    """Give the title that a criterion or a line has in its text, also in a trial."""
    return plain_title(owner.words.title if isinstance(owner, Criterion) else owner.title)


def names_of(owner: Owner) -> frozenset[str]:
    """Give what a criterion or a line may be called: its id, the last part of that, its titles."""
    own, title = owner.words.id if isinstance(owner, Criterion) else owner.id, title_of(owner)
    return frozenset({own, own.rpartition(".")[2], title.zh, title.en})


class Settable:
    """The figures of a rulebook by our readings, and what was wrong with how they were asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        items = {item.id: item for score in rulebook.scores if not score.world for item in score.items}
        self.problems: list[Problem] = []
        self._book = rulebook
        self.trees: list[tuple[Owner, Node]] = [(one, one.gate) for one in rulebook.criteria]
        self.trees += [(item, band.node) for item in items.values() for band in item.bands]

    @cached_property
    def names(self) -> list[str]:
        """The names under which figures can be set: of a criterion with one its own."""
        return [*(name for name, _ in self._figures), *self._book.words.parameters]

    @cached_property
    def _figures(self) -> list[tuple[str, Check]]:
        found: list[tuple[str, Check]] = []
        for owner, tree in self.trees:
            own = figures_in(tree)
            if isinstance(owner, Criterion) and len(own) == 1:
                found.append((owner.words.id, own[0]))
            else:
                found += [(one.id, one) for one in own]
        return found

    def knows(self, name: str) -> bool:
        """Say whether a criterion, a check, a line or a parameter goes by a name, whether it may be set or not."""
        return bool(self._named(name) or self._parameters(name))

    def meant(self, name: str) -> list[tuple[Owner, Check]]:
        """Give the check of a name with what it stands in; all that use a parameter; none, which is noted."""
        named = self._named(name)
        found = [(owner, one) for owner, node in named for one in figures_in(node)]
        if len(found) == 1:
            return found
        called = self._parameters(name)
        using = [(owner, one) for owner, tree in self.trees for one in walk(tree) if _uses(one, called)]
        asking = None if using or found or named else self.asking(name)
        if asking is not None:
            self.problems.append(is_a_fact(name, asking))
        elif not using:
            what, instead = self._not_meant(name, [one for _, one in found], is_known=bool(named))
            self.note("set", what, instead, name)
        return [(owner, one) for owner, one in using if isinstance(one, Check)]

    def _named(self, name: str) -> list[tuple[Owner, Node]]:
        found = [
            (owner, one) for owner, tree in self.trees for one in walk(tree) if name in {one.id, _short(owner, one)}
        ]
        return found or [(owner, tree) for owner, tree in self.trees if name in names_of(owner)]

    def _parameters(self, name: str) -> list[Parameter]:
        parameters = self._book.words.parameters.items()
        return [one for key, one in parameters if name in {key, one.title.zh, one.title.en}]

    def _not_meant(self, name: str, several: list[Check], *, is_known: bool) -> tuple[Text, Text]:
        """Say why a name means no figure, and which may be meant."""
        if several:
            zh = "、".join(f"{one.id}（{one.fact.title.zh} {_typed(one)}）" for one in several)
            en = ", ".join(f"{one.id} ({one.fact.title.en} {_typed(one)})" for one in several)
            return Text("有几个数值", "has several figures"), Text(f"请写明是哪一个：{zh}。", f"Say which: {en}.")
        named = first_of(self.names, _MOST_NAMED)
        listed = Text(f"可改的如：{'、'.join(named)}。", f"Those that can be set are, for example: {', '.join(named)}.")
        if is_known:
            return Text("没有可以改的数值", "has no figure that can be set"), listed
        near = [*self.names, *(key for owner, _ in self.trees for key in names_of(owner))]
        return Text("没有这个数值", "is no figure of this rulebook"), did_you_mean(name, near) or listed

    def asking(self, name: str) -> list[str] | None:
        """Give the names of the figures that ask for a fact, or what is computed from it; None of no fact's name."""
        fact = fact_named(name, {one.id: one for one in self._book.facts_behind})
        behind = self._book.vocabulary.stated_behind
        return None if fact is None else [key for key, one in self._figures if fact in (one.fact, *behind(one.fact))]

    def figure(self, check: Check, name: str, written: str) -> Threshold | None:
        """Give the figure that is written for a check, or None and a note, as a rulebook file would have it."""
        document = Document("set")
        comparisons = Comparisons({}, Readings(document), document, self._book.vocabulary)
        comparisons.most_points = {one.fact.id: sum(item.maximum for item in one.items) for one in self._book.scores}
        right = comparisons.instead(check, written, ())
        problems = [(one.what, one.instead) for one in document.problems]
        try:
            if isinstance(answer(check.fact, written), Span):
                problems = [(_A_FIGURE, accepted(check.fact))]
        except Unreadable as error:
            problems = [(error.what, error.instead)]
        for what, instead in problems:
            self.note("set", what, instead, f"{name}={written}")
        return None if problems else right

    def note(self, option: str, what: Text, instead: Text | None, value: str) -> None:
        """Note a mistake once."""
        problem = Problem(option, what, instead, short(shown(value)))
        if problem not in self.problems:
            self.problems.append(problem)


def is_a_fact(name: str, asking: Sequence[str]) -> Problem:
    """Say of the name of a fact what is to be written: for it, or for the figures that are `asking` for it."""
    zh, en = f"试企业的数：--change {name}=…", f"For the firm's own figure: --change {name}=…"
    if asking:
        named, etc = asking[:_MOST_NAMED], "等" if len(asking) > _MOST_NAMED else ""
        zh += f"；试门槛，写用到它的条件：{'、'.join(named)}{etc}"
        en += f"; for a threshold the criterion that rests on it: {', '.join(named)}"
    what = Text("是企业的指标，不是条件的数值", "is a fact of firms, and no figure of a criterion")
    return Problem("set", what, Text(f"{zh}。", f"{en}."), short(shown(name)))


def _short(owner: Owner, node: Node) -> str:
    """Give the id of a node without that of the scorecard and its group."""
    return node.id if isinstance(owner, Criterion) else node.id.removeprefix(f"{owner.id.rpartition('.')[0]}.")


def _may_be_set(check: Check) -> bool:
    is_order = check.fact.is_numeric or check.fact.kind is Kind.DATE
    return is_order and check.operator is not Operator.GIVEN and isinstance(check.right, Threshold | BenchmarkOf)


def parameter_of(check: Check) -> Parameter | None:
    """Give the parameter that is the figure of a check, if one is."""
    return None if isinstance(check.right, FactOf) else check.right.parameter


def _uses(node: Node, parameters: list[Parameter]) -> bool:
    return isinstance(node, Check) and _may_be_set(node) and any(parameter_of(node) is one for one in parameters)


def _typed(check: Check) -> str:
    """Give a figure as it may be typed, in the fact's own unit."""
    value = check.right.value if isinstance(check.right, Threshold) else ""
    return f"{float(value):.15g}" if isinstance(value, Number) else str(value)
