"""Editions of one list that have the same title, and firms that stand in the list of several of them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from engine import Catalog, Order, ruling, screen, screen_file
from tests.rulebooks.test_area_routing import copied, write

DAY, LEVEL = date(2026, 6, 1), "little_giant"
COLUMNS = {
    "统一社会信用代码": ["91330200MA2AAAAA0X", "91320500MA1XXXXX0A", "91330200MA2AAAAA0X", "91330200MA2AAAAA0Y"],
    "企业名称": ["甲", "乙", "甲", "丙"],
    "所在地": ["浙江", "江苏", "江苏", "上海"],
    "员工人数": ["40", "40", "40", "40"],
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give rules of two provinces with the same title, and none of the country."""
    folder = copied(tmp_path_factory.mktemp("alike") / "rules")
    for name, area, least in (("zhejiang", "浙江省", 30), ("jiangsu", "江苏省", 50)):
        write(folder, name, LEVEL, area, "new, review", least)
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(f"编造的{name}", "认定标准"), encoding="utf-8")
    return Catalog(folder)


def test_columns_of_the_same_title(rules: Catalog, tmp_path: Path) -> None:
    """The columns of criteria of each edition stand apart, in a file and in a frame; a firm in both is told."""
    chosen, source = ruling(rules, None, LEVEL, DAY), tmp_path / "in.csv"
    source.write_text("\n".join(map(",".join, [COLUMNS, *zip(*COLUMNS.values(), strict=True)])), encoding="utf-8")
    told = {name: tmp_path / f"{name}.csv" for name in ("rejected", "warnings")}
    order = Order(chosen.rulebook, DAY, tmp_path / "out.csv", "csv", labels="titles", routes=chosen.routes, **told)
    summary = screen_file(source, order)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["人数〔认定标准（zhejiang）〕"] for row in rows] == ["符合", "", ""]
    assert [row["人数〔认定标准（jiangsu）〕"] for row in rows] == ["", "不符合", "不符合"]
    assert summary.rejected == 1
    with (tmp_path / "warnings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["行号"] for row in csv.DictReader(file) if "出现 2 次" in row["问题"]] == ["2", "4"]
    assert [one.count for one in summary.warnings if "出现" in one.what.zh] == [2]
    found = screen(pa.table(COLUMNS), level=LEVEL, as_of=DAY, catalog=rules, labels="titles").to_pylist()
    assert [row["人数〔认定标准（zhejiang）〕"] for row in found] == ["符合", None, None, None]
    assert [row["人数〔认定标准（jiangsu）〕"] for row in found] == [None, "不符合", "不符合", None]
    assert "浙江" in json.dumps(
        found[3]["problems"] if "problems" in found[3] else list(found[3].values()), ensure_ascii=False
    )
