"""A page in each language, its addresses, errors as pages, and what is asked of every request."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.guard import ALLOWED_HOSTS, ROOT_PATH
from api.serve import main

APP = create_app()
_PLAIN = {"Content-Type": "application/json"}


def _client(**headers: str) -> TestClient:
    return TestClient(APP, "http://localhost:8000", raise_server_exceptions=False, headers=headers)


@pytest.mark.parametrize(
    ("asked", "accepts", "leads"),
    [("/", "", "/zh/"), ("/", "en", "/en/"), ("/about?a=1", "en;q=0.5, zh;q=0.4", "/en/about?a=1")],
)
def test_an_address_without_language_leads_to_that_of_the_reader(asked: str, accepts: str, leads: str) -> None:
    """The query stays."""
    answer = _client(**{"Accept-Language": accepts}).get(asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, leads)


@pytest.mark.parametrize("path", ["/", "/about", "/accessibility", "/?as_of=2026-06-01"])
def test_each_page_leads_to_itself_in_the_other_language(path: str) -> None:
    """Each says in which language it is, in head and header."""
    for lang, tag, other in (("zh", "zh-CN", "en"), ("en", "en", "zh")):
        answer = _client().get(f"/{lang}{path}")
        assert answer.status_code == 200
        assert answer.headers["content-language"] == tag
        assert f'<html lang="{tag}">' in answer.text
        assert f'href="/{other}{path}"' in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_link_of_the_shell_leads_nowhere(lang: str) -> None:
    """Every address in it is answered."""
    for path in ("/", "/about", "/accessibility"):
        for address in re.findall(r'(?:href|src)="(/[^"#]*)', _client().get(f"/{lang}{path}").text):
            assert _client().get(address).status_code == 200, address


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    """Its ETag is asked for; what is kept is asked again each time."""
    first = _client().get("/en/about")
    assert first.headers["cache-control"] == "no-cache"
    again = _client(**{"If-None-Match": first.headers["etag"]}).get("/en/about")
    assert (again.status_code, again.content) == (304, b"")
    assert _client(**{"If-None-Match": first.headers["etag"]}).get("/zh/about").status_code == 200


@pytest.mark.parametrize(
    ("path", "accept", "status", "says"),
    [
        ("/en/?as_of=<b>nope</b>", "*/*", 422, "<q>&lt;b&gt;nope&lt;/b&gt;</q> is not a date"),
        ("/en/nothing", "*/*", 404, "<h1>Not found</h1>"),
        ("/nothing", "text/html", 404, "<h1>没有找到</h1>"),
        ("/nothing", "*/*", 404, '{"type":'),
        ("/v1/nothing", "text/html", 404, '{"type":'),
    ],
)
def test_an_error_is_a_page_for_readers_and_problem_details_for_programs(
    path: str, accept: str, status: int, says: str
) -> None:
    """In the language of the address, with nothing of the request but as text."""
    answer = _client(Accept=accept).get(path)
    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((one, 200) for one in ("localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "localhost.")),
        *((one, 421) for one in ("evil.example", "localhost.evil.example", "evil@localhost", "10.0.0.1", "", "[::1")),
    ],
)
def test_an_unknown_host_is_refused(host: str, status: int) -> None:
    """A name that somebody lets point here reads nothing; for programs and readers alike."""
    assert _client(Host=host).get("/healthz").status_code == status
    page = _client(Host=host).get("/en/", follow_redirects=False)
    assert (page.status_code, "Not a known host" in page.text) == (status, status == 421)


def test_hosts_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Besides those of the loopback."""
    monkeypatch.setenv(ALLOWED_HOSTS, "champion.example, 10.0.0.7")
    client = TestClient(create_app())
    for host, status in (("champion.example", 200), ("10.0.0.7:80", 200), ("localhost", 200), ("testserver", 421)):
        assert client.get("/healthz", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://localhost:8000"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8000"}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_what_another_site_sends_is_refused(headers: dict[str, str], status: int) -> None:
    """By Sec-Fetch-Site, else by Origin; what only reads is answered, and programs say neither."""
    sent = _client(**_PLAIN, **headers).post("/v1/assessments", content=b"{}")
    assert (sent.status_code, sent.headers["cache-control"]) == (status, "no-store")
    assert _client(**headers).get("/en/").status_code == 200


def test_every_answer_has_its_policy() -> None:
    """Errors of the service too; the documentation has a policy of its own."""
    app = create_app()
    app.add_route("/en/broken", lambda _: 1 / 0, ["GET"])  # type: ignore[arg-type, return-value]
    client = TestClient(app, "http://localhost", raise_server_exceptions=False)
    for path, status in (("/en/", 200), ("/v1/facts", 200), ("/en/x", 404), ("/en/broken", 500), ("/docs", 200)):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert ("unsafe-inline" in policy) == (path == "/docs")


@pytest.mark.parametrize("strips", [True, False])
def test_a_proxy_may_have_it_under_a_path(monkeypatch: pytest.MonkeyPatch, *, strips: bool) -> None:
    """Told at the start or by X-Forwarded-Prefix; pages, assets, documentation and OpenAPI lead there."""
    monkeypatch.setenv(ROOT_PATH, "/told")
    client = TestClient(create_app(), "http://localhost")
    for prefix, headers in (("/told", {}), ("/sent", {"X-Forwarded-Prefix": "/sent/"})):

        def get(path: str, prefix: str = prefix, headers: dict[str, str] = headers) -> str:
            answer = client.get(path if strips else prefix + path, headers=headers, follow_redirects=False)
            return answer.headers.get("location") or answer.raise_for_status().text

        assert get("/") == f"{prefix}/zh/"
        addresses = re.findall(r'(?:href|src)="(/[^"]*)', get("/en/"))
        assert [one for one in addresses if not one.startswith(f"{prefix}/")] == []
        assert "--paper" in get("/assets/champion.css")
        assert f"{prefix}/openapi.json" in get("/docs")
        assert f'"servers":[{{"url":"{prefix}"}}]' in get("/openapi.json")
    assert 'href="/told/en/"' in client.get("/en/", headers={"X-Forwarded-Prefix": '/"><script>'}).text


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "others can reach 0.0.0.0"),  # noqa: S104 that is what is refused
        (["--host", "::", "--allowed-hosts", " , "], "others can reach ::"),
        (["--root-path", "champion"], "a path such as /champion"),
    ],
)
def test_it_is_not_opened_to_others_by_one_word(options: list[str], says: str) -> None:
    """An address that others can reach needs the names by which they may."""
    answer = CliRunner().invoke(main, options, env={ALLOWED_HOSTS: ""})
    assert answer.exit_code == 2
    assert says in answer.output


_PLACES = [
    "/{lang}/?as_of={}",
    "/{lang}/rules?as_of={}",
    "/{lang}/rules/{}",
    "/{lang}/rules/{}/diff/{}",
    "/{lang}/rules/diff?first={}&second={}",
    "/{lang}/rules/cae-2021-champion/{}",
    "/{lang}/facts/{}",
    "/{lang}/explain?word={}",
    "/{}",
]


@pytest.mark.parametrize("place", _PLACES)
def test_nothing_in_an_address_is_a_fault_or_markup(place: str) -> None:
    """Whatever is asked for is answered or refused, and leads nowhere else."""
    words = [
        "<script>",
        "'\"&",
        "",
        " ",
        "\r\nSet-Cookie: a=b",
        "//evil.example",
        "..",
        "%",
        "\0",
        "号" * 400,
        "a" * 3000,
    ]
    words += [
        "9" * 400,
        "2026-13-45",
        "@",
        "cae-2021-champion@",
        "a@b@c",
        ":",
        "cae-2021-champion:",
        "{{7*7}}",
        "\ud800",
    ]
    for number, word in enumerate(words):
        told = quote(word, safe="", errors="surrogatepass")
        path = place.format(*[told] * place.count("{}"), lang=("zh", "en")[number % 2])
        answer = _client(Accept="text/html").get(path, follow_redirects=False)
        assert answer.status_code < 500, (path, answer.status_code)
        assert "<script>" not in answer.text
        assert "set-cookie" not in answer.headers
        assert re.match(r"/(zh|en)/|http://localhost:8000/", answer.headers.get("location", "/zh/"))
