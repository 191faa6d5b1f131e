"""What a list comes to at each value, as lines of a page and as a table for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.analysis.sweep import Counts, Point, Sweep
from engine.analysis.target import Target
from engine.explaining.wording import STANDINGS
from engine.ground.errors import Language, Text
from engine.ground.page import Line, bar
from engine.rulebooks.marks import TRIAL

_ALL = Text("全部", "all")
_GROUP = Text("分组", "Group")
_AT_MOST = Text("符合（至多）", "Qualified at most")
_MAP = Text(
    "每格：符合的家数，有无法判定的写到至多（符合加无法判定）。",
    "Each cell: firms that qualify, to those that may: with the undetermined.",
)


def lines(found: Sweep, lang: Language) -> Iterator[Line]:
    """Give the page: what was varied, what the text itself comes to, and a table, or for each group a map."""
    names = [one.title.in_language(lang) for one in found.varied]
    yield Line("title", [f"{TRIAL.zh}：{'、'.join(names)}" if lang == "zh" else f"What if: {', '.join(names)}"])
    yield Line("text", [now_words(found, [one.required for one in found.varied]).in_language(lang)])
    yield from (Line("text", [one.in_language(lang)]) for one in found.cautions)
    yield Line("row")
    if len(found.varied) == 1:
        yield from _table(found, names, lang)
        return
    yield Line("text", [_MAP.in_language(lang)])
    groups = dict.fromkeys(one.group for one in found.points)
    for group in groups:
        points = [one for one in found.points if one.group == group]
        if len(groups) > 1:
            yield Line("text", [(group or _ALL).in_language(lang)])
        yield from _map(points, names, lang)


def _table(found: Sweep, names: Sequence[str], lang: Language) -> Iterator[Line]:
    is_grouped = any(one.group for one in found.points)
    qualified, not_qualified, undetermined = STANDINGS.values()
    heads = [*([_GROUP] if is_grouped else []), qualified, undetermined, _AT_MOST, not_qualified]
    spans = [1] * 6
    key = f"█ {qualified.in_language(lang)} · {undetermined.in_language(lang)}"
    yield Line("head", [*names, *(one.in_language(lang) for one in heads)], spans, key)
    longest = max(most(one.counts) for one in found.points)
    for one in found.points:
        group = [(one.group or _ALL).in_language(lang)] if is_grouped else []
        counts = one.counts
        numbers = [counts.qualified, counts.undetermined, most(counts), counts.not_qualified]
        drawn = bar(counts.qualified, counts.undetermined, longest)
        yield Line("row", [one.said[0].in_language(lang), *group, *numbers], spans, drawn)


def _map(points: Sequence[Point], names: Sequence[str], lang: Language) -> Iterator[Line]:
    across = list(dict.fromkeys(one.said[1] for one in points))
    yield Line("head", ["＼".join(names), *(one.in_language(lang) for one in across)], [1] * (1 + len(across)))
    for down in dict.fromkeys(one.said[0] for one in points):
        own = [one.counts for one in points if one.said[0] == down]
        told = [f"{one.qualified:,}" + (f"–{most(one):,}" if one.undetermined else "") for one in own]
        yield Line("row", [down.in_language(lang), *told], [1] * (1 + len(own)))
    yield Line("row")


def most(counts: Counts) -> int:
    """Give how many may qualify: with those that are undetermined."""
    return counts.qualified + counts.undetermined


def now_words(found: Sweep | Target, required: Sequence[Text]) -> Text:
    """Say what the list comes to with the figures as they are."""
    zh, en = "；".join(one.zh for one in required), "; ".join(one.en for one in required)
    whose = Text("这一试算", "this trial") if found.trial else Text("文本", "the text")
    now = found.now
    return Text(
        f"{found.list_name}，{found.as_of}，按 {found.rulebook}：{found.rows:,} 行，未比对 {found.rejected:,} 行。"
        f"按{whose.zh}的数{f'（{zh}）' if zh else ''}：符合 {now.qualified:,}，无法判定 {now.undetermined:,}，"
        f"不符合 {now.not_qualified:,}。",
        f"{found.list_name}, {found.as_of}, by {found.rulebook}: {found.rows:,} rows, {found.rejected:,} rejected. "
        f"With the figures of {whose.en}{f' ({en})' if en else ''} {now.qualified:,} qualify, "
        f"{now.undetermined:,} are undetermined, {now.not_qualified:,} do not.",
    )


def cells(found: Sweep) -> Iterator[Sequence[object]]:
    """Give the table with figures and ids, its first row the names of the columns."""
    is_grouped = any(one.group for one in found.points)
    group = ["group", "group_en"] if is_grouped else []
    yield [*(one.name for one in found.varied), *group, "qualified", "undetermined", "not_qualified"]
    for one in found.points:
        own = [one.group.zh, one.group.en] if one.group else ["", ""] if is_grouped else []
        counts = one.counts
        yield [*one.values, *own, counts.qualified, counts.undetermined, counts.not_qualified]
