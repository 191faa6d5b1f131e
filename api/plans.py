"""`POST /v1/plan`: the least that would make one firm qualified."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response

from api.desk import Desk
from api.parameters import AsOf, LanguagesAsked, Level, RulebookId, refuse_unknown_parameters, refuse_unknown_rules
from api.problems import described
from api.proofs import in_turn
from api.telling import Telling
from api.trial import NONE, PARAMETERS, TrialAsked
from engine import Catalog, Stop, plan

if TYPE_CHECKING:
    from engine import Plan  # which needs the solver

_MOST = 100
_Some = list[Annotated[str, Query(max_length=200)]] | None
_FIXED = "FACT：这项不变，可以重复。 / This fact stays as it is; may be repeated."
_BOUND = (
    "FACT=FIGURE，或 FACT=+20%、FACT=-10%（相对现在的数），可以重复。 / "
    "A bound: FACT=FIGURE, or FACT=+20%, FACT=-10% of what is stated; may be repeated."
)
_ERRORS = described(
    {
        400: "The body is not JSON that can be read",
        404: "There is no such rulebook or level",
        408: "The body did not arrive in time",
        413: "The body is too large",
        415: "The body is not JSON",
        422: "The profile, a bound or a parameter has problems, or it takes too long",
        500: "Internal error: nothing was decided",
        503: "Others are answered",
    }
)


def add_plans(
    app: FastAPI,
    rules: Catalog,
    desk: Desk,
    profile_of: Callable[[Request], Awaitable[Any]],
    request_body: dict[str, Any],
) -> None:
    """Add plans to the service, at the desk of proofs."""

    @app.post(
        "/v1/plan",
        operation_id="plan",
        response_model=dict[str, Any],
        responses=_ERRORS,
        openapi_extra={"requestBody": request_body},
        summary="Find the least that would make one firm qualified",
    )
    async def plans(  # noqa: PLR0913 as many as there are options
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        *,
        fixed: Annotated[_Some, Query(max_length=_MOST, description=_FIXED)] = None,
        at_most: Annotated[_Some, Query(max_length=_MOST, description=_BOUND)] = None,
        at_least: Annotated[_Some, Query(max_length=_MOST, description=_BOUND)] = None,
        lang: LanguagesAsked = "both",
        trial: TrialAsked = NONE,
    ) -> Response:
        """Give the cheapest plans, each decided as any profile is, or what clashes with what stays."""
        several = PARAMETERS | {"fixed", "at_most", "at_least"}
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of", "lang"}, several)
        refuse_unknown_rules(rules, rulebook, level)
        facts, tried = await profile_of(request), trial.of(rules, rulebook, level, as_of)

        def found(stop: Stop) -> Plan:
            bounds = {"fixed": fixed or (), "at_most": at_most or (), "at_least": at_least or ()}
            return plan(facts, rulebook, as_of, tried, level=level, stop=stop, **bounds)

        return Response(
            Telling(lang=lang)(await in_turn(desk, request, found, "plan")), 200, media_type="application/json"
        )
