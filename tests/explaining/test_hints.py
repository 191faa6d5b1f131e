"""What a figure would have to be: solved exactly from the formula, and never said where it cannot be solved."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import assess, shipped
from engine.deciding.reference import check as outcome_of
from engine.explaining.hints import hint, needed
from engine.explaining.verdict import CriterionFinding
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Known, Number, Span, Unknown
from engine.rulebooks.logic import Check, FactOf, Threshold
from engine.rulebooks.rulebook import Operator

DAY = date(2026, 6, 1)
WORDS = shipped().vocabulary


def _check(fact: str, operator: Operator, value: Number) -> Check:
    return Check("check", WORDS[fact], operator, Threshold(value))


def _figures(**stated: Known) -> Figures:
    return Figures(WORDS, stated, DAY)


CASES = [
    # fact, operator, threshold, stated figures, the figure to change, what it must be
    ("rd_intensity_pct_y0", Operator.AT_LEAST, 3, {"rd_expense_y0": 700, "revenue_y0": 36000}, "rd_expense_y0", 1080),
    ("rd_intensity_pct_y0", Operator.MORE_THAN, 3, {"rd_expense_y0": 1080, "revenue_y0": 36000}, "rd_expense_y0", 1080),
    ("debt_ratio_pct_y0", Operator.AT_MOST, 75, {"total_liabilities_y0": 81, "total_assets_y0": 100}, None, 75),
    ("debt_ratio_pct_y0", Operator.LESS_THAN, 75, {"total_liabilities_y0": 75, "total_assets_y0": 100}, None, 75),
    ("rd_expense_sum_2y", Operator.AT_LEAST, 1200, {"rd_expense_y0": 500, "rd_expense_y1": 400}, "rd_expense_y0", 800),
    ("revenue_cagr_2y_pct", Operator.AT_LEAST, 5, {"revenue_y0": 104, "revenue_y2": 100}, "revenue_y0", "110.25"),
    (
        "main_revenue_growth_mean_2y_pct",
        Operator.AT_LEAST,
        5,
        {"main_revenue_y0": 100, "main_revenue_y1": 100, "main_revenue_y2": 100},
        "main_revenue_y0",
        110,
    ),
    ("rd_staff_share_pct_y0", Operator.AT_LEAST, 50, {"rd_staff_y0": 10, "employees_y0": 33}, "rd_staff_y0", 17),
]


@pytest.mark.parametrize(("fact", "operator", "threshold", "stated", "moving", "expected"), CASES)
def test_solved(
    fact: str,
    operator: Operator,
    threshold: Number,
    stated: dict[str, Known],
    moving: str | None,
    expected: Number | str,
) -> None:
    """A ratio, a sum, a mean of rates and a root are solved for their first figure; people are counted whole."""
    found = hint(_check(fact, operator, threshold), _figures(**stated))
    assert found is not None
    assert found.fact == (moving or "total_liabilities_y0")
    assert found.needed == float(Fraction(expected))
    assert found.strictly == (operator in {Operator.MORE_THAN, Operator.LESS_THAN})
    assert found.change == float(Fraction(expected) - Fraction(stated[found.fact]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fact", "operator", "threshold", "stated"),
    [
        ("revenue_y0", Operator.AT_LEAST, 5000, {"revenue_y0": 100}),
        ("rd_intensity_pct_y0", Operator.AT_LEAST, 3, {"rd_expense_y0": 1, "revenue_y0": 0}),
        ("rd_intensity_pct_y0", Operator.AT_LEAST, 3, {"revenue_y0": 100}),
        ("award_age_years", Operator.AT_MOST, 3, {"award_date": date(2020, 1, 1)}),
        ("debt_ratio_pct_y0", Operator.AT_MOST, -1, {"total_liabilities_y0": 1, "total_assets_y0": 100}),
        ("main_revenue_share_pct_y0", Operator.AT_LEAST, 101, {"main_revenue_y0": 1, "revenue_y0": 100}),
    ],
    ids=["stated", "divided by zero", "unknown", "a date", "below what is accepted", "a part above its whole"],
)
def test_nothing_to_say(fact: str, operator: Operator, threshold: Number, stated: dict[str, Known]) -> None:
    """Where no figure can be solved for, or none could be stated, nothing is said."""
    assert hint(_check(fact, operator, threshold), _figures(**stated)) is None


@pytest.mark.parametrize(
    ("stated", "check", "told"),
    [
        ({"revenue_y0": 18600}, "main_revenue_share_pct_y0", "上年度主营业务收入达到 16,740 万元即够"),
        (
            {"revenue_y0": 18600, "main_revenue_y0": "1.52亿以上"},
            "main_revenue_share_pct_y0",
            "上年度主营业务收入达到 16,740 万元即够",
        ),
        ({"revenue_y2": 15000}, "revenue_cagr_2y_pct", "上年度营业收入达到 16,537.5 万元即够"),
        ({"total_assets_y0": 24000}, "debt_ratio_pct_y0", "上年末负债总额不超过 18,000 万元即够"),
        ({"total_liabilities_y0": 11000}, "debt_ratio_pct_y0", None),
        ({}, "main_revenue_share_pct_y0", None),
        ({}, "revenue_y0", None),
    ],
    ids=["blank", "a range", "under a root", "at most", "a divisor", "both blank", "no formula"],
)
def test_what_is_enough_of_a_missing_figure(stated: dict[str, object], check: str, told: str | None) -> None:
    """Where one figure is missing of several, it is said from which on it would be enough."""
    verdict = assess({"application_type": "new", **stated}, "miit-2026-little-giant", DAY)
    [found] = {one.enough for two in verdict.criteria for one in two.checks if one.fact == check and two.decides} or {
        None
    }
    assert (found.zh if found else None) == (told and f"{told}（只看这一条，按已填的其他数）。")


def test_the_most_that_is_asked_of_a_figure_is_told() -> None:
    """Of two lines that both must be met, and ask for more of one figure, the one that asks for most has the arrow."""
    stated = {"rd_expense_y0": 500, "rd_expense_y1": 655, "revenue_y0": 18600, "revenue_y1": 17100}
    verdict = assess(stated, "miit-2026-little-giant", DAY)
    [found] = [one for one in verdict.criteria if any(two.fact == "rd_expense_sum_2y" for two in one.checks)]
    told = [one.enough.zh for one in found.checks if one.enough is not None]
    assert [one.outcome for one in found.checks].count(Outcome.NOT_MET) == 2
    assert len(told) == 1
    assert "须达到 558 万元" in told[0]
    assert told[0].endswith("达到这个数，本项其他各条对它的要求也都满足。")


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"rd_expense_y1": 790, "revenue_y0": 20000}, ["达到 600 万元即够（只看这一条，按已填的其他数）。"]),
        ({"rd_expense_y1": 790, "revenue_y0": 10000}, ["达到 410 万元即够（只看这一条，按已填的其他数）。"]),
        (
            {"rd_expense_y1": 790},
            ["须达到 410 万元（按已填的其他数），并且上年度研发费用占营业收入比重不低于 3%（缺数，还算不出须多少）。"],
        ),
        (
            {"revenue_y0": 20000},
            ["须达到 600 万元（按已填的其他数），并且近两年研发费用合计不低于 1,200 万元（缺数，还算不出须多少）。"],
        ),
        ({}, []),
    ],
    ids=["one asks for more", "the other does", "no revenue", "no second year", "nothing"],
)
def test_a_missing_figure_is_enough_for_all_that_is_asked_of_it(others: dict[str, object], told: list[str]) -> None:
    """One figure is told that meets every check of the criterion on it; what cannot be computed is named with it."""
    said = [one.zh.removeprefix("上年度研发费用") for one in _said_of("rd_expense_sum_2y", others)]
    assert said == told


_FEW = st.one_of(st.none(), st.integers(1, 40000))


@given(
    st.sampled_from(["rd_expense_sum_2y", "main_revenue_share_pct_y0", "revenue_cagr_2y_pct", "debt_ratio_pct_y0"]),
    st.sampled_from(["rd_expense_y0", "rd_expense_y1", "main_revenue_y0", "revenue_y0", "total_liabilities_y0"]),
    st.fixed_dictionaries(
        dict.fromkeys(
            ["rd_expense_y0", "rd_expense_y1", "revenue_y0", "revenue_y1", "revenue_y2", "total_assets_y0"], _FEW
        )
    ),
)
def test_what_is_said_to_be_enough_is(asked: str, missing: str, others: dict[str, object]) -> None:
    """Filled in with the figure that is said to be enough, no check of the criterion on it fails or stays open."""
    for words in _said_of(asked, {**others, missing: None}):
        if not words.zh.startswith(WORDS[missing].title.zh) or "即够" not in words.zh:
            continue
        [number] = re.findall(r"[\d,.]+(?= 万元即够)", words.zh)
        found = _criterion_of(asked, {**others, missing: Fraction(number.replace(",", ""))})
        on_it = [one for one in found.checks if missing in {one.fact, *(part.fact for part in one.derived_from)}]
        assert on_it
        assert {one.outcome for one in on_it} == {Outcome.MET}


def _criterion_of(fact: str, stated: dict[str, object]) -> CriterionFinding:
    given_ = {name: float(value) if isinstance(value, Fraction) else value for name, value in stated.items()}
    verdict = assess({"application_type": "new", **given_}, "miit-2026-little-giant", DAY)
    [found] = [one for one in verdict.criteria if one.decides and any(two.fact == fact for two in one.checks)]
    return found


def _said_of(fact: str, stated: dict[str, object]) -> list[Text]:
    return [one.enough for one in _criterion_of(fact, stated).checks if one.enough is not None]


_MONEY = st.decimals("0.01", 10**9, places=2).map(Fraction)
_SHARE = st.decimals("0.1", 99, places=1).map(Fraction)


@given(part=_MONEY, whole=_MONEY, threshold=_SHARE, operator=st.sampled_from([Operator.AT_LEAST, Operator.MORE_THAN]))
def test_put_back(part: Fraction, whole: Fraction, threshold: Fraction, operator: Operator) -> None:
    """The exact figure put back stands at the threshold: a hair less is not met, and a hair more is."""
    check, figures = (
        _check("rd_intensity_pct_y0", operator, threshold),
        _figures(rd_expense_y0=part, revenue_y0=whole),
    )
    if outcome_of(check, figures) is Outcome.MET:
        return
    fact = WORDS["rd_expense_y0"]
    exact = threshold * whole / 100
    assert needed(check, fact, figures) == (exact, True)
    hair = Fraction(1, 10**30)
    outcomes = [outcome_of(check, figures.supposing(fact, exact + move)) for move in (-hair, 0, hair)]
    at_threshold = Outcome.MET if operator is Operator.AT_LEAST else Outcome.NOT_MET
    assert outcomes == [Outcome.NOT_MET, at_threshold, Outcome.MET]


@given(last=_MONEY, first=_MONEY, threshold=_SHARE)
def test_what_is_said_is_enough(last: Fraction, first: Fraction, threshold: Fraction) -> None:
    """The figure that is told, rounded to a yuan and written as JSON, meets the threshold when it is stated."""
    check, figures = (
        _check("revenue_cagr_2y_pct", Operator.AT_LEAST, threshold),
        _figures(revenue_y0=last, revenue_y2=first),
    )
    found = hint(check, figures)
    if found is None:
        assert outcome_of(check, figures) is Outcome.MET
        return
    stated = Fraction(repr(found.needed))
    assert outcome_of(check, figures.supposing(WORDS["revenue_y0"], stated)) is Outcome.MET
    below = stated - Fraction(1, 10**4)
    assert outcome_of(check, figures.supposing(WORDS["revenue_y0"], below)) is Outcome.NOT_MET


@pytest.mark.parametrize("of_range", ["rd_expense_y0", "revenue_y0"])
def test_nothing_of_a_range(of_range: str) -> None:
    """Beside a ratio that is stated because a part of it is only known as a range, nothing is said of the parts."""
    a_range = Span(5, 15, Unknown(Reason.MISSING, (of_range,)))
    figures = _figures(**{"rd_expense_y0": 700, "revenue_y0": 36000, "rd_intensity_pct_y0": 1, of_range: a_range})
    check = _check("rd_intensity_pct_y0", Operator.AT_LEAST, 3)
    assert outcome_of(check, figures) is Outcome.NOT_MET
    assert hint(check, figures) is None


def test_words() -> None:
    """The sentence names the figure, what it must be, what it is, and the difference, in both languages."""
    figures = _figures(rd_expense_y0=700, revenue_y0=36000)
    found = hint(_check("rd_intensity_pct_y0", Operator.AT_LEAST, 3), figures)
    assert found is not None
    assert found.explanation.zh == "上年度研发费用须达到 1,080 万元，比现在的 700 万元多 380 万元（其他数不变）。"
    assert found.explanation.en == (
        "R&D expense, last full year: at least CNY 10.8 million needed, CNY 3.8 million more than now"
        " (CNY 7 million), all else the same."
    )


@pytest.mark.parametrize(("last", "before", "told"), [(3900, 3600, True), (5000, 4900, False), (3900, 4900, False)])
def test_another_criterion_may_ask_for_more(last: int, before: int, told: bool) -> None:  # noqa: FBT001 a case
    """Where another criterion fails by the same figure and asks for more of it, the words say how much."""
    verdict = assess({"revenue_y0": last, "revenue_y2": before}, "miit-2026-little-giant", DAY)
    [said] = [one.enough for it in verdict.criteria for one in it.checks if one.enough and one.id.startswith("lg26-2c")]
    assert ("（其他数不变；只为这一条，另一条要求 5,000 万元）" in said.zh) is told
    assert ("for this alone, another criterion asks for CNY 50 million" in said.en) is told


def test_threshold_that_moves_along() -> None:
    """Nothing is said of a figure that the threshold itself depends on."""
    check = Check("check", WORDS["rd_intensity_pct_y0"], Operator.AT_LEAST, FactOf(WORDS["rd_expense_y0"]))
    assert hint(check, _figures(rd_expense_y0=100, revenue_y0=2000)) is None
