"""A file screened by the ladder says of each firm what the ladder of that firm says."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine import Catalog, Standing, ladder, ruling, shipped
from engine.explaining.reasons import INFORMING, OPEN
from engine.ground.errors import Text
from engine.screening.file import Order, screen_file
from tests.shell import run
from tests.small_rules import rules_of

if TYPE_CHECKING:
    from engine.ground.errors import Language

MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
LISTS = {"evidence", "ip_items", "title_items"}
EDITIONS = {
    "base": ("innovative", "new, review", {"rd_expense_y0": "at_least: 21", "employees_y0": "at_least: 42"}),
    "tech": ("tech_sme", "new, review", {"employees_y0": "at_most: 500"}),
    "srdi-new": ("srdi", "new", {"revenue_y0": "at_least: 1500", "niche_market_years": "at_least: 3"}),
    "srdi-review": ("srdi", "review", {"revenue_y0": "at_least: 1000"}),
    "giant-new": ("little_giant", "new", {"valid_titles": "contains: srdi", "revenue_y0": "at_least: 5000"}),
    "giant-review": ("little_giant", "review", {"global_rank": "at_most: 3"}),
    "champion": ("single_champion", "new, review", {"global_rank": "at_most: 3", "revenue_y0": "at_least: 40000"}),
}
SMALL = rules_of(EDITIONS)
ASKED = {"firm_name", "application_type", "valid_titles", *(name for *_, asked in EDITIONS.values() for name in asked)}

NEXT, EDITIONS_OF = Text("下一层级", "Next level"), Text("各层级的认定规则", "Rulebook of each level")


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


def assert_alike(rules: Catalog, several: list[dict[str, Any]], day: date, folder: Path) -> list[dict[str, str]]:
    """Assert that each row says what the ladder of its firm says; give the rows."""
    heads = list(dict.fromkeys(["firm_id", *(name for one in several for name in one)]))
    source, target = folder / "firms.csv", folder / "verdicts.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for place, one in enumerate(several):
            one["firm_id"] = f"F{place}"
            writer.writerow([cell(one[name]) if name in one else "" for name in heads])
    decides = ruling(rules, "ladder", None, day)
    rulebook, levels = decides.rulebook, decides.levels
    summary = screen_file(source, Order(rulebook, day, target, "csv", levels=levels, routes=decides.routes))
    assert (summary.verdicts, summary.rejected) == (len(several), 0)
    with target.open(encoding="utf-8", newline="") as file:
        rows = {row["firm_id"]: row for row in csv.DictReader(file)}
    for one in several:
        expected = ladder(one, day, rules)
        row = rows[one["firm_id"]]
        assert row["held"] == ";".join(title.id for title in expected.held or ())
        assert row["reached"] == (expected.reached.id if expected.reached else "")
        assert {level: row[level] for level in rules.levels if row.get(level)} == {
            level.level: level.verdict.value for level in expected.levels
        }
        assert set(row["next"].split(";")) - {""} == {level.level for level in expected.next}
        assert row["editions"] == ";".join(f"{level.level}={level.rulebook.id}" for level in expected.levels)
        for level in expected.levels:
            left_out = INFORMING.zh, *([OPEN.zh] if level.verdict is Standing.NOT_QUALIFIED else [])
            told = "".join(one.zh for one in level.why if not one.zh.startswith(left_out))
            assert (f"{level.title.zh}：{told}" in row["reasons"]) == (level.verdict is not Standing.QUALIFIED), row
            assert row[f"awaiting:{level.level}"] == (level.awaiting or "")
    return list(rows.values())


def test_a_row_stands_where_the_firm_does(tmp_path: Path) -> None:
    """The verdict of every level and the highest level reached are those of `ladder`, by made-up rules of all steps."""
    several = [{name: value for name, value in one.items() if name in ASKED} for one in firms()]
    rows = assert_alike(SMALL, several, date(2026, 6, 30), tmp_path)
    for level in ("innovative", "tech_sme", "srdi", "little_giant", "single_champion"):
        assert {row[level] for row in rows} >= {"qualified", "not_qualified", "undetermined"}, level
    assert {row["reached"] for row in rows} >= {"", "innovative", "srdi", "little_giant", "single_champion"}
    assert len({row["next"] for row in rows}) > 3


@pytest.mark.long
@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2026, 6, 30)])
def test_a_row_stands_where_the_firm_does_by_the_shipped_rules(day: date, tmp_path: Path) -> None:
    """The same of all editions that are shipped."""
    assert_alike(shipped(), firms(), day, tmp_path)


@pytest.mark.parametrize(("lang", "between"), [("zh", "、"), ("en", "; ")])
def test_levels_beside_one_another_are_told_as_other_lists(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, lang: Language, between: str
) -> None:
    """In words, several next levels and the rulebook of each level have between them what lists have; ids a `;`."""
    (tmp_path / "in.csv").write_text("企业名称,营业收入\n甲,500\n", encoding="utf-8")
    for name, labels in (("words.csv", "titles"), ("ids.csv", "ids")):
        asked = [str(tmp_path / "in.csv"), "-o", str(tmp_path / name), "--labels", labels, "--lang", lang]
        run(capfdbinary, "screen", *asked, "--rulebook", "ladder", "--as-of", "2026-06-01")
    read = ((tmp_path / f"{one}.csv").read_text(encoding="utf-8").splitlines() for one in ("words", "ids"))
    words, ids = (list(csv.DictReader(lines)) for lines in read)
    titles = [shipped().levels.title(level).in_language(lang) for level in ("innovative", "tech_sme")]
    assert (ids[0]["next"], between.join(titles)) == ("innovative;tech_sme", words[0][NEXT.in_language(lang)])
    assert f"{between}{titles[1]}=" in words[0][EDITIONS_OF.in_language(lang)]
