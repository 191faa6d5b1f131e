"""A file of verdicts that a screening wrote, in any of its forms, with ids or in words: what each of its rows says."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.analysis.groups import grouping
from engine.analysis.read_list import FirmList
from engine.explaining.wording import OUTCOMES, VERDICTS_BY_WORD
from engine.files.intake import open_source
from engine.ground.errors import InputError, Text
from engine.headers.cells import Column
from engine.headers.units import header_key
from engine.judging.verdict_rows import HEADINGS
from engine.language.facts import IDENTITY, Vocabulary, half_width
from engine.layout.layout import Desk
from engine.screening.duckdb_backend import DuckdbBackend

_INFORMS = re.compile(r"（仅供参考）|\(informs only\)")
_OUTCOMES = {word: outcome.value for outcome, text in OUTCOMES.items() for word in (outcome.value, text.zh, text.en)}
_LIST = {"undetermined": "undetermined"}
_OURS = ("line", "verdict", "unmet", "undetermined", "rulebook", "digest", "as_of")


Rows = Callable[[Sequence[int]], Sequence[Sequence[object]]]
"""What gives the columns at some places, of every row."""


@dataclass(frozen=True)
class Judged:
    """A row: whose it is, its verdict, the criteria that keep it from a better one, and its group."""

    line: int | None
    firm_id: str
    firm_name: str
    verdict: str
    by: tuple[str, ...]
    group: Text | None


@dataclass(frozen=True)
class VerdictFile:
    """Its rows, by which rulebooks, digests and on which days these were judged; `is_list`: now, of a list.

    `unknown` rows are left out, whose verdict is no word of one.
    """

    rows: tuple[Judged, ...]
    rulebooks: tuple[str, ...]
    digests: tuple[str, ...]
    days: tuple[str, ...]
    unknown: int = 0
    is_list: bool = False


def verdict_file(path: Path, read: FirmList, vocabulary: Vocabulary, folder: Path) -> VerdictFile | None:
    """Give what a file of verdicts says; None of a file that is none, of which no more than its headers is read.

    Raises InputError of what its firms are to be told apart by.
    """
    with _opened(path, read, vocabulary, folder) as opened:
        if opened is None:
            return None
        headers, rows_of = opened
        place = _places(headers, vocabulary)
        return _told(headers, rows_of, place, read.by, vocabulary) if {"verdict", "rulebook"} <= place.keys() else None


def _told(
    headers: Sequence[str], rows_of: Rows, place: Mapping[str, int], by: str | None, vocabulary: Vocabulary
) -> VerdictFile:
    group = None if by is None else grouping(by, headers, _facts(headers, vocabulary), vocabulary)
    has_lists = {"unmet", "undetermined"} <= place.keys()
    wanted = sorted({*place.values(), *([group.place] if group else [])} if has_lists else range(len(headers)))
    at = {old: new for new, old in enumerate(wanted)}

    def cell(row: Sequence[object], name: str) -> str:
        found = row[at[place[name]]] if name in place else None
        return "" if found is None else str(found).strip()

    whole = rows_of(wanted)
    rows = [row for row in whole if cell(row, "verdict") in VERDICTS_BY_WORD]
    criteria = (
        () if has_lists else _criteria([headers[one] for one in wanted], rows, {at[one] for one in place.values()})
    )

    def judged(row: Sequence[object]) -> Judged:
        verdict, line = VERDICTS_BY_WORD[cell(row, "verdict")], cell(row, "line")
        if has_lists:
            listed = re.split("[;；]", cell(row, _LIST.get(verdict, "unmet")))
            own = tuple(name.strip() for name in listed if name.strip())
        else:
            own = tuple(header for header, where in criteria if _keeps(row[where], verdict))
        told = None if group is None else group.group(row[at[group.place]])
        number = int(line) if line.isdigit() else None
        return Judged(number, cell(row, "firm_id"), cell(row, "firm_name"), verdict, own, told)

    books, digests, days = (tuple(dict.fromkeys(cell(row, one) for row in rows)) for one in _OURS[-3:])
    left = sum(any(str(one or "").strip() for one in row) for row in whole) - len(rows)
    return VerdictFile(tuple(map(judged, rows)), books, digests, days, left)


def _facts(headers: Sequence[str], vocabulary: Vocabulary) -> dict[int, Column]:
    """Give the facts that columns are called by."""
    found = (
        (place, header, vocabulary.named.get(half_width(header).casefold())) for place, header in enumerate(headers)
    )
    return {place: Column(header, fact) for place, header, fact in found if fact is not None}


def _places(headers: Sequence[str], vocabulary: Vocabulary) -> dict[str, int]:
    """Give where each of our columns stands, by its id; it may be called by its title."""
    called = {header_key(header): place for place, header in reversed([*enumerate(headers)])}
    names = {name: HEADINGS[name] for name in _OURS} | {name: vocabulary[name].title for name in IDENTITY}
    pairs = [(name, header_key(word)) for name, title in names.items() for word in (title.en, title.zh, name)]
    return {name: called[key] for name, key in pairs if key in called}


def _criteria(
    headers: Sequence[str], rows: Sequence[Sequence[object]], ours: Container[int]
) -> tuple[tuple[str, int], ...]:
    """Give the columns of the criteria that decide: those with outcomes alone."""
    places = [at for at, header in enumerate(headers) if at not in ours and not _INFORMS.search(header)]
    words = {at: {_plain(row[at]) for row in rows} - {""} for at in places}
    return tuple((headers[at], at) for at, several in words.items() if several and several <= _OUTCOMES.keys())


def _plain(cell: object) -> str:
    """Give an outcome without what is said of it: met (does not apply)."""
    return re.split(r"（| \(", str(cell or ""), maxsplit=1)[0].strip()


def _keeps(cell: object, verdict: str) -> bool:
    """Say whether a criterion keeps a row at its verdict."""
    return _OUTCOMES.get(_plain(cell)) == {"not_qualified": "not_met"}.get(verdict, verdict)


@contextmanager
def _opened(
    path: Path, read: FirmList, vocabulary: Vocabulary, folder: Path
) -> Iterator[tuple[Sequence[str], Rows] | None]:
    """Give the headers of a file, and its rows, without a doubt of figures; None of one without our columns."""
    known = replace(
        vocabulary, facts={one.id: one for one in vocabulary.values() if one.id in IDENTITY or one.narrower}
    )
    ours = {word: name for name in _OURS for word in (name, HEADINGS[name].zh, HEADINGS[name].en)}
    backend = DuckdbBackend(folder)
    try:
        desk = Desk(known, ours, read.as_of, backend.connection, folder, read.limits)
        try:
            source = open_source(path, desk, read.sheet)
        except InputError:  # which judging it as a list will tell
            yield None
            return
        yield (
            source.headers,
            lambda places: backend.connection.execute(
                source.table.select(*(f"t{one}" for one in places)).statement
            ).fetchall(),
        )
    finally:
        backend.close()
