"""One page that explains a fact, a criterion, a rulebook or a document: its words, where it stands, who asks what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.explaining.explained import Cited, explained
from engine.explaining.pages import fact_page, rulebook_page
from engine.explaining.requirement import requirement
from engine.explaining.rulebook_parts import (
    Asked,
    OtherReading,
    Part,
    asked_of,
    bands_of,
    facts_of,
    part_id,
    parts_of,
    readings_of,
    rests_on,
    title_of,
)
from engine.ground.errors import Text
from engine.ground.result import Result
from engine.language.facts import Fact, Vocabulary
from engine.language.reading import accepted
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.documents import DocumentsWords
from engine.rulebooks.logic import Criterion, Item, Rulebook
from engine.rulebooks.routing import timeline


@dataclass
class Place:
    """A criterion, or a line of a scorecard: what it requires, in which words of which document, how these are read."""

    rulebook: str
    id: str
    title: Text
    requires: Text
    quote: str | None
    document: str | None
    clause: str
    grade: str
    decides: bool
    confirmed: bool
    reading: Text | None
    otherwise: tuple[OtherReading, ...]
    evidence: tuple[Text, ...]


@dataclass
class Edition:
    """A rulebook with its days, as lists of rulebooks have it, and all that it asks of a fact."""

    rulebook: dict[str, Any]
    asks: tuple[Asked, ...]


@dataclass
class FactSheet:
    """A fact: what it is, how it is written, what it is computed from and goes into, under which headers it is known.

    `part_facts` are those of which it is the whole, so that a text may ask for them and not for it.
    `editions` has every edition of each level of which one asks something of it, by the day on which it begins.
    """

    fact: dict[str, Any]
    written: Text | None
    parts: dict[str, Text]
    part_facts: dict[str, Text]
    goes_into: dict[str, Text]
    counted_from: dict[str, Text]
    headers: tuple[str, ...]
    headers_if_no_other: tuple[str, ...]
    headers_perhaps: tuple[str, ...]
    editions: tuple[Edition, ...]


@dataclass
class Paper:
    """A paper that proves it: its title, and the names by which criteria ask for it."""

    title: Text
    documents: tuple[Text, ...]


@dataclass
class Explanation(Result):
    """What a word names, explained; of a criterion the facts are those that it looks at.

    Of a document the rulebooks that are its text, and those that cite it; of one that was not read what they say.
    """

    kind: Literal["fact", "criterion", "rulebook", "document"]
    id: str
    title: Text
    rulebook: dict[str, Any] | None
    facts: tuple[FactSheet, ...]
    places: tuple[Place, ...]
    papers: tuple[Paper, ...]
    texts: tuple[dict[str, Any], ...] = ()
    cited_by: tuple[dict[str, Any], ...] = ()
    said: tuple[Text, ...] = ()


def explanation(word: str, catalog: Catalog | None = None) -> Explanation:
    """Explain what a word names, as `explained` finds it; raises InputError, RulebookError."""
    catalog = catalog or shipped()
    found = explained(word, catalog)
    if isinstance(found, Rulebook):
        parts, facts = list(parts_of(found)), ()
        return _page("rulebook", found.id, found.words.title, found, facts, parts, catalog)
    if isinstance(found, Cited):
        texts, others = (tuple(rulebook_page(one, whole=False) for one in it) for it in (found.texts, found.cited_by))
        page = _page("document", found.document, found.title, None, (), (), catalog)
        return replace(page, texts=texts, cited_by=others, said=found.said)
    books = [catalog.rulebook(head.id) for head in timeline(catalog)]
    if isinstance(found, Fact):
        parts = [part for book in books for part in parts_of(book) if rests_on(found, *part)]
        return _page("fact", found.id, found.title, None, [_sheet(found, books, catalog.vocabulary)], parts, catalog)
    book, part = found
    level = [one for one in books if one is book or (one.words.level == book.words.level is not None)]
    sheets = [_sheet(fact, level, catalog.vocabulary) for fact in facts_of(book, part)]
    return _page("criterion", part_id(part), title_of(part), book, sheets, [found], catalog)


def _page(
    kind: Literal["fact", "criterion", "rulebook", "document"],
    name: str,
    title: Text,
    book: Rulebook | None,
    facts: Iterable[FactSheet],
    parts: Iterable[Part],
    catalog: Catalog,
) -> Explanation:
    facts, places = tuple(facts), tuple(_place(*part) for part in parts)
    usual = [sheet.fact["evidence"] for sheet in facts if sheet.fact["evidence"]]
    asked = [document for place in places for document in place.evidence]
    papers = tuple(_papers([*usual, *asked], catalog.documents))
    if kind == "fact" and usual:  # a criterion asks for those of its other facts too
        own = {one.title for one in _papers(usual, catalog.documents)}
        papers = tuple(one for one in papers if one.title in own)
    return Explanation(kind, name, title, rulebook_page(book, whole=False) if book else None, facts, places, papers)


def _papers(asked: Iterable[Text], words: DocumentsWords) -> Iterator[Paper]:
    """Give each paper once, with the names by which it is asked for."""
    title_of = {name.name: paper.title for paper in words.papers for name in paper.names}
    found: dict[Text, dict[Text, None]] = {}
    for document in asked:
        found.setdefault(title_of.get(document.zh, document), {})[document] = None
    yield from (Paper(title, tuple(names)) for title, names in found.items())


def _place(book: Rulebook, part: Criterion | Item) -> Place:
    """Give a part with its words; a line has the clause of its card, and no reading or paper of its own."""
    others = readings_of(book, part)
    if isinstance(part, Criterion):
        words, quote, requires, cite = part.words, part.words.quote, requirement(part.gate), part.words.cite
        told = words.decides, words.confirmed, words.reading, others, words.evidence
    else:
        card = next(one for one in book.words.scorecards if part.id.startswith(f"{one.id}."))
        lines = (line for group in card.groups for line in group.items)
        quote, requires, cite = (
            next(line.quote for line in lines if line.id == part_id(part)),
            bands_of(part),
            card.cite,
        )
        told = True, not others, None, others, ()
    document = book.words.sources[cite.source].document
    return Place(book.id, part_id(part), title_of(part), requires, quote, document, cite.clause, cite.grade, *told)


def _part_facts(fact: Fact, known: Vocabulary) -> Iterator[tuple[str, Text]]:
    """Give the facts of which one is the whole, and those of which these are."""
    for one in known.values():
        if one.part_of == fact.id:
            yield one.id, one.title
            yield from _part_facts(one, known)


def _sheet(fact: Fact, books: Iterable[Rulebook], known: Vocabulary) -> FactSheet:
    asks = {book: tuple(asked_of(fact, book)) for book in books}
    levels = {book.words.level or book.id for book, several in asks.items() if several}
    return FactSheet(
        fact_page(fact),
        accepted(fact) if fact.is_given else None,
        {name: known[name].title for name in (fact.formula.names if fact.formula else ())},
        dict(_part_facts(fact, known)),
        {one.id: one.title for one in known.values() if one.formula and fact.id in one.formula.names},
        {one.id: one.words.title for one in known.lists.values() if fact.id in one.words.gives},
        (fact.title.zh, fact.title.en, *fact.aliases, *fact.asked),
        (*fact.stand_ins, *fact.narrower),
        fact.perhaps,
        tuple(
            Edition(rulebook_page(book, whole=False), several)
            for book, several in asks.items()
            if (book.words.level or book.id) in levels
        ),
    )
