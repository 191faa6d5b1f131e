"""Years in headers: 2025年营业收入 is the figure of a year; which fact that is depends on the day of the decision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.ground.errors import Text
from engine.headers.time_words import DASH, MONTH, YEAR
from engine.language.facts import Fact, Vocabulary, half_width

_PERIOD = re.compile(
    r"(?:截至|截止到?|as of )?\s*(?P<before>(?:h[12]|q[1-4])[-/ ]?)?(?:fy[ _'-]?)?"
    rf"(?<![0-9.])(?P<year>{YEAR})(?:"
    rf"(?P<whole>年?0?1{DASH}12月份?|年12月[末底]|年?[-./]?12(?:月|[-./])?31日?(?![0-9]))|"
    r"(?P<part>年?[-/ _]?(?:h[12]|q[1-4])(?![0-9])|年?度?(?:上半年|下半年|半年|中期|[前第]?[一二三四1-4]个?季)度?末?|"
    rf"年?{MONTH}{DASH}{MONTH}月份?|年{MONTH}月份?[末底]?(?:[0-3]?[0-9]日?)?|[-./]?{MONTH}(?:[-./]?[0-3][0-9])?(?![0-9]))|"
    r"(?P<plain>年度?末|年底|年年[末底]|年全年|财年|会计年度|年度|年报|年|fy)?(?![0-9]))",
    re.IGNORECASE,
)
_SEVERAL_BEFORE = re.compile(r"^(?:近|最近|过去)(?:[一二两三四五2-5])个?年度?")
_RELATIVE = re.compile(
    r"上(?:一|上)?个?年|前[一二三第123]?\s?[123]?年|大前年|去年|本年|当年|今年|本期|上期|期初|[近最]近?[一二两三四五1-5]个?年|"
    r"(?:last|previous|prior|this|current) (?:\w+ )?year|(?<![a-z])y[0-3](?![0-9a-z])|_[23]y",
    re.IGNORECASE,
)
_JOINTS = " \t\n_-–—:：·/,，、~至到"
_EMPTY_BRACKETS = re.compile(r"[(\[【〔{<]\s*[)\]】〕}>]")
_AT_A_BRACKET = re.compile(r"(?<=[(\[【〔{<])[\s,，、;；:_-]+|[\s,，、;；:_-]+(?=[)\]】〕}>])")

_TAG = re.compile(r"\[\s*(?:报告期|单位|报表类型|年度|币种|交易日期|截止日期?|口径)\s*\]\s*([^\[\]\n]+?)\s*(?=\[|\n|$)")

_NUMERALS = {numeral: str(digit) for digit, numeral in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○Oo0", "0")
_SPELT_YEAR = re.compile(rf"(?:二[{''.join(_NUMERALS)}]|一九)[{''.join(_NUMERALS)}]{{2}}(?=年)")
_NO_YEAR = "0-9以内来间期限龄制的上下左多余份有工老专质保"  # behind 年 of a span of years
_SHORT_YEAR = re.compile(
    rf"(?<![0-9.、,/~～一-鿿-])(?:'|’)?(?P<two>(?:1[5-9]|2[0-9])(?=年度)|2[1-9](?=年(?![{_NO_YEAR}]|之)))"
)


def in_full(text: str) -> str:
    """Give a text with its years in four digits, as 二〇二四年 and 24年度 mean them.

    >>> in_full("二〇二四年度"), in_full("24年营业收入"), in_full("成立20年"), in_full("10年以上")
    ('2024年度', '2024年营业收入', '成立20年', '10年以上')
    """
    text = _SPELT_YEAR.sub(lambda found: "".join(_NUMERALS[one] for one in found[0]), text)
    return _SHORT_YEAR.sub(r"20\g<two>", text)


YEARS_BACK = 3  # facts reach back to the third full year before the day


@dataclass(frozen=True)
class Dated:
    """A header that names a period: the header without it, and the calendar year if it is one whole year."""

    rest: str
    year: int | None
    kind: Literal["whole", "part", "several"]


def untagged(header: str) -> str:
    r"""Give a header with what a terminal of market data writes behind tags in brackets, as a person would write it.

    >>> untagged("营业收入\n[报告期]2025年报\n[单位]元")
    '营业收入(2025年报)(元)'
    """
    text = in_full(half_width(header[:200]))
    return re.sub(r"\s*\n\s*(?=\()", "", _TAG.sub(r"(\1)", text)) if "[" in text else text


def dated(header: str) -> Dated | None:
    """Give what a header says without its year; None if it names none.

    >>> dated("2025年营业收入（万元）"), dated("revenue_2024")
    (Dated(rest='营业收入(万元)', year=2025, kind='whole'), Dated(rest='revenue', year=2024, kind='whole'))
    >>> dated("2025年1-6月营业收入").kind, dated("2024、2025年营业收入").kind, dated("营业收入")
    ('part', 'several', None)
    """
    text = untagged(header)
    found = list(_PERIOD.finditer(text))
    if not found:
        return None
    rest = _EMPTY_BRACKETS.sub("", _AT_A_BRACKET.sub("", _PERIOD.sub("", text))).strip(_JOINTS)
    if any(one["part"] or one["before"] for one in found):
        return Dated(rest, None, "part")
    years = {int(one["year"]) for one in found}
    if len(years) > 1:
        return Dated(rest, None, "several")
    return Dated(_SEVERAL_BEFORE.sub("", rest).strip(_JOINTS), years.pop(), "whole")


def period(cell: str) -> Dated | None:
    """Give the period that a cell states if it states nothing else: 2025年, FY2024, 2025-12-31, 2025年1-6月.

    >>> period("2025年度").year, period("2025年营业收入"), period("12025")
    (2025, None, None)
    """
    found = dated(cell)
    return found if found is not None and not re.sub(r"[()（）\s]|金额|数据|数值|实际|合计$", "", found.rest) else None


_STATED = re.compile(
    r"(?<!申报)(?<!申请)(?<!认定)(?<!推荐)(?<!填报)(?<!评审)(?<!复核)(?<!培育)"
    r"(?:年份|年度|期间|所属期|报告期|period|fiscal year|year)\s*[:：]\s*(?P<said>\S{4,20})",
    re.IGNORECASE,
)


def stated_year(rows: Iterable[Iterable[str]]) -> int | None:
    """Give the one year that rows above a header state of the whole table: 数据年份：2024年.

    >>> stated_year([["企业统计表"], ["数据年份：2024年"]]), stated_year([["2026年申报表"]])
    (2024, None)
    """
    said = (found["said"] for row in rows for cell in row if (found := _STATED.search(in_full(half_width(cell[:200])))))
    years = {one.year for text in said if (one := period(text)) is not None}
    return years.pop() if len(years) == 1 else None


def years_mentioned(rows: Iterable[Iterable[str]]) -> set[int]:
    """Give the years that rows mention in any way."""
    return {
        int(found["year"])
        for row in rows
        for cell in row
        for found in _PERIOD.finditer(in_full(half_width(cell[:200])))
    }


def is_relative(header: str) -> bool:
    """Say whether a header itself says how far back its figure lies: 上年度…, 前2年度…, …_y1."""
    return _RELATIVE.search(half_width(header)) is not None


def names_no_year(header: str) -> bool:
    """Say whether a header leaves open of which year its figure is."""
    return not is_relative(header) and dated(header) is None


def of_year(fact: Fact, years_back: int, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact that asks the same of the full year so many years before the last one; None if there is none.

    Of a fact that stands for no year, such as a rank, the latest figure counts: of the last full year or of this one.
    """
    stem = fact.id.removesuffix("_y0")
    if f"{stem}_y0" not in vocabulary and f"{stem}_y1" not in vocabulary:
        return fact if years_back in {0, -1} and not re.search(r"_[0-9]y(_|$)|_y[0-9]$", fact.id) else None
    if "本年" in fact.title.zh:  # counts from another year
        return None
    if years_back == 0:
        return vocabulary.get(f"{stem}_y0") or fact
    return vocabulary.get(f"{stem}_y{years_back}") if years_back > 0 else None


def years_back_of(fact: Fact) -> int | None:
    """Give how many full years before the last one a fact is of; None if it is of no certain one."""
    found = re.search(r"_y([0-9])$", fact.id)
    return int(found[1]) if found else None


def is_yearly(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Say whether a fact asks for the figure of a certain year."""
    return fact.id.endswith("_y0") or of_year(fact, 1, vocabulary) is not None


def which_year(year: int, years_back: int) -> Text:
    """Say which full year before the day of the decision a calendar year is.

    >>> which_year(2025, 0)
    Text(zh='2025年 = 上年度', en='2025 = the last full year')
    """
    zh = {-1: "本年度", 0: "上年度", 1: "前年", 2: "大前年"}.get(years_back, f"上年度之前的第 {years_back} 年")
    en = {-1: "this year", 0: "the last full year", 1: "the year before the last full year"}.get(
        years_back, f"{years_back} years before the last full year"
    )
    return Text(f"{year}年 = {zh}", f"{year} = {en}")
