"""Many profiles over HTTP: a line for each, in their order; one that is bad spoils no other; the end is told."""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.bounds import Bounds
from api.examples import PROFILE
from api.pieces import elements, lines
from engine import EngineError, Problem, assess, shipped
from tests.api.test_service import Service, serving

BATCH, ONE = "/v1/assessments:batch", "/v1/assessments"
DAY = {"as_of": "2026-06-01"}
BOUNDS = Bounds(upload=1_500_000, rows=50, screenings=1, wait=0.3, idle=0.5, slowest=5.0)
APP = create_app(bounds=BOUNDS)
ARRAY, LINES = "application/json", "application/x-ndjson"
FIRMS: list[Any] = [{"firm_id": f"甲{n}", "global_market_share_pct": n, "employees_y0": 300 + n} for n in range(5)]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Give a client whose every test leaves nothing behind on the service's disk."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield TestClient(APP, raise_server_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def _send(client: TestClient, content: bytes, media: str = LINES, **options: str) -> Response:
    headers = {"Content-Type": media, "Accept-Language": "en"}
    return client.post(BATCH, params={**DAY, "detail": "brief", **options}, content=content, headers=headers)


def _lines(answer: Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == LINES
    return [json.loads(line) for line in answer.text.splitlines()]


def _told(answer: Response) -> tuple[list[str], dict[str, Any]]:
    """Give what is said of each profile, its verdict or its first problem, and the end."""
    *several, last = _lines(answer)
    assert [one["index"] for one in several] == list(range(len(several)))
    end = last["end"]
    assert end["profiles"] == len(several) == end["verdicts"] + end["refused"]
    assert sum(end["by_verdict"].values()) == end["verdicts"]
    assert end["complete"] is (end["problem"] is None)
    return [one["verdict"]["verdict"] if "verdict" in one else one["problems"][0]["problem"] for one in several], end


def _as_lines(firms: list[Any], end: str = "\n") -> bytes:
    return "".join(json.dumps(firm, ensure_ascii=False) + end for firm in firms).encode()


@pytest.mark.parametrize("options", [{}, {"rulebook": "miit-2026-little-giant", "detail": "full"}, {"level": "小巨人"}])
@pytest.mark.parametrize("telling", [{}, {"lang": "zh", "words": "no"}], ids=["whole", "short"])
@pytest.mark.parametrize("media", [ARRAY, LINES])
def test_same_verdicts(client: TestClient, media: str, options: dict[str, str], telling: dict[str, str]) -> None:
    """Each line has the verdict to the byte that the profile gets by itself, in order."""
    content = json.dumps(FIRMS).encode() if media == ARRAY else _as_lines(FIRMS)
    asked = {**DAY, **options, **telling}
    found = client.post(BATCH, params=asked, content=content, headers={"Content-Type": media}).content.splitlines()
    alone = [client.post(ONE, params=asked, json=firm).content for firm in FIRMS]
    assert found[:-1] == [b'{"index":%d,"verdict":%b}' % (index, verdict) for index, verdict in enumerate(alone)]


BAD = [
    (b"{", "is not valid JSON"),
    (b"nonsense", "is not valid JSON"),
    (b'{"a": 1}', "is not a fact of the vocabulary"),
    (b'{"global_rank": 1, "global_rank": 2}', "stands twice"),
    (b'{"global_rank": NaN}', "not a finite decimal number"),
    (b'{"global_rank": -Infinity}', "has a value that is not a finite"),
    (b"3", "a profile is one JSON object"),
    (b"[]", "a profile is one JSON object"),
    (b"null", "a profile is one JSON object"),
    (b'{"firm_name": "\xff"}', "is not UTF-8"),
    (b'{"firm_name": "' + b"x" * 1_000_000 + b'"}', "is larger than 1,000,000 bytes"),
    (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    (b'{"firm_name": "]},[\\""}', "undetermined"),
]


@pytest.mark.parametrize(("bad", "words"), BAD, ids=[words for _, words in BAD])
@pytest.mark.parametrize("media", [ARRAY, LINES])
def test_one_bad_profile(client: TestClient, media: str, bad: bytes, words: str) -> None:
    """It is told what is wrong, and the profiles before and after it are decided."""
    if media == ARRAY and bad in {b"{", b"nonsense"}:
        bad = b'{"a" 1}'
    content = b'{"global_rank": 1}\n%b\n{"global_market_share_pct": 1}\n' % bad
    content = b"[" + content.strip().replace(b"\n", b",") + b"]" if media == ARRAY else content
    told, end = _told(_send(client, content, media))
    assert (told[0], told[2]) == ("undetermined", "not_qualified")
    assert words in told[1]
    assert end["complete"]


def test_problems_are_those_of_the_single_door(client: TestClient) -> None:
    """The problems of a line are those that the profile has by itself, and name the line."""
    bad = {"global_market_share_pct": "约15%", "x": 1}
    alone = client.post(ONE, params=DAY, json=bad, headers={"Accept-Language": "en"}).json()["problems"]
    found = _lines(_send(client, b"\n{}\n\n" + json.dumps(bad).encode()))[1]
    assert found == {"index": 1, "line": 4, "problems": alone}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + _as_lines(FIRMS),
        _as_lines(FIRMS, "\r\n"),
        _as_lines(FIRMS, "\n \t\n\n"),
        _as_lines(FIRMS).rstrip(),
        b"\n" * 9_999 + _as_lines(FIRMS),
    ],
    ids=["mark", "CRLF", "blank lines", "no last end", "many blank lines"],
)
def test_habits_of_lines(client: TestClient, content: bytes) -> None:
    """A byte order mark, other ends of lines and blank lines make no difference."""
    plain = _send(client, _as_lines(FIRMS)).text
    assert _send(client, content).text == plain
    assert len(plain.splitlines()) == len(FIRMS) + 1


@pytest.mark.parametrize(
    ("content", "count", "problem"),
    [
        (b"[]", 0, None),
        (b"\xef\xbb\xbf \r\n[ ]\n", 0, None),
        (b"[{}]", 1, None),
        (b' [ {"global_rank": 1} ,\n{} ] ', 2, None),
        (b"[{},]", 2, None),
        (b"[,]", 2, None),
        (b"[", 0, "does not end as one"),
        (b"[{},{}", 2, "does not end as one"),
        (b'[{},{"global_rank"', 2, "does not end as one"),
        (b'[{},{"firm_name": "a', 2, "does not end as one"),
        (b"[{}}", 1, "does not end as one"),
        (b"[{}] []", 1, "goes on after the end"),
        (b"[{} {}]", 1, "no comma before profile 1, counted from 0"),
        (b'[{},{"title_items": [{}, {}]}\n{}, {}]', 2, "no comma before profile 2"),
        (b"[{}[]]", 1, "no comma before profile 1"),
    ],
)
def test_arrays(client: TestClient, content: bytes, count: int, problem: str | None) -> None:
    """What an array has is told one by one; if it does not end as an array, the end says so."""
    told, end = _told(_send(client, content, ARRAY))
    assert len(told) == count
    assert end["complete"] is (problem is None)
    assert problem is None or problem in end["problem"]["problem"]


@pytest.mark.parametrize(
    ("content", "media", "options", "status", "words"),
    [
        (b"", LINES, {}, 400, "is empty"),
        (b"{}", ARRAY, {}, 400, "application/x-ndjson"),
        (b"{}\n{}", ARRAY, {}, 400, "application/x-ndjson"),
        (b"{}", "text/csv", {}, 415, "application/x-ndjson"),
        (b"{}", LINES, {"rulebook": "nowhere"}, 404, "cae-2021-champion"),
        (b"{}", LINES, {"level": "nowhere"}, 404, "nowhere"),
        (b"{}", LINES, {"level": "srdi", "rulebook": "sme-2011-size"}, 422, "level"),
        (b"{}", LINES, {"level": "srdi", "as_of": "2001-01-01"}, 422, "2001-01-01"),
        (b"{}", LINES, {"detail": "long"}, 422, "'full' or 'brief'"),
        (b"{}", LINES, {"x": "1"}, 422, "unknown"),
        (b"{}\n" * 600_000, LINES, {}, 413, "Send it in parts"),
    ],
)
def test_refused_as_a_whole(
    client: TestClient, content: bytes, media: str, options: dict[str, str], status: int, words: str
) -> None:
    """What no profile could be decided by is refused before any is, as problem details."""
    answer = _send(client, content, media, **options)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.text


def test_more_profiles_than_are_taken(client: TestClient) -> None:
    """Beyond the bound the stream ends and says from where to go on."""
    told, end = _told(_send(client, b"{}\n" * (BOUNDS.rows + 1)))
    assert len(told) == BOUNDS.rows
    assert end["problem"]["problem"] == "has more than 50 profiles"
    assert "index 50" in end["problem"]["instead"]
    assert _told(_send(client, b"{}\n" * BOUNDS.rows))[1]["complete"]


def test_longer_than_is_taken() -> None:
    """When the time is over the stream ends in order and says so."""
    with TestClient(create_app(bounds=Bounds(seconds=0.2))) as client:
        told, end = _told(_send(client, b"{}\n" * 20_000))
    assert 0 < len(told) < 20_000
    assert end["problem"]["problem"] == "takes longer than 0.2 seconds"


def test_internal_error_of_one(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the evaluators differ on a profile it has no verdict, nor any details, and the others have theirs."""

    def differ(facts: Any, *given: Any, **named: Any) -> Any:
        if facts == {"global_rank": 2}:
            raise EngineError("secret")
        return assess(facts, *given, **named)

    monkeypatch.setattr("api.batch.assess", differ)
    answer = _send(client, b'{}\n{"global_rank": 2}\n{}\n')
    assert _told(answer)[0] == ["undetermined", "Internal error: nothing was decided", "undetermined"]
    assert "secret" not in answer.text


@pytest.mark.parametrize("body", [b"[" + b"," * 50_000, b"[[" + b"," * 50_000, b"[" * 50_000, b'["' + b"x" * 50_000])
def test_pauses(body: bytes) -> None:
    """However few profiles a body has, no long time passes without a piece or a pause."""
    found = list(elements(body))
    assert isinstance(found[-1], Problem)
    assert len(found) > 10 or body.count(b",") + body.count(b"[") < 10
    assert found.count(None) == sum(body.count(mark) for mark in (b",", b"[")) // 2_000
    assert list(lines(b"\n" * 50_000)) == [None] * 25


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service of one batch at a time, with a short wait, which has left nothing in the end."""
    workplace = tmp_path_factory.mktemp("workplace")
    with serving(workplace, "--screenings", "1", "--seconds", "20") as service:
        service.answers()
        yield service
        service.answers()
        assert list(workplace.iterdir()) == []


@contextmanager
def _begun(service: Service, count: int) -> Iterator[http.client.HTTPResponse]:
    """Give the answer to `count` profiles from its head on, and leave it in the end, read or not."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    with closing(connection):
        connection.request("POST", BATCH, (json.dumps(PROFILE).encode() + b"\n") * count, {"Content-Type": LINES})
        with connection.getresponse() as answer:
            yield answer


def test_lines_come_while_others_are_decided(service: Service) -> None:
    """The first line is there long before the last, others are answered meanwhile, and memory does not grow."""
    before, began = service.memory(), time.monotonic()
    with _begun(service, 1_000) as answer:
        assert json.loads(answer.readline())["index"] == 0
        first, waits, end = time.monotonic() - began, [], b""
        for count, end in enumerate(answer, 1):  # noqa: B007 the last line is the end
            if count % 50 == 0:
                waits.append(service.answered_after())
    assert json.loads(end)["end"]["verdicts"] == 1_000
    assert first < (time.monotonic() - began) / 4
    assert sorted(waits)[len(waits) // 2] < 0.2
    assert service.memory() < before + 25  # the answer has about 50 MB


def test_a_client_that_does_not_read(service: Service) -> None:
    """Nothing is decided beyond what is read; a client that leaves gives its place to others."""
    before = service.memory()
    with _begun(service, 20_000) as answer:
        answer.readline()
        time.sleep(0.5)
        assert service.memory() < before + 40
    with _begun(service, 1) as answer:
        assert answer.status == 200
        assert json.loads(answer.read().splitlines()[-1])["end"]["complete"]


def test_more_batches_than_are_taken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a free place the answer is 503, which says when to send it again."""
    monkeypatch.setattr("asyncio.Semaphore.acquire", _never)
    answer = _send(client, b"{}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "1 batches at once" in answer.text


async def _never(_: Any) -> None:
    raise TimeoutError


def test_described() -> None:
    """The OpenAPI document has the examples of both forms, which are decided as they stand."""
    content = APP.openapi()["paths"][BATCH]["post"]["requestBody"]["content"]
    client = TestClient(APP)
    for media, told in content.items():
        value = told["examples"]["two-firms"]["value"]
        sent = value if isinstance(value, str) else json.dumps(value)
        assert _told(_send(client, sent.encode(), media))[1]["verdicts"] == 2
    assert set(content) == {ARRAY, LINES}
    assert shipped().ids
