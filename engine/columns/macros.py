"""Words as columns that macros of the database make, known to a connection by `MACROS`.

Numbers are written as `wording.decimal` and `wording.in_full` write them, and ways put together as
`reasons.failing_words` does: as expressions they would be copied for each of hundreds of figures. Nothing fails on any
float: a cast that is guarded may be computed all the same.
"""

from __future__ import annotations

from typing import cast

import ibis.expr.types as ir

from engine.columns.sql import database_function

MACROS = """
CREATE OR REPLACE TEMP MACRO champion_full(number) AS regexp_replace(format('{:,}', number), '[.]0$', '');
CREATE OR REPLACE TEMP MACRO champion_rounded(number) AS
    round(number * 1.0000000000000004, CASE WHEN abs(number) >= 1 THEN 2 ELSE 4 END);
CREATE OR REPLACE TEMP MACRO champion_twelve(number) AS format('{:.12g}', number)::DOUBLE;
CREATE OR REPLACE TEMP MACRO champion_decimal(number, bar) AS CASE
    WHEN abs(number) < 4e13 AND champion_rounded(number) <> 0
        AND sign(champion_rounded(number) - bar) = sign(number - bar)
        THEN champion_full(champion_rounded(number))
    WHEN abs(number) BETWEEN 5e-10 AND 1e-4 THEN rtrim(format('{:.9f}', number), '0')
    WHEN sign(champion_twelve(number) - bar) = sign(number - bar) THEN champion_full(champion_twelve(number))
    ELSE champion_full(number) END;
CREATE OR REPLACE TEMP MACRO champion_ways(told, head, mark, tail) AS list_transform([told], lambda text:
    CASE WHEN contains(text, chr(31)) THEN head || replace(rtrim(text), chr(31), mark) || tail ELSE text END)[1];
CREATE OR REPLACE TEMP MACRO champion_fifteen(number) AS format('{:.15g}', number)::DOUBLE;
"""


_ways = database_function("champion_ways", ("string",) * 4, "string")
_decimal = database_function("champion_decimal", ("float64", "float64"), "string")
_full = database_function("champion_full", ("float64",), "string")
_fifteen = database_function("champion_fifteen", ("float64",), "float64")


def decimals(number: ir.Value, against: ir.Value | float = 0.0) -> ir.StringValue:
    """Write numbers with two decimals, or as many as it takes to keep the side of `against`."""
    return cast("ir.StringValue", _decimal(number, against))


def full(number: ir.Value) -> ir.StringValue:
    """Write numbers with every digit."""
    return cast("ir.StringValue", _full(number))


def millions(number: ir.Value) -> ir.FloatingValue:
    """Give money of 万元 in millions, as a decimal of 15 digits."""
    return cast("ir.FloatingValue", _fifteen(number / 100))


def several_ways(told: ir.StringValue, head: str, between: str, tail: str) -> ir.StringValue:
    """Give texts, each made of pieces with GAP between them: of several pieces with that around and between them."""
    return cast("ir.StringValue", _ways(told, head, between, tail))
