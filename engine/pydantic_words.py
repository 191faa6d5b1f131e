"""What pydantic says of a value that it does not accept, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Text

_KEYS = "应为若干“键: 值”"
_DAY = "应为日期，如 2026-04-01"
_IN_CHINESE = {
    "missing": "没有填写",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "string_type": "应为文字",
    "string_pattern_mismatch": "应符合 {pattern}（小写字母、数字、-、_）",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字符",
    "bool_parsing": "应为 yes 或 no",
    "bool_type": "应为 yes 或 no",
    "int_parsing": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_type": _KEYS,
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "too_short": "至少写 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "extra_forbidden": "未知的键",
    "dataclass_type": "应写成 {{zh: …, en: …}}",
}
_IN_ENGLISH = {"bool_parsing": "must be yes or no", "bool_type": "must be yes or no", "missing": "is missing"}


def worded(detail: Mapping[str, Any]) -> Text:
    """Give what one of pydantic's errors says.

    >>> worded({"type": "bool_parsing", "msg": "Input should be a valid boolean"})
    Text(zh='应为 yes 或 no', en='must be yes or no')
    """
    kind, said = detail["type"], str(detail["msg"])
    zh = _IN_CHINESE.get(kind, "不是这里能接受的内容（{msg}）").format(msg=said, **detail.get("ctx", {}))
    return Text(zh, _IN_ENGLISH.get(kind, said[:1].lower() + said[1:]))
