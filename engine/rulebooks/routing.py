"""Which text applies: the edition of a level that is in force on a day, for what a firm applies for, and where it is.

A province or a city may have a text of its own. It is for its own firms only, and for these it comes before that of the
whole country; a firm that does not say where it is is judged by the text of the whole country.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.ground.areas import nearest, wider
from engine.ground.errors import InputError, Problem, RulebookError, Text, did_you_mean, short
from engine.ground.values import Known
from engine.language.answer import answer
from engine.language.facts import APPLICATION, AREA, Fact
from engine.language.reading import Unreadable
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.rulebook import RulebookHead
from engine.rulebooks.several import LADDER, ROUTES

APPLICATIONS = {"new": Text("新申报", "new applications"), "review": Text("复核", "reviews")}


@dataclass(frozen=True)
class Applicant:
    """What of a firm chooses its text: whether it applies anew or for a review, and the code of its area if known."""

    application: str = "new"
    area: str | None = None


NEW = Applicant()


def applicant(values: Mapping[str, Known | None]) -> Applicant:
    """Give what chooses the text of a firm with these values: one that says nothing else applies anew."""
    application, area = values.get(APPLICATION), values.get(AREA)
    return Applicant("new" if application is None else str(application), None if area is None else str(area))


def edition(catalog: Catalog, level: str, as_of: date, who: Applicant = NEW) -> str:
    """Give the id of the rulebook that decides `level` on a day, for such a firm.

    Of several editions in force those of the firm's city come first, then those of its province, then those of the
    whole country; of these, the one that began last. Raises InputError if there is no such level, or no edition of it
    in force for the firm; RulebookError if two began on the same day.
    """
    level = require_level(catalog, level)
    editions = [head for head in catalog.editions if head.level == level]
    found = latest(editions, as_of, who)
    if found is None:
        raise InputError([_not_in_force(catalog, level, editions, as_of, who)])
    return found.id


def editions_in_force(catalog: Catalog, as_of: date, who: Applicant = NEW) -> dict[str, str]:
    """Give the id of the rulebook that decides each level of the ladder, the lowest first. Levels may have none."""
    found = {
        level: latest([head for head in catalog.editions if head.level == level], as_of, who)
        for level in catalog.levels
    }
    return {level: head.id for level, head in found.items() if head is not None}


@lru_cache(64)
def levels_of_difference(catalog: Catalog, as_of: date, area: str | None) -> tuple[str, ...]:
    """Give the levels at which it makes a difference whether a firm applies anew or for a review."""
    anew = editions_in_force(catalog, as_of, Applicant("new", area))
    again = editions_in_force(catalog, as_of, Applicant("review", area))
    differ = {name for name in anew.values() if catalog.rulebook(name).reviews_differ(as_of)}
    return tuple(one for one in catalog.levels if anew.get(one) != again.get(one) or anew.get(one) in differ)


def areas_in_force(catalog: Catalog, as_of: date, level: str | None = None) -> tuple[str, ...]:
    """Give the areas that have a text of their own in force on a day, for any level or for one."""
    level = level and require_level(catalog, level)
    heads = [head for head in catalog.editions if head.level and level in {None, head.level}]
    own = {head.area for head in heads if any(head.applies(one, as_of) for one in APPLICATIONS)}
    return tuple(sorted(area for area in own if area is not None))


def open_areas(catalog: Catalog, areas: Iterable[str]) -> dict[str | None, Problem]:
    """Give what to note of a firm that says no more of where it is than a place within which one of `areas` lies."""
    within: dict[str | None, list[str]] = {}
    for area in areas:
        for place in wider(area):
            within.setdefault(place, []).append(area)
    return {place: _own_rules(catalog.vocabulary[AREA], place, several) for place, several in within.items()}


def _own_rules(fact: Fact, place: str | None, areas: Iterable[str]) -> Problem:
    titles = [fact.choices[area].title for area in areas]
    zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
    said = Text("没有写明", "is not stated") if place is None else _no_more(fact.choices[place].title)
    return Problem(
        AREA, Text(f"{said.zh}，而下列地方有自己的规则：{zh}", f"{said.en}; these have rules of their own: {en}")
    )


def _no_more(title: Text) -> Text:
    return Text(f"只写到{title.zh}", f"is no more than {title.en}")


def require_any(catalog: Catalog, as_of: date) -> None:
    """Raise InputError if no level of the ladder has an edition in force on a day, for applications or reviews."""
    if not any(head.level and head.applies(one, as_of) for head in catalog.editions for one in APPLICATIONS):
        first = min((head.in_force.from_ for head in catalog.editions if head.level), default=None)
        what = Text(f"{as_of} 没有任何层级的规则施行", f"on {as_of} no level has a rulebook in force")
        raise InputError(
            [Problem("as_of", what, Text(f"最早的一版自 {first} 施行。", f"The first begins on {first}."))]
        )


def latest(editions: Iterable[RulebookHead], as_of: date, who: Applicant) -> RulebookHead | None:
    """Give the edition for such a firm that began last of those in force; raises RulebookError if two did."""
    in_force = [head for head in editions if head.applies(who.application, as_of)]
    area = nearest(who.area, {head.area for head in in_force})
    own = [head for head in in_force if head.area == area]
    begin = max((head.days(who.application).from_ for head in own), default=None)
    last = [head for head in own if head.days(who.application).from_ == begin]
    if len(last) > 1:
        both = [head.id for head in last]
        what = Text(f"{'、'.join(both)} 同日施行，不能确定用哪一版", f"{' and '.join(both)} begin on the same day")
        raise RulebookError([Problem(f"{last[-1].id}.yaml", what)])
    return last[0] if last else None


def no_level(as_of: date, who: Applicant) -> Problem:
    """Say that no level is in force on a day for such a firm; the same of every area, so that rows have it together."""
    kind = APPLICATIONS[who.application]
    where = Text("全国", "the whole country") if who.area is None else Text("当地和全国都", "its area or the country")
    what = Text(
        f"{as_of} {where.zh}没有适用于{kind.zh}的规则",
        f"on {as_of} no level has a rulebook for {kind.en} in {where.en}",
    )
    ask = Text("请写明所在地。", "State the area.") if who.area is None else None
    return Problem(AREA, what, ask)


def timeline(catalog: Catalog, level: str | None = None) -> list[RulebookHead]:
    """Give every edition: those of each level together by the day they began, the lowest level first; then the rest.

    Of one level only, if that is named; raises InputError if there is no such level.
    """
    if level is not None:
        level = require_level(catalog, level)
        return [head for head in timeline(catalog) if head.level == level]
    order = {level: place for place, level in enumerate(catalog.levels.known)}
    last = len(order)
    return sorted(catalog.heads, key=lambda head: (order.get(head.level or "", last), head.in_force.from_, head.id))


def facts_asked(
    catalog: Catalog, as_of: date, rulebook: str | None = None, level: str | None = None
) -> Collection[str]:
    """Give the facts that a rulebook asks for, or every edition of a level in force on a day; all if neither is named.

    Those by which the edition is chosen are among them. Raises what `editions_asked` raises.
    """
    books = editions_asked(catalog, as_of, rulebook, level)
    return choosing(books).union(*(book.facts_used for book in books)) if books else catalog.vocabulary


def choosing(books: Sequence[Rulebook]) -> frozenset[str]:
    """Give the facts of a firm that say which of several editions is for it: its area, what it applies for."""
    found = {AREA} if any(book.words.area for book in books) else set[str]()
    if len({frozenset(book.words.applies_to) for book in books}) > 1:
        found.add(APPLICATION)
    return frozenset(found)


def editions_asked(
    catalog: Catalog, as_of: date, rulebook: str | None = None, level: str | None = None
) -> tuple[Rulebook, ...]:
    """Give a rulebook, or every edition of a level, or named `ladder` of all levels, in force on a day.

    Named `routes`, the rulebook of each class.
    None if neither is named. Editions for new applications and for reviews count, and those of any area. Raises
    InputError if both are named, if there is no such rulebook or level, or no edition of it in force.
    """
    refuse_both(rulebook, level)
    if level is None and rulebook == ROUTES:
        return tuple(catalog.rulebook(layer.rulebook) for layer in catalog.routes.layers)
    if level is None and rulebook != LADDER:
        return (catalog.rulebook(rulebook),) if rulebook else ()
    levels = [*catalog.levels] if level is None else [require_level(catalog, level)]
    editions = [head for one in levels for head in catalog.editions if head.level == one]
    in_force = [head.id for head in editions if any(head.applies(one, as_of) for one in APPLICATIONS)]
    if level is None:
        require_any(catalog, as_of)
    elif not in_force:
        raise InputError([_not_in_force(catalog, levels[0], editions, as_of, NEW)])
    return tuple(catalog.rulebook(name) for name in in_force)


def refuse_both(rulebook: str | None, level: str | None) -> None:
    """Raise InputError if a rulebook and a level are named."""
    if rulebook is not None and level is not None:
        what = Text("规则和层级只能指定一个", "a rulebook or a level is named, not both")
        raise InputError([Problem("level", what, None, level)])


def require_level(catalog: Catalog, level: str) -> str:
    """Give the id of the level of that id or title, as titles are usually written (小巨人, 专精特新中小企业).

    Raises InputError if there is none, or no rulebook decides it.
    """
    decided, levels = {head.level for head in catalog.editions}, catalog.levels
    known = [name for name in levels.known if name in decided]
    if level in known:
        return level
    with suppress(Unreadable):
        titled = answer(levels.titles, level)
        found = list(titled) if isinstance(titled, frozenset) else []
        if len(found) == 1 and found[0] in known:
            return found[0]
    zh = "、".join(f"{levels.title(name).zh}（{name}）" for name in known)
    listed = Text(f"现有：{zh}。", f"There are: {', '.join(known)}.")
    what = Text("没有这一层级的规则", "is not a level that a rulebook decides")
    raise InputError([Problem("level", what, did_you_mean(level, known) or listed, short(level))])


def _not_in_force(
    catalog: Catalog, level: str, editions: Iterable[RulebookHead], as_of: date, who: Applicant
) -> Problem:
    application = who.application
    title, kind = catalog.levels.title(level), APPLICATIONS[application]
    what = Text(
        f"{as_of} 没有适用于{kind.zh}的{title.zh}规则",
        f"on {as_of} no rulebook for {title.en} is in force for {kind.en}",
    )
    known = [head for head in editions if application in head.applies_to]
    elsewhere = [head for head in known if head.area and head.applies(application, as_of)]
    if elsewhere:
        titles = {head.id: catalog.vocabulary[AREA].choices[head.area or ""].title for head in elsewhere}
        zh = "、".join(f"{one.zh}（{name}）" for name, one in titles.items())
        en = ", ".join(f"{one.en} ({name})" for name, one in titles.items())
        what = Text(
            f"{as_of} 没有适用于{kind.zh}的全国{title.zh}规则",
            f"on {as_of} no rulebook for {title.en} is in force for {kind.en} in the whole country",
        )
        ask = Text("当地也没有；", "Nor is there one for its area. ")
        if who.area is None:
            ask = Text("请写明所在地；", "State the area. ")
        return Problem(AREA, what, Text(f"{ask.zh}有规则的地方：{zh}。", f"{ask.en}These have one: {en}."))
    days = [
        (head.id, span.from_, span.to)
        for head in sorted(known, key=lambda head: head.days(application).from_)
        for span in (head.days(application),)
    ]
    if not days:
        return Problem("level", what, None, level)
    zh = "；".join(f"{name} {begin} 至 {end or '今'}" for name, begin, end in days)
    en = "; ".join(f"{name} {begin} to {end or 'now'}" for name, begin, end in days)
    return Problem("level", what, Text(f"施行期：{zh}。", f"In force: {en}."), level)
