"""Batches of rows kept on disk for a while: written as they come, read again as often as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa


class Spool:
    """Batches in their order, in a file that need not be there before."""

    def __init__(self, path: Path, check: Callable[[], None] = lambda: None) -> None:
        """Take the file; `check` is called before each batch that is read, and may raise what ends the reading."""
        self._path, self._check = path, check
        self._writer: pa.ipc.RecordBatchStreamWriter | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Keep some more rows."""
        if batch.num_rows:
            self._writer = self._writer or pa.ipc.new_stream(str(self._path), batch.schema)
            self._writer.write_batch(batch)

    def close(self) -> None:
        """Write what is not on the disk yet; no more rows can be added then."""
        if self._writer is not None:
            self._writer.close()

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Give the batches."""
        if self._writer is not None:
            with pa.OSFile(str(self._path)) as file, pa.ipc.open_stream(file) as reader:
                for batch in reader:
                    self._check()
                    yield batch
