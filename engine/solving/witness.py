"""A firm that shows something of rulebooks: found, made small, its figures made plain, decided before it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.assessment import decided, profile_reader, verdict, why
from engine.deciding.reference import decide, unknowns
from engine.explaining.reasons import in_a_line
from engine.explaining.verdict import Standing, Verdict
from engine.firms.figures import Figures
from engine.ground.errors import EngineError, Text
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Known
from engine.language.facts import APPLICATION, AREA, YEAR, Fact
from engine.language.reading import DECIMALS
from engine.proving.edges import Firm
from engine.proving.skeletons import stated
from engine.rulebooks.logic import Node, Rulebook
from engine.rulebooks.rulebook import Operator
from engine.solving.figures import plain_figures
from engine.solving.meaning import Meaning, true_ratios
from engine.solving.solver import Solver, Truth, UnansweredError, all_of, anew, negated
from engine.solving.unknown_firm import States, UnknownFirm

_PLACES = 4, DECIMALS
KNOWN_ANYHOW = frozenset({APPLICATION, AREA, YEAR})
"""The facts that have a value, or bear on nothing, where they are blank."""
_FOR_GOOD = {Reason.NO_BENCHMARK, Reason.NOT_COMPUTABLE}
"""Why something is undetermined whatever else is stated."""


@dataclass(frozen=True)
class Wanted:
    """What a firm is to show: what a node of a rulebook comes to."""

    rulebook: Rulebook
    outcome: Outcome
    of: Node | None = None

    @property
    def node(self) -> Node:
        """The node, the verdict if none is named."""
        return self.of or self.rulebook.verdict_gate

    def when(self, meaning: Meaning) -> Truth:
        """Give when it does."""
        met, not_met = meaning.said(self.node)
        if self.outcome is Outcome.UNDETERMINED:
            return all_of(negated(met), negated(not_met))
        return met if self.outcome is Outcome.MET else not_met


@dataclass(frozen=True)
class Judged:
    """What a rulebook says of a firm."""

    rulebook: str
    verdict: Standing
    summary: Text
    reasons: Text


@dataclass(frozen=True)
class Witness:
    """A firm as it is typed, of which no fact can be left out, and what each rulebook says of it.

    It is `usual` unless only one with figures outside their usual ranges, or that applies out of time, shows it.
    """

    profile: Mapping[str, str | list[str]]
    judged: tuple[Judged, ...]
    usual: bool


def open_whatever(first: Rulebook, second: Rulebook, as_of: date) -> Witness | None:
    """Give a firm that is qualified under one rulebook, and undetermined under another though it states all it asks."""
    return Question([Wanted(first, Outcome.MET), Wanted(second, Outcome.UNDETERMINED)], as_of).witness()


class Question:
    """Whether there is a firm of which all that is wanted holds, whatever rulebooks it is of.

    One that does `without` a fact may state a ratio instead, which is the one that its figures give.
    """

    def __init__(self, wanted: Sequence[Wanted], as_of: date, without: str | None = None) -> None:
        self._wanted, self._as_of, self._without = wanted, as_of, without
        self._books = tuple(dict.fromkeys(one.rulebook for one in wanted))
        self._vocabulary = wanted[0].rulebook.vocabulary

    def witness(self) -> Witness | None:
        """Give the firm; None if there is none, which is proved. Raises `UnansweredError`, EngineError."""
        is_open = any(one.outcome is Outcome.UNDETERMINED for one in self._wanted)
        whole = states_all(self._books, leaves_out=not is_open, without=self._without)
        for usual in (True, False):
            unknown, solver = self._posed(whole, usual=usual)
            model = solver.find()
            if model is not None:
                firm, found = self._smaller(unknown.stated_in(model)), dict[str, Known]()
                while len(firm) != len(found):
                    found = dict(firm)
                    try:
                        plain = self._plain(firm, usual=usual)
                    except UnansweredError:
                        if not all(map(_is_typed, firm.values())):
                            raise
                    else:
                        found = plain if self._shows(plain) else found
                    firm = self._smaller(found)
                return self._decided(firm, usual=usual)
        return None

    def _posed(self, states: States, *, usual: bool) -> tuple[UnknownFirm, Solver]:
        anew()
        unknown = UnknownFirm(self._vocabulary, self._as_of, states)
        meanings = {book: Meaning(book, unknown) for book in self._books}
        held = [one.when(meanings[one.rulebook]) for one in self._wanted]
        if usual:
            held += [truth for meaning in meanings.values() for truth in meaning.usual()]
        held += [truth for meaning in meanings.values() for truth in meaning.held()]
        if self._without:
            held += list(true_ratios(self._books[0], unknown, self._as_of))
        return unknown, Solver([*held, *unknown.held(), *(unknown.believed() if usual else ())])

    def _smaller(self, firm: Firm) -> Firm:
        """Give the firm with no fact more than it takes: without any one of them it shows nothing."""
        before: Firm = {}
        while before != firm:
            before = firm
            for name in reversed(list(firm)):
                fewer = {key: value for key, value in firm.items() if key != name}
                firm = fewer if self._shows(fewer) else firm
        return firm

    def _shows(self, firm: Firm) -> bool:
        """Say whether a firm shows what is wanted, by the definition."""
        for book in self._books:
            figures = Figures(self._vocabulary, firm, self._as_of, book.taken)
            outcomes = decide(book.ours, figures)
            for one in self._wanted:
                if one.rulebook is book and outcomes.get(one.node.id) is not one.outcome:
                    return False
                if one.outcome is Outcome.UNDETERMINED and one.rulebook is book:
                    blank = unknowns(one.node, figures, outcomes)
                    if any(unknown.reason not in _FOR_GOOD for unknown in blank):
                        return False
        return True

    def _plain(self, firm: Firm, *, usual: bool) -> dict[str, Known]:
        """Give a firm that states the same facts, with figures that a person would write as far as there are any."""
        unknown, solver = self._posed(lambda fact: fact.id in firm, usual=usual)
        plain = self._in_decimals(unknown, solver)
        for name in firm:
            for value in plain_figures(self._vocabulary[name], plain[name], self._as_of):
                is_worth = unknown.is_worth(self._vocabulary[name], value)
                model = solver.find(is_worth)
                if model is not None:
                    solver.hold(is_worth)
                    plain = unknown.stated_in(model)
                    break
        return plain

    def _in_decimals(self, unknown: UnknownFirm, solver: Solver) -> dict[str, Known]:
        """Give a firm all figures of which are decimals, and hold that they are: with few places if that can be."""
        for places in _PLACES:
            decimal = list(unknown.in_decimals(places))
            with suppress(UnansweredError):
                model = solver.find(*decimal)
                if model is not None:
                    solver.hold(*decimal)
                    return unknown.stated_in(model)
        raise UnansweredError

    def _decided(self, firm: Firm, *, usual: bool) -> Witness:
        """Give the firm with its verdicts; raises EngineError if it does not show what the solver says."""
        typed = stated(self._vocabulary, firm)
        profile = profile_reader(self._vocabulary).read(dict(typed), self._as_of)
        judged = []
        for book in self._books:
            decision = decided(book, profile, self._as_of)
            several = [one for one in self._wanted if one.rulebook is book]
            wrong = [one.node.id for one in several if decision.outcomes[one.node.id] is not one.outcome]
            if wrong:
                message = f"solver and evaluators differ on {book.id}: {', '.join(wrong)} of {dict(typed)}"
                raise EngineError(message)
            found = verdict(book, profile, self._as_of, decision)
            judged.append(Judged(book.id, found.verdict, found.summary, _reasons(book, found)))
        return Witness(typed, tuple(judged), usual)


def _is_typed(value: Known) -> bool:
    """Say whether a value can be typed as it is: no figure without end."""
    return not isinstance(value, Fraction) or (value * 10**DECIMALS).denominator == 1


def _reasons(book: Rulebook, found: Verdict) -> Text:
    """Say why a verdict is as it is, in few words: of what else is open nothing."""
    decisive = {Standing.QUALIFIED: Outcome.MET, Standing.NOT_QUALIFIED: Outcome.NOT_MET}
    outcome = decisive.get(found.verdict, Outcome.UNDETERMINED)
    telling = [one for one in found.criteria if one.outcome is outcome]
    return in_a_line(why(book, found.verdict, telling, (), found.hangs))


def states_all(books: Sequence[Rulebook], *, leaves_out: bool, without: str | None = None) -> States:
    """Give what a firm states that leaves nothing open: all facts but ratios, which are computed from their parts.

    What has a value where it is blank may be left out; if it `leaves_out` any, also what is asked whether it is given.
    """
    asked = {
        part.id
        for book in books
        if leaves_out
        for check in book.checks
        if check.operator is Operator.GIVEN
        for part in book.vocabulary.stated_behind(check.fact)
    }

    def states(fact: Fact) -> bool | None:
        if fact.id == without or (fact.is_derived and not (without and fact.is_given)):
            return False
        return None if fact.id in asked or fact.lookup or fact.is_derived or fact.id in KNOWN_ANYHOW else True

    return states
