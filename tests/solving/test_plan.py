"""A plan for one firm: qualified when it is followed, cheapest, within bounds; or what forbids it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, InputError, Plan, Standing, assess, parse_json, plan, shipped, to_json
from engine.assessment import case
from engine.firms.figures import Figures
from engine.firms.profiles import Profile
from engine.ground.values import Known
from engine.language.facts import WHOLE, Kind, Takes
from engine.proving.firms import any_firm, moves
from engine.proving.skeletons import stated
from engine.solving import solver
from engine.solving.clash import Stands
from engine.solving.plan import Planned, planned
from engine.solving.start import Start
from tests.firms.test_fixtures import EDGES, FIXTURES
from tests.random_rulebooks import rulebook_from
from tests.shell import run
from tests.small_rules import rules_of

_DAY = date(2026, 6, 1)
_FILE = FIXTURES / "made_up" / "little-giant-2026-just-fails.json"
_FIRM: Mapping[str, Any] = json.loads(_FILE.read_bytes())
_LITTLE_GIANT = "miit-2026-little-giant"


def _asking(**asked: str) -> Catalog:
    return rules_of({"small": ("srdi", "new", asked)})


def _plan(firm: Mapping[str, Any], rules: Catalog, **bounds: Any) -> Plan:
    found = plan(firm, "small", _DAY, rules, **bounds)
    assert_confirmed(found, rules)
    return found


def _first(firm: object, rulebook: str, as_of: date) -> Plan:
    """Give what comes of a firm, and of several plans the first."""
    book, profile, day = case(firm, rulebook, as_of)
    return planned(book, profile, Start(book.ours, day, profile.values), most=1)


def assert_confirmed(found: Plan, rules: Catalog) -> None:
    """Each way is qualified when it is assessed as a profile, has what its steps say, and leaves the rest as it is."""
    for way in found.ways:
        book, profile, day = case(way.profile, found.rulebook.id, found.as_of, rules)
        assert assess(way.profile, book.id, day, rules).verdict is Standing.QUALIFIED
        for step in way.steps:
            assert step.fact in profile.values
            assert step.at_least is None or step.at_least <= step.then  # type: ignore[operator]
            assert step.at_most is None or step.then <= step.at_most  # type: ignore[operator]
        assert way.cost == pytest.approx(sum(step.cost for step in way.steps))


def assert_as_near_as_can_be(found: Plan, firm: object) -> None:
    """No figure that is changed could be a yuan, or a whole one, nearer to what it is."""
    book, profile, day = case(firm, found.rulebook.id, found.as_of)
    start = Start(book.ours, day, profile.values)
    for way in found.ways:
        values = case(way.profile, book.id, day)[1].values
        for name in (step.fact for step in way.steps):
            now, then = start.now(name), values[name]
            if book.vocabulary[name].is_numeric and isinstance(now, int | Fraction):
                unit = Fraction(1, 1 if book.vocabulary[name].kind in WHOLE else 10**4)
                nearer = then - unit if then > now else then + unit  # type: ignore[operator]
                assert not start.qualifies({**values, name: nearer}), name


@pytest.mark.parametrize("name", EDGES)
def test_a_firm_that_just_fails_has_a_plan(name: str) -> None:
    """The nearest figures of a firm that fails by the least step are found; only a figure of the past forbids it."""
    rulebook, day, _ = EDGES[name]
    firm = parse_json((FIXTURES / "made_up" / f"{name}-just-fails.json").read_bytes())
    found = _first(firm, rulebook, day)
    assert_confirmed(found, shipped())
    assert_as_near_as_can_be(found, firm)
    if found.found is Planned.IMPOSSIBLE:
        assert {one.id for one in found.obstacles if one.kind is Stands.NEVER} & {"rd_expense_y1", "revenue_y1"}
    else:
        assert (found.found, found.ways[0].cheapest) == (Planned.PLANNED, True)


def test_two_arrows_that_cannot_both_be_followed_are_followed_together() -> None:
    """More revenue lowers the share of R&D: 150 of 4,000 is enough, and 5,000 of revenue takes 160 of R&D."""
    rules = _asking(revenue_y0="at_least: 5000万元", rd_intensity_pct_y0="at_least: 3.2%")
    way = _plan({"revenue_y0": "4000万元", "rd_expense_y0": "128万元"}, rules).ways[0]
    assert {one.fact: one.then for one in way.steps} == {"revenue_y0": 5000, "rd_expense_y0": 160}
    assert way.cost == pytest.approx(0.5)


def test_the_cheaper_way_is_taken_and_the_other_is_told() -> None:
    """A debt ratio is met by fewer debts or by more assets: the lesser change first, then one by the other fact."""
    found = _plan({"total_assets_y0": "1000", "total_liabilities_y0": "800"}, _asking(debt_ratio_pct_y0="at_most: 75%"))
    assert [[(one.fact, one.then) for one in way.steps] for way in found.ways] == [
        [("total_liabilities_y0", 750)],
        [("total_assets_y0", pytest.approx(1066.6667))],
    ]


def test_of_several_ways_the_nearest_goes_first() -> None:
    """Each of six figures is enough: the three that are nearest are told, in the order of what they cost."""
    ways = [("money1", "20"), ("money2", "11"), ("money3", "15"), ("share", "90%"), ("staff", "90"), ("ratio", "900%")]
    one_of = {"any_of": [{"fact": name, "at_least": least} for name, least in ways]}
    cite = {"source": "text", "clause": "一", "grade": "A"}
    book = rulebook_from([{"id": "c", "title": "条件", "require": one_of, "cite": cite, "quote": "原文"}])
    firm = {"money1": 10, "money2": 10, "money3": 10, "share": 10, "staff": 10}
    found = planned(book, Profile(firm, {}), Start(book.ours, _DAY, firm))
    assert [[(one.fact, one.then) for one in way.steps] for way in found.ways] == [
        [("money2", 11)],
        [("money3", 15)],
        [("money1", 20)],
    ]
    assert all(way.cheapest for way in found.ways)
    blank = planned(book, Profile({}, {}), Start(book.ours, _DAY, {}))
    assert [len(way.steps) for way in blank.ways] == [1], "what is only to be stated makes no other plan"


def test_parts_stay_below_wholes_and_people_whole() -> None:
    """Of 5 employees none are 7 in R&D: there must be 7 of them then, and no 6.1."""
    rules = _asking(rd_staff_y0="at_least: 7", employees_y0="less_than: 20")
    [way] = _plan({"employees_y0": "5", "rd_staff_y0": "2"}, rules).ways
    assert {one.fact: one.then for one in way.steps} == {"rd_staff_y0": 7, "employees_y0": 7}
    rules = _asking(rd_staff_share_pct_y0="at_least: 61%", employees_y0="at_least: 10")
    assert {one.then for one in _plan({"employees_y0": "10", "rd_staff_y0": "2"}, rules).ways[0].steps} == {7}


def test_what_is_fixed_or_bounded_stays_so() -> None:
    """With debts fixed the assets move; with these bounded too there is no plan, and both are named beside the text."""
    firm, rules = {"total_assets_y0": "1000", "total_liabilities_y0": "800"}, _asking(debt_ratio_pct_y0="at_most: 75%")
    [way] = _plan(firm, rules, fixed=["上年末负债总额"]).ways
    assert [one.fact for one in way.steps] == ["total_assets_y0"]
    assert _plan(firm, rules, fixed=["total_liabilities_y0"], at_most=["total_assets_y0=+6.67%"]).ways
    found = _plan(firm, rules, fixed=["total_liabilities_y0"], at_most=["total_assets_y0=+6.66%"])
    assert found.found is Planned.IMPOSSIBLE
    assert [(one.kind, one.id) for one in found.obstacles] == [
        (Stands.CRITERION, "debt-ratio-pct-y0"),
        (Stands.ASKED, "total_assets_y0"),
        (Stands.ASKED, "total_liabilities_y0"),
    ]
    assert "上年末资产总额 不超过 1,066.6 万元" in found.summary.zh
    more = _plan(firm, rules, at_least=["total_liabilities_y0=900万元"]).ways[0]
    assert {one.fact: one.then for one in more.steps} == {"total_liabilities_y0": 900, "total_assets_y0": 1200}


def test_what_no_firm_can_change_is_named_where_it_forbids() -> None:
    """Data fraud stays what has happened, and last year's year before what it was."""
    found = plan({**_FIRM, "data_fraud_3y": "是"}, _LITTLE_GIANT, _DAY)
    assert [(one.kind, one.id) for one in found.obstacles] == [
        (Stands.CRITERION, "base-5-data-fraud"),
        (Stands.NEVER, "data_fraud_3y"),
    ]
    rules = _asking(rd_expense_y1="at_least: 100")
    found = _plan({"rd_expense_y1": "90"}, rules)
    assert [one.id for one in found.obstacles] == ["rd-expense-y1", "rd_expense_y1"]
    assert _plan({}, rules).ways[0].steps[0].words.zh == "前年研发费用：不低于 100 万元（现空白）"


def test_a_sector_is_not_stated_against_the_division() -> None:
    """A machine builder of 8,796 people is no SME, and cannot say that it is of leasing; of none it could."""
    firm = {"employees_y0": "8796", "revenue_y0": "100亿元"}
    found = plan({**firm, "industry_code_2": "34"}, "sme-2011-size", _DAY, fixed=["employees_y0", "revenue_y0"])
    assert "industry_code_2" in {one.id for one in found.obstacles}
    assert plan(firm, "sme-2011-size", _DAY, fixed=["employees_y0", "revenue_y0"]).found is Planned.PLANNED


def test_criteria_that_clash_by_themselves_are_named_alone() -> None:
    """More of a part than of its whole: no fact is to blame."""
    found = _plan({}, _asking(revenue_y0="less_than: 5000万元", main_revenue_y0="at_least: 5000万元"))
    assert [one.kind for one in found.obstacles] == [Stands.CRITERION] * 2


def test_what_is_decided_anyhow_is_not_asked_for() -> None:
    """Of a part that is blank it is known that it is no more than its whole: it need not be stated."""
    rules = _asking(rd_staff_y0="at_most: 10", own_brand="equals: yes")
    [way] = _plan({"employees_y0": "5"}, rules).ways
    assert [one.fact for one in way.steps] == ["own_brand"]


def test_titles_come_first_and_what_is_only_to_be_stated_last() -> None:
    """A plan is in the order in which to begin; a title that is held is not given up for it."""
    rules = _asking(
        own_brand="equals: yes",
        management_systems_sound="equals: yes",
        employees_y0="at_least: 10",
        valid_titles="contains: little_giant",
    )
    firm = {"employees_y0": "5", "management_systems_sound": "否", "valid_titles": ["创新型"]}
    [way] = _plan(firm, rules).ways
    assert [(one.fact, one.takes) for one in way.steps] == [
        ("valid_titles", "title"),
        ("employees_y0", "year"),
        ("management_systems_sound", "paper"),
        ("own_brand", "stated"),
    ]
    assert way.cost == pytest.approx(1 + 1 + 1 + 0.1)
    lacking = _plan(firm, _asking(valid_titles="lacks: innovative"))
    assert lacking.found is Planned.IMPOSSIBLE


def test_what_is_not_known_exactly_is_only_to_be_stated() -> None:
    """A range that holds the threshold, and a word that may be any title, are to be stated, not changed."""
    rules = _asking(employees_y0="at_least: 10", valid_titles="contains: innovative")
    [way] = _plan({"employees_y0": "5-20", "valid_titles": ["创新型", "某某称号"]}, rules).ways
    assert [(one.fact, one.takes, one.at_least) for one in way.steps] == [("employees_y0", "stated", 10)]
    assert way.steps[0].words.zh == "全职员工数量：不低于 10 人（现为 5 至 20 人）"
    [way] = _plan({"employees_y0": "5-8", "valid_titles": ["创新型"]}, rules).ways
    assert [(one.fact, one.takes, one.cost) for one in way.steps] == [("employees_y0", "year", 1)]
    assert _plan({"rd_expense_y1": "80-90"}, _asking(rd_expense_y1="at_least: 100")).found is Planned.IMPOSSIBLE


@pytest.mark.parametrize(
    "firm",
    [
        {"main_revenue_y0": "<3"},
        {"revenue_y1": "<3"},
        {"revenue_y0": "4000万元以上"},
        {"total_assets_y0": "<3", "total_liabilities_y0": 2},
    ],
)
def test_a_part_of_a_ratio_is_stated_exactly(firm: dict[str, object]) -> None:
    """A range of it decides nothing beside a ratio; a figure of the past stays within its range."""
    found = plan(firm, rulebook="miit-2026-srdi", as_of=_DAY)
    assert found.found is Planned.PLANNED
    assert found.to_dict()["found"] == "planned"
    if "revenue_y1" in firm:
        [step] = [one for one in found.ways[0].steps if one.fact == "revenue_y1"]
        assert float(found.ways[0].profile["revenue_y1"]) < 3  # type: ignore[arg-type]
        assert step.takes == "stated"


def test_nothing_is_changed_that_a_plain_figure_lets_be() -> None:
    """300 technicians may stay: of a blank number of employees the plan takes more."""
    firm = {"tech_staff_y0": 300, "led_standard_5y": "是", "revenue_y0": 1}
    [way] = plan(firm, rulebook="most-2017-tech-sme", as_of=_DAY).ways
    assert "tech_staff_y0" not in {one.fact for one in way.steps}
    assert way.cost == pytest.approx(0.7)


def test_a_part_stays_below_the_nearest_whole_that_is_stated() -> None:
    """Rights in use are part of those related, and these, which are not stated, of all 3."""
    rules = _asking(ip_class1_self="at_least: 5")
    [way] = _plan({"ip_class1": "3", "ip_class1_self": "2"}, rules).ways
    assert {one.fact: one.then for one in way.steps} == {"ip_class1": 5, "ip_class1_self": 5}


def test_a_firm_that_is_qualified_has_nothing_to_change() -> None:
    """There is no plan for one, and none is needed."""
    found = _plan({"employees_y0": "10"}, _asking(employees_y0="at_least: 10"))
    assert (found.found, found.ways, found.obstacles) == (Planned.QUALIFIED, (), ())


def test_a_plan_that_hangs_on_a_reading_says_so() -> None:
    """Two years of growth may be read as each of both: a plan by their mean tells that it hangs on it."""
    [way] = _first(_FIRM, "miit-2022-little-giant", _DAY).ways
    assert {one.criterion for one in way.hangs_on} == {"lg22-zhuan3-growth"}


def test_all_that_is_wrong_with_bounds_is_told_at_once() -> None:
    """Each names where it was typed, what is wrong, and what to write instead."""
    with pytest.raises(InputError) as raised:
        plan(
            _FIRM,
            _LITTLE_GIANT,
            _DAY,
            fixed=["营业收人"],
            at_most=["revenue_y0=abc", "valid_titles=3", "employees_y0=5", "global_rank=+5%", "revenue_y1=+1e9999999%"],
            at_least=["employees_y0=+x%", "employees_y0=6", "niche_market_years=5"],
        )
    assert [(one.where, one.value) for one in raised.value.problems] == [
        ("fixed", "营业收人"),
        ("at_most", "revenue_y0=abc"),
        ("at_most", "valid_titles=3"),
        ("at_most", "global_rank=+5%"),
        ("at_most", "revenue_y1=+1e9999999%"),
        ("at_least", "employees_y0=+x%"),
        ("at_least", "employees_y0=6"),
    ]


def test_what_a_rulebook_does_not_ask_is_bounded_too() -> None:
    """A figure that must come to more is a step of the plan; a ratio that is computed is bounded by its parts."""
    rules = _asking(employees_y0="at_least: 10")
    firm = {"employees_y0": "5", "revenue_y0": "4000", "rd_expense_y0": "100"}
    way = _plan(firm, rules, at_least=["revenue_y0=6000"]).ways[0]
    assert {one.fact: one.then for one in way.steps} == {"employees_y0": 10, "revenue_y0": 6000}
    with pytest.raises(InputError, match="is computed"):
        _plan(firm, rules, fixed=["rd_intensity_pct_y0"])
    rules = _asking(rd_expense_y0="at_least: 100", rd_intensity_pct_y0="at_least: 3%")
    stated = {"revenue_y0": "4000", "rd_intensity_pct_y0": "2%"}
    assert _plan(stated, rules).ways
    assert _plan(stated, rules, fixed=["rd_intensity_pct_y0"]).found is Planned.IMPOSSIBLE


def test_every_door_gives_the_same_plan(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The command, HTTP and Python, of a profile and of a row of a list, word for word."""
    asked = {"level": "little_giant", "as_of": "2026-06-01", "fixed": "total_liabilities_y0"}
    expected = to_json(plan(_FIRM, None, _DAY, level="little_giant", fixed=["total_liabilities_y0"]))
    with TestClient(create_app()) as client:
        answer = client.post("/v1/plan", params=asked, json=_FIRM)
        assert (answer.status_code, answer.content) == (200, expected)
        wrong = client.post("/v1/plan", params={**asked, "at_most": "x=3"}, json=_FIRM)
        assert (wrong.status_code, wrong.json()["problems"][0]["where"]) == (422, "at_most")
    typed = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items()]
    said = run(capfdbinary, "plan", str(_FILE), *typed, "--format", "json")
    assert json.loads(said.out) == json.loads(expected), said.err
    text = run(capfdbinary, "plan", str(_FILE), *typed, "--lang", "en")
    assert "Total assets, end of last full year: at least CNY 80.000134 million (now CNY 80 million)" in text.out
    candidates = str(FIXTURES / "candidates.csv")
    row = run(capfdbinary, "plan", candidates, "--row", "2", "--level", "little_giant", "--as-of", "2026-06-01")
    assert (row.code, "方案 1（代价" in row.out) == (0, True), row.err


def test_a_trial_is_planned_for_and_told(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """With another threshold another figure is enough, and it says that it is a trial."""
    words = [
        "plan",
        str(_FILE),
        "--rulebook",
        _LITTLE_GIANT,
        "--as-of",
        "2026-06-01",
        "--set",
        "lg26-2a-revenue=6000万元",
    ]
    said = run(capfdbinary, *words)
    assert "试算" in said.out
    assert "上年度营业收入：6,000 万元" in said.out


def test_what_was_planned_before_does_not_bear_on_a_plan() -> None:
    """The same firm gets the same plan, to the byte, whatever was asked in between."""
    first = to_json(_first(_FIRM, _LITTLE_GIANT, _DAY))
    _first(_FIRM, "most-2017-tech-sme", _DAY)
    assert to_json(_first(_FIRM, _LITTLE_GIANT, _DAY)) == first


def test_where_the_solver_gives_up_that_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that takes more work than it may is told as unanswered."""
    monkeypatch.setattr(solver, "_MOST", 1)
    assert plan(_FIRM, _LITTLE_GIANT, _DAY).found is Planned.UNANSWERED


def test_what_a_fact_takes_goes_by_its_kind_unless_it_is_written() -> None:
    """Texts and days never change, figures take a year, answers papers; what lies in the past is written as such."""
    takes = {name: fact.takes for name, fact in shipped().vocabulary.items()}
    assert {takes[name] for name in ("firm_id", "industry_code_2", "revenue_y1", "data_fraud_3y")} == {Takes.NEVER}
    assert {takes[name] for name in ("valid_titles", "award_date")} == {Takes.TITLE}
    assert {takes[name] for name in ("revenue_y0", "global_rank", "niche_market_years")} == {Takes.YEAR}
    assert {takes[name] for name in ("own_brand", "core_ip_owned", "digital_level")} == {Takes.PAPER}
    past = [fact for name, fact in shipped().vocabulary.given.items() if name.endswith(("_y1", "_y2"))]
    assert {fact.takes for fact in past} == {Takes.NEVER}


def failing_firms(random: Random) -> Iterator[tuple[str, dict[str, Any], Plan]]:
    """Give firms at random that are not qualified under a shipped rulebook, typed, with their plans."""
    while True:
        book = shipped().rulebook(random.choice(shipped().ids))
        firm = any_firm(book, random, _DAY, random.choice([0.05, 0.25, 0.6]))
        typed = stated(book.vocabulary, {name: firm[name] for name in firm if name not in {"application_type", "area"}})
        try:
            found = plan(typed, book.id, _DAY)
        except InputError:
            continue  # parts above wholes, and the like
        if found.found is not Planned.QUALIFIED:
            yield book.id, dict(typed), found


def assert_none_cheaper(rulebook: str, typed: Mapping[str, Any], found: Plan, random: Random, tries: int) -> int:
    """Nothing at random that costs less is qualified; gives how many were qualified at all.

    What is tried is made of values at the edges of the rulebook and of steps of the plans, within what a plan may do.
    """
    book, profile, day = case(typed, rulebook, _DAY)
    start = Start(book.ours, day, profile.values)
    ways = [{**case(way.profile, rulebook, _DAY)[1].values} for way in found.ways]
    own = [(step.fact, firm[step.fact]) for firm, way in zip(ways, found.ways, strict=True) for step in way.steps]
    edges = [one for move in moves(book.ours, book.ours.checks, (), day, {**profile.values}) for one in move.items()]
    pool = own * 3 + [(name, value) for name, value in edges if _may_be(start, name, value)]
    usual = Figures(book.vocabulary, profile.values, day).unusual.keys()
    qualified = 0
    for _ in range(tries if pool else 0):
        firm = {**profile.values, **dict(random.sample(pool, random.randint(1, min(len(pool), len(own) + 2))))}
        is_usual = Figures(book.vocabulary, firm, day).unusual.keys() <= usual
        if is_usual and start.qualifies(firm):
            qualified += 1
            assert start.total(firm) >= start.total(ways[0]) - Fraction(1, 1000), (rulebook, typed, firm)
    return qualified


def _may_be(start: Start, name: str, value: Known | None) -> bool:
    """Say whether a plan may have it: what is computed, days, and what only time brings, are left as they are."""
    if value is None or name not in start.book.vocabulary:
        return False
    fact, now = start.book.vocabulary[name], start.now(name)
    if fact.is_derived or fact.kind is Kind.DATE or fact.is_calendar_year or not start.may_change(fact):
        return False
    if isinstance(value, frozenset) and fact.takes is Takes.TITLE:
        return value >= start.options(name)
    return fact.kind is not Kind.YEARS or now is None or now <= value  # type: ignore[operator]


@pytest.mark.parametrize(("seed", "firms", "tries"), [(1, 6, 60), pytest.param(2, 1000, 300, marks=pytest.mark.long)])
def test_firms_at_random_have_plans_that_none_is_cheaper_than(seed: int, firms: int, tries: int) -> None:
    """Each plan is confirmed, none is unanswered, and random search finds no cheaper one."""
    random, qualified = Random(seed), 0
    for rulebook, typed, found in islice(failing_firms(random), firms):
        assert found.found in {Planned.PLANNED, Planned.IMPOSSIBLE}, (rulebook, typed)
        assert_confirmed(found, shipped())
        qualified += assert_none_cheaper(rulebook, typed, found, random, tries)
    assert qualified
