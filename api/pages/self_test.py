"""A firm tests itself: which title, the form with the result beside it, and what can be made of that.

Nothing is decided here and nothing is kept: what was typed comes with each request and goes back with the answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.body import body_of
from api.language import language_of
from api.pages.answers import NONE, Answers, answers_of, fields_of
from api.pages.asked import LADDER, VERDICTS, Asked, Found, asked_by
from api.pages.asking import APPLICATION, Asking, asking, hidden
from api.pages.opened import opened
from api.pages.shell import Pages, day_of, page, rendered, to
from api.pages.words import WORDS
from engine import Catalog, InputError, Problem, editions_in_force, evidence, form_file, given_day, timeline, to_json

_AT = "/self-test"
_FEW = 6  # facts that are named as those that settle a verdict
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sent:
    """A request: what it is by, the answers, what comes of them, and the other fields."""

    request: Request
    asked: Asked
    answers: Answers
    found: Found
    more: dict[str, str]

    def page(self, template: str, **more: Any) -> Response:  # noqa: ANN401 for its template
        """Give a page on which the result stands, and every answer."""
        return page(self.request, template, **self.told(**more))

    def told(self, only: Collection[str] | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 for its template
        """Give what the templates are told; the form has all questions unless it is to have `only` some."""
        first = self.found.settling if only is not None else ()
        return {
            **VERDICTS,
            "answered": bool(self.answers.stated.keys() - {APPLICATION} or self.answers.tried),
            "asked": self.asked,
            "day": self.more.get("as_of") or self.asked.day,
            "found": self.found,
            "form": asking(self.asked, self.answers, self.found.problems, only, first),
            "few": _FEW,
            "lang": language_of(self.request),
            "home": f"{_AT}/{self.asked.name}",
            "no_option": NONE,
            "rest": hidden(self.answers, tried=True),
            "title": self.asked.title or WORDS["test_ladder"],
            "tried": self.answers.tried,
            "vocabulary": self.asked.rules.vocabulary,
            "yes_no": {"yes": WORDS["test_yes"], "no": WORDS["test_no"]},
            **more,
        }

    def form(self) -> Response:
        """Give the form, or of it what is still asked, with the result."""
        found, more = self.found, self.more
        is_rest = "rest" in more and "all" not in more and not found.problems
        only = [*found.settling, *(one.fact for one in found.missing)] if is_rest else None
        return self.page("self_test_form.html", only=only, is_rest=is_rest, printed=False)


def add_self_test(pages: Pages) -> None:
    """Add the pages."""
    rules = pages.rules

    def of_body(answered: Callable[[Sent], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def handler(request: Request) -> Response:
            fields = fields_of(await body_of(request))
            try:
                return await run_in_threadpool(
                    lambda: answered(_sent(request, answers_of(fields, rules), dict(fields), rules))
                )
            except InputError as error:
                if not _is_live(request):
                    raise
                nothing = {"found": Found(error.problems), "form": Asking()}
                return JSONResponse({"result": rendered(request, "self_test_problems.html", **nothing), "reads": {}})

        return handler

    async def opening(request: Request) -> Response:
        day = day_of(request)
        answers, problems = await opened(request, day, rules)

        def answered() -> Response:
            sent = _sent(request, answers, {"as_of": str(day)}, rules)
            return replace(sent, found=Found(problems) if problems else sent.found).form()

        return await run_in_threadpool(answered)

    pages.door(_AT, WORDS["test"], WORDS["test_says"], lambda request: _which(request, rules))
    pages.add(f"{_AT}/{{name}}", lambda request: _empty(request, rules))
    pages.add(f"{_AT}/{{name}}", of_body(_filled), ["POST"])
    parts = {"result": of_body(_printed), "documents": of_body(_papers), "file": of_body(_saved), "open": opening}
    for path, handler in parts.items():
        pages.add(f"{_AT}/{{name}}/{path}", handler, ["POST"])
        pages.add(f"{_AT}/{{name}}/{path}", _back)


def _sent(request: Request, answers: Answers, more: dict[str, str], rules: Catalog) -> Sent:
    """Give what comes of a request; a day that is none is a problem of its field."""
    problems: Sequence[Problem] = ()
    try:
        day = given_day(more.get("as_of", "").strip() or None)
    except InputError as error:
        day, problems = given_day(None), error.problems
    asked = asked_by(request.path_params["name"], day, rules)
    if "untry" in more or request.url.path.endswith(("/documents", "/file")):  # these are of what is stated
        answers = replace(answers, tried={})
    found = asked.found(answers)
    return Sent(request, asked, answers, Found([*problems, *found.problems]) if problems else found, more)


def _is_live(request: Request) -> bool:
    """Whether a script asks for the result alone."""
    return "application/json" in request.headers.get("accept", "")


def _which(request: Request, rules: Catalog) -> Response:
    """Ask which title, as of which day, new or review; lead to the form once that is said."""
    day, said = day_of(request), request.query_params
    if name := said.get("title"):
        query = urlencode({"as_of": day, **({"for": said["for"]} if "for" in said else {})})
        return RedirectResponse(f"{to(request, f'{_AT}/{name}')}?{query}", 303)
    heads, in_force = timeline(rules), editions_in_force(rules, day)
    titles = [(level, rules.levels.title(level)) for level in in_force]
    others = [(head.id, head.title) for head in heads if head.id not in in_force.values()]
    return page(
        request,
        "self_test.html",
        day=day,
        titles=titles,
        others=others,
        ladder=LADDER,
        application=rules.vocabulary.get(APPLICATION),
    )


def _empty(request: Request, rules: Catalog) -> Response:
    """Give the empty form, with what the firm applies for if that is said."""
    said = request.query_params.get("for")
    return _sent(request, Answers({APPLICATION: said} if said else {}), {"as_of": str(day_of(request))}, rules).form()


def _back(request: Request) -> Response:
    """Lead to the form whoever comes to the address of what is made from it."""
    return RedirectResponse(to(request, f"{_AT}/{request.path_params['name']}"), 303)


def _filled(sent: Sent) -> Response:
    """Give the form with the result, or to a script the result and how each answer is read."""
    if not _is_live(sent.request):
        return sent.form()
    told = sent.told(printed=False)
    fields = {name: one for name, one in told["form"].fields.items() if one.problem or one.is_told}
    reads = {name: rendered(sent.request, "self_test_read.html", field=one).strip() for name, one in fields.items()}
    return JSONResponse({"result": rendered(sent.request, "self_test_result.html", **told), "reads": reads})


def _printed(sent: Sent) -> Response:
    """Give the result by itself with all that was stated, to be printed or filed."""
    return sent.page("self_test_page.html", printed=True)


def _papers(sent: Sent) -> Response:
    """Give the documents to prepare, by document and by criterion; of the ladder those of the next levels."""
    asked, found = sent.asked, sent.found
    if found.problems:
        return sent.form()
    lists: list[Any] = [*found.ladder.next] if found.ladder is not None else []
    if found.verdict is not None:
        lists = [evidence(sent.answers.stated, as_of=asked.day, catalog=asked.rules, **asked.by)]
    return sent.page("self_test_papers.html", lists=lists)


def _saved(sent: Sent) -> Response:
    """Give the answers as a file: a profile, or the form filled in."""
    stated, asked = sent.answers.stated, sent.asked
    if "xlsx" not in sent.more:
        return _file(to_json(stated, indent=True), "application/json", sent, "json")
    if sent.found.problems:
        return sent.form()
    lang = language_of(sent.request)
    by: dict[str, Any] = {**asked.by}
    content = form_file("form.xlsx", as_of=asked.day, lang=lang, catalog=asked.rules, old=stated, **by)
    return _file(content, _XLSX, sent, "xlsx")


def _file(content: bytes, media: str, sent: Sent, suffix: str) -> Response:
    """Give a file by the name of the firm and what it was tested by."""
    firm = str(sent.answers.stated.get("firm_name") or "champion")[:60]
    name = quote(f"{firm}-{sent.asked.name}-{sent.asked.day}.{suffix}", safe="")
    return Response(content, 200, {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}, media)
