"""What all pictures share: colours that print and that the colour-blind tell apart, faces, the head, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.analysis.sweep import Sweep
from engine.analysis.target import Target
from engine.explaining.wording import STANDINGS
from engine.ground.errors import Language, Text
from engine.ground.wrapping import wrapped

Spec = dict[str, Any]
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_NO_MENU = {"embedOptions": {"actions": False}}
FACES = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, WenQuanYi Zen Hei, sans-serif"
QUALIFIED, NOT_QUALIFIED, UNDETERMINED = STANDINGS.values()
COLOURS: Mapping[Text, str] = {QUALIFIED: "#0072B2", UNDETERMINED: "#BDBDBD", NOT_QUALIFIED: "#D55E00"}
INK = "#333333"
ALL, FIRMS = Text("全部", "all"), Text("企业家数", "firms")
MOST_GROUPS = 12
_CELLS = 96
_APART = {"scale": {"y": "independent"}, "axis": {"x": "independent"}}
WHOLE = {"format": ",d", "labelExpr": "datum.value % 1 ? '' : datum.label"}
"""An axis on which firms are counted."""
_CONFIG = {
    "font": FACES,
    "background": "white",
    "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": "#555", "offset": 14},
    "axis": {"labelLimit": 420, "titleFontWeight": "normal", "gridColor": "#eee"},
    "header": {"labelFontSize": 12, "labelFontWeight": "bold", "labelLimit": 420},
    "legend": {"title": None, "orient": "top", "labelLimit": 320},
    "view": {"stroke": "#ddd"},
}


def drawing(title: Text, told: Iterable[Text], lang: Language, body: Spec) -> Spec:
    """Give a picture: its title, lines on what it is of and what to know of it; then `body`."""
    lines = [one.in_language(lang) for one in told if one.zh]
    head = {"text": title.in_language(lang), "subtitle": "\n".join(wrapped(one, _CELLS) for one in lines).split("\n")}
    return {"$schema": _SCHEMA, "title": head, "config": _CONFIG, "usermeta": _NO_MENU} | body


def text_and_list(found: Sweep | Target) -> list[Text]:
    """Say by which text and on which day, and over which list."""
    rows, rejected = f"{found.rows:,}", f"{found.rejected:,}"
    return [
        Text(f"{found.title.zh} · {found.as_of}", f"{found.title.en} · {found.as_of}"),
        Text(
            f"{found.list_name}：{rows} 行，未比对 {rejected} 行",
            f"{found.list_name}: {rows} rows, {rejected} rejected",
        ),
    ]


def some(groups: Iterable[Text | None], size: Mapping[Text | None, int]) -> tuple[list[Text | None], Text]:
    """Give all firms and the groups with most, in their order, and how many others are left to the table."""
    every = list(dict.fromkeys(groups))
    kept = set(sorted(every, key=lambda one: (one is not None, -size[one]))[: MOST_GROUPS + 1])
    left = len(every) - len(kept)
    told = Text(f"另有 {left:,} 组未画，见表。", f"{left:,} more groups are not drawn: see the table.")
    return [one for one in every if one in kept], told if left > 0 else Text("", "")


def panels(names: Sequence[str], inner: Spec, width: int, across: int) -> Spec:
    """Give a panel for each name of the field `panel`, with an axis of its own; one alone without a heading."""
    if len(names) == 1:
        return inner | {"width": width}
    small = inner | {"width": width if across == 1 else width * 2 // (across + 1)}
    facet = {"field": "panel", "type": "nominal", "title": None, "sort": list(names)}
    return {"facet": facet, "columns": across, "spec": small, "resolve": _APART}
