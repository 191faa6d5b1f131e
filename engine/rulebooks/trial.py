"""Rules changed for a trial, at whatever door: which rulebooks a change is for, and the mistakes of all of them.

A change is for the rulebook that decides; of a level for every edition in force that has what it names; of the ladder,
or the routes, for the one text that has it. What has a level or the id of a rulebook before it (`little_giant:rd=5%`)
is for that alone, and a mistake where that does not decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache

from engine.ground.errors import InputError, Problem, Text, did_you_mean
from engine.headers.typed_name import name_and_value, why_not_asked
from engine.language.answer import answer
from engine.language.decision_day import Day, given_day
from engine.language.fact_hints import fact_meant, fact_named
from engine.language.facts import Fact
from engine.language.reading import Unreadable
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import editions_asked, require_level
from engine.rulebooks.settable import Settable, is_a_fact, names_of
from engine.rulebooks.what_if import Changes, with_unused
from engine.rulebooks.what_if import what_if as changed

_EQUALS, _PARTS = re.compile("[=＝]"), re.compile("[:,：，]")  # the second as YAML and CSV have it
_AROUND = " \t\"'"
_IN_NONE = Text("比对用的规则都没有", "is in none of the rulebooks that decide")
_DOES_NOT_DECIDE = Text("冒号前的规则这次不用", "is for a rulebook that does not decide here")
_OF_FACTS = frozenset({"fill", "change"})
_ONLY_ONE = Text("几套规则都有", "is in several rulebooks")


def what_if(  # noqa: PLR0913 what is changed, and of what
    figures: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
    *,
    without: Iterable[str] = (),
    only: Iterable[str] = (),
    fill: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
    change: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
) -> Catalog:
    """Give rules with other figures, to decide by as `catalog`; verdicts by them say so.

    `figures` are by criterion, check, line of a scorecard or parameter; criteria that are `without`, or not among
    `only`, do not decide; firms that do not state a fact of `fill` are taken to state that; of the one firm that is
    decided those of `change` are taken instead of what it states. All may be as people type it: `global-share=12%`,
    `sme,patents`. Name what is decided by: the default rulebook, another, a level, or `ladder`.
    Raises InputError with all mistakes.
    """
    changes = changes_of(figures, without, only, fill, change)
    return tried(catalog or shipped(), changes, rulebook, level, given_day(as_of))


def changes_of(
    figures: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
    without: Iterable[str] = (),
    only: Iterable[str] = (),
    fill: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
    change: Mapping[str, object] | Iterable[tuple[str, object] | str] = (),
) -> Changes:
    """Give the changes that people type so."""
    filled, instead = (_pairs(one, _EQUALS, _PARTS) for one in (fill, change))
    return Changes(_pairs(figures, _EQUALS), _names(without), _names(only), filled, instead)


def _pairs(
    several: Mapping[str, object] | Iterable[tuple[str, object] | str], *signs: re.Pattern[str]
) -> tuple[tuple[str, str], ...]:
    """Give names and what is written for them; of a text, parted by the first of the signs that stands in it."""
    pairs = several.items() if isinstance(several, Mapping) else several
    return tuple(_parted(one, signs) if isinstance(one, str) else (one[0], str(one[1])) for one in pairs)


def _parted(typed: str, signs: Iterable[re.Pattern[str]]) -> tuple[str, str]:
    sign = next((one for one in signs if one.search(typed)), _EQUALS)
    name, *written = sign.split(typed, maxsplit=1)
    return name.strip(_AROUND), "".join(written).strip(_AROUND)


def _names(several: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.strip() for names in several for one in re.split("[,，]", names))


@lru_cache(maxsize=32)
def tried(catalog: Catalog, changes: Changes, rulebook: str | None, level: str | None, as_of: date) -> Catalog:
    """Give the rules with changes to what decides by a rulebook, a level, the ladder or the routes on a day.

    Raises InputError.
    """
    if not changes:
        return catalog
    decides = rulebook if rulebook or level else DEFAULT_RULEBOOK
    books = list(editions_asked(catalog, as_of, decides, level))
    new = _tried(catalog, ((one, books) for one in _each(changes)), books, as_of)
    of_facts = [one for book in new.values() for one in book.changes if one.fact is not None and (level or one.instead)]
    return catalog.changed({name: with_unused(book, of_facts) for name, book in new.items()})


def beside(catalog: Catalog, changes: Changes, first: Rulebook, second: Rulebook) -> tuple[Rulebook, Rulebook]:
    """Give two texts to be compared, changed: blanks are assumed for both, all else is changed in the second.

    What has the id or the level of a text before it is for that. Of one text it is the second that is changed. Raises
    InputError.
    """
    if first.id == second.id:
        return first, _tried(catalog, ((one, [second]) for one in _each(changes)), [second])[second.id]
    both = [first, second]
    asked = ((one, both if one[0] == "fill" or ":" in one[1] else [second]) for one in _each(changes))
    new = _tried(catalog, asked, both)
    return new[first.id], new[second.id]


_Asked = tuple[str, str, str]
"""What is changed (set, without, only, fill, change), its name, and what is written for it."""


def _tried(
    catalog: Catalog,
    asked: Iterable[tuple[_Asked, list[Rulebook]]],
    books: list[Rulebook],
    as_of: date | None = None,
) -> dict[str, Rulebook]:
    """Give rulebooks by id with what is asked of those that it may be for. Raises InputError with all mistakes."""
    found = {book.id: Changes() for book in books}
    problems: list[Problem] = []
    day = as_of or given_day(None)
    for (option, typed, value), may_be in asked:
        first, colon, name = typed.rpartition(":")
        name, written = (
            name_and_value(name.strip(), value, catalog.vocabulary, day) if option in _OF_FACTS else (name, value)
        )
        name = f"{first}{colon}{name}"
        try:
            for book, own in _meant(catalog, may_be, option, name, day):
                found[book.id] = _with(found[book.id], option, own, written)
        except InputError as error:
            problems += error.problems
    new: dict[str, Rulebook] = {}
    for book in books:
        try:
            new[book.id] = changed(book, found[book.id], as_of)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return new


def _each(changes: Changes) -> Iterable[_Asked]:
    yield from (("set", name, written) for name, written in changes.figures)
    yield from (("without", name, "") for name in changes.without)
    yield from (("only", name, "") for name in changes.only)
    yield from (("fill", name, written) for name, written in changes.fill)
    yield from (("change", name, written) for name, written in changes.change)


def _with(changes: Changes, option: str, name: str, written: str) -> Changes:
    if option == "set":
        return replace(changes, figures=(*changes.figures, (name, written)))
    if option in _OF_FACTS:
        return replace(changes, **{option: (*getattr(changes, option), (name, written))})
    return replace(changes, **{option: (*getattr(changes, option), name)})


def _meant(catalog: Catalog, books: list[Rulebook], option: str, name: str, day: date) -> list[tuple[Rulebook, str]]:
    """Give the rulebooks that a change is for, and what it names there. Raises InputError."""
    first, colon, own = name.partition(":")
    chosen = [book for book in books if colon and _is_called(catalog, book, first)]
    if colon and not chosen and _is_of_others(catalog, first):
        told = [book.id for book in books]
        instead = Text(f"这次只按：{'、'.join(told)}。", f"Here it is {', '.join(told)} that decides.")
        raise InputError([Problem(option, _DOES_NOT_DECIDE, instead, name)])
    chosen, own = (chosen, own.strip()) if chosen else (books, name)
    having = [book for book in chosen if _has(book, option, own)]
    if not having and len(chosen) > 1:
        names = {one for book in chosen for one in Settable(book).names}
        asking = [Settable(book).asking(own) for book in chosen[::-1]] if option == "set" else []
        if any(one is not None for one in asking):
            raise InputError([is_a_fact(name, [key for one in asking for key in one or ()])])
        facts = {one.id: one for book in chosen for one in book.facts_behind}
        near = _near(catalog, own, facts, day) if option in _OF_FACTS else did_you_mean(own, sorted(names))
        instead = Text("各项的编号用 champion rulebooks 查看。", "`champion rulebooks ID` shows what each has.")
        raise InputError([Problem(option, _IN_NONE, near or instead, name)])
    if option not in _OF_FACTS and len({book.words.level or book.id for book in having}) > 1:
        examples = [f"{book.words.level or book.id}:{own}" for book in having]
        told = list(dict.fromkeys(examples))
        instead = Text(f"请写明是哪一级：{'、'.join(told)}。", f"Say which: {', '.join(told)}.")
        raise InputError([Problem(option, _ONLY_ONE, instead, name)])
    if option == "only" and having and len(having) < len(chosen):
        lacking = next(book for book in chosen if book not in having)
        zh = f"规则 {lacking.id} 没有这项条件，请把另一套规则的编号写在前面：{having[0].id}:{own}。"
        en = f"{lacking.id} has none; put the id of another before it: {having[0].id}:{own}."
        instead = Text(zh, en)
        raise InputError([Problem(option, Text("只有一部分规则有", "is in some of the editions only"), instead, name)])
    return [(book, own) for book in having or chosen[:1]]


def _near(catalog: Catalog, name: str, facts: Mapping[str, Fact], day: date) -> Text | None:
    return (
        why_not_asked(name, facts, catalog.vocabulary, day)
        or fact_meant(name, facts)
        or fact_meant(name, catalog.vocabulary)
    )


def _is_called(catalog: Catalog, book: Rulebook, name: str) -> bool:
    """Say whether a rulebook, or its level, goes by a name."""
    if name in {book.id, book.words.level}:
        return True
    with suppress(Unreadable):
        titled = answer(catalog.levels.titles, name)
        return isinstance(titled, frozenset) and titled == {book.words.level}
    return False


def _is_of_others(catalog: Catalog, name: str) -> bool:
    """Say whether a rulebook or a level goes by a name, though it does not decide here."""
    with suppress(InputError):
        return name in catalog.ids or bool(require_level(catalog, name))
    return False


def _has(book: Rulebook, option: str, name: str) -> bool:
    if option == "set":
        return Settable(book).knows(name)
    if option in _OF_FACTS:
        return fact_named(name, {one.id: one for one in book.facts_behind}) is not None
    return any(name in names_of(one) for one in book.criteria if one.words.decides)
