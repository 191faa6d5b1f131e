"""Cells and files for which floats, databases or threads would give another answer than the definition."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import InputError, Order, ScreeningSummary, assess, evidence, ladder, screen_file, shipped
from engine.command.codes import INTERNAL
from engine.rulebooks.logic import Rulebook
from tests.shell import run
from tests.small_rules import rulebook_asking

DAY = date(2026, 6, 1)
BOOK = rulebook_asking("global_market_share_pct", "revenue_y0", "main_revenue_y0", "award_date")
Row = dict[str, Any]


def _screened(
    folder: Path, content: str, rulebook: Rulebook = BOOK, **options: Any
) -> tuple[ScreeningSummary, list[Row]]:
    """Give the summary and the verdict rows of a CSV file."""
    source = folder / "in.csv"
    source.write_text(content, encoding="utf-8", newline="")
    form = options.pop("form", "csv")
    order = Order(rulebook, DAY, folder / f"out.{form}", form, rejected=folder / "no.csv", **options)
    summary = screen_file(source, order)
    with order.output.open(encoding="utf-8", newline="") as file:
        return summary, list(csv.DictReader(file)) if form == "csv" else [json.loads(line) for line in file]


def _lines(folder: Path) -> list[int]:
    with (folder / "no.csv").open(encoding="utf-8-sig", newline="") as file:
        return [int(row["行号"]) for row in csv.DictReader(file)]


def test_points_a_hair_below(tmp_path: Path) -> None:
    """A score that floats round up to its bar is decided as `assess` decides it, and told so."""
    figures = {
        "firm_name": "甲", "revenue_y0": "1329", "rd_expense_y1": "767", "net_profit_y0": "-64964559",
        "equity_financing_2y": "713", "main_revenue_y2": "954", "total_liabilities_y0": "81",
        "maker_china_tier": "none", "total_assets_y0": "133", "rd_institution_level": "provincial_ministerial",
        "main_revenue_y0": "464", "award_date": "2010-01-01", "main_revenue_y1": "559", "rd_expense_y0": "688",
    }  # fmt: skip
    points = ["5.999999999999999", "5.99999999999999999", "5.9999999999999", "6", "6.000000000000001"]
    firms = [{**figures, "local_feature_points": digits} for digits in points]
    content = "".join(",".join(line) + "\n" for line in [firms[0], *(firm.values() for firm in firms)])
    _, rows = _screened(tmp_path, content, shipped().rulebook("miit-2022-srdi"))
    for row, firm in zip(rows, firms, strict=True):
        verdict = assess(firm, "miit-2022-srdi", DAY)
        assert row["verdict"] == verdict.verdict.value
        outcomes = {one.id: one.outcome.value for one in verdict.criteria}
        assert {one.id: row[one.id] for one in verdict.criteria} == outcomes


@pytest.mark.parametrize(
    ("part", "whole", "is_above"),
    [
        ("1234567890.12345678", "1234567890.12345670", True),
        ("100.000000000000000002", "100.000000000000000001", True),
        ("100.000000000000000001", "100.000000000000000001", False),
        ("100.000000000000000001", "100.000000000000000002", False),
        ("0.3", "0.2999999999999999999", True),
        ("100", "100", False),
    ],
)
def test_a_part_a_hair_above_its_whole(part: str, whole: str, is_above: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """A part is above its whole if it is by the last of many digits."""
    summary, _ = _screened(tmp_path, f"企业名称,营业收入,主营业务收入\na,{whole},{part}\n")
    assert summary.rejected == is_above


def test_a_year_that_no_calendar_has(tmp_path: Path) -> None:
    """A day of the year 0 is no day."""
    assert _screened(tmp_path, "企业名称,获奖日期\na,0000-01-01\n")[0].rejected == 1


def test_carried_columns_of_any_name_as_lines(tmp_path: Path) -> None:
    """A carried column is a member of each object, whatever its header is."""
    headers = ["verdicts", "r", "rr", "source"]
    content = "企业名称," + ",".join(headers) + "\n甲" + ",a" * len(headers) + "\n"
    _, [row] = _screened(tmp_path, content, form="jsonl", carry=True)
    assert {name: row[name] for name in headers} == dict.fromkeys(headers, "a")
    assert row["firm_name"] == "甲"


def test_cells_with_lines_that_look_like_records(tmp_path: Path) -> None:
    """In a file of several MB a quoted cell may have lines with as many cells as the header."""
    rows = 30_000
    inner = "Tel,010,Fax,13800000000\n" * 6
    body = "".join(f'{row},n{row},"a\n{inner}end",{row % 30}\n' for row in range(rows))
    summary, found = _screened(tmp_path, f"统一社会信用代码,企业名称,备注,全球市场占有率(%)\n{body}", carry=True)
    assert (summary.rows_in, summary.verdicts) == (rows, rows)
    assert [row["firm_id"] for row in found] == [str(row) for row in range(rows)]
    assert found[-1]["备注"].count("\n") == 7


@pytest.mark.parametrize("order", ['b,约2,"z\nz"\nd,4,q\n', 'd,4,q\nb,约2,"z\nz"\n'])
def test_a_nul_in_a_cell_too_many(order: str, tmp_path: Path) -> None:
    """A line with a NUL of its own neither shifts the lines of others nor ends in a crash."""
    content = f"企业名称,全球市场占有率(%),备注\na,1,x,\0\n{order}"
    summary, _ = _screened(tmp_path, content)
    assert summary.rows_in == 3
    assert _lines(tmp_path) == [2, content.split("\n").index('b,约2,"z') + 1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on Windows")
def test_outputs_are_files(tmp_path: Path) -> None:
    """A pipe is not replaced by a file."""
    os.mkfifo(tmp_path / "out.csv")
    with pytest.raises(InputError, match="no regular file"):
        _screened(tmp_path, "企业名称\n甲\n")
    assert (tmp_path / "out.csv").is_fifo()


def test_interrupted_within_our_own_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a cell is read in Python ends the screening."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.headers.cells.Column.canonical", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _screened(tmp_path, "企业名称,全球市场占有率(%)\n甲,约15%\n")
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("total", ["总 计", "总计（2家）", "TOTAL:", "备注：由企业填报", "填报单位：甲县工信局"])
@pytest.mark.parametrize("column", ["序号", "企业名称"])
def test_totals_and_notes(total: str, column: str, tmp_path: Path) -> None:
    """A sum or a note is told as such, in whatever column it begins."""
    cells = {"序号": "", "企业名称": "", "全球市场占有率(%)": "", column: total}
    content = ",".join(cells) + "\n1,合计科技有限公司,20\n" + ",".join(cells.values()) + "\n"
    summary, rows = _screened(tmp_path, content)
    assert [row["firm_name"] for row in rows] == ["合计科技有限公司"]
    assert (summary.rows_in, summary.rejected, summary.not_firms) == (1, 0, 1)


def test_advice_in_the_unit_of_the_header(tmp_path: Path) -> None:
    """Money that cannot be read is to be written in the header's unit."""
    _screened(tmp_path, "企业名称,营业收入（元）\n甲,3000万件\n")
    with (tmp_path / "no.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["应如何填写"] == "列名的单位是元：请写元数，或带单位：3000万元、2.1亿元。"


def test_a_row_of_absurd_figures_ends_no_file(tmp_path: Path) -> None:
    """Ratios beyond what integers hold are judged as `assess` judges them, and the rows beside them too."""
    names = ["total_liabilities_y0", "total_assets_y0", "revenue_y0", "employees_y0"]
    rows = [["5000", "10000", "4000", "10"], ["999999999999999", "0.001", "0.000000000000000001", "999999999999999"]]
    rows += [["999999999999999", "0.000000000000000001", "999999999999999", "1"], ["1e19", "nan", "-0.0", "1"]]
    content = "\n".join([",".join(["firm_name", *names]), *(f"f{n},{','.join(row)}" for n, row in enumerate(rows))])
    _, found = _screened(tmp_path, content + "\n", shipped().rulebook("miit-2026-little-giant"))
    assert _lines(tmp_path) == [5]
    for row, cells in zip(found, rows[:3], strict=True):
        verdict = assess(dict(zip(names, cells, strict=True)), "miit-2026-little-giant", DAY)
        assert row["verdict"] == verdict.verdict.value


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("revenue_y0", "100.000000000000000001"),
        ("revenue_y0", "999999999999999.999999999999999999"),
        ("revenue_y0", "1.5e-17"),
        ("net_profit_y0", "-99999999.999999999999999999"),
        ("global_market_share_pct", "14.999999999999999999%"),
    ],
)
def test_a_figure_of_many_digits_has_a_verdict(fact: str, typed: str) -> None:
    """Every figure within the documented digits is decided and named at every door for one firm."""
    firm = {"firm_name": "甲", "revenue_y2": "0.000000000000000003", "main_revenue_y0": "1e-18", fact: typed}
    assert assess(firm, as_of=DAY).id != assess({**firm, fact: 50}, as_of=DAY).id
    assert ladder(firm, DAY).levels
    assert evidence(firm, as_of=DAY).criteria


@pytest.mark.parametrize(
    ("column", "cell"),
    [("有效期内的称号", '\'=HYPERLINK("http://x"'), ("有效期内的称号", "#REF!"), ("海外营业收入", "=1")],
)
def test_a_cell_without_a_result_beside_a_strange_word(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, column: str, cell: str
) -> None:
    """Where editions for reviews and for new applications tell of their rows, one that cannot be read ends nothing."""
    row = {"企业名称": "甲厂", "有效期内的称号": "无", "申报类型": "复核", "海外营业收入": "5", "营业收入": "9"}
    rows = [
        row,
        row | {"企业名称": "乙厂", "申报类型": "", column: cell},
        row | {"企业名称": "丙厂", "申报类型": "", "有效期内的称号": "zstd"},
    ]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*row])
        writer.writeheader()
        writer.writerows(rows)
    asked = ("screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "v.csv"), "--as-of", "2026-06-01", "--lang", "en")
    answer = run(capfdbinary, *asked, "--level", "little_giant")
    assert answer.code != INTERNAL, answer.err
    assert "zstd" in (tmp_path / "v.csv").read_text(encoding="utf-8")
