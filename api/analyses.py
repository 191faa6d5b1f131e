"""`/v1/sweeps`, `/v1/targets`, `/v1/comparisons`: a file of firms in, what rules at other figures make of it out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any, cast

from fastapi import Depends, FastAPI, Query, Request, Response

from api.desk import Desk
from api.form import FORMS, Form, form_of
from api.language import language_of
from api.parameters import (
    AsOf,
    LanguagesAsked,
    Level,
    RulebookId,
    refuse_unknown_parameters,
    refuse_unknown_rules,
    the_rulebook,
)
from api.screenings import ERRORS, MappingAsked, SheetAsked, body_described, over_http
from api.telling import Languages, Telling
from api.trial import NONE, PARAMETERS, Trial, TrialAsked
from api.upload import received_both
from engine import Catalog, Comparison, InputError, Problem, Stop, Sweep, Target, Text, scratch

_FORMS: tuple[Form, ...] = ("json", "csv", "xlsx", "parquet")
_LATER = "later"
_OPTIONS = {"rulebook", "level", "as_of", "sheet", "lang"}
_VARY = (
    "条件=起..止:步长，或 条件=值,值（如 global-share=5%..30%:1%）；写两个就是一张表。 / "
    "CRITERION=FROM..TO:STEP, or values with commas; twice for a map."
)
_FIGURE = (
    "要变的数：条件或参数；不写就是每一项各自单独变；另写一个带各值的，就在每个值上求。 / "
    "The figure to vary; left out, every one alone; with CRITERION=VALUES beside it, at each of those."
)
_BY = "按这个指标或名单的这一列分组。 / Tell firms apart by this fact, or column of the file."
_WITH = (
    "第二套规则；不写就是第一套改了数的。改动归第二套（给第一套的写 编号:条件），空白的假设两套都用。 / "
    "The second rulebook; left out, the first with the changes. Changes are the second's (ID:CRITERION for the first), "
    "what is assumed of blanks is so for both."
)
_By = Annotated[str | None, Query(max_length=80, description=_BY)]


@dataclass(frozen=True)
class _Asked:
    """What every analysis may be asked."""

    rulebook: str | None
    level: str | None
    as_of: date | None
    mapping: list[str] | None
    sheet: str | None
    lang: Languages
    trial: Trial


def _asked(
    rulebook: RulebookId = None,
    level: Level = None,
    as_of: AsOf = None,
    mapping: MappingAsked = None,
    sheet: SheetAsked = None,
    lang: LanguagesAsked = "both",
    trial: TrialAsked = NONE,
) -> _Asked:
    return _Asked(rulebook, level, as_of, mapping, sheet, lang, trial)


_AskedOf = Annotated[_Asked, Depends(_asked)]


def add_analyses(app: FastAPI, rules: Catalog, desk: Desk) -> None:
    """Add the analyses of a file to the service; files are read at the desk of screenings."""

    def post(path: str, operation_id: str, model: type, summary: str, beside: str | None = None) -> Callable[..., Any]:
        return app.post(
            path,
            operation_id=operation_id,
            response_model=model,
            responses={200: _described(), **ERRORS},
            openapi_extra={"requestBody": body_described(desk.bounds, beside)},
            summary=summary,
        )

    @post("/v1/sweeps", "sweep", Sweep, "Count who qualifies at each value of a figure")
    async def sweeps(
        request: Request,
        asked: _AskedOf,
        vary: Annotated[list[str], Query(max_length=20, description=_VARY)],
        by: _By = None,
    ) -> Response:
        """Give how many firms qualify, may yet and do not at each value; the file is screened once. All is a trial."""
        refuse_unknown_parameters(request, _OPTIONS | {"by"}, frozenset({"map", "vary", *PARAMETERS}))
        from engine import sweep  # noqa: PLC0415 a service that gets no files needs no DuckDB

        return await _answered(request, rules, desk, asked, sweep, vary=vary, by=by)

    @post("/v1/targets", "target", Target, "Find the threshold at which so many qualify")
    async def targets(
        request: Request,
        asked: _AskedOf,
        count: Annotated[int, Query(description="要有多少家符合。 / How many firms are to qualify.")],
        vary: Annotated[list[str] | None, Query(max_length=20, description=_FIGURE)] = None,
    ) -> Response:
        """Give the threshold of each figure alone, between which figures of firms it lies, or the nearest two."""
        refuse_unknown_parameters(request, _OPTIONS | {"count"}, frozenset({"map", "vary", *PARAMETERS}))
        from engine import target  # noqa: PLC0415

        return await _answered(request, rules, desk, asked, target, count=count, vary=vary)

    @post("/v1/comparisons", "compare", Comparison, "Compare what two rulebooks make of a file", _LATER)
    async def comparisons(
        request: Request,
        asked: _AskedOf,
        second: Annotated[str | None, Query(alias="with", max_length=80, description=_WITH)] = None,
        by: _By = None,
    ) -> Response:
        """Give verdict by verdict, who flips and by which criterion, and what only one of them asks for.

        With a second file, `later`, both are verdicts that were written, or lists of two days, firm by firm.
        """
        refuse_unknown_parameters(request, _OPTIONS | {"with", "by"}, frozenset({"map", *PARAMETERS}))
        if second is not None:
            the_rulebook(rules, second, "with")
        return await _answered(request, rules, desk, asked, _compared, _LATER, second=second, by=by)


def _compared(firms: Path, *, later: Path | None, second: str | None, **asked: Any) -> Comparison:  # noqa: ANN401 as `compare` takes
    """Give a list by two texts, or two files. Raises InputError."""
    from engine import compare, compare_files  # noqa: PLC0415

    if later is None:
        return compare(firms, second=second, **asked)
    if second is not None:
        instead = Text(f"请去掉 with，或去掉 {_LATER}。", f"Leave out one of with and {_LATER}.")
        raise InputError([Problem("with", Text("和第二个文件只能有一个", "goes with no second file"), instead, second)])
    return compare_files(firms, later, **asked)


async def _answered(
    request: Request,
    rules: Catalog,
    desk: Desk,
    asked: _Asked,
    found: Callable[..., Sweep | Target | Comparison],
    beside: str | None = None,
    **own: object,
) -> Response:
    """Give what is found in the file of a request, in the form that it likes best; `beside` it may be another."""
    form, lang, bounds = form_of(request, _FORMS), language_of(request), desk.bounds
    refuse_unknown_rules(rules, asked.rulebook, asked.level, ["ladder", "routes"])
    with ExitStack() as held:
        held.enter_context(desk.place())
        folder = held.enter_context(scratch(Path(gettempdir())))
        source, later = await received_both(request, folder, bounds, beside)
        own |= {} if beside is None else {"later": later}

        def work(stop: Stop) -> bytes:
            from engine import Limits, answer_file  # noqa: PLC0415

            answer = over_http(
                found,
                source,
                rulebook=asked.rulebook,
                level=asked.level,
                as_of=asked.as_of,
                catalog=rules,
                changes=asked.trial.changes,
                mapping=asked.mapping,
                sheet=asked.sheet,
                limits=Limits(bounds.rows, bounds.unpacked),
                stop=stop,
                folder=folder,
                **own,
            )
            return Telling(lang=asked.lang)(answer) if form == "json" else answer_file(answer, cast("Any", form), lang)

        content = await desk.run(request, folder, work)
    headers = {"Content-Language": lang, "Vary": "Accept, Accept-Language"}
    if form != "json":
        headers["Content-Disposition"] = f'attachment; filename="analysis.{form}"'
    return Response(content, 200, headers, FORMS[form])


def _described() -> dict[str, Any]:
    binary, text = {"schema": {"type": "string", "format": "binary"}}, {"schema": {"type": "string"}}
    others = {FORMS[form]: text if form == "csv" else binary for form in _FORMS[1:]}
    return {"description": "The answer; in CSV and Parquet its table, of a comparison who flips", "content": others}
