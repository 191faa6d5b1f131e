"""`GET /v1/proofs`: what holds of every firm, or a firm that shows that it does not."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response

from api.bounds import Bounds
from api.desk import Desk
from api.parameters import AsOf, LanguagesAsked, refuse_unknown_parameters
from api.problems import described
from api.telling import Telling
from engine import Catalog, Text, prove

_QUESTION = (
    "A (what never matters, and which facts settle every firm), A implies B, A equals B, A excludes B, A diff B, "
    "A without FACT, or ladder"
)
_ERRORS = described({422: "It is no such question, or a parameter has problems", 503: "Others are answered"})


def add_proofs(app: FastAPI, rules: Catalog, bounds: Bounds) -> None:
    """Add proofs to the service, as many at once as files; the extra `solver` must be installed."""
    desk = Desk(bounds, Text("个问题", "questions"))

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
        with desk.place(), await desk.turn():
            found = await asyncio.to_thread(prove, question, as_of, rules)
        return Response(Telling(lang=lang)(found), 200, media_type="application/json")
