"""The part files of a folder that Spark wrote, as one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from engine.outputs.table_output import BOM
from engine.outputs.verdict_file import Form, header_line


def joined(folder: Path, path: Path, form: Form, schema: pa.Schema, *, bom: bool) -> None:
    """Write the part files of `folder`, in their order, into the file `path`, with the headings of `schema`.

    A folder that is not there has no parts; CSV parts have no header of their own.
    """
    parts = sorted(part for part in folder.glob("part-*")) if folder.is_dir() else []
    if form == "parquet":
        with pq.ParquetWriter(path, schema) as writer:
            for part in parts:
                for batch in pq.ParquetFile(part).iter_batches(
                    columns=[f"value_{place}" for place in range(len(schema))]
                ):
                    writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
        return
    with path.open("wb") as file:
        if form == "csv":
            file.write((BOM if bom else "").encode() + header_line(schema.names))
        for part in parts:
            with part.open("rb") as one:
                shutil.copyfileobj(one, file, 1 << 20)
