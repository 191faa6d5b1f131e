"""A sweep of two figures: a map, each cell how many qualify, and beside it how many may at most."""

from __future__ import annotations

from engine.analysis.sweep import Sweep
from engine.ground.errors import Language, Text
from engine.plots.curves import heading
from engine.plots.looks import ALL, FIRMS, INK, QUALIFIED, Spec, drawing, panels, some

_AT_MOST = Text(f"{QUALIFIED.zh}（至多）", f"{QUALIFIED.en} at most")
_MOST_WRITTEN = 150
"""Cells of a map of which the numbers can still be read."""


def grid(found: Sweep, lang: Language) -> Spec:
    """Give the picture: maps of all firms, then those of each group; the text's own cell has a frame."""
    is_open = any(one.counts.undetermined for one in found.points)
    size = {one.group: one.counts.qualified + one.counts.undetermined for one in found.points}
    groups, left = some((one.group for one in found.points), size)
    measures = (QUALIFIED, _AT_MOST) if is_open else (QUALIFIED,)
    own = tuple(one.value for one in found.varied)
    rows, names = [], dict[str, None]()
    for group in groups:
        for measure in measures:
            of = [group or ALL] if len(groups) > 1 else []
            names[panel := " · ".join(one.in_language(lang) for one in (*of, measure))] = None
            for one in (point for point in found.points if point.group == group):
                many = one.counts.qualified + (one.counts.undetermined if measure is _AT_MOST else 0)
                down, across = (said.in_language(lang) for said in one.said)
                rows.append({"panel": panel, "down": down, "across": across, "firms": many, "own": one.values == own})
    order = sorted({(one.values, one.said) for one in found.points}, key=lambda one: one[0])
    places: Spec = {}
    for place, (channel, name) in enumerate((("y", "down"), ("x", "across"))):
        words = dict.fromkeys(said[place].in_language(lang) for _, said in sorted(order, key=lambda one: one[0][place]))
        title = found.varied[place].fact.in_language(lang)
        axis = {"labelAngle": 0, "labelOverlap": True}
        places[channel] = {"field": name, "type": "ordinal", "sort": list(words), "title": title, "axis": axis}
    places["y"]["scale"] = {"reverse": True}
    steps = {"orient": "right", "type": "symbol", "symbolType": "square"}  # a gradient has another id in each picture
    shade = {"field": "firms", "type": "quantitative", "scale": {"scheme": "blues"}, "legend": steps}
    shade["title"] = FIRMS.in_language(lang)
    frame = {"condition": {"test": "datum.own", "value": INK}, "value": None}
    layers: list[Spec] = [
        {"mark": "rect", "encoding": {"color": shade}},
        {"mark": {"type": "rect", "filled": False, "strokeWidth": 2.5}, "encoding": {"stroke": frame}},
    ]
    if len(found.points) // len({one.group for one in found.points}) <= _MOST_WRITTEN:
        ink = {"condition": {"test": "datum.firms > datum.most / 2", "value": "white"}, "value": INK}
        layers.append({"mark": {"type": "text"}, "encoding": {"text": {"field": "firms", "format": ","}, "color": ink}})
    body = panels(list(names), {"height": 320, "encoding": places, "layer": layers}, 560, len(measures))
    most = [{"joinaggregate": [{"op": "max", "field": "firms", "as": "most"}]}]
    return drawing(*heading(found, left), lang, {"data": {"values": rows}, "transform": most} | body)
