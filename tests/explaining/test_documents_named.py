"""The number of the document stands beside the title of its text wherever a verdict is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import assess, ladder, shipped
from engine.language.facts import Vocabulary
from tests.rulebooks.test_area_routing import copied, write
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
FIRM = Path(__file__).parents[2] / "fixtures/made_up/little-giant-2026-just-fails.json"
NUMBER, RULEBOOK = "工信部企业〔2026〕2号", "miit-2026-little-giant"
DAY = ("--as-of", "2026-06-01")


def test_every_official_rulebook_has_one() -> None:
    """The first source of each shipped rulebook is the text itself, and says under which number it was published."""
    found = {head.id: shipped().rulebook(head.id).words.document for head in shipped().heads}
    assert None not in found.values()
    assert found[RULEBOOK] == NUMBER
    assert found["miit-2022-little-giant"] == "工信部企业〔2022〕63号"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_printed_of_one_firm(capfdbinary: Capture, lang: str) -> None:
    """`assess`, `evidence` and `ladder` print it with the title, and with a clause that is of another document."""
    line = f"· {NUMBER} · {RULEBOOK}"
    for command in ("assess", "evidence"):
        told = " ".join(run(capfdbinary, command, str(FIRM), "--rulebook", RULEBOOK, "--lang", lang, *DAY).out.split())
        assert line in told
        assert ("工信厅企业函〔2025〕190号 推荐要求" in told) == (command == "assess")
    told = run(capfdbinary, "ladder", str(FIRM), "--lang", lang, *DAY).out
    assert line in told
    assert "工信部政法〔2023〕138号" in told


def test_it_is_in_json() -> None:
    """A verdict, a ladder and each citation have it; the reference keeps its other fields."""
    facts, day = json.loads(FIRM.read_text(encoding="utf-8")), date(2026, 6, 1)
    found = assess(facts, RULEBOOK, day)
    assert found.rulebook.document == NUMBER
    assert {one.cite.document for one in found.criteria} >= {NUMBER, "工信部企业〔2022〕63号"}
    assert {one.rulebook.document for one in ladder(facts, day).next} == {NUMBER}


def test_it_is_on_the_page_for_the_chief(capfdbinary: Capture, tmp_path: Path) -> None:
    """The summary of a workbook names it: of the one text, of each edition that judged rows, of each level's text."""
    rules = copied(tmp_path / "rules")
    write(rules, "all-new", "little_giant", "", "new", 100)
    write(rules, "all-review", "little_giant", "", "review", 50)
    write(rules, "both", "single_champion", "", "new, review", 10)
    small = ["--rules", str(rules)]
    (tmp_path / "in.csv").write_text("企业名称,申报类型\n甲,新申报\n乙,复核\n", encoding="utf-8")
    for words, said in (
        (["--rulebook", "miit-2026-srdi", "--lang", "zh"], [f"依据：{NUMBER}"]),
        ([*small, "--rulebook", "all-new", "--lang", "en"], ["document: 样字〔2026〕100号"]),
        ([*small, "--rulebook", "ladder"], ["依据：样字〔2026〕100号、样字〔2026〕10号"]),
        ([*small, "--level", "小巨人"], ["（样字〔2026〕100号）判定 1 家", "（样字〔2026〕50号）判定 1 家"]),
    ):
        run(capfdbinary, "screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.xlsx"), *words, *DAY)
        page = [str(row[0]) for row in load_workbook(tmp_path / "out.xlsx").worksheets[1].iter_rows(values_only=True)]
        assert [any(one in line for line in page) for one in said] == [True] * len(said)


def test_the_documents_to_prepare_are_told_by_titles(capfdbinary: Capture) -> None:
    """The list of documents names criteria and figures by titles; their ids stay in JSON."""
    asked = ("evidence", str(FIRM), "--rulebook", RULEBOOK, *DAY)
    told, found = run(capfdbinary, *asked).out, json.loads(run(capfdbinary, *asked, "--format", "json").out)
    vocabulary: Vocabulary = shipped().vocabulary
    ids = {one["id"] for one in found["criteria"]} | {
        one["fact"] for each in found["criteria"] for one in each["facts"]
    }
    assert ids & vocabulary.keys()
    assert [name for name in ids if f"({name})" in told or f" {name}" in told] == []
    assert all(one["title"]["zh"] in told for one in found["criteria"] if one["documents"])
