"""Two rulebooks side by side: what changed and how, what is new, what is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rich.cells import cell_len

from api.app import create_app
from engine import Catalog, Difference, difference, rules_folder, shipped
from tests.editions import rules_with_editions
from tests.shell import run

BOOK = "miit-2026-little-giant"
Capture = pytest.CaptureFixture[bytes]
SCORED = """\
scorecards:
  - id: card
    title: 评分
    cite: {source: miit-2026-2, clause: 附件2, grade: A}
    groups:
      - id: all
        title: 全部
        items:
          - id: rd
            title: 研发
            max: 10
            fact: rd_intensity_pct_y0
            bands: [{points: 10, at_least: 5%}]
"""
CRITERION = """\
  - id: score
    title: 得分
    cite: {source: miit-2026-2, clause: 附件2, grade: A}
    quote: 得分
    require: {score: card, at_least: 10}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Give rules that a test may change."""
    return rules_with_editions(tmp_path / "rules")


def _changed(catalog: Catalog, *edits: tuple[str, str]) -> Difference:
    """Compare an edition with one that is the same but for those edits."""
    file = catalog.folder / "new-giant.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return difference(catalog.rulebook("old-giant"), catalog.rulebook("new-giant"))


def _states(found: Difference) -> dict[str, list[tuple[str | None, str | None]]]:
    states: dict[str, list[tuple[str | None, str | None]]] = {}
    for pair in found.requirements:
        ids = (pair.first.id if pair.first else None, pair.second.id if pair.second else None)
        states.setdefault(pair.state, []).append(ids)
    return states


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_with_itself(rulebook_id: str) -> None:
    """A rulebook compared with itself has no difference."""
    book = Catalog(rules_folder()).rulebook(rulebook_id)
    assert set(_states(difference(book, book))) == {"same"}


def test_threshold(catalog: Catalog) -> None:
    """A threshold that changed is told with what was asked before and what is asked now."""
    found = _changed(catalog, ("main_revenue_share_pct_y0, at_least: 90%", "main_revenue_share_pct_y0, at_least: 70%"))
    (pair,) = [pair for pair in found.requirements if pair.state == "changed"]
    (threshold,) = pair.thresholds
    assert threshold.fact == "main_revenue_share_pct_y0"
    assert (threshold.first, threshold.second) != (None, None)
    assert threshold.first is not None
    assert threshold.second is not None
    assert (threshold.first.en, threshold.second.en) == ("at least 90%", "at least 70%")
    assert found.summary.en == f"1 changed, 0 new, 0 gone, {len(found.requirements) - 1} the same."


def test_other_number_in_the_id(catalog: Catalog) -> None:
    """A criterion with another clause number in its id, and one with another fact, are still found."""
    found = _changed(
        catalog,
        ("id: lg26-2d-debt", "id: lg30-7-debt"),
        ("id: lg26-2c-growth", "id: lg30-8-growth"),
        ("fact: revenue_cagr_2y_pct", "fact: main_revenue_growth_mean_2y_pct"),
    )
    states = _states(found)
    assert ("lg26-2d-debt", "lg30-7-debt") in states["same"]
    assert states["changed"] == [("lg26-2c-growth", "lg30-8-growth")]
    (pair,) = [pair for pair in found.requirements if pair.state == "changed"]
    assert {one.fact for one in pair.thresholds} == {"revenue_cagr_2y_pct", "main_revenue_growth_mean_2y_pct"}


def test_words_new_and_gone(catalog: Catalog) -> None:
    """Other words alone are a change; a criterion without a likeness is new or gone; lines of a scorecard count too."""
    found = _changed(
        catalog,
        ("quote: 已获得专精特新中小企业称号", "quote: 持有专精特新中小企业称号"),
        ("fact: niche_market_years, at_least: 3年", "fact: own_brand, equals: yes"),
        ("id: lg26-1-years", "id: brand"),
        ("criteria:\n", f"{SCORED}criteria:\n{CRITERION}"),
    )
    states = _states(found)
    assert states["changed"] == [("lg26-1-title", "lg26-1-title")]
    assert {second for _, second in states["new"]} == {"brand", "score", "card.all.rd"}
    assert states["gone"] == [("lg26-1-years", None)]
    (pair,) = [pair for pair in found.requirements if pair.state == "changed"]
    assert (pair.words_changed, pair.thresholds) == (True, ())


def test_command_and_service_agree(capfdbinary: Capture) -> None:
    """`champion rulebooks diff --format json` and the service give the same answer."""
    out = run(capfdbinary, "rulebooks", "diff", "cae-2021-champion", BOOK, "--format", "json").out
    answer = TestClient(create_app()).get(f"/v1/rulebooks/cae-2021-champion/diff/{BOOK}")
    assert (answer.status_code, answer.json()) == (200, json.loads(out))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text(capfdbinary: Capture, lang: str) -> None:
    """The text has two columns and is at most 100 cells wide."""
    out = run(capfdbinary, "rulebooks", "diff", "cae-2021-champion", BOOK, "--lang", lang).out
    assert out.startswith("cae-2021-champion ")
    assert all(cell_len(line) <= 100 for line in out.splitlines())
    assert f"\n{ {'zh': '取消', 'en': 'Gone'}[lang] } (" in out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["diff", BOOK], 2, "diff A B"),
        (["a", "b", "c"], 2, "diff A B"),
        (["diff", BOOK, "nowhere"], 1, "没有这套规则"),
        (["diff"], 1, "没有这套规则"),
    ],
)
def test_refused(capfdbinary: Capture, words: list[str], code: int, says: str) -> None:
    """Other words than an id or `diff A B` are a mistake of usage; an unknown rulebook is one of input."""
    result = run(capfdbinary, "rulebooks", *words)
    assert (result.code, result.out) == (code, "")
    assert says in result.err


def test_unknown_by_http() -> None:
    """A rulebook that is not known is answered with 404."""
    client = TestClient(create_app())
    assert client.get(f"/v1/rulebooks/{BOOK}/diff/nowhere").status_code == 404
    assert client.get(f"/v1/rulebooks/nowhere/diff/{BOOK}").status_code == 404
