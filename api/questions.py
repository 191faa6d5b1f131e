"""`/v1/form`: what a firm is asked, for programs that make a form of their own."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from api.parameters import AsOf, LanguagesAsked, Level, RulebookId, refuse_unknown_parameters, refuse_unknown_rules
from api.problems import described
from api.telling import Telling
from engine import Catalog, Form, form


def add_questions(app: FastAPI, rules: Catalog) -> None:
    """Add the form for one firm as data."""

    @app.get(
        "/v1/form",
        operation_id="form",
        summary="List what a firm is asked",
        response_model=Form,
        responses=described({404: "There is no such rulebook or level", 422: "A parameter has problems"}),
    )
    async def asked(
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        lang: LanguagesAsked = "both",
    ) -> Response:
        """Give the questions of a rulebook, of a level, or of `ladder` or `routes`, in groups; of all if of none."""
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of", "lang"})
        refuse_unknown_rules(rules, rulebook, level, ["ladder", "routes"])
        found = form(rulebook, as_of, rules, level=level)
        return Response(Telling(lang=lang)(found), 200, media_type="application/json")
