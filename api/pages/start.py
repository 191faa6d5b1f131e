"""The start page, and what is said of the service and of how its pages can be used."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import Request, Response

from api.pages.shell import Pages, day_of, page
from engine import editions_in_force, rulebook_page


def add_start(pages: Pages) -> None:
    """Add the pages."""
    rules = pages.rules

    def start(request: Request) -> Response:
        day = day_of(request)
        found = editions_in_force(rules, day)
        levels = [
            (rules.levels.title(level), rulebook_page(rules.rulebook(name), whole=False))
            for level, name in found.items()
        ]
        return page(request, "start.html", day=day, levels=levels)

    pages.add("/", start)
    pages.add("/about", lambda request: page(request, "about.html", version=version("champion"), rules=rules.digest))
    pages.add("/accessibility", lambda request: page(request, "accessibility.html"))
