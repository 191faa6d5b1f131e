"""The sentence that says what was found in one check, in Chinese and in English."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from engine.errors import Text
from engine.facts import Fact, Kind, Vocabulary
from engine.logic import Check, FactOf, Threshold
from engine.outcome import Outcome, Reason
from engine.rulebook import Operator
from engine.values import Known, Number, Span, Unknown, Value, merged
from engine.wording import decimal, distance, required_words, value_words

_NOTHING = Text("", "")


def sentence(
    check: Check,
    outcome: Outcome,
    left: Value,
    right: Value,
    gap: Number | None,
    reason: Reason | None,
    vocabulary: Vocabulary,
) -> Text:
    """Say of a check what was observed, what is required and the distance, or why it cannot be decided.

    `gap` is observed minus required, None where that is no number; `reason` is given if it is undetermined.
    """
    required = _required(check, right)
    if reason is not None:
        return _undetermined(check, left, right, required, reason, vocabulary)
    title = check.fact.title
    if check.operator is Operator.GIVEN:
        state = (
            Text("已填写", "is given") if (outcome is Outcome.MET) == bool(right) else Text("未填写", "is not given")
        )
        return Text(f"{title.zh}{state.zh}。", f"{title.en} {state.en}.")
    observed = _observed_words(check.fact, left, right if gap is not None else None)
    tail = _distance_words(check, outcome, gap) if gap is not None else _NOTHING
    if outcome is Outcome.MET:
        return Text(
            f"{title.zh}：{observed.zh}，符合要求（{required.zh}）{tail.zh}。",
            f"{title.en}: {observed.en}, as required ({required.en}){tail.en}.",
        )
    return Text(
        f"{title.zh}：{observed.zh}，要求{required.zh}{tail.zh}。",
        f"{title.en}: {observed.en}; required: {required.en}{tail.en}.",
    )


def _observed_words(fact: Fact, value: Value, against: Value | None) -> Text:
    if isinstance(value, Span):
        low, high = decimal(value.low), decimal(value.high)
        return Text(f"{low} 至 {high} 分", f"{low} to {high} points")
    return value_words(fact, cast("Known", value), cast("Number | None", against))


def _required(check: Check, right: Value) -> Text:
    """Say what a check against another fact or a benchmark requires of this firm."""
    if isinstance(right, Unknown | Span):
        return _NOTHING
    if isinstance(check.right, Threshold):
        return _fixed_words(check)
    words = required_words(check.fact, check.operator, right)
    if isinstance(check.right, FactOf):
        other = check.right.fact.title
        return Text(f"{words.zh}，即“{other.zh}”", f"{words.en}, the {_lower(other.en)}")
    return Text(f"{words.zh}，即本行业对标值", f"{words.en}, the benchmark of its industry")


@lru_cache(maxsize=4096)
def _fixed_words(check: Check) -> Text:
    """Say what a check with a fixed threshold requires, whatever the firm."""
    return required_words(check.fact, check.operator, cast("Threshold", check.right).value)


def _distance_words(check: Check, outcome: Outcome, gap: Number) -> Text:
    """Say how far the figure is from the threshold, and on which side."""
    if check.operator in {Operator.EQUALS, Operator.DIFFERS_FROM}:
        return _NOTHING
    if gap == 0:
        return Text("，恰在门槛上", ", exactly at the threshold")
    if outcome is Outcome.MET and check.fact.kind is Kind.RANK:
        return _NOTHING
    size = distance(check.fact, gap if gap > 0 else -gap)
    if outcome is Outcome.NOT_MET:
        word = Text("还差", "short") if gap < 0 else Text("超出", "too much")
        return Text(f"，{word.zh} {size.zh}", f": {size.en} {word.en}")
    return Text(f"，余量 {size.zh}", f", with {size.en} to spare")


def _undetermined(
    check: Check, left: Value, right: Value, required: Text, reason: Reason, vocabulary: Vocabulary
) -> Text:
    """Say why a check cannot be decided."""
    title = check.fact.title
    asked = Text(f"（要求{required.zh}）", f" (required: {required.en})") if required.zh else _NOTHING
    if isinstance(left, Span):
        between = _observed_words(check.fact, left, None)
        return Text(
            f"{title.zh}在 {between.zh}之间，尚有指标缺失，无法判定{asked.zh}。",
            f"{title.en} lies between {between.en} while facts are missing{asked.en}.",
        )
    match reason:
        case Reason.NEEDS_REVIEW:
            return Text(f"“{title.zh}”尚待评审{asked.zh}。", f"{title.en} has not been judged yet{asked.en}.")
        case Reason.NO_BENCHMARK:
            return Text(
                f"“{title.zh}”没有本行业的对标值，无法判定。",
                f"{title.en} cannot be decided: there is no benchmark for its industry.",
            )
        case Reason.NOT_COMPUTABLE:
            return Text(
                f"“{title.zh}”无法计算（除数为零或负数开方）{asked.zh}。",
                f"{title.en} cannot be computed (division by zero or root of a negative number){asked.en}.",
            )
    names = merged(open_sides(left, right)).facts
    if names == (check.fact.id,):
        return Text(f"缺少“{title.zh}”{asked.zh}。", f"{title.en} is missing{asked.en}.")
    titles = [vocabulary[name].title for name in names]
    return Text(
        f"“{title.zh}”无法判定：缺少{'、'.join(f'“{missing.zh}”' for missing in titles)}{asked.zh}。",
        f"{title.en} cannot be decided without: {'; '.join(missing.en for missing in titles)}{asked.en}.",
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def open_sides(left: Value, right: Value) -> list[Unknown]:
    """Give what is unknown on either side of a check."""
    return [
        side.unknown if isinstance(side, Span) else side for side in (left, right) if isinstance(side, Span | Unknown)
    ]
