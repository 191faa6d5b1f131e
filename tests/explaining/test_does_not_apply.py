"""A criterion that is met only because it does not apply to the firm says so, wherever it is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook

from engine import assess
from tests.shell import run

DAY, BOOK = "2026-06-01", "miit-2022-little-giant"
FIRM = {"firm_id": "F1", "firm_name": "复核公司", "application_type": "复核", "valid_titles": ["little_giant"]}
IDLE = {"lg22-0-title", "lg22-zhuan3-growth", "lgn-1-champion"}
Capture = pytest.CaptureFixture[bytes]


def test_the_check_says_why() -> None:
    """The check of its condition says that the rest does not apply, not that a requirement is met; it stays met."""
    found = {one.id: one for one in assess(FIRM, BOOK, date(2026, 6, 1)).criteria if one.reason == "not_applicable"}
    assert set(found) == IDLE
    for criterion in found.values():
        assert [check.explanation.zh for check in criterion.checks] == ["申报类型：复核，因此不适用。"]
        assert criterion.checks[0].explanation.en == "Application type: Review of a title held, so this does not apply."
        assert criterion.outcome == "met"


@pytest.mark.parametrize(
    ("lang", "says"), [("zh", "不适用 (3)"), ("zh", "申报类型：复核，因此不适用。"), ("en", "Does not apply (3)")]
)
def test_in_the_text(capfdbinary: Capture, lang: Literal["zh", "en"], says: str) -> None:
    """The text names such criteria apart from those that are met, with what they do not apply by."""
    profile = json.dumps(FIRM).encode()
    out = run(capfdbinary, "assess", "-", "--rulebook", BOOK, "--as-of", DAY, "--lang", lang, stdin=profile).out
    assert says in out
    assert "✓ 申报类型" not in out


def test_in_a_row_in_words(capfdbinary: Capture, tmp_path: Path) -> None:
    """In a verdict file with words for ids the cell says so; as an id the outcome stays `met`."""
    source, book, plain = tmp_path / "firms.csv", tmp_path / "out.xlsx", tmp_path / "out.jsonl"
    source.write_text("企业名称,统一社会信用代码,申报类型\n复核公司,F1,复核\n新公司,F2,新申报\n", encoding="utf-8")
    for target in (book, plain):
        run(capfdbinary, "screen", str(source), "-o", str(target), "--rulebook", BOOK, "--as-of", DAY)
    head, again, anew = load_workbook(book).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(head, zip(again, anew, strict=True), strict=True))
    assert told["近2年主营业务收入平均增长率"] == ("符合（不适用）", "无法判定")
    first = json.loads(plain.read_text(encoding="utf-8").splitlines()[0])
    assert {first[name] for name in IDLE} == {"met"}
