"""Parquet files as sources: typed columns become what a person would type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import ibis.expr.types as ir
import pyarrow.parquet as pq

from engine.column_text import text_table
from engine.errors import InputError, Text
from engine.header_rows import Head
from engine.layout import Desk, Record, Rows, copied_source, has_other_years, lay_out
from engine.source import FIRST_ROWS, Source, unusable
from engine.text_files import Irregular, parquet, parquet_columns, table_of


def open_parquet(path: Path, desk: Desk) -> Source:
    """Open a Parquet file; one with years of firms or units as rows is copied. Raises InputError."""
    try:
        columns = parquet_columns(path, desk.scratch)
    except Irregular as error:
        raise _damaged(path) from error

    def damaged() -> Source:
        raise _damaged(path)

    table = text_table(table_of(desk.connection, parquet(path, desk.scratch, columns)))
    notes, rows = (Text("Parquet 文件", "Parquet file"),), pq.read_metadata(path).num_rows
    layout = lay_out([columns, *(cells for _, cells in _records(table.limit(FIRST_ROWS)))], [], desk)
    layout = replace(
        layout, head=Head(0, 0, tuple(columns), layout.head.known), unit=layout.unit if layout.units else None
    )
    years = has_other_years(layout, lambda place: _cells(table[[f"t{place}"]].distinct().limit(1000)), desk)
    if layout.units is not None or years:
        return copied_source(path, layout, Rows(_records(table)), desk, notes, years=years)
    return Source(tuple(columns), table, _numbers, notes=notes, carefully=damaged, rows=rows)


def _records(table: ir.Table) -> Iterator[Record]:
    """Give the rows of a table of texts with their numbers, from 1."""
    rows = (
        row for batch in table.to_pyarrow_batches() for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)
    )
    for number, row in enumerate(rows, start=1):
        yield number, [text or "" for text in row]


def _cells(column: ir.Table) -> Iterator[str]:
    return (cells[0] for _, cells in _records(column))


def _damaged(path: Path) -> InputError:
    what = Text("不是 Parquet 文件，或已损坏", "is no Parquet file, or is damaged")
    return unusable(path, what, Text("请重新导出。", "Export it again."))


def _numbers(places: Iterable[int], rows: int) -> Iterator[int]:  # noqa: ARG001
    """Give the numbers of records, from 1."""
    return (place + 1 for place in places)
