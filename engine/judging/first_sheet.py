"""The columns of a workbook's first sheet: what an officer reads first comes first, and values are in words."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from engine.columns.outcomes import Decided
from engine.explaining.requirement import tried_name
from engine.explaining.wording import LACKS
from engine.ground.errors import Text
from engine.judging.plan import Plan
from engine.judging.verdict_rows import RowColumn, Style
from engine.sql.functions import cases, total
from engine.sql.table import Table
from engine.sql.value import literal

_FIRST = (
    "line",
    "firm_id",
    "firm_name",
    "verdict",
    "held",
    "reached",
    "route",
    "next",
    "may_follow",
    "awaiting",
    "count",
    "lacks",
    "reasons",
    "notes",
    "hangs_on",
    "missing",
)
_LAST = ("unmet", "undetermined", "rulebook", "digest", "as_of")
_COUNTS = {"count": Text("不符合项数", "Not met"), "lacks": LACKS}


def workbook_columns(judged: Table, plan: Plan, style: Style, columns: Sequence[RowColumn]) -> list[RowColumn]:
    """Give the columns of a verdict file in the order of a sheet, with how many criteria are not met and facts missing.

    The caller's own that state no fact, such as a telephone, come before the criteria, all others last. Those of a
    ladder are levels, which are read before the long texts and are not counted.
    """
    if plan.rulebook.any_is_enough:
        levels = frozenset(one.words.id for one in plan.rulebook.criteria)
        return sorted(_titled(columns, plan, style), key=lambda one: _place(one, plan, levels))
    of = Decided(judged, plan.rulebook)
    unmet = [cases((~of.outcome(one.gate), 1), else_=0) for one in plan.deciding]
    several = judged["missing"].length() - judged["missing"].replace(";", "").length() + 1
    numbers = {"count": total(unmet), "lacks": cases((judged["missing"] == "", 0), else_=several)}
    ours = [
        RowColumn(name, name if style.labels == "ids" else _COUNTS[name].in_language(style.lang), value.cast("BIGINT"))
        for name, value in numbers.items()
    ]
    return sorted([*_titled(columns, plan, style), *ours], key=lambda one: _place(one, plan))


def _titled(columns: Sequence[RowColumn], plan: Plan, style: Style) -> Sequence[RowColumn]:
    """Give the columns, the rulebook in words where these are wanted."""
    if style.labels == "ids":
        return columns
    title = literal(tried_name(plan.rulebook.words.title.in_language(style.lang), plan.rulebook, style.lang))
    return [replace(one, value=title) if one.id == "rulebook" else one for one in columns]


def _place(column: RowColumn, plan: Plan, levels: Container[str] = ()) -> int:
    if column.id in levels:
        return _FIRST.index("next")
    if column.id in _FIRST:
        return _FIRST.index(column.id)
    if column.is_carried:
        return len(_FIRST) + (len(_LAST) + 2 if column.id in plan.columns else 0)
    return len(_FIRST) + 1 + (1 + _LAST.index(column.id) if column.id in _LAST else 0)
