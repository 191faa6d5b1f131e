"""The formulas say of every firm what the definition says: met, not met, or neither, of every node."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from engine import shipped
from engine.deciding.reference import Outcomes, decide
from engine.firms.figures import Figures
from engine.firms.profiles import ProfileReader
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Span, is_partly_read
from engine.proving.firms import any_firm
from engine.rulebooks.logic import Rulebook
from engine.solving.meaning import Meaning
from engine.solving.solver import Solver, z3
from engine.solving.unknown_firm import UnknownFirm
from tests.random_rulebooks import AS_OF, VOCABULARY, profiles, rulebooks

_READER = ProfileReader(VOCABULARY)


def by_solver(rulebook: Rulebook, firm: Mapping[str, Known], as_of: date) -> Outcomes:
    """Give the outcome of every node of a rulebook as the formulas have it, if a firm states just this."""
    unknown = UnknownFirm(rulebook.vocabulary, as_of, lambda fact: fact.id in firm)
    meaning = Meaning(rulebook, unknown)
    said = {node.id: meaning.said(node) for node in rulebook.ours.nodes}
    values = [unknown.is_worth(rulebook.vocabulary[name], value) for name, value in firm.items()]
    model = Solver([*values, *meaning.held()]).find()
    assert model is not None

    def is_so(truth: Any) -> bool:
        return truth if isinstance(truth, bool) else z3.is_true(model.eval(truth, model_completion=True))

    kinds = {(True, False): Outcome.MET, (False, True): Outcome.NOT_MET, (False, False): Outcome.UNDETERMINED}
    return {name: kinds[is_so(met), is_so(not_met)] for name, (met, not_met) in said.items()}


def assert_same(rulebook: Rulebook, firm: Mapping[str, Known], as_of: date) -> None:
    """Compare the formulas with the definition on every node that applies."""
    want = decide(rulebook.ours, Figures(rulebook.vocabulary, firm, as_of, rulebook.taken))
    got = by_solver(rulebook, firm, as_of)
    assert {name: got[name] for name in want} == want, firm


def _compare(rulebook: Rulebook, profile: Mapping[str, object]) -> None:
    values = _READER.read(dict(profile)).values
    assert_same(
        rulebook,
        {name: one for name, one in values.items() if not isinstance(one, Span) and not is_partly_read(one)},
        AS_OF,
    )


@settings(max_examples=100, deadline=None)
@given(rulebook=rulebooks(), profile=profiles())
def test_random_rulebooks(rulebook: Rulebook, profile: Mapping[str, object]) -> None:
    """Random rulebooks and firms with blanks: no node differs."""
    _compare(rulebook, profile)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(rulebook=rulebooks(), profile=profiles())
def test_many_random_rulebooks(rulebook: Rulebook, profile: Mapping[str, object]) -> None:
    """Random rulebooks and firms with blanks: no node differs."""
    _compare(rulebook, profile)


@pytest.mark.parametrize("name", shipped().ids)
def test_shipped_rulebooks(name: str) -> None:
    """Each shipped rulebook, on firms at its thresholds and with blanks: no node differs."""
    rulebook, random, as_of = shipped().rulebook(name), Random(name), date(2026, 6, 1)
    for blanks in (0, 1 / 10, 1 / 4):
        for _ in range(4):
            firm = any_firm(rulebook, random, as_of, blanks, edges=1 / 2)
            firm = {key: value for key, value in firm.items() if not is_partly_read(value)}
            assert_same(rulebook, firm, as_of)
