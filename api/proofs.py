"""`GET /v1/proofs`: what holds of every firm, or a firm that shows that it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request, Response

from api.bounds import Bounds
from api.desk import Desk
from api.parameters import AsOf, LanguagesAsked, refuse_unknown_parameters
from api.problems import described
from api.telling import Telling
from engine import Catalog, InputError, Problem, Stop, Text, TooMuchError, prove

_Result = TypeVar("_Result")
_ASKED = {"prove": "question", "plan": "body"}
_QUESTION = (
    "A (what never matters, and which facts settle every firm), A implies B, A equals B, A excludes B, A diff B, "
    "A without FACT, or ladder"
)
_ERRORS = described({422: "It is no such question, or a parameter has problems", 503: "Others are answered"})


def add_proofs(app: FastAPI, rules: Catalog, bounds: Bounds) -> Desk:
    """Add proofs to the service, one at a time, as long as a file may take; the extra `solver` must be installed.

    Gives the desk where the solver is asked.
    """
    desk = Desk(replace(bounds, screenings=1), Text("个问题", "questions"))

    @app.get(
        "/v1/proofs",
        operation_id="prove",
        response_model=list[dict[str, Any]],
        responses=_ERRORS,
        summary="Prove what holds of every firm, or show one that it fails for",
    )
    async def proofs(
        request: Request,
        question: Annotated[str, Query(max_length=300, description=_QUESTION)],
        as_of: AsOf = None,
        lang: LanguagesAsked = "both",
    ) -> Response:
        """Give what is proved by our readings, or the firms that refute it, each decided as any profile is."""
        refuse_unknown_parameters(request, {"question", "as_of", "lang"})
        found = await in_turn(desk, request, lambda stop: prove(question, as_of, rules, stop), "prove")
        return Response(Telling(lang=lang)(found), 200, media_type="application/json")

    return desk


async def in_turn(desk: Desk, request: Request, work: Callable[[Stop], _Result], command: str) -> _Result:
    """Give what the solver is asked for in its turn. Raises InputError if it takes too long, Refusal (503)."""
    with desk.place():
        try:
            return await desk.run(request, None, work)
        except TooMuchError as error:
            seconds = desk.bounds.seconds
            what = Text(f"求解超过 {seconds:g} 秒", f"takes longer than {seconds:g} seconds")
            instead = Text(
                f"请在命令行用 champion {command}，时间不限。",
                f"Use `champion {command}` on the command line, which has no limit.",
            )
            raise InputError([Problem(_ASKED[command], what, instead)]) from error
