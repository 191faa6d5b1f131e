"""How values, thresholds and distances are put into words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Text
from engine.facts import BOOLEAN, Fact, Kind
from engine.outcome import Outcome
from engine.rulebook import Operator
from engine.verdict import Figure, Standing

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
_YES, _NO, _NONE = ("是", "yes"), ("否", "no"), ("无", "none")
Pair = tuple[str, str]
"""Words in Chinese and in English while a sentence is being made of them."""

_PLACES = (2, 4, 6, 9, 12, 15)


def decimal(number: float, against: float = 0, places: tuple[int, ...] = _PLACES) -> str:
    """Write a number with few decimals, but as many as it takes not to blur on which side of `against` it stands.

    >>> decimal(200 / 3), decimal(69.9999, 70), decimal(0.0004), decimal(15409000)
    ('66.67', '69.9999', '0.0004', '15,409,000')
    """
    if isinstance(number, int) or (number.is_integer() and abs(number) < _EXACT):
        return f"{int(number):,}"
    for count in places:
        rounded = round(number, count)
        if rounded == number or (
            (rounded < against) == (number < against) and (rounded > against) == (number > against)
        ):
            return f"{rounded:,.{count}f}".rstrip("0").rstrip(".")
    return repr(number)


_EXACT = 2**53


def amount(fact: Fact, number: float, against: float = 0) -> Pair:
    """Give a figure with its unit: 万元 in Chinese, millions of yuan in English."""
    digits = decimal(number, against)
    match fact.kind:
        case Kind.MONEY:
            return (f"{digits} 万元", f"CNY {decimal(number / 100, against / 100, _PLACES[1:])} million")
        case Kind.PERCENT:
            return (f"{digits}%", f"{digits}%")
        case Kind.RANK:
            return (f"第 {digits} 名", f"place {digits}")
    unit = fact.unit
    return (f"{digits} {unit.zh}".rstrip(), f"{digits} {unit.en}".rstrip())


def distance(fact: Fact, number: float) -> Pair:
    """Give the size of a gap with its unit: percentage points for percent, places for a rank."""
    match fact.kind:
        case Kind.PERCENT:
            digits = decimal(number)
            return (f"{digits} 个百分点", f"{digits} percentage point{'' if digits == '1' else 's'}")
        case Kind.RANK:
            return (f"{decimal(number)} 名", f"{decimal(number)} place{'' if number == 1 else 's'}")
    return amount(fact, number)


def figure_words(fact: Fact, figure: Figure, against: float = 0) -> Pair:
    """Give any known value of a fact in words."""
    if isinstance(figure, bool):
        return _YES if figure else _NO
    if isinstance(figure, int | float):
        return amount(fact, figure, against)
    if isinstance(figure, dict):
        low, high = decimal(figure["low"]), decimal(figure["high"])
        return (f"{low} 至 {high} {fact.unit.zh}", f"{low} to {high} {fact.unit.en}")
    if isinstance(figure, list):
        titles = [fact.choices[code].title for code in fact.choices if code in figure]
        return ("、".join(t.zh for t in titles), ", ".join(t.en for t in titles)) if titles else _NONE
    option = fact.choices.get(figure or "")
    return (option.zh, option.en) if option else (figure or "", figure or "")


def required_words(fact: Fact, operator: Operator, figure: Figure) -> Pair:
    """Give the right side of a check in words, with its operator: 不低于 15%."""
    word = OPERATORS[operator]
    if operator is Operator.GIVEN:
        return ("须已填写", "must be given") if figure else ("须未填写", "must not be given")
    if fact.kind in BOOLEAN and isinstance(figure, bool):
        return figure_words(fact, figure if operator is Operator.EQUALS else not figure)
    if operator is Operator.AT_MOST and fact.kind is Kind.RANK and isinstance(figure, int | float):
        return (f"前 {decimal(figure)} 名", f"among the first {decimal(figure)}")
    words = figure_words(fact, figure)
    joiner = " " if words[0][:1].isdigit() else ""
    if operator in {Operator.ONE_OF, Operator.NONE_OF}:
        words = (words[0].replace("、", "或"), words[1].replace(", ", " or "))
    return (f"{word.zh}{joiner}{words[0]}", f"{word.en} {words[1]}".strip())
