"""A table whose first column has the names of the figures: read across, a column a firm or a column a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import Text
from engine.facts import Vocabulary
from engine.header_names import named
from engine.header_rows import Row, is_unit, known_cells
from engine.header_units import header_key
from engine.header_years import dated, is_yearly, period
from engine.headers import one_line

MOST_LABELS = 2000
MOST_FIRMS = 2000
_LABELS = 3  # names of figures in a column: fewer are no table that lies on its side
_VALUE_COLUMN = frozenset(
    [
        "",
        "内容",
        "填写内容",
        "填报内容",
        "数值",
        "数据",
        "值",
        "情况",
        "填写",
        "企业填写",
        "本企业",
        "金额",
        "value",
        "values",
    ]
)
_NO_UNIT = frozenset({"-", "—", "/", "无", "单位", "计量单位", "金额单位", "unit", "units"})
_UNITS = frozenset({"单位", "计量单位", "金额单位", "unit", "units"})


@dataclass(frozen=True)
class Across:
    """A table that lies on its side, set upright: headers, and a row for each firm with the number of its column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    is_by_years: bool


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


def set_upright(rows: Sequence[Row], labels: int, vocabulary: Vocabulary) -> Across:
    """Give a table that lies on its side as one that stands upright."""
    named_rows = [row for row in rows if labels < len(row) and row[labels].strip()]
    first = next(n for n, row in enumerate(named_rows) if named(row[labels], vocabulary) is not None)
    above = named_rows[first - 1] if first and period_or_words(named_rows[first - 1], labels) else []
    body = named_rows[first:]
    width = max(len(row) for row in body)
    unit_at = _unit_place(above, body, labels, vocabulary)
    places = [
        at
        for at in range(labels + 1, width)
        if at != unit_at and any(at < len(row) and row[at].strip() for row in body)
    ]
    heads = {at: above[at].strip() if at < len(above) else "" for at in places}
    names = [
        _with_unit(row[labels], row[unit_at] if unit_at is not None and unit_at < len(row) else "") for row in body
    ]
    values = [{at: row[at] if at < len(row) else "" for at in places} for row in body]
    if any(period(head) is not None for head in heads.values()):
        return _by_years(names, values, heads, vocabulary)
    headers, rows_ = list(names), [(at + 1, [value[at] for value in values]) for at in places]
    is_named = any((fact := named(name, vocabulary)) is not None and fact.id == "firm_name" for name in names)
    if not is_named and not any(header_key(head) in _VALUE_COLUMN for head in heads.values()):
        headers = ["企业名称", *headers]
        rows_ = [(line, [heads[line - 1], *cells]) for line, cells in rows_]
    return Across(tuple(headers), tuple(rows_), is_by_years=False)


def period_or_words(row: Row, labels: int) -> bool:
    """Say whether a row above the first figure heads the columns: with years or names beside 指标, not with a title."""
    return sum(bool(cell.strip()) for cell in row[labels:]) > 1


def _by_years(
    names: Sequence[str],
    values: Sequence[dict[int, str]],
    heads: dict[int, str],
    vocabulary: Vocabulary,
) -> Across:
    """Give the one firm whose columns are years: each figure is that of its year, what has no year stands once."""
    headers, cells = [], []
    for name, row in zip(names, values, strict=True):
        stated = {at: text for at, text in row.items() if text.strip()}
        fact, different = named(name, vocabulary), set(stated.values())
        lasts = fact is None or not fact.is_numeric or dated(name) is not None or not is_yearly(fact, vocabulary)
        if lasts and len(different) < 2:  # noqa: PLR2004 it is the same in all years
            headers.append(name)
            cells.append(next(iter(different), ""))
            continue
        for at, text in stated.items():
            headers.append(f"{name}{heads[at]}")
            cells.append(text)
    return Across(tuple(headers), ((min(heads) + 1, cells),), is_by_years=True)


def _unit_place(above: Row, body: Sequence[Row], labels: int, vocabulary: Vocabulary) -> int | None:
    """Give the place of the column beside the names that has their units."""
    at = labels + 1
    is_named = any(header_key(row[at]) in _UNITS for row in (above, body[0]) if at < len(row))
    said = [row[at] for row in body if at < len(row) and row[at].strip()]
    return at if said and (is_named or all(is_unit(cell, vocabulary) for cell in said)) else None


def _with_unit(name: str, unit: str) -> str:
    unit = unit.strip().strip("()（）")
    return f"{one_line(name)}（{unit}）" if unit and header_key(unit) not in _NO_UNIT else name


REFUSED = Text(
    "像是一张申报表：各项名称分散在多列，不是一行一家企业",
    "looks like a form: names of figures stand in several columns",
)
SET_UPRIGHT = Text(
    "请改成一行一家企业、首行为列名的表（champion facts --template 给出模板）。",
    "Give each firm one row under a header (`champion facts --template` writes one).",
)
