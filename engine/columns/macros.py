"""Numbers in words as columns, known to a connection by `write_numbers`.

They are written as `wording.decimal`, `apart` and `in_full` write them: by macros of the database, or of few rows by
these functions themselves, because to plan the macros of hundreds of figures takes a second. Nothing fails on any
float: a cast that is guarded may be computed all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from math import floor, log10, nan

import duckdb

from engine.explaining.wording import EVEN_FROM, decimal, in_full
from engine.explaining.wording import apart as written_apart
from engine.explaining.wording import beside as written_beside
from engine.sql.functions import function
from engine.sql.value import Value

MACROS = """
CREATE OR REPLACE TEMP MACRO champion_full(number) AS CASE
    WHEN number = trunc(number) AND abs(number) < 1e15 THEN format('{:,}', TRY_CAST(number AS BIGINT))
    ELSE regexp_replace(format('{:,}', number), '[.]0$', '') END;
CREATE OR REPLACE TEMP MACRO champion_rounded(number) AS
    round(number * 1.0000000000000004, CASE WHEN abs(number) >= 1 THEN 2 ELSE 4 END);
CREATE OR REPLACE TEMP MACRO champion_to(number, decimals) AS round(number * 1.0000000000000004, decimals);
CREATE OR REPLACE TEMP MACRO champion_twelve(number) AS format('{:.12g}', number)::DOUBLE;
CREATE OR REPLACE TEMP MACRO champion_fifteen(number) AS format('{:.15g}', number)::DOUBLE;
CREATE OR REPLACE TEMP MACRO champion_beside(number) AS CASE
    WHEN abs(number) < 1e-15 THEN 0.0
    WHEN abs(number - champion_fifteen(number)) <= abs(number) * 2.220446049250313e-16 THEN champion_fifteen(number)
    ELSE number END;
CREATE OR REPLACE TEMP MACRO champion_decimal(number, bar) AS CASE
    WHEN abs(number) BETWEEN 0.01 AND 1e11 AND abs(number - bar) >= 0.01
        THEN regexp_replace(format('{:,}', champion_rounded(number)), '[.]0$', '')
    WHEN abs(number) < 4e13 AND champion_rounded(number) <> 0
        AND sign(champion_rounded(number) - bar) = sign(number - bar)
        THEN champion_full(champion_rounded(number))
    WHEN abs(number) BETWEEN 1 AND 3.9e11 AND sign(champion_to(number, 4) - bar) = sign(number - bar)
        THEN champion_full(champion_to(number, 4))
    WHEN abs(number) BETWEEN 1.1e-4 AND 3.9e9 AND sign(champion_to(number, 6) - bar) = sign(number - bar)
        THEN champion_full(champion_to(number, 6))
    WHEN abs(number) BETWEEN 5e-10 AND 1e-4 THEN rtrim(format('{:.9f}', number), '0')
    WHEN sign(champion_twelve(number) - bar) = sign(number - bar) THEN champion_full(champion_twelve(number))
    WHEN sign(champion_fifteen(number) - bar) = sign(number - bar) THEN champion_full(champion_fifteen(number))
    ELSE champion_full(number) END;
CREATE OR REPLACE TEMP MACRO champion_apart(number, scale, least, even) AS CASE
    WHEN number >= 4e13 THEN champion_decimal(number, 0.0)
    WHEN number > even THEN champion_full(floor(number * 1.0000000000000004 * 100.0 + 0.5) / 100.0)
    WHEN floor(number * scale + 0.5) = 0 THEN least
    ELSE champion_decimal(format('{:.2g}', floor(number * scale + 0.5) / scale * 1.0000000000000004)::DOUBLE, 0.0) END;
"""


def _least_or_apart(number: float, scale: float, least: str, even_from: float) -> str:
    if number <= even_from and floor(number * scale + 0.5) == 0:
        return least
    return written_apart(number, round(log10(scale)), even_from=even_from)


_WRITTEN: Mapping[str, tuple[Callable[..., str | float], Sequence[str], str]] = {
    "champion_full": (in_full, ["DOUBLE"], "VARCHAR"),
    "champion_decimal": (decimal, ["DOUBLE", "DOUBLE"], "VARCHAR"),
    "champion_apart": (_least_or_apart, ["DOUBLE", "DOUBLE", "VARCHAR", "DOUBLE"], "VARCHAR"),
    "champion_fifteen": (lambda number: float(f"{number:.15g}"), ["DOUBLE"], "DOUBLE"),
    "champion_beside": (written_beside, ["DOUBLE"], "DOUBLE"),
}


def write_numbers(connection: duckdb.DuckDBPyConnection, *, of_few: bool = False) -> None:
    """Let statements of a connection write numbers, `of_few` rows or of many."""
    for name in _WRITTEN:
        with suppress(duckdb.InvalidInputException):  # there is none
            connection.remove_function(name)
    if not of_few:
        connection.execute(MACROS)
        return
    for name, (write, takes, gives) in _WRITTEN.items():
        connection.execute(f"DROP MACRO IF EXISTS {name}")
        safe = _on_any_float(write, "" if gives == "VARCHAR" else nan)
        connection.create_function(name, safe, list(map(duckdb.sqltype, takes)), duckdb.sqltype(gives))


def _on_any_float(write: Callable[..., str | float], otherwise: str | float) -> Callable[..., str | float]:
    @wraps(write)  # the database looks how many parameters there are
    def written(*numbers: float) -> str | float:
        try:
            return write(*(one + 0.0 if isinstance(one, float) else one for one in numbers))  # -0 is 0
        except (ValueError, OverflowError):  # of no finite number, which nobody is told
            return otherwise

    return written


_decimal = function("champion_decimal", "VARCHAR")
_apart = function("champion_apart", "VARCHAR")
_full = function("champion_full", "VARCHAR")
_fifteen = function("champion_fifteen", "DOUBLE")
beside = function("champion_beside", "DOUBLE")


def decimals(number: Value, against: Value | float = 0.0) -> Value:
    """Write numbers with two decimals, or as many as it takes to keep the side of `against`."""
    return _decimal(number, against)


def apart(number: Value, decimals: int, less_than: str = "", even_from: float = EVEN_FROM) -> Value:
    """Write the sizes of gaps with two decimals, or two digits; what is none in so many decimals with `less_than`."""
    return _apart(number, 10.0**decimals, written_apart(0.0, decimals, less_than), even_from)


def full(number: Value) -> Value:
    """Write numbers with every digit."""
    return _full(number)


def millions(number: Value) -> Value:
    """Give money of 万元 in millions, as a decimal of 15 digits."""
    return _fifteen(number / 100)
