"""Facts, and criteria with the facts they look at: what `champion explain` says of a word."""

from __future__ import annotations

from functools import lru_cache, partial

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.shell import Pages, page, to
from api.pages.words import WORDS
from api.parameters import the_rulebook
from api.problems import Refusal
from engine import KINDS, Explanation, InputError, explanation, fact_page


def add_facts(pages: Pages) -> None:
    """Add the pages."""
    rules, known = pages.rules, lru_cache(256)(partial(explanation, catalog=pages.rules))

    def explained(word: str) -> Explanation:
        try:
            return known(word)
        except InputError as error:
            raise Refusal(404, error.problems) from error

    def facts(request: Request) -> Response:
        found = [fact_page(fact) for fact in rules.vocabulary.values()]
        return page(request, "facts.html", facts=found, kinds=KINDS)

    def fact(request: Request) -> Response:
        return _shown(request, explained(request.path_params["id"]))

    def criterion(request: Request) -> Response:
        book = the_rulebook(rules, request.path_params["id"])
        return _shown(request, explained(f"{book.id}:{request.path_params['criterion']}"))

    def word(request: Request) -> Response:
        """Lead to whatever a word names; a document has no page of its own and is shown."""
        found = explained(request.query_params.get("word", ""))
        if found.kind == "document":
            return _shown(request, found)
        book = found.rulebook["id"] if found.rulebook else ""
        path = {
            "fact": f"/facts/{found.id}",
            "criterion": f"/rules/{book}/{found.id}",
            "rulebook": f"/rules/{found.id}",
        }[found.kind]
        return RedirectResponse(to(request, path), 303)

    pages.add("/explain", word)
    pages.add("/facts/{id}", fact)
    pages.add("/rules/{id}/{criterion}", criterion)
    pages.door("/facts", WORDS["facts"], WORDS["facts_says"], facts)


def _shown(request: Request, found: Explanation) -> Response:
    return page(request, "explanation.html", found=found, kinds=KINDS)
