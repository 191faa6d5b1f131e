"""`fixtures/candidates.csv`: the published firms as a bureau would list them, and rows with the usual mistakes."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import Outcome, Verdict, assess, profile_reader, shipped
from engine.deciding.reference import decide
from engine.explaining.outlook import open_questions
from engine.firms.figures import Figures
from engine.headers.understanding import understand
from tests.shell import run

FIXTURES = Path(__file__).parents[2] / "fixtures"
CANDIDATES = FIXTURES / "candidates.csv"
PUBLISHED = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((FIXTURES / "published").glob("*.json"))]
AS_OF = date(2026, 6, 1)
DAY = date(2026, 6, 1)
CHAMPION = shipped().rulebook("cae-2021-champion")
REJECTED = {49: {"全球市场占有率(%)", "营业收入（亿元）"}, 50: {"全球排名"}, 51: {""}}


def _rows() -> list[list[str]]:
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _stated(header: list[str], row: list[str]) -> dict[str, Any]:
    """Give what a row states, cell by cell."""
    stated = understand(header, CHAMPION.vocabulary, {}, as_of=DAY).stated
    values = {column.fact.id: column.value(row[place]) for place, column in stated.items()}
    return {name: value for name, value in values.items() if value is not None}


def _typed(header: list[str], row: list[str]) -> dict[str, str]:
    """Give the cells of a row as a profile would have them: with the unit of the header beside a bare figure."""
    stated = understand(header, CHAMPION.vocabulary, {}, as_of=DAY).stated
    cells = {place: row[place] + (column.unit if row[place][-1:].isdigit() else "") for place, column in stated.items()}
    return {column.fact.id: cells[place] for place, column in stated.items()}


def test_the_first_rows_are_the_published_firms() -> None:
    """Each published profile stands in the list with the same figures."""
    header, *rows = _rows()
    reader = profile_reader(CHAMPION.vocabulary)
    assert [_stated(header, row) for row in rows[: len(PUBLISHED)]] == [
        dict(reader.read(one).values) for one in PUBLISHED
    ]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_screened_firm_gets_the_verdict_of_one_that_is_assessed(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, form: str
) -> None:
    """Every row that can be read has the verdict, outcomes and missing facts of `assess`; the others are rejected."""
    output = tmp_path / f"out.{form}"
    result = run(capfdbinary, "screen", str(CANDIDATES), "-o", str(output), "--as-of", AS_OF.isoformat())
    assert result.code == 1
    header, *rows = _rows()
    with output.open(encoding="utf-8", newline="") as file:
        found: list[dict[str, Any]] = list(csv.DictReader(file)) if form == "csv" else [json.loads(one) for one in file]
    good = [row for line, row in enumerate(rows, 2) if line not in REJECTED]
    assert len(found) == len(good)
    for row, said in zip(good, found, strict=True):
        _assert_same(assess(_typed(header, row), as_of=AS_OF), said)
        assert set(filter(None, said["missing"].split(";"))) == _blanks(_stated(header, row))
    with (tmp_path / "out.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        problems = [(int(row["行号"]), row["列"]) for row in csv.DictReader(file)]
    assert {line: {column for at, column in problems if at == line} for line, _ in problems} == REJECTED


def _assert_same(verdict: Verdict, row: dict[str, Any]) -> None:
    outcomes = {one.id: one.outcome for one in verdict.criteria}
    assert (row["firm_id"], row["verdict"]) == (verdict.firm.firm_id, verdict.verdict)
    assert {name: row[name] for name in outcomes} == outcomes
    assert set(filter(None, row["unmet"].split(";"))) == {
        one.id for one in verdict.criteria if one.decides and one.outcome is Outcome.NOT_MET
    }


def _blanks(stated: dict[str, Any]) -> set[str]:
    """Give the blanks that keep a criterion open; `assess` also names facts that would settle what no blank does."""
    figures = Figures(CHAMPION.vocabulary, stated, AS_OF)
    return {name for one in open_questions(CHAMPION, figures, decide(CHAMPION, figures)) for name in one.facts}
