"""The rows that floats cannot decide: each is decided by the definition, from the very texts of its cells."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import cast

from engine.columns.values import ByRow
from engine.deciding.reference import check, decide
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Number, Span, Value, distinct_float, nearest_float
from engine.headers.cells import Column
from engine.language.reading import Unreadable
from engine.rulebooks.logic import Check, Rulebook, facts_behind
from engine.sql.functions import cases, list_of, null
from engine.sql.table import Table

_CODES: Mapping[Outcome | None, float] = {Outcome.MET: 1.0, Outcome.NOT_MET: 0.0}
UNDETERMINED = 2.0


def by_definition(
    table: Table,
    columns: Mapping[str, Column],
    rulebook: Rulebook,
    checks: Sequence[Check],
    as_of: date,
    by_row: ByRow,
) -> Table:
    """Give the table with `exact` added, null but where any check is near.

    It has the outcomes of `checks`, then their gaps, then the ends of the scores. `Decided` takes them from there. Only
    a check that is near has any, unless there are scores, of which all checks may be part: `near` has the places of
    those in a row, as ,0,2,.
    """
    used = {name: column for name, column in columns.items() if column.fact.id in rulebook.facts_read}
    if not used and not rulebook.assumed:
        return table.mutate(exact=null("DOUBLE[]"))
    read = tuple(used.values())

    known: dict[str, tuple[list[Check | None], set[str]]] = {}  # Spark sends it: a cached function could not be sent

    def asked(near: str) -> tuple[list[Check | None], set[str]]:
        """Give the checks in question, each at its place, and the ids of the facts behind them."""
        if near not in known:
            several = [one if f",{at}," in near else None for at, one in enumerate(checks)]
            behind = {one.id for one in facts_behind(filter(None, several), rulebook.vocabulary)}
            known[near] = several, set(rulebook.facts_read) if rulebook.assumed else behind
        return known[near]

    def decide_row(texts: list[str | None] | None) -> list[float | None] | None:
        if texts is None:
            return None
        near, *cells = texts
        if rulebook.scores:
            figures = Figures(rulebook.vocabulary, _stated(read, cells, rulebook.facts_read), as_of, rulebook.taken)
            outcomes = decide(rulebook, figures)
            whole = [_CODES.get(outcomes.get(one.id), UNDETERMINED) for one in checks]
            ends = [end for score in rulebook.scores for end in _ends(figures.value(score.fact))]
            return [*whole, *(_gap(one, figures) for one in checks), *ends]
        several, behind = asked(near or "")
        figures = Figures(rulebook.vocabulary, _stated(read, cells, behind), as_of, rulebook.taken)
        codes = [None if one is None else _CODES.get(check(one, figures), UNDETERMINED) for one in several]
        return [*codes, *(None if one is None else _gap(one, figures) for one in several)]

    answer = by_row(decide_row, "DOUBLE")
    texts = list_of([table["near"], *(table[name] for name in used)])
    return table.mutate(exact=cases((table["near"] != "", answer(texts))))


def _stated(columns: tuple[Column, ...], texts: list[str | None], facts: Container[str]) -> dict[str, Known]:
    """Give what cells state of some facts; one that cannot be read states nothing (its row is rejected)."""
    stated: dict[str, Known] = {}
    for column, text in zip(columns, texts, strict=True):
        try:
            value = None if text is None or column.fact.id not in facts else column.value(text)
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
