"""A second row of a header without merged cells: years, parts and totals of the figures above, or it stops."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from engine import InputError, screen
from tests.tables import DAY, cells, figures, read_in, taken_in

GROUPS = "企业名称,营业收入（万元）,,研发费用（万元）,,从业人员\n"
FIRM = "甲精工轴承有限公司,10000,12000,700,800,150\n"
LAST = {"revenue_y0": "12000万元", "rd_expense_y0": "800万元", "employees_y0": "150"}


def read(folder: Path, text: str) -> dict[str, str]:
    """Give what the one firm of a table states in the last full year. Raises InputError."""
    [firm] = figures(folder, text)
    return {fact: cell for fact, cell in firm.items() if fact.endswith("_y0")}


@pytest.mark.parametrize(
    "row",
    [
        ",2024,2025,2024,2025,人数",
        ",2024,2025,2024,2025,年末人数",
        ",2024,2025,2024,2025,合计",
        ",2024年,2025年,2024年,2025年,人数",
        ",12月,1-12月,12月,1-12月,",
        ",1月至6月,1—12月,上半年,全年,年末人数",
        ",其中：出口,合计,其中：资本化,合计,",
        ",外销,全部,资本化,总额,总数",
        "（盖章）,2024,2025,2024,2025,人数",
    ],
)
def test_the_parts_of_figures_are_understood(tmp_path: Path, row: str) -> None:
    """Each figure is that of the last full year, and all of it, whatever stands first in its group."""
    assert read(tmp_path, f"{GROUPS}{row}\n{FIRM}") == LAST
    book = openpyxl.Workbook()
    for line in f"{GROUPS}{row}\n{FIRM}".splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    book.save(tmp_path / "firms.xlsx")
    source, understanding = read_in(tmp_path / "firms.xlsx")
    [row] = cells(source).to_pylist()
    stated = {column.fact.id: list(row.values())[at] for at, column in understanding.stated.items()}
    assert (stated["revenue_y0"], stated["rd_expense_y0"], stated["employees_y0"]) == ("12000", "800", "150")


def test_a_unit_behind_a_year_is_kept(tmp_path: Path) -> None:
    """2025年（元） is a year with a unit, and 人数 beside it does not lose it."""
    text = "企业名称,营业收入,,研发费用,,从业人员\n,2025年（元）,2024年（元）,2025年（元）,2024年（元）,人数\n"
    assert read(tmp_path, f"{text}甲厂,12,10,8,7,150\n") == {
        "revenue_y0": "12元",
        "rd_expense_y0": "8元",
        "employees_y0": "150",
    }


@pytest.mark.parametrize(
    "row",
    [",年初,年末,2025年,", ",期初,期末,2025年,人数", ",年初数,年末数,,年末人数", ",期初余额,期末余额,2025年,合计"],
)
def test_the_end_of_the_year_counts_of_what_is_owned(tmp_path: Path, row: str) -> None:
    """年末 beside 年初 is the figure that is asked for, in whatever words."""
    text = f"企业名称,资产总额（万元）,,研发费用（万元）,从业人员\n{row}\n甲厂,100,200,7,15\n"
    assert read(tmp_path, text) == {"total_assets_y0": "200万元", "rd_expense_y0": "7万元", "employees_y0": "15"}


@pytest.mark.parametrize(
    "row",
    [
        ",12月,1-6月,12月,1-6月,年末人数",
        ",其中：出口,内销,其中：资本化,费用化,",
        ",2023年,合计,2023年,合计,人数",
        ",本月数,本年累计,本月数,本年累计,人数",
        ",瓜,豆,瓜,豆,人数",
    ],
)
def test_a_group_whose_part_is_not_known_is_not_read(tmp_path: Path, row: str) -> None:
    """A total of several years, months and words that are not known are not taken for the figure: that is told."""
    _, understanding = taken_in(tmp_path, f"{GROUPS}{row}\n{FIRM}")
    facts = {column.fact.id for column in understanding.stated.values()}
    first = understanding.columns[1]
    assert "employees_y0" in facts
    assert first.fact is None or first.fact.id != "revenue_y0"
    assert "未读取" in first.how.zh or "2023" in first.header


@pytest.mark.parametrize(
    "row",
    [",瓜1,豆2,瓜,豆,人数", ",2024,2025,2024,2025,150", "丙,2024,2025,2024,2025,人数", ",一类,二类,一类,二类,人数3"],
)
def test_a_second_row_that_is_not_understood_stops(tmp_path: Path, row: str) -> None:
    """What seems to go on with the header and is not plain is refused with what to do."""
    with pytest.raises(InputError, match="seems to be part of it") as stop:
        taken_in(tmp_path, f"{GROUPS}{row}\n{FIRM}")
    assert "把列名合成一行" in stop.value.problems[0].instead.zh


def test_a_second_row_in_a_frame_stops() -> None:
    """A table in memory whose first row is part of its header is refused, whatever its columns without a name are."""
    for blank in ("Unnamed: 2", ""):
        columns = {
            "企业名称": [None, "甲厂"],
            "营业收入": ["2024", "5"],
            blank: ["2025", "6"],
            "从业人员": ["人数", "3"],
        }
        with pytest.raises(InputError, match="seems to be part of it"):
            screen(pa.table(columns), as_of=DAY)


@pytest.mark.parametrize(
    "row", [",5,元,3,万元,7", ",5,,3,,7", "乙厂,,,,,", ",-,-,-,-,-", "乙厂,2024,,2025,,7", ",保密,,保密,,7", ",,,,,"]
)
def test_a_row_of_a_firm_is_none_of_the_header(tmp_path: Path, row: str) -> None:
    """Figures, and cells left blank behind them, are those of a firm, though its name may be missing."""
    source, _ = taken_in(tmp_path, f"{GROUPS}{row}\n{FIRM}")
    assert source.headers[1] == "营业收入（万元）"


@pytest.mark.parametrize(
    ("group", "revenue"),
    [
        ("2025年度财务指标（万元）", "21000万元"),
        ("2025年度主要经济指标", "21000"),
        ("上年度财务数据（万元）", "21000万元"),
        ("2025年度经营数据", "21000"),
    ],
)
def test_a_group_that_names_a_year(tmp_path: Path, group: str, revenue: str) -> None:
    """The figures under it are of that year, in its unit."""
    text = f"序号,企业名称,{group},,从业人员数\n,,营业收入,研发费用,\n1,甲厂,21000,1500,212\n"
    assert figures(tmp_path, text)[0]["revenue_y0"] == revenue


def test_two_groups_that_name_years(tmp_path: Path) -> None:
    """Each year has its own figures."""
    head = "企业名称,2025年度财务指标（万元）,,2024年度财务指标（万元）,\n,营业收入,研发费用,营业收入,研发费用\n"
    [row] = figures(tmp_path, f"{head}甲厂,21000,1500,18000,1200\n")
    assert (row["revenue_y0"], row["revenue_y1"]) == ("21000万元", "18000万元")
