"""Every verdict row names the line of the source on which its record begins."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import ibis
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from engine import screen
from tests.shell import run
from tests.small_rules import rules_asking

Capture = pytest.CaptureFixture[bytes]
RULES = rules_asking("global_market_share_pct")
_HEADER = "统一社会信用代码,企业名称,全球市场占有率(%)\n"
_FILES = {
    "plain": (_HEADER + "A,甲,20\nB,乙,约15\nC,丙,12\n", [2, 4]),
    "empty lines at the end": (_HEADER + "A,甲,20\nB,乙,约15\nC,丙,12\n\n\n\n", [2, 4]),
    "no line feed at the end": (_HEADER + "A,甲,20\nB,乙,约15\nC,丙,12", [2, 4]),
    "an empty line within": (_HEADER + "A,甲,20\n\nB,乙,约15\nC,丙,12\n", [2, 5]),
    "a line break in a cell": (_HEADER + 'A,"甲\n厂",20\nB,乙,约15\nC,丙,12\n', [2, 5]),
    "quotes without a line break": (_HEADER + '"A","甲","20"\n"B","乙","约15"\n"C","丙","12"\n', [2, 4]),
    "line feeds with returns": (_HEADER.replace("\n", "\r\n") + "A,甲,20\r\n\r\nB,乙,约15\r\nC,丙,12\r\n", [2, 5]),
    "lone returns": (_HEADER + "A,甲,20\rB,乙,约15\nC,丙,12\n", None),
    "a title above": ("报送表\n" + _HEADER + "A,甲,20\nB,乙,约15\nC,丙,12\n", [3, 5]),
    "a broken line": (_HEADER + "A,甲,20,多,了\nC,丙,12\n", [3]),
    "a line of separators": (_HEADER + "A,甲,20\n,,\nC,丙,12\n", [2, 4]),
}


@pytest.mark.parametrize("name", _FILES)
def test_csv(capfdbinary: Capture, tmp_path: Path, name: str) -> None:
    """The line is that of the text file, whatever lies between the records."""
    text, lines = _FILES[name]
    source = tmp_path / "in.csv"
    source.write_bytes(text.encode())
    words = ("-o", str(tmp_path / "out.csv"), "--as-of", "2026-06-01", "--rules", str(RULES.folder))
    run(capfdbinary, "screen", str(source), *words)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    physical = list(io.StringIO(text, newline=""))
    found = [int(row["line"]) for row in rows]
    assert found == lines if lines is not None else found
    for row in rows:
        assert physical[int(row["line"]) - 1].strip('"').startswith(row["firm_id"])


def test_workbook_and_parquet(capfdbinary: Capture, tmp_path: Path) -> None:
    """Of a worksheet it is the row as Excel numbers it, of Parquet the record; rejected rows keep theirs."""
    cells = [["报送表"], _HEADER.strip().split(","), ["A", "甲", 20], [], ["B", "乙", "约15"], ["C", "丙", 12]]
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
    table = pa.table({"统一社会信用代码": ["A", "B", "C"], "全球市场占有率(%)": ["20", "约15", "12"]})
    pq.write_table(table, tmp_path / "in.parquet")
    for name, lines, refused in (("in.xlsx", [3, 6], "5"), ("in.parquet", [1, 3], "2")):
        out = tmp_path / f"{name}.out.parquet"
        rejected = tmp_path / "rejected.csv"
        words = ("-o", str(out), "--rejected", str(rejected), "--rules", str(RULES.folder))
        run(capfdbinary, "screen", str(tmp_path / name), *words)
        assert pq.read_table(out)["line"].to_pylist() == lines
        assert rejected.read_text(encoding="utf-8").splitlines()[1].split(",")[0] == refused


def test_frames() -> None:
    """Of a table in Python it is the number of the row, of a lazy table of a database null."""
    firms = {"企业名称": ["甲", "乙", "丙"], "全球市场占有率(%)": ["12.4", "约15%", "20"]}
    assert screen(pa.table(firms), catalog=RULES)["line"].to_pylist() == [1, 2, 3]
    assert screen(pl.DataFrame(firms), catalog=RULES)["line"].to_list() == [1, 2, 3]
    connection = ibis.duckdb.connect()
    connection.con.register("firms", pa.table(firms))
    assert screen(connection.table("firms"), catalog=RULES).to_pyarrow()["line"].to_pylist() == [None] * 3
