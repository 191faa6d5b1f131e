"""What to note of a form that was made for other texts than the one it is judged by: what it does not ask."""

from __future__ import annotations

from collections.abc import Sequence

from engine.ground.errors import Problem, Text, first_of
from engine.headers.names import named
from engine.language.facts import YEAR, Vocabulary
from engine.language.notes import DAY
from engine.rulebooks.logic import Rulebook
from engine.tables.source import Source

_FEW = 2


def other_form(source: Source, books: Sequence[Rulebook], vocabulary: Vocabulary) -> Problem | None:
    """Give the note of a form that is not for all of the rulebooks that it is judged by; None of any other source."""
    made = source.made_for
    if made is None or not made.books or made.books.issuperset(book.id for book in books):
        return None
    asked = {fact.id for header in source.headers if (fact := named(header, vocabulary)) is not None}
    asked |= {fact for fact in vocabulary.given if vocabulary[fact].is_derived}
    used = frozenset[str]().union(*(book.facts_used for book in books)) - {YEAR}
    lacking = [fact for fact in vocabulary.given if fact in used and fact not in asked]
    others = [book.words.title for book in books if book.id not in made.books]
    few = first_of(others, _FEW)
    zh, en = "、".join(one.zh for one in few), ", ".join(one.en for one in few)
    if len(few) < len(others):
        zh, en = f"{zh}等 {len(others)} 个文件", f"{en}, … ({len(others)} texts)"
    what = Text(
        f"这张填报表是为 {made.day} 的{made.title}做的，而这里按{zh}判定"
        + (f"，所问的有 {len(lacking)} 项表中没有，按不知道" if lacking else "，所问的表中都有"),
        f"the form was made for {made.title} on {made.day}, and is judged here by {en}"
        + (f": {len(lacking)} of its questions are not in it, and taken as not known" if lacking else ""),
    )
    instead = Text("可另取这一版的填报表，用 --from 带入已填的。", "Take the form for that, with --from this one.")
    return Problem(DAY, what, instead if lacking else None)
