"""Two rulebooks side by side: which requirements are the same, which changed and how, which are new, which are gone.

Requirements are criteria and the lines of scorecards. Two belong together if they look at the same facts or their ids
have the same words; editions number their clauses differently, so the numbers in ids do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.explaining.pages import item_page
from engine.explaining.requirement import requirement, right_words
from engine.ground.errors import Text
from engine.ground.result import Result
from engine.language.conditions import OtherRulebook
from engine.rulebooks.logic import Check, Gate, Node, Rulebook, walk

_ALIKE = 0.4
_Asked = dict[str, tuple[Text, Text]]
"""Of each fact its title and what is asked of it."""


class State(StrEnum):
    """What became of a requirement."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Side:
    """A requirement as one of the rulebooks has it; a line of a scorecard has the clause of the card and no quote."""

    id: str
    title: Text
    requires: Text
    quote: str | None
    clause: str
    grade: str
    decides: bool


@dataclass(frozen=True)
class Threshold:
    """What is asked of one fact; None where that rulebook asks nothing of it here."""

    fact: str
    title: Text
    first: Text | None
    second: Text | None


@dataclass(frozen=True)
class Pair:
    """A requirement in both rulebooks, or in one of them, with the thresholds that are not the same."""

    state: State
    first: Side | None
    second: Side | None
    thresholds: tuple[Threshold, ...]
    words_changed: bool


@dataclass(frozen=True)
class EditionReference:
    """Which rulebook stands on one side."""

    id: str
    edition: str
    title: Text
    digest: str


@dataclass(frozen=True)
class Difference(Result):
    """Two rulebooks compared: first what changed, then what is new, what is gone, what is the same."""

    first: EditionReference
    second: EditionReference
    summary: Text
    requirements: tuple[Pair, ...]


@dataclass(frozen=True, eq=False)
class _Unit:
    side: Side
    asked: _Asked
    words: frozenset[str]


def difference(first: Rulebook, second: Rulebook) -> Difference:
    """Give what changes from the first rulebook to the second."""
    both = {one.id: one for one in (first, second)}
    old, new = list(_units(first, both)), list(_units(second, both))
    partner = _matched(old, new)
    pairs = [_pair(partner.get(unit), unit) for unit in new]
    kept = set(partner.values())
    pairs += [_pair(unit, None) for unit in old if unit not in kept]
    order = [State.CHANGED, State.NEW, State.GONE, State.SAME]
    pairs.sort(key=lambda pair: order.index(pair.state))
    return Difference(_edition(first), _edition(second), _summary(pairs), tuple(pairs))


def _edition(rulebook: Rulebook) -> EditionReference:
    return EditionReference(rulebook.id, rulebook.words.edition, rulebook.words.title, rulebook.digest)


def _units(rulebook: Rulebook, both: Mapping[str, Rulebook]) -> Iterator[_Unit]:
    """Give the criteria, those that are borrowed from the other side too, then the lines of the scorecards."""
    for criterion in rulebook.criteria:
        words, cite = criterion.words, criterion.words.cite
        if isinstance(words.require, OtherRulebook) and words.require.rulebook in both:
            yield from (one for one in _units(both[words.require.rulebook], both) if one.side.decides)
            continue
        side = Side(
            words.id, words.title, requirement(criterion.gate), words.quote, cite.clause, cite.grade, words.decides
        )
        yield _Unit(side, _asked([criterion.gate]), _words(words.id))
    scores = {score.fact.id: score for score in rulebook.scores}
    for card in rulebook.words.scorecards:
        for item in scores[card.id].items:
            bands = item_page(item)["bands"]
            requires = Text("；".join(band.zh for band in bands), "; ".join(band.en for band in bands))
            side = Side(item.id, item.title, requires, "", card.cite.clause, card.cite.grade, decides=True)
            yield _Unit(side, _asked([band.node for band in item.bands]), _words(item.id.rsplit(".", 1)[-1]))


def _asked(nodes: list[Node]) -> _Asked:
    """Give what is asked of each fact; what only says whether a criterion applies is left out."""
    gates = [one for node in nodes for one in walk(node) if isinstance(one, Gate)]
    guards = {gate.guard for gate in gates}
    found: dict[str, tuple[Text, list[Text]]] = {}
    for check in (one for node in nodes for one in walk(node) if isinstance(one, Check) and one not in guards):
        found.setdefault(check.fact.id, (check.fact.title, []))[1].append(right_words(check))
    return {fact: (title, _listed(words)) for fact, (title, words) in found.items()}


def _listed(words: list[Text]) -> Text:
    several = dict.fromkeys(words)
    return Text("、".join(one.zh for one in several), ", ".join(one.en for one in several))


def _words(name: str) -> frozenset[str]:
    """Give the words of an id without those that have a number.

    >>> sorted(_words("lg26-2b-main-share"))
    ['main', 'share']
    """
    return frozenset(word for word in name.replace("_", "-").split("-") if word.isalpha())


def _matched(old: list[_Unit], new: list[_Unit]) -> dict[_Unit, _Unit]:
    """Give the old unit of each new one, the most alike first, each used once."""
    scored = [
        (-likeness, n, o)
        for n, now in enumerate(new)
        for o, before in enumerate(old)
        if (likeness := _likeness(before, now)) >= _ALIKE
    ]
    partner: dict[_Unit, _Unit] = {}
    used: set[_Unit] = set()
    for _, n, o in sorted(scored):
        if new[n] not in partner and old[o] not in used:
            partner[new[n]] = old[o]
            used.add(old[o])
    return partner


def _likeness(before: _Unit, now: _Unit) -> float:
    """Give 0 to 3: the share of facts and of words in common, and 1 for the same id."""
    same_id = before.side.id == now.side.id
    return same_id + _common(set(before.asked), set(now.asked)) + _common(set(before.words), set(now.words))


def _common(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others) if some | others else 0.0


def _pair(first: _Unit | None, second: _Unit | None) -> Pair:
    if first is None:
        return Pair(State.NEW, None, second.side if second else None, (), words_changed=False)
    if second is None:
        return Pair(State.GONE, first.side, None, (), words_changed=False)
    one, other = first.side, second.side
    thresholds = tuple(_thresholds(first.asked, second.asked))
    words_changed = one.quote != other.quote
    same = (one.requires, one.decides) == (other.requires, other.decides) and not thresholds and not words_changed
    return Pair(State.SAME if same else State.CHANGED, one, other, thresholds, words_changed)


def _thresholds(first: _Asked, second: _Asked) -> Iterator[Threshold]:
    """Give the facts of which not the same is asked on both sides."""
    for fact in dict.fromkeys([*first, *second]):
        title = (second.get(fact) or first[fact])[0]
        before, now = (side[fact][1] if fact in side else None for side in (first, second))
        if before != now:
            yield Threshold(fact, title, before, now)


def _summary(pairs: list[Pair]) -> Text:
    count = {state: sum(pair.state is state for pair in pairs) for state in State}
    return Text(
        f"{count[State.CHANGED]} 项有变化，新增 {count[State.NEW]} 项，"
        f"取消 {count[State.GONE]} 项，{count[State.SAME]} 项相同。",
        f"{count[State.CHANGED]} changed, {count[State.NEW]} new, {count[State.GONE]} gone, "
        f"{count[State.SAME]} the same.",
    )
