"""What is said of the titles that a firm holds: until when, that a term is over, and which count as once held."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from engine import assess, ladder, screen
from engine.ground.errors import Language
from tests.shell import run

DAY = date(2026, 6, 1)
FIRM = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "made_up" / "little-giant-2026-just-passes.json").read_text("utf-8")
)
VALID, OVER = "浙江省专精特新中小企业（有效期到2026年12月）", "浙江省专精特新中小企业（有效期到2025年12月）"


def _firm(**changed: Any) -> dict[str, Any]:
    return {name: value for name, value in (FIRM | changed).items() if value is not None}


def _said(facts: dict[str, Any]) -> str:
    found = {one.id: one for one in assess(facts, "miit-2026-little-giant", DAY).criteria}["lg26-1-title"]
    return found.checks[0].explanation.zh


def test_until_when_a_title_is_valid(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A term that is stated is told in the finding, in the ladder and on the page; one that is not, nowhere."""
    until = "专精特新中小企业（有效至2026年12月31日）"
    assert _said(_firm(valid_titles=VALID)) == f"有效期内的称号：{until}，符合要求（包含专精特新中小企业）。"
    listed = [{"title": "专精特新", "issued": "2024-01-01", "expires": "2026-12-31"}]
    assert _said(_firm(valid_titles=None, title_items=listed)) == _said(_firm(valid_titles=VALID))
    found = ladder(_firm(valid_titles=VALID), DAY)
    assert {one.level: one.held_words.zh for one in found.levels}["srdi"] == "持有（有效至2026年12月31日）"
    assert until in found.summary.zh
    words = ("--level", "小巨人", "--as-of", "2026-06-01", "--lang", "zh", "--format", "brief")
    page = run(capfdbinary, "assess", "-", *words, stdin=json.dumps(_firm(valid_titles=VALID)).encode()).out
    assert f"有效期内的称号 {until}" in page
    assert "有效至" not in _said(FIRM) + ladder(FIRM, DAY).summary.zh


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (OVER, f"所填“{OVER}”不在有效期内"),
        (f"创新型、{OVER}", f"创新型中小企业；所填“{OVER}”不在有效期内"),
        (
            "专精特新（2027-2028）、小巨人（2018-2021）",
            "所填“专精特新（2027-2028）”、“小巨人（2018-2021）”不在有效期内",
        ),
        ("无", "无"),
        ("高新技术企业", "无"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_title_outside_its_term(titles: str, says: str, lang: Language) -> None:
    """What was typed is told, and that it is not valid, in a verdict as in a row; who wrote 无 has none."""
    facts = {"valid_titles": titles, "application_type": "new"}
    verdict = assess(facts, "miit-2026-little-giant", DAY)
    assert f"有效期内的称号：{says}，要求包含专精特新中小企业。" in verdict.reasons.zh
    row = pa.table({"企业名称": ["甲"], "有效期内的称号": [titles], "申报类型": ["新申报"]})
    told = screen(row, rulebook="miit-2026-little-giant", as_of=DAY, lang=lang)["reasons"].to_pylist()
    assert told == [verdict.reasons.in_language(lang)]


def test_a_title_of_a_list_outside_its_term() -> None:
    """A record whose last day is past is told too, but for one of no title."""
    nameless = assess({"title_items": [{"expires": "2025-12-31"}]}, "miit-2026-little-giant", DAY)
    assert "None" not in nameless.reasons.zh
    listed = [{"title": "专精特新", "issued": "2022-01-01", "expires": "2025-12-31"}]
    says = _said({"title_items": listed, "application_type": "new"})
    assert says == "有效期内的称号：所填“专精特新中小企业（至2025-12-31）”不在有效期内，要求包含专精特新中小企业。"


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (None, ["没有填写是否持有"] * 3),
        ("无", ["没有持有"] * 3),
        (OVER, ["没有持有", "已过期（有效至2025年12月31日）", "没有持有"]),
        ("专精特新（2027-2028）", ["没有持有", "尚未生效（有效至2028年12月31日）", "没有持有"]),
        ("专精特新", ["视同持有过同级之一（因持有更高一级，我们的读法）", "持有", "没有持有"]),
        ("专精特新、科技型中小企业", ["没有持有", "持有", "没有持有"]),
        (
            "小巨人",
            ["视同持有过同级之一（因持有更高一级，我们的读法）", "视同持有过（因持有更高一级，我们的读法）", "持有"],
        ),
        ("某某某称号", ["有的称号无法识别，不能确定是否持有"] * 3),
    ],
)
def test_each_level_says_one_thing_of_its_title(titles: str | None, says: list[str]) -> None:
    """Held, counted as once held, over, to come, not held, not stated, not understood: one of these, at each level."""
    found = {one.level: one.held_words.zh for one in ladder(_firm(valid_titles=titles), DAY).levels}
    assert [found[level] for level in ("innovative", "srdi", "little_giant")] == says
