"""`POST /v1/evidence:list`: a file of firms in, what each has to hand in out, as the command writes it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response

from api.desk import Desk
from api.form import FORMS, Form, form_of
from api.language import language_of
from api.parameters import AsOf, Level, RulebookId, refuse_unknown_parameters, refuse_unknown_rules
from api.screenings import ERRORS, MappingAsked, SheetAsked, body_described, over_http
from api.trial import NONE, PARAMETERS, TrialAsked
from api.upload import received
from engine import Catalog, Stop, column_mapping, given_day, scratch, to_json

_FORMS: tuple[Form, ...] = ("xlsx", "csv", "zip")
_OPTIONS = {"rulebook", "level", "as_of", "map", "sheet", "carry"}
_COUNTS = "Champion-Summary"


def add_papers(app: FastAPI, rules: Catalog, desk: Desk) -> None:
    """Add the documents of a whole list to the service; files are read at the desk of screenings."""
    bounds = desk.bounds

    @app.post(
        "/v1/evidence:list",
        operation_id="evidence_of_list",
        response_class=Response,
        responses={200: _described(), **ERRORS},
        openapi_extra={"requestBody": body_described(bounds)},
        summary="List what every firm of a file is to hand in",
    )
    async def papers(  # noqa: PLR0913 as many as there are options
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        mapping: MappingAsked = None,
        sheet: SheetAsked = None,
        trial: TrialAsked = NONE,
        *,
        carry: Annotated[bool, Query(description="With the columns that are not read, such as telephones.")] = False,
    ) -> Response:
        """Give a workbook, or CSV or a ZIP as `Accept` says: a row a firm and paper, missing figure or problem."""
        refuse_unknown_parameters(request, _OPTIONS, frozenset({"map", *PARAMETERS}))
        form, lang = form_of(request, _FORMS), language_of(request)
        refuse_unknown_rules(rules, rulebook, level)
        tried = trial.of(rules, rulebook, level, given_day(as_of))
        columns = over_http(column_mapping, mapping or [], "map")
        with ExitStack() as held:
            held.enter_context(desk.place())
            folder = held.enter_context(scratch(Path(gettempdir())))
            source = await received(request, folder, bounds)

            def work(stop: Stop) -> tuple[bytes, dict[str, int]]:
                from engine import Limits, evidence_of_list, write_papers  # noqa: PLC0415 a service that gets no files needs no DuckDB

                found = over_http(
                    evidence_of_list,
                    source,
                    stop=stop,
                    rulebook=rulebook,
                    level=level,
                    as_of=as_of,
                    mapping=columns,
                    sheet=sheet,
                    catalog=tried,
                    limits=Limits(bounds.rows, bounds.unpacked),
                )
                output = folder / f"papers.{form}"
                write_papers(output, found, lang, form, carry=carry)
                rejected = sum(bool(firm.problems) for firm in found.firms)
                return output.read_bytes(), {"firms": len(found.firms), "rejected": rejected}

            content, counts = await desk.run(request, folder, work)
        headers = {
            "Content-Disposition": f'attachment; filename="papers.{form}"',
            "Content-Language": lang,
            "Vary": "Accept, Accept-Language",
            _COUNTS: to_json(counts).decode("ascii"),
        }
        return Response(content, 200, headers, FORMS[form])


def _described() -> dict[str, Any]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    header = {"description": "Counts as JSON: firms, rejected.", "schema": {"type": "string"}}
    content = {FORMS[form]: binary for form in _FORMS}
    return {"description": "What every firm is to hand in", "headers": {_COUNTS: header}, "content": content}
