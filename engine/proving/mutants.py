"""Rules changed in one word or figure each, to see whether a case notices: what none notices no case holds fast.

A change that no firm was found to be decided otherwise by is none: at rank 1 “equals” and “at most” are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from random import Random

from engine.deciding.reference import Outcomes, decide, evaluated, points
from engine.explaining.verdict import STANDING_OF, figure
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, tally
from engine.ground.values import Known
from engine.language.facts import WHOLE
from engine.proving.case_file import Case, Cases, ItemCase, figures_of, name_of
from engine.proving.coverage import Counted
from engine.proving.edges import Firm, number
from engine.proving.firms import near
from engine.proving.search import moves_of
from engine.proving.shown import Part, parts_of
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Check, Criterion, Gate, Item, Node, Rulebook, Threshold, walk
from engine.rulebooks.resolve import OPPOSITE
from engine.rulebooks.rulebook import Operator

_STRICTER = {
    Operator.AT_LEAST: Operator.MORE_THAN,
    Operator.MORE_THAN: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.AT_MOST,
}
_TRIES = 2000
_SHARE = Fraction(1, 100)


@dataclass(frozen=True)
class Mutant:
    """A part of a rulebook, changed in one place; or as it is by another reading, changed there."""

    part: Part
    change: Text
    reading: str = ""


@dataclass(frozen=True)
class Survivor:
    """A change that no case notices, and a firm that is decided otherwise by it."""

    mutant: Mutant
    firm: Firm


@dataclass(frozen=True)
class _Tried:
    """A case with its figures and all outcomes by the rules as they are."""

    case: Case | ItemCase
    figures: Figures
    outcomes: Outcomes


def survivors(catalog: Catalog, rulebook: Rulebook, cases: Cases, base: Firm) -> tuple[list[Survivor], Counted]:
    """Give the changes that no case notices, and how many are noticed of those that a firm was found to tell apart.

    Those of which the file says why no case need notice them are in neither.
    """
    as_of = cases.file.as_of
    tried: list[_Tried] = []
    for case, _ in cases.named():
        figures = figures_of(catalog, rulebook, cases.facts(case), as_of)
        tried.append(_Tried(case, figures, decide(rulebook, figures)))
    explained = {(one.criterion, one.change) for one in cases.file.unnoticed}
    found, count = [], 0  # of those that are noticed
    for part in parts_of(rulebook):
        firms: list[tuple[Figures, Outcomes]] = []
        for mutant in mutants(part):
            before = Part(part.id, part.others[mutant.reading]) if mutant.reading else part
            if {(part.id, mutant.change.zh), (part.id, mutant.change.en)} & explained:
                continue
            if noticed(rulebook, mutant, tried):
                count += 1
                continue
            firms = firms or _figures_near(rulebook, part, base, as_of)
            apart = (
                one
                for one in firms
                if _said(rulebook, mutant, *one) != _said(rulebook, replace(mutant, part=before), *one)
            )
            told = next((figures.stated for figures, _ in apart), None)
            if told is not None:
                found.append(Survivor(mutant, told))
    return found, Counted(count, count + len(found))


def noticed(rulebook: Rulebook, mutant: Mutant, tried: Sequence[_Tried]) -> bool:
    """Say whether any case comes out otherwise than it expects: its own criterion or line, points, or the verdict.

    By another reading only cases notice that say what it comes to by that.
    """
    for one in tried:
        if name_of(one.case) == mutant.part.id:
            ours = one.case.expect if isinstance(one.case, Case) else one.case.expect_points
            expected = one.case.otherwise.get(mutant.reading) if mutant.reading else ours
            if expected is not None and _outcome(mutant.part, one.figures) != expected:
                return True
    criterion = mutant.part.of
    if mutant.reading or isinstance(criterion, Item):
        return False
    return any(_is_otherwise(rulebook, criterion, one) for one in tried)


def _is_otherwise(rulebook: Rulebook, criterion: Criterion, one: _Tried) -> bool:
    """Say whether a case has another verdict than it expects if the criterion is the changed one."""
    if not isinstance(one.case, Case) or one.case.verdict is None:
        return False
    return STANDING_OF[_verdict(rulebook, criterion, one.figures, one.outcomes)] is not one.case.verdict


def _verdict(rulebook: Rulebook, criterion: Criterion, figures: Figures, outcomes: Outcomes) -> Outcome:
    """Give the verdict if the criterion of that id is this one."""
    changed = [criterion if of.words.id == criterion.words.id else of for of in rulebook.criteria]
    outcome = evaluated(criterion.gate, figures)[criterion.gate.id]
    said = [outcome if of is criterion else outcomes[of.gate.id] for of in changed if of.words.decides]
    return tally(len(said), said)


def _figures_near(rulebook: Rulebook, part: Part, base: Firm, as_of: date) -> list[tuple[Figures, Outcomes]]:
    """Give the figures of firms near the base, all scores added up, and their outcomes."""
    found = []
    for firm in near(rulebook.vocabulary, [base], moves_of(rulebook, part, as_of, base), Random(part.id), _TRIES):
        figures = Figures(rulebook.vocabulary, firm, as_of)
        found.append((figures, decide(rulebook, figures)))
    return found


def _said(rulebook: Rulebook, mutant: Mutant, figures: Figures, outcomes: Outcomes) -> object:
    of, outcome = mutant.part.of, _outcome(mutant.part, figures)
    if isinstance(of, Item) or mutant.reading:
        return outcome
    return outcome, _verdict(rulebook, of, figures, outcomes)


def _outcome(part: Part, figures: Figures) -> str:
    """Give what a criterion comes to, or the points of a line, as cases write them."""
    if isinstance(part.of, Criterion):
        return evaluated(part.of.gate, figures)[part.of.gate.id]
    outcomes: Outcomes = {}
    for band in part.of.bands:
        outcomes |= evaluated(band.node, figures)
    return " to ".join(dict.fromkeys(str(figure(end)) for end in points(part.of, figures, outcomes)))


def mutants(part: Part) -> Iterator[Mutant]:
    """Give the part with each of its words and figures changed by itself; then as other readings have it."""
    if isinstance(part.of, Criterion):
        words = part.of.words
        other = "no" if words.decides else "yes"
        flipped = replace(part.of, words=words.model_copy(update={"decides": not words.decides}))
        yield Mutant(Part(part.id, flipped), Text(f"decides 改为 {other}", f"decides changed to {other}"))
        yield from (Mutant(Part(part.id, new), change) for new, change in _trees(part.of))
    else:
        yield from (Mutant(Part(part.id, new), change) for new, change in _items(part.of))
    for reading, one in part.others.items():
        for new, change in _trees(one, _not_its_own(part, reading)):
            said = Text(f"按读法 {reading}，{change.zh}", f"by the reading {reading}, {change.en}")
            yield Mutant(Part(part.id, new), said, reading)


def _not_its_own(part: Part, reading: str) -> frozenset[str]:
    """Give the nodes that a reading has of ours: none if it says anew all that the criterion requires."""
    of, ours = part.of, frozenset(node.id for tree in part.nodes for node in walk(tree))
    if isinstance(of, Item):
        return ours
    anew = (one.id or of.words.id + (f"/{n}" if n > 1 else "") for n, one in enumerate(of.words.otherwise, 1))
    return frozenset() if reading in anew else ours


def _trees(of: Criterion | Item, kept: frozenset[str] = frozenset()) -> Iterator[tuple[Criterion | Item, Text]]:
    """Give a criterion or a line with a node of its conditions changed, none of those that are `kept`."""
    if isinstance(of, Criterion):
        for gate, change in _nodes(of.gate, kept):
            if isinstance(gate, Gate):
                yield replace(of, gate=gate), change
    else:
        for at, band in enumerate(of.bands):
            for node, change in _nodes(band.node, kept):
                yield replace(of, bands=(*of.bands[:at], replace(band, node=node), *of.bands[at + 1 :])), change


def _items(item: Item) -> Iterator[tuple[Criterion | Item, Text]]:
    for at, band in enumerate(item.bands):
        name, before, after = f"{item.id.rpartition('.')[2]} {at + 1}", item.bands[:at], item.bands[at + 1 :]
        yield replace(item, bands=(*before, *after)), Text(f"去掉 {name} 档", f"{name} left out")
        fewer = replace(band, points=band.points - 1)
        change = _change(name, f"points {figure(band.points)}", f"points {figure(fewer.points)}")
        yield replace(item, bands=(*before, fewer, *after)), change
    yield from _trees(item)
    if item.each or item.points_of:
        less = replace(item, maximum=item.maximum - 1)
        yield less, _change(item.id, f"max {figure(item.maximum)}", f"max {figure(less.maximum)}")
    else:
        more = replace(item, otherwise=item.otherwise + 1)
        yield more, _change(item.id, f"otherwise {figure(item.otherwise)}", f"otherwise {figure(more.otherwise)}")


def _nodes(node: Node, kept: frozenset[str] = frozenset()) -> Iterator[tuple[Node, Text]]:
    """Give a tree with one of its own checks, gates or guards changed."""
    if isinstance(node, Check):
        if node.borrowed is None and node.id not in kept:
            yield from _checks(node)
        return
    own = node.id not in kept and any(isinstance(one, Check) and one.borrowed is None for one in walk(node))
    if own and node.guard is not None and node.guard.borrowed is None and node.guard.id not in kept:
        bare = tuple(child for child in node.children if child is not node.guard)
        yield replace(node, children=bare, guard=None), Text(f"去掉 {node.id} 的 when", f"{node.id} without `when`")
    elif own and node.guard is None:
        for need in {node.need - 1, node.need + 1} & set(range(1, len(node.children) + 1)):
            yield replace(node, need=need), _change(node.id, f"at_least {node.need}", f"at_least {need}")
    for index, child in enumerate(node.children):
        for new, change in _nodes(child, kept):
            children = (*node.children[:index], new, *node.children[index + 1 :])
            guard = new if child is node.guard and isinstance(new, Check) else node.guard
            yield replace(node, children=children, guard=guard), change


def _checks(check: Check) -> Iterator[tuple[Check, Text]]:
    for operator in dict.fromkeys((_STRICTER.get(check.operator), OPPOSITE.get(check.operator))):
        if operator is not None:
            yield replace(check, operator=operator), _change(check.id, check.operator, operator)
    if isinstance(check.right, Threshold):
        for value in _others(check, check.right):
            yield replace(check, right=replace(check.right, value=value)), _of_value(check.id, check.right.value, value)


def _others(check: Check, right: Threshold) -> Iterator[Known]:
    """Give other right sides: a figure a hundredth more and less, one option more or fewer, another one."""
    value, options = right.value, list(check.fact.choices)
    if check.operator is Operator.GIVEN and isinstance(value, bool):
        yield not value
    elif isinstance(value, frozenset):
        yield from (value - {one} for one in sorted(value) if len(value) > 1)
        yield from (value | {one} for one in options[:3] if one not in value)
    elif isinstance(value, str):
        yield from [one for one in options if one != value][:1]
    elif isinstance(value, int | Fraction) and not isinstance(value, bool):
        step = Fraction(1) if check.fact.kind in WHOLE else abs(Fraction(value)) * _SHARE or _SHARE
        yield from (number(value + step), number(value - step))


def _of_value(where: str, before: Known, after: Known) -> Text:
    if isinstance(before, frozenset) and isinstance(after, frozenset):
        fewer, more = ", ".join(before - after), ", ".join(after - before)
        return Text(
            f"{where} 去掉 {fewer}" if fewer else f"{where} 加上 {more}",
            f"{where} {'without' if fewer else 'with'} {fewer or more}",
        )
    return _change(where, str(figure(before)), str(figure(after)))


def _change(where: str, before: str, after: str) -> Text:
    return Text(f"{where} 的“{before}”改为“{after}”", f"{where}: {before} changed to {after}")
