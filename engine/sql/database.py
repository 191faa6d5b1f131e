"""Tables and statements in a database: what a relation is made of, and its rows."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from engine.sql.table import Table

_COSTLY = (
    "expression_rewriter,statistics_propagation,common_subexpressions,filter_pushdown,unused_columns,column_lifetime"
)


def plan_as_written(connection: duckdb.DuckDBPyConnection) -> None:
    """Let statements be taken as they are written: of few rows, to make one better costs more than it saves."""
    connection.execute(f"SET threads = 1; SET disabled_optimizers = '{_COSTLY}'")


def described(connection: duckdb.DuckDBPyConnection, relation: str) -> Table:
    """Give a relation of the database as a table."""
    rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    return Table(relation, {str(row[0]): str(row[1]) for row in rows})


def fetched(connection: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    """Give the rows of a table."""
    return connection.execute(table.statement).to_arrow_table()


def streamed(connection: duckdb.DuckDBPyConnection, table: Table, rows: int) -> pa.RecordBatchReader:
    """Give the rows of a table so many at a time, while the connection is asked for nothing else."""
    return connection.execute(table.statement).to_arrow_reader(rows)
