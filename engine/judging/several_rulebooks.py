"""Several rulebooks as one: a criterion for each, which is its verdict. The ladder of a day and the routes are such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

from engine.ground.errors import Text
from engine.language.conditions import AnyOf
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Alternative, Change, Criterion, Gate, Rulebook, borrowed
from engine.rulebooks.marks import TRIAL, marked_title
from engine.rulebooks.rulebook import Application, Cite, CriterionWords, InForce, OpenQuestion, RulebookWords
from engine.rulebooks.several import ROUTES, SEVERAL


@dataclass(frozen=True)
class Member:
    """A rulebook among several: what it decides, its criteria that do, and clauses of which firms are told."""

    book: Rulebook
    title: Text
    deciding: tuple[Criterion, ...]
    noted: tuple[OpenQuestion, ...] = ()


def several_rulebooks(
    name: str,
    catalog: Catalog,
    as_of: date,
    members: Mapping[str, Member],
    applies_to: tuple[Application, ...],
    kinds: Iterable[str] = (),
    taken_as_new: tuple[str, ...] = (),
) -> Rulebook:
    """Give a rulebook that is met if any of `members` is, each of which is a criterion under its id."""
    title, books = SEVERAL[name].title, [one.book for one in members.values()]
    criteria = tuple(_criterion(member_id, one) for member_id, one in members.items())
    words = RulebookWords.model_construct(
        id=name,
        title=title,
        edition=as_of.isoformat(),
        qualification=title,
        in_force=InForce.model_construct(from_=as_of, to=as_of),
        applies_to=applies_to,
        sources={book.id: book.words.text for book in books},
        criteria=tuple(criterion.words for criterion in criteria),
        open_questions=tuple(question for one in members.values() for question in one.noted),
    )
    return Rulebook(
        words,
        catalog.vocabulary,
        criteria,
        tuple(dict.fromkeys(score for book in books for score in book.scores)),
        sha256("".join([*(book.digest for book in books), *kinds]).encode()).hexdigest(),
        any_is_enough=True,
        alternatives=tuple(
            Alternative(f"{member_id}:{one.id}", f"{member_id}:{one.place}", one.title, one.words)
            for member_id, member in members.items()
            for one in member.book.alternatives
        ),
        taken_as_new=taken_as_new,
        changes=tuple(_changes(members)),
        assumed={name: value for book in books for name, value in book.assumed.items()},
        members=tuple(books),
    )


def _changes(members: Mapping[str, Member]) -> Iterable[Change]:
    """Give what is changed in each, with the title of that; what is assumed of blanks once."""
    assumed = {one.id: one for member in members.values() for one in member.book.changes if one.fact is not None}
    for member in members.values():
        for one in member.book.changes:
            if one.fact is None:
                yield replace(
                    one, title=Text(f"{member.title.zh}：{one.title.zh}", f"{member.title.en}: {one.title.en}")
                )
    yield from assumed.values()


@lru_cache(64)
def routes_rulebook(catalog: Catalog, as_of: date) -> Rulebook:
    """Give the problem classes that lead to a route, each by its rulebook."""
    layers = catalog.routes.layers
    books = [catalog.rulebook(layer.rulebook) for layer in layers]
    deciding = [tuple(one for one in book.criteria if one.words.decides) for book in books]
    members = {book.id: Member(book, book.words.qualification, own) for book, own in zip(books, deciding, strict=True)}
    return several_rulebooks(ROUTES, catalog, as_of, members, ("new", "review"), [one.id for one in layers])


def _criterion(member_id: str, member: Member) -> Criterion:
    """Give the verdict of a rulebook as a criterion."""
    words = CriterionWords.model_construct(
        id=member_id,
        title=marked_title(member.title, TRIAL) if member.book.changes else member.title,
        cite=Cite.model_construct(source=member.book.id, clause="", grade="A"),
        quote="",
        decides=True,
        require=AnyOf.model_construct(any_of=()),
    )
    parts = tuple(_part(member_id, criterion) for criterion in member.deciding)
    return Criterion(words, Gate(member_id, "all_of", len(parts), tuple(part.gate for part in parts)), parts=parts)


def _part(member_id: str, criterion: Criterion) -> Criterion:
    """Give a criterion of a rulebook under the ids of its member."""
    others = {
        frozenset(f"{member_id}:{name}" for name in world): borrowed(gate, member_id)
        for world, gate in criterion.others.items()
    }
    return Criterion(criterion.words, borrowed(criterion.gate, member_id), others)
