"""A ratio that a list has a column for, and not its parts, is itself what a firm that left it blank has to state."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine import Verdict, assess, evidence_of_list, profile_of
from tests.shell import run

DAY = date(2026, 6, 1)
BY = ("--level", "小巨人", "--as-of", "2026-06-01")
DEBT, PARTS = "debt_ratio_pct_y0", {"total_assets_y0", "total_liabilities_y0"}
Capture = pytest.CaptureFixture[bytes]


def _one(tmp_path: Path, heads: str, cells: str) -> tuple[Path, Verdict]:
    path = tmp_path / "名单.csv"
    rows = f"企业名称,申报类型,行业大类代码,全职员工,营业收入（万元）,{heads}\n甲厂,新申报,34,100,8000,{cells}\n"
    path.write_text(rows, encoding="utf-8")
    return path, assess(profile_of(path, firm="甲厂", level="小巨人", as_of=DAY), level="小巨人", as_of=DAY)


@pytest.mark.parametrize("cell", ["", "-"])
def test_a_blank_ratio_is_missing_itself(tmp_path: Path, capsysbinary: Capture, cell: str) -> None:
    """It is named in rows, in what is counted, in the evidence of the list and of the firm alone."""
    path, alone = _one(tmp_path, "2025年末资产负债率（%）", cell)
    missing = {one.fact for one in alone.missing}
    assert missing & {DEBT, *PARTS} == {DEBT}
    told = run(
        capsysbinary, "screen", str(path), "-o", str(tmp_path / "结果.jsonl"), *BY, "--labels", "ids", "--lang", "zh"
    )
    row = json.loads((tmp_path / "结果.jsonl").read_text(encoding="utf-8"))
    assert set(row["missing"].split(";")) == missing
    assert row["reasons"] == alone.reasons.zh
    assert "上年末资产负债率" in (told.out + told.err).rpartition("缺少的指标")[2]
    [firm] = evidence_of_list(path, level="小巨人", as_of=DAY).firms
    assert firm.evidence is not None
    assert firm.evidence.missing == alone.missing


@pytest.mark.parametrize(
    ("heads", "cells", "lacks"),
    [
        ("上年末资产负债率,上年末资产总额（万元）,上年末负债总额（万元）", ",,", PARTS),  # all parts have columns
        ("上年末资产负债率,上年末资产总额", ",9000", {DEBT}),
        ("上年末资产总额（万元）", "9000", {"total_liabilities_y0"}),
        ("联系人", "张三", PARTS),
        ("上年末资产负债率", "30", set()),
        ("上年末资产负债率", "70-80", {DEBT}),
    ],
)
def test_its_parts_are_missing_where_these_are_asked(
    tmp_path: Path, capsysbinary: Capture, heads: str, cells: str, lacks: set[str]
) -> None:
    """A list without the ratio, or with all of its parts, asks for the parts, in the row as of the firm."""
    path, alone = _one(tmp_path, heads, cells)
    assert {one.fact for one in alone.missing} & {DEBT, *PARTS} == lacks
    run(capsysbinary, "screen", str(path), "-o", str(tmp_path / "结果.jsonl"), *BY, "--labels", "ids")
    row = json.loads((tmp_path / "结果.jsonl").read_text(encoding="utf-8"))
    assert set(row["missing"].split(";")) == {one.fact for one in alone.missing}
    assert row["reasons"] == alone.reasons.zh
