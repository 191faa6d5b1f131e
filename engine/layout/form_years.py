"""The years that a table which lies on its side names beside 上年度: those that the day asks for, or it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.ground.errors import Text, short
from engine.headers.names import named
from engine.headers.own_year import last_year_of, other_last_year
from engine.headers.years import dated
from engine.language.facts import YEAR, Vocabulary
from engine.layout.across_rows import beside, cell_at
from engine.layout.doubtful import Doubtful
from engine.layout.lower_rows import Row
from engine.layout.panel import year_of


def in_their_years(rows: Sequence[Row], labels: int, vocabulary: Vocabulary, last_year: int) -> list[Row]:
    """Give the rows of a table whose names of figures name years, as 上年度（2025年）营业收入, to be read on the day.

    If they are of another year than the last one before the day, the firm must say so: then their years are left out,
    and what is stated as 上年度所指年份 counts. Raises Doubtful if it does not say so, or says another year.
    """
    years = _years(rows, labels, vocabulary)
    if not years:
        return list(rows)
    said, stated = years.most_common(1)[0][0], _stated(rows, labels, vocabulary)
    if len(years) > 1 or (stated is not None and stated != said):
        raise Doubtful(*_differ(sorted({*years, *([] if stated is None else [stated])})))
    if said == last_year:
        return list(rows)
    if stated is None:
        raise Doubtful(*other_last_year(said, last_year, vocabulary))
    return [_undated(row, labels, vocabulary) for row in rows]


def last_year_named(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> int | None:
    """Give which year the names of figures take for the last full one, by most of them; None if none does."""
    years = _years(rows, labels, vocabulary)
    return years.most_common(1)[0][0] if years else None


def _years(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> Counter[int]:
    return Counter(year for row in rows if (year := last_year_of(cell_at(row, labels), vocabulary)) is not None)


def _stated(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> int | None:
    for row in rows:
        fact = named(cell_at(row, labels), vocabulary)
        if fact is not None and fact.id == YEAR:
            return next((year for cell in beside(row, labels) if (year := year_of(cell)) is not None), None)
    return None


def _undated(row: Row, labels: int, vocabulary: Vocabulary) -> Row:
    label = cell_at(row, labels)
    found = dated(label)
    if found is None or last_year_of(label, vocabulary) is None:
        return row
    return [*row[:labels], found.rest, *row[labels + 1 :]]


def _differ(years: Sequence[int]) -> tuple[Text, Text]:
    said = short("、".join(map(str, years)), 40)
    return Text(f"把不同的年份当作上年度（{said}）", f"takes several years for the last full one ({said})"), Text(
        "各项名称中的年份和所填的“上年度所指年份”应当一致。",
        "The years in the names of figures and the one that is stated must be the same.",
    )
