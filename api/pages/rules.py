"""The rules to be read: the timeline of editions, a rulebook with its words, and two of them side by side."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.shell import Pages, day_of, page, to
from api.pages.words import WORDS
from api.parameters import the_rulebook
from engine import GRADES, STATES, Catalog, difference, rulebook_page, timeline


def add_rules(pages: Pages) -> None:
    """Add the pages."""
    rules = pages.rules

    def editions(request: Request) -> Response:
        return page(request, "rules.html", levels=_by_level(rules, day_of(request)), day=day_of(request))

    def rulebook(request: Request) -> Response:
        book = rulebook_page(the_rulebook(rules, request.path_params["id"]))
        others = [head for head in timeline(rules) if head.id != book["id"]]
        return page(request, "rulebook.html", book=book, others=others, grades=_grades(book))

    def two(request: Request) -> Response:
        first, second = (request.query_params.get(name, "") for name in ("first", "second"))
        return RedirectResponse(to(request, f"/rules/{first}/diff/{second}"), 303)

    def compared(request: Request) -> Response:
        first, second = (the_rulebook(rules, request.path_params[name]) for name in ("first", "second"))
        found = difference(first, second)
        pairs = {state: [pair for pair in found.requirements if pair.state is state] for state in STATES}
        return page(request, "diff.html", found=found, pairs=pairs, states=STATES)

    pages.door("/rules", WORDS["rules"], WORDS["rules_says"], editions)
    pages.add("/rules/diff", two)
    pages.add("/rules/{first}/diff/{second}", compared)
    pages.add("/rules/{id}", rulebook)


def _by_level(rules: Catalog, day: date) -> list[dict[str, Any]]:
    """Give the editions of each level by the day they began, each with its place on a line of years."""
    heads = {head.id: head for head in timeline(rules)}
    found = [rulebook_page(rules.rulebook(name), whole=False) for name in heads]
    begin = min((one["in_force"]["from"] for one in found), default=day)
    end = max(day, *(head.in_force.from_ for head in heads.values())) + timedelta(days=365)

    def place(day: date | None) -> float:
        return round(100 * ((day or end) - begin) / (end - begin), 1)

    levels = []
    for level, several in groupby(found, key=lambda one: one["level"]):
        books, before = [], None
        for book in several:
            spans = [one for one in (book["in_force"], book["in_force_for_reviews"]) if one]
            bars = [(place(one["from"]), place(one["to"])) for one in spans]
            applies = any(heads[book["id"]].applies(kind, day) for kind in ("new", "review"))
            books.append({"book": book, "bars": bars, "applies": applies, "before": before})
            before = book["id"] if level else None
        title = rules.levels.title(level) if level else None
        levels.append({"title": title, "books": books, "now": place(day), "begin": begin.year, "end": end.year})
    return levels


def _grades(book: dict[str, Any]) -> dict[str, Any]:
    """Give what the grades on the page of a rulebook mean."""
    cites = [one["cite"]["grade"] for one in (*book["criteria"], *book["parameters"])]
    return {grade: says for grade, says in GRADES.items() if grade in cites}
