"""Which rulebooks decide the rows of a list: one by its name, the ladder of a day, or the editions of a level."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from engine.catalog import DEFAULT_RULEBOOK, Catalog
from engine.errors import InputError
from engine.ladder_rulebook import LADDER, ladder_rulebook
from engine.levels import Levels
from engine.logic import Rulebook
from engine.routing import APPLICATIONS, edition, refuse_both


@dataclass(frozen=True)
class Ruling:
    """What decides the rows of a list: the rulebook, another one for reviews if there is one, and levels if it has any.

    Where no edition is in force for new applications, `rulebook` is that for reviews.
    """

    rulebook: Rulebook
    levels: Levels | None = None
    reviews: Rulebook | None = None


def ruling(catalog: Catalog, rulebook: str | None, level: str | None, as_of: date) -> Ruling:
    """Give what decides a list by a rulebook, by `ladder`, or by the editions of a level on a day.

    Raises InputError if there is no such rulebook or level, or none in force, or if both are named.
    """
    refuse_both(rulebook, level)
    if level is None:
        name = rulebook or DEFAULT_RULEBOOK
        if name == LADDER:
            return Ruling(ladder_rulebook(catalog, as_of), catalog.levels)
        return Ruling(catalog.rulebook(name))
    found = []
    for application in APPLICATIONS:
        with suppress(InputError):
            found.append(catalog.rulebook(edition(catalog, level, as_of, application)))
    if not found:
        edition(catalog, level, as_of)
    first, *others = found
    return Ruling(first, reviews=next((one for one in others if one.id != first.id), None))
