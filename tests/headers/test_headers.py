"""Headers of tables as people write them, and the facts they name."""

from __future__ import annotations

from datetime import date

import pytest

from engine.headers.names import named
from engine.headers.understanding import HeaderReading, understand
from engine.headers.units import ABOVE, stated_unit
from engine.language.option_text import option
from engine.language.reading import exponent
from engine.layout.header_rows import find_head
from engine.rulebooks.catalog import shipped

DAY = date(2026, 6, 1)
VOCABULARY = shipped().vocabulary


def read(header: str) -> HeaderReading:
    """Give how one header is read."""
    return understand([header], VOCABULARY, as_of=DAY).columns[0]


KNOWN = {
    "从事该细分市场年限（年）": ("niche_market_years", "年"),
    "该主导产品国内市场占有率": ("domestic_market_share_pct", ""),
    "全职职工人数": ("employees_y0", ""),
    "统一社会信用代码": ("firm_id", ""),
    "\ufeff统一社会信用代码": ("firm_id", ""),
    "USCC": ("firm_id", ""),
    "Company_Name ": ("firm_name", ""),
    "company name": ("firm_name", ""),
    "＊企业名称": ("firm_name", ""),
    "企业名称（必填）": ("firm_name", ""),
    "企 业 名 称": ("firm_name", ""),
    "1. 企业名称": ("firm_name", ""),
    "（2）企业名称：": ("firm_name", ""),
    "三、企业名称": ("firm_name", ""),
    "revenue_y0": ("revenue_y0", ""),
    "ＲＥＶＥＮＵＥ": ("revenue_y0", ""),
    "营业收入（上年度）": ("revenue_y0", ""),
    "营业收入(上年度)": ("revenue_y0", ""),
    "营业收入（上年度）（亿元）": ("revenue_y0", "亿元"),
    "营业收入（万元）": ("revenue_y0", "万元"),
    "营业收入\n（亿元）": ("revenue_y0", "亿元"),
    "营业收入 [元]": ("revenue_y0", "元"),
    "营业收入【千元】": ("revenue_y0", "千元"),
    "营业收入/万元": ("revenue_y0", "万元"),
    "营业收入，万元": ("revenue_y0", "万元"),
    "营业收入（单位：亿元）": ("revenue_y0", "亿元"),
    "营业收入\n[报告期]2025年报\n[单位]元": ("revenue_y0", "元"),
    "营业总收入\n[报告期] 2024年报\n[报表类型] 合并报表\n[单位] 万元": ("revenue_y1", "万元"),
    "研发费用 [单位]亿元": ("rd_expense_y0", "亿元"),
    "统计年份": ("fiscal_year_y0", ""),
    "营业收入（人民币元）": ("revenue_y0", "元"),
    "营业收入亿元": ("revenue_y0", "亿元"),
    "Revenue (10,000 CNY)": ("revenue_y0", "万元"),
    "revenue [CNY]": ("revenue_y0", "元"),
    "Revenue, second-last full year": ("revenue_y1", ""),
    "全球市场占有率(%)": ("global_market_share_pct", "%"),
    "全球市场占有率（％）": ("global_market_share_pct", "%"),
    "全球市场占有率%": ("global_market_share_pct", "%"),
    "员工人数（人）": ("employees_y0", "人"),
    "有效发明专利数（项）": ("invention_patents", "项"),
    "从事细分市场时间（年）": ("niche_market_years", "年"),
    "新申报/复核": ("application_type", ""),
    "已获称号（有效期内）": ("valid_titles", ""),
    "R&D expense, last full year": ("rd_expense_y0", ""),
    '"创客中国"大赛入围名单': ("maker_china_tier", ""),
    "Main product’s share": (None, ""),
}


KNOWN |= {
    "营业总收入": ("revenue_y0", ""),
    "年营业收入": ("revenue_y0", ""),
    "全球市占率": ("global_market_share_pct", ""),
    "国内市占率（%）": ("domestic_market_share_pct", "%"),
    "股票代码": ("firm_id", ""),
    "证券简称": ("firm_name", ""),
    "单位全称": ("firm_name", ""),
    "统一信用代码": ("firm_id", ""),
    "研发投入金额（万元）": ("rd_expense_y0", "万元"),
    "研发支出合计": ("rd_expense_y0", ""),
    "R&D经费支出": ("rd_expense_y0", ""),
    "在职员工总数": ("employees_y0", ""),
    "负债（万元）": ("total_liabilities_y0", "万元"),
    "期末总资产": ("total_assets_y0", ""),
    "发明专利授权数": ("invention_patents", ""),
    "列入经营异常名录": ("abnormal_operation_list", ""),
    "是否独立法人资格（是/否）": ("independent_legal_person", ""),
    "其中：主营业务收入": ("main_revenue_y0", ""),
    "1、其中：研发人员（人）": ("rd_staff_y0", "人"),
    "（一）营业收入": ("revenue_y0", ""),
    "1.1 营业收入": ("revenue_y0", ""),
    "营业收入（百万元）": ("revenue_y0", "百万元"),
    "总资产（千万元）": ("total_assets_y0", "千万元"),
    "营业收入（人民币，万元）": ("revenue_y0", "万元"),
    "营业收入（合并口径，亿元）": ("revenue_y0", "亿元"),
    "净利润（母公司口径）": ("net_profit_y0", ""),
    "营业收入（万元，必填）": ("revenue_y0", "万元"),
    '="企业名称"': ("firm_name", ""),
    '="上年度营业收入（万元）"': ("revenue_y0", "万元"),
    "Company": ("firm_name", ""),
    "Employees": ("employees_y0", ""),
    "Number of employees": ("employees_y0", ""),
    "Revenue (RMB million)": ("revenue_y0", "百万元"),
    "Revenue (million RMB)": ("revenue_y0", "百万元"),
    "Revenue, RMB mn": ("revenue_y0", "百万元"),
    "Revenue RMB million": ("revenue_y0", "百万元"),
    "Revenue (in RMB thousands)": ("revenue_y0", "千元"),
    "Revenue (RMB'000)": ("revenue_y0", "千元"),
    "Revenue (CNY bn)": ("revenue_y0", "十亿元"),
    "revenue_rmb_million": ("revenue_y0", "百万元"),
    "R&D spending": ("rd_expense_y0", ""),
    "R&D expenditure (RMB million)": ("rd_expense_y0", "百万元"),
    "Global market share": ("global_market_share_pct", ""),
    "Global ranking (#)": ("global_rank", ""),
    "营业收入 Revenue (RMB million)": ("revenue_y0", "百万元"),
    "企业名称/Company name": ("firm_name", ""),
    "营业收入（Revenue）": ("revenue_y0", ""),
    "企業名稱": ("firm_name", ""),
    "統一社會信用代碼": ("firm_id", ""),
    "營業收入（萬元）": ("revenue_y0", "万元"),
    "員工人數（人）": ("employees_y0", "人"),
    "全球市場佔有率（%）": ("global_market_share_pct", "%"),
    "軟件著作權": (None, ""),
    "主营业务收入占比（%）": ("main_revenue_share_pct_y0", "%"),
    "資產負債率": ("debt_ratio_pct_y0", ""),
    "2025年末资产负债率": ("debt_ratio_pct_y0", ""),
    "研发投入占比": ("rd_intensity_pct_y0", ""),
    "R&D intensity": ("rd_intensity_pct_y0", ""),
    "上上年度研发费用占比": ("rd_intensity_pct_y1", ""),
}


@pytest.mark.parametrize("header", KNOWN)
def test_known_headers(header: str) -> None:
    """A header is known in either language, with or without marks, numbers and units."""
    reading = read(header)
    assert (reading.fact and reading.fact.id, reading.unit) == KNOWN[header]
    assert reading.header == header


def test_every_word_of_the_vocabulary() -> None:
    """Every id, title and alias names its own fact; a derived one is said to be computed."""
    for fact in VOCABULARY.values():
        for word in (fact.id, fact.title.zh, fact.title.en, *fact.aliases):
            reading = read(f" {word}")
            if not fact.is_given:
                assert reading.fact is None
                assert "computed" in reading.how.en
            else:
                assert (reading.fact, reading.unit) == (fact, "")


def test_every_unit_is_one_that_figures_may_carry() -> None:
    """A unit read from a header turns the figures below it exactly: 亿元 is four powers of ten, 元 minus four."""
    powers = {
        "营业收入（亿元）": 4,
        "营业收入（万元）": 0,
        "营业收入（千元）": -1,
        "营业收入（元）": -4,
        "全球市场占有率(%)": 0,
    }
    for header, power in powers.items():
        column = understand([header], VOCABULARY, as_of=DAY).stated[0]
        assert exponent(column.fact, column.unit) == power
    assert str(understand(["营业收入（亿元）"], VOCABULARY, as_of=DAY).stated[0].value("2.1")) == "21000"


UNKNOWN = {
    "联系人": "not known, not read",
    "": "has no header, not read",
    " \n": "has no header, not read",
    "营业收入（千美元）": "“千美元” in brackets is not known here",
    "Revenue (million)": "“million” in brackets is not known here",
    "Revenue (USD million)": "“USD million” in brackets is not known here",
    "营业收入（万美元）": "“万美元” in brackets is not known here",
    "营业收入（预计）": "“预计” in brackets is not known here",
    "营业收入（境外部分）": "境外部分",
    "员工人数（%）": "“%” in brackets is not known here",
    "技术水平（万元）": "“万元” in brackets is not known here",
    "revenu": "did you mean revenue?",
    "近两年营业收入复合增长率": "Compound growth of revenue over two years is computed",
    "参保人数": "may or may not be Full-time employees",
    "Market share": "Global market share or Domestic market share",
    "市占率（%）": "--map 市占率（%）=domestic_market_share_pct",
    "排名": "--map 排名=global_rank",
    "Sector": "may or may not be Industry division or Sector of the SME size rule, not read; if it is, say so: "
    "--map Sector=industry_code_2 or --map Sector=industry_sector",
    "No.": "numbers the rows",
    "序号": "numbers the rows",
    "其中：境外收入": "not known, not read",
    "净资产": "not known, not read",
    "流动负债（万元）": "not known, not read",
    "营业外收入": "not known, not read",
    "x" * 5000: "not known",
    "（（（": "not known",
}


@pytest.mark.parametrize("header", UNKNOWN)
def test_unknown_headers(header: str) -> None:
    """What a bracket names is never dropped: the column is then unknown, with the nearest known word."""
    reading = read(header)
    assert (reading.fact, reading.unit) == (None, "")
    assert UNKNOWN[header] in reading.how.en
    assert "\n" not in reading.how.zh + reading.how.en


@pytest.mark.parametrize("cell", ["工业", "制造业", "采矿业"])
def test_a_sector_by_its_usual_names(cell: str) -> None:
    """What stands under 所属行业 is understood when the column is said to be the sector."""
    assert understand(["企业名称", "所属行业"], VOCABULARY, {"所属行业": "industry_sector"}, as_of=DAY).stated[1]
    assert option(VOCABULARY["industry_sector"], cell) == "industry"


def test_how_headers_were_read() -> None:
    """How each column was taken fits a line, in both languages."""
    how = read("营业收入\n（亿元）").how
    assert (how.zh, how.en) == ("读作 上年度营业收入，单位亿元", "read as Revenue, last full year, in 亿元")


def problems(headers: list[str], mapping: dict[str, str] | None = None) -> str:
    """Give the problems of some headers in English, a line each."""
    return "\n".join(
        problem.in_language("en") for problem in understand(headers, VOCABULARY, mapping, as_of=DAY).problems
    )


def test_a_firm_must_have_a_name() -> None:
    """Without id and name there is a problem; one of them is enough."""
    assert "--map HEADER=firm_id" in problems(["营业收入"])
    assert problems(["企业名称"]) == problems(["信用代码"]) == problems(["编号"], {"编号": "firm_id"}) == ""


def test_two_columns_for_one_fact() -> None:
    """Both headers are named, with what to do."""
    said = problems(["企业名称", "营业收入", "联系人", "上年营业收入\n（亿元）"])
    assert said == (
        "header: 营业收入 (#2), 上年营业收入（亿元） (#4) state the same fact: Revenue, last full year. "
        "Delete all but one, or say which is meant: --map HEADER=revenue_y0."
    )
    understanding = understand(
        ["企业名称", "营业收入", "上年营业收入"], VOCABULARY, {"上年营业收入": "revenue_y0"}, as_of=DAY
    )
    assert understanding.problems == ()
    assert list(understanding.stated) == [0, 2]
    assert "上年营业收入" in understanding.columns[1].how.zh


def test_mapping() -> None:
    """A mapped column states its fact whatever it is called, in the unit beside its name."""
    understanding = understand(
        ["企业名称", "营收（亿元）", "研发费用"], VOCABULARY, {"营收(亿元)": "revenue_y0"}, as_of=DAY
    )
    assert understanding.problems == ()
    assert (understanding.stated[1].fact.id, understanding.stated[1].unit) == ("revenue_y0", "亿元")
    renamed = understand(["企业名称", "研发费用"], VOCABULARY, {"研发费用": "rd_expense_y1"}, as_of=DAY)
    assert renamed.stated[1].fact.id == "rd_expense_y1"


WRONG = {
    ("营业收入", "revenu_y1"): "is not a fact of the vocabulary. Did you mean revenue_y1?",
    ("营业收入", "revenue_cagr_2y_pct"): "is computed and cannot be stated",
    ("营业", "revenue_y0"): "the file has no such column. Did you mean 营业收入?",
    ("x", "revenue_y0"): "the file has 2 columns of that name",
    ("营收（百万美元）", "revenue_y0"): "has a unit that is not known here: 百万美元",
}


@pytest.mark.parametrize(("name", "fact"), WRONG)
def test_wrong_mappings(name: str, fact: str) -> None:
    """A mapping that cannot be is a problem."""
    assert WRONG[name, fact] in problems(["企业名称", "营业收入", "x", "x", "营收（百万美元）"], {name: fact})


def test_the_row_of_the_header() -> None:
    """The header is the row that names most facts, the first of them if several do."""

    def row_of(rows: list[list[str]], mapping: dict[str, str]) -> tuple[int, int]:
        head = find_head(rows, VOCABULARY, mapping)
        return head.last, head.known

    rows = [["企业名称"], [""], ["统一社会信用代码", "营业收入"], ["1", "2"], ["信用代码", "研发费用"]]
    assert row_of(rows, {}) == (2, 2)
    assert row_of([["a"], ["b"]], {}) == (0, 0)
    assert row_of([["a"], ["b"]], {"b": "firm_id"}) == (1, 1)


@pytest.mark.parametrize(
    ("header", "fact", "unit"),
    [
        ("2025年营业收入（万元）", "revenue_y0", "万元"),
        ("2024年度营业收入（元）", "revenue_y1", "元"),
        ("2023年营业收入", "revenue_y2", "万元"),
        ("营业收入（2024年，亿元）", "revenue_y1", "亿元"),
        ("近三年营业收入-2023", "revenue_y2", "万元"),
        ("revenue_2025", "revenue_y0", "万元"),
        ("Revenue FY2024", "revenue_y1", "万元"),
        ("2025年末资产总额", "total_assets_y0", "万元"),
        ("截至2025年12月31日负债总额", "total_liabilities_y0", "万元"),
        ("2025年1-12月研发费用", "rd_expense_y0", "万元"),
        ("上年度（2025年）营业收入", "revenue_y0", "万元"),
        ("2025年全球市场占有率", "global_market_share_pct", ""),
        ("2024年全球市场占有率", "global_market_share_pct_y1", ""),
        ("2025年末有效发明专利数", "invention_patents", ""),
        ("2026年有效发明专利数", "invention_patents", ""),
    ],
)
def test_a_year_in_a_header_is_one_before_the_day(header: str, fact: str, unit: str) -> None:
    """A calendar year is the last full year before the day of the decision, or the one before it, and it is said."""
    reading = read(header)
    assert reading.fact is not None, reading.how
    assert (reading.fact.id, reading.unit or ("万元" if unit else "")) == (fact, unit)
    assert "年 = " in reading.how.zh


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("2021年营业收入", "没有这一年"),
        ("2026年营业收入", "没有这一年"),
        ("2023年末资产总额", "没有这一年"),
        ("2023年有效发明专利数", "没有这一年"),
        ("2025年新增股权融资总额", "不认识"),
        ("2025年专精特新发展评价得分", "没有这一年"),
        ("2025年1-6月营业收入", "一年的一部分"),
        ("2025年上半年研发费用", "一年的一部分"),
        ("2025Q3 revenue", "一年的一部分"),
        ("2025年6月30日资产总额", "一年的一部分"),
        ("2024-2025年营业收入", "多个年份"),
        ("上年度（2024年）营业收入", "不一致"),
        ("前第2年度营业收入（2025年）", "不一致"),
        ("2025年预计营业收入", "不认识"),
    ],
)
def test_a_year_that_no_fact_asks_for_is_told_and_not_guessed(header: str, why: str) -> None:
    """Another year, a part of one, several, or one that contradicts the words is not read."""
    reading = read(header)
    assert reading.fact is None
    assert why in reading.how.zh


@pytest.mark.parametrize(
    ("cell", "word", "is_known"),
    [
        ("单位（元）", "元", True),
        ("（金额：元）", "元", True),
        ("货币单位：RMB 元", "元", True),
        ("Unit: RMB", "元", True),
        ("单位：万元、人", "万元", True),
        ("单位：万元  币种：人民币", "万元", True),
        ("（单位：人民币亿元，%）", "亿元", True),
        ("2025年企业情况表（万元）", "万元", True),
        ("单位：万美元", "万美元", False),
        ("币种：港币", "港币", False),
        ("Amounts in USD thousands", "USD thousands", False),
        ("单位:新台币千元", "新台币千元", False),
    ],
)
def test_a_unit_above_the_header_is_read_or_stops(cell: str, word: str, is_known: bool) -> None:  # noqa: FBT001
    """A unit of money above the header is taken; one that cannot be read is told as such."""
    unit = stated_unit([["县企业表"], [cell, ""]], VOCABULARY, ABOVE)
    assert unit is not None
    assert (unit.word, unit.is_known) == (word, is_known)
    problems = understand(["企业名称", "营业收入"], VOCABULARY, as_of=DAY, unit=unit).problems
    assert bool(problems) is not is_known


@pytest.mark.parametrize(
    "cell",
    [
        "填报单位：元氏县工业和信息化局",
        "编报单位：元",
        "制表单位：万元",
        "单位：元氏县工信局",
        "单位：人",
        "企业表（试行）",
        "单位：金元科技",
    ],
)
def test_who_fills_in_a_form_is_no_unit(cell: str) -> None:
    """填报单位, 编报单位 and 制表单位 name an office, and a unit of people is none of money."""
    assert stated_unit([[cell]], VOCABULARY, ABOVE) is None


def test_two_units_above_the_header_stop() -> None:
    """Two different units of money above the header cannot both be right."""
    unit = stated_unit([["单位：元", "单位：万元"]], VOCABULARY, ABOVE)
    assert unit is not None
    assert not unit.is_known


def test_a_stand_in_is_read_only_where_nothing_better_is() -> None:
    """证券简称 is the name of a firm that no other column names; beside 企业名称 it is told and not read."""
    readings = understand(["证券代码", "证券简称", "营业收入", "营业总收入"], VOCABULARY, as_of=DAY).columns
    assert [one.fact and one.fact.id for one in readings] == ["firm_id", "firm_name", "revenue_y0", None]
    beside = understand(["统一社会信用代码", "股票代码", "简称", "企业名称"], VOCABULARY, as_of=DAY)
    assert [one.fact and one.fact.id for one in beside.columns] == ["firm_id", None, None, "firm_name"]
    assert beside.columns[1].how.en == "not read: column 统一社会信用代码 states the same"
    assert beside.problems == ()


def test_the_basis_that_a_header_states_is_said() -> None:
    """合并口径 in brackets hides no figure, and is told."""
    assert read("营业收入（合并口径，亿元）").how.zh == "读作 上年度营业收入，单位亿元，列名注明合并口径"
    assert "“consolidated” as the header says" in read("Revenue (consolidated)").how.en


def test_words_of_one_fact_name_no_other() -> None:
    """Every stand-in names its own fact alone, and what may be a fact is read as none."""
    for fact in VOCABULARY.values():
        assert all(read(word).fact == fact for word in fact.stand_ins)
        assert all(read(word).fact is None and "--map" in read(word).how.zh for word in fact.perhaps)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("上年末资产总额（万元）", "本年末资产总额（万元）"),
        ("资产总额（上年末）（万元）", "资产总额（本年末）（万元）"),
        ("上年末资产总额（万元）", "资产总额（万元） 本年末"),
        ("上年末资产总额（万元）", "资产总额（万元） 期末余额"),
        ("上年末负债总额", "今年末负债总额"),
        ("上年末资产总额", "本期末资产总额"),
    ],
)
def test_the_end_of_last_year_beside_that_of_this_year_is_not_guessed(older: str, newer: str) -> None:
    """上年末 beside 本年末 may be the end of the year before the last full one: neither is read, and that is told."""
    for headers in ([older, newer], [newer, older]):
        columns = understand(["企业名称", *headers], VOCABULARY, as_of=DAY).columns
        assert [one.fact for one in columns[1:]] == [None, None]
        assert any("哪一年不能确定" in one.how.zh for one in columns)


@pytest.mark.parametrize(
    ("older", "newer"),
    [("期初资产总额", "期末资产总额"), ("年初资产总额", "年末资产总额"), ("资产总额（年初）", "资产总额（年末）")],
)
def test_the_end_of_the_year_beside_its_beginning(older: str, newer: str) -> None:
    """期末 beside 期初 is the figure that is asked for, as 上年末 is alone."""
    columns = understand(["企业名称", older, newer], VOCABULARY, as_of=DAY).columns
    assert [one.fact and one.fact.id for one in columns[1:]] == [None, "total_assets_y0"]
    assert read("上年末资产总额").fact == VOCABULARY["total_assets_y0"]


@pytest.mark.parametrize(
    ("header", "fact"),
    [
        ("研发费用（上上年度）", "rd_expense_y1"),
        ("研发费用（上年度）（万元）", "rd_expense_y0"),
        ("营业收入（去年）", "revenue_y0"),
        ("上上年营业收入", "revenue_y1"),
        ("前年营业收入（万元）", "revenue_y1"),
        ("前第2年度营业收入（万元）", "revenue_y1"),
        ("大前年主营业务收入", "main_revenue_y2"),
        ("前第3年度主营业务收入", "main_revenue_y2"),
        ("营业收入（上年同期）", None),
        ("上上年末资产总额", None),
    ],
)
def test_a_year_told_by_how_far_back_it_is(header: str, fact: str | None) -> None:
    """It may stand behind the name in brackets, or without its 度."""
    found = named(header, VOCABULARY)
    assert (found and found.id) == fact
