"""One step of a plan in words: what a fact is now, what it has to be, and what that takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from engine.explaining.verdict import Figure, figure
from engine.explaining.wording import exactly, figure_words, list_words, required_words
from engine.ground.errors import Text
from engine.ground.values import Known, Number
from engine.language.conditions import Operator
from engine.language.facts import Fact, Kind, Takes
from engine.solving.rounded import Room, is_figure, room
from engine.solving.start import Start

STATED = "stated"
ORDER = (Takes.TITLE.value, Takes.YEAR.value, Takes.PAPER.value, STATED)


@dataclass(frozen=True)
class Step:
    """What of a firm is otherwise in a plan: `now` (null: not known), `then`, and from where to where it may be.

    `takes`: `title`, `year`, `paper`, or `stated` if it is only to be stated. `cost` is its part of that of the plan.
    """

    fact: str
    title: Text
    takes: str
    now: Figure
    then: Figure
    at_least: Figure
    at_most: Figure
    cost: float
    words: Text


def step(start: Start, firm: Mapping[str, Known], name: str) -> Step:
    """Give what a fact has to be, all else as it is in the firm."""
    fact, now, then = start.book.vocabulary[name], start.values.get(name), firm[name]
    found: Room | None = None
    if is_figure(then):
        found = room(start, firm, name)
        words = _figure(fact, now, cast("Number", then), found)
    else:
        words = (_list if isinstance(then, frozenset) else _answer)(start, firm, fact)
    low, high = found or (None, None)
    return Step(
        fact=name,
        title=fact.title,
        takes=_takes(start, fact, then),
        now=_shown(now),
        then=_shown(then),
        at_least=_shown(low),
        at_most=_shown(high),
        cost=float(start.cost(name, then)),
        words=words,
    )


def _shown(value: Known | None) -> Figure:
    return None if value is None else figure(value)


def _takes(start: Start, fact: Fact, then: Known) -> str:
    if start.is_other(fact.id, then):
        return fact.takes.value
    return Takes.PAPER.value if fact.needs_review else STATED


def _figure(fact: Fact, now: Known | None, then: Number, found: Room | None) -> Text:
    """Say where a figure has to lie; `found` is None if that is not known, but that this one does."""
    value, name = _exactly(fact, then), fact.title
    now_words = _now(fact, now)
    if found is None or (found[0] is not None and found[0] == found[1]):
        return Text(f"{name.zh}：{value.zh}（{now_words.zh}）", f"{name.en}: {value.en} ({now_words.en})")
    low, high = found
    is_upwards = low is not None and (not is_figure(now) or low > now)  # type: ignore[operator]
    near, far = (low, high) if is_upwards or high is None else (high, low)
    ends = Operator.AT_LEAST, Operator.AT_MOST
    if near is None:
        return Text(f"{name.zh}：任何数都可以（{now_words.zh}）", f"{name.en}: any figure will do ({now_words.en})")
    first, other = ends if near is low else ends[::-1]
    zh, en = required_words(fact, first, figure(near))
    zh, en = f"{name.zh}：{zh}", f"{name.en}: {en}"
    if far is not None:
        limit = required_words(fact, other, figure(far))
        zh, en = f"{zh}、{limit[0]}", f"{en} and {limit[1]}"
    if near != then:
        now_words = Text(f"{now_words.zh}，本方案按 {value.zh}", f"{now_words.en}, {value.en} in this plan")
    return Text(f"{zh}（{now_words.zh}）", f"{en} ({now_words.en})")


def _exactly(fact: Fact, number: Number) -> Text:
    return Text(*exactly(fact, float(number)))


def _now(fact: Fact, now: Known | None) -> Text:
    if now is None:
        return Text("现空白", "blank now")
    if is_figure(now):
        words = _exactly(fact, cast("Number", now))
        return Text(f"现为 {words.zh}", f"now {words.en}")
    zh, en = figure_words(fact, figure(now))
    return Text(f"现为“{zh}”" if not fact.is_numeric else f"现为 {zh}", f"now {en}")


def _list(start: Start, firm: Mapping[str, Known], fact: Fact) -> Text:
    """Say which options are to be added, any one of several if there is one, and which are to go."""
    held = start.options(fact.id)
    then = cast("frozenset[str]", firm[fact.id])
    gained, lost = (then - held) & fact.choices.keys(), (held - then) & fact.choices.keys()
    zh, en = [], []
    if gained:
        is_one, kept = len(gained) == 1, then - gained
        more = [one for one in fact.choices if is_one and start.qualifies({**firm, fact.id: kept | {one}})]
        words = _one_of(fact, [*gained, *more], all_=not is_one)
        verb = ("须取得", "to be gained") if fact.takes is Takes.TITLE else ("须有", "to have")
        zh.append(f"{verb[0]}{words.zh}")
        en.append(f"{verb[1]}: {words.en}")
    if lost:
        words = _one_of(fact, [*lost], all_=True)
        zh.append(f"不能有{words.zh}")
        en.append(f"without {words.en}")
    if not (gained or lost):
        words = Text(*list_words(fact, sorted(then)))
        zh, en = [f"须填明：{words.zh}"], [f"to be stated: {words.en}"]
    return Text(f"{fact.title.zh}：{'，'.join(zh)}", f"{fact.title.en}: {', '.join(en)}")


def _answer(start: Start, firm: Mapping[str, Known], fact: Fact) -> Text:
    """Say which answer it has to be, any of several if there are."""
    then, now = firm[fact.id], start.now(fact.id)
    if fact.kind is Kind.CHOICE:
        several = [one for one in fact.choices if one == then or start.qualifies({**firm, fact.id: one})]
        words = _one_of(fact, several)
        if len(several) == len(fact.choices):
            words = Text("哪一项都可以", "any answer will do")
    else:
        words = Text(*figure_words(fact, figure(then)))
        words = Text(f"“{words.zh}”", words.en)
    told = _now(fact, now)
    return Text(f"{fact.title.zh}：{words.zh}（{told.zh}）", f"{fact.title.en}: {words.en} ({told.en})")


def _one_of(fact: Fact, codes: list[str], *, all_: bool = False) -> Text:
    titles = [fact.choices[one].title for one in fact.choices if one in codes]
    last = ("、", ", ") if all_ else ("或", " or ")
    return Text(last[0].join(f"“{one.zh}”" for one in titles), last[1].join(one.en for one in titles))
