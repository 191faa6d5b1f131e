"""DuckDB, the embedded engine: tables as they are computed, a batch at a time, in the order of their rows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa

from engine.columns.macros import write_numbers
from engine.columns.values import RowFunction
from engine.ground.errors import EngineError, LittleMemoryError
from engine.headers.by_cells import LOOKED_AT
from engine.judging.batch_statement import make_known
from engine.layout.no_firm import cells_of_firms
from engine.sql.database import described, plan_as_written
from engine.sql.functions import function as database_function
from engine.sql.table import Table
from engine.sql.value import Value, named, quoted

_MEMORY = "1GiB"
_BATCH = 20_000  # rows that leave the database together: some 10 MB
_AHEAD = "256MiB"  # what the threads may have computed before it is taken in order: too little, and only one works
_count = count()


class UnreadableError(EngineError):
    """The database cannot read what it is given."""


class DuckdbBackend:
    """One database for one screening."""

    def __init__(self, folder: Path) -> None:
        """Open a database; what does not fit into memory is kept in the folder."""
        self._interrupted, self._known = False, set[str]()
        self._is_of_few = False
        self.connection = duckdb.connect(config={"python_enable_replacements": False})
        self._set("timezone", "UTC")
        self._set("memory_limit", os.environ.get("CHAMPION_MEMORY", _MEMORY))
        self._set("temp_directory", str(folder))
        self._set("preserve_insertion_order", "true")
        self._set("streaming_buffer_size", _AHEAD)
        write_numbers(self.connection)
        self.connection.execute("SET enable_progress_bar=true; SET enable_progress_bar_print=false")

    def _set(self, name: str, value: str) -> None:
        self.connection.execute(f"SET {name}={quoted(value)}")

    def register(self, name: str, table: object) -> Table:
        """Give an Arrow table as a table of the database."""
        self.connection.register(name, table)
        return described(self.connection, named(name))

    def parquet(self, path: Path) -> Table:
        """Give a Parquet file as a table of the database."""
        return described(self.connection, f"read_parquet({quoted(str(path))})")

    def by_row(self, function: RowFunction, result: str) -> Callable[[Value], Value]:
        """Give a function of the texts of a row as a column expression; its result is a list of `result`."""
        name = f"{function.__name__}_{next(_count)}"
        self.make_known(name, function, result)
        return database_function(name, f"{result}[]")

    def make_known(self, name: str, function: RowFunction, result: str) -> None:
        """Let statements call a function of the texts of a row by its name."""
        if name not in self._known:
            make_known(self.connection, name, function, result)
            self._known.add(name)

    def name(self, name: str, table: Table) -> None:
        """Let statements find a table by that name, and no other that had it. Raises UnreadableError."""
        with _errors_mapped():
            self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {table.statement}")

    def batches(self, expression: Table) -> Iterator[pa.RecordBatch]:
        """Give a table a batch at a time, in its order, while it is computed. Raises UnreadableError."""
        yield from self.answers(expression.statement)

    def first_cells(self, table: Table, place: int, code: int | None, name: int | None) -> list[object]:
        """Give the first cells of a column of texts in rows of firms, with the places of their codes and names.

        None of a table that cannot be read, which its judging tells.
        """
        places = [one for one in (place, code, name) if one is not None]
        beginning = table.select(*dict.fromkeys(table.columns[one] for one in places)).limit(LOOKED_AT)
        found: dict[int, list[object]] = {one: [] for one in places}
        with suppress(UnreadableError):
            for batch in self.batches(beginning):
                for one in found:
                    found[one] += batch[table.columns[one]].to_pylist()
        return [*cells_of_firms(found[place], *([] if one is None else found[one] for one in (code, name)))]

    def answers(self, sql: str, *, of_few: bool = False) -> Iterator[pa.RecordBatch]:
        """Give what a statement finds a batch at a time, in its order, while it is computed. Raises UnreadableError.

        With `of_few` rows the statement is taken as it is written: to make it better costs more than it saves.
        """
        with _errors_mapped():
            if of_few:
                plan_as_written(self.connection)
            if of_few is not self._is_of_few:
                write_numbers(self.connection, of_few=of_few)
                self._is_of_few = of_few
            for batch in self.connection.execute(sql).to_arrow_reader(_BATCH):
                self.check()
                yield batch

    def size(self, table: Table, most: int) -> tuple[int, int]:
        """Give how many rows a table of texts has, and how many bytes they are; no more than `most` rows are looked at.

        Raises UnreadableError.
        """
        texts = ", ".join(f"strlen({name})" for name in table.columns)
        rows = f"FROM {table.limit(most).relation}"
        with _errors_mapped():
            found = self.connection.execute(f"SELECT count(*), sum(list_sum([{texts}])) {rows}").fetchone()
        return (int(found[0]), int(found[1] or 0)) if found else (0, 0)

    def has_doubles(self, values: Sequence[pa.Array]) -> bool:
        """Say whether any number but null stands more than once."""
        con = self.connection.cursor()
        con.register("given", pa.table({"value": pa.chunked_array(values, pa.uint64())}))
        count = "SELECT 1 FROM given WHERE value IS NOT NULL GROUP BY value HAVING count(*) > 1 LIMIT 1"
        with _errors_mapped():
            return con.execute(count).fetchone() is not None

    def progress(self) -> float:
        """Give how much of the running statement is done, in percent; below 0 if it is not known."""
        return self.connection.query_progress()

    def check(self) -> None:
        """Raise InterruptException if it was interrupted."""
        if self._interrupted:
            raise duckdb.InterruptException

    def interrupt(self) -> None:
        """Stop the running statement, and rows that are being given."""
        self._interrupted = True
        self.connection.interrupt()

    def close(self) -> None:
        """Close the database."""
        self.connection.close()


_WRITING = (
    "No space left",
    "Could not write",
    "Permission denied",
    "Read-only",
    "Disk quota",
    "max_temp_directory_size",
)


@contextmanager
def _errors_mapped() -> Iterator[None]:
    """Map what DuckDB raises: UnreadableError of what it is given, OSError of its disk, InputError of its memory.

    What goes wrong within our own functions or within DuckDB itself is an EngineError.
    """
    try:
        yield
    except duckdb.InterruptException:
        raise
    except RuntimeError as error:  # Ctrl-C while DuckDB works, or within one of our functions
        if "Query interrupted" in str(error) or "KeyboardInterrupt" in str(error):
            raise KeyboardInterrupt from error
        raise
    except duckdb.OutOfMemoryException as error:
        raise LittleMemoryError from error
    except duckdb.Error as error:
        what = str(error)
        if "KeyboardInterrupt" in what:
            raise KeyboardInterrupt from error
        first = what.partition("\n")[0]
        if isinstance(error, duckdb.IOException | duckdb.TransactionException) and any(one in what for one in _WRITING):
            raise OSError(errno.EIO, first) from error
        if isinstance(error, duckdb.InternalException | duckdb.FatalException) or "Python exception occurred" in what:
            raise EngineError(what) from error
        raise UnreadableError(first) from error
