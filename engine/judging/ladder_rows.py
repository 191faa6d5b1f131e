"""What a row says under the whole ladder: the verdict of each level and why, and the highest that is reached."""

from __future__ import annotations

from collections.abc import Mapping

from engine.columns.outcomes import Decided
from engine.columns.values import ByRow, x
from engine.columns.words import sentence
from engine.ground.errors import Text
from engine.judging.notes import notes
from engine.judging.plan import Plan
from engine.judging.verdict_rows import (
    HEADINGS,
    RowColumn,
    Style,
    awaiting,
    between,
    carried_columns,
    edition,
    hangs_on,
    headed,
    identity,
    standing_words,
)
from engine.rulebooks.levels import Levels
from engine.rulebooks.logic import Criterion
from engine.sql.functions import NO, cases, greatest, joined, or_
from engine.sql.table import Table
from engine.sql.value import Value, literal

WHY = "why:"
"""What the ids of columns begin with that say why a level is not reached: in a workbook these have their own sheet."""
WAITS = "awaiting:"
"""What the ids of columns begin with that say what an undetermined level waits for: there too."""
_HEADINGS = {
    "reached": Text("达到的最高层级", "Highest level reached"),
    "next": Text("下一层级", "Next level"),
    "editions": Text("各层级的认定规则", "Rulebook of each level"),
}


def ladder_columns(
    judged: Table, plan: Plan, style: Style, levels: Levels, by_row: ByRow, *, apart: bool = False
) -> list[RowColumn]:
    """Give the columns of a verdict file; the criteria of the plan's rulebook are levels.

    Why these are not reached is told in one column, or `apart` in one of each level.
    """
    of = Decided(judged, plan.rulebook)
    criteria = {criterion.words.id: criterion for criterion in plan.rulebook.criteria}
    steps = {level: levels.step_of(level) or 0 for level in criteria}
    held = {level: _holds(judged, levels, (level,)) for level in levels}
    reached = {level: of.outcome(criteria[level].gate) & _may_reach(judged, levels, level) for level in criteria}
    reached = {level: outcome.fill_null(NO) for level, outcome in reached.items()}
    top = _highest([(held[level], levels.step_of(level) or 0) for level in levels])
    top = greatest(top, _highest([(reached[level], step) for level, step in steps.items()]))
    following = {step: _first(top, step, sorted(set(steps.values()))) for step in dict.fromkeys(steps.values())}
    words = standing_words(style)
    names = {
        level: level if style.labels == "ids" else levels.title(level).in_language(style.lang) for level in criteria
    }
    columns: dict[str, Value] = identity(judged, plan, style)
    best_first = [(reached[level], names[level]) for level in reversed(list(criteria))]
    columns["reached"] = cases(*best_first, else_="" if style.labels == "ids" else "—")
    for level, criterion in criteria.items():
        outcome = of.outcome(criterion.gate)
        columns[level] = cases((outcome, words[0]), (~outcome, words[1]), else_=words[2])
    mark = between(style)
    next_names = {step: mark.join(names[level] for level in criteria if steps[level] == step) for step in following}
    columns["next"] = cases(*((is_next, next_names[step]) for step, is_next in following.items()), else_="")
    columns |= {f"{WAITS}{level}": awaiting(judged, style, one) for level, one in criteria.items()}
    columns["hangs_on"] = hangs_on(judged, plan, style)
    if style.reasons:
        columns |= _reasons(of, criteria, style, apart=apart)
        columns["notes"] = notes(judged, plan, style.lang, by_row)
    columns |= edition(plan)
    decided_by = mark.join(f"{names[level]}={criterion.words.cite.source}" for level, criterion in criteria.items())
    columns["editions"] = literal(decided_by)
    titles = {**{level: levels.title(level) for level in criteria}, **HEADINGS, **_HEADINGS}
    titles |= {f"{WHY}{level}": _of(HEADINGS["reasons"], titles[level]) for level in criteria}
    titles |= {f"{WAITS}{level}": _of(HEADINGS["awaiting"], titles[level]) for level in criteria}
    ours = headed(columns, titles, style)
    return [*ours, *carried_columns(judged, style, ours)]


def _of(heading: Text, level: Text) -> Text:
    return Text(f"{heading.zh}：{level.zh}", f"{heading.en}: {level.en}")


def _holds(judged: Table, levels: Levels, titles: tuple[str, ...]) -> Value:
    """Say whether one of the titles is held."""
    column = x(levels.titles.id)
    if column not in judged.columns:
        return NO
    return or_(*(judged[column].contains(f",{title},").fill_null(NO) for title in titles))


def _may_reach(judged: Table, levels: Levels, level: str) -> Value:
    """Say whether a title of the step below, of the level itself or of one above it is held where one is needed."""
    place = levels.step_of(level) or 0
    if not place or not levels.steps[place].needs_step_below:
        return ~NO
    return _holds(judged, levels, levels.opening(level))


def _highest(parts: list[tuple[Value, int]]) -> Value:
    """Give the highest step of those that hold, -1 if none does."""
    return cases(*sorted(parts, key=lambda part: -part[1]), else_=-1)


def _first(top: Value, step: int, steps: list[int]) -> Value:
    """Say whether `step` is the lowest of the `steps` above `top`."""
    lower = [other for other in steps if other < step]
    return (top < step) & (top >= max(lower) if lower else ~NO)


def _reasons(of: Decided, criteria: Mapping[str, Criterion], style: Style, *, apart: bool) -> dict[str, Value]:
    """Say of each level for which the firm does not qualify by what it is not met, or what keeps it open.

    In one column in which each level is named, or `apart` in a column of each.
    """
    lang, mark = style.lang, "\n" if apart else ""
    told: dict[str, Value] = {}
    for level, criterion in criteria.items():
        title = "" if apart else f"{criterion.words.title.in_language(lang)}{ {'zh': '：', 'en': ': '}[lang] }"
        why = joined(title, sentence(of, lang, style.counted, criterion, mark))
        told[f"{WHY}{level}"] = cases((of.outcome(criterion.gate), ""), else_=why)
    if apart:
        return {name: text.replace(" \n", "\n") for name, text in told.items()}
    gap = {"zh": "", "en": " "}[lang]
    return {"reasons": joined(*(text.nullif("") for text in told.values()), mark=gap)}
