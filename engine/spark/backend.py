"""Spark: files of any place that it reads and writes, and statements that run on its workers, a partition at a time."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from engine.ground.errors import InputError, Problem, Text, short, shown
from engine.headers.repeated import repeated
from engine.judging.batch_statement import BatchStatement
from engine.tables.source import column_names

_SEPARATORS = ",;\t|"
_BATCH = 20_000
_LONGEST = 1_000_000  # characters of a cell: more means that a quote was never closed
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
    "spark.sql.legacy.parquet.nanosAsLong": "false",
    "spark.sql.maxConcurrentOutputFileWriters": "8",  # kinds of what workers write: none has to be sorted
}
_HELP = Text(
    "请安装 Java 17 和 champion 的 spark 附加包：pip install 'champion[spark]'；"
    "克隆的代码里：sh .ci/uv sync --frozen --no-dev --extra spark。",
    "Install Java 17 and the extra `spark`: pip install 'champion[spark]', or in a clone "
    "sh .ci/uv sync --frozen --no-dev --extra spark.",
)

BatchFunction = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
Frame = Any  # a DataFrame of Spark, which need not be there
_Java = Any


class SparkBackend:
    """One Spark session."""

    def __init__(self, master: str) -> None:
        """Start a session, or take the one that runs in this process. Raises InputError."""
        self.session = _session(master)
        self._jvm = self.session._jvm  # noqa: SLF001 the only way to Hadoop's file systems
        self._conf = self.session._jsc.hadoopConfiguration()  # noqa: SLF001

    def read(self, place: str, mapping: Mapping[str, str]) -> tuple[tuple[str, ...], Frame]:
        """Give the headers of a file or folder, and its rows; a column that is mapped to several facts stands so often.

        CSV has text columns t0, t1, … and `broken`, which has the text of a record that does not fit; Parquet has its
        own columns under those names. Raises InputError.
        """
        with _errors_mapped(place):
            if self._is_parquet(place):
                frame = self.session.read.parquet(place)
                headers = tuple(frame.columns)
                frame = frame.toDF(*column_names(len(headers))).selectExpr("*", "cast(null as string) broken")
            else:
                headers, frame = self._read_csv(place)
            again = repeated(headers, mapping)
            every = (*headers, *(headers[at] for at in again))
            copies = [f"t{at} as t{at_end}" for at_end, at in enumerate(again, len(headers))]
            return every, frame.selectExpr(*column_names(len(headers)), *copies, "broken")

    def rows(self, frame: Frame) -> Iterator[dict[str, Any]]:
        """Give the rows of a frame, a partition at a time."""
        for row in frame.toLocalIterator():
            yield row.asDict()

    def write_by_kind(self, frame: Frame, place: str, *, as_text: bool) -> None:
        """Write a frame with a column `kind` as a folder for each kind: lines of text, or Parquet."""
        writer = frame.write.partitionBy("kind")
        if as_text:
            writer.option("lineSep", "\n").text(place)
        else:
            writer.parquet(place)

    def counted(self, frame: Frame) -> tuple[Frame, Callable[[], int]]:
        """Give a frame that counts its rows when it is written, and the function that gives how many there were."""
        from pyspark.sql import Observation, functions  # noqa: PLC0415

        seen = Observation()
        return frame.observe(seen, functions.count(functions.lit(1)).alias("rows")), lambda: int(seen.get["rows"])

    def batches(self, frame: Frame) -> Iterator[pa.RecordBatch]:
        """Give the rows of a frame, some at a time."""
        yield from frame.toArrow().to_batches()

    def has_doubles(self, place: str, ids_of: BatchFunction, *, as_text: bool) -> bool:
        """Say whether a number that `ids_of` finds in the column `value` of a folder stands more than once."""
        if not self.exists(place):
            return False
        ids = mapped(ids_of, pa.schema([("id", pa.int64())]), self._values(place, as_text=as_text))
        return not ids.groupBy("id").count().filter("count > 1").isEmpty()

    def _values(self, place: str, *, as_text: bool) -> Frame:
        reader = self.session.read.option("lineSep", "\n").text if as_text else self.session.read.parquet
        return reader(place).select("value")

    def words(self, place: str, *, as_text: bool) -> Iterator[str]:
        """Give the column `value` of a folder, in its own order; of one that is not there nothing."""
        if self.exists(place):
            for row in self._values(place, as_text=as_text).sort("value").toLocalIterator():
                yield row[0]

    def finished(self, parts: str, place: str, form: str, schema: pa.Schema) -> str:
        """Give the folder of verdicts under the headings of `schema`: the parts as they are, or written anew."""
        if form == "parquet":
            from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

            names = {f"value_{number}": name for number, name in enumerate(schema.names)}
            if self.exists(parts):
                frame = self.session.read.parquet(parts).select(*names)
            else:
                frame = self.session.createDataFrame([], from_arrow_schema(schema))
            frame.toDF(*names.values()).write.parquet(place)
            return place
        files, folder = self._files(place), self._path(place)
        files.mkdirs(folder)
        for one in files.listStatus(self._path(parts)) if self.exists(parts) else ():
            name = one.getPath().getName().removesuffix(".txt")
            files.rename(one.getPath(), self._path(f"{place}/{name}.{form}"))
        files.create(self._path(f"{place}/_SUCCESS")).close()
        return place

    def is_local(self, place: str) -> bool:
        """Say whether a place is on the disk of this machine."""
        return bool(self._files(place).getScheme() == "file")

    def exists(self, place: str) -> bool:
        """Say whether there is something."""
        with _errors_mapped(place):
            return bool(self._files(place).exists(self._path(place)))

    def is_output(self, place: str) -> bool:
        """Say whether there is nothing yet, or a folder that Spark wrote."""
        return not self.exists(place) or self.exists(f"{place}/_SUCCESS")

    def delete(self, place: str) -> None:
        """Delete a folder with all that is in it."""
        self._files(place).delete(self._path(place), True)  # noqa: FBT003 Java has no names for arguments

    def delete_file(self, place: str) -> None:
        """Delete a file, if there is one; a folder stays."""
        files, path = self._files(place), self._path(place)
        if files.exists(path) and files.getFileStatus(path).isFile():
            files.delete(path, False)  # noqa: FBT003 Java has no names for arguments

    def move(self, finished: str, final: str) -> None:
        """Give a finished folder its final name, in place of what stood there. Raises InputError."""
        older = f"{finished}.older"
        if self.exists(final):
            self._files(final).rename(self._path(final), self._path(older))
        if not self._files(final).rename(self._path(finished), self._path(final)):
            if self.exists(older):
                self._files(final).rename(self._path(older), self._path(final))
            raise InputError([Problem(short(final), Text("无法写入", "cannot be written"))])

    def upload(self, file: Path, final: str) -> None:
        """Copy a file of this machine to its final place."""
        overwrite, keep = True, False
        self._files(final).copyFromLocalFile(keep, overwrite, self._path(str(file.absolute())), self._path(final))

    def _path(self, place: str) -> _Java:
        return self._jvm.org.apache.hadoop.fs.Path(place)

    def _files(self, place: str) -> _Java:
        with _errors_mapped(place):
            return self._path(place).getFileSystem(self._conf)

    def _is_parquet(self, place: str) -> bool:
        """Say whether a file is Parquet, or a folder has files that are."""
        if place.rstrip("/").lower().endswith(".parquet"):
            return True
        files, path = self._files(place), self._path(place)
        if not files.exists(path) or not files.getFileStatus(path).isDirectory():
            return False
        return any(".parquet" in one.getPath().getName() for one in files.listStatus(path))

    def _read_csv(self, place: str) -> tuple[tuple[str, ...], Frame]:
        from pyspark.sql.types import StringType, StructField, StructType  # noqa: PLC0415

        lines = self.session.read.text(place)
        first = lines.filter("trim(value) != ''").head()
        if first is None:
            raise InputError([Problem(short(place), Text("是空文件", "is empty"))])
        separator = max(_SEPARATORS, key=first[0].count)
        # A file can be shared out among workers only if no record goes over several lines.
        odd_quotes = "(octet_length(value) - octet_length(replace(value, '\"', ''))) % 2 != 0"
        over_lines = not lines.filter(f"contains(value, '\"') and {odd_quotes}").isEmpty()
        read = self.session.read.options(
            sep=separator,
            quote='"',
            escape='"',
            multiLine=over_lines,
            mode="PERMISSIVE",
            columnPruning=False,
            maxCharsPerColumn=_LONGEST,
            ignoreLeadingWhiteSpace=False,
            ignoreTrailingWhiteSpace=False,
        )
        headers = tuple((cell or "").removeprefix("\ufeff") for cell in read.csv(place).head())
        if "\ufffd" in "".join(headers):
            what = Text("不是 UTF-8 编码", "is not in UTF-8")
            instead = Text("请转换为 UTF-8，或不用 --engine spark。", "Convert it, or do not use --engine spark.")
            raise InputError([Problem(short(place), what, instead)])
        names = column_names(len(headers))
        told_apart = len({header.casefold() for header in headers}) == len(headers) and all(headers)
        told_apart = told_apart and not {"broken", "record"} & {header.casefold() for header in headers}
        fields = [StructField(name, StringType()) for name in (headers if told_apart else names)]
        frame = read.csv(
            place,
            header=True,
            schema=StructType([*fields, StructField("broken", StringType())]),
            columnNameOfCorruptRecord="broken",
            enforceSchema=not told_apart,  # in a folder, every file must have the same header
        )
        return headers, frame.toDF(*names, "broken")


def schema_of_frame(frame: Frame) -> pa.Schema:
    """Give the schema of a frame."""
    from pyspark.sql.pandas.types import to_arrow_schema  # noqa: PLC0415

    return to_arrow_schema(frame.schema)


def mapped(function: BatchFunction, gives: pa.Schema, frame: Frame) -> Frame:
    """Give the frame that a function makes of the batches of each partition of a frame; lazy."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    def on_worker(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return function(batches)

    with _quiet():
        return frame.mapInArrow(on_worker, from_arrow_schema(gives))


def applied(statement: BatchStatement, frame: Frame) -> Frame:
    """Give the frame that a statement makes of each partition of a frame; lazy."""
    return mapped(statement, statement.gives, frame.select(*statement.takes.names))


def _session(master: str) -> _Java:
    """Start Spark with nothing on the terminal. Raises InputError if it is not there or does not start."""
    try:
        with _quiet():
            from pyspark.sql import SparkSession  # noqa: PLC0415 an extra
    except ImportError as error:
        raise InputError([Problem("--engine spark", Text("没有安装 PySpark", "needs PySpark"), _HELP)]) from error
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else shutil.which("java")
    if java is None or not Path(java).exists():
        raise InputError([Problem("--engine spark", Text("没有找到 Java", "needs Java"), _HELP)])
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("champion").master(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    with tempfile.TemporaryFile() as told, _quiet():
        try:
            with _errors_to(told.fileno()):
                session = builder.getOrCreate()
        except spark_errors() as error:
            told.seek(0)
            last = [line for line in told.read().decode("utf-8", "replace").splitlines() if line.strip()][-1:]
            reason = shown(" ".join(last) or str(error).splitlines()[0], 200)
            what = Text(f"Spark 无法启动：{reason}", f"Spark does not start: {reason}")
            raise InputError([Problem(f"--master {short(master)}", what, _HELP)]) from error
    session.sparkContext.setLogLevel("OFF")
    return session


@contextmanager
def _errors_to(file: int) -> Iterator[None]:
    """Let the Java process that is started within write to `file` what it would write to standard error."""
    sys.stderr.flush()
    kept = os.dup(2)
    os.dup2(file, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the warnings of PySpark about the versions of others to itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _errors_mapped(place: str) -> Iterator[None]:
    """Turn what Spark or Java says of a place into a problem of it."""
    try:
        yield
    except spark_errors() as error:
        raise problem_of(place, error) from error


def problem_of(place: str, error: Exception) -> InputError:
    """Give the problem that Spark has with a place."""
    words = str(error)
    if "PATH_NOT_FOUND" in words or "FileNotFoundException" in words:
        return InputError([Problem(short(place), Text("文件不存在", "does not exist"))])
    if "Traceback (most recent call last)" in words:  # of a worker: the last line says what happened
        told = words.rsplit("Traceback (most recent call last)", maxsplit=1)[-1].split("JVM stacktrace", maxsplit=1)[0]
        words = next((line for line in told.splitlines()[::-1] if re.match(r"[\w.]+: ", line)), words)
    causes = re.findall(r"(?:Caused by: |: )[\w.$]*(?:Exception|Error): ([^\n]+)", words)
    reason = shown(cast("str", (causes or words.splitlines() or [type(error).__name__])[-1 if causes else 0]), 200)
    return InputError([Problem(short(place), Text(f"Spark 报告：{reason}", f"Spark reports: {reason}"))])


def spark_errors() -> tuple[type[Exception], ...]:
    """Give what Spark raises while it works."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped] # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return PySparkException, Py4JError
