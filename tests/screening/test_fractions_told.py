"""A percentage that may have been typed as a fraction: what rests on it says so, and the chief is told of whom."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from engine import assess, screen
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY, BOOK = date(2026, 6, 1), "cae-2021-champion"
MAY_BE = {
    "zh": "（“全球市场占有率”或许是把小数当作百分数填了，请先核对）",
    "en": " (Global market share may be a fraction typed for a percentage: check it first)",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("share", "is_told"), [("0.12", True), ("0.12%", False), ("1", False), ("12", False)])
def test_a_reason_that_rests_on_a_fraction_says_so(share: str, is_told: bool, lang: str) -> None:  # noqa: FBT001
    """The sentence that fails a firm by 0.12 says that it may be a fraction: of a row and of a profile."""
    [row] = screen(pa.table({"企业名称": ["甲"], "全球市场占有率": [share]}), BOOK, as_of=DAY, lang=lang).to_pylist()
    alone = assess({"firm_name": "甲", "global_market_share_pct": share}, BOOK, DAY)
    assert (row["verdict"], MAY_BE[lang] in row["reasons"]) == ("not_qualified", is_told)
    assert row["reasons"] == alone.reasons.in_language(lang)  # type: ignore[arg-type]


def test_a_stated_ratio_that_is_not_computed_is_told_too() -> None:
    """A ratio typed as a fraction is told where its parts are missing, and not where they give the figure."""
    for parts, is_told in (({}, True), ({"main_revenue_y0": "40", "revenue_y0": "8000"}, False)):
        firm = {"firm_name": "甲", "main_revenue_share_pct_y0": "0.5", **parts}
        table = pa.table({name: [text] for name, text in firm.items()})
        [row] = screen(table, "miit-2026-little-giant", as_of=DAY).to_pylist()
        alone = assess(firm, "miit-2026-little-giant", DAY)
        assert (row["reasons"], "小数" in row["reasons"]) == (alone.reasons.zh, is_told)


def test_the_page_for_the_chief_names_them(tmp_path: Path, capfdbinary: Capture) -> None:
    """It counts the judged rows of each column and names the first, whichever editions judged them."""
    rows = [
        "甲,复核,小巨人,0.12,12",
        "乙,新申报,专精特新,0.3,13",
        "丙,新申报,专精特新,13,14",
        "丁,新申报,专精特新,约3,0.5",
    ]
    path, out, summary = tmp_path / "in.csv", tmp_path / "out.xlsx", tmp_path / "s.json"
    head = "企业名称,申报类型,有效期内的称号,国内市场占有率,全球市场占有率"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    words = ["--level", "小巨人", "--as-of", "2026-06-01", "--summary", str(summary)]
    run(capfdbinary, "screen", str(path), "-o", str(out), *words)
    [found] = json.loads(summary.read_text(encoding="utf-8"))["fractions"]
    assert (found["column"], found["rows"]) == ("国内市场占有率", 2)
    assert [(one["line"], one["firm_name"]) for one in found["firms"]] == [(2, "甲"), (3, "乙")]
    page = [str(row[0]) for row in openpyxl.load_workbook(out)["汇总"].iter_rows(values_only=True)]
    assert any("有 2 家填的数不足 1" in text and "：甲（第 2 行）、乙（第 3 行）。" in text for text in page)
