"""`POST /v1/portfolio`: a file of firms and key products in, how they stand to the targets out."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir

from fastapi import FastAPI, Request, Response

from api.desk import Desk
from api.parameters import AsOf, LanguagesAsked, refuse_unknown_parameters
from api.screenings import ERRORS, MappingAsked, SheetAsked, body_described, over_http
from api.telling import Telling
from api.upload import received
from engine import Catalog, Portfolio, Stop, column_mapping, scratch


def add_portfolio(app: FastAPI, rules: Catalog, desk: Desk) -> None:
    """Add the comparison of a list with the targets to the service; files are judged at the desk of screenings."""
    bounds = desk.bounds

    @app.post(
        "/v1/portfolio",
        operation_id="portfolio",
        response_model=Portfolio,
        responses={status: one for status, one in ERRORS.items() if status not in {404, 406}},
        openapi_extra={"requestBody": body_described(bounds)},
        summary="Compare a file of firms with the targets",
    )
    async def portfolio(
        request: Request,
        as_of: AsOf = None,
        mapping: MappingAsked = None,
        sheet: SheetAsked = None,
        lang: LanguagesAsked = "both",
    ) -> Response:
        """Give champions, near misses, open ones, what is covered, suppliers of each product, firms of each chain."""
        refuse_unknown_parameters(request, {"as_of", "map", "sheet", "lang"}, frozenset({"map"}))
        columns = over_http(column_mapping, mapping or [], "map")
        with ExitStack() as held:
            held.enter_context(desk.place())
            folder = held.enter_context(scratch(Path(gettempdir())))
            source = await received(request, folder, bounds)

            def work(stop: Stop) -> Portfolio:
                from engine import Limits, portfolio  # noqa: PLC0415 a service that gets no files needs no DuckDB

                limits = Limits(bounds.rows, bounds.unpacked)
                return over_http(
                    portfolio,
                    source,
                    as_of,
                    rules,
                    mapping=columns,
                    sheet=sheet,
                    limits=limits,
                    stop=stop,
                    folder=folder,
                )

            found = await desk.run(request, folder, work)
        return Response(Telling(lang=lang)(found), 200, media_type="application/json")
