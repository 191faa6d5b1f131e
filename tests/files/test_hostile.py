"""Hostile input by file, by standard input and by HTTP: a list of problems, never a crash, a 5xx or a verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.hostile import HOSTILE
from tests.shell import run

CASES = pytest.mark.parametrize(("body", "says"), HOSTILE.values(), ids=[name.replace(" ", "-") for name in HOSTILE])


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Give a client that turns a crash of the service into a status, as a real server does."""
    return TestClient(create_app(), raise_server_exceptions=False)


@pytest.mark.parametrize("door", ["assessments", "ladder", "evidence"])
@CASES
def test_by_http(client: TestClient, body: bytes, says: str, door: str) -> None:
    """The service answers 4xx with problem details that say what is wrong, at each of its doors."""
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    answer = client.post(f"/v1/{door}", content=body, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    problems = answer.json()["problems"]
    assert problems
    assert all(problem["where"] and problem["problem"] for problem in problems)
    assert says in json.dumps(problems)
    assert "verdict" not in answer.json()


@pytest.mark.parametrize("command", ["assess", "ladder", "evidence"])
@CASES
def test_by_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], body: bytes, says: str, command: str
) -> None:
    """The command line prints the problems, nothing else, and ends with 1."""
    file = tmp_path / "profile.json"
    file.write_bytes(body)
    result = run(capfdbinary, command, str(file), "--lang", "en")
    assert result.code == 1
    assert result.out == ""
    assert says in result.err
    assert "Traceback" not in result.err


def test_all_problems_at_once(client: TestClient) -> None:
    """Six mistakes in one profile are six problems in one answer."""
    profile = {
        "globl_rank": 1,
        "global_market_share_pct": "约15%",
        "revenue_y0": 100,
        "main_revenue_y0": 101,
        "core_ip_owned": "也许",
        "employees_y0": 1.5,
        "technology_level": "best",
    }
    problems = client.post("/v1/assessments", json=profile).json()["problems"]
    assert {problem["where"] for problem in problems} == set(profile) - {"revenue_y0"}


@pytest.mark.parametrize("blank", ["", " ", "-", "/", "无数据", "N/A", "null", "—", "　"])
def test_blanks_are_unknown(client: TestClient, blank: str) -> None:
    """The usual words for a blank leave a figure unknown: no problem, and no zero."""
    answer = client.post("/v1/assessments", json={"global_market_share_pct": blank})
    assert answer.status_code == 200
    share = next(criterion for criterion in answer.json()["criteria"] if criterion["id"] == "global-share")
    assert (share["outcome"], share["reason"]) == ("undetermined", "missing")


@pytest.mark.parametrize(
    ("written", "points"),
    [("15%", 15), ("１５％", 15), (" 15 ％", 15), ("15.0", 15), (15, 15), (15.0, 15), ("1.5e1", 15), ("+15", 15)],
)
def test_spellings_of_a_share(client: TestClient, written: object, points: float) -> None:
    """Fifteen percent is fifteen percent however it is typed."""
    answer = client.post("/v1/assessments", json={"global_market_share_pct": written}).json()
    share = next(criterion for criterion in answer["criteria"] if criterion["id"] == "global-share")
    assert (share["checks"][0]["observed"], share["outcome"]) == (points, "met")


@pytest.mark.parametrize(
    ("written", "wan_yuan"),
    [
        *(("2.1亿", 21000), ("3000万元", 3000), ("１２，３４５．６万", 12345.6), ("12,345.6", 12345.6)),
        *(("600十万元", 6000), ("600拾万", 6000), ("600（十万元）", 6000), ("5百万元", 500), ("3千万元", 3000)),
        *(("2十亿", 200000), ("三千二百万元", 3200), ("十万元", 10), ("5元", 0.0005)),
    ],
)
def test_spellings_of_money(client: TestClient, written: str, wan_yuan: float) -> None:
    """Money with a unit is read exactly into 万元."""
    answer = client.post("/v1/assessments", json={"revenue_y0": written, "industry_sector": "industry"}).json()
    sme = next(criterion for criterion in answer["criteria"] if criterion["id"] == "sme")
    revenue = next(check for check in sme["checks"] if check["fact"] == "revenue_y0")
    assert revenue["observed"] == wan_yuan
