"""The figures that a text names, in the unit of a fact: 2000万元 and 0.2亿元 are 2000 of one in 万元, 2000元 is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from engine.language.facts import Kind, half_width
from engine.language.figure_text import plainly

_SIZES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_UNITS: Mapping[Kind, Mapping[str, Fraction]] = {
    Kind.MONEY: {"元": Fraction(1, 10**4)},
    Kind.PERCENT: {"%": Fraction(1), "个百分点": Fraction(1), "‰": Fraction(1, 10), "成": Fraction(10)},
    Kind.YEARS: {"年": Fraction(1), "个月": Fraction(1, 12), "月": Fraction(1, 12), "天": Fraction(1, 365)},
    Kind.COUNT: {"人": Fraction(1)},
}
_ALL = "|".join(unit for units in _UNITS.values() for unit in units)
_BARE = {Kind.MONEY: (Fraction(1, 10**4), Fraction(1), Fraction(10**4))}
"""What a figure without a unit may be in: the table above it may say, or the end of its range."""
_PER_CENT = re.compile("百分之([0-9零一二三四五六七八九十百]+)")
_FIGURE = re.compile(rf"((?:(?<![0-9%])-)?[0-9][0-9,]*(?:\.[0-9]+)?) *([十百千]?[万亿]|[百千])? *(?:周|多)?({_ALL})?")


def figures_in(text: str, kind: Kind) -> set[Fraction]:
    """Give the figures of a text that a fact of this kind may be compared with, those in words too.

    >>> figures_in("营业收入2000万元以上", Kind.MONEY) == {2000} == figures_in("二千万元", Kind.MONEY)
    True
    >>> figures_in("不低于百分之三十，职工2万人", Kind.PERCENT) == {30}
    True
    """
    found: set[Fraction] = set()
    for digits, size, unit in _FIGURE.findall(plainly(_PER_CENT.sub(r"\1%", half_width(text)))):
        plain = Fraction(digits.replace(",", "")) * _SIZES[size]
        if unit:
            factor = _UNITS[kind].get(unit) if kind in _UNITS else Fraction(1)
            found |= {plain * factor} if factor else set()
        elif size:
            found.add(plain * _UNITS.get(kind, {}).get("元", 1))
        else:
            found |= {plain * factor for factor in _BARE.get(kind, (1,))}
    return found
