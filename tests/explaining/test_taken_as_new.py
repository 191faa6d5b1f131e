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
    "zh": "“申报类型”没有写明，按新申报判定；申请复核的请写“复核”，结论可能不同。",
    "en": "Application type is not stated: decided as a new application; if it is a review, say so: "
    "that may be decided otherwise.",
}
COUNTED = {
    "zh": "没有写明“申报类型”、按新申报判定的有 2 行；其中申请复核的请写“复核”，结论可能不同。",
    "en": "Rows that do not state the application type, decided as new applications: 2; of reviews among them "
    "say so: these may be decided otherwise.",
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


SHIPPED = ["miit-2026-little-giant", "miit-2022-little-giant", "miit-2026-srdi"]
FIGURES: list[dict[str, object]] = [
    {},
    {"revenue_y0": 9000, "revenue_y1": 9000, "revenue_y2": 9000, "main_revenue_y0": 8800},
    {"valid_titles": "无", "development_eval_score_y0": 55, "controlling_relation_little_giant": "是"},
    {"valid_titles": "专精特新", "revenue_y0": 9000, "revenue_y2": 4000, "group_similar_product": "是"},
]


@pytest.mark.parametrize("asked", [*({"rulebook": one} for one in [*SHIPPED, "ladder"]), {"level": LEVEL}])
def test_a_blank_comes_out_as_a_new_application(asked: dict[str, str]) -> None:
    """Row by row a blank, no such column and 新申报 come out alike but for the note, and no row lacks the answer."""
    names = dict.fromkeys(name for one in FIGURES for name in one)
    columns = {name: [one.get(name) for one in FIGURES] for name in names}
    columns = {name: pa.array([None if one is None else str(one) for one in own]) for name, own in columns.items()}
    told = []
    for kind in (["", "新申报"][:1] * 4, ["新申报"] * 4, None):
        table = pa.table({"firm_name": list("甲乙丙丁")} | columns | ({} if kind is None else {"申报类型": kind}))
        rows = screen(table, as_of=DAY, **asked).to_pylist()
        assert all("application_type" not in (row.get("missing") or "") for row in rows)
        notes = [SAID["zh"] in row.pop("notes") for row in rows]
        assert set(notes) == {kind != ["新申报"] * 4}
        told.append(rows)
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("asked", [*({"rulebook": one} for one in SHIPPED), {"level": LEVEL}])
@pytest.mark.parametrize("figures", FIGURES)
def test_a_profile_without_it_comes_out_as_a_new_application(asked: dict[str, str], figures: dict[str, object]) -> None:
    """A verdict, decided twice, is that of a new application, and nothing asks for what is not stated."""
    silent = assess({"firm_name": "甲", **figures}, as_of=DAY, **asked)
    stated = assess({"firm_name": "甲", **figures, "application_type": "new"}, as_of=DAY, **asked)
    assert (silent.verdict, silent.criteria, silent.reasons) == (stated.verdict, stated.criteria, stated.reasons)
    assert (silent.missing, silent.settles, silent.summary) == (stated.missing, stated.settles, stated.summary)
    assert [one.zh for one in silent.notes if one not in stated.notes] == [SAID["zh"]]


def test_a_rulebook_for_reviews_only_takes_nobody_as_new(tmp_path: Path) -> None:
    """Named, a text for reviews alone leaves open what it asks only of some, in a list too, and notes nothing."""
    folder = copied(tmp_path / "rules")
    write(folder, "again", LEVEL, "", "review", 50)
    text = (folder / "again.yaml").read_text(encoding="utf-8")
    text += "\n  - id: asks\n    title: {zh: 问, en: Asks}\n    quote: 编造\n"
    text += "    cite: {source: made-up, clause: 三, grade: A}\n"
    text += "    require: {fact: application_type, equals: review}\n"
    (folder / "again.yaml").write_text(text, encoding="utf-8")
    book = Catalog(folder)
    found = assess({"firm_name": "甲"}, "again", DAY, book)
    [row] = screen(pa.table({"企业名称": ["甲"], "申报类型": [""]}), "again", as_of=DAY, catalog=book).to_pylist()
    assert (found.criteria[-1].outcome.value, row["asks"]) == ("undetermined", "undetermined")
    assert (found.notes, row["notes"]) == ((), "")
