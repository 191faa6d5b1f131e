"""One code or name of a firm, as text: whether it says which firm, and what is the same however it is typed."""

from __future__ import annotations

import re
from operator import mul

from engine.language.facts import half_width
from engine.language.figure_text import is_damaged, unwrapped
from engine.language.reading import BLANK_WORDS

MARKS = "[ \t\n\f\r\u00a0\u2009\u202f\u3000'’‘`\"=‐–—_-]+"
"""What makes no other code or name of one; a pattern for Python and for DuckDB."""


DITTO = frozenset({"〃", "″", '"', "“", "”", "々", "同上", "同前", "ditto"})
"""What stands for the cell above, and names nobody."""


CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What a unified social credit code is written with, each by its value (GB 32100-2015)."""
CODE_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)
"""By what the values are multiplied; a code is sound if the sum can be divided by 31."""
CODE_SHAPE = "^[0-9A-Z]{18}$"


def is_mistyped(code: str) -> bool:
    """Say whether a code has the 18 characters of a unified social credit code, but the last does not check the others.

    As columns: `layout.firm_codes.is_mistyped`.

    >>> is_mistyped("91350100M000100Y43"), is_mistyped("91350100m000-100Y34"), is_mistyped("C023")
    (False, True, False)
    """
    text = folded(code)
    if re.match(CODE_SHAPE, text, re.ASCII) is None:
        return False
    values = [CODE_LETTERS.find(letter) for letter in text]
    return min(values) < 0 or sum(map(mul, values, CODE_WEIGHTS)) % len(CODE_LETTERS) != 0


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
