"""A sweep of one figure: how many qualify at each value, with the band of those that are undetermined."""

from __future__ import annotations

from engine.analysis.sweep import Sweep
from engine.ground.errors import Language, Text
from engine.plots.looks import ALL, COLOURS, FIRMS, INK, QUALIFIED, WHOLE, Spec, drawing, panels, some, text_and_list

_BAND = Text("无法判定的若都符合", "if all undetermined qualify")


def curves(found: Sweep, lang: Language) -> Spec:
    """Give the picture: a panel for all firms and one for each group; a rule at the text's own figure."""
    varied = found.varied[0]
    size = {one.group: one.counts.qualified + one.counts.undetermined for one in found.points}
    groups, left = some((one.group for one in found.points), size)
    names = {one: (one or ALL).in_language(lang) for one in groups}
    rows = [
        {"panel": names[one.group], "x": one.values[0], "low": one.counts.qualified}
        | {"high": one.counts.qualified + one.counts.undetermined}
        for one in found.points
        if one.group in names
    ]
    unit = varied.unit.in_language(lang)
    title = varied.fact.in_language(lang) + (Text(f"（{unit}）", f" ({unit})").in_language(lang) if unit else "")
    x = {"field": "x", "type": "quantitative", "title": title, "scale": {"zero": False, "nice": False}}
    y = {"type": "quantitative", "title": FIRMS.in_language(lang), "axis": WHOLE}
    told = [QUALIFIED.in_language(lang), _BAND.in_language(lang)]
    colour = {"scale": {"domain": told, "range": [COLOURS[QUALIFIED], "#9CC9E3"]}}
    line: Spec = {"mark": {"type": "line", "point": {"size": 18}}, "encoding": {"y": y | {"field": "low"}}}
    band: Spec = {
        "mark": {"type": "area", "opacity": 0.6},
        "encoding": {"y": y | {"field": "high"}, "y2": {"field": "low"}},
    }
    for layer, name in ((band, told[1]), (line, told[0])):
        layer["encoding"] |= {"x": x, "color": colour | {"datum": name}}
    layers = [band, line]
    if varied.value is not None and varied.said is not None:
        own = Text(f"文本：{varied.said.zh}", f"the text: {varied.said.en}").in_language(lang)
        at = {"x": {"datum": varied.value, "type": "quantitative"}}
        layers.append({"mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]}, "encoding": at})
        words = {"type": "text", "text": own, "align": "left", "dx": 4, "y": 8, "color": INK}
        layers.append({"data": {"values": [{}]}, "mark": words, "encoding": at})
    body = panels(list(names.values()), {"height": 260, "layer": layers}, 520, 3 if len(names) > 1 else 1)
    return drawing(*heading(found, left), lang, {"data": {"values": rows}} | body)


def heading(found: Sweep, left: Text) -> tuple[Text, list[Text]]:
    """Give the title of a sweep, what it is of and what to know of it."""
    zh, en = "、".join(one.title.zh for one in found.varied), ", ".join(one.title.en for one in found.varied)
    asks = Text("；".join(one.required.zh for one in found.varied), "; ".join(one.required.en for one in found.varied))
    now = found.now
    told = [
        *text_and_list(found),
        Text(
            f"不改这个数（{asks.zh}）：符合 {now.qualified:,}，无法判定 {now.undetermined:,}",
            f"Left as it is ({asks.en}): {now.qualified:,} qualify, {now.undetermined:,} undetermined",
        ),
        left,
        *found.cautions,
    ]
    return Text(f"试算：{zh}", f"What if: {en}"), told
