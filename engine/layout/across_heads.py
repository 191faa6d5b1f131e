"""Of a table that lies on its side: of whom and of which year each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.ground.errors import Text, short
from engine.headers.names import named
from engine.headers.units import ABOVE, stated_unit
from engine.headers.years import period
from engine.language.facts import Vocabulary
from engine.layout.across_rows import FIRM, Lying, Unclear, beside, cell_at, is_other_kind, is_time
from engine.layout.header_rows import is_harmless, unit_at_the_end
from engine.layout.lower_rows import Row, is_unit

_PLAIN = re.compile(
    r"(?:(?:请?填[写报]|申报|企业|本企业|本单位|实际)*(?:内容|数值|数据|值|情况|数|金额|填写|填报|信息|结果|回答)?|value|values|answer|)"
)
_STEM = re.compile(
    r"(?:企业|公司|单位|样本|firm|company)?\s?[0-9一二三四五六七八九十A-Za-z甲乙丙丁戊己]{0,2}\s?(?:企业|公司|厂)?",
    re.IGNORECASE,
)


_WHO = r"(?:企业|本?单位|[省市县区]级?|部门|中介|专家|初次?|最终)*"
_STATED = re.compile(rf"{_WHO}(?:填[报写]|上报|申报|报送|自评|自[报填]|原报)(?:数据?|数值|值|情况|结果|金额|内容)?")
_CHECKED = re.compile(
    rf"{_WHO}(?:审[核定计查]|核[定查实准]|复核|初审|终审|认定|确认|调整)[后前]?(?:数据?|数值|值|情况|结果|金额|内容)?"
)


@dataclass(frozen=True)
class Whose:
    """Of which firm, and of which year or other time, the figures of a column are; "" where nothing says so."""

    firm: str
    when: str


@dataclass(frozen=True)
class Heads:
    """Of whom and when the columns are, whether firms are named only above, the columns left out, the unit of all."""

    columns: Mapping[int, Whose]
    names_firms: bool
    dropped: Sequence[str]
    unit: str


def heads_of(table: Lying, vocabulary: Vocabulary) -> Heads:
    """Give of whom and when each column is. Raises Unclear."""
    names, ids = (_row_of(fact, table, vocabulary) for fact in ("firm_name", "firm_id"))
    whens = _to_the_right(table.years, table.places) if table.years else {}
    firm_of = _firms(table, names or ids, is_by_years=bool(table.years))
    columns: dict[int, Whose] = {}
    dropped, named_above, units = [], list[str](), dict[int, str]()
    above = _above(table, are_wide=bool(table.years) and names is None)
    _check_audited(table, above)
    for at, heads in above.items():
        parted = [_without_unit(head, vocabulary) for head in heads]
        units[at] = next((unit for _, unit in parted if unit), "")
        found = _whose(
            [head for head, _ in parted], Whose(firm_of.get(at, ""), whens.get(at, "")), has_names=names is not None
        )
        if found is None or (at in firm_of and is_other_kind(firm_of[at]) and len(set(firm_of.values())) > 1):
            dropped.append(short("".join(heads) or firm_of[at], 20))
            continue
        columns[at] = found
        named_above += [found.firm] if found.firm != firm_of.get(at, "") else []
    _check(columns)
    if named_above and ids is None and not any(FIRM.search(one) or _STEM.fullmatch(one) for one in named_above):
        said = short("、".join(dict.fromkeys(named_above)), 20)
        raise Unclear(Text(f"各列（{said}）是不是企业", f"whether its columns ({said}) are firms"))
    left = [cell_at(row, at) for row in table.body for at in table.places if at not in columns]
    if stated_unit([[cell] for cell in left], vocabulary, ABOVE):
        raise Unclear(Text("各行以什么为单位", "in which unit its rows are"))
    return Heads(columns, bool(named_above), dropped, _unit_of_heads([units.get(at, "") for at in columns]))


def _above(table: Lying, *, are_wide: bool) -> dict[int, list[str]]:
    """Give the words above each column; those that are wide count until the next ones."""
    rows = [row for row in table.words if any(cell_at(row, at) for at in table.places)]
    filled = [
        _to_the_right(row, table.places) if are_wide else {at: cell_at(row, at) for at in table.places} for row in rows
    ]
    return {at: [row[at] for row in filled if row[at]] for at in table.places}


def _whose(heads: Sequence[str], found: Whose, *, has_names: bool) -> Whose | None:
    """Give whose the figures of a column are by the words above it; None if they are no firm's own."""
    for head in heads:
        if period(head) or is_time(head):
            found = replace(found, when=found.when or head)
        elif _PLAIN.fullmatch(head) or is_harmless(head) or head == found.firm:
            continue
        elif is_other_kind(head) or (has_names and not _STEM.fullmatch(head) and not FIRM.search(head)):
            return None
        elif not has_names:
            found = replace(found, firm=head)
    return found


def _without_unit(head: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Give the head of a column without the unit of its amounts, and that unit: 金额（元）, 亿元."""
    if is_unit(head, vocabulary):
        return "", head
    unit = unit_at_the_end(head)
    if not unit or not is_unit(unit, vocabulary):
        return head, ""
    return head[: head.rindex(unit)].rstrip("(（[【 /:："), unit


def _unit_of_heads(units: Sequence[str]) -> str:
    """Give the unit that the heads of all columns state, if any. Raises Unclear."""
    if len(set(units)) > 1:
        raise Unclear(Text("各列以什么为单位", "in which unit its columns are"))
    return units[0].strip("()（）[]【】 ") if units else ""


def _row_of(fact_id: str, table: Lying, vocabulary: Vocabulary) -> Row | None:
    """Give the row of the figures that names a fact, if anything stands in it."""
    for row in table.body:
        fact = named(row[table.labels], vocabulary)
        if fact is not None and fact.id == fact_id and any(beside(row, table.labels)):
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


def _check_audited(table: Lying, above: Mapping[int, Sequence[str]]) -> None:
    """Raise Unclear if columns with figures differ in being reported or audited: 填报数, 审核数."""
    figures = [at for at in above if any(re.search(r"[0-9]", cell_at(row, at)) for row in table.body)]
    heads = [head for at in figures for head in above[at]]
    checked = [head for head in heads if _CHECKED.fullmatch(head)]
    both = dict.fromkeys([*(head for head in heads if _STATED.fullmatch(head)), *checked])
    if len(both) > 1 or (checked and len(figures) > len(checked)):
        said = short("、".join(both), 20)
        raise Unclear(Text(f"以哪一列的数为准（{said}）", f"which of its columns counts ({said})"))


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
