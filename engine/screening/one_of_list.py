"""One firm out of a list: which row is meant, and the profile that it states."""

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
from typing import TypeVar, cast

import duckdb
import pyarrow as pa

from engine.answers.row_profile import RowFlagging, row_profile
from engine.files.intake import open_source
from engine.firms.profiles import RowProfile
from engine.ground.errors import EngineError, InputError, Problem, Text, short, shown
from engine.ground.scratch import scratch
from engine.ground.values import Known
from engine.headers.cells import Column
from engine.headers.understanding import APPLIED, Understanding, one_line, understand
from engine.judging.flags import last_without_header
from engine.judging.row_names import names_nobody
from engine.judging.row_remarks import remarks_of
from engine.judging.ruling import Ruling, ruling
from engine.language.code_text import folded
from engine.language.decision_day import Day, given_day
from engine.language.facts import APPLICATION, AREA, IDENTITY
from engine.layout.frame_statements import sample, statements_in_rows
from engine.layout.layout import Desk
from engine.layout.no_firm import no_firms, of_firms, rows_to_look_at
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
_NAMED = 5  # candidates that a problem names
_REMEMBERED = 10_000  # firms among which one of a similar name is looked for
_SAY_WHICH = Text(
    "请用 --row 行号 或 --firm 代码或名称 指明一家；整份名单用 champion screen，各家的材料用 champion evidence -o "
    "材料.xlsx。",
    "Say which: --row LINE or --firm CODE-OR-NAME. `champion screen` judges the whole list, `champion evidence -o "
    "papers.xlsx` lists the documents of each firm.",
)


def profile_of(  # noqa: PLR0913 as many as a list of firms is read with
    path: Path | str,
    *,
    row: int | None = None,
    firm: str | None = None,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    catalog: Catalog | None = None,
    of_any_year: bool = False,
) -> RowProfile:
    """Give the profile of one firm of a list, whatever the form of the file: by its line or by its code or name.

    A list of one firm needs neither. The values, by fact, are what was typed, with the units of the columns. Raises
    InputError if it is not certain which firm is meant, and with the problems for which a screening by that rulebook or
    level (`ladder` is every level in force) rejects the row; what these do not need and cannot be read is left out, and
    the notes say so. A form whose years are not those of the day is refused, but if it may be `of_any_year` it states
    the one that it names.
    """
    rules, day, path = catalog or shipped(), given_day(as_of), Path(path)
    if row is not None and firm is not None:
        what = Text("--row 和 --firm 只能用一个", "--row and --firm both say which firm is meant")
        raise InputError([Problem("--row", what, Text("请去掉其中一个。", "Leave one of them out."))])
    with listed(path, rules, rulebook, level, day, mapping, sheet, of_any_year=of_any_year) as reading:
        [(_, profile)] = reading.profiles([reading.found(lambda firms: _found(firms, row, firm))])
        if isinstance(profile, InputError):
            raise profile
        return profile


@contextmanager
def listed(  # noqa: PLR0913 as many as a list of firms is read with
    path: Path,
    rules: Catalog,
    rulebook: str | None,
    level: str | None,
    day: date,
    mapping: Mapping[str, str] | None,
    sheet: str | None,
    *,
    of_any_year: bool = False,
) -> Iterator[Reading]:
    """Open a list of firms and understand its columns. Raises InputError if these are not understood."""
    chosen = ruling(rules, rulebook, level, day)
    with scratch(Path(gettempdir())) as folder, closing(DuckdbBackend(folder)) as backend:
        desk = Desk(rules.vocabulary, mapping or {}, day, backend.connection, folder, of_any_year=of_any_year)
        source = open_source(path, desk, sheet)
        first = partial(backend.first_cells, source.table)
        understood = understand(
            source.headers, rules.vocabulary, mapping, as_of=day, unit=source.unit, cells=first, rows=source.rows_of
        )
        if understood.problems:
            raise InputError(understood.problems)
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
            profile.unread, profile.perhaps = self.unread(cells)
            profile.other_sheets = source.other_sheets
            profile.asked = frozenset(column.fact.id for column in columns.values())
            yield line, profile

    def unread(self, cells: Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the headers of the columns that are not read and may state a fact, and what some may be (`--map`).

        Of a list these are columns of which it is known, and those in which this row has a figure.
        """
        unread = [one for one in self.understood.columns if one.fact is None and one.how not in APPLIED]
        if not self.firms.source.rows_of:
            unread = [one for one in unread if one.maybe or _FIGURE.fullmatch((cells[f"t{one.place}"] or "").strip())]
        titles = self.rules.vocabulary
        maybe = [f"--map {one_line(one.header)}={titles[fact].title.zh}" for one in unread for fact in one.maybe]
        return tuple(one_line(one.header) for one in unread), tuple(maybe)


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


def _found(firms: FirmsOfList, row: int | None, firm: str | None) -> tuple[int, Cells]:
    """Give the line and the cells of the firm that is meant. Raises UnreadableError and InputError."""
    count, matching, others = 0, list[FirmRow](), list[FirmRow]()
    several = 0
    for record, one in firms.rows():
        count = record + 1
        if one is None or (firm is None and row is not None):
            continue
        several += one.is_one
        if firm is not None and one.is_one and one.is_called(firm):
            matching.append(one)
        elif len(others) < _REMEMBERED:
            others.append(one)
    if row is not None:
        return row, firms.cells(_on_line(firms, row, count))
    if firm is None:
        real = [one for one in others if one.is_one]
        matching = real or others
        several += len({broken.line for broken in of_firms(firms.source.broken)})
        if len(matching) != 1 or several > 1:
            raise _several(firms, matching, several, count)
    elif len(matching) != 1:
        raise _not_one(firms, firm, matching, others, count)
    [line] = firms.lines([matching[0].record], count)
    return line, firms.cells(matching[0].record)


def _on_line(firms: FirmsOfList, row: int, count: int) -> int:
    """Give the record that begins on a line."""
    lines = firms.lines(range(count), count)
    with suppress(ValueError):
        return lines.index(row)
    broken = next((one for one in firms.source.broken if one.line == row), None)
    if broken is not None:
        where = f"{short(firms.path.name)}:{row}"
        raise InputError([Problem(where, broken.what, broken.instead, shown(broken.text))])
    lines += [one.line for one in firms.source.broken]
    if not lines:
        raise firms.problem(*_EMPTY)
    first, last = min(lines), max(lines)
    instead = Text(f"数据在第 {first} 至 {last} 行。", f"What is below the header stands on lines {first} to {last}.")
    raise firms.problem(Text(f"第 {row} 行没有企业", f"has no firm on line {row}"), instead)


_EMPTY = (
    Text("名单中没有企业", "has no firm"),
    Text("请在列名下方填写，每行一家。", "Fill in the rows below the header, one a firm."),
)


def _several(firms: FirmsOfList, found: Sequence[FirmRow], several: int, count: int) -> InputError:
    if not found and not several:
        return firms.problem(*_EMPTY)
    which = _told(firms, found, count)
    what = Text(f"有 {several} 家企业（{which.zh}）", f"has {several} firms ({which.en})")
    return firms.problem(what, _SAY_WHICH)


def _not_one(
    firms: FirmsOfList, firm: str, found: Sequence[FirmRow], others: Sequence[FirmRow], count: int
) -> InputError:
    value = shown(firm)
    if found:
        which = _told(firms, found, count)
        what = Text(f"名单中有 {len(found)} 行：{which.zh}", f"stands in {len(found)} rows: {which.en}")
        return firms.problem(what, Text("请用 --row 行号 指明。", "Say which: --row LINE."), value)
    real = [one for one in others if one.is_one]
    if not real:
        return firms.problem(*_EMPTY)
    near = sorted(((one.likeness(firm), -one.record) for one in real), reverse=True)[:_NAMED]
    alike = {-record for likeness, record in near if likeness > _ALIKE}
    named = [one for one in real if one.record in alike] or real
    which = _told(firms, named, count)
    instead = Text(
        f"请照名单写代码或名称，或用 --row：{which.zh}。", f"Write it as the list does, or use --row: {which.en}."
    )
    return firms.problem(Text("名单中没有这家企业", "is not in the list"), instead, value)


_ALIKE = 0.6


def _told(firms: FirmsOfList, found: Sequence[FirmRow], count: int) -> Text:
    """Name the first of some firms with their lines."""
    few = found[:_NAMED]
    lines = firms.lines([one.record for one in few], count)
    named = [
        (line, shown(" ".join(filter(None, (one.name.strip(), one.code.strip())))))
        for line, one in zip(lines, few, strict=True)
    ]
    more = ("等", ", …") if len(found) > len(few) else ("", "")
    zh = "、".join(f"第 {line} 行 {name}" for line, name in named)
    return Text(f"{zh}{more[0]}", ", ".join(f"line {line} {name}" for line, name in named) + more[1])


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
