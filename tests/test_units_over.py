"""Units of money that stand over some columns of a table, above its header."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from engine.header_rows import find_head
from tests.tables import VOCABULARY, figures, read_in

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
