"""The spellings of one figure or of a range of figures, before anything is known of what they measure.

A range is written with its ends: 10-15%, 5年以上, 不低于10%, 120余人. What is about right has none: 约15%, 30%左右.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MERGED = "（合并单元格）"
"""What stands behind a figure that is merged over several rows and not known to be of one firm."""
CONTRADICTED = "（单位列另有单位）"
"""What stands behind a figure whose row names another unit than its header."""
_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千]+")
_OF_A_UNIT = re.compile(r"[0-9.][\s(（]*$")  # the 十 behind it is that of 600十万元
_PLACES = (("千", 1000), ("百", 100), ("十", 10))
_WRAPPED = re.compile(r'=\s*"(.*)"', re.DOTALL)
_MARKS = re.compile(  # 12 345 is one figure, 100 200 may be two
    r"(?<![0-9.,])(?:[1-9][0-9]?(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:[\u2009\u202f'’][0-9]{3})+)(?![0-9]| [0-9])"
)
_IN_BRACKETS = re.compile(r"\(\s*([0-9][0-9.,]*)\s*\)([^0-9]*)", re.DOTALL)  # (1)100 is a figure with a footnote
_MINUS_BEHIND = re.compile(r"([0-9][0-9.,]*)\s*-")
ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!")
) | {"#GETTING_DATA"}
"""What a spreadsheet shows for a formula that it cannot compute."""
DAMAGED = r"^([0-9]\.[0-9]+[eE]\+?[0-9]+|[0-9]{15}000)$"  # in scientific notation, or with 15 digits that are its own
_FIGURE = r"第?[+-]?(?:[0-9]|\.[0-9])[^~～至到—–-]*?"

_AT_LEAST = r"不低于|不少于|不小于|至少|大于或?等于|>=|≥|⩾|≧"
_MORE = r"超过|大于|高于|多于|逾|>"
_AT_MOST = r"不超过|不高于|不大于|不多于|至多|最多|小于或?等于|<=|≤|⩽|≦"
_LESS = r"低于|小于|少于|不足|不到|不满|<"
_NEARLY = r"将近|接近|近"
_RANGES = (
    re.compile(rf"(?:{_AT_LEAST})\s*(?P<low>{_FIGURE})(?:以上)?"),
    re.compile(rf"(?:{_MORE})\s*(?P<above>{_FIGURE})"),
    re.compile(rf"(?:{_AT_MOST})\s*(?P<high>{_FIGURE})"),
    re.compile(rf"(?:{_LESS})\s*(?P<below>{_FIGURE})"),
    re.compile(rf"(?:{_NEARLY})\s*(?P<high>{_FIGURE})"),
    re.compile(rf"(?P<low>{_FIGURE})\s*(?:\(含\)|含|及|或)?(?:以上|\+|余|多)"),
    re.compile(rf"(?P<high>{_FIGURE})\s*(?:\(含\)|含|及|或)?(?:以下|以内|之内)"),
    re.compile(r"(?P<low>[0-9][0-9.,]*[千万亿]*)\s*(?:余|多|\+|以上)\s*(?P<unit>[^0-9+余多以]+)"),
    re.compile(r"(?P<high>[0-9][0-9.,]*[千万亿]*)\s*(?:以下|以内)\s*(?P<unit>[^0-9+余多以]+)"),
    re.compile(rf"(?P<low>{_FIGURE})\s*(?:--?|[~～—–至到])\s*(?P<high>{_FIGURE})"),
)


@dataclass(frozen=True)
class Ends:
    """The figures between which another lies; one that is None is not stated, one that is not included is outside."""

    low: str | None
    high: str | None
    includes_low: bool = True
    includes_high: bool = True


def unwrapped(text: str) -> str:
    """Give a text without what tells a spreadsheet that it is one.

    >>> unwrapped('="00123"'), unwrapped("'00123"), unwrapped("12")
    ('00123', '00123', '12')
    """
    text = text.strip()
    if found := _WRAPPED.fullmatch(text):
        return found[1].replace('""', '"')
    return text[1:] if text.startswith(("'", "’", "‘")) and not text.endswith(("'", "’")) else text


def is_damaged(code: str) -> bool:
    """Say whether a code looks as a spreadsheet leaves one that it takes for a number.

    >>> is_damaged("9.1330200123456E+17"), is_damaged("913302001234560000"), is_damaged("91330200MA2AAAAA0X")
    (True, True, False)
    """
    return re.match(DAMAGED, code) is not None


def is_error(text: str) -> bool:
    """Say whether a text is the error that a spreadsheet shows for a formula."""
    return text.upper() in ERRORS


def plainly(text: str) -> str:
    """Give a figure in Arabic digits without marks of thousands that are no comma, and with the minus before it.

    >>> plainly("1 234 567"), plainly("(500)"), plainly("三千二百万元"), plainly("百分之十五"), plainly("600十万元")
    ('1234567', '-500', '3200万元', '15%', '600十万元')
    """
    if text.startswith("百分之"):
        text = f"{text[3:]}%"
    text = _NUMERAL.sub(lambda found: found[0] if _OF_A_UNIT.search(text[: found.start()]) else _arabic(found[0]), text)
    text = _MARKS.sub(lambda found: re.sub("[^0-9]", "", found[0]), text)
    if found := _IN_BRACKETS.fullmatch(text):
        return f"-{found[1]}{found[2]}"
    if found := _MINUS_BEHIND.fullmatch(text):
        return f"-{found[1]}"
    return text


def ends(text: str) -> Ends | None:
    """Give the ends that a range states; None if the text is none.

    >>> ends("10-15%"), ends("超过50%").includes_low
    (Ends(low='10', high='15%', includes_low=True, includes_high=True), False)
    """
    for pattern in _RANGES:
        if found := pattern.fullmatch(text):
            parts = {name: part.strip() for name, part in found.groupdict().items()}
            low, high = parts.get("low", parts.get("above")), parts.get("high", parts.get("below"))
            unit = parts.get("unit", "")
            low, high = (end and end + unit for end in (low, high))
            return Ends(low, high, "above" not in parts, "below" not in parts)
    return None


def _arabic(numeral: str) -> str:
    """Give a Chinese numeral below ten thousand in digits, if it is spelt out in full, as 三千零二十 is; else itself.

    >>> _arabic("三千零二十"), _arabic("十二"), _arabic("一百五"), _arabic("千")
    ('3020', '12', '一百五', '千')
    """
    spelt, number, digit = numeral.replace("两", "二").replace("〇", "零"), 0, 0
    factor = dict(_PLACES)
    for letter in f"一{spelt}" if spelt[0] == "十" else spelt:
        if letter in factor:
            number, digit = number + digit * factor[letter], 0
        else:
            digit = _DIGITS.index(letter)
    number += digit
    return str(number) if spelt in {_spelt(number), _spelt(number).removeprefix("一")} and spelt != "百" else numeral


def _spelt(number: int) -> str:
    parts = []
    for name, factor in _PLACES:
        digit, number = divmod(number, factor)
        parts.append(f"{_DIGITS[digit]}{name}" if digit else "零")
    parts.append(_DIGITS[number] if number else "")
    return re.sub("零+", "零", "".join(parts)).strip("零") or "零"
