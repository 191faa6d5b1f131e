"""From the words of a rulebook to its logic: conditions to gates and checks, scorecards to scores, ids for all of them.

Every problem is noted at its place in the file; nothing is returned unless there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from engine.ground.errors import RulebookError, Text, did_you_mean
from engine.language.facts import Fact, Kind, Vocabulary
from engine.language.yaml_file import Document, Place
from engine.rulebooks import rulebook as words
from engine.rulebooks.benchmark import read_table
from engine.rulebooks.comparison import Comparisons
from engine.rulebooks.digest import digest
from engine.rulebooks.hanging import MOST_WORLDS, conjunction
from engine.rulebooks.logic import (
    OURS,
    Band,
    Borrowed,
    Check,
    Criterion,
    Gate,
    Item,
    Node,
    Rulebook,
    Score,
    Threshold,
    World,
    borrowed,
    walk,
)
from engine.rulebooks.rulebook import Operator
from engine.rulebooks.sharing import Shared
from engine.rulebooks.worlds import Readings

OPPOSITE = {
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.EQUALS: Operator.DIFFERS_FROM,
    Operator.ONE_OF: Operator.NONE_OF,
    Operator.CONTAINS: Operator.LACKS,
}
OPPOSITE |= {opposite: operator for operator, opposite in OPPOSITE.items()}
_POINTS = Text(zh="分", en="points")
_MOST_CRITERIA, _MOST_PARTS, _MOST_CHECKS = 300, 201, 1_000
_SPLIT = Text(
    "请分成几份规则，或用 one_of 合并同类比较。", "Make several rulebooks of it, or join comparisons by one_of."
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"(?<![\w./])[A-Za-z]?[a-z]{3,}(?![\w./])")
_NO_PARAPHRASE = Text(
    "转述写进 reading 或 reason；原文未见的，条件写 words: not at hand。外文文件在 sources 写 language: en。",
    "A paraphrase is no quote: `reading`, `reason`, `words: not at hand`. A source in English has `language: en`.",
)
_ADD_FACT = Text("请在该项或该档写明 fact。", "Write `fact` at the item or at the band.")


def resolve(
    rulebook: words.RulebookWords,
    document: Document,
    vocabulary: Vocabulary,
    benchmarks: Path,
    other: Callable[[str], Rulebook],
) -> Rulebook:
    """Give the logic of `rulebook`; `other` gives one that it refers to. Raises RulebookError with all problems."""
    result = _Resolver(rulebook, document, vocabulary, benchmarks, other).rulebook()
    document.raise_problems()
    return result


class _Resolver:
    def __init__(
        self,
        rulebook: words.RulebookWords,
        document: Document,
        vocabulary: Vocabulary,
        benchmarks: Path,
        other: Callable[[str], Rulebook],
    ) -> None:
        self._words = rulebook
        self._document = document
        self._vocabulary = vocabulary
        self._other = other
        spec = rulebook.benchmarks
        self._table = read_table(spec, benchmarks, vocabulary, document) if spec else None
        self._readings = Readings(document)
        self._title = rulebook.title
        self._comparisons = Comparisons(rulebook.parameters, self._readings, document, vocabulary, self._table)
        self._includes: dict[str, Rulebook] = {}

    def rulebook(self) -> Rulebook:
        """Resolve everything, scorecards first because criteria refer to them."""
        self._check_frame()
        scores = [score for index, card in enumerate(self._words.scorecards) for score in self._scorecard(index, card)]
        criteria = tuple(self._criterion(index, criterion) for index, criterion in enumerate(self._words.criteria))
        self._check_node_ids(scores, criteria)
        self._check_readings(criteria)
        for name in self._words.parameters:
            if name not in self._comparisons.parameters_used and not self._document.left_out:
                self._report(("parameters", name), "没有条件用到这个参数", "no criterion uses this parameter")
        rulebook = Rulebook(
            self._words, self._vocabulary, criteria, tuple(scores), alternatives=self._readings.alternatives
        )
        self._check_size(rulebook)
        return replace(rulebook, digest=digest(self._document.data, rulebook, self._table, self._includes.values()))

    def _check_size(self, rulebook: Rulebook) -> None:
        """Note what is more than every evaluator can take."""
        if (count := len(rulebook.criteria)) > _MOST_CRITERIA:
            what = f"有 {count} 项条件，多于 {_MOST_CRITERIA} 项", f"has {count} criteria, more than {_MOST_CRITERIA}"
            self._report(("criteria",), *what, instead=_SPLIT)
        if (count := len(rulebook.checks)) > _MOST_CHECKS:
            what = f"有 {count} 个比较，多于 {_MOST_CHECKS} 个", f"has {count} comparisons, more than {_MOST_CHECKS}"
            self._report(("criteria",), *what, instead=_SPLIT)
        for index, criterion in enumerate(rulebook.criteria):
            widest = max(len(node.children) for node in walk(criterion.gate) if isinstance(node, Gate))
            if widest > _MOST_PARTS:
                what = (
                    f"一层有 {widest} 项，多于 {_MOST_PARTS} 项",
                    f"has {widest} parts in one, more than {_MOST_PARTS}",
                )
                self._report(("criteria", index, "require"), *what, instead=_SPLIT)

    def _check_node_ids(self, scores: list[Score], criteria: tuple[Criterion, ...]) -> None:
        """Note ids that would mean two things: a criterion called like the verdict, or like a line of a scorecard."""
        bands = {item.id: band.node for score in scores for item in score.items for band in item.bands}
        seen = {"verdict", *(node.id for band in bands.values() for node in walk(band))}
        ids = [criterion.words.id for criterion in criteria]
        for index, criterion in enumerate(criteria):
            for node in walk(criterion.gate):
                if criterion.words.id in ids[:index]:  # which is told by itself
                    break
                if node.id in seen:
                    what = f"id“{node.id}”已有他用", f"the id “{node.id}” already means something else"
                    self._report(("criteria", index, "id"), *what)
                    break
                seen.add(node.id)

    def _check_readings(self, criteria: tuple[Criterion, ...]) -> None:
        """Note readings that come to too many worlds together."""
        if conjunction(criteria, self._readings.alternatives) is None:
            zh = f"互相牵连的读法超过 {MOST_WORLDS} 种组合"
            en = f"readings that criteria share come to more than {MOST_WORLDS} combinations"
            self._report(("criteria",), zh, en)

    def _check_frame(self) -> None:
        """Note what is wrong with dates, citations and ids."""
        book = self._words
        if book.in_force.to is not None and book.in_force.to < book.in_force.from_:
            self._report(("in_force", "to"), "最后一天早于第一天", "the last day is before the first")
        if not self._document.left_out and not any(criterion.decides for criterion in book.criteria):
            self._report(("criteria",), "没有任何起决定作用的条件", "no criterion decides")
        cites: list[tuple[Place, words.Cite]] = [
            *((("parameters", name, "cite"), parameter.cite) for name, parameter in book.parameters.items()),
            *((("scorecards", index, "cite"), card.cite) for index, card in enumerate(book.scorecards)),
            *((("criteria", index, "cite"), criterion.cite) for index, criterion in enumerate(book.criteria)),
        ]
        if book.benchmarks:
            cites.append((("benchmarks", "cite"), book.benchmarks.cite))
        for place, cite in cites:
            if cite.source not in book.sources:
                what = f"依据文件“{cite.source}”未列出", f"the source “{cite.source}” is not listed"
                self._report((*place, "source"), *what, instead=did_you_mean(cite.source, book.sources))
        self._unique(("criteria",), [criterion.id for criterion in book.criteria])
        self._check_quotes()

    def _check_quotes(self) -> None:
        """Note quotes of a Chinese text that are in other words than Chinese ones: paraphrases and translations."""
        book = self._words
        quotes: list[tuple[Place, str | None, str]] = [
            *((("parameters", name), one.quote, one.cite.source) for name, one in book.parameters.items()),
            *((("criteria", index), one.quote, one.cite.source) for index, one in enumerate(book.criteria)),
            *(
                (("scorecards", c, "groups", g, "items", i), item.quote, card.cite.source)
                for c, card in enumerate(book.scorecards)
                for g, group in enumerate(card.groups)
                for i, item in enumerate(group.items)
            ),
            *((("open_questions", index), one.quote, "") for index, one in enumerate(book.open_questions)),
        ]
        for place, quote, source in quotes:
            is_chinese = source not in book.sources or book.sources[source].language == "zh"
            if quote is not None and is_chinese and (not _CHINESE.search(quote) or _LATIN_WORD.search(quote)):
                what = Text("引文不是中文原文", "is not in the words of a Chinese text")
                self._document.report((*place, "quote"), what, _NO_PARAPHRASE)

    # --- criteria and conditions

    def _criterion(self, index: int, criterion: words.CriterionWords) -> Criterion:
        """Give a criterion by our readings, and as it is in every world that changes it."""
        gates, known = self._readings.in_worlds(("criteria", index), lambda: self._gate(index, criterion)), Shared()
        gates = {world: cast("Gate", known.node(gate, gate.id)) for world, gate in gates.items()}
        return Criterion(criterion, gates.pop(OURS), gates)

    def _gate(self, index: int, criterion: words.CriterionWords) -> Gate:
        """Give the tree of a criterion in the world that holds."""
        place: Place = ("criteria", index)
        self._title, gate_id = criterion.title, self._readings.id_in_world(criterion.id)
        chosen = self._readings.chosen(place, criterion.id, criterion.title, criterion.otherwise)
        written = criterion if chosen is None else criterion.otherwise[chosen]
        at = place if chosen is None else (*place, "otherwise", chosen)
        if written.require is None:
            return Gate(gate_id, "all_of", 0, ())
        node = self._node(written.require, (*at, "require"), gate_id, is_root=True)
        gate = node if isinstance(node, Gate) and node.id == gate_id else Gate(gate_id, "all_of", 1, (node,))
        if written.when is None:
            return gate
        guard = self._guard(written.when, (*at, "when"), gate_id)
        if gate.need == 1:  # “unless, or this, or that” is one gate
            return Gate(gate_id, "any_of", 1, (guard, *gate.children), guard)
        rest = replace(gate, id=f"{gate_id}.require")
        return Gate(gate_id, "any_of", 1, (guard, rest), guard)

    def _guard(self, when: words.CheckWords, place: Place, criterion_id: str) -> Check:
        """Give the opposite of `when`: if it is met, the criterion does not apply."""
        if when.otherwise:
            self._report(place, "when 不能另有读法", "`when` has no other readings: put them at the criterion")
        check = self._comparisons.check(when, place, f"{criterion_id}.when")
        if check.operator is Operator.GIVEN and isinstance(check.right, Threshold):
            return replace(check, right=Threshold(not check.right.value))
        return replace(check, operator=OPPOSITE[check.operator])

    def _node(self, condition: words.Condition, place: Place, node_id: str, *, is_root: bool = False) -> Node:
        match condition:
            case words.CheckWords():
                return self._check(condition, place, f"{node_id}.1" if is_root else node_id)
            case words.OtherRulebook():
                return self._include(condition.rulebook, place, node_id)
            case words.AllOf(all_of=parts):
                return Gate(node_id, "all_of", len(parts), self._nodes(parts, (*place, "all_of"), node_id))
            case words.AnyOf(any_of=parts):
                return Gate(node_id, "any_of", 1, self._nodes(parts, (*place, "any_of"), node_id))
            case words.SomeOf(of=parts, at_least=need):
                return Gate(node_id, "at_least", need, self._nodes(parts, (*place, "of"), node_id))

    def _check(self, check: words.CheckWords, place: Place, node_id: str) -> Node:
        """Give a check, or what stands for it in the world that holds."""
        chosen = self._readings.chosen(place, node_id, self._title, check.otherwise)
        if chosen is None:
            return self._comparisons.check(check, place, node_id)
        return self._instead(check.otherwise[chosen], (*place, "otherwise", chosen), node_id)

    def _instead(self, other: words.Otherwise, place: Place, node_id: str) -> Node:
        """Give what another reading requires."""
        if other.require is None:
            return Gate(node_id, "all_of", 0, ())
        return self._node(other.require, (*place, "require"), node_id)

    def _nodes(self, parts: tuple[words.Condition, ...], place: Place, node_id: str) -> tuple[Node, ...]:
        return tuple(self._node(part, (*place, i), f"{node_id}.{i + 1}") for i, part in enumerate(parts))

    def _include(self, rulebook_id: str, place: Place, node_id: str) -> Gate:
        """Give the verdict of another rulebook as a gate of its criteria."""
        try:
            included = self._other(rulebook_id)
        except RulebookError as error:
            for problem in error.problems:
                if problem.where:  # it stands in the other file
                    self._document.problems.append(problem)
                else:
                    self._document.report(place, problem.what, problem.instead, problem.value)
            return Gate(node_id, "all_of", 1, ())
        if included.scores:
            self._report(place, "不能引用带评分表的规则", "a rulebook with a scorecard cannot be included")
        self._includes[rulebook_id] = included
        world = self._readings.included(included)
        gates = tuple(
            borrowed(criterion.in_world(world), node_id, Borrowed(rulebook_id, criterion.words, of.title, of.document))
            for criterion in included.criteria
            if criterion.words.decides and (of := included.words.sources[criterion.words.cite.source])
        )
        return Gate(node_id, "all_of", len(gates), gates)

    # --- scorecards

    def _scorecard(self, index: int, card: words.Scorecard) -> Iterable[Score]:
        place: Place = ("scorecards", index)
        self._unique((*place, "groups"), [group.id for group in card.groups])
        everything: list[dict[World, Item]] = []
        for g, group in enumerate(card.groups):
            at = (*place, "groups", g)
            self._unique((*at, "items"), [item.id for item in group.items])
            items = [
                self._in_worlds(item, (*at, "items", i), f"{card.id}.{group.id}.{item.id}")
                for i, item in enumerate(group.items)
            ]
            everything += items
            yield from self._as_scores(f"{card.id}.{group.id}", group.title, items, at)
        yield from self._as_scores(card.id, card.title, everything, place)

    def _in_worlds(self, item: words.Item, place: Place, item_id: str) -> dict[World, Item]:
        """Give an item by our readings, and as it is in every world that changes it."""
        items, known = self._readings.in_worlds(place, lambda: self._item(item, place, item_id)), Shared()
        return {
            world: replace(one, bands=tuple(replace(band, node=known.node(band.node, one.id)) for band in one.bands))
            for world, one in items.items()
        }

    def _as_scores(self, score_id: str, title: Text, items: list[dict[World, Item]], place: Place) -> Iterator[Score]:
        """Give the score by our readings, and as it is in every world that changes one of its items."""
        if score_id in self._comparisons.scores or score_id in self._vocabulary:
            self._report((*place, "id"), f"“{score_id}”已被使用", f"the id “{score_id}” is taken")

        def score() -> Score:
            chosen = tuple(several[self._readings.among(several)] for several in items)
            fact = Fact(id=self._readings.id_in_world(score_id), title=title, kind=Kind.NUMBER, unit_words=_POINTS)
            return Score(fact, chosen, self._readings.world)

        scores = self._readings.in_worlds(place, score)
        self._comparisons.scores[score_id] = {world: one.fact for world, one in scores.items()}
        for one in scores.values():
            self._comparisons.most_points[one.fact.id] = sum(item.maximum for item in one.items)
        yield from scores.values()

    def _item(self, item: words.Item, place: Place, written_id: str) -> Item:
        bands = []
        self._title, item_id = item.title, self._readings.id_in_world(written_id)
        points_of = self._comparisons.points_fact(item.points_of, (*place, "points_of")) if item.points_of else None
        for b, band in enumerate(item.bands):
            at: Place = (*place, "bands", b)
            if band.when is None and band.fact is None and item.fact is None:
                self._document.report(at, Text("未写明指标", "no fact is named"), _ADD_FACT)
                continue
            node_id = f"{item_id}.{b + 1}"
            chosen = self._readings.chosen(at, f"{written_id}.{b + 1}", item.title, band.otherwise)
            if chosen is not None:
                node = self._instead(band.otherwise[chosen], (*at, "otherwise", chosen), node_id)
            elif band.when is not None:
                node = self._node(band.when, (*at, "when"), node_id)
            else:
                node = self._comparisons.check(band, at, node_id, fact=item.fact)
            if any(isinstance(leaf, Check) and leaf.fact.id in self._comparisons.most_points for leaf in walk(node)):
                self._report(at, "评分项不能再用评分", "a band cannot depend on a score")
            bands.append(Band(band.points, node))
        return Item(item_id, item.title, item.count == "each", item.max, item.otherwise, tuple(bands), points_of)

    def _unique(self, place: Place, ids: list[str]) -> None:
        for index, name in enumerate(ids):
            if name in ids[:index]:
                self._report((*place, index, "id"), f"id“{name}”重复", f"the id “{name}” stands twice")

    def _report(self, place: Place, zh: str, en: str, instead: Text | None = None) -> None:
        self._document.report(place, Text(zh, en), instead)
