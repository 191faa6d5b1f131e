"""What a firm has to state: which facts settle every firm, and what can be said of one that leaves a fact blank.

Only what is undetermined because of a blank counts: what stays so whatever is stated, as an industry without a
benchmark does, is settled by no question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.outcome import Outcome
from engine.ground.result import Result
from engine.language.fact_hints import fact_meant, fact_named
from engine.language.facts import Fact
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.rulebook import Operator
from engine.solving.meaning import Meaning
from engine.solving.relations import Found
from engine.solving.solver import NO_ANSWER, Solver, Truth, UnansweredError, all_of, anew, any_of, negated
from engine.solving.unknown_firm import UnknownFirm
from engine.solving.witness import KNOWN_ANYHOW, Question, Wanted, Witness


@dataclass(frozen=True)
class Questionnaire(Result):
    """The facts that settle every firm that any facts settle, of which none can be left out.

    They are `fewest` if no other facts do with as many or fewer. A blank is an answer to those of `blank_answers`;
    `spare` are never needed. None are told if it is `unanswered`.
    """

    rulebook: str
    needed: tuple[str, ...] = ()
    fewest: bool = False
    blank_answers: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    found: Found = Found.PROVED


@dataclass(frozen=True)
class Blank(Result):
    """What comes of a firm that leaves a fact blank: whether it may stay undetermined, be qualified, or be refused.

    Whether the fact is `needed` is None if that is `unanswered`.
    """

    rulebook: str
    fact: str
    needed: bool | None
    summary: Text
    qualified: Witness | None = None
    refused: Witness | None = None
    found: Found = Found.PROVED


class _Blanks:
    """A rulebook over firms that state all, and over those that leave facts blank."""

    def __init__(self, rulebook: Rulebook, as_of: date) -> None:
        self.rulebook, self._as_of = rulebook, as_of
        checks = [check for check in rulebook.ours.checks if check.operator is Operator.GIVEN]
        self.asked = {part.id for check in checks for part in rulebook.vocabulary.stated_behind(check.fact)}
        behind = {fact.id for fact in rulebook.ours.facts_behind if not fact.is_derived}
        self.behind = {name: fact for name, fact in rulebook.vocabulary.items() if name in behind}
        self.facts = [name for name in self.behind if name not in KNOWN_ANYHOW]

    def is_open(self, blank: frozenset[str]) -> bool:
        """Say whether leaving facts blank leaves some firm undetermined that is not so if it states them."""
        anew()
        whole, held = self._said(frozenset(), blank)
        part, more = self._said(blank, blank)
        settled, still_open = any_of(*whole), all_of(*map(negated, part))
        return Solver([settled, still_open, *held, *more]).find() is not None

    def _said(self, left_out: frozenset[str], looked_at: frozenset[str]) -> tuple[tuple[Truth, Truth], list[Truth]]:
        """Give the verdict on firms that leave some facts out, all others stated, and what holds of them."""

        def states(fact: Fact) -> bool | None:
            if fact.id in left_out or fact.is_derived:
                return False
            return None if fact.id in {*KNOWN_ANYHOW, *self.asked} - looked_at else True

        firm = UnknownFirm(self.rulebook.vocabulary, self._as_of, states)
        meaning = Meaning(self.rulebook, firm)
        return meaning.verdict, [*meaning.held(), *firm.held()]


def questionnaire(rulebook: Rulebook, as_of: date) -> Questionnaire:
    """Give the shortest questionnaire of a rulebook on a day."""
    try:
        return _settling(_Blanks(rulebook, as_of))
    except UnansweredError:
        return Questionnaire(rulebook.id, found=Found.UNANSWERED)


def _settling(blanks: _Blanks) -> Questionnaire:
    needed = [name for name in blanks.facts if blanks.is_open(frozenset({name}))]
    spare = [name for name in blanks.facts if name not in {*needed, *blanks.asked}]
    left_out: list[str] = []
    for name in spare:
        if not blanks.is_open(frozenset({*left_out, name})):
            left_out.append(name)
    more = [name for name in blanks.facts if name in needed or name in {*spare} - {*left_out}]
    answers = [name for name in blanks.facts if name in blanks.asked and name not in needed]
    return Questionnaire(blanks.rulebook.id, tuple(more), more == needed, tuple(answers), tuple(left_out))


def without(book: Rulebook, name: str, as_of: date) -> Blank:
    """Give what comes of firms that leave a fact (its id or title) blank; raises InputError if it is not asked for."""
    blanks = _Blanks(book, as_of)
    named = fact_named(name, blanks.behind)
    if named is None:
        what = Text("不是这套规则问的指标", "is no fact that the rulebook asks for")
        raise InputError([Problem("fact", what, fact_meant(name, blanks.behind), short(name))])
    fact = named.id
    try:
        needed = blanks.is_open(frozenset({fact}))
        met, not_met = (Question([Wanted(book, one)], as_of, fact).witness() for one in (Outcome.MET, Outcome.NOT_MET))
    except UnansweredError:
        return Blank(book.id, fact, None, NO_ANSWER, found=Found.UNANSWERED)
    return Blank(book.id, fact, needed, _said(named.question, met, not_met, needed=needed), met, not_met)


def _said(title: Text, met: Witness | None, not_met: Witness | None, *, needed: bool) -> Text:
    if not needed:
        return Text(f"不填“{title.zh}”也能判定每一家企业。", f"Every firm is settled without {title.en}.")
    zh, en = ("不填“{0}”，有的企业无法判定；", "Without {0} some firms are undetermined; ")
    ways = {
        (True, True): ("有的仍可判为符合或不符合。", "others can still be qualified or not."),
        (True, False): ("有的仍可判为符合。", "others can still be qualified."),
        (False, True): ("没有企业可判为符合，有的仍可判为不符合。", "none can be qualified; some can still fail."),
        (False, False): ("没有企业可以判定。", "none can be decided."),
    }[met is not None, not_met is not None]
    return Text((zh + ways[0]).format(title.zh), (en + ways[1]).format(title.en))
