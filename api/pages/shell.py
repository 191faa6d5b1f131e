"""What all pages share: an address in each language, a template with words, and how long an answer may be kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.kept import kept
from api.language import LANGUAGES, Language, language_of, path_of
from api.pages.words import WORDS
from engine import Catalog, Label, Text, days, given_day, quoted_words

_OK = 200
_HTML = "text/html; charset=utf-8"
_BCP47 = {"zh": "zh-CN", "en": "en"}
Handler = Callable[[Request], Response | Awaitable[Response]]


class Pages:
    """The pages of a service over some rules; `doors` are those that the start page leads to."""

    def __init__(self, app: FastAPI, rules: Catalog) -> None:
        """Add what every page is shown with."""
        self.app, self.rules = app, rules
        self.doors: dict[str, tuple[Text, Text]] = {}
        app.state.pages = self
        app.mount("/assets", StaticFiles(directory=Path(__file__).parent / "assets"))

    def add(self, path: str, handler: Handler, methods: list[str] | None = None) -> None:
        """Add a page at `/zh` and `/en`; without either its address leads to the language of whoever asks."""
        for lang in LANGUAGES:
            self.app.add_route(f"/{lang}{path}", handler, methods or ["GET"], include_in_schema=False)
        self.app.add_route(path, _in_language, ["GET"], include_in_schema=False)

    def door(self, path: str, title: Text, says: Text, handler: Handler) -> None:
        """Add a page to which the start page and the head of every page lead."""
        self.doors[path] = title, says
        self.add(path, handler)


def _in_language(request: Request) -> Response:
    """Lead to the same address in the language of whoever asks."""
    address = same(request, language_of(request))
    return RedirectResponse(address, 303, {"Vary": "Accept-Language"})


def same(request: Request, lang: Language) -> str:
    """Give the address that is asked for, in a language."""
    path, query = path_of(request), request.url.query
    for one in LANGUAGES:
        path = path.removeprefix(f"/{one}") if path.startswith(f"/{one}/") else path
    return f"{request.scope.get('root_path', '')}/{lang}{path}" + (f"?{query}" if query else "")


def to(request: Request, path: str) -> str:
    """Give the address of a page in the language of the one that is asked for."""
    return f"{request.scope.get('root_path', '')}/{language_of(request)}{quote(path, safe='/@:')}"


def day_of(request: Request) -> date:
    """Give the day that a page is asked for, today if none is; raises InputError."""
    stated = request.query_params.get("as_of")
    return (given_day(stated) if stated else None) or date.today()  # noqa: DTZ011 the reader's calendar day


def page(request: Request, template: str, status: int = 200, **told: Any) -> Response:  # noqa: ANN401 for its template
    """Give a page: the template with words in the language of its address, and what is told."""
    html = rendered(request, template, **told)
    headers = {"Content-Language": _BCP47[language_of(request)]}
    if request.method == "GET" and status == _OK:
        return kept(request, html.encode(), _HTML, headers)
    return Response(html, status, headers, _HTML)


def rendered(request: Request, template: str, **told: Any) -> str:  # noqa: ANN401 for its template
    """Give a page, or a part of one, as text."""
    lang = language_of(request)
    root = request.scope.get("root_path", "")
    pages: Pages = request.app.state.pages
    return (
        _environment(lang)
        .get_template(template)
        .render(
            told,
            root=root,
            at=lambda path: to(request, path),
            other=same(request, "en" if lang == "zh" else "zh"),
            doors=pages.doors,
            here=path_of(request).removeprefix(f"/{lang}"),
        )
    )


@cache
def _environment(lang: Language) -> Environment:
    """Give the templates in a language: `w` has the words of the pages, `say` a text of any other."""
    made = Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["say"] = lambda text: text[lang] if isinstance(text, dict) else text.in_language(lang)
    made.filters["quoted"] = lambda quote: _quoted(quote, lang)
    made.globals.update(
        w=SimpleNamespace(**{name: text.in_language(lang) for name, text in WORDS.items()}),
        Label=Label,
        days=days,
        tag=_BCP47[lang],
        other_tag=_BCP47["en" if lang == "zh" else "zh"],
    )
    return made


def _quoted(quote: str | None, lang: Language) -> Markup | str:
    """Give the words of an official text, which are Chinese on an English page too."""
    words = quoted_words(quote).in_language(lang)
    return words if quote is None else Markup('<span class="quote" lang="zh-CN">{}</span>').format(words)
