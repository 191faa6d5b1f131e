"""A file of firms: each row gets a verdict or is rejected with its problems; the outputs appear whole or not at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path

import pyarrow as pa

from engine.answers.doubles import Doubles, double_rows
from engine.answers.list_statements import check_statements
from engine.answers.row_account import Account
from engine.answers.spool import Spool
from engine.answers.tally import Tally
from engine.answers.told_problems import ToldProblems
from engine.files.intake import open_source
from engine.ground.errors import EngineError, InputError, Text
from engine.ground.scratch import scratch
from engine.headers.understanding import Understanding
from engine.judging.plan import Plan
from engine.judging.problem_rows import RowProblem
from engine.judging.row_statement import with_lines
from engine.layout.doubtful import Doubtful
from engine.layout.layout import Desk
from engine.outputs.page_lines import Beside, Lines
from engine.outputs.summary import ScreeningSummary, Written, doubles_marked, require_firms, summary_of
from engine.outputs.summary_page import details_page, summary_page
from engine.outputs.table_output import publish, refuse_overwriting, writing
from engine.outputs.verdict_file import Form, VerdictFile, verdict_file
from engine.screening.asked import asked
from engine.screening.duckdb_backend import DuckdbBackend, UnreadableError
from engine.screening.editions import Judged, Together, grouped, joined_columns, parted, summary_of_all
from engine.screening.forms import FILE, files_of, open_forms
from engine.screening.order import Order, require_reasons, schema_of, summary_file, written_beside
from engine.screening.other_form import other_form
from engine.tables.source import Source, unusable

Report = Callable[[Text, DuckdbBackend], AbstractContextManager[object]]


def _quiet(label: Text, backend: DuckdbBackend) -> AbstractContextManager[object]:  # noqa: ARG001
    return nullcontext()


def screen_file(
    path: Path | Sequence[Path],
    order: Order,
    on_columns: Callable[[Understanding, Source], None] = lambda *_: None,
    report: Report = _quiet,
) -> ScreeningSummary:
    """Judge every row of the file `path` as ordered, and say what it came to.

    Several files, or a folder of them, are forms filled in, a firm each, and judged as a list is.
    `on_columns` is told how the columns were understood before anything is judged; `report` gives a context for each
    long step. Raises InputError with all problems of the file as a whole or of the order.
    """
    if order.form == "xlsx":
        require_reasons(order, order.form)
    beside_it = (order.output, order.rejected, order.warnings, order.summary)
    paths = files_of([path] if isinstance(path, Path) else path)
    refuse_overwriting([*paths, *map(Path, order.read)], [Path(file) for file in beside_it if file is not None])
    beside = order.output.absolute().parent
    with writing(beside), scratch(beside) as folder:
        backend = DuckdbBackend(folder)
        try:
            desk = Desk(order.rulebook.vocabulary, order.mapping, order.as_of, backend.connection, folder, order.limits)
            source, order = _opened(paths, desk, order, backend, is_folder=_is_folder(path))
            understanding = order.understood(
                source.headers, source.unit, partial(backend.first_cells, source.table), source.rows_of
            )
            on_columns(understanding, source)
            if understanding.problems:
                raise InputError(understanding.problems)
            with report(Text("判定", "Judging"), backend):
                if order.limits is not None:
                    with suppress(UnreadableError):  # which judging will tell
                        order.limits.check(*backend.size(source.table, order.limits.rows + 1))
                screening = _routed(order, backend, understanding, source, folder)
            with report(Text("写出", "Writing"), backend):
                return screening.finish()
        except Doubtful as doubt:
            raise unusable(paths[0], doubt.what, doubt.instead) from doubt
        finally:
            backend.close()


def _is_folder(path: Path | Sequence[Path]) -> bool:
    return any(one.is_dir() for one in ([path] if isinstance(path, Path) else path))


def _opened(
    paths: Sequence[Path], desk: Desk, order: Order, backend: DuckdbBackend, *, is_folder: bool
) -> tuple[Source, Order]:
    """Give the list of firms, or of the forms of several, or of the one in a folder, and the order for it."""
    books = order.routes.books if order.routes else () if order.levels else (order.rulebook,)
    source = open_source(paths[0], desk, order.sheet) if len(paths) == 1 else None
    if source is None or (is_folder and source.forms):
        return open_forms(paths, desk, backend, books), replace(order, carried=frozenset({FILE}), mapping={})
    if (note := other_form(source, books, desk.vocabulary)) is not None:
        source = replace(source, notes=(*source.notes, note.what))
    return source, order


def _routed(
    order: Order, backend: DuckdbBackend, understanding: Understanding, source: Source, folder: Path
) -> _Screening | _Editions:
    """Give the screening of a source by the one rulebook that all its rows are for, or by several."""
    plan = order.plan(understanding)
    keys = dict(plan.routed)
    if plan.application is not None and plan.asks_of_reviews:
        keys |= {plan.application: plan.columns[plan.application]}
    if order.routes is not None:
        order.routes.require_area(plan.place_of)
    if not keys:
        return _judged(order, backend, understanding, source, folder)
    try:
        groups = grouped(source, keys, order, backend)
        if len(groups) > 1:
            parts = parted(source, keys, groups, backend, folder)
    except UnreadableError:
        if source.carefully is None:
            raise
        return _routed(order, backend, understanding, source.carefully(), folder)
    orders = [replace(order, rulebook=group.rulebook, kinds=group.kinds, refusal=group.refusal) for group in groups]
    if len(groups) <= 1:
        return _judged(orders[0] if orders else order, backend, understanding, source, folder)
    found = []
    for number, (own, part) in enumerate(zip(orders, parts, strict=True)):
        screening = _Screening(own, backend, understanding, part, folder / f"edition_{number}", "parquet")
        screening.judge(part.expected_rows)
        found.append(screening)
    return _Editions(order, backend, source, folder, found)


def _judged(
    order: Order, backend: DuckdbBackend, understanding: Understanding, source: Source, folder: Path
) -> _Screening:
    """Give the screening of a source, judged; where the database cannot read it, of the same file opened carefully."""
    rows = source.expected_rows
    for name in ("quick", "again"):  # where not every record has a line of its own, that shows at the end
        quick = _Screening(order, backend, understanding, source, folder / name)
        try:
            found = quick.judge(rows)
        except UnreadableError:
            break
        if found == rows:
            return quick
        rows = found
    if source.carefully is None:
        message = "the copy of a file cannot be read"
        raise EngineError(message)
    source = source.carefully()
    careful = _Screening(order, backend, understanding, source, folder / "careful")
    careful.judge(source.expected_rows)
    return careful


class _Screening:
    """One file on its way: judged and written in one pass, then told of."""

    def __init__(
        self,
        order: Order,
        backend: DuckdbBackend,
        understanding: Understanding,
        source: Source,
        folder: Path,
        form: Form | None = None,
    ) -> None:
        """Take a folder of its own, which is not there yet: of a screening that fails, files may be open in it.

        The verdicts are written in the form of the order, or in `form` for the time being.
        """
        folder.mkdir()
        self._form = form or order.form
        self._order = order
        self._backend = backend
        self._understanding = understanding
        self._source = source
        self._folder = folder
        self.plan = order.plan(understanding)
        self.account = Account(self.plan)
        self._told = Spool(folder / "told", backend.check)

    def judge(self, rows: int) -> int:
        """Judge every row, and write and count as they pass; give how many there were. Raises UnreadableError.

        If there were not as many as `rows`, the lines that are told are not sure.
        """
        order, source = self._order, self._source
        question = asked(order, self.plan, source)
        self._columns = columns = question.columns
        schema = schema_of(columns)
        carried = [place for place, column in enumerate(columns) if column.is_carried]
        self._file = _begun(self._folder, order, schema, [column.id for column in columns], carried, self._form)
        lines = source.lines(count(), rows)
        for batch in question.batches(source, self._backend):
            verdicts, told = self.account.take(with_lines(batch, islice(lines, batch.num_rows)))
            self._file.write(pa.RecordBatch.from_arrays(verdicts.columns, schema=schema))
            self._told.add(told)
        self._told.close()
        return self.account.rows

    def finish(self) -> ScreeningSummary:
        """Tell of what is wrong, check that every row is accounted for, and move the files into place."""
        order, folder, source = self._order, self._folder, self._source
        hashes, rows = self.account.id_hashes, self.account.rows
        doubles = _doubles(self._backend, folder, source, self.plan, hashes, rows)
        problems = self._problems(doubles)
        written = written_beside(order, problems, folder, self._columns, self.plan.columns)
        summary = summary_of(self.plan, self.account, self._file.rows, source, self._understanding, written)
        require_firms(summary)
        summary = doubles_marked(summary, doubles)
        self._file.close(Beside(_pages(order, summary), problems.rejected(Tally()), problems.noted()))
        final = [*written.files, (folder / "verdicts", order.output), *summary_file(order, summary, folder)]
        publish(final, written.gone)
        return summary

    def part(self) -> Judged:
        """Give what an edition made of its rows, to be put together with others; doubles may be among these."""
        problems = self._problems(())
        counted = Written(Tally(), Tally(), [])
        deque(problems.rejected(counted.refused), maxlen=0)
        problems.count_warnings(counted.odd)
        summary = summary_of(self.plan, self.account, self._file.rows, self._source, self._understanding, counted)
        self._file.close()
        is_refused = self.plan.refusal is not None
        return Judged(self.plan.rulebook, self._columns, self._folder / "verdicts", problems, summary, is_refused)

    def _problems(self, doubles: Iterable[RowProblem]) -> ToldProblems:
        """Give what is wrong with the rows. Raises Doubtful if one says that the figures are others than were read."""
        problems = ToldProblems(self.plan, self.account, self._told, self._source, doubles)
        check_statements(problems, self._understanding)
        return problems


def _doubles(
    backend: DuckdbBackend, folder: Path, source: Source, plan: Plan, hashes: Sequence[pa.Array], rows: int
) -> Doubles:
    """Give the rows of a source whose firm stands more than once; `hashes` are of the firm of each of its rows."""
    found = Spool(folder / "doubles")
    if backend.has_doubles(hashes):
        for batch in backend.batches(double_rows(source.table, plan)):
            found.add(batch)
    found.close()
    return Doubles(plan, source, found, rows)


class _Editions:
    """One file whose rows several editions judged, each its own."""

    def __init__(
        self, order: Order, backend: DuckdbBackend, source: Source, folder: Path, screenings: Sequence[_Screening]
    ) -> None:
        self._order, self._backend, self._source = order, backend, source
        self._folder, self._screenings = folder, screenings

    def finish(self) -> ScreeningSummary:
        """Put the rows of all together, and move the files into place."""
        order, folder = self._order, self._folder
        parts = [one.part() for one in self._screenings]
        accounts = [one.account for one in self._screenings]
        hashes = [some for account in accounts for some in account.id_hashes]
        rows = sum(account.rows for account in accounts)
        doubles = _doubles(self._backend, folder, self._source, self._screenings[0].plan, hashes, rows)
        problems = Together([part.problems for part in parts], doubles)
        first = self._screenings[0]
        written = written_beside(order, problems, folder, parts[0].columns, first.plan.columns)
        summary = summary_of_all(parts, written, order.levels)
        require_firms(summary)
        summary = doubles_marked(summary, doubles)
        joined = joined_columns(parts, order, self._backend)
        file = _begun(folder, order, joined.schema, joined.ids, joined.carried, order.form)
        for batch in self._backend.batches(joined.rows):
            file.write(pa.RecordBatch.from_arrays(batch.columns, schema=joined.schema))
        file.close(Beside(_pages(order, summary), problems.rejected(Tally()), problems.noted()))
        if file.rows != summary.verdicts:
            message = f"{summary.verdicts} verdicts were made, {file.rows} written"
            raise EngineError(message)
        final = [*written.files, (folder / "verdicts", order.output), *summary_file(order, summary, folder)]
        publish(final, written.gone)
        return summary


def _pages(order: Order, summary: ScreeningSummary) -> tuple[Lines, Lines]:
    return summary_page(summary, order.rulebook, order.name, order.lang), details_page(summary, order.lang)


def _begun(
    folder: Path, order: Order, schema: pa.Schema, ids: Sequence[str], carried: Sequence[int], form: Form
) -> VerdictFile:
    """Begin the file of verdicts, in a form, with columns of those ids, the caller's own at the places `carried`."""
    path = folder / "verdicts"
    return verdict_file(path, form, schema, ids=ids, carried=carried, lang=order.lang, bom=order.bom)
