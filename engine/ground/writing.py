"""Verdicts and pages as JSON bytes, the same for the same content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson


def to_json(
    value: Any,  # noqa: ANN401 any data
    *,
    indent: bool = False,
    sort: bool = False,
    told: Callable[[Any], Any] | None = None,
) -> bytes:
    """Give `value` (dataclasses, plain data) as UTF-8 JSON, Chinese as it is; with `sort`, keys in order.

    With `told`, what that gives for a dataclass stands in its place.
    """
    option = (orjson.OPT_INDENT_2 if indent else 0) | (orjson.OPT_SORT_KEYS if sort else 0)
    if told is not None:
        return orjson.dumps(value, told, option | orjson.OPT_PASSTHROUGH_DATACLASS)
    return orjson.dumps(value, option=option)
