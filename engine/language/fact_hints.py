"""Which fact was meant where a rule names none: by its title or another of its names, or else by the nearest id."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from engine.ground.chinese import simplified
from engine.ground.errors import Text, did_you_mean
from engine.language.facts import Fact, half_width

_MOST, _LONGEST, _NEAR = 3, 80, 0.75


def fact_named(name: str, known: Mapping[str, Fact]) -> Fact | None:
    """Give the fact of that id or title."""
    return known.get(name) or next((one for one in known.values() if name in {one.title.zh, one.title.en}), None)


def no_fact(name: str) -> Text:
    """Say that no fact has that id."""
    return Text(f"没有以“{name}”为 id 的指标", f"no fact has the id “{name}”")


def fact_meant(name: str, known: Mapping[str, Fact]) -> Text | None:
    """Say what to write for a name that is no id: the fact of that title or alias, those it may be, or one near.

    >>> from engine.rulebooks.catalog import shipped
    >>> fact_meant("營業收入", shipped().vocabulary).zh
    '请写 revenue_y0（上年度营业收入）。'
    >>> fact_meant("净利", shipped().vocabulary).en
    'Did you mean net_profit_y0 (Net profit, last full year)?'
    >>> fact_meant("revenu_y0", shipped().vocabulary).en
    'Did you mean revenue_y0?'
    """
    key = _key(name)
    for fact in known.values():
        if key in map(_key, (fact.title.zh, fact.title.en, *fact.aliases)):
            return Text(f"请写 {fact.id}（{fact.title.zh}）。", f"Write `{fact.id}` ({fact.title.en}).")
    maybe = [fact for fact in known.values() if key in map(_key, (*fact.perhaps, *fact.stand_ins))][:_MOST]
    if not maybe:
        return did_you_mean(name, known) or _near_title(key, known)
    zh = "或 ".join(f"{fact.id}（{fact.title.zh}）" for fact in maybe)
    en = " or ".join(f"{fact.id} ({fact.title.en})" for fact in maybe)
    return Text(f"是否想写 {zh}？", f"Did you mean {en}?")


def _near_title(key: str, known: Mapping[str, Fact]) -> Text | None:
    """Suggest the fact whose title or alias is nearest, if any is near."""
    words = {_key(word): fact for fact in known.values() for word in (fact.title.zh, *fact.aliases)}
    near = get_close_matches(key[:_LONGEST], words, n=1, cutoff=_NEAR)
    if not near:
        return None
    fact = words[near[0]]
    return Text(f"是否想写 {fact.id}（{fact.title.zh}）？", f"Did you mean {fact.id} ({fact.title.en})?")


def _key(word: str) -> str:
    return "".join(simplified(half_width(word).casefold()).split())
