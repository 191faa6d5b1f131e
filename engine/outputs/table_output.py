"""Files that appear whole or not at all: written in a scratch folder on the same disk, then moved into place."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.harmless import harmless
from engine.ground.refused import refusal
from engine.ground.scratch import scratch

BOM = "\ufeff"


@contextmanager
def writing(place: Path | str) -> Iterator[None]:
    """Say what is wrong where a file or a folder cannot be written: no right to, or no room. Raises InputError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = refusal(error)
        what = Text(f"无法写入：{why.zh}", f"cannot be written to: {why.en}")
        instead = Text("请检查权限和剩余空间；没有写出任何文件。", "Check rights and free space; no file was written.")
        raise InputError([Problem(short(str(place)), what, instead)]) from error


def publish(files: Iterable[tuple[Path, Path | str]], gone: Iterable[Path | str] = ()) -> None:
    """Move each finished file to its final name; nothing stands there half, on whatever disk it is.

    A file that stands there already leaves its mode to the new one, and a link stays a link: what it names is written.
    Where something is `gone`, no file is left of an earlier time.
    """
    ready: list[tuple[Path, Path, Path | str]] = []
    with ExitStack() as held:
        for finished, place in files:
            final = Path(os.path.realpath(place))
            with writing(place):
                ready.append((_beside(final, finished, held), final, place))
        for place in filter(Path.is_file, map(Path, gone)):
            with writing(place):
                place.unlink()
        for finished, final, place in ready:
            with writing(place):
                finished.replace(final)


def _beside(final: Path, finished: Path, held: ExitStack) -> Path:
    """Give the finished file, safe on the disk on which it is wanted; in a scratch folder there if that is another."""
    if final.parent.stat().st_dev != finished.stat().st_dev:
        folder = held.enter_context(scratch(final.parent))
        finished = Path(shutil.copy(finished, folder / "copy"))
    with suppress(FileNotFoundError):
        finished.chmod(final.stat().st_mode & 0o777)
    with finished.open("rb") as file:
        os.fsync(file.fileno())
    return finished


def refuse_overwriting(sources: Iterable[Path], outputs: Sequence[Path]) -> None:
    """Refuse outputs that would fall on an input or on one another, or are no files; raises InputError."""
    read = [source.resolve() for source in sources]
    places = [Path(os.path.realpath(file)) for file in outputs]
    problems = []
    for file, place in zip(outputs, places, strict=True):
        if place in read or places.count(place) > 1:
            what = Text("与输入或另一个输出是同一个文件", "is the same file as the input or another output")
            problems.append(Problem(short(str(file)), what, Text("请另取文件名。", "Choose another name.")))
        elif not place.parent.is_dir():
            what = Text("所在文件夹不存在", "is in a folder that does not exist")
            problems.append(Problem(short(str(file)), what, Text("请先建立文件夹。", "Make the folder first.")))
        elif place.exists() and not place.is_file() and not place.is_dir():
            what = Text("不是普通文件", "is no regular file")
            problems.append(Problem(short(str(file)), what, Text("请另取文件名。", "Choose another name.")))
        elif place.is_dir():
            problems.append(
                Problem(short(str(file)), Text("是文件夹", "is a folder"), Text("请写文件名。", "Give a file name."))
            )
    if problems:
        raise InputError(list(dict.fromkeys(problems)))


def write_lines(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, raw: bool) -> None:
    """Write a CSV of texts for a person, with the mark by which Excel knows UTF-8; `raw` texts stay as they are."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows if raw else (map(harmless, row) for row in rows))
