r"""Texts of strangers, so that nothing runs what they say: a spreadsheet no formula, a terminal no command.

A spreadsheet that opens a CSV file takes a cell for a formula that begins with = + - or @, plain or full-width. Such a
text gets an apostrophe before it; a number is none, and neither is a dash that stands for nothing. Control characters
and marks that turn the direction of writing are replaced.
"""

from __future__ import annotations

import re

_TURNS = "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: what is shown is not what stands there
UNPRINTABLE = rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{{80}}-\x{{9f}}{_TURNS}]"
"""What a terminal may obey, as a regular expression of the database."""
RUNS = r"^(?:[\t\r\n]|[ \u00a0\u3000]*[=+@＝＋＠－-])".replace(r"\u00a0\u3000", "\u00a0\u3000")
IS_PLAIN = r"^\s*(?:[-+]?(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*[%％]?|[-－]+)\s*$"
FIRST = "\t\r\n \u00a0\u3000=+-@＝＋－＠"
REPLACED = "\N{REPLACEMENT CHARACTER}"
_UNPRINTABLE = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_TURNS}]")
_RUNS, _IS_PLAIN = re.compile(RUNS), re.compile(IS_PLAIN, re.ASCII)


def harmless(text: str) -> str:
    r"""Give a text as a cell of CSV that no spreadsheet runs.

    >>> [harmless(text) for text in ("=1+1", "-2+3", "-2.5", "+8613800138000", "--", "甲\x1b[31m")]
    ["'=1+1", "'-2+3", '-2.5', '+8613800138000', '--', '甲\ufffd[31m']
    """
    text = printable(text)
    return f"'{text}" if text[:1] in FIRST and _RUNS.match(text) and not _IS_PLAIN.match(text) else text


def printable(text: str) -> str:
    """Give a text without what a terminal would obey; line ends and tabs stay."""
    return text if text.isprintable() else _UNPRINTABLE.sub(REPLACED, text)
