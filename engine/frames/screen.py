"""A table of firms in Python, screened where it is: Ibis (DuckDB, Spark), Arrow, Polars and pandas.

Every row comes back, in its place. A row with a problem has no verdict and no outcomes; `problems` says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

import pyarrow as pa

from engine.columns.values import ByRow
from engine.frames.account import PROBLEMS, warn_of_refused
from engine.frames.arrow_of import arrow_of
from engine.frames.editions import by_edition, routed
from engine.ground.errors import InputError, Language, Problem, Text, short
from engine.headers.by_cells import LOOKED_AT
from engine.headers.narrowing import narrowing, texts_of_both
from engine.headers.repeated import repeated
from engine.headers.understanding import understand
from engine.judging.assembly import assembled
from engine.judging.batch_statement import FEW, Functions, source_table, statement
from engine.judging.column_use import in_use
from engine.judging.plan import Plan
from engine.judging.problem_rows import told_of_rows
from engine.judging.row_remarks import remarks_of
from engine.judging.ruling import ruling
from engine.judging.verdict_rows import Labels, RowColumn, Style
from engine.language.decision_day import Day, given_day
from engine.language.facts import Vocabulary
from engine.layout.frame_statements import statements_in_rows
from engine.layout.no_firm import cells_of_firms
from engine.layout.unit_column import units_in_rows
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.row_routes import SEVERAL
from engine.sql.functions import cases
from engine.sql.table import Table
from engine.tables.arrow_columns import plain_column, plain_type
from engine.tables.column_text import text_table

TableT = TypeVar("TableT")
_KEPT = ("line", "firm_id", "firm_name", "rulebook", "digest", "as_of")


def screen(  # noqa: PLR0913 as many as a screening has options
    table: TableT,
    rulebook: str | None = None,
    as_of: Day | None = None,
    *,
    level: str | None = None,
    lang: Language = "zh",
    labels: Labels = "ids",
    mapping: Mapping[str, str] | None = None,
    figures: bool = False,
    reasons: bool = True,
    strict: bool = False,
    catalog: Catalog | None = None,
) -> TableT:
    """Give the verdict on every row of `table`, whose headers name facts, as a table of the same kind.

    An Ibis table of DuckDB or Spark stays lazy and on its back end (of one of DuckDB some rows are looked at, for what
    they say of all); a Polars LazyFrame is collected, and lazy again.
    `mapping` says which fact a column states, by its header; `figures` adds the figures that were looked at; without
    `reasons` rows do not say why; `strict` refuses a table of which no column states a fact that the rulebook uses.
    With `level` each row is decided by the edition for what it applies for; where there are two, the columns of
    criteria say which, and an Ibis table is refused. A rejected row has null for its verdict and outcomes, and its
    problems in the column `problems`, which is null elsewhere; there is a RefusedRowsWarning of those of a table that
    is not lazy, and `account` gives them.
    Raises InputError for problems of the columns, of the table or of the choice of rulebook.

    >>> from datetime import date
    >>> import pyarrow as pa
    >>> firms = pa.table({"企业名称": ["甲", "乙"], "全球市场占有率(%)": ["12.4", "约15%"]})
    >>> screen(firms, as_of=date(2026, 6, 30), lang="en").select(["verdict", "problems"]).to_pylist()[0]
    {'verdict': 'not_qualified', 'problems': None}
    """
    rules = catalog or shipped()
    style = Style(lang, labels, {}, figures, reasons=reasons)
    day = given_day(as_of)
    chosen = ruling(rules, rulebook, level, day)

    def screened(
        book: Rulebook,
        refusal: Problem | None,
        rows: pa.Table | None,
        source: Table,
        headers: Sequence[str],
        by_row: ByRow,
        *,
        is_whole: bool,
    ) -> Table:
        first = None if rows is None else partial(_first_cells, rows)
        found = understand([str(header) for header in headers], book.vocabulary, mapping, as_of=day, cells=first)
        understanding = in_use(found, (chosen.routes and chosen.routes.books) or [book], strict=strict)
        cells = (lambda at: rows.column(at).unique().to_pylist()) if rows is not None and is_whole else None
        problems = [*understanding.problems, *units_in_rows(understanding, book.vocabulary, cells)]
        if rows is not None:
            problems += statements_in_rows(rows, understanding, book.vocabulary, day, mapping)
        if problems:
            raise InputError(problems)
        stated = {f"t{place}": column for place, column in understanding.stated.items()}
        remarks = remarks_of(understanding)
        plan = Plan(stated, book, day, routes=chosen.routes, refusal=refusal, remarks=remarks)
        texts = text_table(source, {*plan.columns, *remarks})
        judged, columns = assembled(texts, plan, style, by_row, chosen.levels)
        return _with_problems(judged, plan, columns, style, by_row)

    def on_arrow(arrow: pa.Table) -> pa.Table:
        def decided(book: Rulebook, refusal: Problem | None, rows: pa.Table) -> pa.Table:
            return _on_arrow(rows, partial(screened, book, refusal, rows, is_whole=True))

        arrow = _with_places(_plainly_typed(arrow), rules.vocabulary, mapping)
        found = by_edition(arrow, chosen, decided, mapping, day, lang)
        warn_of_refused(found, lang)
        return found

    if type(table).__module__.split(".")[0] == "ibis":
        from engine.frames.lazy import Lazy  # noqa: PLC0415 an extra

        lazy = Lazy.of(table, rules.vocabulary, mapping)
        keys = routed(lazy.headers, chosen, mapping, day)
        facts = [column.fact.id for column in keys.values()]
        if chosen.routes is not None and chosen.routes.part(facts, ladder=chosen.levels is not None):
            instead = Text(
                "请用 .to_pyarrow()，或用 rulebook= 指明规则。", "Use .to_pyarrow(), or name one by rulebook=."
            )
            raise InputError([Problem("level", SEVERAL, instead)])
        whole = partial(screened, chosen.rulebook, None, is_whole=False)
        return cast("TableT", lazy.screened(whole))
    return _of_kind(table, on_arrow)


def _first_cells(rows: pa.Table, place: int, code: int | None, name: int | None) -> list[object]:
    """Give the first cells of a column in rows of firms, with the places of their codes and names."""
    whose = ([] if one is None else rows.column(one).slice(0, LOOKED_AT).to_pylist() for one in (code, name))
    return [*cells_of_firms(rows.column(place).slice(0, LOOKED_AT).to_pylist(), *whose)]


def _of_kind(table: TableT, screened: Callable[[pa.Table], pa.Table]) -> TableT:
    """Give what `screened` makes of a table of whatever kind, as a table of that kind. Raises InputError."""
    found, given = screened(arrow_of(table)), cast("Any", table)
    if isinstance(given, pa.Table):
        return cast("TableT", found)
    if type(table).__module__.split(".")[0] == "polars":
        import polars as pl  # noqa: PLC0415 the caller has it

        frame: Any = pl.from_arrow(found)
        return cast("TableT", frame.lazy() if isinstance(given, pl.LazyFrame) else frame)
    frame = found.to_pandas()
    frame.index = given.index
    return cast("TableT", frame)


def _with_places(table: pa.Table, vocabulary: Vocabulary, mapping: Mapping[str, str] | None) -> pa.Table:
    """Give a table with the columns again that state several facts, and one more where two state a place together."""
    for place in repeated(list(map(str, table.column_names)), mapping):
        table = table.append_column(table.field(place), table.column(place))
    found = narrowing(list(map(str, table.column_names)), vocabulary, mapping)
    if found is None:
        return table
    texts = texts_of_both(*(table.column(place).to_pylist() for place in (found.wide, found.narrow)))
    return table.append_column(found.header, pa.array(texts, pa.string()))


def _plainly_typed(table: pa.Table) -> pa.Table:
    """Give a table whose columns have types that the database reads. Raises InputError for one of another."""
    columns, problems = [], []
    for name, column in zip(table.column_names, table.columns, strict=True):
        try:
            columns.append(plain_column(column, plain_type(column.type)))
        except pa.ArrowException:
            what = Text(f"是不能读取的类型 {column.type}", f"has a type that cannot be read, {column.type}")
            instead = Text("请先转换为文字或数。", "Convert it to text or figures first.")
            problems.append(Problem(short(name), what, instead))
    if problems:
        raise InputError(problems)
    return pa.Table.from_arrays(columns, table.column_names)


def _on_arrow(table: pa.Table, screened: Callable[[Table, Sequence[str], ByRow], Table]) -> pa.Table:
    functions = Functions()
    headers = table.column_names
    names = [f"c{place}" for place in range(len(headers))]
    schema = pa.schema([(name, one.type) for name, one in zip(names, table.schema, strict=True)])
    run = statement(
        schema, screened(source_table(schema), headers, functions.by_row), functions, of_few=table.num_rows <= FEW
    )
    taken = [table.column(names.index(name)) for name in run.takes.names]
    table = pa.Table.from_arrays(taken, run.takes.names)
    found = pa.Table.from_batches(run(iter(table.to_batches())), schema=run.gives)
    return found.set_column(0, run.gives.field(0), pa.arange(1, found.num_rows + 1))


def _with_problems(judged: Table, plan: Plan, columns: Sequence[RowColumn], style: Style, by_row: ByRow) -> Table:
    """Give the columns of all rows; null where a row is rejected, with what is wrong with it."""
    told = told_of_rows(
        judged,
        plan,
        plan.flags,
        by_row,
        lambda row: [replace(one.problem, where=one.column).in_language(style.lang) for one in row.problems()],
    )
    problems = told(judged["rejected"]).join("; ")
    found = {
        column.heading: column.value if column.id in _KEPT else cases((~judged["rejected"], column.value))
        for column in columns
    }
    heading = "problems" if style.labels == "ids" else PROBLEMS.in_language(style.lang)
    return judged.select(**found, **{heading: problems})
