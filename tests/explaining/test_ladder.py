"""The whole ladder for one firm: levels in force, what is reached and held, and the way to the next step."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from fastapi.testclient import TestClient
from rich.cells import cell_len

from api.app import create_app
from engine import Catalog, assess, ladder
from tests.editions import rules_with_editions
from tests.shell import run
from tests.small_rules import rules_of

DAY = date(2026, 6, 1)
FIRMS = Path(__file__).parents[2] / "fixtures" / "made_up"
QUALIFIES = json.loads((FIRMS / "little-giant-qualifies.json").read_text(encoding="utf-8"))
JUST_FAILS = json.loads((FIRMS / "little-giant-2026-just-fails.json").read_text(encoding="utf-8"))
Capture = pytest.CaptureFixture[bytes]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give rules in which every level asks what the Little Giant text asks."""
    return rules_with_editions(tmp_path_factory.mktemp("editions") / "rules")


def _with_titles(profile: dict[str, Any], *titles: str, **more: object) -> dict[str, Any]:
    return {**profile, "valid_titles": list(titles), **more}


def test_every_level_in_force(catalog: Catalog) -> None:
    """Each level in force has its edition and the verdict that `assess` gives, the lowest level first."""
    found = ladder(JUST_FAILS, DAY, catalog)
    assert [level.rulebook.id for level in found.levels] == [
        "old-innovative",
        "tech",
        "new-srdi",
        "new-giant",
        "champion",
    ]
    for level in found.levels:
        verdict = assess(JUST_FAILS, level.rulebook.id, DAY, catalog)
        assert level.verdict == verdict.verdict
        unmet = [one.id for one in verdict.criteria if one.decides and one.outcome == "not_met"]
        assert [one.id for one in level.unmet] == unmet


def test_levels_cannot_be_skipped(catalog: Catalog) -> None:
    """A level whose criteria are all met is not reached without a title of the step below."""
    skipping = ladder(_with_titles(QUALIFIES, "srdi"), DAY, catalog)
    by_level = {level.level: level for level in skipping.levels}
    assert by_level["srdi"].reached  # it is held
    assert by_level["little_giant"].reached
    srdi = by_level["srdi"].step_below
    assert ([one.id for one in srdi.titles], srdi.needed, srdi.held) == (["innovative", "tech_sme"], True, True)
    without = ladder(_with_titles(QUALIFIES), DAY, catalog)
    assert not any(level.reached for level in without.levels if level.step_below.needed)


def test_a_title_is_reached_by_way_of_the_lower_ones(catalog: Catalog) -> None:
    """A lone Little Giant lacks no title of a lower level; a single champion, who need not be one, may."""
    giant = {one.level: one for one in ladder(_with_titles(QUALIFIES, "little_giant"), DAY, catalog).levels}
    assert (giant["srdi"].step_below.held, giant["srdi"].reached, giant["little_giant"].reached) == (True, True, True)
    champion = {one.level: one for one in ladder(_with_titles(QUALIFIES, "single_champion"), DAY, catalog).levels}
    assert (champion["srdi"].step_below.held, champion["srdi"].reached) == (False, False)


def test_usual_step_is_no_condition(catalog: Catalog) -> None:
    """A single champion need not be a Little Giant: the step below is named, with the reason why it is not needed."""
    champion = ladder(_with_titles(QUALIFIES, "srdi"), DAY, catalog).levels[-1]
    assert (champion.level, champion.step_below.needed, champion.reached) == ("single_champion", False, True)
    assert champion.step_below.note is not None


def test_unknown_titles(catalog: Catalog) -> None:
    """Titles that are not stated are unknown: neither held nor not held, and no level above them is reached."""
    profile = {name: value for name, value in QUALIFIES.items() if name != "valid_titles"}
    found = ladder(profile, DAY, catalog)
    assert found.held is None
    assert {level.held for level in found.levels} == {None}
    assert not any(level.reached for level in found.levels if level.step_below.needed)


def test_next_is_above_what_is_held(catalog: Catalog) -> None:
    """The next step is above the highest title held, even where its criteria are no longer met."""
    found = ladder(_with_titles(JUST_FAILS, "innovative", "srdi"), DAY, catalog)
    assert found.reached is None
    assert [level.level for level in found.next] == ["little_giant"]
    assert [one.id for one in ladder(_with_titles(JUST_FAILS), DAY, catalog).next[0].step_below.titles] == []
    assert [level.level for level in ladder(_with_titles(JUST_FAILS), DAY, catalog).next] == ["innovative", "tech_sme"]
    top = ladder(_with_titles(JUST_FAILS, "single_champion"), DAY, catalog)
    assert top.next == ()


def test_next_says_by_how_much(catalog: Catalog) -> None:
    """What is not met at the next level comes with what the firm's own figures would have to be."""
    (following,) = ladder(_with_titles(JUST_FAILS, "srdi"), DAY, catalog).next
    hints = {hint.fact: hint for unmet in following.unmet for hint in unmet.hints}
    assert hints["rd_expense_y0"].needed == 700.01
    assert round(hints["main_revenue_y0"].change, 6) == 0.001
    better = {**JUST_FAILS, "valid_titles": ["srdi"], **{name: hint.needed for name, hint in hints.items()}}
    (after,) = ladder(better, DAY, catalog).next
    assert {unmet.criterion.id for unmet in after.unmet} < {unmet.criterion.id for unmet in following.unmet}


def test_next_names_papers_and_what_is_missing(catalog: Catalog) -> None:
    """The next level lists what is missing and the documents of the criteria that decide."""
    profile = {name: value for name, value in JUST_FAILS.items() if name != "niche_market_years"}
    (following,) = ladder(_with_titles(profile, "srdi"), DAY, catalog).next
    assert "niche_market_years" in {fact.fact for fact in following.missing}
    assert [one.id for one in following.undetermined] == ["lg26-1-years"]
    papers = {one.id: [document.title.zh for document in one.documents] for one in following.evidence}
    assert papers["lg26-7-score"] == ["优质中小企业梯度培育平台的得分页面"]


def test_review_of_what_is_held(catalog: Catalog) -> None:
    """A firm under review is reviewed for the titles it holds, and applies anew for the others."""
    profile = _with_titles(QUALIFIES, "srdi", "little_giant", application_type="review")
    found = {level.level: level for level in ladder(profile, DAY, catalog).levels}
    assert (found["little_giant"].rulebook.id, found["little_giant"].application) == ("old-giant", "review")
    assert (found["single_champion"].application, found["tech_sme"].application) == ("new", "new")


def test_command_and_service_agree(capfdbinary: Capture, catalog: Catalog) -> None:
    """`champion ladder --format json` and `POST /v1/ladder` give the same answer."""
    file = str(FIRMS / "little-giant-2026-just-fails.json")
    options = ("--as-of", "2026-06-01", "--rules", str(catalog.folder), "--format", "json")
    by_command = json.loads(run(capfdbinary, "ladder", file, *options).out)
    by_http = TestClient(create_app(catalog)).post("/v1/ladder?as_of=2026-06-01", json=JUST_FAILS)
    assert by_http.status_code == 200
    assert by_http.json() == by_command


def test_each_level_says_its_edition_and_why(catalog: Catalog) -> None:
    """Each level names its edition, its document and first day, and gives the reasons that `assess` gives."""
    for level in ladder(JUST_FAILS, DAY, catalog).levels:
        verdict = assess(JUST_FAILS, level.rulebook.id, DAY, catalog)
        assert (level.rulebook, level.reasons) == (verdict.rulebook, verdict.reasons)
        assert level.in_force["from"] == catalog.rulebook(level.rulebook.id).words.in_force.from_
    by_level = {level.level: level for level in ladder(JUST_FAILS, DAY).levels}
    assert by_level["single_champion"].rulebook.document == "工信部政法〔2023〕138号"


@pytest.mark.parametrize(("lang", "width"), [("zh", 80), ("en", 80), ("zh", 100)])
def test_text_says_why(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch, lang: Literal["zh", "en"], width: int
) -> None:
    """Under each level stand its edition with its document, and why it is not qualified or undetermined; lines fit.

    But for a command, which is never broken.
    """
    monkeypatch.setattr("engine.command.console._PLAIN_WIDTH", width)
    file = str(FIRMS / "little-giant-2026-just-fails.json")
    out = run(capfdbinary, "ladder", file, "--as-of", "2026-06-01", "--lang", lang).out
    lines = [line for line in out.splitlines() if "champion assess" not in line and "champion facts" not in line]
    assert all(cell_len(line) <= width for line in lines if line[:1] not in {"✓", "✗", "?"})
    said, found = re.sub(r"\s+|·(?= )", "", out), ladder(JUST_FAILS, DAY)
    following = {level.level for level in found.next}
    for level in found.levels:
        titles = [
            level.rulebook.title.in_language(lang),
            *filter(None, [level.rulebook.document]),
            str(level.in_force["from"]),
        ]
        assert all(re.sub(r"\s+|·(?= )", "", title) in said for title in titles)
        why = re.sub(r"\s+", "", level.reasons.in_language(lang))[:150]
        assert (why in said) == (level.level not in following)


@pytest.mark.parametrize("day", ["2026-06-01", "2026年6月1日"])
@pytest.mark.parametrize("which", [("--row", "2"), ("--firm", "甲 厂"), ("--row", "2", "--map", "年 销=revenue_y0")])
def test_where_it_is_short_the_whole_command_is_told(
    capfdbinary: Capture, tmp_path: Path, which: tuple[str, ...], day: str
) -> None:
    """What is printed of a level that is told in short is a command that can be typed, and tells it in full."""
    (tmp_path / "名单.csv").write_text("企业名称,年 销\n甲 厂,500\n乙厂,1\n", encoding="utf-8")
    words = (str(tmp_path / "名单.csv"), *which, "--as-of", day, "--lang", "zh")
    told = [line for line in run(capfdbinary, "ladder", *words).out.splitlines() if "全文：" in line]
    assert told
    for line in told:
        champion, *again = shlex.split(line.partition("全文：")[2])
        done = run(capfdbinary, *again)
        assert (champion, done.code) == ("champion", 0)
        assert "甲 厂" in done.out
        assert f"{again[-1]} · 2026-06-01" in " ".join(done.out.split())


def test_qualified_but_for_the_title(capfdbinary: Capture) -> None:
    """A level whose criteria are met and for which a title is lacking says that this title comes first."""
    profile = json.dumps({**QUALIFIES, "valid_titles": []}).encode()
    out = run(capfdbinary, "ladder", "-", "--as-of", "2026-06-01", stdin=profile).out
    assert "✗ 须先取得称号：专精特新中小企业。" in out[: out.index("下一级：")]


def test_the_gap_of_an_open_criterion_is_told(capfdbinary: Capture) -> None:
    """Of a criterion that another way may still meet, it is told what fails; of one that cannot change, nothing."""
    profile = {
        "firm_name": "甲厂",
        "application_type": "new",
        "ip_class1_own_related_applied": 1,
        "valid_titles": ["srdi"],
    }
    out = run(capfdbinary, "ladder", "-", "--as-of", "2026-06-01", stdin=json.dumps(profile).encode()).out
    following = "".join(out[out.index("下一级：专精特新“小巨人”企业") :].split())
    assert "1项，要求不低于4项，还差3项" in following
    assert "要求为复核" not in following


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text(capfdbinary: Capture, catalog: Catalog, lang: str) -> None:
    """The text names every level, then the next one with its hints, and its paragraphs are at most 100 cells wide."""
    file = str(FIRMS / "little-giant-2026-just-fails.json")
    options = ("--as-of", "2026-06-01", "--rules", str(catalog.folder), "--lang", lang)
    out = run(capfdbinary, "ladder", file, *options).out
    said = re.sub(r"\s+", "", out)
    places = [said.index(name) for name in ("champion(", "new-giant(", "new-srdi(", "tech(", "old-innovative(")]
    assert places == sorted(places)
    assert {"zh": "→ 上年度研发费用须达到 700.01 万元", "en": "→ R&D expense, last full year: at least"}[lang] in out
    following = out[out.index({"zh": "下一级：", "en": "Next: "}[lang]) :]
    assert all(cell_len(line) <= 100 for line in following.splitlines())


def test_problems(capfdbinary: Capture) -> None:
    """A bad profile ends with 1 and all its problems."""
    result = run(capfdbinary, "ladder", "-", stdin=b'{"global_rank": 0, "revenue_y0": "x"}')
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 2)


def test_head_sentence(catalog: Catalog) -> None:
    """It says what came of each level: data lack, figures fail, a title comes first; what is held stays valid."""
    blank = ladder({"firm_name": "甲"}, DAY, catalog)
    assert "无法判定（没有不符合，缺指标）" in blank.summary.zh
    assert "不符合。" not in blank.summary.zh
    fails = ladder(_with_titles(JUST_FAILS, "srdi"), DAY, catalog)
    assert "专精特新“小巨人”企业、制造业单项冠军企业不符合。" in fails.summary.zh
    held = {one.level: one for one in fails.levels}["srdi"]
    assert (held.verdict, held.held) == ("not_qualified", True)
    assert held.title_note is not None
    assert held.title_note.zh.startswith("持有的称号在有效期内有效")
    assert held.title_note.zh in fails.summary.zh
    assert {one.title_note for one in fails.levels if not one.held} == {None}
    asked = {
        "base": ("innovative", "new, review", {"employees_y0": "at_least: 42"}),
        "srdi-new": ("srdi", "new", {"revenue_y0": "at_least: 1500"}),
    }
    skips = ladder({"employees_y0": 9, "revenue_y0": 2000, "valid_titles": []}, DAY, rules_of(asked))
    assert "创新型中小企业不符合；专精特新中小企业的条件都符合，但须先有下一级的称号。" in skips.summary.zh
    assert "持有的称号" not in skips.summary.zh


def test_why_is_a_list_and_what_is_waited_for() -> None:
    """Each level has its reasons one by one, and what an undetermined one waits for, both as `assess` gives them."""
    profile = {name: value for name, value in JUST_FAILS.items() if name != "award_level"}
    for level in ladder(profile, DAY).levels:
        verdict = assess(profile, level.rulebook.id, DAY)
        assert ("".join(one.zh for one in level.why), " ".join(one.en for one in level.why)) == (
            verdict.reasons.zh,
            verdict.reasons.en,
        )
        assert level.awaiting == verdict.awaiting
        assert [one.id for one in level.unless] == [
            one.id for one in verdict.criteria if one.decides and one.unless is not None
        ]


def test_each_level_says_whether_it_is_held_and_what_it_waits_for(capfdbinary: Capture) -> None:
    """The text says so, one reason a line; what fails at the next level unless another way is met; no ids of facts."""
    passes = json.loads((FIRMS / "little-giant-2026-just-passes.json").read_text(encoding="utf-8"))
    profile = {name: value for name, value in passes.items() if name != "award_level"}
    stdin = json.dumps(profile | {"ip_class1_own_related_applied": 3}).encode()
    out = run(capfdbinary, "ladder", "-", "--as-of", "2026-06-01", "--lang", "zh", stdin=stdin).out
    lines = out.splitlines()
    heads = [line.split() for line in lines if line[:1] in {"✓", "✗", "?"} and "项无法判定" in line]
    assert [line[-1] for line in heads] == ["未持有", "未持有", "持有", "未持有", "持有"]
    assert "   没有不符合，只待评审。" in lines
    assert any(line.startswith("   · 不符合：") for line in lines)
    assert any(line.startswith("   · 无法判定：") for line in lines)
    following = "".join(out[out.index("下一级：") :].split())
    assert "还差1项；除非（科技奖励级别为国家级科技奖励" in following
    assert "award_level" not in out


def test_what_a_figure_would_have_to_be_is_told_once(capfdbinary: Capture) -> None:
    """Where two comparisons of a criterion ask for the same figure, the arrow stands once."""
    passes = json.loads((FIRMS / "little-giant-2026-just-passes.json").read_text(encoding="utf-8"))
    stdin = json.dumps(passes | {"rd_expense_y0": 120}).encode()
    out = run(capfdbinary, "ladder", "-", "--as-of", "2026-06-01", "--lang", "zh", stdin=stdin).out
    assert out.count("→ 上年度研发费用须达到 150 万元") == 1


def test_what_is_open_leads_to_the_form_of_every_level(capfdbinary: Capture) -> None:
    """Where a level is open, the command of the form that asks what all of them ask stands in a line."""
    firm, day = str(FIRMS / "little-giant-qualifies.json"), ("--as-of", "2026-06-01")
    command = "champion facts --template --rulebook ladder --from {} --as-of 2026-06-01 -o 各级填报表.xlsx\n"
    assert f"\n一张表问全各级：{command.format(shlex.quote(firm))}" in run(capfdbinary, "ladder", firm, *day).out


def test_the_form_of_every_level_carries_this_one_over(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command takes the answers of the form at hand along; of one that asks for every level it does not stand."""
    monkeypatch.chdir(tmp_path)
    firm, day = str(FIRMS / "little-giant-qualifies.json"), ("--as-of", "2026-06-01")
    run(capfdbinary, "facts", "--template", "--level", "小巨人", "--from", firm, *day, "-o", "one.xlsx")
    out = run(capfdbinary, "ladder", "one.xlsx", *day).out
    [command] = [line for line in out.splitlines() if line.startswith("champion facts ")]
    assert " --from one.xlsx " in command
    run(capfdbinary, *command.split()[1:])
    assert run(capfdbinary, "ladder", "各级填报表.xlsx", *day).out.count("champion facts --template") == 0
