"""A file of firms: each row gets a verdict or is rejected with its problems; the outputs appear whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa

from engine.duckdb_backend import DuckdbBackend, UnreadableError, has_doubles
from engine.errors import InputError, Text
from engine.headers import Understanding, understand
from engine.intake import open_source
from engine.problem_rows import Tally, double_rows
from engine.row_account import Account
from engine.row_statement import row_statement
from engine.screening_order import Order, schema_of, summary_file, written_beside
from engine.screening_summary import ScreeningSummary, summary_of
from engine.source import Source
from engine.spool import Spool
from engine.summary_rows import summary_rows
from engine.table_output import publish, scratch, writing
from engine.told_problems import ToldProblems
from engine.verdict_file import verdict_file

Report = Callable[[Text, DuckdbBackend], AbstractContextManager[object]]


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
            screening = _Screening(order, backend, understanding, folder)
            with report(Text("判定", "Judging"), backend):
                try:
                    screening.judge(source)
                except UnreadableError:
                    if source.carefully is None:
                        raise
                    source = source.carefully()
                    screening = _Screening(order, backend, understanding, folder)
                    screening.judge(source)
            with report(Text("写出", "Writing"), backend):
                return screening.finish(source)
        finally:
            backend.close()


class _Screening:
    """One file on its way: judged and written in one pass, then told of."""

    def __init__(self, order: Order, backend: DuckdbBackend, understanding: Understanding, folder: Path) -> None:
        self._order = order
        self._backend = backend
        self._understanding = understanding
        self._folder = folder
        self._plan = order.plan(understanding)
        self._account = Account(self._plan)
        self._told = Spool(folder / "told")

    def judge(self, source: Source) -> None:
        """Judge every row, and write and count as they pass. Raises UnreadableError."""
        order = self._order
        judged = self._plan.judged(source.table, self._backend.by_row)
        columns = order.columns(judged, self._plan, source.headers)
        schema = schema_of(columns)
        self._file = verdict_file(self._folder / "verdicts", order.form, schema, lang=order.lang, bom=order.bom)
        asked = row_statement(judged, self._plan, columns, source.table.columns, tell_warnings=bool(order.warnings))
        for batch in self._backend.batches(asked):
            verdicts, told = self._account.take(batch)
            self._file.write(pa.RecordBatch.from_arrays(verdicts.columns, schema=schema))
            self._told.add(told)
        self._told.close()

    def finish(self, source: Source) -> ScreeningSummary:
        """Tell of what is wrong, check that every row is accounted for, and move the files into place."""
        order, folder = self._order, self._folder
        problems = ToldProblems(self._plan, self._account, self._told, source, lambda: self._doubles(source))
        written = written_beside(order, problems, folder)
        summary = summary_of(self._plan, self._account, self._file.rows, source, self._understanding, written)
        rejected = (one.told(order.lang) for one in problems.rejected(Tally()))
        self._file.close(summary_rows(summary, order.lang), rejected)
        publish([*written.files, (folder / "verdicts", order.output), *summary_file(order, summary, folder)])
        return summary

    def _doubles(self, source: Source) -> Iterator[dict[str, Any]]:
        """Give the rows whose firm id stands more than once."""
        if "firm_id" in self._plan.place_of and has_doubles(self._account.id_hashes):
            yield from self._backend.rows(double_rows(source.table, self._plan))
