"""Why no change makes a firm qualified: the fewest criteria, facts that stay, and bounds, that cannot go together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.explaining.requirement import value_words
from engine.explaining.verdict import figure
from engine.explaining.wording import required_words
from engine.ground.errors import Text
from engine.ground.values import Known
from engine.language.facts import Fact
from engine.rulebooks.logic import Check, Gate, facts_behind, walk
from engine.rulebooks.rulebook import Operator
from engine.solving.amounts import COMPARED
from engine.solving.meaning import Meaning
from engine.solving.solver import Solver, Truth, UnansweredError, anew, any_of, exact, negated
from engine.solving.start import Start
from engine.solving.unknown_firm import UnknownFirm


class Stands(StrEnum):
    """What stands in the way: a criterion, a fact that no firm can change, or a bound that was asked for."""

    CRITERION = "criterion"
    NEVER = "never"
    ASKED = "asked"


@dataclass(frozen=True)
class Obstacle:
    """One of several that cannot go together."""

    kind: Stands
    id: str
    title: Text
    words: Text


_Asked = tuple[Obstacle, Truth]
_BLANK = Text("空白", "blank")


def clash(start: Start) -> tuple[Obstacle, ...]:
    """Give the fewest that clash: without any one of them the others go together. Raises `UnansweredError`."""
    free = replace(start, fixed=frozenset(), least={}, most={})
    past = {name for name in free.known if free.book.vocabulary[name].is_numeric}
    found = _clash(start, free, past)
    ids = {told.id for told, _ in found}
    behind = {one.id for it in start.book.criteria if it.words.id in ids for one in _facts(it.gate, start)}
    if past & behind:  # what is known makes ratios plain: it is asked only where it may be named
        with suppress(UnansweredError):
            found = _clash(start, free, past - behind)
    return tuple(told for told, _ in found)


def _facts(gate: Gate, start: Start) -> tuple[Fact, ...]:
    return facts_behind((one for one in walk(gate) if isinstance(one, Check)), start.book.vocabulary)


def _clash(start: Start, free: Start, past: Collection[str]) -> list[_Asked]:
    anew()
    known = {name: free.known[name] for name in past}

    def states(fact: Fact) -> bool | None:
        return False if start.states(fact) is False and fact.id not in start.fixed else free.states(fact)

    firm = UnknownFirm(start.book.vocabulary, start.as_of, states, known)
    meaning = Meaning(start.book, firm)
    asked = [
        (Obstacle(Stands.CRITERION, one.words.id, one.words.title, one.words.title), meaning.said(one.gate)[0])
        for one in start.book.criteria
        if one.words.decides
    ]
    solver = Solver(free.held(firm, meaning))
    asked += [one for name in start.book.vocabulary if name not in past for one in _stays(start, firm, name)]
    if not _clashes(solver, asked):
        raise UnansweredError
    return _least(solver, [], asked, grew=False)


def _stays(start: Start, firm: UnknownFirm, name: str) -> Iterator[_Asked]:
    """Give that a fact stays as it is, or in its bounds."""
    fact, now = start.book.vocabulary[name], start.now(name)
    if not firm.knows(fact) or firm.is_stated(fact) is False:
        return
    kind = Stands.ASKED if name in start.fixed else Stands.NEVER
    if now is not None and name in start.known:
        yield Obstacle(kind, name, fact.title, _worth(fact, now)), firm.is_worth(fact, now)
    elif name in start.fixed:
        yield Obstacle(kind, name, fact.title, _BLANK), negated(firm.is_stated(fact))
    for bounds, operator in ((start.least, Operator.AT_LEAST), (start.most, Operator.AT_MOST)):
        if name in bounds:
            [number], bound = firm.number(fact), bounds[name]
            words = Text(*required_words(fact, operator, figure(bound)))
            held = COMPARED[operator](number.above, exact(bound))
            yield Obstacle(Stands.ASKED, name, fact.title, words), any_of(negated(number.when), held)


def _worth(fact: Fact, value: Known) -> Text:
    words = value_words(fact, value)
    return Text(words.zh.strip(), words.en)


def _clashes(solver: Solver, asked: Sequence[_Asked]) -> bool:
    """Say whether it is proved that several cannot go together."""
    try:
        return solver.find(*(holds for _, holds in asked)) is None
    except UnansweredError:
        return False


def _least(solver: Solver, with_: Sequence[_Asked], among: list[_Asked], *, grew: bool) -> list[_Asked]:
    """Give the fewest of several that clash with others, by halves (Junker's QuickXplain)."""
    if grew and _clashes(solver, with_):
        return []
    if len(among) == 1:
        return among
    first, second = among[: len(among) // 2], among[len(among) // 2 :]
    of_second = _least(solver, [*with_, *first], second, grew=True)
    of_first = _least(solver, [*with_, *of_second], first, grew=bool(of_second))
    return [*of_first, *of_second]
