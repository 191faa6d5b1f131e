"""Codes and names of firms: what a spreadsheet put around them, which of them are one firm's, and which are damaged."""

from __future__ import annotations

from engine.language.code_text import CODE_LETTERS, CODE_SHAPE, CODE_WEIGHTS, MARKS
from engine.language.figure_text import DAMAGED
from engine.language.reading import BLANK_WORDS
from engine.sql.functions import NO, cases, coalesce, function, is_one_of, null, total
from engine.sql.value import Value

_LENGTH = 18
_ROUND = r"[\s\x{00a0}\x{3000}]"
_WIDE = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D]))
_NARROW = "".join(chr(ord(letter) - 0xFEE0) for letter in _WIDE)
_BLANKS = sorted(BLANK_WORDS)


def bare(text: Value) -> Value:
    """Give a code or a name without the blanks, the apostrophe or the ="…" around it."""
    trimmed = text.re_replace(rf"^{_ROUND}+|{_ROUND}+$", "")
    wrapped = trimmed.re_extract('^=\\s*"(.*)"$', 1)
    inner = cases((trimmed.startswith("="), cases((wrapped != "", wrapped), else_=trimmed)), else_=trimmed)
    is_plain = cases((text.re_search(rf"^[='’‘]|^{_ROUND}|{_ROUND}$"), False), else_=True)
    return cases((is_plain, text), else_=inner.re_replace("^['’‘]", ""))


def is_broken(code: Value) -> Value:
    """Say which codes look damaged."""
    return cases((code.contains(".") | code.contains("000"), bare(code).re_search(DAMAGED)), else_=NO)


def is_mistyped(code: Value, folded: Value) -> Value:
    """Say which codes, damaged ones apart, have 18 characters of which the last does not check the others.

    `folded` is a column of the codes `without_marks`: a long expression would be written 18 times.
    """
    places = [_place_in(CODE_LETTERS, folded.substr(place, 1)) for place in range(_LENGTH)]
    added = total([place * weight for place, weight in zip(places, CODE_WEIGHTS, strict=True)]) - sum(CODE_WEIGHTS)
    is_sound = folded.re_search(f"^[{CODE_LETTERS}]+$") & (added % len(CODE_LETTERS) == 0)
    return cases((folded.re_search(CODE_SHAPE), cases((is_sound, NO), else_=~is_broken(code))), else_=NO)


def without_marks(code: Value) -> Value:
    """Give codes in capitals, without what stands around and between their characters."""
    return _folded(bare(code))


_place_in = function("strpos", "BIGINT")  # the first has place 1, what is not there 0


def is_of_another_length(code: Value, folded: Value) -> Value:
    """Say which codes, damaged ones apart, have not the 18 characters of a unified social credit code."""
    is_code = ~is_one_of(code.strip().lower(), _BLANKS) & ~is_broken(code)
    return cases((folded.length() != _LENGTH, is_code), else_=NO)


def whose(code: Value | None, name: Value | None) -> Value:
    """Give what rows of a firm have in common: its code, or its name where no code is sound; null of neither.

    Most codes are plain, and need no more than a look.
    """
    by_name = null("VARCHAR") if name is None else _known(name)
    if code is None:
        return by_name
    is_plain = code.re_search(CODE_SHAPE) & ~code.endswith("000")
    return cases((is_plain, code), (is_broken(code), by_name), else_=coalesce(_known(code), by_name))


def _known(text: Value) -> Value:
    is_blank = is_one_of(text.fill_null("").strip().lower(), _BLANKS)
    return cases((is_blank, null("VARCHAR")), else_=_folded(text)).nullif("")


def _folded(text: Value) -> Value:
    """Give a text in capitals of half width without marks and blanks; most codes are written so."""
    folded = text.translate(_WIDE, _NARROW).upper().re_replace(MARKS, "")
    return cases((text.re_search("^[0-9A-Z]+$"), text), else_=folded)
