"""What must hold for every rulebook whatever it says: monotone criteria, and decisions that survive new information."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Outcome, shipped
from engine.figures import Figures
from engine.logic import Check, Criterion, Rulebook, walk
from engine.outcome import tally
from engine.reference import decide
from engine.rulebook import Operator
from engine.values import Known, Span, Unknown
from tests.random_firms import AS_OF, firms, values_of

_GOODNESS = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2}
_MORE = {Operator.AT_LEAST, Operator.MORE_THAN}
_LESS = {Operator.AT_MOST, Operator.LESS_THAN}

pytestmark = pytest.mark.parametrize("rulebook_id", shipped().ids)


def _figures(rulebook: Rulebook, stated: Mapping[str, Known]) -> Figures:
    return Figures(rulebook.vocabulary, stated, AS_OF)


def _is_no_worse(check: Check, before: Figures, after: Figures) -> bool:
    """Say whether the figure that a check looks at has improved or stayed, in the direction that the check names."""
    old, new = before.value(check.fact), after.value(check.fact)
    if isinstance(old, Unknown) or isinstance(new, Unknown) or before.right(check.right) != after.right(check.right):
        return old == new and before.right(check.right) == after.right(check.right)
    pairs = list(zip(_ends(old), _ends(new), strict=True))
    if check.operator in _MORE:
        return all(now >= then for then, now in pairs)
    if check.operator in _LESS:
        return all(now <= then for then, now in pairs)
    return old == new


def _ends(value: Any) -> tuple[Any, Any]:
    """Give the lowest and the highest that a value may be: of a score with unknown items they differ."""
    return (value.low, value.high) if isinstance(value, Span) else (value, value)


def _improves(criterion: Criterion, before: Figures, after: Figures) -> bool:
    return all(_is_no_worse(node, before, after) for node in walk(criterion.gate) if isinstance(node, Check))


@given(data=st.data())
def test_improving_a_figure_never_worsens_a_criterion(rulebook_id: str, data: st.DataObject) -> None:
    """If every figure that a criterion looks at improves or stays, its outcome does not get worse."""
    rulebook = shipped().rulebook(rulebook_id)
    stated = data.draw(firms(rulebook))
    changed = data.draw(st.sampled_from(sorted(rulebook.facts_used)))
    new = data.draw(values_of(rulebook.vocabulary[changed], []))
    before, after = _figures(rulebook, stated), _figures(rulebook, {**stated, changed: new})
    old_outcomes, new_outcomes = decide(rulebook, before), decide(rulebook, after)
    for criterion in rulebook.criteria:
        if _improves(criterion, before, after):
            old, new_ = old_outcomes[criterion.gate.id], new_outcomes[criterion.gate.id]
            assert _GOODNESS[new_] >= _GOODNESS[old], criterion.words.id


@given(data=st.data())
def test_filling_in_an_unknown_never_reverses_a_decision(rulebook_id: str, data: st.DataObject) -> None:
    """What is met or not met stays so when blanks are filled in.

    Left out are facts of which the rulebook asks whether they are given at all: there a blank is an answer (the firm
    names no peer).
    """
    rulebook = shipped().rulebook(rulebook_id)
    answers = {check.fact.id for check in rulebook.checks if check.operator is Operator.GIVEN}
    stated = data.draw(firms(rulebook))
    whole = data.draw(firms(rulebook, blanks=False))
    known = _figures(rulebook, stated)
    blanks = {
        name: value
        for name, value in whole.items()
        if name not in answers and isinstance(known.value(rulebook.vocabulary[name]), Unknown)
    }
    filled = {name: value for name, value in blanks.items() if data.draw(st.booleans(), label=name)}
    before = decide(rulebook, known)
    after = decide(rulebook, _figures(rulebook, {**stated, **filled}))
    decided = {node: outcome for node, outcome in before.items() if outcome is not Outcome.UNDETERMINED}
    looked_at = {node: after[node] for node in decided if node in after}  # all but what turned out not to apply
    assert looked_at == {node: decided[node] for node in looked_at}
    assert "verdict" in after


@given(data=st.data())
def test_the_verdict_is_the_tally_of_its_criteria(rulebook_id: str, data: st.DataObject) -> None:
    """The verdict is all_of the criteria that decide, and nothing else."""
    rulebook = shipped().rulebook(rulebook_id)
    outcomes = decide(rulebook, _figures(rulebook, data.draw(firms(rulebook))))
    deciding = [outcomes[criterion.gate.id] for criterion in rulebook.criteria if criterion.words.decides]
    assert outcomes["verdict"] is tally(len(deciding), deciding)
