"""Several years of a firm as rows: put together into one row a firm, each figure under its year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from engine.ground.errors import Text, shown
from engine.headers.names import named
from engine.headers.understanding import one_line
from engine.headers.years import YEARS_BACK, is_relative, is_yearly, period
from engine.language.answer import answer
from engine.language.code_text import DITTO, folded
from engine.language.facts import IDENTITY, YEAR, Fact, Kind, Vocabulary, half_width
from engine.language.reading import Unreadable, is_blank
from engine.layout.no_firm import NOBODY
from engine.tables.source import Broken, unusable

Record = tuple[int, list[str]]

_MOST_CELLS = 20_000_000
_WHICH = Text("年份无法识别", "has no year that can be read")
_WRITE_YEAR = Text("请写完整的年份，如 2025。", "Write a whole year, such as 2025.")
_TO_COME = Text("年份在判定日之后", "is of a year after the day of the decision")
_ONE_CODE = Text("请核对代码，同一企业各行写同一个代码。", "Check the ids: all rows of a firm have the same one.")
_SAY_IT = Text("请在最近一年的行写明。", "State it in the row of the latest year.")
_ONE_A_YEAR = Text(
    "每家企业每年只留一行（如只留合并报表）。", "Keep one row a firm and year, such as the consolidated one."
)


def year_column(headers: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """Give the place of the column that says of which year each row is; not one whose header says 上年度 of itself."""
    for place, header in enumerate(headers):
        fact = named(header, vocabulary)
        if fact is not None and fact.id == YEAR and not is_relative(header) and period(header) is None:
            return place
    return None


def year_of(cell: str) -> int | None:
    """Give the year that a cell states: 2025, 2025年, 2025-12-31; None for anything but one whole year.

    >>> year_of("2025-12-31 00:00:00"), year_of("2025.0"), year_of("2,025 年"), year_of("2025-06-30")
    (2025, 2025, 2025, None)
    """
    plain = re.sub(r"^([12]),?([0-9]{3})(?![0-9])(?:\s+(?=年))?", r"\1\2", half_width(cell.strip()))
    found = period(plain.removesuffix(".0").removesuffix(" 00:00:00"))
    return None if found is None else found.year


def is_needed(cells: Iterable[str], last_year: int) -> bool:
    """Say whether rows with these years speak of other years than the last full one."""
    return any(cell.strip() and year_of(cell) != last_year for cell in cells)


def _meant(fact: Fact, cell: str) -> object:
    try:
        return answer(fact, cell)
    except Unreadable:
        return folded(cell)


@dataclass
class Panel:
    """A table with a row for each firm and year, and the last full year before the day on which it is decided.

    After `taken`, `broken` has the rows that could not be used; `used` says how many were, `unused` how many are of
    years that nothing is asked of.
    """

    headers: Sequence[str]
    year: int
    last_year: int
    vocabulary: Vocabulary
    broken: list[Broken] = field(default_factory=list)
    used: int = 0
    unused: int = 0

    def __post_init__(self) -> None:
        """Tell apart the columns whose figure is that of the year of the row, and those that stay the same."""
        facts = {place: fact for place, header in enumerate(self.headers) if (fact := named(header, self.vocabulary))}
        self._dated = [place for place, fact in facts.items() if self._is_of_a_year(self.headers[place], fact)]
        self._lasting = {
            place: fact for place, fact in facts.items() if fact.kind in {Kind.TEXT, Kind.CHOICE, Kind.CHOICES}
        }
        self._whose = {fact.id: place for place, fact in facts.items() if fact.id in IDENTITY}

    def _is_of_a_year(self, header: str, fact: Fact) -> bool:
        if is_relative(header) or period(header) is not None or fact.id == YEAR or not fact.is_numeric:
            return False
        return is_yearly(fact, self.vocabulary)

    def taken(self, path: Path, records: Iterable[Record]) -> tuple[list[str], list[Record]]:
        """Give the headers and rows of a table with one row a firm, with the line of its latest year."""
        self._refuse_mixed(path)
        many = _MOST_CELLS // max(1, len(self.headers))
        kept = list(islice(records, many + 1))
        if len(kept) > many:
            what = Text("每家企业多年各占一行，行数太多", "has a row for each year of a firm, and too many rows")
            raise unusable(
                path, what, Text(f"请分成不超过 {many:,} 行的文件。", f"Split it into files of {many:,} rows.")
            )
        firms = self._grouped(kept)
        stated = [year for several in firms.values() for year in several]
        years = sorted({year for year in stated if 0 <= self.last_year - year < YEARS_BACK}, reverse=True)
        self.used = sum(year in years for year in stated)
        self.unused = len(stated) - self.used
        rest = [place for place in range(len(self.headers)) if place not in self._dated]
        headers = [self.headers[place] for place in rest]
        headers += [f"{one_line(self.headers[place])}{year}年" for year in years for place in self._dated]
        return headers, sorted(self._rows(firms, years, rest))

    def _refuse_mixed(self, path: Path) -> None:
        """Refuse a table in which some headers say 上年度 while each row has a year of its own."""
        facts = ((header, named(header, self.vocabulary)) for header in self.headers)
        mixed = [
            one_line(header)
            for header, fact in facts
            if fact is not None
            and fact.is_numeric
            and fact.id[-3:-1] == "_y"
            and fact.id != YEAR
            and is_relative(header)
        ]
        if mixed:
            column = one_line(self.headers[self.year])
            what = Text(
                f"各行年份不同（“{column}”列），又有列名自带年份：{'、'.join(mixed[:3])}",
                f"has rows of several years (column {column}) and years in its headers: {', '.join(mixed[:3])}",
            )
            instead = Text(
                "请改为每家企业一行，列名写明年份，如 2025年营业收入。", "Give each firm one row: 2025年营业收入."
            )
            raise unusable(path, what, instead)

    def _grouped(self, records: Sequence[Record]) -> dict[str, dict[int, Record]]:
        """Give the rows of each firm by year; what cannot be used is broken."""
        by_name: dict[str, set[str]] = defaultdict(set)
        for _, cells in records:
            by_name[self._text(cells, "firm_name")].add(self._text(cells, "firm_id"))
        found: dict[str, dict[int, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for line, cells in records:
            code, name = self._text(cells, "firm_id"), self._text(cells, "firm_name")
            codes = by_name[name] - {""}
            key = code or (next(iter(codes)) if name and len(codes) == 1 else name)
            year = year_of(cells[self.year])
            if not key:
                self._break(line, cells, *NOBODY)
            elif year is None:
                self._break(line, cells, _WHICH, _WRITE_YEAR)
            elif year > self.last_year + 1:
                self._break(line, cells, _TO_COME, _WRITE_YEAR)
            else:
                found[key][year].append((line, cells))
        for several in found.values():
            for year, rows in several.items():
                if len(rows) > 1:
                    what = Text(
                        f"{year}年有 {len(rows)} 行", f"is one of {len(rows)} rows of that firm and year, {year}"
                    )
                    self._break_all(rows, what, _ONE_A_YEAR)
        whole = {key: {year: rows[0] for year, rows in one.items() if len(rows) == 1} for key, one in found.items()}
        return self._of_one_firm({key: one for key, one in whole.items() if one}, by_name)

    def _of_one_firm(
        self, firms: dict[str, dict[int, Record]], by_name: Mapping[str, set[str]]
    ) -> dict[str, dict[int, Record]]:
        """Give the firms without those whose years stand under two codes of one name."""
        halves: set[str] = set()
        for name, codes in by_name.items():
            shared = [firms[code] for code in codes if code in firms] if name else []
            years = [year for several in shared for year in several]
            if len(shared) > 1 and len(set(years)) == len(years):
                what = Text(
                    "同名的几行代码不同，各有不同的年份，像是同一家企业",
                    "has the name of other rows and another id, and the years that these lack",
                )
                for several in shared:
                    self._break_all(several.values(), what, _ONE_CODE)
                halves |= codes
        return {key: one for key, one in firms.items() if key not in halves}

    def _rows(self, firms: dict[str, dict[int, Record]], years: Sequence[int], rest: Sequence[int]) -> Iterator[Record]:
        for several in firms.values():
            line = several[max(several)][0]
            stated = {place: self._stated(several, place) for place in rest}
            unclear = [self.headers[place] for place in rest if stated[place] is None]
            if unclear:
                names = "、".join(map(one_line, unclear))
                what = Text(
                    f"最近一年的行没有写“{names}”，以前各年的行又写得不同",
                    f"says nothing of {names} in its latest year, and different things in those before",
                )
                self._break_all(several.values(), what, _SAY_IT)
                continue
            known = [stated[place] or "" for place in rest]
            dated = [several[year][1][place] if year in several else "" for year in years for place in self._dated]
            if self.year in rest:
                known[rest.index(self.year)] = str(self.last_year) if self.last_year in several else ""
            yield line, known + dated

    def _stated(self, several: Mapping[int, Record], place: int) -> str | None:
        """Give what a firm states in a column that is of no year: in its latest row, or in all others that do.

        A figure is that of its latest row, if that is not an old one; None is given where older rows differ.
        """
        latest, text = max(several), several[max(several)][1][place]
        fact = self._lasting.get(place)
        if fact is None:
            return text if latest >= self.last_year else ""
        recent = (year for year in sorted(several, reverse=True) if self.last_year - year < YEARS_BACK)
        stated = [one for year in recent if not is_blank(fact, one := several[year][1][place])]
        if not is_blank(fact, text) or not stated:
            return text
        return stated[0] if len({_meant(fact, one) for one in stated}) == 1 else None

    def _text(self, cells: Sequence[str], name: str) -> str:
        text = folded(cells[self._whose[name]]) if name in self._whose else ""
        return "" if text in DITTO else text

    def _break_all(self, rows: Iterable[Record], what: Text, instead: Text) -> None:
        for line, cells in rows:
            self._break(line, cells, what, instead)

    def _break(self, line: int, cells: Sequence[str], what: Text, instead: Text) -> None:
        self.broken.append(Broken(line, shown(",".join(cells), 200), what, instead))
