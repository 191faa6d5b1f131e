"""A list in a browser: every row is judged or rejected, found by what is said of it, and opens into its reasons."""

from __future__ import annotations

import html
import io
import json
import os
import re
from pathlib import Path
from time import time

import openpyxl
import polars as pl
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.pages.kept_lists import HOUR, LISTS, KeptList, KeptLists, SentList, new_root
from engine import to_json

DAY = "2026-06-01"
FIXTURES = Path(__file__).parents[2] / "fixtures"
CANDIDATES = (FIXTURES / "candidates.csv").read_bytes()
MADE_UP = (
    "企业名称,营业收入,总人数甲,申报类型\n<script>甲</script>,6000,300,新申报\n乙,3000,20,新申报\n丙,abc,20,新申报\n"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the lists."""
    return tmp_path_factory.mktemp("beside") / "lists"


@pytest.fixture(scope="module")
def client(root: Path) -> TestClient:
    """Give a service that keeps its lists in that folder."""
    with pytest.MonkeyPatch.context() as set_to:
        set_to.setenv(LISTS, str(root))
        return TestClient(create_app(), "http://localhost:8000", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def sent(client: TestClient) -> str:
    """Give the address of the ugly file, judged."""
    return str(_send(client, "candidates.csv", CANDIDATES).url).replace("/zh/", "/{}/")


def _send(client: TestClient, name: str, content: bytes, lang: str = "zh", **said: str) -> Response:
    fields = {"title": "little_giant", "as_of": DAY, **said}
    return client.post(f"/{lang}/lists", files={"file": (name, content)}, data=fields)


def _read(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def _rows(page: str) -> list[tuple[int, str]]:
    """Give the line and the verdict, if any, of each row that a page shows."""
    found = re.findall(r"/rows/(\d+)\">.*?</th>\s*<td>(.*?)</td>", page, re.DOTALL)
    return [(int(line), words) for line, words in found]


@pytest.mark.parametrize(
    ("lang", "counts"), [("zh", "50 行 = 判定 48 行 + 未比对 2 行"), ("en", "50 rows = 48 judged + 2 rejected")]
)
def test_every_row_is_judged_or_rejected(client: TestClient, sent: str, lang: str, counts: str) -> None:
    """Those that are shown are as many as are counted; what is a firm's is kept by no browser."""
    page = client.get(sent.format(lang))
    assert counts in _read(page.text)
    assert page.headers["cache-control"] == "no-store"
    assert len(_rows(page.text)) == 48
    assert [line for line, _ in _rows(client.get(f"{sent.format(lang)}?verdict=rejected").text)] == [49, 51]


def test_each_row_opens_into_the_reasons_of_its_verdict(client: TestClient, sent: str) -> None:
    """The page that a self-test has, with the verdict that the list gives; of a rejected row its problems."""
    shown = _rows(client.get(sent.format("zh")).text)
    for line, verdict in [*shown[:2], shown[-1]]:
        page = client.get(f"{sent.format('zh')}/rows/{line}")
        assert page.headers["cache-control"] == "no-store"
        [told] = re.findall(r'class="verdict \w+" id="standing">(.*?)<', page.text)
        assert told == verdict
        assert 'action="/zh/self-test/little_giant"' in page.text
    rejected = client.get(f"{sent.format('en')}/rows/49")
    assert (rejected.status_code, rejected.headers["cache-control"]) == (422, "no-store")
    assert "约15%" in rejected.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("verdict=not_qualified", 10),
        ("criterion=base-2-sme", 10),
        ("criterion=base-2-sme&one_short=1", 6),
        ("missing=niche_market_years", 46),
        ("name=潍柴", 1),
        ("name=c002&verdict=undetermined", 1),
        ("name=%25", 0),
        ("verdict=rejected&name=X005", 1),
        ("verdict=rejected&one_short=1", 0),
        ("page=2", 48),
    ],
)
def test_rows_are_found_by_what_is_said_of_them(client: TestClient, sent: str, query: str, count: int) -> None:
    """As many as the summary counts: ten are no SME, six of them fail nothing else."""
    assert f"{count} rows, page" in _read(client.get(f"{sent.format('en')}?{query}").text)


def test_rows_are_sorted(client: TestClient, sent: str) -> None:
    """Those that fail nothing before those that fail one criterion, and these before those that fail two."""
    rows = _rows(client.get(f"{sent.format('en')}?sort=near").text)
    assert [verdict.partition(" (")[0] for _, verdict in rows] == ["undetermined"] * 38 + ["not qualified"] * 10
    assert {line for line, _ in rows[-4:]} == {2, 14, 15, 37}
    assert _rows(client.get(f"{sent.format('en')}?sort=far").text)[0][0] == 2


def test_what_is_not_known_is_told_all_at_once(client: TestClient, sent: str) -> None:
    """A filter, an order and a page that there are not."""
    page = client.get(f"{sent.format('en')}?verdict=maybe&sort=shoe&page=0&criterion=x")
    assert page.status_code == 422
    assert re.findall(r"<li><code>(\w+)</code>", page.text) == ["verdict", "criterion", "sort", "page"]


def test_a_column_is_read_as_chosen(client: TestClient) -> None:
    """The file that is kept is judged again; a name that is markup is a name."""
    first = _send(client, "list.csv", MADE_UP.encode(), "en")
    assert "3 read, 1 not read" in _read(first.text)
    assert "<script>甲" not in first.text
    again = client.post(f"{first.url}/columns", data={"column": "总人数甲", "fact": "employees_y0"})
    assert again.url == first.url
    assert "4 read, 0 not read" in _read(again.text)
    assert re.search(r'<option value="employees_y0" selected>', again.text)
    assert "300" in _read(client.get(f"{first.url}/rows/2").text)
    back = client.post(f"{first.url}/columns", data={"column": "总人数甲", "fact": ""})
    assert "3 read, 1 not read" in _read(back.text)


def test_columns_that_contradict_one_another_are_chosen_from(client: TestClient) -> None:
    """Nothing is decided before; what is not chosen is not read. A file may be called as what is kept of it."""
    content = "企业名称,营业收入,上年度营业收入\n某某轴承有限公司,1,2\n".encode()
    first = _send(client, "rejected.csv", content)
    assert first.status_code == 422
    assert "还没有判定" in first.text
    chosen = {"column": ["企业名称", "营业收入", "上年度营业收入"], "fact": ["firm_name", "", "revenue_y0"]}
    again = client.post(f"{first.url}/columns", data=chosen)
    assert "1 行 = 判定 1 行 + 未比对 0 行" in _read(again.text)
    assert "营业收入：2 万元" in _read(client.get(f"{first.url}/rows/2").text)


def _workbook() -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in MADE_UP.splitlines():
        book.active.append(row.split(","))
    book.save(written)
    return written.getvalue()


def _parquet() -> bytes:
    written = io.BytesIO()
    pl.read_csv(MADE_UP.encode(), infer_schema=False).write_parquet(written)
    return written.getvalue()


def _lines() -> bytes:
    return b"".join(to_json(row) + b"\n" for row in pl.read_csv(MADE_UP.encode(), infer_schema=False).to_dicts())


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", _workbook()), ("a.parquet", _parquet()), ("a.jsonl", _lines())]
)
def test_other_files(client: TestClient, name: str, content: bytes) -> None:
    """A workbook, a Parquet file and JSON lines: a row opens."""
    page = _send(client, name, content)
    assert "3 行 = 判定 2 行 + 未比对 1 行" in _read(page.text)
    line, verdict = _rows(page.text)[1]
    assert f'id="standing">{verdict}<' in client.get(f"{page.url}/rows/{line}").text


@pytest.mark.long
@pytest.mark.parametrize("title", ["little_giant", "miit-2022-little-giant"])
def test_every_made_up_firm_opens_into_its_verdict(client: TestClient, title: str) -> None:
    """With what it hangs on."""
    firms = [json.loads(file.read_bytes()) for file in sorted(FIXTURES.glob("made_up/*.json"))]
    page = _send(client, "firms.jsonl", b"".join(to_json(firm) + b"\n" for firm in firms), title=title)
    shown = _rows(page.text)
    assert len(shown) == len(firms)
    for line, verdict in shown:
        assert f'id="standing">{verdict}<' in client.get(f"{page.url}/rows/{line}").text


def test_what_the_engine_writes_is_downloaded(client: TestClient, sent: str) -> None:
    """The workbook has all rows."""
    answer = client.get(f"{sent.format('zh')}/verdicts.xlsx")
    assert answer.headers["cache-control"] == "no-store"
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row > 48
    assert client.get(f"{sent.format('zh')}/verdicts.exe").status_code == 404


@pytest.mark.parametrize("name", ["x", "0" * 32, "..%2f..%2fetc", "%2e", "%00", "A" * 5000, "0" * 32 + "%0a"])
@pytest.mark.parametrize("path", ["", "/rows/2", "/verdicts.csv"])
def test_no_other_address_leads_to_a_file(client: TestClient, name: str, path: str) -> None:
    """An id that is none, or that nobody was given."""
    assert client.get(f"/zh/lists/{name}{path}").status_code == 404


@pytest.mark.parametrize("said", [{"title": "nothing"}, {"title": "ladder"}, {"as_of": "yesterday"}, {"other": "1"}])
def test_a_list_that_is_not_judged_is_not_kept(client: TestClient, root: Path, said: dict[str, str]) -> None:
    """A title that is none, a day that is none, a field that there is not, a file that is none."""
    before = {*root.iterdir()}
    assert _send(client, "list.csv", MADE_UP.encode(), **said).status_code in {404, 422}
    assert _send(client, "list.xlsx", b"PK\x03\x04").status_code == 422
    assert {*root.iterdir()} == before


def test_a_list_is_deleted(client: TestClient) -> None:
    """At once, with what was sent."""
    page = _send(client, "list.csv", MADE_UP.encode())
    assert client.post(f"{page.url}/delete").url.path == "/zh/lists"
    assert client.get(str(page.url)).status_code == 404


def test_lists_are_private_and_go_after_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever worker has them; the oldest go when there is too much; a folder that a service left goes when empty."""
    monkeypatch.setattr("api.pages.kept_lists.gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv(LISTS, str(root := new_root()))
    lists, others = KeptLists(1000), KeptLists(1000)
    old, young = lists.new(), lists.new()
    assert {root.stat().st_mode & 0o777, old.folder.stat().st_mode & 0o777} == {0o700}
    for one in (old, young):
        one.keep(SentList("a.csv", "little_giant", DAY))
    assert others.found(old.id) == KeptList(old.folder)
    os.utime(old.folder, (time() - HOUR - 1,) * 2)
    assert (others.found(old.id), others.found(young.id)) == (None, KeptList(young.folder))
    young.write("large", b"0" * 2000)
    last = others.new()
    assert [*root.iterdir()] == [last.folder]
    os.utime(last.folder, (0, 0))
    assert new_root() != root
    assert not root.exists()
