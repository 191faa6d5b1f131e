"""The page that explains a fact, a criterion or a rulebook: what words name it, and what stands on it."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import InputError, explanation, shipped, to_json
from engine.explaining.rulebook_parts import facts_of, part_id, parts_of, rests_on
from engine.rulebooks.logic import Item, Rulebook
from tests.shell import run

_BOOKS = [shipped().rulebook(name) for name in shipped().ids]


@pytest.mark.parametrize(
    ("word", "kind", "name"),
    [
        ("global_market_share_pct", "fact", "global_market_share_pct"),
        ("全球市场占有率", "fact", "global_market_share_pct"),
        ("國際市場占有率", "fact", "global_market_share_pct"),
        ("营业收入（万元）", "fact", "revenue_y0"),
        ("lg26-2b-main-share", "criterion", "lg26-2b-main-share"),
        ("cae-2021-champion：全球市场占有率", "criterion", "global-share"),
        ("miit-2025-little-giant:lg22-xin-innovation", "criterion", "lg22-xin-innovation"),
        ("sme-2011-size", "rulebook", "sme-2011-size"),
        ("专精特新“小巨人”企业认定标准（2026年）", "rulebook", "miit-2026-little-giant"),
        ("300号", "document", "工信部联企业〔2011〕300号"),
        ("工信部企业〔2022〕63号", "document", "工信部企业〔2022〕63号"),
        ("《科技型中小企业评价办法》", "document", "国科发政〔2017〕115号"),
    ],
)
def test_a_word_names_one_thing(word: str, kind: str, name: str) -> None:
    """Ids, titles and aliases name facts, criteria and rulebooks, in either script and width."""
    found = explanation(word)
    assert (found.kind, found.id) == (kind, name)


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("市场占有率", ["global_market_share_pct", "domestic_market_share_pct"]),
        ("lg22-xin-innovation", ["miit-2022-little-giant:lg22-xin-innovation"]),
        ("小巨人", ["miit-2022-little-giant", "miit-2026-little-giant"]),
        ("研发", ["rd_expense_y0"]),
        ("RD", ["rd_expense_y0"]),
        ("revenu_y0", ["revenue_y0"]),
        ("知名度", ["market_position_recognised"]),
        ("近两年研发费用", ["miit-2026-little-giant:lg26-3-rd", "miit-2026-srdi:z26-3-rd"]),
        ("xyzzy", ["champion facts"]),
        ("", ["champion facts"]),
        ("\x1b[2J" * 99, ["champion facts"]),
    ],
)
def test_a_word_that_is_unclear_names_the_candidates(word: str, named: list[str]) -> None:
    """What means several things, or nothing, is refused with what to write instead, in both languages."""
    with pytest.raises(InputError) as refused:
        explanation(word)
    (problem,) = refused.value.problems
    assert problem.instead is not None
    for one in named:
        assert one in problem.instead.zh
        assert one in problem.instead.en
    assert len(problem.in_language("zh")) < 1000
    assert ("请写其中之一：" in problem.instead.zh) == (len(named) > 1 or word in {"研发", "RD", "lg22-xin-innovation"})
    assert problem.in_language("zh").startswith("所问的名称:")


@pytest.mark.parametrize("book", _BOOKS, ids=lambda book: book.id)
def test_every_part_is_explained(book: Rulebook) -> None:
    """Each criterion and line has its page, with its words, and with what it asks of each fact that it compares."""
    for part in parts_of(book):
        found = explanation(f"{part[0].id}:{part_id(part[1])}")
        assert [place.id for place in found.places] == [part_id(part[1])]
        assert [sheet.fact["id"] for sheet in found.facts] == [fact.id for fact in facts_of(*part)]
        for sheet in found.facts:
            (own,) = [one for one in sheet.editions if one.rulebook["id"] == part[0].id]
            assert part_id(part[1]) in {asked.id for asked in own.asks}


def test_a_fact_stands_wherever_it_is_compared() -> None:
    """The page of a fact has a place in each rulebook of which a check compares it."""
    for fact in shipped().vocabulary.values():
        own = {book.id for book in _BOOKS for one in book.checks if one.fact is fact and one.borrowed is None}
        assert own <= {place.rulebook for place in explanation(fact.id).places}, fact.id


def test_a_fact_stands_with_the_thresholds_of_what_is_computed_from_it() -> None:
    """Each rulebook that uses a fact through another one asks something of it, under the title of that one."""
    [sheet] = explanation("rd_expense_y0").facts
    asks = {one.rulebook["id"]: [it.words.zh for it in one.asks] for one in sheet.editions}
    of_ratio = "用来计算“上年度研发费用占营业收入比重”：不低于 3%"
    assert asks["miit-2026-little-giant"] == [f"用来计算“近两年研发费用合计”：不低于 1,200 万元；{of_ratio}"]
    assert asks["miit-2026-srdi"] == [f"不低于 100 万元；{of_ratio}"]
    for name in ("rd_expense_y1", "rd_staff_y0", "total_liabilities_y0"):
        found = explanation(name)
        using = {book.id for book in _BOOKS if any(rests_on(book.vocabulary[name], *part) for part in parts_of(book))}
        assert using
        assert {one.rulebook["id"] for one in found.facts[0].editions if one.asks} == using
        assert {place.rulebook for place in found.places} == using


def test_a_document_names_its_rulebooks() -> None:
    """Those that are its text, and those that cite it."""
    found = explanation("63号")
    assert "miit-2022-srdi" in {one["id"] for one in found.texts}
    assert "miit-2026-srdi" in {one["id"] for one in found.cited_by}


def test_a_page_says_what_its_grades_and_numbers_mean(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """At its foot, as every page does."""
    said = run(capfdbinary, "explain", "研发人员数量", "--lang", "zh").out
    assert "出处等级（可信度）：A 两处独立来源" in said
    assert "63号即工信部企业〔2022〕63号" in said


def test_a_help_text_names_its_documents_in_full() -> None:
    """Every number in the title or the note of a fact has, in the note, the title of a document beside it."""
    titles = {
        one.document.rpartition("〕")[2]: one.title.zh
        for book in _BOOKS
        for one in book.words.sources.values()
        if one.document
    }
    for fact in shipped().vocabulary.values():
        note = fact.note.zh if fact.note else ""
        for number in re.findall(r"(?<![0-9])[0-9]+号", fact.title.zh + note):
            assert f"《{titles[number]}》（{number}）" in note, fact.id


def test_thresholds_stand_side_by_side_with_their_days() -> None:
    """Editions of a level come in the order of their days, those that ask nothing of the fact too."""
    (sheet,) = explanation("全球市场占有率").facts
    giants = [one for one in sheet.editions if one.rulebook["level"] == "little_giant"]
    assert [one.rulebook["in_force"]["from"].isoformat() for one in giants] == [
        "2022-08-01",
        "2025-01-01",
        "2026-04-01",
    ]
    assert [[asked.words.zh for asked in one.asks] for one in giants] == [[], [], ["不低于 10%"]]


def test_the_same_at_every_door(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Function, command and service give the same page, and refuse the same words."""
    client = TestClient(create_app())
    for word in ("revenue_y0", "lg26-5-market", "cae-2021-champion", "300号"):
        page = json.loads(to_json(explanation(word)))
        assert client.get(f"/v1/explanations/{word}").json() == page
        assert json.loads(run(capfdbinary, "explain", word, "--format", "json").out) == page
    refused = client.get("/v1/explanations/市场占有率?lang=en")
    told = run(capfdbinary, "explain", "市场占有率", "--lang", "en")
    assert (refused.status_code, told.code) == (404, 1)
    assert refused.json()["problems"][0]["instead"] in told.err
    assert "GET /v1/rulebooks" in client.get("/v1/explanations/xyzzy").json()["problems"][0]["instead"]


def test_every_band_of_a_fact_has_its_points() -> None:
    """What a line of a scorecard asks of a fact stands with what it earns, also where it is one of several."""
    lines = [(book, part) for book in _BOOKS for book, part in parts_of(book) if isinstance(part, Item)]
    for fact in {fact for line in lines for fact in facts_of(*line)}:
        [sheet] = explanation(fact.id).facts
        asked = {(one.rulebook["id"], of.id): of.words.zh for one in sheet.editions for of in one.asks}
        for book, part in lines:
            if fact in facts_of(book, part):
                told = asked[book.id, part_id(part)].replace("（另一种读法）", "").split("；")
                assert [one for one in told if not one.endswith(" 分")] == [], (book.id, part.id)


@pytest.mark.parametrize("word", ["117号", "工信厅企业函〔2026〕117号"])
def test_a_document_that_nobody_read_is_told_by_what_rulebooks_say_of_it(
    word: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A number that only open questions name has a page: not read, what is said of it, and by which rulebooks."""
    found = explanation(word)
    assert (found.kind, found.id, found.texts) == ("document", word, ())
    assert "miit-2022-little-giant" in {one["id"] for one in found.cited_by}
    told = "".join(run(capfdbinary, "explain", word, "--lang", "zh").out.split())
    assert "没有读到原文" in told
    assert "仍用2022年的标准，该通知没有读到原文，是否另有要求不详" in told
    page = TestClient(create_app()).get("/explain", params={"word": word, "lang": "zh"}).text
    assert "仍用2022年的标准，该通知没有读到原文" in page
    with pytest.raises(InputError):
        explanation("17号")  # no number of which this is the end


def test_an_option_is_told_with_its_fact() -> None:
    """A word that is an answer is no half of a name: it is told which question it answers."""
    with pytest.raises(InputError) as refused:
        explanation("复核")
    assert refused.value.problems[0].what.zh == "是“申报类型”的一个选项"


def test_a_whole_names_its_parts(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A figure that no text asks for points to the parts of it that texts ask for, of parts too."""
    found = explanation("Ⅰ类知识产权")
    parts = found.facts[0].part_facts
    assert {"ip_class1_own_related_applied", "ip_class1_related_applied"} <= parts.keys()
    told = "".join(run(capfdbinary, "explain", "Ⅰ类知识产权", "--lang", "zh").out.split())
    assert "自主申请、与主导产品相关且已应用的Ⅰ类知识产权(ip_class1_own_related_applied)" in told


@pytest.mark.parametrize(
    ("word", "rulebook", "words"),
    [
        ("有效期内的称号", "miit-2026-little-giant", "包含专精特新中小企业；或者包含专精特新“小巨人”企业"),
        ("从事细分市场时间", "miit-2023-single-champion", "不低于 10 年；或者不低于 5 年"),
        ("全球市场占有率", "miit-2026-little-giant", "不低于 10%"),
    ],
)
def test_what_any_one_of_is_enough_is_joined_by_or(word: str, rulebook: str, words: str) -> None:
    """What must all hold, and what a line gives points for, is not."""
    [sheet] = explanation(word).facts
    [edition] = [one for one in sheet.editions if one.rulebook["id"] == rulebook]
    assert edition.asks[0].words.zh == words
    every = [one.words for it in explanation("valid_titles").facts[0].editions for one in it.asks]
    lacks = [one.zh for one in every if "不包含" in one.zh]
    assert lacks
    assert not any("或者" in one for one in lacks)


def test_a_fact_has_its_own_papers_only() -> None:
    """Of a criterion they are those that it asks for."""
    assert [paper.title.zh for paper in explanation("研发人员数量").papers] == ["研发人员花名册"]
    assert len(explanation("miit-2026-little-giant:lg26-3-rd").papers) > 1
