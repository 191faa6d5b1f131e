"""Parquet files as sources: typed columns become what a person would type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from engine.ground.errors import InputError, Text
from engine.layout.doubtful import Doubtful, beside_the_figures, leaves_open, may_say_which
from engine.layout.header_rows import Head
from engine.layout.layout import Desk, Layout, Record, Rows, copied_source, has_other_years
from engine.layout.misread import misread
from engine.layout.panel import year_column
from engine.layout.unit_column import may_be_units, unit_columns
from engine.sql.database import streamed
from engine.sql.table import Table
from engine.tables.arrow_columns import plain_column, plain_type
from engine.tables.column_text import text_table
from engine.tables.duckdb_files import Irregular, parquet, parquet_columns, table_of
from engine.tables.source import FIRST_ROWS, Source, unusable


def open_parquet(path: Path, desk: Desk) -> Source:
    """Open a Parquet file; one with years of firms or units as rows, or with types of its own, is copied.

    Raises InputError.
    """
    try:
        schema = pq.read_schema(path)
        if any(types.is_binary(one.type) for one in schema):  # of writers that do not say which are texts
            with suppress(Irregular, duckdb.Error, UnicodeDecodeError):
                return _opened(path, schema, desk, bytes_are_text=True)
        return _opened(path, schema, desk, bytes_are_text=False)
    except _FAILURES as error:
        raise _damaged(path) from error


_FAILURES = (Irregular, duckdb.Error, pa.ArrowException, OSError, UnicodeDecodeError)


def _bytes_of_texts(path: Path, schema: pa.Schema, desk: Desk) -> int:
    """Give how many bytes the texts of a file are, of which a few may stand in it a million times."""
    texts = [place for place, one in enumerate(schema) if types.is_string(one.type) or types.is_binary(one.type)]
    if not texts:
        return 0
    relation = parquet(path, desk.scratch, parquet_columns(path, desk.scratch))
    sizes = ", ".join(f"strlen(c{place})" for place in texts)
    found = desk.connection.execute(f"select sum(list_sum([{sizes}])) from {relation}").fetchone()  # noqa: S608 ours
    return int(found[0] or 0) if found else 0


def _opened(path: Path, schema: pa.Schema, desk: Desk, *, bytes_are_text: bool) -> Source:
    if desk.limits is not None:
        desk.limits.check(pq.read_metadata(path).num_rows, columns=len(schema))
        desk.limits.check(text=_bytes_of_texts(path, schema, desk))
    kinds = [plain_type(one.type, bytes_are_text=bytes_are_text) for one in schema]
    file = path if kinds == schema.types else _plainly_typed(path, kinds, desk.scratch)
    table = text_table(table_of(desk.connection, parquet(file, desk.scratch, parquet_columns(file, desk.scratch))))
    headers, rows = schema.names, pq.read_metadata(path).num_rows
    layout = _layout(headers, table, rows, desk)
    notes = (Text("Parquet 文件", "Parquet file"),)
    years = has_other_years(layout, lambda place: iter(_cells(table, place, 1000, desk)), desk)
    if layout.units or years:
        return copied_source(path, layout, Rows(_records(table, desk)), desk, notes, years=years)

    def carefully() -> Source:
        try:
            if bytes_are_text:
                return _opened(path, schema, desk, bytes_are_text=False)
        except _FAILURES as error:
            raise _damaged(path) from error
        raise _damaged(path)

    return Source(tuple(headers), table, _numbers, notes=notes, unit=layout.unit, carefully=carefully, rows=rows)


def _plainly_typed(path: Path, kinds: Sequence[pa.DataType], scratch: Path) -> Path:
    """Write a copy whose columns have these types, and the names of their places."""
    copy = scratch / f"{uuid4().hex}.parquet"
    schema = pa.schema([(f"c{place}", kind) for place, kind in enumerate(kinds)])
    with pq.ParquetFile(path) as file, pq.ParquetWriter(copy, schema) as writer:
        for batch in file.iter_batches():
            columns = [plain_column(column, kind) for column, kind in zip(batch.columns, kinds, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    return copy


def _layout(columns: list[str], table: Table, many: int, desk: Desk) -> Layout:
    """Give how the table is laid out; of its cells the first and last are looked at, and words that may be units."""
    some = _first_and_last(table, many, desk)
    if found := misread(columns, some, [], desk.vocabulary, desk.mapping):
        raise found
    looked_at = {*may_be_units(columns, desk.vocabulary), *may_say_which(columns)}
    words = {place: _cells(table, place, FIRST_ROWS, desk) for place in looked_at}
    rows = [[words[place][n] if place in words else "" for place in range(len(columns))] for n in range(FIRST_ROWS)]
    units = unit_columns(columns, rows, desk.vocabulary)
    doubt = beside_the_figures(columns, rows, desk.vocabulary, desk.last_year)
    if doubt is not None and leaves_open(columns, desk.vocabulary):
        raise Doubtful(doubt)
    year = year_column(columns, desk.vocabulary)
    return Layout(Head(0, 0, tuple(columns), 1), None, units.columns, year, units.unit)


def _first_and_last(table: Table, many: int, desk: Desk) -> list[list[str]]:
    """Give the cells of the first rows of a table of so many, and of its last ones."""
    parts = [table.limit(FIRST_ROWS), table.limit(FIRST_ROWS, offset=max(FIRST_ROWS, many - FIRST_ROWS))]
    return [cells for part in parts for _, cells in _records(part, desk)]


def _records(table: Table, desk: Desk) -> Iterator[Record]:
    """Give the rows of a table of texts with their numbers, from 1."""
    rows = (
        row
        for batch in streamed(desk.connection, table, 20_000)
        for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)
    )
    for number, row in enumerate(rows, start=1):
        yield number, [text or "" for text in row]


def _cells(table: Table, place: int, many: int, desk: Desk) -> list[str]:
    """Give that many different texts of a column, with blanks if there are fewer."""
    found = [cells[0] for _, cells in _records(table.select(f"t{place}").distinct().limit(many), desk)]
    return [*found, *[""] * (many - len(found))]


def _damaged(path: Path) -> InputError:
    what = Text("不是 Parquet 文件，或已损坏", "is no Parquet file, or is damaged")
    return unusable(path, what, Text("请重新导出。", "Export it again."))


def _numbers(places: Iterable[int], rows: int) -> Iterator[int]:  # noqa: ARG001
    """Give the numbers of records, from 1."""
    return (place + 1 for place in places)
