"""`GET /v1/proofs`: what holds of every firm, or a firm that shows that it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response

from api.bounds import Bounds
from api.desk import Desk
from api.parameters import AsOf, LanguagesAsked, refuse_unknown_parameters
from api.problems import described
from api.telling import Telling
from engine import Catalog, InputError, Problem, Text, TooMuchError, prove

_QUESTION = (
    "A (what never matters, and which facts settle every firm), A implies B, A equals B, A excludes B, A diff B, "
    "A without FACT, or ladder"
)
_ERRORS = described({422: "It is no such question, or a parameter has problems", 503: "Others are answered"})


def add_proofs(app: FastAPI, rules: Catalog, bounds: Bounds) -> None:
    """Add proofs to the service, one at a time, as long as a file may take; the extra `solver` must be installed."""
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
        with desk.place():
            try:
                found = await desk.run(request, None, lambda stop: prove(question, as_of, rules, stop))
            except TooMuchError as error:
                raise InputError([_too_long(bounds.seconds)]) from error
        return Response(Telling(lang=lang)(found), 200, media_type="application/json")


def _too_long(seconds: float) -> Problem:
    what = Text(f"求解超过 {seconds:g} 秒", f"takes longer than {seconds:g} seconds")
    instead = Text(
        "请在命令行用 champion prove，时间不限。", "Use `champion prove` on the command line, which has no limit."
    )
    return Problem("question", what, instead)
