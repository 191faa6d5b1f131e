"""A table in memory whose rows several rulebooks decide: each its own, and all in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from engine.explaining.wording import marked
from engine.ground.errors import Language, Problem
from engine.headers.cells import Column
from engine.headers.understanding import understand
from engine.judging.ruling import Ruling
from engine.rulebooks.edition_titles import edition_titles
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.row_routes import Routes, rulebook_of

By = Callable[[Rulebook, Problem | None, pa.Table], pa.Table]
"""How a table is judged by a rulebook, or refused with a problem."""


def by_edition(
    table: pa.Table, chosen: Ruling, by: By, mapping: Mapping[str, str] | None, day: date, lang: Language
) -> pa.Table:
    """Give the verdicts on a table; the columns of criteria say whose they are if several editions have rows there."""
    keys, routes = routed(table.column_names, chosen, mapping, day), chosen.routes
    if not keys or routes is None:
        return by(chosen.rulebook, None, table)
    books = _books([table.column(place).to_pylist() for place in keys], list(keys.values()), chosen.rulebook, routes)
    several = {(book.digest, refusal): (book, refusal) for book, refusal in books}
    ways = sorted(
        several.values(), key=lambda way: (way[1] is not None, way[0].digest != chosen.rulebook.digest, way[0].id)
    )
    if len(ways) <= 1:
        return by(*(ways[0] if ways else (chosen.rulebook, None)), table)
    title_of = edition_titles(book for book, _ in ways)
    parts = []
    for book, refusal in ways:
        mask = pa.array([(one.digest, why) == (book.digest, refusal) for one, why in books], pa.bool_())
        judged = by(book, refusal, table.filter(mask))
        lines = pa.array(pc.indices_nonzero(mask), pa.int64())
        judged = judged.set_column(0, judged.schema.field(0), pc.add(lines, 1))
        names = _names(judged.column_names, book, title_of[book.id].in_language(lang), lang)
        if refusal is not None:
            judged = judged.select([old for old, new in zip(judged.column_names, names, strict=True) if old == new])
        parts.append(judged if chosen.levels or refusal else judged.rename_columns(names))
    both = pa.concat_tables(parts, promote_options="default")
    return both.take(pc.sort_indices(both.column(0)))


def routed(headers: Sequence[str], chosen: Ruling, mapping: Mapping[str, str] | None, day: date) -> dict[int, Column]:
    """Give the columns that choose the rulebook of a row, by place. Raises InputError where one is needed and lacks."""
    if chosen.routes is None:
        return {}
    found = understand(headers, chosen.rulebook.vocabulary, mapping, as_of=day).stated
    chosen.routes.require_area({one.fact.id for one in found.values()})
    return {at: one for at, one in found.items() if one.fact.id in chosen.routes.asks}


def _books(
    cells: Sequence[Sequence[object]], columns: Sequence[Column], first: Rulebook, routes: Routes
) -> list[tuple[Rulebook, Problem | None]]:
    """Give the rulebook of each row, or the problem that there is none for it."""
    known: dict[tuple[str | None, ...], tuple[Rulebook, Problem | None]] = {}
    texts = [[None if one is None else str(one) for one in column] for column in cells]
    for row in zip(*texts, strict=True):
        if row not in known:
            values = {column.fact.id: column.known(cell) for column, cell in zip(columns, row, strict=True)}
            known[row] = rulebook_of(routes, values, first)
    return [known[row] for row in zip(*texts, strict=True)]


def _names(names: Sequence[str], book: Rulebook, edition: str, lang: Language) -> list[str]:
    """Give the headings with those of the criteria saying whose they are."""
    ids = {one.words.id: f"{book.id}:{one.words.id}" for one in book.criteria}
    titles = {marked(one.words.title, decides=one.words.decides).in_language(lang) for one in book.criteria}
    return [ids.get(name, f"{name}〔{edition}〕" if name in titles else name) for name in names]
