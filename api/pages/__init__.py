"""Pages for a browser, made here and complete without scripts; nothing is decided in a page.

shell: `Pages`: addresses in both languages; `page`: template, ETag
words: every text of the pages, `WORDS`
errors: the page of a request that is refused
rules: `/rules`: timeline, rulebook, differences
facts: `/facts`, `/explain`: whatever a word names
self_test: `/self-test`: which title; the form with its result, live, saved, opened, printed; ladder, documents
self_test_words: the texts of these
answers: fields of a form that was sent, as a profile; how each was read
asked: `Asked`: level, rulebook or ladder, and day; `Found`: verdict or problems, settling, tries
asking: `Field`s of the form: options, what is typed, read, wrong; those still asked first
opened: a saved file as answers, received to scratch
lists: `/lists`: a file sent, judged, shown with its rows, each opened; columns read otherwise; downloads; deleted
lists_words: the texts of these
list_rows: which rows are asked for: `Filter`, sorted, `Rows` of a page, rejected
kept_lists: `KeptList`: a folder by a hidden id, `SentList`; `KeptLists`: hour, most, sweep, root for all workers
bars: a check as a picture: `Bar`
start: `/`, `/about`, `/accessibility`
templates/: a file a page, on `base.html`
assets/: style and icon
"""

from __future__ import annotations

from fastapi import FastAPI

from api.desk import Desk
from api.pages.errors import error_page
from api.pages.facts import add_facts
from api.pages.lists import add_lists
from api.pages.rules import add_rules
from api.pages.self_test import add_self_test
from api.pages.shell import Pages
from api.pages.start import add_start
from engine import Catalog


def add_pages(app: FastAPI, rules: Catalog, desk: Desk) -> None:
    """Add the pages to the service, and errors as pages."""
    pages = Pages(app, rules)
    add_self_test(pages)
    add_lists(pages, desk)
    add_rules(pages)
    add_facts(pages)
    add_start(pages)
    app.state.error_page = error_page
