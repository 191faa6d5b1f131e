"""A comparison: bands from the verdict by the first text to that by the second, as wide as there are firms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.analysis.compare import OF_ROWS, Comparison, Crossed
from engine.analysis.compare_page import ON_BOTH, TITLE, verdict_word
from engine.ground.errors import Language, Text
from engine.plots.looks import ALL, COLOURS, INK, Spec, drawing, panels, some
from engine.rulebooks.marks import TRIAL

_GAP, _STEPS, _NODE = 4.0, 20, 0.03
_LABEL_FROM = 0.12


def flow(found: Comparison, lang: Language) -> Spec:
    """Give the picture: a panel for all firms, one by what both texts ask for, and one for each group."""
    size: dict[Text | None, int] = {}
    for one in found.crossed:
        size[one.group] = size.get(one.group, 0) + one.rows
    groups, left = some((one.group for one in found.crossed), size)
    parts = [(group or ALL, [one for one in found.crossed if one.group == group]) for group in groups]
    if both := [one for one in found.on_both if one.group is None]:
        parts.insert(1, (ON_BOTH, both))
    rows = [row | {"panel": name.in_language(lang)} for name, cells in parts for row in _rows(cells, lang)]
    words = {one: verdict_word(one).in_language(lang) for one in OF_ROWS}
    shades = {words[one]: COLOURS.get(verdict_word(one), "#8C6D46") for one in OF_ROWS}
    colour: Spec = {"field": "verdict", "type": "nominal", "legend": None}
    colour["scale"] = {"domain": list(shades), "range": list(shades.values())}
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.45, 1.45]}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"reverse": True, "zero": False}}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    write = {"type": "text", "color": INK, "fontSize": 12}
    layers = [
        _layer(
            "band", {"type": "area", "opacity": 0.5}, {"y2": ends["y2"], "color": colour, "detail": {"field": "to"}}
        ),
        _layer("node", "rect", ends | {"color": colour}),
        _layer("many", write | {"fontSize": 10}, {"text": {"field": "said"}}),
        _layer("left", write | {"align": "right", "dx": -6}, {"text": {"field": "said"}}),
        _layer("right", write | {"align": "left", "dx": 6}, {"text": {"field": "said"}}),
    ]
    inner = {"height": 260, "view": {"stroke": None}, "encoding": {"x": x, "y": y}, "layer": layers}
    names = list(dict.fromkeys(name.in_language(lang) for name, _ in parts))
    told = list[Text]()
    for way, side in ((Text("左", "Left"), found.first), (Text("右", "Right"), found.second)):
        told.append(Text(f"{way.zh}：{side.title.zh}", f"{way.en}: {side.title.en}"))
        told += [
            one for one in side.cautions if one not in told and not one.zh.startswith(TRIAL.zh)
        ]  # which the title has
    told.append(
        Text(
            f"{found.list_name} · {found.as_of}：{found.rows:,} 行，两边都未比对 {found.rejected_by_both:,} 行",
            f"{found.list_name} · {found.as_of}: {found.rows:,} rows, {found.rejected_by_both:,} judged by neither",
        )
    )
    body = panels(names, inner, 620, 2)
    return drawing(TITLE, [*told, left], lang, {"data": {"values": rows}} | body)


def _layer(part: str, mark: object, encoding: Spec) -> Spec:
    return {"transform": [{"filter": f"datum.part == '{part}'"}], "mark": mark, "encoding": encoding}


def _rows(cells: Sequence[Crossed], lang: Language) -> Iterator[Spec]:
    """Give the bands of a panel, whose height is 100, and what stands at their ends."""
    many = {(one.first, one.second): one.rows for one in cells}
    unit = 100 / max(1, sum(many.values()))
    tops: list[dict[str, float]] = []
    for side in (0, 1):
        top, own = 0.0, dict[str, float]()
        for verdict in OF_ROWS:
            if rows := sum(count for pair, count in many.items() if pair[side] == verdict):
                own[verdict] = top
                x = (-_NODE, 1.0)[side]
                word = verdict_word(verdict).in_language(lang)
                node = {"verdict": word, "y": top, "y2": top + rows * unit}
                yield node | {"part": "node", "x": x, "x2": x + _NODE}
                at = {"part": ("left", "right")[side], "x": (x, x + _NODE)[side], "y": top + rows * unit / 2}
                yield at | {"said": f"{word} {rows:,}"}
                top += rows * unit + _GAP
        tops.append(own)
    for first, second in sorted(many, key=lambda pair: [OF_ROWS.index(one) for one in pair]):
        wide, begin, end = many[first, second] * unit, tops[0][first], tops[1][second]
        tops[0][first], tops[1][second] = begin + wide, end + wide
        band = {"verdict": verdict_word(first).in_language(lang), "to": f"{first} {second}"}
        for step in range(_STEPS + 1):
            y = _between(begin, end, step / _STEPS)
            yield band | {"part": "band", "x": step / _STEPS, "y": y, "y2": y + wide}
        if first != second:
            middle = _between(begin, end, _LABEL_FROM) + wide / 2
            yield {"part": "many", "x": _LABEL_FROM, "y": middle, "said": f"{many[first, second]:,}"}


def _between(begin: float, end: float, part: float) -> float:
    return begin + (end - begin) * part * part * (3 - 2 * part)
