"""A figure that misses its threshold by a hair is never written like it, nor its distance like none, at any door."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest

from engine import assess, screen
from engine.explaining.told import made_of
from engine.ground.errors import Language
from tests.shell import run
from tests.small_rules import rules_asking

DAY = date(2026, 6, 1)
RULES = rules_asking(rd_intensity_pct_y0="at_least: 15%", niche_market_years="at_least: 3")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("expense", "revenue", "years", "seen"),
    [
        ("149.996", "1000", "2.9999996", ("14.9996%", "2.9999996")),
        ("14999.99996", "100000", "2.99", ("14.99999996%", "2.99")),
        ("149.98645772", "1000", "2.99", ("14.9986%", "2.99")),
        ("149.99986457", "1000", "2.99", ("14.999986%", "2.99")),
        ("149.999", "1000", "2.991-2.9996", ("14.9999%", "2.991 至 2.9996")),
    ],
)
def test_observed_and_required(lang: Language, expense: str, revenue: str, years: str, seen: tuple[str, str]) -> None:
    """Digits are added until the figure, of a range each end, differs from what is required; a row says the same."""
    firm = {"rd_expense_y0": expense, "revenue_y0": revenue, "niche_market_years": years}
    verdict = assess(firm, as_of=DAY, catalog=RULES)
    for criterion, digits in zip(verdict.criteria, seen, strict=True):
        (check,) = criterion.checks
        assert check.outcome == "not_met"
        observed, required = check.explanation.in_language(lang).split({"zh": "要求", "en": "required"}[lang])
        assert digits.replace("至", {"zh": "至", "en": "to"}[lang]) in observed, check.explanation
        assert digits not in required
        assert "差 0 " not in required
        assert "by 0 " not in required
    (row,) = screen(pa.table({"firm_name": ["甲"], **{name: [text] for name, text in firm.items()}}), as_of=DAY,
                    lang=lang, catalog=RULES).to_pylist()  # fmt: skip
    assert row["reasons"] == verdict.reasons.in_language(lang)


def test_an_open_range_is_told_from_the_threshold() -> None:
    """A range that ends a hair beyond the threshold is not written as ending at it."""
    firm = {"rd_expense_y0": 150, "revenue_y0": 1000, "niche_market_years": "2.996-3.004"}
    (check,) = assess(firm, as_of=DAY, catalog=RULES).criteria[1].checks
    assert "2.996 至 3.004 年" in check.explanation.zh


def test_figures_that_it_was_computed_from(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The stated figures behind a ratio are written as they were stated."""
    firm = {"rd_expense_y0": "149.996", "revenue_y0": "999.999", "niche_market_years": 3}
    (check,) = assess(firm, as_of=DAY, catalog=RULES).criteria[0].checks
    assert made_of(check).zh == "〔上年度研发费用 149.996 万元，上年度营业收入 999.999 万元〕"
    options = ("--rules", str(RULES.folder), "--as-of", "2026-06-01")
    out = run(capfdbinary, "assess", "-", *options, stdin=json.dumps(firm).encode()).out
    assert "149.996 万元" in "".join(out.split("\n"))
