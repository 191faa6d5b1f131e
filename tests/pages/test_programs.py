"""What programs are told with every answer: compressed, whether it has changed, codes, tags, names for clients."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.problems import KINDS
from engine import Catalog, shipped
from tests.small_rules import rules_of

APP = create_app()
CLIENT = TestClient(APP, raise_server_exceptions=False)
_DAY = "as_of=2026-06-01"


@pytest.mark.parametrize("path", ["/v1/assessments", "/v1/assessments:batch", "/zh/rules/miit-2026-srdi"])
def test_answers_are_compressed_for_whoever_accepts_it(path: str) -> None:
    """And are the same for others; a batch is sent line by line."""
    sent = {"content": b"[{}]" if "batch" in path else b"{}", "headers": {"Content-Type": "application/json"}}
    answers = []
    for accepts in ("gzip", "identity"):
        headers = {**sent["headers"], "Accept-Encoding": accepts}  # type: ignore[dict-item]
        if path.startswith("/v1"):
            answers.append(CLIENT.post(f"{path}?{_DAY}", content=sent["content"], headers=headers))
        else:
            answers.append(CLIENT.get(path, headers=headers))
    packed, plain = answers
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


@pytest.mark.parametrize(
    "path",
    ["/v1/rulebooks", "/v1/rulebooks/miit-2026-srdi", "/v1/rulebooks/miit-2022-srdi/diff/miit-2026-srdi", "/v1/facts"],
)
def test_what_has_not_changed_is_not_sent_again(path: str) -> None:
    """Whichever of several tags it is."""
    tag = CLIENT.get(path).headers["etag"]
    for asked in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
        again = CLIENT.get(path, headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert CLIENT.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_health_says_which_rules() -> None:
    """Other rules have another digest; a comment counts, a case does not."""
    told = CLIENT.get("/healthz").json()
    assert told == {"status": "ok", "version": told["version"], "rules": shipped().digest}
    assert re.fullmatch(r"[0-9a-f]{64}", told["rules"])
    rules = rules_of({"made-up": ("srdi", "new", {"employees_y0": "at_least: 1"})})
    before, book = rules.digest, rules.file(rules.ids[0])
    (rules.folder / "cases").mkdir(exist_ok=True)
    (rules.folder / "cases" / book.name).write_text("[]")
    assert Catalog(rules.folder).digest == before
    book.write_text(book.read_text("utf-8") + "# a comment\n", "utf-8")
    assert Catalog(rules.folder).digest != before


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "/v1/nothing", {}, 404, "not_found"),
        ("GET", "/v1/rulebooks/nothing", {}, 404, "not_found"),
        ("DELETE", "/v1/rulebooks", {}, 405, "method_not_allowed"),
        ("POST", "/v1/assessments", {"Content-Type": "text/plain"}, 415, "unsupported_media"),
        ("POST", "/v1/assessments?set=a=1&set=b", {}, 422, "invalid"),
        ("POST", "/v1/assessments", {}, 400, "malformed"),
        ("GET", "/v1/facts", {"Host": "evil.example"}, 421, "unknown_host"),
        ("POST", "/v1/assessments", {"Origin": "http://evil.example"}, 403, "foreign_origin"),
    ],
)
def test_a_refusal_has_a_code(method: str, path: str, headers: dict[str, str], status: int, code: str) -> None:
    """The same in both languages, and what was sent is shown as it was, not as Python has it."""
    for lang in ("zh", "en"):
        answer = CLIENT.request(method, path, headers={**headers, "Accept-Language": lang})
        told = answer.json()
        assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
        assert "['" not in answer.text
    assert [one for one, _ in KINDS.values() if not re.fullmatch("[a-z_]+", one)] == []


def test_generated_clients_have_names() -> None:
    """Each request has one tag; what becomes the name of a class is in ASCII and stands once."""
    document = APP.openapi()
    operations = [one for several in document["paths"].values() for one in several.values()]
    assert [one["operationId"] for one in operations if len(one["tags"]) != 1] == []
    schemas = document["components"]["schemas"]
    titles = [schema.get("title", name) for name, schema in schemas.items()]
    assert [one for one in (*titles, *schemas) if not re.fullmatch(r"\w+", one, re.ASCII) or "__" in one] == []
    assert len({*titles}) == len(titles)
    json.dumps(document)
