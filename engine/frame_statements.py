"""What a row of a table in memory, which is no firm's, says of the figures: another year, another unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from engine.arrow_columns import texts_of
from engine.column_text import as_text
from engine.doubtful import MOST_CELLS, ONE_TABLE, SAY_WHICH, another_table, in_a_row, leaves_open, unit_of_all
from engine.errors import Problem, shown
from engine.facts import APPLICATION, Vocabulary
from engine.header_names import named, naming
from engine.headers import Understanding
from engine.misread import misread, reviews_in
from engine.no_firm import is_no_firm
from engine.source import FIRST_ROWS

_MAY_SAY = (
    "[:：年月季]|单位|金额|币种|数据|半年|(19|20)[0-9]{2}|复[核审]|[以按].+(计|列示)|(?i:rmb|cny|yuan|thousand|million)"
)
_SAMPLE = 1000
_CODE = "^[0-9A-Za-z]{15,20}$"


def statements_in_rows(
    table: pa.Table, understanding: Understanding, vocabulary: Vocabulary, day: date
) -> Iterator[Problem]:
    """Give the problem of a table that has such a row: where a firm's name or code would stand, or first of all."""
    whose = {column.fact.id: at for at, column in understanding.stated.items()}
    looked_at = {whose[one] for one in ("firm_id", "firm_name") if one in whose} | {0}
    headers = [one.header for one in understanding.columns]
    last, unit = day.year - 1 if leaves_open(headers, vocabulary) else None, unit_of_all(understanding, vocabulary)
    first = [
        list(row) for row in zip(*(_texts(one).to_pylist() for one in table.slice(0, FIRST_ROWS).columns), strict=True)
    ]
    if headers and (found := misread(headers, first, [], vocabulary)):
        yield Problem("table", found.what, found.instead)
        return
    if header := _another_header(table, understanding, vocabulary):
        yield Problem("table", another_table(header), ONE_TABLE)
        return
    for cells in _rows_with_few_cells(table, sorted(looked_at)) if headers else ():
        code, name = (cells[whose[one]] if one in whose else "" for one in ("firm_id", "firm_name"))
        if not is_no_firm(code, name, cells):
            continue
        if doubt := in_a_row(cells, vocabulary, last, unit):
            yield Problem("table", doubt, SAY_WHICH, shown("".join(cells)))
            return
        if APPLICATION not in whose and (found := reviews_in(cells)):
            yield Problem("table", found.what, found.instead)
            return


def sample(table: ir.Table, vocabulary: Vocabulary) -> pa.Table:
    """Give the first rows of a lazy table, and some of those that may say something, as they are found."""
    named_after = {at: named(header, vocabulary) for at, header in enumerate(table.columns)}
    whose = {at for at, fact in named_after.items() if fact is not None and fact.id in {"firm_id", "firm_name"}} | {0}
    texts = [as_text(table[table.columns[at]]) for at in sorted(whose)]
    may_say = table.filter(ibis.or_(*(text.re_search(_MAY_SAY) & ~text.re_search(_CODE) for text in texts)))
    return pa.concat_tables([table.limit(FIRST_ROWS).to_pyarrow(), may_say.limit(_SAMPLE).to_pyarrow()])


def _another_header(table: pa.Table, understanding: Understanding, vocabulary: Vocabulary) -> str | None:
    """Give a header that stands in a row of headers, over a column that is read in another unit."""
    names = pa.array(sorted({word for fact in vocabulary.values() for word in (fact.title.zh, *fact.aliases)}))
    figures = {at: column for at, column in understanding.stated.items() if column.fact.is_numeric}
    for at in (at for at, column in understanding.stated.items() if column.fact.id in {"firm_id", "firm_name"}):
        rows = table.take(pc.indices_nonzero(pc.is_in(_texts(table.column(at)), value_set=names)))
        for place, column in figures.items() if rows.num_rows else ():
            for cell in _texts(rows.column(place)).to_pylist():
                found = naming(cell, vocabulary)
                if found.fact is not None and found.fact.is_numeric and found.unit not in {"", column.unit}:
                    return str(cell)
    return None


def _rows_with_few_cells(table: pa.Table, looked_at: list[int]) -> Iterator[list[str]]:
    """Give the rows with no more cells than a statement has of which one of these columns may say something."""
    columns = {at: _texts(table.column(at)) for at in looked_at}
    may_say = [
        pc.and_(pc.match_substring_regex(one, _MAY_SAY), pc.invert(pc.match_substring_regex(one, _CODE)))
        for one in columns.values()
    ]
    found = may_say[0]
    for one in may_say[1:]:
        found = pc.or_(found, one)
    rows = table.take(pc.indices_nonzero(found))
    cells = [_texts(column) for column in rows.columns]
    filled = [pc.not_equal(pc.utf8_trim_whitespace(one), "").cast(pa.int32()) for one in cells]
    many = filled[0] if filled else pa.array([], pa.int32())
    for one in filled[1:]:
        many = pc.add(many, one)
    few = pc.indices_nonzero(pc.less_equal(many, MOST_CELLS))
    yield from (list(row) for row in zip(*(one.take(few).to_pylist() for one in cells), strict=True))


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column of whatever type as texts, "" for null."""
    try:
        return pc.fill_null(column.cast(pa.string()), "")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.chunked_array([pc.fill_null(texts_of(column.to_pylist()), "")])
