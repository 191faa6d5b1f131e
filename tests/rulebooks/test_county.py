"""A county's workbook is screened as it comes, with no option but the level."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.county import FIRMS, NOT_READ, REVIEWS, write_county
from tests.shell import run

DAY = "2026-06-01"


def test_a_county_list_needs_no_flag_but_the_level(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Every header is understood, and only firms with a figure that nobody could read are refused."""
    source, output = tmp_path / "county.xlsx", tmp_path / "verdicts.csv"
    county = write_county(source)
    asked = ["screen", str(source), "-o", str(output), "--level", "little_giant", "--as-of", DAY]
    run(capfdbinary, *asked, "--summary", str(tmp_path / "summary.json"))
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    unread = {one["header"] for one in summary["columns"] if one["fact"] is None}
    assert unread - {""} == NOT_READ, summary["columns"]
    with (tmp_path / "verdicts.rejected.csv").open(encoding="utf-8-sig") as file:
        rejected = list(csv.DictReader(file))
    firms = {row["企业名称"] for row in rejected if "样例" in row["企业名称"]}
    assert firms == county.unreadable
    assert len(firms) <= FIRMS / 10
    with output.open(encoding="utf-8-sig") as file:
        verdicts = list(csv.DictReader(file))
    assert len(verdicts) + len(firms) == FIRMS
    assert REVIEWS
