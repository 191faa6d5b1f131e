"""The page that explains a fact, a criterion or a rulebook, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import console, wrapped
from engine.command.listing import INFORMATIVE, UNCONFIRMED, days
from engine.explaining.explanation import Edition, Explanation, FactSheet, Place
from engine.explaining.wording import KINDS, quoted_words
from engine.ground.errors import Language, Text
from engine.language.facts import Kind

_ASKED = Text("各版要求", "What each edition asks")
_WORDS = Text("原文与读法", "Words, and how they are read")
_PROVED = Text("证明材料", "What proves it")
_NOTHING = Text("不涉及", "nothing")
_OTHER = Text("另一种读法", "Another reading")
_WRITTEN = Text("写法", "Written")
_MADE_FROM = Text("由这些指标算出", "Computed from")
_GOES_INTO = Text("用来计算", "Goes into")
_COUNTED = Text("可由清单得出", "May be counted from the list")
_HEADERS = Text("列名", "Headers")
_IF_NO_OTHER = Text("没有更好的列时才算", "Only where no other column is")
_PERHAPS = Text("可能指它的列名", "Headers that may mean it")


def print_explanation(found: Explanation, lang: Language) -> None:
    """Print the page."""
    page = _Page(console(), lang)
    page.say(0, f"{found.title.in_language(lang)} ({found.id})", "bold")
    if found.rulebook is not None:
        page.say(
            2, f"{found.rulebook['title'].in_language(lang)} · {found.rulebook['id']} · {days(found.rulebook, lang)}"
        )
    if found.kind != "fact":
        page.places(found.places, whole=True)
    for sheet in found.facts:
        if found.kind == "criterion":
            page.head(f"{sheet.fact['title'].in_language(lang)} ({sheet.fact['id']})", "bold")
        page.sheet(sheet)
    if found.kind == "fact":
        page.places(found.places, whole=False)
    if found.papers:
        page.head(_PROVED.in_language(lang))
    for paper in found.papers:
        names = page.joined(one for one in paper.documents if one != paper.title)
        page.say(2, paper.title.in_language(lang) + (f"{page.colon}{names}" if names else ""))


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
        self._labelled(_WRITTEN, sheet.written.in_language(lang) if sheet.written else "")
        for label, names in ((_MADE_FROM, sheet.parts), (_GOES_INTO, sheet.goes_into), (_COUNTED, sheet.counted_from)):
            self._labelled(label, self.joined(f"{title.in_language(lang)} ({name})" for name, title in names.items()))
        self._labelled(_HEADERS, self.joined(sheet.headers))
        self._labelled(_IF_NO_OTHER, self.joined(sheet.headers_if_no_other))
        self._labelled(_PERHAPS, self.joined(sheet.headers_perhaps))
        if sheet.editions:
            self.head(_ASKED.in_language(lang))
        for edition in sheet.editions:
            self._edition(edition)

    def _edition(self, edition: Edition) -> None:
        book = edition.rulebook
        self.say(2, f"{days(book, self._lang)}  {book['title'].in_language(self._lang)} ({book['id']})", "bold")
        for asked in edition.asks:
            self.say(4, f"{asked.id}{self.colon}{asked.words.in_language(self._lang)}")
        if not edition.asks:
            self.say(4, _NOTHING.in_language(self._lang), "dim")

    def places(self, places: Iterable[Place], *, whole: bool) -> None:
        """Print the words of each place."""
        self.head(_WORDS.in_language(self._lang))
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
        notes = [] if place.confirmed else [UNCONFIRMED.in_language(lang)]
        notes += [] if place.decides else [INFORMATIVE.in_language(lang)]
        notes += [place.reading.in_language(lang)] if place.reading else []
        if notes:
            self.say(4, " · ".join(notes), "italic")
        for other in place.otherwise:
            required = f" → {other.requires.in_language(lang)}" if whole else ""
            self.say(4, f"{_OTHER.in_language(lang)}{self.colon}{other.reading.in_language(lang)}{required}", "magenta")
