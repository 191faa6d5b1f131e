"""How a table is taken in, without judging it: each firm's figures by the facts they were read as."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from engine.files.intake import open_source
from engine.headers.understanding import Understanding, understand
from engine.layout.layout import Desk
from engine.rulebooks.catalog import shipped
from engine.sql.database import fetched
from engine.tables.source import Source

VOCABULARY = shipped().vocabulary
DAY = date(2026, 6, 1)


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """One database for all files that are taken in."""
    return duckdb.connect()


def cells(source: Source) -> pa.Table:
    """Give the cells of a source that was opened with `connection`."""
    return fetched(connection(), source.table)


def taken_in(folder: Path, text: str) -> tuple[Source, Understanding]:
    """Open a delimited file of that text and understand its headers. Raises InputError."""
    path = folder / "firms.csv"
    path.write_text(text, encoding="utf-8")
    return read_in(path)


def read_in(path: Path) -> tuple[Source, Understanding]:
    """Open a file and understand its headers. Raises InputError."""
    source = open_source(path, Desk(VOCABULARY, {}, DAY, connection(), path.parent))
    return source, understand(source.headers, VOCABULARY, as_of=DAY, unit=source.unit)


def figures(folder: Path, text: str) -> list[dict[str, str]]:
    """Give what each row of a table states, by fact, with the unit of its column. Raises InputError."""
    source, understanding = taken_in(folder, text)
    rows = [list(row.values()) for row in cells(source).to_pylist()]
    return [
        {column.fact.id: f"{row[at]}{column.unit}" for at, column in understanding.stated.items() if row[at]}
        for row in rows
    ]
