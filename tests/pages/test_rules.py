"""The rules as pages: what stands on them is what the other doors say of the same rulebook, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from engine import (
    Catalog,
    InputError,
    Text,
    assess,
    difference,
    explanation,
    fact_page,
    rulebook_page,
    shipped,
    timeline,
    what_if,
)
from engine.command.cli import champion
from tests.small_rules import rules_of

RULES = shipped()
CLIENT = TestClient(create_app(), raise_server_exceptions=False)
_PIN = f"miit-2026-srdi@{RULES.rulebook('miit-2026-srdi').digest[:12]}"


def _page(path: str, status: int = 200) -> str:
    answer = CLIENT.get(path)
    assert answer.status_code == status, (path, answer.text)
    return answer.text


def _seen(html: str) -> str:
    """Give what a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _texts(part: Any) -> Iterator[Text]:
    """Give every text in two languages within plain data."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, dict) and set(part) == {"zh", "en"}:
        yield Text(**part)
    elif isinstance(part, dict | list | tuple):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _texts(one)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rulebook", RULES.ids)
def test_a_rulebook_stands_on_its_page_whole(rulebook: str, lang: str) -> None:
    """Requirements, readings, other readings, questions, sources; quotes are exact, and Chinese on any page."""
    page = rulebook_page(RULES.rulebook(rulebook))
    html = _page(f"/{lang}/rules/{rulebook}")
    seen = _seen(html)
    for part in ("title", "criteria", "parameters", "open_questions", "sources"):
        for text in _texts(page[part]):
            assert " ".join((text.zh if lang == "zh" else text.en).split()) in seen
    quotes = [one["quote"] for name in ("criteria", "parameters", "open_questions") for one in page[name]]
    told = [unescape(one) for one in re.findall(r'<span class="quote" lang="zh-CN">“(.*?)”</span>', html, re.DOTALL)]
    assert told == [one for one in quotes if one is not None]
    if page["benchmarks"]:
        for row in page["benchmarks"]["rows"]:
            assert all(f">{figure}</td>" in html for figure in row["figures"].values())


def test_the_timeline_has_every_edition_in_its_order() -> None:
    """And says of a day which apply."""
    order = [head.id for head in timeline(RULES)]
    html = _page("/en/rules?as_of=2024-06-01")
    assert re.findall(r'<th scope="row"><a href="/en/rules/([\w-]+)"', html) == order
    rows = [row for row in re.findall("<tr>.*?</tr>", html, re.DOTALL) if ">in force<" in row]
    assert len(rows) == sum(head.applies(one, _DAY) for head in RULES.heads for one in ["new"])
    assert _page("/zh/rules?as_of=2024年6月1日").count("施行中") == len(rows)


_DAY = timeline(RULES)[0].in_force.from_.replace(2024, 6, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_rulebooks_side_by_side_say_what_the_command_says(lang: str) -> None:
    """Every threshold of what changed, and the count."""
    first, second = "miit-2022-little-giant", "miit-2026-little-giant"
    found = difference(RULES.rulebook(first), RULES.rulebook(second))
    seen = _seen(_page(f"/{lang}/rules/{first}/diff/{second}"))
    words = [found.summary, *(one.title for pair in found.requirements for one in pair.thresholds)]
    words += [side.requires for pair in found.requirements[:20] for side in (pair.first, pair.second) if side]
    shown = [one for pair in found.requirements if pair.state == "same" for one in (pair.first, pair.second) if one]
    hidden = {one.requires for one in shown}
    for text in words:
        assert text in hidden or (text.zh if lang == "zh" else text.en) in seen
    answer = CLIENT.get(f"/{lang}/rules/diff?first={first}&second={second}", follow_redirects=False)
    assert answer.headers["location"] == f"/{lang}/rules/{first}/diff/{second}"


@pytest.mark.parametrize("word", ["revenue_y0", "industry_code_2", "cae-2021-champion:global-share"])
def test_a_word_is_explained_as_the_command_explains_it(word: str) -> None:
    """Everything that uses a fact, and what each edition asks of it."""
    found = explanation(word, RULES)
    seen = _seen(CLIENT.get(f"/en/explain?word={word}").text)
    for place in found.places:
        assert place.requires.en in seen
    for sheet in found.facts:
        for edition in sheet.editions:
            assert all(asked.words.en in seen for asked in edition.asks)


@pytest.mark.parametrize(
    ("word", "leads"),
    [
        ("全球市场占有率", "/zh/facts/global_market_share_pct"),
        ("global-share", "/zh/rules/cae-2021-champion/global-share"),
        ("miit-2026-srdi", "/zh/rules/miit-2026-srdi"),
    ],
)
def test_a_word_leads_to_what_it_names(word: str, leads: str) -> None:
    """A fact, a criterion or a rulebook."""
    answer = CLIENT.get("/zh/explain", params={"word": word}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, leads)


def test_a_document_is_shown_with_its_rulebooks() -> None:
    """Those that are its text, and those that cite it, each with a link."""
    html = CLIENT.get("/zh/explain", params={"word": "63号"}).text
    assert "优质中小企业梯度培育管理暂行办法" in html
    for name in ("miit-2022-srdi", "miit-2026-srdi"):
        assert f'href="/zh/rules/{name}"' in html


def test_every_fact_has_a_page_that_the_list_leads_to() -> None:
    """A new fact appears by itself."""
    html = _page("/en/facts")
    assert re.findall(r'href="/en/facts/(\w+)"', html) == [*RULES.vocabulary]
    for name in [*RULES.vocabulary][::12]:
        assert fact_page(RULES.vocabulary[name])["title"].en in unescape(_page(f"/en/facts/{name}"))


def test_no_link_leads_nowhere() -> None:
    """Of the pages of rules, each kind once."""
    first, second = "miit-2022-srdi", "miit-2026-srdi"
    pages = [f"/en/rules/{first}", f"/en/rules/{first}/diff/{second}", "/en/facts/employees_y0", "/en/rules"]
    links = {one for page in pages for one in re.findall(r'(?:href|action)="(/[^"#]*)', _page(page))}
    for link in sorted(links - {"/en/rules/diff", "/en/explain"}):
        assert CLIENT.get(link).status_code == 200, link


def test_a_permanent_address_never_shows_another_text() -> None:
    """Pages, HTTP, Python and the command name a rulebook with its digest; a trial is of that text."""
    wrong = _PIN[:-1] + ("0" if _PIN[-1] != "0" else "1")
    assert f'href="/en/rules/{_PIN}"' in _page("/en/rules/miit-2026-srdi")
    day = "2026-06-01"
    for name, status in ((_PIN, 200), (wrong, 404), (_PIN[:20], 404), (f"{_PIN}/", 404)):
        assert CLIENT.get(f"/en/rules/{name}", follow_redirects=False).status_code in {status, 307}
        assert CLIENT.get(f"/v1/rulebooks/{name}", follow_redirects=False).status_code in {status, 307}
        sent = CLIENT.post(f"/v1/assessments?rulebook={name}&as_of={day}", json={})
        assert sent.status_code == status
        assert CliRunner().invoke(champion, ["rulebooks", name, "--format", "json"]).exit_code == int(status != 200)
    assert assess({}, _PIN, day).id == assess({}, "miit-2026-srdi", day).id
    with pytest.raises(InputError, match=f"Here is {_PIN}"):
        assess({}, wrong, day)
    tried = what_if(without=[RULES.rulebook(_PIN).criteria[0].words.id], rulebook=_PIN, as_of=day)
    assert assess({}, _PIN, day, tried).rulebook.changes


def test_words_of_a_rulebook_are_never_markup() -> None:
    """Whatever its author writes."""
    rules = rules_of({"made-up": ("srdi", "new", {"employees_y0": "at_least: 1"})})
    book = rules.file(rules.ids[0])
    book.write_text(book.read_text("utf-8").replace("编造的", "<script>x</script>&编造的"), encoding="utf-8")
    client = TestClient(create_app(Catalog(rules.folder)))
    for path in ("", "/rules", f"/rules/{book.stem}", f"/rules/{book.stem}/employees-y0", "/facts/employees_y0"):
        answer = client.get(f"/zh{path}")
        assert answer.status_code == 200
        assert "<script" not in answer.text
        assert path in {"", "/rules"} or "&lt;script&gt;x&lt;/script&gt;&amp;" in answer.text
