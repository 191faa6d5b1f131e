"""A form as people fill it in: read for certain whatever its layout, or refused with the cells that are not."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.assessment import assess
from engine.explaining.blank_form import blank_form
from engine.ground.errors import InputError, Language
from engine.outputs.form_file import form_bytes
from engine.rulebooks.catalog import shipped
from engine.screening.one_of_list import profile_of
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
Rows = list[list[str]]
DAY, BOOK = date(2026, 6, 1), "miit-2026-little-giant"
REVENUE, RD, STAFF = "上年度（2025年）营业收入", "前年（2024年）研发费用", "全职员工数量"
ANSWERS = {"企业名称": "甲厂", REVENUE: "21000", STAFF: "320", "独立法人资格": "是"}
STATED = {"firm_name": "甲厂", "revenue_y0": "21000", "employees_y0": "320", "independent_legal_person": "是"}


def _rows(lang: Language = "zh") -> Rows:
    content = form_bytes(blank_form(shipped(), DAY, BOOK, lang=lang), "form.csv", lang)
    rows = [*csv.reader(content.decode("utf-8-sig").splitlines())]
    return [[row[0], ANSWERS.get(row[0], row[1]), *row[2:]] if len(row) > 1 else row for row in rows]


def _at(rows: Rows, name: str) -> int:
    return next(at for at, row in enumerate(rows) if row[0] == name)


def _put(name: str, column: int, text: str) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        row = rows[_at(rows, name)]
        row += [""] * (column + 1 - len(row))
        row[column] = text

    return edit


def _written(rows: Rows, path: Path, encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _read(rows: Rows, tmp_path: Path, encoding: str = "utf-8-sig") -> dict[str, str]:
    return dict(profile_of(_written(rows, tmp_path / "form.csv", encoding), rulebook=BOOK, as_of=DAY))


def _refused(rows: Rows, tmp_path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        _read(rows, tmp_path)
    return [one.in_language("zh") for one in caught.value.problems]


def test_it_says_what_it_is_for() -> None:
    """Above the questions stand the texts with numbers and ids, the day, the years, and how to fill it in."""
    lines = blank_form(shipped(), DAY, level="小巨人").lines
    assert lines[0].startswith("适用 2026-06-01：")
    assert "工信部企业〔2026〕2号 · miit-2026-little-giant" in lines[0]
    assert "miit-2022-little-giant（复核）" in lines[0]
    assert "上年度是 2025 年，前年是 2024 年" in lines[2]
    assert len(lines) == 5
    assert all(word in "".join(lines) for word in ("空白就是不知道", "单位", "原表交回", "我们按条件的归类"))


def test_it_is_read_however_it_is_laid_out(tmp_path: Path) -> None:
    """Columns and rows moved, a number before each, a blank row or a title more, rows left out, saved by Excel."""
    plain = _rows()
    assert _read(plain, tmp_path) == STATED
    assert _read(plain, tmp_path, "gb18030") == STATED
    assert _read([[row[1], row[2], row[0], *row[3:]] if len(row) > 1 else row for row in plain], tmp_path) == STATED
    heads = _at(plain, "指标")
    numbered = [["序号" if at == heads else str(at), *row] for at, row in enumerate(plain)]
    assert _read(numbered, tmp_path) == STATED
    assert _read([*plain[: heads + 1], *reversed(plain[heads + 1 :])], tmp_path) == STATED
    few = [row for at, row in enumerate(plain) if at <= heads or row[0] in ANSWERS]
    assert _read(few, tmp_path) == STATED
    assert _read([row for at, row in enumerate(plain) if not 0 < at < heads], tmp_path) == STATED
    more = [
        *plain[: heads + 3],
        ["", "", "", "", ""],
        ["本公司补充"],
        *plain[heads + 3 :],
        ["填表人：张三", "", "", "", ""],
    ]
    assert _read(more, tmp_path) == STATED


@pytest.mark.parametrize(("unit", "observed"), [("亿元", 210_000_000), ("元", 2.1), ("千元", 2100), ("", 21_000)])
def test_a_unit_of_money_may_be_changed(unit: str, observed: float, tmp_path: Path) -> None:
    """The figure is in the unit that stands beside it, that of the form where the cell was emptied."""
    rows = _rows()
    _put(REVENUE, 2, unit)(rows)
    found = assess(_read(rows, tmp_path), BOOK, DAY)
    assert observed in {check.observed for one in found.criteria for check in one.checks if check.fact == "revenue_y0"}


@pytest.mark.parametrize(
    ("edit", "cell", "said"),
    [
        (_put(STAFF, 2, "万人"), "C", "“万人” 不是该项的单位，该项只能以“人”计"),
        (_put("国内市场占有率", 2, "‰"), "C", "只能以“%”计"),
        (_put(REVENUE, 2, "吨"), "C", "“吨” 不是人民币金额的单位"),
        (_put(REVENUE, 2, "万美元"), "C", "不是人民币金额的单位"),
        (_put(RD, 2, "900"), "C", "是数不是单位"),
        (_put("企业名称", 2, "家"), "C", "该项没有单位"),
        (_put(RD, 3, "900"), "D", "“900” 写在“可填”一列，不会当作答案"),
        (_put(RD, 3, "约900万"), "D", "写在“可填”一列"),
        (_put("独立法人资格", 3, "否"), "D", "写在“可填”一列"),
        (_put("企业名称", 3, "乙厂"), "D", "写在“可填”一列"),
        (_put(RD, 4, "900"), "E", "写在“何处取数”一列"),
        (_put("上年度所指年份", 4, "2025"), "E", "写在“何处取数”一列"),
        (_put(RD, 5, "900"), "F", "在填报表没有的一列里"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_cell(
    edit: Callable[[Rows], None], cell: str, said: str, tmp_path: Path
) -> None:
    """A unit in which the figure cannot be, and an answer in another column, are told with cell and remedy."""
    rows, before = _rows(), _rows()
    edit(rows)
    [problem] = _refused(rows, tmp_path)
    [row] = [at for at, (one, other) in enumerate(zip(rows, before, strict=True), 1) if one != other]
    assert problem.startswith(f"form.csv:{cell}{row}: ")
    assert said in problem


@pytest.mark.parametrize("head", ["填写内容2", "乙公司", "", "填写"])
def test_a_second_column_of_answers_is_refused(head: str, tmp_path: Path, capfdbinary: Capture) -> None:
    """One form is of one firm: a second column of answers is refused once, and by a screening too."""
    rows = _rows()
    rows = [[*row, head if row[0] == "指标" else "999" if row[0] in ANSWERS else ""] for row in rows]
    rows = [row if len(row) > 2 else row[:1] for row in rows]
    [problem] = _refused(rows, tmp_path)
    assert f":F{_at(rows, '企业名称') + 1}: “999” 在填报表没有的一列" in problem
    path = str(_written(rows, tmp_path / "form.csv"))
    for command in (("assess", path), ("evidence", path), ("screen", path, "-o", str(tmp_path / "o.csv"))):
        done = run(capfdbinary, *command, "--rulebook", BOOK, "--as-of", "2026-06-01", "--lang", "zh")
        assert (done.code, "在填报表没有的一列" in done.err) == (1, True)
    done = run(capfdbinary, "ladder", path, "--as-of", "2026-06-01", "--lang", "zh")
    assert (done.code, "在填报表没有的一列" in done.err) == (1, True)


def test_two_answers_to_one_question_are_refused(tmp_path: Path) -> None:
    """An inserted row that repeats a question is told with both rows; one without an answer is none."""
    rows = _rows()
    at = _at(rows, REVENUE)
    rows.insert(at + 1, [REVENUE, "", "万元", "", ""])
    assert _read(rows, tmp_path) == STATED
    rows[at + 1][1] = "19000"
    [problem] = _refused(rows, tmp_path)
    assert f"form.csv:B{at + 2}: “19000” 与第 {at + 1} 行答的是同一项" in problem
    del rows[at + 1]
    rows.insert(at, ["", "19000", "", "", ""])
    assert "左边没有指标的名称" in _refused(rows, tmp_path)[0]


@pytest.mark.parametrize(("given", "missing"), [("上年度（2025年）研发费用", "前年研发费用"), (RD, "上年度研发费用")])
def test_of_a_sum_of_two_years_the_missing_half_is_named(given: str, missing: str, tmp_path: Path) -> None:
    """With one year of two stated, the check of the sum names the other one, and that alone."""
    rows = _rows()
    _put(given, 1, "900")(rows)
    found = assess(_read(rows, tmp_path), BOOK, DAY)
    [check] = [check for one in found.criteria for check in one.checks if check.fact == "rd_expense_sum_2y"]
    assert f"缺少“{missing}”（要求" in check.explanation.zh
    stated = {"上年度研发费用", "前年研发费用"} - {missing}
    assert {one.title.zh for one in found.missing} & {*stated, missing} == {missing}


def test_remarks_are_heeded_as_those_of_a_list(tmp_path: Path) -> None:
    """A column 备注, and what a firm writes above and below, is looked at for another unit or year."""
    rows = _rows()
    rows = [
        [*row, "备注" if row[0] == "指标" else "未审计" if row[0] == REVENUE else ""] if len(row) > 1 else row
        for row in rows
    ]
    assert _read(rows, tmp_path) == STATED
    for at, text in ((1, "单位：元"), (len(rows), "以上金额均为元")):
        [problem] = _refused([*rows[:at], [text], *rows[at:]], tmp_path)
        assert "写明的单位或币种与列名不同" in problem
        assert f"备注（A{at + 1}）" in problem


def test_the_line_of_a_mistake_is_its_row(tmp_path: Path, capfdbinary: Capture) -> None:
    """What cannot be read is told with the row of the form, by every door."""
    rows = _rows()
    _put(REVENUE, 1, "约2亿")(rows)
    row = _at(rows, REVENUE) + 1
    [problem] = _refused(rows, tmp_path)
    assert problem.startswith(f"form.csv:{row}:{REVENUE}")
    path, out = str(tmp_path / "form.csv"), tmp_path / "o.csv"
    assert run(capfdbinary, "screen", path, "-o", str(out), "--rulebook", BOOK, "--as-of", "2026-06-01").code == 1
    [_, rejected] = csv.reader((tmp_path / "o.rejected.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (rejected[0], rejected[2]) == (str(row), "甲厂")


def _book(edit: Callable[[Any, dict[str, Any]], None], tmp_path: Path, lang: Language = "zh") -> Path:
    book = openpyxl.load_workbook(BytesIO(form_bytes(blank_form(shipped(), DAY, BOOK, lang=lang), "f.xlsx", lang)))
    sheet = book.worksheets[0]
    edit(sheet, {row[0].value: row for row in sheet.iter_rows()})
    book.save(tmp_path / "form.xlsx")
    return tmp_path / "form.xlsx"


def test_a_workbook_is_filled_in_with_usual_habits(tmp_path: Path) -> None:
    """A renamed sheet, one more, percentages, days, 亿 and 前3名, titles, a comment: all is read."""

    def edit(sheet: Any, rows: dict[str, Any]) -> None:
        for name, said in ANSWERS.items():
            rows[name][1].value = said
        rows[REVENUE][1].value = "2.1亿"
        share = rows["国内市场占有率"][1]
        share.value, share.number_format = 0.15, "0%"
        day = rows["获奖日期"][1]
        day.value, day.number_format = datetime(2024, 4, 1), "yyyy/m/d"  # noqa: DTZ001
        rows["国内市场占有率排名"][1].value = "前3名"
        rows["有效期内的称号"][1].value = "高新技术企业、省级专精特新中小企业，创新型"
        rows["独立法人资格"][1].comment = openpyxl.comments.Comment("见执照", "张三")
        sheet.title = "甲厂"
        sheet.parent.create_sheet("说明")["A1"] = "补充材料另附"

    read = dict(profile_of(_book(edit, tmp_path), rulebook=BOOK, as_of=DAY))
    assert read["revenue_y0"] == "2.1亿"
    assert read["domestic_market_share_pct"] == "15%"
    assert read["award_date"] in {"2024/4/1", "2024-04-01"}
    assert read["domestic_rank"] == "前3名"
    assert "专精特新" in read["valid_titles"]


def test_a_mistake_of_a_workbook_names_its_sheet(tmp_path: Path) -> None:
    """The sheet stands before the cell or the row."""

    def edit(sheet: Any, rows: dict[str, Any]) -> None:
        sheet.title = "甲厂"
        rows["企业名称"][1].value = "甲厂"
        rows[REVENUE][1].value = "约2亿"

    with pytest.raises(InputError, match=r"^form\.xlsx:甲厂:[0-9]+:上年度"):
        profile_of(_book(edit, tmp_path), rulebook=BOOK, as_of=DAY)


def test_a_figure_merged_over_questions_is_refused(tmp_path: Path) -> None:
    """Whose such a figure is, of two years, nobody knows."""

    def edit(sheet: Any, rows: dict[str, Any]) -> None:
        rows["企业名称"][1].value = "甲厂"
        cell = rows[REVENUE][1]
        cell.value = 21000
        sheet.merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=2, end_column=2)

    with pytest.raises(InputError, match="营业收入"):
        profile_of(_book(edit, tmp_path), rulebook=BOOK, as_of=DAY)


def test_a_sheet_named_after_another_year_or_beside_is_told(tmp_path: Path, capfdbinary: Capture) -> None:
    """The name of the sheet is heeded as a remark is, and a sheet that is not read is named by every door."""

    def edit(sheet: Any, rows: dict[str, Any]) -> None:
        rows["企业名称"][1].value = "甲厂"
        rows[REVENUE][1].value = 21000
        sheet.parent.copy_worksheet(sheet).title = "乙厂"

    options = ("--rulebook", BOOK, "--as-of", "2026-06-01", "--lang", "zh")
    for command in ("assess", "evidence"):
        done = run(capfdbinary, command, str(_book(edit, tmp_path)), *options)
        assert (done.code, "未读的工作表：乙厂" in done.err) == (0, True)

    def rename(sheet: Any, rows: dict[str, Any]) -> None:
        edit(sheet, rows)
        sheet.title = "2024年度"

    with pytest.raises(InputError, match="another time than the last full year"):
        profile_of(_book(rename, tmp_path), rulebook=BOOK, as_of=DAY)


def test_help_of_an_older_form_is_no_remark(tmp_path: Path) -> None:
    """What an older form said that may be written, without what was added to it, is passed over as help."""
    rows = _rows()
    _put("上年度（2025年）主营业务收入", 3, "数，如 21000；也可写 2.1亿")(rows)
    _put("上年度（2025年）主营业务收入占营业收入比重", 3, "数，如 15 表示 15% 有上面各数的不必填。")(rows)
    _put("上年度所指年份", 3, "判定日在2025年的不必填；在别的年份的，填表里的上年度：2024")(rows)
    found = profile_of(_written(rows, tmp_path / "form.csv"), rulebook=BOOK, as_of=DAY)
    assert (dict(found), found.unread, found.notes) == (STATED, (), ())
