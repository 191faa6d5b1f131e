"""Reviews of 2026 rest on a notice that was not read: whoever is decided as one is told so, at every door."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import assess, ladder, screen, shipped
from tests.shell import run

DAY, BOOK = date(2026, 6, 1), "miit-2022-little-giant"
NOTED = next(one.noted for one in shipped().rulebook(BOOK).words.open_questions if one.noted)
ZH, EN = f"{NOTED.words.zh}。", f"{NOTED.words.en[0].upper()}{NOTED.words.en[1:]}."
REVIEW = {"firm_name": "甲厂", "application_type": "复核", "valid_titles": "小巨人"}
NEW = {"firm_name": "乙厂", "application_type": "新申报", "valid_titles": "专精特新"}


@pytest.mark.parametrize("asked", [{"rulebook": BOOK}, {"level": "little_giant"}, {"rulebook": "ladder"}])
def test_a_review_is_told_and_a_new_application_is_not(asked: dict[str, Any]) -> None:
    """Alone and as a row of a table, by the text that is named, by the level, and by the ladder."""
    for firm, is_told in ((REVIEW, True), (NEW, False), ({"firm_name": "丙厂"}, False)):
        alone = ladder(firm, DAY) if asked == {"rulebook": "ladder"} else assess(firm, as_of=DAY, **asked)
        notes = list(alone.notes)
        assert ({"zh": ZH, "en": EN} in [{"zh": one.zh, "en": one.en} for one in notes]) == is_told
        for lang, gap in (("zh", ""), ("en", " ")):
            table = pa.table({name: [text] for name, text in firm.items()})
            [row] = screen(table, as_of=DAY, lang=lang, **asked).to_pylist()
            assert row["notes"] == gap.join(one.in_language(lang) for one in notes)


def test_only_the_reviews_of_that_year_are() -> None:
    """A review of 2025 rests on a notice that was read."""
    assert ZH not in [one.zh for one in assess(REVIEW, BOOK, date(2025, 12, 31)).notes]
    assert ZH in [one.zh for one in assess(REVIEW, BOOK, date(2026, 1, 1)).notes]


def test_the_command_and_the_service_say_it(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The chief is told of how many firms; over HTTP a verdict has it."""
    path, summary = tmp_path / "firms.csv", tmp_path / "summary.json"
    rows = [REVIEW, NEW]
    path.write_text("\n".join(",".join(one) for one in ([*REVIEW], *(one.values() for one in rows))), encoding="utf-8")
    words = ["-o", str(tmp_path / "out.xlsx"), "--as-of", DAY.isoformat(), "--summary", str(summary)]
    for asked in (["--level", "小巨人"], ["--rulebook", BOOK]):
        run(capfdbinary, "screen", str(path), *asked, *words)
        cautions = [one["zh"] for one in json.loads(summary.read_text(encoding="utf-8"))["cautions"]]
        assert f"{NOTED.words.zh}（1 行申请复核）。" in cautions
    with TestClient(create_app(shipped())) as client:
        answer = client.post("/v1/assessments", json=REVIEW, params={"level": "little_giant", "as_of": "2026-06-01"})
    assert {"zh": ZH, "en": EN} in answer.json()["notes"]
