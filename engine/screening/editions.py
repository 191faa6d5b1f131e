"""A list whose rows several rulebooks judge: each its own kind of application, its area, or the ladder of its titles.

Each rulebook judges the rows that it is for, as if these were a list of their own; then all stand in the order of the
source. A column of a criterion is one edition's: its id says which, and rows that another edition judged have nothing
in it. The columns of a ladder are levels, whoever is judged.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from engine.answers.tally import Tally
from engine.answers.told_problems import ToldProblems
from engine.columns.values import with_values, x
from engine.ground.errors import Problem, Text
from engine.ground.values import BESIDE, UNREAD
from engine.headers.cells import Column
from engine.judging.problem_rows import RowProblem
from engine.judging.verdict_rows import ColumnHead
from engine.language.facts import Kind
from engine.language.notes import ALL_NEW, some_new
from engine.outputs.summary import (
    CriterionCount,
    EditionCount,
    MissingCount,
    ReadingCount,
    ScreeningSummary,
    Written,
    fractions_of,
    kinds_of,
    nearest_of,
    ordered,
)
from engine.rulebooks.edition_titles import edition_titles
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routes import SeveralOf
from engine.rulebooks.routing import applicant
from engine.rulebooks.row_routes import rulebook_of, typed
from engine.screening.duckdb_backend import DuckdbBackend
from engine.screening.order import Order
from engine.sql.functions import null
from engine.sql.table import Table, arrow_type, together
from engine.tables.source import Source


@dataclass(frozen=True)
class Group:
    """The rows that a rulebook judges: what they say in the columns that choose it, and how many are of each kind.

    Or those for which there is none, with the problem that says so.
    """

    rulebook: Rulebook
    said: list[tuple[str | None, ...]]
    kinds: dict[str, int]
    refusal: Problem | None = None


def grouped(source: Source, keys: Mapping[str, Column], order: Order, backend: DuckdbBackend) -> list[Group]:
    """Give the rows of a source by the rulebook that judges them. Raises UnreadableError."""
    facts = [column.fact for column in keys.values()]
    values = _with_keys(source.table.select(*keys), keys, backend)
    groups: dict[object, Group] = {}
    for batch in backend.batches(values.counted(*_names(keys))):
        for one in batch.to_pylist():
            said = tuple(one[name] for name in _names(keys))
            stated = {fact.id: typed(fact, plain) for fact, plain in zip(facts, said, strict=True)}
            book, refusal = rulebook_of(order.routes, stated, order.rulebook)
            kind = applicant(stated).application
            group = groups.setdefault((book.digest, refusal), Group(book, [], {}, refusal))
            group.said.append(said)
            group.kinds[kind] = group.kinds.get(kind, 0) + one["rows"]
    first = order.rulebook.digest
    return sorted(
        groups.values(),
        key=lambda one: (one.refusal is not None, one.rulebook.digest != first, one.rulebook.id, str(one.refusal)),
    )


def _names(keys: Mapping[str, Column]) -> list[str]:
    return [x(column.fact.id) for column in keys.values()]


def _with_keys(table: Table, keys: Mapping[str, Column], backend: DuckdbBackend) -> Table:
    """Add what the rows say in these columns, in plain form; of a list only the options, which are few."""
    table = with_values(table, keys, backend.by_row)
    lists = [x(column.fact.id) for column in keys.values() if column.fact.kind is Kind.CHOICES]
    return table.mutate(**{name: table[name].re_replace(f",[{UNREAD}{BESIDE}][^,]*", "") for name in lists})


def parted(
    source: Source, keys: Mapping[str, Column], groups: Sequence[Group], backend: DuckdbBackend, folder: Path
) -> list[Source]:
    """Give the rows of each group as a source with the lines of the one.

    What is wrong with the file as a whole goes with the first. Raises UnreadableError.
    """
    place_of = {said: place for place, group in enumerate(groups) for said in group.said}
    found = [_Part(folder / f"group_{place}") for place in range(len(groups))]
    columns, rows = source.table.columns, 0
    for batch in backend.batches(_with_keys(source.table, keys, backend).select(*columns, *_names(keys))):
        said = zip(*(batch[name].to_pylist() for name in _names(keys)), strict=True)
        places = pa.array([place_of[one] for one in said], pa.int32())
        own = batch.select(columns)
        for place, part in enumerate(found):
            mask = pc.equal(places, place)
            if mask.true_count:
                part.add(own.filter(mask), pc.indices_nonzero(mask).to_pylist(), rows)
        rows += batch.num_rows
    return [part.source(source, rows, backend, is_first=not number) for number, part in enumerate(found)]


class _Part:
    """Rows of a source that are kept in a file, and their numbers in the source."""

    def __init__(self, path: Path) -> None:
        self._path, self._records = path.with_suffix(".parquet"), array("q")
        self._writer: pq.ParquetWriter | None = None

    def add(self, rows: pa.RecordBatch, places: Iterable[int], before: int) -> None:
        """Keep some more rows."""
        self._records.extend(before + place for place in places)
        self._writer = self._writer or pq.ParquetWriter(self._path, rows.schema)
        self._writer.write_batch(rows)

    def source(self, whole: Source, rows: int, backend: DuckdbBackend, *, is_first: bool) -> Source:
        """Give them as a source."""
        if self._writer is not None:
            self._writer.close()
        records = self._records

        def lines(places: Iterable[int], _: int) -> Iterator[int]:
            return whole.lines((records[place] for place in places if place < len(records)), rows)

        return replace(
            whole,
            table=backend.parquet(self._path),
            lines=lines,
            broken=whole.broken if is_first else (),
            blank_rows=whole.blank_rows if is_first else 0,
            carefully=None,
            rows=len(records),
            likely_rows=len(records),
        )


@dataclass(frozen=True)
class Judged:
    """What an edition made of its rows: its columns and the file that has them, what is told, and its summary.

    Or, if it is `refused`, that there is none for its rows.
    """

    rulebook: Rulebook
    columns: Sequence[ColumnHead]
    file: Path
    problems: ToldProblems
    summary: ScreeningSummary
    is_refused: bool = False


@dataclass(frozen=True)
class Together:
    """The problems of several editions in the order of the source, and of firms that stand in it more than once."""

    parts: Sequence[ToldProblems]
    doubles: Iterable[RowProblem]

    def rejected(self, tally: Tally) -> Iterator[RowProblem]:
        """Give every problem of every rejected row, and count them."""
        return heapq.merge(*(one.rejected(tally) for one in self.parts), key=_line)

    def warnings(self) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row."""
        return heapq.merge(*(stream for one in self.parts for stream in one.warning_streams()), self.doubles, key=_line)

    def noted(self) -> Iterator[RowProblem]:
        """Give what a workbook notes of a row and only all rows tell."""
        return heapq.merge(*(one.noted() for one in self.parts), self.doubles, key=_line)

    def count_warnings(self, tally: Tally) -> None:
        """Count what `warnings` gives."""
        for one in self.parts:
            one.count_warnings(tally)
        for problem in self.doubles:
            tally.add(problem.column, problem.problem.what, problem.line)


def _line(problem: RowProblem) -> int:
    return problem.line or 0


@dataclass(frozen=True)
class JoinedColumns:
    """The columns of all editions side by side: id, heading, type, whether the caller's own; and the rows."""

    ids: list[str]
    schema: pa.Schema
    carried: list[int]
    rows: Table


def joined_columns(parts: Sequence[Judged], order: Order, backend: DuckdbBackend) -> JoinedColumns:
    """Give the verdict rows of several editions as those of one file; a workbook leaves out what judged no row."""
    parts = _judging(parts) if order.form == "xlsx" else [part for part in parts if not part.is_refused] or parts
    headings: dict[str, str] = {}
    models: dict[str, ColumnHead] = {}
    found: list[dict[str, str]] = []
    title_of = edition_titles(part.rulebook for part in parts)
    for part in parts:
        own = set() if order.levels else {one.words.id for one in part.rulebook.criteria}
        title = title_of[part.rulebook.id].in_language(order.lang)
        keys = {f"{part.rulebook.id}:{one.id}" if one.id in own else one.id: one for one in part.columns}
        found.append({key: one.heading for key, one in keys.items()})
        for key, one in keys.items():
            said = one.heading if key == one.id else key if order.labels == "ids" else f"{one.heading}〔{title}〕"
            headings.setdefault(key, said)
            models.setdefault(key, one)
    ids = _in_order(headings, list(found[0]), order.levels)
    types = [models[key].type for key in ids]
    tables = []
    for part, names in zip(parts, found, strict=True):
        table = backend.parquet(part.file)
        cells = [
            table[names[key]].cast(kind) if key in names else null(kind) for key, kind in zip(ids, types, strict=True)
        ]
        tables.append(table.select(**{f"c{place}": cell for place, cell in enumerate(cells)}))
    schema = pa.schema([(headings[key], arrow_type(kind)) for key, kind in zip(ids, types, strict=True)])
    carried = [place for place, key in enumerate(ids) if models[key].is_carried]
    return JoinedColumns(ids, schema, carried, together(tables).ordered(f"c{ids.index('line')}"))


def _judging(parts: Sequence[Judged]) -> Sequence[Judged]:
    """Give the editions that judged any row; if none did, all that there are."""
    judged = [part for part in parts if part.summary.verdicts]
    return judged or [part for part in parts if not part.is_refused] or parts


def _in_order(ids: Iterable[str], first: Sequence[str], levels: SeveralOf | None) -> list[str]:
    """Give columns as in the first part; criteria or levels of others behind the last of those, other figures last."""
    others = [name for name in ids if name not in first]
    is_verdict = {name: name in levels if levels else ":" in name for name in (*first, *others)}
    last = max((place for place, name in enumerate(first) if is_verdict[name]), default=0)
    more = [name for name in others if is_verdict[name]]
    found = [*first[: last + 1], *more, *first[last + 1 :], *(name for name in others if not is_verdict[name])]
    if levels is None:
        return found
    steps = iter([level for level in levels if level in found])
    return [next(steps) if is_verdict[name] else name for name in found]


def summary_of_all(parts: Sequence[Judged], written: Written, levels: SeveralOf | None) -> ScreeningSummary:
    """Give what all editions came to: counts added, those of criteria side by side."""
    one, *_ = summaries = [part.summary for part in parts]
    new = sum(summary.taken_as_new for summary in summaries)
    told = dict.fromkeys(text for summary in summaries for text in summary.cautions)
    counted = {some_new(summary.taken_as_new) for summary in summaries}
    cautions = [text for text in told if text not in counted]
    judged = _judging(parts)
    title_of = edition_titles(part.rulebook for part in judged)
    missing: dict[str, MissingCount] = {}
    for count in (count for summary in summaries for count in summary.missing):
        rows = missing[count.fact].rows if count.fact in missing else 0
        missing[count.fact] = replace(count, rows=rows + count.rows)
    return replace(
        one.with_near(nearest_of(summaries)),
        rulebook=" + ".join(dict.fromkeys(part.rulebook.id for part in judged)),
        digest=" + ".join(part.rulebook.digest for part in judged),
        rows_in=sum(summary.rows_in for summary in summaries),
        verdicts=sum(summary.verdicts for summary in summaries),
        rejected=sum(summary.rejected for summary in summaries),
        blank_rows=sum(summary.blank_rows for summary in summaries),
        not_firms=sum(summary.not_firms for summary in summaries),
        by_verdict={name: sum(summary.by_verdict[name] for summary in summaries) for name in one.by_verdict},
        awaiting={name: sum(summary.awaiting[name] for summary in summaries) for name in one.awaiting},
        criteria=_of_levels(judged, levels) if levels else tuple(_criteria(judged)),
        missing=ordered(missing.values()),
        hanging=sum(summary.hanging for summary in summaries),
        hangs_on=tuple(_readings(judged, levels)),
        problems=kinds_of(written.refused),
        warnings=kinds_of(written.odd),
        cautions=(*cautions, *([some_new(new)] if new and ALL_NEW not in told else [])),
        taken_as_new=new,
        fractions=fractions_of(summaries),
        documents=tuple(dict.fromkeys(name for part in judged for name in part.rulebook.documents)),
        editions=tuple(
            EditionCount(one.id, title_of[one.id], one.words.document, part.summary.verdicts, part.summary.by_verdict)
            for part in judged
            if levels is None
            for one in (part.rulebook,)
        ),
    )


def _criteria(parts: Sequence[Judged]) -> Iterator[CriterionCount]:
    title_of = edition_titles(part.rulebook for part in parts)
    for part in parts:
        for one in part.summary.criteria:
            title = _with_edition(one.title, title_of[part.rulebook.id])
            yield replace(one, id=f"{part.rulebook.id}:{one.id}", title=title)


def _with_edition(title: Text, edition: Text) -> Text:
    return Text(f"{title.zh}〔{edition.zh}〕", f"{title.en} [{edition.en}]")


def _of_levels(parts: Sequence[Judged], levels: SeveralOf) -> tuple[CriterionCount, ...]:
    """Give the counts of each level, the lowest first."""
    found: dict[str, CriterionCount] = {}
    for one in (count for part in parts for count in part.summary.criteria):
        so_far = found.get(one.id)
        found[one.id] = one if so_far is None else _added(so_far, one)
    return tuple(found[level] for level in levels if level in found)


def _readings(parts: Sequence[Judged], levels: SeveralOf | None) -> Iterator[ReadingCount]:
    """Give in how many rows the verdict hangs on each reading, of an edition or of a level."""
    title_of = edition_titles(part.rulebook for part in parts)
    found: dict[tuple[str, Text], ReadingCount] = {}
    for part in parts:
        for one in part.summary.hangs_on:
            if levels is None:
                title = _with_edition(one.title, title_of[part.rulebook.id])
                yield replace(one, id=f"{part.rulebook.id}:{one.id}", title=title)
            else:
                rows = found[one.id, one.reading].rows if (one.id, one.reading) in found else 0
                found[one.id, one.reading] = replace(one, rows=one.rows + rows)
    yield from found.values()


def _added(one: CriterionCount, other: CriterionCount) -> CriterionCount:
    sums = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("met", "not_met", "undetermined", "alone", "does_not_apply")
    }
    return replace(one, **sums)
