"""Files that appear whole or not at all: written in a scratch folder on the same disk, then moved into place."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BOM = "\ufeff"


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give a hidden folder in the folder `beside`, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".champion-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(files: Iterable[tuple[Path, Path]]) -> None:
    """Move each finished file to its final name; nothing stands there half."""
    for finished, final in files:
        with finished.open("rb") as file:
            os.fsync(file.fileno())
        finished.replace(final)


def write_lines(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool) -> int:
    """Write a CSV of texts; give how many rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([_harmless(cell) for cell in row])
            count += 1
    return count


def _harmless(cell: str) -> str:
    """Give a cell without what no text file may hold."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8")
