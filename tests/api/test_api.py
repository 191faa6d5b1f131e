"""The HTTP service as a program meets it; schemathesis looks for what we did not think of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from api.examples import PROFILE
from engine import EngineError, shipped

APP = create_app()


@pytest.fixture
def client() -> TestClient:
    """Give a client that turns a crash of the service into a status, as a real server does."""
    return TestClient(APP, raise_server_exceptions=False)


def test_verdict_whatever_it_is(client: TestClient) -> None:
    """A profile is answered with 200 and the same verdict as in the documentation's example."""
    answer = client.post("/v1/assessments?as_of=2026-06-01", json=PROFILE)
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "not_qualified"
    assert answer.json()["as_of"] == "2026-06-01"


def test_same_input_same_bytes(client: TestClient) -> None:
    """Asked twice, the service gives the same bytes."""
    first, second = (client.post("/v1/assessments?as_of=2026-06-01", json=PROFILE).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_every_rulebook(client: TestClient, rulebook_id: str) -> None:
    """Every rulebook can be asked for, shown, and used."""
    assert client.post(f"/v1/assessments?rulebook={rulebook_id}", json=PROFILE).json()["rulebook"]["id"] == rulebook_id
    page = client.get(f"/v1/rulebooks/{rulebook_id}").json()
    assert all(criterion["requires"]["zh"] for criterion in page["criteria"])
    assert all(criterion["quote"] is None or criterion["quote"].strip() for criterion in page["criteria"])
    assert rulebook_id in {page["id"] for page in client.get("/v1/rulebooks").json()}


def test_vocabulary(client: TestClient) -> None:
    """The vocabulary is what a profile may state and what is derived from it."""
    facts = {fact["id"]: fact for fact in client.get("/v1/facts").json()}
    assert set(facts) == set(shipped().vocabulary)
    assert facts["rd_intensity_pct_y0"]["formula"] == "100 * rd_expense_y0 / revenue_y0"


def test_facts_of_a_level(client: TestClient) -> None:
    """They are those of every edition in force on the day, for new applications and for reviews."""
    told = client.get("/v1/facts", params={"level": "小巨人", "as_of": "2026年6月1日"}).json()
    asked = [shipped().rulebook(name).facts_used for name in ("miit-2026-little-giant", "miit-2022-little-giant")]
    assert {fact["id"] for fact in told} == asked[0] | asked[1]
    assert {fact["id"] for fact in client.get("/v1/facts?rulebook=miit-2022-srdi").json()} == (
        shipped().rulebook("miit-2022-srdi").facts_used
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/assessments?rulebook=nowhere", 404),
        ("POST", "/v1/assessments?level=nowhere", 404),
        ("POST", "/v1/assessments?level=little_giant&as_of=2001-01-01", 422),
        ("POST", "/v1/assessments?level=little_giant&rulebook=sme-2011-size", 422),
        ("POST", "/v1/assessments?as_of=31.12.2026", 422),
        ("POST", "/v1/assessments?rulebok=x", 422),
        ("POST", "/v1/assessments?as_of=2026-06-01&as_of=2026-07-01", 422),
        ("GET", "/v1/facts?rulebook=nowhere", 404),
        ("GET", "/v1/facts?level=nowhere", 404),
        ("GET", "/v1/facts?level=srdi&rulebook=sme-2011-size", 422),
        ("GET", "/v1/facts?level=srdi&as_of=2001-01-01", 422),
        ("GET", "/v1/facts?level=srdi&as_of=soon", 422),
        ("GET", "/v1/facts?levle=srdi", 422),
        ("GET", "/v1/rulebooks?level=srdi", 422),
        ("GET", "/v1/rulebooks/sme-2011-size?lang=en", 422),
        ("GET", "/v1/rulebooks/miit-2022-srdi/diff/miit-2026-srdi?x=1", 422),
        ("POST", "/v1/assessments?rulebook=" + "x" * 5000, 422),
        ("GET", "/v1/rulebooks/nowhere", 404),
        ("GET", "/v1/rulebooks/..%2Ffacts", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/v1/assessments", 405),
        ("DELETE", "/v1/facts", 405),
    ],
)
def test_one_shape_of_error(client: TestClient, method: str, path: str, status: int) -> None:
    """Every error is problem details (RFC 9457) with the same fields."""
    answer = client.request(method, path, json={})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "code", "title", "status", "detail", "problems"}
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("accept", "title"),
    [
        ("en", "The profile or a parameter has problems"),
        ("en-GB,zh;q=0.5", "The profile or a parameter has problems"),
        ("zh-CN", "企业画像或参数有误"),
        ("en;q=0.2, zh;q=0.9", "企业画像或参数有误"),
        ("fr", "企业画像或参数有误"),
        ("", "企业画像或参数有误"),
        (",;=q, en;q=x", "企业画像或参数有误"),
    ],
)
def test_language(client: TestClient, accept: str, title: str) -> None:
    """Problems come in the language that Accept-Language prefers, Chinese if it names neither."""
    answer = client.post("/v1/assessments", json={"x": 1}, headers={"Accept-Language": accept})
    assert answer.json()["title"] == title


def test_other_media(client: TestClient) -> None:
    """A form is refused with 415 and told what to send."""
    answer = client.post("/v1/assessments", data={"global_rank": "1"})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["problems"][0]["instead"]


def test_a_body_that_never_says_its_length(client: TestClient) -> None:
    """A streamed body is refused as soon as it is too large."""
    answer = client.post(
        "/v1/assessments", content=(b"x" * 100_000 for _ in range(100)), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


def test_internal_error_tells_no_verdict(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the evaluators differ the answer is 500 in the common shape, without a verdict or details."""

    def differ(*_: object) -> None:
        raise EngineError("secret")

    monkeypatch.setattr("api.app.assess", differ)
    answer = client.post("/v1/assessments", json={})
    assert answer.status_code == 500
    assert answer.json()["problems"] == []
    assert "secret" not in answer.text


def test_documentation_needs_no_internet(client: TestClient) -> None:
    """The page at /docs loads nothing from elsewhere; there is no /redoc, which would ask for its logo."""
    page = client.get("/docs")
    assert page.status_code == 200
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
    for asset in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert client.get(asset).status_code == 200
    assert client.get("/redoc").status_code == 404


def test_openapi_describes_the_profile(client: TestClient) -> None:
    """The OpenAPI document lists every fact that a profile may state, and has a worked example."""
    document = client.get("/openapi.json").json()
    content = document["paths"]["/v1/assessments"]["post"]["requestBody"]["content"]["application/json"]
    assert set(document["components"]["schemas"]["Profile"]["properties"]) == {
        *shipped().vocabulary.given,
        *shipped().vocabulary.lists,
        "evidence",
    }
    assert json.loads(json.dumps(content["examples"]["published-firm"]["value"])) == PROFILE


IS_LONG = settings.default.max_examples > 100
# The doors that take a profile are alike: every value beside what a fact allows is sent to the first of them.
ALIKE = {
    "include-path": ["/v1/ladder", "/v1/route", "/v1/evidence", "/v1/assessments:batch"],
    "phases": {"coverage": {"enabled": IS_LONG}},
}
CONFIG = SchemathesisConfig.from_dict({"operations": [ALIKE]})
schema = schemathesis.openapi.from_asgi("/openapi.json", APP, config=CONFIG)


@schemathesis.serializer("application/x-ndjson")
def as_lines(context: schemathesis.SerializationContext, value: Any) -> Any:  # noqa: ARG001 what is asked of a serializer
    """Give lines as they stand; anything else, which is no such body, as JSON."""
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value, default=str).encode()


@schema.parametrize()
@settings(max_examples=300 if IS_LONG else 30)
def test_schemathesis(case: schemathesis.Case) -> None:
    """Nothing that the OpenAPI document allows or forbids brings an undocumented answer.

    One check is left out: a profile that the schema allows may still be refused (a part above its whole, text that is
    no figure), which JSON Schema cannot say; that refusal is itself documented as 422. Of a batch another is: what the
    schema forbids is refused in a line of its own, not as a whole.
    """
    by_line = [negative_data_rejection] if case.path == "/v1/assessments:batch" else []
    case.call_and_validate(excluded_checks=[positive_data_acceptance, *by_line])
