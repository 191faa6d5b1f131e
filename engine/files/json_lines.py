"""JSON lines as a source: an object a line becomes a row of texts, as a person would type them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from engine.files.parquet_file import open_parquet
from engine.ground.errors import Text, short
from engine.layout.layout import Desk
from engine.tables.source import LONGEST, Broken, Source, unusable

_AT_ONCE = 20_000
_NONE = Text("没有一行是 JSON 对象", "has no line that is an object of JSON")
_OBJECT = Text("请一家企业写一行，如 {…}。", "Write each firm as an object on a line of its own: {…}.")
_PLAIN = Text(
    "名单中每项指标是一个值；含清单或证明材料的请用 POST /v1/assessments:batch。",
    "In a list a fact has one value; send records and papers to POST /v1/assessments:batch.",
)


class _UnfitError(ValueError):
    """Of a line that is JSON: what is wrong, and what to write instead."""

    def __init__(self, what: Text, instead: Text) -> None:
        super().__init__(what.en)
        self.what, self.instead = what, instead


def open_json_lines(path: Path, desk: Desk) -> Source:
    """Open JSON lines by way of Parquet; a line that is no object of plain values is broken. Raises InputError."""
    names, numbers, broken, text = dict[str, None](), array("Q"), list[Broken](), 0
    for number, line in _lines(path):
        try:
            row = _row(line)
        except ValueError as error:
            broken.append(_broken(number, line, error))
            continue
        names |= dict.fromkeys(row)
        numbers.append(number)
        text += len(line)
        if desk.limits is not None:
            desk.limits.check(len(numbers) + len(broken), text, len(names))
    if not names:
        raise unusable(path, _NONE, _OBJECT)
    copy = desk.scratch / uuid4().hex / path.name
    copy.parent.mkdir()
    _write(copy, list(names), (row for row in map(_fit, _lines(path)) if row is not None))
    source = open_parquet(copy, desk)

    def lines(places: Iterable[int], rows: int) -> Iterator[int]:
        return (numbers[record - 1] for record in source.lines(places, rows))

    notes = (Text("JSON 行", "JSON lines"), *source.notes[1:])
    return replace(source, lines=lines, broken=(*broken, *source.broken), notes=notes)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the lines that are not blank with their numbers, cut where they are longer than a record may be."""
    with path.open("rb") as file:
        number, begins = 0, True
        while line := file.readline(LONGEST + 1):
            number += begins
            if begins and line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, line
            begins = line.endswith(b"\n")


def _fit(numbered: tuple[int, bytes]) -> dict[str, str] | None:
    try:
        return _row(numbered[1])
    except ValueError:
        return None


def _row(line: bytes) -> dict[str, str]:
    """Give the texts of a line by name. Raises ValueError."""
    if len(line) > LONGEST:
        most = Text(f"一行超过 {LONGEST:,} 字节", f"is a line of over {LONGEST:,} bytes")
        raise _UnfitError(most, _OBJECT)
    try:
        row = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_pairs, **_AS_WRITTEN)
    except RecursionError as error:
        raise _UnfitError(Text("嵌套过深", "is nested too deeply"), _OBJECT) from error
    if not isinstance(row, dict):
        raise _UnfitError(Text("不是对象", "is no object"), _OBJECT)
    return {name: _text(name, value) for name, value in row.items()}


_AS_WRITTEN: dict[str, Any] = {"parse_float": str, "parse_int": str, "parse_constant": str}


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        again = next(name for n, (name, _) in enumerate(pairs) if name in dict(pairs[:n]))
        what = Text(f"“{short(again)}”写了两次", f"states {short(again)} twice")
        raise _UnfitError(what, Text("请只写一次。", "State it once."))
    return row


def _text(name: str, value: object) -> str:
    """Give a value as it would stand in a cell: several side by side, yes and no as true and false."""
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "、".join(_text(name, one) for one in value)
    if isinstance(value, list | dict):
        what = Text(f"“{short(name)}”是清单或对象", f"has records or an object for {short(name)}")
        raise _UnfitError(what, _PLAIN)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _broken(number: int, line: bytes, error: ValueError) -> Broken:
    text = line[:LONGEST].decode("utf-8", "replace").strip()
    if isinstance(error, _UnfitError):
        return Broken(number, text, error.what, error.instead)
    return Broken(number, text, Text("不是 JSON", "is no JSON"), _OBJECT)


def _write(copy: Path, names: list[str], rows: Iterable[dict[str, str]]) -> None:
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(copy, schema) as writer:
        some: list[dict[str, str]] = []
        for row in rows:
            some.append(row)
            if len(some) == _AT_ONCE:
                writer.write_table(_table(some, schema))
                some = []
        writer.write_table(_table(some, schema))


def _table(rows: list[dict[str, str]], schema: pa.Schema) -> pa.Table:
    return pa.table([[row.get(name, "") for row in rows] for name in schema.names], schema=schema)
