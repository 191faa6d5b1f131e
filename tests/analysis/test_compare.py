"""Two texts over a list: what each row comes to by both, who flips and by what, and what only one of them asks for."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine import Catalog, InputError, Order, changes_of, compare, screen_file, what_if
from tests.analysis.test_sweep import firm_rows, firms_file
from tests.shell import run
from tests.small_rules import rules_of
from tests.tables import DAY

_RULES = rules_of(
    {
        "old": (
            "little_giant",
            "new",
            {"global_market_share_pct": "at_least: 15%", "global_rank": "at_most: 3", "revenue_y0": "at_least: 1"},
        ),
        "new": (
            "srdi",
            "new",
            {"global_market_share_pct": "at_least: 10%", "main_revenue_share_pct_y0": "at_least: 70%"},
        ),
    }
)


def _verdicts(path: Path, catalog: Catalog, book: str) -> dict[int, dict[str, str]]:
    output = path.with_name(f"{book}.parquet")
    screen_file(path, Order(catalog.rulebook(book), DAY, output, "parquet", reasons=False))
    return {row["line"]: row for row in pq.read_table(output).to_pylist()}


@settings(max_examples=8, phases=(Phase.generate,))  # to shrink would take long
@given(rows=st.lists(firm_rows, min_size=1, max_size=30), is_trial=st.booleans())
def test_a_comparison_is_two_screenings_side_by_side(
    rows: list[tuple[str, str, tuple[str, str]]], *, is_trial: bool
) -> None:
    """Of any file: each pair of verdicts, rows that one refuses among them; who flips, and by what is harder on it."""
    changes = changes_of({"global-market-share-pct": "10%"})
    rules = what_if({"global-market-share-pct": "10%"}, rulebook="old", catalog=_RULES, as_of=DAY)
    with TemporaryDirectory() as name:
        path = firms_file(Path(name), rows)
        try:
            first = _verdicts(path, _RULES, "old")
            second = _verdicts(path, rules if is_trial else _RULES, "old" if is_trial else "new")
        except InputError:  # of no row a firm's
            return
        found = (
            compare(path, "old", changes=changes, catalog=_RULES, as_of=DAY)
            if is_trial
            else compare(path, "old", "new", catalog=_RULES, as_of=DAY)
        )
    pairs = Counter(
        tuple(said[line]["verdict"] if line in said else "rejected" for said in (first, second))
        for line in first.keys() | second.keys()
    )
    assert {(one.first, one.second): one.rows for one in found.crossed} == pairs
    assert found.rows == pairs.total() + found.rejected_by_both
    order = ["qualified", "undetermined", "not_qualified"]
    for flip in found.flips:
        own, other = first[flip.line or 0], second[flip.line or 0]
        assert (flip.first, flip.second) == (own["verdict"], other["verdict"])
        harder = max(own, other, key=lambda one: order.index(one["verdict"]))
        column = "unmet" if harder["verdict"] == "not_qualified" else "undetermined"
        assert list(flip.by) == harder[column].split(";")
    flipped = sum(many for pair, many in pairs.items() if len(set(pair)) == 2 and "rejected" not in pair)
    assert len(found.flips) == flipped
    alone = Counter(one.by[0] for one in found.flips if len(one.by) == 1)
    assert sum(one.alone for one in found.effects) == alone.total()


def test_what_only_one_text_asks_for_is_told_apart(tmp_path: Path) -> None:
    """A firm without a rank flips as stated, and not on what both texts ask for: the share alone."""
    path = firms_file(tmp_path, [("16", "", ("70", "100")), ("12", "1", ("70", "100")), ("9", "1", ("70", "100"))])
    found = compare(path, "old", "new", by="area", catalog=_RULES, as_of=DAY)
    assert [one.fact for one in found.first.asks_alone] == ["global_rank"]
    assert [one.fact for one in found.second.asks_alone] == ["main_revenue_share_pct_y0", "main_revenue_y0"]
    counted = {(one.first, one.second): one.rows for one in found.crossed if one.group is None}
    assert counted == {
        ("undetermined", "qualified"): 1,
        ("not_qualified", "qualified"): 1,
        ("not_qualified", "not_qualified"): 1,
    }
    assert [(one.first, one.second) for one in found.on_both if one.group] == [
        ("qualified", "qualified"),
        ("not_qualified", "qualified"),
        ("not_qualified", "not_qualified"),
    ]
    assert [(one.criterion, one.is_worse, one.alone, one.among) for one in found.effects] == [
        ("global-market-share-pct", False, 1, 0),
        ("global-rank", False, 1, 0),
    ]


def test_a_text_is_not_compared_with_itself(tmp_path: Path) -> None:
    """Without a second text or a change there is nothing to compare, which is said with what to write."""
    path = firms_file(tmp_path, [("16", "1", ("70", "100"))])
    for second in (None, "old"):
        with pytest.raises(
            InputError, match=r"with.*is the same text as the first\. Name another, or change figures of it"
        ):
            compare(path, "old", second, catalog=_RULES, as_of=DAY)
    with pytest.raises(InputError, match=r"with: .ladder. is more than one rulebook"):
        compare(path, "old", "ladder", catalog=_RULES, as_of=DAY)


def test_blanks_are_assumed_for_both_texts_and_all_else_is_the_second_s(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """What has a text before it is changed there, and is refused if neither is that; all mistakes at once."""
    command = ["compare", "fixtures/candidates.csv", "--as-of", "2026-06-01", "--format", "json", "--lang", "en"]
    command += ["--rulebook", "miit-2022-little-giant", "--with", "miit-2026-little-giant"]
    command += ["--fill", "revenue_y0=1亿", "--set", "lg26-2b-main-share=60%"]
    first = ["--set", "miit-2022-little-giant:lg22-zhuan2-main-share=50%"]
    told = json.loads(run(capfdbinary, *command, *first).out)
    sides = [" ".join(caution["en"] for caution in told[side]["cautions"]) for side in ("first", "second")]
    assert all("Revenue, last full year" in one for one in sides)
    assert ["at least 50%" in one for one in sides] == [True, False]
    assert ["at least 60%" in one for one in sides] == [False, True]
    refused = run(capfdbinary, *command, "--set", "srdi:z22-2-rd=5%", "--without", "miit-2026-srdi:x", "--fill", "x=1")
    assert refused.err.count("is for a rulebook that does not decide here") == 2
    assert "fill: “x”" in refused.err


def test_what_a_fact_is_computed_from_is_the_fact(tmp_path: Path) -> None:
    """A ratio of which the list has both parts, and an option that follows from another, are not missing in it."""
    path = firms_file(tmp_path, [("16", "1", ("70", "100"))])
    found = compare(path, "old", "new", catalog=_RULES, as_of=DAY)
    assert {one.fact: one.is_stated for one in found.second.asks_alone} == {
        "main_revenue_share_pct_y0": True,
        "main_revenue_y0": True,
    }


def test_each_firm_that_flips_is_told_with_why(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """On the screen the first twenty, in a workbook all, by the titles of the criteria."""
    path = firms_file(tmp_path, [("16", "1", ("70", "100"))] * 25)
    command = ["compare", str(path), "--set", "global-share=20%"]
    printed = run(capfdbinary, *command).out
    assert sum("全球市场占有率（试算）" in line for line in printed.splitlines()) == 21  # the effect, and the firms
    assert run(capfdbinary, *command, "-o", str(tmp_path / "page.xlsx")).code == 0
    rows = openpyxl.load_workbook(tmp_path / "page.xlsx").active.iter_rows(values_only=True)
    assert sum(row[4] == "全球市场占有率（试算）" for row in rows) == 25


def test_every_form_of_output_says_who_flips(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """On the screen the first, in CSV, JSON and a workbook all; what changed is said with the text's own figure."""
    command = ["compare", "fixtures/candidates.csv", "--set", "global-share=60%", "--as-of", "2026-06-01"]
    said = run(capfdbinary, *command).out.replace("\n", "")
    assert "试算：全球市场占有率不低于 60%（文本为不低于 15%）" in said
    told = json.loads(run(capfdbinary, *command, "--format", "json").out)
    assert told["flips"]
    file = tmp_path / "flips.csv"
    assert run(capfdbinary, *command, "-o", str(file)).code == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["by"] for row in rows] == [";".join(one["by"]) for one in told["flips"]]
    assert run(capfdbinary, *command, "-o", str(tmp_path / "page.xlsx")).code == 0
