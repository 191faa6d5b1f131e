"""Ratios that a firm states where the figures they are made from are missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from engine import InputError, assess, screen

BOOK, DAY = "miit-2026-little-giant", date(2026, 6, 1)
SHARE = "main_revenue_share_pct_y0"


def finding(fact: str, **profile: Any) -> Any:
    """Give the finding of the first check of a fact."""
    verdict = assess(profile, BOOK, DAY)
    return next(check for one in verdict.criteria for check in one.checks if check.fact == fact)


def problems(**profile: Any) -> list[str]:
    """Give the problems of a profile, in English."""
    with pytest.raises(InputError) as caught:
        assess(profile, BOOK, DAY)
    return [one.in_language("en") for one in caught.value.problems]


def test_a_stated_ratio_decides_and_is_marked() -> None:
    """A ratio is taken as stated where its parts are missing, in words and in data."""
    found = finding(SHARE, main_revenue_share_pct_y0="97.3%", revenue_y0=10000)
    assert (found.outcome, found.observed, found.stated, found.derived_from) == ("met", 97.3, True, ())
    assert "97.3%（填报值，未经计算）" in found.explanation.zh
    assert "97.3% (stated, not computed)" in found.explanation.en
    assert finding("debt_ratio_pct_y0", debt_ratio_pct_y0=75.01).outcome == "not_met"
    assert finding("debt_ratio_pct_y0", debt_ratio_pct_y0=75).outcome == "met"
    assert finding("debt_ratio_pct_y0").reason == "missing"


def test_what_can_be_computed_is_computed() -> None:
    """Beside its parts a stated ratio only has to agree with them: within the rounding of its decimals."""
    found = finding(SHARE, main_revenue_share_pct_y0=97.3, revenue_y0=10000, main_revenue_y0=9727)
    assert (found.observed, found.stated, len(found.derived_from)) == (97.27, False, 2)
    for share, main in ((97.3, 9725), (97.3, 9735), (97, 9750), (97, 9650), (97.27, 9727), (90, "8950")):
        finding(SHARE, main_revenue_share_pct_y0=share, revenue_y0=10000, main_revenue_y0=main)
    for share, main in ((97.3, 9724.99), (97.3, 9735.01), (97.27, 9728), (0.97, 9727)):
        assert problems(main_revenue_share_pct_y0=share, revenue_y0=10000, main_revenue_y0=main)
    [said] = problems(main_revenue_share_pct_y0=97.3, revenue_y0=10000, main_revenue_y0=9000)
    assert said.startswith(f"{SHARE}: “97.3” does not agree with 90, computed from main_revenue_y0, revenue_y0. ")
    assert said.endswith("state the ratio or its parts alone.")


def test_only_what_is_sound_may_be_stated() -> None:
    """A score, a sum or a rate whose formula no text confirms is computed from figures, never stated."""
    for name in ("revenue_cagr_2y_pct", "rd_expense_sum_2y", "main_revenue_growth_mean_2y_pct"):
        assert "cannot be given" in problems(**{name: 12})[0]


def test_a_ratio_that_cannot_be_computed_is_not_replaced() -> None:
    """With all parts there and a revenue of 0 the ratio stays not computable, whatever is stated."""
    found = finding(SHARE, main_revenue_share_pct_y0=97, revenue_y0=0, main_revenue_y0=0)
    assert (found.outcome, found.reason, found.stated) == ("undetermined", "not_computable", False)


def test_a_mean_of_stated_rates_is_computed_from_them() -> None:
    """What a formula makes of stated ratios shows those as what it was made from."""
    profile = {"main_revenue_growth_pct_y0": 12, "main_revenue_growth_pct_y1": "4%"}
    verdict = assess(profile, "miit-2022-little-giant", DAY)
    checks = [check for one in verdict.criteria for check in one.checks]
    means = [one for one in checks if one.fact == "main_revenue_growth_mean_2y_pct"]
    assert means
    assert {(one.observed, one.stated, tuple(part.value for part in one.derived_from)) for one in means} == {
        (8, False, (12, 4))
    }


def test_a_table_of_stated_ratios() -> None:
    """A row says what a profile says: taken, computed, refused for contradicting its parts, or for a vague figure."""
    table = pa.table(
        {
            "企业名称": ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"],
            "年营业收入": [None, "10000", "10000", "10000", None, "0", None, None, "10000"],
            "主营业务收入（万元）": [None, "9727", "9000", None, None, "0", None, "9000", "8000"],
            "主营业务收入占比（%）": ["97.3", "97.3", "97.3", "65", "约97%", "97", "90%以上", "80%以上", "90%以上"],
            "研发投入占比": ["6.1%", "6.1%", "6.1%", "2.9%", *["6%"] * 5],
        }
    )
    told = screen(table, BOOK, DAY, figures=True, lang="en").to_pydict()
    assert [text is None for text in told["problems"]] == [True, True, False, True, False, True, True, True, False]
    assert told["problems"][2].startswith("主营业务收入占比（%）: “97.3” does not agree with 90, computed from")
    assert told["problems"][4].startswith("主营业务收入占比（%）: “约97%”")
    assert told["problems"][8].startswith("主营业务收入占比（%）: “90%以上” does not agree with 80, computed from")
    assert told[SHARE] == [97.3, 97.27, None, 65.0, None, None, None, None, None]
    assert "2.9% (stated, not computed)" in told["reasons"][3], told["reasons"][3]
    assert "revenue_y0" in told["missing"][0]
    assert "total_liabilities_y0" in told["missing"][0]
    for row, share in ((0, "97.3"), (1, None), (3, "65"), (6, "90%以上"), (7, "80%以上")):
        cells = {
            "revenue_y0": table["年营业收入"][row].as_py(),
            "main_revenue_y0": table["主营业务收入（万元）"][row].as_py(),
        }
        verdict = assess({**cells, SHARE: share, "rd_intensity_pct_y0": table["研发投入占比"][row].as_py()}, BOOK, DAY)
        assert [one.outcome for one in verdict.criteria] == [told[one.id][row] for one in verdict.criteria]
