"""What a header that is not known may have meant: a wrong hint is worse than none."""

from __future__ import annotations

import pytest

from engine.headers.hints import hint, marks
from engine.headers.names import named
from engine.rulebooks.catalog import shipped

VOCABULARY = shipped().vocabulary
OTHER = (
    "2024年",
    "前年",
    "近两年",
    "三年平均",
    "累计",
    "预计",
    "省内",
    "国内",
    "全球",
    "海外",
    "行业",
    "人均",
    "扣非",
    "集团",
)
OTHER_AFTER = (
    "增长率",
    "占比",
    "比重",
    "排名",
    "同比",
    "均值",
    "申请数",
    "名称",
    "（预计）",
    " growth",
    " ratio",
    "_y1",
)


@pytest.mark.parametrize(
    ("header", "near"),
    [
        ("营业收人", "营业收入"),
        ("企业营业收入总额", "营业收入总额"),
        ("revenu", "revenue"),
        ("Emplyees", "employees"),
        ("统一社会信用代玛", "统一社会信用代码"),
        ("全球市场占有律", "全球市场占有率"),
        ("主营业务收入同比", None),
        ("省内市场占有率", None),
        ("近两年营业收入", None),
        ("三年平均主营业务收入", None),
        ("净利润增长额", None),
        ("资产负责", None),
        ("研发投入增速", None),
        ("境外发明专利申请数", None),
        ("人均营业收入", None),
        ("主营业务成本", None),
        ("流动资产总额", None),
        ("备注", None),
        ("细分市场", None),
        ("联系人", None),
    ],
)
def test_hints(header: str, near: str | None) -> None:
    """A slip of the pen is told; another year, market, measure or kind of figure is not taken for one."""
    assert named(header, VOCABULARY) is None
    assert hint(header, VOCABULARY) == near


@pytest.mark.parametrize(
    ("header", "facts"),
    [
        ("知名度", {"market_position_recognised"}),
        ("关键环节", {"chain_key_link"}),
        ("是否有重大安全事故", {"sizeable_incident_3y", "major_incident_3y", "incident_since_last_year"}),
        ("近三年环保处罚", {"env_quality_safety_violation_3y"}),
        ("股权融资额", {"equity_financing_2y", "equity_financing_3y"}),
        ("Ⅱ类知识产权", {"ip_class2_related", "ip_class2_tech_sme"}),
        ("关键领域", {"product_domain"}),
        ("配套龙头企业", {"supplies_key_firms"}),
        ("补链强链", {"chain_key_link", "fill_gap_flag"}),
        ("有效专利", {"invention_patents"}),
    ],
)
def test_what_may_be_a_fact_is_told_and_never_read(header: str, facts: set[str]) -> None:
    """A header that may mean a fact or something narrower names every fact that it may be, and is not read as one."""
    assert named(header, VOCABULARY) is None
    assert {fact.id for fact in VOCABULARY.values() if header in fact.perhaps} == facts


@pytest.mark.parametrize("header", ["有无偷税漏税", "偷税漏税", "近三年是否偷税漏税", "是否偷漏税"])
def test_tax_in_other_words(header: str) -> None:
    """Tax evasion is known in whatever order its words stand, and asked either way."""
    assert named(header, VOCABULARY) == VOCABULARY["tax_violation_3y"]


@pytest.mark.parametrize("words", [OTHER, OTHER_AFTER], ids=["before", "after"])
def test_what_makes_another_figure_of_a_name_leads_back_to_no_fact(words: tuple[str, ...]) -> None:
    """No title with a word that makes another figure of it (year, market, share, mean, growth …) suggests one."""
    for fact in VOCABULARY.values():
        for word in words:
            header = fact.title.zh + word if words is OTHER_AFTER else word + fact.title.zh
            near = hint(header, VOCABULARY) if named(header, VOCABULARY) is None else None
            assert near is None or marks(word) <= marks(fact.title.zh) | marks(near), (header, near)


def test_a_slip_never_leads_to_another_fact() -> None:
    """A title without one of its letters suggests its own fact or none."""
    for fact in VOCABULARY.values():
        for place in range(0, len(fact.title.zh), 3):
            header = fact.title.zh[:place] + fact.title.zh[place + 1 :]
            near = hint(header, VOCABULARY) if named(header, VOCABULARY) is None else None
            assert near is None or named(near, VOCABULARY) == fact, (header, near)
