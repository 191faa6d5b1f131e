"""A list in which some firms apply anew and others for a review, each of which another edition decides.

Each edition judges the rows that it is for, as if these were a list of their own; then all stand in the order of the
source. A column of a criterion is one edition's: its id says which, and rows that another edition judged have nothing
in it.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from engine.cells import Column
from engine.duckdb_backend import DuckdbBackend
from engine.errors import Text
from engine.logic import Rulebook
from engine.problem_rows import RowProblem, Tally
from engine.reading import Unreadable
from engine.screening_order import Order
from engine.screening_summary import CriterionCount, EditionCount, MissingCount, ScreeningSummary, Written, kinds_of
from engine.source import Source
from engine.told_problems import ToldProblems
from engine.verdict_rows import RowColumn


def applications(source: Source, column: str, read: Column, backend: DuckdbBackend) -> tuple[dict[str, int], int]:
    """Give how many rows each text has that asks for a review, and how many rows are others. Raises UnreadableError."""
    counted = source.table.group_by(text=source.table[column]).agg(rows=ibis._.count())
    reviews, others = dict[str, int](), 0
    for batch in backend.batches(counted):
        for one in batch.to_pylist():
            if asks_for_review(one["text"] or "", read):
                reviews[one["text"]] = one["rows"]
            else:
                others += one["rows"]
    return reviews, others


def asks_for_review(text: str, column: Column) -> bool:
    """Say whether a cell of the column of applications asks for a review; one that cannot be read does not."""
    with suppress(Unreadable):
        return column.value(text) == "review"
    return False


def parted(source: Source, column: str, reviews: Iterable[str], backend: DuckdbBackend, folder: Path) -> list[Source]:
    """Give the rows that apply anew and those for a review as two sources with the lines of the one.

    What is wrong with the file as a whole goes with the first. Raises UnreadableError.
    """
    wanted, found = pa.array(list(reviews), pa.string()), [_Part(folder / "new"), _Part(folder / "review")]
    rows = 0
    for batch in backend.batches(source.table):
        is_review = pc.is_in(batch[column], value_set=wanted)
        for part, mask in zip(found, (pc.invert(is_review), is_review), strict=True):
            part.add(batch.filter(mask), pc.indices_nonzero(mask).to_pylist(), rows)
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
            table=backend.connection.read_parquet(self._path, table_name=f"part_{self._path.stem}"),
            lines=lines,
            broken=whole.broken if is_first else (),
            blank_rows=whole.blank_rows if is_first else 0,
            carefully=None,
            rows=len(records),
            likely_rows=len(records),
        )


@dataclass(frozen=True)
class Judged:
    """What an edition made of its rows: its columns and the file that has them, what is told, and its summary."""

    rulebook: Rulebook
    columns: Sequence[RowColumn]
    file: Path
    problems: ToldProblems
    summary: ScreeningSummary


@dataclass(frozen=True)
class Together:
    """The problems of several editions in the order of the source."""

    parts: Sequence[ToldProblems]

    def rejected(self, tally: Tally) -> Iterator[RowProblem]:
        """Give every problem of every rejected row, and count them."""
        return heapq.merge(*(one.rejected(tally) for one in self.parts), key=_line)

    def warnings(self) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row."""
        return heapq.merge(*(sorted(one.warnings(), key=_line) for one in self.parts), key=_line)

    def count_warnings(self, tally: Tally) -> None:
        """Count what `warnings` gives."""
        for one in self.parts:
            one.count_warnings(tally)


def _line(problem: RowProblem) -> int:
    return problem.line or 0


@dataclass(frozen=True)
class JoinedColumns:
    """The columns of all editions side by side: id, heading, type, whether the caller's own; and the rows."""

    ids: list[str]
    schema: pa.Schema
    carried: list[int]
    rows: ibis.expr.types.Table


def joined_columns(parts: Sequence[Judged], order: Order, backend: DuckdbBackend) -> JoinedColumns:
    """Give the verdict rows of several editions as those of one file."""
    headings: dict[str, str] = {}
    models: dict[str, RowColumn] = {}
    found: list[dict[str, str]] = []
    for part in parts:
        own = {one.words.id for one in part.rulebook.criteria}
        title = part.rulebook.words.title.in_language(order.lang)
        keys = {f"{part.rulebook.id}:{one.id}" if one.id in own else one.id: one for one in part.columns}
        found.append({key: one.heading for key, one in keys.items()})
        for key, one in keys.items():
            said = one.heading if key == one.id else key if order.labels == "ids" else f"{one.heading}〔{title}〕"
            headings.setdefault(key, said)
            models.setdefault(key, one)
    last = max((place for place, key in enumerate(found[0]) if ":" in key), default=0)
    ids = sorted(headings, key=lambda key: _place(key, list(found[0]), last))
    types = [models[key].value.type() for key in ids]
    tables = []
    for number, (part, names) in enumerate(zip(parts, found, strict=True)):
        table = backend.connection.read_parquet(part.file, table_name=f"judged_{number}")
        cells = [
            table[names[key]].cast(kind) if key in names else ibis.null(kind)
            for key, kind in zip(ids, types, strict=True)
        ]
        tables.append(table.select(**{f"c{place}": cell for place, cell in enumerate(cells)}))
    schema = pa.schema([(headings[key], kind.to_pyarrow()) for key, kind in zip(ids, types, strict=True)])
    carried = [place for place, key in enumerate(ids) if models[key].is_carried]
    return JoinedColumns(ids, schema, carried, ibis.union(*tables).order_by(f"c{ids.index('line')}"))


def _place(key: str, first: Sequence[str], last: int) -> tuple[int, int]:
    """Give where a column stands: as in the first edition; criteria of another after those, its other figures last."""
    if key in first:
        return (first.index(key), 0)
    return (last, 1) if ":" in key else (len(first), 1)


def summary_of_all(parts: Sequence[Judged], written: Written) -> ScreeningSummary:
    """Give what all editions came to: counts added, those of criteria side by side."""
    one, *_ = summaries = [part.summary for part in parts]
    missing: dict[str, MissingCount] = {}
    for count in (count for summary in summaries for count in summary.missing):
        rows = missing[count.fact].rows if count.fact in missing else 0
        missing[count.fact] = replace(count, rows=rows + count.rows)
    return replace(
        one,
        rulebook=" + ".join(summary.rulebook for summary in summaries),
        digest=" + ".join(summary.digest for summary in summaries),
        rows_in=sum(summary.rows_in for summary in summaries),
        verdicts=sum(summary.verdicts for summary in summaries),
        rejected=sum(summary.rejected for summary in summaries),
        blank_rows=sum(summary.blank_rows for summary in summaries),
        not_firms=sum(summary.not_firms for summary in summaries),
        by_verdict={name: sum(summary.by_verdict[name] for summary in summaries) for name in one.by_verdict},
        criteria=tuple(count for part in parts for count in _criteria(part)),
        missing=tuple(sorted(missing.values(), key=lambda count: (-count.rows, count.fact))),
        hanging=sum(summary.hanging for summary in summaries),
        hangs_on=tuple(count for summary in summaries for count in summary.hangs_on),
        problems=kinds_of(written.refused),
        warnings=kinds_of(written.odd),
        cautions=tuple(dict.fromkeys(text for summary in summaries for text in summary.cautions)),
        editions=tuple(
            EditionCount(part.rulebook.id, part.rulebook.words.title, part.summary.verdicts, part.summary.by_verdict)
            for part in parts
        ),
    )


def _criteria(part: Judged) -> Iterator[CriterionCount]:
    title = part.rulebook.words.title
    for one in part.summary.criteria:
        both = Text(f"{one.title.zh}〔{title.zh}〕", f"{one.title.en} [{title.en}]")
        yield replace(one, id=f"{part.rulebook.id}:{one.id}", title=both)
