"""Traditional Chinese as Simplified, so that 營業收入 is 营业收入."""

from __future__ import annotations

import re
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


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
