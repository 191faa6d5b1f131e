"""`POST /v1/screenings`: a file of firms in, every row of it out again, judged or rejected."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, cast

from anyio import open_file
from fastapi import FastAPI, Query, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.bounds import FIELD, Bounds
from api.desk import Desk
from api.examples import CANDIDATES, SCREENED
from api.form import FORMS, FORMS_OF_VERDICTS, Form, form_of
from api.language import language_of
from api.parameters import AsOf, Level, RulebookId, refuse_unknown_parameters, refuse_unknown_rules
from api.problems import described
from api.trial import NONE, PARAMETERS, TrialAsked
from api.upload import received
from engine import (
    Catalog,
    LittleMemoryError,
    ScreeningSummary,
    Stop,
    Text,
    TooMuchError,
    column_mapping,
    scratch,
    to_json,
)

MappingAsked = Annotated[
    list[str] | None,
    Query(alias="map", max_length=500, description="COLUMN=FACT: read COLUMN as FACT (title or id); may be repeated."),
]
SheetAsked = Annotated[
    str | None, Query(max_length=80, description="Worksheet to read; default the first visible one.")
]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
_CHUNK = 1 << 18
_OPTIONS = {
    "rulebook",
    "level",
    "as_of",
    "map",
    "sheet",
    "carry",
    "figures",
    "reasons",
    "bom",
    "raw_text",
    "labels",
    "strict",
}
_SUMMARY = "Champion-Summary"
ERRORS = described(
    {
        400: "The body is not a whole form",
        404: "There is no such rulebook or level",
        406: "Accept names no form there is",
        408: "The body did not arrive in time",
        413: "The file is too large, has too many rows or takes too long: use `champion screen`",
        415: "The body is not multipart/form-data, or the file is of a kind that cannot be read",
        422: "The form, the file as a whole or a parameter has problems: all of them are listed",
        500: "Internal error: nothing was decided",
        503: "Too many files at once: send it again after the seconds of Retry-After",
    }
)


def add_screenings(app: FastAPI, rules: Catalog, bounds: Bounds) -> Desk:
    """Add the screening of files to the service; give where files are judged."""
    desk = Desk(bounds)

    @app.post(
        "/v1/screenings",
        operation_id="screen",
        response_class=Response,
        responses={200: _answer_described(), **ERRORS},
        openapi_extra={"requestBody": body_described(bounds)},
        summary="Decide a file of firms",
        description=_described(bounds),
    )
    async def screenings(  # noqa: PLR0913 as many as there are options
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        mapping: MappingAsked = None,
        sheet: SheetAsked = None,
        labels: Annotated[
            Literal["ids", "titles"] | None,
            Query(description="Headers and outcomes as ids or in words; default titles for a workbook, else ids."),
        ] = None,
        *,
        carry: Annotated[bool, Query(description="Keep the other columns.")] = False,
        figures: Annotated[bool, Query(description="Add the figures that were looked at.")] = False,
        reasons: Annotated[
            bool, Query(description="Say of each row why (else in JSON lines and archives only).")
        ] = True,
        bom: Annotated[bool, Query(description="Begin CSV with the mark that Excel looks for.")] = False,
        strict: Annotated[bool, Query(description="422 if no column states a fact that the rulebook uses.")] = False,
        raw_text: Annotated[bool, Query(description="Keep texts in CSV that a spreadsheet would run.")] = False,
        trial: TrialAsked = NONE,
    ) -> Response:
        refuse_unknown_parameters(request, _OPTIONS, frozenset({"map", *PARAMETERS}))
        form = form_of(request)
        refuse_unknown_rules(rules, rulebook, level, ["ladder", "routes"])
        day = as_of or date.today()  # noqa: DTZ011 the caller's calendar day
        tried = trial.of(rules, rulebook, level, day)
        columns = over_http(column_mapping, mapping or [], "map")
        with ExitStack() as held:
            held.enter_context(desk.place())
            folder = held.enter_context(scratch(Path(gettempdir())))
            source = await received(request, folder, bounds)
            output = folder / f"verdicts.{form}"

            def work(stop: Stop) -> ScreeningSummary:
                from engine import Limits, Order, ruling, screen_whole  # noqa: PLC0415 a service that gets no files needs no DuckDB

                chosen = over_http(ruling, tried, rulebook, level, day)
                order = Order(
                    rulebook=chosen.rulebook,
                    routes=chosen.routes,
                    levels=chosen.levels,
                    as_of=day,
                    output=output,
                    form="csv",
                    lang=language_of(request),
                    labels=labels or ("titles" if form == "xlsx" else "ids"),
                    mapping=columns,
                    sheet=sheet,
                    carry=carry,
                    figures=figures,
                    reasons=reasons,
                    bom=bom,
                    strict=strict,
                    raw_text=raw_text,
                    limits=Limits(bounds.rows, bounds.unpacked),
                )
                return over_http(screen_whole, source, order, cast("Any", form), stop)

            summary = await desk.run(request, folder, work)
            source.unlink()
            return WrittenAnswer(output, form, summary, language_of(request), held.pop_all(), bounds)

    return desk


class WrittenAnswer(Response):
    """The file `path`, sent in pieces; what `held` holds is let go when it is sent, or cannot be."""

    def __init__(
        self, path: Path, form: Form, summary: ScreeningSummary, lang: str, held: ExitStack, bounds: Bounds
    ) -> None:
        short = (
            "rulebook",
            "digest",
            "as_of",
            "rows_in",
            "verdicts",
            "rejected",
            "not_firms",
            "by_verdict",
            "awaiting",
        )
        headers = {
            "Content-Length": str(path.stat().st_size),
            "Content-Disposition": f'attachment; filename="{path.name}"',
            "Content-Language": lang,
            "Vary": "Accept, Accept-Language",
            _SUMMARY: to_json({name: getattr(summary, name) for name in short}).decode("ascii"),
        }
        super().__init__(None, 200, headers, FORMS[form])
        self._path, self._held, self._bounds = path, held, bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        with self._held:
            try:
                async with asyncio.timeout(self._bounds.slowest), await open_file(self._path, "rb") as file:
                    await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                    while chunk := await file.read(_CHUNK):
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            except (ClientDisconnect, OSError, TimeoutError):  # whoever asked has gone, or does not read
                return


def over_http(function: Callable[_Given, _Result], *arguments: _Given.args, **named: _Given.kwargs) -> _Result:
    """Give what `function` gives; too little memory is too much for this service."""
    try:
        return function(*arguments, **named)
    except LittleMemoryError as error:
        raise TooMuchError(FIELD, Text("所需内存超过这里的限度", "needs more memory than there is here")) from error


def _described(bounds: Bounds) -> str:
    return (
        f"Give the verdict on every row of a CSV, Excel, Parquet or JSON lines file of at most {bounds.megabytes} and "
        f"{bounds.rows:,} rows, in at most {bounds.seconds:g} seconds; for larger ones there is `champion screen`.\n\n"
        "`Accept` chooses the form; in each of them every row of the file is found again, judged or rejected:\n\n"
        "- `application/jsonl` (default; also `application/x-ndjson`): an object a line with its `kind`: `verdict` for "
        "each judged row; then `rejected` for each row with a problem in a fact that the rulebook uses, with its line "
        "and all its problems; then `warning` for each row with something odd, also for totals, notes and signatures, "
        "which are no firms and no rows. The last line is the `summary`: without it the answer is not whole.\n"
        "- `application/zip`: `verdicts.csv`, `rejected.csv`, `warnings.csv`, `summary.json`.\n"
        f"- `{FORMS['xlsx']}`: a workbook: all rows, the summary, rejected firms, problems, details.\n"
        "- `text/csv`: the judged rows, then the rejected ones, with `rejected` for a verdict and their problems for "
        "reasons.\n\n"
        f"The header `{_SUMMARY}` has the counts as JSON. {bounds.screenings} files are judged at once; others wait "
        f"up to {bounds.wait:g} seconds, then the answer is 503 with `Retry-After`."
    )


def body_described(bounds: Bounds, beside: str | None = None) -> dict[str, Any]:
    """Describe a form with a file of firms, and maybe another `beside` it."""
    text = f"CSV (any usual encoding), Excel, Parquet or JSON lines, at most {bounds.megabytes}, known by its content."
    file = {"type": "string", "format": "binary", "description": text}
    schema = {
        "type": "object",
        "required": [FIELD],
        "properties": {FIELD: file, **({beside: file} if beside else {})},
        "additionalProperties": False,
    }
    examples = {"two-firms": {"summary": "candidates.csv", "value": {FIELD: CANDIDATES}}}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema, "examples": examples}}}


def _answer_described() -> dict[str, Any]:
    text: dict[str, Any] = {"schema": {"type": "string"}}
    binary: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
    content = {FORMS[form]: text if form in {"jsonl", "csv"} else binary for form in FORMS_OF_VERDICTS}
    content[FORMS["jsonl"]] = {**text, "examples": {"two-firms": {"value": SCREENED}}}
    header = {"description": "Counts as JSON: rows_in = verdicts + rejected.", "schema": {"type": "string"}}
    return {"description": "Every row, judged or rejected", "headers": {_SUMMARY: header}, "content": content}
