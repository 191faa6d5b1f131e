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
from engine.rulebooks.catalog import shipped
from tests.doors.test_ten_thousand_firms import in_file
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
    until = "专精特新中小企业（有效至2026年12月31日，按月末算）"
    assert _said(_firm(valid_titles=VALID)) == f"有效期内的称号：{until}，符合要求（包含专精特新中小企业）。"
    listed = [{"title": "专精特新", "issued": "2024-01-01", "expires": "2026-12-31"}]
    assert _said(_firm(valid_titles=None, title_items=listed)) == _said(_firm(valid_titles=VALID)).replace(
        "，按月末算", ""
    )
    found = ladder(_firm(valid_titles=VALID), DAY)
    assert {one.level: one.held_words.zh for one in found.levels}["srdi"] == "持有（有效至2026年12月31日，按月末算）"
    assert until in found.summary.zh
    words = ("--level", "小巨人", "--as-of", "2026-06-01", "--lang", "zh", "--format", "brief")
    page = run(capfdbinary, "assess", "-", *words, stdin=json.dumps(_firm(valid_titles=VALID)).encode()).out
    assert f"有效期内的称号 {until}" in page
    assert "有效至" not in _said(FIRM) + ladder(FIRM, DAY).summary.zh


ENDS = (
    "“有效期内的称号”中的专精特新中小企业于2026年6月30日到期（没有写到日，按月末算，请核对证书），还有 29 天；"
    "到期没有延续的，{}不能判为符合。"
)
OWN, OTHER = "“专精特新中小企业称号”", "“科技和创新型中小企业称号”"


ENDING = {  # what falls at the level 小巨人 and on the ladder
    "专精特新（2023年6月至2026年6月）": (OWN, f"{OTHER}、{OWN}"),
    "专精特新（2023年6月至2026年6月）、小巨人": (None, None),
    "专精特新（2023年6月至2026年6月）、科技型中小企业": (OWN, OWN),
    "专精特新（2023年6月至2026年6月）、某某某称号": (OWN, f"{OTHER}、{OWN}"),
    "专精特新（2023年6月至2027年6月2日）": (None, None),
    "专精特新（2023年6月至2026年5月）": (None, None),
    "专精特新（2023年）": (None, None),
    "专精特新": (None, None),
}


def test_a_day_that_is_written_is_told_as_it_is() -> None:
    """Only of a month, or a year, is it said that its last day is taken."""
    for typed, is_taken in (("2026年6月", True), ("2026-06-30", False), ("2026年6月30日", False), ("2026年", True)):
        [note] = [
            one
            for one in assess(FIRM | {"valid_titles": f"专精特新（至{typed}）"}, level="little_giant", as_of=DAY).notes
            if "到期" in one.zh
        ]
        assert ("没有写到日" in note.zh, "no day is stated" in note.en) == (is_taken, is_taken)


def test_a_title_that_ends_soon(tmp_path: Path) -> None:
    """Within a year of the day: when, in how many days, and what cannot be met without it; alike of one and of rows."""
    path, heads = tmp_path / "firms.csv", ("企业名称", "有效期内的称号", "申报类型")
    firms = [("甲厂", *one) for one in (*((titles, "新申报") for titles in ENDING), (next(iter(ENDING)), "复核"))]
    path.write_text("\n".join(",".join(one) for one in [heads, *firms]), encoding="utf-8")
    facts = [dict(zip(heads, one, strict=True)) for one in firms]
    at_level = [assess(one, level="little_giant", as_of=DAY).notes for one in facts]
    on_ladder = [ladder(one, DAY).notes for one in facts]
    for notes, order in ((at_level, (None, "little_giant")), (on_ladder, ("ladder", None))):
        judged = in_file(path, shipped(), *order, DAY)
        told = [judged[line]["notes"] for line in range(2, len(firms) + 2)]
        assert told == ["".join(one.zh for one in several) for several in notes]
    for place, expected in enumerate(ENDING.values()):
        said = [[one.zh for one in notes[place] if "到期" in one.zh] for notes in (at_level, on_ladder)]
        assert said == [[ENDS.format(one)] if one else [] for one in expected]
    row = pa.table({"企业名称": ["甲厂"], "有效期内的称号": [next(iter(ENDING))], "申报类型": ["新申报"]})
    english = screen(row, level="little_giant", as_of=DAY, lang="en")["notes"].to_pylist()
    assert english == [" ".join(one.en for one in at_level[0])]


TOGETHER = (
    "“有效期内的称号”中的专精特新中小企业于2026年6月30日到期（没有写到日，按月末算，请核对证书）、专精特新“小巨人”企业于2026年9月30日到期（没有写到日，按月末算，请核对证书）；"
    "都没有延续的，{}不能判为符合。"
)


def test_titles_of_which_one_is_enough_that_end_soon_together(tmp_path: Path) -> None:
    """What cannot be met without any of them; nothing if one of them stays. Alike of one and of rows."""
    srdi, giant = "专精特新（2023年6月至2026年6月）", "小巨人（2023年10月至{}年9月）"
    several = [
        f"{srdi}、{giant.format(2026)}",
        f"{srdi}、{giant.format(2028)}",
        f"{srdi}、{giant.format(2026)}、某某某称号",
    ]
    several += [f"{srdi}、{giant.format(2026)}、创新型"]
    expected = [(OWN, f"{OTHER}、{OWN}"), (None, None), (OWN, f"{OTHER}、{OWN}"), (OWN, OWN)]
    path, heads = tmp_path / "firms.csv", ("企业名称", "有效期内的称号", "申报类型")
    firms = [("甲厂", titles, "新申报") for titles in several]
    path.write_text("\n".join(",".join(one) for one in [heads, *firms]), encoding="utf-8")
    facts = [dict(zip(heads, one, strict=True)) for one in firms]
    at_level = [assess(one, level="little_giant", as_of=DAY).notes for one in facts]
    on_ladder = [ladder(one, DAY).notes for one in facts]
    for notes, order in ((at_level, (None, "little_giant")), (on_ladder, ("ladder", None))):
        judged = in_file(path, shipped(), *order, DAY)
        told = [judged[line]["notes"] for line in range(2, len(firms) + 2)]
        assert told == ["".join(one.zh for one in each) for each in notes]
    for place, each in enumerate(expected):
        said = [[one.zh for one in notes[place] if "到期" in one.zh] for notes in (at_level, on_ladder)]
        assert said == [[TOGETHER.format(one)] if one else [] for one in each], several[place]


def test_a_title_that_ends_where_it_is_asked_for() -> None:
    """The last day has none left; a rulebook that does not ask for the title says nothing."""
    facts = {"valid_titles": "专精特新（2023年6月至2026年6月）"}
    last = assess(facts, level="little_giant", as_of=date(2026, 6, 30))
    assert any("还有 0 天" in note.zh for note in last.notes)
    assert all("到期" not in note.zh for note in assess(facts, "most-2017-tech-sme", DAY).notes)


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
    ways = "要求包含专精特新中小企业；或者要求包含专精特新“小巨人”企业（满足其一即可）。"
    assert f"有效期内的称号：{says}，{ways}" in verdict.reasons.zh
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
        ("无", ["未持有"] * 3),
        (OVER, ["未持有", "已过期（有效至2025年12月31日，按月末算）", "未持有"]),
        ("专精特新（2027-2028）", ["未持有", "尚未生效（有效至2028年12月31日，按月末算）", "未持有"]),
        ("专精特新", ["未持有；因持有更高一级，视同有过本级的一种（我们的读法）", "持有", "未持有"]),
        ("专精特新、科技型中小企业", ["未持有", "持有", "未持有"]),
        (
            "小巨人",
            [
                "未持有；因持有更高一级，视同有过本级的一种（我们的读法）",
                "未持有；因持有更高一级，视同有过（我们的读法）",
                "持有",
            ],
        ),
        ("某某某称号", ["有的称号无法识别，不能确定是否持有"] * 3),
    ],
)
def test_each_level_says_one_thing_of_its_title(titles: str | None, says: list[str]) -> None:
    """Held, counted as once held, over, to come, not held, not stated, not understood: one of these, at each level."""
    found = {one.level: one.held_words.zh for one in ladder(_firm(valid_titles=titles), DAY).levels}
    assert [found[level] for level in ("innovative", "srdi", "little_giant")] == says
