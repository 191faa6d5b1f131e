"""A screening: a bar of verdicts, and of each criterion how it came out, with the firms that fail it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.explaining.verdict import Standing
from engine.explaining.wording import STANDINGS, marked
from engine.ground.errors import Language, Text
from engine.outputs.summary import CriterionCount, EditionCount, ScreeningSummary
from engine.outputs.summary_rows import criterion_title, of_edition
from engine.plots.looks import COLOURS, FIRMS, NOT_QUALIFIED, QUALIFIED, UNDETERMINED, WHOLE, Spec, drawing
from engine.rulebooks.several import SEVERAL

_TITLE = Text("比对结果", "What a screening came to")
_VERDICTS, _CRITERION = Text("结论", "Verdict"), Text("条件", "Criterion")
_ALONE = Text("仅此不符合", "fails alone")
_COLOURS = {**COLOURS, _ALONE: "#7F2F00"}
_ORDER = (QUALIFIED, UNDETERMINED, NOT_QUALIFIED, _ALONE)


def bars(found: ScreeningSummary, lang: Language, title: Text | None = None) -> Spec:
    """Give the picture; `title` is that of the text."""
    several = SEVERAL.get(found.rulebook)
    verdicts = {STANDINGS[Standing(name)]: count for name, count in found.by_verdict.items()}
    parts = [] if several else [_bars({_VERDICTS.in_language(lang): verdicts}, lang)]
    for edition in found.editions or (None,):
        own = found.criteria if edition is None else tuple(of_edition(found, edition))
        if own:
            head = (edition.title if edition else several.one if several else _CRITERION).in_language(lang)
            parts.append(_bars(_counts(own, edition, lang, is_alone=several is None), lang) | {"title": head})
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
    return drawing(_TITLE, told, (), lang, {"vconcat": parts})


def _counts(
    criteria: Sequence[CriterionCount], edition: EditionCount | None, lang: Language, *, is_alone: bool
) -> dict[str, dict[Text, int]]:
    """Give how each criterion came out, those that most firms fail first."""
    found, seen = dict[str, dict[Text, int]](), Counter[str]()
    for one in sorted(criteria, key=lambda one: (-one.not_met, -one.undetermined)):
        name = marked(criterion_title(one, edition), decides=one.decides).in_language(lang)
        seen[name] += 1
        name += f" ({seen[name]})" if seen[name] > 1 else ""
        alone = one.alone if is_alone else 0
        counts = one.met, one.undetermined, one.not_met - alone, alone
        found[name] = dict(zip(_ORDER, counts, strict=True))
    return found


def _bars(counts: dict[str, dict[Text, int]], lang: Language) -> Spec:
    """Give a bar for each name, with the numbers in it where there is room."""
    rows = []
    for name, own in counts.items():
        at, all_of = 0, sum(own.values())
        for kind in (one for one in _ORDER if own.get(one)):
            many = own[kind]
            row = {"name": name, "kind": kind.in_language(lang), "from": at, "to": at + many, "mid": at + many / 2}
            rows.append(row | {"said": f"{many:,}" if many * 40 >= all_of else ""})
            at += many
    colour: Spec = {"field": "kind", "type": "nominal"}
    colour["scale"] = {"domain": [one.in_language(lang) for one in _ORDER], "range": list(map(_COLOURS.get, _ORDER))}
    x = {"type": "quantitative", "title": FIRMS.in_language(lang), "axis": WHOLE}
    y = {"field": "name", "type": "nominal", "sort": list(counts), "title": None}
    bar = {"mark": "bar", "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "color": colour}}
    is_dark = f"datum.kind != '{UNDETERMINED.in_language(lang)}'"
    ink = {"condition": {"test": is_dark, "value": "white"}, "value": "#333"}
    words: Spec = {"mark": {"type": "text", "fontSize": 10}, "encoding": {"x": x | {"field": "mid"}}}
    words["encoding"] |= {"text": {"field": "said"}, "color": ink}
    body = {"width": 520, "height": {"step": 22}, "encoding": {"y": y}, "layer": [bar, words]}
    return {"data": {"values": rows}} | body
