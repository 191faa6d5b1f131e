"""Days and levels as people write them, at every door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import assess, ladder, profile_of, screen
from engine.ground.errors import InputError
from engine.headers.event_words import IS_REVIEW
from tests.shell import run
from tests.small_rules import rules_asking

FIRM = {"firm_name": "甲", "employees_y0": 20}


@pytest.mark.parametrize("day", ["2026/6/1", "2026.6.1", "2026年6月1日", "20260601"])
def test_a_day_is_read_as_it_is_written(capfdbinary: pytest.CaptureFixture[bytes], day: str, tmp_path: Path) -> None:
    """The command line, the service and Python take it."""
    (tmp_path / "firms.csv").write_text("企业名称,员工人数\n甲,20\n", encoding="utf-8")
    words = ("--as-of", day, "--level", "小巨人", "--format", "json")
    told = run(capfdbinary, "assess", str(tmp_path / "firms.csv"), *words)
    assert '"as_of":"2026-06-01"' in told.out.replace(" ", "").replace("\n", "")
    assert "miit-2026-little-giant" in told.out
    assert assess(FIRM, as_of=day).as_of == ladder(FIRM, day).as_of
    assert profile_of(tmp_path / "firms.csv", as_of=day)
    rules = rules_asking("employees_y0")
    [row] = screen(pa.table({"企业名称": ["甲"]}), as_of=day, catalog=rules).to_pylist()
    assert row["as_of"] == "2026-06-01"
    answer = TestClient(create_app()).post("/v1/assessments", json=FIRM, params={"as_of": day, "level": "小巨人"})
    assert (answer.json()["as_of"], answer.json()["rulebook"]["id"]) == ("2026-06-01", "miit-2026-little-giant")


@pytest.mark.parametrize("day", ["2026-02-30", "6月1日", "明天", ""])
def test_what_is_no_day_is_refused(capfdbinary: pytest.CaptureFixture[bytes], day: str) -> None:
    """It is never taken for another day."""
    with pytest.raises(InputError, match="as_of"):
        assess(FIRM, as_of=day)
    assert run(capfdbinary, "assess", "-", "--as-of", day).code == 2
    assert TestClient(create_app()).post("/v1/assessments", json=FIRM, params={"as_of": day}).status_code == 422


@pytest.mark.parametrize(
    ("word", "level"), [("专精特新", "miit-2026-srdi"), ("专精特新“小巨人”企业", "miit-2026-little-giant")]
)
def test_a_level_by_its_title(word: str, level: str) -> None:
    """A title that no rulebook decides is refused with those that there are."""
    assert assess(FIRM, as_of=date(2026, 6, 1), level=word).rulebook.id == level
    with pytest.raises(InputError, match=r"随便|not a level"):
        assess(FIRM, level="随便")


@pytest.mark.parametrize("word", ["复评", "期满复评", "复审", "期满复审"])
def test_a_review_by_other_words(word: str, tmp_path: Path) -> None:
    """What offices call a review is one in a profile, in a list, and under a header that asks for it."""
    day, level = date(2026, 6, 1), "little_giant"
    given: list[Mapping[str, object]] = [{"firm_name": "甲", "申报类型": word}]
    (tmp_path / "firms.csv").write_text(f"企业名称,申报类型\n甲,{word}\n", encoding="utf-8")
    (tmp_path / "asked.csv").write_text("企业名称,是否复评\n甲,是\n", encoding="utf-8")
    given += [profile_of(tmp_path / name, level=level, as_of=day) for name in ("firms.csv", "asked.csv")]
    assert {assess(one, level=level, as_of=day).rulebook.id for one in given} == {"miit-2022-little-giant"}
    assert re.fullmatch(IS_REVIEW, word)


@pytest.mark.parametrize("word", ["未发生", "未发生过", "没有发生", "均未发生", "無"])
def test_what_did_not_happen(word: str) -> None:
    """未发生 answers no of accidents and violations at every door; of anything else it is refused."""
    asked = ("近三年重大事故", "近三年偷漏税")
    rules = rules_asking("major_incident_3y", "tax_violation_3y", major_incident_3y="equals: no")
    given = {"firm_name": "甲", **dict.fromkeys(asked, word)}
    assert assess(given, catalog=rules).verdict.value == "qualified"
    [row] = screen(pa.table({name: [value] for name, value in given.items()}), catalog=rules).to_pylist()
    assert row["verdict"] == "qualified"
    answer = TestClient(create_app(rules)).post("/v1/assessments", json=given)
    assert answer.json()["verdict"] == "qualified"
    if word != "無":
        with pytest.raises(InputError, match="neither yes nor no"):
            assess({"firm_name": "甲", "自主品牌": word})
