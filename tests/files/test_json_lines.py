"""JSON lines as a list of firms: they are decided as the same rows of a CSV are, and no line keeps another from it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bounds import Bounds
from engine import Catalog
from tests.small_rules import rules_asking

RULES: Catalog = rules_asking("employees_y0", global_market_share_pct="more_than: 12%", core_ip_owned="equals: yes")
CLIENT = TestClient(create_app(RULES, Bounds(rows=50)), raise_server_exceptions=False)
CANDIDATES = Path(__file__).parents[2] / "fixtures/candidates.csv"


def _screened(content: bytes, name: str = "firms.jsonl", media: str = "") -> list[dict[str, Any]]:
    """Give what is told of each row, and the summary last."""
    answer = CLIENT.post(
        "/v1/screenings?as_of=2026-06-01", files={"file": (name, content, media or "application/x-ndjson")}
    )
    assert answer.status_code == 200, answer.text
    told = [json.loads(line) for line in answer.text.splitlines()]
    return [{"kind": one["kind"], **(one.get("row") or one.get("summary") or one)} for one in told]


def _written(*rows: Any) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows).encode()


def test_the_same_rows_are_decided_the_same() -> None:
    """Of a real list of firms, as texts."""
    text = "\n".join(CANDIDATES.read_text("utf-8-sig").splitlines()[:20])
    rows = [*csv.DictReader(io.StringIO(text))]
    ours, theirs = _screened(_written(*rows)), _screened(text.encode(), "firms.csv", "text/csv")
    assert len(ours) == len(theirs) > 10

    def without_lines(told: list[dict[str, Any]]) -> list[Any]:
        kept = [one for one in told if one["kind"] == "verdict"]
        return [{name: value for name, value in one.items() if name != "line"} for one in kept]

    assert without_lines(ours) == without_lines(theirs)


def test_values_are_read_as_they_are_written() -> None:
    """Figures exactly, yes and no, blanks; in whichever order, with blank lines."""
    told = _screened(
        b"\xef\xbb\xbf"
        + _written(
            '{"firm_id": "A", "global_market_share_pct": 12.000000000000000001, "core_ip_owned": true}\r',
            "",
            {"core_ip_owned": False, "firm_id": "B", "employees_y0": 12},
            {"firm_id": "C", "employees_y0": None, "global_market_share_pct": "12%"},
        )
    )
    found = {one["firm_id"]: one for one in told if one["kind"] == "verdict"}
    assert [found[name]["line"] for name in "ABC"] == [1, 3, 4]
    assert [found[name]["core-ip-owned"] for name in "ABC"] == ["met", "not_met", "undetermined"]
    assert [found[name]["global-market-share-pct"] for name in "ABC"] == ["met", "undetermined", "not_met"]
    assert [found[name]["employees-y0"] for name in "ABC"] == ["undetermined", "met", "undetermined"]


def test_a_line_that_cannot_be_read_is_rejected_alone() -> None:
    """With its number in the file, and what is wrong with it."""
    told = _screened(
        _written({"firm_id": "A"}, "", "[1]", {"evidence": {}}, '{"a": 1, "a": 2}', '{"x": ', {"firm_id": "B"}, "nul")
    )
    rejected = {one["line"]: one["problems"][0]["problem"] for one in told if one["kind"] == "rejected"}
    assert [one["firm_id"] for one in told if one["kind"] == "verdict"] == ["A", "B"]
    assert list(rejected) == [3, 4, 5, 6, 8]
    assert list(rejected.values()) == ["不是对象", "“evidence”是清单或对象", "“a”写了两次", "不是 JSON", "不是 JSON"]
    assert told[-1]["rows_in"] == 7


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b'[{"firm_id": "A"}]', 422, "是一个 JSON 数组"),
        (b'{"firm_id": [{}]}', 422, "没有一行是 JSON 对象"),
        (b"{}", 422, "没有一行是 JSON 对象"),
        (_written(*[{"firm_id": str(n)} for n in range(51)]), 413, "超过 50 行"),
        (_written({f"x{n}": n for n in range(10_001)}), 413, "超过 10,000 列"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, status: int, says: str) -> None:
    """As a whole, with what to write instead."""
    answer = CLIENT.post("/v1/screenings", files={"file": ("a.jsonl", content)})
    assert answer.status_code == status
    assert says in answer.text


def test_content_decides_what_it_is() -> None:
    """Whatever its name says: that is told."""
    assert _screened(_written({"firm_id": "A"}), "a.csv")[0]["firm_id"] == "A"


def test_no_bytes_are_a_fault() -> None:
    """Every line that is not blank is judged or rejected."""
    random = Random(8)
    lines = [random.randbytes(random.randrange(1, 40)).replace(b"\n", b"") + b"x" for _ in range(20)]
    lines += [b'{"firm_id": "' + line + b'"}' for line in lines] + [b"[" * 3000]
    told = _screened(b'{"firm_id": "A"}\n' + b"\n".join(lines))
    assert told[-1]["rows_in"] == 42
    assert sorted(one["line"] for one in told if one["kind"] in {"verdict", "rejected"}) == [*range(1, 43)]
