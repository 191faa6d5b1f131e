"""A table in memory whose rows two editions decide: each its own, and all in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from engine.cells import Column
from engine.errors import Language
from engine.headers import understand
from engine.list_ruling import Ruling
from engine.logic import Rulebook
from engine.screen_plan import APPLICATION
from engine.screening_editions import asks_for_review

By = Callable[[Rulebook, pa.Table], pa.Table]


def by_edition(
    table: pa.Table, chosen: Ruling, by: By, mapping: Mapping[str, str] | None, day: date, lang: Language
) -> pa.Table:
    """Give the verdicts on a table; the columns of criteria say whose they are if rows of both kinds are there."""
    found = understand(table.column_names, chosen.rulebook.vocabulary, mapping, as_of=day)
    column = next(((at, one) for at, one in found.stated.items() if one.fact.id == APPLICATION), None)
    if column is None or chosen.reviews is None:
        return by(chosen.rulebook, table)
    is_review = pa.array(_asks_for_review(table.column(column[0]).to_pylist(), column[1]), pa.bool_())
    if is_review.true_count in {0, table.num_rows}:
        return by(chosen.reviews if is_review.true_count else chosen.rulebook, table)
    parts = []
    for book, mask in ((chosen.rulebook, pc.invert(is_review)), (chosen.reviews, is_review)):
        judged = by(book, table.filter(mask))
        lines = pa.array(pc.indices_nonzero(mask), pa.int64())
        judged = judged.set_column(0, judged.schema.field(0), pc.add(lines, 1))
        parts.append(judged.rename_columns(_names(judged.column_names, book, lang)))
    both = pa.concat_tables(parts, promote_options="default")
    return both.take(pc.sort_indices(both.column(0)))


def _asks_for_review(cells: Sequence[object], column: Column) -> list[bool]:
    known = {cell: cell is not None and asks_for_review(str(cell), column) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _names(names: Sequence[str], book: Rulebook, lang: Language) -> list[str]:
    """Give the headings with those of the criteria saying whose they are."""
    ids = {one.words.id: f"{book.id}:{one.words.id}" for one in book.criteria}
    titles = [one.words.title.in_language(lang) for one in book.criteria]
    edition = book.words.title.in_language(lang)
    return [ids.get(name, f"{name}〔{edition}〕" if name in titles else name) for name in names]
