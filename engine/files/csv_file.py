"""Delimited files as sources: a regular UTF-8 file is read by DuckDB itself, any other from a clean copy.

Regular: the header comes first, and DuckDB's strict mode takes every record. A file of one column never is, because
DuckDB counts its empty lines as rows. That it is regular shows when it is read; if it is not, `carefully` copies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb

from engine.files.csv_probe import Written, all_rows, lines_of, probe
from engine.files.csv_records import Records
from engine.ground.errors import Text, shown
from engine.ground.limits import Limits
from engine.headers.names import named
from engine.language.facts import Kind, Vocabulary
from engine.layout.layout import Desk, Record, Rows, copied_source, has_other_years, upright_source
from engine.tables.duckdb_files import delimited, plainly_named, table_of
from engine.tables.source import Broken, Lines, Source

_CHUNK = 1 << 23
_SMALL = 1 << 20  # bytes; a copy of so few costs less than to find that a file is not regular
_WORDS = re.compile("备注|说明|电话|手机|联系|地址|邮箱|传真|网址|remark|note|phone|contact|address", re.IGNORECASE)
_HEAD, _TAIL = r" *[1-9][0-9]{0,2} *", r" *[0-9]{3}(?:[.][0-9]+)? *"
_SPLIT = Text("千位逗号可能把一个数分成了两格", "has a figure in a column of words, as if a comma had split one")
_JOIN = Text("请去掉千位逗号，如 4000，或给带逗号的数加双引号。", "Leave out commas for thousands, or quote the cell.")


def open_csv(path: Path, desk: Desk) -> Source:
    """Open a delimited file; what is not regular UTF-8, one row a firm, is copied first. Raises InputError."""
    written = probe(path, desk)
    layout = written.layout
    if desk.limits is not None:
        desk.limits.check(columns=written.width)
    if layout.labels is not None:
        return upright_source(path, layout.labels, all_rows(path, written), desk, written.notes)
    is_small = path.stat().st_size <= _SMALL
    lines, has_nul = (0, True) if is_small or not _may_be_regular(written) else _lines_of_feeds(path)
    if not has_nul:
        relation = delimited(plainly_named(path, desk.scratch), written.width, written.delimiter, skip=1)
        split = split_figures(layout.head.headers, desk.vocabulary) if written.delimiter == "," else []
        is_split = any(_has_split(desk.connection, relation, place) for place in split)
        if not is_split and not has_other_years(layout, partial(_distinct, desk.connection, relation), desk):
            likely = lines - (written.first_line - 1)
            return Source(
                layout.head.headers,
                table_of(desk.connection, relation),
                _finder(path, written, likely),
                notes=written.notes,
                unit=layout.unit,
                carefully=partial(_carefully, path, written, desk),
                likely_rows=likely,
            )
    return _carefully(path, written, desk)


def _may_be_regular(written: Written) -> bool:
    """Say whether DuckDB may read a file itself."""
    is_plain = written.encoding == "utf-8-sig" and written.header_line == 1 and not written.layout.units
    is_one_row = written.layout.head.first == written.layout.head.last
    return is_plain and is_one_row and written.width > 1


def _carefully(path: Path, written: Written, desk: Desk) -> Source:
    """Open a file by way of a copy of its good records."""
    with lines_of(path, written.encoding) as lines:
        years = has_other_years(
            written.layout, lambda place: (cells[place] for _, cells in _records(lines, written, desk.limits)), desk
        )
    with lines_of(path, written.encoding) as lines:
        records = _records(lines, written, desk.limits)
        split = split_figures(written.layout.head.headers, desk.vocabulary) if written.delimiter == "," else []
        broken: list[Broken] = []
        whole = _whole(records, split, broken)
        rows = Rows(whole, lambda: [*records.broken, *broken], lambda: records.blank_rows)
        return copied_source(path, written.layout, rows, desk, written.notes, years=years)


def _distinct(connection: duckdb.DuckDBPyConnection, relation: str, place: int) -> Iterator[str]:
    """Give the different texts of a column; one that is no year if the database cannot read the file."""
    try:
        rows = connection.execute(f"select distinct t{place} from {relation} limit 1000").fetchall()  # noqa: S608 ours
    except duckdb.Error:
        rows = [("?",)]
    yield from (text or "" for (text,) in rows)


def split_figures(headers: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """Give the places of amounts beside a column of words: figures there look as if a comma had split one."""
    facts = [named(header, vocabulary) for header in headers]
    return [
        place
        for place, fact in enumerate(facts[:-1])
        if fact is not None
        and fact.kind in {Kind.MONEY, Kind.COUNT}
        and facts[place + 1] is None
        and _WORDS.search(headers[place + 1])
    ]


def _has_split(connection: duckdb.DuckDBPyConnection, relation: str, place: int) -> bool:
    """Say whether a record has such figures; a file that the database cannot read may have."""
    where = f"regexp_full_match(t{place}, '{_HEAD}') and regexp_full_match(t{place + 1}, '{_TAIL}')"
    try:
        return bool(connection.execute(f"select 1 from {relation} where {where} limit 1").fetchall())  # noqa: S608 ours
    except duckdb.Error:
        return True


def _whole(records: Iterable[Record], places: Sequence[int], broken: list[Broken]) -> Iterator[Record]:
    """Give the records without those that have a split figure, which are broken."""
    for line, cells in records:
        if any(re.fullmatch(_HEAD, cells[at]) and re.fullmatch(_TAIL, cells[at + 1]) for at in places):
            broken.append(Broken(line, shown(",".join(cells), 200), _SPLIT, _JOIN))
        else:
            yield line, cells


def _finder(path: Path, written: Written, likely_rows: int) -> Lines:
    """Give the function that finds the lines of records; where each has a line of its own that is no search."""

    def find(places: Iterable[int], rows: int) -> Iterator[int]:
        if rows == likely_rows:
            yield from map(written.first_line.__add__, places)
            return
        wanted = iter(places)
        place = next(wanted, None)
        with lines_of(path, written.encoding) as text:
            for number, (line, _) in enumerate(_records(text, written, keep_blank=True)):
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


def _records(
    lines: Iterator[str], written: Written, limits: Limits | None = None, *, keep_blank: bool = False
) -> Records:
    skipped = written.first_line - 1
    rest = islice(lines, skipped, None)
    return Records(
        rest,
        written.delimiter,
        written.width,
        skipped + 1,
        keep_blank=keep_blank,
        limits=limits,
        encoding=written.encoding,
    )
