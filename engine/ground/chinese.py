"""Traditional Chinese as Simplified, so that 營業收入 is 营业收入."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import opencc

_HANZI = re.compile(r"[\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """Give `text` in Simplified characters; what is written in those alone stays as it is.

    >>> simplified("企業名稱"), simplified("软件著作权"), simplified("全球市佔率（%）")
    ('企业名称', '软件著作权', '全球市占率（%）')
    """
    try:
        "".join(_HANZI.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return _HANZI.sub(lambda run: str(_converter().convert(run[0])), text)
    return text


def in_both(pattern: str) -> str:
    """Give a pattern that takes the Traditional characters too, wherever it takes a Simplified one.

    >>> in_both("[^厂社]范"), in_both("总")
    ('[^厂廠社][范範]', '[总總]')
    """
    found, in_class, is_escaped = "", False, False
    for letter in pattern:
        taken = letter + _traditional().get(letter, "")
        found += taken if in_class or len(taken) == 1 else f"[{taken}]"
        if not is_escaped:
            in_class = letter == "[" or (in_class and letter != "]")
        is_escaped = letter == "\\" and not is_escaped
    return found


@cache
def _traditional() -> Mapping[str, str]:
    """Give the Traditional characters of which each is the Simplified one, character by character."""
    every = [chr(one) for one in range(0x4E00, 0xA000)]
    several: dict[str, str] = {}
    for one, simple in zip(every, str(_converter().convert("\n".join(every))).split("\n"), strict=True):
        if one != simple:
            several[simple] = several.get(simple, "") + one
    return several


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
