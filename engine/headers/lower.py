"""What stands in a lower row of a header, under the name of a figure: the whole of it, a part, a time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.headers.units import header_key
from engine.headers.years import is_relative, period
from engine.language.facts import Fact, Kind

_WHOLE = re.compile(r"合计数?|总计|总[数额量和]|全部|全体|共计|totals?", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"(?:0?1|一)月?[-~至到—–]+(?:12|十二)月份?(?:累计)?数?|全年(?:累计|合计)?数?")
_PEOPLE = re.compile(r"(?:(?:年|期)末)?总?(?:人数|人员数)")
_AT_THE_END = re.compile(r"([年期]末)(?:数|余额)")
_TIME = re.compile(r"[年季月]|期[初末]|累计|同比|year|month|quarter", re.IGNORECASE)
_MONTH = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_PART = re.compile(
    rf"其中.{{0,12}}|{_MONTH}月份?(?:[-~至到—–]+{_MONTH}月份?)?(?:累计|末)?数?|{_MONTH}[-~至到—–]+{_MONTH}月份?(?:累计)?数?|"
    r"(?:[上下]半年|[一二三四]季度|本月|累计)数?|本[月年期]累计数?|[年期][初末](?:数|余额)?|小计"
)
_LONGEST_TIME = 12  # characters


def means_the_whole(cell: str, fact: Fact, beside: Iterable[str]) -> bool:
    """Say whether a cell under the name of a figure says no more than that it is all of it.

    `beside` is what stands in the other columns under the same name: of several years, a total is none of them.

    >>> from engine.rulebooks.catalog import shipped
    >>> [means_the_whole(cell, shipped().vocabulary["revenue_y0"], beside) for cell, beside in (
    ...     ("合计", ["其中：出口"]), ("1-12月", ["12月"]), ("合计", ["2024", "2025"]), ("12月", []), ("年末人数", []))]
    [True, True, False, False, False]
    """
    key, others = header_key(cell), list(beside)
    if not fact.is_numeric or any(period(one) is not None or is_relative(one) for one in others):
        return False
    if _WHOLE.fullmatch(key):
        return fact.kind in {Kind.MONEY, Kind.COUNT} and not any(map(_TIME.search, others))
    is_of_people = fact.kind is Kind.COUNT and _PEOPLE.fullmatch(key) is not None
    return is_of_people or (fact.kind is Kind.MONEY and _WHOLE_YEAR.fullmatch(key) is not None)


def at_the_end(cell: str) -> str:
    """Give 年末 for 年末数 and 期末 for 期末余额, any other cell as it is."""
    found = _AT_THE_END.fullmatch(cell.strip())
    return found[1] if found else cell


def says_which_part(cell: str) -> bool:
    """Say whether a cell can only say of which part or time the figures below it are.

    >>> [says_which_part(cell) for cell in ("其中：出口", "1-12月", "年初数", "上年", "年末人数", "12", "保密")]
    [True, True, True, True, True, False, False]
    """
    key = header_key(cell)
    return any(one.fullmatch(key) for one in (_WHOLE, _WHOLE_YEAR, _PEOPLE, _PART)) or (
        len(key) <= _LONGEST_TIME and is_relative(key)
    )
