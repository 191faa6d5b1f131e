"""What a function gives is the JSON, the CSV and the page of its command, and short where Python shows it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from engine import (
    Comparison,
    Order,
    ScreeningSummary,
    Sweep,
    Target,
    Verdict,
    assess,
    changes_of,
    compare,
    difference,
    evidence,
    explanation,
    ladder,
    portfolio,
    prove,
    route,
    screen_file,
    shipped,
    sweep,
    target,
    what_if,
)
from engine.ground.result import Result, Shown, Tabled
from engine.ground.writing import to_json
from tests.analysis.test_sweep import firms_file
from tests.shell import run
from tests.small_rules import rules_of
from tests.tables import DAY

_ASKED = {"global_market_share_pct": "at_least: 15%", "global_rank": "at_most: 3"}
_RULES = rules_of({"old": ("little_giant", "new", _ASKED), "new": ("srdi", "new", {"global_rank": "at_most: 1"})})
_FIRM = {"firm_name": "<script>alert('甲')</script>", "global_market_share_pct": "12%"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[type, Shown]:
    """Give a result of each kind that has a page; of the list one firm flips."""
    folder = tmp_path_factory.mktemp("list")
    path = firms_file(folder, [("16", "1", ("70", "100")), ("9", "1", ("", "")), ("x", "", ("", ""))])
    path.write_text(path.read_text("utf-8").replace("第1厂", "<b>第1厂</b>"), "utf-8")
    found: list[Shown] = [
        assess(_FIRM, "old", DAY, catalog=_RULES),
        sweep(path, "global-market-share-pct=5%,15%", rulebook="old", catalog=_RULES, as_of=DAY),
        target(path, 1, rulebook="old", catalog=_RULES, as_of=DAY),
        compare(path, "old", "new", catalog=_RULES, as_of=DAY),
        screen_file(path, Order(_RULES.rulebook("old"), DAY, folder / "v.csv", "csv")),
    ]
    return {type(one): one for one in found}


_SAID = {
    Verdict: ("不符合 <script>alert('甲')</script>", "编造的规则 · old · 2026-06-01"),
    Sweep: ("试算：编造的条件 1", "符合 1，无法判定 0，不符合 1"),
    Target: ("要 1 家符合", "符合 1，无法判定 0，不符合 1"),
    Comparison: ("结论对照", "firms.csv，2026-06-01：3 行，两边都未比对 0 行。"),
    ScreeningSummary: ("old · 2026-06-01", "符合 1 家，不符合 1 家，无法判定 0 家，未比对 1 家。"),
}


@pytest.mark.parametrize("kind", _SAID)
def test_what_python_shows_is_short(results: dict[type, Shown], kind: type) -> None:
    """A line says what it is and what it came to; a notebook has the page, in which no text of a list is markup."""
    line, html = repr(results[kind]), results[kind]._repr_html_()
    assert line.startswith(f"<{kind.__name__}: ")
    assert [one for one in _SAID[kind] if one not in line] == [], line
    assert len(line) < 200
    assert "<table><tr><th>" in html
    assert "<script" not in html
    assert "<b>第1厂" not in html


def test_a_notebook_is_in_the_language_that_is_set(results: dict[type, Shown], monkeypatch: pytest.MonkeyPatch) -> None:
    """By CHAMPION_LANG, as the command is; names that are marked up are told as they are written."""
    monkeypatch.setenv("CHAMPION_LANG", "en")
    assert repr(results[Verdict]).startswith("<Verdict: not qualified <script>")
    assert "&lt;b&gt;第1厂&lt;/b&gt;" in results[Comparison]._repr_html_()
    assert "&lt;script&gt;alert(&#x27;甲&#x27;)&lt;/script&gt;" in results[Verdict]._repr_html_()


def test_a_trial_is_marked_wherever_it_is_shown(tmp_path: Path) -> None:
    """In the line of every result, and on its page."""
    path, rules = (
        firms_file(tmp_path, [("16", "1", ("", ""))]),
        what_if({"global-rank": "2"}, rulebook="old", catalog=_RULES),
    )
    found: list[Shown] = [
        assess(_FIRM, "old", DAY, catalog=rules),
        sweep(path, "global-rank=1,3", rulebook="old", catalog=rules, as_of=DAY),
        target(path, 1, rulebook="old", catalog=rules, as_of=DAY),
        compare(path, "old", changes=changes_of({"global-rank": "2"}), catalog=_RULES, as_of=DAY),
        screen_file(path, Order(rules.rulebook("old"), DAY, tmp_path / "v.csv", "csv")),
    ]
    assert [one for one in found if "试算" not in repr(one) or "文本为" not in one._repr_html_()] == []


def test_a_result_is_the_json_and_the_table_of_its_command(
    capfdbinary: pytest.CaptureFixture[bytes], results: dict[type, Shown], tmp_path: Path
) -> None:
    """`to_dict` is its JSON, `to_arrow` and `to_pandas` its CSV, figures as numbers."""
    path = firms_file(tmp_path, [("16", "1", ("70", "100")), ("9", "", ("", ""))])
    asked = ["sweep", str(path), "--vary", "global-rank=1,3", "--as-of", DAY.isoformat(), "--rulebook", "old"]
    asked += ["--rules", str(_RULES.folder), "--format"]
    found = sweep(path, "global-rank=1,3", rulebook="old", as_of=DAY, catalog=_RULES)
    assert json.loads(run(capfdbinary, *asked, "json").out) == found.to_dict()
    rows = list(csv.DictReader(io.StringIO(run(capfdbinary, *asked, "csv").out)))
    assert [{name: str(cell) for name, cell in row.items()} for row in found.to_arrow().to_pylist()] == rows
    assert found.to_pandas()["qualified"].tolist() == [one.counts.qualified for one in found.points]
    flips = results[Comparison]
    assert isinstance(flips, Tabled)
    assert flips.to_arrow().to_pylist()[0]["firm_name"] == "<b>第1厂</b>"


def test_every_result_is_a_dictionary(tmp_path: Path) -> None:
    """Whatever a function of one firm, a list or rulebooks gives: the same as its JSON."""
    products = firms_file(tmp_path, [("16", "1", ("70", "100"))])
    found: list[Result] = [
        ladder(_FIRM, DAY),
        evidence(_FIRM, as_of=DAY),
        route(_FIRM, DAY),
        portfolio(products, as_of=DAY),
        difference(shipped().rulebook("miit-2022-srdi"), shipped().rulebook("miit-2026-srdi")),
        explanation("global_market_share_pct", shipped()),
        *prove("sme-2011-size without employees_y0", DAY),
    ]
    for one in found:
        assert one.to_dict() == json.loads(to_json(one)), type(one)
