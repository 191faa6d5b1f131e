"""A plan for one firm, with the bounds that it sets itself: the door, which imports the solver only then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import copy_context
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.assessment import case
from engine.ground.errors import InputError, Problem, Text, short, shown
from engine.ground.values import Known, Number
from engine.headers.typed_name import name_and_value
from engine.language.answer import answer
from engine.language.decision_day import Day
from engine.language.fact_hints import fact_meant, fact_named
from engine.language.facts import APPLICATION, Fact, half_width
from engine.language.reading import Unreadable, accepted
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.solving.asked import one_at_a_time

if TYPE_CHECKING:
    from engine.screening.stop import Stop
    from engine.solving.plan import Plan

_NO_FIGURE = Text("不是数，不能有上下限", "is no figure and has no bounds")
_NOT_EXACT = Text("须是一个确切的数", "must be one exact figure")
_TWICE = Text("写了两次", "is set twice")
_PROPORTION = re.compile(r"[+-][0-9]{1,9}(\.[0-9]{1,9})?%")
_HOW = Text("请写 指标=数，或 指标=+20%、指标=-10%。", "Write FACT=FIGURE, or FACT=+20%, FACT=-10%.")


def plan(  # noqa: PLR0913 what `assess` takes, and the bounds
    facts: object,
    rulebook: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    level: str | None = None,
    fixed: Iterable[str] = (),
    at_most: Iterable[str] = (),
    at_least: Iterable[str] = (),
    stop: Stop | None = None,
) -> Plan:
    """Give the least that a firm would have to have otherwise to meet all criteria together; needs the extra `solver`.

    Which text applies is said as for `assess`. Facts that are `fixed` stay as they are; `at_most` and `at_least` are
    bounds, `FACT=FIGURE` or, of what is stated, `FACT=+20%`. Raises what `assess` raises, InputError with all problems
    of the bounds, EngineError if a plan is decided otherwise; StoppedError soon after another thread says `stop.now()`.
    """
    book, profile, day = case(facts, rulebook, as_of, catalog, level=level)
    assumed = {name: value for name, value in book.assumed.items() if name != APPLICATION}
    values = {**assumed, **profile.values}
    problems: list[Problem] = []
    stays = [
        _fact(book, "fixed", name_and_value(name.strip(), "", book.vocabulary, day)[0], values, problems)
        for name in fixed
    ]
    most, least = (
        dict(_bounds(book, where, several, day, values, problems))
        for where, several in (("at_most", at_most), ("at_least", at_least))
    )
    for name in most:
        if name in least and least[name] > most[name]:
            what = Text("下限高于上限", "is above the upper bound")
            problems.append(Problem("at_least", what, None, name))
    if problems:
        raise InputError(problems)

    def found() -> Plan:
        from engine.solving.plan import planned  # noqa: PLC0415
        from engine.solving.solver import still_wanted  # noqa: PLC0415
        from engine.solving.start import Start  # noqa: PLC0415

        if stop is not None:
            still_wanted.set(stop.check)
        names = frozenset(fact.id for fact in stays if fact)
        return planned(book, profile, Start(book.ours, day, values, names, least, most))

    with one_at_a_time:
        return copy_context().run(found)


def _fact(book: Rulebook, where: str, name: str, values: Mapping[str, Known], problems: list[Problem]) -> Fact | None:
    """Give the fact of that id or title that a firm states; of a ratio that is computed its parts are to be named."""
    fact = fact_named(name, book.vocabulary.given)
    if fact is None:
        what = Text("不是可以填报的指标", "is no fact that a firm states")
        problems.append(Problem(where, what, fact_meant(name, book.vocabulary.given), short(shown(name))))
    elif fact.is_derived and fact.id not in values:
        parts = book.vocabulary.stated_behind(fact)
        told = Text(
            f"请写算它的各项：{'、'.join(one.title.zh for one in parts)}。",
            f"Name what it is made of: {', '.join(one.id for one in parts)}.",
        )
        problems.append(Problem(where, Text("由别的指标算出", "is computed"), told, short(shown(name))))
        return None
    return fact


def _bounds(
    book: Rulebook, where: str, several: Iterable[str], day: date, values: Mapping[str, Known], problems: list[Problem]
) -> Iterator[tuple[str, Number]]:
    """Give the bounds that are asked for, by fact."""
    seen = set[str]()
    for asked in several:
        name, _, written = asked.replace("＝", "=").partition("=")
        name, written = name_and_value(name.strip(), half_width(written).strip(), book.vocabulary, day)
        fact = _fact(book, where, name, values, problems)
        if fact is None:
            continue
        value = short(shown(asked))
        if not fact.is_numeric:
            problems.append(Problem(where, _NO_FIGURE, None, value))
        elif fact.id in seen:
            problems.append(Problem(where, _TWICE, Text("请只写一次。", "Set it once."), value))
        else:
            found = _bound(fact, written, values.get(fact.id))
            if isinstance(found, Number):
                yield fact.id, found
            else:
                problems.append(Problem(where, *found, value))
        seen.add(fact.id)


def _bound(fact: Fact, written: str, now: Any) -> Number | tuple[Text, Text]:  # noqa: ANN401 of any kind
    """Give the figure that a bound says, or what is wrong with it and what to write instead."""
    if written[:1] in {"+", "-"} and written.endswith("%"):
        if not isinstance(now, int | Fraction):
            return Text("没有填写，不能按比例限制", "is not stated, and has no part of itself"), _HOW
        if not _PROPORTION.fullmatch(written):
            return Text("不是比例", "is no proportion"), _HOW
        return Fraction(now) + abs(Fraction(now)) * Fraction(written[:-1]) / 100
    try:
        found = answer(fact, written)
    except Unreadable as error:
        return error.what, error.instead or _HOW
    return found if isinstance(found, Number) else (_NOT_EXACT, accepted(fact))
