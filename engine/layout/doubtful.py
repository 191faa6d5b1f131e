"""What a table says of itself that makes its figures others than they are read as: half a year, a plan, a parent.

It is looked for above the header, in columns that are not read, and in the rows that are no firm's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence

from engine.ground.chinese import simplified
from engine.ground.errors import Text, short
from engine.headers.event_words import APPLIED, DOCUMENT
from engine.headers.names import named, named_with_unit
from engine.headers.other_times import is_other_time, other_time
from engine.headers.time_words import AMOUNTS, DASH, DATA, PART, SEVERAL, STATEMENTS, SUMMED, UNTIL, YEAR
from engine.headers.understanding import Understanding
from engine.headers.units import ABOVE, TAKEN, header_key, stated_unit
from engine.headers.years import in_full, is_relative, is_yearly, names_no_year, period
from engine.language.facts import Kind, Vocabulary, half_width
from engine.layout.header_rows import is_unit


class Doubtful(Exception):  # noqa: N818 it is what the table is
    """A table whose figures may be of another time, kind or unit than they are read as: what says so."""

    def __init__(self, what: Text, instead: Text | None = None) -> None:
        self.what = what
        self.instead = instead or SAY_WHICH
        super().__init__(what.en)


SAY_WHICH = Text(
    "请只留上年度全年的实际数，并在列名写明年份和单位，如 2025年营业收入（万元）。",
    "Keep the actual figures of whole years, with year and unit in the headers: 2025年营业收入（万元）.",
)
IN_ONES = Text(
    "请按个数填写（如人数写 212），再改写列名上方的单位。",
    "Give counts in ones (212 people), and correct what is said above.",
)
NAME_THE_UNIT = Text(
    "请换算后在各列的列名里写明单位，如（万元）。", "Convert the figures and name the unit in each header."
)
ONE_TABLE = Text("请把每个表分开存。", "Keep each table by itself.")
_PART = re.compile(
    rf"[0-9]{{1,2}}\s*月?份?{DASH}(?!12月)[0-9]{{1,2}}\s*月|(?<![1一][-~～至到])(?<!第一至第){PART}|(?<!集)中报(?![送名])|"
    r"(?<![一二三四1-4])季度|(?<![a-z])(?:h[12]|q[1-4]|ltm|ytd)(?![a-z])|本月|当月|月报|累计至|half[- ]year|quarter",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"{UNTIL}\s*(?:到|至)?\s*20[0-9]{{2}}\s*[年.-]\s*(?:0?[1-9]|1[01])\s*月?(?![0-9])")
_OTHER = re.compile(r"预算|预测|预计|平均值?(?!年?(?:增长|增速|复合))|目标值|母公司口径|forecast|budget", re.IGNORECASE)
_NOT_A_YEARS = re.compile(  # in a few words above a table: of other years, of several, of what was added
    rf"(?:上上|大?前)[一1]?年|前[二三23]年|(?:今年|本年)度?(?:的)?(?:{DATA}|累计)|上年同期|"
    rf"(?<![〇零一二三四五六七八九])(?<![0-9](?=[0-9])){SEVERAL}的?{SUMMED}|(?<!年)(?<!年度)累计数|历年|"
    r"(?:新增|净增)[数额量]|增[加长减][额量数率]|变动[额数]|[年月户人][均化](?:数|值|情况|指标|$)|同比|环比|折[合算]?[全年]|预估|估算|"
    r"^(?:母公司|个别|单体|本部)$|计划数|[母子]公司(?:报表|数据|数|个别)|单体(?:报表|数据|口径)|未经审计前|调整前",
)
_OF_SEVERAL = re.compile(rf"合计填[列报写]|[含为]?{YEAR}(?:{DASH}|、){YEAR}年|(?<!不)含税")
_COUNTS = re.compile(  # people, firms and things in another unit than one
    r"(?:^|[:：、，,;；(\[\s为是以按]|(?<=单位))(?:[十百千]|[百千]?万|亿)(?:人次?|名|件|项|家|户|个|台|套)(?=$|[、，,;；)\].。\s]|计(?!划)|为单位)"
)
_DATA = rf"(?:{STATEMENTS}|经营|财务|数据|统计|指标|业绩|营收|收入|利润|情况)"
_YEAR_OF_DATA = re.compile(
    rf"(?P<year>{YEAR})\s*年?度?[^0-9]{{0,12}}{_DATA}|{_DATA}[^0-9]{{0,4}}\(?(?P<behind>{YEAR})\s*年"
)
_OF_A_LIST = re.compile(f"{APPLIED}|{DOCUMENT}|升规|入库|培育|小巨人|专精特新|名[企单录]|上市|较快|复[核审]|批")
_FIRST_DAY = re.compile(r"20[0-9]{2}[年./-]0?1(?:[月./-]0?1日?)?月?")
_QUOTES_A_RULE = re.compile("不低于|不少于|不超过|不高于|达到|[0-9]%?[（(]?含?[)）]?以[上下]|[≥≤]")
_DAY = re.compile(r"(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?(?: 00:00:00)?")
_FEW_LETTERS = 30
_FEW_CELL_LETTERS = 10
_LONGEST = 200
MOST_CELLS = 3  # of a row that says something of a table: more are no sentence
_OF_A_YEAR = re.compile(
    rf"(?:以[上下]|[本此]表中?|表[中内]|本页|上述|下列|均为|数据|指标|口径|金额|财务)[^0-9]{{0,12}}(?P<year>{YEAR})\s*年?|"
    rf"上年度?[是指为]{{1,2}}\s*(?P<last>{YEAR})|[为系](?P<said>{YEAR})年?度?的?(?:数|{STATEMENTS}|口径)|"
    rf"^(?P<alone>{YEAR})\s*(?:财年|会计年度|年?度?末?)(?:1-12月)?(?:年报)?(?:{DATA}|部分)?$"
)
_MARKS = re.compile(r"^[(\[【=#*※★\s]*(?:第?[一二三四五六七八九十0-9]{1,3}(?:部分|[)、.:]))?\s*|[)\]】=\s]*$")
_OF_FIGURES = re.compile(rf"以[上下]|表[中内]|{AMOUNTS}|填列|本[表页]|上述|均为|数据|指标|口径")
_WHEN = re.compile(
    rf"填报期间?|年报类型|report_?(?:type|period|date)|(?:数据|报表|财报|统计|会计|财务|税款|税款所属|所属|报告|{UNTIL}|业务)?"
    rf"(?:年|年份|年度|年月|月|月份|季|季度|期|期[起止别]|所属期[起止]?|期间|{UNTIL}|时期|时间|日期|时点|报告期|period|date|enddate|reportdate|quarter|month|accper|year)"
    r"(?:类型|类别|别)?"
)
_WHOLE = re.compile(rf"{YEAR}(?:\.0)?|全年|年报|年度报告?|1-12月?|12月?|annual|fy|12m", re.IGNORECASE)
_ABOUT_FIGURES = re.compile(
    f"审计|年报|财务|财报|报告|营收|收入|取数|基准|基期|上年|最近一年|期末|{UNTIL}|口径|数据|来源"
)
_ABOUT_OTHERS = re.compile(
    f"{APPLIED}|填报|上报|报送|联系|获|入库|上市|发证|有效|到期|批次|投产|设立|评定|认证|登记|建[厂立]|出生|授权|专利|立项|开始|从事|"
    r"出具|更新|采集|提交|核实|报出|确认|收集|录入|审计报告?(?:日|时)|审计(?:日|时)|"
    r"培育|奖|称号|资质|证书|机构|事务所|意见|结论|号|人|电话|地址"
)
_YEARS = re.compile(rf"(?<![0-9]){YEAR}(?![0-9])")
_OLD = 5  # years: the figures of a list are no older
_WHICH = re.compile(r"口径|报表类型|合并类型|数据类型|数据性质|报表性质|statementtype|typrep|类型码")
_NOT_OWN = re.compile(
    r"母公司|单体|本部|计划|预[计测估算]|快报|[暂初][估步]|目标|调整前|未审|b$|parent|plan|budget", re.IGNORECASE
)


def _is_yearly_figure(header: str, vocabulary: Vocabulary) -> bool:
    """Say whether a header is that of a yearly figure."""
    fact = named(header, vocabulary)
    return fact is not None and fact.is_numeric and is_yearly(fact, vocabulary)


def leaves_year_open(header: str, vocabulary: Vocabulary) -> bool:
    """Say whether a header is that of a yearly figure and does not say of which year."""
    return names_no_year(header) and _is_yearly_figure(header, vocabulary)


def leaves_open(headers: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Say whether any header is that of a yearly figure without the calendar year."""
    return any((names_no_year(one) or is_relative(one)) and _is_yearly_figure(one, vocabulary) for one in headers)


def counts_above(rows: Iterable[Sequence[str]], headers: Iterable[str], vocabulary: Vocabulary) -> Text | None:
    """Say what rows above a header state that counts are in, if that is not one: 人数：百人.

    Nothing if every count names its own unit.
    """
    counts = [one for one in headers if (fact := named(one, vocabulary)) is not None and fact.kind is Kind.COUNT]
    if all(named_with_unit(one, vocabulary)[1] for one in counts):
        return None
    cells = (cell for row in rows for cell in row if len(cell) <= _LONGEST)
    said = next((short(cell, 30) for cell in cells if _COUNTS.search(half_width(cell).strip())), None)
    if said is None:
        return None
    return Text(f"列名上方写有“{said}”，人数等不以一为单位", f"says “{said}” above its header: counts are not in ones")


def above_the_header(rows: Iterable[Sequence[str]], last: int) -> Text | None:
    """Say what rows above a header state that the figures are not: 2025年1-6月, 上半年, 预算, 2023年经营情况.

    `last` is the last full year, of which they would be read.
    """
    for cell in (cell for row in rows for cell in row if cell.strip()):
        text, said = in_full(half_width(simplified(cell[:200]))), short(cell, 30)
        part = None if _OF_A_LIST.search(text) and not re.search(_DATA, text) else _PART.search(text)
        if found := part or _UNTIL.search(text) or _OTHER.search(text) or _of_others(text):
            return Text(
                f"列名上方写有“{said}”（{found[0]}），不是全年的实际数",
                f"says “{said}” above its header: of no whole year",
            )
        if other := other_time(cell, last):
            return Text(
                f"列名上方写有“{said}”（{short(other, 20)}），而没有写年份的列会按 {last} 年全年读取",
                f"says “{said}” above its header; columns without a year would be read as of {last}",
            )
        if _year_of_data(text) not in {None, last, *([last + 1] if period(text) else [])}:  # the year of the list
            return Text(
                f"列名上方写有“{said}”，而没有写年份的列会按 {last} 年读取",
                f"says “{said}” above its header; columns without a year would be read as of {last}",
            )
    return None


def _summed(text: str) -> re.Match[str] | None:
    """Find what a note says of figures that are no year's: a sum of several, a year made of months, with tax."""
    return None if _QUOTES_A_RULE.search(text) else _NOT_A_YEARS.search(text) or _OF_SEVERAL.search(text)


def _of_others(text: str) -> re.Match[str] | None:
    is_other = len(text) > _FEW_LETTERS or _OF_A_LIST.search(text) or _QUOTES_A_RULE.search(text) or "=" in text
    return None if is_other else _NOT_A_YEARS.search(text)


def _year_of_data(text: str) -> int | None:
    """Give the year whose figures a title says a table has; not that of a list, a rule or an application.

    >>> [_year_of_data(text) for text in ("2024年度企业经营情况表", "2024年", "2024年申报企业情况表")]
    [2024, 2024, None]
    """
    alone = period(text)
    if alone is not None:
        return alone.year
    found = None if _OF_A_LIST.search(text) else _YEAR_OF_DATA.search(text)
    return None if found is None else int(found["year"] or found["behind"])


def may_say_which(headers: Sequence[str]) -> list[int]:
    """Give the places of the columns that may say of what time or kind the figures of a row are."""
    keys = enumerate(map(header_key, headers))
    return [at for at, key in keys if _WHICH.search(key) or _WHEN.fullmatch(key) or _is_about_figures(key)]


def beside_the_figures(
    headers: Sequence[str], rows: Sequence[Sequence[str]], vocabulary: Vocabulary, last: int
) -> Text | None:
    """Say which column that is not read makes the figures of its rows those of another time or kind.

    `last` is the last full year. Only the first rows are looked at.
    """
    for at in may_say_which(headers):
        header, key = headers[at], header_key(headers[at])
        if named(header, vocabulary) is not None:
            continue
        cells = [half_width(row[at]).strip() for row in rows if at < len(row) and row[at].strip()]
        is_when = _WHEN.fullmatch(key) is not None and all(map(_is_when, cells))
        others = [cell for cell in cells if is_when and not _is_whole(cell, last)]
        if not others and _is_about_figures(key) and max(map(len, cells), default=0) <= _FEW_LETTERS:
            years_of = [{int(year) for year in _YEARS.findall(in_full(half_width(cell)))} for cell in cells]
            are_years = all(years and last - _OLD <= min(years) and max(years) <= last + 1 for years in years_of)
            others = [cell for cell, years in zip(cells, years_of, strict=True) if are_years and max(years) < last]
        if is_when or _WHEN.fullmatch(key) or _is_about_figures(key):
            others = [cell for cell in others if is_other_time(cell, last) is not False]
            others += [cell for cell in cells if is_other_time(cell, last) or (_WHEN.fullmatch(key) and _is_part(cell))]
        others = [cell for cell in others if not _is_day_of_this_year(cell, last + 1)]
        others = [
            cell for cell in others if not (key.endswith("起") and _FIRST_DAY.fullmatch(cell) and str(last) in cell)
        ]
        others += [cell for cell in cells if _WHICH.search(key) and _NOT_OWN.match(cell)]
        if others:
            return other_than(header, others[0])
    return None


def other_than(header: str, cell: str) -> Text:
    """Say that a column says of another time or kind than the actual figures of the last full year."""
    name, said = short(header, 20), short(cell, 20)
    zh = f"“{name}”列有“{said}”，各行数据可能不是上年度的实际数"
    return Text(zh, f"has {said} in column {name}: of another time or kind")


def unit_beside(header: str, cell: str) -> Text:
    """Say that a column names another unit than the amounts are read in."""
    name, said = short(header, 20), short(cell, 20)
    return Text(
        f"“{name}”列写的是“{said}”，与金额所用的单位不同", f"has {said} in column {name}, not the unit of the amounts"
    )


def _is_day_of_this_year(cell: str, year: int) -> bool:
    """Say whether a cell is a day of the year of the decision which ends no month: when something was done."""
    found = _DAY.fullmatch(in_full(half_width(cell)).strip())
    if found is None or int(found[1]) != year or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 months
        return False
    return int(found[3]) < monthrange(year, int(found[2]))[1]


def _is_part(cell: str) -> bool:
    """Say whether a few letters name part of a year: 半年报, Q2."""
    return len(cell) <= _FEW_CELL_LETTERS and _PART.search(cell) is not None


def _is_about_figures(key: str) -> bool:
    """Say whether a column may say of what year the figures are: 审计年度, 数据来源; not 申报年度, 认定年份."""
    return _ABOUT_FIGURES.search(key) is not None and not _ABOUT_OTHERS.search(key)


def _is_when(cell: str) -> bool:
    is_part = _PART.search(cell) or re.fullmatch(r"(?:1[0-2]|[1-9])(?:月|季度?)?|[一二三四]季[度报]?|中报", cell)
    return bool(is_part or _WHOLE.fullmatch(cell)) or period(cell) is not None


def _is_whole(cell: str, last: int) -> bool:
    found = period(cell.removesuffix(".0"))
    return found.year == last if found is not None else _WHOLE.fullmatch(cell) is not None


def another_table(header: str) -> Text:
    """Say that a row has the headers of a table with other columns."""
    said = short(header, 30)
    return Text(
        f"下面还有一个表，列与第一个表不同（“{said}”）", f"has another table below, with “{said}” over another column"
    )


def unit_of_all(understanding: Understanding, vocabulary: Vocabulary) -> str | None:
    """Give the unit in which all amounts of a table are read; "" if there are several.

    None if there are no amounts, or several units that the headers themselves name.
    """
    amounts = [one for one in understanding.columns if one.fact is not None and one.fact.kind is Kind.MONEY]
    units = {one.unit or TAKEN for one in amounts}
    if len(units) == 1:
        return units.pop()
    return "" if any(not named_with_unit(one.header, vocabulary)[1] for one in amounts) else None


def in_a_row(cells: Iterable[str], vocabulary: Vocabulary, last: int | None, unit: str | None) -> Text | None:
    """Say what a row that is no firm's states that the figures are not: of another year, in another unit.

    `last` is the last full year, None where every header names its own; `unit` is that in which amounts are read, ""
    where each column has its own, None where what is said of a unit is of no amount.
    """
    texts = [cell for cell in cells if cell.strip()]
    for cell in texts if len(texts) <= MOST_CELLS else ():
        text = in_full(half_width(simplified(cell[:200]))).strip()
        text = _MARKS.sub("", text) if not text[:4].isdecimal() else text
        said = short(cell, 30)
        found = None if _OF_A_LIST.search(text) else _OF_A_YEAR.search(text)
        is_beside_others = found is not None and found["alone"] is not None and len(texts) > 1
        year = next(filter(None, found.groups()), "") if found and not is_beside_others else ""
        when = None if last is None else other_time(cell, last)
        is_part = _PART.search(text) or _UNTIL.search(text) or _OTHER.search(text) or _summed(text)
        if last is not None and ((year and int(year) != last) or (is_part and _OF_FIGURES.search(text)) or when):
            return Text(
                f"有一行写着“{said}”，数据可能不是上年度的", f"has a row “{said}”: figures may be of another time"
            )
        is_statement = not is_unit(text, vocabulary) or text.startswith(("以", "按"))
        other = stated_unit([[text]], vocabulary, ABOVE) if unit is not None and is_statement else None
        if other is not None and (other.word != unit or not other.is_known):
            return Text(f"有一行写着“{said}”，与各列所用的单位不同", f"has a row “{said}”, not the unit of the columns")
    return None
