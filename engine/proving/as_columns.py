"""Rulebooks decided as columns by DuckDB, and the same things said by the definition, ready to be compared."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

import pyarrow as pa

from engine.columns.hanging import with_hanging
from engine.columns.missing import Open
from engine.columns.outcomes import Decided, decided
from engine.deciding.reference import Outcomes, decide, unknowns
from engine.explaining.findings import criterion_finding
from engine.firms.figures import Figures
from engine.firms.typed import written
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Number, Span, Unknown, Value, distinct_float
from engine.headers.cells import Column
from engine.language.facts import Fact, Kind
from engine.language.reading import Unreadable
from engine.rulebooks.hanging import deciding, leans_on
from engine.rulebooks.logic import Check, FactOf, Rulebook
from engine.rulebooks.rulebook import Operator
from engine.screening.duckdb_backend import DuckdbBackend
from engine.sql.database import described
from engine.sql.table import Table

Texts = Mapping[str, Sequence[str | None]]
_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNDETERMINED}
_NEAR = Fraction(1, 10**12)
_number = count()


def texts_of(firms: Sequence[Mapping[str, Known]], rulebook: Rulebook) -> dict[str, list[str | None]]:
    """Give the cells of a table of firms, by fact, of all facts that the rulebook uses."""
    used = sorted(rulebook.facts_read)
    signs = {name: "%" if rulebook.vocabulary[name].kind is Kind.PERCENT else "" for name in used}
    return {name: [written(firm[name], signs[name]) if name in firm else None for firm in firms] for name in used}


@dataclass(frozen=True)
class Said:
    """What is said of one firm, by node, criterion and check; only of what was looked at."""

    outcomes: Outcomes
    reasons: Mapping[str, str | None]
    observed: Mapping[str, tuple[Any, ...]]
    gaps: Mapping[str, float | None]
    hangs_on: str


class Columns:
    """A rulebook as one statement, for any number of tables with the same columns."""

    def __init__(self, rulebook: Rulebook, as_of: date, units: Mapping[str, str]) -> None:
        """Translate the rulebook; `units` are those that the headers of some facts name."""
        self._rulebook, self._names = rulebook, sorted(rulebook.facts_read)
        self._numeric = compared(rulebook)
        self._raw, self._stage = f"raw{next(_number)}", f"stage{next(_number)}"
        facts = {name: rulebook.vocabulary[name] for name in self._names}
        columns = {f"t_{name}": Column(name, fact, units.get(name, "")) for name, fact in facts.items()}
        backend = _backend()
        table = backend.register(self._raw, self._arrow({name: [] for name in self._names}))
        self._sql = [decided(table, columns, rulebook, as_of, backend.by_row).statement]
        backend.connection.execute(f"CREATE TABLE {self._stage} AS {self._sql[0]}")
        self._sql.append(self._told(described(backend.connection, self._stage)).statement)

    def judged(self, texts: Texts) -> Iterator[Said | None]:
        """Say what the columns come to in each row; None of one with a cell that cannot be read."""
        con = _backend().connection
        con.register(self._raw, self._arrow(texts))
        con.execute(f"CREATE OR REPLACE TABLE {self._stage} AS {self._sql[0]}")
        for batch in con.execute(self._sql[1]).to_arrow_reader(10_000):
            for row in batch.to_pylist():
                yield None if row["is_bad"] else self._said(row)

    def drop(self) -> None:
        """Forget the tables."""
        con = _backend().connection
        con.execute(f"DROP TABLE {self._stage}")
        con.unregister(self._raw)

    def _arrow(self, texts: Texts) -> pa.Table:
        size = max((len(column) for column in texts.values()), default=0)
        found = {f"t_{name}": pa.array(texts.get(name, [None] * size), pa.string()) for name in self._names}
        return pa.table({"row": pa.array(range(size)), **found})

    def _told(self, stage: Table) -> Table:
        stage = with_hanging(stage.mutate(**Open(Decided(stage, self._rulebook)).columns()), self._rulebook)
        of = Decided(stage, self._rulebook)
        reasons = Open(of)
        found = {
            "row": stage["row"],
            "is_bad": stage["bad"].notnull(),
            "hangs_on": stage["hangs_on"],
        }
        found |= {f"o{i}": of.outcome(node) for i, node in enumerate(self._rulebook.nodes)}
        found |= {f"r{i}": reasons.reason(one) for i, one in enumerate(self._rulebook.criteria)}
        for i, check in enumerate(self._numeric):
            ends = of.ends(check.fact)
            found |= {f"l{i}": ends[0], f"h{i}": ends[-1], f"g{i}": of.gap(check)}
        return stage.select(**found).ordered("row")

    def _said(self, row: Mapping[str, Any]) -> Said:
        return Said(
            {node.id: _OUTCOMES[row[f"o{i}"]] for i, node in enumerate(self._rulebook.nodes)},
            {one.words.id: row[f"r{i}"] for i, one in enumerate(self._rulebook.criteria)},
            {check.id: (row[f"l{i}"], row[f"h{i}"]) for i, check in enumerate(self._numeric)},
            {check.id: row[f"g{i}"] for i, check in enumerate(self._numeric)},
            row["hangs_on"],
        )


@cache
def _backend() -> DuckdbBackend:
    folder = Path(mkdtemp(prefix="columns-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return DuckdbBackend(folder)


@cache
def columns_for(rulebook: Rulebook, as_of: date, units: tuple[tuple[str, str], ...] = ()) -> Columns:
    """Give the columns of a rulebook, translated once."""
    return Columns(rulebook, as_of, dict(units))


def compared_rows(
    rulebook: Rulebook, texts: Texts, as_of: date, units: Mapping[str, str] | None = None
) -> Iterator[tuple[Said | None, list[str]]]:
    """Give what the columns say of each row of a table, and where the definition says otherwise, cell by cell."""
    units = units or {}
    columns = {name: Column(name, rulebook.vocabulary[name], units.get(name, "")) for name in texts}
    memory: dict[tuple[str, str | None], Known | Unreadable | None] = {}
    rows = columns_for(rulebook, as_of, tuple(sorted(units.items()))).judged(texts)
    for said, *cells in zip(rows, *texts.values(), strict=True):
        read = {name: _read(columns[name], cell, memory) for name, cell in zip(texts, cells, strict=True)}
        if any(isinstance(value, Unreadable) for value in read.values()):
            apart = [] if said is None else ["a cell that cannot be read is read"]
        elif said is None:
            apart = ["a row that can be read is not"]
        else:
            stated = {name: value for name, value in read.items() if value is not None}
            apart = differences(said, rulebook, cast("Mapping[str, Known]", stated), as_of)
        yield said, apart


def _read(
    column: Column, text: str | None, memory: dict[tuple[str, str | None], Known | Unreadable | None]
) -> Known | Unreadable | None:
    key = column.fact.id, text
    if key not in memory:
        try:
            memory[key] = None if text is None else column.value(text)
        except Unreadable as error:
            memory[key] = error
    return memory[key]


def differences(said: Said, rulebook: Rulebook, stated: Mapping[str, Known], as_of: date) -> list[str]:
    """Name everything in which a row differs from what the definition says of the firm that stated these values."""
    figures = Figures(rulebook.vocabulary, stated, as_of, rulebook.taken)
    outcomes = decide(rulebook, figures)
    found = [
        f"{node}: {said.outcomes[node]}, not {want}" for node, want in outcomes.items() if said.outcomes[node] != want
    ]
    for criterion in rulebook.criteria:
        reason = None
        if outcomes[criterion.gate.id] is Outcome.UNDETERMINED:
            unknown = unknowns(criterion.gate, figures, outcomes)
            reason = criterion_finding(rulebook, criterion, figures, outcomes, unknown, {}).reason
        if said.reasons[criterion.words.id] != reason:
            found.append(f"{criterion.words.id}: because of {said.reasons[criterion.words.id]}, not {reason}")
    hangs_on = ";".join(one.id for one in leans_on(deciding(rulebook), outcomes))
    found += [f"hangs on {said.hangs_on}, not {hangs_on}"] if said.hangs_on != hangs_on else []
    for check in compared(rulebook):
        if check.id in outcomes:
            found += _figures_differ(check, said, figures)
    return found


def compared(rulebook: Rulebook) -> list[Check]:
    """Give the checks that compare a number with another."""
    return [check for check in rulebook.checks if check.fact.is_numeric and check.operator is not Operator.GIVEN]


def _figures_differ(check: Check, said: Said, figures: Figures) -> Iterator[str]:
    left, right = figures.value(check.fact), figures.right(check.right)
    near = _NEAR * _size(check.fact, figures)
    if isinstance(check.right, FactOf):
        near += _NEAR * _size(check.right.fact, figures)
    ends = _ends(left)
    for got, want in zip(said.observed[check.id], ends, strict=True):
        exact = want is None or _is_given(check.fact, figures)
        if (got != (None if want is None else distinct_float(want))) if exact else not _within(got, want, near):
            yield f"{check.id}: observed {got}, not {want}"
    if isinstance(left, Number) and isinstance(right, Number):
        gap, apart = said.gaps[check.id], left - right
        slack = near + _NEAR * (abs(Fraction(left)) + abs(Fraction(right)))
        if gap is None or (gap > 0, gap < 0) != (apart > 0, apart < 0) or not _within(gap, apart, slack):
            yield f"{check.id}: gap {gap}, not {float(apart)}"


def _is_given(fact: Fact, figures: Figures) -> bool:
    return not fact.is_derived and fact.id not in figures.points


def _within(got: float | None, want: Number | None, near: Fraction) -> bool:
    return got is not None and want is not None and abs(Fraction(got) - want) <= near


def _ends(value: Value) -> tuple[Number | None, Number | None]:
    if isinstance(value, Span):
        return value.low, value.high
    return (value, value) if isinstance(value, Number) else (None, None)


def _size(fact: Fact, figures: Figures) -> Fraction:
    """Give the size of the figures added and subtracted on the way to a value: no float is nearer than they allow."""
    value = figures.value(fact)
    if isinstance(value, Unknown | Span) or not isinstance(value, Number):
        return Fraction(1)
    if fact.formula is None:
        return abs(Fraction(value))
    parts = [figures.vocabulary[name] for name in fact.formula.names]
    inner = sum((_size(part, figures) for part in parts), Fraction(0))
    is_sum = fact.unit == parts[0].unit
    return abs(Fraction(value)) + (inner if is_sum else 100)
