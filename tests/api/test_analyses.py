"""Analyses of a file over HTTP: what the command answers, in every form, and all mistakes of an order at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bounds import Bounds
from tests.shell import run

CLIENT = TestClient(create_app())
_LIST = Path("fixtures/candidates.csv")
_DAY = {"as_of": "2026-06-01", "only": "global-share"}
_ASKED: dict[str, dict[str, Any]] = {
    "sweep": {"vary": "global-share=10%,20%", "by": "行业"},
    "target": {"vary": "global-share", "count": "10"},
    "compare": {"set": "global-share=60%", "by": "行业"},
}
_PATHS = {"sweep": "/v1/sweeps", "target": "/v1/targets", "compare": "/v1/comparisons"}


def _sent(path: str, accept: str = "application/json", **query: Any) -> Any:
    file = {"file": ("candidates.csv", _LIST.read_bytes())}
    return CLIENT.post(path, params=query, files=file, headers={"Accept": accept})


@pytest.mark.parametrize("verb", _ASKED)
def test_what_is_sent_is_what_the_command_prints(
    verb: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """JSON and CSV to the byte; Parquet has the rows of CSV, and a workbook opens."""
    query = {**_DAY, **_ASKED[verb]}
    typed = [word for name, value in query.items() for word in (f"--{name.replace('_', '-')}", value)]
    command = [verb, str(_LIST), *typed]
    assert _sent(_PATHS[verb], **query).json() == json.loads(run(capfdbinary, *command, "--format", "json").out)
    table = _sent(_PATHS[verb], "text/csv", **query)
    assert table.text.splitlines() == run(capfdbinary, *command, "--format", "csv").out.splitlines()
    (tmp_path / "t.parquet").write_bytes(_sent(_PATHS[verb], "application/vnd.apache.parquet", **query).content)
    packed = pq.read_table(tmp_path / "t.parquet")
    assert (packed.num_rows, packed.column_names) == (
        len(table.text.splitlines()) - 1,
        table.text.split("\n")[0].split(","),
    )
    book = _sent(_PATHS[verb], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", **query)
    assert book.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("verb", "query", "where"),
    [
        ("sweep", {"vary": "global-shar=10%", "set": "x=1", "fill": "y=2", "map": "a"}, {"set", "fill", "vary", "map"}),
        ("target", {"vary": "global-shar", "set": "x=1", "count": "-1"}, {"set", "vary", "count"}),
        ("compare", {"with": "miit-2022-srdi", "level": "小巨人", "map": "a"}, {"rulebook", "map"}),
        ("compare", {"set": "x=1", "without": "y"}, {"set", "without"}),
    ],
)
def test_a_bad_order_is_told_all_at_once(verb: str, query: dict[str, str], where: set[str]) -> None:
    """What is tried, what is varied, which text, how columns are mapped: each with what to write."""
    answer = _sent(_PATHS[verb], as_of="2026-06-01", **query)
    assert answer.status_code == 422
    assert {one["where"] for one in answer.json()["problems"]} == where


def test_two_files_are_compared(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """As the command does it; no other rulebook goes with them, and a file under another name is refused."""
    then, now = tmp_path / "then.csv", tmp_path / "now.csv"
    then.write_text("企业编号,企业名称,全球市场占有率\nA1,甲厂,16\n", encoding="utf-8")
    now.write_text("企业编号,企业名称,全球市场占有率\nA1,甲厂,9\n", encoding="utf-8")
    files = {name: (path.name, path.read_bytes()) for name, path in (("file", then), ("later", now))}
    answer = CLIENT.post("/v1/comparisons", params=_DAY, files=files)
    command = ["compare", str(then), str(now), "--as-of", "2026-06-01", "--only", "global-share", "--format", "json"]
    assert answer.json() == json.loads(run(capfdbinary, *command).out)
    assert [one["by"] for one in answer.json()["flips"]] == [["global-share"]]
    assert CLIENT.post("/v1/comparisons", params={"with": "x"}, files=files).json()["problems"][0]["where"] == "with"
    assert CLIENT.post("/v1/sweeps", params={"vary": "global-share=9%"}, files=files).status_code == 422


def test_what_is_wrong_with_a_second_file_is_told_of_it() -> None:
    """Of its kind, its size, its emptiness, and where it is no file at all; both fields are named to a third."""
    client = TestClient(create_app(bounds=Bounds(upload=1000)))
    fine = ("a.csv", b"firm_id\nA1\n")
    for second, status in (("a.exe", b"x"), 415), (("a.csv", b"x" * 1001), 413), (("a.csv", b""), 422), ("a", 422):
        more = {"files": {"file": fine}, "data": {"later": second}} if isinstance(second, str) else {}
        answer = client.post("/v1/comparisons", **({"files": {"file": fine, "later": second}} | more))
        assert (answer.status_code, [one["where"] for one in answer.json()["problems"]]) == (status, ["later"])
    third = client.post("/v1/comparisons", files={"file": fine, "third": fine}).json()["problems"]
    assert "只放 file、later" in third[0]["instead"]


def test_a_parameter_or_a_form_that_there_is_not_is_refused() -> None:
    """A target takes no `by`, a comparison no `vary`; zip is no form of an analysis."""
    assert _sent("/v1/targets", count="1", by="行业").status_code == 422
    assert _sent("/v1/comparisons", vary="x").status_code == 422
    for name in ("rulebook", "with"):
        answer = _sent("/v1/comparisons", **{name: "nope"})
        assert (answer.status_code, [one["where"] for one in answer.json()["problems"]]) == (404, [name])
    assert _sent("/v1/sweeps", "application/zip", vary="global-share=10%").status_code == 406


def test_the_documentation_has_the_answers() -> None:
    """OpenAPI names each path with its file and its answer."""
    described = CLIENT.get("/openapi.json").json()
    for path, name in zip(_PATHS.values(), ("Sweep", "Target", "Comparison"), strict=True):
        post = described["paths"][path]["post"]
        assert "multipart/form-data" in post["requestBody"]["content"]
        assert post["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith(name)
