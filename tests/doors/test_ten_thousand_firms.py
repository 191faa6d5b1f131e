"""Ten thousand firms of all areas and applications, on both sides of an edition's first day: alike at all doors."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from engine import Catalog, InputError, Order, assess, ladder, ruling, screen, screen_file
from tests.doors.test_doors import criteria
from tests.rulebooks.test_area_routing import EDITIONS, LEVEL, copied, over_http, write

BEGINS = date(2026, 7, 1)
DAYS = [date(2026, 6, 30), BEGINS]
AREAS = [
    *("浙江省杭州市", "浙江", "宁波市", "浙江省宁波市鄞州区", "330282", "广东省深圳市", "广州", "江苏/南京"),
    *("上海市浦东新区", "Hangzhou, Zhejiang", "", "-", "无数据", "外省", "火星"),
]
KINDS = ["新申报", "复核", "", "新申请", "到期复核", "待定"]
TITLES = ["", "无", "小巨人", "专精特新", "专精特新、小巨人", "怪称号", "小巨人（2018-2021）", "小巨人（2023-2026）"]
HEADER = ["企业名称", "省份", "申报类型", "有效期内的称号", "员工人数", "研发费用", "2024年研发费用"]
FACTS = ["firm_name", "area", "application_type", "valid_titles", "employees_y0", "rd_expense_y0", "rd_expense_y1"]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give the made-up editions, and later ones of the country and of a province."""
    folder = copied(tmp_path_factory.mktemp("ten_thousand") / "rules")
    for edition in EDITIONS:
        write(folder, *edition)
    write(folder, "all-later", LEVEL, "", "new, review", 120, BEGINS)
    write(folder, "zhejiang-later", LEVEL, "浙江", "new, review", 35, BEGINS)
    write(folder, "srdi-of-all", "srdi", "", "new, review", 15)
    return Catalog(folder)


def firms(count: int) -> list[list[str]]:
    """Give the cells of firms, whose figures are around the thresholds of the editions."""
    dice, near = random.Random(count), [9, 10, 15, 19, 20, 30, 34, 35, 50, 99, 100, 119, 120]
    figures = [*map(str, near), "100人", "1,200", "约50", "", "不低于35"]
    return [
        [
            f"样例{n}有限公司",
            *map(dice.choice, (AREAS, KINDS, TITLES)),
            *(dice.choice(figures) for _ in "abc"),
        ]
        for n in range(count)
    ]


def of_profile(cells: list[str]) -> dict[str, str]:
    """Give the profile of a firm with these cells."""
    return dict(zip(FACTS, cells, strict=True))


def in_file(path: Path, catalog: Catalog, rulebook: str | None, level: str | None, day: date) -> dict[int, Any]:
    """Give the rows that are judged in a file, by their lines."""
    chosen, output = ruling(catalog, rulebook, level, day), path.with_suffix(".jsonl")
    order = Order(chosen.rulebook, day, output, "jsonl", levels=chosen.levels, routes=chosen.routes)
    summary = screen_file(path, order)
    assert summary.rows_in == summary.verdicts + summary.rejected
    return {row["line"]: row for row in map(json.loads, output.read_text(encoding="utf-8").splitlines())}


@pytest.mark.parametrize(
    ("count", "day"), [(40, DAYS[0]), *(pytest.param(5_000, day, marks=pytest.mark.long) for day in DAYS)]
)
def test_all_doors(rules: Catalog, day: date, count: int, tmp_path: Path) -> None:
    """A firm alone, its row in a file, over HTTP and in a frame, and both ladders: alike, or refused alike."""
    found, path = firms(count), tmp_path / "firms.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADER, *found]), encoding="utf-8")
    judged, ladders = in_file(path, rules, None, LEVEL, day), in_file(path, rules, "ladder", None, day)
    frame = screen(
        pa.table(dict(zip(HEADER, zip(*found, strict=True), strict=True))), level=LEVEL, as_of=day, catalog=rules
    ).to_pylist()
    assert over_http(path, rules, day) == judged
    for place, cells in enumerate(found):
        line = place + 2
        try:
            alone = assess(of_profile(cells), level=LEVEL, as_of=day, catalog=rules)
        except InputError:
            assert line not in judged, cells
            assert frame[place]["verdict"] is None, cells
            continue
        for row in (judged[line], frame[place]):
            assert (row["rulebook"], row["verdict"]) == (alone.rulebook.id, alone.verdict.value), cells
            assert row["reasons"] == alone.reasons.zh, cells
            assert row["awaiting"] == (alone.awaiting or ""), cells
            assert row["notes"] == "".join(note.zh for note in alone.notes), cells
            assert criteria(row) == {one.id: one.outcome.value for one in alone.criteria}, cells
            assert bool(row["hangs_on"]) == any(one.verdict is not alone.verdict for one in alone.hangs_on), cells
        steps = ladder(of_profile(cells), day, rules)
        assert {level: ladders[line][level] for level in ("srdi", LEVEL) if ladders[line].get(level)} == {
            one.level: one.verdict.value for one in steps.levels
        }, cells
        assert ladders[line]["reached"] == (steps.reached.id if steps.reached else ""), cells
    assert count * 0.2 < len(judged) < count
