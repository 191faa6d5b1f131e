"""The threshold at which so many qualify: what the steps are, and that deciding there gives the count, ties too."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine import InputError, sweep, target, what_if
from engine.analysis.axes import ORDERED
from engine.analysis.steps import Ends, Step, steps
from engine.analysis.target_page import _words, cells
from engine.deciding.reference import HOLDS
from engine.rulebooks.rulebook import Operator
from tests.analysis.test_sweep import firm_rows, firms_file
from tests.shell import run
from tests.small_rules import rules_asking
from tests.tables import DAY

_figures = st.sampled_from([0.0, 0.1, 1.0, 2.5, 3.0, 14.9, 15.0, 100.0])
_ends = st.one_of(st.just((None, None)), st.tuples(_figures, _figures).map(lambda two: (min(two), max(two))))
_firms = st.tuples(st.sampled_from(["mnu", "unu", "mmm", "nnn", "mmu", "mun", "muu"]), _ends, st.integers(1, 3))


@given(st.lists(_firms, max_size=12), st.sampled_from(ORDERED))
def test_steps_are_what_every_threshold_comes_to(
    firms: list[tuple[str, tuple[float | None, float | None], int]], operator: Operator
) -> None:
    """At every figure and between any two, as many qualify and are undetermined as deciding there says."""
    rows: list[Ends] = [(verdicts, *ends, many) for verdicts, ends, many in firms]
    found = list(steps(rows, operator))
    figures = sorted({end for _, low, high, _ in rows for end in (low, high) if end is not None})
    between = [(one + other) / 2 for one, other in pairwise(figures)]
    for at in [-5.0, *figures, *between, 1000.0]:
        [step] = [one for one in found if _is_in(at, one)]
        verdicts: Counter[str] = Counter()
        for said, low, high, many in rows:
            holds = {HOLDS[operator](end, at) for end in (low, high) if end is not None}
            verdicts[said["mnu".index("u" if len(holds) != 1 else "m" if True in holds else "n")]] += many
        assert (step.qualified, step.undetermined) == (verdicts["m"], verdicts["u"]), (at, step)
        value = step.value(whole=False)
        assert value is not None
        assert _is_in(float(value), step)


def _is_in(at: float, step: Step) -> bool:
    return step.low < at <= step.high if step.is_high_in else step.low <= at < step.high


@settings(max_examples=6, phases=(Phase.generate,))  # to shrink would take long
@given(rows=st.lists(firm_rows, min_size=3, max_size=30), count=st.integers(0, 12))
def test_the_count_is_reached_there_or_nowhere(rows: list[tuple[str, str, tuple[str, str]]], count: int) -> None:
    """Of any file: so many qualify at the threshold, and nowhere if none is told, stated figures and computed."""
    rules = rules_asking(
        global_market_share_pct="at_least: 15%", global_rank="at_most: 3", main_revenue_share_pct_y0="more_than: 50%"
    )
    with TemporaryDirectory() as name:
        path = firms_file(Path(name), rows)
        try:
            found = target(path, count, catalog=rules, as_of=DAY)
        except InputError:  # of no row a firm's
            return
        assert {one.name for one in found.aims} == {
            "global-market-share-pct",
            "global-rank",
            "main-revenue-share-pct-y0",
        }
        for aim in found.aims:
            values = "1,2,3,4,5" if aim.name == "global-rank" else "0%..100%:0.5%"
            points = sweep(path, f"{aim.name}={values}", catalog=rules, as_of=DAY).points
            reached = [one for one in points if one.counts.qualified == count]
            if aim.exact is None:
                assert not reached
                assert all(one.counts.qualified != count for one in aim.nearest)
                continue
            assert aim.exact.counts.qualified == count
            what_if([(aim.name, aim.exact.said.zh)], catalog=rules, as_of=DAY)  # which takes it
            step = Step(
                -inf if aim.exact.low is None else aim.exact.low,
                inf if aim.exact.high is None else aim.exact.high,
                aim.exact.is_high_in,
                0,
                0,
            )
            assert _is_in(aim.exact.value, step)
            for one in points:
                assert (one in reached) == _is_in(one.values[0], step) or not 0 < one.values[0] < 100, (one, aim)


def test_ties_are_told_with_the_nearest_on_both_sides(tmp_path: Path) -> None:
    """Three firms at 15%: two cannot qualify; above it one does, at it four."""
    path = firms_file(tmp_path, [(share, "1", ("70", "100")) for share in ("15", "15", "15%", "20", "")])
    rules = rules_asking(global_market_share_pct="at_least: 18%", global_rank="at_most: 3")
    [aim] = target(path, 2, "global-market-share-pct", catalog=rules, as_of=DAY).aims
    assert aim.exact is None
    assert [(one.said.zh, one.counts.qualified, one.low, one.high) for one in aim.nearest] == [
        ("20%", 1, 15.0, 20.0),
        ("10%", 4, None, 15.0),
    ]
    assert (aim.is_possible, aim.possible_low, aim.possible_high) == (True, 15.0, 20.0)
    assert (aim.loosest, aim.tightest) == (4, 0)
    assert [one.between.zh for one in aim.nearest] == ["高于 15%、不高于 20%", "不高于 15%"]
    assert _words(aim, 2, aim.title).zh.endswith(
        "正好 2 家达不到；无法判定的若有足够多符合，也可以达到；上面是最接近的。"
    )


def test_a_count_below_the_tightest_is_no_tie(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A firm that qualifies another way does so whatever the figure: the page says how many stay, as does CSV."""
    head = "企业编号,企业名称,上年度营业收入（万元）,equity_financing_2y（万元）"
    rows = ["A1,甲厂,1200,9000", "A2,乙厂,3000,0", "A3,丙厂,4000,0"]
    (tmp_path / "firms.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    command = ["target", str(tmp_path / "firms.csv"), "--count", "0", "--rulebook", "miit-2026-srdi"]
    command += ["--only", "z26-2a-revenue", "--vary", "z26-2a-revenue.1"]
    [aim] = json.loads(run(capfdbinary, *command, "--format", "json").out)["aims"]
    assert (aim["loosest"], aim["tightest"], aim["is_possible"]) == (3, 1, False)
    assert "收到最严仍有 1 家，降不到 0 家。" in run(capfdbinary, *command).out
    row = run(capfdbinary, *command, "--format", "csv").out.splitlines()
    assert (row[0].split(",")[-1], row[1].split(",")[-1]) == ("tightest", "1")


def test_no_threshold_is_told_that_nobody_would_write(tmp_path: Path) -> None:
    """Where no firm has a figure the place is the first, and no place below it."""
    path = firms_file(tmp_path, [("15", "", ("70", "100"))])
    [aim] = target(path, 2, "global-rank", catalog=rules_asking(global_rank="at_most: 3"), as_of=DAY).aims
    assert [one.value for one in aim.nearest] == [1]


@pytest.mark.parametrize(
    ("asked", "count", "told"),
    [
        ({"main_revenue_share_pct_y0": "more_than: 50%"}, 2, None),  # whoever has 0% would need a bound below 0
        ({"main_revenue_share_pct_y0": "more_than: 50%"}, 1, "不低于 0%、低于 70%"),
        ({"global_market_share_pct": "at_least: 15%"}, 2, "不高于 0%"),
        ({"global_market_share_pct": "at_least: 15%"}, 0, None),  # whoever has 100% would need one above it
        ({"global_rank": "at_most: 3"}, 1, "第 2 名至第 6 名"),
        ({"global_rank": "at_most: 3"}, 2, "第 7 名 起"),
        ({"global_rank": "at_most: 3"}, 0, "第 1 名"),
    ],
)
def test_where_a_threshold_may_lie_is_told_in_its_unit_and_within_its_limits(
    tmp_path: Path, asked: dict[str, str], count: int, told: str | None
) -> None:
    """None is told that a trial would refuse, and where none is left the count is not reached."""
    path = firms_file(tmp_path, [("0", "2", ("0", "100")), ("100", "7", ("70", "100"))])
    [aim] = target(path, count, catalog=rules_asking(**asked), as_of=DAY).aims
    assert (None if aim.exact is None else aim.exact.between.zh) == told
    assert (aim.tightest <= count <= aim.loosest) == (told is not None)


@settings(max_examples=3, phases=(Phase.generate,))  # to shrink would take long
@given(rows=st.lists(firm_rows, min_size=8, max_size=30), count=st.integers(0, 8))
def test_at_each_value_of_another_figure_the_count_is_reached_there_or_nowhere(
    rows: list[tuple[str, str, tuple[str, str]]], count: int
) -> None:
    """Of any file: an aim a value, of which the map of both says the same; told on the page and in CSV."""
    rules = rules_asking(global_market_share_pct="at_least: 15%", global_rank="at_most: 3")
    with TemporaryDirectory() as name:
        path = firms_file(Path(name), rows)
        try:
            found = target(path, count, ["global-rank=1..5:1", "global-market-share-pct"], catalog=rules, as_of=DAY)
        except InputError:  # of no row a firm's
            return
        vary = ["global-rank=1..5:1", "global-market-share-pct=0%..100%:0.5%"]
        points = sweep(path, vary, catalog=rules, as_of=DAY).points
    assert [aim.at_value for aim in found.aims] == [1, 2, 3, 4, 5]
    for aim in found.aims:
        reached = {one.counts.qualified for one in points if one.values[0] == aim.at_value}
        assert (aim.exact is not None) == (count in reached)
        assert aim.exact is None or aim.exact.counts.qualified == count
        assert {aim.loosest, aim.tightest} == {max(reached), min(reached)}
    told = [aim.at_value for aim in found.aims for _ in ((aim.exact,) if aim.exact else aim.nearest)]
    assert [row[0] for row in cells(found)] == ["global-rank", *told]


def test_no_threshold_is_named_for_a_count_out_of_reach(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """On the screen it is said that it is not reached, in CSV the place of the threshold is empty."""
    path = firms_file(tmp_path, [("0", "2", ("0", "100"))])
    command = ["target", str(path), "--count", "9", "--only", "global-share", "--vary", "global-share"]
    assert "全球市场占有率  达不到" in run(capfdbinary, *command).out
    assert run(capfdbinary, *command, "--format", "csv").out.splitlines()[1].startswith("global-share,no,,")


def test_what_cannot_be_aimed_at_is_told(tmp_path: Path) -> None:
    """A criterion without a bound, a name that is none, a count below nothing."""
    path = firms_file(tmp_path, [("15", "1", ("70", "100"))])
    for vary, what in (
        ("foundation-field", "has no figure"),
        ("global-shar", "is no figure"),
        ("global-share=5%", "or two"),
    ):
        with pytest.raises(InputError, match=f"vary.*{what}"):
            target(path, 1, vary, as_of=DAY)
    with pytest.raises(InputError, match="names the same figure twice"):
        target(path, 1, ["global-share=5%", "global-share"], as_of=DAY)
    with pytest.raises(InputError, match="cannot be below 0"):
        target(path, -1, as_of=DAY)


def test_every_form_of_output_says_the_threshold(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """On the screen between which figures it lies; in CSV, JSON and a workbook the same threshold."""
    command = ["target", "fixtures/candidates.csv", "--count", "10", "--vary", "global-share", "--lang", "en"]
    command += ["--only", "global-share", "--as-of", "2026-06-01"]
    told = json.loads(run(capfdbinary, *command, "--format", "json").out)["aims"][0]
    row = run(capfdbinary, *command, "--format", "csv").out.splitlines()[1].split(",")
    best = told["exact"] or told["nearest"][0]
    assert float(row[2]) == best["value"]
    assert best["said"]["en"] in run(capfdbinary, *command).out
    assert run(capfdbinary, *command, "-o", str(tmp_path / "page.xlsx")).code == 0
