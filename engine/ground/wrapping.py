"""Lines that break well in Chinese."""

from __future__ import annotations

import re

from rich.cells import cell_len


def wrapped(text: str, width: int) -> str:
    """Break `text` into lines of at most `width` cells: between Chinese characters, at spaces, never before 、，。）”.

    >>> wrapped("不低于 15%，还差 3 个百分点。", 12).splitlines()
    ['不低于 15%，', '还差 3 个百', '分点。']
    """
    lines, line = [], ""
    for word in _WORDS.findall(text):
        if line and cell_len(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word.lstrip() if not line else word
    return "\n".join([*lines, line.rstrip()])


_WORDS = re.compile(r"\n|[（“《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[、，。；：？！）”》·]*\s*")
