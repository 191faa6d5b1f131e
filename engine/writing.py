"""Verdicts and pages as JSON bytes, the same for the same content."""

from __future__ import annotations

from typing import Any

import orjson


def to_json(value: Any, *, indent: bool = False, sort: bool = False) -> bytes:  # noqa: ANN401 any data
    """Give `value` (dataclasses, plain data) as UTF-8 JSON, Chinese as it is; with `sort`, keys in order."""
    return orjson.dumps(value, option=(orjson.OPT_INDENT_2 if indent else 0) | (orjson.OPT_SORT_KEYS if sort else 0))
