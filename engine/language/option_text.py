"""Which option of a choice a text names, however officially it is spelt.

Quotes, batches and years in brackets, blanks and a 企业 at the end say nothing. 国家级 before a name says nothing of an
option that is national, and makes any other unknown: nothing provincial or municipal becomes national.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from engine.ground.chinese import simplified
from engine.language.area_text import division
from engine.language.facts import Fact, half_width

Span = tuple[int, int]
_MOST_CUTS = 20
_LONG, _TELLING, _FEW, _NEAR = 40, 2, 3, 0.6
_WHOLE = re.compile(r"(?<=^[0-9])\.0+$")  # a code as pandas writes it
_IN_ONE_BRACKET = re.compile(r"(?<=[^(),;、])[,;、](?=[^(),;、][^()]*\))")  # (2024年认定,有效期至2027年)
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉\s]")
_NUMBERED = "第?[一二三四五六七八九十0-9]+批次?"
_BATCH = f"{_NUMBERED}|20[0-9]{{2}}年?度?(?:{_NUMBERED}|批次?)?(?:认定|公示|公布|评定)?"
_IN_BRACKETS = re.compile(
    rf"\((?:{_BATCH}|(?:有效期[至到]?:?)?[0-9年月日.\-~/至到—–]+|有效期内|有效|是|已认定|已获评)\)"
)
_PERIOD = re.compile(r"\((?P<until>(?:有效期)?[至到]?:?)(?P<said>20[0-9年月日.\-~/至到—–]+)\)")
_UNREAD_PERIOD = re.compile(r"\((?!20)(?=[^)]*[0-9]{2})(?:(?:有效期)?[至到]?:?)?[0-9年月日.\-~/至到—–]+\)")
_TO = re.compile(r"[~至到—–]|(?<=[0-9年月日])-(?=20[0-9]{2})")
_DAY = re.compile(
    r"(?P<year>20[0-9]{2})年?(?:(?:(?<=年)|[./-])(?P<month>1[0-2]|0?[1-9])月?(?:(?:(?<=月)|[./-])(?P<day>3[01]|[12][0-9]|0?[1-9])日?)?)?"
)
_A_DAY = r"20[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|(?:[-./][0-9]{1,2}){1,2})"
_A_TERM = (
    r"(?:有效期限?|期限)?\s*[:：为自从]?\s*"
    rf"(?:(?P<begins>{_A_DAY})\s*(?:起|开始|认定|获评)?\s*[，,]?\s*)?(?:有效期限?|有效)?[:：]?"
    rf"(?:至|到|截[至止]到?|[-~—–]+)\s*(?P<ends>{_A_DAY})\s*(?:止|到期)?"
)
_TERM_BEHIND = re.compile(
    rf"(?P<held>[(（](?P<inner>[^)）]*)[)）])|(?<=[^(（、；;，,\s])[，,；;\s]*{_A_TERM}(?=\s*(?:[，,；;、。]|$))"
)
_TERM_WITHIN = re.compile(_A_TERM)
_BRACKET_BEHIND = re.compile(r"([^()]+)\(([^()]+)\)")
_RECOGNISED = re.compile(rf"^(?=20)(?:{_BATCH})|\((?=20)(?:{_BATCH})\)")
_VALID_FOR = 3  # calendar years after that of a recognition: later it is not sure whether the title is valid
_OVER = r"(?:已经?)?(?:过期|到期|期满|失效|作废|撤销|取消|摘牌)了?"
_DATED = r"(?:20[0-9]{2}年?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?"
_ALL_OVER = re.compile(rf"(?:均|都|全部?|皆){_OVER}|^\(?{_DATED}{_OVER}\)?$")
_BEFORE = re.compile(rf"^(?:{_BATCH})(?=[^0-9年])")
_BEHIND = re.compile(r"(?:称号|资质|荣誉|企业)$")
_NATIONAL = re.compile(r"^(?:国家级|全国|国家|工信部)")
_PROVINCE = re.compile(r"^(?:(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))|省|北京市|上海市|天津市|重庆市)级?")
_CLASS = re.compile(r"(?P<letter>[a-t])?(?P<digits>[0-9]{1,4})(?:\.0+)?(?![0-9])[-—–:、.]?(?P<name>.*)")
_CLASS_BEHIND = re.compile(r"(?P<name>.+?)[-—–:(\[]*(?P<letter>[a-t])?(?P<digits>[0-9]{2,4})[)\]]?")


def option(fact: Fact, text: str) -> str | None:
    """Give the code of the option that a text names; None if it names none for sure."""
    word = simplified(_WHOLE.sub("", half_width(text).casefold()))
    code = fact.code_of.get(word)
    if code is None and fact.places:
        return division(fact, text)
    if code is None and fact.sections:
        return _division(fact, _QUOTES.sub("", word))
    return code or _spelt(fact, word) or _twice(fact, word)


def _twice(fact: Fact, word: str) -> str | None:
    """Give the option that a text names twice, the second time in brackets, as 工业“六基”（关键软件）."""
    found = _BRACKET_BEHIND.fullmatch(word)
    codes = {_spelt(fact, part) for part in found.groups()} if found else {None}
    return codes.pop() if len(codes) == 1 else None


def options_between(fact: Fact, text: str, marks: Sequence[Span]) -> list[tuple[Span, str]]:
    """Give where a text names options between marks, with their codes; nothing unless all its words name some.

    A name may have such a mark in it: of words that name an option the most are taken for one.
    """
    cuts = [(0, 0), *marks, (len(text), len(text))]
    if len(cuts) > _MOST_CUTS:
        return []
    found, at = list[tuple[Span, str]](), 0
    while at < len(cuts) - 1:
        begins, last = cuts[at][1], len(cuts) - 1
        if not text[begins : cuts[at + 1][0]].strip():
            at += 1
            continue
        untils = (until for until in range(last, at, -1) if option(fact, text[begins : cuts[until][0]]) is not None)
        until = next(untils, None)
        if until is None:
            return []
        span = (begins, cuts[until][0])
        found.append((span, option(fact, text[slice(*span)]) or ""))
        at = until
    return found


def beside(fact: Fact, text: str) -> bool:
    """Say whether a text names what is known and is none of the options."""
    return _folded(half_width(text).casefold()) in {_folded(word.casefold()) for word in fact.beside}


@dataclass(frozen=True)
class Term:
    """The first and the last day on which what a text names is valid; after it, `is_sure` that it no longer is."""

    begins: date
    ends: date
    is_sure: bool = True


NEVER_SURE = Term(date.max, date.min, is_sure=False)
"""The term of what says when it is valid, and not so that it can be read."""


def term(text: str) -> Term | None:
    """Give the term that a text states: （2018-2021）, （至2024年）, or the year of the recognition, 2023年; else None.

    >>> term("小巨人（2024年7月-2027年6月）")
    Term(begins=datetime.date(2024, 7, 1), ends=datetime.date(2027, 6, 30), is_sure=True)
    >>> term("小巨人（2024年）").ends, term("小巨人（2024-06-30）") == NEVER_SURE, term("小巨人")
    (datetime.date(2027, 12, 31), True, None)
    """
    bare = _apart(_QUOTES.sub("", half_width(text)))
    if any(not _PERIOD.fullmatch(found[0]) for found in _UNREAD_PERIOD.finditer(bare)):  # (22-25年)
        return NEVER_SURE
    for found in _PERIOD.finditer(bare):
        ends = _TO.split(found["said"])
        if found["until"] and len(ends) == 1:
            ends = ["2000", *ends]
        days = [_DAY.fullmatch(end) for end in ends]
        if len(days) == 2 and days[0] and days[1]:  # noqa: PLR2004 from one to the other
            begins, last = _first(days[0]), _last(days[1])
            return Term(begins, last) if begins <= last else NEVER_SURE
        if not _RECOGNISED.fullmatch(found[0]):  # a day, and nobody knows of what
            return NEVER_SURE
    years = [int(year[0]) for found in _RECOGNISED.finditer(bare) if (year := re.search("20[0-9]{2}", found[0]))]
    return Term(date(max(years), 1, 1), date(max(years) + _VALID_FOR, 12, 31), is_sure=False) if years else None


def term_in_brackets(text: str) -> str:
    """Give a list with each term that stands behind a name in brackets, as it is read.

    >>> term_in_brackets("小巨人，2023年6月起，有效期到2026年6月30日、某称号（至2025年）")
    '小巨人（2023年6月至2026年6月30日）、某称号（至2025年）'
    """

    def bracketed(found: re.Match[str]) -> str:
        held = found["held"]
        within = _TERM_WITHIN.fullmatch(found["inner"].strip()) if held else found
        if within is None or (held and not within["begins"]) or (held and _PERIOD.fullmatch(half_width(held))):
            return str(held)
        return f"（{within['begins'] or ''}至{within['ends']}）"

    return _TERM_BEHIND.sub(bracketed, text)


def says_all_is_over(text: str) -> bool:
    """Say whether a piece of a list says of all the others that they are no longer valid: （均已过期）."""
    return _ALL_OVER.search(_QUOTES.sub("", half_width(text)).strip("，,。")) is not None


def _first(day: re.Match[str]) -> date:
    year, month = int(day["year"]), int(day["month"] or 1)
    return date(year, month, min(int(day["day"] or 1), monthrange(year, month)[1]))


def _last(day: re.Match[str]) -> date:
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


def _apart(word: str) -> str:
    """Give each remark of a pair of brackets its own: (2024年认定)(有效期至2027年)."""
    return _IN_ONE_BRACKET.sub(")(", word)


def _folded(word: str) -> str:
    bare = _IN_BRACKETS.sub("", _apart(_QUOTES.sub("", word)))
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


def nearest(fact: Fact, text: str) -> tuple[str, ...]:
    """Give the codes of the few options that a text which names none may have meant: to be told, never to be read."""
    word = _QUOTES.sub("", simplified(half_width(text).casefold()))[:_LONG]
    if len(word) < _TELLING:
        return ()
    within = [code for name, code in fact.code_of.items() if word in name]
    near = within or [fact.code_of[name] for name in get_close_matches(word, fact.code_of, _FEW, _NEAR)]
    if not near and (found := _BRACKET_BEHIND.fullmatch(word)):
        near = [code for part in found.groups() if (code := _spelt(fact, part)) is not None]
    return tuple(dict.fromkeys(near))[:_FEW]


def names_section(fact: Fact, text: str) -> bool:
    """Say whether a text names a whole section, which has many divisions."""
    word = half_width(text).casefold()
    return word in {name.casefold() for pair in fact.sections.items() for name in pair}
