"""The one rulebook that an analysis is about, or the two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

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
    try:
        found = ruling(catalog, rulebook, level and require_level(catalog, level), as_of)
    except InputError as error:
        told = (replace(one, where=where) if one.where == "rulebook" else one for one in error.problems)
        raise InputError(told) from error
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


def at_once(*asked: Callable[[], Any]) -> list[Any]:
    """Give what each gives. Raises InputError with the mistakes of all."""
    found, problems = [], list[Problem]()
    for one in asked:
        try:
            found.append(one())
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found


def two_texts(
    catalog: Catalog, changes: Changes, rulebook: str | None, level: str | None, other: str | None, as_of: date
) -> tuple[Rulebook, Rulebook]:
    """Give a rulebook and another, or the same, with changes. Raises InputError."""
    first, second = at_once(
        lambda: one_text(catalog, rulebook, level, as_of),
        lambda: one_text(catalog, other, None, as_of, "with") if other else None,
    )
    return beside(catalog, changes, first, second or first)
