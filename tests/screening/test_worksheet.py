"""A worksheet on paper: no text ends before its end, nothing is too small to read, and what cannot be shown is told."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from engine.outputs.worksheet import Table, looks_of
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY = ("--as-of", "2026-06-01")
LEVELS = ["创新型中小企业", "科技型中小企业", "专精特新中小企业", "专精特新“小巨人”企业", "制造业单项冠军企业"]


def table(path: Path, ids: list[str], row: list[str]) -> Any:
    """Give the sheet of a table of one row, as it was written."""
    with xlsxwriter.Workbook(path) as book:
        longest = {name: 2 * len(text) for name, text in zip(ids, row, strict=True)}
        found = Table(book.add_worksheet(), ids, ids, looks_of(book, "zh"), (), longest)
        found.add(row)
        found.finish("zh")
    return load_workbook(path).worksheets[0]


@pytest.mark.parametrize(("letters", "wide", "is_cut"), [(100, 70, False), (1000, 92, False), (4000, 120, True)])
def test_a_column_is_as_wide_as_its_longest_text_needs(tmp_path: Path, letters: int, wide: int, is_cut: bool) -> None:  # noqa: FBT001
    """A long text gets a wider column, so that it is no higher than Excel allows; if it is, the foot says so."""
    sheet = table(tmp_path / "a.xlsx", ["line", "reasons"], ["1", "字" * letters])
    width, height = sheet.column_dimensions["B"].width, sheet.row_dimensions[2].height
    assert width == pytest.approx(wide, abs=2)
    assert height <= 409
    assert (height >= 2 * letters / width * 15) == (not is_cut)
    assert ("没有印全" in (sheet.oddFooter.center.text or "")) == is_cut


def test_what_is_not_printed_makes_no_row_high(tmp_path: Path) -> None:
    """A long text behind the printed columns leaves its row as high as what is printed."""
    sheet = table(tmp_path / "a.xlsx", ["line", "hangs_on", "own"], ["1", "短", "长" * 500])
    assert sheet.print_area == "'Sheet1'!$A$1:$B$2"
    assert sheet.row_dimensions[2].height < 32


def test_the_page_is_printed_large_enough(capfdbinary: Capture, tmp_path: Path) -> None:
    """The page for whoever decides takes a second sheet of paper where one would make the print tiny."""
    asked = ["fixtures/candidates.csv", "-o", str(tmp_path / "out.xlsx"), "--level", "小巨人", *DAY]
    run(capfdbinary, "screen", *asked)
    page = load_workbook(tmp_path / "out.xlsx")["汇总"]
    high = sum(one.height or 0 for one in page.row_dimensions.values())
    assert high / 1300 < (page.page_setup.fitToHeight or 1) < high / 600


@pytest.mark.parametrize(("columns", "across"), [(10, 1), (12, 2), (40, 3)])
def test_many_columns_stand_on_several_sheets(capfdbinary: Capture, tmp_path: Path, columns: int, across: int) -> None:
    """Carried columns that would make the print tiny go on beside, with whose they are on every page."""
    heads, cells = [f"本单位自有的列{place}" for place in range(columns)], ["某某某某"] * columns
    rows = [["企业名称", "营业收入", *heads], ["甲", "约5", *cells]]
    (tmp_path / "in.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    asked = [str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.xlsx"), "--rulebook", "miit-2026-little-giant", *DAY]
    run(capfdbinary, "screen", *asked, "--carry")
    sheet = load_workbook(tmp_path / "out.xlsx")["未比对的企业"]
    assert (sheet.page_setup.fitToWidth or 1) == across
    last = next(cell.column_letter for cell in sheet[1] if cell.value == "问题与填写方法")
    assert sheet.print_area == f"'未比对的企业'!$A$1:${last}$2"  # and the caller's figures behind it
    assert sheet.print_title_cols == ("$A:$C" if across > 1 else None)


def test_a_ladder_is_printed_level_by_level(capfdbinary: Capture, tmp_path: Path) -> None:
    """Levels stand before what is long and are printed; why none is reached has a line each, and all its words."""
    (tmp_path / "in.csv").write_text(
        "企业名称,从业人数,营业收入,申报类型\n甲,900,5000,新申报\n乙,20,500,复核\n丙,20,约5,新申报\n", encoding="utf-8"
    )
    for name in ("out.xlsx", "out.csv"):
        asked = [str(tmp_path / "in.csv"), "-o", str(tmp_path / name), "--labels", "titles", "--lang", "zh"]
        run(capfdbinary, "screen", *asked, "--rulebook", "ladder", *DAY)
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["结论", "汇总", "各层级说明", "未比对的企业", "未比对的问题", "汇总明细"]
    head, *rows = book["结论"].iter_rows(values_only=True)
    assert list(head[3:13]) == ["持有的称号", "达到的最高层级", *LEVELS, "下一层级", "提醒", "取决于读法"]
    assert {row[12] for row in rows} == {None}
    assert book["结论"].print_area == "'结论'!$A$1:$L$4"  # where no verdict hangs on a reading, up to the notes
    assert rows[2][:5] == (4, None, "丙", None, "未比对")
    assert not {"说明", "不符合项数"} & set(head)
    verdicts = [dict(zip(head, row, strict=True)) for row in rows]
    told = [one[2:] for one in book["各层级说明"].iter_rows(min_row=2, values_only=True)]
    expected = [(one["企业名称"], level, one[level]) for one in verdicts for level in LEVELS if one[level]]
    assert [one[:3] for one in told] == [one for one in expected if one[2] != "符合"]
    judged = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    whole = {
        name: "".join(f"{one[1]}：{one[4]}".replace("\n", "") for one in told if one[0] == name) for name in "甲乙"
    }
    named = re.compile(
        "缺少[^。；]*|待评审：[^。；]*|“[^”]*”中，以下[^。]*。"
    )  # of which a workbook says once what no column is for
    assert {one["企业名称"]: named.sub("", one["说明"]) for one in judged} == {
        name: named.sub("", text) for name, text in whole.items()
    }
