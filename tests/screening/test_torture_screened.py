"""Tortured files through the whole command: every row in is a verdict or rejected, every mistake named at its line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from engine.ground.harmless import harmless
from tests.shell import run
from tests.small_rules import rules_asking
from tests.torture import MARKS, MISTAKES, File, tortured

_RULES = rules_asking(
    "revenue_y0",
    "global_market_share_pct",
    "global_rank",
    "employees_y0",
    "rd_expense_y0",
    "technology_level",
    "award_date",
    "own_brand",
)
_FORMS = dict(zip(MARKS, ("csv", "jsonl", "xlsx", "parquet", "csv"), strict=True))


@pytest.mark.parametrize("encoding", MARKS)
def test_rows_in_are_verdicts_and_rejected(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, encoding: str
) -> None:
    """The account comes out even, no line that is no row is judged, and each is told of in the rejected file."""
    file = tortured(File(encoding, seed=7), MISTAKES * 2)
    source, summary = tmp_path / "in.csv", tmp_path / "summary.json"
    source.write_bytes(file.data)
    output = tmp_path / f"out.{_FORMS[encoding]}"
    words = ("-o", str(output), "--summary", str(summary), "--lang", "en", "--as-of", "2026-06-01")
    assert run(capfdbinary, "screen", str(source), *words, "--rules", str(_RULES.folder)).code == 1
    said = json.loads(summary.read_text(encoding="utf-8"))
    assert said["rows_in"] == len(file.rows) + len(file.broken)
    assert said["rows_in"] == said["verdicts"] + said["rejected"]
    assert said["blank_rows"] == file.blank_rows
    with (tmp_path / "out.rejected.csv").open(encoding="utf-8-sig", newline="") as rejected:
        problems = list(csv.DictReader(rejected))
    told = {int(row["Line"]): row["Problem"] for row in problems if not row["Column"]}
    assert told.keys() == file.broken.keys()
    assert [line for line, word in file.broken.items() if word not in told[line]] == []
    rows = dict(zip(file.lines, file.rows, strict=True))
    for row in problems:
        if row["Column"]:  # a cell: it is the one that stands in that line, under that header
            assert row["Firm id"] == harmless(rows[int(row["Line"])][0].strip())
    assert len({row["Line"] for row in problems}) == said["rejected"]
