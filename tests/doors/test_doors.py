"""One firm is decided alike at every door: alone, in a file, over HTTP, in a frame, whichever edition is for it."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import InputError, Order, assess, profile_of, ruling, screen, screen_file, shipped

COUNT = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 4
HEADER = [
    "企业名称",
    "申报类型",
    "营业收入（万元）",
    "员工人数",
    "研发费用（万元）",
    "从事细分市场时间",
    "有效期内的称号",
    "年份",
]
LEVEL = "little_giant"
DAYS = [date(2026, 6, 1), date(2024, 7, 1), date(2025, 7, 31)]
CELLS = {
    "申报类型": ["新申报", "复核", "", "复核申报"],
    "营业收入（万元）": ["500", "1000", "5000", "12000", "4e5", ""],
    "员工人数": ["20", "120", "290", ""],
    "研发费用（万元）": ["0.35", "100", "600", "约5"],
    "从事细分市场时间": ["1", "2", "3年以上", "10", ""],
    "有效期内的称号": ["", "小巨人", "专精特新", "创新型", "小巨人（2018-2021）"],
}


def rows(day: date, count: int) -> list[list[str]]:
    """Give rows whose figures are around the usual thresholds."""
    dice = random.Random(f"{day}{count}")
    found = []
    for number in range(count):
        cells = {**{name: dice.choice(several) for name, several in CELLS.items()}, "企业名称": f"样例{number}有限公司"}
        cells["申报类型"] = CELLS["申报类型"][number % 4]
        found.append([cells.get(name, str(day.year - 1)) for name in HEADER])
    return found


def as_csv(found: list[list[str]]) -> str:
    """Give the rows under their header as a delimited text."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *found])
    return text.getvalue()


def criteria(row: dict[str, Any]) -> dict[str, str]:
    """Give the outcomes of the criteria that a row has, by the id of the criterion alone."""
    outcomes = {"met", "not_met", "undetermined"}
    return {name.rpartition(":")[2]: text for name, text in row.items() if text in outcomes and name != "verdict"}


@pytest.mark.long  # with small rules in every run: test_area_routing
@pytest.mark.parametrize("day", DAYS)
def test_every_door_decides_by_the_edition_for_the_firm(tmp_path: Path, day: date) -> None:
    """A row that asks for a review is decided by the edition for reviews, one that does not by that for new ones."""
    found = rows(day, COUNT)
    path = tmp_path / "firms.csv"
    path.write_text(as_csv(found), encoding="utf-8")
    chosen = ruling(shipped(), None, LEVEL, day)
    order = Order(chosen.rulebook, day, tmp_path / "out.jsonl", "jsonl", "en", routes=chosen.routes)
    summary = screen_file(path, order)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    judged = {row["line"]: row for row in map(json.loads, lines)}
    assert list(judged) == sorted(judged)
    assert summary.rows_in == COUNT == summary.verdicts + summary.rejected
    parted = [True, True] if day == DAYS[0] else []  # on the other days one edition is for all
    assert [one.verdicts > 0 for one in summary.editions] == parted
    frame = screen(
        pa.table(dict(zip(HEADER, zip(*found, strict=True), strict=True))), as_of=day, level="little_giant", lang="en"
    )
    in_frame = frame.to_pylist()
    with TestClient(create_app()) as client:
        answer = client.post(
            "/v1/screenings",
            files={"file": ("firms.csv", path.read_bytes())},
            params={"level": LEVEL, "as_of": day.isoformat()},
            headers={"Accept-Language": "en"},
        )
    sent = [json.loads(line) for line in answer.text.splitlines()]
    over_http = {one["row"]["line"]: one["row"] for one in sent if one["kind"] == "verdict"}
    assert over_http == judged
    for line in range(2, 2 + min(COUNT, 200)):
        row = judged.get(line)
        try:
            verdict = assess(
                profile_of(path, row=line, level="little_giant", as_of=day), level="little_giant", as_of=day
            )
        except InputError:
            assert row is None, found[line - 2]
            assert in_frame[line - 2]["verdict"] is None
            continue
        assert row is not None, found[line - 2]
        assert row["rulebook"] == verdict.rulebook.id
        assert row["verdict"] == verdict.verdict.value == in_frame[line - 2]["verdict"]
        assert criteria(row) == {one.id: one.outcome.value for one in verdict.criteria} == criteria(in_frame[line - 2])
        for name in ("reasons", "notes"):
            assert row[name] == in_frame[line - 2][name]
        assert row["reasons"] == verdict.reasons.en
        assert row["notes"] == " ".join(note.en for note in verdict.notes)
        assert bool(row["hangs_on"]) == any(one.verdict is not verdict.verdict for one in verdict.hangs_on)


def test_the_caution_about_reviews_says_how_many(tmp_path: Path) -> None:
    """It is there only where rows ask for a review on a day on which the edition is not in force for these."""
    path, day = tmp_path / "firms.csv", date(2026, 6, 1)
    book = shipped().rulebook("miit-2026-little-giant")
    for kinds, told in ((["新申报", "复核"], 1), (["新申报", ""], 0)):
        path.write_text(
            "".join(f"{name},{kind}\n" for name, kind in [("企业名称", "申报类型"), *zip("甲乙", kinds, strict=True)])
        )
        summary = screen_file(path, Order(book, day, tmp_path / "out.csv", "csv"))
        assert sum("1 行申请复核" in one.zh for one in summary.cautions) == told
