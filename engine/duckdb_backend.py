"""DuckDB, the embedded engine: tables kept on disk in a folder of their own, files written in the order of the rows."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir

from engine.column_sql import duckdb_sql
from engine.column_values import RowFunction

_MEMORY = "1GiB"
_BATCH = 50_000
_TYPES = {"string": "VARCHAR", "float64": "DOUBLE"}
_count = count()
BOM = "\ufeff"


class DuckdbBackend:
    """One database for one screening."""

    def __init__(self, folder: Path) -> None:
        """Open a database in an empty folder; what does not fit into memory is kept there too."""
        self._interrupted = False
        self.connection = ibis.duckdb.connect(folder / "stage.duckdb")
        self._set("memory_limit", os.environ.get("CHAMPION_MEMORY", _MEMORY))
        self._set("temp_directory", str(folder))
        self._set("preserve_insertion_order", "true")
        self.connection.con.execute("SET enable_progress_bar=true; SET enable_progress_bar_print=false")

    def _set(self, name: str, value: str) -> None:
        self.connection.con.execute(f"SET {name}={_quoted(value)}")

    def register(self, name: str, table: object) -> ir.Table:
        """Give an Arrow table as a table of the database."""
        self.connection.con.register(name, table)
        return self.connection.table(name)

    def by_row(self, function: RowFunction, result: str) -> Any:  # noqa: ANN401 ibis is not typed
        """Give a function of the texts of a row as a column expression; its result is a list of `result`."""
        name = f"{function.__name__}_{next(_count)}"
        texts, kind = duckdb.list_type("VARCHAR"), duckdb.list_type(_TYPES[result])
        self.connection.con.create_function(name, function, [texts], kind)
        return ibis.udf.scalar.builtin(function, name=name, signature=(("array<string>",), f"array<{result}>"))

    def store(self, expression: ir.Table, name: str) -> ir.Table:
        """Compute a table and keep it; `rowid` is then the place of a row."""
        with _disk_told():
            self.connection.con.execute(f'CREATE TABLE "{name}" AS {duckdb_sql(expression)}')
        return self.connection.table(name)

    def rows(self, expression: ir.Table) -> Iterator[dict[str, Any]]:
        """Give the rows of a table, a batch at a time."""
        with _disk_told():
            for batch in self.connection.con.cursor().execute(duckdb_sql(expression)).to_arrow_reader(_BATCH):
                for row in batch.to_pylist():
                    if self._interrupted:
                        raise duckdb.InterruptException
                    yield row

    def write_csv(self, expression: ir.Table, path: Path, *, bom: bool) -> int:
        """Write a table as CSV in UTF-8; give how many rows."""
        if bom:  # the mark by which Excel recognises UTF-8 stands before the first header
            first = expression.columns[0]
            expression = expression.rename({f"{BOM}{first}": first})
        return self._copy(expression, path, "FORMAT csv, HEADER true")

    def write_parquet(self, expression: ir.Table, path: Path) -> int:
        """Write a table as Parquet; give how many rows."""
        return self._copy(expression, path, "FORMAT parquet")

    def write_json(self, expression: ir.Table, path: Path) -> int:
        """Write a table as JSON, an object a line; give how many rows."""
        return self._copy(expression, path, "FORMAT json")

    def progress(self) -> float:
        """Give how much of the running statement is done, in percent; below 0 if it is not known."""
        return cast("float", self.connection.con.query_progress())

    def interrupt(self) -> None:
        """Stop the running statement, and rows that are being given."""
        self._interrupted = True
        self.connection.con.interrupt()

    def close(self) -> None:
        """Close the database."""
        self.connection.disconnect()

    def _copy(self, expression: ir.Table, path: Path, options: str) -> int:
        statement = f"COPY ({duckdb_sql(expression)}) TO {_quoted(str(path))} ({options})"
        with _disk_told():
            return int(self.connection.con.execute(statement).fetchone()[0])


@contextmanager
def _disk_told() -> Iterator[None]:
    """Raise OSError where the database cannot write to disk."""
    try:
        yield
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise OSError(errno.EIO, str(error).partition("\n")[0]) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
