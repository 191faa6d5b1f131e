"""What follows from the lists of a profile: rights counted as each text counts them, titles valid on the day."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, InputError, RulebookError, assess, rules_folder, shipped
from engine.assessment import read_profile
from engine.ground.values import OUT, Span, ends_of
from tests.shell import run

DAY = date(2026, 6, 1)
OWN = {
    "ip_type": "发明专利",
    "valid": True,
    "acquisition": "自行申请",
    "right_holder_rank": 1,
    "related_to_main_product": True,
    "applied_with_benefit": True,
}
BOUGHT = {**OWN, "acquisition": "transferred", "transfer_date": "2025-06-01"}
COUNTS = ("ip_class1", "ip_class1_related_applied", "ip_class1_own_related_applied")


def _read(day: date = DAY, **stated: Any) -> dict[str, Any]:
    return dict(read_profile(stated, shipped(), day).values)


def _counts(*items: dict[str, Any], day: date = DAY) -> tuple[Any, ...]:
    values = _read(day, ip_items=list(items))
    return tuple(values.get(name) for name in COUNTS)


@pytest.mark.parametrize(
    "number", ["ZL202010000001.1", " zl 2020 1 0000001.1", "２０２０１００００００１．１", "2020-1-0000001.1"]
)
def test_the_same_right_twice(number: str) -> None:
    """A right that stands twice, however its number is written, counts once and is remarked on."""
    items = [{**OWN, "number": "ZL202010000001.1"}, {**OWN, "number": "X2"}, {**OWN, "number": number}, OWN, OWN]
    profile = read_profile({"ip_items": items}, shipped(), DAY)
    assert profile.values["ip_class1_own_related_applied"] == 4
    assert [(one.where, "第 1 条" in one.what.zh) for one in profile.warnings] == [("ip_items.2.number", True)]


def test_a_term_that_ends_before_it_begins() -> None:
    """A title whose last day is before its first does not count, and the dates are to be checked."""
    titles = [
        {"title": "小巨人", "issued": "2025-07-01", "expires": "2025-06-30"},
        {"title": "专精特新", "issued": "2024-01-01"},
    ]
    titles[1]["expires"] = "2026-12-31"
    profile = read_profile({"title_items": titles}, shipped(), DAY)
    assert profile.values["valid_titles"] == {"srdi", f"{OUT}专精特新“小巨人”企业（至2025-06-30）"}
    assert [(one.where, "核对" in one.instead.zh) for one in profile.warnings if one.instead] == [
        ("title_items.0.expires", True)
    ]


def test_days_to_come() -> None:
    """What is granted or issued after the day of the decision does not count yet, and is remarked on."""
    rights = [OWN, {**OWN, "grant_date": "2030-01-01"}, {**OWN, "grant_date": DAY.isoformat()}]
    titles = [{"title": "小巨人", "issued": "2027-01-01", "expires": "2029-12-31"}]
    titles += [{"title": "专精特新", "issued": day, "expires": "2027-12-31"} for day in ("2022-01-01", "2025-01-01")]
    profile = read_profile({"ip_items": rights, "title_items": titles}, shipped(), DAY)
    assert (profile.values["ip_class1"], profile.values["valid_titles"]) == (2, {"srdi"})
    assert [one.where for one in profile.warnings] == [
        "ip_items.1.grant_date",
        "title_items.0.issued",
        "title_items.2.title",
    ]


def test_a_number_stated_as_a_range_beside_a_list() -> None:
    """A range must have the number that the list gives within it."""
    assert _read(ip_items=[OWN], ip_class1="1项以上")["ip_class1"].low == 1
    with pytest.raises(InputError):
        _read(ip_items=[OWN], ip_class1="3项以上")


@pytest.mark.parametrize(
    ("item", "counts"),
    [
        (OWN, (1, 1, 1)),
        (BOUGHT, (1, 1, 0)),
        ({**BOUGHT, "transfer_date": "2025-06-02"}, (0, 0, 0)),
        ({**OWN, "right_holder_rank": 3}, (1, 1, 1)),
        ({**OWN, "right_holder_rank": 4}, (1, 1, 0)),
        ({**OWN, "valid": False}, (0, 0, 0)),
        ({**OWN, "ip_type": "layout_design"}, (1, 1, 1)),
        ({**OWN, "ip_type": "utility_model"}, (0, 0, 0)),
        ({**OWN, "related_to_main_product": "否"}, (1, 0, 0)),
        ({**OWN, "applied_with_benefit": False}, (1, 0, 0)),
    ],
    ids=[
        "own",
        "transferred a year ago",
        "transferred a day less than a year ago",
        "third right holder",
        "fourth right holder",
        "lapsed",
        "layout design",
        "utility model",
        "for another product",
        "not in use",
    ],
)
def test_class_1(item: dict[str, Any], counts: tuple[int, ...]) -> None:
    """The text of 2022 counts rights a year after their transfer, that of 2026 own ones of the first three holders."""
    assert _counts(item) == counts


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"ip_class1_related": 1, "ip_class1_self": 1, "ip_class2_related": 0, "ip_class2_tech_sme": 0}),
        ({"acquisition": "transferred", "transfer_date": "2020-01-01"}, {"ip_class1_related": 1, "ip_class1_self": 0}),
        ({"maintained_years": 10.5}, {"ip_class1_high_value": 1}),
        (
            {"maintained_years": 10, "overseas_family": False, "pledged": False, "awarded": False},
            {"ip_class1_high_value": 0},
        ),
        ({"maintained_years": 10}, {"ip_class1_high_value": (0, 1)}),
        ({"ip_type": "design", "maintained_years": 2}, {"ip_class2_related": 0, "ip_class2_tech_sme": 1}),
        ({"ip_type": "design", "maintained_years": 2.1}, {"ip_class2_related": 1, "ip_class1": 0}),
        ({"ip_type": "软件著作权"}, {"ip_class2_related": 1, "ip_class2_tech_sme": 1}),
    ],
)
def test_other_counts(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    """Related, self-made and high-value rights, and class II by the texts of 2022 and of 2017."""
    values = _read(ip_items=[{**OWN, **changes}])
    found = {name: values.get(name) for name in expected}
    assert {name: ends_of(one) if isinstance(one, Span) else one for name, one in found.items()} == expected


def test_sum() -> None:
    """The records that meet the condition are counted; an empty list is none."""
    assert _counts(OWN, OWN, BOUGHT, {**OWN, "valid": False}) == (3, 3, 2)
    assert _counts() == (0, 0, 0)


def test_day_counts() -> None:
    """A transferred right begins to count on the anniversary of the transfer."""
    assert [_counts(BOUGHT, day=date(2026, 5, 31))[0], _counts(BOUGHT, day=date(2026, 6, 1))[0]] == [0, 1]


def test_lacking_field() -> None:
    """A record without a needed field may count or not: a span, with a warning that names the field."""
    lacking = {key: value for key, value in OWN.items() if key != "right_holder_rank"}
    profile = read_profile({"ip_items": [OWN, lacking]}, shipped(), DAY)
    assert ends_of(profile.values["ip_class1_own_related_applied"]) == (1, 2)
    assert profile.values["ip_class1"] == 2
    assert "records lack Place of the firm among the right holders" in str(
        profile.uncounted["ip_class1_own_related_applied"].what.en
    )
    for rulebook, warned in (("miit-2026-little-giant", True), ("sme-2011-size", False)):
        warnings = assess({"ip_items": [lacking]}, rulebook, DAY).warnings
        assert any(warning.where == "ip_items" for warning in warnings) == warned


def test_lacking_field_that_does_not_matter() -> None:
    """A blank field does not matter where another one already decides."""
    assert _counts({"ip_type": "design"}) == (0, 0, 0)


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"ip_class1": 2}, "which give 1"),
        ({"ip_class1": 0}, "which give 1"),
        ({"valid_titles": ["srdi"], "title_items": []}, r"which give \[\]"),
    ],
)
def test_contradiction(stated: dict[str, Any], says: str) -> None:
    """A fact that is stated beside a list that gives something else is a problem."""
    with pytest.raises(InputError, match=says):
        _read(ip_items=[OWN], **stated)


def test_agreement() -> None:
    """A fact that agrees with the list, or that lies between what is sure and what is possible, is taken."""
    lacking = {key: value for key, value in OWN.items() if key != "valid"}
    assert _read(ip_items=[OWN], ip_class1=1)["ip_class1"] == 1
    assert _read(ip_items=[OWN, lacking], ip_class1=2)["ip_class1"] == 2
    with pytest.raises(InputError, match="1–2"):
        _read(ip_items=[OWN, lacking], ip_class1=3)


def test_part_above_whole() -> None:
    """What is counted is checked against what is stated: a part cannot exceed its whole."""
    utility = {**OWN, "valid": None}
    with pytest.raises(InputError, match="larger than"):
        read_profile({"ip_items": [OWN, utility], "ip_class1": 1, "ip_class1_related_applied": 2}, shipped(), DAY)


@pytest.mark.parametrize(
    ("day", "held"),
    [("2023-06-30", set()), ("2023-07-01", {"srdi"}), ("2026-06-30", {"srdi"}), ("2026-07-01", set())],
)
def test_titles_on_the_day(day: str, held: set[str]) -> None:
    """A title is held from the day of issue to the last day of its term; one that is over is kept to be told."""
    items = [{"title": "专精特新中小企业", "issued": "2023-07-01", "expires": "2026-06-30"}]
    stated = _read(date.fromisoformat(day), title_items=items)["valid_titles"]
    assert {one for one in stated if not one.startswith(OUT)} == held
    assert len(stated) == (day > "2023-06-30")


def test_same_answer_as_stated() -> None:
    """A list and the facts that follow from it give the same verdict, with the same id."""
    listed = {
        "ip_items": [{**OWN, "maintained_years": 3, **dict.fromkeys(("overseas_family", "pledged", "awarded"), False)}],
        "title_items": [{"title": "srdi", "issued": "2024-01-01", "expires": "2027-01-01"}],
    }
    stated = {name: value for name, value in _read(**listed).items() if name != "valid_titles"}
    stated["valid_titles"] = ["专精特新中小企业（2024年1月1日至2027年1月1日）"]
    one, other = (assess(profile, "miit-2026-little-giant", DAY) for profile in (listed, stated))
    assert one == other


HOSTILE = [
    ({"ip_items": "many"}, "ip_items", "not a list of records"),
    ({"ip_items": {"a": 1}}, "ip_items", "not a list of records"),
    ({"ip_items": [1]}, "ip_items.0", "not a record"),
    ({"ip_items": [[OWN]]}, "ip_items.0", "not a record"),
    ({"ip_items": [{"ip_tpye": "design"}]}, "ip_items.0.ip_tpye", "Did you mean ip_type?"),
    ({"ip_items": [{"as_of": "2020-01-01"}]}, "ip_items.0.as_of", "not a field"),
    ({"ip_items": [{"years_since_transfer": 3}]}, "ip_items.0.years_since_transfer", "not a field"),
    ({"ip_items": [{"ip_type": "patent"}]}, "ip_items.0.ip_type", "options"),
    ({"ip_items": [{"transfer_date": "2025-02-30"}]}, "ip_items.0.transfer_date", "calendar"),
    ({"ip_items": [{}] * 2001}, "ip_items", "more than 2000"),
    ({"ip_item": []}, "ip_item", "Did you mean ip_items?"),
    ({"title_items": [{"title": "冠军"}]}, "title_items.0.title", "options"),
]


@pytest.mark.parametrize(("profile", "where", "says"), HOSTILE)
def test_refused(profile: dict[str, Any], where: str, says: str) -> None:
    """What is no list, no record or no value of a field is a problem at its place."""
    with pytest.raises(InputError) as caught:
        read_profile(profile, shipped(), DAY)
    (problem,) = caught.value.problems
    assert problem.where == where
    assert says in problem.in_language("en")


def test_all_problems_at_once() -> None:
    """Mistakes in several records and in the facts are told together."""
    profile = {"global_rank": 0, "ip_items": [{"ip_type": "x"}, OWN, {"valid": "?", "right_holder_rank": 0}]}
    problems = TestClient(create_app()).post("/v1/assessments", json=profile).json()["problems"]
    assert {problem["where"] for problem in problems} == {
        "global_rank",
        "ip_items.0.ip_type",
        "ip_items.2.valid",
        "ip_items.2.right_holder_rank",
    }


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "title: valid_titles",
            "title: valid_title",
            "“valid_title” is not a fact with options. Did you mean valid_titles",
        ),
        ("within: ip_class1\n", "within: ip_class2\n", "“ip_class2” is not given before. Did you mean ip_class1"),
        ("    ip_class1:  ", "    ip_clas1:  ", "no fact has the id “ip_clas1”"),
        ("collects: title", "collects: issued", "the field “issued” has not its options"),
        ("collects: title\n", "\n", "a number is a count"),
        ("fact: valid, equals", "fact: vald, equals", "no fact has the id “vald”"),
        ("years_since(transfer_date)", "years_since(transfr_date)", "no fact has the id “transfr_date”"),
        ("fact: as_of}}\n          - {", "parameter: x}}\n          - {", "there is no parameter “x”"),
        ("{fact: valid, equals: yes}", "{rulebook: sme-2011-size}", "a condition of a list compares fields only"),
        ("{fact: valid, equals: yes}", "{score: x, at_least: 1}", "a condition of a list compares fields only"),
        ("    grant_date:", "    as_of:", "as_of is the day of the decision"),
    ],
)
def test_broken_list(tmp_path: Path, old: str, new: str, says: str) -> None:
    """A mistake in what is counted is told with its place in facts.yaml."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    file = tmp_path / "rules" / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        _ = Catalog(tmp_path / "rules").vocabulary
    problems = [problem.in_language("en") for problem in caught.value.problems]
    assert any(says in problem and problem.startswith("facts.yaml:") for problem in problems), problems


def test_digest(tmp_path: Path) -> None:
    """Another way of counting is another digest, for the rulebooks that use what is counted and for no others."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    file = tmp_path / "rules" / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("right_holder_rank, at_most: 3名", "right_holder_rank, at_most: 2名"), encoding="utf-8"
    )
    other = Catalog(tmp_path / "rules")
    changed = {name for name in other.ids if other.rulebook(name).digest != shipped().rulebook(name).digest}
    assert "miit-2026-little-giant" in changed
    assert "sme-2011-size" not in changed


def test_command(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The list counts on the command line; `champion facts` shows its fields and what it gives."""
    profile = json.dumps({"ip_items": [OWN] * 4}).encode()
    options = ("--rulebook", "miit-2026-little-giant", "--format", "json", "--as-of", "2026-06-01")
    verdict = json.loads(run(capfdbinary, "assess", "-", *options, stdin=profile).out)
    (rights,) = [one for one in verdict["criteria"] if one["id"] == "lg26-4-ip"]
    assert (rights["outcome"], rights["checks"][0]["observed"]) == ("met", 4)
    assert "ip_class1_own_related_applied" in run(capfdbinary, "facts").out.split("ip_items")[1]


@pytest.mark.parametrize(("year", "warned"), [(2025, False), (2024, True), (None, False)])
def test_last_full_year(year: int | None, warned: bool) -> None:  # noqa: FBT001
    """Figures of another year than the last full one are warned of: spans of two and three years would slip."""
    verdict = assess({"fiscal_year_y0": year}, as_of=DAY)
    assert any(warning.where == "fiscal_year_y0" for warning in verdict.warnings) == warned


@pytest.mark.parametrize(
    ("fact", "years"),
    [
        ("rd_expense_sum_2y", {"rd_expense_y0", "rd_expense_y1"}),
        ("revenue_cagr_2y_pct", {"revenue_y0", "revenue_y2"}),
        ("main_revenue_growth_mean_2y_pct", {"main_revenue_growth_pct_y0", "main_revenue_growth_pct_y1"}),
        ("main_revenue_growth_pct_y0", {"main_revenue_y0", "main_revenue_y1"}),
        ("main_revenue_growth_pct_y1", {"main_revenue_y1", "main_revenue_y2"}),
        ("rd_intensity_pct_y1", {"rd_expense_y1", "revenue_y1"}),
    ],
)
def test_spans(fact: str, years: set[str]) -> None:
    """Two years are the last full one and the one before; growth over two years looks back to the third."""
    formula = shipped().vocabulary[fact].formula
    assert formula is not None
    assert set(formula.names) == years
