"""One code or name of a firm, as text: whether it says which firm, and what is the same however it is typed."""

from __future__ import annotations

import re

from engine.language.facts import half_width
from engine.language.figure_text import is_damaged, unwrapped
from engine.language.reading import BLANK_WORDS

MARKS = "[ \t\n\f\r\u00a0\u2009\u202f\u3000'’‘`\"=‐–—_-]+"
"""What makes no other code or name of one; a pattern for Python and for DuckDB."""


DITTO = frozenset({"〃", "″", '"', "“", "”", "々", "同上", "同前", "ditto"})
"""What stands for the cell above, and names nobody."""


def names_id(code: str) -> bool:
    """Say whether a firm is known by its code: it is there, and sound.

    >>> names_id("91330200MA2AAAAA0X"), names_id(" -"), names_id("9.13E+17")
    (True, False, False)
    """
    return bool(folded(code))


def folded(text: str) -> str:
    """Give a code or a name in capitals of half width without marks; "" of a blank and of a damaged code.

    >>> folded("９１330200-ma2aaaaa0x"), folded("甲　机械 厂"), folded("不适用"), folded("9.13E+17")
    ('91330200MA2AAAAA0X', '甲机械厂', '', '')
    """
    plain = unwrapped(text)
    if plain.casefold() in BLANK_WORDS or is_damaged(plain):
        return ""
    return re.sub(MARKS, "", half_width(plain)).upper()
