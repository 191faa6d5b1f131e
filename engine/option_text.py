"""Which option of a choice a text names, however officially it is spelt.

Quotes, batches and years in brackets, blanks and a 企业 at the end say nothing. 国家级 before a name says nothing of an
option that is national, and makes any other unknown: nothing provincial or municipal becomes national.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from engine.facts import Fact, half_width

_WHOLE = re.compile(r"(?<=^[0-9])\.0+$")  # a code as pandas writes it
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉\s]")
_BATCH = (
    "第?[一二三四五六七八九十0-9]+批次?|20[0-9]{2}年?度?(?:第[一二三四五六七八九十0-9]+批次?)?(?:认定|公示|公布|评定)?"
)
_IN_BRACKETS = re.compile(rf"\((?:{_BATCH}|(?:有效期[至到]?:?)?[0-9年月日.\-~/至到—–]+|有效期内|有效)\)")
_PERIOD = re.compile(r"\((?:有效期)?(?P<until>[至到]?:?)(?P<said>20[0-9年月日.\-~/至到—–]+)\)")
_TO = re.compile(r"[~至到—–]|(?<=[0-9月日])-(?=20[0-9]{2})")
_DAY = re.compile(
    r"(?P<year>20[0-9]{2})(?:[年./-](?P<month>1[0-2]|0?[1-9])(?:[月./-](?P<day>3[01]|[12][0-9]|0?[1-9]))?)?(?![0-9])"
)
_BEFORE = re.compile(rf"^(?:{_BATCH})(?=[^0-9年])")
_BEHIND = re.compile(r"(?:称号|资质|荣誉|企业)$")
_NATIONAL = re.compile(r"^(?:国家级|全国|国家|工信部)")
_PROVINCE = re.compile(r"^(?:(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))|北京市|上海市|天津市|重庆市)级?")
_CLASS = re.compile(r"(?P<letter>[a-t])?(?P<digits>[0-9]{1,4})(?:\.0+)?(?![0-9])[-—–:、.]?(?P<name>.*)")
_CLASS_BEHIND = re.compile(r"(?P<name>.+?)[-—–:(\[]*(?P<letter>[a-t])?(?P<digits>[0-9]{2,4})[)\]]?")


def option(fact: Fact, text: str) -> str | None:
    """Give the code of the option that a text names; None if it names none for sure."""
    word = _WHOLE.sub("", half_width(text).casefold())
    code = fact.code_of.get(word)
    if code is None and fact.sections:
        return _division(fact, _QUOTES.sub("", word))
    return code or _spelt(fact, word)


def beside(fact: Fact, text: str) -> bool:
    """Say whether a text names what is known and is none of the options."""
    return _folded(half_width(text).casefold()) in {_folded(word.casefold()) for word in fact.beside}


def last_day(text: str) -> date | None:
    """Give the last day on which what a text names is valid, where brackets say so: （2018-2021）, （至2024年）.

    >>> last_day("小巨人（2024年7月-2027年6月）"), last_day("小巨人（2024年）")
    (datetime.date(2027, 6, 30), None)
    """
    found = _PERIOD.search(_QUOTES.sub("", half_width(text)))
    ends = _TO.split(found["said"]) if found else []
    if not found or not (found["until"] or len(ends) > 1):
        return None
    day = _DAY.match(ends[-1])
    if day is None:
        return date.min  # it says when, and not so that it can be read
    year, month = int(day["year"]), int(day["month"] or 12)
    return date(year, month, min(int(day["day"] or 31), monthrange(year, month)[1]))


def _spelt(fact: Fact, word: str) -> str | None:
    known = _names(fact)
    bare = _folded(word)
    if bare in known:
        return known[bare]
    local = _PROVINCE.sub("省级", bare)
    if local != bare:
        return known.get(local)
    code = known.get(_NATIONAL.sub("", bare)) if _NATIONAL.match(bare) else None
    return code if code is not None and fact.choices[code].national else None


@lru_cache(maxsize=256)
def _names(fact: Fact) -> dict[str, str]:
    """Give the options by their names as `_folded` leaves them; of what two options share, neither."""
    found: dict[str, set[str]] = {}
    for word, code in fact.code_of.items():
        found.setdefault(_folded(word), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}


def _folded(word: str) -> str:
    bare = _IN_BRACKETS.sub("", _QUOTES.sub("", word))
    return _BEHIND.sub("", _BEHIND.sub("", _BEFORE.sub("", bare)))


def _division(fact: Fact, text: str) -> str | None:
    """Give the division of a class of industries: with its letter, its name or that of its section; all must agree."""
    found = _CLASS.fullmatch(text) or _CLASS_BEHIND.fullmatch(text)
    parts = found.groupdict() if found else {"letter": None, "digits": "", "name": text}
    name, section = (parts["name"] or "").strip("()[]-—–:、"), None
    for letter, title in fact.sections.items():
        rest = name.removeprefix(title)
        if rest != name and (not rest or rest[0] in "-—–:/>·(" or found is None):
            section, name = letter.casefold(), rest.strip("-—–:/>·()")
            break
    by_name = fact.code_of.get(name) or _names(fact).get(_folded(name))
    digits = parts["digits"] or ""
    if len(digits) == 3 and digits[0] <= "5" and not (parts["letter"] or section or name):  # noqa: PLR2004 391 may be 0391
        return None
    code = fact.code_of.get(digits[:2]) if digits else by_name
    if code is None or (parts["letter"] or section) not in {None, _letter(fact, code)}:
        return None
    if digits and name and by_name != code and (by_name is not None or len(digits) <= 2):  # noqa: PLR2004 a division
        return None
    return code if section is None or section == _letter(fact, code) else None


def _letter(fact: Fact, code: str) -> str:
    return next(word[0] for word, one in fact.code_of.items() if one == code and word[1:] == code)


def names_section(fact: Fact, text: str) -> bool:
    """Say whether a text names a whole section, which has many divisions."""
    word = half_width(text).casefold()
    return word in {name.casefold() for pair in fact.sections.items() for name in pair}
