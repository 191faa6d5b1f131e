"""Which rulebooks decide the rows of a list: one by its name, or several, or for each row its edition or ladder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from engine.ground.areas import nearest
from engine.ground.errors import InputError, Problem, Text
from engine.ground.values import Known
from engine.judging.ladder_rulebook import ladder_rulebook, reviewed
from engine.judging.several_rulebooks import routes_rulebook
from engine.language.facts import APPLICATION, AREA
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routes import SeveralOf
from engine.rulebooks.routing import (
    APPLICATIONS,
    Applicant,
    applicant,
    areas_in_force,
    edition,
    open_areas,
    refuse_both,
    require_any,
)
from engine.rulebooks.row_routes import Routes
from engine.rulebooks.several import LADDER, ROUTES

_ONE_FIRM = Problem(
    "change",
    Text("只用于一家企业，不用于名单", "is for one firm, and for no list"),
    Text("名单中没有填写的，用 fill。", "For what a list does not state there is fill."),
)


@dataclass(frozen=True)
class Ruling:
    """What decides the rows of a list: the rulebook, or for some rows that of `routes`; and what it has several of."""

    rulebook: Rulebook
    levels: SeveralOf | None = None
    routes: Routes | None = None


def ruling(catalog: Catalog, rulebook: str | None, level: str | None, as_of: date) -> Ruling:
    """Give what decides a list by a rulebook, by `ladder` or `routes`, or by the editions of a level on a day.

    Raises InputError if there is no such rulebook or level, or none in force, or if both are named.
    """
    refuse_both(rulebook, level)
    if catalog.instead:
        raise InputError([_ONE_FIRM])
    if level is not None:
        return _of_level(catalog, level, as_of)
    name = rulebook or DEFAULT_RULEBOOK
    if name == ROUTES:
        return Ruling(routes_rulebook(catalog, as_of), catalog.routes)
    return _of_ladder(catalog, as_of) if name == LADDER else Ruling(catalog.rulebook(name))


def _of_level(catalog: Catalog, level: str, as_of: date) -> Ruling:
    """Give the editions of a level that decide firms of each kind, wherever they are."""
    areas = areas_in_force(catalog, as_of, level)
    found: dict[str, Rulebook] = {}
    kinds = [Applicant(one, area) for area in (None, *areas) for one in APPLICATIONS]
    served = 0
    for who in kinds:
        with suppress(InputError):
            book = catalog.rulebook(edition(catalog, level, as_of, who))
            found.setdefault(book.id, book)
            served += 1
    if not found:
        edition(catalog, level, as_of)

    def of(values: Mapping[str, Known | None]) -> Rulebook:
        return catalog.rulebook(edition(catalog, level, as_of, applicant(values)))

    asks = frozenset({APPLICATION, AREA} if areas else {APPLICATION} if len(found) > 1 or served < len(kinds) else ())
    lacks = all(one.words.area for one in found.values())
    return Ruling(
        next(iter(found.values())), routes=Routes(asks, of, lacks, open_areas(catalog, areas), tuple(found.values()))
    )


def _of_ladder(catalog: Catalog, as_of: date) -> Ruling:
    """Give the ladder of a day: for a firm that applies for a review another one than for a new applicant."""
    require_any(catalog, as_of)
    areas, levels = areas_in_force(catalog, as_of), catalog.levels

    def of(values: Mapping[str, Known | None]) -> Rulebook:
        who = applicant(values)
        own = nearest(who.area, areas)
        held = reviewed(catalog, as_of, own, values) if who.application == "review" else None
        return ladder_rulebook(catalog, as_of, own, held)

    asks = frozenset({APPLICATION, levels.titles.id, *([AREA] if areas else [])})
    return Ruling(_first(of, areas), levels, Routes(asks, of, open_areas=open_areas(catalog, areas)))


def _first(of: Callable[[Mapping[str, Known | None]], Rulebook], areas: Iterable[str]) -> Rulebook:
    """Give the ladder of a new applicant who says nothing else, or the first that there is. Raises InputError."""
    firms = [(area, kind) for area in (None, *areas) for kind in APPLICATIONS]
    for area, kind in firms:
        with suppress(InputError):
            return of({AREA: area, APPLICATION: kind})
    return of({})
