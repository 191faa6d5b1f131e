"""What a worker of Spark does with its share of the rows: it judges them, and gives what is to be written as text.

Each row that it gives has a `kind`: `verdicts`, some lines of the verdict file; `told`, rows that something is told of;
`broken`, records that do not fit the header; `ids`, hashes of the firm ids; and, last, `account`. All but verdicts are
packed as one word, which begins with the number of the partition so that they can be put in order.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import pyarrow as pa

from engine.answers.row_account import Account
from engine.judging.batch_statement import BatchStatement
from engine.judging.plan import Plan
from engine.outputs.verdict_file import Form, header_line, text_file

KIND, VALUE = "kind", "value"
_TEXT_AT_ONCE = 4_000  # rows whose lines are one value: some MB


@dataclass(frozen=True)
class WorkerScreening:
    """A partition of a source on its way.

    `schema` has the headings of the verdict file. As Parquet its rows are in columns value_<place>, null in all others.
    """

    statement: BatchStatement
    plan: Plan
    form: Form
    schema: pa.Schema
    with_header: bool

    @property
    def gives(self) -> pa.Schema:
        """The schema of what is given."""
        values = [pa.field(f"value_{place}", field.type) for place, field in enumerate(self.schema)]
        ours = [pa.field(KIND, pa.string()), pa.field(VALUE, pa.string())]
        return pa.schema([*(values if self.form == "parquet" else []), *ours])

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Judge the rows of a partition."""
        from pyspark import TaskContext  # noqa: PLC0415 there is one where this runs

        context = TaskContext.get()
        number = 0 if context is None else context.partitionId()
        broken: list[str] = []
        account = Account(self.plan)
        if self.form == "csv" and self.with_header:
            yield self._row("verdicts", header_line(self.schema.names).decode().removesuffix("\n"))
        for place, batch in enumerate(self.statement(_sound(batches, broken))):
            verdicts, told = account.take(batch)
            yield from self._written(verdicts)
            if told.num_rows:
                yield self._row("told", _packed(number, place, batch_bytes(told)))
            [ids] = account.id_hashes
            account.id_hashes.clear()
            yield self._row("ids", _packed(number, place, batch_bytes(pa.record_batch({"id": ids.drop_null()}))))
        if broken:
            yield self._row("broken", _packed(number, 0, json.dumps(broken).encode()))
        yield self._row("account", _packed(number, 0, json.dumps(account.as_dict()).encode()))

    def _written(self, verdicts: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        if not verdicts.num_rows:
            return
        if self.form == "parquet":
            kinds = pa.array(["verdicts"] * verdicts.num_rows)
            nothing = pa.nulls(verdicts.num_rows, pa.string())
            yield pa.RecordBatch.from_arrays([*verdicts.columns, kinds, nothing], schema=self.gives)
            return
        for start in range(0, verdicts.num_rows, _TEXT_AT_ONCE):
            sink = pa.BufferOutputStream()
            file = text_file(sink, self.form, self.schema)
            some = verdicts.slice(start, _TEXT_AT_ONCE)
            file.write(pa.RecordBatch.from_arrays(some.columns, schema=self.schema))
            file.close()
            yield self._row("verdicts", sink.getvalue().to_pybytes().decode().removesuffix("\n"))

    def _row(self, kind: str, value: str) -> pa.RecordBatch:
        values = [pa.nulls(1, field.type) for field in self.gives if field.name not in {KIND, VALUE}]
        return pa.RecordBatch.from_arrays([*values, pa.array([kind]), pa.array([value])], schema=self.gives)


def unpacked(word: str) -> bytes:
    """Give the bytes that a worker packed."""
    return b64decode(word.rpartition(" ")[2])


def batch_bytes(batch: pa.RecordBatch) -> bytes:
    """Give a batch as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return cast("bytes", sink.getvalue().to_pybytes())


def batch_from(content: bytes) -> pa.RecordBatch:
    """Give the batch that `batch_bytes` made bytes of."""
    return pa.ipc.open_stream(content).read_next_batch()


def ids_of(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give the ids of packed words, as the numbers of 64 bits that Spark knows."""
    for batch in batches:
        for word in batch["value"].to_pylist():
            yield pa.record_batch({"id": batch_from(unpacked(word))["id"].view(pa.int64())})


def _packed(partition: int, place: int, content: bytes) -> str:
    return f"{partition:08} {place:08} {b64encode(content).decode()}"


def _sound(batches: Iterator[pa.RecordBatch], broken: list[str]) -> Iterator[pa.RecordBatch]:
    """Give the rows that are records; add the others to `broken`."""
    for batch in batches:
        texts = batch["broken"]
        if texts.null_count < len(texts):
            broken += texts.drop_null().to_pylist()
            yield batch.filter(texts.is_null())
        else:
            yield batch
