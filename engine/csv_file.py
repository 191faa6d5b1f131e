"""Delimited files as sources: a regular UTF-8 file is read by DuckDB itself, any other from a clean copy.

Regular: the header comes first, and DuckDB's strict mode takes every record. A file of one column never is, because
DuckDB counts its empty lines as rows. A dry run that reads every cell tells; where it fails, the file is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from uuid import uuid4

from ibis.backends.duckdb import Backend

from engine.csv_probe import Layout, lines_of, probe
from engine.csv_records import Records
from engine.facts import Vocabulary
from engine.source import Source
from engine.text_files import Irregular, blank_rows, copied, copy_of, delimited, plainly_named, table_of


def open_csv(
    path: Path, connection: Backend, *, scratch: Path, vocabulary: Vocabulary, mapping: Mapping[str, str]
) -> Source:
    """Open a delimited file; what is not regular UTF-8 is copied into `scratch` first. Raises InputError."""
    layout = probe(path, vocabulary, mapping)
    width = len(layout.headers)
    if layout.encoding == "utf-8-sig" and layout.title_rows == 0 and width > 1:
        relation = delimited(plainly_named(path, scratch), width, layout.delimiter, skip=1)
        try:
            blanks = blank_rows(relation, width)
        except Irregular:
            return _carefully(path, connection, layout, scratch)
        table = table_of(connection, relation, width, blanks=blanks)
        return Source(layout.headers, table, _finder(path, layout), (), blanks, layout.notes, layout.unit)
    return _carefully(path, connection, layout, scratch)


def _carefully(path: Path, connection: Backend, layout: Layout, scratch: Path) -> Source:
    """Open a file by way of a copy of its good records."""
    copy = scratch / f"{uuid4().hex}.csv"
    with lines_of(path, layout.encoding) as lines:
        records = _records(lines, layout)
        line_of = copied(copy, records)
    table = copy_of(connection, copy, len(layout.headers), len(line_of))

    def find(places: Sequence[int]) -> list[int]:
        return [line_of[place] for place in places]

    return Source(layout.headers, table, find, tuple(records.broken), records.blank_rows, layout.notes, layout.unit)


def _finder(path: Path, layout: Layout) -> Callable[[Sequence[int]], list[int]]:
    """Give the function that finds the lines of records by reading the file again, as far as the last of them."""

    def find(places: Sequence[int]) -> list[int]:
        wanted = frozenset(places)
        with lines_of(path, layout.encoding) as lines:
            numbered = enumerate(islice(_records(lines, layout), max(wanted, default=-1) + 1))
            line_of = {place: line for place, (line, _) in numbered if place in wanted}
        return [line_of[place] for place in places]

    return find


def _records(lines: Iterator[str], layout: Layout) -> Records:
    skipped = layout.first_line - 1
    return Records(islice(lines, skipped, None), layout.delimiter, len(layout.headers), skipped + 1)
