"""A firm that is not known yet: a variable of the solver for each fact, and what holds of any firm.

A firm is whole: whatever it states of itself, a figure lies in the range of its fact and no part is larger than its
whole. `states` says of a fact whether the profile states it: True, False, or (of facts of which a rulebook asks whether
they are given, and of those that have a value where they are blank) either. What is `known` of it is no variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, cast

from engine.ground.values import Known
from engine.language.facts import BOOLEAN, WHOLE, YEAR, Fact, Kind, Vocabulary
from engine.language.reading import LARGEST
from engine.solving.amounts import Case, Cases, day_key, day_of, is_day
from engine.solving.solver import Truth, all_of, any_of, exact, here, negated, number_of, z3

States = Callable[[Fact], bool | None]
NOTHING: Mapping[str, Known] = MappingProxyType({})
_LONG_AGO = timedelta(days=30 * 365)


@dataclass(frozen=True)
class Options:
    """An answer that is one of several, or some of them: whether there is one, and of each whether it is that."""

    is_known: Truth
    has: dict[Known, Truth]


@dataclass(frozen=True)
class _Variable:
    is_stated: Truth
    value: Any  # of Z3, or as it is known: a number, a truth, or a truth for each option


class UnknownFirm:
    """The variables of a firm, made when they are first asked for."""

    def __init__(
        self, vocabulary: Vocabulary, as_of: date, states: States, known: Mapping[str, Known] = NOTHING
    ) -> None:
        self.vocabulary, self.as_of = vocabulary, as_of
        self._states, self._known = states, known
        self._variables: dict[str, _Variable] = {}

    def is_stated(self, fact: Fact) -> Truth:
        """Give whether the profile states a fact."""
        return self._variable(fact).is_stated

    def knows(self, fact: Fact) -> bool:
        """Say whether the fact has been asked for."""
        return fact.id in self._variables

    def number(self, fact: Fact) -> Cases:
        """Give what is stated of a figure or a day."""
        one = self._variable(fact)
        if one.is_stated is False:
            return ()
        is_whole = fact.kind in WHOLE and fact.id not in self._known
        value = z3.ToReal(one.value) if is_whole else one.value
        is_positive = fact.is_numeric and fact.lowest is not None and fact.lowest >= 0
        return (Case(one.is_stated, value, 1, is_positive),)

    def options(self, fact: Fact) -> Options:
        """Give what is stated of a fact that is no figure."""
        one = self._variable(fact)
        if fact.kind is Kind.TEXT:
            return Options(one.is_stated, {})
        if fact.kind in BOOLEAN:
            return Options(one.is_stated, {True: one.value, False: negated(one.value)})
        if fact.kind is Kind.CHOICES:
            return Options(one.is_stated, one.value)
        return Options(one.is_stated, {code: one.value == place for place, code in enumerate(fact.choices)})

    def held(self) -> Iterator[Truth]:
        """Give what holds of any firm that a profile may state."""
        for fact, one in self._open():
            if fact.is_numeric:
                low = -LARGEST if fact.lowest is None else fact.lowest
                high = LARGEST if fact.highest is None else fact.highest
                yield all_of(one.value >= exact(low), one.value <= exact(high), one.value < LARGEST)
                yield from (one.value <= exact(other) for other in self._worth(fact.part_of or ""))
                for part in self.vocabulary.parts_of.get(fact.id, ()):
                    yield from (one.value >= exact(other) for other in self._worth(part) if part in self._known)
            elif fact.kind is Kind.DATE:
                yield is_day(one.value)
            elif fact.kind is Kind.CHOICE:
                yield all_of(one.value >= 0, one.value < len(fact.choices))

    def believed(self) -> Iterator[Truth]:
        """Give what a person would expect: whole years, days of the last decades, a sector that fits the division."""
        for fact, one in self._open():
            if fact.id == YEAR:
                yield any_of(negated(one.is_stated), one.value == self.as_of.year - 1)
            elif fact.is_calendar_year:
                yield z3.IsInt(one.value)
                yield one.value <= self.as_of.year
            elif fact.kind is Kind.DATE:
                yield one.value <= day_key(self.as_of)
                yield one.value >= day_key(self.as_of - _LONG_AGO)
            elif fact.lookup is not None and fact.lookup.by in {*self._variables, *self._known}:
                by = self.options(self.vocabulary[fact.lookup.by])
                own = self.options(fact)
                for theirs, ours in fact.lookup.code_of.items():
                    yield any_of(negated(all_of(own.is_known, by.is_known, by.has[theirs])), own.has[ours])

    def in_decimals(self, places: int) -> Iterator[Truth]:
        """Give that each figure has at most so many places."""
        for fact, one in self._open():
            if fact.is_numeric and one.is_stated is not False and one.value.is_real():
                yield z3.IsInt(exact(10**places) * one.value)

    def stated_in(self, model: Any) -> dict[str, Known]:  # noqa: ANN401 of Z3
        """Give the firm of a model: what it states, in the order of the vocabulary."""

        def is_so(truth: Truth) -> bool:
            return truth if isinstance(truth, bool) else z3.is_true(model.eval(truth, model_completion=True))

        found: dict[str, Known] = {}
        for name in self.vocabulary:
            if name in self._known:
                found[name] = self._known[name]
            one = self._variables.get(name)
            if one is None or name in found or not is_so(one.is_stated):
                continue
            fact = self.vocabulary[name]
            if fact.kind is Kind.TEXT:
                found[name] = "A1"
            elif fact.kind in BOOLEAN:
                found[name] = is_so(one.value)
            elif fact.kind is Kind.CHOICES:
                found[name] = frozenset(code for code, has in one.value.items() if is_so(has))
            else:
                number = number_of(model.eval(one.value, model_completion=True))
                if fact.is_numeric:
                    found[name] = number
                else:
                    found[name] = day_of(int(number)) if fact.kind is Kind.DATE else [*fact.choices][int(number)]
        return found

    def is_worth(self, fact: Fact, value: Known) -> Truth:
        """Give whether what is stated of a fact is that."""
        one = self._variable(fact).value
        if fact.kind is Kind.TEXT:
            return True
        if fact.kind is Kind.CHOICES:
            return all_of(
                *(has if code in cast("frozenset[str]", value) else negated(has) for code, has in one.items())
            )
        if fact.kind is Kind.CHOICE:
            return one == [*fact.choices].index(cast("str", value))
        if fact.kind in BOOLEAN:
            return one if value else negated(one)
        return one == (day_key(value) if isinstance(value, date) else exact(value))

    def _open(self) -> Iterator[tuple[Fact, _Variable]]:
        """Give the facts that were asked for and are not known."""
        yield from ((self.vocabulary[name], one) for name, one in self._variables.items())

    def _worth(self, name: str) -> Iterator[Any]:
        """Give what a fact is worth that is known or was asked for."""
        if name in self._variables or name in self._known:
            yield self._variable(self.vocabulary[name]).value

    def _variable(self, fact: Fact) -> _Variable:
        if fact.id in self._known:
            return _Variable(is_stated=True, value=_as_known(fact, self._known[fact.id]))
        if fact.id not in self._variables:
            states = self._states(fact)
            is_stated = z3.Bool(f"{fact.id} is stated", here()) if states is None else states
            self._variables[fact.id] = _Variable(is_stated, _made(fact))
        return self._variables[fact.id]


def _as_known(fact: Fact, value: Known) -> Any:  # noqa: ANN401 as of a variable
    if isinstance(value, frozenset):
        return {code: code in value for code in fact.choices}
    if isinstance(value, date):
        return day_key(value)
    return [*fact.choices].index(value) if isinstance(value, str) and fact.kind is Kind.CHOICE else value


def _made(fact: Fact) -> Any:  # noqa: ANN401 of Z3
    if fact.kind is Kind.CHOICES:
        return {code: z3.Bool(f"{fact.id}: {code}", here()) for code in fact.choices}
    if fact.kind in BOOLEAN or fact.kind is Kind.TEXT:
        return z3.Bool(fact.id, here())
    is_whole = fact.kind in WHOLE or not fact.is_numeric
    return z3.Int(fact.id, here()) if is_whole else z3.Real(fact.id, here())
