"""What a table that is not judged row by row says, beside its figures, that makes these others than they seem.

It is a table in memory, or a list of which one firm is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from engine.ground.errors import Problem
from engine.headers.names import has_remarks, named, naming
from engine.headers.other_times import is_other_time
from engine.headers.understanding import Understanding
from engine.headers.units import OWN_MONEY, TAKEN, header_key
from engine.language.facts import IDENTITY, YEAR, Kind, Vocabulary
from engine.language.reading import money_unit
from engine.layout.doubtful import (
    MOST_CELLS,
    NAME_THE_UNIT,
    ONE_TABLE,
    Doubtful,
    another_table,
    beside_the_figures,
    leaves_open,
    other_than,
    unit_beside,
)
from engine.layout.layout import second_header
from engine.layout.lower_rows import below_a_header
from engine.layout.misread import misread
from engine.layout.no_firm import is_no_firm
from engine.layout.statements import Statements, unit_among
from engine.layout.unit_column import unit_columns
from engine.sql.database import fetched
from engine.sql.functions import or_
from engine.sql.table import Table
from engine.tables.arrow_columns import texts_of
from engine.tables.column_text import as_text
from engine.tables.source import FIRST_ROWS

_MAY_SAY = (
    "[:：年月季元*※★]|单位|金额|下列|字体|底纹|标[注记]|币种|数据|半年|(19|20)[0-9]{2}|复[核审]|[以按].+(计|列示)|"
    "(?i:rmb|cny|yuan|thousand|million)"
)
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.0|年度?)?")  # of which its row is told
_MAY_BE_UNIT = "^[^0-9]{0,20}([元万亿千百币圆镑$€£]|(?i:rmb|cny|yuan|usd|eur|dollar|thousand|million))[^0-9]{0,20}$"
_NO_HEADER = re.compile(r"Unnamed: ?[0-9]+(?:_level_[0-9]+)?|None|nan|_?(?:col(?:umn)?|field)_?[0-9]+|", re.IGNORECASE)
_SAMPLE = 1000
_CODE = "^[0-9A-Za-z]{15,20}$"


def statements_in_rows(
    table: pa.Table, understanding: Understanding, vocabulary: Vocabulary, day: date, mapping: Mapping[str, str] | None
) -> Iterator[Problem]:
    """Give the first problem of a table that says so. `mapping` gives the fact of a column by its header."""
    doubt = next(_doubts(table, understanding, vocabulary, day, mapping), None)
    if doubt is not None:
        yield Problem("table", doubt.what, doubt.instead)


def _doubts(
    table: pa.Table, understanding: Understanding, vocabulary: Vocabulary, day: date, mapping: Mapping[str, str] | None
) -> Iterator[Doubtful]:
    headers = [one.header for one in understanding.columns]
    if not headers:
        return
    rows = _first_and_last(table)
    if found := misread(headers, rows, [], vocabulary, mapping, day):
        yield found
    yield from _times_and_units(understanding, rows, vocabulary, day.year - 1)
    heads = ["" if _NO_HEADER.fullmatch(one) else one for one in headers]
    for row in _rows(_texts_of_all(table.slice(0, 1))):
        if said := below_a_header(heads, row, vocabulary):
            yield second_header(said)
    for at, column in understanding.stated.items():
        if column.fact.kind is Kind.MONEY and (found := unit_among(_may_be_units(table.column(at)), column)):
            yield found
    if header := _another_header(table, understanding, vocabulary):
        yield Doubtful(another_table(header), ONE_TABLE)
    whose = {column.fact.id: at for at, column in understanding.stated.items() if column.fact.id in IDENTITY}
    statements = Statements(understanding, vocabulary, day)
    for cells in _rows_with_few_cells(table, sorted({0, *whose.values()})):
        code, name = (cells[whose[one]] if one in whose else "" for one in IDENTITY)
        if is_no_firm(code, name, cells) and (doubt := statements.of_row(cells)):
            yield doubt


def _times_and_units(
    understanding: Understanding, rows: Sequence[Sequence[str]], vocabulary: Vocabulary, last: int
) -> Iterator[Doubtful]:
    """Give what columns say of the time and the unit of each row, which a list heeds and a table in memory cannot."""
    headers = [one.header for one in understanding.columns]
    if leaves_open(headers, vocabulary):
        if doubt := beside_the_figures(headers, rows, vocabulary, last):
            yield Doubtful(doubt)
        years = [at for at, column in understanding.stated.items() if column.fact.id == YEAR]
        for at, cell in ((at, row[at].strip()) for at in years for row in rows):
            if is_other_time(cell, last) and not _A_YEAR.fullmatch(cell):
                yield Doubtful(other_than(headers[at], cell))
    for one in unit_columns(headers, rows, vocabulary).columns:
        if has_remarks(headers[one.place]):  # heeded row by row
            continue
        amounts = [understanding.stated[at].unit or TAKEN for at in one.amounts if at in understanding.stated]
        for cell in (row[one.place].strip() for row in rows):
            is_own = one.is_currency and header_key(cell) in OWN_MONEY
            if cell and amounts and not is_own and {money_unit(cell) or cell} != set(amounts):
                yield Doubtful(unit_beside(headers[one.place], cell), NAME_THE_UNIT)


def sample(
    connection: duckdb.DuckDBPyConnection, table: Table, headers: Sequence[str], vocabulary: Vocabulary
) -> pa.Table:
    """Give the first rows of a lazy table, and some of those that may say something, as they are found."""
    named_after = {at: named(header, vocabulary) for at, header in enumerate(headers)}
    whose = {at for at, fact in named_after.items() if fact is not None and fact.id in IDENTITY} | {0}
    texts = [as_text(table[table.columns[at]]) for at in sorted(whose)]
    amounts = [at for at, fact in named_after.items() if fact is not None and fact.kind is Kind.MONEY]
    units = (as_text(table[table.columns[at]]).re_search(_MAY_BE_UNIT) for at in amounts)
    may_say = table.filter(or_(*(text.re_search(_MAY_SAY) & ~text.re_search(_CODE) for text in texts), *units))
    return pa.concat_tables(fetched(connection, one) for one in (table.limit(FIRST_ROWS), may_say.limit(_SAMPLE)))


def _first_and_last(table: pa.Table) -> list[list[str]]:
    """Give the cells of the first rows of a table, and of its last ones."""
    last = table.slice(max(FIRST_ROWS, table.num_rows - FIRST_ROWS))
    return _rows([*_texts_of_all(table.slice(0, FIRST_ROWS))]) + _rows(_texts_of_all(last))


def _another_header(table: pa.Table, understanding: Understanding, vocabulary: Vocabulary) -> str | None:
    """Give a header that stands in a row of headers, over a column that is read in another unit."""
    names = pa.array(sorted({word for fact in vocabulary.values() for word in (fact.title.zh, *fact.aliases)}))
    figures = {at: column for at, column in understanding.stated.items() if column.fact.is_numeric}
    for at in (at for at, column in understanding.stated.items() if column.fact.id in IDENTITY):
        rows = table.take(pc.indices_nonzero(pc.is_in(_texts(table.column(at)), value_set=names)))
        for place, column in figures.items() if rows.num_rows else ():
            for cell in _texts(rows.column(place)).to_pylist():
                found = naming(cell, vocabulary)
                if found.fact is not None and found.fact.is_numeric and found.unit not in {"", column.unit}:
                    return str(cell)
    return None


def _rows_with_few_cells(table: pa.Table, looked_at: list[int]) -> list[list[str]]:
    """Give the rows with no more cells than a statement has of which one of these columns may say something."""
    columns = [_texts(table.column(at)) for at in looked_at]
    may_say = [
        pc.and_(pc.match_substring_regex(one, _MAY_SAY), pc.invert(pc.match_substring_regex(one, _CODE)))
        for one in columns
    ]
    cells = _texts_of_all(table.take(pc.indices_nonzero(reduce(pc.or_, may_say))))
    filled = reduce(pc.add, [pc.not_equal(pc.utf8_trim_whitespace(one), "").cast(pa.int32()) for one in cells])
    few = pc.indices_nonzero(pc.less_equal(filled, MOST_CELLS))
    return _rows([one.take(few) for one in cells])


def _may_be_units(column: pa.ChunkedArray) -> list[str]:
    """Give the different texts of a column of amounts that may be units."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
        return []
    texts = _texts(column)
    found: list[str] = pc.unique(texts.filter(pc.match_substring_regex(texts, _MAY_BE_UNIT))).to_pylist()
    return found


def _rows(columns: list[pa.ChunkedArray]) -> list[list[str]]:
    return [list(row) for row in zip(*(one.to_pylist() for one in columns), strict=True)]


def _texts_of_all(table: pa.Table) -> list[pa.ChunkedArray]:
    return [_texts(one) for one in table.columns]


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column of whatever type as texts, "" for null."""
    try:
        texts = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        texts = pa.chunked_array([texts_of(column.to_pylist())])
    return pc.fill_null(texts, "")
