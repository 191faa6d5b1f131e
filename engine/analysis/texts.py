"""The one rulebook that an analysis is about, or the two."""

from __future__ import annotations

from datetime import date

from engine.ground.errors import InputError, Problem, Text
from engine.judging.ruling import ruling
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import require_level
from engine.rulebooks.trial import beside
from engine.rulebooks.what_if import Changes


def one_text(
    catalog: Catalog, rulebook: str | None, level: str | None, as_of: date, where: str = "rulebook"
) -> Rulebook:
    """Give the rulebook of that id, or the only edition of a level on a day. Raises InputError, about `where`."""
    found = ruling(catalog, rulebook, level and require_level(catalog, level), as_of)
    books = found.routes.books if found.routes is not None else ()
    if found.levels is None and len(books) <= 1:
        return found.rulebook
    what = Text(
        "不止一套规则：各行按各自的版本判定，而这里的数是一套规则的",
        "is more than one rulebook: each row would be decided by its own, and the figures here are those of one",
    )
    named = [one.id for one in books] or list(catalog.ids)
    instead = Text(f"请写明是哪一套：{'、'.join(named)}。", f"Say which: {', '.join(named)}.")
    raise InputError([Problem(where, what, instead, level or rulebook)])


def two_texts(
    catalog: Catalog, changes: Changes, rulebook: str | None, level: str | None, other: str | None, as_of: date
) -> tuple[Rulebook, Rulebook]:
    """Give a rulebook and another, or the same, with changes. Raises InputError."""
    first = one_text(catalog, rulebook, level, as_of)
    return beside(catalog, changes, first, one_text(catalog, other, None, as_of, "with") if other else first)
