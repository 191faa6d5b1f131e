"""Several years of a firm as rows: put together into one row a firm, each figure under its year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from engine.code_text import folded
from engine.errors import Text, shown
from engine.facts import Fact, Kind, Vocabulary
from engine.header_names import named
from engine.header_years import YEARS_BACK, is_relative, is_yearly, period
from engine.headers import one_line
from engine.source import Broken, unusable

YEAR_FACT = "fiscal_year_y0"
Record = tuple[int, list[str]]

_MOST_CELLS = 20_000_000
_WHICH = Text("年份无法识别", "has no year that can be read")
_WRITE_YEAR = Text("请写完整的年份，如 2025。", "Write a whole year, such as 2025.")
_ONE_A_YEAR = Text(
    "每家企业每年只留一行（如只留合并报表）。", "Keep one row a firm and year, such as the consolidated one."
)
_NOBODY = Text("既没有代码也没有名称", "has neither the id nor the name of a firm")
_NAME_IT = Text("请补上统一社会信用代码或企业名称。", "Give the firm's id or its name.")


def year_column(headers: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """Give the place of the column that says of which year each row is; not one whose header says 上年度 of itself."""
    for place, header in enumerate(headers):
        fact = named(header, vocabulary)
        if fact is not None and fact.id == YEAR_FACT and not is_relative(header) and period(header) is None:
            return place
    return None


def year_of(cell: str) -> int | None:
    """Give the year that a cell states: 2025, 2025年, 2025-12-31; None for anything but one whole year.

    >>> year_of("2025-12-31 00:00:00"), year_of("2025.0"), year_of("2025-06-30")
    (2025, 2025, None)
    """
    found = period(cell.strip().removesuffix(".0").removesuffix(" 00:00:00"))
    return None if found is None else found.year


def is_needed(cells: Iterable[str], last_year: int) -> bool:
    """Say whether rows with these years speak of other years than the last full one."""
    return any(cell.strip() and year_of(cell) != last_year for cell in cells)


@dataclass
class Panel:
    """A table with a row for each firm and year, and the last full year before the day on which it is decided.

    After `taken`, `broken` has the rows that could not be used, and `used` says how many were.
    """

    headers: Sequence[str]
    year: int
    last_year: int
    vocabulary: Vocabulary
    broken: list[Broken] = field(default_factory=list)
    used: int = 0

    def __post_init__(self) -> None:
        """Tell apart the columns whose figure is that of the year of the row, and those that stay the same."""
        facts = {place: fact for place, header in enumerate(self.headers) if (fact := named(header, self.vocabulary))}
        self._dated = [place for place, fact in facts.items() if self._is_of_a_year(self.headers[place], fact)]
        self._lasting = {place for place, fact in facts.items() if fact.kind in {Kind.TEXT, Kind.CHOICE}}
        self._whose = {fact.id: place for place, fact in facts.items() if fact.id in {"firm_id", "firm_name"}}

    def _is_of_a_year(self, header: str, fact: Fact) -> bool:
        if is_relative(header) or period(header) is not None or fact.id == YEAR_FACT or not fact.is_numeric:
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
        years = sorted({year for several in firms.values() for year in several}, reverse=True)
        years = [year for year in years if 0 <= self.last_year - year < YEARS_BACK]
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
            and fact.id != YEAR_FACT
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
                self._break(line, cells, _NOBODY, _NAME_IT)
            elif year is None:
                self._break(line, cells, _WHICH, _WRITE_YEAR)
            else:
                found[key][year].append((line, cells))
        for several in found.values():
            for year, rows in several.items():
                for line, cells in rows if len(rows) > 1 else ():
                    what = Text(
                        f"{year}年有 {len(rows)} 行", f"is one of {len(rows)} rows of that firm and year, {year}"
                    )
                    self._break(line, cells, what, _ONE_A_YEAR)
        whole = {key: {year: rows[0] for year, rows in one.items() if len(rows) == 1} for key, one in found.items()}
        self.used = sum(map(len, whole.values()))
        return {key: one for key, one in whole.items() if one}

    def _rows(self, firms: dict[str, dict[int, Record]], years: Sequence[int], rest: Sequence[int]) -> Iterator[Record]:
        for several in firms.values():
            latest = max(several)
            line, cells = several[latest]
            is_late = latest >= self.last_year
            known = [cells[place] if place in self._lasting or is_late else "" for place in rest]
            dated = [several[year][1][place] if year in several else "" for year in years for place in self._dated]
            if self.year in rest:
                known[rest.index(self.year)] = str(self.last_year) if self.last_year in several else ""
            yield line, known + dated

    def _text(self, cells: Sequence[str], name: str) -> str:
        return folded(cells[self._whose[name]]) if name in self._whose else ""

    def _break(self, line: int, cells: Sequence[str], what: Text, instead: Text) -> None:
        self.broken.append(Broken(line, shown(",".join(cells), 200), what, instead))
