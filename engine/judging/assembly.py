"""A table of texts, judged, and what its rows say: put together in one way for files, for Spark and for frames."""

from __future__ import annotations

from engine.columns.values import ByRow
from engine.columns.words import with_words
from engine.judging.plan import Plan
from engine.judging.several_rows import several_columns
from engine.judging.verdict_rows import RowColumn, Style, verdict_columns
from engine.rulebooks.routes import SeveralOf
from engine.sql.table import Table


def assembled(
    texts: Table, plan: Plan, style: Style, by_row: ByRow, several: SeveralOf | None, *, apart: bool = False
) -> tuple[Table, list[RowColumn]]:
    """Give the judged table, and the columns of a verdict file.

    With `several` the criteria are these; why one is not met is told in one column, or `apart` in one of each.
    """
    judged = with_words(plan.judged(texts, by_row), plan.rulebook, style.lang)
    if several is None:
        return judged, verdict_columns(judged, plan, style, by_row)
    return judged, several_columns(judged, plan, style, several, by_row, apart=apart)
