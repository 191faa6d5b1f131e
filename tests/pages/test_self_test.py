"""The self-test: the form asks what the vocabulary asks, and says of a firm what `assess` says."""

from __future__ import annotations

import asyncio
import html
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.pages import self_test
from engine import (
    DEFAULT_RULEBOOK,
    Ladder,
    Verdict,
    assess,
    entries,
    evidence,
    figures_that_do,
    form,
    ladder,
    shipped,
)

CLIENT = TestClient(create_app(), "http://localhost:8000")
DAY = "2026-06-01"
MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
NAMES = ["little-giant-2026-just-fails", "little-giant-2026-just-passes", "unknowns", "srdi-2026-just-fails"]
FIRMS: dict[str, Any] = {name: json.loads((MADE_UP / f"{name}.json").read_bytes()) for name in NAMES}
LEVEL = "little_giant"
_STRANGE = [
    "约2亿",
    "\x00",
    "\u202e",
    "１２",
    "-1",
    "1e999",
    "0,015",
    "<b>",
    "无",
    "9" * 5000,
    "[" * 500,
    "、",
    "2026-13-40",
]
_TAG = re.compile(r"<(?:svg.*?</svg|[^>]*)>", re.DOTALL)


def _send(answers: dict[str, Any], path: str = LEVEL, lang: str = "zh", **headers: str) -> Response:
    sent = {"as_of": DAY, **answers}
    return CLIENT.post(f"/{lang}/self-test/{path}", data=sent, headers=headers)


def _read(page: str) -> str:
    """Give the words of a page, a blank for each run of space."""
    return " ".join(html.unescape(_TAG.sub("", page)).split())


def _squeezed(page: str) -> str:
    return _read(page).replace(" ", "")


def _fields(page: str) -> dict[str, list[str]]:
    """Give what a browser would send of the form of the answers."""
    whole = page[page.index('id="answers"') :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", whole[: whole.index("</form>")]):
        told = {name: html.unescape(value) for name, value in re.findall(r'([a-z]+)="([^"]*)"', tag)}
        if told.get("type") not in {"radio", "checkbox"} or " checked" in tag:
            found.setdefault(told["name"], []).append(told.get("value", ""))
    for name, select in re.findall(r'<select id="\w+" name="(\w+)".*?>(.*?)</select>', whole, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', select)
    return {name: values for name, values in found.items() if any(values)}


def test_it_begins_with_the_titles_in_force_on_the_day() -> None:
    """A title leads to its form, with the day, and with the review if it is one; no other is offered first."""
    page = CLIENT.get("/zh/self-test", params={"as_of": DAY}).text
    offered = re.findall(r'name="title" value="([\w-]+)" required', page)
    assert offered == ["innovative", "tech_sme", "srdi", "little_giant", "single_champion"]
    asked = {"title": "小巨人", "as_of": DAY, "for": "review"}
    answer = CLIENT.get("/en/self-test", params=asked, follow_redirects=False)
    address = "/en/self-test/%E5%B0%8F%E5%B7%A8%E4%BA%BA?as_of=2026-06-01&for=review"
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    page = CLIENT.get(address).text
    assert 'name="application_type" value="review" checked' in page
    assert 'id="major_incident_3y"' in page
    assert 'id="major_incident_3y"' not in CLIENT.get(address.removesuffix("&for=review")).text


@pytest.mark.parametrize("name", [*shipped().ids, "ladder"])
def test_the_form_asks_what_the_vocabulary_asks(name: str) -> None:
    """Each question stands once, in its words, under the title of its group; what reviews alone are asked is told."""
    asked = form(name, DAY)
    for lang in ("zh", "en"):
        page = CLIENT.get(f"/{lang}/self-test/{name}", params={"as_of": DAY}).text
        words = _squeezed(page)
        for group in asked.groups:
            shown = [one for one in group.questions if one.asked_of != "reviews"]
            assert not shown or group.title.in_language(lang).replace(" ", "") in words
            for one in shown:
                assert page.count(f' id="{one.fact}"') == 1, one.fact
                assert one.question.in_language(lang).replace(" ", "") in words


def _told(found: Verdict, lang: str) -> list[str]:
    texts = [found.summary, found.notice, *found.notes, *(one.question for one in found.missing)]
    for one in found.criteria:
        resting = [check for check in one.checks if check.outcome.value == "met" or check.id in one.rests_on]
        if one.outcome.value == "undetermined":
            resting = [check for check in resting if check.fact != "application_type"]
        texts += [one.title, *(check.explanation for check in resting)]
        texts += [one.reading] if one.reading and not one.confirmed else []
    return [text.in_language(lang) for text in texts] + [one.quote for one in found.criteria if one.quote]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_result_is_that_of_assess(name: str, lang: str) -> None:
    """Verdict, reasons, words of the clause, readings and what is missing stand on the page, live and to be printed."""
    found = assess(FIRMS[name], as_of=DAY, level=LEVEL)
    answers = entries(FIRMS[name], DAY)
    live = _send(answers, lang=lang, Accept="application/json").json()["result"]
    for page in (_send(answers, lang=lang).text, live, _send(answers, f"{LEVEL}/result", lang).text):
        words = _squeezed(page)
        assert [text for text in _told(found, lang) if text.replace(" ", "") not in words] == []
        assert f"{found.id}" in words
        assert found.rulebook.digest in words


@pytest.mark.parametrize("name", NAMES)
def test_the_ladder_and_the_documents_are_those_of_the_engine(name: str) -> None:
    """Each level with its reasons; each paper to prepare."""
    answers = entries(FIRMS[name], DAY)
    found: Ladder = ladder(FIRMS[name], DAY)
    words = _squeezed(_send(answers, "ladder").text)
    for level in found.levels:
        assert level.reasons.zh.replace(" ", "") in words
    papers = _squeezed(_send(answers, f"{LEVEL}/documents").text)
    assert [
        one.title.zh
        for one in evidence(FIRMS[name], as_of=DAY, level=LEVEL).prepare
        if one.title.zh.replace(" ", "") not in papers
    ] == []
    assert _send(answers, "ladder/documents").status_code == 200


def test_a_proposal_is_said_to_be_none_of_the_authority() -> None:
    """Of the default rulebook; and what the grades that stand on a page mean."""
    page = _squeezed(_send({"global_rank": "1"}, DEFAULT_RULEBOOK).text)
    assert "这套规则是研究建议" in page
    assert "出处等级：A两处独立来源" in page
    assert "研究建议，不是" not in _squeezed(_send({"global_rank": "1"}).text)


def test_how_a_figure_is_read_stands_beside_it() -> None:
    """With its unit, in either language, live and without a script; a blank says nothing."""
    told = _send({"revenue_y0": "2.1亿"}, Accept="application/json").json()["reads"]
    assert told == {"revenue_y0": "读作 21,000 万元"}
    page = _send({"revenue_y0": "2.1亿", "revenue_y1": ""}, lang="en").text
    assert re.findall(r'id="(revenue_y[01])-read" class="read">(.*?)<', page) == [
        ("revenue_y0", "Read as CNY 210 million"),
        ("revenue_y1", ""),
    ]


def test_all_problems_are_told_at_once_and_lead_to_their_fields() -> None:
    """Nothing is decided; what was typed stays; the day is a field like any other."""
    wrong = {"revenue_y0": "约2亿", "employees_y0": "x", "valid_titles": ["-none-", "srdi"], "as_of": "gestern"}
    page = _send(wrong).text
    summary = page[page.index('id="problems-title"') : page.index("</ul>")]
    assert "有 4 处要改" in summary
    for fact in ("as_of", "revenue_y0", "employees_y0", "valid_titles"):
        assert f'<a href="#{fact}">' in summary
    for fact in ("revenue_y0", "employees_y0", "valid_titles"):
        assert re.search(rf'id="{fact}"[^>]* aria-invalid="true"', page)
    assert "gestern" in summary
    assert 'value="约2亿"' in page
    assert 'class="verdict' not in page
    live = _send(wrong, Accept="application/json").json()
    assert live["reads"]["employees_y0"].startswith("✗")
    assert "有 4 处要改" in live["result"]


def test_a_day_without_a_text_in_force_is_told() -> None:
    """Live in the place of the result, else as an error page."""
    gone = {"as_of": "2001-01-01"}
    assert "2001-01-01" in _send(gone, Accept="application/json").json()["result"]
    assert _send(gone).status_code == 422
    assert CLIENT.get("/zh/self-test/nothing").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_still_asked(name: str) -> None:
    """What settles comes first, then what is missing; no answer is lost, and all questions come back."""
    found = assess(FIRMS[name], as_of=DAY, level=LEVEL)
    page = _send({**entries(FIRMS[name], DAY), "rest": "1"}).text
    settling = next((one.facts for one in found.settles if one.verdict == "qualified"), ())
    shown = re.findall(r'class="q" id="(\w+)"|<(?:input|select) id="(\w+)" name="\2"', page)
    fields = ["".join(one) for one in shown if "as_of" not in one]
    assert fields[: len(settling)] == [one for one in fields if one in settling]
    assert {one.fact for one in found.missing} <= {*fields}
    again = _send({**_fields(page), "all": "1"}).text
    assert found.id in again
    assert 'id="firm_id"' in again


def test_a_figure_that_falls_short_is_tried() -> None:
    """The value that would do is offered, meets its criterion, and is never taken for what was stated."""
    firm = FIRMS["little-giant-2026-just-fails"]
    hints = figures_that_do(firm, as_of=DAY, level=LEVEL)
    answers, page = entries(firm, DAY), _send(entries(firm, DAY)).text
    assert len(hints) > 8
    for one in {one.fact: one for one in hints}.values():
        offered = re.search(rf'name="try\.{one.fact}" value="([^"]+)"', page)
        assert offered is not None
        tried = assess({**firm, one.fact: offered[1]}, as_of=DAY, level=LEVEL)
        checks = [check for criterion in tried.criteria for check in criterion.checks]
        assert {check.outcome.value for check in checks if check.id == one.check} <= {"met"}
    large = {"industry_code_2": "34", "revenue_y0": "40000", "employees_y0": "1000"}
    at, above = (_send({**large, "revenue_y0": one}, "sme-2011-size").text for one in ("40000", "40001"))
    offered_at, offered_above = (re.findall(r'name="try\.(\w+)" value="([^"]+)"', one) for one in (at, above))
    assert offered_at == [("employees_y0", "999")]
    assert ("revenue_y0", "39999.9999") in offered_above
    tried = {**answers, "try.revenue_y0": "5000"}
    page = _send(tried).text
    assert "试算" in re.findall(r'id="standing">(.*?)<', page)[0]
    assert _fields(page)["revenue_y0"] == ["4999.99"]
    assert assess({**firm, "revenue_y0": 5000}, as_of=DAY, level=LEVEL).summary.zh in _read(page).replace(
        "（试算）", ""
    )
    assert _send({**tried, "json": "1"}, f"{LEVEL}/file").json()["revenue_y0"] == "4999.99"
    assert "试算" not in re.findall(r'id="standing">(.*?)<', _send({**tried, "untry": "1"}).text)[0]


@pytest.mark.parametrize(
    ("name", "kind"), [*((name, "json") for name in NAMES), (NAMES[0], "xlsx"), ("unknowns", "xlsx")]
)
def test_what_is_saved_is_opened_again(name: str, kind: str) -> None:
    """A profile, and a form filled in, give the same verdict; nothing of either stands in an address."""
    answers = entries(FIRMS[name], DAY)
    saved = _send({**answers, kind: "1"}, f"{LEVEL}/file")
    assert saved.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert saved.headers["cache-control"] == "no-store"
    opened = CLIENT.post(
        f"/zh/self-test/{LEVEL}/open", params={"as_of": DAY}, files={"file": (f"firm.{kind}", saved.content)}
    ).text
    asked = {one.fact for group in form(as_of=DAY, level=LEVEL).groups for one in group.questions}
    firm = FIRMS[name] if kind == "json" else {fact: FIRMS[name][fact] for fact in FIRMS[name].keys() & asked}
    assert assess(firm, as_of=DAY, level=LEVEL).summary.zh in _read(opened)
    if kind == "json":
        assert assess(FIRMS[name], as_of=DAY, level=LEVEL).id in opened
        assert {one: [*_fields(opened)[one]] for one in ("firm_name", "as_of")} == {
            "firm_name": [FIRMS[name]["firm_name"]],
            "as_of": [DAY],
        }


def test_papers_that_a_profile_declares_stay_with_it() -> None:
    """As what no field of the form asks does, through the form and into the file that is saved."""
    firm = {"employees_y0": 12, "evidence": {"employees_y0": {"source": "社保<清单>"}}}
    firm |= {"valid_honours": "高企（有效至2027年12月31日）", "foundation_base": "parts"}
    opened = CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": ("f.json", json.dumps(firm))}).text
    saved = _send({**_fields(opened), "json": "1"}, f"{LEVEL}/file").json()
    assert saved == {**firm, "employees_y0": "12"}


def test_nothing_is_decided_where_requests_are_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses a button of the form, or opens a file, holds up nobody else."""
    places: list[bool] = []

    def watched(*given: Any) -> Any:
        places.append(asyncio._get_running_loop() is None)
        return own(*given)

    own = self_test._sent
    monkeypatch.setattr(self_test, "_sent", watched)
    for path in ("", "/result", "/documents", "/file"):
        assert _send({"employees_y0": "12", "json": "1"}, f"{LEVEL}{path}").status_code == 200
    CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": ("f.json", "{}")})
    assert places == [True] * 5


def test_of_a_file_with_a_bad_value_the_rest_is_filled_in() -> None:
    """Beside the problem stands what could be read: of a profile, and of a form or list of one firm."""
    firm = {"firm_name": "甲厂", "employees_y0": 12, "revenue_y0": "约2亿", "valid_titles": ["srdi"], "nope": 1}
    for name, content in (("f.json", json.dumps(firm)), ("f.csv", "企业名称,全职员工数量,营业收入\n甲厂,12,约2亿\n")):
        page = CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": (name, content)}).text
        assert "只是约数" in page
        assert {one: _fields(page)[one] for one in ("firm_name", "employees_y0")} == {
            "firm_name": ["甲厂"],
            "employees_y0": ["12"],
        }


def test_a_file_that_cannot_be_read_is_told_on_the_page() -> None:
    """With what to write instead; one that is no file at all is refused."""
    page = CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": ("f.json", '{"revenue_y0": "约2亿"}')})
    assert (page.status_code, "只是约数" in page.text) == (200, True)
    assert CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": ("f.exe", b"x")}).status_code == 415
    assert CLIENT.post(f"/zh/self-test/{LEVEL}/open", files={"file": ("f.json", b"{")}).status_code == 200


def test_every_address_on_a_form_is_answered() -> None:
    """Of a level by its title, of a text by its digest: what is pressed goes to a page, in the other language too."""
    digest = shipped().rulebook("miit-2026-srdi").digest
    for name in ("小巨人", "ladder", f"miit-2026-srdi@{digest}"):
        page = _send({}, name).text
        for address in {*re.findall(r'formaction="([^"]+)"', page), *re.findall(r'post" action="([^"]+)"', page)}:
            if "/open?" not in address:
                answer = CLIENT.post(html.unescape(address), data={"as_of": DAY})
                assert answer.status_code == 200, address
                assert CLIENT.get(html.unescape(address)).status_code == 200, address
        links = re.findall(r'href="(/zh/rules/[^"]+)"', page)
        assert [CLIENT.get(one).status_code for one in links] == ([] if name == "ladder" else [200])


def test_nothing_that_is_typed_is_markup() -> None:
    """A firm called <script> is text on every page; its file has a harmless name."""
    name = "<script>alert(1)</script>\"'&"
    answers = {"firm_name": name, "main_product_name": name, "revenue_y0": name, "valid_titles.more": name}
    sound = {"firm_name": name, "main_product_name": name, "valid_titles.more": name, "try.employees_y0": "9"}
    for sent in (answers, sound):
        for path in (LEVEL, "ladder", f"{LEVEL}/result", f"{LEVEL}/documents", f"{LEVEL}/file"):
            for accept in ("*/*", "application/json"):
                answer = _send(sent, path, Accept=accept)
                assert answer.status_code == 200
                is_file = "attachment" in answer.headers.get("content-disposition", "")
                assert is_file or "<script>alert" not in answer.text
                assert "<" not in answer.headers.get("content-disposition", "")


def test_no_figure_stands_in_an_address() -> None:
    """Every form that has a question in it is posted; answers to it are kept by nobody on the way."""
    page = _send({"revenue_y0": "4999"}).text
    assert set(re.findall(r'<form method="(\w+)"', page)) == {"post"}
    assert "4999" not in "".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_hostile_forms_are_answered(count: int) -> None:
    """Whatever fields say, the answer is a page or problems, and never an error of the service."""
    chance = random.Random(8)
    facts = [*shipped().vocabulary.given, "nonsense", "as_of", "evidence", "rest", "", "try."]
    values = [*_STRANGE, "是", "12", "-none-", "yes", "new", "review"]
    for _ in range(count):
        sent: dict[str, list[str]] = {}
        for _ in range(chance.randrange(12)):
            name = chance.choice(facts)
            name = chance.choice([name, f"try.{name}", f"{name}.more"])
            sent[name] = [str(chance.choice(values)) for _ in range(chance.randrange(1, 3))]
        path = chance.choice(["cae-2021-scattered", "srdi", "ladder", "sme-2011-size"])
        path += chance.choice(["", "", "", "/result", "/documents", "/file"])
        accept = chance.choice(["text/html", "application/json"])
        assert CLIENT.post(f"/en/self-test/{path}", data=sent, headers={"Accept": accept}).status_code < 500
    assert CLIENT.post(f"/zh/self-test/{LEVEL}", content=b"&".join([b"a=1"] * 5000)).status_code == 400
    assert CLIENT.post(f"/zh/self-test/{LEVEL}", content=b"a=" + b"1" * 1_100_000).status_code == 413
