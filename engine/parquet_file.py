"""Parquet files as sources: typed columns become what a person would type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from engine.column_text import text_table
from engine.errors import InputError, Text
from engine.source import Source, unusable
from engine.text_files import Irregular, parquet, parquet_columns, table_of


def open_parquet(path: Path, connection: Backend, *, scratch: Path) -> Source:
    """Open a Parquet file. Raises InputError."""
    try:
        columns = parquet_columns(path, scratch)
    except Irregular as error:
        raise _damaged(path) from error

    def damaged() -> Source:
        raise _damaged(path)

    table = text_table(table_of(connection, parquet(path, scratch, columns)))
    notes, rows = (Text("Parquet 文件", "Parquet file"),), pq.read_metadata(path).num_rows
    return Source(tuple(columns), table, _numbers, notes=notes, carefully=damaged, rows=rows)


def _damaged(path: Path) -> InputError:
    what = Text("不是 Parquet 文件，或已损坏", "is no Parquet file, or is damaged")
    return unusable(path, what, Text("请重新导出。", "Export it again."))


def _numbers(places: Iterable[int], rows: int) -> Iterator[int]:  # noqa: ARG001
    """Give the numbers of records, from 1."""
    return (place + 1 for place in places)
