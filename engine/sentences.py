"""The sentence that says what was found in one check, in Chinese and in English."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from engine.errors import Text
from engine.facts import Kind, Vocabulary
from engine.logic import Check, FactOf, Threshold
from engine.outcome import Outcome, Reason
from engine.rulebook import Operator
from engine.values import Unknown
from engine.verdict import Figure, figure
from engine.wording import distance, figure_words, required_words

_NOTHING = Text("", "")


def finding_sentence(check: Check, outcome: Outcome, observed: Figure, required: Figure, gap: float | None) -> Text:
    """Say what was observed, what is required, and the distance: `gap` is observed minus required."""
    title = check.fact.title
    if check.operator is Operator.GIVEN:
        is_given = (outcome is Outcome.MET) == bool(required)
        state = Text("已填写", "is given") if is_given else Text("未填写", "is not given")
        return Text(f"{title.zh}{state.zh}。", f"{title.en} {state.en}.")
    asked = _required(check, required)
    seen = figure_words(check.fact, observed, 0 if gap is None else cast("float", required))
    tail = _distance(check, outcome, gap) if gap is not None else _NOTHING
    if outcome is Outcome.MET:
        return Text(
            f"{title.zh}：{seen.zh}，符合要求（{asked.zh}）{tail.zh}。",
            f"{title.en}: {seen.en}, as required ({asked.en}){tail.en}.",
        )
    return Text(
        f"{title.zh}：{seen.zh}，要求{asked.zh}{tail.zh}。",
        f"{title.en}: {seen.en}; required: {asked.en}{tail.en}.",
    )


def open_sentence(check: Check, observed: Figure, required: Figure, unknown: Unknown, vocabulary: Vocabulary) -> Text:
    """Say why a check cannot be decided."""
    title = check.fact.title
    words = _NOTHING if required is None else _required(check, required)
    asked = Text(f"（要求{words.zh}）", f" (required: {words.en})") if words.zh else _NOTHING
    if observed is not None and isinstance(observed, dict):
        between = figure_words(check.fact, observed)
        return Text(
            f"{title.zh}在 {between.zh}之间，尚有指标缺失，无法判定{asked.zh}。",
            f"{title.en} lies between {between.en} while facts are missing{asked.en}.",
        )
    match unknown.reason:
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
    if unknown.facts == (check.fact.id,):
        return Text(f"缺少“{title.zh}”{asked.zh}。", f"{title.en} is missing{asked.en}.")
    missing = [vocabulary[name].title for name in unknown.facts]
    return Text(
        f"“{title.zh}”无法判定：缺少{'、'.join(f'“{one.zh}”' for one in missing)}{asked.zh}。",
        f"{title.en} cannot be decided without: {'; '.join(one.en for one in missing)}{asked.en}.",
    )


def _required(check: Check, required: Figure) -> Text:
    """Say what is required, and of a fact or a benchmark, where the figure comes from."""
    if isinstance(check.right, Threshold):
        return _fixed(check)
    words = required_words(check.fact, check.operator, required)
    if isinstance(check.right, FactOf):
        other = check.right.fact.title
        return Text(f"{words.zh}，即“{other.zh}”", f"{words.en}, the {_lower(other.en)}")
    return Text(f"{words.zh}，即本行业对标值", f"{words.en}, the benchmark of its industry")


@lru_cache(maxsize=4096)
def _fixed(check: Check) -> Text:
    """Say what a check with a fixed threshold requires, whatever the firm."""
    return required_words(check.fact, check.operator, figure(cast("Threshold", check.right).value))


def _distance(check: Check, outcome: Outcome, gap: float) -> Text:
    """Say how far the figure is from the threshold, and on which side."""
    if check.operator in {Operator.EQUALS, Operator.DIFFERS_FROM}:
        return _NOTHING
    if gap == 0:
        return Text("，恰在门槛上", ", exactly at the threshold")
    if outcome is Outcome.NOT_MET:
        size = distance(check.fact, abs(gap))
        word = Text("还差", "short") if gap < 0 else Text("超出", "too much")
        return Text(f"，{word.zh} {size.zh}", f": {size.en} {word.en}")
    if check.fact.kind is Kind.RANK:
        return _NOTHING
    size = distance(check.fact, abs(gap))
    return Text(f"，余量 {size.zh}", f", with {size.en} to spare")


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
