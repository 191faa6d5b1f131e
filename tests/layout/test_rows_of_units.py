"""A row of units below the header gives the units of its columns, however it is labelled; elsewhere it stops."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from engine import InputError, screen
from engine.screening.file import screen_file
from engine.screening.one_of_list import profile_of
from engine.screening.order import Order
from tests.small_rules import rulebook_asking
from tests.tables import DAY, figures, read_in

HEADER = "企业名称,营业收入,研发费用,从业人员\n"
FIRMS = "甲公司,5000000,300000,30\n乙公司,6000000,400000,40\n"
BOOK = rulebook_asking("revenue_y0", "employees_y0")


def screened(folder: Path, text: str) -> None:
    """Screen a delimited file of that text. Raises InputError."""
    (folder / "firms.csv").write_text(text, encoding="utf-8")
    screen_file(folder / "firms.csv", Order(BOOK, DAY, folder / "out.jsonl", "jsonl"))


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ("单位,元,元,人", "元"),
        ("单位：,千元,千元,人", "千元"),
        ("——,千元,千元,人", "千元"),
        ("计量单位,元,元,人", "元"),
        ("指标单位,元,元,", "元"),
        ("（单位）,元,元,人", "元"),
        ("按营业执照填写,单位：千元,单位：千元,单位：人", "千元"),
        ("填写全称,单位：千元,单位：千元,人", "千元"),
        ("单位：元,元,元,人", "元"),
        (",,,\n单位,元,元,人", "元"),
        ("甲,1,2,3\n单位,元,元,人", "元"),
        ("单位,元,元,人\n甲,1,2,3", "元"),
        ("栏次,1,2,3\n——,元,元,人", "元"),
    ],
)
def test_the_label_of_a_row_of_units_is_no_firm(tmp_path: Path, rows: str, unit: str) -> None:
    """Whatever it is called, with blank rows or numbers of columns beside it, its units are those of its columns."""
    read = [row for row in figures(tmp_path, f"{HEADER}{rows}\n{FIRMS}") if row["firm_name"] != "甲"]
    assert [(row["revenue_y0"], row["rd_expense_y0"]) for row in read] == [
        (f"5000000{unit}", f"300000{unit}"),
        (f"6000000{unit}", f"400000{unit}"),
    ]
    assert [row["employees_y0"].removesuffix("人") for row in read] == ["30", "40"]


def test_the_label_of_a_row_of_units_behind_a_number(tmp_path: Path) -> None:
    """In front of it may stand what stands in no row of a firm."""
    text = f"序号,{HEADER}/,单位,千元,千元,人\n1,甲公司,5000000,300000,30\n"
    assert figures(tmp_path, text)[0]["revenue_y0"] == "5000000千元"


def test_a_row_of_units_in_a_workbook(tmp_path: Path) -> None:
    """A row labelled 单位 is read in a workbook as in a delimited file."""
    book = openpyxl.Workbook()
    for line in f"{HEADER}单位,元,元,人\n{FIRMS}".splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "firms.xlsx")
    assert list(read_in(tmp_path / "firms.xlsx")[0].headers) == [
        "企业名称", "营业收入（元）", "研发费用（元）", "从业人员（人）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}{FIRMS}单位,元,元,人\n丙公司,5000000,300000,30\n",
        f"{HEADER}{FIRMS}单位,元,元,人\n",
        f"{HEADER}合计,元,元,人\n{FIRMS}",
        f"{HEADER}单位：万元,元,元,人\n{FIRMS}",
        f"{HEADER}某某,千元,千元,人\n{FIRMS}",
        f"{HEADER}{FIRMS * 40}金额,（千元）,（千元）,\n{FIRMS * 40}",
    ],
)
def test_a_unit_among_amounts_that_is_not_theirs_stops(tmp_path: Path, text: str) -> None:
    """A cell that is but another unit than that of its column stops the whole table, and one firm of it."""
    with pytest.raises(InputError, match="which would be read in 万元"):
        screened(tmp_path, text)
    with pytest.raises(InputError, match="which would be read in 万元"):
        profile_of(tmp_path / "firms.csv", row=3, as_of=DAY)


@pytest.mark.parametrize("label", ["单位", "甲公司", None, "——"])
@pytest.mark.parametrize("unit", ["元", "单位：千元", "万美元", "千"])
def test_a_unit_among_amounts_of_a_frame_stops(label: str | None, unit: str) -> None:
    """In memory a row of units that are not those of the columns is refused, and one of the same units is not."""
    table = pa.table({"企业名称": ["乙公司", label, "丙公司"], "营业收入": ["5000000", unit, "6000000"]})
    with pytest.raises(InputError, match="which would be read in 万元"):
        screen(table, as_of=DAY)


def test_units_that_are_those_of_the_columns_do_no_harm(tmp_path: Path) -> None:
    """A row of units that says what is read anyway stops nothing."""
    screened(tmp_path, f"{HEADER}{FIRMS}单位,万元,万元,人\n丙公司,5,3,3\n")
    table = pa.table({"企业名称": ["单位", "丙公司"], "营业收入": ["万元", "60"], "从业人员": ["人", "5"]})
    assert screen(table, as_of=DAY).num_rows == 2
