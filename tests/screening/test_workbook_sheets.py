"""The workbook that an officer hands on: every firm, counts that add up, words for ids, ready to be printed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from engine import assess, shipped
from tests.rulebooks.test_area_routing import copied, write
from tests.shell import run

if TYPE_CHECKING:
    from engine.ground.errors import Language

_LIST = """企业名称,统一社会信用代码,营业收入（万元）,有效期内的称号,出口企业,联系电话,邮编
甲,91330200MA2AAAAA0X,5000.5,专精特新中小企业,是,13812345678,050000
乙,,约5,创新型中小企业,否,0311-8888,1
丙,91330200MA2BBBBB0X,60000,,,,
合计,,65000,,,,
"""

BY = ("--rulebook", "miit-2026-little-giant", "--as-of", "2026-06-01")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a list and of the workbook that comes of it."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "名单.csv").write_text(_LIST, encoding="utf-8")
    words = ["--carry", "--figures", "--as-of", "2026-06-01", "--rulebook", "miit-2026-little-giant"]
    code = "from engine.command.cli import main; main()"
    command = [sys.executable, "-c", code, "screen", str(folder / "名单.csv"), *words]
    done = subprocess.run([*command, "-o", str(folder / "out.xlsx")], capture_output=True, check=False)
    assert done.returncode == 1
    return folder


def test_the_sheets_of_a_workbook(book: Path) -> None:
    """Each firm stands once in its place, numbers are numbers, and nothing is said by an id."""
    sheets = load_workbook(book / "out.xlsx")
    assert sheets.sheetnames == ["结论", "汇总", "未比对的企业", "未比对的问题", "汇总明细"]
    head, *rows = [[cell.value for cell in row] for row in sheets["结论"]]
    firms = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["行号"], one["企业名称"], one["总体结论"] == "未比对") for one in firms] == [
        (2, "甲", False),
        (3, "乙", True),
        (4, "丙", False),
    ]
    assert head[3:8] == ["总体结论", "无法判定的情形", "不符合项数", "缺少项数（含待评审）", "说明"]
    assert (firms[0]["联系电话"], firms[0]["邮编"], firms[1]["联系电话"], firms[1]["邮编"]) == (
        13812345678,
        "050000",
        "0311-8888",
        1,
    )
    assert firms[1]["说明"].startswith("营业收入（万元） “约5” 只是约数。")
    assert firms[0]["有效期内的称号"] == "专精特新中小企业"
    assert firms[2]["不符合项数"] == sum(firms[2][name] == "不符合" for name in head[8:] if name != "总体结论")
    texts = [str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row]
    assert not [text for text in texts if text in {"True", "False"} or text.startswith((",", "revenue_y0", "not_"))]


def test_the_page_for_the_chief_adds_up(book: Path) -> None:
    """It says whose text, which day and list, how many of what, and who alone recognises."""
    page = [row[0] for row in load_workbook(book / "out.xlsx")["汇总"].iter_rows(values_only=True) if row[0]]
    assert page[0] == "专精特新“小巨人”企业认定标准（2026年）"
    assert page[1] == "判定日：2026年6月1日　名单：名单.csv　依据：工信部企业〔2026〕2号"
    assert page[2].startswith("名单共 3 家企业：符合 0 家，")
    assert sum(int(word.split()[1]) for word in page[2].split("：")[1].split("（")[0].split("，")) == 3
    assert "名单中另有 1 行是合计、备注或落款，不是企业，不计入。" in page
    assert "本结论按公开条件自动比对得出，仅供参考；称号由主管部门认定。" in page


def test_the_page_for_the_chief_is_a_page_and_the_rest_stands_behind(book: Path) -> None:
    """Of long lists it tells the first, and where all of it stands; there is also how each column was understood."""
    sheets = load_workbook(book / "out.xlsx")
    page, whole = ([row[0] for row in sheets[name].iter_rows(values_only=True)] for name in ("汇总", "汇总明细"))
    named = whole[whole.index("条件") + 1 :][: whole[whole.index("条件") :].index(None) - 1]
    table = page[page.index("条件") + 1 :][: page[page.index("条件") :].index(None) - 1]
    *short, said, informs = table
    assert set(short) < set(named)
    *deciding, last = named[len(short) :]
    assert said == f"下列 {len(deciding)} 项条件各家都无法判定：{'；'.join(deciding)}。"
    assert informs == f"下列 1 项仅供参考的条件各家都无法判定：{last.removesuffix('（仅供参考）')}。"
    assert not any(str(line).startswith("规则编号") for line in page)
    assert str(whole[-1]).startswith("规则编号：miit-2026-little-giant；校验码：")
    assert len(page) < 60
    assert ("营业收入（万元）" in whole, "列" in page) == (True, False)


_NAMED = """企业名称,营业收入（万元）,从业人数,行业大类代码,研发费用,申报类型
甲,5000,100,35,10,新申报
乙,900000,5000,35,200000,新申报
丙,800000,5000,35,200000,新申报
丁,5000,100,35,900,新申报
丁,5000,100,35,900,新申报
戊,5000,100,35,900,复核
约,约5,100,35,900,复核
己,5000,100,35,约9,新申报
"""


def test_firms_that_one_criterion_disqualifies_and_the_nearest_are_named(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """By criterion, with their lines; the nearest with how many conditions are met and open, doubles marked."""
    (tmp_path / "in.csv").write_text(_NAMED, encoding="utf-8")
    words = ("-o", str(tmp_path / "out.xlsx"), "--summary", str(tmp_path / "s.json"), *BY[2:], "--level", "小巨人")
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words)
    sheets = load_workbook(tmp_path / "out.xlsx")
    head, *rows = sheets["结论"].iter_rows(values_only=True)
    page = [[cell for cell in row if cell is not None] for row in sheets["汇总"].iter_rows(values_only=True)]
    at = page.index(["仅此不符合的企业", "企业、它的数和要求", "家数"])
    alone = [(row[1].partition("行）：")[0], *row[2:]) for row in page[at + 1 : page.index([], at)]]
    assert alone[(two := alone.index(("丙（第 4 ", 2))) : two + 2] == [
        ("丙（第 4 ", 2),
        ("乙（第 3 ",),
    ]  # the nearer first
    why = "上年度营业收入：800,000 万元，要求低于 40,000 万元，超出 760,000 万元"
    assert why in page[at + 1 + two][1]
    start = next(place for place, row in enumerate(page) if row[:1] == ["最接近的企业（没有不符合）"])
    assert page[start][1:] == ["符合条件数（含不适用）", "无法判定条件数", "缺少项数（含待评审）"]
    told = {row[0]: row[1:3] for row in page[start + 1 : page.index([], start)]}
    [verdict] = [dict(zip(head, row, strict=True)) for row in rows if row[0] == 5]
    open_, outcomes = len(verdict["无法判定的条件"].split("、")), list(verdict.values())
    assert told["丁（第 5 行，按工信部企业〔2026〕2号），该企业另有一行"] == [outcomes.count("符合"), open_]
    assert all(len(row) == 4 for row in page[start + 1 : page.index([], start)])


def test_the_first_line_of_a_problem_is_the_first_of_all_editions(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Where two editions judge, the line told for a kind of problem is that of the first row that has it."""
    rows = ["甲,新申报,5", "乙,复核,约5", "丙,新申报,约5", "丁,复核,约5"]
    for order in (rows, rows[::-1]):
        (tmp_path / "in.csv").write_text("\n".join(["企业名称,申报类型,营业收入", *order]), encoding="utf-8")
        asked = ("-o", str(tmp_path / "out.csv"), "--summary", str(tmp_path / "s.json"), *BY[2:], "--level", "小巨人")
        run(capfdbinary, "screen", str(tmp_path / "in.csv"), *asked)
        [problem] = json.loads((tmp_path / "s.json").read_text("utf-8"))["problems"]
        first = next(line for line, row in enumerate(order, 2) if "约5" in row)
        assert (problem["count"], problem["first_line"]) == (3, first)


def test_the_nearest_say_by_which_text_they_were_judged(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Where several editions judge, each firm has its own beside its line."""
    (tmp_path / "in.csv").write_text("企业名称,申报类型,营业收入\n甲,新申报,8000\n乙,复核,8000\n", encoding="utf-8")
    words = ("-o", str(tmp_path / "out.csv"), *BY[2:], "--level", "小巨人", "--lang", "zh")
    said = run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words).err
    assert "甲（第 2 行，按工信部企业〔2026〕2号）" in said
    assert "乙（第 3 行，按工信部企业〔2022〕63号）" in said


def test_what_does_not_apply_is_told_apart(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Of those that meet a criterion it is said how many do because it does not apply to them."""
    (tmp_path / "in.csv").write_text(_NAMED.replace("新申报", "复核"), encoding="utf-8")
    out = tmp_path / "out.xlsx"
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(out), *BY[2:], "--level", "小巨人")
    sheets = load_workbook(out)
    head, *rows = sheets["结论"].iter_rows(values_only=True)
    firms = [dict(zip(head, row, strict=True)) for row in rows]
    page = [row for row in sheets["汇总明细"].iter_rows(values_only=True) if row[0] is not None]
    table = page[1:]
    idle = {name: sum(one[name] == "符合（不适用）" for one in firms) for name in head}
    assert any(idle.values())
    assert table[0][5] == "符合中不适用"
    assert {row[0]: row[5] for row in table[1:] if idle.get(row[0])} == {n: k for n, k in idle.items() if k}


def test_what_the_list_has_no_column_for_is_said_once(book: Path) -> None:
    """On the page by name, in each row by number; what a column is for is named in the row that lacks it."""
    sheets = load_workbook(book / "out.xlsx")
    head, first, _, last = sheets["结论"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in (first, last)]
    [said] = [row[0] for row in sheets["汇总"].iter_rows(values_only=True) if str(row[0]).startswith("名单没有下列")]
    for row in rows:
        verdict = assess(
            {"营业收入（万元）": row["营业收入（万元）"], "有效期内的称号": row["有效期内的称号"]},
            rulebook=BY[1],
            as_of=BY[3],
        )
        columns = {"revenue_y0", "valid_titles"}
        names = [one.title.zh for one in verdict.missing if one.fact in columns]
        others = [one.title.zh for one in verdict.missing if one.fact not in columns]
        assert row["缺少的指标"] == "、".join([*names, f"名单里没有列的 {len(others)} 项"])
        assert all(name in said and name not in str(row["说明"]) for name in others)
        assert all(f"“{name}”" in str(row["说明"]) and name not in said for name in names)


def test_who_is_not_judged_stands_once_with_whom_to_call(book: Path) -> None:
    """One line a firm with the caller's columns, and one a problem, in words."""
    sheets = load_workbook(book / "out.xlsx")
    head, row = [[cell.value for cell in row] for row in sheets["未比对的企业"]]
    assert dict(zip(head, row, strict=True))["联系电话"] == "0311-8888"
    _, row = [[cell.value for cell in row] for row in sheets["未比对的问题"]]
    assert row[:6] == [3, None, "乙", "营业收入（万元）", "上年度营业收入", "约5"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "该代码出现 2 次（另见第 {} 行）。各行分别比对，没有合并；请核对。"),
        ("en", "This id stands in 2 rows (also line {}). Rows are taken one by one and none was merged: check them."),
    ],
)
@pytest.mark.parametrize("words", [["--rulebook", "all-new"], ["--level", "little_giant"]])
def test_a_firm_that_stands_twice_is_told_beside_each_row(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, words: list[str], lang: str, told: str
) -> None:
    """It is in the notes of both its rows, judged or not and whichever edition judged them, and in no other's."""
    rules = copied(tmp_path / "rules")
    write(rules, "all-new", "little_giant", "", "new", 100)
    write(rules, "all-review", "little_giant", "", "review", 50)
    rows = [
        "甲,1111,5000,新申报",
        "乙,2222,5000,新申报",
        "甲,1111,约5,复核",
        "丙,3333,5000,新申报",
        "乙,2222,6000,复核",
    ]
    (tmp_path / "in.csv").write_text(
        "\n".join(["企业名称,统一社会信用代码,研发费用,申报类型", *rows]), encoding="utf-8"
    )
    asked = ["-o", str(tmp_path / "out.xlsx"), "--rules", str(rules), "--as-of", "2026-06-01", "--lang", lang, *words]
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), *asked)
    head, *found = load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(values_only=True)
    place = head.index({"zh": "提醒", "en": "Notes"}[lang])
    others = [4, 6, 2, None, 3]
    said = [told.format(other) in str(row[place]) for other, row in zip(others, found, strict=True)]
    assert said == [other is not None for other in others]


def test_sheets_are_ready_to_be_printed(book: Path) -> None:
    """Tables lie on their side, as wide as the paper, with header and number on every page, and can be filtered.

    What is for whoever decides is one page.
    """
    for sheet in load_workbook(book / "out.xlsx"):
        pages = None if sheet.title == "汇总" else 0  # one, which need not be written
        assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (pages, 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        if not sheet.title.startswith("汇总"):
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.auto_filter.ref


def test_what_is_printed_of_a_firm_fits_the_width_of_a_page(book: Path) -> None:
    """Up to the notes, or to what it hangs on if anything does, without the names that its reasons have too."""
    sheet = load_workbook(book / "out.xlsx")["结论"]
    last = sheet.print_area.split(":")[1].strip("$0123456789")
    printed = [cell.value for cell in sheet[1][: sheet[f"{last}1"].column]]
    hangs = [row[printed.index("提醒") + 1] for row in sheet.iter_rows(values_only=True)][1:]
    assert printed[-1] == ("取决于读法" if any(hangs) else "提醒")
    assert "缺少的指标" not in printed
    assert sheet.page_setup.fitToWidth in {None, 1}


def test_what_is_empty_for_all_is_not_printed(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Where no verdict hangs on a reading the print ends before that column, and what is not read comes along."""
    (tmp_path / "in.csv").write_text("企业名称,营业收入,联系人\n甲,5000,张三\n", encoding="utf-8")
    words = ("-o", str(tmp_path / "out.xlsx"), "--carry", *BY)
    said = run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words).err
    assert "未读取的列（照原样带入结果）：" in said
    sheet = load_workbook(tmp_path / "out.xlsx")["结论"]
    head, row = sheet.iter_rows(values_only=True)
    assert (row[head.index("取决于读法")], row[head.index("联系人")]) == (None, "张三")
    last = sheet.print_area.split(":")[1].strip("$0123456789")
    assert head[sheet[f"{last}1"].column - 1] == "提醒"


def test_a_ladder_without_a_level_reached_says_so(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """No cell of the highest level is blank in a workbook."""
    (tmp_path / "in.csv").write_text("企业名称,营业收入\n甲,5000\n", encoding="utf-8")
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.xlsx"), "--rulebook", "ladder")
    head, row = load_workbook(tmp_path / "out.xlsx")["结论"].iter_rows(values_only=True)
    assert row[head.index("达到的最高层级")] == "—"


def test_choices_are_told_in_their_words(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """What may be written for a choice stands there in Chinese, as it is understood, and not as a code."""
    (tmp_path / "in.csv").write_text("企业名称,申报类型\n甲,再次\n", encoding="utf-8")
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.xlsx"))
    _, row = load_workbook(tmp_path / "out.xlsx")["未比对的问题"].iter_rows(values_only=True)
    assert row[-1] == "可填：“新申报”、“复核”。"


@pytest.mark.parametrize(("lang", "mark"), [("zh", "（仅供参考）"), ("en", " (informs only)")])
def test_a_criterion_that_only_informs_says_so_in_the_header(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, lang: Language, mark: str
) -> None:
    """In words, the header of a criterion that does not decide says so, in a workbook and in CSV; an id stays one."""
    (tmp_path / "in.csv").write_text("企业名称,营业收入\n甲,5000\n", encoding="utf-8")
    rules = "miit-2026-little-giant"
    titles = {one.words.title.in_language(lang): one.words.decides for one in shipped().rulebook(rules).criteria}
    said = [title if decides else f"{title}{mark}" for title, decides in titles.items()]
    assert said != list(titles)
    for name, words in (("out.xlsx", []), ("out.csv", ["--labels", "titles"]), ("ids.csv", [])):
        asked = [str(tmp_path / "in.csv"), "-o", str(tmp_path / name), "--rulebook", rules, "--lang", lang, *words]
        run(capfdbinary, "screen", *asked)
    header = [cell.value for cell in next(load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows())]
    assert [one for one in header if one in said] == said
    [header, *_] = csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    assert [one for one in header if one in said] == said
    assert mark.strip() not in (tmp_path / "ids.csv").read_text(encoding="utf-8").splitlines()[0]


def test_headings_of_what_is_to_be_mended_are_words(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """In English the sheets of rejected firms and of problems, and the rejected CSV, begin as the first sheet does."""
    (tmp_path / "in.csv").write_text("企业名称,营业收入\n甲,约5\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(out), "--lang", "en", *BY)
    heads = [[cell.value for cell in next(iter(sheet.rows))] for sheet in load_workbook(out)]
    [written, *_] = csv.reader((tmp_path / "out.rejected.csv").read_text(encoding="utf-8-sig").splitlines())
    assert heads[0][:3] == heads[2][:3] == heads[3][:3] == written[:3] == ["Line", "Firm id", "Firm name"]
    assert heads[3] == written
    assert all(name[0].isupper() and "_" not in name for name in written)


def page_of(capture: pytest.CaptureFixture[bytes], folder: Path, rows: str, *words: str) -> list[str]:
    """Give what the page for whoever decides says of a list, line by line."""
    (folder / "in.csv").write_text(rows, encoding="utf-8")
    out = folder / "out.xlsx"
    run(capture, "screen", str(folder / "in.csv"), "-o", str(out), "--as-of", "2026-06-01", *words)
    sheet = load_workbook(out).worksheets[1]
    return [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0] is not None]


@pytest.mark.parametrize(
    ("lang", "account", "level"),
    [
        (
            "zh",
            "名单共 3 家企业：已比对 2 家，未比对 1 家",
            "科技型中小企业：符合 0 家，不符合 1 家，无法判定 1 家。",
        ),
        (
            "en",
            "3 firms in the list: 2 judged, 1 rejected",
            "Technology-based SME: met by 0, not met by 1, undetermined 1.",
        ),
    ],
)
def test_the_page_of_a_ladder_counts_by_level(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, lang: str, account: str, level: str
) -> None:
    """It says of each level how many meet it, and of all levels together only how many firms were judged."""
    rows = "企业名称,从业人数,营业收入\n甲,900,5000\n乙,20,5000\n丙,20,约5\n"
    page = page_of(capfdbinary, tmp_path, rows, "--rulebook", "ladder", "--lang", lang)
    assert page[2].startswith(account)
    assert level in page
    assert not any(word in line for line in page for word in ("仅此不符合", "Fails alone", "fails alone"))


def test_the_page_names_what_is_not_read(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Columns that are not read are named in a line, without what numbers the rows, the first where there are many."""
    words, said = ("--level", "小巨人"), "名单中未读取的列："
    rows = "序号,企业名称,市场占有率,联系电话\n1,甲,20,1\n"
    [line] = [one for one in page_of(capfdbinary, tmp_path, rows, *words) if one.startswith(said)]
    assert line == f"{said}市场占有率、联系电话（原因见“汇总明细”）。"
    many = [f"杂项{place:02}" for place in range(14)]
    rows = f"企业名称,{','.join(many)}\n甲{',1' * 14}\n"
    [line] = [one for one in page_of(capfdbinary, tmp_path, rows, *words) if one.startswith(said)]
    assert line == f"{said}{'、'.join(many[:12])}等 14 列（原因见“汇总明细”）。"
    assert not any(one.startswith(said) for one in page_of(capfdbinary, tmp_path, "序号,企业名称\n1,甲\n", *words))


@pytest.mark.parametrize(("lang", "between"), [("zh", "、"), ("en", "; ")])
def test_the_page_of_several_editions_is_named_after_all(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, lang: Language, between: str
) -> None:
    """Where new applications and reviews are judged by two editions, both are in the title."""
    rows = "企业名称,申报类型\n甲,新申报\n乙,复核\n"
    page = page_of(capfdbinary, tmp_path, rows, "--level", "小巨人", "--lang", lang)
    names = ("miit-2026-little-giant", "miit-2022-little-giant")
    assert page[0] == between.join(shipped().rulebook(name).words.title.in_language(lang) for name in names)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "“统一社会信用代码”不是 18 位，而多数代码是 18 位。请核对统一社会信用代码。"),
        ("en", "Firm id has not the 18 characters that most codes here have. Check the unified social credit code."),
    ],
)
@pytest.mark.parametrize("words", [BY, ("--level", "little_giant", "--as-of", "2026-06-01")])
def test_a_code_of_another_length_is_noted_in_its_row(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, words: tuple[str, ...], lang: Language, told: str
) -> None:
    """Each row with such a code says so, judged or not, beside what else is noted; none where most codes are short."""
    sound, short = [f"913302{place:02}MA2AAAAA0X" for place in range(5)], "91330200"
    codes = [*sound[:3], short, *sound[3:], "9133", short]
    for several, noted, doubles in ((codes, {3, 6, 7}, {3: 9, 7: 5}), ([short, "1", sound[0]], set(), {})):
        figures = ["约5" if code == "9133" else "5" for code in several]
        rows = [f"企业{code},{code},{figure},新申报" for code, figure in zip(several, figures, strict=True)]
        (tmp_path / "in.csv").write_text("\n".join(["企业名称,统一社会信用代码,研发费用,申报类型", *rows]), "utf-8")
        out = tmp_path / "out.xlsx"
        run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(out), "--lang", lang, *words)
        head, *found = load_workbook(out).worksheets[0].iter_rows(values_only=True)
        notes = [str(row[head.index({"zh": "提醒", "en": "Notes"}[lang])]) for row in found]
        assert {place for place, note in enumerate(notes) if told in note} == noted
        other = {"zh": "另见第 {} 行", "en": "also line {}"}[lang]
        assert all(other.format(line) in notes[place] for place, line in doubles.items())


_NONE_CLEAN = """企业名称,营业收入,主营业务收入,从业人数,行业大类代码,有效期内的称号,ip_class1_own_related_applied
甲,4000,2000,100,35,专精特新中小企业,
乙,4900,4400,100,35,专精特新中小企业,
丙,6000,5700,100,35,专精特新中小企业,0
"""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("firms", "title", "first", "why"), [
    ("甲乙丙", "有不符合、还可能符合的企业", "丙（第 4 行）", "除非"),
    ("甲乙", "不符合项数最少的企业", "甲（第 2 行）", "4,000 万元，要求不低于 5,000 万元，还差 1,000 万元"),
])  # fmt: skip
def test_who_is_nearest_where_something_fails_of_all(
    firms: str, title: str, first: str, why: str, lang: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Firms that another way could save are named with it; where there are none, those that fail least."""
    head, *rows = _NONE_CLEAN.splitlines()
    (tmp_path / "in.csv").write_text("\n".join([head, *(row for row in rows if row[0] in firms)]), encoding="utf-8")
    words = ("-o", str(tmp_path / "out.xlsx"), "--summary", str(tmp_path / "s.json"), "--as-of", "2026-06-01")
    words = (*words, "--lang", lang, "--level", "小巨人")
    done = run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words)
    summary = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert summary["nearest"] == []
    [named, *_] = summary["another_way"] or summary["fewest_unmet"]
    assert (named["firm_name"], bool(summary["another_way"])) == (first[0], "丙" in firms)
    page = load_workbook(tmp_path / "out.xlsx").worksheets[1]
    told = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    assert any(row[0].startswith(first[0]) and row[1] == named["why"].rstrip("。. ") for row in told if len(row) > 1)
    if lang == "zh":
        assert why in named["why"]
        assert title in done.err.splitlines()
        assert f"  {first}" in done.err
        assert [title in row[:1] for row in told].count(True) == 1
        counted = "各表的“无法判定”包括按所填不符合、另一条件符合方可的条件"
        assert any(str(row[:1]).startswith(f"['{counted}") for row in told) == ("丙" in firms)
        assert ("无法判定条件数（含按所填不符合的）" in done.err) == ("丙" in firms)


def test_what_is_carried_and_not_read_stands_where_it_is_seen(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """A telephone stands beside the name of a firm that is not judged, and before the criteria; figures stand last."""
    (tmp_path / "in.csv").write_text(
        "企业名称,营业收入（万元）,联系电话\n甲,约5,13912345678\n乙,60000,138\n", encoding="utf-8"
    )
    run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.xlsx"), "--carry", *BY)
    book = load_workbook(tmp_path / "out.xlsx")
    head, *rows = [list(row) for row in book["结论"].iter_rows(values_only=True)]
    phone, figure = head.index("联系电话"), head.index("营业收入（万元）")
    assert phone < head.index("营业收入") < figure == len(head) - 1
    assert [(row[phone], row[figure]) for row in rows] == [(13912345678, "约5"), (138, 60000)]
    whose, refused = [list(row) for row in book["未比对的企业"].iter_rows(values_only=True)]
    assert whose[2:] == ["企业名称", "联系电话", "问题与填写方法", "营业收入（万元）"]
    assert (refused[2], refused[3], refused[5]) == ("甲", 13912345678, "约5")
    formats = [book["未比对的企业"].cell(2, 4), book["结论"].cell(2, phone + 1), book["结论"].cell(3, figure + 1)]
    assert [cell.number_format for cell in formats] == ["General", "General", "#,##0"]


def test_an_edition_that_judged_no_row_has_no_columns(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A workbook and its page leave out the text for reviews if every review is refused; CSV keeps its columns."""
    path = tmp_path / "in.csv"
    path.write_text("企业名称,申报类型,营业收入\n甲,新申报,5\n乙,复核,约5\n", encoding="utf-8")
    for form, is_kept in (("xlsx", False), ("csv", True)):
        out = tmp_path / f"out.{form}"
        run(capfdbinary, "screen", str(path), "-o", str(out), "--level", "小巨人", "--as-of", "2026-06-01")
        if form == "csv":
            told = out.read_text(encoding="utf-8-sig").splitlines()[0].replace("miit-2022-", "（2022年）")
        else:
            book = load_workbook(out)
            told = str([[*row] for name in ("结论", "汇总") for row in book[name].iter_rows(values_only=True)])
        assert ("（2022年）" in told) == is_kept
