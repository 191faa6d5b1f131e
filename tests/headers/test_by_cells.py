"""A header that may be that of several facts is read where the cells below it can only be answers to one."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from engine import InputError, assess, profile_of, screen, shipped
from engine.headers.understanding import understand
from tests.shell import run

VOCABULARY, DAY, BY = shipped().vocabulary, date(2026, 6, 1), "miit-2026-little-giant"
HEADER = ["企业名称", "所属行业", "从业人员数", "营业收入（万元）"]
FIRMS = [
    ["甲公司", "专用设备制造业", "900", "30000"],
    ["乙公司", "软件和信息技术服务业", "900", "30000"],
    ["丙公司", "", "900", "30000"],
]


def _fact(cells: list[str | None], headers: list[str] | None = None) -> str | None:
    found = understand(headers or HEADER[:2], VOCABULARY, as_of=DAY, cells=lambda *_: cells).columns[1]
    return found.fact.id if found.fact else None


@pytest.mark.parametrize(
    ("cells", "fact"),
    [
        (["专用设备制造业", "35", None, "-"], "industry_code_2"),
        (["工业", "建筑业"], "industry_sector"),
        (["批发业"], "industry_code_2"),
        (["专用设备制造业", "高端装备"], None),
        (["专用设备制造业", "工业"], None),
        ([None, "-"], None),
    ],
)
def test_the_cells_tell_the_fact(cells: list[str | None], fact: str | None) -> None:
    """Divisions are divisions and sectors sectors; what is neither, both beside each other, or blank, is not read."""
    assert _fact(cells) == fact


def test_a_few_odd_cells_do_not_stop_the_column() -> None:
    """One odd cell among four is odd, and told; among fewer the column is not read, and the cell is named."""
    division = ["专用设备制造业", "软件和信息技术服务业", "汽车制造业"]
    assert _fact([*division, "高端装备"]) == "industry_code_2"
    assert _fact([*division, "工业"]) == "industry_code_2"
    found = understand(HEADER[:2], VOCABULARY, as_of=DAY, cells=lambda *_: ["汽车制造业", "高端装备"]).columns[1]
    assert found.fact is None
    assert found.how.zh.endswith("；读不出的：高端装备")
    assert "所属行业=所属行业代码" in found.how.zh


FOOTER = [["填表人：张某", "审核：李某", "", ""], ["", "审核：李某", "", ""], ["合计", "3家", "2700", "90000"]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_that_are_no_firms_and_an_odd_cell(
    tmp_path: Path, form: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What stands below a list does not stop its column from being read; an odd cell is told with its line."""
    odd = ["丁公司", "高端装备", "900", "30000"]
    firms = [*FIRMS, ["戊公司", "专用设备制造业", "900", "30000"], odd]
    source, rows = tmp_path / f"in.{form}", [HEADER, *firms, *FOOTER]
    if form == "csv":
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(source)
    words = ("-o", str(tmp_path / "out.csv"), "--rulebook", BY, "--as-of", "2026-06-01")
    said = run(capfdbinary, "screen", str(source), *words)
    assert "按所填内容读作 所属行业代码；读不出的：高端装备" in said.err
    with (tmp_path / "out.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next((one["行号"], one["填写内容"]) for one in csv.DictReader(file)) == ("6", "高端装备")
    table = pa.table(dict(zip(HEADER, zip(*firms, *FOOTER, strict=True), strict=True)))
    problems = screen(table, BY, DAY)["problems"].to_pylist()
    assert [problem and problem[:4] for problem in problems[:5]] == [None, None, None, None, "所属行业"]
    assert assess(profile_of(source, firm="甲公司", rulebook=BY, as_of=DAY), BY, DAY).firm.firm_name == "甲公司"


def test_a_column_that_says_it_surely_wins() -> None:
    """Beside a column of codes that of 所属行业 stays unread."""
    assert _fact(["专用设备制造业"], [*HEADER[:2], "行业大类代码"]) is None


def test_all_doors_read_it_alike(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A file, one firm of it, a table and a profile say the same of a firm."""
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *FIRMS])
    words = ("-o", str(tmp_path / "out.csv"), "--rulebook", BY, "--as-of", "2026-06-01")
    said = run(capfdbinary, "screen", str(tmp_path / "in.csv"), *words).err
    assert "按所填内容读作 所属行业代码" in said
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        in_file = [row["reasons"] for row in csv.DictReader(file)]
    table = pa.table(dict(zip(HEADER, zip(*FIRMS, strict=True), strict=True)))
    assert screen(table, BY, DAY)["reasons"].to_pylist() == in_file
    firms = [dict(zip(HEADER, row, strict=True)) for row in FIRMS]
    alone = [assess({name: value for name, value in firm.items() if value}, BY, DAY) for firm in firms]
    assert [one.reasons.zh for one in alone] == in_file
    of_list = assess(profile_of(tmp_path / "in.csv", firm="甲公司", rulebook=BY, as_of=DAY), BY, DAY)
    assert of_list.reasons.zh == in_file[0]
    assert len(set(in_file)) == len(FIRMS)


def test_a_share_of_which_market_is_never_guessed() -> None:
    """What to write is said in full, as it can be copied."""
    found = understand(["企业名称", "市场占有率"], VOCABULARY, as_of=DAY, cells=lambda *_: ["23%"]).columns[1]
    assert found.fact is None
    assert "是哪一个就写哪一个：--map 市场占有率=全球市场占有率 或 --map 市场占有率=国内市场占有率" in found.how.zh
    mapped = understand(["企业名称", "市场占有率"], VOCABULARY, {"市场占有率": "全球市场占有率"}, as_of=DAY)
    assert mapped.stated[1].fact.id == "global_market_share_pct"
    with pytest.raises(InputError):
        assess({"市场占有率": 23}, BY, DAY)
