"""A form names its years: on a day of another year it is read by the year that it states, or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.assessment import assess
from engine.explaining.blank_form import blank_form
from engine.ground.errors import InputError, Language
from engine.rulebooks.catalog import shipped
from engine.screening.one_of_list import profile_of
from tests.forms import filled
from tests.shell import run

DAY, LATER = date(2026, 6, 1), date(2027, 1, 15)
BOOK = "miit-2026-little-giant"
FIRM = {"firm_name": "甲厂", "revenue_y0": 21000, "revenue_y1": 18000}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_of_another_year_is_refused(
    lang: Language, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """No figure is lost in silence: the form as a whole is refused, by every door, with the day that fits."""
    path = filled(blank_form(shipped(), DAY, BOOK, lang=lang), FIRM, tmp_path / "form.csv", lang)
    with pytest.raises(InputError) as refused:
        profile_of(path, rulebook=BOOK, as_of=LATER)
    [problem] = refused.value.problems
    told = problem.in_language("zh")
    assert "按 2025 年为上年度填写，而判定日的上年度是 2026 年" in told
    assert ("--as-of 2026-12-31" in told, "“上年度所指年份”填为 2025" in told) == (True, True)
    out = str(tmp_path / "out.csv")
    screened = run(
        capfdbinary, "screen", str(path), "-o", out, "--rulebook", BOOK, "--as-of", "2027-01-15", "--lang", "en"
    )
    assert (screened.code, "as the last full year" in screened.err) == (1, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("year", [2025, "2025年"])
def test_a_form_that_says_its_year_is_read_by_it(lang: Language, year: object, tmp_path: Path) -> None:
    """Where 上年度所指年份 is 2025 the figures are those of that year and the year before, whatever the day."""
    form = blank_form(shipped(), DAY, BOOK, lang=lang)
    path = filled(form, {**FIRM, "fiscal_year_y0": year}, tmp_path / "form.csv", lang)
    profile = profile_of(path, rulebook=BOOK, as_of=LATER)
    assert {"revenue_y0", "revenue_y1"} <= profile.keys()
    verdict = assess(profile, BOOK, LATER)
    assert [one.where for one in verdict.warnings if "而按判断之日应是" in one.what.zh] == ["fiscal_year_y0"]
    assert profile.unread == ()


def test_a_form_that_says_two_years_is_refused(tmp_path: Path) -> None:
    """A year that is stated and is not that of the names of figures is a contradiction, also on the day of the form."""
    path = filled(blank_form(shipped(), DAY, BOOK), {**FIRM, "fiscal_year_y0": 2024}, tmp_path / "form.csv")
    with pytest.raises(InputError, match=r"several years for the last full one \(2024、2025\)"):
        profile_of(path, rulebook=BOOK, as_of=DAY)
