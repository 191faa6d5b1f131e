"""Parquet files as sources: typed columns become what a person would type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ibis.backends.duckdb import Backend

from engine.errors import Text
from engine.source import Source, unusable
from engine.text_files import Irregular, blank_places, blank_rows, parquet, parquet_columns, table_of


def open_parquet(path: Path, connection: Backend, *, scratch: Path) -> Source:
    """Open a Parquet file. Raises InputError."""
    try:
        columns = parquet_columns(path, scratch)
        relation = parquet(path, scratch, columns)
        blanks = blank_rows(relation, len(columns))
        places = blank_places(relation, len(columns)) if blanks else []
    except Irregular as error:
        what = Text("不是 Parquet 文件，或已损坏", "is no Parquet file, or is damaged")
        raise unusable(path, what, Text("请重新导出。", "Export it again.")) from error
    table = table_of(connection, relation, len(columns), blanks=blanks)
    headers = tuple(name for name, _ in columns)
    return Source(headers, table, _finder(places), (), blanks, (Text("Parquet 文件", "Parquet file"),))


def _finder(blanks: Sequence[int]) -> Callable[[Sequence[int]], list[int]]:
    """Give the function that finds the number of a record in the file, blank ones included."""

    def find(places: Sequence[int]) -> list[int]:
        numbers = {}
        skipped = 0
        for place in sorted(set(places)):
            while skipped < len(blanks) and blanks[skipped] <= place + skipped:
                skipped += 1
            numbers[place] = place + skipped + 1
        return [numbers[place] for place in places]

    return find
