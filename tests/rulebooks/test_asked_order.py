"""What is named first of all that is missing: what every firm is asked for."""

from __future__ import annotations

import json

import pytest

from engine import assess
from engine.rulebooks.asked_order import asked_order
from engine.rulebooks.catalog import shipped
from tests.shell import run


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_every_fact_has_a_place(rulebook_id: str) -> None:
    """No fact that a firm may state is left out."""
    rulebook = shipped().rulebook(rulebook_id)
    assert set(asked_order(rulebook)) >= rulebook.facts_used


def test_exemptions_come_last() -> None:
    """The award that spares a firm its patents is asked for after its staff and its revenue."""
    order = asked_order(shipped().rulebook("miit-2026-little-giant"))
    assert max(order["employees_y0"], order["revenue_y0"]) < order["award_date"]


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_what_few_have_is_asked_last(rulebook_id: str) -> None:
    """A fact that only spares a firm what is asked of others stands behind all others."""
    rulebook = shipped().rulebook(rulebook_id)
    asked = [name for name in asked_order(rulebook) if name in rulebook.facts_used]
    marks = [rulebook.vocabulary[name].if_any for name in asked]
    assert marks == sorted(marks)


def test_one_order_everywhere() -> None:
    """What is missing of a firm is listed as its reasons name it, and an award is marked."""
    verdict = assess({"firm_name": "甲"}, rulebook="miit-2022-little-giant")
    assert [one.fact for one in verdict.missing] == sorted(
        (one.fact for one in verdict.missing), key=asked_order(shipped().rulebook("miit-2022-little-giant")).get
    )
    assert {one.fact for one in verdict.missing if one.if_any} >= {"award_level", "award_rank", "maker_china_tier"}
    assert not [one.fact for one in verdict.missing if one.if_any and not one.fact.startswith(("award", "maker"))]


def test_facts_are_listed_so(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The list of facts ends with what few firms have, each marked; so does the empty table to be filled in."""
    listed = json.loads(run(capfdbinary, "facts", "--rulebook", "miit-2026-little-giant", "--format", "json").out)
    marks = [one["if_any"] for one in listed]
    assert marks == [*[False] * (len(marks) - 3), *[True] * 3]
    assert run(capfdbinary, "facts", "--rulebook", "miit-2026-little-giant", "--lang", "zh").out.count(" 如有：") == 3
    header = run(capfdbinary, "facts", "--template", "--rulebook", "miit-2026-little-giant").out.strip().split(",")
    assert header[-3:] == ["科技奖励级别", "获奖单位排名", "获奖日期"]
