"""What a screening in one pass rests on: rows keep their order, and counts of parts add up to counts of the whole."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine import EngineError, InputError, Order, ruling, screen, screen_file, shipped
from engine.answers.row_account import Account
from engine.columns.words import with_words
from engine.headers.cells import Column
from engine.judging.plan import Plan
from engine.judging.row_statement import row_statement
from engine.judging.verdict_rows import Style, verdict_columns
from engine.language.facts import IDENTITY
from engine.outputs.verdict_file import FORMS, Form
from engine.screening.duckdb_backend import DuckdbBackend
from tests.small_rules import rulebook_asking, rules_asking

DAY = date(2026, 6, 1)
SMALL = rulebook_asking("global_market_share_pct", "global_rank")
BOOKS = [
    "cae-2021-champion",
    *(pytest.param(name, marks=pytest.mark.long) for name in [*shipped().ids, "ladder", "routes"]),
]


def _statement(backend: DuckdbBackend, name: str, rows: int = 0) -> tuple[Plan, str]:
    """Give the statement of a rulebook over a table with a column for each fact that it uses."""
    book = ruling(shipped(), name, None, DAY).rulebook
    facts = [*IDENTITY, *sorted(book.facts_used - book.vocabulary.ratios.keys())]
    columns = {f"t{place}": Column(fact, book.vocabulary[fact]) for place, fact in enumerate(facts)}
    cells = {
        name: [f"C{row}" if name == "t0" else str(row % 97) if column.fact.is_numeric else None for row in range(rows)]
        for name, column in columns.items()
    }
    table = backend.register("source", pa.table({name: pa.array(texts, pa.string()) for name, texts in cells.items()}))
    plan = Plan(columns, book, DAY)
    judged = with_words(plan.judged(table, backend.by_row), plan.rulebook, "zh")
    shown = verdict_columns(judged, plan, Style(), backend.by_row)
    return plan, row_statement(judged, plan, shown, {flag.kind for flag in plan.flags}).statement


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_joined(name: str, tmp_path: Path) -> None:
    """DuckDB makes no join of a statement: after one, rows are in another order."""
    backend = DuckdbBackend(tmp_path)
    _, sql = _statement(backend, name)
    [(_, explained)] = backend.connection.execute(f"EXPLAIN {sql}").fetchall()
    backend.close()
    assert "PROJECTION" in explained
    assert "JOIN" not in explained


def test_verdicts_are_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The rows of a file that several threads share come out in its order, and warnings know their lines."""
    rows, padding = 60_000, "x" * 150
    source, output, warnings = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "odd.csv"
    lines = (f"C{row:06},企业{row},{'0.5' if row % 1000 == 7 else 20},{padding}\n" for row in range(rows))
    source.write_text("统一社会信用代码,企业名称,全球市场占有率(%),备注\n" + "".join(lines), encoding="utf-8")
    screen_file(source, Order(SMALL, DAY, output, "csv", warnings=warnings))
    with output.open(encoding="utf-8", newline="") as file:
        assert [row["firm_id"] for row in csv.DictReader(file)] == [f"C{row:06}" for row in range(rows)]
    with warnings.open(encoding="utf-8-sig", newline="") as file:
        told = [(row["行号"], row["填写内容"]) for row in csv.DictReader(file)]
    assert [*dict.fromkeys(told)] == [(str(row + 2), "0.5") for row in range(7, rows, 1000)]


def test_accounts_of_parts_add_up(tmp_path: Path) -> None:
    """Counting batches one by one and adding what two others counted comes to the same."""
    backend = DuckdbBackend(tmp_path)
    plan, sql = _statement(backend, "cae-2021-champion", 500)
    [batch] = backend.connection.execute(sql).to_arrow_reader(1000)
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


def test_doubles(tmp_path: Path) -> None:
    """A number that stands in two arrays is found; nulls are no numbers."""
    backend = DuckdbBackend(tmp_path)
    arrays = [pa.array([1, None, 2], pa.uint64()), pa.array([None, 3], pa.uint64())]
    assert not backend.has_doubles(arrays)
    assert backend.has_doubles([*arrays, pa.array([3], pa.uint64())])
    assert not backend.has_doubles([])
    backend.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_turns_out_irregular(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line with too many cells far down costs no other row, in whatever form the verdicts are written."""
    monkeypatch.setattr("engine.outputs.verdict_file._GROUP", 1000)
    rows = 3_000 if form == "xlsx" else 30_000  # of three groups at least
    source, output = tmp_path / "in.csv", tmp_path / f"out.{form}"
    lines = [f"C{row},企业{row},20\n" for row in range(rows)]
    source.write_text(
        "统一社会信用代码,企业名称,全球市场占有率(%)\n" + "".join([*lines, "坏行,企业,1,2,3\n"]), encoding="utf-8"
    )
    summary = screen_file(source, Order(SMALL, DAY, output, form))
    assert (summary.rows_in, summary.verdicts, summary.rejected) == (rows + 1, rows, 1)
    assert summary.problems[0].first_line == rows + 2
    assert _first_column(output, form) == [f"C{row}" for row in range(rows)]


def _first_column(path: Path, form: Form) -> list[str]:
    if form == "parquet":
        return [str(one) for one in pq.read_table(path)["firm_id"].to_pylist()]
    if form == "xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] is not None]
    with path.open(encoding="utf-8", newline="") as file:
        read = (json.loads(line) for line in file) if form == "jsonl" else csv.DictReader(file)
        return [row["firm_id"] for row in read]


@pytest.mark.parametrize("labels", ["ids", "titles"])
@pytest.mark.parametrize("form", FORMS)
def test_carried_columns_named_like_ours(form: Form, labels: Any, tmp_path: Path) -> None:
    """The caller's columns stand beside ours, whatever they are called."""
    titles = [one.words.title.zh for one in SMALL.criteria]
    assert len(titles) == 2
    assert not SMALL.vocabulary.named.keys() & titles
    headers = ["企业名称", "verdict", "Verdict", "总体结论", *titles, "备注", "备注"]
    source, output = tmp_path / "in.csv", tmp_path / f"out.{form}"
    source.write_text(",".join(headers) + "\n甲" + ",x" * (len(headers) - 1) + "\n", encoding="utf-8")
    order = Order(SMALL, DAY, output, form, labels=labels, carry=True, figures=True)
    assert screen_file(source, order).verdicts == 1
    if form == "parquet":
        names = pq.read_schema(output).names
        assert len({name.casefold() for name in names}) == len(names)
        assert sum(value == "x" for value in pq.read_table(output).to_pylist()[0].values()) == len(headers) - 1


def test_a_fault_of_ours_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in our own functions is an internal error, not a damaged file."""

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("engine.headers.cells.Column.canonical", fail)
    source = tmp_path / "in.parquet"
    pq.write_table(pa.table({"企业名称": ["甲"], "全球市场占有率(%)": ["约15%"]}), source)
    order = Order(SMALL, DAY, tmp_path / "out.csv", "csv")
    with pytest.raises(EngineError, match="Python exception"):
        screen_file(source, order)
    assert [file.name for file in tmp_path.iterdir()] == ["in.parquet"]


def test_one_table_through_all_doors(tmp_path: Path) -> None:
    """A typed table gets the same verdicts as a file, as an Arrow table and as a pandas frame."""
    table = pa.table(
        {
            "firm_id": [1.0, 2.0, 3.0],
            "industry_code_2": [35.0, None, 34.0],
            "global_market_share_pct": pa.array([Decimal("15.00"), Decimal("14.99"), None], pa.decimal128(6, 2)),
            "core_ip_owned": [True, False, None],
            "title_revoked_date": pa.array([datetime(2024, 1, 2), None, None], pa.timestamp("us")),  # noqa: DTZ001
            "valid_titles": [["little_giant"], [], None],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    rules = rules_asking(*table.column_names[1:-1], valid_titles="contains: little_giant")
    screen_file(tmp_path / "in.parquet", Order(rules.rulebook(), DAY, tmp_path / "out.parquet", "parquet"))
    by_file = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["firm_id"] for row in by_file] == ["1", "2", "3"]
    by_frame = [
        screen(table, as_of=DAY, catalog=rules).to_pylist(),
        screen(table.to_pandas(), as_of=DAY, catalog=rules).to_dict("records"),
    ]
    for rows in by_frame:
        known = [{name: value if value == value else None for name, value in row.items()} for row in rows]  # noqa: PLR0124 NaN
        assert [{name: row[name] for name in by_file[0]} for row in known] == by_file


def test_the_input_is_not_overwritten(tmp_path: Path) -> None:
    """A screening whose output would be its input is refused, also from Python."""
    source = tmp_path / "in.csv"
    source.write_text("企业名称\n甲\n", encoding="utf-8")
    order = Order(SMALL, DAY, tmp_path / "." / "in.csv", "csv")
    with pytest.raises(InputError, match="same file"):
        screen_file(source, order)
