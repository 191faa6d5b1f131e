"""What a cell with a number format shows: the whole figure, with the unit and the sign of percent that the format adds.

A figure is never rounded to the decimals that the format shows; what a format divides it by (`0.00,,"百万元"`, or
`0!.0,"万元"`) it is divided by. Minus stays minus, also where red or brackets stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

LOCAL_CURRENCY = frozenset({5, 6, 7, 8, 42, 44})
"""The numbers of formats with the currency of whoever looks at them."""
BUILT_IN = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm:ss"),
    **dict.fromkeys(LOCAL_CURRENCY, "[$-local]0"),
}
"""The codes of the formats that a file names by number only, where they show more than a number."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|'
    r"(?P<general>General|G/通用格式|G/標準|Standard)|(?P<exponent>E[+-])|(?P<ampm>AM/PM|A/P|上午/下午)|"
    r"(?P<digit>[0#?])|(?P<mark>[.,%@/])|(?P<moment>[ymdhsegb])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)\s*", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?", re.DOTALL)
_YUAN = re.compile(r"[¥￥]|CNY|RMB|人民币", re.IGNORECASE)  # which says the money and not how much of it is one
_JAPANESE = re.compile(r"(?:0*411|ja)", re.IGNORECASE)
_DECORATION = re.compile(r"[\s()（）+\-–—'\"\u00a0\u2002\u3000]+")
_MINUS, _PLUS = frozenset("-–—−"), frozenset("+＋")
_UNIT_SIZES = {"千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9}
_THOUSAND, _PERCENT = 3, 2
_LAST_DAY = 2_958_466  # the day after 9999-12-31
_EPOCH, _LEAP_BUG = datetime(1899, 12, 30), 60  # noqa: DTZ001 Excel counts a day in 1900 that was none
_OFFSET_1904 = 1462


@dataclass(frozen=True)
class Section:
    """One of the parts of a format, as what it does to a figure; `layout` has a literal or `0` for each place."""

    condition: tuple[str, float] | None
    before: str
    after: str
    layout: tuple[str, ...]
    exponent: int  # the power of ten that the figure is multiplied by
    is_moment: bool
    has_figure: bool
    is_sure: bool
    is_empty: bool  # and shows nothing
    is_turned: bool  # shows a minus of its own
    is_open: bool  # shows a plus behind the figure

    def holds(self, value: float) -> bool:
        """Say whether the part is the one for a figure."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        compared = {"<": value < bound, ">": value > bound, "=": value == bound}
        if sign == "<>":
            return value != bound
        return any(compared[one] for one in sign)


def shown(value: float, code: str, *, is_1904: bool = False) -> str:
    """Give a figure as a cell with that format shows it.

    >>> [shown(0.145, "0%"), shown(2.1, '0.0"亿元"'), shown(2.1e8, '0.00,,"百万元"'), shown(25400, '0!.0,"万元"')]
    ['14.5%', '2.1亿元', '210百万元', '2.54万元']
    >>> shown(100, '0"+"'), shown(100, '"-"0'), shown(0, "0;-0;"), shown(7, ";;;"), shown(0, '0;-0;"-"')
    ('100+', '100 (100)', '', '', '0')
    >>> shown(-3.5, "#,##0.00;[Red](#,##0.00)"), shown(7, "000000"), shown(5.2, "[$€-2] 0.0"), shown(46113, "yyyy/m/d")
    ('-3.5', '000007', '€5.2', '2026-04-01')
    """
    value = float(value)
    section = _section(_sections(code), value)
    if section is None:
        return plain(value)
    if section.is_moment:
        return _moment(value, is_1904=is_1904)
    if not section.has_figure:  # a word instead of the figure, such as 无 for 0
        return section.before or ("" if section.is_empty else plain(value))
    figure = plain(value, section.exponent)
    if not section.is_sure or (section.is_turned and value > 0):
        return f"{section.before}{figure}{section.after} ({plain(value)})"
    if section.layout and (laid_out := _laid_out(figure, section.layout)) is not None:
        figure = laid_out
    elif any(place != "0" for place in section.layout):
        return f"{section.before}{figure}{section.after} ({''.join(section.layout)})"
    return f"{section.before}{figure}{'+' if section.is_open else ''}{section.after}"


def plain(value: float, exponent: int = 0) -> str:
    """Give a figure as its writer would type it: of 15 digits, multiplied by a power of ten.

    >>> plain(3.0), plain(0.1 + 0.2), plain(9.1e17), plain(1e-7), plain(0.07, 2)
    ('3', '0.3', '910000000000000000', '1e-07', '7')
    """
    if exponent:
        value = float(Decimal(f"{value:.15g}").scaleb(exponent))
    is_whole = value.is_integer() and abs(value) < 1e20  # noqa: PLR2004 a code of 18 digits is not 9.1e+17
    return f"{value:.0f}" if is_whole else f"{value:.15g}"


def undecorated(text: str) -> str:
    """Give what a format puts around a figure without blanks, signs and brackets.

    >>> undecorated(" 万元 )")
    '万元'
    """
    return _DECORATION.sub("", text)


def day_and_time(text: str) -> str:
    """Give a moment written as in XML, without a time of day at midnight.

    >>> day_and_time("2026-04-01T00:00:00"), day_and_time("2026-04-01T05:06:00Z")
    ('2026-04-01', '2026-04-01 05:06:00')
    """
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat(" ")


@lru_cache(maxsize=1 << 10)
def changes(code: str) -> bool:
    """Say whether any figure may look otherwise in that format than without one."""
    return any(
        section.is_moment
        or section.before
        or section.after
        or section.exponent
        or not section.is_sure
        or not section.has_figure
        or section.is_empty
        or section.is_turned
        or section.is_open
        or len(section.layout) > 1
        for section in _sections(code)
    )


def _section(sections: Sequence[Section], value: float) -> Section | None:
    """Give the part of a format for a figure."""
    if any(section.condition for section in sections):
        return next((section for section in sections[:3] if section.holds(value)), None)
    if len(sections) == 1 or value > 0:
        return sections[0]
    if value < 0:
        return sections[1]
    return sections[2] if len(sections) > 2 else sections[0]  # noqa: PLR2004


@lru_cache(maxsize=1 << 10)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:_LONGEST]):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_read(part, is_empty=len(parts) > 1 and not part) for part in parts[:4])


_LONGEST = 1000


class _Part:
    """One part of a format while its tokens are read; there is a method for each kind of token."""

    def __init__(self) -> None:
        self.condition: tuple[str, float] | None = None
        self.before = self.after = ""
        self.layout: list[str] = []
        self.is_moment = self.has_figure = False
        self.percents = self.commas = self.thousands = 0
        self._decimals = False

    def quoted(self, literal: str) -> None:
        if self.has_figure:
            self.after += literal.strip()
        else:
            self.before += literal

    escaped = other = quoted

    def moment(self, letter: str) -> None:
        self.is_moment = True
        self.quoted(letter)

    ampm = moment

    def bracket(self, words: str) -> None:
        if found := _CONDITION.fullmatch(words):
            self.condition = found[1], float(found[2])
        elif words.strip().lower() in {"h", "hh", "m", "mm", "s", "ss"}:
            self.is_moment = True
        elif (currency := _CURRENCY.fullmatch(words)) is not None:
            self.quoted(_symbol(currency[1], currency[2] or ""))

    def general(self, _: str) -> None:
        self.has_figure = self._decimals = True
        self.is_moment = False

    def exponent(self, _: str) -> None:
        self._decimals = True

    def digit(self, letter: str) -> None:
        self.has_figure = True
        if not self._decimals:
            self.layout += [*self.after, "0" if letter == "0" else "#"]
            self.after = ""
        self.commas = 0

    def mark(self, letter: str) -> None:
        if letter == ".":
            self.has_figure = self._decimals = True
            self.thousands, self.commas = self.commas, 0
        elif letter == ",":
            self.commas += self.has_figure
        elif letter == "%":
            self.percents += 1
            self.quoted(letter)
        elif letter == "@":
            self.general(letter)
        elif self.layout:  # of a fraction
            self._decimals = True
            self.layout.clear()


def _read(tokens: Sequence[re.Match[str]], *, is_empty: bool) -> Section:
    """Give what one part of a format does; an empty one of several shows nothing."""
    part = _Part()
    for token in tokens:
        if token.lastgroup is not None:
            getattr(part, token.lastgroup)(token[token.lastgroup])
    exponent = _PERCENT * part.percents - _THOUSAND * (part.commas + part.thousands)
    exponent, layout = _implied(part.layout, exponent)
    before, after = undecorated(part.before), undecorated(part.after)
    if before + after and _YUAN.fullmatch(before + after):
        before, after = "¥", ""
    signs = part.before.replace(" ", "")
    size = next((size for word, size in _UNIT_SIZES.items() if after.removesuffix("元") == word), 0)
    is_of_unit = part.condition is not None and size > 0 and part.condition[1] == 10**size
    return Section(
        condition=part.condition,
        before=before,
        after=after,
        layout=layout,
        exponent=exponent,
        is_moment=part.is_moment and not part.layout,
        has_figure=part.has_figure or not (before or after or is_empty),
        is_sure=not (is_of_unit and exponent and exponent != -size),
        is_empty=is_empty,
        is_turned=signs[-1:] in _MINUS or signs[:1] in _MINUS,
        is_open=part.has_figure and part.after.strip()[:1] in _PLUS,
    )


def _implied(layout: Sequence[str], exponent: int) -> tuple[int, tuple[str, ...]]:
    """Give the power of ten with that of a point which is a mere letter among digits, and the places that are left."""
    literals = [place for place, what in enumerate(layout) if what not in {"0", "#"}]
    if [layout[place] for place in literals] == ["."]:
        return exponent - (len(layout) - 1 - literals[0]), ()
    return exponent, tuple(layout) if literals or layout.count("0") > 1 else ()


def _symbol(symbol: str, locale: str) -> str:
    """Give a currency as it is told apart: the yen has the sign of the yuan."""
    if symbol in {"¥", "￥"} and _JAPANESE.match(locale):
        return "JPY"
    if not symbol and locale == "local":
        return "本地货币"
    return symbol


def _laid_out(figure: str, layout: Sequence[str]) -> str | None:
    """Give a whole figure with a digit in each place and the letters between: 20260401 in 0000-00-00."""
    if not figure.lstrip("-").isdigit():
        return None if any(place not in {"0", "#"} for place in layout) else figure
    digits, out = list(figure.lstrip("-")), list[str]()
    for place in reversed(layout):
        if place not in {"0", "#"}:
            out.append(place)
        elif digits or place == "0":
            out.append(digits.pop() if digits else "0")
    return figure[: -len(figure.lstrip("-"))] + "".join(digits) + "".join(reversed(out))


def _moment(value: float, *, is_1904: bool) -> str:
    """Give a day, a time or both."""
    days = value + (_OFFSET_1904 if is_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return plain(value)
    milliseconds = timedelta(milliseconds=round(days * 86_400_000))
    moment = _EPOCH + milliseconds
    if days < 1:
        return moment.time().isoformat()
    if days < _LEAP_BUG:
        moment += timedelta(days=1)
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat(" ")
