"""Columns of any type as the text that a person would have typed, because every value is read in one way.

A database computes guarded expressions for all rows: a cast that may fail, of one row, would end all of them.
"""

from __future__ import annotations

from collections.abc import Container

from engine.ground.harmless import IS_PLAIN, REPLACED, RUNS, UNPRINTABLE
from engine.headers.cells import BEGINNING
from engine.sql.functions import cases
from engine.sql.table import Table
from engine.sql.value import Value, literal

_LONGEST = 32_767  # characters: as many as a cell of Excel may have
_WHOLE = 2.0**62  # floats below are whole numbers of 64 bits: an id of 18 digits is not 9.1e+17


def as_text(column: Value) -> Value:
    """Give a column as text: 35.0 as 35, yes and no in Chinese, days as 2026-04-01, lists with 、 between words."""
    kind, text = column.type, column.cast("VARCHAR")
    if kind == "BOOLEAN":
        return cases((column, "是"), (~column, "否"))
    if kind.endswith("[]"):
        part = as_text(Value("part", kind.removesuffix("[]")))
        parts = Value(f"list_transform({column.sql}, lambda part: {part.sql})", "VARCHAR[]")
        return cases((column.length() == 0, "无"), else_=parts.join("、"))
    if kind in {"DOUBLE", "FLOAT"}:
        is_whole = (column % 1.0 == 0.0) & (column.abs() < _WHOLE)
        return cases((is_whole, column.try_cast("BIGINT").cast("VARCHAR")), else_=text)
    superfluous = None
    if kind.startswith("DECIMAL") and not kind.endswith(",0)"):
        superfluous = r"\.?0+$"
    elif kind.startswith("TIMESTAMP") and "ZONE" not in kind:
        superfluous = " 00:00:00$"
    return text if superfluous is None else text.re_replace(superfluous, "")


def text_table(table: Table, wanted: Container[str] | None = None) -> Table:
    """Give a table with its columns as text, named t0, t1, … by place, or only those `wanted` by these names.

    A cell longer than any of Excel is cut.
    """
    every = {f"t{place}": table[name] for place, name in enumerate(table.columns)}
    kept = every if wanted is None else {name: one for name, one in every.items() if name in wanted}
    texts = table.select(**{name: as_text(one) for name, one in kept.items()})
    may_be_long = [name for name, one in kept.items() if _may_be_long(one.type)]
    return texts.mutate(**{name: shortened(texts[name], _LONGEST) for name in may_be_long})


def _may_be_long(kind: str) -> bool:
    return kind == "VARCHAR" or kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "BLOB"))


def shortened(text: Value, longest: int) -> Value:
    """Give the beginning of each text that is longer, with a mark that makes no figure or word of it."""
    return cases((text.length() > longest, text.substr(0, BEGINNING) + "…"), else_=text)


def harmless_text(column: Value) -> Value:
    """Give texts as cells of CSV that no spreadsheet runs, as `harmless` does; most are known to be so by a look."""
    printable = column.re_replace(UNPRINTABLE, REPLACED)
    runs = printable.re_search(RUNS) & ~printable.re_search(IS_PLAIN)
    return cases(
        (column.re_search(f"{RUNS}|{UNPRINTABLE}"), cases((runs, literal("'") + printable), else_=printable)),
        else_=column,
    )
