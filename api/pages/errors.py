"""An error as a page: all problems at once, each with what to write instead."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request, Response

from api.language import LANGUAGES, path_of
from api.pages.shell import page
from api.problems import ProblemDetails

_FOR_PROGRAMS = ("/v1/", "/openapi.json", "/healthz")


def error_page(request: Request, error: ProblemDetails, headers: Mapping[str, str]) -> Response | None:
    """Give the page of an error; None where a program asks."""
    path = path_of(request)
    is_page = path.startswith(tuple(f"/{lang}/" for lang in LANGUAGES))
    if path.startswith(_FOR_PROGRAMS) or not (is_page or "text/html" in request.headers.get("accept", "")):
        return None
    answer = page(request, "error.html", error.status, error=error)
    answer.headers.update(headers)
    return answer
