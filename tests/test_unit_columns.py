"""The unit of an amount is that which the table states of it, in a column, a row or a sentence; else the file stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import VOCABULARY, figures, taken_in


def amounts(folder: Path, text: str) -> list[str] | None:
    """Give each amount of a table with its unit, row by row; None if the table stops the file."""
    if taken_in(folder, text)[1].problems:
        return None
    rows = figures(folder, text)
    return [cell for row in rows for fact, cell in row.items() if VOCABULARY[fact].kind == "money"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("企业名称,营业收入,单位\n甲,5,万元\n乙,5,元\n", ["5万元", "5元"]),
        ("企业名称,单位,营业收入,研发费用\n甲,元,5,3\n", ["5元", "3元"]),
        ("企业名称,营业收入,单位,研发费用,单位\n甲,5,元,3,万元\n", ["5元", "3万元"]),
        ("企业名称,单位,营业收入,单位,研发费用\n甲,元,5,亿元,3\n", ["5元", "3亿元"]),
        ("企业名称,营业收入,营业收入单位,研发费用,研发费用的单位\n甲,5,元,3,千元\n", ["5元", "3千元"]),
        ("企业名称,营业收入,单位（营业收入）,研发费用\n甲,5,元,3\n", ["5元", "3"]),
        ("企业名称,营业收入,,研发费用,\n甲,5,元,3,万元\n", ["5元", "3万元"]),
        ("企业名称,营业收入,单位,员工人数,单位\n甲,5,元,30,人\n", ["5元"]),
        ("企业名称,营业收入,单位\n甲,5,县工信局\n", ["5"]),
        ("企业名称,营业收入（万元）,币种\n甲,5,人民币\n乙,5,美元\n", ["5万元", "5（美元）万元"]),
        ("企业名称,营业收入,单位,研发费用\n甲,5,万元,3\n", ["5", "3"]),  # 万元 is what is taken anyway
        ("企业名称,营业收入,员工人数\n（盖章）,（元）,\n甲,5,30\n", ["5元"]),
        ("企业名称,营业收入,员工人数\n填写全称,以元为单位,填写整数\n甲,5,30\n", ["5元"]),
        ("金额以人民币元列示,\n企业名称,营业收入\n甲,5\n", ["5元"]),
        ("企业名称,营业收入\n甲,5\n说明：金额均以亿元计,\n", ["5亿元"]),
        ("数据均为千元,\n企业名称,营业收入\n甲,5\n", ["5千元"]),
        ("企业名称,营业收入,研发费用\n甲,5,3\n注：营业收入单位为万元,,\n", ["5万元", "3万元"]),
    ],
)
def test_each_amount_is_in_its_unit(tmp_path: Path, text: str, read: list[str]) -> None:
    """Columns of units are of all amounts, of the one beside them, or of the one they name."""
    assert amounts(tmp_path, text) == read


@pytest.mark.parametrize(
    "text",
    [
        "企业名称,营业收入,单位,研发费用\n甲,5,元,3\n",
        "企业名称,单位,营业收入,单位,研发费用,单位\n甲,元,5,亿元,3,元\n",
        "企业名称,营业收入,,研发费用\n甲,5,元,3\n",
        "企业名称,营业收入,研发费用\n甲,5,3\n注：营业收入单位为元,,\n",
        "营业收入以亿元为单位,,\n企业名称,营业收入,研发费用\n甲,5,3\n",
        "单位：元/万元,,\n企业名称,营业收入,研发费用\n甲,5,3\n",
        "以美元计,,\n企业名称,营业收入,研发费用\n甲,5,3\n",
    ],
)
def test_a_unit_that_is_not_certain_stops_the_file(tmp_path: Path, text: str) -> None:
    """It is not taken for that of all amounts, nor as 万元."""
    assert amounts(tmp_path, text) is None
