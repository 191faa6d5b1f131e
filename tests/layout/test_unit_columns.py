"""The unit of an amount is that which the table states of it, in a column, a row or a sentence; else the file stops."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import ibis
import openpyxl
import pyarrow as pa
import pytest

from engine import InputError, screen
from engine.language.reading import names_no_unit, read
from tests.tables import DAY, VOCABULARY, figures, read_in, taken_in


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
        ("币种：人民币　单位：千元,\n企业名称,营业收入\n甲,5\n", ["5千元"]),
        ("填报单位：元氏县工信局 单位：元 填报日期：2026年3月,\n企业名称,营业收入\n甲,5\n", ["5元"]),
        ("单位：元 保留两位小数,\n企业名称,营业收入\n甲,5\n", ["5元"]),
        ("除特别注明外，金额单位均为人民币元,\n企业名称,营业收入,研发费用（万元）\n甲,5,3\n", ["5元", "3万元"]),
        ("单位：千元（特别注明的除外）,\n企业名称,营业收入\n甲,5\n", ["5千元"]),
        ("单位：千元、元/人,\n企业名称,营业收入\n甲,5\n", ["5千元"]),
        ("Unit: RMB million unless otherwise stated,\n企业名称,营业收入\n甲,5\n", ["5百万元"]),
        ("企业名称,营业收入（万元）,单位\n甲,5,万元\n乙,5,千元\n", ["5万元", "5（单位列另有单位）万元"]),
        ("企业名称,单位,营业收入（万元）,研发费用\n甲,千元,5,3\n", ["5（单位列另有单位）万元", "3千元"]),
        ("企业名称,营业收入（万元）,营业收入单位\n甲,5,元\n", ["5（单位列另有单位）万元"]),
        ("企业名称,营业收入（万元）,单位\n甲,5,甲县\n", ["5万元"]),
        ("企业名称,营业收入（万元）,产量,单位\n甲,5,3,元\n", ["5万元"]),
        ("企业名称,营业收入（万元）,单位\n甲,5,万美元\n乙,6,万\n", ["5（单位列另有单位）万元", "6万元"]),
        ("企业名称,营业收入,研发费用\n甲,5,3\n乙,1.2亿元,\n丙,7,2\n", ["5", "3", "1.2亿元", "7", "2"]),
        *(
            (f"{stated},\n企业名称,营业收入\n甲,5\n", ["5千元"])
            for stated in (
                "单位：千　元",
                "单位：千元 币种：人民币元",
                "单位：千元（以人民币计）",
                "单位：千元（不含税）",
                "除职工人数外，单位均为千元",
                "单位：千元（外币折算）",
                "编制单位：日元电子有限公司 单位：千元",
            )
        ),
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
        *(
            f"{stated},,\n企业名称,营业收入,研发费用\n甲,5,3\n"
            for stated in (
                "单位：万元　币种：美元",
                "单位：万元（港币）",
                "金额单位：万元；币种 USD",
                "单位：万元（人民币）、千美元",
                "单位：万元（研发费用为元）",
                "单位：万元；其中研发费用单位为元",
                "单位：万元（除研发费用为元外）",
                "金额单位：万元；研发费用（元）",
                "单位：万元（研发费用按元填）",
                "单位：万元（研发费用除外）",
                "单位：元至角分",
                "单位：万元（加元）",
                "单位：万元（泰铢）",
                "单位：万元 币种：AUD",
                "单位：万元（不包括研发费用）",
                "单位：万元，研发费用填元",
                "Unit: RMB million (R&D in RMB thousand)",
                "RMB million except R&D expense",
            )
        ),
        "单位：万元,注：其中研发费用为元,\n企业名称,营业收入,研发费用\n甲,5,3\n",
    ],
)
def test_a_unit_that_is_not_certain_stops_the_file(tmp_path: Path, text: str) -> None:
    """It is not taken for that of all amounts, nor as 万元."""
    assert amounts(tmp_path, text) is None


@pytest.mark.parametrize(
    ("headers", "units", "is_judged"),
    [
        (["企业名称", "营业收入（万元）", "单位"], ["千元", "万元"], False),
        (["企业名称", "营业收入（万元）", "单位"], ["万元", None], True),
        (["企业名称", "营业收入（万元）", "单位"], ["甲县", "乙县"], True),
        (["企业名称", "营业收入", "单位"], ["元", "元"], False),
        (["企业名称", "营业收入", "营业收入单位"], ["万元", "千元"], False),
        (["企业名称", "营业收入（万元）", "单位"], ["USD", "万元"], False),
    ],
)
def test_units_in_the_rows_of_a_frame(headers: list[str], units: list[str | None], is_judged: bool) -> None:  # noqa: FBT001
    """A table in memory is refused if a row has another unit than its header."""
    table = pa.table(dict(zip(headers, [["甲", "乙"], [5, 6], units], strict=True)))
    if is_judged:
        assert screen(table, as_of=DAY).num_rows == 2
    else:
        with pytest.raises(InputError, match="names the unit of each row"):
            screen(table, as_of=DAY)


@pytest.mark.parametrize("typed", ["¥5.2", "￥5.2", "5.2￥", "RMB 5.2", "人民币5.2", "5.2 CNY"])
def test_a_sign_of_money_says_no_scale(typed: str) -> None:
    """In a column of 万元 it changes nothing, and alone it is of 元, however wide it is typed."""
    revenue = VOCABULARY["revenue_y0"]
    assert read(revenue, typed, "万元") == Fraction("5.2")
    assert read(revenue, typed) == Fraction("5.2") / 10_000
    assert names_no_unit(typed)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("企业名称,营业收入\n甲,5\n单位：千元,\n乙,6\n", None),
        ("单位：元,\n企业名称,营业收入\n甲,5\n单位：千元,\n乙,6\n", None),
        ("企业名称,营业收入\n甲,5\n（金额：元）,\n乙,6\n合计,11\n", None),
        ("单位：元,\n企业名称,营业收入\n甲,5\n单位：元,\n乙,6\n", ["5元", "6元"]),
        ("企业名称,营业收入\n甲,5\n单位：万元,\n乙,6\n", ["5万元", "6万元"]),
        ("企业名称,营业收入,员工人数\n甲,5,3\n单位：元,,\n填表人：张三,审核人：李四,日期：2026年3月\n", ["5元"]),
    ],
)
def test_a_unit_amid_the_firms(tmp_path: Path, text: str, read: list[str] | None) -> None:
    """It is not known of which firms it is, unless all are in that unit anyway."""
    found = amounts(tmp_path, text)
    assert (None if found is None else [one for one in found if one[0].isdigit()]) == read


def test_a_unit_amid_the_firms_of_a_workbook(tmp_path: Path) -> None:
    """A unit above the header is none amid the firms, however short the sheet is."""
    book = openpyxl.Workbook()
    for row in (["单位：元"], ["企业名称", "营业收入", "研发费用"], ["甲", 5, 3], ["乙", 6, 4]):
        book.active.append(row)
    book.save(tmp_path / "firms.xlsx")
    source, understanding = read_in(tmp_path / "firms.xlsx")
    assert source.unit is not None
    assert (source.unit.word, understanding.problems) == ("元", ())


def test_another_header_in_a_frame() -> None:
    """A row of headers in another unit makes another table of what is below it."""
    table = pa.table({"企业名称": ["甲", "企业名称", "乙"], "营业收入（万元）": ["5", "营业收入（千元）", "6"]})
    with pytest.raises(InputError, match="another table below"):
        screen(table, as_of=DAY)
    table = pa.table({"企业名称": ["甲", "企业名称", "乙"], "营业收入（万元）": ["5", "营业收入（万元）", "6"]})
    assert screen(table, as_of=DAY).num_rows == 3


def test_a_firm_of_a_frame_says_nothing_of_the_others() -> None:
    """A name with a year or a word of data in it is no statement of the table, and a remark is one of its own row."""
    names = ["甲", "中数据2000（北京）科技有限公司", "北京数据港有限公司"]
    remarks = ["", "", "财务数据为2024年审计报告"]
    table = pa.table({"企业名称": names, "营业收入": [5, 6, 7], "备注": remarks})
    *others, remarked = screen(table, as_of=DAY)["problems"].to_pylist()
    assert others == [None, None]
    assert remarked is not None


@pytest.mark.parametrize(
    "said", ["以上均为上半年完成数", "单位：千元", "（金额：元）", "以元计", "单位：万元（美元）", "以上为2023年数据"]
)
def test_a_row_of_a_frame_that_says_otherwise(said: str) -> None:
    """A table in memory is refused as a file is."""
    table = pa.table({"企业名称": ["甲", said, "乙"], "营业收入": [5, None, 6]})
    for given in (table, table.set_column(0, "企业名称", table["企业名称"].dictionary_encode())):
        with pytest.raises(InputError, match="has a row"):
            screen(given, as_of=DAY)
    with pytest.raises(InputError, match="has a row"):
        screen(ibis.memtable(table), as_of=DAY)
    assert screen(table.set_column(0, "企业名称", [["甲", "单位：万元", "乙"]]), as_of=DAY).num_rows == 3
