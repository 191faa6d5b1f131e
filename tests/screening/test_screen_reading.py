"""What a file says about units and rows that are no firms, seen through the whole screening."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from engine import InputError, Order, ScreeningSummary, profile_of, screen_file, shipped
from engine.rulebooks.logic import Rulebook
from tests.shell import run
from tests.small_rules import rulebook_asking

DAY = date(2026, 6, 1)
BOOK = rulebook_asking("revenue_y0", "rd_expense_y0", "global_market_share_pct")


def screened(source: Path, rulebook: Rulebook = BOOK) -> tuple[ScreeningSummary, str]:
    """Give the summary and the verdict file of a source."""
    output = source.with_suffix(".out.csv")
    summary = screen_file(source, Order(rulebook, DAY, output, "csv", figures=True))
    return summary, output.read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["5.2", "¥5.2", "人民币5.2", "5.2E+00", "５.２", "5.2亿元", "52000万元"])
def test_a_unit_in_the_header_is_that_of_every_bare_figure(typed: str, tmp_path: Path) -> None:
    """However a figure without a unit is written, the header's unit is its unit."""
    source = tmp_path / "firms.csv"
    source.write_text(f"企业名称,营业收入（亿元）\n甲,{typed}\n", encoding="utf-8")
    assert ",52000," in screened(source)[1]


def test_a_unit_above_the_header_is_that_of_the_columns_without_one(tmp_path: Path) -> None:
    """Under 单位：元 a bare 52,000,000 is 5200 万元, and a column with a unit of its own keeps it."""
    source = tmp_path / "firms.csv"
    source.write_text("汇总表（单位：元）,,\n企业名称,营业收入,研发费用（万元）\n甲,52000000,300\n", encoding="utf-8")
    summary, verdicts = screened(source)
    assert ",5200," in verdicts
    assert [one.how.zh for one in summary.columns] == [
        "读作 企业名称",
        "读作 上年度营业收入，单位元（列名上方写明）",
        "读作 上年度研发费用，单位万元",
    ]


def test_a_row_without_a_name_is_rejected_and_a_total_or_a_note_is_no_row(tmp_path: Path) -> None:
    """Rows in are firms; what is none is counted apart and told with its line."""
    source = tmp_path / "firms.csv"
    source.write_text("企业名称,营业收入\n甲,1\n合计,1\n备注：以上由企业提供,\n,5\n", encoding="utf-8")
    summary, _ = screened(source)
    assert (summary.rows_in, summary.verdicts, summary.rejected, summary.not_firms) == (2, 1, 1, 2)
    assert [one.what.en for one in summary.problems] == ["has neither the id nor the name of a firm"]
    [told] = [one for one in summary.warnings if one.what.en == "is a total, a note or a signature, not a firm"]
    assert (told.count, told.first_line) == (2, 3)


def test_a_code_that_excel_keeps_as_a_number_has_all_its_digits(tmp_path: Path) -> None:
    """A numeric credit code is written in full, not as 9.1e+17."""
    book = Workbook()
    book.active.append(["统一社会信用代码", "企业名称"])
    book.active.append([913301000000000001, "甲"])
    book.save(tmp_path / "firms.xlsx")
    assert '\n2,"9133010000000000' in screened(tmp_path / "firms.xlsx")[1]


@pytest.mark.parametrize("other", [0.15, 15])
def test_a_percent_cell_is_read_alike_whatever_stands_beside_it(other: float, tmp_path: Path) -> None:
    """A cell that shows 150% is refused, also where no other cell holds a fraction."""
    book = Workbook()
    book.active.append(["企业名称", "全球市场占有率(%)"])
    book.active.append(["甲", 1.5])
    book.active["B2"].number_format = "0%"
    book.active.append(["乙", other])
    book.save(tmp_path / "firms.xlsx")
    assert screened(tmp_path / "firms.xlsx")[0].rejected == 1


def test_a_rulebook_out_of_force_is_told(tmp_path: Path) -> None:
    """Screening by an edition that is not in force on the day says so in the summary."""
    source = tmp_path / "firms.csv"
    source.write_text("企业名称,全球排名\n甲,1\n", encoding="utf-8")
    summary, _ = screened(source, shipped().rulebook("miit-2016-champion-enterprise"))
    assert [text.en for text in summary.cautions] == [
        "For applications this rulebook is in force from 2016-05-18 to 2018-12-31, not on 2026-06-01."
    ]


def test_a_level_chooses_the_edition(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`screen --level` applies the edition in force on the day."""
    source, output = tmp_path / "firms.csv", tmp_path / "out.csv"
    source.write_text("企业名称\n甲\n", encoding="utf-8")
    done = run(capfdbinary, "screen", str(source), "-o", str(output), "--level", "srdi", "--as-of", "2025-06-01")
    assert done.code == 0
    assert ',"miit-2022-srdi",' in output.read_text(encoding="utf-8")


def test_a_column_without_a_unit_beside_one_in_yuan(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Where one column is in 元 and another says no unit, its bare figures are not guessed."""
    path = tmp_path / "in.csv"
    path.write_text(
        "企业名称,营业收入（元）,资产总额\n甲,52000000,61000000\n乙,52000000,6100万元\n丙,52000000,\n", encoding="utf-8"
    )
    found = run(capfdbinary, "screen", str(path), "-o", str(tmp_path / "out.csv"), "--rulebook", "sme-2011-size")
    assert found.code == 1
    rejected = (tmp_path / "out.rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rejected) == 2
    assert rejected[1].startswith("2,")
    assert "没有写单位，而“营业收入（元）”以元计" in rejected[1]
    with pytest.raises(InputError, match="has no unit"):
        profile_of(path, row=2, rulebook="sme-2011-size")
    assert profile_of(path, row=3, rulebook="sme-2011-size")["total_assets_y0"] == "6100万元"


def test_a_carried_column_keeps_the_unit_that_stands_above_it(tmp_path: Path) -> None:
    """What is carried can be read back: the unit above the table stands in the header then."""
    source = tmp_path / "in.csv"
    source.write_text("单位：元,,\n企业名称,营业收入,员工人数\n甲,52000000,85\n", encoding="utf-8")
    output = tmp_path / "out.csv"
    screen_file(source, Order(shipped().rulebook("sme-2011-size"), DAY, output, "csv", carry=True))
    assert "营业收入（元）" in output.read_text(encoding="utf-8").splitlines()[0]


def test_a_comma_for_thousands_that_splits_a_figure(tmp_path: Path) -> None:
    """Where commas end the lines too, 4,000 without quotes is two cells, and no figure is read from that row."""
    source, book = tmp_path / "in.csv", shipped().rulebook("sme-2011-size")
    rows = "甲,3000,100,\n乙,4,000,100\n丙,3000,,\n丁,300,100,备注\n"
    source.write_text(f"企业名称,营业收入（万元）,员工人数,\n{rows}", encoding="utf-8")
    summary = screen_file(source, Order(book, DAY, tmp_path / "out.csv", "csv"))
    assert (summary.verdicts, summary.rejected) == (3, 1)
    told = {one.what.en.partition(",")[0]: one.first_line for one in summary.problems}
    assert told == {"is 000": 3, "has a figure behind the last header": 3}
    with pytest.raises(InputError, match="as if a comma had split"):
        profile_of(source, row=3, rulebook="sme-2011-size")
    assert profile_of(source, row=2, rulebook="sme-2011-size")["employees_y0"] == "100"


def test_a_cell_as_long_as_a_book(tmp_path: Path) -> None:
    """Of a text that is too long the beginning is read: no figure, no name of another, and nothing like its memory."""
    cells = {"企业名称": ["甲" * 40_000, "乙"], "营业收入": ["1" * 40_000, "5"], "备注": ["丙" * 40_000, ""]}
    for source in (tmp_path / "firms.parquet", tmp_path / "firms.csv"):
        if source.suffix == ".csv":
            source.write_text("\n".join(map(",".join, [cells, *zip(*cells.values(), strict=True)])), encoding="utf-8")
        else:
            pq.write_table(pa.table(cells), source)
        summary, _ = screened(source)
        assert (summary.rows_in, summary.verdicts, summary.rejected) == (2, 1, 1)
