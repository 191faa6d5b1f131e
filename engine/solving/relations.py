"""Two rulebooks: whether each firm that is qualified under one is so under the other, or under never both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.assessment import reference
from engine.explaining.verdict import RulebookReference
from engine.ground.errors import Text
from engine.ground.outcome import Outcome
from engine.ground.result import Result
from engine.rulebooks.logic import Rulebook
from engine.solving.solver import UnansweredError
from engine.solving.witness import Question, Wanted, Witness, open_whatever


class Relation(StrEnum):
    """What may be between two rulebooks."""

    IMPLIES = "implies"
    EQUALS = "equals"
    EXCLUDES = "excludes"


class Found(StrEnum):
    """What came of a question: `open` if a firm is undetermined under one whatever it states, and else it holds."""

    PROVED = "proved"
    REFUTED = "refuted"
    OPEN = "open"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Answer(Result):
    """Whether a relation holds on a day, by our readings, with the firms that show that it does not."""

    relation: Relation
    first: RulebookReference
    second: RulebookReference
    as_of: str
    found: Found
    summary: Text
    witnesses: tuple[Witness, ...] = ()


_ANSWERS = {
    (Relation.IMPLIES, Found.PROVED): Text(
        "已证明：符合 {0} 的企业都符合 {1}。", "Proved: whoever is qualified under {0} is so under {1}."
    ),
    (Relation.IMPLIES, Found.REFUTED): Text(
        "不成立：下面的企业符合 {0}，不符合 {1}。",
        "It does not hold: the firm below is qualified under {0} and not under {1}.",
    ),
    (Relation.IMPLIES, Found.OPEN): Text(
        "没有企业符合 {0} 而不符合 {1}；但下面的企业符合 {0}，填全了也无法按 {1} 判定。",
        "No firm is qualified under {0} and not under {1}; but the one below, qualified under {0}, stays undetermined "
        "under {1} though it states all that is asked.",
    ),
    (Relation.EQUALS, Found.PROVED): Text(
        "已证明：{0} 与 {1} 认定同样的企业。", "Proved: the same firms are qualified under {0} and {1}."
    ),
    (Relation.EQUALS, Found.REFUTED): Text(
        "不成立：下面的企业符合 {0} 和 {1} 中的一份，不符合另一份。",
        "It does not hold: each firm below is qualified under one of {0} and {1} and not under the other.",
    ),
    (Relation.EQUALS, Found.OPEN): Text(
        "没有企业符合 {0} 和 {1} 中的一份而不符合另一份；但下面的企业符合一份，填全了也无法按另一份判定。",
        "No firm is qualified under one of {0} and {1} and not under the other; but each one below, qualified under "
        "one, stays undetermined under the other though it states all that is asked.",
    ),
    (Relation.EXCLUDES, Found.PROVED): Text(
        "已证明：没有企业同时符合 {0} 和 {1}。", "Proved: no firm is qualified under both {0} and {1}."
    ),
    (Relation.EXCLUDES, Found.REFUTED): Text(
        "不成立：下面的企业同时符合 {0} 和 {1}。",
        "It does not hold: the firm below is qualified under both {0} and {1}.",
    ),
}
_UNANSWERED = Text("求解器没有得出答案：{0}，{1}。", "The solver found no answer: {0}, {1}.")


def related(first: Rulebook, relation: Relation, second: Rulebook, as_of: date) -> Answer:
    """Give whether a relation holds between two rulebooks of one vocabulary."""
    try:
        witnesses = tuple(_against(first, relation, second, as_of))
        found = Found.REFUTED if witnesses else Found.PROVED
        if not witnesses and relation is not Relation.EXCLUDES:
            witnesses = tuple(_left_open(first, relation, second, as_of))
            found = Found.OPEN if witnesses else Found.PROVED
    except UnansweredError:
        witnesses, found = (), Found.UNANSWERED
    words = _ANSWERS.get((relation, found), _UNANSWERED)
    ids = first.id, second.id
    said = Text(words.zh.format(*ids), words.en.format(*ids))
    return Answer(relation, reference(first), reference(second), as_of.isoformat(), found, said, witnesses)


def _against(first: Rulebook, relation: Relation, second: Rulebook, as_of: date) -> Iterator[Witness]:
    """Give the firms that show that a relation does not hold."""
    outcome = Outcome.MET if relation is Relation.EXCLUDES else Outcome.NOT_MET
    for one, other in _ways(first, relation, second):
        found = Question([Wanted(one, Outcome.MET), Wanted(other, outcome)], as_of).witness()
        if found is not None:
            yield found


def _left_open(first: Rulebook, relation: Relation, second: Rulebook, as_of: date) -> Iterator[Witness]:
    """Give the firms qualified under one that stay undetermined under the other, though they state all it asks."""
    for one, other in _ways(first, relation, second):
        found = open_whatever(one, other, as_of)
        if found is not None:
            yield found


def _ways(first: Rulebook, relation: Relation, second: Rulebook) -> list[tuple[Rulebook, Rulebook]]:
    return [(first, second), (second, first)] if relation is Relation.EQUALS else [(first, second)]
