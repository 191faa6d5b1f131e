"""The form as data: what a firm is asked, in the words of the vocabulary, and how its answers are read."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, assess, form, how_read, rules_folder, shipped, to_json
from engine.explaining.blank_form import blank_form
from engine.explaining.wording import figure_words
from engine.ground.errors import RulebookError
from engine.language.facts import BOOLEAN
from engine.rulebooks.load import load_vocabulary

DAY = date(2026, 6, 1)
VOCABULARY = shipped().vocabulary
MADE_UP = sorted((Path(__file__).parents[2] / "fixtures" / "made_up").glob("*.json"))


@pytest.mark.parametrize("rulebook", [*shipped().ids, "ladder", "routes", None])
def test_it_asks_what_the_template_asks(rulebook: str | None) -> None:
    """Every rulebook's form has the questions of its template, each once, in the order and groups of the vocabulary."""
    found = form(rulebook, DAY)
    asked = [one.fact for group in found.groups for one in group.questions]
    template = blank_form(shipped(), DAY, rulebook)
    assert sorted(asked) == sorted(one.fact.id for part in template.parts for one in part.questions)
    assert asked == sorted(asked, key=[*VOCABULARY].index)
    for group in found.groups:
        assert {VOCABULARY.headings[one.fact] for one in group.questions} == {group.title}


def test_each_question_names_the_criteria_that_use_it() -> None:
    """What a criterion looks at names it; only who the firm is, and of when, may be asked by none."""
    for rulebook in shipped().ids:
        questions = [one for group in form(rulebook, DAY).groups for one in group.questions]
        idle = {one.fact for one in questions if not one.criteria} - {"firm_id", "firm_name", "fiscal_year_y0"}
        assert idle <= {fact.lookup.by for fact in VOCABULARY.values() if fact.lookup}, rulebook
        used = {one.criterion for each in questions for one in each.criteria}
        assert used == {one.words.id for one in shipped().rulebook(rulebook).criteria}


def test_a_yes_or_no_is_asked_as_a_person_asks() -> None:
    """Every fact answered by yes or no has a question in both languages; what is computed has none."""
    for fact in VOCABULARY.given.values():
        if fact.kind in BOOLEAN:
            assert fact.asks is not None, fact.id
            assert (fact.asks.zh[-1], fact.asks.en[-1]) == ("？", "?")


@pytest.mark.parametrize("path", MADE_UP, ids=lambda one: one.stem)
def test_an_answer_is_read_as_in_a_profile(path: Path) -> None:
    """Of every made-up firm each answer by itself is told as the verdict tells the same value."""
    profile = json.loads(path.read_text(encoding="utf-8"))
    told = {one: how_read(one, profile[one], DAY) for one in profile.keys() & VOCABULARY.given.keys()}
    for name, observed in _observed(profile).items():
        if name in told:
            assert told[name].words is not None
            assert told[name].words.zh == figure_words(VOCABULARY[name], observed)[0]


def _observed(profile: object) -> dict[str, object]:
    verdict = assess(profile, "miit-2026-srdi", DAY)
    checks = [check for one in verdict.criteria for check in one.checks]
    return {check.fact: check.observed for check in checks if check.observed is not None}


def test_what_cannot_be_read_is_told_with_what_to_write() -> None:
    """The problem is that of the profile; a blank is neither; a fraction for a percentage is noted."""
    wrong = how_read("revenue_y0", "约2亿", DAY)
    assert wrong.problem is not None
    assert wrong.problem.what.zh == "只是约数"
    assert wrong.words is None
    assert how_read("revenue_y0", " - ", DAY) == how_read("revenue_y0", None, DAY)
    assert "小数" in how_read("global_market_share_pct", "0.15", DAY).notes[0].zh


def test_a_new_fact_and_a_new_rulebook_are_asked(tmp_path: Path) -> None:
    """A fact added to the vocabulary and a rulebook that uses it make their own question, with a line of no code."""
    others = shutil.ignore_patterns(
        "cases", "schema", "miit-*", "most-*", "cae-2021-[sl]*", "cae-2021-chok*", "routes.yaml"
    )
    shutil.copytree(rules_folder(), tmp_path / "r", ignore=others)
    facts = tmp_path / "r" / "facts.yaml"
    more = "\nrobots_y0:\n  heading: {zh: 机器人, en: Robots}\n  kind: count\n  unit: {zh: 台, en: robots}\n"
    title = "  title: {zh: 上年度机器人数, en: 'Robots, last full year'}\n"
    facts.write_text(facts.read_text("utf-8") + more + title, "utf-8")
    book = (tmp_path / "r" / "cae-2021-champion.yaml").read_text("utf-8").replace("cae-2021-champion", "mine", 1)
    mine = book.replace("criteria:\n", "criteria:\n  - id: robots\n    title: {zh: 机器人, en: Robots}\n"
        "    cite: {source: cae-2021, clause: 一, grade: A}\n    quote: 机器人\n"
        "    require: {fact: robots_y0, at_least: 3台}\n", 1)  # fmt: skip
    (tmp_path / "r" / "mine.yaml").write_text(mine, "utf-8")
    rules = Catalog(tmp_path / "r")
    group = form("mine", DAY, rules).groups[-1]
    [one] = group.questions
    assert (group.title.zh, one.title.zh, one.unit.zh) == ("机器人", "上年度（2025年）机器人数", "台")
    assert [used.criterion for used in one.criteria] == ["robots"]
    page = TestClient(create_app(rules), "http://localhost").get("/zh/self-test/mine?as_of=2026-06-01").text
    assert '<label for="robots_y0">上年度（2025年）机器人数</label>' in page


def test_a_vocabulary_has_its_facts_in_groups(tmp_path: Path) -> None:
    """A fact above the first heading, a heading that stands twice and a question never asked are problems."""
    file = tmp_path / "facts.yaml"
    head = "  heading: {zh: 组, en: Group}\n"
    fact = "{}:\n{}  title: {{zh: 甲{}, en: A{}}}\n  kind: count\n"
    text = "".join(fact.format(f"f{n}", head if n else "", n, n) for n in range(3))
    more = "f3:\n  asks: {zh: 几, en: how many}\n  title: {zh: 乙, en: B}\n  kind: count\n  formula: f1 + f2\n"
    file.write_text(text + more, "utf-8")
    with pytest.raises(RulebookError) as caught:
        load_vocabulary(file)
    told = {one.what.zh for one in caught.value.problems}
    assert told == {"由公式算出，不问企业，不写 asks", "小标题“组”重复出现", "前面没有小标题 heading"}


def test_over_http() -> None:
    """The answer is the function's, in one language if asked; what there is not is refused."""
    client = TestClient(create_app())
    options = {"level": "小巨人", "as_of": "2026-06-01"}
    assert client.get("/v1/form", params=options).content == to_json(form(as_of=DAY, level="little_giant"))
    one = client.get("/v1/form", params={**options, "lang": "en"}).json()["groups"][0]["questions"][0]
    assert one["title"] == {"en": "Firm id"}
    assert client.get("/v1/form?rulebook=ladder&as_of=2026-06-01").json()["rulebooks"]
    assert [client.get(f"/v1/form?{one}").status_code for one in ("rulebook=x", "level=x", "firm=x")] == [404, 404, 422]
