"""The part files of a folder that Spark wrote, as one file."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from engine.table_output import BOM


def joined(folder: Path, path: Path, form: str, columns: Sequence[str], *, bom: bool) -> None:
    """Write the part files of `folder`, in their order, into the file `path`; CSV parts have no header of their own."""
    parts = sorted(part for part in folder.iterdir() if part.name.startswith("part-"))
    if form == "parquet":
        with pq.ParquetWriter(path, pq.read_schema(parts[0])) as writer:
            for part in parts:
                for batch in pq.ParquetFile(part).iter_batches():
                    writer.write_batch(batch)
        return
    with path.open("wb") as file:
        if form == "csv":
            file.write((BOM if bom else "").encode() + _header(columns))
        for part in parts:
            with part.open("rb") as one:
                shutil.copyfileobj(one, file)


def _header(columns: Sequence[str]) -> bytes:
    class _Line(list[str]):
        def write(self, text: str) -> None:
            self.append(text)

    line = _Line()
    csv.writer(line, lineterminator="\n").writerow(columns)
    return "".join(line).encode()
