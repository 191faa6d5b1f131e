"""The ladder of a day as one rulebook: a criterion for each level in force, which is the verdict of its edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256

from engine.deciding.as_if import criterion_as_if
from engine.ground.errors import InputError, Text
from engine.ground.values import Known
from engine.language.conditions import AnyOf
from engine.language.facts import APPLICATION
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.levels import LADDER
from engine.rulebooks.logic import Alternative, Criterion, Gate, Rulebook, borrowed
from engine.rulebooks.routing import Applicant, editions_in_force, levels_of_difference, no_level, require_any
from engine.rulebooks.rulebook import Application, Cite, CriterionWords, InForce, RulebookWords


def reviewed(catalog: Catalog, as_of: date, area: str | None, values: Mapping[str, Known | None]) -> frozenset[str]:
    """Give the levels that a firm of an area which asks for a review has reviewed: of its titles, or all if unknown.

    Levels at which a review and a new application are decided alike are not among them.
    """
    titles = values.get(catalog.levels.titles.id)
    found = levels_of_difference(catalog, as_of, area)
    return frozenset(level for level in found if not isinstance(titles, frozenset) or level in titles)


@lru_cache(64)
def ladder_rulebook(
    catalog: Catalog, as_of: date, area: str | None = None, held: frozenset[str] | None = None
) -> Rulebook:
    """Give the levels that a firm of an area can apply for on a day; it qualifies if it meets any of them.

    A new application if `held` is None; else the levels in `held` are reviewed, and the others applied for anew. Raises
    InputError if no level is in force for it.
    """
    require_any(catalog, as_of)
    anew = editions_in_force(catalog, as_of, Applicant("new", area))
    again = editions_in_force(catalog, as_of, Applicant("review", area))
    chosen = {level: (again if level in (held or ()) else anew).get(level) for level in catalog.levels}
    editions = {level: catalog.rulebook(name) for level, name in chosen.items() if name is not None}
    if not editions:
        raise InputError([no_level(as_of, Applicant("new" if held is None else "review", area))])
    as_new = frozenset() if held is None else editions.keys() - held
    differ = levels_of_difference(catalog, as_of, area)
    criteria = tuple(
        _criterion(level, book, catalog.levels.title(level), as_new=level in as_new) for level, book in editions.items()
    )
    scores = tuple(dict.fromkeys(score for book in editions.values() for score in book.scores))
    kind = "new" if held is None else "review"
    kinds = [] if held is None else [*sorted(held), "review"]
    digest = sha256("".join([*(book.digest for book in editions.values()), *kinds]).encode()).hexdigest()
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
        applies_to=_applies_to(held, reviews_differ=bool(differ)),
        sources={book.id: book.words.text for book in editions.values()},
        criteria=tuple(criterion.words for criterion in criteria),
        open_questions=tuple(
            one.model_copy(update={"noted": one.noted.model_copy(update={"application": kind})})
            for level, book in editions.items()
            for one in book.words.open_questions
            if one.noted is not None and one.noted.application == ("review" if level in (held or ()) else "new")
        ),
    )
    vocabulary = catalog.vocabulary
    told = tuple(level for level in editions if level in as_new and level in differ)
    return Rulebook(
        words, vocabulary, criteria, scores, digest, any_is_enough=True, alternatives=alternatives, taken_as_new=told
    )


def _applies_to(held: frozenset[str] | None, *, reviews_differ: bool) -> tuple[Application, ...]:
    if held is not None:
        return ("review",)
    return ("new",) if reviews_differ else ("new", "review")


def _criterion(level: str, book: Rulebook, title: Text, *, as_new: bool) -> Criterion:
    """Give the verdict of an edition as a criterion."""
    words = CriterionWords.model_construct(
        id=level,
        title=title,
        cite=Cite.model_construct(source=book.id, clause="", grade="A"),
        quote="",
        decides=True,
        require=AnyOf.model_construct(any_of=()),
    )
    deciding = [one for one in book.criteria if one.words.decides]
    if as_new:
        deciding = [criterion_as_if(one, APPLICATION, "new") for one in deciding]
    parts = tuple(_part(level, criterion) for criterion in deciding)
    return Criterion(words, Gate(level, "all_of", len(parts), tuple(part.gate for part in parts)), parts=parts)


def _part(level: str, criterion: Criterion) -> Criterion:
    """Give a criterion of an edition under the ids of its level."""
    others = {
        frozenset(f"{level}:{name}" for name in world): borrowed(gate, level)
        for world, gate in criterion.others.items()
    }
    return Criterion(criterion.words, borrowed(criterion.gate, level), others)
