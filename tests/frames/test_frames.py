"""Tables in Python: the same kind comes back, every row in its place, and nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from engine import InputError, assess
from engine import screen as screen_by
from engine.sql.value import Value
from engine.tables.column_text import as_text
from tests.small_rules import rules_asking

AS_OF = date(2026, 6, 30)
FIRMS: dict[str, list[Any]] = {
    "统一社会信用代码": ["A", "B", "C"],
    "企业名称": ["甲", "乙", "丙"],
    "全球市场占有率(%)": [12.4, 70.0, None],
    "全球市场占有率排名": ["1", "约3", "前3名"],
    "国际发明专利数": ["12", "-", "x"],
}
ARROW = pa.table(FIRMS)
RULES = rules_asking("global_rank", "intl_invention_patents", global_market_share_pct="at_least: 15")
screen = partial(screen_by, catalog=RULES)


def _check(rows: list[dict[str, Any]]) -> None:
    assert [row["firm_id"] for row in rows] == ["A", "B", "C"]
    assert [row["verdict"] for row in rows] == ["not_qualified", None, None]
    assert [row["global-market-share-pct"] for row in rows] == ["not_met", None, None]
    assert rows[0]["problems"] is None
    assert rows[1]["problems"].startswith("全球市场占有率排名: “约3” ")
    assert rows[2]["problems"].startswith("国际发明专利数: “x” ")


def test_arrow() -> None:
    """An Arrow table gives an Arrow table; a row that cannot be read keeps its place and says why."""
    found = screen(ARROW, as_of=AS_OF)
    assert isinstance(found, pa.Table)
    _check(found.to_pylist())


def test_pandas() -> None:
    """A pandas frame gives a pandas frame with the same index."""
    frame = pd.DataFrame(FIRMS, index=[7, 8, 9])
    found = screen(frame, as_of=AS_OF)
    assert list(found.index) == [7, 8, 9]
    _check(found.astype(object).where(found.notna(), None).to_dict("records"))


def test_mixed_pandas() -> None:
    """A pandas column of numbers and words is read as what was typed."""
    frame = pd.DataFrame({"企业名称": ["甲", "乙"], "全球市场占有率(%)": [12.4, "70%"]})
    assert list(screen(frame, as_of=AS_OF)["global-market-share-pct"]) == ["not_met", "met"]


def test_polars() -> None:
    """A Polars frame gives a Polars frame, a lazy one a lazy one."""
    frame = pl.DataFrame(FIRMS, strict=False)
    _check(screen(frame, as_of=AS_OF).to_dicts())
    lazy = screen(frame.lazy(), as_of=AS_OF)
    assert isinstance(lazy, pl.LazyFrame)
    _check(lazy.collect().to_dicts())


def test_ibis() -> None:
    """An Ibis table of DuckDB gives a lazy table of the same connection."""
    connection = ibis.duckdb.connect()
    connection.con.register("firms", ARROW)
    found = screen(connection.table("firms"), as_of=AS_OF)
    assert ibis.get_backend(found) is connection
    _check(found.order_by("firm_id").to_pyarrow().to_pylist())


def test_same_as_assess() -> None:
    """A row gets the verdict that `assess` gives the same firm."""
    found = screen_by(pa.table({"firm_id": ["1"], "global_market_share_pct": [15]}), as_of=AS_OF).to_pylist()[0]
    verdict = assess({"firm_id": "1", "global_market_share_pct": 15}, as_of=AS_OF)
    assert found["verdict"] == verdict.verdict.value
    assert {one.id: found[one.id] for one in verdict.criteria} == {
        one.id: one.outcome.value for one in verdict.criteria
    }


@pytest.mark.parametrize("labels", ["ids", "titles"])
@pytest.mark.parametrize("figures", [True, False])
def test_looks(labels: Any, figures: bool) -> None:  # noqa: FBT001
    """Headings may be words, and figures may come along; a rejected row still has neither."""
    rows = screen(ARROW, as_of=AS_OF, labels=labels, figures=figures, lang="en").to_pylist()
    assert sum(value is not None for value in rows[1].values()) == 7
    assert ("Verdict" in rows[0]) == (labels == "titles")


def test_no_rows() -> None:
    """A table without rows gives one."""
    assert screen(ARROW.slice(0, 0), as_of=AS_OF).num_rows == 0


@pytest.mark.parametrize("table", [pa.table({"x": [1]}), [1], None, pd.Series([1]), pa.table({})])
def test_no_table(table: Any) -> None:
    """What cannot be screened is a problem."""
    with pytest.raises(InputError):
        screen_by(table)


def test_a_table_with_units_or_years_in_its_rows_is_not_misread() -> None:
    """Units of rows are refused with what to do; a row of another year than the last has no verdict."""
    firms = pa.table({"企业名称": ["甲"], "营业收入": [1.85], "单位": ["亿元"]})
    with pytest.raises(InputError, match="not heeded here"):
        screen(firms, as_of=date(2026, 6, 1))
    years = pa.table({"企业名称": ["甲", "甲"], "年份": [2025, 2024], "营业收入": [4, 6]})
    found = screen(years, as_of=date(2026, 6, 1), lang="en").to_pydict()
    assert [verdict is None for verdict in found["verdict"]] == [False, True]
    assert "not the last full year" in found["problems"][1]


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["a"], pa.string_view()),
        pa.array([b"a"], pa.binary_view()),
        pa.RunEndEncodedArray.from_arrays(pa.array([1], pa.int32()), pa.array(["a"])),
        pa.array([Decimal(10)], pa.decimal128(5, -1)),
    ],
    ids=str,
)
def test_a_column_of_a_rare_type_keeps_nothing_from_being_judged(column: pa.Array) -> None:
    """A column that nobody uses may be of any type of Arrow."""
    table = pa.table({"企业名称": ["甲"], "全球市场占有率(%)": ["12"], "备注x": column})
    assert screen(table, as_of=date(2026, 6, 1))["verdict"].to_pylist() == ["not_qualified"]


def test_a_type_that_cannot_be_read_is_told() -> None:
    """A column of moments in a zone that is none is a problem, with its name."""
    table = pa.table({"企业名称": ["甲"], "获奖": pa.array([1], pa.timestamp("us", "Nowhere/X"))})
    with pytest.raises(InputError, match="获奖"):
        screen(table)


def test_polars_integers_beyond_those_of_arrow() -> None:
    """Whole numbers of 128 bits, which only Polars has, are read as they would be typed."""
    frame = pl.DataFrame({"企业名称": ["甲"], "全球市场占有率(%)": pl.Series([12], dtype=pl.Int128)})
    assert screen(frame, as_of=date(2026, 6, 1))["verdict"].to_list() == ["not_qualified"]


def test_columns_that_nobody_uses_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the columns that the rulebook needs become texts, however many there are: a wide table is no slow one."""
    made: list[str] = []

    def noted(column: Value) -> Value:
        made.append(column.sql)
        return as_text(column)

    monkeypatch.setattr("engine.tables.column_text.as_text", noted)
    wide = pa.table({"企业名称": ["甲"], "全球市场占有率(%)": ["12"], **{f"x{place}": ["a"] for place in range(200)}})
    found = screen(wide, as_of=date(2026, 6, 1))
    assert found["verdict"].to_pylist() == ["not_qualified"]
    assert sorted(made) == ['"c0"', '"c1"']
