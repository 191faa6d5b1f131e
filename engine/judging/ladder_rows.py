"""What a row says of the ladder beside the verdict of each level: titles held, the highest reached, and the next."""

from __future__ import annotations

from collections.abc import Mapping

from engine.columns.outcomes import Decided
from engine.columns.values import x
from engine.ground.errors import Text
from engine.judging.verdict_rows import Style, between
from engine.rulebooks.levels import Levels
from engine.sql.functions import NO, cases, greatest, listed, or_
from engine.sql.table import Table
from engine.sql.value import Value, literal

_BLANK, _NONE = Text("没有填写", "not stated"), Text("无", "none")


def ladder_columns(
    judged: Table, of: Decided, levels: Levels, names: Mapping[str, str], style: Style
) -> tuple[dict[str, Value], dict[str, Value], dict[str, Value]]:
    """Give the columns before those of the levels, behind them, and last; `names` has a name of each level."""
    criteria = {criterion.words.id: criterion for criterion in of.rulebook.criteria}
    steps = {level: levels.step_of(level) or 0 for level in criteria}
    held = {level: _holds(judged, levels, (level,)) for level in levels}
    reached = {level: of.outcome(criteria[level].gate) & _may_reach(judged, levels, level) for level in criteria}
    reached = {level: outcome.fill_null(NO) for level, outcome in reached.items()}
    top = _highest([(held[level], levels.step_of(level) or 0) for level in levels])
    top = greatest(top, _highest([(reached[level], step) for level, step in steps.items()]))
    following = {step: _first(top, step, sorted(set(steps.values()))) for step in dict.fromkeys(steps.values())}
    best_first = [(reached[level], names[level]) for level in reversed(list(criteria))]
    mark = between(style)
    next_names = {step: mark.join(names[level] for level in criteria if steps[level] == step) for step in following}
    decided_by = mark.join(f"{names[level]}={criterion.words.cite.source}" for level, criterion in criteria.items())
    return (
        {
            "held": _held(judged, levels, style),
            "reached": cases(*best_first, else_="" if style.labels == "ids" else "—"),
        },
        {"next": cases(*((is_next, next_names[step]) for step, is_next in following.items()), else_="")},
        {"editions": literal(decided_by)},
    )


def _held(judged: Table, levels: Levels, style: Style) -> Value:
    """Name the titles that are held on the day; in words also that there is none, or that it is not stated."""
    ids = style.labels == "ids"
    names = [
        (_holds(judged, levels, (one,)), one if ids else levels.title(one).in_language(style.lang))
        for one in levels.known
    ]
    held, column = listed(names, between(style)), x(levels.titles.id)
    if ids:
        return held
    blank, none = (text.in_language(style.lang) for text in (_BLANK, _NONE))
    is_stated = judged[column].notnull() if column in judged.columns else NO
    return cases((~is_stated, blank), (held == "", none), else_=held)


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
