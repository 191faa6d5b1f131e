"""What a verdict says is missing, and what could settle it, is so: tried by supplying it."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from engine import InputError, Standing, Verdict, assess, shipped
from engine.language.facts import BOOLEAN, Fact, Kind

MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
DAY = date(2026, 6, 1)


def _profile(name: str, *without: str, **instead: Any) -> dict[str, Any]:
    profile = json.loads((MADE_UP / f"{name}.json").read_text(encoding="utf-8"))
    profile.pop("evidence", None)
    return {key: value for key, value in {**profile, **instead}.items() if key not in without}


def _sets(verdict: Verdict, standing: Standing) -> list[tuple[str, ...]]:
    return [settling.facts for settling in verdict.settles if settling.verdict is standing]


def _answers(fact: Fact) -> list[Any]:
    """Give answers of every sort to a fact: all options, yes and no, a very low and a very high figure."""
    if fact.kind is Kind.CHOICE:
        return [*fact.choices]
    if fact.kind is Kind.CHOICES:
        return [[], [*fact.choices]]
    if fact.is_numeric:
        return [fact.lowest or 0, fact.highest or 10**9, _profile("qualifies").get(fact.id)]
    return [True, False]


def _tried(profile: dict[str, Any]) -> Standing | None:
    """Give the verdict, None where the answers do not fit each other."""
    try:
        return assess(profile, as_of=DAY).verdict
    except InputError:
        return None


@pytest.mark.parametrize(
    "blank",
    [
        ("technology_level",),
        ("global_rank", "domestic_rank"),
        ("global_market_share_pct", "core_ip_owned"),
        ("industry_sector", "industry_code_2"),
        ("employees_y0", "revenue_y0"),
        ("rd_expense_y0", "niche_benchmark"),
    ],
)
def test_settling_sets_settle(blank: tuple[str, ...]) -> None:
    """Some answer to the facts that are named brings the verdict that is named."""
    profile = _profile("qualifies", *blank)
    verdict = assess(profile, as_of=DAY)
    assert verdict.verdict is Standing.UNDETERMINED
    assert verdict.settles
    for settling in verdict.settles:
        answers = [_answers(shipped().vocabulary[name]) for name in settling.facts]
        tried = [_tried({**profile, **dict(zip(settling.facts, given, strict=True))}) for given in product(*answers)]
        assert settling.verdict in tried, settling


@pytest.mark.parametrize(
    ("stem", "rulebook"),
    [
        ("little-giant-2026-just-passes", "miit-2026-little-giant"),
        ("little-giant-2025-just-passes", "miit-2025-little-giant"),
        ("single-champion-just-passes", "miit-2023-single-champion"),
    ],
)
def test_every_fact_that_could_end_it_is_named(stem: str, rulebook: str) -> None:
    """Of a firm that leaves blank what it may, each fact of which one answer ends it stands among those that could."""
    stated = _profile(stem)
    blank = [name for name in stated if (fact := shipped().vocabulary.get(name)) and fact.kind in BOOLEAN]
    profile = {name: value for name, value in stated.items() if name not in blank}
    verdict = assess(profile, rulebook, DAY)
    assert verdict.verdict is Standing.UNDETERMINED
    tried = {(name, assess({**profile, name: say}, rulebook, DAY).verdict) for name in blank for say in (True, False)}
    ends = {(name,) for name, came in tried if came is Standing.NOT_QUALIFIED}
    assert len(ends) > 1
    assert ends <= set(_sets(verdict, Standing.NOT_QUALIFIED))


def test_what_cannot_be_is_not_promised() -> None:
    """A firm that is large in its every possible sector is not told that naming its sector could qualify it."""
    large = _profile(
        "qualifies",
        "industry_code_2",
        "industry_sector",
        "employees_y0",
        "total_assets_y0",
        revenue_y0=900000,
        main_revenue_y0=880000,
        rd_expense_y0=90000,
        peer_rd_intensity_pct=1,
        peer_invention_patents=1,
        peer_intl_invention_patents=1,
    )
    for facts in _sets(assess(large, as_of=DAY), Standing.QUALIFIED):
        assert facts != ("industry_sector",)


def test_without_a_benchmark_the_peer_is_named() -> None:
    """In an industry without benchmarks the verdict names the peer's figures as what is missing."""
    verdict = assess(_profile("qualifies", industry_code_2="32"), as_of=DAY)
    assert verdict.verdict is Standing.UNDETERMINED
    (way,) = _sets(verdict, Standing.QUALIFIED)
    assert {"peer_rd_intensity_pct", "peer_invention_patents", "peer_intl_invention_patents"} <= set(way)
    assert set(way) <= {missing.fact for missing in verdict.missing}


def test_informative_blanks_do_not_count() -> None:
    """A blank that only an informative criterion asks for is not what an undetermined verdict waits for."""
    verdict = assess(_profile("judgements-outstanding", "global_market_share_pct_y1"), as_of=DAY)
    assert verdict.awaiting == "judgement"
    assert "global_market_share_pct_y1" not in {missing.fact for missing in verdict.missing}


def test_an_award_to_come_exempts_nobody() -> None:
    """An award dated after the day of the decision is not an award of the last three years."""
    award = {"award_level": "national", "award_rank": 1, "award_date": "2099-01-01"}
    profile = _profile("little-giant-qualifies", "ip_class1_own_related_applied", **award)
    assert assess(profile, "miit-2026-little-giant", DAY).verdict is Standing.UNDETERMINED


def test_reviews_of_2026_are_warned() -> None:
    """A review under the 2026 text in 2026 is answered with a warning: that year's reviews went by the older text."""
    profile = _profile("little-giant-qualifies", application_type="review", valid_titles=["小巨人", "专精特新"])
    assert [w.where for w in assess(profile, "miit-2026-little-giant", DAY).warnings] == ["as_of"]
    assert not assess(profile, "miit-2026-little-giant", date(2027, 6, 1)).warnings


def test_an_option_that_no_criterion_waits_for_is_not_asked_for() -> None:
    """A firm that is small by every row of the size rules need not say of which sector it is."""
    firm = _profile("little-giant-2026-just-passes", "industry_sector", "industry_code_2", "registered_in_mainland")
    verdict = assess(firm, "miit-2026-little-giant", as_of=DAY)
    assert next(one.outcome for one in verdict.criteria if one.id.endswith("sme")) == "met"
    asked = {name for one in verdict.settles for name in one.facts} | {one.fact for one in verdict.missing}
    assert asked == {"registered_in_mainland"}
