"""The ladder of a day as one rulebook: a criterion for each level in force, which is the verdict of its edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from engine.deciding.as_if import criterion_as_if
from engine.ground.errors import InputError
from engine.ground.values import Known
from engine.judging.several_rulebooks import Member, several_rulebooks
from engine.language.facts import APPLICATION
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Criterion, Rulebook
from engine.rulebooks.routing import Applicant, editions_in_force, levels_of_difference, no_level, require_any
from engine.rulebooks.rulebook import Application, OpenQuestion
from engine.rulebooks.several import LADDER


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
    of_new = editions_in_force(catalog, as_of, Applicant("new", area))
    again = editions_in_force(catalog, as_of, Applicant("review", area))
    chosen = {level: (again if level in (held or ()) else of_new).get(level) for level in catalog.levels}
    editions = {level: catalog.rulebook(name) for level, name in chosen.items() if name is not None}
    if not editions:
        raise InputError([no_level(as_of, Applicant("new" if held is None else "review", area))])
    as_new = frozenset() if held is None else editions.keys() - held
    differ = levels_of_difference(catalog, as_of, area)
    kind: Application = "new" if held is None else "review"
    members = {
        level: Member(
            book,
            catalog.levels.title(level),
            _deciding(book, as_new=level in as_new),
            _noted(book, "review" if level in (held or ()) else "new", kind),
        )
        for level, book in editions.items()
    }
    kinds = () if held is None else (*sorted(held), "review")
    anew, own = (tuple(one for one in editions if one in some and one in differ) for some in (as_new, held or ()))
    applies_to = _applies_to(held, reviews_differ=bool(differ))
    return replace(several_rulebooks(LADDER, catalog, as_of, members, applies_to, kinds, anew), reviewed=own)


def _applies_to(held: frozenset[str] | None, *, reviews_differ: bool) -> tuple[Application, ...]:
    if held is not None:
        return ("review",)
    return ("new",) if reviews_differ else ("new", "review")


def _deciding(book: Rulebook, *, as_new: bool) -> tuple[Criterion, ...]:
    """Give the criteria of an edition that decide, as of a new application if it is one."""
    found = (one for one in book.criteria if one.words.decides)
    return tuple(criterion_as_if(one, APPLICATION, "new") if as_new else one for one in found)


def _noted(book: Rulebook, own: Application, kind: Application) -> tuple[OpenQuestion, ...]:
    """Give the clauses of a level of which firms that apply for it as `own` are told, as rows of that kind are."""
    return tuple(
        one.model_copy(update={"noted": one.noted.model_copy(update={"application": kind})})
        for one in book.words.open_questions
        if one.noted is not None and one.noted.application == own
    )
