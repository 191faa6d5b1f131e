"""What a word names that can be explained: a fact, a criterion or a line of a scorecard, a rulebook, a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from engine.explaining.rulebook_parts import Part, part_id, parts_of, title_of
from engine.explaining.wording import quoted_words
from engine.ground.errors import InputError, Problem, Text, did_you_mean, first_of, short, told_apart
from engine.headers.names import fact_called, naming
from engine.headers.units import header_key
from engine.language.facts import Fact, half_width
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Criterion, Item, Rulebook
from engine.rulebooks.routing import require_level

_MOST = 12
_NUMBER = re.compile(r"[^0-9]*(?:〔[0-9]{4}〕)?[0-9]+号")
_ALL = Text("champion facts、champion rulebooks 列出全部。", "`champion facts` and `champion rulebooks` list all.")


@dataclass(frozen=True)
class Cited:
    """A document by its number, its title, the rulebooks that are its text, and those that cite it otherwise.

    Of one that was not read, `said` is what these say of it.
    """

    document: str
    title: Text
    texts: tuple[Rulebook, ...]
    cited_by: tuple[Rulebook, ...]
    said: tuple[Text, ...] = ()


def explained(word: str, catalog: Catalog) -> Fact | Part | Rulebook | Cited:
    """Give what a word names, by id, title or another of its names; a fact goes before a criterion of its title.

    A document is named by its number too, 300号.

    A criterion of several rulebooks is named `RULEBOOK:CRITERION`. Raises InputError with what it may have meant.
    """
    key, books = header_key(word), [catalog.rulebook(name) for name in catalog.ids]
    parts = [part for book in books for part in parts_of(book) if key in _keys(*part)]
    named = [one for one in _cited(books) if key in _numbers(one)]
    found: list[Fact | Part | Rulebook | Cited | None] = [
        fact_called(word, catalog.vocabulary),
        *(book for book in books if key in map(header_key, (book.id, *_titles(book.words.title)))),
        *(named if len(named) == 1 else ()),
        *(parts if len(parts) == 1 else ()),
        None if parts else naming(word, catalog.vocabulary).fact,
        None if named else _unread(word.strip(), books),
    ]
    for one in found:
        if one is not None:
            return one
    raise InputError([_unclear(word, parts, catalog, books)])


def _cited(books: Iterable[Rulebook]) -> list[Cited]:
    """Give every document that has a number, each with the title that its own text gives it."""
    found: dict[str, tuple[Text, dict[Rulebook, None]]] = {}
    for book in books:
        for one in book.words.sources.values():
            if one.document:
                found.setdefault(one.document, (one.title, {}))[1][book] = None
    return [
        Cited(
            name,
            title,
            tuple(one for one in citing if one.words.document == name),
            tuple(one for one in citing if one.words.document != name),
        )
        for name, (title, citing) in found.items()
    ]


def _unread(word: str, books: Iterable[Rulebook]) -> Cited | None:
    """Give the document of a number that rulebooks speak of in what they leave open, and that none has as a source."""
    said: dict[Text, None] = {}
    citing: dict[Rulebook, None] = {}
    for book in books if _NUMBER.fullmatch(word) else ():
        for one in book.words.open_questions:
            where = f"{one.clause}{quoted_words(one.quote).zh if one.quote else ''}"
            told = [Text(f"{where}：{one.reason.zh}", f"{where}: {one.reason.en}")]
            told += [one.noted.words] if one.noted else []
            if any(re.search(rf"(?<![0-9]){re.escape(word)}", each.zh) for each in told):
                citing[book] = None
                said |= dict.fromkeys(told)
    title = Text("没有读到原文，只知道规则中写的这些", "not read: known only by what rulebooks say of it")
    return Cited(word, title, (), tuple(citing), tuple(said)) if citing else None


def _numbers(one: Cited) -> set[str]:
    short = one.document.rpartition("〕")[2]
    return {header_key(name) for name in (one.document, short, *_titles(one.title), f"《{one.title.zh}》")}


def _titles(title: Text) -> tuple[str, str]:
    return title.zh, title.en


def _keys(rulebook: Rulebook, part: Criterion | Item) -> set[str]:
    """Give the words that name a part, alone and behind the id of its rulebook."""
    words = [part_id(part), *_titles(title_of(part)), *([part.id] if isinstance(part, Item) else [])]
    return {header_key(one) for word in words for one in (word, f"{rulebook.id}:{word}")}


def _has(word: str, names: Iterable[str]) -> bool:
    """Say whether any of some names has the word in it, one of Latin letters at the beginning of a word of its own."""
    begin = r"(?<![^\W_])" if word.isascii() else ""
    return bool(word) and any(re.search(begin + re.escape(word), name, re.IGNORECASE) for name in names)


def _unclear(word: str, parts: list[Part], catalog: Catalog, books: list[Rulebook]) -> Problem:
    """Say what all is named so, or has the word in its title; or else what is near."""
    what = Text("指的可能不止一项", "may mean several things")
    found = {f"{book.id}:{part_id(part)}": _of_its_text(book, part) for book, part in parts}
    if not found:
        found |= {fact.id: fact.title for fact in naming(word, catalog.vocabulary).perhaps}
        with suppress(InputError):
            level = require_level(catalog, word)
            found |= {book.id: book.words.title for book in books if book.words.level == level}
    if not found:
        what = Text("没有叫这个名称的指标、条件、规则或文件", "is the name of no fact, criterion, rulebook or document")
        everything = {fact.id: fact.title for fact in catalog.vocabulary.values()}
        everything |= {part_id(part): title_of(part) for book in books for _, part in parts_of(book)}
        everything |= {book.id: book.words.title for book in books}
        found = {name: one for name, one in everything.items() if _has(word.strip(), (name, *_titles(one)))}
        if not found:
            names = [name for one in everything.items() for name in (one[0], *_titles(one[1]))]
            return Problem("word", what, did_you_mean(word, names) or _ALL, short(word))
    if len(found) == 1:
        what = Text("不是全名", "is no whole name")
    if asking := [one for one in catalog.vocabulary.values() if half_width(word).strip().casefold() in one.code_of]:
        of = told_apart(one.title for one in asking)
        what = Text(f"是“{of.zh}”的一个选项", f"is an option of: {of.en}")
    named = first_of([*found.items()], _MOST)
    etc = Text("等", ", …") if len(named) < len(found) else Text("", "")
    zh, en = "、".join(f"{name}（{title.zh}）" for name, title in named), ", ".join(name for name, _ in named)
    one_of = Text("请写其中之一：", "Write one of: ") if len(found) > 1 else Text("请写：", "Write ")
    return Problem("word", what, Text(f"{one_of.zh}{zh}{etc.zh}。", f"{one_of.en}{en}{etc.en}."), short(word))


def _of_its_text(book: Rulebook, part: Criterion | Item) -> Text:
    """Give the title of a part behind that of its rulebook."""
    of, title = book.words.title, title_of(part)
    return Text(f"{of.zh}：{title.zh}", f"{of.en}: {title.en}")
