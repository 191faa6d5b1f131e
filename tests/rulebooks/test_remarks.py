"""What `champion lint` remarks of a sound rulebook, and slips that it tells with what to write."""

from __future__ import annotations

import pytest

from engine import Catalog, shipped
from engine.rulebooks.remarks import remarks
from tests.rulebooks.test_lint import CARD, SOUND, catalog, problems

__all__ = ["catalog"]

_CHECK = "require: {fact: global_market_share_pct, at_least: 15%}"
_BANDS = "bands: [{points: 8, at_least: 1万元}]"
_SCORED = SOUND.replace("criteria:\n", CARD).replace("fact: global_market_share_pct, at_least", "score: card, at_least")
_SCORED = _SCORED.replace("不低于 15%", "得分合格").replace("at_least: 15%", "at_least: 10分")


def _remarked(catalog: Catalog, content: str) -> list[str]:
    assert problems(catalog, content) == []
    return [one.in_language("en") for one in remarks(catalog.read(catalog.folder / "sample.yaml"))]


@pytest.mark.parametrize(
    ("quote", "check", "figure"),
    [
        ("不低于 70%", "fact: main_revenue_share_pct_y0, at_least: 75%", "75%"),
        ("不低于 70%", "fact: main_revenue_share_pct_y0, at_least: 70%", None),
        ("不低于百分之七十，近2年", "fact: main_revenue_share_pct_y0, at_least: 70%", None),
        ("不低于 700‰", "fact: main_revenue_share_pct_y0, at_least: 70%", None),
        ("70万元以上", "fact: main_revenue_share_pct_y0, at_least: 70%", "70%"),
        ("营业收入1.5亿元以上", "fact: revenue_y0, at_least: 15000万元", None),
        ("营业收入1.5亿元以上", "fact: revenue_y0, at_least: 1.5万元", "1.5万元"),
        ("营业收入15,000万元以上", "fact: revenue_y0, at_least: 15000万元", None),
        ("营业收入1亿元以上", "fact: revenue_y0, at_least: 1000万元", "1000万元"),
        ("营业收入2000万元以上", "fact: revenue_y0, at_least: 2000元", "0.2万元"),
        ("营业收入2000万元以上", "fact: revenue_y0, at_least: 2000亿元", "20000000万元"),
        ("营业收入2千万元以上", "fact: revenue_y0, at_least: 2000万元", None),
        ("营业收入（万元）2000以上", "fact: revenue_y0, at_least: 2000万元", None),
        ("营业收入1000—2000万元", "fact: revenue_y0, at_least: 1000万元", None),
        ("从业人员1万人以上", "fact: employees_y0, at_least: 10000人", None),
        ("从业人员1万人以上", "fact: employees_y0, at_least: 1人", "1人"),
        ("从业人员2千人以上", "fact: employees_y0, at_least: 2000人", None),
        ("近２年内前三名", "fact: global_rank, at_most: 3名", None),
        ("2年满二十五年", "fact: niche_market_years, at_least: 25年", None),
        ("2年满十年", "fact: niche_market_years, at_least: 20年", "20年"),
        ("满24个月", "fact: niche_market_years, at_least: 2年", None),
        ("满24个月", "fact: niche_market_years, at_least: 24年", "24年"),
        ("从业人员较多", "fact: employees_y0, at_least: 10人", None),
    ],
)
def test_a_figure_that_the_quote_has_not(catalog: Catalog, quote: str, check: str, figure: str | None) -> None:
    """A threshold that no figure of the quote is, is remarked, unless a reading names it."""
    content = SOUND.replace("不低于 15%", quote).replace("fact: global_market_share_pct, at_least: 15%", check)
    told = _remarked(catalog, content)
    assert bool(told) == (figure is not None), told
    assert all(f"“{figure}” does not stand in the quote" in one for one in told)
    other = content.replace("    quote:", "    reading: 我们的读法\n    quote:")
    assert _remarked(catalog, other) == told
    assert _remarked(catalog, other.replace("我们的读法", f"按 {figure} 计")) == []


def test_a_parameter_that_the_quote_has_not(catalog: Catalog) -> None:
    """A parameter is compared with its own quote, or with that of the criterion."""
    parameter = (
        "parameters:\n  floor: {title: 下限, value: 20%, cite: {source: text, clause: 一, grade: A}}\ncriteria:\n"
    )
    content = SOUND.replace("criteria:\n", parameter).replace("at_least: 15%", "at_least: {parameter: floor}")
    assert "“20%” does not stand in the quote" in _remarked(catalog, content)[0]
    assert _remarked(catalog, content.replace("value: 20%,", "value: 20%, quote: 不低于20%,")) == []


@pytest.mark.parametrize(
    ("bands", "place"),
    [
        ("[{points: 8, at_least: 1万元}, {points: 10, at_least: 2万元}]", None),
        ("[{points: 10, at_least: 1万元}, {points: 8, at_least: 2万元}]", 2),
        ("[{points: 8, at_least: 2万元}, {points: 8, at_least: 1万元}]", 1),
        ("[{points: 8, more_than: 1万元}, {points: 10, at_least: 1万元}]", 1),
        ("[{points: 8, at_least: 1万元}, {points: 10, more_than: 1万元}]", None),
        ("[{points: 8, at_most: 1万元}, {points: 10, at_most: 2万元}]", 1),
        ("[{points: 8, at_most: 2万元}, {points: 10, at_least: 1万元}]", None),
        ("[{points: 8, fact: revenue_y1, at_least: 2万元}, {points: 10, at_least: 1万元}]", None),
    ],
)
def test_a_band_that_never_counts(catalog: Catalog, bands: str, place: int | None) -> None:
    """A band that whoever meets it earns as much without is remarked."""
    told = _remarked(catalog, _SCORED.replace(_BANDS, f"bands: {bands}"))
    assert [f"band {place} never counts" in one for one in told] == ([] if place is None else [True])


def test_a_source_that_nothing_cites(catalog: Catalog) -> None:
    """A source beside the text itself that is cited nowhere is remarked, unless a note says why it is listed."""
    other = "  text: {title: 文件}\n  other: {title: 另一份"
    content = SOUND.replace("  text: {title: 文件}", f"{other}}}")
    assert "sources.other: is cited nowhere" in _remarked(catalog, content)[0]
    assert _remarked(catalog, SOUND.replace("  text: {title: 文件}", f"{other}, note: 说明}}")) == []


def test_nothing_is_remarked_of_the_shipped_rules() -> None:
    """The shipped rulebooks have none of these slips."""
    assert [one for name in shipped().ids for one in remarks(shipped().rulebook(name))] == []


def test_a_total_that_lines_do_not_come_to(catalog: Catalog) -> None:
    """`total` of a scorecard is compared with the most points of all its lines."""
    scored = _SCORED.replace("    groups:\n", "    total: {}\n    groups:\n")
    assert problems(catalog, scored.replace("{}", "15", 1)) == []
    [told] = problems(catalog, scored.replace("{}", "100", 1))
    assert "`total`: the lines come to 15" in told


@pytest.mark.parametrize(("most", "is_told"), [("95", True), ("105", True), ("100", False), ("40", False)])
def test_a_total_of_nearly_100(catalog: Catalog, most: str, is_told: bool) -> None:  # noqa: FBT001 a case
    """A scorecard that comes to nearly 100 is remarked, unless `total` says that it is right."""
    scored = _SCORED.replace("max: 10,", f"max: {int(most) - 5},")
    assert [f"come to {most} points" in one for one in _remarked(catalog, scored)] == [True] * is_told
    assert _remarked(catalog, scored.replace("    groups:\n", f"    total: {most}\n    groups:\n")) == []


def test_kinds_of_application_in_chinese(catalog: Catalog) -> None:
    """新申报 and 复核 are what `new` and `review` are."""
    assert problems(catalog, SOUND.replace("[new]", "[新申报, 复核]")) == []
    assert catalog.read(catalog.folder / "sample.yaml").words.applies_to == ("new", "review")


@pytest.mark.parametrize(
    "require",
    [
        "{not: {fact: own_brand, equals: yes}}",
        "{fact: industry_code_2, not_in: ['53']}",
        "{排除: [{fact: own_brand, equals: yes}]}",
        "{none_of: [{fact: own_brand, equals: yes}]}",
    ],
)
def test_how_to_exclude(catalog: Catalog, require: str) -> None:
    """Whoever excludes in another way is told how it is written."""
    told = problems(catalog, SOUND.replace(_CHECK, f"require: {require}"))
    assert any("Exclude one by one: {fact: id, equals: no}" in one for one in told), told
