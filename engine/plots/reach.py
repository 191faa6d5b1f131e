"""A target: from how few to how many firms each figure alone can let qualify, and where those that are wanted lie."""

from __future__ import annotations

from collections import Counter

from engine.analysis.target import Aim, Target
from engine.analysis.target_page import aim_title
from engine.ground.errors import Language, Text
from engine.plots.looks import COLOURS, FIRMS, INK, NOT_QUALIFIED, QUALIFIED, WHOLE, Spec, drawing, text_and_list


def reach(found: Target, lang: Language) -> Spec:
    """Give the picture: a bar for each figure, rules at what is wanted and at what the text comes to."""
    titles = [aim_title(found, one) for one in found.aims]
    several = Counter(titles)
    names = [title if several[title] == 1 else one.required for title, one in zip(titles, found.aims, strict=True)]
    order = list(dict.fromkeys(one.in_language(lang) for one in names))
    rows = [
        {"name": name.in_language(lang), "from": aim.tightest, "to": aim.loosest}
        | {"said": f"{aim.tightest:,}–{aim.loosest:,}{_there(aim, found.count).in_language(lang)}"}
        for name, aim in zip(names, found.aims, strict=True)
    ]
    x: Spec = {"type": "quantitative", "title": FIRMS.in_language(lang), "axis": WHOLE}
    y: Spec = {"y": {"field": "name", "type": "nominal", "sort": order, "title": None}}
    bar = {"type": "bar", "color": COLOURS[QUALIFIED], "opacity": 0.7, "height": {"band": 0.6}}
    layers: list[Spec] = [
        {"mark": bar, "encoding": y | {"x": x | {"field": "from"}, "x2": {"field": "to"}}},
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
            "encoding": y | {"x": x | {"field": "to"}, "text": {"field": "said"}},
        },
    ]
    wanted = Text(f"要 {found.count:,} 家", f"{found.count:,} wanted"), found.count, COLOURS[NOT_QUALIFIED], -18
    now = Text(f"不改时 {found.now.qualified:,} 家", f"{found.now.qualified:,} as it is"), found.now.qualified, INK, -6
    for said, many, colour, above in (wanted, now):
        rule = {"type": "rule", "color": colour, "strokeDash": [4, 3]}
        word = {"type": "text", "text": said.in_language(lang), "align": "left", "y": above, "color": colour}
        at = {"x": {"datum": many, "type": "quantitative"}}
        layers += [{"data": {"values": [{}]}, "mark": mark, "encoding": at} for mark in (rule, word)]
    title = Text("试算：只改一个数，能有多少家符合", "What if: how many qualify as one figure moves alone")
    body = {"data": {"values": rows}, "width": 480, "height": {"step": 26}, "layer": layers}
    return drawing(title, [*text_and_list(found), *found.cautions], lang, body)


def _there(aim: Aim, count: int) -> Text:
    """Say where so many qualify, if anywhere."""
    said = aim.exact and aim.exact.said
    return Text(f"（{count:,} 家时 {said.zh}）", f" ({count:,} at {said.en})") if said else Text("", "")
