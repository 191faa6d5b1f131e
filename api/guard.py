"""What is asked of every request before it is answered, and said with every answer, whatever it is for.

A page of another site may neither read what is here, by a name that it lets point here, nor send anything as
whoever looks at it. Programs send no `Sec-Fetch-Site` and no `Origin`: they are answered.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import answer
from engine import Problem, Text

ALLOWED_HOSTS = "CHAMPION_ALLOWED_HOSTS"
ROOT_PATH = "CHAMPION_ROOT_PATH"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PREFIX = re.compile(r"(/[\w.~-]+)+", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OURS = frozenset({"same-origin", "none"})
_PAGES = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
_DOCS = f"{_PAGES}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # `no-referrer` would have browsers send forms with `Origin: null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Guard:
    """The application, for requests to a known name and from nowhere else; under the path that it is reached by."""

    app: ASGIApp
    hosts: frozenset[str]
    root_path: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        _stand_under(_forwarded(headers) or self.root_path, scope)
        is_sent = scope["method"] not in _SAFE

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(raw=message.setdefault("headers", []))
                said.update(_ALWAYS)
                said["Content-Security-Policy"] = _DOCS if path.endswith("/docs") else _PAGES
                said.setdefault("Cache-Control", "no-store" if is_sent else "no-cache")
            await send(message)

        request = Request(scope, receive)
        if _name(headers.get("host", "")) not in self.hosts:
            await answer(request, 421, [_unknown(headers.get("host", ""))])(scope, receive, told)
        elif is_sent and _is_foreign(headers):
            await answer(request, 403, [_FOREIGN])(scope, receive, told)
        else:
            await self.app(scope, receive, told)


def guard(app: FastAPI) -> None:
    """Have every request asked for, errors of the service included; hosts and path are as the environment sets them."""
    hosts = LOOPBACK | {_name(one) for one in os.environ.get(ALLOWED_HOSTS, "").split(",")} - {""}
    root_path, make = os.environ.get(ROOT_PATH, ""), app.build_middleware_stack
    app.build_middleware_stack = lambda: Guard(make(), hosts, root_path)  # type: ignore[method-assign]


def _name(host: str) -> str:
    """Give the name of a host without its port; nothing if it is none.

    >>> _name("Localhost:8000"), _name("[::1]:80"), _name("a@b"), _name("x:y:z")
    ('localhost', '::1', '', '')
    """
    try:
        parts = urlsplit(f"//{host.strip()}")
        return "" if "@" in host or parts.path or (parts.port or 0) < 0 else (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_foreign(headers: Headers) -> bool:
    """Say whether a browser sends it for a page that is not ours."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in _OURS
    return origin is not None and origin.lower().partition("://")[2] != headers["host"].lower()


def _forwarded(headers: Headers) -> str | None:
    told = headers.get("x-forwarded-prefix", "").rstrip("/")
    return told if PREFIX.fullmatch(told) else None


def _stand_under(prefix: str, scope: Scope) -> None:
    """Have the application know the path by which a proxy reaches it, whether the proxy takes it off or not."""
    if prefix:
        scope["root_path"] = prefix
        if scope["path"] != prefix and not scope["path"].startswith(f"{prefix}/"):
            scope["path"] = prefix + scope["path"]


def _unknown(host: str) -> Problem:
    what = Text("不是本服务所知的名称", "is not a name that this service is known by")
    instead = Text(
        f"请用 http://127.0.0.1 或 localhost 打开；要用别的名称，启动时写 --allowed-hosts（{ALLOWED_HOSTS}）。",
        f"Open it as http://127.0.0.1 or localhost; for another name start it with --allowed-hosts ({ALLOWED_HOSTS}).",
    )
    return Problem("host", what, instead, host[:80])


_FOREIGN = Problem(
    "origin",
    Text("是从别的网站发来的", "is another site's"),
    Text("请在本服务自己的网页上提交。", "Send it from a page of this service."),
)
