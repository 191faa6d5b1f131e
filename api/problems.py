"""Errors over HTTP: RFC 9457 problem details, one shape everywhere, with a list of the single problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.language import language_of
from engine import EngineError, InputError, Problem, RulebookError, Text, TooMuchError, to_json, worded

_FAULT = 500
_log = logging.getLogger("champion")
MEDIA_TYPE = "application/problem+json"


class OneProblem(BaseModel):
    """One mistake: where it is, what is wrong, what to write instead, in the language asked for."""

    where: str
    value: str | None = None
    problem: str
    instead: str | None = None


class ProblemDetails(BaseModel):
    """Problem details (RFC 9457) with the list of all problems found; `code` never changes, its words may."""

    type: str = "about:blank"
    code: str
    title: str
    status: int
    detail: str
    problems: list[OneProblem] = []


ErrorPage = Callable[[Request, ProblemDetails, Mapping[str, str]], Response | None]
"""Gives an error as a page, unless a program asks."""
INTERNAL = Text("内部错误，未作任何判定", "Internal error: nothing was decided")
KINDS: Mapping[int, tuple[str, Text]] = {
    400: ("malformed", Text("请求有误", "The request has problems")),
    403: ("foreign_origin", Text("拒绝", "Refused")),
    404: ("not_found", Text("没有找到", "Not found")),
    405: ("method_not_allowed", Text("不支持这种方法", "Method not allowed")),
    406: ("not_acceptable", Text("无法以所要的格式答复", "Not in a form that is asked for")),
    408: ("too_slow", Text("内容没有及时到达", "The content did not arrive in time")),
    413: ("too_large", Text("内容过大", "Content too large")),
    415: ("unsupported_media", Text("不支持这种内容类型", "Unsupported media type")),
    421: ("unknown_host", Text("不认识这个主机名", "Not a known host")),
    422: ("invalid", Text("企业画像或参数有误", "The profile or a parameter has problems")),
    431: ("head_too_large", Text("请求头过大", "The head of the request is too large")),
    503: ("busy", Text("正忙，请稍后再送", "Busy: send it again later")),
    500: ("internal", INTERNAL),
}
"""The code and the title of each status."""


class Refusal(Exception):  # noqa: N818 it is the answer, not a fault
    """A request that is refused with a status and its problems."""

    def __init__(self, status: int, problems: Iterable[Problem], headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.problems = tuple(problems)
        self.headers = headers or {}
        super().__init__(status)


_NAMES = "map|sheet|level|rulebook|as-of"
_PAIR = re.compile(rf"--({_NAMES}) (?=[a-z0-9_][a-z0-9_-]*\b|[^\s=。，,.;；]+=)")
_OPTION = re.compile(rf"--({_NAMES})(?![a-z-])")
_LISTS = re.compile(r"(?P<mark>`?)champion (?P<list>facts|rulebooks)(?P=mark)(?! --)")


def of_parameters(problem: Problem) -> Problem:
    """Give a problem with what it says of options of the command said of parameters."""

    def worded(text: str) -> str:
        text = _PAIR.sub(lambda found: f"{found[1].replace('-', '_')}=", text)
        return _LISTS.sub(r"GET /v1/\g<list>", _OPTION.sub(lambda found: found[1].replace("-", "_"), text))

    def both(text: Text | None) -> Text | None:
        return None if text is None else Text(worded(text.zh), worded(text.en))

    return Problem(worded(problem.where), both(problem.what) or problem.what, both(problem.instead), problem.value)


def described(errors: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """Give the errors of a path for the OpenAPI document, by status and what each means there."""
    return {
        status: {"model": ProblemDetails, "content": {MEDIA_TYPE: {}}, "description": says}
        for status, says in errors.items()
    }


def told_problems(problems: Iterable[Problem], lang: Literal["zh", "en"]) -> list[OneProblem]:
    """Give problems as they are told over HTTP, in a language."""
    return [
        OneProblem(
            where=problem.where,
            value=problem.value,
            problem=problem.what.in_language(lang),
            instead=problem.instead.in_language(lang) if problem.instead else None,
        )
        for problem in map(of_parameters, problems)
    ]


def answer(
    request: Request, status: int, problems: Iterable[Problem] = (), headers: dict[str, str] | None = None
) -> Response:
    """Give the response that tells of `problems` in the language of the request."""
    lang = language_of(request)
    code, words = KINDS.get(status, KINDS[400] if status < _FAULT else KINDS[500])
    title = words.in_language(lang)
    told = told_problems(problems, lang)
    detail = f"{told[0].where}: {told[0].problem}" if told else title
    if len(told) > 1:
        detail += _AND_MORE.in_language(lang).format(more=len(told) - 1)
    body = ProblemDetails(code=code, title=title, status=status, detail=detail, problems=told)
    shown: ErrorPage | None = getattr(request.app.state, "error_page", None)
    if shown and (page := shown(request, body, headers or {})):
        return page
    content = to_json(body.model_dump())
    return Response(
        content, status, {"Content-Language": lang, "Vary": "Accept-Language", **(headers or {})}, MEDIA_TYPE
    )


_AND_MORE = Text("（另有 {more} 处，见 problems）", " (and {more} more, see problems)")


def _parameter_problem(detail: dict[str, Any]) -> Problem:
    where, stated = ".".join(str(part) for part in detail["loc"]), detail["input"]
    value = (stated if isinstance(stated, str) else to_json(stated).decode())[:80]
    if where == "query.as_of":
        instead = Text("请写 2026-04-01 这样的日期。", "Write a day as 2026-04-01.")
        return Problem(where, Text("不是日期", "is not a day"), instead, value)
    return Problem(where, worded(detail), None, value)


def install(app: FastAPI) -> None:
    """Answer every error of the service in this shape."""

    @app.exception_handler(Refusal)
    async def refusal(request: Request, error: Refusal) -> Response:
        return answer(request, error.status, error.problems, error.headers)

    @app.exception_handler(TooMuchError)
    async def too_much(request: Request, error: TooMuchError) -> Response:
        return answer(request, 413, error.problems)

    @app.exception_handler(InputError)
    async def bad_input(request: Request, error: InputError) -> Response:
        return answer(request, 422, error.problems)

    @app.exception_handler(RequestValidationError)
    async def bad_parameter(request: Request, error: RequestValidationError) -> Response:
        return answer(request, 422, [_parameter_problem(detail) for detail in error.errors()])

    @app.exception_handler(HTTPException)
    async def by_framework(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, (), dict(error.headers or {}))

    @app.exception_handler(RulebookError)
    @app.exception_handler(EngineError)
    @app.exception_handler(Exception)
    async def internal(request: Request, error: Exception) -> Response:
        """Tell the operator everything and the caller that nothing was decided."""
        _log.error("nothing was decided", exc_info=error)
        return answer(request, 500)
