"""A list of firms that is open: its rows, whose they are, and the profile that each states."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import TypedDict, TypeVar, cast

import duckdb
import pyarrow as pa

from engine.answers.row_profile import RowFlagging, row_profile
from engine.files.intake import open_source
from engine.firms.profiles import RowProfile
from engine.ground.errors import EngineError, InputError, Problem, Text, short
from engine.ground.limits import Limits
from engine.ground.scratch import scratch
from engine.ground.values import Known
from engine.headers.cells import Column
from engine.headers.understanding import APPLIED, Understanding, one_line, understand
from engine.judging.column_use import in_use
from engine.judging.flags import last_without_header
from engine.judging.row_names import names_nobody
from engine.judging.row_remarks import remarks_of
from engine.judging.ruling import Ruling, ruling
from engine.language.code_text import folded
from engine.language.decision_day import Day, given_day
from engine.language.facts import APPLICATION, AREA, IDENTITY, Fact
from engine.layout.frame_statements import sample, statements_in_rows
from engine.layout.layout import Desk
from engine.layout.no_firm import no_firms, rows_to_look_at
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import APPLICATIONS, Applicant, applicant, editions_in_force
from engine.screening.duckdb_backend import DuckdbBackend, UnreadableError
from engine.screening.other_form import other_form
from engine.sql.functions import joined, null
from engine.tables.source import BLANKS, Source

T = TypeVar("T")
Cells = Mapping[str, str | None]
"""The texts of a row by text column."""


class Asked(TypedDict, total=False):
    """What a list of firms is read by: one rulebook or level, a day, what columns are, a sheet, rules, limits."""

    rulebook: str | None
    level: str | None
    as_of: Day | None
    mapping: Mapping[str, str] | None
    sheet: str | None
    catalog: Catalog | None
    limits: Limits | None


@contextmanager
def listed(  # noqa: PLR0913 `Asked`
    path: Path | str,
    *,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    catalog: Catalog | None = None,
    limits: Limits | None = None,
    of_any_year: bool = False,
) -> Iterator[Reading]:
    """Open a list of firms and understand its columns. Raises InputError if these are not understood."""
    rules, day, path = catalog or shipped(), given_day(as_of), Path(path)
    chosen = ruling(rules, rulebook, level, day)
    with scratch(Path(gettempdir())) as folder, closing(DuckdbBackend(folder)) as backend:
        desk = Desk(rules.vocabulary, mapping or {}, day, backend.connection, folder, limits, of_any_year=of_any_year)
        source = open_source(path, desk, sheet)
        first = partial(backend.first_cells, source.table)
        understood = understand(
            source.headers, rules.vocabulary, mapping, as_of=day, unit=source.unit, cells=first, rows=source.rows_of
        )
        if understood.problems:
            raise InputError(understood.problems)
        if limits is not None:
            with suppress(UnreadableError):  # which reading will tell
                limits.check(*backend.size(source.table, limits.rows + 1))
        columns = {f"t{place}": column for place, column in understood.stated.items()}
        yield Reading(FirmsOfList(path, source, columns, backend), understood, rules, chosen, day, mapping, of_any_year)


@dataclass
class Reading:
    """A list of firms that is open, and what its firms are decided by."""

    firms: FirmsOfList
    understood: Understanding
    rules: Catalog
    chosen: Ruling
    day: date
    mapping: Mapping[str, str] | None
    of_any_year: bool = False

    def found(self, find: Callable[[FirmsOfList], T]) -> T:
        """Give what is found in the list, opened carefully if need be. Raises InputError if its rows refuse it."""
        try:
            return self._found(find)
        except (UnreadableError, duckdb.Error):
            if self.firms.source.carefully is None:
                raise
            self.firms = replace(self.firms, source=self.firms.source.carefully())
            return self._found(find)

    def _found(self, find: Callable[[FirmsOfList], T]) -> T:
        result, source = find(self.firms), self.firms.source
        some = sample(self.firms.backend.connection, source.table, source.headers, self.rules.vocabulary)
        if problems := list(statements_in_rows(some, self.understood, self.rules.vocabulary, self.day, self.mapping)):
            raise InputError([replace(one, where=short(self.firms.path.name)) for one in problems])
        return result

    def profiles(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, RowProfile | InputError]]:
        """Give the profile of each row, by its line, or for what it is rejected; those of one rulebook in a go."""
        routing = self.chosen.routes.asks if self.chosen.routes else frozenset[str]()
        places = [name for name, one in self.firms.columns.items() if one.fact.id in routing]
        groups: dict[tuple[str | None, ...], list[tuple[int, Cells]]] = {}
        for line, cells in rows:
            groups.setdefault(tuple(cells[place] for place in places), []).append((line, cells))
        for group in groups.values():
            try:
                books = _books(self.rules, self.chosen, self.day, _stated(self.firms.columns, group[0][1], routing))
            except InputError as error:
                yield from ((line, error) for line, _ in group)
                continue
            yield from self._decided_by(books, routing, group)

    def _decided_by(
        self, books: Sequence[Rulebook], routing: frozenset[str], rows: Sequence[tuple[int, Cells]]
    ) -> Iterator[tuple[int, RowProfile | InputError]]:
        columns, source, backend = self.firms.columns, self.firms.source, self.firms.backend
        needed = routing.union({APPLICATION}, *(book.facts_used for book in books))
        needed |= {AREA} if any(book.words.area for book in books) else set()
        last, remarks = last_without_header(source.headers), remarks_of(self.understood)
        plan = RowFlagging(
            columns, books[0], self.day, needed=needed, is_sole=len(books) == 1, last=last, remarks=remarks
        )
        texts = {name: pa.array([cells[name] for _, cells in rows], pa.string()) for name in rows[0][1]}
        asked = backend.answers(
            plan.rows(backend.register("some", pa.table(texts)), backend.by_row).statement, of_few=True
        )
        where = source.where or short(self.firms.path.name)
        told = [one for batch in asked for one in batch.to_pylist()]
        for (line, cells), row in zip(rows, told, strict=True):
            try:
                profile = row_profile(row, plan, where, line)
            except InputError as error:
                yield line, error
                continue
            if not self.of_any_year and (note := other_form(source, books, self.rules.vocabulary)):
                profile.notes = (note, *profile.notes)
            profile.unread, profile.perhaps = self._unread(cells, books, routing)
            profile.other_sheets = source.other_sheets
            profile.asked = frozenset(column.fact.id for column in columns.values())
            yield line, profile

    def _unread(
        self, cells: Cells, books: Sequence[Rulebook], routing: frozenset[str]
    ) -> tuple[tuple[str, ...], Mapping[str, tuple[Fact, ...]]]:
        """Give the headers of the columns that are not read, or not used, and may state what one of `books` asks.

        And which facts some may state. Of a list these are columns of which it is known, and those in which this row
        has a figure.
        """
        asked = frozenset[str]().union(*(book.facts_used for book in books))
        of_list = (self.chosen.routes and self.chosen.routes.books) or books
        columns = in_use(self.understood, of_list, routing).columns
        unread = [one for one in columns if one.maybe or (one.fact is None and one.how not in APPLIED)]
        if not self.firms.source.rows_of:
            unread = [
                one
                for one in unread
                if asked.intersection(one.maybe)
                or not (one.maybe or _FIGURE.fullmatch((cells[f"t{one.place}"] or "").strip()) is None)
            ]
        facts = self.rules.vocabulary
        told = [
            (one_line(one.header), tuple(facts[name] for name in one.maybe if one.fact is None or name in asked))
            for one in unread
        ]
        return tuple(header for header, _ in told), {header: several for header, several in told if several}


_FIGURE = re.compile(r"[^0-9]{0,3}[0-9][0-9.,]{0,9}[^0-9]{0,6}")  # a telephone has more digits


@dataclass(frozen=True)
class FirmRow:
    """A row of a list that has anything in it: the number of its record, whose it is, and whether it is a firm's."""

    record: int
    code: str
    name: str
    is_one: bool

    def is_called(self, words: str) -> bool:
        """Say whether it is the firm of that code or name."""
        return bool(_key(words)) and (_key(words) == _key(self.code) or _key(words) == _key(self.name))

    def likeness(self, words: str) -> float:
        """Give how near its code or name is to these words, from 0 to 1."""
        word, own = _key(words), [text for text in (_key(self.code), _key(self.name)) if text]
        if any(word in text or text in word for text in own):
            return 1.0
        return max((difflib.SequenceMatcher(None, word, text).ratio() for text in own), default=0.0)


@dataclass(frozen=True)
class FirmsOfList:
    """A list of firms, opened and understood."""

    path: Path
    source: Source
    columns: Mapping[str, Column]
    backend: DuckdbBackend

    def rows(self) -> Iterator[tuple[int, FirmRow | None]]:
        """Give each record with its row; None if there is nothing in it. Raises UnreadableError."""
        table, place_of = self.source.table, {column.fact.id: name for name, column in self.columns.items()}
        something = joined("", *(table[one] for one in table.columns)).re_search(f"[^{BLANKS}]")
        table = table.mutate(something=something, cells=rows_to_look_at(table, *map(place_of.get, IDENTITY)))
        names = [table[place_of[one]] if one in place_of else None for one in IDENTITY]
        code, name = (null("VARCHAR") if one is None else one for one in names)
        nobody = names_nobody([one for one in names if one is not None])
        is_one = ~no_firms(table["cells"], *names) & ~nobody
        record = -1
        for batch in self.backend.batches(table.select("something", code=code, name=name, is_one=is_one)):
            for one in batch.to_pylist():
                record += 1
                firm = FirmRow(record, one["code"] or "", one["name"] or "", one["is_one"])
                yield record, firm if one["something"] else None

    def count(self) -> int:
        """Give how many records there are. Raises UnreadableError."""
        return sum(batch.num_rows for batch in self.backend.batches(self.source.table))

    def all_cells(self) -> Iterator[Cells]:
        """Give the texts of each record. Raises UnreadableError."""
        for batch in self.backend.batches(self.source.table):
            yield from cast("list[Cells]", batch.to_pylist())

    def lines(self, records: Iterable[int], rows: int) -> list[int]:
        """Give the lines of records."""
        return list(self.source.lines(records, rows))

    def cells(self, record: int) -> Cells:
        """Give the texts of a record. Raises UnreadableError."""
        for batch in self.backend.batches(self.source.table.limit(1, offset=record)):
            for cells in batch.to_pylist():
                return cast("Cells", cells)
        message = f"record {record} of a list is gone"
        raise EngineError(message)

    def problem(self, what: Text, instead: Text, value: str | None = None) -> InputError:
        """Give the error that it is not certain which firm is meant."""
        return InputError([Problem(short(self.path.name), what, instead, value)])


def _key(text: str) -> str:
    """Give a code or a name as it is compared; of a blank or damaged one what is there."""
    return folded(text) or text.strip().upper()


def _stated(columns: Mapping[str, Column], cells: Cells, asked: frozenset[str]) -> dict[str, Known | None]:
    """Give what a row says in the columns that choose its rulebook; nothing where that cannot be read."""
    return {one.fact.id: one.known(cells[name]) for name, one in columns.items() if one.fact.id in asked}


def _books(rules: Catalog, chosen: Ruling, day: date, values: Mapping[str, Known | None]) -> list[Rulebook]:
    """Give the rulebooks that a profile is read for."""
    if chosen.levels is None:
        return [chosen.rulebook if chosen.routes is None else chosen.routes.of(values)]
    if chosen.routes is not None:
        chosen.routes.of(values)  # raises InputError if no level is in force for the firm
    area = applicant(values).area
    names = (name for one in APPLICATIONS for name in editions_in_force(rules, day, Applicant(one, area)).values())
    return [rules.rulebook(name) for name in dict.fromkeys(names)]
