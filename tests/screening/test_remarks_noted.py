"""Remarks of an audit to come and of another name: the row is judged, and noted with the column and the words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from engine import assess, profile_of, screen
from engine.judging.row_remarks import mentioned
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY, BOOK = date(2026, 6, 1), "cae-2021-champion"
SAID = {
    "unaudited": [
        "待审计",
        "年报尚未审计",
        "数据未经审计",
        "审计报告未出具",
        "审计中，预计6月完成",
        "審計中",
        "Not yet audited",
        "2025年度审计报告5月底出具",
        "审计报告出具中",
        "审计报告正在出具中。",
        "年报尚未出",
        "年报还没出",
        "审计报告将于5月31日出具",
        "预计6月中旬出具2025年度审计报告",
        "尚未出具审计报告",
        "审计报告下周提供",
    ],
    "renamed": [
        "已更名",
        "2025年1月更名为甲集团",
        "原名乙厂",
        "曾用名：乙厂",
        "企业名称已变更",
        "formerly B Ltd",
        "已更名，原为乙厂",
    ],
    "": [
        "已出具审计报告",
        "2025年度审计报告已出具",
        "审计报告5月底已出具",
        "审计报告2026年4月20日出具",
        "未出具保留意见审计报告",
        "年报已报出",
        "已审计",
        "审计中心",
        "无保留意见审计报告",
        "未更名",
        "曾用名：无",
        "拟更名",
        "原材料涨价",
        "",
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, several in SAID.items() for text in several])
def test_a_remark_of_an_audit_to_come_or_another_name_is_noted(kind: str, text: str, tmp_path: Path) -> None:
    """The row is judged, and its notes quote the column and the remark: in a frame, and of the one firm of a list."""
    [row] = screen(pa.table({"企业名称": ["甲"], "研发费用": ["5"], "备注": [text]}), BOOK, as_of=DAY).to_pylist()
    path = tmp_path / "in.csv"
    path.write_text(f"企业名称,研发费用,备注\n甲,5,{text}\n", encoding="utf-8")
    said = {one: mentioned(one, text) for one in SAID if one}
    assert [one for one, what in said.items() if what] == ([kind] if kind else [])
    assert row["verdict"] == "undetermined"
    assert (f"“备注”写明{'企业' if kind == 'renamed' else '数据'}" in row["notes"]) == bool(kind)
    assert [one.zh for one in assess(profile_of(path, as_of=DAY), BOOK, DAY).notes] == [row["notes"]] * bool(kind)


def test_remarks_are_counted_under_their_column(tmp_path: Path, capfdbinary: Capture) -> None:
    """The summary and the file of warnings have them under the header of the remarks."""
    path, warnings, summary = tmp_path / "in.csv", tmp_path / "w.csv", tmp_path / "s.json"
    path.write_text("企业名称,研发费用,备注\n甲,5,待审计\n乙,5,已更名\n丙,5,待审计\n", encoding="utf-8")
    words = ["--warnings", str(warnings), "--summary", str(summary), "--as-of", "2026-06-01"]
    run(capfdbinary, "screen", str(path), "-o", str(tmp_path / "out.csv"), "--rulebook", BOOK, *words)
    told = json.loads(summary.read_text(encoding="utf-8"))["warnings"]
    assert [(one["column"], one["what"]["zh"], one["count"]) for one in told] == [
        ("备注", "写明数据还没有审计", 2),
        ("备注", "写明企业更过名", 1),
    ]
    assert warnings.read_text(encoding="utf-8-sig").count(",备注,") == 3
