"""Reasons speak of the tier that a firm is in, at every door alike, and of the others only if it is in none."""

from __future__ import annotations

import pyarrow as pa
import pytest

from engine import Catalog, assess, screen
from engine.rulebooks.tiers import tiers
from tests.small_rules import rules_requiring
from tests.tables import DAY

TIERS = (
    "{any_of: ["
    "{all_of: [{fact: revenue_y0, at_least: 10000}, {fact: rd_intensity_pct_y0, at_least: 3}]},"
    "{all_of: [{fact: revenue_y0, at_least: 5000}, {fact: revenue_y0, less_than: 10000},"
    " {fact: rd_intensity_pct_y0, at_least: 6}]},"
    "{all_of: [{fact: revenue_y0, less_than: 5000}, {fact: rd_intensity_pct_y0, at_least: 50}]}]}"
)


@pytest.fixture(scope="module")
def rules() -> Catalog:
    """Give rules with one criterion of three tiers."""
    return rules_requiring(TIERS)


def told(rules: Catalog, firm: dict[str, object]) -> str:
    """Give the reasons for a firm, which are the same for a row."""
    said = assess(firm, catalog=rules, as_of=DAY).reasons.zh
    frame = pa.table({key: [value] for key, value in {"firm_name": "甲", **firm}.items()})
    assert screen(frame, catalog=rules, as_of=DAY)["reasons"].to_pylist() == [said]
    return said


@pytest.mark.parametrize(
    ("firm", "says", "not_said"),
    [
        ({"revenue_y0": 8000, "rd_expense_y0": 80}, ["不低于 6%"], ["不低于 3%", "不低于 50%", "营业收入："]),
        ({"revenue_y0": 10000, "rd_expense_y0": 80}, ["不低于 3%"], ["不低于 6%", "不低于 50%", "营业收入："]),
        ({"revenue_y0": 4999, "rd_expense_y0": 80}, ["不低于 50%"], ["不低于 3%", "不低于 6%", "营业收入："]),
        ({"revenue_y0": 8000}, ["上年度研发费用"], ["不低于 3%", "不低于 50%", "除非"]),
        ({"rd_intensity_pct_y0": "1%"}, ["不低于 3%", "不低于 6%", "不低于 50%"], []),
    ],
)
def test_only_the_tier_of_the_firm(
    rules: Catalog, firm: dict[str, object], says: list[str], not_said: list[str]
) -> None:
    """What another tier asks is no way out for it."""
    said = told(rules, firm)
    assert [word for word in says if word not in said] == []
    assert [word for word in not_said if word in said] == []


@pytest.mark.parametrize(("bound", "many"), [("less_than: 5000", 3), ("at_most: 5000", 0), ("at_least: 1", 0)])
def test_ways_that_are_open_to_one_firm_are_no_tiers(bound: str, many: int) -> None:
    """Ranges that overlap leave a choice."""
    [criterion] = rules_requiring(TIERS.replace("less_than: 5000", bound)).rulebook().criteria
    assert len(tiers(criterion.gate)) == many
