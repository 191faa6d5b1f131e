"""Which columns of a table a rulebook uses; of those that it does not, what it asks instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.ground.errors import Problem, Text, in_quotes, told_apart
from engine.headers.hints import mappings, marks
from engine.headers.understanding import HeaderReading, Understanding, one_line
from engine.language.facts import APPLICATION, Fact, Vocabulary
from engine.rulebooks.logic import Rulebook

WHOSE = frozenset({"firm_id", "firm_name", APPLICATION, "fiscal_year_y0"})
"""Facts that say whose figures these are, and of what kind and year: read whatever the rulebook."""
NOTHING_USED = Text(
    "没有一列是本规则要用的指标：各行都会因缺少数据而无法判定，请检查列名",
    "no column states a fact that this rulebook uses: every row lacks its figures; check the headers",
)
_WHICH = frozenset({"y0", "y1", "y2", "world", "home"})


def in_use(
    understanding: Understanding,
    books: Sequence[Rulebook],
    routing: frozenset[str] = frozenset(),
    *,
    strict: bool = False,
) -> Understanding:
    """Give the understanding of a table for the rulebooks of its rows: of each column that none of them uses, that.

    The facts in `routing` choose the rulebook of a row. With `strict` it is a problem if no column states a fact that
    a rulebook uses.
    """
    stated = {one.fact.id for one in understanding.columns if one.fact is not None}
    columns = tuple(_told(one, books, stated, routing) for one in understanding.columns)
    problems = understanding.problems
    if strict and not any(uses_any(stated, book) for book in books):
        instead = Text("请改列名，或指明哪一列是哪项指标。", "Rename columns, or say which column is which fact.")
        problems = (*problems, Problem("header", NOTHING_USED, instead))
    return replace(understanding, columns=columns, problems=problems)


def uses_any(stated: Iterable[str], rulebook: Rulebook) -> bool:
    """Say whether any of these facts is one that a rulebook asks about."""
    return bool(rulebook.facts_used.intersection(stated) - WHOSE)


def _told(
    reading: HeaderReading, books: Sequence[Rulebook], stated: set[str], routing: frozenset[str]
) -> HeaderReading:
    fact = reading.fact
    if fact is None and reading.maybe and len(books) > 1:
        return _with_texts(reading, reading.maybe, books)
    if fact is None or fact.id in WHOSE.union(*(book.facts_used for book in books)):
        return reading
    if fact.id in routing:
        how = reading.how
        return replace(reading, how=Text(f"{how.zh}；由它选用规则", f"{how.en}; it chooses the rulebook"))
    none = Text("本规则不用", "this rulebook does not use it")
    if len(books) > 1:
        none = Text("所用各版规则都不用", "none of the rulebooks uses it")
    zh, en = f"{reading.how.zh}；{none.zh}", f"{reading.how.en}; {none.en}"
    behind = dict.fromkeys(one for book in books for one in book.facts_behind if one.is_given)
    kin = _asked_instead(fact, list(behind))
    parts = [one for one in behind if _is_part(one, fact, books[0].vocabulary)]
    for asked, word, so in ((kin, *_OF_KIN), (parts, *_OF_PARTS)):
        if asked := [one for one in asked if one.id not in stated]:
            zh += f"，它问的是{word.zh}{'、'.join(in_quotes(one.title.zh) for one in asked)}{so.zh}"
            en += f", it asks for {word.en}{', '.join(one.title.en for one in asked)}{so.en}"
    if maybe := [one for one in parts if one.id not in stated]:  # a figure of another year or market is none of these
        said = mappings(one_line(reading.header), maybe)
        zh, en = f"{zh}；是哪一个就写哪一个：{said.zh}", f"{en}; if it is, say so: {said.en}"
    found = tuple(one.id for one in maybe)
    told = replace(reading, how=Text(zh, en), maybe=found, is_used=False)
    return _with_texts(told, found, books) if found and len(books) > 1 else told


def _with_texts(reading: HeaderReading, maybe: Iterable[str], books: Sequence[Rulebook]) -> HeaderReading:
    """Say which of several rulebooks ask for what a column may state, where not all do."""
    zh, en = reading.how.zh, reading.how.en
    for fact in maybe:
        asking = [
            Text(number, number) if (number := book.words.document) else book.words.title
            for book in books
            if fact in book.facts_used
        ]
        if len(asking) == len(books):
            continue
        title = books[0].vocabulary[fact].title
        named = told_apart(asking)
        zh += f"；只有{named.zh}问" if asking else "；各版规则都不问"
        en += f"; only {named.en} asks for " if asking else "; no rulebook asks for "
        zh, en = zh + in_quotes(title.zh), en + title.en
    return replace(reading, how=Text(zh, en))


_OF_KIN = Text("", ""), Text("", "")
_OF_PARTS = Text("其中的", "of these "), Text("，没有填的按不大于这一数判断", ", each taken to be no more than this")


def _asked_instead(fact: Fact, several: Sequence[Fact]) -> list[Fact]:
    """Give those that are the same figure of another market or year, and differ least."""
    differ = {one.id: marks(one.title.zh) ^ marks(fact.title.zh) for one in several if one.kind is fact.kind}
    kin = {name: len(found) for name, found in differ.items() if found and found <= _WHICH}
    return [one for one in several if kin.get(one.id) == min(kin.values(), default=0)]


def _is_part(part: Fact, whole: Fact, vocabulary: Vocabulary) -> bool:
    """Say whether a fact is part of another, by way of whatever totals between."""
    above = vocabulary[part.part_of] if part.part_of else None
    return above is not None and (above == whole or _is_part(above, whole, vocabulary))
