"""What of a rulebook never matters is told, and nothing else; a rulebook that nobody can meet is told with why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine import InputError, Standing, assess, prove, shipped
from engine.rulebooks.logic import Rulebook
from engine.solving.blanks import Blank, questionnaire, without
from engine.solving.changes import changes
from engine.solving.ladder import gaps
from engine.solving.relations import Found
from engine.solving.statics import Idle, statics
from tests.random_rulebooks import AS_OF, rulebook_from
from tests.shell import run
from tests.small_rules import rules_of

_DAY = date(2026, 6, 1)
_BOOK = shipped().rulebook
_CITE = {"source": "text", "clause": "一", "grade": "A"}


def _of(*conditions: dict[str, Any], cards: list[dict[str, Any]] | None = None) -> Rulebook:
    words = {"cite": _CITE, "quote": "原文"}
    criteria = [{"id": f"c{n}", "title": f"条件{n}", "require": one, **words} for n, one in enumerate(conditions)]
    return rulebook_from(criteria, cards)


def _told(*conditions: dict[str, Any], cards: list[dict[str, Any]] | None = None) -> list[tuple[Idle, str]]:
    return [(one.kind, one.id) for one in statics(_of(*conditions, cards=cards), AS_OF).remarks]


_SHARE = {"fact": "share", "at_least": "15%"}


def test_each_part_matters() -> None:
    """Of two ways that do not cover each other, and a criterion beside, nothing is told."""
    assert _told({"any_of": [_SHARE, {"fact": "staff", "at_least": "15"}]}, {"fact": "yes", "equals": "yes"}) == []


def test_a_criterion_that_the_others_imply() -> None:
    """A share of 3% is asked beside one of 15%: nobody fails by it alone."""
    assert _told(_SHARE, {"fact": "share", "at_least": "3%"}) == [(Idle.CRITERION, "c1")]


def test_a_threshold_that_another_formula_implies() -> None:
    """More than another figure above 0 is a ratio above 100%, whatever the figures: 70% beside it never matters."""
    more, some = {"fact": "money1", "more_than": {"fact": "money2"}}, {"fact": "money2", "more_than": "0"}
    asked = {"all_of": [{"fact": "ratio", "at_least": "70%"}, more, some]}
    assert _told(asked) == [(Idle.PART, "c0.1"), (Idle.PART, "c0.3")]  # else there is no ratio


def test_an_alternative_that_nobody_needs() -> None:
    """Who has more than 70% has at least 15%: the first way is never needed."""
    assert _told({"any_of": [{"fact": "share", "more_than": "70%"}, _SHARE]}) == [(Idle.ALTERNATIVE, "c0.1")]


def test_one_of_k_of_n_that_nobody_needs() -> None:
    """Of two of three, of which two are the same, the third tips nothing that the two do not."""
    same = {"fact": "yes", "equals": "yes"}
    told = _told({"at_least": "2", "of": [same, same, {"all_of": [same, _SHARE]}]})
    assert (Idle.ALTERNATIVE, "c0.3") in told


def test_a_band_that_nobody_reaches() -> None:
    """Whoever meets the band of 5 points meets that of 8, and more count."""
    bands = [{"points": "8", "when": _SHARE}, {"points": "5", "when": {"fact": "share", "at_least": "70%"}}]
    item = {"id": "i", "title": "项", "max": "10", "bands": bands}
    cards = [{"id": "score", "title": "总分", "cite": _CITE, "groups": [{"id": "g", "title": "组", "items": [item]}]}]
    assert _told({"score": "score", "at_least": "8"}, cards=cards) == [(Idle.BAND, "score.g.i.2")]


def test_criteria_that_contradict_are_named_alone() -> None:
    """A root and a ratio that no two figures can have: the fewest criteria that contradict each other are named."""
    growth = {"fact": "growth", "at_least": "70%"}
    less = {"all_of": [{"fact": "money1", "less_than": {"fact": "money3"}}, {"fact": "money3", "more_than": "0"}]}
    found = statics(_of(_SHARE, growth, less), AS_OF).remarks
    assert [(one.kind, one.what.zh) for one in found] == [
        (Idle.NOBODY, "没有企业能够符合：这些条件不能同时满足：条件1、条件2")
    ]


def test_a_shipped_text_that_repeats_itself() -> None:
    """The text of 2025 asks twice that a firm is not on the list of the dishonest, and an accident is told twice."""
    kinds = {(one.kind, one.id) for one in statics(_BOOK("miit-2025-little-giant"), _DAY).remarks}
    assert {(Idle.PART, "base-3-lists.2"), (Idle.CRITERION, "base-5-tax"), (Idle.PART, "lgn-3-conduct.3")} <= kinds


def test_a_questionnaire_settles_every_firm_and_nothing_can_be_left_out() -> None:
    """The size of a firm hangs on its sector and three figures; the division is asked for only where it is not."""
    found = questionnaire(_BOOK("sme-2011-size"), _DAY)
    assert set(found.needed) == {"industry_sector", "revenue_y0", "total_assets_y0", "employees_y0"}
    assert (found.fewest, found.blank_answers, found.spare) == (True, ("industry_code_2",), ())


def test_no_verdict_without_a_fact_but_a_bad_one() -> None:
    """Without revenue nobody is a little giant; whoever fails anyhow still fails, which a firm shows."""
    found = without(_BOOK("miit-2026-little-giant"), "revenue_y0", _DAY)
    assert (found.needed, found.qualified) == (True, None)
    assert found.refused is not None
    assert assess(found.refused.profile, "miit-2026-little-giant", _DAY).verdict is Standing.NOT_QUALIFIED


def test_a_ratio_may_stand_in_for_a_figure() -> None:
    """A technology-based SME need not state its R&D expense: it may state the ratio, or needs neither."""
    found = without(_BOOK("most-2017-tech-sme"), "rd_expense_y0", _DAY)
    assert found.qualified is not None
    assert "rd_expense_y0" not in found.qualified.profile


def test_a_fact_that_is_not_asked_for_is_told() -> None:
    """There is nothing to be said of a fact that a rulebook does not ask for."""
    with pytest.raises(InputError, match="no fact that the rulebook asks for"):
        without(_BOOK("sme-2011-size"), "global_rank", _DAY)


def test_a_fact_may_be_named_by_its_title_and_is_what_chooses_the_text_too() -> None:
    """A title with blanks names its fact; what a firm applies for may be left out, and counts as a new application."""
    [found] = prove("sme-2011-size without Full-time employees", _DAY)
    assert isinstance(found, Blank)
    assert found.fact == "employees_y0"
    applied = without(_BOOK("miit-2025-little-giant"), "application_type", _DAY)
    assert applied.qualified is not None
    assert "application_type" not in applied.qualified.profile


def test_each_changed_criterion_has_its_firms() -> None:
    """From 2022 to 2026 the main business must be 90%, not 70%: a firm shows what only the old text takes."""
    old, new = _BOOK("miit-2022-little-giant"), _BOOK("miit-2026-little-giant")
    one = next(one for one in changes(old, new, _DAY) if one.second == "lg26-2b-main-share")
    assert (one.found, one.only_second) == (Found.REFUTED, None)
    assert one.only_first is not None
    assert set(one.only_first.profile) == {"revenue_y0", "main_revenue_y0"}


def test_a_criterion_that_became_a_line_of_a_scorecard_has_no_firms() -> None:
    """It is shown in the difference alone: a line gives points, and decides nothing by itself."""
    first, second = (shipped().rulebook(name) for name in ("miit-2026-little-giant", "miit-2022-srdi"))
    told = [one.second for one in changes(first, second, _DAY)]
    assert told == ["base-5-incident", "z22-1-years", "z22-2-rd", "z22-3-revenue"]


def test_the_levels_of_the_ladder_do_not_imply_those_below() -> None:
    """On figures each level takes a firm that one of the step below does not: only titles hold them together."""
    found = gaps(shipped(), _DAY)
    assert [(one.first.id, one.second.id) for one in found][-1] == (
        "miit-2023-single-champion",
        "miit-2026-little-giant",
    )
    assert {one.found for one in found} == {Found.REFUTED}


def test_lint_tells_what_is_proved(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Main revenue is part of revenue: a text that asks more of the part than of the whole is broken, and told so."""
    asked = {"revenue_y0": "less_than: 5000万元", "main_revenue_y0": "at_least: 5000万元"}
    double = {"main_revenue_y0": "at_least: 5000万元", "revenue_y0": "at_least: 100万元"}
    rules = rules_of({"broken": ("srdi", "new", asked), "double": ("innovative", "new", double)})
    found = run(capfdbinary, "lint", "--prove", "broken", "--rules", str(rules.folder), "--lang", "en")
    told = "no firm can be qualified: these cannot be met together: Made-up criterion 1, Made-up criterion 2"
    assert (found.code, found.out) == (3, f"broken: broken: {told}\n")
    found = run(capfdbinary, "lint", "--prove", "double", "--rules", str(rules.folder), "--lang", "en")
    assert (found.code, found.out) == (
        0,
        "double: revenue-y0: whoever meets the other criteria never fails by this one alone\n",
    )
