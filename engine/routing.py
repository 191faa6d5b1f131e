"""Which text applies: the edition of a level that is in force on a day, for a new application or for a review."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from engine.answer import answer
from engine.catalog import Catalog
from engine.errors import InputError, Problem, RulebookError, Text, did_you_mean, short
from engine.reading import Unreadable
from engine.rulebook import RulebookHead

APPLICATIONS = {"new": Text("新申报", "new applications"), "review": Text("复核", "reviews")}


def edition(catalog: Catalog, level: str, as_of: date, application: str = "new") -> str:
    """Give the id of the rulebook that decides `level` on a day, for a `new` application or a `review`.

    Of several editions in force the one that began last applies. Raises InputError if there is no such level, or no
    edition of it in force; RulebookError if two began on the same day.
    """
    level = require_level(catalog, level)
    editions = [head for head in catalog.heads if head.level == level]
    found = latest(editions, as_of, application)
    if found is None:
        raise InputError([_not_in_force(catalog, level, editions, as_of, application)])
    return found.id


def editions_in_force(catalog: Catalog, as_of: date, application: str = "new") -> dict[str, str]:
    """Give the id of the rulebook that decides each level of the ladder, the lowest first. Levels may have none."""
    found = {
        level: latest([head for head in catalog.heads if head.level == level], as_of, application)
        for level in catalog.levels
    }
    return {level: head.id for level, head in found.items() if head is not None}


def require_any(catalog: Catalog, as_of: date) -> None:
    """Raise InputError if no level of the ladder has an edition in force on a day, for applications or reviews."""
    if not any(editions_in_force(catalog, as_of, application) for application in APPLICATIONS):
        first = min((head.in_force.from_ for head in catalog.heads if head.level), default=None)
        what = Text(f"{as_of} 没有任何层级的规则施行", f"on {as_of} no level has a rulebook in force")
        raise InputError(
            [Problem("as_of", what, Text(f"最早的一版自 {first} 施行。", f"The first begins on {first}."))]
        )


def latest(editions: Iterable[RulebookHead], as_of: date, application: str) -> RulebookHead | None:
    """Give the edition that began last of those in force; raises RulebookError if two did."""
    in_force = [head for head in editions if head.applies(application, as_of)]
    begin = max((head.days(application).from_ for head in in_force), default=None)
    last = [head for head in in_force if head.days(application).from_ == begin]
    if len(last) > 1:
        both = [head.id for head in last]
        what = Text(f"{'、'.join(both)} 同日施行，不能确定用哪一版", f"{' and '.join(both)} begin on the same day")
        raise RulebookError([Problem(f"{last[-1].id}.yaml", what)])
    return last[0] if last else None


def timeline(catalog: Catalog) -> list[RulebookHead]:
    """Give every edition: those of each level together by the day they began, the lowest level first; then the rest."""
    order = {level: place for place, level in enumerate(catalog.levels.known)}
    last = len(order)
    return sorted(catalog.heads, key=lambda head: (order.get(head.level or "", last), head.in_force.from_, head.id))


def refuse_both(rulebook: str | None, level: str | None) -> None:
    """Raise InputError if a rulebook and a level are named."""
    if rulebook is not None and level is not None:
        what = Text("规则和层级只能指定一个", "a rulebook or a level is named, not both")
        raise InputError([Problem("level", what, None, level)])


def require_level(catalog: Catalog, level: str) -> str:
    """Give the id of the level of that id or title, as titles are usually written (小巨人, 专精特新中小企业).

    Raises InputError if there is none, or no rulebook decides it.
    """
    decided, levels = {head.level for head in catalog.heads}, catalog.levels
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
    catalog: Catalog, level: str, editions: Iterable[RulebookHead], as_of: date, application: str
) -> Problem:
    title, kind = catalog.levels.title(level), APPLICATIONS[application]
    what = Text(
        f"{as_of} 没有适用于{kind.zh}的{title.zh}规则",
        f"on {as_of} no rulebook for {title.en} is in force for {kind.en}",
    )
    days = [
        (head.id, span.from_, span.to)
        for head in sorted(editions, key=lambda head: head.days(application).from_)
        if application in head.applies_to
        for span in (head.days(application),)
    ]
    if not days:
        return Problem("level", what, None, level)
    zh = "；".join(f"{name} {begin} 至 {end or '今'}" for name, begin, end in days)
    en = "; ".join(f"{name} {begin} to {end or 'now'}" for name, begin, end in days)
    return Problem("level", what, Text(f"施行期：{zh}。", f"In force: {en}."), level)
