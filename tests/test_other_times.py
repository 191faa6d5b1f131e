"""What a text beside a table says of the time of its figures is heeded, and what it says of the list is not."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from engine import InputError, screen
from engine.other_times import is_other_time, other_time


@pytest.mark.parametrize(
    "text",
    [
        "报告期：2025-06-30",
        "报告期：2025年中报",
        "数据时点：2025-06-30",
        "截止日期：2025-06-30",
        "统计时间：2025年6月",
        "税款所属期：2024-01-01至2024-12-31",
        "税款所属期：2024年01月01日至2024年12月31日",
        "所属期起：2024-01-01,所属期止：2024-12-31",
        "所属时期：2024年1月至12月",
        "会计期间：2024年1月1日-2024年12月31日",
        "期间：2024.01-2024.12",
        "2024.01-2024.12",
        "2024年01月-12月",
        "查询期间：202401-202412",
        "时间：2024年",
        "2025年11月",
        "2025年前11个月",
        "2025年9月末",
        "12月份企业主要经济指标",
        "2026年数据",
        "2025年计划",
        "近三年营业收入合计",
        "2023-2025年合计",
        "2025 Interim",
        "For the six months ended 30 June 2025",
        "For the year ended 31 December 2024",
        "2024年度专精特新企业经营情况",
        "2024年度小巨人企业财务数据汇总表",
        "2024年小巨人企业经营数据",
        "2024年专精特新中小企业主要经济指标",
        "2024年申报企业经营指标（2023年数据）",
        "2024年第六批小巨人申报企业2023年财务数据",
        "所属期：2024年",
        "统计时间：2025年上半年",
        "截止时间：2025-06-30",
        "审计报告年度：2024",
        "资料来源：企业2024年审计报告",
        "来源：2024年度企业所得税汇算清缴",
        "Source: Wind, FY2024",
        "2024年度經營情況",
    ],
)
def test_another_time(text: str) -> None:
    """Figures read as of 2025 would be wrong."""
    assert other_time(text, 2025) is not None


@pytest.mark.parametrize(
    "text",
    [
        "附件2：2026年度申报数据汇总",
        "湖南省2026年专精特新企业2025年经营数据表",
        "请于2026年3月15日前报送",
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
        "2026年申报",
        "2025年",
        "2024年第一批认定名单",
        "汇总表",
        "2025年报",
        "填表时间：2025年11月20日",
        "2026年小巨人企业申报情况汇总表",
        "工信部企业〔2022〕63号",
        "报告期：2025年12月31日",
        "会计期间：2025年1月1日-2025年12月31日",
        "税款所属期：2025-01-01至2025-12-31",
        "2024年认定小巨人企业2025年度经营数据",
        "2022年认定的第四批小巨人企业经营情况表",
        "截止日期：2026-06-30",
        "截止2025年12月31日",
        "统计时间：2026年5月",
        "制表时间：2026-05",
        "2026年5月",
        "2025年度企业主要经济指标",
        "2026年专精特新企业主要经济指标",
        "2025年12月企业经营情况表",
        "某市2026年度专精特新中小企业申报名单（第一批）",
        "2025年度财务数据（经审计）",
        "有效期：2023-2026",
        "数据来源：2025年度审计报告",
        "企业成立于2015年，2023年认定为专精特新中小企业，经营良好",
        "近三年无重大事故",
        "注：近三年指2023、2024、2025年",
        "2024年首次认定，2027年复核",
        "填报单位：长沙县工信局  填报时间：2026年5月",
    ],
)
def test_the_last_full_year_or_another_thing(text: str) -> None:
    """The year itself, when the list was made, and when a title was given."""
    assert other_time(text, 2025) is None


@pytest.mark.parametrize(
    ("cell", "is_other"),
    [
        *(
            (cell, True)
            for cell in ("2025-06-30", "2024", "2024-01至2024-12", "202506", "2025年1-6月", "FY2024", "2024.0")
        ),
        *(
            (cell, False)
            for cell in ("2025-12-31", "2025", "2025-01-01至2025-12-31", "202512", "2025年1-12月", "2025年度")
        ),
        *((cell, None) for cell in ("", "甲公司", "12000", "91430100MA4L00001X")),
    ],
)
def test_a_cell_that_is_a_time(cell: str, *, is_other: bool | None) -> None:
    """A cell of a column that says when."""
    assert is_other_time(cell, 2025) is is_other


OTHERS = {
    "期间": "2025年1-6月", "口径": "母公司", "季度": "Q3", "accper": "2025-06-30", "截止日期": "2025-06-30",
    "月份": "6",
    "数据时间": "2025年6月", "审计年度": "2024", "所属期": "2024", "数据来源": "2024年审计报告", "报告期": "2025-06-30",
    "会计期间": "2025Q3", "FY": "FY2024", "报表期": "2025中报", "年报类型": "半年报", "report_type": "Q2",
    "税款所属期": "2024-01-01至2024-12-31", "填报期": "202506", "数据类型": "预计", "数据性质": "快报",
    "数量级": "元", "单位（元/万元）": "元", "scale": "1000",
}  # fmt: skip


@pytest.mark.parametrize("header", OTHERS)
def test_a_column_of_a_table_in_memory(header: str) -> None:
    """A frame is refused for a column for which a file is refused, or which a file would heed."""
    table = pa.table({"企业名称": ["甲", "乙"], header: [OTHERS[header]] * 2, "营业收入": ["12000", "13000"]})
    with pytest.raises(InputError):
        screen(table, rulebook="miit-2026-little-giant", as_of=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("填报日期", "2026-03-01"),
        ("成立日期", "2015-03-02"),
        ("认定时间", "2024-05"),
        ("年度", "2025"),
        ("报告期", "2025年报"),
    ],
)
def test_a_column_of_another_thing(header: str, cell: str) -> None:
    """It is judged."""
    table = pa.table({"企业名称": ["甲", "乙"], header: [cell] * 2, "营业收入": ["12000", "13000"]})
    found = screen(table, rulebook="miit-2026-little-giant", as_of=date(2026, 6, 1)).to_pylist()
    assert all(row["verdict"] for row in found)
