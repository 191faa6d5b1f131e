"""Files of firms in DuckDB: delimited text and Parquet as tables whose columns are all text."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import duckdb

from engine.ground.errors import EngineError
from engine.sql.database import described
from engine.sql.table import Table
from engine.sql.value import named, quoted
from engine.tables.source import LONGEST, Lines, column_names

# If not told, DuckDB guesses it from a sample, which a line break in a cell may mislead: it then fails. Never to be
# told together with `skip`: of a file with \\r\\n no row is read then, and no error said (1.5.6).
_NEWLINE = r", new_line='\n'"
_PIECE = 4_000_000  # bytes that are parsed by one thread: what is computed of them waits for those before


class Irregular(Exception):  # noqa: N818 it is what the file is
    """DuckDB cannot read every record of the file."""


def table_of(connection: duckdb.DuckDBPyConnection, relation: str) -> Table:
    """Give a relation as a lazy table."""
    name = f"source_{uuid4().hex}"
    connection.execute(f"create temporary view {name} as select * from {relation}")  # noqa: S608 names are ours
    return described(connection, name)


def delimited(path: Path, width: int, delimiter: str, *, skip: int = 0, more: str = "") -> str:
    """Give the relation of a UTF-8 file: its columns of text are called t0, t1, …."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in column_names(width))
    return (
        f"read_csv({quoted(str(path))}, auto_detect=false, header=false, skip={skip}, columns={{{columns}}}, "
        f"""delim={quoted(delimiter)}, quote='"', escape='"', """
        f"strict_mode=true, null_padding=false, hive_partitioning=false, "
        f"max_line_size={LONGEST}, buffer_size={_PIECE}{more})"
    )


def parquet_columns(path: Path, scratch: Path) -> list[str]:
    """Give the names of the columns of a Parquet file. Raises Irregular."""
    with duckdb.connect() as own:
        try:
            described = own.sql(f"describe select * from {_parquet(path, scratch)}").fetchall()  # noqa: S608
        except duckdb.Error as error:
            raise Irregular(str(error)) from error
    return [name for name, *_ in described]


def parquet(path: Path, scratch: Path, columns: Sequence[str]) -> str:
    """Give the relation of a Parquet file: its columns are called c0, c1, …."""
    renamed = (f"{named(column)} as c{place}" for place, column in enumerate(columns))
    return f"(select {', '.join(renamed)} from {_parquet(path, scratch)})"  # noqa: S608 names are quoted


def _parquet(path: Path, scratch: Path) -> str:
    return f"read_parquet({quoted(str(plainly_named(path, scratch)))}, binary_as_string=true, hive_partitioning=false)"


def plainly_named(path: Path, scratch: Path) -> Path:
    """Give a path to the file that DuckDB does not take for a pattern of several."""
    if not set("*?[") & set(str(path)):
        return path
    link = scratch / f"{uuid4().hex}{path.suffix.lower()}"
    link.symlink_to(path.resolve())
    return link


def copied(path: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[array[int], bool]:
    """Write rows as a delimited file that DuckDB can read for sure.

    Gives the line each of them comes from, and whether a cell has a line break.
    """
    lines, breaks = array("Q"), False
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow
        for line, cells in rows:
            text = ",".join(cells)
            has_break = "\n" in text or "\r" in text
            breaks = breaks or has_break
            if has_break or '"' in text or text.count(",") != len(cells) - 1 or not text or text[0] == "\ufeff":
                write(cells)
            else:
                file.write(f"{text}\n")
            lines.append(line)
    return lines, breaks


def copy_of(connection: duckdb.DuckDBPyConnection, path: Path, width: int, rows: int, *, breaks: bool) -> Table:
    """Give a file that `copied` wrote as a lazy table. Raises EngineError if DuckDB reads anything else from it."""
    # a line within a cell may look like a record to a thread that begins there
    relation = delimited(path, width, ",", more=f"{_NEWLINE}, parallel={str(not breaks).lower()}")
    try:
        found = connection.execute(f"select count(*) from {relation}").fetchone()  # noqa: S608 names are ours
    except duckdb.Error as error:
        message = f"{path}: {error}"
        raise EngineError(message) from error
    if not found or found[0] != rows:
        message = f"{path}: {rows} rows were written, {found} are read"
        raise EngineError(message)
    return table_of(connection, relation)


def lines_at(line_of: Sequence[int]) -> Lines:
    """Give the function that finds the lines of records in a list."""

    def find(places: Iterable[int], rows: int) -> Iterator[int]:  # noqa: ARG001
        return (line_of[place] for place in places)

    return find
