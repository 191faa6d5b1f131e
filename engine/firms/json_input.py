"""Strict JSON from a stranger: exact decimals, no duplicate keys, no NaN, no depth; anything else is a Problem."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from engine.ground.errors import InputError, Problem, Text, shown

LARGEST_PROFILE = 1_000_000


class _Duplicate(ValueError):  # noqa: N818 it is what was found
    pass


def parse_json(content: bytes, where: str = "body") -> Any:  # noqa: ANN401 any JSON
    """Give the JSON value that `content` (UTF-8, with or without BOM, up to 1 MB) spells; raises InputError.

    Fractions come as Decimal, so that 0.1 is 0.1.
    """
    if len(content) > LARGEST_PROFILE:
        raise _refused(where, Text(f"超过 {LARGEST_PROFILE} 字节", f"is larger than {LARGEST_PROFILE:,} bytes"))
    try:
        text = content.decode("utf-8-sig")
        return _decoded(text)
    except UnicodeDecodeError as error:
        instead = Text("请另存为 UTF-8。", "Save it as UTF-8.")
        raise _refused(
            where, Text(f"第 {error.start + 1} 个字节不是 UTF-8", f"byte {error.start + 1} is not UTF-8"), instead
        ) from error
    except RecursionError as error:
        what = Text("嵌套层次太深", "is nested too deeply")
        raise _refused(where, what, Text("企业画像是一层的对象。", "A profile is a flat object.")) from error
    except UnicodeEncodeError as error:
        what = Text("含有无法保存的字符", "has characters that cannot be kept")
        raise _refused(where, what) from error
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        raise _refused(place, _in_words(error)) from error
    except _Duplicate as error:
        what = Text(f"键 {shown(str(error))} 重复出现", f"the key {shown(str(error))} stands twice")
        raise _refused(where, what, Text("每项指标只写一次。", "Give each fact once.")) from error
    except (ValueError, ArithmeticError) as error:  # NaN; an integer of thousands of digits; an absurd exponent
        instead = Text("请写普通的十进制数，或留空（null）。", "Write a plain decimal number, or null for a blank.")
        raise _refused(
            where, Text("含有不是有限十进制数的值", "has a value that is not a finite decimal number"), instead
        ) from error


_WORDS = {
    "Expecting value": "应有一个值（数字、双引号括起的文字、true、false 或 null）",
    "Expecting property name enclosed in double quotes": '应有一个用双引号括起的键，如 "revenue_y0"',
    "Expecting ':' delimiter": "键的后面应有半角冒号",
    "Expecting ',' delimiter": "两项之间应有半角逗号，或缺少结尾的括号",
    "Unterminated string starting at": "从这里开始的文字没有结尾的双引号",
    "Invalid control character at": "文字中有换行、制表符等控制字符，请删去或写成 \\n、\\t",
    "Invalid \\escape": "“\\”后面的字符有误；“\\”本身请写成“\\\\”",
    "Invalid \\uXXXX escape": "“\\u”后面应有四位十六进制数字",
    "Extra data": "前面的内容已经结束，这里多出了内容；一个文件只写一个对象",
    "Illegal trailing comma before end of object": "最后一项后面多了一个逗号",
    "Illegal trailing comma before end of array": "最后一项后面多了一个逗号",
}


def _in_words(error: json.JSONDecodeError) -> Text:
    """Give what the parser says in both languages, with the line and the column."""
    said = error.msg.removesuffix(": ")
    zh = next((words for known, words in _WORDS.items() if said.startswith(known)), said)
    return Text(
        f"不是合法的 JSON：第 {error.lineno} 行第 {error.colno} 列，{zh}",
        f"is not valid JSON: line {error.lineno}, column {error.colno}: {said[:1].lower() + said[1:]}",
    )


def _decoded(text: str) -> Any:  # noqa: ANN401 any JSON
    value = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_unique)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False, default=str).encode()  # an escape may spell half a character
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Duplicate(key)
            seen.add(key)
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refused(where: str, what: Text, instead: Text | None = None) -> InputError:
    return InputError([Problem(where, what, instead)])
