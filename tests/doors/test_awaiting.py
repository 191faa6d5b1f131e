"""Of undetermined firms the chief is told what they wait for, and which are the nearest."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine import assess
from tests.shell import run

FIRMS = Path("fixtures/made_up")
BY = ("--rulebook", "cae-2021-champion", "--as-of", "2026-06-01")


def _firms() -> list[dict[str, Any]]:
    """Give firms that wait for data, for judgements, for another way, for less data, and one that does not qualify."""
    names = ("judgements-outstanding", "unknowns", "fails-global-share")
    full, unknowns, fails = (json.loads((FIRMS / f"{name}.json").read_text(encoding="utf-8")) for name in names)
    less = {name: value for name, value in full.items() if name != "patent_filings_3y"}
    found = [{}, full, unknowns, less, fails]
    kept = [{name: value for name, value in one.items() if name not in {"firm_id", "evidence"}} for one in found]
    return [one | {"firm_name": name} for name, one in zip("甲乙丙丁戊", kept, strict=True)]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)


@pytest.fixture(name="places")
def written(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[Path, Path, str]:
    """Give the summary and the workbook of these firms, and what the terminal says."""
    header = list(dict.fromkeys(name for one in _firms() for name in one))
    rows = [[_cell(one.get(name, "")) for name in header] for one in _firms()]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    places = tmp_path / "summary.json", tmp_path / "out.xlsx"
    words = ("-o", str(places[1]), "--summary", str(places[0]), *BY)
    return *places, run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words).err


def test_what_undetermined_firms_wait_for(places: tuple[Path, Path, str]) -> None:
    """Judgements, data, or another way than the one that fails: counted, and as `assess` says; the nearest first."""
    summary = json.loads(places[0].read_text(encoding="utf-8"))
    alone = [assess(one, BY[1], BY[3]).awaiting for one in _firms()]
    assert alone == ["data", "judgement", "another_way", "data", None]
    assert summary["awaiting"] == {"judgement": 1, "data": 2, "another_way": 1}
    assert [one["firm_name"] for one in summary["nearest"]] == ["乙", "丁", "甲"]
    assert "patent_filings_3y" in summary["nearest"][1]["missing"]


def test_the_nearest_are_told(places: tuple[Path, Path, str]) -> None:
    """The page and the terminal name them; the first sheet has a column by which to find and one by which to sort."""
    _, place, said = places
    book = load_workbook(place)
    head, *rows = book["结论"].iter_rows(values_only=True)
    firms = {str(row[2]): dict(zip(head, row, strict=True)) for row in rows}
    assert {name: row["无法判定的情形"] for name, row in firms.items()} == {
        "甲": "没有不符合，缺指标",
        "乙": "没有不符合，只待评审",
        "丙": "有不符合，另一条件符合方可",
        "丁": "没有不符合，缺指标",
        "戊": None,
    }
    counts = [firms[name]["缺少项数（含待评审）"] for name in "乙丁甲"]
    assert counts == sorted(counts)
    page = list(book["汇总"].iter_rows(values_only=True))
    told = [str(row[0]) for row in page]
    start = told.index("最接近的企业（没有不符合）")
    lines = {name: row["行号"] for name, row in firms.items()}
    assert [(row[0], row[5]) for row in page[start + 1 : start + 4]] == [
        (f"{name}（第 {lines[name]} 行）", count) for name, count in zip("乙丁甲", counts, strict=True)
    ]
    assert any("3 家没有不符合的数（1 家只待评审，2 家缺指标），1 家已有不符合的数" in one for one in told)
    assert f"乙（第 {lines['乙']} 行）" in said
    at = told.index("有不符合、还可能符合的企业")
    open_ = sum(one.decides and one.outcome == "undetermined" for one in assess(_firms()[2], BY[1], BY[3]).criteria)
    assert [row[4:6] for row in page[at : at + 2]] == [
        ("无法判定条件数（含按所填不符合的）", "缺少项数（含待评审）"),
        (open_, firms["丙"]["缺少项数（含待评审）"]),
    ]


def test_the_facts_to_get_are_counted(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The next step counts the fewest facts that the firm must get, and apart from them what reviewers judge."""
    (place := tmp_path / "one.json").write_text("{}", encoding="utf-8")
    by = ("--level", "小巨人", "--as-of", "2026-06-01")
    page = run(capfdbinary, "assess", str(place), *by, "--format", "brief").out
    found = assess({}, level="小巨人", as_of="2026-06-01")
    [least] = [one.facts for one in found.settles if one.verdict == "qualified"]
    judged = sum(one.reason == "needs_review" for one in found.missing)
    few = sum(one.if_any for one in found.missing)
    said = "".join(page.split())
    assert f"至少取得上面所缺的{len(least) - judged}项信息（几项满足其一即可的算一项）" in said
    assert f"另有{judged}项待评审，由评审判定，企业不填" in said
    assert f"其中{judged}项待评审，{few}项如有才填）" in said
