"""The ladder of a day as one rulebook: a criterion for each level in force, which is the verdict of its edition."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from engine.catalog import Catalog
from engine.conditions import AnyOf
from engine.errors import Text
from engine.logic import Alternative, Criterion, Gate, Rulebook, borrowed
from engine.routing import editions_in_force, require_any
from engine.rulebook import Cite, CriterionWords, InForce, RulebookWords

LADDER = "ladder"


def ladder_rulebook(catalog: Catalog, as_of: date) -> Rulebook:
    """Give the levels that a new application can be for on a day; a firm qualifies if it meets any of them.

    Raises InputError if no level is in force.
    """
    require_any(catalog, as_of)
    editions = {level: catalog.rulebook(name) for level, name in editions_in_force(catalog, as_of).items()}
    criteria = tuple(_criterion(level, book, catalog.levels.title(level)) for level, book in editions.items())
    scores = tuple(score for book in editions.values() for score in book.scores)
    digest = sha256("".join(book.digest for book in editions.values()).encode()).hexdigest()
    alternatives = tuple(
        Alternative(f"{level}:{one.id}", f"{level}:{one.place}", one.title, one.words)
        for level, book in editions.items()
        for one in book.alternatives
    )
    words = RulebookWords.model_construct(
        id=LADDER,
        title=Text("梯度培育各层级", "The ladder"),
        edition=as_of.isoformat(),
        qualification=Text("梯度培育各层级", "The ladder"),
        in_force=InForce.model_construct(from_=as_of, to=as_of),
        applies_to=("new",),
        sources={},
        criteria=tuple(criterion.words for criterion in criteria),
    )
    vocabulary = catalog.vocabulary
    return Rulebook(words, vocabulary, criteria, scores, digest, any_is_enough=True, alternatives=alternatives)


def _criterion(level: str, book: Rulebook, title: Text) -> Criterion:
    """Give the verdict of an edition as a criterion."""
    words = CriterionWords.model_construct(
        id=level,
        title=title,
        cite=Cite.model_construct(source=book.id, clause="", grade="A"),
        quote="",
        decides=True,
        require=AnyOf.model_construct(any_of=()),
    )
    parts = tuple(_part(level, book, criterion) for criterion in book.criteria if criterion.words.decides)
    return Criterion(words, Gate(level, "all_of", len(parts), tuple(part.gate for part in parts)), parts=parts)


def _part(level: str, book: Rulebook, criterion: Criterion) -> Criterion:
    """Give a criterion of an edition under the ids of its level."""
    source = book.id, criterion.words
    others = {
        frozenset(f"{level}:{name}" for name in world): borrowed(gate, level, source)
        for world, gate in criterion.others.items()
    }
    return Criterion(criterion.words, borrowed(criterion.gate, level, source), others)
