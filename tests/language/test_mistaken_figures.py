"""What belongs into another column, or is to be converted first, is refused with where it goes."""

from __future__ import annotations

from datetime import date

import pytest

from engine import InputError, assess, shipped
from engine.headers.cells import Column
from engine.language.reading import Unreadable

DAY = date(2026, 6, 1)
VOCABULARY = shipped().vocabulary


def _told(fact: str, text: str) -> str:
    with pytest.raises(Unreadable) as found:
        Column(fact, VOCABULARY[fact], "", DAY).value(text)
    return f"{found.value.what.zh}。{found.value.instead.zh}"


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        ("global_market_share_pct", "前3名", "是名次，不是占有率。名次请写在“全球市场占有率排名”列"),
        ("domestic_market_share_pct", "全国第二", "名次请写在“国内市场占有率排名”列"),
        ("domestic_market_share_pct_y1", "第1名", "名次请写在“国内市场占有率排名”列"),
        ("domestic_market_share_pct", "省内第一", "省、市内的名次这里不问"),
        ("global_market_share_pct", "国内15%，全球5%", "请分成两列：国内市场占有率、全球市场占有率"),
        ("niche_market_years", "2015年起", "请写年数，如 11 或 11.5。算到上年末"),
        ("niche_market_years", "自2015年3月至今", "请写年数，如 11 或 11.5。算到上年末"),
        ("revenue_y0", "3000万美元", "单位“万美元”无法识别。外币请折算成人民币再写"),
        ("revenue_y0", "$300", "外币请折算成人民币再写"),
    ],
)
def test_where_it_goes(fact: str, text: str, said: str) -> None:
    """A rank, figures of two markets, a year of beginning and money of other countries each have their own remedy."""
    assert said in _told(fact, text)
    with pytest.raises(InputError) as found:
        assess({fact: text}, "miit-2026-little-giant", DAY)
    assert said in "".join(f"{one.what.zh}。{one.instead.zh if one.instead else ''}" for one in found.value.problems)


@pytest.mark.parametrize("fact", ["global_rank", "domestic_rank"])
def test_the_columns_that_are_named_are_there(fact: str) -> None:
    """The remedy names columns by titles of facts."""
    assert VOCABULARY[fact].title.zh.endswith("市场占有率排名")
    assert VOCABULARY[fact.replace("_rank", "_market_share_pct")].title.zh + "排名" == VOCABULARY[fact].title.zh


@pytest.mark.parametrize(("text", "said"), [("5", "5"), ("约15%", "只是约数"), ("很高", "请写百分数")])
def test_what_is_none_of_these_stays_as_it_is(text: str, said: str) -> None:
    """A share is a share, and what is about right is told as before."""
    if said == text:
        assert Column("", VOCABULARY["global_market_share_pct"], "", DAY).value(text) == int(text)
    else:
        assert said in _told("global_market_share_pct", text)


@pytest.mark.parametrize("word", ["省专精特新", "省专精特新中小企业", "浙江省专精特新", "省级专精特新"])
def test_a_province_is_named_with_and_without_its_level(word: str) -> None:
    """省 before a title is what 省级 is; it makes nothing else of a title that is none."""
    column = Column("", VOCABULARY["valid_titles"], "", DAY)
    assert column.value(word) == frozenset({"srdi"})
    assert column.value("省巨人") == frozenset({"?省巨人"})
