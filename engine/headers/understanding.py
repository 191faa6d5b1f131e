"""What the columns of a table are: each header as the fact it names, with the unit written beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import cast

from engine.ground.errors import Problem, Text, did_you_mean, first_of, in_quotes, short
from engine.headers.by_cells import CellsOf, by_cells
from engine.headers.cells import Column
from engine.headers.hints import hint
from engine.headers.names import Named, fact_called, has_remarks, named, naming, partings
from engine.headers.narrowing import narrowing
from engine.headers.repeated import facts_given, places_of, several_columns
from engine.headers.units import CURRENCY, MoneyUnit, header_key, unit_word
from engine.headers.years import Dated, dated, is_relative, is_yearly, of_year, which_year, years_back_of
from engine.language.facts import IDENTITY, Fact, Kind, Vocabulary
from engine.language.reading import accepted

_HINTED = 100  # columns: a table of thousands that are not read does not wait for their hints
_ROW_NUMBER = re.compile(r"序号?|行号|no\.?|#|s/?n|serialno\.?|serialnumber|index|unnamed:0")
_NUMBER_TOLD = Text("是序号，不是企业代码，未读取", "numbers the rows, is no firm id, not read")
_CURRENCY_TOLD = Text("是币种，不是人民币的金额不读取", "says the currency: amounts in another than RMB are not read")
_REMARKS_TOLD = Text(
    "只看其中有没有写明别的单位、年份、复核、待审计、更名，或企业注销、此行作废",
    "looked at only for another unit, year or name, a review, an audit to come, and whether firm or row is no more",
)
_UNIT_TOLD = Text("是各行金额的单位，已采用", "the unit of the amounts of each row, applied")
APPLIED = frozenset({_NUMBER_TOLD, _CURRENCY_TOLD, _REMARKS_TOLD, _UNIT_TOLD})
"""What is said of columns that state no fact and leave none unread."""
NOT_READ = Text("未读取的列", "Columns that are not read")
NOT_OF_USE = Text("未读取、或读了用不上的列", "Columns that are not read, or of no use here")
UNKNOWN = Text("不认识，未读取", "not known, not read")
_MAP = "--map {header}={fact}"
_MEASURE = re.compile(r"[元%‰千百万亿]|usd|eur|rmb|cny|yuan|million|thousand|billion")


@dataclass(frozen=True)
class HeaderReading:
    """One header: its place (from 0) and words, the fact it states if any, its unit, and how it was taken in a line.

    `is_used`: a rulebook here asks for what it states. `maybe`: the facts that a column may state that is not read, or
    not used.
    """

    place: int
    header: str
    fact: Fact | None
    unit: str
    how: Text
    stands_in: bool = False
    maybe: tuple[str, ...] = ()
    is_used: bool = True

    @property
    def is_of_use(self) -> bool:
        """Whether it is read, and asked for."""
        return self.fact is not None and self.is_used


@dataclass(frozen=True)
class Understanding:
    """What all headers of a table were taken for, and what stands in the way of using it."""

    columns: tuple[HeaderReading, ...]
    problems: tuple[Problem, ...]
    as_of: date | None = None
    rows: Sequence[int] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """The headers of the columns that state no fact, and are heeded in no other way."""
        return tuple(one_line(one.header) for one in self.columns if one.fact is None and one.how not in APPLIED)

    @cached_property
    def stated(self) -> dict[int, Column]:
        """The column of each place that states a fact."""
        return {
            reading.place: Column(one_line(reading.header), reading.fact, reading.unit, self.as_of, row)
            for reading, row in zip_longest(self.columns, self.rows[: len(self.columns)])
            if reading.fact is not None
        }


def understand(
    headers: Sequence[str],
    vocabulary: Vocabulary,
    mapping: Mapping[str, str] | None = None,
    *,
    as_of: date,
    unit: MoneyUnit | None = None,
    cells: CellsOf | None = None,
    rows: Sequence[int] = (),
) -> Understanding:
    """Give what each of `headers` states; `mapping` gives the fact of a column by its header, whatever that says.

    Of a header that may be that of several facts the `cells` can tell which. `rows` are those of a form.

    Money whose header names no unit is in `unit`, which stands outside the header, or else in 万元. A year in a header
    is the last full year before the day `as_of`, the one before it, and so on.
    """
    problems: list[Problem] = []
    mapped = dict(_mapped(headers, vocabulary, mapping or {}, problems))
    readings = [
        _mapped_reading(place, header, mapped[place], problems)
        if place in mapped
        else _reading(place, header, vocabulary, as_of)
        for place, header in enumerate(headers)
    ]
    if cells is not None:
        readings = [_by_cells(one, readings, vocabulary, cells, as_of) for one in readings]
    readings = [_with_unit(reading, unit, problems) for reading in _stand_ins_last(readings)]
    readings = _read_together(readings, vocabulary)
    if unit is not None and unit.is_known and unit.columns:
        readings = [replace(one, how=_UNIT_TOLD) if one.place in unit.columns else one for one in readings]
    readings = _sure_of_the_year(readings, vocabulary)
    by_mapping = {fact: headers[place] for place, fact in mapped.items()}
    for place, reading in enumerate(readings):
        if place not in mapped and reading.fact in by_mapping:
            other = one_line(by_mapping[reading.fact])
            how = Text(
                f"未读取：该指标由{in_quotes(other)}列给出（--map）", f"not read: stated by column {other} (--map)"
            )
            readings[place] = replace(reading, fact=None, unit="", how=how)
    problems += _duplicates(readings)
    if not any(reading.fact is not None and reading.fact.id in IDENTITY for reading in readings):
        what = Text(
            "既没有“统一社会信用代码”列，也没有“企业名称”列", "has no column for the firm id and none for the firm name"
        )
        instead = Text(
            "请加上其中一列，或用 --map 列名=firm_id 指明。", "Add one, or say which it is: --map HEADER=firm_id."
        )
        problems.append(Problem("header", what, instead))
    return Understanding(tuple(readings), tuple(problems), as_of, rows)


def key_reading(key: str, vocabulary: Vocabulary, as_of: date) -> HeaderReading:
    """Give how the key of a profile is read: as a header is, but for a hint; `how` is UNKNOWN if it names nothing."""
    return _reading(_HINTED, key, vocabulary, as_of, "{fact}")


def one_line(header: str) -> str:
    r"""Give a header as one printable line.

    >>> one_line("营业收入\n（万元） ")
    '营业收入（万元）'
    """
    words = " ".join(header.replace("\ufeff", "").split())
    return short(re.sub(r"(?<![!-~]) | (?![!-~])", "", words))


def _reading(place: int, header: str, vocabulary: Vocabulary, as_of: date, choice: str = _MAP) -> HeaderReading:
    found = naming(header, vocabulary)
    if found.fact is None and not found.perhaps and (year := dated(header)) is not None:
        undated = naming(year.rest, vocabulary)
        if undated.fact is not None:
            reading = HeaderReading(place, header, undated.fact, undated.unit, Text("", ""))
            return _dated_reading(reading, year, vocabulary, as_of)
    if found.fact is None:
        near = hint(header, vocabulary) if place < _HINTED and not found.perhaps else None
        meant = fact_called(near, vocabulary) if near else None
        maybe = tuple(one.id for one in (*found.perhaps, *([meant] if meant else [])))
        return HeaderReading(
            place, header, None, "", _why_not_read(header, found, near, choice, vocabulary), maybe=maybe
        )
    how = _read_as(found.fact, found.unit)
    if found.basis:
        how = Text(f"{how.zh}，列名注明{found.basis}", f"{how.en}, “{found.basis}” as the header says")
    reading = HeaderReading(place, header, found.fact, found.unit, how, stands_in=found.stands_in)
    return reading if found.fact.is_given else _computed(reading, found.fact)


def _why_not_read(header: str, found: Named, near: str | None, choice: str, vocabulary: Vocabulary) -> Text:
    """Say why a column that names no fact is not read, with the fact that may have been meant where that is safe.

    `near` is what it may have been to be; `choice` is how the caller writes that a header is a certain fact.
    """
    key = header_key(header)
    if not key:
        return Text("没有列名，未读取", "has no header, not read")
    is_number, is_remark = _ROW_NUMBER.fullmatch(key) is not None, has_remarks(header)
    if is_number or is_remark or key in CURRENCY:
        return _NUMBER_TOLD if is_number else _REMARKS_TOLD if is_remark else _CURRENCY_TOLD
    if found.perhaps:
        zh, en = "”或“".join(one.title.zh for one in found.perhaps), " or ".join(one.title.en for one in found.perhaps)
        which = [choice.format(header=one_line(header), fact=one.title.zh) for one in found.perhaps]
        by_id = [choice.format(header=one_line(header), fact=one.id) for one in found.perhaps]
        lists = [accepted(one) for one in found.perhaps if one.kind is Kind.CHOICES]
        return Text(
            f"不一定就是“{zh}”，未读取；是哪一个就写哪一个：{' 或 '.join(which)}"
            + "".join(f"，格内{one.zh.rstrip('。')}" for one in lists),
            f"may or may not be {en}, not read; if it is, say so: {' or '.join(by_id)}"
            + "".join(f"; in its cells {one.en[:1].lower()}{one.en[1:].rstrip('.')}" for one in lists),
        )
    if found.stranger:
        return Text(
            f"不认识括号里的{in_quotes(found.stranger)}，未读取",
            f"{in_quotes(found.stranger)} in brackets is not known here, not read",
        )
    if near is None:
        return UNKNOWN
    meant = fact_called(near, vocabulary)
    zh = en = ""
    if choice == _MAP and meant is not None:
        zh = f"是的话写 {choice.format(header=one_line(header), fact=meant.title.zh)}"
        en = f" If so: {choice.format(header=one_line(header), fact=meant.id)}"
    return Text(f"{UNKNOWN.zh}；是否想写{in_quotes(near)}？{zh}", f"{UNKNOWN.en}; did you mean {near}?{en}")


def _by_cells(
    reading: HeaderReading, readings: Sequence[HeaderReading], vocabulary: Vocabulary, cells: CellsOf, as_of: date
) -> HeaderReading:
    """Give a reading, of a column that may state several facts which no other column states as its cells tell it."""
    perhaps = naming(reading.header, vocabulary).perhaps if reading.fact is None else ()
    if not perhaps or any(one.fact in perhaps for one in readings):
        return reading
    place_of = {one.fact.id: one.place for one in readings if one.fact is not None}
    told = by_cells(perhaps, cells(reading.place, place_of.get("firm_id"), place_of.get("firm_name")), as_of)
    fact, how = told.fact, reading.how
    if told.odd:
        few = [short(one_line(text), 20) for text in first_of(told.odd, _FEW_ODD)]
        zh, en = "、".join(few), ", ".join(few)
        zh, en = (f"{zh} 等", f"{en}, …") if len(told.odd) > len(few) else (zh, en)
        zh, en = f"；读不出的：{zh}", f"; cells that are none: {en}"
    else:
        zh = en = ""
    if fact is None:
        return replace(reading, how=Text(f"{how.zh}{zh}", f"{how.en}{en}"))
    how = Text(f"按所填内容读作 {fact.title.zh}{zh}", f"read as {fact.title.en}, as its cells show{en}")
    return HeaderReading(reading.place, reading.header, fact, "", how, stands_in=True)


_FEW_ODD = 3


def _stand_ins_last(readings: Sequence[HeaderReading]) -> list[HeaderReading]:
    """Give the readings without those that name a fact only where no other column does, where one does."""
    surely = {one.fact: one_line(one.header) for one in readings if one.fact is not None and not one.stands_in}
    for one in readings:
        if one.fact is not None:
            surely.setdefault(one.fact, one_line(one.header))
    return [
        replace(
            one,
            fact=None,
            unit="",
            how=Text(
                f"已有{in_quotes(surely[one.fact])}列，未读取", f"not read: column {surely[one.fact]} states the same"
            ),
        )
        if one.fact is not None and one.stands_in and surely[one.fact] != one_line(one.header)
        else one
        for one in readings
    ]


def _read_together(readings: Sequence[HeaderReading], vocabulary: Vocabulary) -> list[HeaderReading]:
    """Give the readings with the two columns that the last one is made of told as read together."""
    headers = [one.header for one in readings]
    found = narrowing(headers[:-1], vocabulary)
    if found is None or headers[-1] != found.header:
        return list(readings)
    told = list(readings)
    for place, other in ((found.wide, found.narrow), (found.narrow, found.wide)):
        beside, title = one_line(headers[other]), found.fact.title
        how = Text(f"与{in_quotes(beside)}列合读为{title.zh}", f"read together with column {beside}: {title.en}")
        told[place] = replace(told[place], how=how)
    return told


_AT_THE_END = re.compile(r"末|底|截[至止]|有效|拥有|累计|现有|as of|end of|in force|valid", re.IGNORECASE)
_THIS_YEAR = re.compile(r"(?:本年度?|本期|当年|今年)(?:年?[末底])?|this year|current year", re.IGNORECASE)
_END_OF_THIS = re.compile(r"(?<![上去前])(?:年|期)[末底](?:数|余额)?")
_NOTHING_LEFT = re.compile(r"[(（\[【]\s*(?:数|余额)?[)）\]】]|(?:数|余额)\s*$")
_LAST_YEAR = re.compile(r"上年|上一年|上期|去年|前年|last year|previous year|prior year", re.IGNORECASE)


def _sure_of_the_year(readings: Sequence[HeaderReading], vocabulary: Vocabulary) -> list[HeaderReading]:
    """Give the readings without 上年… where another column is 本年… of the same: of which year is not certain."""
    unread = [one.header for one in readings if one.fact is None and _END_OF_THIS.search(one.header)]
    without = [_THIS_YEAR.sub("", one.header) for one in readings if _THIS_YEAR.search(one.header)]
    without += [_END_OF_THIS.sub("", header) for header in unread]
    this_year = {named(_NOTHING_LEFT.sub("", header), vocabulary) for header in without}
    how = Text(
        "表中另有“本年”，“上年”指哪一年不能确定，未读取；请在列名写明年份，如 2025年",
        "beside a column of “this year” it is not certain which year this is, not read; name the year, as 2025",
    )
    unsure = {one.place for one in readings if one.fact in this_year - {None} and _LAST_YEAR.search(one.header)}
    return [replace(one, fact=None, unit="", how=how) if one.place in unsure else one for one in readings]


def _dated_reading(reading: HeaderReading, found: Dated, vocabulary: Vocabulary, as_of: date) -> HeaderReading:
    """Give how a header with a year is read whose other words name a fact: as that of the year, if there is one."""
    base = cast("Fact", reading.fact)
    if found.year is None:
        what = {
            "part": Text("只是一年的一部分，未读取", "only part of a year, not read"),
            "several": Text("说的是多个年份，未读取", "speaks of several years, not read"),
        }[found.kind]
        return replace(reading, fact=None, unit="", how=what)
    years_back = as_of.year - 1 - found.year
    year, fact = which_year(found.year, years_back), of_year(base, years_back, vocabulary)
    if is_relative(found.rest) and years_back_of(base) == years_back:
        fact = base
    elif is_relative(found.rest) and fact is not base:
        how = Text(
            f"{year.zh}（按 {as_of} 判定），与列名中的{in_quotes(one_line(found.rest))}不一致，未读取",
            f"{year.en} on {as_of}, which is not what {in_quotes(one_line(found.rest))} says, not read",
        )
        return replace(reading, fact=None, unit="", how=how)
    if fact is None:
        how = Text(
            f"{year.zh}（按 {as_of} 判定），没有这一年的{base.title.zh}这项指标，未读取",
            f"{year.en} on {as_of}; no fact asks this of that year, not read",
        )
        return replace(reading, fact=None, unit="", how=how)
    if not fact.is_given:
        return _computed(reading, fact)
    if fact.kind is Kind.COUNT and not is_yearly(fact, vocabulary) and not _AT_THE_END.search(reading.header):
        how = Text(f"可能只是 {found.year} 年一年的数，未读取", f"may be of {found.year} alone, not read")
        return replace(reading, fact=None, unit="", how=how)
    how = _read_as(fact, reading.unit)
    return replace(reading, fact=fact, how=Text(f"{how.zh}（{year.zh}）", f"{how.en} ({year.en})"))


def _computed(reading: HeaderReading, fact: Fact) -> HeaderReading:
    how = Text(f"{fact.title.zh}由系统计算，未读取", f"{fact.title.en} is computed, not read")
    return replace(reading, fact=None, unit="", how=how)


def _with_unit(reading: HeaderReading, unit: MoneyUnit | None, problems: list[Problem]) -> HeaderReading:
    """Give a reading of money with the unit that is taken where its header names none."""
    if reading.fact is None or reading.fact.kind is not Kind.MONEY or reading.unit:
        return reading
    if unit is None or (unit.is_known and unit.columns and reading.place not in unit.amounts):
        taken = Text("，未写单位，按万元", ", no unit, taken as 万元")
        return replace(reading, how=Text(reading.how.zh + taken.zh, reading.how.en + taken.en))
    if unit.doubt is not None:
        instead = Text(
            "请在各列的列名里写明单位，如（万元）；外币请换算成人民币。",
            "Write the unit in each header, as (万元); convert other currencies to RMB.",
        )
        problems.append(Problem(one_line(reading.header), unit.doubt, instead))
        return reading
    if unit.columns:
        return replace(reading, how=Text(f"{reading.how.zh}，{unit.where.zh}", f"{reading.how.en}, {unit.where.en}"))
    above = Text(f"，单位{unit.word}（{unit.where.zh}）", f", in {unit.word} {unit.where.en}")
    return replace(reading, unit=unit.word, how=Text(reading.how.zh + above.zh, reading.how.en + above.en))


def _read_as(fact: Fact, unit: str) -> Text:
    if unit in fact.choices:
        title = fact.choices[unit].title
        return Text(f"读作 {fact.title.zh}，“是”为{title.zh}", f"read as {fact.title.en}, yes is {title.en}")
    of_unit = Text(f"，单位{unit}", f", in {unit}") if unit else Text("", "")
    return Text(f"读作 {fact.title.zh}{of_unit.zh}", f"read as {fact.title.en}{of_unit.en}")


def _mapped(
    headers: Sequence[str], vocabulary: Vocabulary, mapping: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[int, Fact]]:
    """Give the place and the fact of each mapped column, of one that is mapped to several facts each with its copy."""
    several = [
        (name, fact_id, nth, len(facts))
        for name, facts in ((name, facts_given(words)) for name, words in mapping.items())
        for nth, fact_id in enumerate(facts)
    ]
    for name, fact_id, nth, count in several:
        where = f"--map {short(name)}={short(fact_id)}"
        fact = fact_called(fact_id, vocabulary)
        places = places_of(name, headers)
        if fact is None:
            title = hint(fact_id, vocabulary)
            near = did_you_mean(fact_id, vocabulary.given) or did_you_mean(fact_id, [title] if title else [])
            near = near or Text("全部指标见 champion facts。", "`champion facts` lists them all.")
            problems.append(Problem(where, Text("没有这个指标", "is not a fact of the vocabulary"), near))
        elif not fact.is_given:
            what = Text(f"{fact.title.zh}由系统计算，不能填报", f"{fact.title.en} is computed and cannot be stated")
            problems.append(Problem(where, what))
        elif not places:
            near = did_you_mean(name, [one_line(header) for header in headers])
            problems.append(Problem(where, Text("文件中没有这一列", "the file has no such column"), near))
        elif len(places) == count:  # a column of several facts stands so often, its copies last
            yield places[nth], fact
        elif len(places) > 1:
            problems.append(several_columns(where, len(places)))
        else:
            what = Text("末列没有列名时，一列只能读作一项指标", "is one fact only while the last column has no name")
            problems.append(Problem(where, what, Text("请给末列写上列名。", "Name the last column.")))


def _mapped_reading(place: int, header: str, fact: Fact, problems: list[Problem]) -> HeaderReading:
    """Give how a mapped column is read: the unit beside its header counts; one that is not known is a problem."""
    beside = [words for _, words, _ in partings(header) if words is not None]
    unit = next((unit for words in beside if (unit := unit_word(fact, words)) is not None), "")
    if not unit and fact.kind in {Kind.MONEY, Kind.PERCENT}:
        strange = next((words for words in beside if _MEASURE.search(words.casefold())), None)
        if strange is not None:
            what = Text(
                f"单位{in_quotes(short(strange))}无法识别", f"has a unit that is not known here: {short(strange)}"
            )
            instead = Text("请换算后改写列名，如（万元）、（%）。", "Convert the figures and name 万元 or %.")
            problems.append(Problem(one_line(header), what, instead))
    as_read = _read_as(fact, unit)
    return HeaderReading(place, header, fact, unit, Text(f"{as_read.zh}（--map）", f"{as_read.en} (--map)"))


def _duplicates(readings: Sequence[HeaderReading]) -> Iterator[Problem]:
    places: dict[Fact, list[HeaderReading]] = {}
    for reading in readings:
        if reading.fact is not None:
            places.setdefault(reading.fact, []).append(reading)
    for fact, several in places.items():
        if len(several) > 1:
            names = [f"{one_line(reading.header)} (#{reading.place + 1})" for reading in several]
            what = Text(
                f"{'、'.join(names)} 说的是同一指标：{fact.title.zh}",
                f"{', '.join(names)} state the same fact: {fact.title.en}",
            )
            instead = Text(
                f"请删去多余的列，或用 --map 列名={fact.id} 指明读哪一列。",
                f"Delete all but one, or say which is meant: --map HEADER={fact.id}.",
            )
            yield Problem("header", what, instead)
