"""Columns of any type as the text that a person would have typed, because every value is read in one way.

A database computes guarded expressions for all rows: a cast that may fail, of one row, would end all of them.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from engine.ground.harmless import FIRST, IS_PLAIN, REPLACED, RUNS, UNPRINTABLE
from engine.headers.cells import BEGINNING

_LONGEST = 32_767  # characters: as many as a cell of Excel may have
_WHOLE = 2.0**62  # floats below are whole numbers of 64 bits: an id of 18 digits is not 9.1e+17


def as_text(column: ir.Value) -> ir.StringValue:
    """Give a column as text: 35.0 as 35, yes and no in Chinese, days as 2026-04-01, lists with 、 between words."""
    kind, text = column.type(), column.cast("string")
    if kind.is_boolean():
        return ibis.cases((column, "是"), (~column, "否"))
    if kind.is_array():
        return ibis.cases((column.length() == 0, "无"), else_=column.map(_part_as_text).join("、"))
    if kind.is_floating():
        is_whole = (column % 1.0 == 0.0) & (column.abs() < _WHOLE)
        return ibis.cases((is_whole, column.try_cast("int64").cast("string")), else_=text)
    superfluous = None
    if kind.is_decimal() and kind.scale != 0:
        superfluous = r"\.?0+$"
    elif kind.is_timestamp() and kind.timezone is None:
        superfluous = " 00:00:00$"
    return text if superfluous is None else text.re_replace(superfluous, "")


def _part_as_text(part: ir.Value) -> ir.StringValue:
    return as_text(part)


def text_table(table: ir.Table) -> ir.Table:
    """Give a table with its columns as text, named t0, t1, … by place; a cell longer than any of Excel is cut."""
    texts = table.select(**{f"t{place}": as_text(table[name]) for place, name in enumerate(table.columns)})
    may_be_long = [name for name, kind in zip(texts.columns, table.schema().types, strict=True) if not _is_short(kind)]
    return texts.mutate(**{name: shortened(texts[name], _LONGEST) for name in may_be_long})


def _is_short(kind: dt.DataType) -> bool:
    return not (kind.is_string() or kind.is_array() or kind.is_struct() or kind.is_map())


def shortened(text: ir.StringValue, longest: int) -> ir.StringValue:
    """Give the beginning of each text that is longer, with a mark that makes no figure or word of it."""
    return ibis.cases((text.length() > longest, text.substr(0, BEGINNING) + "…"), else_=text)


def harmless_text(column: ir.StringValue) -> ir.StringValue:
    """Give texts as cells of CSV that no spreadsheet runs, as `harmless` does; most are known by their first letter."""
    printable = ibis.cases((column.re_search(UNPRINTABLE), column.re_replace(UNPRINTABLE, REPLACED)), else_=column)
    begins = ibis.array([ord(letter) for letter in FIRST]).contains(printable.ascii_str())
    runs = ibis.cases((begins, printable.re_search(RUNS) & ~printable.re_search(IS_PLAIN)), else_=False)
    return ibis.cases((runs, ibis.literal("'") + printable), else_=printable)
