"""Arrow columns of types that a database reads wrongly or not at all, as texts or as types that it does read.

A moment with a zone becomes what its zone's calendar says: the day that was written. Nothing fails: what has no text of
its own, such as bytes that are none, gets one that no figure has.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

_PLAIN = (
    types.is_boolean,
    types.is_integer,
    types.is_float32,
    types.is_float64,
    lambda kind: types.is_decimal128(kind) and kind.scale >= 0,
    types.is_string,
    types.is_large_string,
    types.is_date,
    types.is_null,
)


def plain_type(kind: pa.DataType, *, bytes_are_text: bool = False) -> pa.DataType:
    """Give the type that a column of this type is given to a database in: its own, if that is read rightly.

    >>> plain_type(pa.int8()), plain_type(pa.decimal256(60, 5)), plain_type(pa.timestamp("us", "UTC"))
    (DataType(int8), DataType(string), TimestampType(timestamp[us]))
    """
    if types.is_timestamp(kind):
        return pa.timestamp(kind.unit)
    if types.is_dictionary(kind) or types.is_list(kind) or types.is_large_list(kind):
        return kind if _is_plain(kind.value_type) else pa.string()
    return kind if _is_plain(kind) or (bytes_are_text and types.is_binary(kind)) else pa.string()


def _is_plain(kind: pa.DataType) -> bool:
    return any(is_one(kind) for is_one in _PLAIN)


def plain_column(column: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    """Give a column in the type that `plain_type` gave."""
    if column.type == kind:
        return column
    with suppress(pa.ArrowException, ValueError):
        if types.is_timestamp(kind):
            return pc.local_timestamp(column)
        if types.is_floating(column.type) or types.is_decimal(column.type) or types.is_binary(column.type):
            return column.cast(kind)
    return pa.array([_text(one) for one in column], pa.string()).cast(kind)


def texts_of(values: Sequence[Any]) -> pa.Array:
    """Give any values as a column of texts; what is nothing for Python or pandas is null."""
    return pa.array([None if str(one) in _NOTHING else str(one) for one in values], pa.string())


_NOTHING = frozenset({"None", "nan", "<NA>", "NaT"})


def _text(scalar: Any) -> str | None:  # noqa: ANN401 any scalar of Arrow
    try:
        value = scalar.as_py()
    except (ValueError, TypeError, OverflowError, ArithmeticError, pa.ArrowException):
        return str(scalar)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "无"
    return None if value is None else str(value)
