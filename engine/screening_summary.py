"""What a screening came to: how many of each verdict, which criteria decide it, what is missing, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from engine.errors import Text
from engine.screen_plan import Plan
from engine.to_columns import Decided
from engine.verdict import Standing


@dataclass(frozen=True)
class CriterionCount:
    """How often a criterion came out each way; `alone` rows have no other unmet criterion."""

    id: str
    title: Text
    decides: bool
    met: int
    not_met: int
    undetermined: int
    alone: int


@dataclass(frozen=True)
class MissingCount:
    """In how many rows a fact is missing and keeps the verdict or a criterion open."""

    fact: str
    title: Text
    rows: int


@dataclass(frozen=True)
class ProblemCount:
    """How many problems of one kind there are in one column, and where the first stands."""

    column: str
    what: Text
    count: int
    first_line: int | None


@dataclass(frozen=True)
class ColumnTold:
    """How one column of the source was understood."""

    header: str
    fact: str | None
    how: Text


@dataclass(frozen=True)
class ScreeningSummary:
    """The whole of it. Rows in are verdicts and rejected rows; rows with nothing in them are not counted as rows."""

    rulebook: str
    digest: str
    as_of: str
    rows_in: int
    verdicts: int
    rejected: int
    blank_rows: int
    by_verdict: Mapping[str, int]
    criteria: tuple[CriterionCount, ...]
    missing: tuple[MissingCount, ...]
    problems: tuple[ProblemCount, ...]
    warnings: tuple[ProblemCount, ...]
    columns: tuple[ColumnTold, ...]
    cautions: tuple[Text, ...] = ()


def counts(stage: ir.Table, plan: Plan) -> ir.Table:
    """Give one row of counts over the rows of a stage that are judged."""
    judged = stage.filter(~stage.rejected)
    of = Decided(judged, plan.rulebook)
    verdict = of.outcome(plan.rulebook.verdict_gate)
    found: dict[str, ir.IntegerScalar] = {
        "rows": judged.count(),
        Standing.QUALIFIED: _rows(verdict),
        Standing.NOT_QUALIFIED: _rows(~verdict),
        Standing.UNDETERMINED: _rows(verdict.isnull()),
    }
    failing = {one.words.id: (~of.outcome(one.gate)).fill_null(ibis.literal(value=False)) for one in plan.deciding}
    number = sum((flag.cast("int16") for flag in failing.values()), ibis.literal(0))
    for place, criterion in enumerate(plan.rulebook.criteria):
        outcome = of.outcome(criterion.gate)
        found[f"met_{place}"] = _rows(outcome)
        found[f"not_met_{place}"] = _rows(~outcome)
        alone = failing.get(criterion.words.id)
        found[f"alone_{place}"] = ibis.literal(0) if alone is None else _rows(alone & (number == 1))
    for fact in plan.may_be_missing:
        found[f"missing_{fact}"] = _rows(judged.missing.contains(f";{fact};"))
    return judged.aggregate(**{str(name): count for name, count in found.items()})


def _rows(where: ir.BooleanValue) -> ir.IntegerScalar:
    return where.fill_null(ibis.literal(value=False)).cast("int64").sum().fill_null(0)


def criterion_counts(row: Mapping[str, int], plan: Plan) -> tuple[CriterionCount, ...]:
    """Give the counts of each criterion from the row of counts."""
    return tuple(
        CriterionCount(
            id=criterion.words.id,
            title=criterion.words.title,
            decides=criterion.words.decides,
            met=row[f"met_{place}"],
            not_met=row[f"not_met_{place}"],
            undetermined=row["rows"] - row[f"met_{place}"] - row[f"not_met_{place}"],
            alone=row[f"alone_{place}"],
        )
        for place, criterion in enumerate(plan.rulebook.criteria)
    )


def missing_counts(row: Mapping[str, int], plan: Plan) -> tuple[MissingCount, ...]:
    """Give the facts that are missing, the most frequent first."""
    vocabulary = plan.rulebook.vocabulary
    counted = [MissingCount(name, vocabulary[name].title, row[f"missing_{name}"]) for name in plan.may_be_missing]
    return tuple(sorted((one for one in counted if one.rows), key=lambda one: (-one.rows, one.fact)))
