"""The verdict in one or two sentences, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explaining.verdict import Awaiting, CriterionFinding, MissingFact, Standing
from engine.explaining.wording import NOT_MET_UNLESS, standing_words
from engine.ground.errors import Text, first_of, in_quotes
from engine.ground.outcome import Outcome, Reason

_NAMED = 6


def summary(
    standing: Standing,
    waits: Awaiting | None,
    criteria: Sequence[CriterionFinding],
    missing: Sequence[MissingFact],
    *,
    hangs: bool,
    is_trial: bool,
) -> Text:
    """Say the verdict, whether it hangs on a reading or is a trial, which criteria fail or are open, what is missing.

    Criteria that only inform and are not met are named too.
    """
    said = _said(standing, waits, [criterion for criterion in criteria if criterion.decides], missing)
    head = standing_words(standing, hangs=hangs, is_trial=is_trial)
    parts = [Text(f"{head.zh}：{said.zh}", f"{head.en[:1].upper()}{head.en[1:]}: {said.en}")]
    if hangs:
        parts.append(_on_readings(standing, criteria))
    told = [one.title for one in criteria if not one.decides and one.outcome is Outcome.NOT_MET]
    if told:
        zh = f"不影响结论的参考项中 {len(told)} 项不符合（{_listed(told).zh}）。"
        parts.append(Text(zh, f"Not met among those that only inform: {_listed(told).en}."))
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _said(
    standing: Standing, waits: Awaiting | None, deciding: Sequence[CriterionFinding], missing: Sequence[MissingFact]
) -> Text:
    failed = [criterion.title for criterion in deciding if criterion.outcome is Outcome.NOT_MET]
    saved = [criterion.title for criterion in deciding if criterion.unless is not None]
    undecided = [one.title for one in deciding if one.outcome is Outcome.UNDETERMINED and one.unless is None]
    total = len(deciding)
    if standing is Standing.QUALIFIED:
        idle = sum(criterion.reason is Reason.NOT_APPLICABLE for criterion in deciding)
        rest = _count(idle, "另有 {} 项不适用。", " {} more do not apply.")
        return Text(f"{total - idle} 项条件全部符合。{rest.zh}", f"all {total - idle} criteria are met.{rest.en}")
    if standing is Standing.NOT_QUALIFIED:
        rest = _unless(saved, "另有 {} 项", "{} more")
        more = _count(len(undecided), "另有 {} 项无法判定。", " {} more cannot be determined.")
        return Text(
            f"{total} 项条件中 {len(failed)} 项不符合（{_listed(failed).zh}）。{rest.zh}{more.zh}",
            f"{len(failed)} of {total} criteria not met ({_listed(failed).en}).{rest.en}{more.en}",
        )
    if waits is Awaiting.JUDGEMENT:
        return Text(
            f"数据指标全部符合，尚有 {len(undecided)} 项待评审（{_listed(undecided).zh}）。",
            f"every figure is met; still to be judged: {_listed(undecided).en}.",
        )
    facts = _missing(missing, several=len(missing) != len(undecided) + len(saved))
    if saved:
        first = _unless(saved, f"{total} 项条件中 {{}} 项", f"{{}} of {total} criteria")
        named = _listed(undecided)
        zh, en = f"另有 {{}} 项无法判定（{named.zh}）。", f" {{}} more cannot be determined ({named.en})."
        rest = _count(len(undecided), zh, en)
        return Text(f"{first.zh}{rest.zh}{facts.zh}", f"{first.en.lstrip()}{rest.en}{facts.en}")
    return Text(
        f"{total} 项条件中 {len(undecided)} 项无法判定（{_listed(undecided).zh}），没有不符合的。{facts.zh}",
        f"{len(undecided)} of {total} criteria cannot be determined ({_listed(undecided).en}); none fails.{facts.en}",
    )


def _missing(missing: Sequence[MissingFact], *, several: bool) -> Text:
    """Say how many facts are missing, and how many of these others judge or only few firms have."""
    judged = sum(one.reason is Reason.NEEDS_REVIEW for one in missing)
    few = sum(one.if_any for one in missing)
    notes = [
        Text("一项条件可能用到几项", "a criterion may take several") if several else Text("", ""),
        _count(judged, "其中 {} 项待评审", "{} for reviewers to judge"),
        _count(few, "{} 项如有才填" if judged else "其中 {} 项如有才填", "{} only if there are any"),
    ]
    told = [one for one in notes if one.zh]
    zh, en = "，".join(one.zh for one in told), ", ".join(one.en for one in told)
    zh, en = (f"（{zh}）", f" ({en})") if told else ("", "")
    are = "fact is" if len(missing) == 1 else "facts are"
    return _count(len(missing), f"判定这些条件尚缺 {{}} 项信息{zh}。", f" To decide them {{}} {are} missing{en}.")


def _unless(saved: Sequence[Text], zh: str, en: str) -> Text:
    """Say how many criteria are not met by what is stated, unless another way is, and which; nothing of none."""
    if not saved:
        return Text("", "")
    titles = _listed(saved)
    return Text(
        f"{zh.format(len(saved))}{NOT_MET_UNLESS.zh}（{titles.zh}）。",
        f" {en.format(len(saved))} {NOT_MET_UNLESS.en} ({titles.en}).",
    )


def _on_readings(standing: Standing, criteria: Sequence[CriterionFinding]) -> Text:
    """Name the criteria whose other reading turns the verdict; or say that only several readings at once do."""
    turning = [one.title for one in criteria if any(turn.verdict is not standing for turn in one.hangs_on)]
    if turning:
        titles = _listed(turning)
        return Text(
            f"按另一种读法，结论会不同的条件：{titles.zh}。", f"Another reading of {titles.en} would turn the verdict."
        )
    titles = _listed([one.title for one in criteria if one.decides and one.hangs_on])
    return Text(
        f"几处一并按另一种读法，结论会不同的条件：{titles.zh}。",
        f"Other readings of {titles.en}, several at once, would turn the verdict.",
    )


def _listed(titles: Sequence[Text]) -> Text:
    few = first_of(titles, _NAMED)
    more = Text("等", ", …") if len(titles) > len(few) else Text("", "")
    # in quotes one does not read as several
    zh = (in_quotes(one.zh) if set("，、") & set(one.zh) else one.zh for one in few)
    return Text("、".join(zh) + more.zh, ", ".join(title.en for title in few) + more.en)


def _count(number: int, zh: str, en: str) -> Text:
    return Text(zh.format(number), en.format(number)) if number else Text("", "")
