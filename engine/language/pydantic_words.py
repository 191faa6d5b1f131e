"""What pydantic says of a value that it does not accept, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ground.errors import Text
from engine.language.data_file import CSV, ID

_DAY = Text("应为日期，如 2026-04-01", "must be a date, such as 2026-04-01")
_YES_NO = Text("应为 yes 或 no", "must be yes or no")
_PARTS = Text("应为若干“键: 值”", "must have keys with values: `key: value`")
_LIST = Text("应为列表，如 [甲, 乙]", "must be a list, such as [a, b]")
_NUMBER = Text("应为数字", "must be a number")
_NO_KEY = Text("未知的键", "is not a known key")
_ONE_OF = Text("只能是 {expected}", "must be {expected}")
_PATTERNS = {
    ID: Text(
        "只能用小写字母、数字、- 和 _，以字母或数字开头，最多 64 个字符",
        "may have small letters, digits, - and _ only, begins with a letter or digit and has 64 characters at most",
    ),
    CSV: Text("应为小写英文的文件名，以 .csv 结尾", "must be the name of a file in small letters that ends with .csv"),
}
_WORDS = {
    "missing": Text("没有填写", "is missing"),
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "string_type": Text("应为文字", "must be text"),
    "string_pattern_mismatch": Text("应符合 {pattern}", "must match {pattern}"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_too_long": Text("最多 {max_length} 个字符", "has more than {max_length} characters"),
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "int_parsing": Text("应为整数", "must be a whole number"),
    "int_type": _NUMBER,
    "is_instance_of": _NUMBER,
    "greater_than_equal": Text("不能小于 {ge}", "must not be below {ge}"),
    "less_than_equal": Text("不能大于 {le}", "must not be above {le}"),
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dict_type": _PARTS,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": Text("至少写 {min_length} 项", "must have at least {min_length} item(s)"),
    "too_long": Text("最多 {max_length} 项", "has more than {max_length} items"),
    "extra_forbidden": _NO_KEY,
    "unexpected_keyword_argument": _NO_KEY,
    "union_tag_invalid": Text("不是这里能写的内容", "is nothing that can stand here"),
    "dataclass_type": Text("应写成 {{zh: …, en: …}}", "must be a text, or {{zh: …, en: …}}"),
}


def worded(detail: Mapping[str, Any]) -> Text:
    """Give what one of pydantic's errors says.

    >>> worded({"type": "bool_parsing", "msg": "Input should be a valid boolean"})
    Text(zh='应为 yes 或 no', en='must be yes or no')
    >>> worded({"type": "literal_error", "msg": "…", "ctx": {"expected": "'new' or 'review'"}})
    Text(zh='只能是 new 或 review', en="must be 'new' or 'review'")
    """
    kind, said, given = detail["type"], str(detail["msg"]), dict(detail.get("ctx", {}))
    if kind == "string_pattern_mismatch" and given["pattern"] in _PATTERNS:
        return _PATTERNS[given["pattern"]]
    words = _WORDS.get(kind)
    if words is None:
        return Text(f"不是这里能接受的内容（{said}）", said[:1].lower() + said[1:])
    english = words.en.format(**given)
    if "expected" in given:
        given["expected"] = str(given["expected"]).replace("'", "").replace(" or ", " 或 ").replace(", ", "、")
    return Text(words.zh.format(**given), english)
