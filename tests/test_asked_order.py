"""What is named first of all that is missing: what every firm is asked for."""

from __future__ import annotations

import pytest

from engine.asked_order import asked_order
from engine.catalog import shipped


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_every_fact_has_a_place(rulebook_id: str) -> None:
    """No fact that a firm may state is left out."""
    rulebook = shipped().rulebook(rulebook_id)
    assert set(asked_order(rulebook)) >= rulebook.facts_used


def test_exemptions_come_last() -> None:
    """The award that spares a firm its patents is asked for after its staff and its revenue."""
    order = asked_order(shipped().rulebook("miit-2026-little-giant"))
    assert max(order["employees_y0"], order["revenue_y0"]) < order["award_date"]
