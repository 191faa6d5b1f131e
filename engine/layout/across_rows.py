"""The rows of a table that lies on its side, by what they are: names of firms, years, units, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.ground.errors import Text, short
from engine.headers.names import named
from engine.headers.units import ABOVE, CURRENCY, OWN_MONEY, UNIT_HEADS, header_key, stated_unit
from engine.headers.years import is_relative, period, years_mentioned
from engine.language.facts import Vocabulary
from engine.layout.header_rows import CHANGES, is_harmless, unit_at_the_end
from engine.layout.lower_rows import Row, is_unit

_LABEL = re.compile(
    r"(?:统计|财务|主要|企业|经济)*(?:指标|项目|内容|名称|科目|栏目|事项|类别|年份|年度|会计年度|报告期|期间|时间)"
    r"(?:名称|项目|类别)?|items?|indicators?|metrics?|years?|periods?|",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:指标)?代码|行次|行号|栏次|序号|编号|no\.?|备注|注|说明|填[报写]说明|指标(?:解释|说明)|口径|来源|数据来源|"
    r"合计|总计|小计|总和|平均值?|均值|notes?|remarks?|code|total|sum|average",
    re.IGNORECASE,
)
FIRM = re.compile(
    r"(?<![母子分总])(?:公司|集团|厂|合作社|研究院|研究所|中心|事务所|店)$|(?:inc|ltd|llc|co|corp|gmbh)\.?$",
    re.IGNORECASE,
)
_KIND = re.compile(r"标准|要求|达标|门槛|参考|得分|评分|权重|分值|排名|差[额距异]|变[动化]|备|是否|合计|[线比]$")
_SAYS_WHICH = re.compile(r"期间|截[至止]|时期|口径|性质|类型|类别|报表")
_ITEM = re.compile(r"[（(]?(?:[0-9]{1,3}(?:[.][0-9]{1,2})*|[一二三四五六七八九十]{1,3}|[A-Za-z])?[)）、.．]?")
_STATES = re.compile(r"[:：]\s*\S")
_NUMBERED = re.compile(r"[(（]?(?:[甲乙丙丁戊己庚辛壬癸A-Za-z]|[0-9]{1,2}|[—-])[)）]?")
_NUMBERING = re.compile(r"[甲乙丙丁—-]|栏次|行次|序号|列次|编号")


class Unclear(Exception):  # noqa: N818 it is what the table is
    """A table that lies on its side of which it is not certain what its columns are: what is not."""

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


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


def cell_at(row: Row, at: int) -> str:
    """Give the text of a cell, which may be beyond the end of its row."""
    return row[at].strip() if at < len(row) else ""


def as_lying(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> Lying:
    """Give the rows of a table by what they are. Raises Unclear."""
    found: dict[_Kind, list[Row]] = {kind: [] for kind in get_args(_Kind)}
    for row in rows:
        found[_kind(row, labels, vocabulary, above=found["figure"])].append(row)
    years = {tuple(beside(row, labels)) for row in found["years"]}
    if len(years) > 1:
        raise Unclear(Text("各列是哪一年（写了不止一次，且不同）", "of which year its columns are (said twice)"))
    unit = dict.fromkeys(text for row in found["unit"] for text in beside(row, labels) if text)
    if len(unit) > 1:
        raise Unclear(Text("各列以什么为单位", "in which unit its columns are"))
    _check_left(found["figure"], labels)
    units = _units(found["words"], found["figure"], labels, vocabulary)
    years_row = found["years"][0] if years else ()
    return Lying(labels, found["words"], years_row, found["figure"], units, next(iter(unit), ""))


_Kind = Literal["title", "numbers", "years", "unit", "words", "figure"]


def _kind(row: Row, labels: int, vocabulary: Vocabulary, *, above: Sequence[Row]) -> _Kind:
    """Give what a row is; `above` are the rows of figures above it. Raises Unclear."""
    label, rest = cell_at(row, labels), list(filter(None, beside(row, labels)))
    fact = named(label, vocabulary)
    if not rest:
        if fact is None and above:
            _check_section(label, vocabulary)
        return "title" if fact is None or _STATES.search(label) else "figure"
    _check_columns(label, rest)
    heads = _LABEL.fullmatch(label) is not None
    is_years = all(period(text) or is_time(text) for text in rest)
    if is_years and heads and (fact is None or len(set(rest)) > 1):
        return "years"
    return "figure" if fact is not None else _kind_of_words(label, rest, above, vocabulary)


def _kind_of_words(label: str, rest: Sequence[str], above: Sequence[Row], vocabulary: Vocabulary) -> _Kind:
    """Give what a row is that names no fact and no years. Raises Unclear."""
    found: _Kind = "figure"
    has_figures = any(re.search(r"\d", text) for row in above for text in row[1:])
    if header_key(label) in CURRENCY:
        found = "title"
    elif _NUMBERING.fullmatch(label) and all(map(_NUMBERED.fullmatch, rest)):
        found = "numbers"
    elif header_key(label) in UNIT_HEADS and all(is_unit(text, vocabulary) for text in rest):
        found = "unit"
    elif _LABEL.fullmatch(label) and not any(map(str.isdecimal, rest)) and not has_figures:
        found = "words"
    elif not label:
        raise Unclear(Text("没有指标名的行是什么", "what the rows without a name are"))
    return found


def _check_columns(label: str, rest: Sequence[str]) -> None:
    """Raise Unclear if a row says that the columns are of other money, time or kind than is read."""
    if header_key(label) in CURRENCY and not {header_key(text) for text in rest} <= OWN_MONEY:
        raise Unclear(Text("各列以什么货币计", "in which currency its columns are"))
    is_other = any(is_other_kind(text) or ((found := period(text)) and found.year is None) for text in rest)
    if _SAYS_WHICH.search(label) and is_other:
        raise Unclear(Text(f"各列是什么数据（{short(label, 20)}）", f"what its columns are ({short(label, 20)})"))


def _check_section(label: str, vocabulary: Vocabulary) -> None:
    """Raise Unclear if a row below figures that has only words may change what those below it are."""
    words = short(label, 20)
    if years_mentioned([[label]]) or is_time(label):
        raise Unclear(Text(f"“{words}”以下是哪一年的数据", f"of which year the figures below {words} are"))
    unit, is_note = unit_at_the_end(label), _STATES.search(label) is not None
    if not is_note and ((unit and is_unit(unit, vocabulary)) or stated_unit([[label]], vocabulary, ABOVE)):
        raise Unclear(Text(f"“{words}”以下以什么为单位", f"in which unit the figures below {words} are"))
    if not is_harmless(label) and not is_note and is_other_kind(label):
        raise Unclear(Text(f"“{words}”以下是什么数据", f"what the figures below {words} are"))


def _check_left(body: Sequence[Row], labels: int) -> None:
    """Raise Unclear if what stands before the names does more than number them."""
    left = {cell.strip() for row in body for cell in row[:labels] if cell.strip()}
    if any(not (_ITEM.fullmatch(cell) or is_harmless(cell)) for cell in left):
        words = short("、".join(sorted(left)), 20)
        raise Unclear(Text(f"指标名左边的“{words}”是什么", f"what stands before the names of figures ({words})"))


def beside(row: Row, labels: int) -> list[str]:
    """Give what stands beside the name of a row."""
    return [cell_at(row, at) for at in range(labels + 1, len(row))]


def is_time(text: str) -> bool:
    """Say whether a text is a year told from the day of the decision, and nothing else: 上年度, 本年."""
    return is_relative(text) and not re.sub(r"[上前去本当今近最大一二三两1-5个年度期末初余数额金值()（）]", "", text)


def _units(words: Sequence[Row], body: Sequence[Row], labels: int, vocabulary: Vocabulary) -> int | None:
    """Give the column that has the units of the figures, on whichever side of them."""
    for at in range(labels + 1, max(map(len, body))):
        said = [text for row in body if (text := cell_at(row, at))]
        is_named = any(header_key(cell_at(row, at)) in UNIT_HEADS for row in (*words, body[0]))
        if said and (is_named or all(is_unit(text, vocabulary) for text in said)):
            return at
    return None


def is_other_kind(head: str) -> bool:
    """Say whether a column has something else than figures of a firm: 行次, 备注, 合计, 行业平均, 达标线, 同比."""
    other = CHANGES.search(head) or _KIND.search(head)
    return _BESIDE.fullmatch(head) is not None or (other is not None and not FIRM.search(head))
