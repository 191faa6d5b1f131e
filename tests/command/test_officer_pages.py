"""What an officer reads: readings beside their criterion, years, ways in short, counts that hold, names told apart."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
BY = ("--level", "小巨人", "--as-of", "2026-06-01", "--lang", "zh")
HEAD = "企业名称,申报类型,2025年营业收入,2024年营业收入,2025年研发费用,2024年研发费用,已获称号\n"
FIRM = "甲厂,复核,18400,16658,1012,666,专精特新“小巨人”企业\n"
POOR = "乙厂,新申报,12600,12500,693,346,专精特新中小企业\n"


@pytest.fixture(name="firms")
def written(tmp_path: Path) -> Path:
    """Give a list with a review, and a new application that fails two criteria, one by two figures."""
    (path := tmp_path / "名单.csv").write_text(HEAD + FIRM + POOR, encoding="utf-8")
    return path


def flat(text: str) -> str:
    """Give a text without the breaks of its lines."""
    return "".join(text.split())


def test_of_several_ways_only_what_is_open_is_told(firms: Path, capfdbinary: Capture) -> None:
    """Bands of revenue that are another firm's, and what is met, are not told; options of one fact are a phrase."""
    told = flat(run(capfdbinary, "assess", str(firms), "--firm", "甲厂", *BY, "--format", "brief").out)
    assert "以下满足其一即可：（研发机构建设情况包含技术研究院、企业技术中心、" in told
    assert "其他研发机构之一；并且与主导产品相关且已应用的Ⅰ类知识产权不低于2项）；或者（科技奖励级别" in told
    assert "8,000万元" not in told


def test_another_reading_stands_by_its_criterion(firms: Path, capfdbinary: Capture) -> None:
    """On the page it is told below the line of its criterion, also of one that is open."""
    told = run(capfdbinary, "assess", str(firms), "--firm", "甲厂", *BY, "--format", "brief").out
    reading = "若按另一种读法（年度通知的推荐要求"
    before, after = flat(told).split(reading)
    assert before.endswith("材料：股权结构和集团成员产品说明")
    assert "不适用(3)" in after


def test_a_year_is_no_amount_and_sets_are_counted(firms: Path, capfdbinary: Capture) -> None:
    """In the full text a year has no comma, and what several facts together settle is told once and counted."""
    told = flat(run(capfdbinary, "assess", str(firms), "--firm", "甲厂", *BY).out)
    assert "上年度所指年份2025年" in told
    [settles] = [part for part in told.split("补齐后") if part.startswith("可能使结论为“不符合”")]
    assert "（这样几项一起的另有34种）" in settles
    assert settles.count("科技奖励级别") == 0


def test_a_criterion_that_fails_is_one_sentence(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """Of two figures by which one criterion fails the second is no sentence of its own, of a row and of a firm."""
    run(capfdbinary, "screen", str(firms), *BY, "-o", str(tmp_path / "a.csv"))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        _, poor = csv.DictReader(file)
    both = "还差 161 万元；前年研发费用占营业收入比重：2.77%，"
    assert both in poor["reasons"]
    assert flat(both) in flat(run(capfdbinary, "assess", str(firms), "--firm", "乙厂", *BY, "--format", "brief").out)


def test_nothing_is_said_of_rejected_firms_where_none_is(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """Without a rejected firm the pages name no sheet of them; names with a mark in them are told apart by another."""
    run(capfdbinary, "screen", str(firms), *BY, "-o", str(tmp_path / "a.xlsx"))
    page = [str(row[0]) for row in load_workbook(tmp_path / "a.xlsx")["汇总"].values]
    [counted] = [line for line in page if line.startswith("名单共 2 家企业")]
    assert counted.endswith("未比对 0 家。")
    assert any("“符合中不适用”指" in line for line in page)
    assert any("各家都无法判定：" in line and "；Ⅰ类知识产权，或国家级科技奖励；" in line for line in page)
    run(capfdbinary, "evidence", str(firms), *BY, "-o", str(tmp_path / "b.xlsx"))
    told = [str(row[0]) for row in load_workbook(tmp_path / "b.xlsx")["按材料"].values]
    assert any(line.startswith("名单共 2 家企业，2 家列出材料和要补的数；") for line in told)


def test_rejected_rows_name_the_fact_in_the_language_of_the_file(tmp_path: Path, capfdbinary: Capture) -> None:
    """In a Chinese file of rejected rows the fact has its title, in an English one its id."""
    (path := tmp_path / "名单.csv").write_text(HEAD + "甲厂,新申报,约5,,,,\n", encoding="utf-8")
    for lang, name in (("zh", "上年度营业收入"), ("en", "revenue_y0")):
        run(capfdbinary, "screen", str(path), *BY[:-1], lang, "-o", str(tmp_path / f"{lang}.csv"))
        with (tmp_path / f"{lang}.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
            _, row = csv.reader(file)
        assert row[4] == name
