"""Of a table that lies on its side: which rows head its columns, and of whom and of which year each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.errors import Text, short
from engine.facts import Vocabulary
from engine.header_names import named
from engine.header_rows import CHANGES, Row, is_unit
from engine.header_units import header_key
from engine.header_years import is_relative, period, years_mentioned

_UNITS = frozenset({"单位", "计量单位", "金额单位", "unit", "units"})
_LABEL = re.compile(
    r"(?:统计|财务|主要|企业|经济)*(?:指标|项目|内容|名称|科目|栏目|事项|类别|年份|年度|会计年度|报告期|期间|时间)"
    r"(?:名称|项目|类别)?|items?|indicators?|metrics?|years?|periods?|",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:(?:请?填[写报]|申报|企业|本企业|本单位|实际)*(?:内容|数值|数据|值|情况|数|金额|填写|填报|信息|结果|回答)?|value|values|answer|)"
)
_BESIDE = re.compile(
    r"(?:指标)?代码|行次|行号|栏次|序号|编号|no\.?|备注|注|说明|填[报写]说明|指标(?:解释|说明)|口径|来源|数据来源|"
    r"合计|总计|小计|总和|平均值?|均值|notes?|remarks?|code|total|sum|average",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?<![母子分总])(?:公司|集团|厂|合作社|研究院|研究所|中心|事务所|店)$|(?:inc|ltd|llc|co|corp|gmbh)\.?$",
    re.IGNORECASE,
)
_KIND = re.compile(r"标准|要求|达标|门槛|参考|得分|评分|权重|分值|排名|差[额距异]|变[动化]|备|是否|合计|[线比]$")
_STATES = re.compile(r"[:：]\s*\S")
_NUMBERED = re.compile(r"[(（]?(?:[甲乙丙丁戊己庚辛壬癸A-Za-z]|[0-9]{1,2}|[—-])[)）]?")
_NUMBERING = re.compile(r"[甲乙丙丁—-]|栏次|行次|序号|列次|编号")


class Unclear(Exception):  # noqa: N818 it is what the table is
    """A table that lies on its side of which it is not certain what its columns are: what is not."""

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


@dataclass(frozen=True)
class Whose:
    """Of which firm, and of which year or other time, the figures of a column are; "" where nothing says so."""

    firm: str
    when: str


@dataclass(frozen=True)
class Lying:
    """The rows of a table that lies on its side, by what they are.

    `words` and `years` head the columns, `body` has a figure a row, `units` is the column of units if there is one,
    `unit_row` the unit that a row states for all.
    """

    labels: int
    words: Sequence[Row]
    years: Row
    body: Sequence[Row]
    units: int | None
    unit_row: str

    @property
    def places(self) -> list[int]:
        """The columns beside the names that have anything in them."""
        width = max(map(len, self.body))
        beside = [at for at in range(self.labels + 1, width) if at != self.units]
        return [at for at in beside if any(cell_at(row, at) for row in self.body)]

    def unit_of(self, row: Row) -> str:
        """Give the unit that the table states of a row."""
        return self.unit_row or ("" if self.units is None else cell_at(row, self.units))


@dataclass(frozen=True)
class Heads:
    """Of whom and when the columns are; whether the names of the firms stand only above; the columns left out."""

    columns: Mapping[int, Whose]
    names_firms: bool
    dropped: Sequence[str]


def cell_at(row: Row, at: int) -> str:
    """Give the text of a cell, which may be beyond the end of its row."""
    return row[at].strip() if at < len(row) else ""


def as_lying(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> Lying:
    """Give the rows of a table by what they are. Raises Unclear."""
    found: dict[_Kind, list[Row]] = {kind: [] for kind in get_args(_Kind)}
    for row in rows:
        found[_kind(row, labels, vocabulary, above=found["figure"])].append(row)
    years = {tuple(_beside(row, labels)) for row in found["years"]}
    if len(years) > 1:
        raise Unclear(Text("各列是哪一年（写了不止一次，且不同）", "of which year its columns are (said twice)"))
    unit = dict.fromkeys(text for row in found["unit"] for text in _beside(row, labels) if text)
    if len(unit) > 1:
        raise Unclear(Text("各列以什么为单位", "in which unit its columns are"))
    units = _units(found["words"], found["figure"], labels, vocabulary)
    years_row = found["years"][0] if years else ()
    return Lying(labels, found["words"], years_row, found["figure"], units, next(iter(unit), ""))


_Kind = Literal["title", "numbers", "years", "unit", "words", "figure"]


def _kind(row: Row, labels: int, vocabulary: Vocabulary, *, above: Sequence[Row]) -> _Kind:
    """Give what a row is; `above` are the rows of figures above it. Raises Unclear."""
    label, rest = cell_at(row, labels), list(filter(None, _beside(row, labels)))
    fact = named(label, vocabulary)
    if not rest:
        if fact is None and above and years_mentioned([[label]]):
            below = short(label, 20)
            raise Unclear(Text(f"“{below}”以下是哪一年的数据", f"of which year the figures below {below} are"))
        return "title" if fact is None or _STATES.search(label) else "figure"
    heads = _LABEL.fullmatch(label) is not None
    is_time = all(period(text) or _is_time(text) for text in rest)
    found: _Kind = "figure"
    if is_time and heads and (fact is None or len(set(rest)) > 1):
        found = "years"
    elif fact is not None:
        found = "figure"
    elif _NUMBERING.fullmatch(label) and all(map(_NUMBERED.fullmatch, rest)):
        found = "numbers"
    elif header_key(label) in _UNITS and all(is_unit(text, vocabulary) for text in rest):
        found = "unit"
    elif heads and not any(map(str.isdecimal, rest)) and not any(_has_figure(one, labels) for one in above):
        found = "words"
    elif not label:
        raise Unclear(Text("没有指标名的行是什么", "what the rows without a name are"))
    return found


def _beside(row: Row, labels: int) -> list[str]:
    return [cell_at(row, at) for at in range(labels + 1, len(row))]


def _has_figure(row: Row, labels: int) -> bool:
    return any(re.search(r"\d", text) for text in _beside(row, labels))


def _is_time(text: str) -> bool:
    return is_relative(text) and not re.sub(r"[上前去本当今近最大一二三两1-5个年度期末初余数额金值()（）]", "", text)


def _units(words: Sequence[Row], body: Sequence[Row], labels: int, vocabulary: Vocabulary) -> int | None:
    """Give the column that has the units of the figures, on whichever side of them."""
    for at in range(labels + 1, max(map(len, body))):
        said = [text for row in body if (text := cell_at(row, at))]
        is_named = any(header_key(cell_at(row, at)) in _UNITS for row in (*words, body[0]))
        if said and (is_named or all(is_unit(text, vocabulary) for text in said)):
            return at
    return None


def heads_of(table: Lying, vocabulary: Vocabulary) -> Heads:
    """Give of whom and when each column is. Raises Unclear."""
    names, ids = (_row_of(fact, table, vocabulary) for fact in ("firm_name", "firm_id"))
    whens = _to_the_right(table.years, table.places) if table.years else {}
    rows = [row for row in table.words if any(cell_at(row, at) for at in table.places)]
    wide = [_to_the_right(row, table.places) for row in rows] if table.years and names is None else []
    firm_of = _firms(table, names or ids, is_by_years=bool(table.years))
    columns: dict[int, Whose] = {}
    dropped, names_firms = [], False
    for at in table.places:
        heads = [text for row in wide if (text := row[at])] if wide else [cell_at(row, at) for row in rows]
        firm, when, is_left = firm_of.get(at, ""), whens.get(at, ""), False
        for head in filter(None, heads):
            if period(head) or _is_time(head):
                when = when or head
            elif _is_other_kind(head):
                is_left = True
            elif not _PLAIN.fullmatch(head) and names is None:
                firm, names_firms = head, True
            elif not _PLAIN.fullmatch(head) and head != firm and at not in firm_of:
                is_left = True
        if is_left:
            dropped.append(short("".join(heads), 20))
        else:
            columns[at] = Whose(firm, when)
    _check(columns)
    return Heads(columns, names_firms, dropped)


def _is_other_kind(head: str) -> bool:
    """Say whether a column has something else than figures of a firm: 行次, 备注, 合计, 行业平均, 达标线, 同比."""
    other = CHANGES.search(head) or _KIND.search(head)
    return _BESIDE.fullmatch(head) is not None or (other is not None and not _FIRM.search(head))


def _row_of(fact_id: str, table: Lying, vocabulary: Vocabulary) -> Row | None:
    """Give the row of the figures that names a fact, if anything stands in it."""
    for row in table.body:
        fact = named(row[table.labels], vocabulary)
        if fact is not None and fact.id == fact_id and any(_beside(row, table.labels)):
            return row
    return None


def _firms(table: Lying, names: Row | None, *, is_by_years: bool) -> dict[int, str]:
    """Give the firm of each column by the row of their names; a name alone, or over several years, is that of all."""
    stated = {} if names is None else {at: text for at in table.places if (text := cell_at(names, at))}
    if len(set(stated.values())) == 1:
        return dict.fromkeys(table.places, next(iter(stated.values())))
    return _to_the_right(names, table.places) if names is not None and is_by_years else stated


def _to_the_right(row: Row, places: Iterable[int]) -> dict[int, str]:
    """Give the cells of a row of which each counts until the next one."""
    found, last = {}, ""
    for at in places:
        last = cell_at(row, at) or last
        found[at] = last
    return found


def _check(columns: Mapping[int, Whose]) -> None:
    """Raise Unclear unless each column is of another firm or time."""
    if not columns:
        raise Unclear(Text("哪一列是本企业的数据", "which column has the figures of the firm"))
    if len(set(columns.values())) < len(columns):
        said = "、".join(
            dict.fromkeys(short(one.firm + one.when, 20) for one in columns.values() if one.firm + one.when)
        )
        zh, en = said or "列上没有说明", said or "nothing says so"
        raise Unclear(Text(f"各列是哪家企业、哪一年的（{zh}）", f"of whom and when its columns are ({en})"))
    timed = {bool(one.when) for one in columns.values()}
    if len(timed) > 1 and len({one.firm for one in columns.values()}) < len(columns):
        raise Unclear(Text("没有写年份的列是哪一年的", "of which year the columns without one are"))
