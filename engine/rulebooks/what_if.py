"""A rulebook with figures that are not its text's own, criteria that do not decide, blanks that are assumed: a trial.

What is set is the figure of our reading; where another reading repeats the text's figure, it is set there too. What a
criterion borrows from another rulebook is set under the id that it has here, and here only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import cast

from engine.ground.errors import InputError, Problem, Text, did_you_mean
from engine.ground.values import Known, on_day
from engine.ground.writing import to_json
from engine.rulebooks.assumed import assumption, contradictions
from engine.rulebooks.logic import OURS, Change, Check, Criterion, Gate, Item, Node, Rulebook, Threshold, World, walk
from engine.rulebooks.marks import IDLE, TRIAL, marked_title
from engine.rulebooks.settable import Owner, Settable, names_of, parameter_of, title_of

_TWICE, _ONCE = Text("写了两次", "is set twice"), Text("请只写一次。", "Set it once.")
_NONE_LEFT = Text("没有条件留下", "leaves no criterion that decides")


@dataclass(frozen=True)
class Changes:
    """What is asked for: figures by criterion, check, line of a scorecard or parameter; what does not decide.

    And by fact what is assumed of blanks, and what is taken instead of what the firm states.
    """

    figures: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    fill: tuple[tuple[str, str], ...] = ()
    change: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return bool(self.figures or self.without or self.only or self.fill or self.change)


UNCHANGED = Changes()


@dataclass(frozen=True)
class _New:
    """A check with a figure of its own; the readings under which the text's figure is the same wherever it stands."""

    owner: str
    check: Check
    right: Threshold
    readings: World
    is_alone: bool

    def is_repeated_by(self, check: Check, owner: str, world: World) -> bool:
        """Say whether a check in a world of other readings has the same figure of the text, or is of its parameter."""
        own, fact, other = self.check, self.check.fact, check.fact
        if owner == self.owner and (parameter := parameter_of(own)) and parameter_of(check) is parameter:
            return True
        if (check.operator, check.right) != (own.operator, own.right):
            return False
        is_measured_otherwise = owner == self.owner and self.is_alone
        if fact.id == other.id:
            return bool(world & self.readings)
        return is_measured_otherwise and (fact.kind, fact.unit_words) == (other.kind, other.unit_words)


def what_if(rulebook: Rulebook, changes: Changes, as_of: date | None = None) -> Rulebook:
    """Give the rulebook changed, with another digest, and `changes` that say so. Raises InputError, all at once."""
    if not changes:
        return rulebook
    figures = Settable(rulebook)
    new = _figures(rulebook, changes, figures)
    idle = _idle(rulebook, changes, figures)
    typed = _assumed(rulebook, changes, figures)
    if figures.problems:
        raise InputError(figures.problems)
    told = [Change(one[0].check.id, title, replace(one[0].check, right=one[0].right)) for title, one in new]
    told += [Change(one.words.id, title_of(one)) for one in rulebook.criteria if one.words.id in idle]
    instead = [one for one in typed if one.instead]
    told += (replace(one, value=on_day(one.value, as_of)) for one in typed)
    every = {one.check.id: one for _, several in new for one in several}
    parts = [rulebook.digest, sorted((name, str(one.right.value)) for name, one in every.items()), sorted(idle)]
    several = [[one for one in typed if not one.instead], *([instead] if instead else [])]
    parts += [sorted(map(_told, one)) for one in several]
    return replace(
        rulebook,
        criteria=tuple(_criterion(one, every, is_idle=one.words.id in idle) for one in rulebook.criteria),
        scores=tuple(
            replace(score, items=tuple(_item(one, every, score.world) for one in score.items))
            for score in rulebook.scores
        ),
        digest=sha256(to_json(parts)).hexdigest(),
        changes=(*(one for one in rulebook.changes if one.id not in {it.id for it in told}), *told),
        assumed={**rulebook.assumed, **_values(one for one in told if one.fact and not one.instead)},
        instead={**rulebook.instead, **_values(instead)},
    )


def with_unused(rulebook: Rulebook, told: Iterable[Change]) -> Rulebook:
    """Give a rulebook that says of facts which are assumed for a trial that it does not use them."""
    known = {one.id for one in rulebook.changes}
    unused = {one.id: replace(one, used=False) for one in told if one.id not in known}
    if not unused:
        return rulebook
    digest = sha256(to_json([rulebook.digest, sorted(map(_told, unused.values()))])).hexdigest()
    return replace(rulebook, changes=(*rulebook.changes, *unused.values()), digest=digest)


def _values(several: Iterable[Change]) -> dict[str, Known]:
    return {one.id: one.value for one in several if one.value is not None}


def _told(one: Change) -> tuple[str, str]:
    """Give a change as a digest has it."""
    return one.id, str(sorted(one.value) if isinstance(one.value, frozenset) else one.value)


def _figures(rulebook: Rulebook, changes: Changes, figures: Settable) -> list[tuple[Text, list[_New]]]:
    """Give the checks that each figure is for, and what it is the figure of; mistakes are noted."""
    found: list[tuple[Text, list[_New]]] = []
    seen: set[str] = set()
    for name, written in changes.figures:
        several = []
        for owner, check in figures.meant(name):
            right = figures.figure(check, name, written)
            if right is None:
                break
            if check.id in seen:
                figures.note("set", _TWICE, _ONCE, f"{name}={written}")
                break
            seen.add(check.id)
            several.append(_new(rulebook, figures, owner, check, right))
        if several:
            parameter = several[0].right.parameter if len(several) > 1 else None
            found.append((parameter.title if parameter else title_of(owner), several))
    return found


def _new(rulebook: Rulebook, figures: Settable, owner: Owner, check: Check, right: Threshold) -> _New:
    own = [one for it, tree in figures.trees if it is owner for one in walk(tree) if isinstance(one, Check)]
    is_alone = sum((one.operator, one.right) == (check.operator, check.right) for one in own) == 1
    scores = [one.world for one in rulebook.scores if _id(owner) in {_id(item) for item in one.items}]
    readings = owner.moved_by if isinstance(owner, Criterion) else OURS.union(*scores)
    return _New(_id(owner), check, right, readings, is_alone)


def _assumed(rulebook: Rulebook, changes: Changes, figures: Settable) -> list[Change]:
    """Give what is assumed of blanks, and instead of what is stated; mistakes are noted."""
    found: dict[str, Change] = {}
    for option, several in (("fill", changes.fill), ("change", changes.change)):
        for name, written in several:
            one = assumption(rulebook, name, written, option)
            if isinstance(one, Problem):
                figures.problems.append(one)
            elif one[0].id in found:
                figures.note(option, _TWICE, _ONCE, f"{name}={written}")
            else:
                fact, value = one
                found[fact.id] = Change(fact.id, fact.title, fact=fact, value=value, instead=option == "change")
    every = {**rulebook.assumed, **_values(one for one in found.values() if not one.instead)}
    figures.problems += contradictions(rulebook.vocabulary, every)
    return list(found.values())


def _idle(rulebook: Rulebook, changes: Changes, figures: Settable) -> frozenset[str]:
    """Give the criteria that decide in the text and do not here; mistakes are noted."""
    deciding = {one.words.id: one for one in rulebook.criteria if one.words.decides}
    known = {key: name for name, one in deciding.items() for key in names_of(one)}
    listed = Text(f"现有：{'、'.join(deciding)}。", f"There are: {', '.join(deciding)}.")
    what = Text("没有这项起作用的条件", "is no criterion that decides")
    for option, names in (("without", changes.without), ("only", changes.only)):
        for name in names:
            if name not in known:
                figures.note(option, what, did_you_mean(name, known) or listed, name)
    left = {known.get(name) for name in changes.without}
    kept = {known.get(name) for name in changes.only} or deciding.keys()
    idle = frozenset(name for name in deciding if name in left or name not in kept)
    if len(idle) == len(deciding) and not figures.problems:
        figures.note("without", _NONE_LEFT, None, "、".join(changes.without))
    return idle


def _criterion(one: Criterion, new: dict[str, _New], *, is_idle: bool) -> Criterion:
    gates = {world: _changed(gate, _by(new, _id(one), world)) for world, gate in {OURS: one.gate, **one.others}.items()}
    ours, words = cast("Gate", gates.pop(OURS)), one.words
    if is_idle:
        words = words.model_copy(update={"decides": False, "title": marked_title(title_of(one), IDLE)})
    elif any(check.owner == words.id for check in new.values()):
        words = words.model_copy(update={"title": marked_title(words.title, TRIAL)})
    return replace(one, words=words, gate=ours, others=cast("dict[World, Gate]", gates))


def _item(item: Item, new: dict[str, _New], world: World) -> Item:
    change = _by(new, _id(item), world)
    title = marked_title(item.title, TRIAL) if any(one.owner == _id(item) for one in new.values()) else item.title
    bands = tuple(replace(band, node=_changed(band.node, change)) for band in item.bands)
    return replace(item, title=title, bands=bands)


def _by(new: dict[str, _New], owner: str, world: World) -> Callable[[Check], Check]:
    """Give what makes of a check of a criterion or a line, in a world, the one that is set."""

    def changed(check: Check) -> Check:
        found = new.get(check.id)
        if found is None and world:
            found = next((one for one in new.values() if one.is_repeated_by(check, owner, world)), None)
        return check if found is None else replace(check, right=found.right)

    return changed


def _changed(node: Node, change: Callable[[Check], Check]) -> Node:
    """Give the tree with every check as it is changed."""
    if isinstance(node, Check):
        return change(node)
    children = tuple(_changed(child, change) for child in node.children)
    return replace(node, children=children, guard=cast("Check", children[0]) if node.guard else None)


def _id(owner: Owner) -> str:
    """Give the id of a criterion or a line, in our reading."""
    return owner.words.id if isinstance(owner, Criterion) else owner.id.partition("~")[0]
