"""A list of firms as it is read for an analysis: screened once, its verdicts in a file that is asked afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import TypedDict

import duckdb
import pyarrow.parquet as pq

from engine.analysis.groups import Grouping, grouping
from engine.columns.outcomes import Decided
from engine.columns.values import ByRow
from engine.frames.arrow_of import arrow_of
from engine.ground.errors import Text
from engine.ground.limits import Limits
from engine.ground.scratch import scratch
from engine.headers.mapping import column_mapping
from engine.headers.understanding import Understanding
from engine.judging.assembly import assembled
from engine.judging.plan import Plan
from engine.judging.row_statement import row_statement
from engine.judging.verdict_rows import ColumnHead, RowColumn, Style
from engine.language.facts import Fact
from engine.outputs.summary import ScreeningSummary
from engine.rulebooks.logic import Rulebook
from engine.screening.file import screen_file
from engine.screening.order import Order
from engine.screening.stop import Stop
from engine.sql.table import Table
from engine.sql.value import named, quoted
from engine.tables.source import Source

VERDICTS = ("qualified", "undetermined", "not_qualified")
"""What a row that is judged comes to, the best first."""


class Reading(TypedDict, total=False):
    """How a list is read, as `FirmList` has it; a mapping may be as people type it, COLUMN=FACT."""

    mapping: Mapping[str, str] | Sequence[str] | None
    sheet: str | None
    on_columns: Callable[[Understanding, Source], None]
    limits: Limits | None
    stop: Stop | None
    folder: Path | None


@dataclass(frozen=True)
class FirmList:
    """A file of firms, or a table in Python, and how it is read.

    `by` is what firms are told apart by, a fact or a header. `on_columns` is told how the columns were understood;
    `stop` may end it; what is kept meanwhile is in `folder`.
    """

    firms: object
    as_of: date
    mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    by: str | None = None
    on_columns: Callable[[Understanding, Source], None] = lambda *_: None
    limits: Limits | None = None
    stop: Stop | None = None
    folder: Path | None = None

    @property
    def name(self) -> str:
        """What the list is called."""
        return Path(self.firms).name if isinstance(self.firms, Path | str) else "table"

    @contextmanager
    def judged(self, rulebook: Rulebook, figures: Sequence[Fact] = ()) -> Iterator[Rows]:
        """Give its rows as a rulebook judges them, with the ends of `figures` as low.<fact> and high.<fact>.

        Raises what `screen_file` does, and InputError of `by`.
        """
        found: list[Grouping] = []
        stated: set[str] = set()

        def told(understanding: Understanding, source: Source) -> None:
            self.on_columns(understanding, source)
            stated.update(one.fact.id for one in understanding.stated.values())
            if self.by is not None:
                headers = [one.header for one in understanding.columns]
                found.append(grouping(self.by, headers, understanding.stated, rulebook.vocabulary))

        with scratch(self.folder or Path(gettempdir())) as folder:
            output = folder / "rows.parquet"
            own = replace(rulebook)  # what is asked of its rows is kept for no other list
            order = _Order(own, self.as_of, output, "parquet", reasons=False, mapping=dict(self.mapping or {}))
            order = replace(order, sheet=self.sheet, limits=self.limits, by=self.by, ends=tuple(figures))
            summary = screen_file(self.file(folder), order, told, (self.stop or Stop()).step)
            yield Rows(output, summary, found[0] if found else None, frozenset(stated))

    def file(self, folder: Path) -> Path:
        """Give the file, which of a table is written into a folder. Raises InputError of what is neither."""
        if isinstance(self.firms, Path | str):
            return Path(self.firms)
        path = folder / "table.parquet"
        pq.write_table(arrow_of(self.firms), path)
        return path


def firm_list(firms: object, as_of: date, by: str | None, reading: Reading) -> FirmList:
    """Give the list, read so. Raises InputError of a mapping."""
    given, columns = dict(reading), reading.get("mapping")
    if columns is not None and not isinstance(columns, Mapping):
        given["mapping"] = column_mapping(columns, "map")
    return FirmList(firms, as_of, by=by, **given)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Order(Order):
    """An order whose verdict file has the ends of some figures, and last what firms are told apart by."""

    by: str | None = None
    ends: tuple[Fact, ...] = ()

    def asked(
        self, texts: Table, plan: Plan, headers: Sequence[str], by_row: ByRow
    ) -> tuple[Table, tuple[ColumnHead, ...]]:
        """Give what is asked of every row, and the columns of the verdict file."""
        judged, columns = assembled(texts, plan, self._style(plan, headers), by_row, None)
        of = Decided(judged, plan.rulebook)
        for fact in self.ends:
            ends = of.ends(fact)
            both = {f"low.{fact.id}": ends[0], f"high.{fact.id}": ends[-1]}
            columns[1:1] = [RowColumn(name, name, value) for name, value in both.items()]
        return row_statement(judged, plan, columns, self.told_kinds(plan)), tuple(one.head for one in columns)

    def plan(self, understanding: Understanding) -> Plan:
        """Give the plan, with all columns where any of them may be asked for."""
        return replace(super().plan(understanding), keeps_all=self.by is not None)

    def _style(self, plan: Plan, headers: Sequence[str]) -> Style:
        style = super()._style(plan, headers)
        if self.by is None:
            return style
        stated = {int(name[1:]): column for name, column in plan.columns.items()}
        return replace(style, carried={f"t{grouping(self.by, headers, stated, self.rulebook.vocabulary).place}": "by"})


@dataclass(frozen=True)
class Rows:
    """The verdict file of a list, its summary, by what firms are told apart, the facts of its columns."""

    file: Path
    summary: ScreeningSummary
    by: Grouping | None
    stated: frozenset[str]

    @property
    def columns(self) -> list[str]:
        """The columns of the file, in SQL; the last is what the list says of `by`, if that is asked for."""
        return [named(name) for name in pq.read_schema(self.file).names]

    def asked(self, sql: str, *others: Rows) -> list[tuple[object, ...]]:
        """Give what a statement finds over the rows, `rows`, and those of others, `rows_1` and so on."""
        with duckdb.connect() as connection:
            for number, one in enumerate((self, *others)):
                connection.execute(
                    f"CREATE VIEW rows{f'_{number}' if number else ''} AS FROM read_parquet({quoted(str(one.file))})"
                )
            return connection.execute(sql).fetchall()

    def group(self, text: object) -> Text | None:
        """Give the group of a firm that says this of `by`; None where firms are not told apart."""
        return None if self.by is None else self.by.group(text)


def letters(names: Sequence[str], table: str = "rows") -> str:
    """Give, in SQL, the outcomes of criteria as letters: m, n, u."""
    return f"concat({', '.join(f'{table}.{named(name)}[1]' for name in names)})" if names else "''"


def together(outcomes: str) -> str:
    """Give, in SQL, what such letters come to together."""
    return f"CASE WHEN contains({outcomes}, 'n') THEN 'n' WHEN contains({outcomes}, 'u') THEN 'u' ELSE 'm' END"
