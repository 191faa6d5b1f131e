"""A column that names the unit of each row: its word is put behind the bare amounts of that row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.errors import Problem, Text
from engine.facts import Kind, Vocabulary
from engine.header_names import named_with_unit
from engine.header_rows import is_unit
from engine.header_units import MoneyUnit, header_key
from engine.headers import Understanding
from engine.reading import names_no_unit

Record = tuple[int, list[str]]

_UNITS = frozenset(["单位", "计量单位", "金额单位", "货币单位", "数据单位", "unit", "units", "unitofmoney"])
_CURRENCIES = frozenset(["币种", "货币", "货币种类", "货币代码", "currency", "currencycode"])
_OWN = frozenset(["", "元", "人民币", "人民币元", "rmb", "cny", "¥", "renminbi", "yuan", "本位币"])
_NONE = "（未写单位）"  # behind a figure nobody can read it


def columns_of_units(headers: Sequence[str]) -> list[int]:
    """Give the places of the columns whose header says that they name units or currencies."""
    return [place for place, header in enumerate(headers) if header_key(header) in _UNITS | _CURRENCIES]


def unit_column(
    headers: Sequence[str], rows: Iterable[Sequence[str]], vocabulary: Vocabulary
) -> tuple[int, bool] | None:
    """Give the place of the column that names the unit of each row's amounts, and whether it only names a currency.

    A column 单位 whose first cells are no units is that of an organisation.
    """
    sample = list(rows)
    for place in columns_of_units(headers):
        if header_key(headers[place]) in _CURRENCIES:
            return place, True
        cells = [row[place] for row in sample if place < len(row) and row[place].strip()]
        if cells and all(is_unit(cell, vocabulary) for cell in cells):
            return place, False
    return None


def with_units(
    headers: Sequence[str], records: Iterable[Record], column: tuple[int, bool], vocabulary: Vocabulary
) -> Iterator[Record]:
    """Give the records with the unit of each row behind its amounts that have none of their own."""
    place, is_currency = column
    stated = (named_with_unit(header, vocabulary) for header in headers)
    bare = [at for at, (fact, unit) in enumerate(stated) if fact is not None and fact.kind is Kind.MONEY and not unit]
    for line, cells in records:
        word = cells[place].strip()
        if is_currency:
            word = "" if header_key(word) in _OWN else f"（{word}）"
        elif not word:
            word = _NONE
        if word:
            for at in bare:
                if cells[at].strip() and (names_no_unit(cells[at]) or is_currency):
                    cells[at] = f"{cells[at].strip()}{word}"
        yield line, cells


def named_in(header: str) -> MoneyUnit:
    """Give what to say of amounts whose unit the column with that header names."""
    return MoneyUnit("", Text(f"各行单位见“{header}”列", f"in the unit that {header} says of each row"), column=header)


def units_in_rows(understanding: Understanding) -> Iterator[Problem]:
    """Give the problem of a table, read where it is, that has a column of units beside amounts without one."""
    bare = [one for one in understanding.columns if one.fact and one.fact.kind is Kind.MONEY and not one.unit]
    for one in understanding.columns if bare else ():
        if one.fact is None and header_key(one.header) in _UNITS | _CURRENCIES:
            what = Text("各行单位或币种不同的表不能在这里比对", "names the unit of each row, which is not heeded here")
            instead = Text(
                "请换算成万元，或在列名写明单位并删去此列；也可存成文件用 champion screen 比对。",
                "Convert to 万元 or name the unit in the headers and drop the column; or screen it as a file.",
            )
            yield Problem(one.header, what, instead)
