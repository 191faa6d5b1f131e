"""Tables that would be misread are refused: figures for firms, terms of titles and applications in another place."""

from __future__ import annotations

from pathlib import Path

import ibis
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from engine import InputError, profile_of, screen
from engine.judging.row_remarks import asks_for_review, contradiction
from engine.screening.file import screen_file
from engine.screening.order import Order
from tests.small_rules import rulebook_asking
from tests.tables import DAY, cells, figures, read_in, taken_in

BOOK = rulebook_asking("revenue_y0", "rd_expense_y0")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("项目,2025年,2024年,2023年,三年合计\n企业名称,甲厂,,,\n营业收入（万元）,5,4,4,13\n", "names of figures"),
        ("指标,2025年,2024年,同比增长\n企业名称,甲厂,,\n营业收入（万元）,5000,4500,11%\n", "names of figures"),
        ("企业名称,甲厂,统一社会信用代码,913301000000000019\n营业收入（万元）,5000,研发费用（万元）,300\n", "names of"),
        ("企业名称,指标,数值\n甲厂,营业收入,5\n甲厂,研发费用,3\n", "names of figures in column 指标"),
        ("企业名称,营业收入（元，下同）,研发费用\n甲厂,5,3\n", "the columns behind it"),
        ("企业名称,有效期内的称号,有效期至\n甲厂,小巨人,2025-12-31\n", "when titles expire"),
        ("企业名称,有效期内的称号,称号有效期\n甲厂,小巨人,三年\n", "when titles expire"),
        ("2026年小巨人复核企业名单,\n企业名称,营业收入\n甲厂,5\n", "no column 申报类型"),
        ("企业名称,认定类型,营业收入\n甲厂,复核,5\n", "no column 申报类型"),
        ("企业名称,复核,营业收入\n甲厂,√,5\n", "no column 申报类型"),
        ("企业名称,类别,营业收入\n甲厂,新申报,5\n", "no column 申报类型"),
        ("企业名称,新申报,复核,营业收入\n甲厂,,√,5\n", "no column 申报类型"),
        ("企业名称,是否再次申报,营业收入\n甲厂,是,5\n", "no column 申报类型"),
    ],
)
def test_what_would_be_misread(tmp_path: Path, text: str, words: str) -> None:
    """Each says what it is, and is refused at every door that has a table."""
    with pytest.raises(InputError, match=words):
        taken_in(tmp_path, text)
    lines = [line.split(",") for line in text.splitlines()]
    headers, *rows = lines if "名单" not in text else [["企业名称", "复核情况"], ["甲厂", "是"]]
    table = pa.table({header: [row[at] for row in rows] for at, header in enumerate(headers)})
    if "企业名称" in headers:
        with pytest.raises(InputError):
            screen(table, as_of=DAY)
        pq.write_table(table, tmp_path / "firms.parquet")
        with pytest.raises(InputError):
            read_in(tmp_path / "firms.parquet")


@pytest.mark.parametrize(
    "text",
    [
        "2026年复核企业名单,,\n企业名称,营业收入,申报类型\n甲厂,5,复核\n",
        "企业名称,营业收入,复核人\n甲厂,5,张三\n",
        "企业名称,营业收入,复核意见\n甲厂,5,同意\n",
        "企业名称,营业收入,复核\n甲厂,5,\n",
        "数据已复核,\n企业名称,营业收入\n甲厂,5\n",
        "复核人：张三,\n企业名称,营业收入\n甲厂,5\n",
        "企业名称,有效期内的称号,有效期至\n甲厂,小巨人,\n",
        "企业名称,营业收入,有效期至\n甲厂,5,2025-12-31\n",
        "企业名称,营业收入\n营业收入,5\n甲厂,6\n",
    ],
)
def test_what_is_not_misread(tmp_path: Path, text: str) -> None:
    """The same words where they change nothing."""
    assert taken_in(tmp_path, text)[1].problems == ()


def test_the_name_of_a_sheet_of_reviews(tmp_path: Path) -> None:
    """It is a title."""
    book = openpyxl.Workbook()
    book.active.title = "复核"
    for row in (["企业名称", "营业收入"], ["甲厂", 5]):
        book.active.append(row)
    book.save(tmp_path / "firms.xlsx")
    with pytest.raises(InputError, match="no column 申报类型"):
        read_in(tmp_path / "firms.xlsx")


@pytest.mark.parametrize("said", ["二、复核企业", "注：以上企业均为复核企业", "复核"])
def test_a_heading_of_reviews_amid_the_firms(tmp_path: Path, said: str) -> None:
    """Whoever stands under it would be judged as new."""
    with pytest.raises(InputError, match="no column 申报类型"):
        _screened(tmp_path, f"企业名称,营业收入,研发费用\n甲厂,5,1\n{said},,\n乙厂,6,1\n")
    table = pa.table({"企业名称": ["甲厂", said, "乙厂"], "营业收入": [5, None, 6]})
    with pytest.raises(InputError, match="no column 申报类型"):
        screen(table, as_of=DAY)


@pytest.mark.parametrize(
    "note",
    [
        "注：研发费用为近三年合计数",
        "说明：研发费用为近三年累计数",
        "注：研发费用系三年合计",
        "注：研发费用按三年累加",
        "注：营业收入为2024、2025两年合计",
        "注：研发费用含2023-2025年",
        "注：营业收入为年化数",
        "注：营业收入含税",
        "注：以上为二〇二四年数据",
        "注：收入以百万元计",
    ],
)
def test_a_note_that_figures_are_no_years(tmp_path: Path, note: str) -> None:
    """A sum of several years below a table is none of the last one."""
    with pytest.raises(InputError):
        _screened(tmp_path, f"企业名称,营业收入,研发费用\n甲厂,5,1\n{note},,\n")


@pytest.mark.parametrize("year", ["2024", "2024年", "2023年度"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_year_alone_in_a_row(tmp_path: Path, year: str, *, is_first: bool) -> None:
    """It is of the rows below it, wherever it stands, and no part of the header."""
    rows = [f"{year},,,", ",甲厂,5,1"] if is_first else [",甲厂,5,1", f"{year},,,", ",乙厂,5,1"]
    headers = ["统一社会信用代码", "企业名称", "营业收入", "研发费用"]
    with pytest.raises(InputError, match="figures may be of another time"):
        _screened(tmp_path, "\n".join([",".join(headers), *rows, ""]))
    cells = zip(*([cell or None for cell in row.split(",")] for row in rows), strict=True)
    table = pa.table({name: list(column) for name, column in zip(headers, cells, strict=True)})
    with pytest.raises(InputError, match="figures may be of another time"):
        screen(table, as_of=DAY)


@pytest.mark.parametrize(
    "note", ["注：营业收入不含税", "注：研发费用为上年度数", "注：以上为2025年数据", "注：研发费用为2025年合计数"]
)
def test_a_note_that_changes_nothing(tmp_path: Path, note: str) -> None:
    """What is said is what is read anyway."""
    assert _screened(tmp_path, f"企业名称,营业收入,研发费用\n甲厂,5,1\n{note},,\n") == (1, 1)


@pytest.mark.parametrize(
    ("remark", "why"),
    [
        ("单位为元", "写明的单位或币种与列名不同"),
        ("以美元计", "写明的单位或币种与列名不同"),
        ("营业收入为含税", "写明收入或费用是含税数"),
        ("营收为2024年数", "写明的不是上年度全年的实际数"),
        ("数据按2023年审计报告填", "写明的不是上年度全年的实际数"),
        ("收入为上半年数", "写明的不是上年度全年的实际数"),
        ("按集团合并口径", "写明是集团或母公司的数"),
        ("更正：收入应为6", "写明有的数要更正"),
        ("已注销", "写明企业已注销、停产等"),
        ("现场核查未通过", "写明未通过、未推荐或已退回"),
        ("小巨人称号已过期", "写明称号已到期或被取消"),
        ("与第3行重复", "写明不再申报，或与别的行重复"),
        ("营收为2025年数", ""),
        ("出口500万美元", ""),
        ("2024年认定", ""),
        ("无", ""),
    ],
)
def test_a_row_that_remarks_another_unit_or_year(tmp_path: Path, remark: str, why: str) -> None:
    """It is rejected, in a list and as one firm of it, and which of these it is is told."""
    is_judged = not why
    text = f"企业名称,营业收入,研发费用,填报说明\n甲厂,5,1,{remark}\n乙厂,6,1,\n"
    assert _screened(tmp_path, text) == (2, 1 + is_judged)
    if is_judged:
        assert profile_of(tmp_path / "in.csv", row=2).values
    else:
        with pytest.raises(InputError) as told:
            profile_of(tmp_path / "in.csv", row=2)
        assert told.value.problems[-1].what.zh == why


@pytest.mark.parametrize(
    ("column", "said"),
    [("填报说明", "单位为元"), ("备注", "收入为上半年数"), ("备注", "到期复核"), ("企业名称", "丁厂（复核）")],
)
def test_a_row_far_down_that_remarks_something_of_itself(tmp_path: Path, column: str, said: str) -> None:
    """It alone is rejected, in a list of any form, as one firm of it, and in a table in memory."""
    firms = [
        {"企业名称": f"甲{at}厂", "营业收入": "5", column: f"甲{at}厂" if column == "企业名称" else ""}
        for at in range(90)
    ]
    firms[45][column] = said
    table = pa.Table.from_pylist(firms)
    text = "\n".join(",".join(row) for row in [table.column_names, *(one.values() for one in firms)])
    assert _screened(tmp_path, text) == (90, 89)
    with pytest.raises(InputError, match=r"remarks another|says that it is a review"):
        profile_of(tmp_path / "in.csv", row=47)
    for one in (table, ibis.memtable(table)):
        judged = screen(one, as_of=DAY)
        rows = (judged if isinstance(judged, pa.Table) else judged.to_pyarrow()).to_pylist()
        assert [row["firm_name"] for row in rows if row["problems"]] == [firms[45]["企业名称"]]


@pytest.mark.parametrize("form", ["csv", "parquet", "frame"])
def test_reviews_at_the_end_of_a_list(tmp_path: Path, form: str) -> None:
    """A list that is sorted by a column that is not read has them last."""
    kinds = ["" for _ in range(60)] + ["复核" for _ in range(20)]
    table = pa.table({"企业名称": [f"甲{at}厂" for at in range(80)], "营业收入": ["5"] * 80, "分类": kinds})
    with pytest.raises(InputError, match="no column 申报类型"):
        if form == "csv":
            rows = [table.column_names, *(row.values() for row in table.to_pylist())]
            taken_in(tmp_path, "\n".join(map(",".join, rows)))
        elif form == "parquet":
            pq.write_table(table, tmp_path / "firms.parquet")
            read_in(tmp_path / "firms.parquet")
        else:
            screen(table, as_of=DAY)


def test_a_column_of_a_frame_that_is_said_to_be_the_application() -> None:
    """A mapping is heeded before a table is refused for it."""
    table = pa.table({"企业名称": ["甲厂"], "营业收入": ["5"], "复核": ["复核"]})
    with pytest.raises(InputError, match="no column 申报类型"):
        screen(table, as_of=DAY)
    assert screen(table, as_of=DAY, mapping={"复核": "application_type"}).num_rows == 1


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("企业名称,营业收入,备注\n甲厂,5,000\n乙厂,6,200\n丙厂,7000,\n", (3, 1)),
        ("企业名称,营业收入,联系电话\n甲厂,5,500\n乙厂,6200,13800000000\n", (2, 1)),
        ("企业名称,营业收入,研发费用,联系电话\n甲厂,5,200,300\n", (1, 0)),
        ("企业名称,营业收入,备注\n甲厂,500,无\n乙厂,5,12\n", (2, 2)),
        ("企业名称;营业收入;备注\n甲厂;5;200\n", (1, 1)),
    ],
)
def test_a_figure_that_a_comma_may_have_split(tmp_path: Path, text: str, counts: tuple[int, int]) -> None:
    """Three digits where words stand are rejected with the amount before them; no row is lost."""
    assert _screened(tmp_path, text) == counts


@pytest.mark.parametrize("mark", ["〃", "同上", '""""'])
def test_a_mark_for_the_name_above_names_nobody(tmp_path: Path, mark: str) -> None:
    """It is rejected as a blank name is, also among the years of a firm."""
    assert _screened(tmp_path, f"企业名称,营业收入\n甲厂,5\n{mark},6\n") == (2, 1)
    source, _ = taken_in(tmp_path, f"企业名称,年度,营业收入\n甲厂,2025,5\n{mark},2024,6\n")
    assert [one.line for one in source.broken] == [3]


def _screened(folder: Path, text: str) -> tuple[int, int]:
    """Give how many rows went in, and how many verdicts came out."""
    source = folder / "in.csv"
    source.write_text(text, encoding="utf-8")
    summary = screen_file(source, Order(BOOK, DAY, folder / "out.csv", "csv"))
    assert summary.rows_in == summary.verdicts + summary.rejected
    return summary.rows_in, summary.verdicts


@pytest.mark.parametrize(
    "said",
    [
        "（二）2024年数据",
        "*该企业数据为2024年度",
        "①为2024年数据",
        "下列企业按元填报",
        "带*企业为复核",
        "【2024年】",
        "2024财年",
        "二、2023年认定、2026年到期企业",
        "说明：研发费用一列为元",
        "带*的企业为2024年数据",
        "红色字体为复核",
        "==2024年==",
    ],
)
def test_a_line_amid_the_firms_is_heeded(tmp_path: Path, said: str) -> None:
    """Alone in its row it is no firm, and what it says of figures or applications is of others: at every door."""
    text = f"企业名称,营业收入,研发费用\n甲厂,5,1\n{said},,\n乙厂,6,1\n"
    with pytest.raises(InputError):
        _screened(tmp_path, text)
    with pytest.raises(InputError):
        profile_of(tmp_path / "in.csv", row=2, as_of=DAY)
    table = pa.table({"企业名称": ["甲厂", said, "乙厂"], "营业收入": [5, None, 6], "研发费用": [1, None, 1]})
    with pytest.raises(InputError):
        screen(table, as_of=DAY)


@pytest.mark.parametrize("name", ["（一）2025年数据", "去年数据", "2025年末"])
def test_a_line_that_says_what_is_read_anyway(tmp_path: Path, name: str) -> None:
    """It is no firm, and nothing is refused for it."""
    assert _screened(tmp_path, f"企业名称,营业收入,研发费用\n{name},,\n甲厂,5,1\n") == (1, 1)


@pytest.mark.parametrize(
    ("header", "cell", "is_refused"),
    [
        (one, "2024", True)
        for one in (
            "财务数据年份",
            "审计年度",
            "审计报告期",
            "年报",
            "营收年份",
            "取数年份",
            "基期",
            "上年度",
            "期末",
            "截止日",
        )
    ]
    + [("数据来源", "2024年年报", True), ("审计报告", "2024年度审计报告", True), ("审计年度", "2025", False)]
    + [
        ("成立年份", "2024", False),
        ("认定年度", "2024", False),
        ("审计机构", "2024", False),
        ("其他收入", "350", False),
        ("其他收入", "3", False),
    ],
)
def test_a_column_that_says_of_which_year_figures_are(
    tmp_path: Path, header: str, cell: str, *, is_refused: bool
) -> None:
    """Whatever it is called; one of something else says nothing of them."""
    text = f"企业名称,{header},营业收入\n甲厂,{cell},5\n"
    if is_refused:
        with pytest.raises(InputError, match="of another time or kind"):
            taken_in(tmp_path, text)
    else:
        assert taken_in(tmp_path, text)[1].problems == ()


def test_one_firm_of_a_list_with_another_table(tmp_path: Path) -> None:
    """It is refused as the list is: the columns of the lower rows are others."""
    text = "企业名称,营业收入（万元）,从业人员\n甲厂,16000,310\n企业名称,从业人员,营业收入（万元）\n乙厂,300,15000\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="another table below"):
        profile_of(tmp_path / "in.csv", row=4, as_of=DAY)


def test_digits_that_are_raised_or_struck_out(tmp_path: Path) -> None:
    """They are no digits of the figure beside them, in a workbook of whatever writer."""
    book = xlsxwriter.Workbook(tmp_path / "firms.xlsx")
    sheet, raised, struck = (
        book.add_worksheet(),
        book.add_format({"font_script": 1}),
        book.add_format({"font_strikeout": 1}),
    )
    sheet.write_row(0, 0, ["企业名称", "营业收入（万元）", "研发费用"])
    sheet.write_string(1, 0, "甲厂")
    sheet.write_rich_string(1, 1, "16000", raised, "1")
    sheet.write_rich_string(1, 2, struck, "300", book.add_format({"bold": 1}), "310")
    book.close()
    other = openpyxl.Workbook()
    other.active.append(["企业名称", "营业收入（万元）", "研发费用"])
    other.active.append(
        [
            "甲厂",
            CellRichText("16000", TextBlock(InlineFont(vertAlign="superscript"), "1")),
            CellRichText(TextBlock(InlineFont(strike=True), "300"), "310"),
        ]
    )
    other.save(tmp_path / "other.xlsx")
    for name in ("firms.xlsx", "other.xlsx"):
        assert cells(read_in(tmp_path / name)[0]).to_pylist() == [
            {"t0": "甲厂", "t1": "16000^1", "t2": "（划去：300）310"}
        ]
        summary = screen_file(tmp_path / name, Order(BOOK, DAY, tmp_path / "out.csv", "csv"))
        assert (summary.verdicts, summary.rejected) == (0, 1)


@pytest.mark.parametrize(
    "remark",
    [
        *("收入为元", "按2024年填", "2024年报数", "营收实为1.6亿美元", "营业收入含税价", "更正：营业收入应为26000万元"),
        *(
            "数据为2024年",
            "营业收入为2024年度",
            "半年数据",
            "1-6月",
            "2025年上半年",
            "三季度",
            "單位為元",
            "吊销，未注销",
            "吊销（未注销）",
            "停业（歇业）",
            "清算中",
            "拟注销",
            "简易注销公告",
            "责令关闭",
            "破产重整",
            "不同意推荐",
            "不予推荐",
            "驳回",
            "审核不通过",
            "初审未通过",
            "退回修改",
            "已于2026年3月注销",
            "企业2025年12月注销",
            "已被吊销营业执照",
            "财务数据为24年",
            "数据为23年的",
            "数据取自2024年审计报告",
            "此数为元，未换算",
            "全年预计数",
            "收入为三年合计",
            "小巨人称号2025年已到期",
            "专精特新证书已于2025年12月到期",
            "撤回申报",
            "2024年度快报",
            "半年报",
            "三季报",
            "万美元",
            "与第3行重复",
            "營收為2024年數",
            "已注销",
            "该企业已吊销",
        ),
    ],
)
def test_more_remarks_on_figures(remark: str) -> None:
    """Each is of the figures of its row."""
    assert contradiction(remark, 2025) is not None


@pytest.mark.parametrize(
    "remark",
    [
        "隶属海尔集团数字科技有限公司",
        "公司股东为美元基金",
        "出口占比30%，以美元结算",
        "外资企业，注册资本为500万美元",
        "收入含税务返还",
        "2026年上半年收入预计1.2亿",
        "集团数据不含子公司",
        "同意推荐",
        "开业",
        "2025年关闭一条生产线",
        "小巨人2027年6月到期",
        "所属集团数据见附件",
        "无母公司数据",
        "不含总部数据",
        "小巨人到期复核",
        "专精特新到期复核已通过",
        "高新证书到期已重新认定",
        "未被取消称号",
        "无被撤销称号情形",
        "2024年数字化车间",
        "2023年数字化转型试点企业",
        "为2024年数字经济重点企业",
        "2024年年报已公示",
        "2024年审计报告已上传",
        "24年数字化示范",
        "营业收入（未含税）",
        "收入未含税",
        "供应是3家整车厂",
        "对应为2项专利",
        "响应为7天",
        "金额为万元",
        "以上数据单位为万元",
        "25年数据",
        "2024年",
        "存续",
        "通过",
        "资产为2025年末",
        "出口500万美元",
        "已注销商标一件",
        "集团子公司",
        "2025年数据",
        "数据为2025年",
        "2024年认定",
        "注销旧证",
        "2023年高新",
        "不含税",
        "已提交2024年报",
        "1-12月",
        "二期",
        "12月份搬迁",
    ],
)
def test_remarks_on_other_things(remark: str) -> None:
    """These are not."""
    assert contradiction(remark, 2025) is None


@pytest.mark.parametrize(
    "remark",
    [
        "本次复核人张三",
        "本年复核数据无误",
        "今年复核已完成",
        "期满复核已于2024年通过",
        "本年度复审质量体系",
        "2023年已通过复核",
        "已复核",
    ],
)
def test_remarks_on_reviews_that_are_over_or_of_others(remark: str) -> None:
    """They ask for none."""
    assert not asks_for_review(None, [remark])


@pytest.mark.parametrize(
    "remark", ["注销\n", " 注销", "单位为元\n", "2024年度\r\n", "到期复核\n", "單位為元", "已註銷"]
)
def test_a_remark_with_blanks_around_it(tmp_path: Path, remark: str) -> None:
    """A line end behind a remark, as Excel leaves it, changes nothing, in a list and for one firm of it."""
    source = tmp_path / "in.csv"
    source.write_text(f'企业名称,营业收入,备注\n甲厂,5,"{remark}"\n乙厂,6,\n', encoding="utf-8", newline="")
    assert screen_file(source, Order(BOOK, DAY, tmp_path / "out.csv", "csv")).verdicts == 1
    with pytest.raises(InputError):
        profile_of(source, firm="甲厂")


def test_the_remark_is_quoted(tmp_path: Path) -> None:
    """The problem names the column with the remark and what it says."""
    text = "企业名称,营业收入,备注\n甲厂,5,数据为2024年\n乙厂,6,到期复核\n"
    source, told = tmp_path / "in.csv", tmp_path / "told.csv"
    source.write_text(text, encoding="utf-8")
    screen_file(source, Order(BOOK, DAY, tmp_path / "out.csv", "csv", rejected=told))
    rejected = told.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[3:6] for line in rejected[1:]] == [["备注", "", "数据为2024年"], ["备注", "", "到期复核"]]


@pytest.mark.parametrize(
    "name", ["乙(小巨人复核)", "丙【复核】", "丁-复核", "戊（2023年小巨人，复核）", "己有限公司 复核", "甲（复核）　"]
)
def test_more_names_of_reviews(name: str) -> None:
    """A mark behind a name says it, a name does not."""
    assert asks_for_review(name, [])
    assert not asks_for_review("复核科技有限公司", ["已复核", "2023年通过小巨人复核"])


@pytest.mark.parametrize(
    ("header", "cell", "is_refused"),
    [
        *(
            (one, "2025-06-30", True)
            for one in ("专精特新有效期", "小巨人到期时间", "小巨人证书有效期至", "有效期（止）")
        ),
        ("起止日期", "2022.7-2025.6", True),
        ("有效期起", "2022-07", True),
        ("是否在有效期", "否", True),
        ("是否过期", "是", True),
        ("称号状态", "已过期", True),
        ("复核结果", "未通过", True),
        ("是否在有效期", "是", False),
        ("是否过期", "否", False),
        ("称号状态", "有效", False),
        ("复核结果", "通过", False),
        ("专利有效期", "2030-01-01", False),
        ("专精特新有效期", "2024.7-2027.7", False),
        ("证书到期时间", "2027-06-30", False),
        ("高企有效期至", "2025-01-01", False),
        *(
            (one, "2025-06-30", False)
            for one in ("项目起止时间", "任职起止时间", "ISO9001有效期", "绿色工厂有效期", "债券到期日")
        ),
        ("邮箱是否有效", "否", False),
        ("是否撤销行政处罚", "是", False),
        ("营业期限", "2040-01-01", False),
        ("合同起止日期", "2025.1-2025.12", False),
    ],
)
def test_a_column_that_says_whether_titles_are_valid(
    tmp_path: Path, header: str, cell: str, *, is_refused: bool
) -> None:
    """A title is not read as held beside a column that says that it may be over."""
    text = f"企业名称,营业收入（万元）,有效期内称号,{header}\n甲公司,12000,小巨人,{cell}\n"
    if is_refused:
        with pytest.raises(InputError, match="when titles expire"):
            taken_in(tmp_path, text)
    else:
        assert figures(tmp_path, text)[0]["valid_titles"] == "小巨人"


@pytest.mark.parametrize(
    ("header", "said", "is_judged"),
    [
        ("备注", "（元）", False),
        ("备注", "23年数据", False),
        ("备注", "2024年度", False),
        ("备注", "集团合并数", False),
        ("备注", "小巨人已过期", False),
        ("备注", "2024年被取消小巨人称号", False),
        ("经营状态", "注销", False),
        ("审核结果", "退回", False),
        ("备注", "三年期满复核", False),
        ("备注", "2023年认定，今年复核", False),
        ("经营状态", "存续", True),
        ("审核结果", "通过", True),
        ("备注", "2024", True),
        ("备注", "集团子公司", True),
        ("备注", "25年数据", True),
        ("备注", "2023年已通过复核", True),
    ],
)
def test_what_a_row_says_of_itself(tmp_path: Path, header: str, said: str, *, is_judged: bool) -> None:
    """Beside figures of another unit, time or firm, a row may be void, its firm no more, or its title over."""
    text = f"企业名称,营业收入,{header}\n甲厂,5,{said}\n乙厂,6,\n"
    assert _screened(tmp_path, text) == (2, 1 + is_judged)
