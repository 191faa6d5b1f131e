"""Words of a list of options that do not count on a day: none of the options, over by then, to come, or not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from engine.ground.errors import Problem, Text, in_quotes, shown
from engine.ground.values import BESIDE, UNREAD, Known, unmarked
from engine.language.facts import Fact, Vocabulary, half_width
from engine.language.option_text import nearest, option, term
from engine.language.reading import NO_WORDS, YES_WORDS, accepted

_NONE = Text("不在可选项之中", "none of the options")
_NOT_SURE = Text("不能确定在判定日有效", "not surely valid on the day of the decision")
STRANGE_WORDS = Text(
    f"有的词不能计入：{_NONE.zh}，只说有没有，或{_NOT_SURE.zh}",
    f"has words that cannot count: {_NONE.en}, only whether there is any, or {_NOT_SURE.en}",
)
_WHICH = Text("只说有，没有写是哪几项，按不知道计；请写是哪几项", "does not say which: name them; it counts as unknown")
_WHETHER_ANY = Text(
    "不一定是一项都没有，按不知道计；一项都没有的填“无”",
    "may not mean that there is none at all: if there is none, write none; it counts as unknown",
)
_TERM = Text(
    "其余各项照常计入；请把期限写在名称后：某称号（2024年7月至2027年6月）。",
    "The others count; write the term behind the name: TITLE (2024-07 to 2027-06).",
)
_OF_A_TERM = re.compile(r"20[0-9]{2}[年./-]|有效期")
_RENEW = Text(
    "这里不计，其余各项照常计入；已复核延期的，请把新的期限写在名称后：某称号（2024年7月至2027年6月）。",
    "It does not count, the others do; if it was renewed, write the new term behind the name: TITLE (2024-07 to "
    "2027-06).",
)


def strange_words(fact: Fact, value: Known | None, vocabulary: Vocabulary, day: date | None) -> Problem | None:
    """Say which words of a list, as it is on that day, do not count, why, and to which fact they belong; else None."""
    marked = sorted(value) if isinstance(value, frozenset) else []
    words = [unmarked(word) for word in marked if word[0] in UNREAD + BESIDE]
    if not words:
        return None
    said = shown("、".join(words))
    plain = {half_width(word).casefold() for word in words}
    if plain <= {*YES_WORDS, *NO_WORDS}:
        why = _WHETHER_ANY if plain <= {*NO_WORDS} else _WHICH
        what = Text(f"中的{in_quotes(said)}{why.zh}", f"has {in_quotes(said)}, which {why.en}")
        return Problem(fact.id, what, accepted(fact), said)
    homes = {vocabulary[home].title for word, home in fact.beside.items() if word in words and home in vocabulary}
    if homes:
        zh, en = "、".join(in_quotes(one.zh) for one in homes), ", ".join(one.en for one in homes)
        instead = Text(
            f"属于{zh}，请填在那里；其余各项照常计入。", f"It belongs to {en}: state it there. The others count."
        )
        if all(word in fact.beside for word in words):
            what = Text(f"中的{in_quotes(said)}属于{zh}，这里不计", f"has {in_quotes(said)}, which belongs to {en}")
            return Problem(fact.id, what, instead, said)
    by_reason: dict[Text, list[str]] = {}
    for word in words:
        by_reason.setdefault(_why_not(fact, word, day), []).append(word)
    if not homes and _NONE in by_reason:
        instead = _TERM if any(_OF_A_TERM.search(word) for word in words) else _nearest(fact, by_reason[_NONE])
    elif not homes:
        instead = _RENEW if all(_is_over(fact, word, day) for word in words) else _TERM
    told = [(shown("、".join(several)), why) for why, several in by_reason.items()]
    zh, en = (
        "，".join(f"{in_quotes(some)}{why.zh}" for some, why in told),
        ", ".join(f"{in_quotes(some)}, {why.en}" for some, why in told),
    )
    return Problem(fact.id, Text(f"中的{zh}", f"has {en}"), instead, said)


def _nearest(fact: Fact, words: Sequence[str]) -> Text:
    """Say which options the words may have meant; where none is near, what is accepted."""
    near = {code: fact.choices[code] for word in words for code in nearest(fact, word)}.values()
    zh, en = "、".join(in_quotes(one.zh) for one in near), ", ".join(one.en for one in near)
    instead = Text(f"是否想写{zh}？请照可选项的名称写。", f"Did you mean {en}? Write the name of an option.")
    instead = instead if near else accepted(fact)
    return Text(f"其余各项照常计入；{instead.zh}", f"The others count. {instead.en}")


def _why_not(fact: Fact, word: str, day: date | None) -> Text:
    """Say why a word does not count on that day."""
    if option(fact, word) is None:
        return _NONE
    valid = term(word)
    if valid is None or not valid.is_sure or day is None:
        return _NOT_SURE
    if _is_over(fact, word, day):
        return Text(
            f"在判定日已过期（有效至{_in_chinese(valid.ends)}）", f"over by the day of the decision ({valid.ends})"
        )
    return Text(f"在判定日还没有生效（自{_in_chinese(valid.begins)}起有效）", f"valid only from {valid.begins}")


def _is_over(fact: Fact, word: str, day: date | None) -> bool:
    valid = None if option(fact, word) is None else term(word)
    return valid is not None and valid.is_sure and day is not None and day > valid.ends


def _in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
