"""Units of money that stand over some columns of a table, above its header."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from engine.layout.header_rows import find_head
from tests.tables import VOCABULARY, figures, read_in, taken_in

HEADER = "企业名称,营业收入,研发费用,资产总额,员工人数"


@pytest.mark.parametrize(
    ("row", "headers", "unit"),
    [
        # in a corner, or over no amount: of all
        ("单位：元,,,,", "企业名称,营业收入,研发费用,资产总额,员工人数", "元"),
        (",,,单位：元,", "企业名称,营业收入,研发费用,资产总额,员工人数", "元"),
        (",,,,单位：元", "企业名称,营业收入,研发费用,资产总额,员工人数", "元"),
        (",,单位：万元,,", "企业名称,营业收入,研发费用,资产总额,员工人数", "万元"),
        (",,单位：元,单位：元,单位：元", "企业名称,营业收入,研发费用,资产总额,员工人数", "元"),
        # over one amount, or some: of these; that of the others is not known
        (",单位：元,,,", "企业名称,营业收入（元）,研发费用,资产总额,员工人数", None),
        (",单位：元,单位：元,,", "企业名称,营业收入（元）,研发费用（元）,资产总额,员工人数", None),
        # several: each up to the next, as merged cells are saved
        (",单位：元,单位：万元,,", "企业名称,营业收入（元）,研发费用（万元）,资产总额（万元）,员工人数", ""),
        (",,单位：元,单位：亿元,", "企业名称,营业收入,研发费用（元）,资产总额（亿元）,员工人数", None),
        (",（单位：元）,（单位：元）,（单位：万元）,",
         "企业名称,营业收入（元）,研发费用（元）,资产总额（万元）,员工人数", ""),
    ],
)  # fmt: skip
def test_whose_unit_it_is(row: str, headers: str, unit: str | None) -> None:
    """What stands over an amount left of others is of what it stands over, and so is each of several."""
    rows = [["某县企业情况表", "", "", "", ""], row.split(","), HEADER.split(","), ["甲厂", "1", "2", "3", "4"]]
    head = find_head(rows, VOCABULARY, {})
    assert ",".join(head.headers) == headers
    assert (head.unit.word if head.unit and head.unit.is_known else None if head.unit else "") == unit


def test_an_amount_under_no_unit_is_not_read_in_that_of_another(tmp_path: Path) -> None:
    """The amounts whose unit is known are not enough: the list says which column has none."""
    source, understanding = read_in(_written(tmp_path, merged="B1:C1", stated={"B1": "单位：元"}))
    assert source.unit is not None
    assert [problem.where for problem in understanding.problems] == ["资产总额"]


def test_two_units_merged_over_columns(tmp_path: Path) -> None:
    """Each is that of the columns that it is merged over."""
    _, understanding = read_in(_written(tmp_path, merged="B1:C1", stated={"B1": "单位：元", "D1": "单位：万元"}))
    assert not understanding.problems
    assert [one.unit for one in understanding.columns] == ["", "元", "元", "万元", ""]


def test_a_list_in_csv(tmp_path: Path) -> None:
    """The figures are read in the unit over each."""
    [firm] = figures(tmp_path, f",单位：元,单位：万元,,\n{HEADER}\n甲厂,100000000,500,2000,40\n")
    assert (firm["revenue_y0"], firm["rd_expense_y0"]) == ("100000000元", "500万元")


def _written(folder: Path, *, merged: str, stated: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, text in stated.items():
        sheet[place] = text
    sheet.merge_cells(merged)
    sheet.append(HEADER.split(","))
    sheet.append(["甲厂", 100000000, 5000000, 2000, 40])
    book.save(folder / "firms.xlsx")
    return folder / "firms.xlsx"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        *(("单位：仟元", "千元"), ("单  位： 千  元", "千元"), ("单位：（千元）", "千元"), ("单 位：千元", "千元")),
        *(("（仟元）", "千元"), ("单位：人民币仟元", "千元"), ("单位：佰万元", "百万元"), ("单位：拾万元", "十万元")),
        *(("货币：千元", "千元"), ("¥ million", "百万元"), ("单位：万元、人", "万元"), ("填报单位：甲公司", "")),
        *((f"单位：{one}", None) for one in ("仟", "千", "K", "1000元", "10万元", "100万元")),
        ("Unit: thousand", None),
    ],
)
def test_a_unit_in_another_spelling(tmp_path: Path, said: str, unit: str | None) -> None:
    """It is read, or the amounts are refused; None: it is not taken for 万元."""
    for text in (
        f"{said},,\n企业名称,营业收入,员工人数\n甲厂,16000,310\n",
        f"企业名称,营业收入,员工人数\n甲厂,16000,310\n{said},,\n",
    ):
        if unit is not None:
            assert figures(tmp_path, text)[0]["revenue_y0"] == f"16000{unit}"
        else:
            assert taken_in(tmp_path, text)[1].problems


@pytest.mark.parametrize(
    "words", [["仟元"], ["億元"], ["（亿元）"], ["亿元/人民币"], ["1e8"], ["k"], ["100000000"], ["亿元", "同上"]]
)
def test_a_column_of_units_in_another_spelling(tmp_path: Path, words: list[str]) -> None:
    """Its rows are in these units or rejected, none in 万元."""
    rows = "".join(f"甲{at}厂,16000,{word}\n" for at, word in enumerate(words))
    for row in figures(tmp_path, f"企业名称,营业收入,单位\n{rows}"):
        assert re.fullmatch("[0-9.e]+", row["revenue_y0"]) is None, "a figure without a unit, or of more digits"
