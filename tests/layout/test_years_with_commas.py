"""A year to which a number format or a typist gave the comma of thousands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from engine import assess, profile_of

DAY, BOOK = date(2026, 6, 1), "cae-2021-champion"


@pytest.mark.parametrize("year", ["2,025", "2,025年", "2,025 年", "2,025年度", "２，０２５年"])
def test_a_year_with_a_comma_is_a_year(year: str, tmp_path: Path) -> None:
    """As a profile states it, as a list does, and in a row for each year of a firm."""
    assert not assess({"firm_name": "甲", "fiscal_year_y0": year}, BOOK, DAY).notes
    path = tmp_path / "in.csv"
    path.write_text(f'企业名称,上年度所指年份,研发费用\n甲,"{year}",5\n', encoding="utf-8")
    assert not assess(profile_of(path, as_of=DAY), BOOK, DAY).notes
    earlier = year.replace("025", "024").replace("０２５", "０２４")
    path.write_text(f'企业名称,年度,研发费用\n甲,"{year}",5\n甲,"{earlier}",4\n', encoding="utf-8")
    assert dict(profile_of(path, as_of=DAY)) == {
        "firm_name": "甲", "fiscal_year_y0": "2025", "rd_expense_y0": "5", "rd_expense_y1": "4"
    }  # fmt: skip


def test_a_format_that_shows_a_year_with_a_comma_is_read(tmp_path: Path) -> None:
    """2025 in the number format `#,##0 "年"` is 2025, alone and in a row for each year."""
    for header, others in (("上年度所指年份", {}), ("年度", {2024: 4})):
        book = openpyxl.Workbook()
        book.active.append(["企业名称", header, "研发费用"])
        for row, (year, figure) in enumerate({2025: 5, **others}.items(), 2):
            book.active.append(["甲", year, figure])
            book.active.cell(row, 2).number_format = '#,##0 "年"'
        path = tmp_path / "in.xlsx"
        book.save(path)
        profile = profile_of(path, as_of=DAY)
        assert (profile["rd_expense_y0"], profile.get("rd_expense_y1")) == ("5", "4" if others else None)
        assert not assess(profile, BOOK, DAY).notes
