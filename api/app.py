"""The HTTP service: assessments, rulebooks, facts. Thin over what `engine` exports."""

from __future__ import annotations

import gc
import os
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from api.analyses import add_analyses
from api.batch import add_batch
from api.body import body_of
from api.bounds import Bounds
from api.examples import PROFILE
from api.form import FORMS
from api.guard import guard
from api.kept import kept
from api.language import language_of
from api.pages import add_pages
from api.papers import add_papers
from api.parameters import (
    AsOf,
    Day,
    DetailAsked,
    LanguagesAsked,
    Level,
    RulebookId,
    WordsAsked,
    refuse_unknown_parameters,
    refuse_unknown_rules,
    the_rulebook,
)
from api.plain import PlainRoute
from api.plans import add_plans
from api.portfolio import add_portfolio
from api.problems import MEDIA_TYPE, Refusal, described, install
from api.proofs import add_proofs
from api.questions import add_questions
from api.screenings import add_screenings
from api.telling import Telling, describe
from api.trial import NONE, OF_A_FIRM, FirmTrialAsked
from engine import (
    Catalog,
    Difference,
    EvidenceList,
    Explanation,
    InputError,
    Ladder,
    Problem,
    ProblemRoute,
    Text,
    Verdict,
    assess,
    difference,
    evidence,
    explanation,
    fact_page,
    facts_asked,
    given_day,
    ladder,
    parse_json,
    profile_reader,
    route,
    rulebook_page,
    shipped,
    timeline,
    to_json,
)

_JSON = "application/json"
_REQUEST = {
    "required": True,
    "content": {
        _JSON: {
            "schema": {"$ref": "#/components/schemas/Profile"},
            "examples": {"published-firm": {"value": PROFILE}},
        }
    },
}
RULES = "CHAMPION_RULES"
_TAGS = {
    "firms": {"assess", "assess_batch", "ladder", "route", "evidence", "plan"},
    "lists": {"screen", "portfolio", "evidence_of_list", "sweep", "target", "compare"},
    "rules": {"list_rulebooks", "show_rulebook", "compare_rulebooks", "list_facts", "form", "explain", "prove"},
    "service": {"health"},
}
_ONLY = "Only the facts that this rulebook uses."
_ONLY_LEVEL = "Only the facts that any edition of this level (little_giant, 小巨人) in force on the day uses."
_FIRST_ERROR = 400
_ERRORS = described(
    {
        400: "The body is not JSON that can be read",
        404: "There is no such rulebook or level",
        408: "The body did not arrive in time",
        413: "The body is too large",
        415: "The body is not JSON",
        422: "The profile or a parameter has problems: all of them are listed",
        500: "Internal error: nothing was decided",
    }
)


def create_app(catalog: Catalog | None = None, bounds: Bounds | None = None) -> FastAPI:
    """Give the service over `catalog` (the shipped rules by default), its rulebooks read and checked."""
    rules = catalog or _configured()
    for rulebook_id in rules.ids:
        rules.rulebook(rulebook_id)
    app = FastAPIOffline(
        redoc_url=None,  # it asks another host for its logo
        title="Champion",
        version="1",
        summary="专精特新认定条件比对 / Qualification rules as code",
        description="Whether a firm meets published criteria: qualified, not_qualified or undetermined, with reasons. "
        "Only the competent authority recognises a firm.",
    )
    install(app)
    app.add_middleware(
        GZipMiddleware,
        1000,
        4,
        exclude_content_types=(
            *DEFAULT_EXCLUDED_CONTENT_TYPES,
            *(media for form, media in FORMS.items() if form != "json"),
        ),
    )
    app.router.route_class, usual = PlainRoute, app.router.route_class
    _add_assessments(app, rules)
    _add_firm(app, rules)
    app.router.route_class = usual
    _add_lists(app, rules)
    _add_explanations(app, rules)
    bounds = bounds or Bounds.configured()
    add_batch(app, rules, bounds)
    desk = add_screenings(app, rules, bounds)
    add_portfolio(app, rules, desk)
    add_analyses(app, rules, desk)
    add_papers(app, rules, desk)
    add_plans(app, rules, add_proofs(app, rules, bounds), _profile, _REQUEST)
    add_questions(app, rules)
    _describe(app, rules)
    add_pages(app, rules, desk)
    guard(app)
    gc.freeze()  # rules stay for good: let the collector not walk through them at every turn
    return app


def _configured() -> Catalog:
    folder = os.environ.get(RULES)
    return Catalog(Path(folder)) if folder else shipped()


def _add_assessments(app: FastAPI, rules: Catalog) -> None:
    @app.post(
        "/v1/assessments",
        operation_id="assess",
        response_model=Verdict,
        responses={status: _ERRORS[status] for status in (400, 404, 408, 413, 415, 422, 500)},
        openapi_extra={"requestBody": _REQUEST},
        summary="Decide one firm",
    )
    async def assessments(  # noqa: PLR0913 as many as there are options
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        detail: DetailAsked = "full",
        lang: LanguagesAsked = "both",
        *,
        words: WordsAsked = True,
        trial: FirmTrialAsked = NONE,
    ) -> Response:
        """Give the verdict on a profile, whatever it is, with status 200."""
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of", "detail", "lang", "words"}, OF_A_FIRM)
        refuse_unknown_rules(rules, rulebook, level)
        tried = trial.of(rules, rulebook, level, as_of)
        verdict = assess(await _profile(request), rulebook, as_of, tried, level=level)
        return _answered(request, verdict, Telling(detail, lang, words))


def _add_firm(app: FastAPI, rules: Catalog) -> None:
    """Add what else is asked of one firm: the whole ladder, the route, and the documents to prepare."""

    @app.post(
        "/v1/ladder",
        operation_id="ladder",
        response_model=Ladder,
        responses={status: _ERRORS[status] for status in (400, 408, 413, 415, 422, 500)},
        openapi_extra={"requestBody": _REQUEST},
        summary="Show every level for one firm",
    )
    async def levels(
        request: Request,
        as_of: AsOf = None,
        detail: DetailAsked = "full",
        lang: LanguagesAsked = "both",
        *,
        words: WordsAsked = True,
        trial: FirmTrialAsked = NONE,
    ) -> Response:
        """Give every level in force, the highest reached, and what the next one still asks for."""
        refuse_unknown_parameters(request, {"as_of", "detail", "lang", "words"}, OF_A_FIRM)
        tried = trial.of(rules, "ladder", None, as_of)
        return _answered(request, ladder(await _profile(request), as_of, tried), Telling(detail, lang, words))

    @app.post(
        "/v1/route",
        operation_id="route",
        response_model=ProblemRoute,
        responses={status: _ERRORS[status] for status in (400, 408, 413, 415, 422, 500)},
        openapi_extra={"requestBody": _REQUEST},
        summary="Show which problem a key product has, and the route that follows",
    )
    async def problem(
        request: Request,
        as_of: AsOf = None,
        detail: DetailAsked = "full",
        lang: LanguagesAsked = "both",
        *,
        words: WordsAsked = True,
        trial: FirmTrialAsked = NONE,
    ) -> Response:
        """Give every problem class with its verdict, the route of the first that holds, and what is missing to tell."""
        refuse_unknown_parameters(request, {"as_of", "detail", "lang", "words"}, OF_A_FIRM)
        tried = trial.of(rules, "routes", None, as_of)
        return _answered(request, route(await _profile(request), as_of, tried), Telling(detail, lang, words))

    @app.post(
        "/v1/evidence",
        operation_id="evidence",
        response_model=EvidenceList,
        responses={status: _ERRORS[status] for status in (400, 404, 408, 413, 415, 422, 500)},
        openapi_extra={"requestBody": _REQUEST},
        summary="List the documents to prepare",
    )
    async def documents(
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        lang: LanguagesAsked = "both",
        trial: FirmTrialAsked = NONE,
    ) -> Response:
        """Give the documents a rulebook asks of a firm, by criterion, those declared ready, and what is missing."""
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of", "lang"}, OF_A_FIRM)
        refuse_unknown_rules(rules, rulebook, level)
        tried = trial.of(rules, rulebook, level, as_of)
        found = evidence(await _profile(request), rulebook, as_of, tried, level=level)
        return _answered(request, found, Telling(lang=lang))


def _add_lists(app: FastAPI, rules: Catalog) -> None:
    lists = [rulebook_page(rules.rulebook(head.id), whole=False) for head in timeline(rules)]
    facts = {fact.id: fact_page(fact) for fact in rules.vocabulary.values()}

    @app.get(
        "/v1/rulebooks",
        operation_id="list_rulebooks",
        summary="List the rulebooks",
        response_model=list[dict[str, Any]],
    )
    async def rulebooks(request: Request) -> Response:
        """Give every rulebook with its edition and dates."""
        refuse_unknown_parameters(request, set())
        return kept(request, to_json(lists), _JSON)

    @app.get(
        "/v1/rulebooks/{rulebook_id}",
        operation_id="show_rulebook",
        summary="Show one rulebook",
        response_model=dict[str, Any],
        responses={404: _ERRORS[404], 422: _ERRORS[422]},
    )
    async def rulebook(request: Request, rulebook_id: str) -> Response:
        """Give a rulebook with its criteria, words, readings and sources."""
        refuse_unknown_parameters(request, set())
        return kept(request, to_json(rulebook_page(the_rulebook(rules, rulebook_id))), _JSON)

    @app.get(
        "/v1/rulebooks/{first}/diff/{second}",
        operation_id="compare_rulebooks",
        summary="Compare two rulebooks",
        response_model=Difference,
        responses={404: _ERRORS[404], 422: _ERRORS[422]},
    )
    async def compared(request: Request, first: str, second: str) -> Response:
        """Give two rulebooks side by side: what changed from the first to the second, what is new, what is gone."""
        refuse_unknown_parameters(request, set())
        found = difference(the_rulebook(rules, first), the_rulebook(rules, second))
        return kept(request, to_json(found), _JSON)

    @app.get(
        "/v1/facts",
        operation_id="list_facts",
        summary="List the vocabulary",
        response_model=list[dict[str, Any]],
        responses={404: _ERRORS[404], 422: _ERRORS[422]},
    )
    async def vocabulary(
        request: Request,
        rulebook: Annotated[str | None, Query(max_length=80, description=_ONLY)] = None,
        level: Annotated[str | None, Query(max_length=80, description=_ONLY_LEVEL)] = None,
        as_of: Annotated[Day | None, Query(description="The day for `level`; default today.")] = None,
    ) -> Response:
        """Give every fact with its kind, unit, range and accepted values."""
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of"})
        refuse_unknown_rules(rules, rulebook, level, ["ladder", "routes"])
        used = facts_asked(rules, given_day(as_of), rulebook, level)
        return kept(request, to_json([page for name, page in facts.items() if name in used]), _JSON)

    @app.get("/healthz", operation_id="health", summary="Is the service ready", response_model=dict[str, str])
    async def healthz() -> dict[str, str]:
        """Say that the rules are read and the service answers; by which version and which rules."""
        return {"status": "ok", "version": version("champion"), "rules": rules.digest}


def _add_explanations(app: FastAPI, rules: Catalog) -> None:
    @app.get(
        "/v1/explanations/{word:path}",
        operation_id="explain",
        summary="Explain a fact, a criterion, a rulebook or a document",
        response_model=Explanation,
        responses={404: _ERRORS[404], 422: _ERRORS[422]},
    )
    async def explained(request: Request, word: str, lang: LanguagesAsked = "both") -> Response:
        """Give the page of what a word names by id, title or alias; 404 with what it may have meant."""
        refuse_unknown_parameters(request, {"lang"})
        try:
            return _answered(request, explanation(word, rules), Telling(lang=lang))
        except InputError as error:
            raise Refusal(404, error.problems) from error


def _describe(app: FastAPI, rules: Catalog) -> None:
    """Add the profile's schema to the OpenAPI document, and say that every error is problem details."""
    make = app.openapi
    profile = profile_reader(rules.vocabulary).model.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = profile.pop("$defs", {})

    def openapi() -> dict[str, Any]:
        document = make()
        schemas = document["components"]["schemas"]
        schemas.update(definitions, Profile=profile)
        describe(schemas)
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["tags"] = [tag for tag, ids in _TAGS.items() if operation["operationId"] in ids]
                for status, response in operation["responses"].items():
                    if int(status) >= _FIRST_ERROR:
                        response["content"] = problem
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _refuse_other_media(request: Request) -> None:
    media = request.headers.get("content-type", _JSON).split(";")[0].strip().lower()
    if media != _JSON and not media.endswith("+json"):
        instead = Text("请用 Content-Type: application/json。", "Send Content-Type: application/json.")
        raise Refusal(415, [Problem("content-type", Text("不是 JSON", "is not JSON"), instead, media[:80])])


async def _profile(request: Request) -> Any:  # noqa: ANN401 any JSON
    _refuse_other_media(request)
    body = await body_of(request)
    try:
        return parse_json(body)
    except InputError as error:
        raise Refusal(400, error.problems) from error


def _answered(request: Request, answer: object, telling: Telling) -> Response:
    headers = {"Content-Language": language_of(request), "Vary": "Accept-Language"}
    return Response(telling(answer), 200, headers, _JSON)
