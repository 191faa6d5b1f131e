"""The SQL of a column expression, a SELECT for each step: to look for steps that can be merged would take seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from inspect import Parameter, Signature
from typing import cast

import ibis
import ibis.expr.types as ir
from ibis.backends.sql.compilers import duckdb

from engine.ground.forked_lock import ForkedLock

_LOCK = ForkedLock()  # Ibis has the option for the whole process only


def duckdb_sql(expression: ir.Table) -> str:
    """Give a table as one statement of DuckDB."""
    with _LOCK:
        fused, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, False
        try:
            statement = duckdb.compiler.to_sqlglot(expression)
            return str(statement.sql(dialect="duckdb", copy=False))  # nobody else has it
        finally:
            ibis.options.sql.fuse_selects = fused


def is_one_of(text: ir.StringValue, words: Sequence[str]) -> ir.BooleanValue:
    """Say whether a text is one of those words.

    DuckDB makes a join of a long x IN (a, b, …), after which rows are in another order.
    """
    return cast("ir.BooleanValue", ibis.array(list(words)).contains(text))


def joined(*parts: ir.StringValue | str, mark: str = "") -> ir.StringValue:
    """Give texts one after the other, with a mark between them; null counts as nothing.

    As a || b || c, which also becomes of concat(a, b, c), it would be null where one of them is, and copy what is
    there already once a part: several times slower for long texts.
    """
    return _function("concat_ws", len(parts) + 1)(mark, *parts)


def listed(parts: Sequence[tuple[ir.BooleanValue, ir.StringValue | str]], mark: str) -> ir.StringValue:
    """Give the words of the parts that hold, with a mark between them."""
    words = [ibis.cases((where, word)) for where, word in parts]
    return _function("concat_ws", len(words) + 1)(mark, *words) if words else ibis.literal("")


def _function(name: str, many: int) -> Callable[..., ir.StringValue]:
    """Give a function of the database that takes so many texts."""
    return database_function(name, ("string",) * many, "string")


@cache
def database_function(name: str, takes: tuple[str, ...], gives: str) -> Callable[..., ir.Value]:
    """Give a function of the database, by its name and the types of what it takes and gives."""

    def call() -> None:
        """Stand for the function of the database."""

    call.__name__ = name
    names = [Parameter(f"part_{place}", Parameter.POSITIONAL_OR_KEYWORD) for place in range(len(takes))]
    call.__signature__ = Signature(names)  # type: ignore[attr-defined]
    return cast("Callable[..., ir.Value]", ibis.udf.scalar.builtin(call, name=name, signature=(takes, gives)))


def trimmed(text: ir.StringValue, letters: str) -> ir.StringValue:
    """Give texts without these letters around them."""
    return database_function("trim", ("string", "string"), "string")(text, letters)
