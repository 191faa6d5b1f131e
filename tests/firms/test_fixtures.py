"""The profiles in `fixtures/`: what each made-up one is meant to show, and that the published ones can be judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine import Outcome, Standing, Verdict, assess, parse_json, shipped
from engine.explaining.verdict import Awaiting

FIXTURES = Path(__file__).parents[2] / "fixtures"
MADE_UP = sorted((FIXTURES / "made_up").glob("*.json"))
PUBLISHED = sorted((FIXTURES / "published").glob("*.json"))
AS_OF = date(2026, 6, 30)

CHAMPION, LITTLE_GIANT, SIZE = "cae-2021-champion", "miit-2026-little-giant", "sme-2011-size"
LITTLE_GIANT_FIGURES_2022 = {
    "lg22-zhuan1-years",
    "lg22-zhuan2-main-share",
    "lg22-zhuan3-growth",
    "lg22-jing3-debt",
    "lg22-te1-market",
    "lg22-xin-innovation",
}
# Each pair `<level>-just-passes`, `<level>-just-fails`: its rulebook, the day, and the criteria that turn on a figure.
EDGES: dict[str, tuple[str, date, set[str]]] = {
    "innovative": ("miit-2022-innovative", AS_OF, {"inn-score-or-direct"}),
    "srdi-2022": (
        "miit-2022-srdi",
        date(2025, 6, 30),
        {"z22-1-years", "z22-2-rd", "z22-3-revenue", "z22-4-score-or-direct"},
    ),
    "little-giant-2022": ("miit-2022-little-giant", date(2024, 6, 30), LITTLE_GIANT_FIGURES_2022),
    "little-giant-2025": ("miit-2025-little-giant", date(2025, 6, 30), {*LITTLE_GIANT_FIGURES_2022, "lg25-revenue"}),
    "little-giant-2026": (
        LITTLE_GIANT,
        AS_OF,
        {
            "lg26-1-years",
            "lg26-2a-revenue",
            "lg26-2b-main-share",
            "lg26-2c-growth",
            "lg26-2d-debt",
            "lg26-3-rd",
            "lg26-4-ip",
            "lg26-5-market",
            "lg26-7-score",
        },
    ),
    "srdi-2026": (
        "miit-2026-srdi",
        AS_OF,
        {
            "z26-1b-years",
            "z26-2a-revenue",
            "z26-2b-main-share",
            "z26-2c-debt",
            "z26-3-rd",
            "z26-4-ip",
            "z26-6-score",
        },
    ),
    "single-champion": (
        "miit-2023-single-champion",
        AS_OF,
        {"sc-p1-withdrawn", "sc-01-years", "sc-02-revenue", "sc-03-rank"},
    ),
    "single-champion-demo-2016": (
        "miit-2016-champion-enterprise",
        date(2018, 6, 30),
        {"sc16-1-segments", "sc16-1-share", "sc16-2-rank", "sc16-4-profit", "sc16-5-years"},
    ),
    "single-champion-demo-2019": (
        "miit-2019-champion-enterprise",
        date(2020, 6, 30),
        {"sc16-1-segments", "sc16-1-share", "sc16-2-rank", "sc16-4-profit", "sc16-5-years", "sc19-revenue"},
    ),
    "single-champion-demo-2021": (
        "miit-2021-champion-enterprise",
        date(2022, 6, 30),
        {"sc21-1-years", "sc21-2-rank", "sc21-4-profit", "sc21-share", "sc21-revenue"},
    ),
    "single-champion-product-2019": (
        "miit-2019-champion-product",
        date(2020, 6, 30),
        {"sc16-1-segments", "sc16-2-rank", "sc16-4-profit", "sc16-5-years", "sc19-revenue"},
    ),
    "single-champion-product-2021": (
        "miit-2021-champion-product",
        date(2022, 6, 30),
        {"sc21-1-years", "sc21-2-rank", "sc21-4-profit", "sc21-revenue"},
    ),
    "tech-sme": ("most-2017-tech-sme", AS_OF, {"tech-base-staff", "tech-base-sales", "tech-base-assets", "tech-pass"}),
}
DAYS = {rulebook: day for rulebook, day, _ in EDGES.values()}
DECIDING = [words.id for criterion in shipped().rulebook(CHAMPION).criteria if (words := criterion.words).decides]

CHAMPION_FIGURES = {
    "sme",
    "core-business",
    "market-rank",
    "global-share",
    "share-held",
    "patents",
    "intl-patents",
    "rd-intensity",
}
QUALIFIED, NOT_QUALIFIED = Standing.QUALIFIED, Standing.NOT_QUALIFIED
# What each made-up firm shows: under which rulebook, with which verdict, and exactly which criteria fail.
SHOWS: dict[str, tuple[str, Standing, set[str]]] = {
    "qualifies": (CHAMPION, QUALIFIED, set()),
    **{f"fails-{criterion}": (CHAMPION, NOT_QUALIFIED, {criterion}) for criterion in DECIDING},
    "unknowns": (CHAMPION, Standing.UNDETERMINED, set()),
    "judgements-outstanding": (CHAMPION, Standing.UNDETERMINED, set()),
    "boundary": (CHAMPION, QUALIFIED, set()),
    "just-below": (CHAMPION, NOT_QUALIFIED, CHAMPION_FIGURES),
    "little-giant-qualifies": (LITTLE_GIANT, QUALIFIED, set()),
    "sme-large": (SIZE, NOT_QUALIFIED, {"industry"}),
    **{f"{level}-just-passes": (rulebook, QUALIFIED, set()) for level, (rulebook, _, _) in EDGES.items()},
    **{f"{level}-just-fails": (rulebook, NOT_QUALIFIED, figures) for level, (rulebook, _, figures) in EDGES.items()},
}
# A step beyond the threshold, not on it: no cent makes growth of exactly 5%, and equal to the trade is not above it.
NEARLY = {
    (level, criterion)
    for level in EDGES
    for criterion in ("lg22-zhuan3-growth", "lg26-2c-growth", "sc16-4-profit", "sc21-4-profit")
}
JUDGEMENTS = {"technology", "own-ip", "benchmark-firm", "innovation-capacity"}


def judged(file: Path, rulebook: str) -> Verdict:
    """Give the verdict on the firm of a file."""
    return assess(parse_json(file.read_bytes(), file.name), rulebook, DAYS.get(rulebook, AS_OF))


def made_up(name: str) -> Verdict:
    """Give the verdict on a made-up firm under the rulebook that it was made up for."""
    return judged(FIXTURES / "made_up" / f"{name}.json", SHOWS[name][0])


def criteria(verdict: Verdict, outcome: Outcome) -> set[str]:
    """Give the criteria that came out so."""
    return {criterion.id for criterion in verdict.criteria if criterion.outcome is outcome}


def test_every_made_up_firm_is_listed() -> None:
    """The table above names every file of `made_up/`, and no other."""
    assert {file.stem for file in MADE_UP} == set(SHOWS)


@pytest.mark.parametrize("name", SHOWS)
def test_a_made_up_firm_shows_what_it_is_meant_to(name: str) -> None:
    """A made-up firm gets its verdict, and exactly the named criteria are not met."""
    _, standing, failing = SHOWS[name]
    verdict = made_up(name)
    assert (verdict.verdict, criteria(verdict, Outcome.NOT_MET)) == (standing, failing)
    assert not verdict.warnings


@pytest.mark.parametrize("name", [name for name, shown in SHOWS.items() if shown[0] != SIZE])
def test_only_the_unknown_is_undetermined(name: str) -> None:
    """A made-up firm that is not there to show unknowns leaves no criterion undetermined."""
    open_criteria = criteria(made_up(name), Outcome.UNDETERMINED)
    assert bool(open_criteria) == (SHOWS[name][1] is Standing.UNDETERMINED)


@pytest.mark.parametrize("file", MADE_UP, ids=lambda file: str(file.stem))
def test_a_made_up_firm_says_so(file: Path) -> None:
    """The name of a made-up firm begins with 虚构."""
    name = judged(file, CHAMPION).firm.firm_name
    assert name is not None
    assert name.startswith("虚构")


def test_unknowns_wait_for_another_way() -> None:
    """The firm with blanks of which a figure fails waits for another way, and the verdict names what is missing."""
    verdict = made_up("unknowns")
    assert verdict.awaiting is Awaiting.ANOTHER_WAY
    assert {"employees_y0", "domestic_rank", "patent_filings_3y"} <= {fact.fact for fact in verdict.missing}


def test_judgements_outstanding_wait_for_judgements_only() -> None:
    """The firm that nobody has judged yet meets every figure; exactly the four judgements remain."""
    verdict = made_up("judgements-outstanding")
    assert verdict.awaiting is Awaiting.JUDGEMENT
    assert criteria(verdict, Outcome.UNDETERMINED) == JUDGEMENTS


@pytest.mark.parametrize("criterion", sorted(CHAMPION_FIGURES))
def test_boundary_figures_are_exactly_on_their_threshold(criterion: str) -> None:
    """The boundary firm has a figure of each criterion at distance zero from its threshold."""
    found = {finding.id: finding for finding in made_up("boundary").criteria}[criterion]
    assert 0 in {check.gap for check in found.checks}


@pytest.mark.parametrize(
    ("level", "criterion"),
    sorted({(level, criterion) for level, (_, _, figures) in EDGES.items() for criterion in figures} - NEARLY),
)
def test_a_firm_that_just_passes_is_exactly_on_every_threshold(level: str, criterion: str) -> None:
    """The firm that just passes has a figure of each criterion at distance zero from its threshold."""
    found = {finding.id: finding for finding in made_up(f"{level}-just-passes").criteria}[criterion]
    assert 0 in {check.gap for check in found.checks}


@pytest.mark.parametrize("rulebook", shipped().ids)
@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: str(file.stem))
def test_a_published_firm_gets_a_verdict(file: Path, rulebook: str) -> None:
    """What was published of a real firm is read without a problem and judged on every criterion."""
    verdict = judged(file, rulebook)
    assert len(verdict.criteria) == len(shipped().rulebook(rulebook).criteria)
