"""Sums, notes and signatures in a table of firms: never judged, never counted as firms, never lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from engine import profile_of, screen
from engine.errors import InputError
from engine.no_firm import is_no_firm, no_firms, rows_to_look_at
from tests.command import run

CODE = "91130132MA0AAAAA0X"
APART = [
    ["", "合计", "17000"], ["", "城关镇小计", "9"], ["", "共计50家", ""], ["总 计（2家）", "", "1"],
    ["", "Subtotal:", "3"],
    ["", "填报单位：元氏县工信局", "5000"], ["填报单位：元氏县工信局", "填表人：张三", "审核人：李四"],
    ["", "元氏县工业和信息化局（盖章）", "2026年5月20日"], ["", "", "制表日期：2026.5.20"],
    ["", "联系电话：0311-84623456", ""],
    ["", "负责人（签字）：", ""], ["填表人", "张三", ""], ["", "填表人 张三", ""], ["", "2026年5月", ""],
    ["", "注1：以上不含分公司", "5"], ["", "*注：略", ""], ["", "元氏县", ""], ["", "一、制造业（3家）", ""],
    ["", "本表由企业填写，盖章后有效。", ""], ["", "第1页，共3页", ""], ["", "单位：万元", "7"],
]  # fmt: skip
FIRMS = [
    ["", "合计科技有限公司", "5"], ["", "备注软件有限公司", ""], ["", "联系电话机厂", ""],
    ["", "元氏县总计轴承厂", "5"],
    [CODE, "合计", "5"], ["", "石家庄审核人科技有限公司", ""], ["", "单位名称：甲公司", "5"], ["", "元氏县统计局", "5"],
    ["", "乙", "元氏县"],
    ["", "中铁二局", ""], ["A1", "注明", "5"], ["", "申报单位：甲公司", "5"], ["", "日期科技", "5"],
    ["", "", "5"], ["", "-", "无"], ["", "", ""], ["", "小计划有限公司", "5"], ["", "县办第一页岩砖厂", "5"],
]  # fmt: skip


def test_what_is_no_firms_row() -> None:
    """Python and the database say the same of every row."""
    rows = [*APART, *FIRMS]
    table = ibis.memtable(pa.table({f"t{place}": list(cells) for place, cells in enumerate(zip(*rows, strict=True))}))
    table = table.mutate(cells=rows_to_look_at(table, "t0", "t1"))
    said = table.select(said=no_firms(table.cells, table.t0, table.t1)).to_pyarrow()["said"].to_pylist()
    expected = [True] * len(APART) + [False] * len(FIRMS)
    assert list(zip(rows, said, strict=True)) == list(zip(rows, expected, strict=True))
    assert [is_no_firm(row[0], row[1], row) for row in rows] == expected


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Give a list with a firm, one that cannot be judged, and what is no firm, the last of it with cells too few."""
    source = tmp_path / "in.csv"
    header = ["统一社会信用代码", "企业名称", "营业收入"]
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, [CODE, "甲", "5"], ["", "乙", "约5"], *APART, ["填表人：张三"]])
    return source


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_counts_speak_of_firms(
    capfdbinary: pytest.CaptureFixture[bytes], county: Path, tmp_path: Path, form: str
) -> None:
    """Two rows in, one judged, one rejected; the others are counted apart, and the warnings have their lines."""
    files = {name: tmp_path / name for name in ("rejected", "warnings", "summary")}
    options = [word for name, file in files.items() for word in (f"--{name}", str(file))]
    told = run(capfdbinary, "screen", str(county), "-o", str(tmp_path / f"out.{form}"), *options)
    summary = json.loads(files["summary"].read_text(encoding="utf-8"))
    names = ("rows_in", "verdicts", "rejected", "not_firms")
    assert [summary[name] for name in names] == [2, 1, 1, len(APART) + 1]
    assert f"合计、备注、落款行（不计）{len(APART) + 1:>15}".replace(" ", "") in told.err.replace(" ", "")
    for name, lines in (("rejected", [3]), ("warnings", range(4, 5 + len(APART)))):
        with files[name].open(encoding="utf-8-sig", newline="") as file:
            assert [int(row["行号"]) for row in csv.DictReader(file)] == list(lines)


def test_a_list_of_firms_without_fault_ends_with_0(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A total and a signature are no reason to say that something was refused."""
    source = tmp_path / "in.csv"
    source.write_text("企业名称,营业收入\n甲,5\n合计,5\n填表人：张三,\n", encoding="utf-8")
    assert run(capfdbinary, "screen", str(source), "-o", str(tmp_path / "out.csv")).code == 0


def test_one_firm_and_a_frame(county: Path) -> None:
    """A signature is no firm of a list either, and in a frame its row has that for a problem and no verdict."""
    with pytest.raises(InputError, match="has 2 firms"):
        profile_of(county)
    with pytest.raises(InputError, match="is a total, a note or a signature"):
        profile_of(county, row=4)
    frame = pa.table({"企业名称": ["甲", "填报单位：元氏县工信局"], "营业收入": ["5", ""]})
    first, second = screen(frame).select(["verdict", "problems"]).to_pylist()
    assert first["problems"] is None
    assert (second["verdict"], second["problems"][:3]) == (None, "企业名")
