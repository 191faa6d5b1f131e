"""DuckDB, the embedded engine: tables as they are computed, a batch at a time, in the order of their rows."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from engine.column_sql import duckdb_sql
from engine.column_values import RowFunction
from engine.errors import EngineError

_MEMORY = "1GiB"
_BATCH = 20_000  # rows that leave the database together: some 10 MB
_AHEAD = "256MiB"  # what the threads may have computed before it is taken in order: too little, and only one works
_TYPES = {"string": "VARCHAR", "float64": "DOUBLE"}
_count = count()


class UnreadableError(EngineError):
    """The database cannot read what it is given."""


class DuckdbBackend:
    """One database for one screening."""

    def __init__(self, folder: Path) -> None:
        """Open a database; what does not fit into memory is kept in the folder."""
        self._interrupted = False
        self.connection = ibis.duckdb.connect()
        self._set("memory_limit", os.environ.get("CHAMPION_MEMORY", _MEMORY))
        self._set("temp_directory", str(folder))
        self._set("preserve_insertion_order", "true")
        self._set("streaming_buffer_size", _AHEAD)
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

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Give a table a batch at a time, in its order, while it is computed. Raises UnreadableError."""
        with _failures_told():
            for batch in self.connection.con.execute(duckdb_sql(expression)).to_arrow_reader(_BATCH):
                if self._interrupted:
                    raise duckdb.InterruptException
                yield batch

    def rows(self, expression: ir.Table) -> Iterator[dict[str, Any]]:
        """Give the rows of a table, each as a dict."""
        for batch in self.batches(expression):
            yield from batch.to_pylist()

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


def has_doubles(values: Sequence[pa.Array]) -> bool:
    """Say whether any number but null stands more than once."""
    with duckdb.connect() as con:
        con.register("given", pa.table({"value": pa.chunked_array(values, pa.uint64())}))
        count = "SELECT 1 FROM given WHERE value IS NOT NULL GROUP BY value HAVING count(*) > 1 LIMIT 1"
        return con.execute(count).fetchone() is not None


@contextmanager
def _failures_told() -> Iterator[None]:
    """Raise OSError where the database cannot write to disk, UnreadableError where it cannot read what it is given."""
    try:
        yield
    except (duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as error:
        raise OSError(errno.EIO, str(error).partition("\n")[0]) from error
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise UnreadableError(str(error).partition("\n")[0]) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
