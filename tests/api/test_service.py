"""The service as a process: no client, however it behaves, keeps it from answering others or loses an answer."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.packed import ods, sheet, xlsx

_QUICKER = "import api.protocol as p; p._HEAD_SECONDS = 1.0; p._REST_SECONDS = 3.0; p._UNREAD_SECONDS = 1.0; "
_HEAD = b"POST /v1/assessments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True)
class Service:
    """A service that runs: where, with which process, and where it keeps what it is sent."""

    port: int
    process: int
    workplace: Path

    def connect(self) -> socket.socket:
        """Give a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def answers(self) -> float:
        """Expect an assessment to be answered within a second; give how long it took."""
        took = self.answered_after()
        assert took < 1
        return took

    def answered_after(self) -> float:
        """Give how many seconds an assessment takes."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("POST", "/v1/assessments", b'{"revenue_y0": 1}', {"Content-Type": "application/json"})
        assert connection.getresponse().status == 200
        connection.close()
        return time.monotonic() - began

    def memory(self, which: str = "VmRSS") -> int:
        """Give the resident size in megabytes."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(status.partition(f"{which}:")[2].split()[0]) // 1024

    def highest_memory(self) -> int:
        """Give the largest resident size that it ever had."""
        return self.memory("VmHWM")


@contextmanager
def serving(workplace: Path, *options: str) -> Iterator[Service]:
    """Give a service of its own process, whose deadlines are short."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    code = f"import tempfile; tempfile.tempdir = {str(workplace)!r}; {_QUICKER}from api.serve import main; main()"
    words = [sys.executable, "-c", code, "--port", str(port), *options]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        service = Service(port, process.pid, workplace)
        try:
            for _ in range(600):
                try:
                    service.connect().close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield service
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service with few connections, which answers afterwards as before and has left nothing."""
    workplace = tmp_path_factory.mktemp("workplace")
    with serving(workplace, "--connections", "50") as service:
        service.answers()
        before = service.memory()
        yield service
        service.answers()
        assert service.memory() < before + 60
        assert list(workplace.iterdir()) == []


def _ending(connection: socket.socket) -> bytes:
    """Give all that the other side says until it closes the connection."""
    found = b""
    while True:
        try:
            piece = connection.recv(65_536)
        except ConnectionError:
            return found
        if not piece:
            return found
        found += piece


@pytest.mark.parametrize(
    "piece",
    [
        b"X-Filler: " + b"x" * 60_000 + b"\r\n",
        b"a: b\r\n" * 10_000,
        b"X-One: " + b"x" * 60_000,
    ],
    ids=["fields", "small fields", "one field"],
)
def test_a_head_without_end(service: Service, piece: bytes) -> None:
    """A head beyond its bound is refused with 431 or cut, after some hundred kilobytes."""
    with service.connect() as connection:
        connection.sendall(_HEAD)
        sent = 0
        try:
            while sent < 150_000_000:
                connection.sendall(piece)
                sent += len(piece)
        except ConnectionError:
            pass
        assert sent < 130_000_000
        service.answers()
    with service.connect() as connection:
        connection.sendall(_HEAD + piece + piece)
        assert b"431 " in _ending(connection)[:20]


@pytest.mark.parametrize(
    "piece", [b"5;" + b"x" * 60_000, b"2\r\n{}\r\n0\r\n" + b"a: b\r\n" * 20_000], ids=["extension", "trailers"]
)
def test_what_is_no_content(service: Service, piece: bytes) -> None:
    """What a body sent in chunks has beside its content is bounded as a head is."""
    with service.connect() as connection:
        connection.sendall(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + piece + b"x" * 600_000)
        assert _ending(connection)[:12] in {b"HTTP/1.1 431", b"HTTP/1.1 400"}


def test_letters_that_a_url_cannot_have(service: Service) -> None:
    """A level in Chinese is understood as it was typed, also in pieces and on a connection that is kept; no body is."""
    body = '{"firm_name":\n "小巨人有限公司", "营业收入（万元）": 1}'.encode()
    fields = f"Host: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    line = "POST /v1/assessments?level=小巨人&as_of=2026-06-01 HTTP/1.1\r\n".encode()
    with service.connect() as connection:
        for piece in (line[:29], line[29:30], line[30:] + fields.encode() + b"\r\n" + body):
            connection.sendall(piece)
            time.sleep(0.05)
        connection.sendall(line + fields.encode() + b"Connection: close\r\n\r\n" + body)
        said = _ending(connection)
    assert said.count(b"HTTP/1.1 200") == said.count(b'"id":"miit-2026-little-giant"') == 2
    assert said.count("小巨人有限公司".encode()) == 2


@pytest.mark.parametrize(
    ("said", "status"),
    [(b"", b""), (b"\r\n", b"408"), (b"GET /hea", b"408"), (_HEAD, b"408"), (b"\x00\x01", b"400"), (b"G" * 99, b"400")],
)
def test_a_head_that_does_not_come(service: Service, said: bytes, status: bytes) -> None:
    """A connection on which no request is begun or ended is closed in time; one that was begun is told."""
    with service.connect() as connection:
        connection.sendall(said)
        began = time.monotonic()
        answer = _ending(connection)
        assert time.monotonic() - began < 4.5
    assert answer.partition(b" ")[2][:3] == status
    if status:
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == int(status)


def test_a_slow_head(service: Service) -> None:
    """A head that arrives byte by byte is cut as one that does not arrive, on a connection used before too."""
    with service.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        assert b'\r\n\r\n{"status":"ok",' in connection.recv(9999)
        began = time.monotonic()
        try:
            for _ in range(100):
                connection.sendall(b"G" if _ == 0 else b"E")
                time.sleep(0.1)
        except ConnectionError:
            pass
        assert time.monotonic() - began < 6


def test_requests_that_are_never_read(service: Service) -> None:
    """A client that asks again and again and never reads is cut."""
    with service.connect() as connection:
        asked = b"GET /v1/rulebooks/miit-2022-little-giant HTTP/1.1\r\nHost: x\r\n\r\n"
        began = time.monotonic()
        try:
            while time.monotonic() - began < 20:
                connection.sendall(asked * 20)
                time.sleep(0.05)
        except (ConnectionError, TimeoutError):
            pass
        assert time.monotonic() - began < 15
    service.answers()


def test_many_idle_connections(service: Service) -> None:
    """Ten times as many connections as are kept hinder nobody: the one that has waited longest is closed."""
    with ExitStack() as held:
        for number in range(500):
            connection = held.enter_context(service.connect())
            connection.sendall([b"", b"GET / HT", _HEAD + b"Content-Length: 99\r\n\r\n{"][number % 3])
            if number % 100 == 0:
                service.answers()
        service.answers()


def _by_urllib(url: str, body: bytes | Iterator[bytes], headers: dict[str, str]) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:  # noqa: S310 our own
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _by_http_client(url: str, body: bytes | Iterator[bytes], headers: dict[str, str]) -> tuple[int, bytes]:
    port = int(url.split(":")[2].split("/", maxsplit=1)[0])
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("POST", url.partition(f":{port}")[2], body, headers, encode_chunked=True)
        answer = connection.getresponse()
        return answer.status, answer.read()


def _by_httpx(url: str, body: bytes | Iterator[bytes], headers: dict[str, str]) -> tuple[int, bytes]:
    answer = httpx2.post(url, content=body, headers=headers, timeout=30)
    return answer.status_code, answer.content


@pytest.mark.parametrize("post", [_by_urllib, _by_http_client, _by_httpx])
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
@pytest.mark.parametrize(
    ("path", "media", "status"),
    [
        ("/v1/assessments", "application/json", 413),
        ("/v1/screenings", "multipart/form-data; boundary=x", 413),
        ("/v1/assessments", "text/csv", 415),
        ("/v1/nothing", "application/json", 404),
    ],
)
def test_refused_early(
    service: Service,
    post: Callable[[str, bytes | Iterator[bytes], dict[str, str]], tuple[int, bytes]],
    path: str,
    media: str,
    status: int,
    *,
    chunked: bool,
) -> None:
    """Clients that send all of 25 MB before they look read why it was refused, with and without its length."""
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    headers = {"Content-Type": media}
    body = start + b"a,b\n" * 6_250_000
    pieces = (body[place : place + 100_000] for place in range(0, len(body), 100_000))
    if chunked:
        headers["Transfer-Encoding"] = "chunked"
    found = post(f"http://127.0.0.1:{service.port}{path}", pieces if chunked else body, headers)
    assert found[0] == status
    assert json.loads(found[1])["status"] == status


def _harmful(folder: Path) -> Iterator[Path]:
    """Give small files that would be very large if they were unpacked, and large ones that are no lists."""
    row = '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row>'
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield xlsx(folder / "corner.xlsx", {"worksheets/sheet1.xml": sheet([corner])})
    yield xlsx(folder / "rows.xlsx", {"worksheets/sheet1.xml": sheet([row * 1000] * 3000)})
    strings = ["<sst>", *["<si><t>" + "x" * 300 + "</t></si>"] * 1_000_000, "</sst>"]
    yield xlsx(folder / "strings.xlsx", {"worksheets/sheet1.xml": sheet([]), "sharedStrings.xml": strings})
    styles = ["<styleSheet><cellXfs>", *['<xf numFmtId="0"/>' * 1000] * 10_000, "</cellXfs></styleSheet>"]
    yield xlsx(folder / "styles.xlsx", {"worksheets/sheet1.xml": sheet([]), "styles.xml": styles})
    yield xlsx(folder / "deep.xlsx", {"worksheets/sheet1.xml": ["<a>" * 1_000_000]})
    cell = '<table:table-cell table:number-columns-repeated="16000"><text:p>企业名称</text:p></table:table-cell>'
    repeated = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    yield ods(folder / "repeated.ods", repeated)
    for name, table in {
        "rows": pa.table({"企业名称": pa.repeat(pa.scalar("甲"), 2_000_000)}),
        "columns": pa.table({"企业名称": ["甲"], **{f"c{n}": [1] for n in range(20_000)}}),
        "text": pa.table({"企业名称": ["甲"] * 3, "备注": ["y" * 50_000_000] * 3}),
        "text in bounds": pa.table({"企业名称": ["甲", "乙"], "备注": ["y" * 45_000_000] * 2}),
        "names": pa.table({"企业名称": ["z" * 30_000] * 3_000}),
        "honours": pa.table({"企业名称": ["甲"] * 3_000, "企业已获荣誉": ["甲" * 10_000] * 3_000}),
        "words": pa.table(
            {
                "企业名称": pa.DictionaryArray.from_arrays(
                    pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 1_000_000])
                )
            }
        ),
    }.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        yield folder / f"{name}.parquet"
    for name, text in {"rows": "甲\n" * 4_000_000, "quote": '"' + "x" * 19_000_000, "nul": "\0" * 19_000_000}.items():
        file = folder / f"{name}.csv"
        file.write_text("企业名称\n" + text, encoding="utf-8")
        yield file


@pytest.mark.long
def test_harmful_files_one_after_another(tmp_path: Path) -> None:
    """Each is answered, others are answered meanwhile, nothing is left, and the memory stays as it was."""
    files = list(_harmful(tmp_path))
    workplace = tmp_path / "workplace"
    workplace.mkdir()
    with serving(workplace) as service, httpx2.Client(timeout=200) as client, ThreadPoolExecutor(2) as pool:
        sizes, waits = [], []
        for _ in range(3):
            for file in files:
                content = file.read_bytes()
                url = f"http://127.0.0.1:{service.port}/v1/screenings"
                sent = [pool.submit(client.post, url, files={"file": (file.name, content)}) for _ in range(2)]
                while not all(one.done() for one in sent):
                    waits.append((service.answered_after(), file.name))
                    time.sleep(0.2)
                assert {one.result().status_code for one in sent} <= {200, 413, 422}, file.name
            sizes.append(service.memory())
        assert list(workplace.iterdir()) == []
        assert sizes[-1] < sizes[0] + 100
        assert service.highest_memory() < 1_500
        assert sorted(waits)[-len(waits) // 20][0] < 1, sorted(waits)[-5:]


def test_it_starts_without_what_is_extra() -> None:
    """The solver, pictures, Ibis, Spark and frames need not be installed."""
    extra = ("z3", "vl_convert", "ibis", "pyspark", "pandas", "polars", "hypothesis")
    code = f"import sys; sys.modules.update(dict.fromkeys({extra!r})); import api.serve"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
