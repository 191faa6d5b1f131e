"""Every case of a rulebook, and figures on each side of each of its thresholds, decided by columns in one table.

To translate a rulebook takes longest: it is done once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from engine import Outcome, Reason, Standing, profile_reader, shipped
from engine.ground.values import Known
from engine.language.facts import WHOLE, Fact
from engine.rulebooks.logic import Check, Rulebook
from tests.columns import assert_columns_agree, is_typed_exactly, texts_of
from tests.edges import ABOVE, AT, BELOW, HAIRS, expected, on_side, step, threshold_checks
from tests.rulebooks.test_cases import FILES, CaseFile, facts_of

STANDING_OF = {
    Outcome.MET: Standing.QUALIFIED,
    Outcome.NOT_MET: Standing.NOT_QUALIFIED,
    Outcome.UNDETERMINED: Standing.UNDETERMINED,
}


def beside_thresholds(
    rulebook: Rulebook, as_of: date, random: Random
) -> Iterator[tuple[dict[str, Known], tuple[Check, int]]]:
    """Give firms at each threshold, a hair below and above it, with the check and the side."""

    def ingredient(fact: Fact) -> Known:
        return random.randint(1, 100_000) if fact.kind in WHOLE else Fraction(random.randint(1, 10**13), 10**4)

    for check in threshold_checks(rulebook):
        for hair in HAIRS:
            for side in (BELOW, AT, ABOVE):
                stated = on_side(rulebook, check, as_of, side, step(check, hair), ingredient)
                if stated is not None:
                    yield stated, (check, side)


@pytest.mark.parametrize("cases", FILES, ids=lambda cases: str(cases.rulebook))
def test_all_cases_and_thresholds_in_one_table(cases: CaseFile) -> None:
    """Columns give every case the outcome, reason and verdict expected, every threshold its side; no figure differs."""
    rulebook = shipped().rulebook(cases.rulebook)
    gates = {criterion.words.id: criterion.gate.id for criterion in rulebook.criteria}
    every = [*cases.cases, *cases.points]
    firms = [profile_reader(rulebook.vocabulary).read(facts_of(cases, case)).values for case in every]
    beside, sides = zip(*beside_thresholds(rulebook, cases.as_of, Random(cases.rulebook)), strict=True)
    found = assert_columns_agree(rulebook, texts_of([*firms, *beside], rulebook), cases.as_of)
    for case, said in zip(cases.cases, found, strict=False):
        assert said is not None
        reason = None if case.reason is Reason.NOT_APPLICABLE else case.reason
        assert said.outcomes[gates[case.criterion]] is case.expect, case.case.zh
        assert said.reasons[case.criterion] == reason, case.case.zh
        assert case.verdict in {None, STANDING_OF[said.outcomes["verdict"]]}, case.case.zh
    for firm, said, (check, side) in zip(beside, found[len(firms) :], sides, strict=True):
        if said is not None and is_typed_exactly(firm):  # what cannot be typed exactly is only compared
            assert said.outcomes[check.id] is expected(check, side), (check.id, firm)
