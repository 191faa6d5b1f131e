"""What a screening in one pass rests on: rows keep their order, and counts of parts add up to counts of the whole."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from engine import Order, rules_for, screen_file, shipped
from engine.cells import Column
from engine.column_sql import duckdb_sql
from engine.duckdb_backend import DuckdbBackend, has_doubles
from engine.row_account import Account
from engine.row_statement import row_statement
from engine.screen_plan import IDENTITY, Plan
from engine.verdict_rows import Style, verdict_columns

DAY = date(2026, 6, 1)
BOOKS = ["cae-2021-champion", *(pytest.param(name, marks=pytest.mark.long) for name in [*shipped().ids, "ladder"])]


def _statement(backend: DuckdbBackend, name: str, rows: int = 0) -> tuple[Plan, str]:
    """Give the statement of a rulebook over a table with a column for each fact that it uses."""
    book, _ = rules_for(shipped(), name, DAY)
    facts = [*IDENTITY, *sorted(book.facts_used)]
    columns = {f"t{place}": Column(fact, book.vocabulary[fact]) for place, fact in enumerate(facts)}
    cells = {
        name: [f"C{row}" if name == "t0" else str(row % 97) if column.fact.is_numeric else None for row in range(rows)]
        for name, column in columns.items()
    }
    table = backend.register("source", pa.table({name: pa.array(texts, pa.string()) for name, texts in cells.items()}))
    plan = Plan(columns, book, DAY)
    judged = plan.judged(table, backend.by_row)
    shown = verdict_columns(judged, plan, Style())
    return plan, duckdb_sql(row_statement(judged, plan, shown, list(columns), tell_warnings=True))


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_joined(name: str, tmp_path: Path) -> None:
    """DuckDB makes no join of a statement: after one, rows are in another order."""
    backend = DuckdbBackend(tmp_path)
    _, sql = _statement(backend, name)
    [(_, explained)] = backend.connection.con.execute(f"EXPLAIN {sql}").fetchall()
    backend.close()
    assert "PROJECTION" in explained
    assert "JOIN" not in explained


def test_verdicts_are_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The rows of a file that several threads share come out in its order, and warnings know their lines."""
    rows, padding = 60_000, "x" * 150
    source, output, warnings = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "odd.csv"
    lines = (f"C{row:06},企业{row},{'0.5' if row % 1000 == 7 else 20},{padding}\n" for row in range(rows))
    source.write_text("统一社会信用代码,企业名称,全球市场占有率(%),备注\n" + "".join(lines), encoding="utf-8")
    book = shipped().rulebook("cae-2021-champion")
    screen_file(source, Order(book, DAY, output, "csv", warnings=warnings))
    with output.open(encoding="utf-8", newline="") as file:
        assert [row["firm_id"] for row in csv.DictReader(file)] == [f"C{row:06}" for row in range(rows)]
    with warnings.open(encoding="utf-8", newline="") as file:
        told = [(row["行号"], row["填写内容"]) for row in csv.DictReader(file)]
    assert told == [(str(row + 2), "0.5") for row in range(7, rows, 1000)]


def test_accounts_of_parts_add_up(tmp_path: Path) -> None:
    """Counting batches one by one and adding what two others counted comes to the same."""
    backend = DuckdbBackend(tmp_path)
    plan, sql = _statement(backend, "cae-2021-champion", 500)
    [batch] = backend.connection.con.execute(sql).to_arrow_reader(1000)
    backend.close()
    whole, first, second = Account(plan), Account(plan), Account(plan)
    whole.take(batch)
    first.take(batch.slice(0, 123))
    second.take(batch.slice(123))
    first.add(second)
    first.id_hashes = whole.id_hashes = []
    assert whole.rows == 500
    assert 0 < whole.rejected < whole.judged
    assert whole.missing
    assert first == whole


def test_doubles() -> None:
    """A number that stands in two arrays is found; nulls are no numbers."""
    arrays = [pa.array([1, None, 2], pa.uint64()), pa.array([None, 3], pa.uint64())]
    assert not has_doubles(arrays)
    assert has_doubles([*arrays, pa.array([3], pa.uint64())])
    assert not has_doubles([])
