"""A column expression that runs on Arrow batches anywhere: its DuckDB statement and the functions that it calls.

What is made here can be pickled: Spark sends it to its workers, and a frame is screened by it in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from tempfile import gettempdir

import duckdb
import pyarrow as pa

from engine.columns.macros import write_numbers
from engine.columns.values import RowFunction
from engine.sql.database import described, plan_as_written
from engine.sql.functions import function as database_function
from engine.sql.table import Table, arrow_schema
from engine.sql.value import Value, named

SOURCE = "source"
FEW = 5_000
"""So many rows take less time to answer than the statement takes to plan."""
_ROWS = 20_000  # of a batch that is given back
_MEMORY = "1GiB"


def make_known(connection: duckdb.DuckDBPyConnection, name: str, function: RowFunction, result: str) -> None:
    """Let statements of a connection call a function of the texts of a row, whose result is a list of `result`."""
    connection.create_function(name, function, [duckdb.list_type("VARCHAR")], duckdb.list_type(result))


@dataclass(frozen=True)
class Functions:
    """Functions of the texts of a row, by the names under which a statement calls them."""

    known: dict[str, tuple[RowFunction, str]] = field(default_factory=dict)
    prefix: str = ""

    def by_row(self, function: RowFunction, result: str) -> Callable[[Value], Value]:
        """Give a function of the texts of a row as a column expression; its result is a list of `result`."""
        name = f"{self.prefix}{function.__name__}_{len(self.known)}"
        self.known[name] = (function, result)
        return database_function(name, f"{result}[]")

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the functions known to a database."""
        for name, (function, result) in self.known.items():
            make_known(connection, name, function, result)


@dataclass(frozen=True)
class BatchStatement:
    """A statement over one table, `source`, and the schemas of what goes in and what comes out; whether of few rows."""

    sql: str
    functions: Functions
    takes: pa.Schema
    gives: pa.Schema
    of_few: bool = False

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Give the rows that the statement makes of those batches, without holding all of them."""
        connection = duckdb.connect(config={"threads": 1, "memory_limit": _MEMORY, "temp_directory": gettempdir()})
        try:
            self.functions.register(connection)
            write_numbers(connection, of_few=self.of_few)
            if self.of_few:
                plan_as_written(connection)
            taken = (batch.select(self.takes.names).cast(self.takes) for batch in batches)
            connection.register(SOURCE, pa.RecordBatchReader.from_batches(self.takes, taken))
            for batch in connection.execute(self.sql).to_arrow_reader(_ROWS):
                yield batch.cast(self.gives)
        finally:
            connection.close()


def source_table(schema: pa.Schema) -> Table:
    """Give the table of that schema, to make an expression of."""
    if not len(schema):
        return Table(SOURCE, {})
    with duckdb.connect() as own:
        own.register(SOURCE, schema.empty_table())
        return described(own, SOURCE)


def statement(schema: pa.Schema, expression: Table, functions: Functions, *, of_few: bool = False) -> BatchStatement:
    """Give an expression over `source`, of that schema, as a statement, which takes no more columns than it needs."""
    sql = expression.statement
    takes = [one for one in schema if named(one.name) in sql]
    return BatchStatement(sql, functions, pa.schema(takes), arrow_schema(expression.types), of_few)
