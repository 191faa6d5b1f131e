"""What is noted of rows whose titles end soon, word for word as `deciding.ending` says it of one firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from engine.columns.outcomes import Decided, at_least
from engine.columns.values import ByRow, RowFunction, x
from engine.deciding.ending import asking, resting_on_options, resting_on_several
from engine.ground.errors import Language, Text
from engine.ground.values import UNREAD
from engine.headers.cells import Column
from engine.judging.plan import Plan
from engine.language.notes import ending, ending_together, ends_soon, sentence
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
            falling = [_falling(of, [(it, (one,)) for it in rests[fact][one]], fact) for one in options]
            several = resting_on_several(plan.rulebook)[fact]
            falling += [judged[x(fact)], _falling(of, several, fact)]
            text = judged[plan.place_of[fact]]
            asked = cases((text.re_search(_TERM) & ~judged["rejected"], list_of([text, *falling])))
            tell = _teller(plan.columns[plan.place_of[fact]], options, fact, plan, lang)
            yield cases((asked.notnull(), by_row(tell, "VARCHAR")(asked)[0]), else_="")


def _teller(column: Column, options: Sequence[str], fact: str, plan: Plan, lang: Language) -> RowFunction:
    """Give the function that says it of a cell and, for each option, of the places of the criteria that fall.

    Then of the list as it is read, and of the places of those that fall without all options that they ask for.
    """
    rests, several = resting_on_options(plan.rulebook)[fact], resting_on_several(plan.rulebook)[fact]

    @lru_cache(maxsize=2048)
    def told(text: str, *found: str) -> str:
        *falling, held, together = found
        ends = {one: day for one, day in column.ends(text).items() if ends_soon(day, plan.as_of)}
        soon = {one: ends[one] for one in options if one in ends and f",{one}," in held}
        fallen = {
            option: [rests[option][int(place)] for place in places.split(_MARK)]
            for option, places in zip(options, falling, strict=True)
            if places and option in soon
        }
        alone = {one for its in fallen.values() for one in its}
        notes = [
            ending(column.fact, option, soon[option], plan.as_of, list(dict.fromkeys(one.words.title for one in its)))
            for option, its in fallen.items()
        ]
        of: dict[tuple[str, ...], dict[Text, None]] = {}
        for place in filter(None, together.split(_MARK)):
            criterion, asked = several[int(place)]
            own = tuple(one for one in soon if one in asked)
            is_all = not any(f",{one}," in held for one in asked if one not in own)
            if len(own) > 1 and is_all and criterion not in alone:
                of.setdefault(own, {})[criterion.words.title] = None
        notes += [ending_together(column.fact, {one: soon[one] for one in own}, list(it)) for own, it in of.items()]
        words = (sentence(note, plan.rulebook.vocabulary).in_language(lang) for note in notes)
        return "".join(one + {"zh": "", "en": " "}[lang] for one in words)

    def tell(texts: list[str | None] | None) -> list[str] | None:
        return None if texts is None else [told(*(text or "" for text in texts))]

    return tell


def _falling(of: Decided, criteria: Sequence[tuple[Criterion, tuple[str, ...]]], fact: str) -> Value:
    """Give the places of the criteria that come out worse where the list does not have their options."""
    parts = []
    for place, (one, options) in enumerate(criteria):
        now, then = of.outcome(one.gate), _without(of, one.gate, fact, options)
        falls = (now & (~then | then.isnull())) | (now.isnull() & ~then)
        parts.append((falls, str(place)))
    return listed(parts, _MARK)


def _without(of: Decided, node: Node, fact: str, options: tuple[str, ...]) -> Value:
    """Give the outcome of a node where the list does not have these options."""
    if isinstance(node, Check):
        asks = asking(Gate("", "all_of", 1, (node,)), fact, *options)
        partly = of.table[x(fact)].contains(f",{UNREAD}")
        return cases((partly, null("BOOLEAN")), else_=NO) if asks else of.outcome(node)
    if not asking(node, fact, *options):
        return of.outcome(node)
    counted = at_least(node.need, [_without(of, child, fact, options) for child in node.children])
    return counted if node.guard is None else cases((of.outcome(node.guard), True), else_=counted)
