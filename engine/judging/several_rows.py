"""What a row says under several rulebooks at once: the verdict of each and why, and what comes of them all."""

from __future__ import annotations

from collections.abc import Mapping

from engine.columns.outcomes import Decided
from engine.columns.values import ByRow
from engine.columns.words import sentence
from engine.ground.errors import Text
from engine.judging.ladder_rows import ladder_columns
from engine.judging.notes import notes
from engine.judging.plan import Plan
from engine.judging.route_rows import route_columns
from engine.judging.verdict_rows import (
    HEADINGS,
    RowColumn,
    Style,
    awaiting,
    carried_columns,
    edition,
    hangs_on,
    headed,
    identity,
    standing_words,
)
from engine.rulebooks.levels import Levels
from engine.rulebooks.logic import Criterion
from engine.rulebooks.routes import SeveralOf
from engine.sql.functions import cases, joined
from engine.sql.table import Table
from engine.sql.value import Value

WHY = "why:"
"""What the ids of columns begin with that say why a rulebook is not met: in a workbook these have their own sheet."""
WAITS = "awaiting:"
"""What the ids of columns begin with that say what an undetermined one waits for: there too."""
_HEADINGS = {
    "held": Text("持有的称号", "Titles held"),
    "reached": Text("达到的最高层级", "Highest level reached"),
    "next": Text("下一层级", "Next level"),
    "editions": Text("各层级的认定规则", "Rulebook of each level"),
    "route": Text("路线", "Route"),
    "may_follow": Text("可能的路线", "Routes that may follow"),
}


def several_columns(
    judged: Table, plan: Plan, style: Style, several: SeveralOf, by_row: ByRow, *, apart: bool = False
) -> list[RowColumn]:
    """Give the columns of a verdict file; the criteria of the plan's rulebook are verdicts of the `several`.

    Why one is not met is told in one column, or `apart` in one of each.
    """
    of = Decided(judged, plan.rulebook)
    criteria = {criterion.words.id: criterion for criterion in plan.rulebook.criteria}
    titles = {name: criterion.words.title for name, criterion in criteria.items()}
    names = {name: name if style.labels == "ids" else title.in_language(style.lang) for name, title in titles.items()}
    words = standing_words(style)
    if isinstance(several, Levels):
        first, behind, last = ladder_columns(judged, of, several, names, style)
    else:
        first, behind, last = *route_columns(of, several, style), {}
    columns: dict[str, Value] = identity(judged, plan, style) | first
    for name, criterion in criteria.items():
        outcome = of.outcome(criterion.gate)
        columns[name] = cases((outcome, words[0]), (~outcome, words[1]), else_=words[2])
    columns |= behind
    columns |= {f"{WAITS}{name}": awaiting(judged, style, one) for name, one in criteria.items()}
    columns["hangs_on"] = hangs_on(judged, plan, style)
    if style.reasons:
        columns |= _reasons(of, criteria, style, apart=apart)
        columns["notes"] = notes(judged, plan, style.lang, by_row)
    columns |= edition(plan, style.lang) | last
    titles |= {**HEADINGS, **_HEADINGS}
    titles |= {f"{WHY}{name}": _of(HEADINGS["reasons"], titles[name]) for name in criteria}
    titles |= {f"{WAITS}{name}": _of(HEADINGS["awaiting"], titles[name]) for name in criteria}
    ours = headed(columns, titles, style)
    return [*ours, *carried_columns(judged, style, ours)]


def _of(heading: Text, one: Text) -> Text:
    return Text(f"{heading.zh}：{one.zh}", f"{heading.en}: {one.en}")


def _reasons(of: Decided, criteria: Mapping[str, Criterion], style: Style, *, apart: bool) -> dict[str, Value]:
    """Say of each for which the firm does not qualify by what it is not met, or what keeps it open.

    In one column in which each is named, or `apart` in a column of each.
    """
    lang, mark = style.lang, "\n" if apart else ""
    told: dict[str, Value] = {}
    for name, criterion in criteria.items():
        title = "" if apart else f"{criterion.words.title.in_language(lang)}{ {'zh': '：', 'en': ': '}[lang] }"
        why = joined(title, sentence(of, lang, style.counted, criterion, mark))
        told[f"{WHY}{name}"] = cases((of.outcome(criterion.gate), ""), else_=why)
    if apart:
        return {key: text.replace(" \n", "\n") for key, text in told.items()}
    gap = {"zh": "", "en": " "}[lang]
    return {"reasons": joined(*(text.nullif("") for text in told.values()), mark=gap)}
