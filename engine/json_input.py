"""Strict JSON from a stranger: exact decimals, no duplicate keys, no NaN, no depth; anything else is a Problem."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from engine.errors import InputError, Problem, Text, shown

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
        raise _refused(place, Text(f"不是合法的 JSON：{error.msg}", f"is not valid JSON: {error.msg}")) from error
    except _Duplicate as error:
        what = Text(f"键 {shown(str(error))} 重复出现", f"the key {shown(str(error))} stands twice")
        raise _refused(where, what, Text("每项指标只写一次。", "Give each fact once.")) from error
    except (ValueError, ArithmeticError) as error:  # NaN; an integer of thousands of digits; an absurd exponent
        instead = Text("请写普通的十进制数，或留空（null）。", "Write a plain decimal number, or null for a blank.")
        raise _refused(
            where, Text("含有不是有限十进制数的值", "has a value that is not a finite decimal number"), instead
        ) from error


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
