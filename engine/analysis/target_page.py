"""Which thresholds let so many firms qualify, as lines of a page and as a table for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.analysis.sweep_page import most, now_words
from engine.analysis.target import Aim, Target
from engine.ground.errors import Language, Text
from engine.outputs.page_lines import Line
from engine.rulebooks.marks import TRIAL

_HEADS = (
    Text("只改一个数", "One figure alone"),
    Text("改为", "Set to"),
    Text("符合", "Qualified"),
    Text("至多", "At most"),
    Text("放到最宽时", "At its loosest"),
)
_NOT_REACHED = Text("达不到", "not reached")


def lines(found: Target, lang: Language) -> Iterator[Line]:
    """Give the page: a table of figures, each with its threshold or the nearest, and between what that lies."""
    head = Text(f"{TRIAL.zh}：要 {found.count:,} 家符合", f"What if {found.count:,} were to qualify")
    yield Line("title", [head.in_language(lang)])
    yield Line("text", [now_words(found, []).in_language(lang)])
    yield from (Line("text", [one.in_language(lang)]) for one in found.cautions)
    yield Line("row")
    yield Line("head", [one.in_language(lang) for one in _HEADS], [2, 1, 1, 1, 1])
    for aim in found.aims:
        for one in [aim.exact] if aim.exact else aim.nearest:
            counts = (one.counts.qualified, most(one.counts), aim.loosest)
            said = one.said if aim.tightest <= found.count <= aim.loosest else _NOT_REACHED
            yield Line(
                "row", [aim_title(found, aim).in_language(lang), said.in_language(lang), *counts], [2, 1, 1, 1, 1]
            )
    yield Line("row")
    for aim in found.aims:
        yield Line("text", [_words(aim, found.count, aim_title(found, aim)).in_language(lang)])
    yield Line("text", [found.notice.in_language(lang)])


def aim_title(found: Target, aim: Aim) -> Text:
    """Give what an aim is of: at a value of the other figure, if there are two."""
    if found.beside_title is None or aim.at is None:
        return aim.title
    beside = found.beside_title
    return Text(f"{beside.zh} {aim.at.zh} 时的{aim.title.zh}", f"{aim.title.en} at {beside.en} {aim.at.en}")


def _words(aim: Aim, count: int, title: Text) -> Text:
    """Say between which figures the threshold lies, or why there is none."""
    zh, en = f"{title.zh}（{aim.required.zh}）", f"{title.en} ({aim.required.en})"
    if aim.exact is not None:
        between = aim.exact.between
        return Text(f"{zh}：{between.zh}，都是 {count:,} 家。", f"{en}: {between.en} gives {count:,}.")
    if count < aim.tightest:
        return Text(
            f"{zh}：收到最严仍有 {aim.tightest:,} 家，降不到 {count:,} 家。",
            f"{en}: still {aim.tightest:,} at its tightest, so it never comes down to {count:,}.",
        )
    more = ("；无法判定的若有足够多符合，也可以达到", "; it may be, if enough of the undetermined qualify")
    more = more if aim.is_possible else ("", "")
    if aim.loosest < count:
        return Text(
            f"{zh}：放到最宽也只有 {aim.loosest:,} 家，达不到{more[0]}。",
            f"{en}: {aim.loosest:,} at its loosest, so it is not reached{more[1]}.",
        )
    return Text(
        f"{zh}：几家的数相同，要么都符合，要么都不符合，正好 {count:,} 家达不到{more[0]}；上面是最接近的。",
        f"{en}: firms with the same figure qualify together or not at all, so {count:,} is not reached{more[1]}; "
        "the nearest are above.",
    )


def cells(found: Target) -> Iterator[Sequence[object]]:
    """Give the table with figures and ids, its first row the names of the columns."""
    counted = ("qualified", "undetermined", "not_qualified", "loosest", "tightest")
    beside = [] if found.beside is None else [found.beside]
    yield [*beside, "criterion", "is_exact", "threshold", "above", "to", *counted]
    for aim in found.aims:
        for one in [aim.exact] if aim.exact else aim.nearest:
            counts = (one.counts.qualified, one.counts.undetermined, one.counts.not_qualified)
            yield [
                *([aim.at_value] if beside else []),
                aim.name,
                "yes" if aim.exact else "no",
                one.value if aim.tightest <= found.count <= aim.loosest else None,
                one.low,
                one.high,
                *counts,
                aim.loosest,
                aim.tightest,
            ]
