"""Random rulebooks x random profiles: every evaluator says what the definition says, on every node."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from engine import profile_reader
from engine.deciding.reference import decide
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import Known, Span
from engine.language.facts import WHOLE
from engine.proving.as_columns import Columns, differences, texts_of
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.rulebook import Operator
from tests.evaluators import EVALUATORS, assert_agrees, by_reference, stated
from tests.random_rulebooks import AS_OF, VOCABULARY, profiles, rulebook_from, rulebooks


@settings(max_examples=settings.default.max_examples * 5)
@given(rulebook=rulebooks(), profile=profiles())
def test_random_rulebooks_by_firing_rules(rulebook: Rulebook, profile: dict[str, Any]) -> None:
    """Rules that fire give every node of a random rulebook the outcome that the reference gives it."""
    assert_agrees("durable_rules", rulebook, [stated(profile_reader(VOCABULARY), profile)], AS_OF)


@settings(max_examples=settings.default.max_examples // 3, phases=(Phase.generate,))  # to shrink would take long
@given(data=st.data())
def test_random_rulebooks_as_columns(data: st.DataObject) -> None:
    """Columns say of many firms what the reference says: outcomes, reasons, observed figures and gaps."""
    rulebook, reader = data.draw(rulebooks()), profile_reader(VOCABULARY)
    values = [stated(reader, profile) for profile in [{}, *data.draw(st.lists(profiles(), min_size=10, max_size=30))]]
    columns = Columns(rulebook, AS_OF, {})
    for firm, said in zip(values, columns.judged(texts_of(values, rulebook)), strict=True):
        assert said is not None
        assert differences(said, rulebook, firm, AS_OF) == [], firm
    columns.drop()


@given(data=st.data())
def test_every_figure_within_a_range_agrees_with_it(data: st.DataObject) -> None:
    """What a range decides is decided alike for its ends and for any figure between them."""
    rulebook, reader = data.draw(rulebooks()), profile_reader(VOCABULARY)
    firm = stated(reader, data.draw(profiles()))
    spans = {name: value for name, value in firm.items() if isinstance(value, Span)}
    assume(spans)
    assume(not any(check.operator is Operator.GIVEN and check.fact.is_derived for check in rulebook.checks))
    points: dict[str, Known] = {}
    for name, one in spans.items():
        between = one.low + (one.high - one.low) * data.draw(st.fractions(0, 1), label=name)
        points[name] = int(between) if VOCABULARY[name].kind in WHOLE else between
    before, after = (decide(rulebook, Figures(VOCABULARY, one, AS_OF)) for one in (firm, {**firm, **points}))
    for node, outcome in before.items():
        if outcome is not Outcome.UNDETERMINED and node in after:
            assert after[node] is outcome, node


@given(rulebook=rulebooks())
def test_nothing_known(rulebook: Rulebook) -> None:
    """With an empty profile rules that fire still agree."""
    assert_agrees("durable_rules", rulebook, [{}], AS_OF)


@pytest.mark.parametrize("evaluator", sorted(EVALUATORS))
@pytest.mark.parametrize(
    ("met", "undetermined", "not_met"), [(m, u, n) for m in range(4) for u in range(4) for n in range(4) if m + u + n]
)
def test_k_of_n(evaluator: str, met: int, undetermined: int, not_met: int) -> None:
    """At_least k is met if m >= k, not_met if m + u < k, else undetermined: written out here once more, for every k."""
    size = met + undetermined + not_met
    parts = (
        [{"fact": "yes", "equals": "yes"}] * met
        + [{"fact": "judged", "equals": "yes"}] * undetermined
        + [{"fact": "yes", "equals": "no"}] * not_met
    )
    criteria = [
        {
            "id": f"c{need}",
            "title": "条件",
            "cite": {"source": "text", "clause": "一", "grade": "A"},
            "quote": "原文",
            "require": {"at_least": str(need), "of": parts},
        }
        for need in range(1, size + 1)
    ]
    [outcomes] = EVALUATORS[evaluator](rulebook_from(criteria), [{"yes": True}], AS_OF)
    for need in range(1, size + 1):
        outcome = outcomes[f"c{need}"]
        if met >= need:
            assert outcome is Outcome.MET
        elif met + undetermined < need:
            assert outcome is Outcome.NOT_MET
        else:
            assert outcome is Outcome.UNDETERMINED


@given(rulebook=rulebooks(), profile=profiles(), data=st.data())
def test_filling_in_random_rulebooks(rulebook: Rulebook, profile: dict[str, Any], data: st.DataObject) -> None:
    """Whatever the rulebook, scorecards included, filling in blanks never turns a decision into another one."""
    answers = {check.fact.id for check in rulebook.checks if check.operator is Operator.GIVEN}
    whole = stated(profile_reader(VOCABULARY), profile)
    blank = {name for name in whole if name not in answers and data.draw(st.booleans(), label=f"{name} is blank")}
    asked = answers & {fact.id for fact in VOCABULARY.values() if fact.is_derived}
    assume(not asked)  # whether a derived fact is known changes with its ingredients
    known = {name: value for name, value in whole.items() if name not in blank}
    before, after = by_reference(rulebook, [known, whole], AS_OF)
    decided = {node: outcome for node, outcome in before.items() if outcome is not Outcome.UNDETERMINED}
    looked_at = {node: after[node] for node in decided if node in after}
    assert looked_at == {node: decided[node] for node in looked_at}
