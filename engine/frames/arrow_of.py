"""A table of any kind as Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from engine.ground.errors import InputError, Problem, Text, shown
from engine.tables.arrow_columns import texts_of


def arrow_of(table: object) -> pa.Table:
    """Give a table of whatever kind as Arrow. Raises InputError."""
    given: Any = table
    kind = type(table).__module__.split(".")[0]
    if isinstance(given, pa.Table):
        return given
    if kind == "polars":
        return _arrow_of_polars(given.collect() if hasattr(given, "collect") else given)
    if kind == "pandas" and hasattr(given, "columns"):
        return _arrow_of_pandas(given)
    if kind == "ibis":
        return given.to_pyarrow()
    what = Text("不是可以比对的表", "is not a table that can be screened")
    instead = Text("请给 Ibis、Arrow、Polars 或 pandas 的表。", "Give a table of Ibis, Arrow, Polars or pandas.")
    raise InputError([Problem("table", what, instead, shown(type(given).__name__))])


def _arrow_of_pandas(frame: Any) -> pa.Table:  # noqa: ANN401 pandas need not be there
    """Give a pandas frame as Arrow; a column of mixed values, such as 12 and “约15%”, as text."""
    columns = []
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        try:
            columns.append(pa.Array.from_pandas(column))
        except (pa.ArrowException, OverflowError, TypeError, ValueError):
            columns.append(texts_of(list(column)))
    return _table(columns, frame.columns)


def _arrow_of_polars(frame: Any) -> pa.Table:  # noqa: ANN401 Polars need not be there
    """Give a Polars frame as Arrow; a column of Python objects, or of a type that Arrow has not, as text."""
    columns = []
    for one in frame.get_columns():
        try:
            columns.append(texts_of(one.to_list()) if str(one.dtype) == "Object" else one.to_arrow())
        except pa.ArrowException:  # a type of its own
            columns.append(texts_of(one.to_list()))
    return _table(columns, frame.columns)


def _table(columns: Sequence[Any], names: Sequence[object]) -> pa.Table:
    whole = [one.combine_chunks() if isinstance(one, pa.ChunkedArray) else one for one in columns]
    return pa.Table.from_arrays(whole, [str(name) for name in names])
