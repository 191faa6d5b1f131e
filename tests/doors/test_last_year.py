"""The year of last year's figures follows from the day, unless a firm says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from engine import assess
from engine.explaining.wording import exactly, figure_words
from engine.firms.figures import Figures
from engine.ground.outcome import Reason
from engine.ground.values import Known, Span, Unknown
from engine.language.facts import YEAR
from engine.rulebooks.catalog import shipped
from tests.evaluators import EVALUATORS, assert_agrees

DAY = date(2025, 6, 1)
BOOK = shipped().rulebook("miit-2025-little-giant")
AGE = shipped().vocabulary["maker_china_age_years"]
LISTED: dict[str, Known] = {"maker_china_tier": "top50", "maker_china_year": 2021}
STATED: list[Known | None] = [None, 2023, 2024, Span(2023, 2024, Unknown(Reason.MISSING, (YEAR,)))]


@pytest.mark.parametrize("evaluator", sorted(EVALUATORS))
def test_all_evaluators_know_the_year(evaluator: str) -> None:
    """A firm that states no year, one, another or a range comes out alike everywhere."""
    firms = [LISTED | ({} if year is None else {YEAR: year}) for year in STATED]
    assert_agrees(evaluator, BOOK, firms, DAY)


@pytest.mark.parametrize(("stated", "age"), [(None, 3), (2023, 2), (2024, 3)])
def test_stated_year_wins(stated: int | None, age: int) -> None:
    """Years are counted to the year that is stated, else to the last full one before the day."""
    firm = LISTED | ({} if stated is None else {YEAR: stated})
    assert Figures(BOOK.vocabulary, firm, DAY).value(AGE) == age


def test_year_is_not_asked_for() -> None:
    """Nobody is asked which year was the last one."""
    verdict = assess({"maker_china_tier": "50强"}, rulebook=BOOK.id, as_of=DAY)
    missing = {one.fact for one in verdict.missing}
    assert "maker_china_year" in missing
    assert YEAR not in missing


@pytest.mark.parametrize("firm", [{"maker_china_tier": "50强"}, {"maker_china_tier": "50强", "maker_china_year": 2020}])
def test_a_year_is_no_amount(firm: dict[str, object]) -> None:
    """It is written without a comma, and nobody is told from which year on it would be enough."""
    verdict = assess(firm, rulebook=BOOK.id, as_of=DAY)
    checks = [one for criterion in verdict.criteria for one in criterion.checks if one.fact == AGE.id]
    assert checks
    assert all(one.enough is None for one in checks)
    year = BOOK.vocabulary["maker_china_year"]
    assert (figure_words(year, 2023), exactly(year, 2023)) == (("2023 年", "2023"), ("2023 年", "2023"))
