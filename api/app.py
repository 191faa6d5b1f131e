"""The HTTP service: assessments, rulebooks, facts. Thin over what `engine` exports."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi_offline import FastAPIOffline
from pydantic import BeforeValidator

from api.examples import PROFILE
from api.language import language_of
from api.problems import MEDIA_TYPE, ProblemDetails, Refusal, install
from engine import (
    DEFAULT_RULEBOOK,
    LARGEST_PROFILE,
    Catalog,
    InputError,
    Problem,
    Text,
    Verdict,
    assess,
    fact_page,
    parse,
    reader_for,
    rulebook_page,
    shipped,
    to_json,
)

_JSON = "application/json"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        message = "write a day as 2026-04-01"
        raise ValueError(message)
    return value


Day = Annotated[date, BeforeValidator(_day)]
_SLOWEST_BODY = 30.0
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDetails, "content": {MEDIA_TYPE: {}}, "description": description}
    for status, description in (
        (400, "The body is not JSON that can be read"),
        (404, "There is no such rulebook"),
        (408, "The body did not arrive in time"),
        (413, "The body is too large"),
        (415, "The body is not JSON"),
        (422, "The profile or a parameter has problems: all of them are listed"),
        (500, "Internal error: nothing was decided"),
    )
}


def create_app(catalog: Catalog | None = None) -> FastAPI:
    """Give the service over `catalog` (the shipped rules by default), its rulebooks read and checked."""
    rules = catalog or shipped()
    for rulebook_id in rules.ids:
        rules.rulebook(rulebook_id)
    app = FastAPIOffline(
        title="Champion",
        version="1",
        summary="专精特新认定条件比对 / Qualification rules as code",
        description="Whether a firm meets published criteria: qualified, not_qualified or undetermined, with reasons. "
        "Only the competent authority recognises a firm.",
    )
    install(app)
    _add_assessments(app, rules)
    _add_lists(app, rules)
    return app


def _add_assessments(app: FastAPI, rules: Catalog) -> None:
    profile_schema = reader_for(rules.vocabulary).model.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = profile_schema.pop("$defs", {})
    body = {
        "required": True,
        "content": {_JSON: {"schema": profile_schema, "examples": {"published-firm": {"value": PROFILE}}}},
    }

    @app.post(
        "/v1/assessments",
        response_model=Verdict,
        responses={status: _ERRORS[status] for status in (400, 404, 408, 413, 415, 422, 500)},
        openapi_extra={"requestBody": body},
        summary="Decide one firm",
    )
    async def assessments(
        request: Request,
        rulebook: Annotated[str, Query(max_length=80, description="Id of the rulebook.")] = DEFAULT_RULEBOOK,
        as_of: Annotated[Day | None, Query(description="Decide as of this day; default today.")] = None,
    ) -> Response:
        """Give the verdict on a profile, whatever it is, with status 200."""
        _refuse_other_media(request)
        if rulebook not in rules.ids:
            raise _no_rulebook(rules, rulebook)
        content = await _body(request)
        try:
            profile = parse(content)
        except InputError as error:
            raise Refusal(400, error.problems) from error
        verdict = assess(profile, rulebook, as_of, rules)
        headers = {"Content-Language": language_of(request), "Vary": "Accept-Language"}
        return Response(to_json(verdict), 200, headers, _JSON)

    _describe(app, definitions)


def _add_lists(app: FastAPI, rules: Catalog) -> None:
    lists = [rulebook_page(rules.rulebook(rulebook_id), whole=False) for rulebook_id in rules.ids]
    pages = {rulebook_id: to_json(rulebook_page(rules.rulebook(rulebook_id))) for rulebook_id in rules.ids}
    facts = to_json([fact_page(fact) for fact in rules.vocabulary.values()])

    @app.get("/v1/rulebooks", summary="List the rulebooks", response_model=list[dict[str, Any]])
    async def rulebooks() -> Response:
        """Give every rulebook with its edition and dates."""
        return Response(to_json(lists), 200, media_type=_JSON)

    @app.get(
        "/v1/rulebooks/{rulebook_id}",
        summary="Show one rulebook",
        response_model=dict[str, Any],
        responses={404: _ERRORS[404]},
    )
    async def rulebook(rulebook_id: str) -> Response:
        """Give a rulebook with its criteria, words, readings and sources."""
        if rulebook_id not in pages:
            raise _no_rulebook(rules, rulebook_id)
        return Response(pages[rulebook_id], 200, media_type=_JSON)

    @app.get("/v1/facts", summary="List the vocabulary", response_model=list[dict[str, Any]])
    async def vocabulary() -> Response:
        """Give every fact with its kind, unit, range and accepted values."""
        return Response(facts, 200, media_type=_JSON)

    @app.get("/healthz", summary="Is the service ready", response_model=dict[str, str])
    async def healthz() -> dict[str, str]:
        """Say that the rules are read and the service answers."""
        return {"status": "ok"}


def _describe(app: FastAPI, definitions: dict[str, Any]) -> None:
    """Add the parts of the profile's schema to the OpenAPI document."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        document = make()
        document["components"]["schemas"].update(definitions)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _no_rulebook(rules: Catalog, rulebook_id: str) -> Refusal:
    known = Text(f"现有：{'、'.join(rules.ids)}", f"There are: {', '.join(rules.ids)}.")
    return Refusal(404, [Problem("rulebook", Text("没有这套规则", "is not a known rulebook"), known, rulebook_id[:80])])


def _refuse_other_media(request: Request) -> None:
    media = request.headers.get("content-type", _JSON).split(";")[0].strip().lower()
    if media != _JSON and not media.endswith("+json"):
        instead = Text("请用 Content-Type: application/json。", "Send Content-Type: application/json.")
        raise Refusal(415, [Problem("content-type", Text("不是 JSON", "is not JSON"), instead, media[:80])])


async def _body(request: Request) -> bytes:
    """Give the body, refusing one that is too large as soon as that is known, or that does not arrive."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:20]) > LARGEST_PROFILE:
        raise _too_large()
    content = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST_PROFILE:
                    raise _too_large()
    except TimeoutError as error:
        raise Refusal(408, [Problem("body", Text("内容没有及时到达", "did not arrive in time"))]) from error
    return bytes(content)


def _too_large() -> Refusal:
    what = Text(f"超过 {LARGEST_PROFILE:,} 字节", f"is larger than {LARGEST_PROFILE:,} bytes")
    instead = Text("一次只送一家企业的指标。", "Send the facts of one firm at a time.")
    return Refusal(413, [Problem("body", what, instead)], {"Connection": "close"})
