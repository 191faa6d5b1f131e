"""A file of firms on Spark: the workers run the very statements of the embedded engine, each on its share of the rows.

Rows have no order and no line numbers there. What stands in the output is what `screening` would write.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from engine.batch_statement import BatchStatement, Functions, source_table, statement
from engine.column_text import as_text
from engine.errors import EngineError, InputError, Problem, Text, short, shown
from engine.headers import Understanding, understand
from engine.ladder_rows import ladder_rows
from engine.part_files import joined
from engine.problem_rows import FIELDS, RowProblem, Tally, doubles_of, odd_rows, problems_of, rejected_rows, warnings_of
from engine.screen_plan import IDENTITY, Plan, with_reasons
from engine.screening import FORMS, Order
from engine.screening_summary import (
    ColumnTold,
    ProblemCount,
    ScreeningSummary,
    counts,
    criterion_counts,
    missing_counts,
)
from engine.source import BLANKS, Source
from engine.spark_backend import Frame, SparkBackend, applied, problem_of, schema_of, spark_errors
from engine.table_output import publish, scratch, write_lines
from engine.verdict import Standing
from engine.verdict_rows import Style, verdict_rows
from engine.writing import to_json

_OURS = ("record", "broken", "blank")
_BROKEN = Text("各格的数目与列名不一致", "does not have as many cells as the header")
_MEND = Text("请核对这一行的引号和分隔符。", "Check the quotes and separators of the line.")


def screen_on_spark(
    candidates: str,
    output: str,
    order: Order,
    master: str,
    on_columns: Callable[[Understanding, Source], None] = lambda *_: None,
) -> ScreeningSummary:
    """Judge every row of `candidates` (CSV or Parquet, a file or a folder, any place that Spark reads) as ordered.

    The verdicts are one file if `output` is on this machine and named .csv, .parquet or .jsonl, else a folder of part
    files as Spark writes them. Rejected rows stand beside it unless the order says where. Raises InputError.
    """
    _refuse_workbooks(candidates, order)
    spark = SparkBackend(master)
    one_file = spark.is_local(output) and Path(output).suffix.lower().removeprefix(".") in FORMS
    _refuse_places(candidates, output, order, spark, one_file=one_file)
    try:
        headers, frame = spark.read(candidates)
        understanding = understand(headers, order.rulebook.vocabulary, order.mapping)
        on_columns(understanding, Source(headers, ibis.table({"t0": "string"}), lambda _: []))
        if understanding.problems:
            raise InputError(understanding.problems)
        return _SparkScreening(spark, order, understanding, output, one_file=one_file).run(frame)
    except spark_errors() as error:
        raise problem_of(candidates, error) from error


class _SparkScreening:
    """One file on its way: a stage of Parquet beside the output, and what is made from it."""

    def __init__(
        self, spark: SparkBackend, order: Order, understanding: Understanding, output: str, *, one_file: bool
    ) -> None:
        self._spark = spark
        self._order = order
        self._understanding = understanding
        self._output = output.rstrip("/")
        self._one_file = one_file
        columns = {f"t{place}": column for place, column in understanding.stated.items()}
        self._plan = Plan(columns, order.rulebook, order.as_of)
        identity = {self._plan.place_of.get(name) for name in IDENTITY}
        every = {f"t{one.place}": one.header for one in understanding.columns}
        self._carried = {name: header for name, header in every.items() if order.carry and name not in identity}
        self._refused, self._odd = Tally(), Tally()

    def run(self, frame: Frame) -> ScreeningSummary:
        """Judge, write, check that every row is accounted for, and move the files into place."""
        spark, name = self._spark, uuid4().hex[:8]
        aside = f"{self._output}.tmp-{name}"
        try:
            if spark.is_local(self._output):
                with scratch(Path(self._output.removeprefix("file://")).absolute().parent) as folder:
                    return self._run(frame, aside, folder)
            with tempfile.TemporaryDirectory(prefix="champion-") as own:
                return self._run(frame, aside, Path(own))
        finally:
            spark.delete(aside)

    def _run(self, frame: Frame, aside: str, folder: Path) -> ScreeningSummary:
        spark, plan = self._spark, self._plan
        stage = spark.store(applied(self._judging(schema_of(frame)), frame), f"{aside}/stage")
        source = source_table(schema_of(stage))
        rows = source.filter(~source.blank & source.broken.isnull())
        row = _summed(spark.rows(applied(statement(source, counts(rows, plan), Functions()), stage)))
        [size] = spark.rows(stage.selectExpr("count(*) n", "count_if(blank) blank"))
        files = [*self._write_problems(stage, source, rows, folder)]
        order = self._order
        summary = ScreeningSummary(
            rulebook=plan.rulebook.id,
            digest=plan.rulebook.digest,
            as_of=plan.as_of.isoformat(),
            rows_in=size["n"] - size["blank"],
            verdicts=row["rows"],
            rejected=self._refused.rows,
            blank_rows=size["blank"],
            by_verdict={standing.value: row[standing.value] for standing in Standing},
            criteria=criterion_counts(row, plan),
            missing=missing_counts(row, plan),
            problems=tuple(replace(ProblemCount(*kind), first_line=None) for kind in self._refused.kinds()),
            warnings=tuple(replace(ProblemCount(*kind), first_line=None) for kind in self._odd.kinds()),
            columns=tuple(
                ColumnTold(one.header, one.fact.id if one.fact else None, one.how)
                for one in self._understanding.columns
            ),
            cautions=plan.cautions,
        )
        style = Style(order.lang, order.labels, self._carried, order.figures)
        told = verdict_rows(rows, plan, style)
        if order.levels is not None:
            told = ladder_rows(rows, plan, style, order.levels)
        verdicts = _as_written(told, order.form)
        written = spark.write(
            applied(statement(source, verdicts, Functions()), stage),
            f"{aside}/verdicts",
            order.form,
            header=not self._one_file,
        )
        if summary.rows_in != summary.verdicts + summary.rejected or written != summary.verdicts:
            message = (
                f"{summary.rows_in} rows in, {row['rows']} verdicts, {written} written, {summary.rejected} rejected"
            )
            raise EngineError(message)
        if order.summary is not None:
            (folder / "summary").write_bytes(to_json(summary, indent=True) + b"\n")
            files.append((folder / "summary", str(order.summary)))
        self._publish(f"{aside}/verdicts", verdicts.columns, files, folder)
        return summary

    def _judging(self, schema: pa.Schema) -> BatchStatement:
        """Give the statement that makes the stage of a source."""
        functions, source = Functions(), source_table(schema)
        cells = [name for name in source.columns if name not in _OURS]
        texts = {name: as_text(source[name]) for name in cells}
        blank = ibis.and_(source.broken.isnull(), *(_is_blank(text) for text in texts.values()))
        table = source.select(**texts, record=source.record, broken=source.broken, blank=blank)
        stage = self._plan.stage(table, functions.by_row, (*self._carried, *_OURS))
        return statement(source, with_reasons(stage, self._plan), functions)

    def _write_problems(
        self, stage: Frame, source: ir.Table, rows: ir.Table, folder: Path
    ) -> Iterator[tuple[Path, str]]:
        """Write the rejected rows and the warnings, counting both; give the files with their final places."""
        order = self._order
        found = (
            (
                "rejected",
                self._rejected(stage, source, rows),
                self._refused,
                str(order.rejected or rejected_beside(self._output)),
            ),
            ("warnings", self._warnings(stage, source, rows), self._odd, order.warnings and str(order.warnings)),
        )
        for name, problems, tally, final in found:
            write_lines(
                folder / name,
                [text.in_language(order.lang) for text in FIELDS.values()],
                (replace(one, line=None).told(order.lang) for one in tally.counted(problems)),
                bom=order.bom,
            )
            if final:
                yield folder / name, final

    def _rejected(self, stage: Frame, source: ir.Table, rows: ir.Table) -> Iterator[RowProblem]:
        """Give every problem of every rejected row; `line` is only what tells the rows apart."""
        rejected = statement(source, rejected_rows(rows, self._plan), Functions())
        yield from self._told(applied(rejected, stage.filter("rejected")), problems_of)
        for row in self._spark.rows(stage.filter("broken is not null").select("record", "broken")):
            yield RowProblem(None, row["record"], None, None, "", "", Problem("", _BROKEN, _MEND, shown(row["broken"])))

    def _warnings(self, stage: Frame, source: ir.Table, rows: ir.Table) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row, and firm ids that stand more than once."""
        odd = statement(source, odd_rows(rows, self._plan), Functions())
        flags = " or ".join(["bad_elsewhere is not null", *(f"`{name}`" for name in stage.columns if name[:2] == "w_")])
        yield from self._told(applied(odd, stage.filter(flags)), warnings_of)
        known = stage.filter("broken is null and not blank and trim(firm_id) != ''")
        several = known.groupBy("firm_id").count().filter("count > 1").withColumnRenamed("count", "times")
        doubles = known.join(several, "firm_id").select("record", "firm_id", "firm_name", "times").orderBy("record")
        yield from self._told(doubles, doubles_of)

    def _told(
        self, frame: Frame, told_of: Callable[[Mapping[str, Any], Plan], Iterator[RowProblem]]
    ) -> Iterator[RowProblem]:
        for row in self._spark.rows(frame):
            for problem in told_of(row, self._plan):
                yield replace(problem, line=row["record"])

    def _publish(self, verdicts: str, columns: tuple[str, ...], files: list[tuple[Path, str]], folder: Path) -> None:
        """Move what is finished to its final place, the verdicts last."""
        order, spark = self._order, self._spark
        if self._one_file:
            one = folder / "verdicts"
            joined(_local(verdicts), one, order.form, columns, bom=order.bom)
            files = [*files, (one, self._output)]
        local = [(file, _local(final)) for file, final in files if spark.is_local(final)]
        for file, final in files:
            if not spark.is_local(final):
                spark.upload(file, final)
        publish(local)
        if not self._one_file:
            spark.move(verdicts, self._output)


def rejected_beside(output: str) -> str:
    """Give the place of the rejected rows: beside the output, under its name.

    >>> rejected_beside("s3a://firms/2026/verdicts.parquet")
    's3a://firms/2026/verdicts.rejected.csv'
    """
    folder, slash, name = output.rstrip("/").rpartition("/")
    return f"{folder}{slash}{Path(name).stem}.rejected.csv"


def _local(place: str) -> Path:
    return Path(place.removeprefix("file://") if place.startswith("file:///") else place.removeprefix("file:"))


def _is_blank(text: ir.StringValue) -> ir.BooleanValue:
    """Say whether a cell has nothing in it."""
    return text.isnull() | ~text.re_search(f"[^{BLANKS}]")


def _summed(several: Iterator[dict[str, Any]]) -> dict[str, int]:
    """Add up the counts of all partitions."""
    total: dict[str, int] = {}
    for one in several:
        for name, number in one.items():
            total[name] = total.get(name, 0) + int(number)
    return total


def _as_written(rows: ir.Table, form: str) -> ir.Table:
    """Give the columns of a CSV file as the embedded engine writes them."""
    if form != "csv":
        return rows
    return rows.select(
        **{name: rows[name] if rows[name].type().is_string() else rows[name].cast("string") for name in rows.columns}
    )


def _refuse_workbooks(candidates: str, order: Order) -> None:
    """Refuse Excel files, which Spark neither reads nor writes. Raises InputError."""
    what = Text("Spark 不能读写 Excel 文件", "is an Excel file, which Spark does not read or write")
    instead = Text(
        "请用 .csv 或 .parquet，或不用 --engine spark。", "Use .csv or .parquet, or leave --engine spark out."
    )
    problems = []
    if candidates.lower().endswith((".xlsx", ".xlsm", ".xls")):
        problems.append(Problem(short(candidates), what, instead))
    if order.form == "xlsx":
        problems.append(Problem("output", what, instead))
    if problems:
        raise InputError(problems)


def _refuse_places(candidates: str, output: str, order: Order, spark: SparkBackend, *, one_file: bool) -> None:
    """Refuse outputs that would fall on the input, on one another or on what Spark did not write. Raises InputError."""
    own = [str(file) for file in (order.rejected, order.warnings, order.summary) if file is not None]
    places = [place.rstrip("/") for place in (candidates, output, *own)]
    problems = []
    for place in dict.fromkeys(places[1:]):
        if places.count(place) > 1:
            what = Text("与输入或另一个输出是同一个文件", "is the same file as the input or another output")
            problems.append(Problem(short(place), what, Text("请另取文件名。", "Choose another name.")))
    if one_file and Path(output).is_dir():
        problems.append(
            Problem(short(output), Text("是文件夹", "is a folder"), Text("请写文件名。", "Give a file name."))
        )
    if not one_file and not spark.is_output(output):
        what = Text("已经存在，且不是 Spark 写的文件夹", "exists and is not a folder that Spark wrote")
        problems.append(Problem(short(output), what, Text("请另取名称。", "Choose another name.")))
    here = [*own, output] if one_file else own
    for place in here:
        if not _local(place).absolute().parent.is_dir():
            what = Text("所在文件夹不存在", "is in a folder that does not exist")
            problems.append(Problem(short(place), what, Text("请先建立文件夹。", "Make the folder first.")))
    if problems:
        raise InputError(problems)
