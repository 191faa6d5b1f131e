"""Which rows of a table are its header: one, or several that say together what each column is.

Names may stand over years, groups over names, and units under names. What stands over and under one another becomes one
header text, as a person would have typed it into one cell: 营业收入, 2024年 and 元 become 营业收入2024年（元）.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.ground.errors import Text
from engine.headers.names import named, named_with_unit
from engine.headers.understanding import one_line
from engine.headers.units import ABOVE, MoneyUnit, header_key, is_foreign_money, stated_unit, unit_word
from engine.headers.years import dated, is_relative, period
from engine.language.facts import Kind, Vocabulary
from engine.language.reading import BLANK_WORDS
from engine.layout.lower_rows import (
    FOR_WHO_FILLS_IN,
    LONGEST_GROUP,
    NO_UNIT,
    Row,
    is_instruction,
    is_label,
    is_lower_row,
    is_of_whose,
    is_passed,
    is_row_of_units,
    next_filled,
    said_unit,
    says_something,
    uppermost,
    without_wholes,
)
from engine.layout.lower_rows import is_unit as is_unit  # noqa: PLC0414 engine.layout.doubtful asks for it here
from engine.layout.units_over import units_over

_MOST_ROWS = 3  # above or below the row that names most
_BARE_AMOUNT = re.compile(r"^(?:金额|数额|数值|数据|本年数|amount|value)$")
_UNIT_AT_THE_END = re.compile(
    r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*$|[\s/:：]([^\s/:：]+)$|(?<=[标据况模])([千百万亿十]*元|%)$"
)
_BARE_FIGURE = re.compile(r"\d+(\.0*)?")
_TITLE_WORDS = re.compile(
    r"[表册单]$|汇总|一览|名单|台账|企业(?:情况|统计|信息)|公司$|附件|附表|填[报写]|制表|[:：](?![千百万亿十美港欧日]*[元%])"
)
_TITLE = re.compile(r"[:：]\s*\S")  # 填报日期：2026-03-01 names no columns
_TOPIC = (
    r"基本|基础|登记|注册|财务|经营|经济|生产|产销|人员|人力|人力资源|员工|职工|用工|研发|科技|技术|创新|知识产权|专利|市场|产品|主导产品|质量|品牌|"
    r"管理|数字化|资质|荣誉|称号|信用|规模|效益|盈利|偿债|成长|成长性|专业化|精细化|特色化|新颖化|产业链|配套|定量|定性|认定|申报|填报|企业|"
    r"单位|公司|本企业|主要|核心|关键|年度|其他|综合|发展|投入|产出|产业|绿色|安全|信息|经济效益"
)
_HARMLESS = re.compile(  # a group that leaves what stands under it what it is
    rf"(?:{_TOPIC})*(?:情况|信息|指标|数据|状况|能力|水平|投入|产出|成果|条件|概况|类|规模|效益|实力|一览|部分|内容|项目|名称|表|栏)*|"
    r"(?:basic|general|financial|operating|key|main|company|firm|business|market|staff|r&d|innovation|\s)*"
    r"(?:information|info|data|indicators?|figures|details|performance)?",
    re.IGNORECASE,
)
_OF_LAST_YEAR = re.compile(r"^上一?年度?的?")
_CODE = re.compile(r"[A-Za-z]{0,3}[0-9]{4,}[A-Za-z0-9]*")  # of a figure in a database
_ORDINAL = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．]")
CHANGES = re.compile(  # a group with such words makes another figure of what stands under it
    r"[年季月]|期[初末]|省|市|国|全球|世界|海外|境外|行业|对标|标杆|同行|平均|均值|预|计划|目标|累计|增|减|率|占|比|母公司|子公司|集团|"
    r"分公司|其中|参股|关联|上限|下限|折|peer|average|growth|ratio|share|target|plan|forecast|budget|subsidiar|parent|group|quarter|year",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """The header of a table: its first and last row among those looked at (from 0), and a text for each column."""

    first: int
    last: int
    headers: tuple[str, ...]
    known: int
    unit: MoneyUnit | None = None

    def notes(self, line: int) -> list[Text]:
        """Say where the header stands; `line` is the number of its first row for people."""
        above = (
            Text(f"，其上 {self.first} 行未读", f" ({self.first} above it not read)") if self.first else Text("", "")
        )
        if self.last == self.first:
            return [Text(f"列名在第 {line} 行{above.zh}", f"header on line {line}{above.en}")]
        last = line + self.last - self.first
        return [Text(f"列名在第 {line} 至 {last} 行{above.zh}", f"header on lines {line} to {last}{above.en}")]


def find_head(rows: Sequence[Row], vocabulary: Vocabulary, mapping: Mapping[str, str]) -> Head:
    """Give the header among the first rows of a table; `known` is 0 if none of them names a fact."""
    wanted = {header_key(header) for header in mapping}
    counts = [known_cells(row, vocabulary) + len({header_key(cell) for cell in row} & wanted) for row in rows]
    best = max(counts, default=0)
    row = counts.index(best) if best else 0
    if not best:
        return Head(0, 0, tuple(rows[0]) if rows else (), 0)
    first = last = row
    while first > 0 and row - first < _MOST_ROWS and _stands_over(rows[first - 1], rows[first], vocabulary):
        first -= 1
    while last - row < _MOST_ROWS and (below := _next_below(rows, first, last, vocabulary)) is not None:
        last = below
    width = max(len(line) for line in rows[first : last + 1])
    of_all = [one for one in range(row + 1, last + 1) if _is_about_all(rows[one], vocabulary)]
    parts = [line for at, line in enumerate(rows[first : last + 1], first) if at not in of_all and not is_passed(line)]
    lines = without_wholes(_filled([[*line, *[""] * (width - len(line))] for line in parts], vocabulary), vocabulary)
    headers = tuple(_composed(column, vocabulary) for column in zip(*lines, strict=True))
    beside = [[one] for one in headers if named(one, vocabulary) is None]
    over = units_over(rows[first - 1], headers, vocabulary) if first else None
    above = rows[:first] if over is None else rows[: first - 1]
    unit = stated_unit([*above, *(rows[one] for one in of_all), *beside], vocabulary, ABOVE)
    if over is not None:
        headers, unit = over.headers, unit or over.doubt
    return Head(first, last, headers, best, unit)


def known_cells(row: Row, vocabulary: Vocabulary) -> int:
    """Give how many different facts the cells of a row name."""
    return len({fact.id for cell in row if (fact := named(cell, vocabulary)) is not None})


def _next_below(rows: Sequence[Row], first: int, last: int, vocabulary: Vocabulary) -> int | None:
    """Give the next row of a header below its row `last`; blank rows and numbers of columns may stand between."""
    at = next_filled(rows, last)
    if at is None:
        return None
    heads = uppermost(rows[first : last + 1])
    if is_row_of_units(rows[at], vocabulary) or is_lower_row(rows[at], heads, vocabulary):
        return at
    return last + 1 if _stands_under(rows[last + 1], rows[last], vocabulary) else None


def _stands_over(row: Row, below: Row, vocabulary: Vocabulary) -> bool:
    """Say whether a row is the upper part of the header whose next row is `below`."""
    cells = [(place, cell) for place, cell in enumerate(row) if cell.strip() and not _states_unit(cell, vocabulary)]
    texts = {cell.strip() for _, cell in cells}
    if not texts or any(_TITLE.search(text) and not is_unit(unit_at_the_end(text), vocabulary) for text in texts):
        return False
    text = next(iter(texts))
    if len(texts) == 1 and named(text, vocabulary) is None:  # a title, or the year of some of the columns
        over = {place for place, _ in cells} | {cells[-1][0]}
        whose = {
            place for place, cell in enumerate(below) if (fact := named(cell, vocabulary)) and fact.kind is Kind.TEXT
        }
        is_group = period(text) is not None or not (_is_title(text) or is_harmless(text))
        return is_group and not over & whose and cells[0][0] > min(whose, default=-1)
    useful = any(named(text, vocabulary) or period(text) or is_relative(text) or CHANGES.search(text) for text in texts)
    return useful or any(
        named(f"{cell}{under}", vocabulary) or named(f"{under}{cell}", vocabulary)
        for cell, under in zip(row, below, strict=False)
        if cell.strip() and under.strip() and cell.strip() != under.strip()
    )


def _is_title(text: str) -> bool:
    """Say whether a text is that of a whole table, or of a note, and no group of columns."""
    return len(text) > LONGEST_GROUP or _TITLE_WORDS.search(text) is not None


def is_harmless(group: str) -> bool:
    """Say whether a group leaves what stands under it what it is: 财务指标, （二）人员情况（人）."""
    bare = re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]", "", _ORDINAL.sub("", group.strip()))
    bare = bare.removesuffix(unit_at_the_end(bare))
    return _HARMLESS.fullmatch(re.sub(r"[\s/、:：及和与]", "", bare)) is not None or _CODE.fullmatch(bare) is not None


def _states_unit(cell: str, vocabulary: Vocabulary) -> bool:
    """Say whether a cell states the unit of all that is under it: 单位：万元."""
    return _TITLE.search(cell) is not None and stated_unit([[cell]], vocabulary, ABOVE) is not None


def _is_about_all(row: Row, vocabulary: Vocabulary) -> bool:
    """Say whether a row states nothing but the unit of the whole table: 单位：元."""
    texts = {cell.strip() for cell in row if cell.strip()}
    return len(texts) == 1 and is_unit_of_all(texts.pop(), vocabulary)


def is_unit_of_all(text: str, vocabulary: Vocabulary) -> bool:
    """Say whether a text says of what unit all is, as 单位：元 does; not 元, which may be that of a column."""
    return not is_unit(text, vocabulary) and stated_unit([[text]], vocabulary, ABOVE) is not None


def _stands_under(row: Row, above: Row, vocabulary: Vocabulary) -> bool:
    """Say whether a row is the lower part of the header whose last row so far is `above`."""
    above = [*above, *[""] * (len(row) - len(above))]
    if _numbers_columns(row) or _is_about_all(row, vocabulary):
        return True
    if _has_words_only(row, above, vocabulary):
        return True
    stated = {at: cell.strip() for at, cell in enumerate(row) if cell.strip()}
    if len(stated) == 1:
        (at, text), *_ = stated.items()
        if _BARE_FIGURE.fullmatch(text) or (period(text) and is_of_whose(above[at], vocabulary)):
            return False  # what a firm without a name earned, or the year of the rows below
    over, is_said = "", False
    for cell, own in zip(row, above, strict=False):
        over = own if own.strip() else over
        if not cell.strip() or cell.strip() == own.strip():
            continue
        if FOR_WHO_FILLS_IN.fullmatch(cell.strip()):  # one that speaks of a unit or a year changes the column
            is_said = True
            continue
        both = [f"{cell}{over}", f"{over}{cell}"] if over.strip() else []
        if says_something(cell, vocabulary) or any(named(one, vocabulary) for one in both):
            is_said = True
        elif not (header_key(cell) in NO_UNIT or is_label(cell) or _BARE_AMOUNT.match(header_key(cell))):
            return False
    return is_said


def _numbers_columns(row: Row) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    numbers = [cell.strip().strip("()（）") for cell in row]
    return len(row) > 2 and numbers == [str(place) for place in range(1, len(row) + 1)]  # noqa: PLR2004 1, 2 may be a firm


def _has_words_only(row: Row, above: Row, vocabulary: Vocabulary) -> bool:
    """Say whether a row has words where figures would stand and no firm: 金额, 同比增长."""
    words, whose = False, False
    for cell, own in zip(row, above, strict=False):
        fact = named(own, vocabulary)
        if is_of_whose(own, vocabulary):
            whose = True
            if cell.strip() not in {"", own.strip()}:
                return False
        elif cell.strip() and cell.strip() != own.strip():
            is_figure = fact is not None and fact.is_numeric
            if any(map(str.isdigit, cell)) or _TITLE.search(cell) or len(cell) > 20 or (fact and not is_figure):  # noqa: PLR2004
                return False
            words = words or (is_figure and header_key(cell) not in BLANK_WORDS)
    return words and whose


def _filled(lines: list[list[str]], vocabulary: Vocabulary) -> list[list[str]]:
    """Give the rows of a header with each cell that stands over several columns repeated over them."""
    for row, (upper, lower) in enumerate(pairwise(lines)):
        if any(one.strip() and one == other for one, other in pairwise(upper)):  # a workbook, whose merges are filled
            continue
        source, begins = "", 0
        for place, cell in enumerate(upper):
            if cell.strip():
                source, begins = (cell if lower[place].strip() else ""), place
            elif any(line[place] != line[begins] for line in lines[:row]):  # under another name
                source = ""
            elif (
                source
                and lower[place].strip()
                and not (named(lower[place], vocabulary) and named(source, vocabulary) and period(lower[place]) is None)
            ):
                upper[place] = source
    return lines


def _composed(column: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give one header for the cells that stand over one another."""
    cells = dict.fromkeys(text for cell in column if (text := one_line(cell)).strip())
    parts = list(dict.fromkeys(part for cell in cells for part in _parted(cell)))
    if len(cells) < 2:  # noqa: PLR2004 there is nothing to put together
        return next((cell for cell in column if cell.strip()), "")
    parts = [part for part in parts if not part.strip("()（）").isdecimal() or period(part)] or parts[:1]
    parts = [parts[0], *(said_unit(one, vocabulary) for one in parts[1:] if not is_instruction(one))]
    parts = [parts[0], *(part for part in parts[1:] if not is_label(part))]
    stated = [part for part in parts if _states_unit(part, vocabulary)]
    periods = [part for part in parts if period(part) is not None]
    units = [one for one in parts if one not in periods + stated and is_unit(one, vocabulary)]
    names = [one for one in parts if one not in periods + units + stated and header_key(one) not in NO_UNIT]
    name = _name(names, vocabulary)
    unit = units[-1].strip("()（）[]【】 ") if units else _unit_of_group(name, names, vocabulary)
    unit = "" if is_of_whose(name, vocabulary) else unit
    above = None if unit else stated_unit([stated], vocabulary, ABOVE)
    if above is not None and (_takes_unit(name, above.word, vocabulary) or not above.is_known):
        unit = above.word
    years = "" if is_of_whose(name, vocabulary) else "".join(periods)
    return f"{name}{years}" + (f"（{unit}）" if unit else "")


def _parted(cell: str) -> list[str]:
    """Give a group that names a year, and changes nothing else, as two: 2025年度财务指标（万元）, 上年度财务数据."""
    when = dated(cell)
    if when is not None and when.kind == "whole" and when.rest and is_harmless(when.rest):
        return [when.rest, f"{when.year}年"]
    last = _OF_LAST_YEAR.sub("", cell)  # as which figures without a year are read
    return [last] if last and last != cell and is_harmless(last) else [cell]


def _name(names: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give the name that several cells over one another make."""
    names = [one for one in names if not _BARE_AMOUNT.match(header_key(one))] or list(names)
    if len(names) < 2:  # noqa: PLR2004
        return names[0] if names else ""
    *groups, last = names
    fact = named(last, vocabulary)
    if fact and all(named(group, vocabulary) is fact or is_harmless(group) for group in groups):
        return last
    for group in reversed(groups):
        for both in (f"{group}{last}", f"{last}{group}"):
            if named(both, vocabulary) is not None:
                return both
    return " ".join(names)


def _takes_unit(name: str, unit: str, vocabulary: Vocabulary) -> bool:
    fact, own = named_with_unit(name, vocabulary)
    return fact is not None and fact.kind is Kind.MONEY and not own and unit_word(fact, unit) is not None


def _unit_of_group(name: str, names: Sequence[str], vocabulary: Vocabulary) -> str:
    """Give the unit in brackets behind a group, for a name under it that has none."""
    fact = named(name, vocabulary)
    if fact is None or not fact.is_numeric or re.search(r"[(（\[【]", name):
        return ""
    beside = [words for group in names if group != name and (words := unit_at_the_end(group))]
    return next((words for words in beside if unit_word(fact, words) or is_foreign_money(words)), "")


def unit_at_the_end(group: str) -> str:
    """Give the words behind a group that may be its unit: in brackets, or after a blank, a stroke or a colon."""
    found = _UNIT_AT_THE_END.search(group.strip())
    return next(filter(None, found.groups()), "") if found else ""
