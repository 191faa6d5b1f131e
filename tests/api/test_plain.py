"""A request whose parameters are plain is answered as it is where FastAPI reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import plain
from api.app import create_app

CLIENT = TestClient(create_app())
FIRM = json.loads((Path(__file__).parents[2] / "fixtures" / "made_up" / "just-below.json").read_bytes())
QUERIES = [
    "as_of=2026-06-01",
    "as_of=2026/6/1&lang=zh",
    "as_of=2026-06-01&level=小巨人&detail=brief&words=no",
    "as_of=2026-06-01&rulebook=sme-2011-size&words=yes",
    "as_of=2026-06-01&rulebook=no-such",
    "as_of=2026-06-01&rulebook=",
    "as_of=2026-06-01&level=" + 81 * "x",
    "as_of=2026-13-01",
    "as_of=",
    "as_of=2026-06-01&as_of=2026-06-02",
    "as_of=2026-06-01&lang=fr",
    "as_of=2026-06-01&detail=none",
    "as_of=2026-06-01&words=perhaps",
    "as_of=2026-06-01&misspelt=1",
]


@pytest.mark.parametrize("door", ["/v1/assessments", "/v1/ladder", "/v1/evidence"])
@pytest.mark.parametrize("query", QUERIES)
def test_same_answer(door: str, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status, headers and body are the same."""
    quick = CLIENT.post(f"{door}?{query}", json=FIRM)
    monkeypatch.setattr(plain, "plain", lambda *_: None)
    slow = CLIENT.post(f"{door}?{query}", json=FIRM)
    assert (quick.status_code, quick.headers, quick.content) == (slow.status_code, slow.headers, slow.content)


def test_plain_parameters_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is plain goes to the endpoint itself."""
    monkeypatch.setattr("fastapi.routing.solve_dependencies", None)
    assert CLIENT.post("/v1/assessments?as_of=2026-06-01&lang=en", json=FIRM).is_success
