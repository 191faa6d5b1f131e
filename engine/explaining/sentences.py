"""The sentence that says what was found in one check, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from engine.explaining.requirement import right_words
from engine.explaining.verdict import Figure
from engine.explaining.wording import (
    LESS_THAN,
    Pair,
    distance,
    figure_words,
    list_words,
    must,
    required_words,
    sure_decimals,
)
from engine.ground.errors import Text, in_quotes
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Number, Unknown, Value, out_of_term
from engine.language.facts import Fact, Kind, Vocabulary
from engine.rulebooks.logic import Check, FactOf, Threshold
from engine.rulebooks.rulebook import Operator

_NOTHING: Pair = ("", "")
_EQUALITY = frozenset({Operator.EQUALS, Operator.DIFFERS_FROM})


def finding_sentence(
    check: Check,
    outcome: Outcome,
    seen: Pair,
    required: Figure,
    gap: float | None,
    odd: Sequence[Pair] = (),
) -> Text:
    """Say what was observed, what is required, and the distance: `gap` is observed minus required.

    `odd` is what looks odd about the figures that it rests on.
    """
    if check.operator is Operator.GIVEN:
        title, state = check.fact.title, _given(is_given=(outcome is Outcome.MET) == bool(required))
        return Text(f"{title.zh}{state[0]}。", f"{title.en} {state[1]}.")
    is_fixed = isinstance(check.right, Threshold)
    zh, en = _asked_ever(check, outcome) if is_fixed else _asked(check, outcome, _required(check, required))
    tail = _distance(check, outcome, gap) if gap is not None else _NOTHING
    if odd:
        tail = _added(tail, *odd)
    return Text(f"{zh[0]}{seen[0]}{zh[1]}{tail[0]}。", f"{en[0]}{seen[1]}{en[1]}{tail[1]}.")


def _asked(check: Check, outcome: Outcome, asked: Pair) -> tuple[Pair, Pair]:
    """Give, in each language, what stands before and behind the figure that was observed."""
    title = check.fact.title
    if outcome is Outcome.MET:
        return ((f"{title.zh}：", f"，符合要求（{asked[0]}）"), (f"{title.en}: ", f", as required ({asked[1]})"))
    return ((f"{title.zh}：", f"，{must(check.fact)}{asked[0]}"), (f"{title.en}: ", f"; required: {asked[1]}"))


@lru_cache(maxsize=4096)
def _asked_ever(check: Check, outcome: Outcome) -> tuple[Pair, Pair]:
    """Give the same for a check with a fixed threshold, whatever the firm."""
    return _asked(check, outcome, _fixed(check))


def seen(
    check: Check,
    left: Value,
    observed: Figure,
    required: Figure,
    until: Mapping[str, date] = MappingProxyType({}),
    *,
    mark: Text | None = None,
) -> Pair:
    """Say what was observed, marked if it is not as stated: defined by a formula, assumed, or bounded by its whole.

    Of a list, until when, and what is out of its term.
    """
    if isinstance(observed, list):
        zh, en = list_words(check.fact, observed, until, out_of_term(left))
    else:
        zh, en = figure_words(check.fact, observed, _bar(check, required))
    return (f"{zh}{mark.zh}", f"{en}{mark.en}") if mark else (zh, en)


def within(whole: Fact) -> Text:
    """Say of a figure that it is not stated, and which whole it cannot exceed.

    >>> within(Fact(id="ip", kind="count", title={"zh": "专利总数", "en": "Patents"})).zh
    '（未填写，不会大于整体“专利总数”）'
    """
    zh, en = in_quotes(whole.title.zh), _lower(whole.title.en)
    return Text(f"（未填写，不会大于整体{zh}）", f" (not stated, but no more than the whole of it, {en})")


def guard_sentence(check: Check, seen: Pair, required: Figure) -> Text:
    """Say of a guard that is met what was observed, and that therefore the rest does not apply."""
    title = check.fact.title
    if check.operator is Operator.GIVEN:
        state = _given(is_given=bool(required))
        says = Text(f"{title.zh}{state[0]}", f"{title.en} {state[1]}")
    else:
        says = Text(f"{title.zh}：{seen[0]}", f"{title.en}: {seen[1]}")
    return Text(f"{says.zh}，因此不适用。", f"{says.en}, so this does not apply.")


def _bar(check: Check, required: Figure) -> float:
    """Give the figure from which what is observed must be told apart; 0 where none is required."""
    is_number = check.fact.is_numeric and isinstance(required, int | float)
    return cast("float", required) if is_number else 0


def _given(*, is_given: bool) -> Pair:
    return ("已填写", "is given") if is_given else ("未填写", "is not given")


def open_sentence(
    check: Check,
    observed: Figure,
    required: Figure,
    unknown: Unknown,
    vocabulary: Vocabulary,
    *,
    is_guard: bool,
    ranges: Sequence[str] = (),
) -> Text:
    """Say why a check cannot be decided; of a guard, that it is not known what applies.

    `ranges` are the facts behind it of which only a range is stated.
    """
    title = check.fact.title
    words = _NOTHING if required is None else _required(check, required)
    asked = (f"（{must(check.fact)}{words[0]}）", f" (required: {words[1]})") if words[0] else _NOTHING
    if isinstance(observed, dict):
        between = figure_words(check.fact, observed, _bar(check, required))
        if unknown.facts == (check.fact.id,):
            one = ("具体名次", "place") if check.fact.kind is Kind.RANK else ("确切的数", "figure")
            return Text(
                f"{title.zh}：{between[0]}，须写明{one[0]}才能判定{asked[0]}。",
                f"{title.en}: {between[1]}; it takes the exact {one[1]} to decide{asked[1]}.",
            )
        return Text(
            f"{title.zh}在 {between[0]}之间，尚有指标缺失，无法判定{asked[0]}。",
            f"{title.en} lies between {between[1]} while facts are missing{asked[1]}.",
        )
    if isinstance(observed, list):
        unread = [word for word in observed if word not in check.fact.choices]
        return Text(
            f"{in_quotes(title.zh)}中的“{'、'.join(unread)}”无法识别，不能确定{asked[0]}。",
            f"{title.en}: it is not known what {', '.join(unread)} means{asked[1]}.",
        )
    return _sentence_without(check, unknown, asked, vocabulary, tuple(ranges), is_guard=is_guard)


@lru_cache(maxsize=16384)
def _sentence_without(  # noqa: PLR0911 one for each reason
    check: Check, unknown: Unknown, asked: Pair, vocabulary: Vocabulary, ranges: tuple[str, ...], *, is_guard: bool
) -> Text:
    """Say why a check cannot be decided, where that is the same whatever the figures: each such case is said once."""
    title, asks = check.fact.title, check.fact.question
    match unknown.reason:
        case Reason.NEEDS_REVIEW:
            return Text(f"{in_quotes(title.zh)}尚待评审{asked[0]}。", f"{title.en} has not been judged yet{asked[1]}.")
        case Reason.NO_BENCHMARK:
            return Text(
                f"{in_quotes(title.zh)}没有本行业的对标值，无法判定。",
                f"{title.en} cannot be decided: there is no benchmark for its industry.",
            )
        case Reason.NOT_COMPUTABLE:
            return Text(
                f"{in_quotes(title.zh)}无法计算（除数为零、负数开方或日期晚于判定日）{asked[0]}。",
                f"{title.en} cannot be computed (zero divisor, root of a negative number, or date to come){asked[1]}.",
            )
    if is_guard:
        return Text(
            f"缺少{in_quotes(asks.zh)}，不能确定适用哪一项。",
            f"Missing: {asks.en}; it is not known which rule applies.",
        )
    if unknown.facts == (check.fact.id,):
        return Text(f"缺少{in_quotes(asks.zh)}{asked[0]}。", f"Missing: {asks.en}{asked[1]}.")
    missing = [vocabulary[name].question for name in unknown.facts]
    if ranges:
        told = [vocabulary[name].title for name in ranges]
        zh = "、".join(in_quotes(one.zh) for one in told)
        return Text(
            f"{in_quotes(title.zh)}无法判定：{zh}只写了范围，须写明确切的数{asked[0]}。",
            f"{title.en} cannot be decided: only a range is stated of {'; '.join(one.en for one in told)}{asked[1]}.",
        )
    return Text(
        f"{in_quotes(title.zh)}无法判定：缺少{'、'.join(in_quotes(one.zh) for one in missing)}{asked[0]}。",
        f"{title.en} cannot be decided without: {'; '.join(one.en for one in missing)}{asked[1]}.",
    )


def unusual_words(fact: Fact) -> Pair:
    """Say that a figure is outside its usual range."""
    title = fact.title
    return (
        f"（{in_quotes(title.zh)}不在通常范围内，请先核对）",
        f" ({title.en} is outside the usual range: check it first)",
    )


def fraction_words(fact: Fact) -> Pair:
    """Say that a percentage may have been typed as a fraction."""
    title = fact.title
    return (
        f"（{in_quotes(title.zh)}或许是把小数当作百分数填了，请先核对）",
        f" ({title.en} may be a fraction typed for a percentage: check it first)",
    )


def _added(*parts: Pair) -> Pair:
    return ("".join(zh for zh, _ in parts), "".join(en for _, en in parts))


def _required(check: Check, required: Figure) -> Pair:
    """Say what is required, and of a fact or a benchmark, where the figure comes from."""
    if isinstance(check.right, Threshold):
        return _fixed(check)
    words = required_words(check.fact, check.operator, required)
    origin = of_fact(check.right.fact.title) if isinstance(check.right, FactOf) else OF_BENCHMARK
    return (words[0] + origin[0], words[1] + origin[1])


OF_BENCHMARK: Pair = ("，即本行业对标值", ", the benchmark of its industry")


def of_fact(title: Text) -> Pair:
    """Say that a required figure is that of another fact."""
    return (f"，即{in_quotes(title.zh)}", f", the {_lower(title.en)}")


@lru_cache(maxsize=4096)
def _fixed(check: Check) -> Pair:
    """Say what a check with a fixed threshold requires, whatever the firm."""
    words = right_words(check)
    return words.zh, words.en


@lru_cache(maxsize=4096)
def gap_decimals(check: Check) -> int:
    """Give how many decimals of a distance from the threshold of a check are told, of a firm as of a row."""
    right = check.right
    return sure_decimals(float(cast("Number", right.value))) if isinstance(right, Threshold) else sure_decimals(1e5)


def _distance(check: Check, outcome: Outcome, gap: float) -> Pair:
    """Say how far the figure is from the threshold, and on which side."""
    if check.operator in _EQUALITY:
        return _NOTHING
    if gap == 0:
        return ("，恰在门槛上", ", exactly at the threshold")
    if outcome is Outcome.NOT_MET:
        size = distance(check.fact, abs(gap), gap_decimals(check))
        word = ("还差", "short") if gap < 0 else ("超出", "over")
        return (_close(f"，{word[0]} {size[0]}"), f", {word[1]} by {size[1]}")
    if check.fact.kind is Kind.RANK:
        return _NOTHING
    size = distance(check.fact, abs(gap), gap_decimals(check))
    return (_close(f"，余量 {size[0]}"), f", with {size[1]} to spare")


def _close(words: str) -> str:
    """Give words without the space that stands before figures where none follows."""
    return words.replace(f" {LESS_THAN[0]}", LESS_THAN[0])


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
