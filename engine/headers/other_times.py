"""What a text beside a table says of the time of its figures, where that is not the whole of the last full year.

It may be a title, the name of a sheet, a note below, or a cell of a column that says when: 报告期：2025-06-30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.ground.chinese import simplified
from engine.headers.event_words import APPLIED, DOCUMENT, FILLED_IN
from engine.headers.time_words import DASH, MONTH, PART, SEVERAL, STATEMENTS, SUMMED, UNTIL, YEAR
from engine.headers.years import in_full, period
from engine.language.facts import half_width

_LONGEST = 200
_NAMES = re.compile(  # of documents, standards and telephones, with numbers in them that are no years
    r"《[^》]*》|〔[^〕]*〕|\[[0-9]{4}\]|gb\s?/?t?\s*[0-9.]+\s*[-—]\s*[0-9]{4}|(?<![0-9])0[0-9]{2,3}-[0-9]{4,8}",
    re.IGNORECASE,
)
_A_DAY = re.compile(rf"{YEAR}[年./-][0-9]{{1,2}}(?:[月./-][0-9]{{1,2}}日?|月)")
_YEAR = rf"(?<![0-9.]){YEAR}(?![0-9])"
_DAY = rf"{YEAR}(?:\s*[年./-]?\s*{MONTH}(?:\s*[月./-]?\s*(?:[12][0-9]|3[01]|0?[1-9])\s*日?|\s*月)?|\s*年)?"
_RANGE = re.compile(rf"(?P<from>{_DAY}){DASH}(?P<to>{_DAY}|{MONTH}月(?:[0-3]?[0-9]日)?)")
_PARTS = re.compile(
    r"(?P<year>[0-9]{4})(?:[^0-9]*(?P<month>[0-9]{1,2}))?(?:[^0-9]+(?P<day>[0-9]{1,2})|(?P<days>[0-9]{2}))?"
)
_LABELLED = re.compile(
    r"(?:^|[\s,，;；(（])(?P<label>"
    rf"(?:数据|报告|会计|税款|税款所属|统计|所属|财务|{STATEMENTS}|审计报告|查询|取数|业务|(?:数据|统计)?{UNTIL})?"
    r"(?:期|期间|期[起止末]|所属期[起止]?|时期|时点|时段|年度|年份|月份)|"
    rf"(?:数据|统计|报表|财务|会计|取数|(?:数据|统计)?{UNTIL})(?:时间|日期)|时间|数据{UNTIL}|"
    r"period|(?:fiscal|financial) year|year|(?P<source>(?:数据|资料)?来源|source))\s*[:：]\s*"
    r"(?P<said>[^,，;；。]{4,40})",
    re.IGNORECASE,
)
_OF_FIGURES_FROM = re.compile(f"{STATEMENTS}|汇算|报告|财报|fy", re.IGNORECASE)
_OF_THE_LIST = re.compile(  # who made it when, not of when the figures are
    f"{FILLED_IN}|{APPLIED}|制[作定]|打印|导出|更新|印[发刷]|发[布文]|下载|查询[时日]|登记|签|获|有效|到期|创建|生成|录入|汇总|修[订改]"
)
_OF_FIGURES = (
    "经营|财务|(?<!大)数据(?!局|资源|管理|中心|产业)|指标|营收|收入|利润|决算|快报|年报|(?<![申填上呈送])报表|业绩|产值|"
    "(?<!国有)资产"
)
_FIGURES = re.compile(_OF_FIGURES)
_EVENT = re.compile(
    f"{APPLIED}|{DOCUMENT}|复[核审]|覆核|获[评得批]|入[库选围]|升规|发布|印发|第?[一二三四五六七八九十0-9]+批|号|上市|名企|"
    "新增|通过|强|示范|试点|培育"
)
_PRECEDES = 24  # letters between a year and what it is the year of
_NEXT_TO = 2
_NEAR = 8
_PART = re.compile(rf"{_YEAR}\s*年?度?(?:{PART}|半年|[一二三四1-4]季|中报)")
_MONTH_OF = re.compile(
    rf"{YEAR}\s*[年./-]\s*(?P<month>{MONTH})\s*月?(?P<end>[末底])?(?![0-9日./-])|"
    r"(?<![0-9年./-])(?<!至)(?P<alone>1[0-2]|[1-9])月份|前\s*(?P<first>1[01]|[1-9])\s*个月"
)
_SEVERAL = re.compile(
    rf"(?<![0-9]){SEVERAL}[^,，。;；]{{0,12}}{SUMMED}(?![^,，。;；]{{0,3}}(?:增长|增速|占比|比重|复合))|"
    rf"{YEAR}\s*年?{DASH}(?:19|20)?[0-9]{{2}}\s*年[^,，。;；]{{0,8}}{SUMMED}|{_YEAR}\s*年?度?(?:的)?计划"
)
_RULE = re.compile("不低于|不少于|不超过|达到|以[上下]|[≥≤]")  # what is asked of firms, and no figure of theirs
_RATIO = re.compile("占比|比重|按|率")
_ENGLISH_PART = re.compile(r"\binterim\b|\b(?:three|six|nine)[- ]months?\b|\bhalf[- ]year", re.IGNORECASE)
_ENGLISH_END = re.compile(
    rf"\b(?:year|period)s?\s+end(?:ed|ing)\s+(?P<said>[^,;]{{0,30}}?(?P<year>{YEAR}))", re.IGNORECASE
)


def other_time(text: str, last: int) -> str | None:
    """Give the words by which a text says that figures are not of the whole year `last`; None if it does not.

    >>> [other_time(text, 2025) for text in ("报告期：2025-06-30", "税款所属期：2025-01-01至2025-12-31", "2025年9月末")]
    ['2025-06-30', None, '2025年9月末']
    >>> [other_time(text, 2025) for text in ("2024年企业财务数据", "2024年认定小巨人名单", "填报时间：2024-03-01")]
    ['2024', None, None]
    """
    return next(_other_times(in_full(half_width(simplified(text[:_LONGEST]))).strip(), last), None)


def is_other_time(cell: str, last: int) -> bool | None:
    """Say whether a cell that is nothing but a time is another than the whole year `last`; None if it is no time.

    >>> [is_other_time(cell, 2025) for cell in ("2025-06-30", "2025-12-31", "2024", "2025年1-12月", "202506", "甲")]
    [True, False, True, False, True, None]
    """
    bare = in_full(half_width(simplified(cell[:_LONGEST]))).strip().removesuffix(".0")
    if found := _RANGE.fullmatch(bare):
        return not _is_whole(found["from"], found["to"], last)
    if re.fullmatch(r"20[0-9]{2}(?:0[1-9]|1[0-2])", bare):
        return not (bare.startswith(str(last)) and bare.endswith("12"))
    stated = period(bare)
    return None if stated is None else stated.year != last


def _other_times(text: str, last: int) -> Iterator[str]:
    text = _NAMES.sub("", text)
    for found in _LABELLED.finditer(text):
        if said := _said_under(found, text, last):
            yield said
    for found in _RANGE.finditer(text):
        if not _EVENT.search(text[found.end() : found.end() + _PRECEDES]) and _speaks(text, found, last):
            yield found[0]
    yield from (found[0] for found in _MONTH_OF.finditer(text) if _is_month_of_figures(text, found, last))
    part = _SEVERAL.search(text) or _ENGLISH_PART.search(text)
    if part is not None and not _RULE.search(text) and not _RATIO.search(text[: part.start()][-_NEAR:]):
        yield part[0]
    if (end := _ENGLISH_END.search(text)) and int(end["year"]) != last:
        yield end["said"]
    yield from _years_of_figures(text, last)


def _said_under(found: re.Match[str], text: str, last: int) -> str | None:
    """Give the time that stands behind a label, if it is another; a single day in this year is when the list is due."""
    said, label = found["said"].strip(), found["label"]
    if found["source"] is not None:
        rest = text[found.start("said") :]
        years = {int(year) for year in re.findall(rf"{YEAR}(?![0-9])", rest)}
        is_other = (
            bool(years) and last not in years and max(years) <= last and _OF_FIGURES_FROM.search(rest) is not None
        )
        return said if is_other else None
    is_day = re.search("时间|日期", label) is not None
    if label == "时间" and _A_DAY.fullmatch(said):
        return None
    is_other = is_other_time(said, last) or _PART.fullmatch(said) is not None
    return said if is_other and not (is_day and said.startswith(str(last + 1))) else None


def _speaks(text: str, found: re.Match[str], last: int) -> bool:
    """Say whether a range is all that a text says, or is said of figures, and is another than the year."""
    is_months = any((_PARTS.match(found[end]) or found)["month"] for end in ("from", "to") if _PARTS.match(found[end]))
    is_all = found[0] == text.strip("()（）")
    is_of_figures = _FIGURES.search(text) is not None and not _OF_THE_LIST.search(text[: found.start()])
    return (is_all or (is_of_figures and is_months)) and not _is_whole(found["from"], found["to"], last)


def _is_whole(begin: str, end: str, last: int) -> bool:
    end = end if re.match("[0-9]{4}", end) else f"{begin[:4]}年{end}"
    first, final = _PARTS.match(begin), _PARTS.match(end)
    if first is None or final is None or not int(first["year"]) == int(final["year"]) == last:
        return False
    starts = int(first["month"] or 1) == 1 and int(first["day"] or first["days"] or 1) == 1
    return starts and int(final["month"] or 12) == 12 and int(final["day"] or final["days"] or 31) == 31  # noqa: PLR2004


def _is_month_of_figures(text: str, found: re.Match[str], last: int) -> bool:
    """Say whether a single month is what the figures are of: it is before the end of the last year, or has no year."""
    if found["first"] is not None:
        return True
    around = text[max(0, found.start() - _PRECEDES) : found.end() + _PRECEDES]
    is_of_figures = _FIGURES.search(around) is not None
    if found["alone"] is not None:
        return is_of_figures and not _OF_THE_LIST.search(text)
    year = int(found[0][:4])
    is_before = year < last or (year == last and int(found["month"]) < 12)  # noqa: PLR2004
    is_alone = found[0] == text.strip("()（） ")
    if _OF_THE_LIST.search(around) or _EVENT.search(around):
        return False
    return is_before and (is_of_figures or is_alone or found["end"] is not None)


def _years_of_figures(text: str, last: int) -> Iterator[str]:
    """Give the years that are the nearest before words for figures, with no event between that has its own year."""
    years = list(re.finditer(rf"{_YEAR}(?=\s*(?:年|[^0-9]{{0,2}}(?:{_OF_FIGURES})))", text))
    for word in _FIGURES.finditer(text):
        before = [year for year in years if 0 <= word.start() - year.end() <= _PRECEDES]
        if not before:
            continue
        nearest = before[-1]
        between = re.sub(r"^\s*(?:年度?|财年)", "", text[nearest.end() : word.start()])
        year = int(nearest[0])
        is_next = len(between) <= _NEXT_TO and between != "(" and not re.match("[,，;；、至到~-]", between)
        if is_next and not _EVENT.search(between):
            if year not in {last, *([last + 1] if word[0] in "经营指标" else [])}:
                yield nearest[0]
        elif year not in {last, last + 1} and not _EVENT.search(between) and str(last) not in text:
            yield nearest[0]
