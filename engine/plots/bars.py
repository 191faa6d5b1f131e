"""A screening: a bar of verdicts, and of each criterion how it came out, with the firms that fail it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from engine.explaining.verdict import Standing
from engine.explaining.wording import STANDINGS, marked
from engine.ground.errors import Language, Text
from engine.outputs.summary import CriterionCount, EditionCount, ScreeningSummary
from engine.outputs.summary_rows import criterion_title, of_edition
from engine.plots.looks import COLOURS, FIRMS, INK, NOT_QUALIFIED, QUALIFIED, UNDETERMINED, WHOLE, Spec, drawing
from engine.rulebooks.several import SEVERAL

_TITLE = Text("比对结果", "What a screening came to")
_VERDICTS, _CRITERION = Text("结论", "Verdict"), Text("条件", "Criterion")
_ALONE = Text("仅此不符合", "fails alone")
_COLOURS = {**COLOURS, _ALONE: "#7F2F00"}


def bars(found: ScreeningSummary, lang: Language, title: Text | None = None) -> Spec:
    """Give the picture; `title` is that of the text."""
    several = SEVERAL.get(found.rulebook)
    verdicts = {STANDINGS[Standing(name)]: count for name, count in found.by_verdict.items()}
    shades = COLOURS if several else _COLOURS
    parts = [] if several else [_bars({_VERDICTS.in_language(lang): verdicts}, shades, lang)]
    for edition in found.editions or (None,):
        own = found.criteria if edition is None else tuple(of_edition(found, edition))
        if own:
            head = (edition.title if edition else several.one if several else _CRITERION).in_language(lang)
            parts.append(_bars(_counts(own, edition, lang, is_alone=several is None), shades, lang) | {"title": head})
    titles = [one.title for one in found.editions] or [one for one in ((several and several.title) or title,) if one]
    zh = "、".join([one.zh for one in titles] or found.documents)
    en = "; ".join([one.en for one in titles] or found.documents)
    told = [
        Text(f"{zh} · {found.as_of}", f"{en} · {found.as_of}"),
        Text(
            f"{found.rows_in:,} 行，未比对 {found.rejected:,} 行",
            f"{found.rows_in:,} rows, {found.rejected:,} rejected",
        ),
    ]
    return drawing(_TITLE, [*told, *found.cautions], lang, {"vconcat": parts})


def _counts(
    criteria: Sequence[CriterionCount], edition: EditionCount | None, lang: Language, *, is_alone: bool
) -> dict[str, dict[Text, int]]:
    """Give how each criterion came out, those that most firms fail first."""
    found, seen = dict[str, dict[Text, int]](), Counter[str]()
    for one in sorted(criteria, key=lambda one: (-one.not_met, -one.undetermined)):
        name = marked(criterion_title(one, edition), decides=one.decides).in_language(lang)
        seen[name] += 1
        name += f" ({seen[name]})" if seen[name] > 1 else ""
        alone = {_ALONE: one.alone} if is_alone else {}
        rest = one.not_met - sum(alone.values())
        found[name] = {QUALIFIED: one.met, UNDETERMINED: one.undetermined, NOT_QUALIFIED: rest} | alone
    return found


def _bars(counts: Mapping[str, Mapping[Text, int]], shades: Mapping[Text, str], lang: Language) -> Spec:
    """Give a bar for each name, with the numbers in it where there is room, and how many fail behind it."""
    rows = []
    for name, own in counts.items():
        at, all_of, fails = 0, sum(own.values()), own[NOT_QUALIFIED] + own.get(_ALONE, 0)
        if _ALONE in own and fails:
            told = Text(f"不符合 {fails:,}，仅此 {own[_ALONE]:,}", f"{fails:,} fail, {own[_ALONE]:,} this alone")
            rows.append({"name": name, "end": all_of, "said": told.in_language(lang)})
        for kind in (one for one in _COLOURS if own.get(one)):
            many = own[kind]
            row = {"name": name, "kind": kind.in_language(lang), "from": at, "to": at + many, "mid": at + many / 2}
            rows.append(row | {"said": f"{many:,}" if many * 40 >= all_of else ""})
            at += many
    scale = {"domain": [one.in_language(lang) for one in shades], "range": list(shades.values())}
    x: Spec = {"type": "quantitative", "title": FIRMS.in_language(lang), "axis": WHOLE, "scale": {"nice": False}}
    said = {"text": {"field": "said"}}
    colour = {"field": "kind", "type": "nominal", "scale": scale}
    bar = {"mark": "bar", "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "color": colour}}
    is_dark = f"datum.kind != '{UNDETERMINED.in_language(lang)}'"
    ink = {"color": {"condition": {"test": is_dark, "value": "white"}, "value": INK}}
    words = {"mark": {"type": "text", "fontSize": 10}, "encoding": {"x": x | {"field": "mid"}} | said | ink}
    behind = {"type": "text", "fontSize": 10, "align": "left", "dx": 5, "color": INK}
    layers = [
        {"transform": [{"filter": "datum.kind"}], "layer": [bar, words]},
        {"transform": [{"filter": "datum.end"}], "mark": behind, "encoding": {"x": x | {"field": "end"}} | said},
    ]
    y = {"field": "name", "type": "nominal", "sort": list(counts), "title": None}
    return {"data": {"values": rows}, "width": 520, "height": {"step": 22}, "encoding": {"y": y}, "layer": layers}
