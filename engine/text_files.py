"""Files of firms in DuckDB: delimited text and Parquet as tables whose columns are all text."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

import duckdb
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from engine.errors import EngineError
from engine.source import BLANKS, column_names


class Irregular(Exception):  # noqa: N818 it is what the file is
    """DuckDB cannot read every record of the file."""


def blank_rows(relation: str, width: int) -> int:
    """Give how many rows of a relation have nothing in them; reads every cell. Raises Irregular."""
    with duckdb.connect() as own:  # a failure inside DuckDB may not spoil the caller's connection
        try:
            found = own.sql(f"select count(*) from {relation} where {_is_blank(width)}").fetchone()  # noqa: S608 names are ours
        except duckdb.Error as error:
            raise Irregular(str(error)) from error
    return int(found[0]) if found else 0


def table_of(connection: Backend, relation: str, width: int, *, blanks: int) -> ir.Table:
    """Give a relation as a lazy table, without its blank rows."""
    name = f"source_{uuid4().hex}"
    where = f" where not ({_is_blank(width)})" if blanks else ""
    connection.raw_sql(f"create temporary view {name} as select * from {relation}{where}")  # noqa: S608 names are ours
    return connection.table(name)


def delimited(path: Path, delimiter: str, width: int, skip: int) -> str:
    """Give the relation of a UTF-8 file: its columns of text are called t0, t1, …."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in column_names(width))
    return (
        f"read_csv({quoted(str(path))}, auto_detect=false, header=false, skip={skip}, columns={{{columns}}}, "
        f"""delim={quoted(delimiter)}, quote='"', escape='"', strict_mode=true, null_padding=false)"""
    )


def copied(path: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> array[int]:
    """Write rows as a delimited file that DuckDB can read for sure; give the line each of them comes from."""
    lines = array("Q")
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\r\n").writerow  # so that \r in a cell is quoted too
        for line, cells in rows:
            write(cells)
            lines.append(line)
    return lines


def copy_of(connection: Backend, path: Path, width: int, rows: int) -> ir.Table:
    """Give a file that `copied` wrote as a lazy table. Raises EngineError if DuckDB reads anything else from it."""
    relation = delimited(path, ",", width, 0)
    try:
        found = connection.raw_sql(f"select count(*) from {relation}").fetchone()  # noqa: S608 names are ours
    except duckdb.Error as error:
        message = f"{path}: {error}"
        raise EngineError(message) from error
    if not found or found[0] != rows:
        message = f"{path}: {rows} rows were written, {found} are read"
        raise EngineError(message)
    return table_of(connection, relation, width, blanks=0)


def quoted(word: str) -> str:
    """Give a word as an SQL string."""
    return "'" + word.replace("'", "''") + "'"


def _is_blank(width: int) -> str:
    space = "||".join(["''", *(f"chr({ord(letter)})" for letter in BLANKS)])
    return " and ".join(f"({name} is null or trim({name}, {space}) = '')" for name in column_names(width))
