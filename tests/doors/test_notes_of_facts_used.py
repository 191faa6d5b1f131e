"""A firm is told what is odd in figures that its own text uses, at every door, and what it may write instead."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import assess, evidence, evidence_of_list, ladder, shipped
from engine.language.facts import Kind
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY = date(2026, 6, 1)
BY = ("--level", "小巨人", "--as-of", "2026-06-01")
ODD = {Kind.CHOICES: "是", Kind.PERCENT: "0.5"}
_RATIOS = shipped().vocabulary.ratios
FACTS = {
    name: ODD[one.kind]
    for name, one in shipped().vocabulary.given.items()
    if one.kind in ODD and name not in _RATIOS and not one.part_of and (one.lowest or 0) <= 0
}


@pytest.mark.parametrize("book", shipped().ids)
def test_notes_are_about_facts_of_the_rulebook(book: str) -> None:
    """Of a firm with something odd in every list and percentage only what the rulebook uses is told."""
    told = assess(FACTS, book, DAY)
    about = {one.where for one in told.warnings} & FACTS.keys()
    used = FACTS.keys() & shipped().rulebook(book).facts_used
    assert used <= about <= used | {"valid_titles"}
    noted = tuple(one.zh for one in told.notes)
    assert all(one.zh.startswith(noted) for one in evidence(FACTS, book, DAY).notes)


def test_a_row_is_told_the_same(tmp_path: Path, capfdbinary: Capture) -> None:
    """Its notes are those of its profile; the summary counts no others, and says that it counts refused rows too."""
    book, out, page = "most-2017-tech-sme", tmp_path / "out.csv", tmp_path / "s.json"
    cells = ",".join(FACTS.values())
    (path := tmp_path / "a.csv").write_text(f"firm_name,{','.join(FACTS)}\n甲,{cells}\n,{cells}\n", encoding="utf-8")
    words = ("-o", str(out), "--summary", str(page), "--rulebook", book, "--as-of", "2026-06-01", "--lang", "zh")
    assert "提醒（未比对的也计）" in run(capfdbinary, "screen", str(path), *words).err
    [row] = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    told = assess(FACTS, book, DAY)
    assert row["notes"] == "".join(one.zh for one in told.notes)
    about = {one.where for one in told.warnings}
    counted = {one["column"]: one["count"] for one in json.loads(page.read_bytes())["warnings"]}
    assert counted == dict.fromkeys(about & FACTS.keys(), 2)


def test_a_ladder_tells_what_any_of_its_levels_uses() -> None:
    """Its notes are about facts of one of its editions, or titles."""
    found = ladder(FACTS, DAY)
    used = {name for one in found.levels for name in shipped().rulebook(one.rulebook.id).facts_used}
    about = {one.where for one in found.warnings} & FACTS.keys()
    assert about == FACTS.keys() & (used | {"valid_titles"})


LIST = "企业名称,申报类型,是否自建研发机构\n甲,新申报,否\n乙,复核,否\n丙,复核,是\n丁,复核,无\n"


@pytest.fixture(name="firms")
def written(tmp_path: Path) -> Path:
    """Give a list with a column that only the text for reviews uses."""
    (path := tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    return path


def test_only_the_reviewed_are_told_of_what_reviews_use(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """A row by another edition has no note of it, nor in its papers; nor is it counted."""
    mapped = ("--map", "是否自建研发机构=研发机构建设情况")
    out, page = tmp_path / "out.csv", tmp_path / "s.json"
    run(capfdbinary, "screen", str(firms), *BY, *mapped, "-o", str(out), "--summary", str(page), "--lang", "zh")
    notes = [row["notes"] for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    assert ["研发机构" in one for one in notes] == [False, True, True, False]
    assert "中的“否”不一定是一项都没有，按不知道计；一项都没有的填“无”。" in notes[1]
    assert "中的“是”只说有，没有写是哪几项，按不知道计；请写是哪几项。" in notes[2]
    [counted] = json.loads(page.read_bytes())["warnings"]
    assert (counted["count"], counted["what"]["zh"]) == (
        2,
        "有的词不能计入：不在可选项之中，只说有没有，或不能确定在判定日有效",
    )
    papers = evidence_of_list(firms, level="小巨人", as_of=DAY, mapping={"是否自建研发机构": "研发机构建设情况"})
    said = ["".join(note.zh for note in one.evidence.notes) for one in papers.firms if one.evidence]
    assert ["按不知道计" in one for one in said] == [False, True, True, False]


def test_it_is_so_over_http() -> None:
    """The interface tells a review of it, and no new application."""
    client = TestClient(create_app())
    for kind, is_told in (("新申报", False), ("复核", True)):
        asked = {"firm_name": "甲", "application_type": kind, "rd_institution_types": "是"}
        answer = client.post("/v1/assessments?level=小巨人&as_of=2026-06-01", json=asked).json()
        assert ("rd_institution_types" in str(answer["warnings"])) == is_told
