"""Benchmark tables: from a CSV of reference values to rows of exact figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from engine.ground.errors import Text, did_you_mean
from engine.ground.values import Number, number_from
from engine.language.facts import Kind, Vocabulary
from engine.language.reading import LARGEST
from engine.language.yaml_file import Document
from engine.rulebooks.logic import Table
from engine.rulebooks.rulebook import BenchmarkTable

_AT = ("benchmarks", "file")


def read_table(spec: BenchmarkTable, folder: Path, vocabulary: Vocabulary, document: Document) -> Table | None:
    """Give the table that a rulebook names; its problems are noted in the rulebook's document."""
    by = vocabulary.get(spec.by)
    if by is None or by.kind is not Kind.CHOICE:
        what = Text(f"“{spec.by}”不是选项类指标", f"“{spec.by}” is not a choice fact")
        document.report(("benchmarks", "by"), what, did_you_mean(spec.by, vocabulary))
    try:
        content = (folder / spec.file).read_bytes()
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    except (OSError, ValueError, csv.Error) as error:
        document.report(_AT, Text("无法读取对标表", f"cannot be read: {error}"))
        return None
    if len(set(header)) != len(header) or not header:
        document.report(_AT, Text("表头有重复或为空", "the header is empty or has a name twice"))
        return None
    figures: dict[str, Mapping[str, Number]] = {}
    words: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header) or row[0] in figures:
            what = Text(f"第 {number} 行列数不对或重复", f"line {number} has too few or too many cells, or is double")
            document.report(_AT, what)
            continue
        figures[row[0]] = _figures(dict(zip(header[1:], row[1:], strict=True)), words)
    return Table(spec.by, figures, words, tuple(header[1:]), spec.cite, sha256(content).hexdigest())


def _figures(row: Mapping[str, str], words: dict[str, str]) -> dict[str, Number]:
    """Give the cells that are numbers; note in `words` those that are neither a number nor blank."""
    figures: dict[str, Number] = {}
    for column, cell in row.items():
        try:
            number = number_from(cell)
        except ValueError:
            number = LARGEST
        if -LARGEST < number < LARGEST:
            figures[column] = number
        elif cell.strip():
            words.setdefault(column, cell)
    return figures
