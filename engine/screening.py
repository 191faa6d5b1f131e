"""A file of firms: each row gets a verdict or is rejected with its problems; the outputs appear whole or not at all."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

import ibis.expr.types as ir

from engine.duckdb_backend import DuckdbBackend
from engine.errors import EngineError, InputError, Language, Problem, Text, shown
from engine.headers import Understanding, understand
from engine.intake import open_source
from engine.ladder_rows import ladder_rows
from engine.levels import Levels
from engine.logic import Rulebook
from engine.problem_rows import (
    FIELDS,
    RowProblem,
    Tally,
    double_rows,
    doubles_of,
    odd_rows,
    problems_of,
    rejected_rows,
    warnings_of,
)
from engine.screen_plan import IDENTITY, Plan, with_reasons
from engine.screening_summary import (
    ColumnTold,
    ProblemCount,
    ScreeningSummary,
    counts,
    criterion_counts,
    missing_counts,
)
from engine.source import Source
from engine.summary_rows import summary_rows
from engine.table_output import publish, scratch, write_lines, writing
from engine.verdict import Standing
from engine.verdict_rows import Style, verdict_rows
from engine.writing import to_json

Form = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMS: tuple[Form, ...] = ("csv", "xlsx", "parquet", "jsonl")
Report = Callable[[Text, DuckdbBackend], AbstractContextManager[object]]


@dataclass(frozen=True)
class Order:
    """What is to be done with a file: the rules, the day, what is written where, and how it looks.

    With `levels` the criteria of the rulebook are levels of the ladder (`ladder_rulebook`), a column each.
    """

    rulebook: Rulebook
    as_of: date
    output: Path
    form: Form
    lang: Language = "zh"
    labels: Literal["ids", "titles"] = "ids"
    rejected: Path | None = None
    warnings: Path | None = None
    summary: Path | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str | None = None
    carry: bool = False
    figures: bool = False
    bom: bool = False
    levels: Levels | None = None


def _quiet(label: Text, backend: DuckdbBackend) -> AbstractContextManager[object]:  # noqa: ARG001
    return nullcontext()


def screen_file(
    path: Path,
    order: Order,
    on_columns: Callable[[Understanding, Source], None] = lambda *_: None,
    report: Report = _quiet,
) -> ScreeningSummary:
    """Judge every row of the file `path` as ordered, and say what it came to.

    `on_columns` is told how the columns were understood before anything is judged; `report` gives a context for each
    long step. Raises InputError with all problems of the file as a whole or of the order.
    """
    beside = order.output.absolute().parent
    with writing(beside), scratch(beside) as folder:
        backend = DuckdbBackend(folder)
        try:
            source = open_source(
                path,
                backend.connection,
                scratch=folder,
                vocabulary=order.rulebook.vocabulary,
                sheet=order.sheet,
                mapping=order.mapping,
            )
            understanding = understand(source.headers, order.rulebook.vocabulary, order.mapping, source.unit)
            on_columns(understanding, source)
            if understanding.problems:
                raise InputError(understanding.problems)
            return _Screening(order, backend, source, understanding, report).run(folder)
        finally:
            backend.close()


class _Screening:
    """One file on its way: stored as a stage, then written from there."""

    def __init__(
        self, order: Order, backend: DuckdbBackend, source: Source, understanding: Understanding, report: Report
    ) -> None:
        self._order = order
        self._backend = backend
        self._source = source
        self._understanding = understanding
        self._report = report
        columns = {f"t{place}": column for place, column in understanding.stated.items()}
        self._plan = Plan(columns, order.rulebook, order.as_of)
        identity = {self._plan.place_of.get(name) for name in IDENTITY}
        every = {f"t{place}": header for place, header in enumerate(source.headers)}
        self._carried = {name: header for name, header in every.items() if order.carry and name not in identity}
        self._refused, self._odd = Tally(), Tally()

    def run(self, folder: Path) -> ScreeningSummary:
        """Judge, write, check that every row is accounted for, and move the files into place."""
        plan, source = self._plan, self._source
        with self._report(Text("判定", "Judging"), self._backend):
            stage = self._backend.store(plan.stage(source.table, self._backend.by_row, tuple(self._carried)), "stage")
        stage = stage.mutate(record=stage.rowid())
        judged = with_reasons(stage, plan)
        with self._report(Text("汇总", "Counting"), self._backend):
            [found] = self._backend.rows(counts(judged, plan))
            row = {name: int(count) for name, count in found.items()}  # sums come as decimals
            [size] = self._backend.rows(stage.aggregate(rows=stage.count()))
        files = [*self._write_problems(stage, folder)]
        summary = ScreeningSummary(
            rulebook=plan.rulebook.id,
            digest=plan.rulebook.digest,
            as_of=plan.as_of.isoformat(),
            rows_in=size["rows"] + len({one.line for one in source.broken}),
            verdicts=row["rows"],
            rejected=self._refused.rows,
            blank_rows=source.blank_rows,
            by_verdict={standing.value: row[standing.value] for standing in Standing},
            criteria=criterion_counts(row, plan),
            missing=missing_counts(row, plan),
            problems=tuple(ProblemCount(*kind) for kind in self._refused.kinds()),
            warnings=tuple(ProblemCount(*kind) for kind in self._odd.kinds()),
            columns=tuple(
                ColumnTold(one.header, one.fact.id if one.fact else None, one.how)
                for one in self._understanding.columns
            ),
            cautions=plan.cautions,
        )
        with self._report(Text("写出", "Writing"), self._backend):
            written = self._write(folder / "verdicts", self._verdict_rows(judged), summary, stage)
        _check_account(summary, written)
        files.append((folder / "verdicts", self._order.output))
        if self._order.summary is not None:
            (folder / "summary").write_bytes(to_json(summary, indent=True) + b"\n")
            files.append((folder / "summary", self._order.summary))
        publish(files)
        return summary

    def _verdict_rows(self, judged: ir.Table) -> ir.Table:
        levels = self._order.levels
        if levels is None:
            return verdict_rows(judged, self._plan, self._style)
        return ladder_rows(judged, self._plan, self._style, levels)

    @property
    def _style(self) -> Style:
        order = self._order
        return Style(order.lang, order.labels, self._carried, order.figures)

    def _write(self, path: Path, rows: ir.Table, summary: ScreeningSummary, stage: ir.Table) -> int:
        """Write the verdicts; give how many."""
        if self._order.form == "xlsx":
            lang = self._order.lang
            header = [text.in_language(lang) for text in FIELDS.values()]
            rejected = (header, (one.told(lang) for one in self._rejected(stage)))
            from engine.excel_output import write_workbook  # noqa: PLC0415 most files are not

            return write_workbook(
                path, rows.columns, self._backend.rows(rows), summary_rows(summary, lang), rejected, lang
            )
        if self._order.form == "csv":
            return self._backend.write_csv(rows, path, bom=self._order.bom)
        return (
            self._backend.write_parquet(rows, path)
            if self._order.form == "parquet"
            else self._backend.write_json(rows, path)
        )

    def _write_problems(self, stage: ir.Table, folder: Path) -> Iterator[tuple[Path, Path]]:
        """Write the rejected rows and the warnings, counting both; give the files with their final names."""
        order = self._order
        found = (
            ("rejected", self._rejected, self._refused, order.rejected),
            ("warnings", self._warnings, self._odd, order.warnings),
        )
        for name, problems, tally, final in found:
            counted = tally.counted(problems(stage))
            write_lines(
                folder / name,
                [text.in_language(order.lang) for text in FIELDS.values()],
                (one.told(order.lang) for one in counted),
                bom=order.bom,
            )
            if final is not None:
                yield folder / name, final

    def _rejected(self, stage: ir.Table) -> Iterator[RowProblem]:
        """Give every problem of every rejected row, and the lines that are no rows, in the order of the source."""
        rows = rejected_rows(stage, self._plan)
        broken = (
            RowProblem(None, one.line, None, None, "", "", Problem("", one.what, one.instead, shown(one.text)))
            for one in self._source.broken
        )
        return heapq.merge(self._numbered(rows, problems_of), broken, key=attrgetter("line"))

    def _warnings(self, stage: ir.Table) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row: first by row, then firm ids that stand more than once."""
        yield from self._numbered(odd_rows(stage, self._plan), warnings_of)
        yield from self._numbered(double_rows(stage), doubles_of)

    def _numbered(
        self, rows: ir.Table, told_of: Callable[[Mapping[str, Any], Plan], Iterator[RowProblem]]
    ) -> Iterator[RowProblem]:
        """Give the problems of rows with their lines in the source."""
        records = [row["record"] for row in self._backend.rows(rows.select("record"))]
        lines = self._source.lines(records) if records else []
        for row, line in zip(self._backend.rows(rows), lines, strict=True):
            for problem in told_of(row, self._plan):
                yield replace(problem, line=line)


def _check_account(summary: ScreeningSummary, written: int) -> None:
    """Make sure that every row came out once. Raises EngineError."""
    if summary.rows_in != summary.verdicts + summary.rejected or written != summary.verdicts:
        message = (
            f"{summary.rows_in} rows in, {summary.verdicts} verdicts, {written} written, {summary.rejected} rejected"
        )
        raise EngineError(message)
