"""How values, thresholds and distances are put into words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import copysign, floor, log10
from types import MappingProxyType
from typing import cast

from engine.explaining.verdict import Awaiting, Figure, Standing
from engine.ground.errors import Text, in_quotes
from engine.ground.outcome import Outcome
from engine.ground.values import MonthEnd, Number
from engine.language.conditions import Operator
from engine.language.facts import BOOLEAN, YEAR, Fact, Kind
from engine.rulebooks.marks import TRIAL

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
VERDICTS_BY_WORD: Mapping[str, str] = {
    word: one.value for one, text in STANDINGS.items() for word in (one.value, text.zh, text.en)
}
"""The verdicts by their ids, and by what they are called in both languages."""
REJECTED = Text("未比对", "rejected")
"""Of a row without a verdict: what it states was not compared. An undetermined verdict is 无法判定."""
JUDGED = Text("已比对", "judged")
LACKS = Text("缺少项数（含待评审）", "Missing, with judgements")
"""Heads a number of facts that are missing, those among them that are to be judged."""
NOT_APPLICABLE = Text("不适用", "does not apply")
IDLE = Text(f"{OUTCOMES[Outcome.MET].zh}（{NOT_APPLICABLE.zh}）", f"{OUTCOMES[Outcome.MET].en} ({NOT_APPLICABLE.en})")
ASSUMED = Text("（按假设）", " (by assumption)")
STATED = Text("（填报值，未经计算）", " (stated, not computed)")


def quoted_words(quote: str | None) -> Text:
    """Give the words of the text in quotes; where they are not at hand, that.

    >>> quoted_words(None)
    Text(zh='原文未见', en='words not at hand')
    """
    return Text("原文未见", "words not at hand") if quote is None else Text(f"“{quote}”", f"“{quote}”")


def marked(title: Text, *, decides: bool) -> Text:
    """Give the title of a criterion; of one that decides nothing, with that.

    >>> marked(Text("获奖", "Awards"), decides=False)
    Text(zh='获奖（仅供参考）', en='Awards (informs only)')
    """
    return title if decides else Text(f"{title.zh}（仅供参考）", f"{title.en} (informs only)")


WAITS = {
    Awaiting.JUDGEMENT: Text("没有不符合，只待评审", "nothing fails, judgements remain"),
    Awaiting.DATA: Text("没有不符合，缺指标", "nothing fails, facts are missing"),
    Awaiting.ANOTHER_WAY: Text("有不符合，另一条件符合方可", "something fails, another way may be met"),
}
"""What undetermined verdicts wait for."""


NOT_MET_UNLESS = Text("按所填不符合，另一条件符合方可", "not met by what is stated, unless another way is")
"""Of an open criterion of which some ways fail."""


def counted(failed: int, unless: int, undetermined: int) -> Text:
    """Say how many criteria are not met, not met unless another way is, and undetermined for another reason.

    >>> counted(1, 0, 2).zh, counted(0, 1, 2).zh
    ('1 项不符合，2 项无法判定', '0 项不符合，1 项按所填不符合（另一条件符合方可），2 项无法判定')
    """
    saved = unless_title(Text(f"，{unless} 项按所填不符合", f", {unless} not met")) if unless else Text("", "")
    return Text(
        f"{failed} 项不符合{saved.zh}，{undetermined} 项无法判定",
        f"{failed} not met{saved.en}, {undetermined} undetermined",
    )


def unless_title(title: Text) -> Text:
    """Give the title of a criterion that is not met unless another way is, with that."""
    return Text(f"{title.zh}（另一条件符合方可）", f"{title.en} (unless another way is)")


def asked_title(title: Text, *, if_any: bool) -> Text:
    """Give the title of a fact that is asked for; of one that most firms have not, with that.

    >>> asked_title(Text("获奖日期", "Date of the award"), if_any=True)
    Text(zh='如有：获奖日期', en='if any: Date of the award')
    """
    return Text(f"如有：{title.zh}", f"if any: {title.en}") if if_any else title


HANGS = Text("取决于读法", "hangs on a reading")


def standing_words(standing: Standing, *, hangs: bool, is_trial: bool = False) -> Text:
    """Give the verdict in words; where another reading would turn it, or it is a trial, with that.

    >>> standing_words(Standing.QUALIFIED, hangs=True)
    Text(zh='符合（取决于读法）', en='qualified (hangs on a reading)')
    """
    words, told = STANDINGS[standing], [*([TRIAL] if is_trial else []), *([HANGS] if hangs else [])]
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    return Text(f"{words.zh}（{zh}）", f"{words.en} ({en})") if told else words


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

_ROUNDED_BELOW = 4e13  # above it hundredths are not told apart
_SCALES = (100.0, 1e4, 1e6)
_WHOLE_BELOW = 4e15
_NUDGE = 1 + 4e-16  # what a float of a decimal that ends in 5 may lie below it
_TINY = (5e-10, 1e-4)
EVEN_FROM = 0.1  # two decimals of a distance; of a smaller one two digits
_OF_COMPUTED = 0.005  # and of a computed percentage, itself written with two decimals: the two add up
_DECIMALS = 9
_DIGITS = (12, 15)  # of more what is computed is not sure
MILLION = 100  # in 万元


def decimal(number: float, against: float = 0) -> str:
    """Write a number with two decimals (four below 1), or with four or six where that would blur its side of `against`.

    Where these do not tell it either, with up to twelve digits, or fifteen, or in full.

    Rows of a file are written so by the database (`columns.macros`), step for step.

    >>> decimal(200 / 3), decimal(69.9999, 70), decimal(1 / 7), decimal(15409000), decimal(1.115), decimal(0.00001)
    ('66.67', '69.9999', '0.1429', '15,409,000', '1.12', '0.00001')
    >>> decimal(2.99864577288, 3), decimal(2.99999986, 3)
    ('2.9986', '2.99999986')
    """
    size = abs(number)
    for scale in _SCALES[size < 1 :]:
        # as the decimal that was meant is rounded, half away from zero
        rounded = copysign(floor(size * _NUDGE * scale + 0.5) / scale, number) if size * scale < _WHOLE_BELOW else 0
        if abs(rounded) >= _TINY[1] and _is_side_kept(rounded, number, against):
            return in_full(rounded)
    if _TINY[0] <= size <= _TINY[1]:
        return f"{number:.9f}".rstrip("0")
    several = (float(f"{number:.{digits}g}") for digits in _DIGITS)
    return in_full(next((one for one in several if _is_side_kept(one, number, against)), number))


def _is_side_kept(rounded: float, number: float, against: float) -> bool:
    return (rounded < against) == (number < against) and (rounded > against) == (number > against)


def in_full(number: float) -> str:
    """Write a number with every digit that tells it from others.

    >>> in_full(42103), in_full(12.345), in_full(15.0)
    ('42,103', '12.345', '15')
    """
    return f"{number:,}".removesuffix(".0")


def is_typed(fact: Fact) -> bool:
    """Whether figures of a fact are as somebody typed them, so that they are written in full."""
    return fact.kind is not Kind.NUMBER and not fact.is_derived


def amount(fact: Fact, number: float, against: float = 0) -> Pair:
    """Give a figure with its unit: 万元 in Chinese, millions of yuan in English."""
    typed = is_typed(fact)
    digits = digits_of(fact, number, against)
    if fact.kind is not Kind.MONEY:
        return _amount(fact, digits)
    in_yuan = 0 < abs(number) < 1 or not typed
    return (f"{digits} 万元", _yuan(number, against) if in_yuan else millions(number))


def digits_of(fact: Fact, number: float, against: float = 0) -> str:
    """Write a figure of a fact without its unit, a year as years are written."""
    if fact.is_calendar_year:
        return in_full(number).replace(",", "")
    return in_full(number) if is_typed(fact) else decimal(number, against)


def _amount(fact: Fact, digits: str) -> Pair:
    if fact.kind is Kind.PERCENT:
        return (f"{digits}%", f"{digits}%")
    if fact.kind is Kind.RANK:
        return (f"第 {digits} 名", f"place {digits}")
    unit = fact.unit
    return (f"{digits} {unit.zh}".rstrip(), f"{digits} {singular(unit.en) if digits == '1' else unit.en}".rstrip())


def singular(unit: str) -> str:
    """Give the English unit of one thing."""
    return "person" if unit == "people" else unit.removesuffix("s")


def _yuan(number: float, against: float = 0) -> str:
    """Write 万元 as an English reader expects: millions of yuan, below a hundredth of one in yuan."""
    if 0 < abs(number) < 1:
        return f"CNY {decimal(number * 10_000, against * 10_000)}"
    return f"CNY {decimal(number / 100, against / 100)} million"


def millions(number: float) -> str:
    """Write 万元 in full as millions of yuan."""
    return f"CNY {in_full(float(f'{number / 100:.15g}'))} million"


def exactly(fact: Fact, number: float) -> Pair:
    """Give a required figure with its unit, every digit of it."""
    digits = digits_of(fact, number) if fact.is_calendar_year else in_full(number)
    return (f"{digits} 万元", millions(number)) if fact.kind is Kind.MONEY else _amount(fact, digits)


LESS_THAN: Pair = ("不到 ", "less than ")
"""What stands before the smallest distance that is told from none."""
IN_YUAN = 4
"""How many decimals fewer yuan have than 万元."""


def sure_decimals(bar: float) -> int:
    """Give how many decimals of a distance from `bar` are told: those that floats of its size are sure of.

    >>> sure_decimals(5), sure_decimals(40_000), sure_decimals(2e9)
    (9, 9, 5)
    """
    return max(min(_DECIMALS, 14 - floor(log10(max(abs(bar), 1.0)))), 2)


def apart(number: float, decimals: int = _DECIMALS, less_than: str = "", even_from: float = EVEN_FROM) -> str:
    """Write the size of a gap with two decimals; up to `even_from` with two digits, so that it never reads as none.

    What is none in so many decimals is `less_than` the last of them. Rows of a file are written so by the database
    (`columns.macros`), step for step.

    >>> apart(0.8304), apart(1.25), apart(0.0304), apart(0.00002), apart(2300), apart(0.825)
    ('0.83', '1.25', '0.03', '0.00002', '2,300', '0.83')
    >>> apart(2.4e-12, less_than="<"), apart(2.4e-9, less_than="<"), apart(2.4e-9, 5, "<")
    ('<0.000000001', '0.000000002', '<0.00001')
    >>> apart(0.0712), apart(0.0712, even_from=0.005), apart(0.0014, even_from=0.005)
    ('0.071', '0.07', '0.0014')
    """
    if number >= _ROUNDED_BELOW:
        return decimal(number)
    if number > even_from:
        return in_full(floor(number * _NUDGE * 100.0 + 0.5) / 100.0)
    rounded = floor(number * 10.0**decimals + 0.5) / 10.0**decimals
    if rounded == 0:
        return f"{less_than}{10.0**-decimals:.{decimals}f}"
    return decimal(float(f"{rounded * _NUDGE:.2g}"))


def even_gaps_from(fact: Fact) -> float:
    """Give above which size a gap of a fact is written with two decimals."""
    return _OF_COMPUTED if fact.kind is Kind.PERCENT and not is_typed(fact) else EVEN_FROM


def distance(fact: Fact, number: float, decimals: int = _DECIMALS) -> Pair:
    """Give the size of a gap with its unit: percentage points for percent, places for a rank."""
    zh, en = (apart(number, decimals, less_than, even_gaps_from(fact)) for less_than in LESS_THAN)
    if fact.kind is Kind.PERCENT:
        return (f"{zh} 个百分点", f"{en} percentage point{'' if en == '1' else 's'}")
    if fact.kind is Kind.RANK:
        return (f"{zh} 名", f"{en} place{'' if number == 1 else 's'}")
    if fact.kind is Kind.MONEY:
        if number >= MILLION:
            return (f"{zh} 万元", f"CNY {apart(number / 100)} million")
        return (f"{zh} 万元", f"CNY {apart(number * 10_000, max(decimals - IN_YUAN, 0), LESS_THAN[1])}")
    return (_amount(fact, zh)[0], _amount(fact, en)[1])


def limits_of(fact: Fact) -> tuple[Number | None, Number | None]:
    """Give the ends of what a fact may be at all: a range that ends there has no such end of its own.

    Places have theirs all the same (第 1 至 3 名), and so has what is computed from several figures.
    """
    return (None, None) if fact.is_derived or fact.kind is Kind.RANK else (fact.lowest, fact.highest)


def figure_words(
    fact: Fact, figure: Figure, against: float = 0, until: Mapping[str, date] = MappingProxyType({})
) -> Pair:
    """Give any known value of a fact in words; of a list of options, `until` when each is valid."""
    if isinstance(figure, bool):
        return _YES if figure else _NO
    if isinstance(figure, (int, float)):
        return amount(fact, figure, against)
    if isinstance(figure, dict):
        return _range_words(fact, figure, against)
    if isinstance(figure, list):
        return list_words(fact, figure, until)
    option = fact.choices.get(figure or "")
    return (option.zh, option.en) if option else (figure or "", figure or "")


def list_words(
    fact: Fact, codes: Collection[str], until: Mapping[str, date] = MappingProxyType({}), out: Sequence[str] = ()
) -> Pair:
    """Give options in words, `until` when each is valid, and behind them what was typed and is `out` of its term."""
    titles = [dated(fact.choices[code].title, until.get(code)) for code in fact.choices if code in codes]
    titles += [Text(word, word) for word in codes if word not in fact.choices]
    parts = [("、".join(t.zh for t in titles), ", ".join(t.en for t in titles))] if titles else []
    if out:
        begin, mark, end = OUT_WORDS
        words = [in_quotes(word)[1:-1] for word in out]
        parts.append((begin[0] + mark[0].join(words) + end[0], begin[1] + mark[1].join(words) + end[1]))
    return ("；".join(zh for zh, _ in parts), "; ".join(en for _, en in parts)) if parts else _NONE


OUT_WORDS: tuple[Pair, Pair, Pair] = (("所填“", "“"), ("”、“", "”, “"), ("”不在有效期内", "” (not valid on the day)"))
"""What stands before, between and behind options outside their term, as they were typed."""


def dated(title: Text, ends: date | None) -> Text:
    """Give the title of an option, with the last day of its term if it is stated.

    >>> dated(Text("专精特新中小企业", "SRDI SME"), date(2026, 12, 31)).zh
    '专精特新中小企业（有效至2026年12月31日）'
    """
    if ends is None:
        return title
    zh, en = ("，按月末算", ", the end of the month") if isinstance(ends, MonthEnd) else ("", "")
    return Text(
        f"{title.zh}（有效至{ends.year}年{ends.month}月{ends.day}日{zh}）", f"{title.en} (valid until {ends}{en})"
    )


ENDS = {"low": (Operator.AT_LEAST, Operator.MORE_THAN), "high": (Operator.AT_MOST, Operator.LESS_THAN)}
"""How the one end of a range is told that is known: where it belongs to the range, and where all is beyond it."""


def beside(end: float) -> float:
    """Give the figure that an end of a range stands a hair from, because all of the range is beyond it; else the end.

    Rows of a file are written so by the database (`columns.macros`).

    >>> beside(3999.9999999999995), beside(3999.5), beside(-1e-18)
    (4000.0, 3999.5, 0.0)
    """
    if abs(end) < 1e-15:  # noqa: PLR2004 no figure that is typed
        return 0.0
    short = float(f"{end:.15g}")
    return short if abs(end - short) <= abs(end) * 2.0**-52 else end


def _range_words(fact: Fact, ends: Mapping[str, float], against: float) -> Pair:
    """Give a figure of which only the ends are known, or only one of them, in words."""
    at_all = dict(zip(("low", "high"), limits_of(fact), strict=True))
    own = {name: end for name, end in ends.items() if end != at_all[name]}
    ends = own if len(own) == 1 else ends
    plain = {name: beside(end) if is_typed(fact) else end for name, end in ends.items()}
    amounts = {name: amount(fact, end, against) for name, end in plain.items()}
    if len(ends) == 1:
        [(name, end)] = plain.items()
        included, beyond = ENDS[name]
        word = OPERATORS[included if end == ends[name] else beyond]
        return (f"{word.zh} {amounts[name][0]}", f"{word.en} {amounts[name][1]}")
    low, high = (digits_of(fact, plain[name], against) for name in ("low", "high"))
    if fact.kind is Kind.RANK:
        return (f"第 {low} 至 {high} 名", f"place {low} to {high}")
    if fact.kind in {Kind.MONEY, Kind.PERCENT}:
        return (f"{amounts['low'][0]} 至 {amounts['high'][0]}", f"{amounts['low'][1]} to {amounts['high'][1]}")
    return (f"{low} 至 {high} {fact.unit.zh}", f"{low} to {high} {fact.unit.en}")


def required_words(fact: Fact, operator: Operator, figure: Figure) -> Pair:
    """Give the right side of a check in words, with its operator: 不低于 15%."""
    word = OPERATORS[operator]
    if operator is Operator.GIVEN:
        return ("已填写", "must be given") if figure else ("未填写", "must not be given")
    if fact.kind in BOOLEAN and isinstance(figure, bool):
        words = figure_words(fact, figure if operator is Operator.EQUALS else not figure)
        return (f"为“{words[0]}”", words[1])
    if operator is Operator.AT_MOST and fact.kind is Kind.RANK and isinstance(figure, int | float):
        return (f"前 {figure} 名", f"among the first {figure}")
    if isinstance(figure, dict):  # another fact of the firm, of which it states a range
        zh, en = figure_words(fact, figure)
        return (f"{word.zh}（{zh}）", f"{word.en} ({en})")
    number = isinstance(figure, int | float) and not isinstance(figure, bool)
    words = exactly(fact, cast("float", figure)) if number else figure_words(fact, figure)
    first = words[0].lstrip("-")[:1]
    joiner = " " if first.isascii() and first.isalnum() else ""
    if operator in {Operator.ONE_OF, Operator.NONE_OF}:
        words = (_last("或", "、", words[0]), _last(" or ", ", ", words[1]))
    zh, en = f"{word.zh}{joiner}{words[0]}", f"{word.en} {words[1]}".strip()
    if figure == -1 and operator is Operator.AT_LEAST and fact.formula and YEAR in fact.formula.names:
        return (f"{zh}（即不晚于申报当年）", f"{en} (not after the year of application)")
    return (zh, en)


def must(fact: Fact) -> str:
    """Give the word before what is required: 须为“否”, but 要求不低于 15%."""
    return "须" if fact.kind in BOOLEAN else "要求"


def _last(word: str, mark: str, listed: str) -> str:
    """Put `word` for the last `mark` of a list: a、b或c."""
    return word.join(listed.rsplit(mark, 1))


KINDS: Mapping[Kind, Text] = {
    Kind.MONEY: Text("金额", "money"),
    Kind.PERCENT: Text("百分数", "percent"),
    Kind.COUNT: Text("整数", "whole number"),
    Kind.RANK: Text("名次", "place"),
    Kind.YEARS: Text("年数", "years"),
    Kind.NUMBER: Text("数字", "number"),
    Kind.YES_NO: Text("是/否", "yes or no"),
    Kind.JUDGEMENT: Text("评审结论", "judgement"),
    Kind.CHOICE: Text("单选", "one option"),
    Kind.CHOICES: Text("多选", "several options"),
    Kind.DATE: Text("日期", "date"),
    Kind.TEXT: Text("文字", "text"),
}
