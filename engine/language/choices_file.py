"""The options of a fact from a CSV file beside `facts.yaml`, strictly, with the line of every mistake."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from engine.ground.errors import Problem, Text, shown
from engine.language.facts import Fact, Option
from engine.language.yaml_file import Document, Place

_HEADER = ["code", "zh", "en", "aliases"]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.csv")


class _Digest(Protocol):
    def update(self, content: bytes, /) -> object: ...


def read_choices(folder: Path, fact: Fact, place: Place, document: Document, digest: _Digest) -> dict[str, Option]:
    """Give the options of the file that `fact` names, and add its content to `digest`; problems are noted."""
    name = fact.choices_from or ""
    at = (*place, "choices_from")
    if not _NAME.fullmatch(name):
        document.report(at, Text("应为同一文件夹中的 CSV 文件名", "must be the name of a CSV file in the same folder"))
        return {}
    if fact.choices:
        document.report(at, Text("已有 choices，不能再用 choices_from", "stands beside choices; only one of them may"))
    try:
        content = (folder / name).read_bytes()
        digest.update(content)
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header, *rows = [(reader.line_num, row) for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        document.report(at, Text(f"无法读取 {name}", f"{name} cannot be read: {error}"))
        return {}
    if header[1] != _HEADER:
        first = ",".join(_HEADER)
        _report(document, name, 1, Text(f"第一行应为 {first}", f"the first line must be {first}"))
        return {}
    return dict(_options(rows, name, document))


def _options(rows: list[tuple[int, list[str]]], name: str, document: Document) -> Iterator[tuple[str, Option]]:
    """Give each row as an option under its code; what is wrong with a row is noted."""
    owner: dict[str, int] = {}
    for line, row in rows:
        if len(row) != len(_HEADER) or not all(row[:3]) or any(cell != cell.strip() for cell in row):
            what = Text(
                "应有四格，前三格不能为空，前后没有空格",
                "must have four cells, the first three filled, without space around",
            )
            _report(document, name, line, what, ",".join(row))
            continue
        code, zh, en, aliases = row
        words = tuple(aliases.split(";")) if aliases else ()
        if not all(words):
            _report(document, name, line, Text("有空的别名", "has an empty alias"), aliases)
        for word in dict.fromkeys(one.casefold() for one in (code, zh, en, *words)):
            if owner.setdefault(word, line) != line:
                what = Text(f"“{word}”已在第 {owner[word]} 行", f"“{word}” stands on line {owner[word]} already")
                _report(document, name, line, what)
        yield code, Option(zh=zh, en=en, aliases=words)


def _report(document: Document, name: str, line: int, what: Text, value: str | None = None) -> None:
    document.problems.append(Problem(f"{name}:{line}", what, None, shown(value) if value is not None else None))
