"""Keys of a profile: what the header of a column may be, a key may be, and it means the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import InputError, Verdict, assess, shipped

DAY = date(2026, 6, 1)

SAME = [
    ({"企业名称": "甲", "营业收入（亿元）": 2.1}, {"firm_name": "甲", "revenue_y0": "2.1亿元"}),
    ({"2024年营业收入(万元)": "1.5亿", "營業收入": 30000}, {"revenue_y1": 15000, "revenue_y0": 30000}),
    (
        {"营业收入（元）": 25_000_000, "全球市场占有率（%）": "12.5"},
        {"revenue_y0": 2500, "global_market_share_pct": 12.5},
    ),
    ({"Revenue, last full year (RMB million)": 25}, {"revenue_y0": 2500}),
    ({"2025年营业收入（亿元）": "2-3"}, {"revenue_y0": "2-3亿元"}),
    ({"2025年度营业收入（亿元，经审计）": "3000万元"}, {"revenue_y0": 3000}),
    ({"全球市场占有率（%）": 0.5}, {"global_market_share_pct": 0.5}),
    ({"营业收入（亿元）": None, "企业名称": "乙"}, {"firm_name": "乙"}),
    (
        {"营业收入（亿元）": 2.1, "evidence": {"营业收入": "年报"}},
        {"revenue_y0": 21000, "evidence": {"revenue_y0": "年报"}},
    ),
]


def assessed(profile: dict[str, Any]) -> Verdict:
    """Give the verdict of the default rulebook on the day of these tests."""
    return assess(profile, as_of=DAY)


def problems(profile: dict[str, Any]) -> list[str]:
    """Give the problems for which a profile is refused."""
    with pytest.raises(InputError) as refused:
        assessed(profile)
    return [problem.in_language("en") for problem in refused.value.problems]


@pytest.mark.parametrize(("named", "by_id"), SAME)
def test_a_key_may_be_what_a_header_may_be(named: dict[str, Any], by_id: dict[str, Any]) -> None:
    """A title or alias with a unit, a year or a basis states what the fact's id states, to the last note."""
    assert assessed(named) == assessed(by_id)


def test_every_title_is_a_key() -> None:
    """Every fact that a profile may state is understood by its Chinese title."""
    titles = [fact.title.zh for fact in shipped().vocabulary.given.values()]
    assert assessed(dict.fromkeys(titles)) == assessed({})


def test_two_keys_for_one_fact_are_refused() -> None:
    """Which of two keys counts is not guessed, whether or not one is the id, and whatever years they say."""
    told = problems(
        {"revenue_y0": 3000, "营业收入": 3000, "2025年营业收入（元）": 0.3, "证券简称": "甲", "企业名称": "甲"}
    )
    assert told == [
        "营业收入: “3000” states the same fact as revenue_y0: Revenue, last full year. Give each fact once.",
        "2025年营业收入（元）: “0.3” states the same fact as revenue_y0: Revenue, last full year. Give each fact once.",
        "企业名称: “甲” states the same fact as 证券简称: Firm name. Give each fact once.",
    ]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("营业收入（万美元）", "“万美元” in brackets is not known here"),
        ("2025年1-6月营业收入", "only part of a year"),
        ("2024、2025年营业收入", "speaks of several years"),
        ("年销售额", "say so: revenue_y0"),
        ("序号", "numbers the rows"),
        ("2019年营业收入", "no fact asks this of that year"),
        (next(fact.title.zh for fact in shipped().vocabulary.values() if not fact.is_given), "is derived"),
        ("营业收人", "Did you mean 营业收入?"),
        ("revenue_yy0", "Did you mean revenue_y0?"),
        ("天气", "is not a fact of the vocabulary"),
        ("", "is not a fact of the vocabulary"),
    ],
)
def test_a_key_that_is_not_understood_says_why(key: str, why: str) -> None:
    """A key for which a header would not be read is refused for the same reason, with what may have been meant."""
    [told] = problems({"firm_name": "甲", key: 1})
    assert told.startswith(f"{key}: “1” ")
    assert why in told


def test_a_bad_value_is_told_under_the_callers_key() -> None:
    """What is wrong with a value is said where its writer wrote it, in the unit of the key."""
    told = problems({"营业收入（亿元）": "约2.1", "主营业务收入（元）": float("nan"), "全球市场占有率（%）": True})
    assert [one.split(" ")[0] for one in told] == ["营业收入（亿元）:", "主营业务收入（元）:", "全球市场占有率（%）:"]
    assert "write it in 元" in "".join(told)
    [above] = problems({"营业收入（亿元）": 1, "主营业务收入（亿元）": "2"})
    assert above.startswith("主营业务收入（亿元）: “20000 > 10000” ")


def test_keys_are_understood_over_http() -> None:
    """The service understands the same keys, and says where one is not."""
    client = TestClient(create_app())
    named, by_id = (client.post("/v1/assessments?as_of=2026-06-01", json=one) for one in SAME[0])
    assert named.status_code == 200
    assert named.content == by_id.content
    refused = client.post("/v1/ladder?as_of=2026-06-01", json={"营业收入": 1, "revenue_y0": 1})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["where"] == "营业收入"
