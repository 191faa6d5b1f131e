"""Files that appear whole or not at all: written in a scratch folder on the same disk, then moved into place."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.errors import InputError, Problem, Text

BOM = "\ufeff"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say what is wrong where nothing can be written in a folder: no right to, or no room. Raises InputError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or str(error)
        what = Text(f"无法写入：{why}", f"cannot be written to: {why}")
        instead = Text("请检查权限和剩余空间；没有写出任何文件。", "Check rights and free space; no file was written.")
        raise InputError([Problem(str(folder), what, instead)]) from error


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give a hidden folder in the folder `beside`, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".champion-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(files: Iterable[tuple[Path, Path | str]]) -> None:
    """Move each finished file to its final name; nothing stands there half, on whatever disk it is."""
    ready: list[tuple[Path, Path]] = []
    try:
        for finished, place in files:
            final = Path(place)
            ready.append((_on_the_disk_of(final, finished), final))
            with ready[-1][0].open("rb") as file:
                os.fsync(file.fileno())
        for finished, final in ready:
            finished.replace(final)
    finally:
        for finished, _ in ready:
            finished.unlink(missing_ok=True)


def _on_the_disk_of(final: Path, finished: Path) -> Path:
    """Give the finished file, or a hidden copy in the folder where it is wanted if that is on another disk."""
    folder = final.absolute().parent
    if folder.stat().st_dev == finished.stat().st_dev:
        return finished
    handle, name = tempfile.mkstemp(prefix=".champion-", dir=folder)
    try:
        with open(handle, "wb") as copy, finished.open("rb") as file:  # noqa: PTH123 of a handle
            shutil.copyfileobj(file, copy)
        Path(name).chmod(finished.stat().st_mode)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def write_lines(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool) -> None:
    """Write a CSV of texts."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str) -> str:
    """Give a cell without what no text file may hold."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8")
