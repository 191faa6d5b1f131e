"""A file of firms over HTTP: every form of the answer has every row, and what is refused says what to do."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.bounds import Bounds
from api.examples import CANDIDATES, SCREENED
from api.problems import of_parameters
from engine import EngineError, Problem, Stop, StoppedError, Text
from tests.small_rules import rules_asking

URL = "/v1/screenings?as_of=2026-06-01"
BOUNDS = Bounds(upload=20_000, rows=1_000, screenings=1, wait=0.3, idle=0.5, slowest=5.0)
RULES = rules_asking("domestic_rank", global_market_share_pct="at_least: 15")
APP, SHIPPED = create_app(RULES, BOUNDS), create_app(bounds=BOUNDS)
JSONL, ZIP, CSV = "application/jsonl", "application/zip", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = "企业名称,全球市场占有率,国内市场排名,备注\n"
ROWS = HEADER + "甲,12.4%,2,a\n乙,约15%,第一名吧,b\n丙,0.3,1,c\n"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which the service keeps what it is sent."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def client(workplace: Path) -> Iterator[TestClient]:
    """Give a client whose every test leaves nothing behind on the service's disk."""
    yield TestClient(APP, raise_server_exceptions=False)
    assert list(workplace.iterdir()) == []


@pytest.fixture
def shipped(workplace: Path) -> Iterator[TestClient]:
    """Give such a client of a service of the shipped rules."""
    yield TestClient(SHIPPED, raise_server_exceptions=False)
    assert list(workplace.iterdir()) == []


def _send(client: TestClient, content: bytes | str = ROWS, name: str = "candidates.csv", **given: Any) -> Response:
    headers = {"Accept": given.pop("accept", "*/*"), "Accept-Language": given.pop("lang", "en")}
    body = content.encode() if isinstance(content, str) else content
    url = URL + "".join(f"&{key}={value}" for key, value in given.items())
    return client.post(url, files={"file": (name, body)}, headers=headers)


def _refused(answer: Response, status: int, words: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "code", "title", "status", "detail", "problems"}
    assert words in json.dumps(answer.json(), ensure_ascii=False)


def _objects(answer: Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize(
    ("said", "of_parameters_said"),
    [
        ("请用 --level 指明层级。", "请用 level 指明层级。"),
        ("用 --map 列名=指标 指明", "用 map=列名=指标 指明"),
        ("Say so by --map HEADER=firm_id, or --rulebook.", "Say so by map=HEADER=firm_id, or rulebook."),
        ("--as-of 2026-04-01", "as_of=2026-04-01"),
        ("`--rulebook ladder` decides", "`rulebook=ladder` decides"),
        ("Say --level little_giant.", "Say level=little_giant."),
        ("--map-file 读入", "--map-file 读入"),
        ("`champion facts` lists them", "GET /v1/facts lists them"),
        ("champion facts --template 给出模板", "champion facts --template 给出模板"),
    ],
)
def test_what_is_said_of_options_is_said_of_parameters(said: str, of_parameters_said: str) -> None:
    """Whoever sends a request is told what to send."""
    assert of_parameters(Problem("file", Text(said, said))).what.zh == of_parameters_said


def test_lines(client: TestClient) -> None:
    """JSON lines are the judged rows, then the rejected with all problems, then the warnings, then the summary."""
    answer = _send(client)
    assert answer.headers["content-type"] == JSONL
    found = _objects(answer)
    assert [one["kind"] for one in found] == ["verdict", "verdict", "rejected", "warning", "summary"]
    first, _, rejected, warning, last = found
    assert (first["row"]["firm_name"], first["row"]["global-market-share-pct"]) == ("甲", "not_met")
    assert (rejected["row"]["line"], rejected["row"]["firm_name"]) == (3, "乙")
    assert [problem["value"] for problem in rejected["row"]["problems"]] == ["约15%", "第一名吧"]
    assert all(problem["problem"] for problem in rejected["row"]["problems"])
    assert warning["row"]["line"] == 4
    assert (last["summary"]["rows_in"], last["summary"]["verdicts"], last["summary"]["rejected"]) == (3, 2, 1)
    assert "en" in last["notice"]


def test_zip(client: TestClient) -> None:
    """The zip has the verdicts, the rejected rows, the warnings and the summary, and the same bytes every time."""
    answer = _send(client, accept=ZIP)
    assert answer.headers["content-type"] == ZIP
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["verdicts.csv", "rejected.csv", "warnings.csv", "summary.json"]
        lines = {name: archive.read(name).decode().count("\n") for name in archive.namelist()[:3]}
        assert json.loads(archive.read("summary.json"))["rows_in"] == 3
    assert lines == {"verdicts.csv": 3, "rejected.csv": 3, "warnings.csv": 3}
    assert _send(client, accept=ZIP).content == answer.content


def test_workbook(client: TestClient) -> None:
    """The workbook has sheets of all rows, the summary, rejected firms, problems and details, under titles."""
    answer = _send(client, accept=XLSX)
    assert answer.headers["content-type"] == XLSX
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    verdicts, _, firms, problems, details = book.worksheets
    assert [row[2].value for row in verdicts.rows] == ["Firm name", "甲", "乙", "丙"]
    *told, more = [row[0].value for row in firms.rows]
    assert (told, "--carry" in str(more)) == (["Line", 3], True)
    assert [row[0].value for row in problems.rows] == ["Line", 3, 3]
    assert details["A1"].value == details.title == "Details"


@pytest.mark.parametrize("labels", ["ids", "titles"])
@pytest.mark.parametrize("extra", [{}, {"carry": "yes", "figures": "yes", "bom": "yes"}], ids=["plain", "all"])
def test_csv(client: TestClient, labels: str, extra: dict[str, str]) -> None:
    """CSV has as many rows as the file: rejected ones come last, with their problems for reasons."""
    answer = _send(client, accept=CSV, labels=labels, **extra)
    assert answer.content.startswith(b"\xef\xbb\xbf") is bool(extra)
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = [dict(zip(header, row, strict=True)) for row in rows]
    name, verdict, reasons = ("firm_name", "verdict", "reasons")
    if labels == "titles":
        name, verdict, reasons = ("Firm name", "Verdict", "Reasons")
    assert [row[name] for row in found] == ["甲", "丙", "乙"]
    assert [row[verdict] == "rejected" for row in found] == [False, False, True]
    assert "Line 3" in found[2][reasons]
    assert "约15%" in found[2][reasons]
    assert "第一名吧" in found[2][reasons]
    assert {row["rulebook" if labels == "ids" else "Rulebook"] for row in found} == {"cae-2021-champion"}


@pytest.mark.long
@pytest.mark.parametrize(("labels", "word"), [("ids", "rejected"), ("titles", "未比对")])
def test_csv_of_the_ladder(shipped: TestClient, labels: str, word: str) -> None:
    """Under the whole ladder a rejected row is told in the same columns."""
    answer = _send(shipped, accept=CSV, rulebook="ladder", labels=labels, lang="zh")
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert [row[1] for row in rows] == ["甲", "丙", "乙"]
    assert rows[2][2] == word
    assert "约15%" in rows[2][header.index("reasons" if labels == "ids" else "说明")]


def test_counts_in_a_header(client: TestClient) -> None:
    """Every answer has the counts in a header, and names its length and its file."""
    for accept, name in ((JSONL, "jsonl"), (ZIP, "zip"), (XLSX, "xlsx"), (CSV, "csv")):
        answer = _send(client, accept=accept)
        counts = json.loads(answer.headers["champion-summary"])
        assert (counts["rows_in"], counts["verdicts"], counts["rejected"]) == (3, 2, 1)
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert answer.headers["content-disposition"] == f'attachment; filename="verdicts.{name}"'


@pytest.mark.long
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSONL),
        ("*/*", JSONL),
        ("application/x-ndjson", JSONL),
        ("text/csv, */*", CSV),
        ("text/*", CSV),
        ("text/csv;q=0.5, application/zip;q=0.9", ZIP),
        ("application/json, text/plain, */*", JSONL),
        ("application/jsonl;q=0, */*;q=0.1", ZIP),
        ("TEXT/CSV;header=present;q=1", CSV),
        ("text/csv;q=abc", None),
        ("application/json", None),
        ("image/png," * 500, None),
    ],
)
def test_accept(client: TestClient, accept: str, media: str | None) -> None:
    """Accept chooses the form by weight, then by how narrowly it is named; if none fits, 406 lists those there are."""
    answer = _send(client, accept=accept)
    if media is None:
        _refused(answer, 406, "application/jsonl")
    else:
        assert answer.headers["content-type"].split(";")[0] == media


def test_options(shipped: TestClient) -> None:
    """Rulebook, day, mapping and language are those of the request."""
    content = "名字,份额一,名次一,营业收入（亿元）,净利润,是否上市\n甲,12.4%,2,1,,\n"
    mapping = {"rulebook": "miit-2026-little-giant", "map": "名字=firm_name&map=份额一=global_market_share_pct"}
    found = _objects(_send(shipped, content, lang="zh", figures="yes", **mapping))
    assert found[-1]["summary"]["rulebook"] == "miit-2026-little-giant"
    assert found[-1]["summary"]["as_of"] == "2026-06-01"
    assert {one["header"]: (one["fact"], one["unit"]) for one in found[-1]["summary"]["columns"][:5]} == {
        "名字": ("firm_name", None),
        "份额一": ("global_market_share_pct", "%"),
        "名次一": (None, None),
        "营业收入（亿元）": ("revenue_y0", "亿元"),
        "净利润": ("net_profit_y0", "万元"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(client: TestClient, encoding: str) -> None:
    """The encoding of the file makes no difference, and a name in Chinese is a name."""
    answer = _send(client, ROWS.encode(encoding), name="候选企业 名单.CSV", accept=CSV)
    assert answer.text == _send(client, accept=CSV).text


def test_workbook_sent(client: TestClient) -> None:
    """An Excel file is screened as a CSV file is, on the sheet that is asked for."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("名单")
    for line in ROWS.splitlines():
        sheet.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    found = _objects(_send(client, content.getvalue(), name="firms.xlsx", sheet="名单"))
    assert [one["kind"] for one in found].count("verdict") == 2
    _refused(_send(client, content.getvalue(), name="firms.xlsx", sheet="无"), 422, "无")


def test_content_type_stands_for_a_suffix(client: TestClient) -> None:
    """A file without a suffix is what its content type says."""
    answer = client.post(URL, files={"file": ("blob", ROWS.encode(), "text/csv; charset=utf-8")})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        ("", "a.csv", 422, "is empty"),
        (" \n\n", "a.csv", 422, "a.csv"),
        ("a,b\n1,2\n", "a.csv", 422, "map=HEADER=FACT"),
        ("全球市场占有率\n12\n", "a.csv", 422, "map=HEADER=firm_id"),
        ("企业名称,企业名称\n甲,乙\n", "a.csv", 422, "state the same fact"),
        (ROWS, "a.pdf", 415, ".xlsx"),
        (ROWS, "a", 415, ".xlsx"),
        (ROWS, "../../etc/passwd", 415, ".xlsx"),
        ("PK\x03\x04 not a workbook", "a.xlsx", 422, "a.xlsx"),
        ("PAR1 not Parquet", "a.parquet", 422, "a.parquet"),
        ("\0" * 1000, "a.csv", 422, "a.csv"),
        ('"' * 9_999, "a.csv", 422, ""),
    ],
)
def test_unusable_files(client: TestClient, content: str, name: str, status: int, words: str) -> None:
    """A file that cannot be used as a whole is refused with what to do, in terms of the request."""
    answer = _send(client, content, name=name)
    _refused(answer, status, words if words != "a.csv" else "")
    assert "--map" not in answer.text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("rulebook=nowhere", 404, "cae-2021-champion"),
        ("rulebok=x", 422, "is an unknown or repeated parameter"),
        ("carry=yes&carry=no", 422, "is an unknown or repeated parameter"),
        ("carry=perhaps", 422, "carry"),
        ("labels=none", 422, "labels"),
        ("as_of=1.1.2026", 422, "is not a day"),
        ("map=x", 422, "is not COLUMN=FACT"),
        ("map=企业名称=nothing", 422, "map=企业名称=nothing"),
        ("map=无=revenue_y0", 422, "the file has no such column"),
        ("sheet=名单", 422, "no Excel file"),
    ],
)
def test_wrong_parameters(client: TestClient, query: str, status: int, words: str) -> None:
    """A wrong parameter is refused with what is wrong about it."""
    answer = client.post(
        f"/v1/screenings?{query}", files={"file": ("a.csv", ROWS.encode())}, headers={"Accept-Language": "en"}
    )
    _refused(answer, status, words)


def _form(*parts: bytes, end: bytes = b"--x--\r\n") -> bytes:
    return b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + end


FILE = b'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + ROWS.encode()
OTHER = b'Content-Disposition: form-data; name="rulebook"\r\n\r\nx'


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (_form(), 422, "is missing"),
        (b"", 400, "last boundary"),
        (b"hello", 400, ""),
        (_form(FILE, end=b""), 400, "last boundary"),
        (_form(FILE)[:-40], 400, "last boundary"),
        (_form(FILE, FILE), 422, "stands twice"),
        (_form(FILE, FILE, FILE), 400, "Too many files"),
        (_form(FILE, OTHER), 422, "?rulebook="),
        (_form(OTHER), 422, "is missing"),
        (_form(*[OTHER] * 9), 400, "Too many fields"),
        (_form(FILE.replace(b'name="file"', b'name="upload"')), 422, "upload"),
        (_form(FILE.replace(b'; filename="a.csv"', b"")), 422, "no file name"),
        (_form(FILE.replace(b'filename="a.csv"', b'filename=""')), 415, ".csv"),
        (_form(FILE.replace(b'filename="a.csv"', b'filename="a\0.csv"')), 200, "summary"),
        (_form(FILE.replace(b"a.csv", b"a" * 9000 + b".csv")), 400, "not a whole form"),
        (_form(FILE.replace(b"a.csv", b"\xff\xfe.csv")), 200, "summary"),
        (_form(b"Content-Disposition: form-data\r\n\r\nx"), 400, ""),
        (_form(b"nonsense\r\n\r\nx"), 400, ""),
        (_form(OTHER + b"x" * 9_000), 400, "Part exceeded"),
    ],
)
def test_hostile_forms(client: TestClient, body: bytes, status: int, words: str) -> None:
    """A form that is not one whole file is refused; a strange file name is no matter."""
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Accept-Language": "en"}
    answer = client.post(URL, content=body, headers=headers)
    if status == 200:
        assert _objects(answer)[-1]["kind"] == words
    else:
        _refused(answer, status, words)


@pytest.mark.parametrize("media", ["text/csv", "application/json", "application/x-www-form-urlencoded", "", "x" * 999])
def test_other_media(client: TestClient, media: str) -> None:
    """A body that is no form is refused with how to send one."""
    headers = {"Content-Type": media, "Accept-Language": "en"}
    _refused(client.post(URL, content=ROWS.encode(), headers=headers), 415, "curl -F file=@")


def test_a_form_without_a_boundary(client: TestClient) -> None:
    """A form that does not say its boundary is refused."""
    headers = {"Content-Type": "multipart/form-data"}
    _refused(client.post(URL, content=_form(FILE), headers=headers), 400, "boundary")


@pytest.mark.parametrize("size", [20_001, 90_000, 1_000_000])
def test_too_large(client: TestClient, size: int) -> None:
    """A file above the limit is refused and told of `champion screen`, whether or not its length is declared."""
    content = (ROWS + "丁,1,1,d\n" * size).encode()[:size]
    _refused(_send(client, content), 413, "champion screen")
    body = _form(FILE.replace(ROWS.encode(), content))
    pieces = (body[place : place + 5_000] for place in range(0, len(body), 5_000))
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    _refused(client.post(URL, content=pieces, headers=headers), 413, "champion screen")


def _packed(rows: int, name: str) -> bytes:
    """Give a Parquet file of some kilobytes with any number of rows."""
    target = io.BytesIO()
    table = pa.table({"企业名称": pa.repeat(pa.scalar(name), rows), "全球市场占有率": pa.repeat(pa.scalar(12.4), rows)})
    pq.write_table(table, target, compression="zstd", row_group_size=rows)
    return target.getvalue()


def test_more_columns_or_memory_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of thousands of columns, or that needs more memory than there is, is too large, in whatever form."""
    wide, packed = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.table({"企业名称": ["甲"], **{f"c{n}": [1] for n in range(10_001)}}), wide)
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 900, pa.int32()), pa.array(["x" * 100_000]))
    pq.write_table(pa.table({"企业名称": text, "营业收入": pa.repeat(pa.scalar(1.0), 900)}), packed)
    with TestClient(create_app(bounds=Bounds())) as client:
        _refused(_send(client, wide.getvalue(), "a.parquet"), 413, "has more than 10,000 columns")
        _refused(_send(client, f"企业名称{',c' * 10_001}\n"), 413, "has more than 10,000 columns")
        monkeypatch.setenv("CHAMPION_MEMORY", "20MiB")
        _refused(_send(client, packed.getvalue(), "a.parquet"), 413, "needs more memory than there is here")


def test_more_rows_than_are_taken(client: TestClient) -> None:
    """A file with more rows, or that unpacks to more text, than the service takes is refused before it is judged."""
    packed, long = _packed(2_000_000, "甲"), _packed(900, "甲" * 1_000)
    assert max(len(packed), len(long)) < BOUNDS.upload
    began = time.monotonic()
    _refused(_send(client, packed, "a.parquet"), 413, "has more than 1,000 rows")
    _refused(_send(client, long, "a.parquet"), 413, "unpacks to more than 0.1 MB of text")
    _refused(_send(client, HEADER + "丁,1,1,d\n" * 1_001), 413, "has more than 1,000 rows")
    _refused(_send(client, HEADER + "a\n" * 9_000), 413, "has more than 1,000 rows")  # none of which is a record
    assert time.monotonic() - began < 30
    assert _send(client, HEADER + "丁,1,1,d\n" * 1_000).status_code == 200


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(seconds=0.3), "takes longer than 0.3 seconds"),
        (Bounds(written=100_000), "makes an answer of over 0.1 MB"),
    ],
)
@pytest.mark.parametrize("accept", [JSONL, XLSX])
def test_stopped_early(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, bounds: Bounds, words: str, accept: str
) -> None:
    """A screening that takes too long, or writes too much, is stopped in the middle and refused, leaving nothing."""
    ended: list[type[Exception] | None] = []

    def done(work: Callable[[Any], Any], stop: Any) -> Any:
        try:
            result = work(stop)
        except Exception as error:
            ended.append(type(error))
            raise
        ended.append(None)
        return result

    monkeypatch.setattr("api.desk._done", done)
    with TestClient(create_app(RULES, bounds), raise_server_exceptions=False) as client:
        answer = _send(client, HEADER + "丁,1,1,d\n" * 100_000, accept=accept)
        _refused(answer, 413, words)
        assert "champion screen" in answer.text
    assert ended == [StoppedError]
    assert list(workplace.iterdir()) == []


def test_the_largest_file(client: TestClient) -> None:
    """A file of exactly the limit is taken."""
    content = (HEADER + "丁,1,1,dddddddddddd\n" * 1_000).encode()[: BOUNDS.upload - 1]
    assert _send(client, content.rsplit(b"\n", 1)[0].ljust(BOUNDS.upload, b"\n")).status_code == 200


def test_example(shipped: TestClient) -> None:
    """The worked example of the documentation is what the service answers, cut short."""
    answer = shipped.post(URL, files={"file": ("candidates.csv", CANDIDATES.encode())})
    for shown, given in zip(map(json.loads, SCREENED.splitlines()), _objects(answer), strict=True):
        part = "summary" if "summary" in shown else "row"
        assert shown["kind"] == given["kind"]
        assert shown[part].items() <= given[part].items()


class Wire:
    """One request by hand, so that a client can stop in the middle of it."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = list(chunks)
        self.gone = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self.stop_after = 10**9

    async def receive(self) -> dict[str, Any]:
        """Give the next piece of the body, at the end wait for the client to go."""
        if self.chunks:
            body = self.chunks.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self.chunks)}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        """Take a piece of the answer, or fail as a broken connection does."""
        self.sent.append(message)
        if len(self.sent) > self.stop_after:
            raise OSError

    async def run(self, app: Any = APP) -> int:
        """Send the request; give the status."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "POST",
            "path": "/v1/screenings",
            "raw_path": b"/v1/screenings",
            "root_path": "",
            "scheme": "http",
            "query_string": b"",
            "headers": [(b"host", b"x"), (b"content-type", b"multipart/form-data; boundary=x")],
        }
        await app(scope, self.receive, self.send)
        return int(self.sent[0]["status"])


@pytest.mark.usefixtures("client")
def test_gone_while_sending() -> None:
    """A client that goes away in the middle of its file leaves nothing."""

    async def scene() -> int:
        wire = Wire(_form(FILE)[:100], b"")
        wire.chunks[-1:] = []
        wire.receive = _then_gone(wire.chunks)  # type: ignore[method-assign]
        return await wire.run()

    assert asyncio.run(scene()) == 400


def _then_gone(chunks: list[bytes]) -> Any:
    async def receive() -> dict[str, Any]:
        if chunks:
            return {"type": "http.request", "body": chunks.pop(0), "more_body": True}
        return {"type": "http.disconnect"}

    return receive


@pytest.mark.usefixtures("client")
def test_silent_while_sending() -> None:
    """A client that stops sending, without going away, is given up."""

    async def scene() -> int:
        wire = Wire(_form(FILE)[:100])
        first = wire.receive

        async def receive() -> dict[str, Any]:
            return {**await first(), "more_body": True}

        wire.receive = receive  # type: ignore[method-assign]
        return await wire.run()

    assert asyncio.run(scene()) == 408


@pytest.mark.usefixtures("client")
def test_gone_while_reading() -> None:
    """A client that goes away in the middle of the answer leaves nothing."""

    async def scene() -> int:
        wire = Wire(_form(FILE))
        wire.stop_after = 1
        return await wire.run()

    assert asyncio.run(scene()) == 200


@pytest.mark.usefixtures("client")
def test_gone_while_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screening for a client that has gone is stopped."""
    stopped = threading.Event()
    begun = threading.Event()

    def slow(*given: Any) -> None:
        stop: Stop = given[-1]
        begun.set()
        for _ in range(200):
            if stop._wanted:
                stopped.set()
                stop.check()
            stopped.wait(0.02)

    monkeypatch.setattr("engine.screening.whole.screen_whole", slow)

    async def scene() -> int:
        wire = Wire(_form(FILE))
        running = asyncio.create_task(wire.run())
        await asyncio.to_thread(begun.wait)
        wire.gone.set()
        return await running

    assert asyncio.run(scene()) == 400
    assert stopped.is_set()


@pytest.mark.parametrize("fault", [StopIteration, EngineError, MemoryError, RuntimeError])
def test_any_fault_is_answered(client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    """Whatever goes wrong in the thread, the answer is 500 in the common shape."""

    def broken(*_: Any) -> None:
        raise fault

    monkeypatch.setattr("engine.screening.whole.screen_whole", broken)
    _refused(_send(client), 500, "nothing was decided")


@pytest.mark.usefixtures("client")
def test_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound a file waits a little, then is refused with 503 and told when to come again."""
    release, begun = threading.Event(), threading.Event()
    from engine.screening.whole import screen_whole as original  # noqa: PLC0415

    def slow(*given: Any) -> Any:
        begun.set()
        release.wait(10)
        return original(*given)

    monkeypatch.setattr("engine.screening.whole.screen_whole", slow)

    async def scene() -> list[int]:
        running = asyncio.create_task(Wire(_form(FILE)).run())
        await asyncio.to_thread(begun.wait)
        late = Wire(_form(FILE))
        statuses = [await late.run()]
        headers = dict(late.sent[0]["headers"])
        assert headers[b"retry-after"] == b"1"
        assert headers[b"content-type"] == b"application/problem+json"
        crowd = [Wire(_form(FILE)) for _ in range(BOUNDS.held)]
        statuses += await asyncio.gather(*(one.run() for one in crowd))
        release.set()
        return [*statuses, await running]

    assert asyncio.run(scene()) == [503] * (1 + BOUNDS.held) + [200]


@pytest.mark.long
def test_side_by_side(client: TestClient) -> None:
    """Files sent at the same time do not mix."""
    app = create_app(RULES, Bounds(screenings=2, wait=60.0))

    async def scene() -> list[Wire]:
        wires = [Wire(_form(FILE.replace("甲".encode(), f"甲{number}".encode()))) for number in range(6)]
        assert await asyncio.gather(*(wire.run(app) for wire in wires)) == [200] * 6
        return wires

    for number, wire in enumerate(asyncio.run(scene())):
        body = b"".join(message.get("body", b"") for message in wire.sent)
        assert json.loads(body.splitlines()[0])["row"]["firm_name"] == f"甲{number}"
    assert client.get("/healthz").status_code == 200
