"""The page that explains a fact, a criterion, a rulebook or a document, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import console, wrapped
from engine.command.page_foot import explained
from engine.explaining.explanation import Edition, Explanation, FactSheet, Paper, Place
from engine.explaining.labels import Label, days
from engine.explaining.wording import KINDS, quoted_words
from engine.ground.errors import Language, Text
from engine.language.facts import Kind
from engine.rulebooks.catalog import Catalog


def print_explanation(found: Explanation, catalog: Catalog, lang: Language) -> None:
    """Print the page; at its foot what its grades mean and which documents it calls by their numbers."""
    screen = console(record=True)
    page = _Page(screen, lang)
    page.say(0, f"{found.title.in_language(lang)} ({found.id})", "bold")
    if found.rulebook is not None:
        page.book(found.rulebook)
    for said in found.said:
        page.say(2, said.in_language(lang))
    page.books(Label.TEXTS, found.texts)
    page.books(Label.CITED_BY, found.cited_by)
    if found.kind in {"criterion", "rulebook"}:
        page.places(found.places, whole=True)
    for sheet in found.facts:
        if found.kind == "criterion":
            page.head(f"{sheet.fact['title'].in_language(lang)} ({sheet.fact['id']})", "bold")
        page.sheet(sheet)
    if found.kind == "fact" and found.places:
        page.places(found.places, whole=False)
    page.papers(found.papers)
    foot = explained(screen.export_text(clear=False), catalog, (place.rulebook for place in found.places), lang)
    for place, line in enumerate(foot):
        page.say(0, line, "dim") if place else page.head(line, "dim")


class _Page:
    """A page in a language."""

    def __init__(self, screen: Console, lang: Language) -> None:
        self._screen, self._lang = screen, lang
        self.colon = {"zh": "：", "en": ": "}[lang]

    def say(self, indent: int, text: str, style: str = "") -> None:
        """Print text as lines that are indented."""
        lines = wrapped(text, self._screen.width - indent).replace("\n", "\n" + " " * indent)
        self._screen.print(Styled(f"{' ' * indent}{lines}", style))

    def head(self, text: str, style: str = "cyan") -> None:
        """Print the heading of a part."""
        self._screen.print()
        self.say(0, text, style)

    def books(self, heading: Text, several: Iterable[dict[str, Any]]) -> None:
        """Print rulebooks with their days, if there are any."""
        for place, book in enumerate(several):
            if not place:
                self.head(heading.in_language(self._lang))
            self.book(book)

    def book(self, book: dict[str, Any]) -> None:
        """Print a rulebook with its days."""
        title, says = (one.in_language(self._lang) for one in (book["title"], days(book)))
        self.say(2, f"{title} · {book['id']} · {says}")

    def papers(self, several: Sequence[Paper]) -> None:
        """Print the papers that prove it, if there are any."""
        if several:
            self.head(Label.PAPERS.in_language(self._lang))
        for paper in several:
            names = self.joined(one for one in paper.documents if one != paper.title)
            self.say(2, paper.title.in_language(self._lang) + (f"{self.colon}{names}" if names else ""))

    def joined(self, several: Iterable[Text | str]) -> str:
        """Give several in a row."""
        return {"zh": "、", "en": ", "}[self._lang].join(
            one if isinstance(one, str) else one.in_language(self._lang) for one in several
        )

    def _labelled(self, label: Text, said: str) -> None:
        if said:
            self.say(2, f"{label.in_language(self._lang)}{self.colon}{said}")

    def sheet(self, sheet: FactSheet) -> None:
        """Print what a fact is, and what each edition asks of it."""
        fact, lang = sheet.fact, self._lang
        ends = [fact["range"][end] for end in ("at_least", "at_most")]
        span = " – ".join("" if end is None else f"{end:,}" for end in ends) if any(e is not None for e in ends) else ""
        kind = KINDS[Kind(fact["kind"])].in_language(lang)
        self.say(2, " · ".join(one for one in (kind, fact["unit"].in_language(lang), span.strip()) if one), "dim")
        if fact["note"]:
            self.say(2, fact["note"].in_language(lang))
        if fact["formula"]:
            self.say(2, f"= {fact['formula']}")
        self._labelled(Label.WRITTEN, sheet.written.in_language(lang) if sheet.written else "")
        for label, names in (
            (Label.MADE_FROM, sheet.parts),
            (Label.PART_FACTS, sheet.part_facts),
            (Label.GOES_INTO, sheet.goes_into),
            (Label.COUNTED, sheet.counted_from),
        ):
            self._labelled(label, self.joined(f"{title.in_language(lang)} ({name})" for name, title in names.items()))
        self._labelled(Label.HEADERS, self.joined(sheet.headers))
        self._labelled(Label.IF_NO_OTHER, self.joined(sheet.headers_if_no_other))
        self._labelled(Label.PERHAPS, self.joined(sheet.headers_perhaps))
        if sheet.editions:
            self.head(Label.ASKED.in_language(lang))
        for edition in sheet.editions:
            self._edition(edition)

    def _edition(self, edition: Edition) -> None:
        book = edition.rulebook
        self.say(
            2, f"{days(book).in_language(self._lang)}  {book['title'].in_language(self._lang)} ({book['id']})", "bold"
        )
        for asked in edition.asks:
            self.say(4, f"{asked.id}{self.colon}{asked.words.in_language(self._lang)}")
        if not edition.asks:
            self.say(4, Label.NOTHING.in_language(self._lang), "dim")

    def places(self, places: Iterable[Place], *, whole: bool) -> None:
        """Print the words of each place."""
        self.head(Label.PLACES.in_language(self._lang))
        for place in places:
            self._place(place, whole=whole)

    def _place(self, place: Place, *, whole: bool) -> None:
        """Print the words of a criterion or a line and how they are read; as a `whole` what is required too."""
        lang = self._lang
        self.say(2, f"{place.title.in_language(lang)} ({place.rulebook}:{place.id})", "bold")
        if whole:
            self.say(4, place.requires.in_language(lang))
        where = f"{place.document or ''} {place.clause} [{place.grade}]".strip()
        self.say(4, f"{quoted_words(place.quote).in_language(lang)} {where}", "dim")
        notes = [] if place.confirmed else [Label.UNCONFIRMED.in_language(lang)]
        notes += [] if place.decides else [Label.INFORMATIVE.in_language(lang)]
        notes += [place.reading.in_language(lang)] if place.reading else []
        if notes:
            self.say(4, " · ".join(notes), "italic")
        for other in place.otherwise:
            required = f" → {other.requires.in_language(lang)}" if whole else ""
            self.say(
                4,
                f"{Label.OTHER_READING.in_language(lang)}{self.colon}{other.reading.in_language(lang)}{required}",
                "magenta",
            )
