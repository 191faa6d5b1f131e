"""What is to be done with a table of firms, whatever it is screened on, and what is written beside the verdicts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import pyarrow as pa

from engine.answers.tally import Tally
from engine.columns.values import ByRow
from engine.ground.errors import InputError, Language, Problem, Text
from engine.ground.limits import Limits
from engine.ground.writing import to_json
from engine.headers.by_cells import CellsOf
from engine.headers.cells import Column
from engine.headers.repeated import copies
from engine.headers.understanding import Understanding, understand
from engine.headers.units import MoneyUnit
from engine.judging.assembly import assembled
from engine.judging.column_use import in_use
from engine.judging.first_sheet import workbook_columns
from engine.judging.flags import COUNTED, NOTED, last_without_header
from engine.judging.plan import Plan
from engine.judging.problem_rows import FIELDS, WHOSE, RowProblem
from engine.judging.row_remarks import remarks_of
from engine.judging.row_statement import row_statement
from engine.judging.verdict_rows import ColumnHead, Style
from engine.language.facts import IDENTITY, Kind
from engine.outputs.summary import ScreeningSummary, Written
from engine.outputs.table_output import write_lines
from engine.outputs.verdict_file import Form
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routes import SeveralOf
from engine.rulebooks.row_routes import Routes
from engine.sql.table import Table, arrow_type

Place = Path | str
"""Where something is written: a file, on Spark any place that it writes."""


@dataclass(frozen=True)
class Order:
    """What is to be done with a file: the rules, the day, what is written where, and how it looks.

    With `raw_text` texts in CSV stay as they are, with `raw_beside` those of rejected rows and warnings: what a
    spreadsheet would run is not made harmless.

    Without `reasons` rows say what they come to, and neither why nor what is noted of them.

    With `rejected_if_any` there is no file of rejected rows if there are none, and none is left of an earlier time.

    `routes` chooses the rulebook of a row, where `rulebook` does not decide all. `kinds` says how many rows apply anew
    or for a review, once that is known. With a `refusal` there is no rulebook for the firms of the list.

    `read` are files beside the list over which nothing is written, such as that of a mapping.

    `carried` are headers of columns that come along without `carry`.

    With `levels` the criteria of the rulebook are levels of the ladder or problem classes, a column each. `name` is
    that of the list, as a workbook tells it.
    """

    rulebook: Rulebook
    as_of: date
    output: Path
    form: Form
    lang: Language = "zh"
    labels: Literal["ids", "titles"] = "ids"
    rejected: Place | None = None
    rejected_if_any: bool = False
    warnings: Place | None = None
    summary: Place | None = None
    read: Sequence[Place] = ()
    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str | None = None
    carry: bool = False
    carried: frozenset[str] = frozenset()
    figures: bool = False
    reasons: bool = True
    bom: bool = False
    strict: bool = False
    raw_text: bool = False
    raw_beside: bool = False
    levels: SeveralOf | None = None
    routes: Routes | None = None
    kinds: Mapping[str, int] | None = None
    refusal: Problem | None = None
    name: str = ""
    limits: Limits | None = None

    def understood(
        self,
        headers: Sequence[str],
        unit: MoneyUnit | None = None,
        cells: CellsOf | None = None,
        rows: Sequence[int] = (),
    ) -> Understanding:
        """Give what the columns of a table with such `cells` state; `unit` is that of money, `rows` those of a form."""
        vocabulary = self.rulebook.vocabulary
        found = understand(headers, vocabulary, self.mapping, as_of=self.as_of, unit=unit, cells=cells, rows=rows)
        asks, books = (self.routes.asks, self.routes.books) if self.routes else (frozenset[str](), ())
        return in_use(found, books or [self.rulebook], asks, strict=self.strict)

    def plan(self, understanding: Understanding) -> Plan:
        """Give the plan for a table whose columns were understood so."""
        columns = {f"t{place}": column for place, column in understanding.stated.items()}
        last = last_without_header([one.header for one in understanding.columns])
        remarks = remarks_of(understanding)
        return Plan(
            columns,
            self.rulebook,
            self.as_of,
            self.carry or bool(self.carried),
            self.routes,
            self.refusal,
            last,
            remarks,
            kinds=self.kinds,
        )

    def told_kinds(self, plan: Plan) -> frozenset[str]:
        """Give the kinds of warnings that are told of each row: all where they are wanted, in a workbook its notes."""
        every = frozenset(flag.kind for flag in plan.warnings) - COUNTED
        return every if self.warnings else every & NOTED if self.form == "xlsx" else frozenset()

    def asked(
        self, texts: Table, plan: Plan, headers: Sequence[str], by_row: ByRow
    ) -> tuple[Table, tuple[ColumnHead, ...]]:
        """Give what is asked of every row of a source with those headers, and the columns of the verdict file."""
        style = self._style(plan, headers)
        judged, columns = assembled(texts, plan, style, by_row, self.levels, apart=self.form == "xlsx")
        columns = workbook_columns(judged, plan, style, columns) if self.form == "xlsx" else columns
        return row_statement(judged, plan, columns, self.told_kinds(plan)), tuple(one.head for one in columns)

    def _style(self, plan: Plan, headers: Sequence[str]) -> Style:
        """Give how the verdict file is written."""
        identity = {plan.place_of.get(name) for name in IDENTITY}
        every = {f"t{place}": header for place, header in enumerate(headers)}
        every |= {name: _with_unit(every[name], column) for name, column in plan.columns.items()}
        again = {f"t{place}" for place in copies(headers, self.mapping)}
        carried = {name: header for name, header in every.items() if name not in identity | again}
        carried = {name: header for name, header in carried.items() if self.carry or header in self.carried}
        is_harmless = self.form == "csv" and not self.raw_text
        is_folded = self.form == "xlsx" and self.labels == "titles"
        counted = plan.facts_without_column if is_folded else frozenset[str]()
        return Style(self.lang, self.labels, carried, self.figures, is_harmless, counted, self.reasons)


def require_reasons(order: Order, form: str) -> None:
    """Raise InputError for a form of output that has to say why, where reasons are not wanted."""
    if not order.reasons:
        what = Text("不能省去说明：这种格式要写明理由", "cannot be left out: this form of output says why")
        instead = Text("请用 csv、parquet 或 jsonl。", "Use csv, parquet or jsonl.")
        raise InputError([Problem("reasons", what, instead, form)])


def _with_unit(header: str, column: Column) -> str:
    """Give the header of a caller's column with the unit of money that stands elsewhere, so that it is not lost."""
    is_elsewhere = column.fact.kind is Kind.MONEY and column.unit and column.unit not in header
    return f"{header}（{column.unit}）" if is_elsewhere else header


def schema_of(columns: Iterable[ColumnHead]) -> pa.Schema:
    """Give the schema of a verdict file with those columns."""
    return pa.schema([(column.heading, arrow_type(column.type)) for column in columns])


class Problems(Protocol):
    """What was refused and what is odd, in the order of the source."""

    def rejected(self, tally: Tally) -> Iterator[RowProblem]:
        """Give every problem of every rejected row, and count them."""

    def warnings(self) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row."""

    def count_warnings(self, tally: Tally) -> None:
        """Count what `warnings` gives."""


def written_beside(
    order: Order, problems: Problems, folder: Path, columns: Iterable[ColumnHead], read: Container[str]
) -> Written:
    """Write the rejected rows and, if they are wanted, the warnings into a folder, and count both.

    `columns` are those of the verdicts. Of the caller's own those that are not `read`, such as a telephone, stand in
    the file of rejected rows, beside whose they are.
    """
    own = [one for one in columns if one.is_carried]
    beside = {place: one.heading for place, one in enumerate(own) if one.id not in read}
    refused, odd = Tally(), Tally()
    files = [(folder / "rejected", order.rejected)]
    _write(folder / "rejected", problems.rejected(refused), order, beside)
    problems.count_warnings(odd)
    if order.warnings is not None:
        _write(folder / "warnings", problems.warnings(), order)
        files.append((folder / "warnings", order.warnings))
    gone = [order.rejected] if order.rejected is not None and order.rejected_if_any and not refused.rows else []
    return Written(
        refused, odd, [(file, final) for file, final in files if final is not None and final not in gone], gone
    )


def summary_file(order: Order, summary: ScreeningSummary, folder: Path) -> list[tuple[Path, Place]]:
    """Write the summary into a folder if it is wanted; give it with its final name."""
    if order.summary is None:
        return []
    (folder / "summary").write_bytes(to_json(summary, indent=True) + b"\n")
    return [(folder / "summary", order.summary)]


def _write(path: Path, problems: Iterable[RowProblem], order: Order, beside: Mapping[int, str] | None = None) -> None:
    header = [text.in_language(order.lang) for text in FIELDS.values()]
    header[WHOSE:WHOSE] = (beside or {}).values()
    titles = order.lang == "zh" and not order.raw_beside
    rows = (one.told(order.lang, titles=titles, beside=beside or ()) for one in problems)
    write_lines(path, header, rows, raw=order.raw_text or order.raw_beside)
