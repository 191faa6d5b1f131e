"""Rows that say what they come to and not why: the same but for two columns, at every door that has them."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import InputError, Order, ruling, screen, screen_file, shipped
from tests.shell import run

DAY = date(2026, 6, 1)
LIST = Path(__file__).parents[2] / "fixtures" / "candidates.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("rulebook", ["cae-2021-champion", "ladder"])
def test_the_same_but_for_the_words(rulebook: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`--reasons no` leaves out reasons and notes, and of the summary why: nothing else of a row or of the summary."""
    words = ["screen", str(LIST), "--rulebook", rulebook, "--as-of", "2026-06-01"]
    for reasons in ("yes", "no"):
        out, summary = tmp_path / f"{reasons}.csv", tmp_path / f"{reasons}.json"
        assert run(capfdbinary, *words, "-o", str(out), "--reasons", reasons, "--summary", str(summary)).code == 1
    whole = [
        {name: text for name, text in row.items() if name not in {"reasons", "notes"}}
        for row in _rows(tmp_path / "yes.csv")
    ]
    assert _rows(tmp_path / "no.csv") == whole
    told = {one: (tmp_path / f"{one}.json").read_text("utf-8") for one in ("yes", "no")}
    assert ('"why": "' in told["yes"], '"why": "' in told["no"]) == (rulebook != "ladder", False)
    assert told["no"] == re.sub(r'"why": "[^"]*"', '"why": null', told["yes"])


def test_in_python_and_over_http() -> None:
    """A frame and JSON lines have them left out too."""
    table = pa.table({"企业名称": ["甲", "乙"], "全球市场占有率(%)": ["12", "约15%"], "员工人数": [1200, None]})
    assert screen(table, as_of=DAY, reasons=False) == screen(table, as_of=DAY).drop_columns(["reasons", "notes"])
    with TestClient(create_app()) as client:
        answer = client.post("/v1/screenings?reasons=no", files={"file": ("list.csv", LIST.read_bytes())})
    assert answer.status_code == 200
    assert '"awaiting"' in answer.text
    assert '"reasons"' not in answer.text


def test_forms_that_say_why(tmp_path: Path) -> None:
    """A workbook, and the one CSV with all rows, are for people: they are refused without reasons."""
    order = Order(ruling(shipped(), None, None, DAY).rulebook, DAY, tmp_path / "out.xlsx", "xlsx", reasons=False)
    with pytest.raises(InputError, match="reasons"):
        screen_file(LIST, order)
    with TestClient(create_app()) as client:
        sent = {"file": ("list.csv", LIST.read_bytes())}
        answer = client.post("/v1/screenings?reasons=no", files=sent, headers={"Accept": "text/csv"})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["where"] == "reasons"
