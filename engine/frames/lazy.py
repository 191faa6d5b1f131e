"""A table of Ibis, screened lazily where it is: on DuckDB as a view, on Spark by its workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import ibis
import pyarrow as pa

from engine.columns.macros import write_numbers
from engine.columns.values import ByRow
from engine.ground.errors import InputError, Problem, Text
from engine.headers.narrowing import Narrowing, column_of_both, narrowing
from engine.headers.repeated import repeated
from engine.judging.batch_statement import Functions, source_table, statement
from engine.language.facts import Vocabulary
from engine.layout.frame_statements import sample
from engine.sql.database import described
from engine.sql.table import Table
from engine.tables.column_text import as_text

Screened = Callable[[pa.Table | None, Table, Sequence[str], ByRow], Table]
"""How a table is screened: rows that were looked at, what it is, its headers, how functions of a row are called."""
_count = count()


@dataclass(frozen=True)
class Lazy:
    """A table of Ibis, with the headers again of `again`, and one more where two columns state a place together."""

    table: Any
    headers: tuple[str, ...]
    vocabulary: Vocabulary
    both: Narrowing | None
    again: tuple[int, ...]

    @staticmethod
    def of(table: Any, vocabulary: Vocabulary, mapping: Mapping[str, str] | None) -> Lazy:  # noqa: ANN401 not typed
        """Take a table."""
        both, again = narrowing(table.columns, vocabulary, mapping), repeated(table.columns, mapping)
        more = (*(table.columns[place] for place in again), *(() if both is None else (both.header,)))
        return Lazy(table, (*table.columns, *more), vocabulary, both, tuple(again))

    def screened(self, screened: Screened) -> Any:  # noqa: ANN401 not typed
        """Give the verdicts as a table of the same back end, computed when it is asked. Raises InputError."""
        backend: Any = ibis.get_backend(self.table) if self.table.columns else None
        name = f"champion_screened_{next(_count)}"
        if backend is None or backend.name == "duckdb":
            backend = backend or ibis.duckdb.connect()
            self._on_duckdb(backend, name, screened)
        elif backend.name == "pyspark":
            self._on_spark(backend, name, screened)
        else:
            what = Text("不能在这个后端上比对", "is on a back end that cannot be screened on")
            instead = Text("请用 DuckDB 或 Spark，或先 .to_pyarrow()。", "Use DuckDB or Spark, or .to_pyarrow() first.")
            raise InputError([Problem("table", what, instead, backend.name)])
        return backend.table(name)

    def _on_duckdb(self, backend: Any, name: str, screened: Screened) -> None:  # noqa: ANN401 not typed
        """Make the verdicts a view of the caller's own connection."""
        connection, source = backend.con, f"{name}_source"
        backend._run_pre_execute_hooks(self.table)  # noqa: SLF001 tables in memory are there then
        backend.__dict__.setdefault("champion_sources", []).append(self.table)  # and stay as long as the view
        connection.execute(f"CREATE TEMP VIEW {source} AS {backend.compile(self.table)}")
        write_numbers(connection)
        table = self._with_both(described(connection, source))
        seen = sample(connection, table, self.headers, self.vocabulary)
        functions = Functions(prefix=f"{name}_")
        found = screened(seen, table, self.headers, functions.by_row)
        functions.register(connection)
        connection.execute(f"CREATE TEMP VIEW {name} AS {found.statement}")

    def _on_spark(self, backend: Any, name: str, screened: Screened) -> None:  # noqa: ANN401 not typed
        """Make the verdicts a view of the session; no row is looked at, which may take long."""
        from engine.spark.backend import applied, schema_of_frame  # noqa: PLC0415 an extra

        frame = backend._session.sql(str(backend.compile(self.table)))  # noqa: SLF001 lazy, unlike what Ibis offers
        functions, schema = Functions(), schema_of_frame(frame)
        found = screened(None, self._with_both(source_table(schema)), self.headers, functions.by_row)
        applied(statement(schema, found, functions), frame).createOrReplaceTempView(name)

    def _with_both(self, table: Table) -> Table:
        """Give a table with the columns that stand there again, and the column of both places, if there is one."""
        table = table.mutate(
            **{f"champion_again_{n}": table[table.columns[place]] for n, place in enumerate(self.again)}
        )
        if self.both is None:
            return table
        wide, narrow = (as_text(table[table.columns[place]]) for place in (self.both.wide, self.both.narrow))
        return table.mutate(**{self.both.header: column_of_both(wide, narrow)})
