"""A file screened by the ladder says of each firm what the ladder of that firm says."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import ladder, ruling, shipped
from engine.screening import Order, screen_file

MADE_UP = Path(__file__).parents[1] / "fixtures" / "made_up"
LISTS = {"evidence", "ip_items", "title_items"}
DAYS = [pytest.param(date(2024, 6, 30), marks=pytest.mark.long), date(2026, 6, 30)]


def firms() -> list[dict[str, Any]]:
    """Give the made-up firms without what no row can state, as they are and asking for reviews of titles they hold."""
    profiles = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(MADE_UP.glob("*.json"))]
    flat = [{name: value for name, value in one.items() if name not in LISTS} for one in profiles]
    unsaid = [{name: value for name, value in one.items() if name != "valid_titles"} for one in flat]
    held = [[], ["srdi"], ["little_giant"], ["innovative", "little_giant"], ["single_champion"]]
    reviews = [
        {**one, "application_type": "review"} | ({"valid_titles": held[place % 6]} if place % 6 < len(held) else {})
        for place, one in enumerate(unsaid)
    ]
    return [*(one for one in flat if one.get("application_type") not in {"review", "复核"}), *reviews]


def cell(value: object) -> str:
    """Give a value as it is typed."""
    if isinstance(value, list):
        return "、".join(value) or "无"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("day", DAYS)
def test_a_row_stands_where_the_firm_does(day: date, tmp_path: Path) -> None:
    """The verdict of every level and the highest level reached are those of `ladder`."""
    several = firms()
    heads = list(dict.fromkeys(["firm_id", *(name for one in several for name in one)]))
    source, target = tmp_path / "firms.csv", tmp_path / "verdicts.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for place, one in enumerate(several):
            one["firm_id"] = f"F{place}"
            writer.writerow([cell(one[name]) if name in one else "" for name in heads])
    decides = ruling(shipped(), "ladder", None, day)
    rulebook, levels = decides.rulebook, decides.levels
    summary = screen_file(source, Order(rulebook, day, target, "csv", levels=levels, routes=decides.routes))
    assert (summary.verdicts, summary.rejected) == (len(several), 0)
    with target.open(encoding="utf-8", newline="") as file:
        rows = {row["firm_id"]: row for row in csv.DictReader(file)}
    for one in several:
        expected = ladder(one, day)
        row = rows[one["firm_id"]]
        assert row["reached"] == (expected.reached.id if expected.reached else "")
        assert {level: row[level] for level in shipped().levels if row.get(level)} == {
            level.level: level.verdict.value for level in expected.levels
        }
        assert set(row["next"].split(";")) - {""} == {level.level for level in expected.next}
