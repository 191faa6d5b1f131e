"""From the rows of a file, however they are laid out, to a table with one row a firm and one header a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import duckdb

from engine.ground.errors import Text, short
from engine.ground.limits import Limits
from engine.headers.names import named
from engine.headers.units import ABOVE, BELOW, TAKEN, MoneyUnit, stated_unit, unknown_unit
from engine.headers.years import stated_year, years_mentioned
from engine.language.facts import Vocabulary
from engine.layout.across import MOST_FIRMS, MOST_LABELS, REFUSED, SET_UPRIGHT, is_form, label_column, set_upright
from engine.layout.across_rows import Unclear
from engine.layout.doubtful import (
    IN_ONES,
    Doubtful,
    above_the_header,
    beside_the_figures,
    counts_above,
    leaves_open,
    leaves_year_open,
)
from engine.layout.form_years import in_their_years
from engine.layout.header_rows import Head, find_head, known_cells
from engine.layout.lower_rows import doubt_below
from engine.layout.misread import misread
from engine.layout.no_firm import is_no_firm
from engine.layout.own_form import FilledForm, filled_form, is_own_form
from engine.layout.panel import Panel, is_needed, year_column
from engine.layout.unit_column import UnitColumn, unit_columns, with_units
from engine.tables.duckdb_files import copied, copy_of, lines_at
from engine.tables.source import Broken, Source, unusable

Record = tuple[int, list[str]]
LAST_ROWS = 30  # below the table may stand what its unit is
_FEW_CELLS = 2  # more than that in a row, and it is one of the table


TITLED = Text("工作表名称或页眉页脚写明", "as the name of the sheet or its printed pages say")
AMID = Text("企业之间的一行写明", "as a row amid the firms says")
_AMID_DOUBT = Text(
    "单位不能确定：企业之间有一行写明了单位，不知道是上面还是下面各行的",
    "has no certain unit: a row amid the firms names one, of those above or below it",
)
_NOTE = re.compile(r"[*※（(]*(?:备?注|附注|说明|填表说明|填报说明|notes?)[0-9]*[:：.、]", re.IGNORECASE)


@dataclass(frozen=True)
class Desk:
    """What a file is opened with: the words that its headers may be, the day, and where to put copies.

    A form `of_any_year` is not refused if its years are not those of the day: it states the one that it names.
    """

    vocabulary: Vocabulary
    mapping: Mapping[str, str]
    as_of: date
    connection: duckdb.DuckDBPyConnection
    scratch: Path
    limits: Limits | None = None
    of_any_year: bool = False

    @property
    def last_year(self) -> int:
        """The last full year before the day."""
        return self.as_of.year - 1


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: its header, and what must be done to its rows.

    `labels` is the column of names of a table that lies on its side, `units` the columns that name the units of each
    row, `year` the column that says of which year each row is, `note` what to check.
    """

    head: Head
    labels: int | None
    units: tuple[UnitColumn, ...]
    year: int | None
    unit: MoneyUnit | None
    note: Text | None = None


def _is_note(row: Sequence[str]) -> bool:
    """Say whether a row is a sentence below a table, with whoever filled it in beside it perhaps."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and _NOTE.match(cells[0]) is not None and not any(map(str.isdecimal, cells))


def year_above(above: Sequence[Sequence[str]], desk: Desk) -> Text | None:
    """Say that the rows above a table mention another year than that its figures are read as."""
    others = sorted(years_mentioned(above) - {desk.last_year, desk.as_of.year})
    if not others:
        return None
    return Text(
        f"列名上方写有 {others[0]} 年；没有写年份的列按上年度（{desk.last_year}年）读取，请核对",
        f"the rows above the header mention {others[0]}; columns without a year are of {desk.last_year}: check",
    )


def lay_out(
    first: Sequence[Sequence[str]], last: Sequence[Sequence[str]], desk: Desk, titles: Sequence[str] = ()
) -> Layout:
    """Give how a table is laid out, from its first rows, its last ones, and titles outside of it. Raises Doubtful."""
    if is_own_form(first):
        return Layout(Head(0, 0, (), 0), 0, (), None, None)
    head = find_head(first, desk.vocabulary, desk.mapping)
    labels = label_column(first, desk.vocabulary)
    if labels is None and (below := doubt_below(first, head.first, head.last, desk.vocabulary)):
        raise second_header(below)
    above = [titles, *first[: head.first]]
    year = stated_year(above)
    if year is not None:
        headers = tuple(f"{one}{year}年" if leaves_year_open(one, desk.vocabulary) else one for one in head.headers)
        head = replace(head, headers=headers)
    said = [cell for row in above for cell in row]
    below_head = first[head.last + 1 :]
    some = [*below_head, *filter(_may_be_a_firm, last)]
    if labels is None and (found := misread(head.headers, some, said, desk.vocabulary, desk.mapping, desk.as_of)):
        raise found
    if counted := counts_above(above, head.headers, desk.vocabulary):
        raise Doubtful(counted, IN_ONES)
    units = unit_columns(head.headers, below_head, desk.vocabulary)
    stated = _either(head.unit, stated_unit([titles], desk.vocabulary, TITLED))
    unit = units.unit or _unit_of_all(stated, last, desk.vocabulary)
    is_open = labels is None and leaves_open(head.headers, desk.vocabulary)
    title = year_above(above, desk) if is_open else None
    if is_open and year is None:
        doubt = above_the_header(above, desk.last_year)
        doubt = doubt or beside_the_figures(head.headers, below_head, desk.vocabulary, desk.last_year)
        if doubt is not None:
            raise Doubtful(doubt)
    return Layout(head, labels, units.columns, year_column(head.headers, desk.vocabulary), unit, title)


def second_header(said: str) -> Doubtful:
    """Give why a table is refused whose header seems to go on with those words, which are not understood."""
    said = short(said, 30)
    return Doubtful(
        Text(
            f"列名下面一行（“{said}”）像是第二行列名，不能确定各列是什么",
            f"has a row below its header that seems to be part of it ({said}): what its columns are is not certain",
        ),
        Text(
            "请把列名合成一行，每列写明年份和单位，如 2025年营业收入（万元）。",
            "Put the header into one row, with year and unit in each cell: 2025年营业收入（万元）.",
        ),
    )


def _unit_of_all(above: MoneyUnit | None, last: Sequence[Sequence[str]], vocabulary: Vocabulary) -> MoneyUnit | None:
    """Give the unit that a table states above its header or below its last row; one in doubt if a row amid it does."""
    firms = [at for at, row in enumerate(last) if _may_be_a_firm(row) and not _is_note(row)]
    few = [at for at, row in enumerate(last) if at not in firms and (_is_few(row) or _is_note(row))]
    amid = stated_unit([last[at] for at in few if firms and at < firms[-1]], vocabulary, AMID)
    below = stated_unit([last[at] for at in few], vocabulary, BELOW)
    word = above.word if above else TAKEN
    if amid is not None and amid.word != word:
        return MoneyUnit(amid.word, AMID, _AMID_DOUBT)
    if above and below and above.word != below.word:
        both = Text("表上方和下方写明", "as the rows above and below say")
        return unknown_unit(f"{above.word}、{below.word}", both)
    return above or below


def _either(above: MoneyUnit | None, titled: MoneyUnit | None) -> MoneyUnit | None:
    """Give the unit that the rows above a header or its titles state; one in doubt if they differ."""
    if above and titled and above.word != titled.word:
        both = Text(f"列名上方和{TITLED.zh}", f"{ABOVE.en} and {TITLED.en}")
        return unknown_unit(f"{above.word}、{titled.word}", both)
    return above or titled


def _is_few(row: Sequence[str]) -> bool:
    return 0 < sum(bool(cell.strip()) for cell in row) <= _FEW_CELLS


def _may_be_a_firm(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return len(cells) > 1 and not is_no_firm("", cells[0], cells)


@dataclass
class Rows:
    """The rows of a file below its header, each with its line; what was left out is known after they were read."""

    records: Iterable[Record]
    broken: Callable[[], Sequence[Broken]] = field(default=lambda: ())
    blank_rows: Callable[[], int] = field(default=lambda: 0)


def copied_source(path: Path, layout: Layout, rows: Rows, desk: Desk, notes: Sequence[Text], *, years: bool) -> Source:
    """Give a source by way of a copy of its rows; with `years` they are several of each firm. Raises InputError."""
    headers, records = list(layout.head.headers), iter(rows.records)
    if layout.units:
        records = with_units(records, layout.units)
    broken: Sequence[Broken] = ()
    told = list(notes)
    if years and layout.year is not None:
        panel = Panel(headers, layout.year, desk.last_year, desk.vocabulary)
        headers, firms = panel.taken(path, records)
        broken, records = panel.broken, iter(firms)
        zh = f"每家企业多年各占一行：{panel.used} 行合为 {len(firms)} 家企业，{desk.last_year}年为上年度"
        en = f"each year of a firm has a row: {panel.used} rows make {len(firms)} firms; last year is {desk.last_year}"
        if panel.unused:
            zh += f"；另有 {panel.unused} 行不是这三年的，其数据未用"
            en += f"; {panel.unused} rows are of other years than the three, and their figures are not used"
        told.append(Text(zh, en))
    return _copy(headers, records, desk, notes=told, unit=layout.unit, rows=rows, broken=broken)


def upright_source(
    path: Path,
    labels: int,
    records: Sequence[Record],
    desk: Desk,
    notes: Sequence[Text],
    titles: Sequence[str] = (),
) -> Source:
    """Give a source of a table that lies on its side, all of whose rows are given. Raises InputError."""
    width = max((len(cells) for _, cells in records), default=0)
    if len(records) > MOST_LABELS or width > MOST_FIRMS:
        raise unusable(path, REFUSED, SET_UPRIGHT)
    sheet = titles[0] if titles else ""
    where = ":".join(filter(None, (short(path.name), sheet)))
    if form := filled_form(records, desk.vocabulary, desk.as_of, where, titles, of_any_year=desk.of_any_year):
        return _of_form(form, desk, notes, where)
    rows = in_their_years([cells for _, cells in records], labels, desk.vocabulary, desk.last_year)
    if is_form(rows, labels, desk.vocabulary):
        raise unusable(path, REFUSED, SET_UPRIGHT)
    alone = [titles, *(row for row in rows if sum(bool(cell.strip()) for cell in row) <= 1)]
    first = next(n for n, row in enumerate(rows) if labels < len(row) and named(row[labels], desk.vocabulary))
    year = stated_year([*alone, *rows[:first]])
    try:
        across = set_upright(rows, labels, desk.vocabulary, year)
    except Unclear as unclear:
        what = Text(
            f"指标名在第 {labels + 1} 列，但不能确定{unclear.what.zh}",
            f"has names of figures in column {labels + 1}, but it is not certain {unclear.what.en}",
        )
        raise unusable(path, what, SET_UPRIGHT) from unclear
    unit = stated_unit(alone, desk.vocabulary, BELOW) or stated_unit(rows[:first], desk.vocabulary, ABOVE)
    title = None if year is not None or across.has_years else year_above(rows[:first], desk)
    doubt = (
        None
        if year is not None or across.has_years
        else above_the_header([titles, *(row for row in rows[:first] if row in alone)], desk.last_year)
    )
    if doubt is not None:
        raise Doubtful(doubt)
    if counted := counts_above([titles, *rows[:first]], across.headers, desk.vocabulary):
        raise Doubtful(counted, IN_ONES)
    told = [*notes, across.what, *filter(None, [title])]
    return _copy(across.headers, across.rows, desk, notes=told, unit=unit, rows=Rows(()), broken=())


def _of_form(form: FilledForm, desk: Desk, notes: Sequence[Text], where: str) -> Source:
    """Give a source of one firm, whose answers stand each in a row of a form."""
    told = [*notes, Text("是填报表，一行一项，行号指该项所在的行", "is a form, and lines are those of its answers")]
    record = (form.firm_row, list(form.answers))
    found = _copy(form.names, [record], desk, notes=told, unit=None, rows=Rows(()), broken=())
    return replace(found, rows_of=form.rows, where=where, made_for=form.made_for, forms=1)


def _copy(
    headers: Sequence[str],
    records: Iterable[Record],
    desk: Desk,
    *,
    notes: Sequence[Text],
    unit: MoneyUnit | None,
    rows: Rows,
    broken: Sequence[Broken],
) -> Source:
    copy = desk.scratch / f"{uuid4().hex}.csv"
    line_of, breaks = copied(copy, records)
    table = copy_of(desk.connection, copy, len(headers), len(line_of), breaks=breaks)
    both = sorted([*rows.broken(), *broken], key=lambda one: one.line)
    return Source(
        tuple(headers),
        table,
        lines_at(line_of),
        broken=tuple(both),
        blank_rows=rows.blank_rows(),
        notes=tuple(notes),
        unit=unit,
        rows=len(line_of),
    )


def has_other_years(layout: Layout, cells: Callable[[int], Iterator[str]], desk: Desk) -> bool:
    """Say whether rows speak of other years than the last full one; `cells` gives what stands in a column."""
    return layout.year is not None and is_needed(cells(layout.year), desk.last_year)


def most_known(rows: Sequence[Sequence[str]], desk: Desk) -> int:
    """Give how many facts the row or the column of these that names most does."""
    labels = label_column(rows, desk.vocabulary)
    in_column = (
        0 if labels is None else known_cells([row[labels] for row in rows if labels < len(row)], desk.vocabulary)
    )
    return max(find_head(rows, desk.vocabulary, desk.mapping).known, in_column)
