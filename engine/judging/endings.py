"""What is noted of rows whose titles end soon, word for word as `deciding.ending` says it of one firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from engine.columns.outcomes import Decided, at_least
from engine.columns.values import ByRow, RowFunction, x
from engine.deciding.ending import asking, resting_on_options
from engine.ground.errors import Language
from engine.ground.values import UNREAD
from engine.headers.cells import Column
from engine.judging.plan import Plan
from engine.language.notes import ending, ends_soon, sentence
from engine.rulebooks.logic import Check, Criterion, Gate, Node
from engine.sql.functions import NO, cases, list_of, listed, null
from engine.sql.table import Table
from engine.sql.value import Value

_TERM = "20[0-9]{2}"
_MARK = "\x1f"


def endings(judged: Table, plan: Plan, lang: Language, by_row: ByRow) -> Iterator[Value]:
    """Say of each row, list by list, which titles end soon and which criteria cannot be met after that."""
    of, rests = Decided(judged, plan.rulebook), resting_on_options(plan.rulebook)
    for fact in plan.rulebook.vocabulary:
        if fact in rests and fact in plan.place_of:
            options = [one for one in plan.columns[plan.place_of[fact]].fact.choices if one in rests[fact]]
            falling = [_falling(of, rests[fact][one], fact, one) for one in options]
            text = judged[plan.place_of[fact]]
            asked = cases((text.re_search(_TERM) & ~judged["rejected"], list_of([text, *falling])))
            tell = _teller(plan.columns[plan.place_of[fact]], options, rests[fact], plan, lang)
            yield cases((asked.notnull(), by_row(tell, "VARCHAR")(asked)[0]), else_="")


def _teller(
    column: Column, options: Sequence[str], rests: dict[str, tuple[Criterion, ...]], plan: Plan, lang: Language
) -> RowFunction:
    """Give the function that says it of a cell and, for each option, of the places of the criteria that fall."""

    @lru_cache(maxsize=2048)
    def told(text: str, *falling: str) -> str:
        ends, notes = column.ends(text), []
        for option, places in zip(options, falling, strict=True):
            if places and option in ends and ends_soon(ends[option], plan.as_of):
                titles = dict.fromkeys(rests[option][int(place)].words.title for place in places.split(_MARK))
                note = ending(column.fact, option, ends[option], plan.as_of, list(titles))
                notes.append(sentence(note, plan.rulebook.vocabulary).in_language(lang) + {"zh": "", "en": " "}[lang])
        return "".join(notes)

    def tell(texts: list[str | None] | None) -> list[str] | None:
        return None if texts is None else [told(*(text or "" for text in texts))]

    return tell


def _falling(of: Decided, criteria: Sequence[Criterion], fact: str, option: str) -> Value:
    """Give the places of the criteria that come out worse where the list does not have that option."""
    parts = []
    for place, one in enumerate(criteria):
        now, then = of.outcome(one.gate), _without(of, one.gate, fact, option)
        falls = (now & (~then | then.isnull())) | (now.isnull() & ~then)
        parts.append((falls, str(place)))
    return listed(parts, _MARK)


def _without(of: Decided, node: Node, fact: str, option: str) -> Value:
    """Give the outcome of a node where the list does not have that option."""
    if isinstance(node, Check):
        asks = asking(Gate("", "all_of", 1, (node,)), fact, option)
        partly = of.table[x(fact)].contains(f",{UNREAD}")
        return cases((partly, null("BOOLEAN")), else_=NO) if asks else of.outcome(node)
    if not asking(node, fact, option):
        return of.outcome(node)
    counted = at_least(node.need, [_without(of, child, fact, option) for child in node.children])
    return counted if node.guard is None else cases((of.outcome(node.guard), True), else_=counted)
