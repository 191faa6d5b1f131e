"""The SQL of a column expression, a SELECT for each step: to look for steps that can be merged would take seconds."""

from __future__ import annotations

from threading import Lock

import ibis
import ibis.expr.types as ir

_LOCK = Lock()  # Ibis has the option for the whole process only


def duckdb_sql(expression: ir.Table) -> str:
    """Give a table as one statement of DuckDB."""
    with _LOCK:
        fused, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, False
        try:
            return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
        finally:
            ibis.options.sql.fuse_selects = fused
