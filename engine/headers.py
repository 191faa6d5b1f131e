"""What the columns of a table are: each header as the fact it names, with the unit written beside it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from engine.cells import Column
from engine.errors import Problem, Text, did_you_mean, short
from engine.facts import Fact, Kind, Vocabulary, half_width
from engine.reading import exponent

_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*＊※“”‘’\"'「」『』]+")
_NUMBERING = re.compile(r"^(?:\([0-9]{1,2}\)|[0-9]{1,2}[.、)．:](?![0-9])|[一二三四五六七八九十]{1,3}[、.]|[①-⑳]、?)")
_BRACKETS = re.compile(r"[(\[【〔{<]([^()\[\]【】〔〕{}<>]*)[)\]】〕}>]")
_ASKED = frozenset({"必填", "选填", "必填项", "选填项", "required", "optional"})
_BARE_UNIT = re.compile(r"^(.+?)(?:[/,:_-](.+)|(%|亿元|万元|千元))$")
_SAME_UNIT = {
    **dict.fromkeys(("人民币元", "rmb", "cny", "yuan", "¥"), "元"),
    **dict.fromkeys(("人民币万元", "10,000cny", "10000cny", "cny10,000", "10,000rmb", "rmb10,000", "万rmb"), "万元"),
    **dict.fromkeys(("人民币亿元", "100millioncny", "100millionrmb", "亿rmb"), "亿元"),
    **dict.fromkeys(("百分比", "百分数", "percent", "percentagepoints", "pct"), "%"),
}
_MEASURE = re.compile(r"[元%‰千百万亿]|usd|eur|rmb|cny|yuan|million|thousand|billion")


@dataclass(frozen=True)
class HeaderReading:
    """One header: its place (from 0) and words, the fact it states if any, its unit, and how it was taken in a line."""

    place: int
    header: str
    fact: Fact | None
    unit: str
    how: Text


@dataclass(frozen=True)
class Understanding:
    """What all headers of a table were taken for, and what stands in the way of using it."""

    columns: tuple[HeaderReading, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def stated(self) -> dict[int, Column]:
        """The column of each place that states a fact."""
        return {
            reading.place: Column(one_line(reading.header), reading.fact, reading.unit)
            for reading in self.columns
            if reading.fact is not None
        }


_UNIT_ABOVE = re.compile(r"(?:单位|unit)[:：为]?(?:人民币)?(亿元|万元|千元|元)", re.IGNORECASE)


def unit_above(rows: Iterable[Iterable[str]]) -> str:
    """Give the unit of money that rows above a header name, if they do.

    >>> unit_above([["企业统计表（单位：元）"]])
    '元'
    """
    cells = ("".join(half_width(cell).split()) for row in rows for cell in row)
    return next((found[1] for cell in cells if (found := _UNIT_ABOVE.search(cell))), "")


def understand(
    headers: Sequence[str], vocabulary: Vocabulary, mapping: Mapping[str, str] | None = None, unit: str = ""
) -> Understanding:
    """Give what each of `headers` states; `mapping` gives the fact of a column by its header, whatever that says.

    Money whose header names no unit is in `unit`, which stands above the header, or else in 万元.
    """
    problems: list[Problem] = []
    mapped = dict(_mapped(headers, vocabulary, mapping or {}, problems))
    readings = [
        _mapped_reading(place, header, mapped[place], problems)
        if place in mapped
        else _reading(place, header, vocabulary)
        for place, header in enumerate(headers)
    ]
    readings = [_with_unit(reading, unit) for reading in readings]
    by_mapping = {fact: headers[place] for place, fact in mapped.items()}
    for place, reading in enumerate(readings):
        if place not in mapped and reading.fact in by_mapping:
            other = one_line(by_mapping[reading.fact])
            how = Text(f"未读取：该指标由“{other}”列给出（--map）", f"not read: stated by column {other} (--map)")
            readings[place] = replace(reading, fact=None, unit="", how=how)
    problems += _duplicates(readings)
    if not {"firm_id", "firm_name"} & {reading.fact.id for reading in readings if reading.fact}:
        what = Text(
            "既没有“统一社会信用代码”列，也没有“企业名称”列", "has no column for the firm id and none for the firm name"
        )
        instead = Text(
            "请加上其中一列，或用 --map 列名=firm_id 指明。", "Add one, or say which it is: --map HEADER=firm_id."
        )
        problems.append(Problem("header", what, instead))
    return Understanding(tuple(readings), tuple(problems))


def header_row(rows: Sequence[Sequence[str]], vocabulary: Vocabulary, mapping: Mapping[str, str]) -> tuple[int, int]:
    """Give which of the first rows of a table is its header, and how many facts it names (0: none is a header)."""
    wanted = {_key(header) for header in mapping}
    known = [
        len({fact.id for cell in row if (fact := _named(cell, vocabulary)[0])} | {_key(cell) for cell in row} & wanted)
        for row in rows
    ]
    best = max(known, default=0)
    return (known.index(best) if best else 0), best


def one_line(header: str) -> str:
    r"""Give a header as one printable line.

    >>> one_line("营业收入\n（万元） ")
    '营业收入（万元）'
    """
    words = " ".join(header.replace("\ufeff", "").split())
    return short(re.sub(r"(?<![!-~]) | (?![!-~])", "", words))


def _reading(place: int, header: str, vocabulary: Vocabulary) -> HeaderReading:
    fact, unit, stranger = _named(header, vocabulary)
    if not _key(header):
        return HeaderReading(place, header, None, "", Text("没有列名，未读取", "has no header, not read"))
    if fact is None:
        near = _nearest(header, vocabulary)
        how = Text("不认识，未读取", "not known, not read")
        if stranger:
            how = Text(f"不认识括号里的“{stranger}”，未读取", f"“{stranger}” in brackets is not known here, not read")
        if near:
            how = Text(f"{how.zh}；是否想写“{near}”？", f"{how.en}; did you mean {near}?")
        return HeaderReading(place, header, None, "", how)
    if fact.is_derived:
        how = Text(f"{fact.title.zh}由系统计算，未读取", f"{fact.title.en} is computed, not read")
        return HeaderReading(place, header, None, "", how)
    return HeaderReading(place, header, fact, unit, _read_as(fact, unit))


def _with_unit(reading: HeaderReading, unit: str) -> HeaderReading:
    """Give a reading of money with the unit that is taken where its header names none."""
    if reading.fact is None or reading.fact.kind is not Kind.MONEY or reading.unit:
        return reading
    if unit:
        above = Text(f"，单位{unit}（列名上方写明）", f", in {unit} as the rows above say")
    else:
        above = Text("，未写单位，按万元", ", no unit, taken as 万元")
    return replace(reading, unit=unit, how=Text(reading.how.zh + above.zh, reading.how.en + above.en))


def _read_as(fact: Fact, unit: str) -> Text:
    of_unit = Text(f"，单位{unit}", f", in {unit}") if unit else Text("", "")
    return Text(f"读作 {fact.title.zh}{of_unit.zh}", f"read as {fact.title.en}{of_unit.en}")


def _named(header: str, vocabulary: Vocabulary) -> tuple[Fact | None, str, str]:
    """Give the fact that a header names and the unit; or the words in brackets that made a known header unknown."""
    index, stranger = _index(vocabulary), ""
    for base, beside in _partings(header):
        fact = index.get(_key(base)) or index.get(_NUMBERING.sub("", _key(base)))
        if fact is None:
            continue
        if beside is None:
            return fact, "", ""
        unit = _unit(fact, beside)
        if unit is not None:
            return fact, unit, ""
        stranger = stranger or short(beside.strip(), 20)
    return None, "", stranger


def _partings(header: str) -> Iterator[tuple[str, str | None]]:
    """Give the ways to part a header into a name and what stands beside it, the whole first."""
    text = half_width(header[:200])
    yield text, None
    for match in _BRACKETS.finditer(text):
        if _key(match[1]) in _ASKED:
            text = text[: match.start()] + text[match.end() :]
            yield text, None
            break
    for match in reversed(list(_BRACKETS.finditer(text))):
        yield text[: match.start()] + text[match.end() :], match[1]
    if bare := _BARE_UNIT.match(_key(text)):
        yield bare[1], bare[2] or bare[3]


def _unit(fact: Fact, beside: str) -> str | None:
    """Give the unit that is meant, if the fact accepts it."""
    word = re.sub(r"^(?:计量)?单位[:为是]?|^unit:?|^in(?=[^a-z])", "", _key(beside))
    word = _SAME_UNIT.get(word, word)
    try:
        exponent(fact, word)
    except KeyError:
        return None
    return word


def _key(text: str) -> str:
    """Give a header without what does not matter: width, case, space, quotes, stars, a colon at the end."""
    return _NOTHING.sub("", half_width(text[:200])).casefold().rstrip(":")


@lru_cache(maxsize=8)
def _index(vocabulary: Vocabulary) -> Mapping[str, Fact]:
    return {_key(word): fact for word, fact in vocabulary.named.items()}


@lru_cache(maxsize=1024)
def _nearest(header: str, vocabulary: Vocabulary) -> str | None:
    """Give the title or alias that is most like a header, if any is."""
    words = {_key(word): word for fact in vocabulary.values() for word in (fact.title.zh, fact.title.en, *fact.aliases)}
    near = difflib.get_close_matches(_key(header)[:80], list(words), n=1, cutoff=0.6)
    return words[near[0]] if near else None


def _mapped(
    headers: Sequence[str], vocabulary: Vocabulary, mapping: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[int, Fact]]:
    """Give the place and the fact of each mapped column."""
    for name, fact_id in mapping.items():
        where = f"--map {short(name)}={short(fact_id)}"
        fact = vocabulary.get(fact_id) or _index(vocabulary).get(_key(fact_id))
        places = [place for place, header in enumerate(headers) if header == name]
        places = places or [place for place, header in enumerate(headers) if _key(header) == _key(name)]
        if fact is None:
            near = did_you_mean(fact_id, vocabulary.given)
            problems.append(Problem(where, Text("没有这个指标", "is not a fact of the vocabulary"), near))
        elif fact.is_derived:
            what = Text(f"{fact.title.zh}由系统计算，不能填报", f"{fact.title.en} is computed and cannot be stated")
            problems.append(Problem(where, what))
        elif not places:
            near = did_you_mean(name, [one_line(header) for header in headers])
            problems.append(Problem(where, Text("文件中没有这一列", "the file has no such column"), near))
        elif len(places) > 1:
            what = Text(f"文件中有 {len(places)} 列叫这个名字", f"the file has {len(places)} columns of that name")
            problems.append(Problem(where, what, Text("请改名或删去多余的列。", "Rename or delete what is too much.")))
        else:
            yield places[0], fact


def _mapped_reading(place: int, header: str, fact: Fact, problems: list[Problem]) -> HeaderReading:
    """Give how a mapped column is read: the unit beside its header counts; one that is not known is a problem."""
    beside = [words for _, words in _partings(header) if words is not None]
    unit = next((unit for words in beside if (unit := _unit(fact, words)) is not None), "")
    if not unit and fact.kind in {Kind.MONEY, Kind.PERCENT}:
        strange = next((words for words in beside if _MEASURE.search(words.casefold())), None)
        if strange is not None:
            what = Text(f"单位“{short(strange)}”无法识别", f"has a unit that is not known here: {short(strange)}")
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
