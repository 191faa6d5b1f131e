"""A firm that the solver found, as a person would have it: nothing changed to spare, plain figures, and their room."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from typing import cast

from engine.ground.values import Known, Number, Span
from engine.language.facts import WHOLE, Fact, Kind
from engine.language.reading import LARGEST
from engine.solving.figures import plain_figures
from engine.solving.meaning import Meaning
from engine.solving.solver import Solver, UnansweredError, anew, exact, negated
from engine.solving.start import Start
from engine.solving.unknown_firm import UnknownFirm

PLACES = 4  # of 万元: a whole yuan
DECIMALS = 10**PLACES
Firm = Mapping[str, Known]
Room = tuple[Number | None, Number | None]
"""The least and the most that a figure may be, None where nothing ends it."""


def rounded(start: Start, found: Firm) -> dict[str, Known]:
    """Give a firm with nothing changed that need not be, and each figure as near to what it is as can be written.

    A ratio of which it states all parts is left to them.
    """
    vocabulary, all_ = start.book.vocabulary, {**start.values, **found}
    parts = {name: {part.id for part in vocabulary.stated_behind(one)} for name, one in vocabulary.ratios.items()}
    told = {name for name, several in parts.items() if several <= all_.keys()}
    firm = {name: value for name, value in all_.items() if name not in told}
    firm = _near(start, firm)
    for name in start.changed(firm):
        if is_figure(firm[name]) and not is_figure(start.now(name)):
            firm = _plainer(start, firm, name)
    return _near(start, firm)  # what a plainer figure beside it lets be as it is


def _near(start: Start, firm: dict[str, Known]) -> dict[str, Known]:
    """Give the firm with each fact as it is now, or as near to it as still does, the dearest first."""
    before: dict[str, Known] = {}
    while before != firm:
        before = firm
        for name in sorted(start.changed(firm), key=lambda one: (start.cost(one, firm[one]), one), reverse=True):
            firm = _nearer(start, firm, name)
    return firm


def is_figure(value: Known | None) -> bool:
    """Say whether a value is one figure."""
    return isinstance(value, Number) and not isinstance(value, bool)


def _nearer(start: Start, firm: dict[str, Known], name: str) -> dict[str, Known]:
    """Give the firm with one fact as it is now, or as near to it as still does."""
    now, then = start.values.get(name), firm[name]
    kept = {key: value for key, value in firm.items() if key != name}
    as_now = kept if now is None else {**kept, name: now}
    if start.qualifies(as_now):
        return as_now
    if isinstance(then, frozenset):
        for code in sorted(then ^ (now if isinstance(now, frozenset) else frozenset())):
            fewer = {**firm, name: firm[name] ^ {code}}  # type: ignore[operator]
            firm = fewer if start.qualifies(fewer) else firm
    elif is_figure(then) and is_figure(now):
        return {**firm, name: _end(start, firm, name, Fraction(cast("Number", now)))}
    return firm


def _plainer(start: Start, firm: dict[str, Known], name: str) -> dict[str, Known]:
    """Give the firm with a figure that a person would write for one that is blank."""
    fact = start.book.vocabulary[name]
    if fact.is_calendar_year:
        return firm
    plain = [one for one in plain_figures(fact, 1, start.as_of) if is_within(fact, one)]
    ends = (start.qualifies({**firm, name: end}) for end in _ends(start, firm, fact))
    if (falls := next(ends)) is not next(ends):  # it has an end on one side: the plain figure that is next to it
        plain.sort(reverse=falls)
    several = ({**firm, name: value} for value in (*plain, firm[name]))
    return next(one for one in several if start.qualifies(one) or one == firm)


def is_within(fact: Fact, value: Known) -> bool:
    """Say whether a figure is one that may be stated."""
    low, high = (-LARGEST if fact.lowest is None else fact.lowest), (LARGEST if fact.highest is None else fact.highest)
    return low <= value <= high  # type: ignore[operator]


def _end(start: Start, firm: Firm, name: str, towards: Fraction) -> Number:
    """Give, of the figures in whole units from one that does to one that does not, the last that does."""
    unit = 1 if start.book.vocabulary[name].kind in WHOLE else DECIMALS
    then = Fraction(firm[name])  # type: ignore[arg-type]
    sign = 1 if then > towards else -1
    far, near = -(-sign * then * unit // 1), sign * towards * unit // 1
    if not start.qualifies({**firm, name: _plain(sign * far, unit)}):
        return _plain(then, 1)
    while far - near > 1:
        middle = (near + far) // 2
        if start.qualifies({**firm, name: _plain(sign * middle, unit)}):
            far = middle
        else:
            near = middle
    return _plain(sign * far, unit)


def _plain(count: Fraction | int, unit: int) -> Number:
    number = Fraction(count) / unit
    return number.numerator if number.denominator == 1 else number


def room(start: Start, firm: Firm, name: str) -> Room | None:
    """Give from where to where a figure may be, all else as it is in the firm; None if not all between does."""
    fact = start.book.vocabulary[name]
    ends: list[Number | None] = []
    for end, bound in zip(_ends(start, firm, fact), (start.least, start.most), strict=True):
        if start.qualifies({**firm, name: end}):
            ends.append(bound.get(name))
        else:
            ends.append(_end(start, firm, name, Fraction(end)))
    low, high = ends
    return (low, high) if _all_do(start, firm, fact, (low, high)) else None


def _ends(start: Start, firm: Firm, fact: Fact) -> tuple[Number, Number]:
    """Give the least and the most that a figure may be at all: in its range, between parts and whole, in its bounds."""
    vocabulary, usual = start.book.vocabulary, fact.plausible
    least: list[object] = [fact.lowest, usual.at_least if usual else None, start.least.get(fact.id)]
    least += [firm.get(part) for part in vocabulary.parts_of.get(fact.id, ())]
    most: list[object] = [fact.highest, usual.at_most if usual else None, start.most.get(fact.id)]
    most += [firm.get(whole.id) for whole in vocabulary.wholes_of(fact)]
    if fact.kind is Kind.YEARS:
        least.append(start.now(fact.id))
    own = cast("Number", firm[fact.id])
    lows, highs = ([one for one in several if isinstance(one, Number)] for several in (least, most))
    low = max((one for one in lows if one <= own), default=1 - LARGEST)
    return low, min((one for one in highs if one >= own), default=LARGEST - 1)


def _all_do(start: Start, firm: Firm, fact: Fact, found: Room) -> bool:
    """Say whether it is proved that every figure in the room does."""
    others = {name: value for name, value in firm.items() if name != fact.id and not isinstance(value, Span)}
    low, high = _ends(start, firm, fact)
    anew()
    unknown = UnknownFirm(start.book.vocabulary, start.as_of, lambda one: one.id == fact.id, others)
    meaning = Meaning(start.book, unknown)
    met, _ = meaning.verdict
    [case] = unknown.number(fact)
    held = [case.above >= exact(low if found[0] is None else found[0])]
    held.append(case.above <= exact(high if found[1] is None else found[1]))
    with suppress(UnansweredError):
        return Solver([negated(met), *held, *meaning.held(), *unknown.held()]).find() is None
    return False
