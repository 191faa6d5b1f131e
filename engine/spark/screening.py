"""A file of firms on Spark: the workers run the very statement of the embedded engine, each on its share of the rows.

Rows have no order and no line numbers there. What stands in the output is what `screening` would write.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import pyarrow as pa

from engine.answers.doubles import Doubles
from engine.answers.list_statements import check_statements
from engine.answers.row_account import Account
from engine.answers.spool import Spool
from engine.answers.told_problems import ToldProblems
from engine.ground.errors import EngineError, InputError, Problem, Text, short
from engine.ground.scratch import scratch
from engine.headers.understanding import Understanding
from engine.judging.batch_statement import SOURCE, Functions, source_table, statement
from engine.language.facts import IDENTITY
from engine.layout.doubtful import Doubtful
from engine.layout.unit_column import units_in_rows
from engine.outputs.summary import ScreeningSummary, require_firms, summary_of
from engine.outputs.table_output import publish, writing
from engine.outputs.verdict_file import FORMS
from engine.rulebooks.row_routes import SEVERAL
from engine.screening.order import Order, schema_of, summary_file, written_beside
from engine.spark.backend import Frame, SparkBackend, mapped, problem_of, schema_of_frame, spark_errors
from engine.spark.part_files import joined
from engine.spark.worker import KIND, WorkerScreening, batch_from, ids_of, unpacked
from engine.sql.table import Table
from engine.tables.column_text import as_text
from engine.tables.source import Broken, Source, unusable

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
    files. Rejected rows stand beside it unless the order says where. Raises InputError.
    """
    _refuse_workbooks(candidates, order)
    spark = SparkBackend(master)
    one_file = spark.is_local(output) and Path(output).suffix.lower().removeprefix(".") in FORMS
    order = replace(
        order,
        rejected=order.rejected or rejected_beside(output),
        rejected_if_any=order.rejected_if_any or order.rejected is None,
    )
    _refuse_places(candidates, output, order, spark, one_file=one_file)
    try:
        headers, frame = spark.read(candidates, order.mapping)
        source = Source(headers, Table(SOURCE, {"t0": "VARCHAR"}), lambda records, _: iter(records))
        understanding = order.understood(headers)
        on_columns(understanding, source)
        problems = [*understanding.problems, *units_in_rows(understanding, order.rulebook.vocabulary)]
        facts = order.plan(understanding).place_of
        if order.routes is not None:
            order.routes.require_area(facts)
        if order.routes is not None and order.routes.part(facts, ladder=order.levels is not None):
            instead = Text("请不用 Spark，或用 --rulebook 指明规则。", "Screen without Spark, or name one: --rulebook.")
            problems.append(Problem("level", SEVERAL, instead))
        if problems:
            raise InputError(problems)
        return _SparkScreening(spark, order, understanding, output.rstrip("/"), one_file=one_file).run(source, frame)
    except Doubtful as doubt:
        raise unusable(Path(candidates), doubt.what, doubt.instead) from doubt
    except spark_errors() as error:
        raise problem_of(candidates, error) from error


class _SparkScreening:
    """One file on its way: the workers write what they find by kind beside the output, and it is put together."""

    def __init__(
        self, spark: SparkBackend, order: Order, understanding: Understanding, output: str, *, one_file: bool
    ) -> None:
        self._spark = spark
        self._order = order
        self._understanding = understanding
        self._output = output
        self._one_file = one_file
        self._aside = f"{output}.tmp-{uuid4().hex[:8]}"
        self._plan = order.plan(understanding)

    def run(self, source: Source, frame: Frame) -> ScreeningSummary:
        """Judge, write, check that every row is accounted for, and move the files into place."""
        spark = self._spark
        try:
            if spark.is_local(self._output):
                beside = _local(self._output).absolute().parent
                with writing(beside), scratch(beside) as folder:
                    return self._run(source, frame, folder)
            with scratch(Path(gettempdir())) as own:
                return self._run(source, frame, own)
        finally:
            spark.delete(self._aside)

    def _run(self, source: Source, frame: Frame, folder: Path) -> ScreeningSummary:
        order, worker = self._order, self._worker(schema_of_frame(frame), source.headers)
        frame, rows_read = self._spark.counted(frame)
        self._spark.write_by_kind(mapped(worker, worker.gives, frame), self._aside, as_text=order.form != "parquet")
        account = self._account()
        broken = [text for several in self._packed("broken") for text in json.loads(several)]
        if account.rows + len(broken) != rows_read():
            message = f"{rows_read()} rows read, {account.rows} taken, {len(broken)} broken"
            raise EngineError(message)
        source = replace(source, broken=tuple(Broken(n, text, _BROKEN, _MEND) for n, text in enumerate(broken, 1)))
        told = Spool(folder / "told")
        for content in self._packed("told"):
            told.add(batch_from(content))
        told.close()
        doubles = Doubles(self._plan, source, self._doubles(frame, folder), account.rows, numbered=False)
        problems = ToldProblems(self._plan, account, told, source, doubles, numbered=False)
        check_statements(problems, self._understanding)
        written = written_beside(order, problems, folder, self._columns, self._plan.columns)
        summary = summary_of(self._plan, account, account.judged, source, self._understanding, written)
        require_firms(summary)
        gone = [str(place) for place in written.gone]
        self._publish(worker, [*written.files, *summary_file(order, summary, folder)], gone, folder)
        return summary

    def _worker(self, schema: pa.Schema, headers: Sequence[str]) -> WorkerScreening:
        """Give what a worker does with rows of that schema."""
        functions, source, order = Functions(), source_table(schema), self._order
        texts = {name: as_text(source[name]) for name in source.columns if name != "broken"}
        table = source.select(**texts)
        asked, columns = order.asked(table, self._plan, headers, functions.by_row)
        self._columns = columns
        run = statement(schema, asked, functions)
        return WorkerScreening(run, self._plan, order.form, schema_of(columns), with_header=not self._one_file)

    def _packed(self, kind: str) -> Iterator[bytes]:
        """Give what the workers packed, in the order of their partitions."""
        for word in self._spark.words(f"{self._aside}/{KIND}={kind}", as_text=self._order.form != "parquet"):
            yield unpacked(word)

    def _account(self) -> Account:
        account = Account(self._plan)
        for part in self._packed("account"):
            account.add(Account.from_dict(self._plan, json.loads(part)))
        return account

    def _doubles(self, frame: Frame, folder: Path) -> Spool:
        """Give the rows whose firm id stands more than once; of most files it shows at once that there are none."""
        found = Spool(folder / "doubles")
        place, as_text = f"{self._aside}/{KIND}=ids", self._order.form != "parquet"
        if self._spark.has_doubles(place, ids_of, as_text=as_text):
            for rows in self._spark.batches(self._known_doubles(frame)):
                found.add(rows)
        found.close()
        return found

    def _known_doubles(self, frame: Frame) -> Frame:
        """Give the rows whose code (without a column of codes, whose name) stands in others too as it is written."""
        names = {name: self._plan.place_of[name] for name in IDENTITY if name in self._plan.place_of}
        key, *_ = names
        known = frame.selectExpr("broken", *(f"`{column}` {name}" for name, column in names.items()))
        known = known.filter(f"broken is null and trim({key}) != ''")
        several = known.groupBy(key).count().filter("count > 1").withColumnRenamed("count", "times")
        return known.join(several, key).selectExpr(*names, "times", "0L record").orderBy(key)

    def _publish(
        self, worker: WorkerScreening, files: list[tuple[Path, Path | str]], gone: Sequence[str], folder: Path
    ) -> None:
        """Move what is finished to its final place, the verdicts last; what is gone is not left."""
        order, spark, verdicts = self._order, self._spark, f"{self._aside}/{KIND}=verdicts"
        everything = [(file, str(final)) for file, final in files]
        if self._one_file:
            joined(_local(verdicts), folder / "verdicts", order.form, worker.schema, bom=order.bom)
            everything.append((folder / "verdicts", self._output))
        for file, final in everything:
            if not spark.is_local(final):
                spark.upload(file, final)
        ours = [(file, _local(final)) for file, final in everything if spark.is_local(final)]
        publish(ours, [_local(place) for place in gone if spark.is_local(place)])
        for place in gone:
            if not spark.is_local(place):
                spark.delete_file(place)
        if not self._one_file:
            spark.move(spark.finished(verdicts, f"{self._aside}/finished", order.form, worker.schema), self._output)


def rejected_beside(output: str) -> str:
    """Give the place of the rejected rows: beside the output, under its name.

    >>> rejected_beside("s3a://firms/2026/verdicts.parquet")
    's3a://firms/2026/verdicts.rejected.csv'
    """
    folder, slash, name = output.rstrip("/").rpartition("/")
    return f"{folder}{slash}{Path(name).stem}.rejected.csv"


def _local(place: str) -> Path:
    return Path(place.removeprefix("file://") if place.startswith("file:///") else place.removeprefix("file:"))


def _refuse_workbooks(candidates: str, order: Order) -> None:
    """Refuse Excel files, which Spark neither reads nor writes. Raises InputError."""
    what = Text("Spark 不能读写 Excel 文件", "is an Excel file, which Spark does not read or write")
    instead = Text(
        "请用 .csv 或 .parquet，或不用 --engine spark。", "Use .csv or .parquet, or leave --engine spark out."
    )
    problems = []
    if candidates.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")):
        problems.append(Problem(short(candidates), what, instead))
    if order.form == "xlsx":
        problems.append(Problem("output", what, instead))
    if problems:
        raise InputError(problems)


def _refuse_places(candidates: str, output: str, order: Order, spark: SparkBackend, *, one_file: bool) -> None:
    """Refuse outputs that would fall on the input, on one another or on what Spark did not write. Raises InputError."""
    own = [str(file) for file in (order.rejected, order.warnings, order.summary) if file is not None]
    places = [place.rstrip("/") for place in (candidates, output, *own)]
    read, problems = {Path(file).resolve() for file in order.read}, []
    for place in dict.fromkeys(places[1:]):
        if places.count(place) > 1 or (spark.is_local(place) and _local(place).resolve() in read):
            what = Text("与输入或另一个输出是同一个文件", "is the same file as the input or another output")
            problems.append(Problem(short(place), what, Text("请另取文件名。", "Choose another name.")))
    if one_file and Path(output).is_dir():
        problems.append(
            Problem(short(output), Text("是文件夹", "is a folder"), Text("请写文件名。", "Give a file name."))
        )
    if not one_file and not spark.is_output(output):
        what = Text("已经存在，且不是 Spark 写的文件夹", "exists and is not a folder that Spark wrote")
        problems.append(Problem(short(output), what, Text("请另取名称。", "Choose another name.")))
    here = [place for place in ([*own, output] if one_file else own) if spark.is_local(place)]
    for place in here:
        if not _local(place).absolute().parent.is_dir():
            what = Text("所在文件夹不存在", "is in a folder that does not exist")
            problems.append(Problem(short(place), what, Text("请先建立文件夹。", "Make the folder first.")))
    if problems:
        raise InputError(problems)
