"""Divisions of China by their codes of GB/T 2260: which lies within which.

A province has two digits, a city or prefecture four, a county directly under a province six. A division lies within
another if its code begins with the other's. The Xinjiang Production and Construction Corps has a code of our own, 66,
and nothing lies within it: its cities have codes of Xinjiang.
"""

from __future__ import annotations

import re
from collections.abc import Container

CORPS = "66"
"""The Xinjiang Production and Construction Corps, which official lists treat as a region of its own."""
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")
_OF_CORPS = re.compile(r"65(?:90(?:[0-9]{2})?)?")
_COUNTIES = frozenset({"01", "02"})  # of a municipality, or of a region without cities: districts, then counties


def within(code: str, other: str) -> bool:
    """Say whether the division `code` is the division `other`, or lies within it.

    >>> within("3302", "33"), within("33", "33"), within("33", "3302"), within("659001", "66")
    (True, True, False, False)
    """
    return code.startswith(other)


def chain(code: str) -> tuple[str, ...]:
    """Give a division and what it lies within, the most specific first.

    >>> chain("3302"), chain("429004"), chain("33")
    (('3302', '33'), ('429004', '42'), ('33',))
    """
    return (code,) if len(code) == len(CORPS) else (code, code[:2])


def wider(code: str) -> tuple[str | None, ...]:
    """Give what a firm may name that is in a division and says no more: nothing (None), or what the division lies in.

    >>> wider("3302"), wider("33")
    ((None, '33'), (None,))
    """
    return (None, *chain(code)[1:])


def nearest(code: str | None, having: Container[str | None]) -> str | None:
    """Give the most specific of a division and what it lies in that is one of `having`; None if none is.

    >>> nearest("3302", {"33"}), nearest("3201", {"33"}), nearest(None, {"33"})
    ('33', None, None)
    """
    return next((one for one in (chain(code) if code else ()) if one in having), None)


def together(one: str | None, other: str) -> str | None:
    """Give the more specific of two divisions that one place is said to lie in; None if it cannot lie in both.

    >>> together("33", "3301"), together("3301", "3302"), together("66", "659001")
    ('3301', None, '66')
    """
    if one is None or within(other, one):
        return other
    if within(one, other):
        return one
    rest = other if one == CORPS else one if other == CORPS else ""
    return CORPS if _OF_CORPS.fullmatch(rest) else None


def of_digits(digits: str, known: Container[str]) -> str | None:
    """Give the most specific known division of a code, which may be that of a district or padded with noughts.

    >>> [of_digits(code, {"31", "33", "3301"}) for code in ("330106", "330000", "3301", "310115", "339901", "311100")]
    ['3301', '33', '3301', '31', None, None]
    """
    if not _CODE.fullmatch(digits):
        return None
    code = re.sub(r"(?<=^[0-9]{2})0000$|(?<=^[0-9]{4})00$|(?<=^[0-9]{2})00$", "", digits)
    if code in known:
        return code
    city, province = code[:4], code[:2]
    if len(code) == len("330106") and city in known:
        return city
    has_no_cities = province in {"11", "12", "31", "50"}
    return province if has_no_cities and code[2:4] in _COUNTIES and province in known else None
