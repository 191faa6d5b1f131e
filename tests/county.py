"""A county's list of firms as an office types it: titled, two header rows, years, units, merged towns, every habit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment

FIRMS, REVIEWS = 300, 47
_TOWNS = ["城关镇", "东山乡", "西河镇", "南坪街道", "北岭乡", "开发区"]
_TRADES = ["轴承", "阀门", "齿轮", "光学", "电机", "泵业", "模具", "传感器", "涂料", "滤材"]
_FIRST, _LAST = 6, 5 + FIRMS  # the rows of the firms
_HEADS = [  # the upper and the lower row of the header
    ("序号", ""), ("乡镇", ""), ("企业名称", ""), ("统一社会信用代码", ""), ("申报类型", ""), ("所属行业代码", ""),
    ("营业收入", "2023年"), ("", "2024年"), ("", "2025年"), ("其中：主营业务收入", "2025年"), ("研发费用", "2024年"),
    ("", "2025年"), ("2025年末资产总额", ""), ("2025年末负债总额", ""), ("职工总数（人）", ""), ("研发人员（人）", ""),
    ("全球市场占有率", ""), ("国内市场占有率排名", ""), ("从事细分市场时间", ""), ("Ⅰ类知识产权总数", ""),
    ("有效期内的称号", ""), ("是否列入经营异常名录", ""), ("联系人", ""),
]  # fmt: skip
NOT_READ = {"序号", "乡镇", "联系人"}
_UNREADABLE = ["约300", "几十", "保密", "见附件", "300上下"]


@dataclass
class County:
    """What was written: how many firms in all, which of them with a figure that cannot be read, what is no firm."""

    unreadable: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)
    not_firms: int = 2


def write_county(path: Path, seed: int = 7) -> County:
    """Write the workbook: a sheet of firms that begins in column B, and one of remarks."""
    random, county = Random(seed), County()
    book = Workbook()
    page = book.active
    page.title = "企业名单"
    width = len(_HEADS)
    page.cell(2, 2, "某县2026年专精特新企业申报情况汇总表")
    page.merge_cells(start_row=2, start_column=2, end_row=2, end_column=width + 1)
    page.cell(3, 2, "填报单位：元氏县工业和信息化局（样例）")
    page.cell(3, width, "金额单位：万元")
    _write_header(page)
    for number in range(FIRMS):
        _write_firm(page, number, random, county)
    for start in range(_FIRST, _LAST + 1, 50):  # a town stands once beside its firms
        page.cell(start, 3, _TOWNS[(start - _FIRST) // 50])
        page.merge_cells(start_row=start, start_column=3, end_row=start + 49, end_column=3)
    page.cell(_LAST + 1, 2, "合计")
    page.cell(_LAST + 1, 10, 999999)
    page.cell(_LAST + 3, 2, "备注：以上数据由企业自行填报，未经核实。")
    book.create_sheet("填表说明").append(["一、各项指标按审计报告填写。"])
    book.save(path)
    return county


def _write_header(page: object) -> None:
    place, column = 0, 2
    for upper, lower in _HEADS:
        page.cell(4, column, upper or None)  # type: ignore[attr-defined]
        page.cell(5, column, lower or None)  # type: ignore[attr-defined]
        column += 1
    while place < len(_HEADS):
        end = place
        while end + 1 < len(_HEADS) and not _HEADS[end + 1][0]:
            end += 1
        rows = 4 if _HEADS[place][1] else 5
        if end > place or rows == 5:
            page.merge_cells(start_row=4, start_column=place + 2, end_row=rows, end_column=end + 2)  # type: ignore[attr-defined]
        page.cell(4, place + 2).alignment = Alignment(wrap_text=True)  # type: ignore[attr-defined]
        place = end + 1


def _write_firm(page: object, number: int, random: Random, county: County) -> None:
    row, name = _FIRST + number, f"样例{number + 1:03d}{random.choice(_TRADES)}有限公司"
    if number in {120, 240}:  # typed twice
        name = f"样例{number:03d}{_TRADES[0]}有限公司"
    revenue = random.randint(800, 90000)
    shares = {"share": round(random.uniform(0.01, 0.6), 3), "rank": random.choice([1, 2, "第3名", "前5名", 8, "—"])}
    code = f"91130132MA{number:05d}X0"[:18].ljust(18, "0")
    cells = {
        2: number + 1,
        4: name,
        5: random.choice([code, f" {code}", code.lower(), f"'{code}"]),
        6: "复核" if number < REVIEWS else random.choice(["新申报", "新申报", None]),
        7: random.choice(["C34", "34", 34, "3451", "C3451", "通用设备制造业"]),
        8: revenue * 0.7 // 1,
        9: _typed(revenue * 0.85 // 1, random),
        10: _typed(revenue, random),
        11: revenue * 0.9 // 1,
        12: _typed(revenue * 0.04 // 1, random),
        13: revenue * 0.05 // 1,
        14: _typed(revenue * 1.2 // 1, random),
        15: revenue * 0.5 // 1,
        16: random.choice([random.randint(20, 900), f"{random.randint(20, 900)}人", f"{random.randint(20, 900)}.0"]),
        17: random.randint(2, 19),
        18: shares["share"],
        19: shares["rank"],
        20: random.choice([3, "5年", "10年以上", "12.5", 8.0]),
        21: random.choice([0, 3, 12, "5项", "-", "/", None]),
        22: random.choice(["创新型中小企业", "专精特新中小企业、高新技术企业", "省级专精特新中小企业", "无", None]),
        23: random.choice(["否", "否", "否", "无", "×", None]),
        24: f"张{number}  139****{number:04d}",
    }
    if number % 17 == 5:
        cells[16] = random.choice(_UNREADABLE)
        county.unreadable.add(name)
    for column, value in cells.items():
        cell = page.cell(row, column, value)  # type: ignore[attr-defined]
        if column == 18:
            cell.number_format = random.choice(["0.0%", "0%", "0.00%"])


def _typed(amount: float, random: Random) -> object:
    """Give an amount in 万元 as one of many hands would type it."""
    return random.choice(
        [amount, int(amount), f"{amount:,.0f}", f"{amount:.2f}", f"{amount:.0f}万元", f" {amount:.0f} ",
         f"{amount / 10000:.4f}亿元", "".join(chr(ord(digit) + 0xFEE0) for digit in f"{amount:.0f}")]
    )  # fmt: skip
