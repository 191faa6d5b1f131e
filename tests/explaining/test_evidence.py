"""The documents to prepare, and which of them are ticked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import evidence, shipped
from tests.shell import run

DAY = date(2026, 6, 1)
RULEBOOK = "miit-2026-little-giant"
FIRM = Path(__file__).parents[2] / "fixtures" / "made_up" / "little-giant-qualifies.json"
PROFILE = {key: value for key, value in json.loads(FIRM.read_text(encoding="utf-8")).items() if key != "evidence"}
Capture = pytest.CaptureFixture[bytes]


def _ticks(papers: dict[str, Any], criterion: str, **more: object) -> list[bool]:
    found = evidence({**PROFILE, **more, "evidence": papers}, RULEBOOK, DAY)
    (one,) = [one for one in found.criteria if one.id == criterion]
    return [document.ready for document in one.documents]


def test_by_criterion() -> None:
    """Every criterion of the rulebook has its documents, in the order of the file."""
    found = evidence(PROFILE, RULEBOOK, DAY)
    criteria = shipped().rulebook(RULEBOOK).criteria
    assert [one.id for one in found.criteria] == [one.words.id for one in criteria]
    asked = {one.id: tuple(document.title for document in one.documents) for one in found.criteria if one.applies}
    assert asked == {one.words.id: one.words.evidence for one in criteria if one.words.id in asked}


@pytest.mark.parametrize(
    ("papers", "criterion", "ticked"),
    [
        ({}, "lg26-2a-revenue", [False]),
        ({"revenue_y0": "2025年度审计报告"}, "lg26-2a-revenue", [True]),
        ({"revenue_y0": {"source": "2025年度审计报告", "status": "claimed"}}, "lg26-2a-revenue", [False]),
        ({"revenue_y0": {"status": "none"}}, "lg26-2a-revenue", [False]),
        ({"main_revenue_y0": "2025年度审计报告"}, "lg26-2b-main-share", [False]),
        ({"main_revenue_y0": "审计报告", "revenue_y0": "审计报告"}, "lg26-2b-main-share", [True]),
        ({"employees_y0": "上年12月缴纳社保人数证明（盖章）"}, "base-2-sme", [True, False]),
        ({"employees_y0": "证明"}, "base-2-sme", [False, False]),
        ({"serious_dishonesty_list": "信用中国报告.pdf"}, "base-3-lists", [False, True]),
        ({"serious_dishonesty_list": "Credit China report of May"}, "base-3-lists", [False, True]),
    ],
)
def test_ticked(papers: dict[str, Any], criterion: str, ticked: list[bool]) -> None:
    """A document is ticked by its name; a single one also when every stated figure has a document behind it."""
    assert _ticks(papers, criterion) == ticked


def test_not_applicable_asks_for_nothing() -> None:
    """A criterion that does not apply to the firm asks for no document."""
    found = evidence({**PROFILE, "application_type": "review"}, RULEBOOK, date(2027, 6, 1))
    (growth,) = [one for one in found.criteria if one.id == "lg26-2c-growth"]
    assert (growth.applies, growth.documents, growth.facts) == (False, (), ())


def test_declared_papers_are_shown() -> None:
    """Under a criterion stand its facts with what usually proves them and the document that is declared."""
    found = evidence({**PROFILE, "evidence": {"revenue_y0": {"source": "审计报告", "page": 12}}}, RULEBOOK, DAY)
    facts = {fact.fact: fact for one in found.criteria if one.id == "lg26-2a-revenue" for fact in one.facts}
    assert facts["revenue_y0"].declared is not None
    assert (facts["revenue_y0"].declared.page, facts["revenue_y0"].ready) == ("12", True)
    assert "0 ready" in found.summary.en  # the reports of the other years are to be prepared still


def test_usual_proof_where_none_is_named() -> None:
    """A criterion that names no documents asks for what usually proves its facts."""
    found = evidence({"employees_y0": 10}, "sme-2011-size", DAY)
    assert any(document.title.zh for one in found.criteria for document in one.documents)


def test_command_and_service_agree(capfdbinary: Capture) -> None:
    """`champion evidence --format json` and `POST /v1/evidence` give the same answer, by rulebook or by level."""
    options = ("--as-of", "2026-06-01", "--format", "json")
    by_rulebook = run(capfdbinary, "evidence", str(FIRM), "--rulebook", RULEBOOK, *options).out
    assert run(capfdbinary, "evidence", str(FIRM), "--level", "little_giant", *options).out == by_rulebook
    profile = json.loads(FIRM.read_text(encoding="utf-8"))
    client = TestClient(create_app())
    answer = client.post("/v1/evidence?level=little_giant&as_of=2026-06-01", json=profile)
    assert (answer.status_code, answer.json()) == (200, json.loads(by_rulebook))
    assert client.post("/v1/evidence?rulebook=nowhere", json={}).status_code == 404


@pytest.mark.parametrize(("lang", "says"), [("zh", "☑ 上年度审计报告"), ("en", "☑ Audit report of last year")])
def test_text(capfdbinary: Capture, tmp_path: Path, lang: str, says: str) -> None:
    """The text has a box for each document, ticked where it is declared."""
    file = tmp_path / "firm.json"
    file.write_text(json.dumps({**PROFILE, "evidence": {"revenue_y0": "审计报告"}}), encoding="utf-8")
    out = run(capfdbinary, "evidence", str(file), "--rulebook", RULEBOOK, "--lang", lang).out
    assert says in out
    assert "☐" in out


def test_one_paper_of_several_names_is_prepared_once() -> None:
    """Audit reports of several years and with a code are one line: which years, and what these need."""
    found = evidence(PROFILE, RULEBOOK, DAY)
    (audit,) = [one for one in found.prepare if "审计报告" in one.title.zh]
    assert audit.title.zh == (
        "审计报告：2025年度、2024年度、2023年度（均须有统一监管平台赋码；2025年度的须列示主营业务收入和主营业务成本）"
    )
    assert audit.title.en.startswith(
        "Audit reports: 2025, 2024, 2023 (each with the code of the supervision platform; 2025 with"
    )
    assert {"lg26-2a-revenue", "lg26-2d-debt"} <= {*audit.criteria}
    asked = {document.title for one in found.criteria for document in one.documents}
    assert {title for one in found.prepare for title in one.documents} == asked  # none is lost


def test_each_name_of_a_paper_is_asked_for_somewhere() -> None:
    """A name in `documents.yaml` is one that a criterion has word by word."""
    books = [shipped().rulebook(name) for name in shipped().ids]
    asked = {paper.zh for book in books for one in book.criteria for paper in one.words.evidence}
    assert {one.name for paper in shipped().documents.papers for one in paper.names} <= asked


def _names(**stated: object) -> dict[str, tuple[bool, bool]]:
    profile = {key: value for key, value in PROFILE.items() if not key.startswith("award")}
    found = evidence({**profile, **stated}, RULEBOOK, DAY)
    return {one.title.zh: (one.if_any, one.looked_up) for one in found.prepare}


def test_what_few_firms_have_is_asked_of_these() -> None:
    """An award is proved by who has one; who has none is not asked; who does not say sees 如有, not counted."""
    award = "近三年国家级科技奖励证书（申请豁免时）"
    assert _names()[award] == (True, False)
    assert _names(award_level="national")[award] == (False, False)
    assert (award in _names(award_level="none"), award in _names(award_level="省部级")) == (False, False)
    found = evidence(PROFILE, RULEBOOK, DAY)
    counted = [one for one in found.prepare if not one.if_any and not one.looked_up]
    assert found.summary.zh.startswith(f"共需 {len(counted)} 种材料")
    assert len(counted) < len(found.prepare)


def test_what_the_authority_has_is_no_paper_of_the_firm() -> None:
    """The published lists of champions are marked and not counted."""
    assert _names()["单项冠军公告名单"] == (False, True)
    found = evidence(PROFILE, RULEBOOK, DAY)
    assert "；由主管部门核对的 1 种；" in found.summary.zh


def test_words_of_documents_are_words_of_criteria() -> None:
    """What `documents.yaml` says is of documents and facts that there are."""
    words, vocabulary = shipped().documents, shipped().vocabulary
    books = [shipped().rulebook(name) for name in shipped().ids]
    asked = {paper.zh for book in books for one in book.criteria for paper in one.words.evidence}
    assert {*words.looked_up, *(one.name for one in words.if_any)} <= asked
    for one in words.if_any:
        assert one.fact is None or {*one.options} <= {*vocabulary[one.fact].choices}


def test_a_review_is_asked_for_the_title_under_review() -> None:
    """By our reading, which is said; as one paper with the titles that criteria ask for; ticked if it is declared."""
    held = {"application_type": "review", "valid_titles": ["little_giant"]}
    papers = {one.title.zh: one for one in evidence(held, level="小巨人", as_of="2026-06-01").prepare}
    paper = papers["称号证书或公告（所复核的称号）"]
    assert (paper.for_review, paper.criteria, paper.counts, paper.ready) == (True, (), True, False)
    declared = {"valid_titles": {"source": "公告", "status": "document"}}
    (paper,) = [
        one for one in evidence({**held, "evidence": declared}, level="小巨人", as_of=DAY).prepare if one.for_review
    ]
    assert paper.ready
    reviewed = evidence({"application_type": "review"}, level="专精特新", as_of="2026-06-01").prepare
    (paper,) = [one for one in reviewed if "称号证书" in one.title.zh]
    assert paper.title.zh.endswith("；所复核的称号）") == bool(paper.criteria)
    assert not any(one.for_review for one in evidence(PROFILE, RULEBOOK, DAY).prepare)


@pytest.mark.parametrize(
    "fact", ["development_eval_score_y0", "tax_violation_3y", "niche_market_years", "employees_y0"]
)
def test_the_form_and_the_list_name_a_paper_alike(fact: str) -> None:
    """Where to find a figure is the paper that the criterion of the figure asks for, by the same name."""
    usual = shipped().vocabulary[fact].evidence
    asked = {document.title.zh for one in evidence(PROFILE, RULEBOOK, DAY).criteria for document in one.documents}
    assert usual is not None
    assert usual.zh in asked


@pytest.mark.parametrize(
    ("rulebook", "fact"),
    [
        ("miit-2026-little-giant", "valid_titles"),
        ("miit-2026-srdi", "valid_titles"),
        ("miit-2026-srdi", "ip_class1_own_related_applied"),
        ("miit-2026-little-giant", "ip_class1_own_related_applied"),
        ("miit-2026-little-giant", "domestic_market_share_pct"),
        ("miit-2022-innovative", "product_domain"),
        ("miit-2022-innovative", "employees_y0"),
        ("sme-2011-size", "employees_y0"),
        ("sme-2011-size", "industry_code_2"),
    ],
)
def test_a_paper_has_one_name(rulebook: str, fact: str) -> None:
    """Whatever a criterion calls it, a paper stands in the list once, by the name that the form has."""
    usual = shipped().vocabulary[fact].evidence
    titles = [one.title.zh.split("（")[0] for one in evidence({"firm_name": "甲"}, rulebook, DAY).prepare]
    assert usual is not None
    assert titles.count(usual.zh) == 1
    assert sum(title.startswith(usual.zh[:8]) for title in titles) == 1


@pytest.mark.parametrize(("lang", "head"), [("zh", "备好"), ("en", "Ready")])
def test_a_workbook_to_tick(capfdbinary: Capture, tmp_path: Path, lang: str, head: str) -> None:
    """With -o .xlsx each figure and paper is a row: what it is for, a box; whose and by which text above, to sign."""
    out = tmp_path / "list.xlsx"
    options = ("--rulebook", RULEBOOK, "--as-of", "2026-06-01", "--lang", lang)
    assert run(capfdbinary, "evidence", str(FIRM), *options, "-o", str(out)).code == 0
    rows = [*openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)]
    whose = str(rows[1][0])
    assert whose.startswith(str(PROFILE["firm_name"]))
    assert RULEBOOK in whose
    assert whose.endswith("2026-06-01")
    assert str(rows[-2][0]).startswith({"zh": "企业（盖章）：____", "en": "Firm (seal): ____"}[lang])
    assert str(rows[-2][0]) in run(capfdbinary, "evidence", str(FIRM), *options).out.splitlines()
    rows = rows[3:-2]
    assert rows[0][-1] == head
    found = evidence(PROFILE, RULEBOOK, DAY)
    papers = sorted(found.prepare, key=lambda one: one.looked_up)
    assert rows[1][1] == found.conclusion.in_language(lang)
    assert len(rows) == 2 + len(found.notes) + len(found.missing) + len(papers)
    assert [row[-1] in {"☐", "☑"} for row in rows[-len(papers) :]] == [not one.looked_up for one in papers]
    assert all(row[2] for row in rows[2:])
    profile = tmp_path / "a.json"
    profile.write_text(FIRM.read_text(encoding="utf-8"), encoding="utf-8")
    refused = run(capfdbinary, "evidence", str(profile), *options, "-o", str(tmp_path / "none" / "a.xlsx"))
    assert refused.code == 1


def test_what_is_ready_is_counted_where_it_is_told() -> None:
    """Who names no paper is not told that none is ready: a form has no place to say so."""
    path = Path(__file__).parents[2] / "fixtures" / "made_up" / "little-giant-qualifies.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    untold = evidence(facts, level="小巨人", as_of="2026-06-01").summary
    assert "种材料，备好一种勾一种" in untold.zh
    assert "已备" not in untold.zh
    assert "to be ticked" in untold.en
    told = evidence(facts | {"evidence": {"revenue_y0": "营业执照"}}, level="小巨人", as_of="2026-06-01").summary
    assert "已备" in told.zh
    assert "ready" in told.en


def test_no_paper_shows_what_a_firm_has_not() -> None:
    """A title that is stated and is another asks for no certificate; a figure that fails does, and so does a blank."""
    with_titles = {
        stated: {
            one.title.zh for one in evidence({**PROFILE, "valid_titles": stated}, level="小巨人", as_of=DAY).prepare
        }
        for stated in ("创新型中小企业", "专精特新中小企业", "")
    }
    title, audit = "称号证书或公告（专精特新中小企业，有效期内）", "该细分市场的首份合同或发票"
    assert {stated: title in papers for stated, papers in with_titles.items()} == {
        "创新型中小企业": False,
        "专精特新中小企业": True,
        "": True,
    }
    assert all(audit in papers for papers in with_titles.values())
    poor = evidence({**PROFILE, "niche_market_years": 1}, level="小巨人", as_of=DAY)
    assert audit in {one.title.zh for one in poor.prepare}


def test_what_is_to_know_of_the_text_stands_in_the_summary() -> None:
    """It is nothing to check in the figures; a new application has none."""
    for application, is_told in (("review", True), ("new", False)):
        firm = {"application_type": application, "valid_titles": ["srdi", "little_giant"]}
        found = evidence(firm, level="little_giant", as_of=date(2026, 6, 1))
        assert ("117号" in found.summary.zh, "117号" in found.summary.en) == (is_told, is_told)
        assert not any("117号" in one.zh for one in found.notes)
