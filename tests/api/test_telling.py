"""An answer told in brief, in one language, or without the rulebook's words says the same as the whole one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.examples import PROFILE
from api.telling import DETAILS, IN_BRIEF, WORDS
from engine import assess, shipped, to_json

CLIENT = TestClient(create_app())
DAY = "2026-06-01"
MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
FIRM, BELOW = (
    json.loads((MADE_UP / f"{name}.json").read_bytes()) for name in ("little-giant-2026-just-fails", "just-below")
)
DOORS = ("/v1/assessments", "/v1/ladder", "/v1/evidence")


def _answer(door: str = DOORS[0], facts: Any = FIRM, **options: str) -> Any:
    answer = CLIENT.post(door, params={"as_of": DAY, **options}, json=facts)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object within a value, and itself."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _parts(one)


def _in_language(value: Any, lang: str) -> Any:
    if isinstance(value, list):
        return [_in_language(one, lang) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _in_language(one, lang) for name, one in value.items() if value.keys() != {"zh", "en"} or name == lang
    }


@pytest.mark.parametrize("rulebook", shipped().ids)
def test_whole_answer(rulebook: str) -> None:
    """Asked for in full, in both languages and with all words, it has the bytes of the verdict in Python."""
    options = {"as_of": DAY, "rulebook": rulebook}
    spelt_out = {**options, "detail": "full", "lang": "both", "words": "yes"}
    expected = to_json(assess(PROFILE, rulebook, date(2026, 6, 1)))
    for asked in (options, spelt_out):
        assert CLIENT.post("/v1/assessments", params=asked, json=PROFILE).content == expected


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_language(door: str, lang: str) -> None:
    """In one language it is the whole answer without the texts of the other."""
    assert _answer(door, lang=lang) == _in_language(_answer(door), lang)


@pytest.mark.parametrize(("facts", "rulebook"), [(FIRM, "miit-2026-little-giant"), (BELOW, "cae-2021-champion")])
def test_brief(facts: dict[str, Any], rulebook: str) -> None:
    """In brief, what decides and is not met is told in full, of each other criterion what it is and how it came out."""
    whole, brief = (_answer(facts=facts, rulebook=rulebook, detail=detail) for detail in ("full", "brief"))
    assert brief["verdict"] == "not_qualified"
    assert [one["id"] for one in brief["criteria"]] == [one["id"] for one in whole["criteria"]]
    for told, all_of_it in zip(brief["criteria"], whole["criteria"], strict=True):
        is_unmet = all_of_it["decides"] and all_of_it["outcome"] == "not_met"
        assert told == (all_of_it if is_unmet else {name: all_of_it[name] for name in IN_BRIEF})
    assert {*whole} - {*brief} == DETAILS["Verdict"]
    assert {name: one for name, one in brief.items() if name not in {"criteria", "missing"}}.items() <= whole.items()


def test_brief_ladder() -> None:
    """In brief, the ladder keeps every level and what the next one asks for, without documents."""
    whole, brief = _answer("/v1/ladder"), _answer("/v1/ladder", detail="brief")
    assert [one["verdict"] for one in brief["levels"]] == [one["verdict"] for one in whole["levels"]]
    assert brief["next"][0]["unmet"] == whole["next"][0]["unmet"] != []
    assert "evidence" not in brief["next"][0]


@pytest.mark.parametrize("facts", [FIRM, PROFILE, {}], ids=["little giant", "published", "blank"])
@pytest.mark.parametrize("rulebook", [one for one in shipped().ids if one.startswith(("cae", "miit", "sme", "most"))])
def test_words_stand_in_the_rulebook(rulebook: str, facts: dict[str, Any]) -> None:
    """Every text that `words=no` leaves out stands at /v1/rulebooks/{id} of the rulebook, or of one it borrows from.

    But for which of several ways is enough, which stands in the reasons of the answer.
    """
    whole, figures = (_answer(facts=facts, rulebook=rulebook, words=words) for words in ("yes", "no"))
    books = {part["under"]["rulebook"] for part in _parts(figures) if part.get("under")} | {rulebook}
    pages = [CLIENT.get(f"/v1/rulebooks/{book}").json() for book in books]
    known = {text for page in pages for text in _texts(page)}
    told = "".join(figures["reasons"].values())
    ways = {text for one in whole["criteria"] for way in one["any_of"] for text in way["explanation"].values()}
    known |= {text for text in ways if text in told}
    left_out = [text for text in _texts_left_out(whole, figures) if not _stands(text, known)]
    assert left_out == []
    assert len(to_json(figures)) < 0.6 * len(to_json(whole))


def _texts(value: Any) -> Iterator[str]:
    """Give every text within a value, names of fields too."""
    if isinstance(value, str):
        yield value
    for one in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(one)


def _texts_left_out(whole: Any, figures: Any) -> Iterator[str]:
    """Give the texts of an answer that another telling of it lacks."""
    if isinstance(whole, str):
        yield from [] if figures == whole else [whole]
    elif isinstance(whole, dict):
        for name, one in whole.items():
            yield from _texts_left_out(one, figures.get(name) if isinstance(figures, dict) else None)
    elif isinstance(whole, list):
        pairs = figures if isinstance(figures, list) else [None] * len(whole)
        for one, other in zip(whole, pairs, strict=True):
            yield from _texts_left_out(one, other)


def _stands(text: str, known: set[str]) -> bool:
    """Whether a text is known, or is several known readings together."""
    joined = text.split("；并且" if "；并且" in text else "; and ")
    return text in known or all(one in known for one in joined)


def test_what_is_left_out_with_the_words() -> None:
    """Without words a criterion lacks what is named for it, and no finding has a word that is the rulebook's."""
    whole, figures = _answer()["criteria"], _answer(words="no")["criteria"]
    assert {*whole[0]} - {*figures[0]} == WORDS["CriterionFinding"]
    checks = [check for criterion in figures for check in criterion["checks"]]
    assert checks
    assert not any(WORDS["CheckFinding"] & {*check} for check in checks)


@pytest.mark.parametrize(
    ("option", "words"),
    [("detail=short", "'full' or 'brief'"), ("lang=fr", "'zh', 'en' or 'both'"), ("words=none", "yes or no")],
)
@pytest.mark.parametrize("door", DOORS)
def test_a_word_that_is_not_known(door: str, option: str, words: str) -> None:
    """It is a problem that says which words there are."""
    answer = CLIENT.post(f"{door}?{option}", json={}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    if door != "/v1/evidence" or option.startswith("lang"):
        assert words in answer.json()["problems"][0]["problem"]


def test_language_of_problems() -> None:
    """`lang` chooses the language of problems too, whatever Accept-Language says."""
    answer = CLIENT.post("/v1/assessments?lang=en", json={"x": 1}, headers={"Accept-Language": "zh"})
    assert answer.json()["title"] == "The profile or a parameter has problems"
    assert answer.headers["content-language"] == "en"


def test_options_are_described() -> None:
    """The OpenAPI document tells each option in both languages, and requires no field that an option leaves out."""
    document = CLIENT.get("/openapi.json").json()
    told = {one["name"]: one["description"] for one in document["paths"][DOORS[0]]["post"]["parameters"]}
    assert all(" / " in told[name] for name in ("detail", "lang", "words"))
    schemas = document["components"]["schemas"]
    for name, left_out in [*WORDS.items(), *DETAILS.items(), ("Text", {"zh", "en"})]:
        assert left_out <= {*schemas[name]["properties"]}
        assert not left_out & {*schemas[name]["required"]}
