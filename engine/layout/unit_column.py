"""Columns that name the unit of each row: the words are put behind the bare amounts of that row.

One column 单位 is of all amounts; several, and those of a single figure (营业收入单位), are each of their own. A column
of currencies is of all amounts, those whose header names a unit too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.ground.errors import Problem, Text
from engine.headers.names import money_columns, named_with_unit, partings
from engine.headers.understanding import Understanding
from engine.headers.units import (
    CURRENCY,
    OWN_MONEY,
    TAKEN,
    UNIT_HEADS,
    MoneyUnit,
    header_key,
    is_foreign_money,
    is_scale,
)
from engine.language.facts import Fact, Kind, Vocabulary
from engine.language.figure_text import CONTRADICTED
from engine.language.reading import money_unit, names_no_unit
from engine.layout.lower_rows import is_unit

Record = tuple[int, list[str]]

_OF_ONE = re.compile(r"^(.+?)的?[-_/ ]?(?:(?:金额|货币|计量|数据)?单位|units?)$", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Za-z]{2,4}\$?|[\u4e00-\u9fff]{1,6}|[$€£¥]")
_NONE = "（未写单位）"  # behind a figure nobody can read it
_OTHER_AMOUNT = re.compile(r"额|款|[金费价]|产[量值]|数量|amount|price|quantity|volume", re.IGNORECASE)
_LONGEST_UNIT = 10  # characters: more may be an organisation
_LOOKED_AT = 50  # columns without a name that says so
_DOUBT = Text(
    "单位不能确定：有“单位”列，但看不出是哪一列金额的单位",
    "has no certain unit: a column names units, and it cannot be seen of which amounts",
)


@dataclass(frozen=True)
class UnitColumn:
    """A column that names the unit, or only the currency, of the amounts in the columns `amounts`, row by row.

    `stated` are the amounts whose header names a unit, with it: what a row says of them must be the same.
    """

    place: int
    amounts: tuple[int, ...]
    is_currency: bool
    stated: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class UnitColumns:
    """The columns of units of a table; what to say of its amounts on their account, if anything."""

    columns: tuple[UnitColumn, ...] = ()
    unit: MoneyUnit | None = None


def may_be_units(headers: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """Give the places of the columns that may name units: by their header, or of the others the first few."""
    money, bare = money_columns(headers, vocabulary)
    if not money:
        return []
    named = [at for at in range(len(headers)) if _kind(headers, at, vocabulary, bare) is not None]
    others = (
        at for at, header in enumerate(headers) if at not in named and named_with_unit(header, vocabulary)[0] is None
    )
    return [*named, *islice(others, _LOOKED_AT)]


def unit_columns(headers: Sequence[str], rows: Iterable[Sequence[str]], vocabulary: Vocabulary) -> UnitColumns:
    """Give the columns that name units, from the first rows below the header.

    A column 单位 whose cells are no units is that of an organisation.
    """
    sample = list(rows)
    money, bare = money_columns(headers, vocabulary)
    cells = {
        at: [row[at].strip() for row in sample if at < len(row) and row[at].strip()]
        for at in may_be_units(headers, vocabulary)
    }
    found = {at: _kind(headers, at, vocabulary, bare) for at in cells}
    found = {at: _by_cells(cells[at]) if kind is None else kind for at, kind in found.items()}
    kinds = {at: kind for at, kind in found.items() if kind is not None}
    currencies = [UnitColumn(at, tuple(money), is_currency=True) for at, kind in kinds.items() if kind == "currency"]
    units = {at: kind for at, kind in kinds.items() if kind != "currency" and _names_money(cells[at], vocabulary)}
    units = {at: kind for at, kind in units.items() if kind != "" or all(is_unit(one, vocabulary) for one in cells[at])}
    places = tuple(sorted([*units, *(one.place for one in currencies)]))
    of_headers = [
        UnitColumn(at, (), is_currency=False, stated=stated)
        for at, kind in units.items()
        if (stated := _stated(headers, at, kind, vocabulary))
    ]
    if not units or not bare:
        return UnitColumns((*of_headers, *currencies), None)
    paired = _paired(units, bare, headers, vocabulary)
    seen = {money_unit(word) for at in units for word in cells[at]}
    if paired is None and seen != {TAKEN}:
        return UnitColumns((), MoneyUnit("", _DOUBT, _DOUBT, places))
    of = [UnitColumn(at, amounts, is_currency=False) for at, amounts in (paired or {}).items()]
    left = "、".join(dict.fromkeys(headers[at] or f"#{at + 1}" for at in units))
    where = Text(f"各行单位见“{left}”列", f"in the unit that {left} says of each row")
    amounts = tuple(sorted(at for one in of for at in one.amounts))
    return UnitColumns((*of, *of_headers, *currencies), MoneyUnit("", where, columns=places, amounts=amounts))


def _stated(headers: Sequence[str], at: int, kind: str | Fact, vocabulary: Vocabulary) -> tuple[tuple[int, str], ...]:
    """Give the amounts with a unit in the header that a column of units is of too: one behind another amount is not."""
    if not isinstance(kind, Fact) and at and _OTHER_AMOUNT.search(headers[at - 1]):
        beside, _ = named_with_unit(headers[at - 1], vocabulary)
        if beside is None:
            return ()
    named = ((place, *named_with_unit(header, vocabulary)) for place, header in enumerate(headers))
    return tuple(
        (place, unit)
        for place, fact, unit in named
        if fact is not None and fact.kind is Kind.MONEY and unit and (fact == kind or not isinstance(kind, Fact))
    )


def _kind(headers: Sequence[str], at: int, vocabulary: Vocabulary, bare: Sequence[int]) -> str | Fact | None:
    """Give "currency", "unit", "" for no header beside an amount, the fact that a column is the unit of, or None."""
    key = header_key(headers[at])
    if key in CURRENCY:
        return "currency"
    if key in UNIT_HEADS:
        return "unit"
    if not key:
        return "" if at - 1 in bare else None
    if found := _OF_ONE.match(key):
        fact, _ = named_with_unit(found[1], vocabulary)
        return fact if fact is not None and fact.is_numeric else None
    for base, beside, _ in partings(headers[at]):
        if beside is not None and header_key(base) in UNIT_HEADS:
            fact, _ = named_with_unit(beside, vocabulary)
            return fact if fact is not None and fact.is_numeric else None
    return None


def _by_cells(cells: Sequence[str]) -> str | None:
    """Give what a column of whatever header names if every cell of it is a currency, or a unit of money."""
    units = [money_unit(cell) for cell in cells]
    if not cells or not all(
        unit or header_key(cell) in OWN_MONEY or (_CURRENCY.fullmatch(cell) and is_foreign_money(cell))
        for unit, cell in zip(units, cells, strict=True)
    ):
        return None
    return "unit" if any(units) else "currency"


def _differ(cells: Iterable[object], headers: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Say whether a column of units has one that is not that of every amount."""
    units = {
        unit or TAKEN
        for header in headers
        for fact, unit in [named_with_unit(header, vocabulary)]
        if fact and fact.kind is Kind.MONEY
    }
    said = {unit for cell in cells if cell is not None and (unit := _said_of_money(str(cell).strip()))}
    return bool(said) and (len(units) > 1 or not said <= units)


def _said_of_money(word: str) -> str | None:
    """Give the unit of money that a cell names, of whatever country; None if it names none."""
    return money_unit(word) or (word if is_foreign_money(word) else None)


def _names_money(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Say whether the cells of a column are units, one of them of money: half of them for sure, or none is a name."""
    units = [cell for cell in cells if is_unit(cell, vocabulary)]
    if 2 * len(units) >= len(cells) and any(money_unit(cell) or is_foreign_money(cell) for cell in units):
        return True
    of_money = any(money_unit(cell) or is_foreign_money(cell) or (is_scale(cell) and cell != "元") for cell in cells)
    return of_money and all(len(cell) <= _LONGEST_UNIT for cell in cells)


def _paired(
    units: Mapping[int, str | Fact | None], bare: Sequence[int], headers: Sequence[str], vocabulary: Vocabulary
) -> dict[int, tuple[int, ...]] | None:
    """Give the amounts that each column of units is of; None if that is not certain."""
    facts = {at: named_with_unit(headers[at], vocabulary)[0] for at in bare}
    of_one = {
        at: tuple(place for place in bare if facts[place] == kind)
        for at, kind in units.items()
        if isinstance(kind, Fact)
    }
    rest = [at for at in bare if all(at not in places for places in of_one.values())]
    plain = [at for at, kind in units.items() if not isinstance(kind, Fact)]
    if not plain:
        return of_one
    if len(plain) == 1 and not (units[plain[0]] == "" and len(rest) > 1):
        is_amid = any(at < plain[0] for at in rest) and any(at > plain[0] for at in rest)
        return None if is_amid else {**of_one, plain[0]: tuple(rest)}
    for step in (-1, 1):
        if {at + step for at in plain} == set(rest):
            return {**of_one, **{at: (at + step,) for at in plain}}
    return None


def with_units(records: Iterable[Record], columns: Sequence[UnitColumn]) -> Iterator[Record]:
    """Give the records with the unit of each row behind its amounts that have none of their own."""
    for line, cells in records:
        for column in columns:
            word = cells[column.place].strip()
            if column.is_currency:
                word = "" if header_key(word) in OWN_MONEY else f"（{word}）"
            elif word[:1].isdigit():  # which would be more digits of the figure
                word = f"（{word}）"
            for at in column.amounts if word or not column.is_currency else ():
                if cells[at].strip() and (names_no_unit(cells[at]) or column.is_currency):
                    cells[at] = f"{cells[at].strip()}{word or _NONE}"
            for at, unit in column.stated:
                if cells[at].strip() and names_no_unit(cells[at]) and _said_of_money(word) not in {None, unit}:
                    cells[at] = f"{cells[at].strip()}{CONTRADICTED}"
        yield line, cells


def units_in_rows(
    understanding: Understanding, vocabulary: Vocabulary, cells: Callable[[int], Iterable[object]] | None = None
) -> Iterator[Problem]:
    """Give the problem of a table, read where it is, that has a column of units or currencies beside amounts.

    `cells` gives what stands in a column; where it cannot be looked at, 单位 is taken for a column of units.
    """
    headers = [one.header for one in understanding.columns]
    bare = money_columns(headers, vocabulary)[1]
    for at in may_be_units(headers, vocabulary):
        kind = _kind(headers, at, vocabulary, bare)
        if understanding.columns[at].fact is not None or not kind:
            continue
        if (
            kind == "currency"
            and cells is not None
            and all(header_key(str(one or "")) in OWN_MONEY for one in cells(at))
        ):
            continue
        is_heeded = bare or kind == "currency" or bool(_stated(headers, at, kind, vocabulary))
        if is_heeded and (kind == "currency" or cells is None or _differ(cells(at), headers, vocabulary)):
            what = Text("各行单位或币种不同的表不能在这里比对", "names the unit of each row, which is not heeded here")
            instead = Text(
                "请换算成万元，或在列名写明单位并删去此列；也可存成文件用 champion screen 比对。",
                "Convert to 万元 or name the unit in the headers and drop the column; or screen it as a file.",
            )
            yield Problem(headers[at], what, instead)
