"""What is to be remarked of a sound rulebook: it may be meant so, and is often a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from engine.ground.errors import Problem, Text
from engine.ground.values import Number
from engine.language.facts import Fact, half_width
from engine.rulebooks.logic import Band, Check, Criterion, Node, Rulebook, Threshold, walk
from engine.rulebooks.quoted_figures import figures_in
from engine.rulebooks.rulebook import Operator

_WHOLE, _NEARLY = 100, 20
_AT_LEAST, _AT_MOST = (Operator.AT_LEAST, Operator.MORE_THAN), (Operator.AT_MOST, Operator.LESS_THAN)


def remarks(rulebook: Rulebook) -> list[Problem]:
    """Give all: figures left behind, odd totals, bands never reached, figures that no quote has, sources not cited."""
    several = (
        _left_behind(rulebook),
        _odd_total(rulebook),
        _never_reached(rulebook),
        _not_quoted(rulebook),
        _never_cited(rulebook),
    )
    return list(dict.fromkeys(one for found in several for one in found))


def _left_behind(rulebook: Rulebook) -> Iterator[Problem]:
    """Give the other readings that repeat the figure of a parameter for its fact: moving it would leave them behind."""
    ours = [node for criterion in rulebook.criteria for node in walk(criterion.gate)]
    named = {key: name for key, name in map(_figure, ours) if name}
    fixed = {key for key, name in map(_figure, ours) if not name}
    for criterion in rulebook.criteria:
        for key, name in (_figure(node) for gate in criterion.others.values() for node in walk(gate)):
            if key is not None and not name and key in named and key not in fixed:
                what = Text(
                    f"另一种读法重复了参数 {named[key]} 的数，改参数时不会跟着变",
                    f"another reading repeats the figure of {named[key]} and stays when that is moved",
                )
                instead = Text(
                    f"请写 {{parameter: {named[key]}}}，除非这个数本来就不该变。",
                    f"Write {{parameter: {named[key]}}}, unless it is to stay.",
                )
                yield Problem(f"{rulebook.id}: {criterion.words.id}", what, instead)


def _figure(node: Node) -> tuple[tuple[str, Number] | None, str]:
    """Give the fact and the figure that a check compares, if that is a fixed number, and the parameter it is from."""
    if not isinstance(node, Check) or not isinstance(node.right, Threshold) or not node.fact.is_numeric:
        return None, ""
    value = node.right.value
    return ((node.fact.id, value), node.right.name) if isinstance(value, int | Fraction) else (None, "")


def _odd_total(rulebook: Rulebook) -> Iterator[Problem]:
    """Give the scorecards that come to nearly 100 points and do not say that this is right."""
    for card in rulebook.words.scorecards:
        if card.total is None and card.most != _WHOLE and abs(card.most - _WHOLE) <= _NEARLY:
            most = f"{float(card.most):.15g}"
            what = Text(f"各项满分之和是 {most} 分，不是 100 分", f"its lines come to {most} points, not 100")
            instead = Text(
                f"请核对各项满分；确实如此的，写 total: {most}。", f"Check them; if it is right, write `total: {most}`."
            )
            yield Problem(f"{rulebook.id}: {card.id}", what, instead)


def _never_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """Give the bands that whoever meets them earns as much without: another of the same fact asks less."""
    for item in {item.id: item for score in rulebook.ours.scores for item in score.items}.values():
        for place, band in enumerate(item.bands):
            beside = [one for one in item.bands if one is not band and one.points >= band.points]
            if not item.each and any(_implies(band, one) for one in beside):
                what = Text(f"第 {place + 1} 档永远用不到", f"band {place + 1} never counts")
                instead = Text(
                    "另一档要求更低而分数不少：请核对各档的分数和界限。",
                    "Another one asks less for as many points: check the points and limits of the bands.",
                )
                yield Problem(f"{rulebook.id}: {item.id}", what, instead)


def _implies(one: Band, other: Band) -> bool:
    """Say whether whoever meets one band meets another, which compares the same fact."""
    (key, _), (theirs, _) = _figure(one.node), _figure(other.node)
    if key is None or theirs is None or key[0] != theirs[0]:
        return False
    stricter, words = key[1] - theirs[1], [band.node.operator for band in (one, other) if isinstance(band.node, Check)]
    for group, sign in ((_AT_LEAST, 1), (_AT_MOST, -1)):
        if all(word in group for word in words):
            return stricter * sign > 0 or (stricter == 0 and group.index(words[0]) >= group.index(words[1]))
    return False


def _not_quoted(rulebook: Rulebook) -> Iterator[Problem]:
    """Give the thresholds that are no figure of the quote, nor of the reading that would say why."""
    for criterion in rulebook.criteria:
        for figure, fact, quote, readings in dict.fromkeys(_own_figures(criterion)):
            if re.search("[0-9]", quote) and figure not in figures_in(f"{quote} {readings}", fact.kind):
                what = Text("引文里没有这个数", "does not stand in the quote")
                instead = Text(
                    "请与原文核对；确实如此的，在 reading 中写明这个数和原因。",
                    "Compare it with the text; if it is right, name it in `reading`, and say why.",
                )
                yield Problem(
                    f"{rulebook.id}: {criterion.words.id}", what, instead, f"{float(figure):.15g}{fact.unit.zh}"
                )


def _own_figures(criterion: Criterion) -> Iterator[tuple[Fraction, Fact, str, str]]:
    """Give the figures that a criterion compares with, each with its fact, the quote that it is from, the readings."""
    for node in walk(criterion.gate):
        key, _ = _figure(node)
        if not isinstance(node, Check) or node.borrowed or key is None or not key[1]:
            continue
        parameter = node.right.parameter if isinstance(node.right, Threshold) else None
        quote = (parameter.quote if parameter else None) or criterion.words.quote or ""
        readings = (criterion.words.reading, parameter.reading if parameter else None)
        yield Fraction(key[1]), node.fact, half_width(quote), half_width(" ".join(one.zh for one in readings if one))


def _never_cited(rulebook: Rulebook) -> Iterator[Problem]:
    """Give the sources, but the text itself, that nothing in the rulebook cites."""
    words = rulebook.words
    cites = [
        *(one.cite for one in words.criteria),
        *(one.cite for one in words.scorecards),
        *(one.cite for one in words.parameters.values()),
        *([words.benchmarks.cite] if words.benchmarks else []),
    ]
    cited = {cite.source for cite in cites}
    for name in [*words.sources][1:]:
        if name not in cited and words.sources[name].note is None:
            instead = Text("请删去，或在 note 写明为什么列出。", "Leave it out, or say in `note` why it is listed.")
            yield Problem(f"{rulebook.id}: sources.{name}", Text("没有一处引用它", "is cited nowhere"), instead)
