"""Small rulebooks, two at a time, against every firm of a coarse grid: a proof has no exception, a firm is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from engine.deciding.reference import check, decide
from engine.firms.figures import Figures
from engine.firms.profiles import ProfileReader
from engine.ground.outcome import Outcome, tally
from engine.ground.values import Known
from engine.language.facts import BOOLEAN, Fact, Kind
from engine.rulebooks.logic import Gate, Node, Rulebook
from engine.solving.relations import Found, Relation, related
from engine.solving.statics import Idle, statics
from tests.random_rulebooks import AS_OF, VOCABULARY, _wider, checks, rulebook_from

_GRID: Mapping[Kind, Sequence[Known]] = {
    Kind.MONEY: (0, 1, 3, 15, 70, 2100),
    Kind.PERCENT: (0, 3, 15, 70, 99),
    Kind.COUNT: (0, 2, 15, 70),
    Kind.RANK: (1, 3, 15),
    Kind.NUMBER: (0, 3, 15, 1000),
    Kind.DATE: (date(2023, 6, 30), date(2023, 6, 29), date(2011, 1, 1), date(2026, 6, 30)),
}
_MOST = 3000
_READER = ProfileReader(VOCABULARY)
_CITE = {"source": "text", "clause": "一", "grade": "A"}
_small = st.recursive(checks, _wider, max_leaves=3)


@st.composite
def small_rulebooks(draw: st.DrawFn) -> Rulebook:
    """Draw a rulebook of one or two criteria, perhaps guarded, perhaps with a scorecard of a line of two bands."""
    cards, criteria = [], []
    for number in range(draw(st.integers(1, 2))):
        criterion = {
            "id": f"c{number}",
            "title": f"条件{number}",
            "cite": _CITE,
            "quote": "原文",
            "require": draw(_small),
        }
        criteria.append(criterion | ({"when": draw(checks)} if draw(st.integers(0, 3)) == 0 else {}))
    if draw(st.integers(0, 2)) == 0:
        bands = [{"points": str(draw(st.integers(0, 10))), "when": draw(checks)} for _ in range(2)]
        item = {"id": "i", "title": "项", "max": "10", "bands": bands, **draw(st.sampled_from([{"count": "each"}, {}]))}
        cards = [
            {"id": "score", "title": "总分", "cite": _CITE, "groups": [{"id": "g", "title": "组", "items": [item]}]}
        ]
        most = max(int(one["points"]) for one in bands)
        asked = draw(st.sampled_from([{"at_least": str(most)}, {"less_than": "5"}]))
        criteria[0]["require"] = {"any_of": [criteria[0]["require"], {"score": "score", **asked}]}
    return rulebook_from(criteria, cards)


def _values(fact: Fact) -> Sequence[Any]:
    """Give the values of a fact on the grid, None for a blank."""
    if fact.kind in BOOLEAN:
        return (True, False, None)
    if fact.kind is Kind.CHOICE:
        return (*fact.choices, None)
    if fact.kind is Kind.CHOICES:
        return (frozenset(), *(frozenset({code}) for code in fact.choices), frozenset(fact.choices), None)
    return (*_GRID[fact.kind], None)


def _firms(books: Sequence[Rulebook]) -> Iterator[dict[str, Known]]:
    """Give every firm of the grid."""
    facts = [VOCABULARY[name] for name in sorted({name for book in books for name in book.facts_used} - {"as_of"})]
    several = [_values(fact) for fact in facts]
    assume(prod(map(len, several)) <= _MOST)
    for values in product(*several):
        yield {fact.id: value for fact, value in zip(facts, values, strict=True) if value is not None}


def _verdict(book: Rulebook, firm: Mapping[str, Known]) -> Outcome:
    return decide(book.ours, Figures(VOCABULARY, firm, AS_OF, book.taken))["verdict"]


def _compare(one: Rulebook, other: Rulebook) -> None:
    firms = list(_firms([one, other]))
    said = {(_verdict(one, firm), _verdict(other, firm)) for firm in firms}
    for relation, outcome in ((Relation.IMPLIES, Outcome.NOT_MET), (Relation.EXCLUDES, Outcome.MET)):
        answer = related(one, relation, other, AS_OF)
        assert answer.found is not Found.UNANSWERED
        if (Outcome.MET, outcome) in said:
            assert answer.found is Found.REFUTED
        for firm in answer.witnesses if answer.found is Found.REFUTED else ():
            for name in firm.profile:
                fewer = _READER.read({key: value for key, value in firm.profile.items() if key != name}).values
                assert (_verdict(one, fewer), _verdict(other, fewer)) != (Outcome.MET, outcome)


def _with(node: Node, outcomes: Mapping[str, Outcome], forced: Mapping[str, Outcome]) -> Outcome:
    """Give the outcome of a node if others were as forced, whatever they look at."""
    if node.id in forced:
        return forced[node.id]
    if not isinstance(node, Gate):
        return outcomes[node.id]
    return tally(node.need, [_with(child, outcomes, forced) for child in node.children])


def _assert_idle(book: Rulebook) -> None:
    """No firm of the grid fails by a part alone, or needs an alternative, of which it is told that none does."""
    told = [one for one in statics(book, AS_OF).remarks if one.kind not in {Idle.NOBODY, Idle.BAND}]
    nobody = any(one.kind is Idle.NOBODY for one in statics(book, AS_OF).remarks)
    for firm in _firms([book]):
        figures = Figures(VOCABULARY, firm, AS_OF, book.taken)
        outcomes = decide(book.ours, figures)
        outcomes |= {one.id: check(one, figures) for one in book.ours.checks if one.id not in outcomes}
        assert not (nobody and outcomes["verdict"] is Outcome.MET)
        if len(firm) < len(book.facts_used):  # a blank is no firm's own
            continue
        for one in told:
            found = [
                _with(book.ours.verdict_gate, outcomes, {one.id: forced}) for forced in (Outcome.MET, Outcome.NOT_MET)
            ]
            if one.kind in {Idle.CRITERION, Idle.PART}:
                assert outcomes["verdict"] is Outcome.MET or found[0] is not Outcome.MET
            else:
                assert outcomes["verdict"] is not Outcome.MET or found[1] is Outcome.MET


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(book=small_rulebooks())
def test_what_never_matters_on_the_grid(book: Rulebook) -> None:
    """What is told never to matter matters to no firm of the grid."""
    _assert_idle(book)


@pytest.mark.long
@settings(max_examples=500, deadline=None)
@given(book=small_rulebooks())
def test_what_never_matters_of_many(book: Rulebook) -> None:
    """What is told never to matter matters to no firm of the grid."""
    _assert_idle(book)


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(one=small_rulebooks(), other=small_rulebooks())
def test_small_rulebooks(one: Rulebook, other: Rulebook) -> None:
    """What a firm of the grid shows is found, and what is proved no firm of the grid shows."""
    _compare(one, other)


@pytest.mark.long
@settings(max_examples=1000, deadline=None)
@given(one=small_rulebooks(), other=small_rulebooks())
def test_a_thousand_small_rulebooks(one: Rulebook, other: Rulebook) -> None:
    """What a firm of the grid shows is found, and what is proved no firm of the grid shows."""
    _compare(one, other)
