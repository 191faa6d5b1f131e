"""The rows that floats cannot decide: each is decided by the definition, from the very texts of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import cast

import ibis
import ibis.expr.types as ir

from engine.cells import Column, distinct_float
from engine.column_values import ByRow
from engine.figures import Figures
from engine.logic import Check, Rulebook
from engine.outcome import Outcome
from engine.reading import Unreadable
from engine.reference import decide
from engine.values import Known, Number, Span, Value, nearest_float

_CODES: Mapping[Outcome | None, float | None] = {Outcome.MET: 1.0, Outcome.NOT_MET: 0.0}


def by_definition(
    table: ir.Table,
    columns: Mapping[str, Column],
    rulebook: Rulebook,
    checks: Sequence[Check],
    as_of: date,
    by_row: ByRow,
) -> ir.Table:
    """Give the table with `exact` added, null but where the rows are near.

    It has the outcomes of `checks`, then their gaps, then the ends of the scores. `Decided` takes them from there.
    """
    used = {name: column for name, column in columns.items() if column.fact.id in rulebook.facts_used}
    if not used:
        return table.mutate(exact=ibis.null("array<float64>"))
    read = tuple(used.values())

    def decide_row(texts: list[str | None] | None) -> list[float | None] | None:
        if texts is None:
            return None
        figures = Figures(rulebook.vocabulary, _stated(read, texts), as_of)
        outcomes = decide(rulebook, figures)
        codes = [_CODES.get(outcomes.get(check.id)) for check in checks]
        ends = [end for score in rulebook.scores for end in _ends(figures.value(score.fact))]
        return [*codes, *(_gap(check, figures) for check in checks), *ends]

    answer = by_row(decide_row, "float64")
    return table.mutate(exact=ibis.cases((table.near, answer(ibis.array([table[name] for name in used])))))


def _stated(columns: tuple[Column, ...], texts: list[str | None]) -> dict[str, Known]:
    """Give what the cells of a row state; a cell that cannot be read states nothing (its row is rejected)."""
    stated: dict[str, Known] = {}
    for column, text in zip(columns, texts, strict=True):
        try:
            value = None if text is None else column.value(text)
        except Unreadable:
            continue
        if value is not None:
            stated[column.fact.id] = value
    return stated


def _gap(check: Check, figures: Figures) -> float | None:
    """Give observed minus required, 0 only where they are equal."""
    left, right = figures.value(check.fact), figures.right(check.right)
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction):
        return nearest_float(left - right, (0,))
    return None


def _ends(score: Value) -> tuple[float, float]:
    low, high = (score.low, score.high) if isinstance(score, Span) else (cast("Number", score),) * 2
    return distinct_float(low), distinct_float(high)
