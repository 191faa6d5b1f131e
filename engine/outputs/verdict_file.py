"""Verdict files as they grow, a batch at a time: CSV, JSON lines, Parquet and Excel; the same rows, the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal, Protocol

import duckdb
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from engine.ground.errors import Language
from engine.outputs.page_lines import Beside
from engine.outputs.table_output import BOM

Form = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMS: tuple[Form, ...] = ("csv", "xlsx", "parquet", "jsonl")
_GROUP = 100_000  # rows of a Parquet file that are compressed together
_PLAIN = pc.WriteOptions(include_header=False, batch_size=2048)


class VerdictFile(Protocol):
    """A file of verdicts that is being written; `rows` is how many there are so far."""

    rows: int

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some more rows."""

    def close(self, beside: Beside | None = None) -> None:
        """Write what is left. Only a workbook has anything beside the verdicts."""


def verdict_file(
    path: Path,
    form: Form,
    schema: pa.Schema,
    *,
    ids: Sequence[str] = (),
    carried: Sequence[int] = (),
    lang: Language = "zh",
    bom: bool = False,
) -> VerdictFile:
    """Begin a file whose rows have that schema: columns of those ids, the caller's own at the places `carried`."""
    if form == "parquet":
        return ParquetFile(path, schema)
    if form == "xlsx":
        from engine.outputs.excel_output import Workbook  # noqa: PLC0415 most files are not

        return Workbook(path, schema, ids, carried, lang)
    sink = pa.OSFile(str(path), "wb")
    if form == "csv":
        sink.write((BOM if bom else "").encode() + header_line(schema.names))
    return text_file(sink, form, schema)


def text_file(sink: pa.NativeFile, form: Form, schema: pa.Schema) -> VerdictFile:
    """Begin CSV without a header, or JSON lines, in an open file."""
    return CsvFile(sink, schema) if form == "csv" else JsonLines(sink, schema)


@cache
def _keeping_pool() -> pa.MemoryPool:
    """Give memory that is kept for the next batch: to ask for it anew each time costs more than writing."""
    return pa.jemalloc_memory_pool() if "jemalloc" in pa.supported_memory_backends() else pa.default_memory_pool()


def header_line(names: Sequence[str]) -> bytes:
    """Give the first line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return line.getvalue().encode()


class CsvFile:
    """CSV in UTF-8; every text stands in quotes, an empty cell is null."""

    def __init__(self, sink: pa.NativeFile, schema: pa.Schema) -> None:
        self.rows = 0
        self._sink = sink
        self._writer = pc.CSVWriter(sink, schema, write_options=_PLAIN, memory_pool=_keeping_pool())

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some more rows."""
        self.rows += rows.num_rows
        self._writer.write_batch(rows)

    def close(self, beside: Beside | None = None) -> None:  # noqa: ARG002
        """Finish the file."""
        self._writer.close()
        self._sink.close()


class JsonLines:
    """An object a line, null where there is nothing."""

    def __init__(self, sink: pa.NativeFile, schema: pa.Schema) -> None:
        self.rows = 0
        self._sink = sink
        self._schema = schema
        taken = {name.casefold() for name in schema.names}
        self._name = next(name for size in count(1) if (name := "r" * size) not in taken)  # a column would be preferred
        self._connection = duckdb.connect(config={"threads": 1})

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some more rows."""
        self.rows += rows.num_rows
        self._connection.register(self._name, pa.Table.from_batches([rows], self._schema))
        lines = self._connection.sql(f"SELECT to_json({self._name})::VARCHAR FROM {self._name}").fetchall()  # noqa: S608 ours
        self._sink.write("".join(f"{line}\n" for (line,) in lines).encode())

    def close(self, beside: Beside | None = None) -> None:  # noqa: ARG002
        """Finish the file."""
        self._connection.close()
        self._sink.close()


class ParquetFile:
    """Parquet in groups of always the same size."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self._writer = pq.ParquetWriter(path, schema)
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._pending = 0

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some more rows."""
        self.rows += rows.num_rows
        self._waiting.append(rows)
        self._pending += rows.num_rows
        if self._pending >= _GROUP:
            self._write(last=False)

    def close(self, beside: Beside | None = None) -> None:  # noqa: ARG002
        """Finish the file."""
        self._write(last=True)
        self._writer.close()

    def _write(self, *, last: bool) -> None:
        table = pa.Table.from_batches(self._waiting, self._schema)
        whole = table.num_rows if last else table.num_rows // _GROUP * _GROUP
        for start in range(0, whole, _GROUP):
            self._writer.write_table(table.slice(start, _GROUP).combine_chunks())
        self._waiting = table.slice(whole).to_batches()
        self._pending = table.num_rows - whole
