"""A table that says that its figures are others than they would be read as is refused, or they are not read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from engine.ground.errors import InputError
from engine.screening.file import screen_file
from engine.screening.order import Order
from tests.small_rules import rulebook_asking
from tests.tables import DAY, figures, read_in, taken_in

TABLE = "企业名称,营业收入（万元）,职工人数\n甲厂,10000,20\n"
BOOK = rulebook_asking("revenue_y0", "employees_y0")


@pytest.mark.parametrize(
    "title",
    [
        "2026年1-3月企业经营情况",
        "2025年上半年情况",
        "2026年一季度",
        "2025年度预算表",
        "近三年平均值",
        "2025三季报",
        "所属期：2025年1-6月",
        "前年数据",
        "上上年度数据",
        "近三年累计",
        "三年合计数",
        "2025年度新增数",
        "上年同期",
        "（单体报表）",
    ],
)
def test_a_title_of_part_of_a_year_or_of_a_plan(tmp_path: Path, title: str) -> None:
    """What is not of a whole year is not read as that of one."""
    with pytest.raises(InputError, match="of no whole year"):
        figures(tmp_path, f"{title},,\n{TABLE}")


@pytest.mark.parametrize(
    "title",
    [
        "2025年1-12月情况",
        "2026年6月申报汇总表",
        "填报日期：2026年3月1日",
        "某县企业申报表",
        "二〇二五年度",
        "25年度情况",
        "2022年办法所列指标",
        "2024年认定企业情况",
        "2025年度新增专精特新企业申报表",
        "2025年度合计",
        "2025年累计数",
        "2026年度",
        "历年小巨人企业情况",
        "2024年升规企业情况",
        "1-4季度",
    ],
)
def test_a_title_that_says_nothing_of_the_figures(tmp_path: Path, title: str) -> None:
    """A whole year, and the day when the list was made, are no reason to refuse it."""
    assert figures(tmp_path, f"{title},,\n{TABLE}")[0]["revenue_y0"] == "10000万元"


@pytest.mark.parametrize(
    "title",
    [
        "二〇二四年度",
        "二零二三年度企业经营情况表",
        "二O二四年度",
        "二0二四年度",
        "24年度",
        "2024",
        "2024年度企业经营情况表",
        "2023年财务数据",
        "企业财务指标（2024年）",
        "FY2024",
    ],
)
def test_a_title_of_another_year(tmp_path: Path, title: str) -> None:
    """Figures of another year are not read as of the last one, in a title or as the name of a sheet."""
    with pytest.raises(InputError, match="would be read as of 2025"):
        figures(tmp_path, f"{title},,\n{TABLE}")
    with pytest.raises(InputError, match="would be read as of 2025"):
        read_in(_sheet(tmp_path, title))


@pytest.mark.parametrize("name", ["2025年上半年", "2025年1-6月", "近三年累计", "2025预算", "母公司", "个别"])
def test_the_name_of_a_sheet_of_no_whole_year(tmp_path: Path, name: str) -> None:
    """It is a title of what stands on it."""
    with pytest.raises(InputError, match="of no whole year"):
        read_in(_sheet(tmp_path, name))


@pytest.mark.parametrize("name", ["Sheet1", "2026年申报", "2025年", "2024年第一批认定名单", "汇总表", "2025年报"])
def test_the_name_of_a_sheet_that_says_nothing_of_the_figures(tmp_path: Path, name: str) -> None:
    """Of the last year, or of when the list was made."""
    assert read_in(_sheet(tmp_path, name))[1].problems == ()


def test_the_name_of_a_sheet_states_a_unit(tmp_path: Path) -> None:
    """As a title does."""
    source, _ = read_in(_sheet(tmp_path, "企业数据（元）"))
    assert source.unit is not None
    assert source.unit.word == "元"


def _sheet(folder: Path, name: str) -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for line in TABLE.split():
        book.active.append(line.replace("（万元）", "").split(","))
    book.save(folder / "firms.xlsx")
    return folder / "firms.xlsx"


@pytest.mark.parametrize(
    ("header", "cell", "is_read"),
    [
        ("时间", "2023年", False), ("时间", "2025年1-6月", False), ("年", "2024", False), ("季度", "2", False),
        ("Accper", "2025-06-30", False), ("月份", "6", False), ("口径", "母公司", False), ("报表类型", "B", False),
        ("数据类型", "计划", False), ("Accper", "2025-12-31", True), ("成立时间", "2015-03-02", True),
        ("口径", "合并", True), ("填报日期", "2026-03-01", True), ("期间", "1-12月", True), ("报表类型", "A", True),
    ],
)  # fmt: skip
def test_a_column_that_says_of_what_time_or_kind_the_rows_are(
    tmp_path: Path, header: str, cell: str, *, is_read: bool
) -> None:
    """Rows of another year, part of one, a parent or a plan stop the file though their column is not read."""
    text = f"企业名称,{header},营业收入（万元）\n甲厂,{cell},10000\n"
    if is_read:
        assert figures(tmp_path, text)[0]["revenue_y0"] == "10000万元"
    else:
        with pytest.raises(InputError, match="of another time or kind"):
            figures(tmp_path, text)


@pytest.mark.parametrize(
    "rows",
    [
        "2025年,,\n甲厂,1,2\n2024年,,\n乙厂,3,4\n",
        "甲厂,1,2\n注：以上为2024年数据,,\n",
        "甲厂,1,2\n以下单位：元,,\n乙厂,3,4\n" + "丙厂,3,4\n" * 31,
        "单位：元,,\n甲厂,1,2\n单位：万元,,\n乙厂,3,4\n" + "丙厂,3,4\n" * 31,
    ],
)
def test_a_row_that_changes_what_is_below_it(tmp_path: Path, rows: str) -> None:
    """A year or a unit that stands between the firms, or below them, stops the file."""
    source = tmp_path / "firms.csv"
    source.write_text(f"企业名称,营业收入,职工人数\n{rows}", encoding="utf-8")
    with pytest.raises(InputError, match="has a row “"):
        screen_file(source, Order(BOOK, DAY, tmp_path / "out.csv", "csv"))
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("below", ["填表日期：2026年3月1日", "注：本表由县工信局填报", "制表人：张三"])
def test_a_row_that_changes_nothing(tmp_path: Path, below: str) -> None:
    """Who filled the list in and when is no reason to refuse it."""
    source = tmp_path / "firms.csv"
    source.write_text(f"企业名称,营业收入,职工人数\n甲厂,1,2\n{below},,\n", encoding="utf-8")
    assert screen_file(source, Order(BOOK, DAY, tmp_path / "out.csv", "csv")).verdicts == 1


@pytest.mark.parametrize(
    ("group", "revenue"),
    [
        ("财务指标", "5"), ("二、财务状况", "5"), ("财务指标（亿元）", "5亿元"), ("经营指标 亿元", "5亿元"),
        ("规模/亿元", "5亿元"),
        ("控股股东", None), ("最大客户", None), ("出口", None), ("考核指标", None), ("FY24", None), ("本期", None),
        ("财务数据（美元）", None), ("财务数据：千美元", None), ("同期%", None), ("技改项目", None), ("未经审计", None),
    ],
)  # fmt: skip
def test_a_group_over_figures(tmp_path: Path, group: str, revenue: str | None) -> None:
    """A group that is known to change nothing gives its unit; any other makes what is under it not the firm's."""
    [row] = figures(tmp_path, f"企业名称,{group},\n,营业收入,净利润\n甲厂,5,3\n")
    assert row.get("revenue_y0") == revenue


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ("企业名称,营业收入,职工人数\n单位：元,,\n", "元"),
        ("企业名称,营业收入,职工人数\n（金额单位：千元）,,\n", "千元"),
        ("企业名称,营业收入,单位：元\n", "元"),
        ("单位,元,\n企业名称,营业收入,职工人数\n", "元"),
        ("RMB'000,,\n企业名称,营业收入,职工人数\n", "千元"),
        ("In thousands of yuan,,\n企业名称,营业收入,职工人数\n", "千元"),
    ],
)
def test_a_unit_of_all_wherever_it_stands(tmp_path: Path, rows: str, unit: str) -> None:
    """A unit under the names, among them, in two cells or in English is that of the amounts."""
    assert figures(tmp_path, f"{rows}甲厂,5,3\n")[0]["revenue_y0"] == f"5{unit}"


@pytest.mark.parametrize("above", ["企业名单（美元）", "Expressed in millions", "合并利润表（千美元）"])
def test_a_unit_that_cannot_be_read_stops_the_file(tmp_path: Path, above: str) -> None:
    """Nothing is read in it, and nothing as 万元."""
    assert taken_in(tmp_path, f"{above},,\n{TABLE.replace('（万元）', '')}")[1].problems


@pytest.mark.parametrize(
    ("head", "unclear"),
    [
        ("企业名称,甲厂,乙厂\n币种,USD,USD", "以什么货币"), ("指标,内销,外销", "是不是企业"),
        ("指标,东区,西区", "是不是企业"),
        ("企业名称,甲厂,\n指标,出口,其中", "哪一列"), ("企业名称,甲厂,乙厂\n数据口径,母公司,母公司", "是什么数据"),
        ("企业名称,甲厂,乙厂\n数据期间,2025年1-6月,2025年1-6月", "是什么数据"),
        ("企业名称,甲厂,乙厂\n财务（亿）,,", "以什么为单位"),
        ("企业名称,甲厂,乙厂\n母公司,,", "是什么数据"),
    ],
)  # fmt: skip
def test_a_table_on_its_side_of_other_money_time_or_kind(tmp_path: Path, head: str, unclear: str) -> None:
    """What its rows and columns say of money, time and kind is heeded, or it is refused with what is not certain."""
    with pytest.raises(InputError) as refused:
        figures(tmp_path, f"{head}\n营业收入,1,2\n净利润,3,4\n资产总额,5,6\n")
    assert unclear in refused.value.problems[0].what.zh


@pytest.mark.parametrize(
    ("head", "revenue"),
    [("金额（元）", "1元"), ("亿元", "1亿元"), ("规模（亿）", "1亿元"), ("数值（美元）", None), ("金额", "1")],
)
def test_a_unit_above_the_figures_of_a_form(tmp_path: Path, head: str, revenue: str | None) -> None:
    """The unit in the head of the column of figures is that of its amounts."""
    [row] = figures(tmp_path, f"企业名称,甲厂\n指标,{head}\n营业收入,1\n净利润,3\n资产总额,5\n")
    assert row.get("revenue_y0") == revenue


def test_patents_of_one_year_are_not_those_that_are_held(tmp_path: Path) -> None:
    """2025年授权发明专利数 is a flow; 2025年末有效发明专利数 is what there is."""
    [row] = figures(tmp_path, "企业名称,2025年授权发明专利数,营业收入\n甲厂,7,5\n")
    assert set(row) == {"firm_name", "revenue_y0"}


@pytest.mark.parametrize(
    ("below", "is_refused"),
    [
        ("企业名称,员工人数,营业收入（万元）", True),
        ("企业名称,营业收入（元）,员工人数", True),
        (",营业收入（元）,员工人数", True),
        (",2024年营业收入（万元）,员工人数", True),
        (",营业收入（万元）,员工人数", False),
        ("企业名称,2024年营业收入（万元）,员工人数", True),
        ("企业名称,营业收入（万元）,员工人数", False),
        ("企业名称,营业收入(万元),员工 人数", False),
        ("企业名称,营业收入,员工人数", False),
    ],
)
def test_the_header_of_another_table_below(tmp_path: Path, below: str, *, is_refused: bool) -> None:
    """Lists put one below the other with their columns in another order, unit or year are not read by the first."""
    path = tmp_path / "in.csv"
    path.write_text(f"企业名称,营业收入（万元）,员工人数\n甲,5000,100\n{below}\n乙,600,20\n", encoding="utf-8")
    order = Order(rulebook_asking("revenue_y0", "employees_y0"), DAY, tmp_path / "out.csv", "csv")
    if is_refused:
        with pytest.raises(InputError, match=r"another table below|not the unit of the columns|of another time"):
            screen_file(path, order)
    else:
        assert screen_file(path, order).verdicts == 2


@pytest.mark.parametrize(
    "said", ["金额：万元；人数：百人", "单位：万元、百人", "人数以千人计", "单位：万元，千件", "万人"]
)
def test_counts_in_hundreds(tmp_path: Path, said: str) -> None:
    """A count whose column names no unit is not read as one of ones where the table says otherwise."""
    head = f"{said},,\n企业名称,营业收入（万元）,"
    with pytest.raises(InputError, match="counts are not in ones"):
        figures(tmp_path, f"{head}职工人数\n甲厂,10000,2\n")
    [row] = figures(tmp_path, f"{head}职工人数（人）\n甲厂,10000,200\n")
    assert row["employees_y0"] == "200人"


@pytest.mark.parametrize(
    "said",
    [
        "单位：万元、人",
        "某县千人计划企业表",
        "千人计划专家企业名单",
        "百项计划",
        "单位：万元；人数：人",
        "百家企业情况",
    ],
)
def test_what_is_no_unit_of_counts(tmp_path: Path, said: str) -> None:
    """Names with such words are no units."""
    [row] = figures(tmp_path, f"{said},,\n企业名称,营业收入（万元）,职工人数\n甲厂,10000,200\n")
    assert row["employees_y0"] == "200"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("审计报告出具日期", "2026-04-15"),
        ("审计日期", "2026年3月28日"),
        ("数据更新时间", "2026-04-15"),
        ("日期", "2026-05-20"),
        ("数据来源", "企业填报，2026年4月"),
        ("所属期起", "2025-01-01"),
        ("税款所属期", "2025-01至2025-12"),
        ("所属期", "202512"),
        ("复核情况", "—"),
    ],
)
def test_a_column_of_when_something_was_done(tmp_path: Path, header: str, cell: str) -> None:
    """A day of this year on which no month ends, and the whole of the last one, are no other time."""
    text = f"企业名称,{header},营业收入（万元）\n甲厂,{cell},10000\n"
    assert figures(tmp_path, text)[0]["revenue_y0"] == "10000万元"


@pytest.mark.parametrize(
    "title",
    [
        "2026年上半年小巨人申报企业名单",
        "2026年第二季度走访企业名单",
        "说明：近两年研发费用合计不低于1000万元",
        "填表说明：增长率=（本年-上年）/上年",
    ],
)
def test_a_title_of_a_list_or_of_a_rule(tmp_path: Path, title: str) -> None:
    """It says nothing of the figures."""
    assert figures(tmp_path, f"{title},,\n{TABLE}")[0]["revenue_y0"] == "10000万元"


@pytest.mark.parametrize("above", ["除人数外均为元", "除人数外，其他均以元计", "数据单位元"])
def test_a_unit_of_all_but_the_counts(tmp_path: Path, above: str) -> None:
    """It is that of the amounts."""
    assert figures(tmp_path, f"{above},,\n企业名称,营业收入,职工人数\n甲厂,5,3\n")[0]["revenue_y0"] == "5元"
