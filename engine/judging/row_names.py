"""Whether a row names a firm: rows without a name, and those whose name is that of a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from engine.language.code_text import DITTO
from engine.language.facts import Vocabulary
from engine.language.figure_text import ERRORS
from engine.language.reading import BLANK_WORDS
from engine.sql.functions import NO, YES, and_, cases, function, is_one_of, list_of, or_, trimmed
from engine.sql.value import Value
from engine.tables.source import BLANKS

_BESIDE_A_NAME = r"^\s*((19|20)[0-9]{2}\s*年?度?)?|[(（].*$|\s+$"
_YEAR = r"^(19|20)[0-9]{2}(年度?|年末)?$"
_BARE = r"[\s\x{3000}\x{00a0}/\\-]+"
_HALVES = {"公司", "有限公司", "股份有限公司", "有限责任公司", "有限責任公司"}  # of names broken over two rows
_MASKS = ("xx", "xxx", "××", "×××", "某", "某某", "某某某", "**", "***", "○○", "〇〇")  # of a name that is left open
_OPEN = {f"{mask}{end}" for mask in _MASKS for end in (*_HALVES, "企业", "厂", "集团")}
_NO_NAMES = sorted({re.sub(r"[/\\-]", "", word.lower()) for word in BLANK_WORDS | ERRORS} | DITTO | _HALVES | _OPEN)
_NO_NAME_BEGINS = sorted({ord(letter) for word in _NO_NAMES for letter in (word[:1], word[:1].upper()) if letter})
_SUSPICIOUS = [*_NO_NAME_BEGINS, *map(ord, "\0 \t\n\f\r\u3000\u00a0/\\-")]  # with these no name begins


def names_nobody(texts: Sequence[Value], odd: Sequence[Value] = ()) -> Value:
    """Say whether texts name no firm: each is blank, or a word for that. `odd` are where they begin as that may."""
    bare = [text.re_replace(_BARE, "").fill_null("").lower() for text in texts]
    odd = odd or [begins_as_no_name(text) for text in texts]
    return cases((and_(*odd), and_(*(is_one_of(one, _NO_NAMES) for one in bare))), else_=NO)


def begins_as_no_name(text: Value) -> Value:
    """Say whether a text is blank or begins as a word for that may: most are known to be names by that."""
    return list_of(_SUSPICIOUS).contains(text.letter()).fill_null(YES)


def is_name_of_a_column(text: Value, vocabulary: Vocabulary) -> Value:
    """Say whether a text is the name of a fact, a unit or a year; few names of firms end as such a word does."""
    words = _names_of_columns(vocabulary)
    may_be = list_of(sorted({*map(ord, "0123456789年度末"), *(ord(word[-1]) for word in words)})).contains(
        text.right(1).letter()
    )
    return cases((may_be, or_(is_one_of(text, words), text.re_search(_YEAR))), else_=NO).fill_null(NO)


_have_any = function("list_has_any", "BOOLEAN")


def has_headers(texts: Sequence[Value], vocabulary: Vocabulary) -> Value:
    """Say whether any of some texts is the name of a fact, with whatever year and unit."""
    bare = [trimmed(text, BLANKS).replace(" ", "").re_replace(_BESIDE_A_NAME, "") for text in texts]
    return _have_any(list_of(_names_of_columns(vocabulary)), list_of(bare))


@cache
def _names_of_columns(vocabulary: Vocabulary) -> list[str]:
    """Give what stands in a row of headers, of units or of years, and is no firm's name."""
    names = {word for fact in vocabulary.values() for word in (fact.title.zh, *fact.aliases) if len(word) > 1}
    return sorted(names | {"元", "万元", "亿元", "千元", "百万元", "没有单位", "人", "%"})
