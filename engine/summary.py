"""The verdict in one or two sentences, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import Text
from engine.outcome import Outcome, Reason
from engine.verdict import Awaiting, CriterionFinding, MissingFact, Standing

_NAMED = 6


def summary(
    standing: Standing, waits: Awaiting | None, criteria: Sequence[CriterionFinding], missing: Sequence[MissingFact]
) -> Text:
    """Say the verdict, which criteria fail or are open, and what is missing."""
    deciding = [criterion for criterion in criteria if criterion.decides]
    failed = [criterion.title for criterion in deciding if criterion.outcome is Outcome.NOT_MET]
    undecided = [criterion.title for criterion in deciding if criterion.outcome is Outcome.UNDETERMINED]
    total = len(deciding)
    if standing is Standing.QUALIFIED:
        idle = sum(criterion.reason is Reason.NOT_APPLICABLE for criterion in deciding)
        rest = _count(idle, "另有 {} 项不适用。", " {} more do not apply.")
        return Text(
            f"符合：{total - idle} 项条件全部符合。{rest.zh}",
            f"Qualified: all {total - idle} criteria are met.{rest.en}",
        )
    if standing is Standing.NOT_QUALIFIED:
        rest = _count(len(undecided), "另有 {} 项无法判定。", " {} more cannot be determined.")
        return Text(
            f"不符合：{total} 项条件中 {len(failed)} 项不符合（{_listed(failed).zh}）。{rest.zh}",
            f"Not qualified: {len(failed)} of {total} criteria not met ({_listed(failed).en}).{rest.en}",
        )
    if waits is Awaiting.JUDGEMENT:
        return Text(
            f"无法判定：数据指标全部符合，尚有 {len(undecided)} 项待评审（{_listed(undecided).zh}）。",
            f"Undetermined: every figure is met; {len(undecided)} judgements remain ({_listed(undecided).en}).",
        )
    facts = _count(len(missing), "尚缺 {} 项信息。", " {} facts are missing.")
    return Text(
        f"无法判定：{total} 项条件中 {len(undecided)} 项无法判定（{_listed(undecided).zh}），没有不符合的。{facts.zh}",
        f"Undetermined: {len(undecided)} of {total} criteria cannot be determined ({_listed(undecided).en})"
        f"; none fails.{facts.en}",
    )


def _listed(titles: Sequence[Text]) -> Text:
    few = titles[:_NAMED]
    more = Text("等", ", …") if len(titles) > len(few) else Text("", "")
    return Text("、".join(title.zh for title in few) + more.zh, ", ".join(title.en for title in few) + more.en)


def _count(number: int, zh: str, en: str) -> Text:
    return Text(zh.format(number), en.format(number)) if number else Text("", "")
