"""A table that lies on its side is read only where it is certain of whom and of which year each column is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ground.errors import InputError
from tests.tables import figures

BODY = (("营业收入（万元）", "revenue_y0"), ("研发费用", "rd_expense_y0"), ("员工人数", "employees_y0"))


def table(head: str, columns: int) -> str:
    """Give a table on its side: those lines, then three figures whose cells are 1, 2, … and ten and a hundred times."""
    lines = [
        ",".join([name, *(str(10**row * at) for at in range(1, columns + 1))]) for row, (name, _) in enumerate(BODY)
    ]
    return "\n".join([head, *lines, ""])


def revenues(rows: list[dict[str, str]]) -> dict[str, tuple[str | None, str | None]]:
    """Give the revenue of the last full year and of the one before it, by firm."""
    return {row["firm_name"]: (row.get("revenue_y0"), row.get("revenue_y1")) for row in rows}


@pytest.mark.parametrize(
    ("head", "columns", "read"),
    [
        ("指标,2025年,2024年\n企业名称,甲公司,", 2, {"甲公司": ("1万元", "2万元")}),
        ("指标,2024年,2025年\n企业名称,甲公司,甲公司", 2, {"甲公司": ("2万元", "1万元")}),
        ("企业名称,甲公司,\n年度,2025年,2024年", 2, {"甲公司": ("1万元", "2万元")}),
        ("一、基本情况,,\n企业名称,甲公司,\n项目,2024年末,2025年末", 2, {"甲公司": ("2万元", "1万元")}),
        (
            "企业名称,甲公司,,乙公司,\n年度,2025年,2024年,2025年,2024年",
            4,
            {"甲公司": ("1万元", "2万元"), "乙公司": ("3万元", "4万元")},
        ),
        (
            "指标,甲公司,,乙公司,\n,2025年,2024年,2025年,2024年",
            4,
            {"甲公司": ("1万元", "2万元"), "乙公司": ("3万元", "4万元")},
        ),
        ("企业名称,甲公司,乙公司\n年度,2025,2024", 2, {"甲公司": ("1万元", None), "乙公司": (None, "2万元")}),
        ("指标,本企业,行业平均\n企业名称,甲公司,", 2, {"甲公司": ("1万元", None)}),
        ("指标,达标线,填报值\n企业名称,,甲公司", 2, {"甲公司": ("2万元", None)}),
        ("指标,2025年,2024年,同比增长\n企业名称,甲公司,,", 3, {"甲公司": ("1万元", "2万元")}),
        ("甲,乙,1,2\n指标,代码,2025年,2024年\n企业名称,,甲公司,", 3, {"甲公司": ("2万元", "3万元")}),
        ("指标,甲公司,乙公司,合计", 3, {"甲公司": ("1万元", None), "乙公司": ("2万元", None)}),
        ("指标,行次,企业一,企业二\n企业名称,,甲公司,乙公司", 3, {"甲公司": ("2万元", None), "乙公司": ("3万元", None)}),
        ("数据年份：2024年,\n企业名称,甲公司", 1, {"甲公司": (None, "1万元")}),
    ],
)
def test_each_column_is_of_its_firm_and_year(
    tmp_path: Path, head: str, columns: int, read: dict[str, tuple[str | None, str | None]]
) -> None:
    """Years and names stand in a row of their own wherever that is; what is no figure of a firm is left out."""
    assert revenues(figures(tmp_path, table(head, columns))) == read


@pytest.mark.parametrize(
    ("head", "columns", "unclear"),
    [
        ("企业名称,甲公司", 2, "各列是哪家企业"),
        ("企业名称,甲公司,甲公司", 2, "各列是哪家企业"),
        ("指标,2025年,2025年\n企业名称,甲公司,", 2, "各列是哪家企业"),
        ("指标,2025年,2024年\n年度,2024年,2023年\n企业名称,甲公司,", 2, "各列是哪一年"),
        ("指标,2025年,本企业\n企业名称,甲公司,甲公司", 2, "没有写年份的列"),
        ("企业名称,甲公司\n二、2024年情况,", 1, "以下是哪一年"),
        ("企业名称,甲公司,乙公司\n单位,元,万元", 2, "各列以什么为单位"),
        ("指标,行业平均,达标线", 2, "哪一列是本企业"),
        ("企业名称,甲公司,乙公司\n,3,4", 2, "没有指标名的行"),
    ],
)
def test_what_is_not_certain_is_refused(tmp_path: Path, head: str, columns: int, unclear: str) -> None:
    """It is said what is not certain, and no figure is taken."""
    with pytest.raises(InputError) as refused:
        figures(tmp_path, table(head, columns))
    assert unclear in refused.value.problems[0].what.zh


def test_a_unit_for_all_is_that_of_amounts(tmp_path: Path) -> None:
    """A row 单位 of one unit, or a column of them anywhere, is heeded; people are not counted in 元."""
    rows = "营业收入,5\n研发费用,3\n员工人数,50\n"
    assert figures(tmp_path, f"企业名称,甲公司\n单位,元\n{rows}") == [
        {"firm_name": "甲公司", "revenue_y0": "5元", "rd_expense_y0": "3元", "employees_y0": "50"}
    ]
    by_row = "指标,数值,单位\n企业名称,甲公司,\n营业收入,5,元\n研发费用,3,亿元\n员工人数,50,人\n"
    assert figures(tmp_path, by_row)[0]["rd_expense_y0"] == "3亿元"


@pytest.mark.parametrize(
    "head",
    [
        "项目,填报数,审核数",
        "项目,企业填报数,县级核定数",
        "项目,上报数,核查数",
        "项目,自评,核查",
        "项目,数值,审核数",
        "项目,初审数,终审数",
    ],
)
def test_a_reported_figure_beside_an_audited_one_stops(tmp_path: Path, head: str) -> None:
    """Of two columns that differ only in being reported or audited it is not certain which one counts."""
    with pytest.raises(InputError, match="which of its columns counts"):
        figures(tmp_path, table(f"{head}\n企业名称,甲公司,", 2))


def test_a_column_for_an_audit_without_figures_is_left_out(tmp_path: Path) -> None:
    """An empty column of audited figures, or one of opinions, does not stop the table."""
    lines = table("项目,填报数\n企业名称,甲公司", 1).strip().split("\n")
    for head, cell in (("审核数", ""), ("审核意见", "属实")):
        text = "\n".join([f"{lines[0]},{head}", *(f"{line},{cell}" for line in lines[1:])])
        assert figures(tmp_path, f"{text}\n")[0]["revenue_y0"] == "1万元"
