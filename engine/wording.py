"""How values, thresholds and distances are put into words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import cast

from engine.errors import Text
from engine.facts import BOOLEAN, Fact, Kind
from engine.outcome import Outcome
from engine.rulebook import Operator
from engine.values import Known, Number, nearest_float
from engine.verdict import Standing

OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.MET: Text("符合", "met"),
    Outcome.NOT_MET: Text("不符合", "not met"),
    Outcome.UNDETERMINED: Text("无法判定", "undetermined"),
}
STANDINGS: Mapping[Standing, Text] = {
    Standing.QUALIFIED: Text("符合", "qualified"),
    Standing.NOT_QUALIFIED: Text("不符合", "not qualified"),
    Standing.UNDETERMINED: Text("无法判定", "undetermined"),
}
OPERATORS: Mapping[Operator, Text] = {
    Operator.AT_LEAST: Text("不低于", "at least"),
    Operator.LESS_THAN: Text("低于", "less than"),
    Operator.AT_MOST: Text("不超过", "at most"),
    Operator.MORE_THAN: Text("超过", "more than"),
    Operator.EQUALS: Text("为", ""),
    Operator.DIFFERS_FROM: Text("不为", "not"),
    Operator.ONE_OF: Text("属于", "one of"),
    Operator.NONE_OF: Text("不属于", "none of"),
    Operator.CONTAINS: Text("包含", "including"),
    Operator.LACKS: Text("不包含", "without"),
    Operator.GIVEN: Text("已填写：", "given:"),
}
NOTICE = Text(
    "本结论按公开条件自动比对得出，仅供参考；称号由主管部门认定。",
    "This finding compares stated figures with published criteria; only the competent authority recognises a firm.",
)
_YES, _NO = Text("是", "yes"), Text("否", "no")
_PLACES = (2, 4, 6, 9, 12, 15)


def decimal(number: Number, against: Number | None = None) -> str:
    """Write a number with as few decimals as do not blur on which side of `against` it stands.

    >>> decimal(Fraction(200, 3)), decimal(Fraction(699999, 10000), 70), decimal(15409000)
    ('66.67', '69.9999', '15,409,000')
    """
    if isinstance(number, int):
        return f"{number:,}"
    if against is None:
        against = number
    for places in _PLACES:
        rounded = round(number, places)
        if number == rounded or (
            places >= _PLACES[0] and (rounded < against) == (number < against) != (rounded > against)
        ):
            return f"{float(rounded):,.{places}f}".rstrip("0").rstrip(".")
    return repr(nearest_float(number, (against,)))


def amount(fact: Fact, number: Number, against: Number | None = None) -> Text:
    """Give a figure with its unit: 万元 in Chinese, millions of yuan in English."""
    digits = decimal(number, against)
    match fact.kind:
        case Kind.MONEY:
            limit = None if against is None else Fraction(against) / 100
            return Text(f"{digits} 万元", f"CNY {decimal(_simple(Fraction(number) / 100), limit)} million")
        case Kind.PERCENT:
            return Text(f"{digits}%", f"{digits}%")
        case Kind.RANK:
            return Text(f"第 {digits} 名", f"place {digits}")
    unit = fact.unit
    return Text(f"{digits} {unit.zh}".rstrip(), f"{digits} {unit.en}".rstrip())


def distance(fact: Fact, number: Number) -> Text:
    """Give the size of a gap with its unit: percentage points for percent, places for a rank."""
    match fact.kind:
        case Kind.PERCENT:
            digits = decimal(number)
            return Text(f"{digits} 个百分点", f"{digits} percentage point{'' if digits == '1' else 's'}")
        case Kind.RANK:
            return Text(f"{decimal(number)} 名", f"{decimal(number)} place{'' if number == 1 else 's'}")
    return amount(fact, number)


def value_words(fact: Fact, value: Known, against: Number | None = None) -> Text:
    """Give any known value of a fact in words."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int | Fraction):
        return amount(fact, value, against)
    if isinstance(value, frozenset):
        options = [code for code in fact.choices if code in value]
        titles = [fact.choices[code].title for code in options]
        return Text("、".join(t.zh for t in titles) or "无", ", ".join(t.en for t in titles) or "none")
    if isinstance(value, date):
        return Text(value.isoformat(), value.isoformat())
    option = fact.choices.get(value)
    return option.title if option else Text(value, value)


def required_words(fact: Fact, operator: Operator, value: Known) -> Text:
    """Give the right side of a check in words, with its operator: 不低于 15%."""
    word = OPERATORS[operator]
    if operator is Operator.GIVEN:
        return Text("须已填写", "must be given") if value else Text("未填写", "not given")
    if fact.kind in BOOLEAN and isinstance(value, bool):
        return value_words(fact, value if operator is Operator.EQUALS else not value)
    if operator is Operator.AT_MOST and fact.kind is Kind.RANK:
        return Text(f"前 {decimal(cast('Number', value))} 名", f"among the first {decimal(cast('Number', value))}")
    if operator in {Operator.CONTAINS, Operator.LACKS}:
        value = frozenset({cast("str", value)})
    words = value_words(fact, value)
    joiner = " " if words.zh[:1].isdigit() else ""
    if operator in {Operator.ONE_OF, Operator.NONE_OF}:
        words = Text(words.zh.replace("、", "或"), words.en.replace(", ", " or "))
    return Text(f"{word.zh}{joiner}{words.zh}", f"{word.en} {words.en}".strip())


def _simple(fraction: Fraction) -> Number:
    return fraction.numerator if fraction.denominator == 1 else fraction
