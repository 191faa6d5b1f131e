"""Tables as people lay them out: several header rows, years, units in rows and columns, names in a column."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine import InputError, Order, ScreeningSummary, screen_file, shipped
from engine.layout.header_rows import find_head
from engine.layout.panel import year_of
from tests.small_rules import rulebook_asking
from tests.tables import cells, read_in, taken_in

DAY = date(2026, 6, 1)
CATALOG = shipped()
BOOK = rulebook_asking("revenue_y0", "revenue_cagr_2y_pct", "employees_y0", "rd_intensity_pct_y0")


def screened(source: Path) -> tuple[ScreeningSummary, list[dict[str, Any]], list[str]]:
    """Give the summary, the judged rows with their figures, and the notes of a file."""
    notes: list[str] = []
    output = source.with_name("out.jsonl")
    order = Order(BOOK, DAY, output, "jsonl", figures=True, rejected=source.with_name("rejected.csv"))
    summary = screen_file(source, order, lambda _, opened: notes.extend(note.zh for note in opened.notes))
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert summary.rows_in == summary.verdicts + summary.rejected
    return summary, rows, notes


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a delimited file."""
    path = folder / "firms.csv"
    path.write_text(text, encoding=encoding)
    return path


def revenues(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    """Give the revenue of each judged firm."""
    return {row["firm_name"]: row["revenue_y0"] for row in rows}


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        (  # a name over years, merged cells written once
            ["企业名称,营业收入（元）,,,员工人数,", ",2023年,2024年,2025年,2024年,2025年", "甲,1,2,3,4,5"],
            "企业名称 营业收入（元）2023年 营业收入（元）2024年 营业收入（元）2025年 员工人数2024年 员工人数2025年",
        ),
        (  # years over names
            ["企业名称,2025年,,2024年,", ",营业收入,研发费用,营业收入,研发费用", "甲,1,2,3,4"],
            "企业名称 营业收入2025年 研发费用2025年 营业收入2024年 研发费用2024年",
        ),
        (  # groups over names, with a unit, and words that only together name a fact
            ["企业名称,财务数据（万元）,,市场占有率,", ",营业收入,资产总额,全球,国内", "甲,1,2,3,4"],
            "企业名称 营业收入（万元） 资产总额（万元） 全球市场占有率 国内市场占有率",
        ),
        (  # codes over names over units
            [
                "Stkcd,ShortName,B001101000,Y0601b",
                "证券代码,企业名称,营业收入,员工人数",
                "没有单位,没有单位,元,人",
                "1,甲,2,3",
            ],
            "证券代码 企业名称 营业收入（元） 员工人数（人）",
        ),
        (["企业名称,营业收入,员工人数", ",（亿元）,（人）", "甲,1,2"], "企业名称 营业收入（亿元） 员工人数（人）"),
        (  # names over years over units
            ["企业名称,营业收入,", ",2024年,2025年", ",万元,万元", "甲,1,2"],
            "企业名称 营业收入2024年（万元） 营业收入2025年（万元）",
        ),
        (  # what stands under a name makes another figure of it
            ["企业名称,营业收入,,研发费用,", ",同比增长,金额,金额,占比", "甲,1,2,3,4"],
            "企业名称 营业收入 同比增长|营业收入|研发费用|研发费用占比",
        ),
        (["企业名称,同行业平均,本企业", ",研发费用,研发费用", "甲,1,2"], "企业名称 同行业平均 研发费用|研发费用"),
        (["企业名称,营业收入,研发费用", ",万美元,万元", "甲,1,2"], "企业名称 营业收入（万美元） 研发费用（万元）"),
        (["单位名称,单位：万元,", ",营业收入,员工人数", "甲,1,2"], "单位名称 营业收入（万元） 员工人数"),
        (["企业名称,营业收入,员工人数", "1,2,3", "甲,1,2"], "企业名称 营业收入 员工人数"),
        (["企业名称,营业收入", "Company,Revenue", "甲,1"], "Company Revenue"),
        # a firm may have a figure's name in its own, no figures at all, or lines under it
        (["企业名称,营业收入,员工人数", "营业收入股份,1,2"], "企业名称 营业收入 员工人数"),
        (["企业名称,营业收入,员工人数", "甲,-,-", "-,-,-"], "企业名称 营业收入 员工人数"),
        (
            ["2025年度企业情况表,,", "填报日期：2026-03-01,,单位：万元", "企业名称,营业收入,员工人数", "甲,1,2"],
            "企业名称 营业收入 员工人数",
        ),
        (
            ["基本情况,,财务,", "企业名称,行业代码,营业收入,负债总额", "甲,39,1,2"],
            "企业名称 行业代码 营业收入 负债总额",
        ),
    ],
)
def test_rows_that_say_together_what_a_column_is(rows: list[str], headers: str) -> None:
    """Names over years, groups over names and units under names become one header a column."""
    head = find_head([row.split(",") for row in rows], CATALOG.vocabulary, {})
    assert "|".join(head.headers) == headers.replace(" ", "|", headers.count(" ")) or " ".join(
        head.headers
    ) == headers.replace("|", " ")


def test_two_header_rows_by_years(tmp_path: Path) -> None:
    """Years in a second row put each figure under its year, whatever their order."""
    text = (
        "企业名称,所属行业代码,营业收入（万元）,,,员工人数,,\n"
        ",,2023年,2024年,2025年,2023年,2024年,2025年\n甲,39,4000,5200,6800,90,120,150\n"
    )
    for encoding in ("utf-8", "gb18030", "utf-16"):
        _, [row], notes = screened(csv(tmp_path, text, encoding))
        assert (row["revenue_y0"], row["employees_y0"]) == (6800, 150)
        assert round(row["revenue_cagr_2y_pct"], 6) == round(100 * ((6800 / 4000) ** 0.5 - 1), 6)
        assert "列名在第 1 至 2 行" in notes


def test_a_row_of_units_is_no_firm(tmp_path: Path) -> None:
    """The row of units under the header gives the units of the columns."""
    text = (
        "Stkcd,ShortName,B001101000,Y0601b\n证券代码,企业名称,营业收入,员工人数\n没有单位,没有单位,元,人\n"
        "000001,甲,18500.50,210\n000002,乙,8000000,60\n"
    )
    summary, rows, _ = screened(csv(tmp_path, text))
    assert revenues(rows) == {"甲": 1.85005, "乙": 800}
    assert summary.rejected == 0


@pytest.mark.parametrize("header", ["单位", "金额单位", "unit"])
def test_a_unit_of_each_row_is_heeded(header: str, tmp_path: Path) -> None:
    """A column of units is put behind the bare amounts of its row; what is no unit of ours rejects the row."""
    text = (
        f"企业名称,营业收入,{header},员工人数\n甲,1.85,亿元,210\n乙,18500,万元,210\n丙,185000000,元,210\n"
        f"丁,300,万美元,5\n戊,300,,5\n己,2.1亿,元,5\n"
    )
    summary, rows, _ = screened(csv(tmp_path, text))
    assert revenues(rows) == {"甲": 18500, "乙": 18500, "丙": 18500, "己": 21000}
    assert summary.rejected == 2
    assert next(one.how.zh for one in summary.columns if one.header == header) == "是各行金额的单位，已采用"


def test_a_column_of_organisations_is_no_unit(tmp_path: Path) -> None:
    """单位 over names of offices has no units in it."""
    _, rows, _ = screened(csv(tmp_path, "企业名称,营业收入,单位\n甲,1.85,县工信局\n乙,3,元氏县\n"))
    assert revenues(rows) == {"甲": 1.85, "乙": 3}


def test_foreign_currency_in_a_column_rejects_the_row(tmp_path: Path) -> None:
    """Amounts in another currency are not read as yuan."""
    summary, rows, _ = screened(
        csv(tmp_path, "企业名称,营业收入,币种\n甲,1.85,人民币\n乙,3,USD\n丙,4,CNY\n丁,2万元,美元\n")
    )
    assert revenues(rows) == {"甲": 1.85, "丙": 4}
    assert summary.rejected == 2


@pytest.mark.parametrize(
    ("below", "revenue"), [("单位：亿元", 21000.0), ("备注：单位为元", 0.00021), ("注：金额单位：千元", 0.21)]
)
def test_a_unit_below_the_table(below: str, revenue: float, tmp_path: Path) -> None:
    """A unit under the table is that of its amounts, and its row is no firm."""
    _, rows, _ = screened(csv(tmp_path, f"企业名称,营业收入,员工人数\n甲,2.1,3\n,,\n{below},,\n"))
    assert revenues(rows) == {"甲": revenue}


@pytest.mark.parametrize("below", ["单位：万美元", "单位：USD thousand"])
def test_a_foreign_unit_below_the_table_stops(below: str, tmp_path: Path) -> None:
    """Where the unit cannot be read no figure is judged."""
    with pytest.raises(InputError, match="not known here"):
        screened(csv(tmp_path, f"企业名称,营业收入,员工人数\n甲,2.1,3\n{below},,\n"))


def test_units_above_and_below_that_differ_stop(tmp_path: Path) -> None:
    """Above it says 元 and below 万元: neither is taken."""
    with pytest.raises(InputError, match="元、万元"):
        screened(csv(tmp_path, "单位：元,,\n企业名称,营业收入,员工人数\n甲,2.1,3\n单位：万元,,\n"))


PANEL = (
    "企业名称,年份,营业收入（万元）,员工人数,从事细分市场时间\n"
    "甲,2025,4000,210,10\n乙,2025,7,5,3\n甲,2024,3000,190,9\n甲,2023,2500,180,8\n乙,2024,6,4,2\n丙,2023,9,9,9\n"
)


def check_panel(source: Path) -> None:
    """Three firms, of one of which only an old year is known."""
    summary, rows, notes = screened(source)
    assert revenues(rows) == {"甲": 4000, "乙": 7, "丙": None}
    assert [row["employees_y0"] for row in rows] == [210, 5, None]
    assert [row["revenue_cagr_2y_pct"] is not None for row in rows] == [True, False, False]
    assert summary.rows_in == 3
    assert any("6 行合为 3 家企业" in note for note in notes)


def test_years_of_a_firm_as_rows(tmp_path: Path) -> None:
    """Several rows of a firm are its years: one firm, and never an old year as the last one."""
    check_panel(csv(tmp_path, PANEL))
    check_panel(csv(tmp_path, PANEL.replace(",2025,", ",2025-12-31,").replace("年份", "统计截止日期"), "gb18030"))


def test_years_of_a_firm_whose_code_or_name_is_typed_differently(tmp_path: Path) -> None:
    """Width, hyphens, case and blanks make no other firm of it; a damaged code is none."""
    text = (
        "统一社会信用代码,企业名称,年份,营业收入（万元）\n91330200MA2AAAAA0X,甲厂,2025,4000\n"
        "９1330200-ma2aaaaa0x,甲厂,2024,3000\n9.13E+17,甲 厂,2023,2500\n,乙 机械厂,2025,7\n-,乙机械厂,2024,6\n"
    )
    _, rows, _ = screened(csv(tmp_path, text))
    assert [row["revenue_cagr_2y_pct"] is not None for row in rows] == [True, False]
    assert [row["revenue_y0"] for row in rows] == [4000, 7]


@pytest.mark.parametrize(
    ("column", "latest", "older", "oldest", "stated"),
    [
        ("申报类型", "", "复核", "复核", "复核"),
        ("申报类型", "复核", "新申报", "新申报", "复核"),
        ("申报类型", "-", "复核", "新申报", None),
        ("有效期内的称号", "", "", "小巨人", "小巨人"),
        ("省份", "／", "浙江省", "浙江", "浙江省"),
        ("所属行业代码", "", "39", "C39", "39"),
        ("独立法人资格", "", "是", "是", ""),
        ("发明专利数量", "", "2", "2", ""),
    ],
)
def test_what_a_firm_states_in_any_of_its_years(
    tmp_path: Path, column: str, latest: str, older: str, oldest: str, stated: str | None
) -> None:
    """What is of no year is taken from the latest row, or from the others if these agree; a count is not."""
    rows = ((2024, older), (2025, latest), (2023, oldest))
    text = f"企业名称,年份,营业收入（万元）,{column}\n" + "".join(f"甲,{year},5,{cell}\n" for year, cell in rows)
    source, understanding = taken_in(tmp_path, text)
    found = list(cells(source).to_pylist())
    place = next(one.place for one in understanding.columns if one.header == column)
    assert [list(row.values())[place] or "" for row in found] == ([] if stated is None else [stated])
    assert [one.line for one in source.broken] == ([2, 3, 4] if stated is None else [])


def test_an_old_row_says_nothing_of_today(tmp_path: Path) -> None:
    """A title stated four years ago only is not one of today."""
    text = "企业名称,年份,营业收入（万元）,有效期内的称号\n甲,2025,5,\n甲,2021,4,小巨人\n"
    source, understanding = taken_in(tmp_path, text)
    [row] = cells(source).to_pylist()
    place = next(one.place for one in understanding.columns if one.header == "有效期内的称号")
    assert not list(row.values())[place]


def test_a_year_stays_with_the_name_that_it_stands_under(tmp_path: Path) -> None:
    """Of a header of three rows, names over years over units, the columns without a year are given none."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["企业名称", "营业收入", None, "主营业务收入", "研发费用", None, "职工人数"])
    sheet.append([None, "2025年", "2024年", None, "2025年", "2024年", None])
    sheet.append([None, "万元", "万元", "万元", "万元", "万元", "人"])
    sheet.append(["甲", 5, 4, 3, 2, 1, 60])
    for merged in ("B1:C1", "E1:F1"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "firms.xlsx")
    headers = ["企业名称", "营业收入2025年（万元）", "营业收入2024年（万元）", "主营业务收入（万元）"]
    headers += ["研发费用2025年（万元）", "研发费用2024年（万元）", "职工人数（人）"]
    assert list(read_in(tmp_path / "firms.xlsx")[0].headers) == headers
    text = "企业名称,营业收入,,主营业务收入\n,2025年,2024年,\n,万元,万元,万元\n甲,5,4,3\n"
    assert list(taken_in(tmp_path, text)[0].headers) == headers[:4]


def test_a_firm_under_two_codes(tmp_path: Path) -> None:
    """Years that stand under another code of the same name make no second firm; two firms of one name are two."""
    header = "统一社会信用代码,企业名称,年份,营业收入（万元）\n"
    text = header + "91330200MA2AAAAA0X,甲厂,2025,4\n91330200MA2AAAAAOX,甲厂,2024,3\n"
    source, _ = taken_in(tmp_path, text)
    assert [one.line for one in source.broken] == [2, 3]
    source, _ = taken_in(tmp_path, text + "91330200MA2AAAAAOX,甲厂,2025,3\n")
    assert not source.broken
    source, _ = taken_in(tmp_path, text + "91330200MA2AAAAA1X,甲厂,2023,3\n91330200MA2AAAAA2X,乙厂,2025,3\n")
    assert [one.line for one in source.broken] == [2, 3, 4]


def test_rows_of_years_that_nothing_is_asked_of(tmp_path: Path) -> None:
    """One to come is refused, and old ones are told."""
    source, _ = taken_in(tmp_path, "企业名称,年份,营业收入\n甲,2025,5\n甲,2027,4\n甲,2019,3\n")
    assert [one.line for one in source.broken] == [3]
    assert any("另有 1 行不是这三年的" in note.zh for note in source.notes)


def test_years_of_a_firm_as_rows_of_parquet(tmp_path: Path) -> None:
    """The same table of typed columns is understood alike."""
    lines = [line.split(",") for line in PANEL.splitlines()]
    columns = dict(zip(lines[0], zip(*lines[1:], strict=True), strict=True))
    table = pa.table(
        {name: list(cells) if name == "企业名称" else list(map(int, cells)) for name, cells in columns.items()}
    )
    pq.write_table(table, tmp_path / "firms.parquet")
    check_panel(tmp_path / "firms.parquet")


def test_rows_of_one_year_are_firms(tmp_path: Path) -> None:
    """A column of years that are all the last full one changes nothing."""
    summary, rows, notes = screened(csv(tmp_path, "企业名称,会计年度,营业收入\n甲,2025,4\n乙,2025-12-31,5\n"))
    assert revenues(rows) == {"甲": 4, "乙": 5}
    assert not any("合为" in note for note in notes)
    assert summary.rejected == 0


def test_what_cannot_be_put_together_is_rejected(tmp_path: Path) -> None:
    """Two rows of a firm and year, no year, half a year, nobody: each is told with its line, and no figure is taken."""
    text = "企业名称,年份,营业收入\n甲,2025,4\n甲,2025,5\n甲,2024,3\n乙,,5\n丙,2025-06-30,5\n,2025,5\n丁,2025,6\n"
    summary, rows, _ = screened(csv(tmp_path, text))
    assert revenues(rows) == {"甲": None, "丁": 6}
    assert summary.rejected == 5
    rejected = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert sorted(int(line.split(",")[0]) for line in rejected) == [2, 3, 5, 6, 7]


def test_rows_with_years_and_headers_with_years_are_refused(tmp_path: Path) -> None:
    """上年度 of a row of 2024 is not certain to be any year: refused with what to do."""
    with pytest.raises(InputError, match="years in its headers"):
        screened(csv(tmp_path, "企业名称,年份,上年度营业收入\n甲,2025,4\n甲,2024,5\n"))


@pytest.mark.parametrize(
    ("cell", "year"), [("2025年度", 2025), ("2025.0", 2025), ("2025-06-30", None), ("25", None), ("FY2025", 2025)]
)
def test_a_year_is_whole_or_none(cell: str, year: int | None) -> None:
    """A year is written in full; a day within it is none."""
    assert year_of(cell) == year


def test_names_in_the_first_column_and_years_across(tmp_path: Path) -> None:
    """A table on its side whose columns are years is one firm."""
    text = (
        "指标,2025年,2024年,2023年\n企业名称,甲,,\n营业收入（万元）,18500,16000,15000\n"
        "研发费用（万元）,650,600,500\n员工人数,210,200,190\n"
    )
    _, [row], notes = screened(csv(tmp_path, text))
    assert (row["firm_name"], row["revenue_y0"], row["employees_y0"]) == ("甲", 18500, 210)
    assert any("横向读取" in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "企业名称,甲,乙\n营业收入（万元）,3,4\n研发费用,1,2\n员工人数,5,6\n",
        "指标,甲,乙\n营业收入（万元）,3,4\n研发费用,1,2\n员工人数,5,6\n",
        "序号,指标,单位,甲,乙\n1,营业收入,万元,3,4\n2,研发费用,万元,1,2\n3,员工人数,人,5,6\n",
        "企业名称,单位,甲,乙\n营业收入,万元,3,4\n研发费用,万元,1,2\n员工人数,人,5,6\n",
        "指标,单位,甲,乙\n统一社会信用代码,,91A,91B\n营业收入,元,30000,40000\n研发费用,亿元,1,2\n员工人数,人,5,6\n",
        "某县企业情况\n指标名称,甲,乙\n营业收入,3,4\n研发费用,1,2\n员工人数,5,6\n单位：万元,,\n",
    ],
)
def test_names_in_the_first_column_and_firms_across(text: str, tmp_path: Path) -> None:
    """A table on its side whose columns are firms is read across; labels are no firms."""
    _, rows, _ = screened(csv(tmp_path, text))
    assert revenues(rows) == {"甲": 3, "乙": 4}


def test_an_application_form(tmp_path: Path) -> None:
    """A form with a column of names and one of answers is one firm; one with pairs side by side is refused."""
    text = "申报表,\n项目,填写内容\n企业名称,甲\n统一社会信用代码,9133\n营业收入（亿元）,2.1\n员工人数,5\n"
    _, rows, _ = screened(csv(tmp_path, text))
    assert revenues(rows) == {"甲": 21000}
    pairs = (
        "申报表,,,\n企业名称,甲,统一社会信用代码,9133\n营业收入（亿元）,2.1,员工人数,5\n"
        "研发费用,3,资产总额,5\n负债总额,1,净利润,2\n"
    )
    with pytest.raises(InputError, match="looks like a form"):
        screened(csv(tmp_path, pairs))


@pytest.mark.parametrize("name", ["企业名称", "营业收入", "2025年", "2024", "万元", "没有单位"])
def test_the_name_of_a_figure_a_unit_or_a_year_is_no_firm(name: str, tmp_path: Path) -> None:
    """A header that stands again on each page, a unit and a year are never judged."""
    summary, rows, _ = screened(csv(tmp_path, f"企业名称,营业收入\n甲,4\n{name},5\n营业收入科技公司,6\n"))
    assert revenues(rows) == {"甲": 4, "营业收入科技公司": 6}
    assert (summary.rejected, summary.not_firms) == (0, 1)


@pytest.mark.parametrize("form", ["csv", pytest.param("parquet", marks=pytest.mark.long)])
def test_columns_that_are_not_read_cost_nothing(form: str, tmp_path: Path) -> None:
    """A table of 5,000 columns of which three are read is judged as one of three, and no row of it is lost."""
    strange = 5000
    headers = ["企业名称", "营业收入", "员工人数", *(f"指标{n}" for n in range(strange))]
    rows = [["甲", "4000", "5", *["x"] * strange], ["", "", "", *[""] * (strange - 1), "note"], [""] * len(headers)]
    source = tmp_path / f"firms.{form}"
    if form == "csv":
        source.write_text("\n".join(",".join(row) for row in [headers, *rows]), encoding="utf-8")
    else:
        pq.write_table(pa.table(dict(zip(headers, zip(*rows, strict=True), strict=True))), source)
    summary, judged, _ = screened(source)
    assert revenues(judged) == {"甲": 4000}
    assert summary.rejected == 1
    assert sum(one.fact is None for one in summary.columns) == strange


def test_a_year_above_the_header_is_that_of_the_table(tmp_path: Path) -> None:
    """数据年份：2024年 makes the figures those of 2024; a title of a list of another year is remarked on."""
    _, [row], _ = screened(csv(tmp_path, "企业表,,\n数据年份：2024年,,\n企业名称,营业收入,2025年研发费用\n甲,4,1\n"))
    assert row["revenue_y0"] is None
    _, [row], notes = screened(csv(tmp_path, "2023年度认定企业名单,,\n企业名称,营业收入,研发费用\n甲,4,1\n"))
    assert row["revenue_y0"] == 4
    assert any("写有 2023 年" in note for note in notes)
    _, _, notes = screened(csv(tmp_path, "2026年申报表,,\n企业名称,营业收入,研发费用\n甲,4,1\n"))
    assert not any("写有" in note for note in notes)


def test_a_lone_figure_that_may_be_a_year_is_a_firms(tmp_path: Path) -> None:
    """A row without a name and with 2025 under 营业收入 is no part of the header; one with years in two columns is."""
    summary, rows, _ = screened(csv(tmp_path, "企业名称,营业收入\n,2025\n乙厂,6\n"))
    assert summary.rows_in == 2
    summary, rows, _ = screened(csv(tmp_path, "企业名称,营业收入,\n,2024,2025\n乙厂,6,7\n"))
    assert (summary.rows_in, len(rows)) == (1, 1)


def test_last_year_beside_this_year_is_not_guessed(tmp_path: Path) -> None:
    """Where a table has 本年 and 上年 of the same figure, 上年 may be the year before the last full one."""
    summary, [row], _ = screened(csv(tmp_path, "企业名称,营业收入,,研发费用\n,本年,上年,\n甲厂,1,2,3\n"))
    assert row["revenue_y0"] is None
    assert [one.fact for one in summary.columns][1:] == [None, None, "rd_expense_y0"]


def test_a_total_in_a_column_that_is_not_read_is_a_total(tmp_path: Path) -> None:
    """合计 under 序号 is a total, not a firm without a name."""
    summary, _, _ = screened(csv(tmp_path, "序号,企业名称,营业收入\n1,甲,4\n合计,,4\n"))
    assert (summary.rejected, summary.not_firms) == (0, 1)
