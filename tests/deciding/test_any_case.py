"""A firm that is small whatever its sector is told by which figures, and not only that its sector is not stated."""

from __future__ import annotations

from engine import assess
from engine.ground.outcome import Outcome
from tests.tables import DAY

FIRM = {"revenue_y0": 3200, "employees_y0": 60, "total_assets_y0": 5000}


def test_the_strictest_bound_of_each_figure() -> None:
    """Each figure is told once, against the lowest bound of all sectors that it keeps; the criterion rests on them."""
    found = assess(FIRM, "sme-2011-size", DAY)
    told = [(check.fact, check.required, check.outcome) for one in found.criteria for check in one.checks]
    assert set(FIRM) <= {fact for fact, _, _ in told}
    assert all(outcome is Outcome.MET for fact, _, outcome in told if fact in FIRM)
    [criterion] = [one for one in assess(FIRM, "miit-2026-little-giant", DAY).criteria if one.id == "base-2-sme"]
    bounds = {check.fact: check.required for check in criterion.checks if check.fact in FIRM}
    assert bounds == {"revenue_y0": 5000, "employees_y0": 200, "total_assets_y0": 10000}
    assert {check.id for check in criterion.checks if check.fact in FIRM} <= set(criterion.rests_on)


def test_a_sector_that_is_stated() -> None:
    """Where the sector is known only its own bounds are told."""
    firm = FIRM | {"industry_sector": "industry"}
    [criterion] = [one for one in assess(firm, "miit-2026-little-giant", DAY).criteria if one.id == "base-2-sme"]
    assert {(check.fact, check.required) for check in criterion.checks if check.fact in FIRM} == {
        ("employees_y0", 1000),
        ("revenue_y0", 40000),
    }
