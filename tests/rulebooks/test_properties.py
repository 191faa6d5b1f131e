"""What must hold for every rulebook whatever it says: monotone criteria, and decisions that survive new information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Outcome, shipped
from engine.deciding.reference import Outcomes, decide
from engine.firms.figures import Figures
from engine.ground.outcome import tally
from engine.ground.values import Known, Span, Unknown
from engine.rulebooks.logic import Check, Criterion, Rulebook, walk
from engine.rulebooks.rulebook import Operator
from tests.columns import assert_columns_agree, texts_of
from tests.evaluators import by_reference
from tests.random_firms import AS_OF, examples, firms, values_of

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


def _one_changed(rulebook: Rulebook) -> st.SearchStrategy[tuple[dict[str, Known], dict[str, Known]]]:
    """Draw a firm, and the same firm with one figure changed."""

    def changed(stated: dict[str, Known], name: str) -> st.SearchStrategy[tuple[dict[str, Known], dict[str, Known]]]:
        return values_of(rulebook.vocabulary[name], []).map(lambda new: (stated, {**stated, name: new}))

    names = st.sampled_from(sorted(rulebook.facts_used))
    return st.tuples(firms(rulebook), names).flatmap(lambda pair: changed(*pair))


@st.composite
def _filled_in(draw: st.DrawFn, rulebook: Rulebook) -> tuple[dict[str, Known], dict[str, Known]]:
    """Draw a firm, and the same firm with some blanks filled in.

    Left out are facts of which the rulebook asks whether they are given at all: there a blank is an answer (the firm
    names no peer), and parts of a ratio that is stated: what they would give is another figure. What a firm applies for
    is never unknown: a blank asks for a new application, and saying 复核 asks for something else.
    """
    answers = {check.fact.id for check in rulebook.checks if check.operator is Operator.GIVEN}
    stated, whole = draw(firms(rulebook)), draw(firms(rulebook, blanks=False))
    ratios = [fact for name, fact in rulebook.vocabulary.ratios.items() if name in stated]
    answers |= {part.id for fact in ratios for part in rulebook.vocabulary.stated_behind(fact)}
    known = _figures(rulebook, stated)
    blanks = {
        name: value
        for name, value in whole.items()
        if name not in answers and isinstance(known.value(rulebook.vocabulary[name]), Unknown)
    }
    return stated, {**stated, **{name: value for name, value in blanks.items() if draw(st.booleans(), label=name)}}


def _assert_no_worse(rulebook: Rulebook, pair: Sequence[Mapping[str, Known]], outcomes: Sequence[Outcomes]) -> None:
    before, after = (_figures(rulebook, firm) for firm in pair)
    old, new = outcomes
    decide(rulebook, before)  # sets the scores
    decide(rulebook, after)
    for criterion in rulebook.criteria:
        if _improves(criterion, before, after):
            gate = criterion.gate.id
            assert _GOODNESS[new[gate]] >= _GOODNESS[old[gate]], criterion.words.id


def _assert_not_reversed(outcomes: Sequence[Outcomes]) -> None:
    before, after = outcomes
    decided = {node: outcome for node, outcome in before.items() if outcome is not Outcome.UNDETERMINED}
    looked_at = {node: after[node] for node in decided if node in after}  # all but what turned out not to apply
    assert looked_at == {node: decided[node] for node in looked_at}
    assert "verdict" in after


@given(data=st.data())
def test_improving_a_figure_never_worsens_a_criterion(rulebook_id: str, data: st.DataObject) -> None:
    """If every figure that a criterion looks at improves or stays, its outcome does not get worse."""
    rulebook = shipped().rulebook(rulebook_id)
    pair = data.draw(_one_changed(rulebook))
    _assert_no_worse(rulebook, pair, by_reference(rulebook, pair, AS_OF))


@given(data=st.data())
def test_filling_in_an_unknown_never_reverses_a_decision(rulebook_id: str, data: st.DataObject) -> None:
    """What is met or not met stays so when blanks are filled in."""
    rulebook = shipped().rulebook(rulebook_id)
    _assert_not_reversed(by_reference(rulebook, data.draw(_filled_in(rulebook)), AS_OF))


@pytest.mark.long
def test_both_hold_of_columns(rulebook_id: str) -> None:
    """In a table of firms before and after, columns neither worsen nor reverse anything, and agree on every row."""
    rulebook = shipped().rulebook(rulebook_id)
    changed, filled = examples(_one_changed(rulebook), 50), examples(_filled_in(rulebook), 50)
    pairs = [*changed, *filled]
    texts = texts_of([firm for pair in pairs for firm in pair], rulebook)
    found = [said.outcomes for said in assert_columns_agree(rulebook, texts, AS_OF) if said is not None]
    outcomes = list(zip(found[::2], found[1::2], strict=True))
    assert len(outcomes) == len(pairs)
    for pair, both in zip(changed, outcomes, strict=False):
        _assert_no_worse(rulebook, pair, both)
    for both in outcomes[len(changed) :]:
        _assert_not_reversed(both)


@given(data=st.data())
def test_the_verdict_is_the_tally_of_its_criteria(rulebook_id: str, data: st.DataObject) -> None:
    """The verdict is all_of the criteria that decide, and nothing else."""
    rulebook = shipped().rulebook(rulebook_id)
    outcomes = decide(rulebook, _figures(rulebook, data.draw(firms(rulebook))))
    deciding = [outcomes[criterion.gate.id] for criterion in rulebook.criteria if criterion.words.decides]
    assert outcomes["verdict"] is tally(len(deciding), deciding)
