"""The type that an expression claims is that which the database gives it; plain values come back as they were."""

from __future__ import annotations

import math
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sql.database import described, fetched
from engine.sql.functions import (
    NO,
    YES,
    and_,
    cases,
    coalesce,
    greatest,
    is_one_of,
    joined,
    least,
    list_of,
    listed,
    null,
    or_,
    total,
    trimmed,
)
from engine.sql.table import Table, arrow_schema, together
from engine.sql.value import Value, literal

TEXT, FIGURE, TRUTH = Value("'a,b'", "VARCHAR"), Value("2.5e0", "DOUBLE"), YES
WHOLE, LONG, DAY = literal(7), literal(7).cast("BIGINT"), literal(date(2026, 6, 1))
WORDS = list_of(["a", "b"])
EXPRESSIONS = {
    "comparisons": [FIGURE == 1.0, FIGURE != 1, TEXT < "b", date(2026, 1, 1) >= DAY, WHOLE > 3, WHOLE >= LONG],
    "truths": [TRUTH & NO, TRUTH | NO, ~TRUTH, and_(), or_(), and_(TRUTH, NO), or_(TRUTH, NO), FIGURE.between(1, 2)],
    "bits": [LONG & 3, LONG | LONG],
    "sums": [WHOLE + 1, WHOLE - LONG, FIGURE * 2, 1 - FIGURE, WHOLE / 2, FIGURE % 1.0, -FIGURE, total([WHOLE] * 9)],
    "nulls": [FIGURE.isnull(), TEXT.notnull(), TEXT.nullif("x"), FIGURE.fill_null(0), WHOLE.fill_null(0.5)],
    "casts": [WHOLE.cast("SMALLINT"), TEXT.try_cast("DOUBLE"), FIGURE.cast("VARCHAR"), null("DATE"), null("VARCHAR[]")],
    "figures": [FIGURE.abs(), FIGURE.sqrt(), FIGURE.round(1), WHOLE.abs(), DAY.year(), DAY.month(), DAY.day()],
    "texts": [TEXT.lower(), TEXT.strip(), TEXT.right(1), TEXT.substr(0, 1), TEXT.replace("a", "b"), TEXT + "x"],
    "looking": [TEXT.length(), TEXT.letter(), TEXT.startswith("a"), TEXT.contains("a"), TEXT.re_search("a")],
    "patterns": [TEXT.re_replace("a", ""), TEXT.re_extract("(a)", 1), TEXT.translate("a", "b"), trimmed(TEXT, "a")],
    "lists": [TEXT.split(","), WORDS[0], WORDS.at(WHOLE), WORDS.join("、"), WORDS.length(), WORDS.index(TEXT)],
    "choices": [cases((TRUTH, 1), else_=2.5), cases((TRUTH, "a")), cases((NO, 1), (TRUTH, 2**40)), cases(else_="x")],
    "several": [coalesce(WHOLE, 2.5), greatest(WHOLE, LONG), least(FIGURE, 0), list_of([1, 2.5]), list_of([])],
    "words": [joined("a", TEXT, mark=","), joined(), listed([(TRUTH, "a")], ";"), is_one_of(TEXT, ["a"])],
}


@pytest.mark.parametrize("kind", EXPRESSIONS)
def test_an_expression_has_the_type_that_it_claims(kind: str) -> None:
    """`typeof` says of every expression what its `type` says."""
    con = duckdb.connect()
    for one in EXPRESSIONS[kind]:
        found = con.execute(f"SELECT typeof({one.sql})").fetchone()
        assert found == (one.type,), one.sql


@pytest.mark.parametrize(
    "value",
    [
        "", "it's", '"quoted"', "\\", "%_?$1{}", "\x1f\t\n", "𠮷🎉", "--", "/* */",
        0, -5, 2**31 - 1, -(2**31), 2**62, 0.1, -0.0, 1e-320, 1e308, -2.5, 123456789.12345678, math.inf,
        True, False, date(1, 1, 1), date(9999, 12, 31),
    ],
)  # fmt: skip
def test_a_plain_value_comes_back(value: Any) -> None:
    """A literal is read as the very value, behind a sign and within a comparison too."""
    one = literal(value)
    con = duckdb.connect()
    found = con.execute(f"SELECT {one.sql}, {(one == value).sql}").fetchone()
    assert found is not None
    assert (found[0], type(found[0]), found[1]) == (value, type(value), True)
    assert math.copysign(1, found[0]) == math.copysign(1, value) if isinstance(value, float) else True
    if isinstance(value, float):
        assert con.execute(f"SELECT {(-one).sql}").fetchone() == (-value,)


@given(st.floats(allow_nan=False))
@settings(max_examples=200, deadline=None)
def test_any_float_comes_back(number: float) -> None:
    """Whatever float is written, the same bits are read."""
    assert duckdb.sql(f"SELECT {literal(number).sql}").fetchone() == (number,)


@pytest.mark.parametrize("value", [Fraction(1, 3), datetime(2026, 1, 1), 2**63, "\0", object(), ["a"]])  # noqa: DTZ001
def test_what_is_no_plain_value_is_refused(value: Any) -> None:
    """What SQL would cut short or not understand never becomes SQL."""
    with pytest.raises(TypeError, match="no value of SQL"):
        literal(value)


def test_a_value_is_neither_true_nor_many() -> None:
    """A value of each row cannot be asked in Python whether it holds, nor be gone through."""
    with pytest.raises(TypeError):
        bool(FIGURE == 1.0)
    with pytest.raises(TypeError):
        list(WORDS)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="neither yes nor no"):
        or_(WHOLE, NO)
    with pytest.raises(TypeError, match="no type in common"):
        coalesce(TEXT, FIGURE)


def test_steps_of_a_table() -> None:
    """Columns keep their places and types through every step, whatever they are called."""
    con = duckdb.connect()
    con.execute("""CREATE TABLE firms AS SELECT * FROM (VALUES (1, 'a', 2.5e0), (2, 'b', NULL)) t(self, "se""l", x)""")
    table = described(con, "firms")
    table = table.mutate(self=table["self"] + 10, more=table["x"].fill_null(0.0) * 2)
    table = table.rename({"select": 'se"l'}).filter(table["self"] > 11).drop("x")
    found = fetched(con, together([table, table]).ordered("self"))
    assert found.to_pylist() == [{"self": 12, "select": "b", "more": 0.0}] * 2
    assert found.schema.equals(arrow_schema(table.types))
    assert fetched(con, described(con, "firms").counted("self")).num_rows == 2
    assert Table("firms", {"x": "DOUBLE"}).limit(1).statement.count("LIMIT 1") == 1


def test_as_many_as_there_are() -> None:
    """A sum of thousands of values is not nested deeper than the database goes."""
    assert duckdb.sql(f"SELECT {total([literal(1)] * 5000).sql}").fetchone() == (5000,)
