"""The least that a firm would have to have otherwise to be qualified, what to begin with first; or what forbids it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.assessment import profile_reader, reference, verdict
from engine.explaining.verdict import Firm, HangsOn, RulebookReference, Standing
from engine.explaining.wording import NOTICE
from engine.firms.profiles import Profile
from engine.firms.typed import written
from engine.ground.errors import EngineError, Text
from engine.ground.result import Result
from engine.ground.values import Known
from engine.rulebooks.logic import Rulebook
from engine.solving.cheapest import nearest
from engine.solving.clash import Obstacle, Stands, clash
from engine.solving.solver import NO_ANSWER, UnansweredError
from engine.solving.start import Start
from engine.solving.step import ORDER, Step, step

MOST = 3
COST = Text(
    "代价：数按相对变动计（多或少一成为 0.1）；零变为有、答案改变、每个称号或奖励各为 1；只需填明的空白为 0.1。",
    "Cost: a figure counts by its relative change (a tenth is 0.1); one that was 0, an answer that turns, a title or "
    "an award each count 1; a blank that is only to be stated 0.1.",
)
YEARS = Text(
    "往年的数不变；方案里上年度的数，说的是下次申报时的上年度。届时现在的上年度成为前年，请用届时的数再比对一次。",
    "Figures of past years stay as they are, those of the last year are those of the next application; by then today's "
    "last year is the year before: decide again with the figures of that day.",
)


class Planned(StrEnum):
    """What came of it: the firm is qualified already, there are plans, none is possible, or no answer was found."""

    QUALIFIED = "qualified"
    PLANNED = "planned"
    IMPOSSIBLE = "impossible"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Way:
    """One plan: its steps, what it costs, and the whole profile by it, which is qualified.

    It is the `cheapest` if no other is by more than a thousandth cheaper, and `usual` if it takes no figure out of its
    usual range. `hangs_on`: where another reading of open words would turn it.
    """

    steps: tuple[Step, ...]
    cost: float
    cheapest: bool
    usual: bool
    hangs_on: tuple[HangsOn, ...]
    profile: Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Plan(Result):
    """What a firm can do to be qualified by a rulebook on a day: the cheapest way first, others by other facts."""

    firm: Firm
    rulebook: RulebookReference
    as_of: str
    verdict: Standing
    found: Planned
    summary: Text
    ways: tuple[Way, ...]
    obstacles: tuple[Obstacle, ...]
    cost_words: Text
    years_words: Text
    notice: Text


def planned(book: Rulebook, profile: Profile, start: Start, most: int = MOST) -> Plan:
    """Give the plans for a firm, each decided as any profile is; raises EngineError if it is decided otherwise."""
    now = verdict(book, profile, start.as_of)
    ways: list[Way] = []
    obstacles: tuple[Obstacle, ...] = ()
    found = Planned.QUALIFIED
    if now.verdict is not Standing.QUALIFIED:
        try:
            ways = sorted(_ways(book, start, most), key=lambda one: one.cost)
            obstacles = () if ways else clash(start)
            found = Planned.PLANNED if ways else Planned.IMPOSSIBLE
        except UnansweredError:
            found = Planned.UNANSWERED
    summary = _summary(found, ways, obstacles)
    return Plan(
        now.firm, reference(book), now.as_of, now.verdict, found, summary, tuple(ways), obstacles, COST, YEARS, NOTICE
    )


def _ways(book: Rulebook, start: Start, most: int) -> Iterator[Way]:
    """Give the cheapest plan, and then those that leave something as it is that each before changes."""
    beside: list[list[str]] = []
    while len(beside) < most:
        try:
            found = nearest(start, beside)
        except UnansweredError:
            if not beside:
                raise
            return
        if found is None:
            return
        changed = start.changed(found.firm)
        steps = sorted((step(start, found.firm, name) for name in changed), key=lambda one: ORDER.index(one.takes))
        firm = {name: found.firm[name] for name in book.vocabulary if name in found.firm}
        typed = {name: _typed(book, name, value) for name, value in firm.items()}
        hangs = _confirmed(book, start, typed)
        cost = float(start.total(found.firm))
        yield Way(tuple(steps), cost, found.proved, found.usual, hangs, typed)
        beside.append([name for name in changed if start.is_other(name, found.firm[name])])
        if not beside[-1]:
            return


def _confirmed(book: Rulebook, start: Start, typed: Mapping[str, str | list[str]]) -> tuple[HangsOn, ...]:
    """Give the readings on which a plan hangs; raises EngineError if it does not make the firm qualified."""
    found = verdict(book, profile_reader(book.vocabulary).read(dict(typed), start.as_of), start.as_of)
    if found.verdict is not Standing.QUALIFIED:
        message = f"plan and evaluators differ on {book.id}: {found.summary.en}"
        raise EngineError(message)
    return found.hangs_on


def _typed(book: Rulebook, name: str, value: Known) -> str | list[str]:
    choices = book.vocabulary[name].choices
    if isinstance(value, frozenset):
        return [choices[one].zh if one in choices else written(frozenset({one})) for one in sorted(value)] or "无"
    return choices[value].zh if isinstance(value, str) and value in choices else written(value)


def _summary(found: Planned, ways: list[Way], obstacles: tuple[Obstacle, ...]) -> Text:
    if found is Planned.QUALIFIED:
        return Text("已符合全部条件，不必改变。", "All criteria are met already: nothing has to change.")
    if found is Planned.UNANSWERED:
        return NO_ANSWER
    if found is Planned.PLANNED:
        count = len(ways[0].steps)
        more = len(ways) - 1
        also = Text(f"；另有 {more} 种方案", f"; {more} other plan{'s' if more > 1 else ''}") if more else Text("", "")
        these = "this one change" if count == 1 else f"these {count} changes together"
        return Text(
            f"同时做到以下 {count} 项，即符合全部条件{also.zh}。",
            f"With {these} all criteria are met{also.en}.",
        )
    zh, en = [], []
    for kind, head in _KINDS.items():
        several = [one for one in obstacles if one.kind is kind]
        if several:
            zh.append(head.zh + "、".join(_named(one).zh for one in several))
            en.append(head.en + ", ".join(_named(one).en for one in several))
    return Text(
        f"没有方案：以下不能同时成立。{'；'.join(zh)}。", f"No plan: these cannot go together. {'; '.join(en)}."
    )


def _named(one: Obstacle) -> Text:
    if one.kind is Stands.CRITERION:
        return one.title
    return Text(f"{one.title.zh} {one.words.zh}", f"{one.title.en} {one.words.en}")


_KINDS = {
    Stands.CRITERION: Text("条件：", "Criteria: "),
    Stands.NEVER: Text("企业改变不了的：", "What the firm cannot change: "),
    Stands.ASKED: Text("所设的限制：", "Bounds that were set: "),
}
