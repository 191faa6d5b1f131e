"""Verdicts and pages as JSON bytes, the same for the same content."""

from __future__ import annotations

from typing import Any

import orjson


def to_json(value: Any, *, indent: bool = False) -> bytes:  # noqa: ANN401 any dataclass or plain data
    """Give `value` as UTF-8 JSON, Chinese as it is."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)
