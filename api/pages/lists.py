"""A list of firms in a browser: sent, judged, shown; each row opens into the page that a self-test has.

Nothing is decided here. What is kept is the file and what the engine wrote of it.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Literal, cast

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.body import body_of
from api.desk import Desk
from api.language import language_of
from api.pages.answers import fields_of
from api.pages.asked import LADDER, Asked, asked_by
from api.pages.kept_lists import HOUR, KeptList, KeptLists, SentList
from api.pages.list_rows import REJECTED, SORTS, filter_of, rows_of
from api.pages.opened import answers_in
from api.pages.self_test import Sent
from api.pages.shell import Pages, day_of, page, to
from api.pages.words import WORDS
from api.parameters import the_rulebook
from api.problems import Refusal, of_parameters
from api.screenings import WrittenAnswer, over_http
from api.upload import received_with
from engine import (
    Catalog,
    InputError,
    Limits,
    Order,
    Problem,
    ScreeningSummary,
    Standing,
    Stop,
    TooMuchError,
    editions_in_force,
    facts_asked,
    given_day,
    profile_of,
    ruling,
    scratch,
    screen_file,
    screen_whole,
    standing_words,
    timeline,
    to_json,
)

_AT = "/lists"
_FORMS: tuple[Literal["xlsx", "csv", "zip"], ...] = ("xlsx", "csv", "zip")
_FIELDS = ("title", "as_of", "sheet")
_WHOSE = ("firm_id", "firm_name")
_LONGEST = 9  # digits of a line


class _Lists:
    """The pages of lists."""

    def __init__(self, rules: Catalog, desk: Desk) -> None:
        self.rules, self.desk = rules, desk
        self.bounds = desk.bounds
        self.kept = KeptLists(desk.bounds.written)

    def empty(self, request: Request) -> Response:
        """Ask for a file, and by what it is to be judged."""
        day, rules = day_of(request), self.rules
        in_force = editions_in_force(rules, day)
        titles = [(level, rules.levels.title(level)) for level in in_force]
        others = [(head.id, head.title) for head in timeline(rules) if head.id not in in_force.values()]
        return page(request, "lists.html", day=day, titles=titles, others=others, bounds=self.bounds)

    async def sent(self, request: Request) -> Response:
        """Keep the file and judge it; lead to what came of it."""
        with self.desk.place(), ExitStack() as held:
            kept = self.kept.new()
            held.callback(kept.remove)
            file, said = await received_with(request, kept.place, self.bounds, _FIELDS)
            sheet = said.get("sheet", "").strip()[:80] or None
            day = given_day(said.get("as_of", "").strip() or None)
            sent = SentList(file.name, said.get("title", ""), str(day), sheet)
            self._asked(sent)
            await self._judge(request, kept, sent)
            held.pop_all()
        asyncio.get_running_loop().call_later(HOUR + 1, self.kept.sweep)
        return _seen(request, kept)

    async def read_again(self, request: Request) -> Response:
        """Judge the file once more, its columns read as chosen."""
        kept, fields = self._kept(request), fields_of(await body_of(request))
        columns, facts = ([value for field, value in fields if field == name] for name in ("column", "fact"))
        if len(columns) != len(facts):
            raise InputError([Problem("column", WORDS["list_bad_form"])])
        old = kept.sent
        chosen = {**old.mapping, **dict(zip(columns, facts, strict=True))}
        mapping = {column: fact for column, fact in chosen.items() if fact}
        with self.desk.place():
            await self._judge(request, kept, SentList(old.file, old.name, old.as_of, old.sheet, mapping))
        return _seen(request, kept)

    async def shown(self, request: Request) -> Response:
        """Give what came of a list, and a page of its rows; or why its columns were not understood."""
        kept = self._kept(request)
        sent, refused = kept.sent, kept.read("refused.json")
        asked = self._asked(sent)
        summary = refused or kept.read("summary.json")
        facts = {*_WHOSE, *facts_asked(self.rules, asked.day, **asked.by), *(one["fact"] for one in summary["columns"])}
        told: dict[str, Any] = {
            "asked": asked,
            "choices": [(name, one.title) for name, one in self.rules.vocabulary.given.items() if name in facts],
            "home": f"{_AT}/{kept.id}",
            "sent": sent,
            "vocabulary": self.rules.vocabulary,
        }
        if refused is not None:
            return _private(page(request, "list_refused.html", 422, refused=refused, **told))
        criteria = {one["id"]: one["title"] for one in summary["criteria"]}
        wanted = filter_of(request, criteria, [one["fact"] for one in summary["missing"]])
        rows = await run_in_threadpool(rows_of, kept, wanted)
        told |= {"criteria": criteria, "forms": _FORMS, "rejected": REJECTED, "sorts": SORTS}
        told |= {"standing": lambda row: standing_words(Standing(row["verdict"]), hangs=bool(row["hangs_on"]))}
        told |= {"standings": {one.value: standing_words(one, hangs=False) for one in Standing}}
        return _private(page(request, "list.html", summary=summary, wanted=wanted, found=rows, **told))

    async def opened(self, request: Request) -> Response:
        """Give the full reasoning of a row, as of a firm that is tested by itself."""
        kept, line = self._kept(request), request.path_params["line"]
        if not (line.isascii() and line.isdecimal() and len(line) <= _LONGEST):
            raise Refusal(404, [Problem("line", WORDS["list_no_row"], None, line[:80])])
        sent = kept.sent
        asked = self._asked(sent)

        def work(_: Stop) -> Sent:
            by: dict[str, Any] = {**asked.by}
            limits = Limits(self.bounds.rows, self.bounds.unpacked)
            profile = profile_of(
                kept.source,
                row=int(line),
                as_of=asked.day,
                mapping=sent.mapping,
                sheet=sent.sheet,
                catalog=self.rules,
                limits=limits,
                **by,
            )
            answers = answers_in({**profile}, asked.day, self.rules)
            return Sent(request, asked, answers, asked.found(answers), {"as_of": sent.as_of})

        with self.desk.place():
            try:
                tested = await self.desk.run(request, None, work)
            except InputError as error:  # what is told of a rejected row is the firm's too
                raise Refusal(422, error.problems, {"Cache-Control": "no-store"}) from error
        return _private(tested.page("list_row.html", printed=True, line=line, list=f"{_AT}/{kept.id}"))

    async def written(self, request: Request) -> Response:
        """Give all rows as a file, as the engine writes it."""
        kept, form = self._kept(request), request.path_params["form"]
        if form not in _FORMS:
            raise Refusal(404, [])
        with ExitStack() as held:
            held.enter_context(self.desk.place())
            folder = held.enter_context(scratch(Path(gettempdir())))
            output = folder / f"verdicts.{form}"

            def work(stop: Stop) -> ScreeningSummary:
                order = self._order(request, kept.sent, output, labels="titles", bom=True)
                return over_http(screen_whole, kept.source, order, cast("Any", form), stop)

            summary = await self.desk.run(request, folder, work)
            answer = WrittenAnswer(output, form, summary, language_of(request), held.pop_all(), self.bounds)
        return _private(answer)

    async def deleted(self, request: Request) -> Response:
        """Delete a list, and lead to where another is sent."""
        await run_in_threadpool(self._kept(request).remove)
        return RedirectResponse(to(request, _AT), 303)

    def _kept(self, request: Request) -> KeptList:
        name = request.path_params["id"]
        if (found := self.kept.found(name)) is None:
            raise Refusal(404, [Problem("id", WORDS["list_gone"], WORDS["list_again"])])
        return found

    def _asked(self, sent: SentList) -> Asked:
        """Give by what a list is judged. Raises Refusal if there is no such thing."""
        asked = asked_by(sent.name, date.fromisoformat(sent.as_of), self.rules)
        if asked.name == LADDER:
            the_rulebook(self.rules, LADDER)
        return asked

    async def _judge(self, request: Request, kept: KeptList, sent: SentList) -> None:
        """Judge a list, or keep why its columns were not understood. Raises InputError if it cannot be read at all."""
        columns: list[dict[str, Any]] = []

        def understood(understanding: Any, _: Any) -> None:  # noqa: ANN401 the engine's
            columns[:] = [
                {"header": one.header, "fact": one.fact.id if one.fact else None, "how": one.how}
                for one in understanding.columns
            ]

        def work(stop: Stop) -> None:
            with scratch(kept.folder) as results:
                try:
                    order = self._order(request, sent, results / "verdicts.parquet")
                    over_http(screen_file, kept.place / sent.file, order, understood, stop.step)
                except TooMuchError:
                    raise
                except InputError as error:
                    if not columns:
                        raise
                    problems = [*map(of_parameters, error.problems)]
                    kept.write("refused.json", to_json({"problems": problems, "columns": columns}))
                else:
                    for one in results.iterdir():
                        one.replace(kept.folder / one.name)
                    (kept.folder / "refused.json").unlink(missing_ok=True)
            kept.keep(sent)

        await self.desk.run(request, kept.folder, work)

    def _order(self, request: Request, sent: SentList, output: Path, **more: Any) -> Order:  # noqa: ANN401 of an order
        day = date.fromisoformat(sent.as_of)
        by = self._asked(sent).by
        chosen = over_http(ruling, self.rules, by.get("rulebook"), by.get("level"), day)
        is_kept = output.suffix == ".parquet"
        return Order(
            rulebook=chosen.rulebook,
            routes=chosen.routes,
            levels=chosen.levels,
            as_of=day,
            output=output,
            form="parquet" if is_kept else "csv",
            lang=language_of(request),
            mapping={**sent.mapping},
            sheet=sent.sheet,
            name=Path(sent.file).stem,
            rejected=output.parent / "rejected.csv" if is_kept else None,
            summary=output.parent / "summary.json" if is_kept else None,
            raw_beside=is_kept,
            limits=Limits(self.bounds.rows, self.bounds.unpacked),
            **more,
        )


def add_lists(pages: Pages, desk: Desk) -> None:
    """Add the pages."""
    lists = _Lists(pages.rules, desk)
    pages.door(_AT, WORDS["lists"], WORDS["lists_says"], lists.empty)
    pages.add(_AT, lists.sent, ["POST"])
    pages.add(f"{_AT}/{{id}}", lists.shown)
    pages.add(f"{_AT}/{{id}}/rows/{{line}}", lists.opened)
    pages.add(f"{_AT}/{{id}}/verdicts.{{form}}", lists.written)
    pages.add(f"{_AT}/{{id}}/columns", lists.read_again, ["POST"])
    pages.add(f"{_AT}/{{id}}/delete", lists.deleted, ["POST"])


def _seen(request: Request, kept: KeptList) -> Response:
    return RedirectResponse(to(request, f"{_AT}/{kept.id}"), 303)


def _private(answer: Response) -> Response:
    """Give an answer that no browser is to keep."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
