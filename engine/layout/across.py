"""A table whose first column has the names of the figures: read across, a column a firm or a column a year.

It is read only where it is certain of whom and of which year each column is; `Unclear` says what is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.ground.errors import Text
from engine.headers.names import named
from engine.headers.understanding import one_line
from engine.headers.units import header_key
from engine.headers.years import dated, is_yearly, names_no_year
from engine.language.facts import Kind, Vocabulary
from engine.layout.across_heads import Whose, heads_of
from engine.layout.across_rows import Lying, Unclear, as_lying, cell_at
from engine.layout.header_rows import known_cells
from engine.layout.lower_rows import Row

MOST_LABELS = 2000
MOST_FIRMS = 2000
_LABELS = 3  # names of figures in a column: fewer are no table that lies on its side
_NO_UNIT = frozenset({"-", "—", "/", "无", "单位", "计量单位", "金额单位", "unit", "units"})


@dataclass(frozen=True)
class Across:
    """A table that lies on its side, set upright: headers, and a row for each firm with the number of its column.

    `what` says what its columns were taken for, `has_years` whether they are of several years.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    what: Text
    has_years: bool


def label_column(rows: Sequence[Row], vocabulary: Vocabulary) -> int | None:
    """Give the place of the column that has the names of the figures; None if the table stands upright.

    It lies on its side if one column names at least three facts, and more than any row does.
    """
    width = max(map(len, rows), default=0)
    of_row = max((known_cells(row, vocabulary) for row in rows), default=0)
    columns = [[row[place] for row in rows if place < len(row)] for place in range(min(width, 3))]
    counts = [known_cells(column, vocabulary) for column in columns]
    best = max(counts, default=0)
    return counts.index(best) if best >= _LABELS and best > of_row else None


def is_form(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> bool:
    """Say whether names of figures stand in other columns too, as in a form with pairs of name and figure."""
    others = [[cell for place, cell in enumerate(row) if place != labels] for row in rows]
    return sum(named(cell, vocabulary) is not None and len(cell) > 1 for row in others for cell in row) > 1


def set_upright(rows: Sequence[Row], labels: int, vocabulary: Vocabulary, year: int | None = None) -> Across:
    """Give a table that lies on its side as one that stands upright; `year` is that of figures without one.

    Raises Unclear.
    """
    table = as_lying(rows, labels, vocabulary)
    heads = heads_of(table, vocabulary)
    if heads.unit:
        if table.unit_row and table.unit_row != heads.unit:
            raise Unclear(Text("各列以什么为单位", "in which unit its columns are"))
        table = replace(table, unit_row=heads.unit)
    firms: dict[str, dict[int, Whose]] = {}
    for at, whose in heads.columns.items():
        firms.setdefault(whose.firm, {})[at] = whose
    headers: dict[tuple[str, int], None] = {}
    cells: list[tuple[int, dict[tuple[str, int], str]]] = []
    for columns in firms.values():
        stated = dict(_stated(table, columns, vocabulary, year))
        headers.update(dict.fromkeys(stated))
        cells.append((min(columns) + 1, stated))
    order = sorted(headers, key=lambda one: one[1])
    names, lines = [name for name, _ in order], [(line, [one.get(key, "") for key in order]) for line, one in cells]
    if heads.names_firms:
        names = ["企业名称", *names]
        lines = [(line, [firm, *one]) for (line, one), firm in zip(lines, firms, strict=True)]
    return Across(tuple(names), tuple(lines), _told(table, firms, heads.dropped), bool(table.years))


def _stated(
    table: Lying, columns: Mapping[int, Whose], vocabulary: Vocabulary, year: int | None
) -> list[tuple[tuple[str, int], str]]:
    """Give what the columns of one firm state: a header, with the number of its row, and a cell.

    Each figure is that of its year; what lasts stands once.
    """
    found = []
    for number, row in enumerate(table.body):
        name = _with_unit(row[table.labels], table.unit_of(row))
        own = named(row[table.labels], vocabulary)
        if table.unit_row and own is not None and own.kind is not Kind.MONEY:  # it is that of the amounts
            name = row[table.labels]
        fact = named(name, vocabulary)
        texts = {at: text for at in columns if (text := cell_at(row, at))}
        lasts = fact is None or not fact.is_numeric or dated(name) is not None or not is_yearly(fact, vocabulary)
        if lasts and len(set(texts.values())) < 2:  # noqa: PLR2004 it is the same in all years
            found.append(((name, number), next(iter(texts.values()), "")))
            continue
        for at, text in texts.items():
            when = columns[at].when
            if not when and year is not None and not lasts and names_no_year(name):
                when = f"{year}年"
            found.append(((f"{name}{when}", number), text))
    return found


def _with_unit(name: str, unit: str) -> str:
    unit = unit.strip().strip("()（）")
    return f"{one_line(name)}（{unit}）" if unit and header_key(unit) not in _NO_UNIT else name


def _told(table: Lying, firms: Mapping[str, Mapping[int, Whose]], dropped: Sequence[str]) -> Text:
    what = Text(
        f"{len(firms)} 列各为一家企业，行号指列号", f"each of {len(firms)} columns is a firm, and lines are columns"
    )
    if len(firms) == 1:
        what = Text("各列合为一家企业", "its columns make one firm")
    elif any(len(columns) > 1 for columns in firms.values()):
        what = Text(
            f"各列合为 {len(firms)} 家企业，行号指首列号", f"its columns make {len(firms)} firms, lines are columns"
        )
    left = Text("", "")
    if dropped:
        left = Text(f"；未读取的列：{'、'.join(dropped)}", f"; columns not read: {', '.join(dropped)}")
    at = table.labels + 1
    return Text(
        f"指标名在第 {at} 列，横向读取：{what.zh}{left.zh}",
        f"names of figures in column {at}, read across: {what.en}{left.en}",
    )


REFUSED = Text(
    "像是一张申报表：各项名称分散在多列，不是一行一家企业",
    "looks like a form: names of figures stand in several columns",
)
SET_UPRIGHT = Text(
    "请改成一行一家企业、首行为列名的表（champion facts --template 给出模板）。",
    "Give each firm one row under a header (`champion facts --template` writes one).",
)
