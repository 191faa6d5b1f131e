"""What several editions are called beside one another: by title, and by id too where titles are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from engine.ground.errors import Text
from engine.rulebooks.logic import Rulebook


def edition_titles(books: Iterable[Rulebook]) -> Mapping[str, Text]:
    """Give the titles by id, all of them different."""
    title_of = {book.id: book.words.title for book in books}
    times = {lang: Counter(title.in_language(lang) for title in title_of.values()) for lang in ("zh", "en")}
    return {
        name: title
        if times["zh"][title.zh] == times["en"][title.en] == 1
        else Text(f"{title.zh}（{name}）", f"{title.en} ({name})")
        for name, title in title_of.items()
    }
