"""Firms whose verdict hangs on how a text is read: what is ours, and what the other readings come to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import csv

from engine import Outcome, Standing, Verdict, assess, screen
from engine.proving.case_file import cases_of
from engine.rulebooks.catalog import shipped
from engine.rulebooks.logic import Check, walk
from tests.shell import run


def _base(rulebook_id: str) -> Any:
    cases = cases_of(shipped(), shipped().rulebook(rulebook_id))
    assert cases is not None
    return cases.file.base


_MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
_LG22 = _base("miit-2022-little-giant")
_LG25 = _base("miit-2025-little-giant")
_LG26 = _base("miit-2026-little-giant")
_SRDI = _base("miit-2022-srdi")
_TECH = _base("most-2017-tech-sme")
_INN = _base("miit-2022-innovative")
_SC = _base("miit-2023-single-champion")
_CAE = _base("cae-2021-champion")
_JUNE = date(2024, 6, 1)


def _assess(base: Any, rulebook: str, day: date, **changed: Any) -> Verdict:
    facts = {name: value for name, value in {**base, **changed}.items() if value is not None}
    return assess(facts, rulebook, day)


def _by(verdict: Verdict, criterion: str) -> list[tuple[Outcome, Standing]]:
    """Give what a criterion and the verdict come to by each other reading that turns it."""
    return [(turn.outcome, turn.verdict) for turn in verdict.hangs_on if turn.criterion == criterion]


def _table(rows: list[Any]) -> pa.Table:
    """Give profiles as a table of texts."""
    texts = [{k: ";".join(v) if isinstance(v, list) else str(v) for k, v in row.items()} for row in rows]
    return pa.Table.from_pylist(texts)


def _outcome(verdict: Verdict, criterion: str) -> Outcome:
    return {one.id: one.outcome for one in verdict.criteria}[criterion]


def _title(verdict: Verdict, criterion: str) -> str:
    return {one.id: one.title.zh for one in verdict.criteria}[criterion]


_YEARS = [
    (_LG26, "miit-2026-little-giant", date(2026, 6, 1)),
    (_LG25, "miit-2025-little-giant", date(2025, 6, 1)),
]
_TURNED = [(Outcome.NOT_MET, Standing.NOT_QUALIFIED)]
_SAVED = [(Outcome.MET, Standing.QUALIFIED)]


@pytest.mark.parametrize("title", ["单项冠军示范企业", "单项冠军产品"])
@pytest.mark.parametrize(
    ("base", "rulebook", "day"),
    [(_LG26, "miit-2026-little-giant", date(2026, 6, 1)), (_LG25, "miit-2025-little-giant", date(2025, 6, 1))],
)
def test_a_single_champion_is_no_new_little_giant(base: Any, rulebook: str, day: date, title: str) -> None:
    """Demonstration enterprises and products are not recommended: not qualified, however words are read."""
    verdict = _assess(base, rulebook, day, valid_titles=["专精特新", title])
    assert (verdict.verdict, verdict.hangs) == (Standing.NOT_QUALIFIED, ())
    assert _outcome(verdict, "lgn-1-champion") is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("base", "rulebook", "day"),
    [(_LG26, "miit-2026-little-giant", date(2026, 6, 1)), (_LG25, "miit-2025-little-giant", date(2025, 6, 1))],
)
def test_the_merged_champion_title_hangs_on_a_reading(base: Any, rulebook: str, day: date) -> None:
    """The title of 2023 may be the successor of the two that are named."""
    verdict = _assess(base, rulebook, day, valid_titles=["专精特新", "单项冠军企业"])
    assert (verdict.verdict, verdict.hangs) == (Standing.QUALIFIED, ("lgn-1-champion",))
    assert _by(verdict, "lgn-1-champion") == _TURNED
    assert _title(verdict, "lgn-1-champion") == "不是单项冠军示范企业或产品"  # which is true of the firm
    assert "取决于读法" in verdict.summary.zh
    assert "hangs on a reading" in verdict.summary.en


@pytest.mark.parametrize(
    ("base", "rulebook", "day", "criterion"),
    [
        (_LG26, "miit-2026-little-giant", date(2026, 6, 1), "lg26-1-title"),
        (_LG25, "miit-2025-little-giant", date(2025, 6, 1), "lg22-0-title"),
    ],
)
def test_a_little_giant_has_been_an_srdi_sme(base: Any, rulebook: str, day: date, criterion: str) -> None:
    """A lone title of the higher level counts as the one below by our reading, and the verdict hangs on it."""
    verdict = _assess(base, rulebook, day, valid_titles=["小巨人"])
    assert (verdict.verdict, verdict.hangs) == (Standing.QUALIFIED, ("lone-title",))
    assert _by(verdict, criterion) == _TURNED
    assert "这是我们的理解" in next(one.reading.zh for one in verdict.criteria if one.id == criterion if one.reading)


def test_a_title_is_required_from_the_year_of_the_notice_on() -> None:
    """Without the SRDI title: not qualified in 2024, in 2023 hanging on a reading; reviews are not asked."""
    rulebook = "miit-2022-little-giant"
    of_2024 = _assess(_LG22, rulebook, _JUNE, valid_titles="无")
    assert (of_2024.verdict, _by(of_2024, "lg22-0-title")) == (Standing.NOT_QUALIFIED, [])
    of_2023 = _assess(_LG22, rulebook, date(2023, 6, 1), valid_titles="无")
    assert (of_2023.verdict, _by(of_2023, "lg22-0-title")) == (Standing.QUALIFIED, _TURNED)
    assert "lg22-0-title" in of_2023.hangs
    first_day = _assess(_LG22, rulebook, date(2024, 1, 1), valid_titles="无")
    assert first_day.verdict is Standing.NOT_QUALIFIED
    review = _assess(_LG22, rulebook, _JUNE, valid_titles=["小巨人"], application_type="复核")
    assert _outcome(review, "lg22-0-title") is Outcome.MET


def test_a_right_that_was_just_transferred_counts_under_115() -> None:
    """Document no. 115 has no year since a transfer; document no. 63 has."""
    item = {"ip_type": "发明专利", "valid": "是", "acquisition": "受让", "transfer_date": "2026-01-10"}
    lists = {"ip_items": [{**item, "related_to_main_product": "是"}]}
    blank = dict.fromkeys(("ip_class1_tech_sme", "ip_class1_related", "ip_class2_tech_sme"))
    verdict = _assess(_TECH, "most-2017-tech-sme", date(2026, 6, 1), **blank, **lists)
    score = next(check for one in verdict.criteria for check in one.checks if check.fact == "tech-score")
    assert {part.fact.rpartition(".")[2]: part.value for part in score.derived_from}["tech-score-results"] == 30


@pytest.mark.parametrize("division", ["53", "66", "83", "91", "69", "97"])
def test_a_division_outside_the_classification(division: str) -> None:
    """Such a firm is neither an SME nor none: undetermined, however small."""
    firm = {"industry_code_2": division, "employees_y0": 150, "revenue_y0": 4000, "total_assets_y0": 9000}
    verdict = assess(firm, "sme-2011-size", date(2026, 6, 1))
    assert verdict.verdict is Standing.UNDETERMINED
    assert [fact.fact for fact in verdict.missing] == ["industry_sector"]


def test_a_firm_is_told_the_row_of_its_sector() -> None:
    """Of the sixteen rows fifteen do not apply, and the summary says so."""
    firm = {"industry_code_2": "34", "employees_y0": 150, "revenue_y0": 4000}
    assert "2 项条件全部符合。另有 15 项不适用。" in assess(firm, "sme-2011-size", date(2026, 6, 1)).summary.zh


@pytest.mark.parametrize(
    ("complete", "incomplete", "outcome"),
    [(4, 1, Outcome.MET), (3, 1, Outcome.UNDETERMINED), (2, 1, Outcome.NOT_MET), (4, 0, Outcome.MET)],
)
def test_a_record_that_lacks_fields_makes_the_count_a_span(complete: int, incomplete: int, outcome: Outcome) -> None:
    """Four rights and one with nothing but its number are four or five, which is enough for four."""
    right = {"ip_type": "发明专利", "valid": "是", "acquisition": "自行申请", "right_holder_rank": 1}
    right |= {"related_to_main_product": "是", "applied_with_benefit": "是"}
    items = [right] * complete + [{"ip_type": "发明专利", "number": "ZL"}] * incomplete
    facts = {"ip_class1_own_related_applied": None, "award_level": "无", "ip_items": items}
    blank = {name: None for name in _LG26 if name.startswith("ip_")}
    verdict = _assess(_LG26, "miit-2026-little-giant", date(2026, 6, 1), **{**blank, **facts})
    assert _outcome(verdict, "lg26-4-ip") is outcome


@pytest.mark.parametrize(("two_years", "outcome"), [("500万元", Outcome.MET), ("499.99万元", Outcome.UNDETERMINED)])
def test_three_years_are_at_least_two(two_years: str, outcome: Outcome) -> None:
    """Equity financing of two years that is enough for three is enough; if it is not, nothing follows."""
    none = {"ip_class1_related": 0, "ip_class1_self": 0, "ip_class2_related": 0}
    facts = {**none, "equity_financing_3y": None, "equity_financing_2y": two_years}
    verdict = _assess(_INN, "miit-2022-innovative", _JUNE, **facts)
    assert _outcome(verdict, "inn-score-or-direct") is outcome


def test_the_sum_of_two_years_or_the_last_year() -> None:
    """30 million yuan of R&D in two years, not in the last: met, and hanging on rule GEN-1."""
    facts = {"employees_y0": 100, "rd_staff_y0": 60, "revenue_y0": 4000, "revenue_y1": 3500, "main_revenue_y0": 3600}
    facts |= {"main_revenue_y1": 3200, "main_revenue_y2": 2800, "equity_financing_2y": 9000}
    verdict = _assess(_LG22, "miit-2022-little-giant", _JUNE, **facts, rd_expense_y0=1600, rd_expense_y1=1500)
    assert (verdict.verdict, _by(verdict, "lg22-xin-innovation")) == (Standing.QUALIFIED, _TURNED)
    plain = _assess(_LG22, "miit-2022-little-giant", _JUNE, **facts, rd_expense_y0=3000, rd_expense_y1=1500)
    assert (plain.verdict, plain.hangs) == (Standing.QUALIFIED, ())


def test_growth_is_met_where_all_usual_formulas_agree() -> None:
    """Up by half and down again is growth by the mean of the rates only; steady growth by all of them."""
    volatile = {"main_revenue_y0": 10100, "main_revenue_y1": 20000, "main_revenue_y2": 10000, "revenue_y0": 12000}
    volatile |= {"revenue_y1": 21000, "rd_expense_y0": 400, "rd_expense_y1": 700, "main_product_revenue_y0": None}
    found = _assess(_LG22, "miit-2022-little-giant", _JUNE, **volatile)
    assert _outcome(found, "lg22-zhuan3-growth") is Outcome.MET
    assert _by(found, "lg22-zhuan3-growth") == _TURNED * 2
    assert _by(_assess(_LG22, "miit-2022-little-giant", _JUNE, main_revenue_y2="1万元"), "lg22-zhuan3-growth") == []


def _srdi(**facts: Any) -> tuple[tuple[float, float], dict[str, float]]:
    """Give the score by our readings (its ends), and the verdict's other readings with what the score criterion is."""
    verdict = _assess(_SRDI, "miit-2022-srdi", date(2026, 1, 15), **facts)
    return verdict.hangs, {turn.readings[0]: turn.outcome for turn in verdict.hangs_on}  # type: ignore[return-value]


def test_other_quality_systems_may_count() -> None:
    """ISO 13485 is a quality management system “and the like”: three points that may turn a score of 57."""
    base = {"mgmt_certs": ["其他"], "own_brand": "否", "provincial_quality_award": "否", "standards_participated": "否"}
    rulebook = shipped().rulebook("miit-2022-srdi")
    [reading] = [one for one in rulebook.alternatives if one.id.startswith("z22.refined.z22-s6")]
    best = 0
    for points in range(16):
        _, turned = _srdi(**base, local_feature_points=points, award_level="无", equity_financing_2y=0, rd_expense_y1=0)
        best += turned.get(reading.id) is Outcome.MET
    assert best == 3  # of sixteen totals just the three below 60


@pytest.mark.parametrize(("day", "turned"), [("2023-01-14", True), ("2023-01-15", False), ("2022-12-31", False)])
def test_an_award_by_the_calendar(day: str, turned: bool) -> None:  # noqa: FBT001 a row of the table
    """An award of the second year before the last one is within three years by the calendar, whatever the day."""
    facts = {"award_level": "省部级", "award_rank": 3, "award_date": day, "equity_financing_2y": 0, "rd_expense_y1": 0}
    none = {"local_feature_points": 0, "maker_china_tier": "无", "ip_class1_high_value": 0, "main_revenue_y2": "9亿元"}
    verdict = _assess(_SRDI, "miit-2022-srdi", date(2026, 1, 15), **facts, **none)
    award = [turn for turn in verdict.hangs_on if turn.readings[0].startswith("z22-4") and turn.outcome is Outcome.MET]
    assert bool(award) == turned


@pytest.mark.parametrize(
    ("titles", "revenue", "by"),
    [
        (["专精特新"], 30000, _SAVED),
        (["小巨人"], 30000, _SAVED * 2),
        (["小巨人"], 12000, _SAVED),
        (["专精特新"], 12000, []),
    ],
)
def test_relief_for_srdi_firms(titles: list[str], revenue: int, by: list[Any]) -> None:
    """Between 200 and 400 million the sources contradict each other: not qualified, and it hangs."""
    years = dict.fromkeys(("main_revenue_y0", "main_revenue_y1", "main_revenue_y2"), revenue)
    facts = {**years, "revenue_y0": 99999, "valid_titles": titles}
    verdict = _assess(_SC, "miit-2023-single-champion", date(2026, 6, 1), **facts)
    assert (verdict.verdict, _by(verdict, "sc-02-revenue")) == (Standing.NOT_QUALIFIED, by)


@pytest.mark.parametrize(
    ("exception", "by"),
    [(None, [(Outcome.UNDETERMINED, Standing.UNDETERMINED)]), ("是", _SAVED), ("否", [])],
)
def test_in_principle_leaves_room(exception: str | None, by: list[Any]) -> None:
    """A field that is not listed may be accepted by the authority."""
    facts = {"product_domain": "无", "product_domain_exception": exception}
    verdict = _assess(_LG22, "miit-2022-little-giant", _JUNE, **facts)
    assert (verdict.verdict, _by(verdict, "lg22-pin-domain")) == (Standing.NOT_QUALIFIED, by)


def test_a_little_giant_without_the_title() -> None:
    """“Or is otherwise established as one”: undetermined, and by the title alone not qualified."""
    verdict = _assess(_CAE, "cae-2021-champion", date(2026, 6, 1), valid_titles=["单项冠军企业"])
    assert (verdict.verdict, _by(verdict, "little-giant")) == (Standing.UNDETERMINED, _TURNED)
    assert "little-giant" in verdict.hangs


@pytest.mark.parametrize(
    ("share", "world", "home", "verdict", "hangs"),
    [
        ("12%", 2, 1, Standing.NOT_QUALIFIED, True),  # the ranks alone will do by “or”
        ("23%", 5, 4, Standing.NOT_QUALIFIED, True),  # the share alone will do by “or”
        ("12%", 5, 4, Standing.NOT_QUALIFIED, False),  # none of the three
        ("23%", 2, 1, Standing.QUALIFIED, False),  # all of them
    ],
)
def test_fifteen_percent_and_or(share: str, world: int, home: int, verdict: Standing, hangs: bool) -> None:  # noqa: FBT001
    """The comma before the 15% is “and”; by “or” rank and share are one condition, and both criteria say so."""
    facts = {"global_market_share_pct": share, "global_rank": world, "domestic_rank": home, "rd_expense_y0": "9999万元"}
    found = _assess(_CAE, "cae-2021-champion", date(2026, 6, 1), **facts)
    assert (found.verdict, "comma-or" in found.hangs) == (verdict, hangs)
    assert all(
        turn.readings == ("comma-or",) for turn in found.hangs_on if turn.criterion in {"global-share", "market-rank"}
    )


def test_an_informing_criterion_is_not_hidden() -> None:
    """What only informs and is not met is named in the summary, in the reasons of a row, and never counted as met."""
    facts = {**_LG26, "audit_reports_coded": "否"}
    verdict = assess(facts, "miit-2026-little-giant", date(2026, 6, 1))
    assert verdict.verdict is Standing.QUALIFIED
    assert "参考项中 1 项不符合（审计报告已赋码并列示主营业务收入和成本）" in verdict.summary.zh
    [said] = screen(_table([facts]), "miit-2026-little-giant", date(2026, 6, 1)).to_pylist()
    assert "参考项不符合：“审计报告已赋码并列示主营业务收入和成本" in said["reasons"]


def test_a_row_hangs_on_what_the_profile_does(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """The column of a row has the readings that the verdict of its profile hangs on, and the summary counts them."""
    changed: list[dict[str, Any]] = [
        {},
        {"valid_titles": "无"},
        {
            "main_revenue_y0": 10100,
            "main_revenue_y1": 20000,
            "main_revenue_y2": 10000,
            "revenue_y0": 12000,
            "revenue_y1": 21000,
        },
        {"product_domain": "无"},
        {"product_domain": "无", "valid_titles": ["专精特新", "单项冠军企业"]},
        {"domestic_market_share_pct": "9%", "valid_titles": ["专精特新", "单项冠军示范企业"]},
    ]
    day = date(2023, 6, 1)
    rows = [{**_LG22, "firm_name": f"甲{number}", **one} for number, one in enumerate(changed)]
    csv.write_csv(_table(rows), tmp_path / "firms.csv")
    names = [str(tmp_path / name) for name in ("firms.csv", "said.jsonl", "no.csv", "summary.json")]
    options = ["--rejected", names[2], "--summary", names[3], "--rulebook", "miit-2022-little-giant"]
    assert run(capfdbinary, "screen", names[0], "-o", names[1], *options, "--as-of", str(day)).code == 0
    said = [json.loads(line) for line in Path(names[1]).read_text(encoding="utf-8").splitlines()]
    summary = json.loads(Path(names[3]).read_text(encoding="utf-8"))
    profiles = [assess(row, "miit-2022-little-giant", day) for row in rows]
    assert [row["hangs_on"] for row in said] == [";".join(verdict.hangs) for verdict in profiles]
    assert [row["verdict"] for row in said] == [verdict.verdict.value for verdict in profiles]
    assert summary["hanging"] == sum(bool(verdict.hangs) for verdict in profiles) > 2
    counted = {one["id"]: one["rows"] for one in summary["hangs_on"]}
    assert counted == {name: sum(name in verdict.hangs for verdict in profiles) for name in counted}


def test_words_that_are_not_at_hand_are_no_quote() -> None:
    """Every criterion has words with a place where they were read, or says that they are not at hand."""
    for rulebook in map(shipped().rulebook, shipped().ids):
        for criterion in rulebook.criteria:
            words, source = criterion.words, rulebook.words.sources[criterion.words.cite.source]
            assert (words.quote is None) == (words.words == "not at hand")
            assert words.cite.read_in or source.read_in, (rulebook.id, words.id)


def test_a_verdict_is_the_same_to_the_byte() -> None:
    """What hangs on readings is told in the order of the rulebook, each time."""
    firm = json.loads((_MADE_UP / "fails-global-share.json").read_text(encoding="utf-8"))
    one, other = (assess(firm, as_of=date(2026, 6, 1)) for _ in range(2))
    assert one == other


def test_a_reading_adds_only_what_it_changes() -> None:
    """No node stands for another reading that says what ours says at its place, under the same guard."""
    for rulebook in map(shipped().rulebook, shipped().ids):
        for criterion in rulebook.criteria:
            ours = {_place(node, criterion.gate.id): node for node in walk(criterion.gate) if isinstance(node, Check)}
            for gate in criterion.others.values():
                for node in (
                    one for one in walk(gate) if isinstance(one, Check) and gate.guard is criterion.gate.guard
                ):
                    same = ours.get(_place(node, gate.id))
                    assert same is None or same is node or _says(same) != _says(node), node.id


def _place(node: Check, root_id: str) -> str:
    return node.id.removeprefix(root_id)


def _says(check: Check) -> tuple[object, ...]:
    return check.fact, check.operator, check.right
