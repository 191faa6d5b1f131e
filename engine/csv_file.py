"""Delimited files as sources: a regular UTF-8 file is read by DuckDB itself, any other from a clean copy.

Regular: the header comes first, and DuckDB's strict mode takes every record. A file of one column never is, because
DuckDB counts its empty lines as rows. That it is regular shows when it is read; if it is not, `carefully` copies it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import uuid4

from ibis.backends.duckdb import Backend

from engine.csv_probe import Layout, lines_of, probe
from engine.csv_records import Records
from engine.facts import Vocabulary
from engine.source import Lines, Source
from engine.text_files import copied, copy_of, delimited, listed, plainly_named, table_of

_CHUNK = 1 << 23


def open_csv(
    path: Path, connection: Backend, *, scratch: Path, vocabulary: Vocabulary, mapping: Mapping[str, str]
) -> Source:
    """Open a delimited file; what is not regular UTF-8 is copied into `scratch` first. Raises InputError."""
    layout = probe(path, vocabulary, mapping)
    width = len(layout.headers)
    carefully = partial(_carefully, path, connection, layout, scratch)
    if layout.encoding == "utf-8-sig" and layout.title_rows == 0 and width > 1:
        lines, has_nul = _lines_of_feeds(path)
        if not has_nul:
            relation = delimited(plainly_named(path, scratch), width, layout.delimiter, skip=1)
            likely = lines - (layout.first_line - 1)
            return Source(
                layout.headers,
                table_of(connection, relation),
                _finder(path, layout, likely),
                notes=layout.notes,
                unit=layout.unit,
                carefully=carefully,
                likely_rows=likely,
            )
    return carefully()


def _carefully(path: Path, connection: Backend, layout: Layout, scratch: Path) -> Source:
    """Open a file by way of a copy of its good records."""
    copy = scratch / f"{uuid4().hex}.csv"
    with lines_of(path, layout.encoding) as lines:
        records = _records(lines, layout)
        line_of, breaks = copied(copy, records)
    table = copy_of(connection, copy, len(layout.headers), len(line_of), breaks=breaks)
    return Source(
        layout.headers,
        table,
        listed(line_of),
        broken=tuple(records.broken),
        blank_rows=records.blank_rows,
        notes=layout.notes,
        unit=layout.unit,
        rows=len(line_of),
    )


def _finder(path: Path, layout: Layout, likely_rows: int) -> Lines:
    """Give the function that finds the lines of records; where each has a line of its own that is no search."""

    def find(places: Iterable[int], rows: int) -> Iterator[int]:
        if rows == likely_rows:
            yield from map(layout.first_line.__add__, places)
            return
        wanted = iter(places)
        place = next(wanted, None)
        with lines_of(path, layout.encoding) as text:
            for number, (line, _) in enumerate(_records(text, layout, keep_blank=True)):
                if place is None:
                    return
                if number == place:
                    yield line
                    place = next(wanted, None)

    return find


def _lines_of_feeds(path: Path) -> tuple[int, bool]:
    """Give how many lines a file has, but for empty ones at its end, and whether it has a NUL.

    Of a NUL DuckDB makes something of its own. Where a line ends otherwise than in a line feed there are -1.
    """
    lines, lone_returns, tail = 0, 0, b""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            while chunk.endswith(b"\r") and (more := file.read(1)):
                chunk += more
            if b"\0" in chunk:
                return 0, True
            returns = chunk.count(b"\r")
            lone_returns += returns - chunk.count(b"\r\n") if returns else 0
            lines += chunk.count(b"\n")
            tail = (tail if not chunk.strip(b"\r\n") else b"") + chunk[len(chunk.rstrip(b"\r\n")) :]
    return -1 if lone_returns else lines + 1 - tail.count(b"\n"), False


def _records(lines: Iterator[str], layout: Layout, *, keep_blank: bool = False) -> Records:
    skipped = layout.first_line - 1
    rest = islice(lines, skipped, None)
    return Records(rest, layout.delimiter, len(layout.headers), skipped + 1, keep_blank=keep_blank)
