"""A firm that does not say what it applies for is judged as a new application, and is told so at every door."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, assess, ladder, screen
from tests.rulebooks.test_area_routing import copied, write
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY, LEVEL = date(2026, 6, 1), "little_giant"
SAID = {
    "zh": "“申报类型”没有写明，按新申报选用文件；如申请复核，结论可能不同。",
    "en": "Application type is not stated: the text for new applications is used; a review may be decided otherwise.",
}
COUNTED = {
    "zh": "没有写明“申报类型”、按新申报选用文件的有 2 行，其中凡分新申报和复核的条件无法判定。请补填“申报类型”。",
    "en": "Rows that do not state the application type, and take the text for new applications: 2; "
    "what it asks only of one kind is undetermined. Fill in 新申报 or 复核.",
}
HEAD = ["企业名称", "申报类型", "研发费用"]
ROWS = [
    ["甲厂", "新申报", "9000"],
    ["乙厂", "", "9000"],
    ["丙厂", "复核", "9000"],
    ["丁厂", "/", "9000"],
    ["戊厂", "", "约9"],
]
BLANK = {"乙厂", "丁厂"}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give rules with an edition for new applications, one for reviews, and at another level one for both."""
    folder = copied(tmp_path_factory.mktemp("new") / "rules")
    write(folder, "all-new", LEVEL, "", "new", 100)
    write(folder, "all-review", LEVEL, "", "review", 50)
    write(folder, "both", "srdi", "", "new, review", 10)
    return folder


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Give a list in which two firms that are judged do not say what they apply for, and one that is not."""
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(map(",".join, [HEAD, *ROWS])) + "\n", encoding="utf-8")
    return path


def told(rows: list[dict[str, str]], lang: str = "zh") -> set[str]:
    """Give the names of the firms whose notes say it."""
    return {one["firm_name"] for one in rows if SAID[lang] in (one["notes"] or "")}


@pytest.mark.parametrize(
    ("asked", "lang"), [(["--level", LEVEL], "zh"), (["--level", LEVEL], "en"), (["--rulebook", "ladder"], "zh")]
)
def test_rows_that_do_not_say_are_noted_and_counted_once(
    listed: Path, tmp_path: Path, rules: Path, asked: list[str], lang: str, capfdbinary: Capture
) -> None:
    """Each judged row that does not say is noted in its language, and a caution counts them once."""
    out, summary = tmp_path / "out.jsonl", tmp_path / "summary.json"
    words = [*asked, "--rules", str(rules), "--as-of", DAY.isoformat(), "--lang", lang, "--summary", str(summary)]
    done = run(capfdbinary, "screen", str(listed), "-o", str(out), *words)
    assert done.code == 1
    assert told([json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()], lang) == BLANK
    found = json.loads(summary.read_text(encoding="utf-8"))
    assert [one[lang] for one in found["cautions"] if one[lang] == COUNTED[lang]] == [COUNTED[lang]]
    assert found["taken_as_new"] == 2
    assert COUNTED[lang][:12] in done.err


def test_the_workbook_says_it_to_the_officer_and_to_the_chief(
    listed: Path, tmp_path: Path, rules: Path, capfdbinary: Capture
) -> None:
    """A workbook has it in 提醒 beside the firm, and once on the page for the chief."""
    out = tmp_path / "out.xlsx"
    words = ["--level", LEVEL, "--rules", str(rules), "--as-of", DAY.isoformat()]
    run(capfdbinary, "screen", str(listed), "-o", str(out), *words)
    book = openpyxl.load_workbook(out)
    sheets = {name: [str(cell) for row in book[name].values for cell in row] for name in ("结论", "汇总")}
    assert sum(SAID["zh"] in cell for cell in sheets["结论"]) == len(BLANK)
    assert sum(COUNTED["zh"] in cell for cell in sheets["汇总"]) == 1


def test_the_service_says_it(listed: Path, rules: Path) -> None:
    """Over HTTP the rows and the summary say it, and a profile does."""
    with TestClient(create_app(Catalog(rules))) as client:
        options = {"level": LEVEL, "as_of": DAY.isoformat()}
        answer = client.post("/v1/screenings", files={"file": ("a.csv", listed.read_bytes())}, params=options)
        sent = [json.loads(line) for line in answer.text.splitlines()]
        one = client.post("/v1/assessments", json={"firm_name": "乙厂"}, params=options).json()
    assert told([one["row"] for one in sent if one["kind"] == "verdict"]) == BLANK
    assert COUNTED["zh"] in [text["zh"] for text in sent[-1]["summary"]["cautions"]]
    assert {"zh": SAID["zh"], "en": SAID["en"]} in one["notes"]


def test_a_frame_says_it(rules: Path) -> None:
    """A table in Python has it in the notes, whatever its kind."""
    columns = {head: [row[place] for row in ROWS] for place, head in enumerate(HEAD)}
    for table in (pa.table(columns), pl.DataFrame(columns).to_arrow()):
        assert told(screen(table, level=LEVEL, as_of=DAY, catalog=Catalog(rules)).to_pylist()) == BLANK


def test_one_firm_is_told(rules: Path) -> None:
    """A profile that does not say is noted by `assess` and `ladder`; one that says, or names a rulebook, is not."""
    book = Catalog(rules)
    silent, stated = {"firm_name": "甲"}, {"firm_name": "甲", "application_type": "new"}
    for lang, words in SAID.items():
        for found in (assess(silent, None, DAY, book, level=LEVEL), ladder(silent, DAY, book)):
            assert words in [note.in_language(lang) for note in found.notes]  # type: ignore[arg-type]
        for other in (assess(stated, None, DAY, book, level=LEVEL), ladder(stated, DAY, book)):
            assert words not in [note.in_language(lang) for note in other.notes]  # type: ignore[arg-type]
    assert not assess(silent, "all-new", DAY, book).notes


def test_it_is_told_only_where_it_matters(rules: Path) -> None:
    """Where one edition is for new applications and reviews alike there is nothing to note."""
    assert not assess({"firm_name": "甲"}, None, DAY, Catalog(rules), level="srdi").notes
