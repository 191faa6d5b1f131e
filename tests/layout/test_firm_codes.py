"""Codes and names of firms: which rows are one firm's, which codes are damaged, and how they come out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from engine import Order, ScreeningSummary, assess, screen_file
from tests.small_rules import rulebook_asking

DAY = date(2026, 6, 1)
BOOK = rulebook_asking("revenue_y0")
Rows = list[dict[str, str]]


def _screened(folder: Path, content: str) -> tuple[ScreeningSummary, Rows, Rows]:
    """Give the summary, the verdict rows and the warnings of a CSV file."""
    source, out = folder / "in.csv", folder / "out.csv"
    source.write_text(content, encoding="utf-8")
    order = Order(BOOK, DAY, out, "csv", rejected=folder / "no.csv", warnings=folder / "odd.csv")
    summary = screen_file(source, order)
    return summary, _rows(out), _rows(folder / "odd.csv")


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_firm_however_its_code_is_typed(tmp_path: Path) -> None:
    """Case, blanks, hyphens, width and what a spreadsheet puts around a code make no other firm of it."""
    codes = [
        "91330200MA2AAAAA0X",
        "91330200MA2AAAAA0x",
        " 91330200MA2AAAAA0X ",
        "'91330200MA2AAAAA0X",
        "\t91330200MA2AAAAA0X",
    ]
    codes += [
        "9133-0200-MA2A-AAAA-0X",
        "９１３３０２００MA2AAAAA0X",
        '"=""91330200MA2AAAAA0X"""',
        "91330200 MA2AAAAA0X",
        "000001",
    ]
    codes += ["9.1330200123456E+17", "9.1330200123456E+17", "913302001234560000", "-", ""]
    names = [f"企业{n}" for n in range(len(codes) - 2)]
    rows = [f"{code},{name},4000" for code, name in zip(codes, [*names, "企业0", "企业14"], strict=True)]
    _, verdicts, odd = _screened(tmp_path, "\n".join(["统一社会信用代码,企业名称,上年度营业收入（万元）", *rows, ""]))
    told = {(row["行号"], row["问题"]) for row in odd}
    assert {line for line, what in told if what.startswith("该代码出现 9 次")} == {str(n) for n in range(2, 11)}
    assert {line for line, what in told if "改坏" in what} == {"12", "13", "14"}
    assert {line for line, what in told if "不是 18 位" in what} >= {"11"}
    assert not any("出现 2 次" in what for _, what in told)
    assert [row["firm_id"] for row in verdicts[:5]] == [
        "91330200MA2AAAAA0X",
        "91330200MA2AAAAA0x",
        *["91330200MA2AAAAA0X"] * 3,
    ]
    assert verdicts[7]["firm_id"] == "91330200MA2AAAAA0X"


def test_a_name_twice_without_codes(tmp_path: Path) -> None:
    """Without codes the same name twice is remarked on, and nothing is said of the length of codes."""
    _, verdicts, odd = _screened(
        tmp_path, '企业名称,上年度营业收入（万元）\n甲公司,1\n乙公司,2\n甲 公司,3\n"=""甲公司""",4\n'
    )
    others = {"2": "5", "4": "2、5", "5": "2"}
    told = [(row["行号"], row["问题"]) for row in odd]
    assert told == [(line, f"该企业名称出现 3 次（另见第 {other} 行）") for line, other in others.items()]
    assert verdicts[3]["firm_name"] == "甲公司"


def test_short_codes_of_most_firms_are_theirs(tmp_path: Path) -> None:
    """Where most codes have not 18 characters, none is remarked on for that."""
    _, _, odd = _screened(tmp_path, "统一社会信用代码,企业名称\nA1,甲\nA2,乙\n91330200MA2AAAAA0G,丙\n")
    assert odd == []


def test_a_column_without_a_unit(tmp_path: Path) -> None:
    """Of money without any unit of which most figures are out of range it is said once, with what it may be."""
    figures = [185000000, 21000000, 4000, 99000000, ""]
    rows = [f"企业{n},{figure}" for n, figure in enumerate(figures)]
    summary, _, odd = _screened(tmp_path, "\n".join(["企业名称,营业收入", *rows, ""]))
    assert [(row["行号"], row["问题"]) for row in odd] == [("", "没有写单位，按万元读，4 个数中 3 个不在通常范围内")]
    assert "营业收入（元）" in odd[0]["应如何填写"]
    assert [(one.column, one.count) for one in summary.warnings] == [("营业收入", 3)]
    _, _, odd = _screened(tmp_path, "企业名称,营业收入\n甲,185000000\n乙,4000\n丙,5000\n")
    assert [row["行号"] for row in odd] == ["2"]
    _, _, odd = _screened(tmp_path, "企业名称,营业收入（万元）\n甲,185000000\n乙,285000000\n")
    assert [row["行号"] for row in odd] == ["2", "3"]


def test_a_damaged_code_of_one_firm() -> None:
    """A profile's code that a spreadsheet damaged is remarked on, and decides nothing."""
    verdict = assess({"firm_id": "9.1330200123456E+17", "firm_name": "甲"}, as_of=DAY)
    assert [one.where for one in verdict.warnings] == ["firm_id"]
    assert assess({"firm_id": "'91330200MA2AAAAA0X"}, as_of=DAY).firm.firm_id == "91330200MA2AAAAA0X"


def test_a_mistyped_code(tmp_path: Path) -> None:
    """A code of 18 characters whose last does not check the others is noted of one firm and of a row, alike.

    However it is typed; of a sound one, a shorter or a damaged one that is not said.
    """
    codes = [
        "91350100M000100Y34",
        "９１350100m000-100y34",
        "91350100M000100YO3",
        "91350100M000100Y43",
        "C023",
        "91330200MA2AAAAA0G",
    ]
    codes += ["91350100m000-100y43", "913302001234560000", "91350100M000100Y3", ""]
    said = [["校验码" in one.zh for one in assess({"firm_id": code}, as_of=DAY).notes] for code in codes]
    assert [any(one) for one in said] == [True] * 3 + [False] * 7
    rows = "".join(f"{code},甲{place},600\n" for place, code in enumerate(codes))
    _, verdicts, odd = _screened(tmp_path, f"统一社会信用代码,企业名称,营业收入\n{rows}")
    assert ["校验码" in row["notes"] for row in verdicts] == [any(one) for one in said]
    [note] = assess({"firm_id": codes[0]}, as_of=DAY).notes
    assert note.zh in verdicts[0]["notes"]
    assert [row["行号"] for row in odd if "校验码" in row["问题"]] == ["2", "3", "4"]
