"""A firm as it is, what of it may be otherwise, and what it costs to change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import cast

from engine.assessment import profile_reader
from engine.deciding.reference import decide
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Number, Span, is_partly_read
from engine.language.facts import IDENTITY, Fact, Kind, Takes
from engine.rulebooks.logic import BenchmarkOf, FactOf, Rulebook
from engine.solving.meaning import Meaning
from engine.solving.solver import Amount, Truth, all_of, any_of, chosen, exact, fresh, negated
from engine.solving.unknown_firm import UnknownFirm
from engine.solving.witness import KNOWN_ANYHOW

STEP, STATED = Fraction(1), Fraction(1, 10)
"""What an answer that turns costs, and one that is only to be stated; a figure costs its relative change."""


@dataclass(frozen=True)
class Start:
    """A firm under a rulebook on a day, and the bounds that it sets: facts `fixed`, figures `least` and `most`."""

    book: Rulebook
    as_of: date
    values: Mapping[str, Known]
    fixed: frozenset[str] = frozenset()
    least: Mapping[str, Number] = field(default_factory=dict)
    most: Mapping[str, Number] = field(default_factory=dict)

    def now(self, name: str) -> Known | None:
        """Give what a fact is worth; None if it is not known, or not exactly."""
        value = self.values.get(name)
        return None if isinstance(value, Span) or is_partly_read(value) else value

    def options(self, name: str) -> frozenset[str]:
        """Give the options that it has of a list, as far as they are known."""
        value = self.values.get(name)
        return value if isinstance(value, frozenset) else frozenset()

    def may_change(self, fact: Fact) -> bool:
        """Say whether a plan may have it otherwise; what is only not stated can be, whatever it is."""
        if fact.id in self.fixed or fact.id in {*KNOWN_ANYHOW, *IDENTITY}:
            return False
        return fact.takes is not Takes.NEVER or (self.now(fact.id) is None and not fact.if_any)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """What stays as it is."""
        several = ((name, self.now(name)) for name in self.values)
        return {name: value for name, value in several if value is not None and not self.may_change(self._facts[name])}

    def states(self, fact: Fact) -> bool | None:
        """Say whether a plan states a fact; either of what is blank. Of a part of a ratio a range does not do."""
        if self.now(fact.id) is not None:
            return True
        if isinstance(self.values.get(fact.id), Span) and fact.id in self._parts_of_ratios and self.may_change(fact):
            return True
        is_computed = fact.is_derived and not fact.may_be_stated
        return False if is_computed or fact.id in self._spared or not self.may_change(fact) else None

    @property
    def _facts(self) -> Mapping[str, Fact]:
        return self.book.vocabulary

    @cached_property
    def _parts_of_ratios(self) -> frozenset[str]:
        several = self.book.vocabulary.ratios.values()
        return frozenset(part.id for ratio in several for part in self.book.vocabulary.stated_behind(ratio))

    @cached_property
    def _spared(self) -> frozenset[str]:
        """Give the blanks that are not stated, since the ratio that is made of them may be, or is bounded itself."""
        bounded = (self._facts[name] for name in {*self.fixed, *self.least, *self.most})
        parts = (part.id for one in bounded for part in self.book.vocabulary.stated_behind(one) if part is not one)
        never = {part for part in parts if self.now(part) is None}
        spared, used = set[str](), set[str]()
        asked = [check.fact for check in self.book.checks]
        asked += [check.right.fact for check in self.book.checks if isinstance(check.right, FactOf)]
        asked += [self._facts[one.right.table.by] for one in self.book.checks if isinstance(one.right, BenchmarkOf)]
        while asked:
            fact = asked.pop()
            blank = {one.id for one in self.book.vocabulary.stated_behind(fact) if one.id not in self.values}
            if fact.may_be_stated and blank:
                spared |= blank
            elif fact.formula is None:
                used.add(fact.id)
            else:
                asked += [self._facts[name] for name in fact.formula.names]
        return frozenset(spared - used | never)

    def held(self, firm: UnknownFirm, meaning: Meaning) -> Iterator[Truth]:
        """Give what holds of any plan, once `meaning` has asked for all facts."""
        for name in {**self.least, **self.most}:
            firm.is_stated(self._facts[name])
        for fact in self._facts.values():
            if fact.part_of and (fact.id in self.values or firm.knows(fact)):
                for one in (fact, *self.book.vocabulary.wholes_of(fact)):
                    firm.is_stated(one)
        yield from (*meaning.held(), *firm.held(), *firm.believed())
        for fact in self._asked(firm):
            for case in firm.number(fact) if fact.is_numeric else ():
                yield any_of(negated(case.when), all_of(*self._limits(fact, case.above)))
            if fact.kind is Kind.CHOICES and fact.takes is Takes.TITLE:
                held = self.options(fact.id)
                yield from (has for code, has in firm.options(fact).has.items() if code in held)

    def _limits(self, fact: Fact, amount: Amount) -> Iterator[Truth]:
        """Give within which bounds a figure stays: those that are set, what only time adds, a range of the past."""
        if fact.id in self.least:
            yield amount >= exact(self.least[fact.id])
        if fact.id in self.most:
            yield amount <= exact(self.most[fact.id])
        value = self.values.get(fact.id)
        if fact.kind is Kind.YEARS and isinstance(value, Number):
            yield amount >= exact(value)
        if fact.takes is Takes.NEVER and isinstance(value, Span):
            yield _is_in(value, amount)

    def usual(self, meaning: Meaning) -> Iterator[Truth]:
        """Give that no figure lies outside its usual range that does not do so now."""
        unusual = Figures(self.book.vocabulary, self.values, self.as_of, self.book.taken).unusual
        yield from meaning.usual_figures(unusual)

    def _asked(self, firm: UnknownFirm) -> list[Fact]:
        """Give the facts that the plan may have otherwise."""
        return [
            fact
            for fact in self._facts.values()
            if fact.id not in self.known and firm.knows(fact) and firm.is_stated(fact) is not False
        ]

    def costs(self, firm: UnknownFirm) -> Iterator[tuple[Amount, Truth]]:
        """Give what each fact costs, and what holds of that."""
        for fact in self._asked(firm):
            now = self.now(fact.id)
            if fact.kind is Kind.CHOICES:
                held = self.options(fact.id)
                step = STEP if now is not None or fact.takes is Takes.TITLE else STATED
                for code, has in firm.options(fact).has.items():
                    yield chosen(has, 0, step) if code in held else chosen(has, step, 0), True
                if now is None:
                    yield chosen(firm.is_stated(fact), STATED, 0), True
            elif isinstance(span := self.values.get(fact.id), Span):
                for case in firm.number(fact):
                    yield chosen(case.when, chosen(_is_in(span, case.above), STATED, STEP), 0), True
            elif now is None:
                yield chosen(firm.is_stated(fact), self.step(fact), 0), True
            elif self._is_relative(fact):
                [case] = firm.number(fact)
                cost, size = fresh(), exact(1 / abs(Fraction(cast("Number", now))))
                more = (case.above - exact(now)) * size
                yield cost, all_of(cost >= more, cost >= -more)
            else:
                yield chosen(firm.is_worth(fact, now), 0, STEP), True

    def _is_relative(self, fact: Fact) -> bool:
        """Say whether changing a figure costs in proportion: not if it is 0, nor if it is of an award."""
        return fact.is_numeric and bool(self.now(fact.id)) and fact.takes is not Takes.TITLE

    def step(self, fact: Fact) -> Fraction:
        """Give what it costs to state a blank: an award that few have is to be won."""
        return STEP if fact.if_any or (fact.takes is Takes.TITLE and fact.kind is not Kind.CHOICES) else STATED

    def cost(self, name: str, then: Known | None) -> Fraction:
        """Give what it costs that a fact is worth that."""
        now, fact = self.now(name), self._facts[name]
        if then == self.values.get(name):
            return Fraction(0)
        if isinstance(then, frozenset):
            held = self.options(name)
            step = STEP if now is not None or fact.takes is Takes.TITLE else STATED
            turned = sum((code in then) != (code in held) for code in fact.choices)
            return step * turned + (0 if now is not None else STATED)
        if isinstance(span := self.values.get(name), Span):
            return STATED if span.low <= cast("Number", then) <= span.high else STEP
        if now is None:
            return self.step(fact)
        if self._is_relative(fact):
            return abs(Fraction(cast("Number", then)) / Fraction(cast("Number", now)) - 1)
        return STEP

    def total(self, firm: Mapping[str, Known]) -> Fraction:
        """Give what a firm costs that is otherwise."""
        return sum((self.cost(name, firm[name]) for name in firm), Fraction(0))

    def changed(self, firm: Mapping[str, Known]) -> list[str]:
        """Give the facts that a firm has otherwise."""
        return [name for name in firm if firm[name] != self.values.get(name)]

    def is_other(self, name: str, then: Known) -> bool:
        """Say whether it is a change that a fact is worth that, and not only to be stated."""
        return self.now(name) is not None or self.cost(name, then) >= STEP

    def as_it_is(self, firm: UnknownFirm, name: str) -> Truth:
        """Give that a fact is as it is now."""
        now, fact = self.now(name), self._facts[name]
        return negated(firm.is_stated(fact)) if now is None else firm.is_worth(fact, now)

    def qualifies(self, firm: Mapping[str, Known]) -> bool:
        """Say, by the definition, whether a firm is qualified that keeps to all bounds."""
        numbers = {name: value for name, value in firm.items() if isinstance(value, Number)}
        if any(numbers.get(name, least) < least for name, least in self.least.items()):
            return False
        if any(numbers.get(name, most) > most for name, most in self.most.items()):
            return False
        if any(self._is_past(name, value) for name, value in numbers.items()):
            return False
        if any(profile_reader(self.book.vocabulary).above_wholes(firm)):
            return False
        outcomes = decide(self.book, Figures(self.book.vocabulary, firm, self.as_of, self.book.taken))
        return outcomes[self.book.verdict_gate.id] is Outcome.MET

    def _is_past(self, name: str, value: Number) -> bool:
        """Say whether a figure lies outside the range in which it is known to lie, and which cannot change."""
        span = self.values.get(name)
        return isinstance(span, Span) and self._facts[name].takes is Takes.NEVER and not span.low <= value <= span.high


def _is_in(span: Span, amount: Amount) -> Truth:
    return all_of(amount >= exact(span.low), amount <= exact(span.high))
