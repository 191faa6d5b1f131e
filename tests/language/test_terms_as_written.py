"""Terms of titles, options with words in brackets, and denials, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from engine import InputError, assess
from engine.ground.values import ends_stated, on_day
from engine.language.answer import answer
from engine.rulebooks.catalog import shipped

DAY = date(2026, 6, 1)
TITLES = shipped().vocabulary["valid_titles"]


@pytest.mark.parametrize(
    "written",
    [
        "专精特新中小企业，2023年6月起，有效期到2026年6月30日",
        "专精特新中小企业（2023年6月起，有效期到2026年6月30日）",
        "专精特新中小企业 2023年6月-2026年6月",
        "专精特新中小企业，有效期至2026.6.30",
        "专精特新中小企业有效期至2026年6月30日止",
        "专精特新中小企业，有效期：2023年6月1日至2026年6月30日",
        "专精特新中小企业；期限2023年6月至2026年6月",
    ],
)
@pytest.mark.parametrize("more", ["", "、创新型中小企业"])
def test_a_term_is_read_as_it_is_written(written: str, more: str) -> None:
    """Behind the name or in brackets, with or without 有效期; the other titles stay as they are."""
    stated = answer(TITLES, written + more)
    assert ends_stated(stated) == {"srdi": date(2026, 6, 30)}
    assert on_day(stated, DAY) == frozenset({"srdi", *(["innovative"] if more else [])})


@pytest.mark.parametrize("written", ["专精特新，2023年6月起", "专精特新中小企业2023年6月起", "专精特新，有效期三年"])
def test_a_term_without_end_is_told_how_to_be_written(written: str) -> None:
    """Half a term is no term."""
    assert ends_stated(answer(TITLES, written)) == {}
    [told] = [one for one in assess({"valid_titles": written}, as_of=DAY).warnings if one.where == "valid_titles"]
    assert told.instead is not None
    assert "某称号（2024年7月至2027年6月）" in told.instead.zh


def test_an_option_with_words_in_brackets() -> None:
    """Named twice it is one; else it is told which it may be, and no bracket changes what a title is."""
    domain = shipped().vocabulary["product_domain"]
    assert answer(domain, "工业“六基”（关键软件）") == frozenset({"six_base"})
    warned = assess({"product_domain": "工业“六基”（关键基础件）"}, "miit-2026-little-giant", DAY).warnings
    [told] = [one for one in warned if one.where == "product_domain"]
    assert told.instead is not None
    assert "是否想写“工业‘六基’”？" in told.instead.zh
    assert answer(TITLES, "专精特新（市级）") == frozenset({"?专精特新（市级）"})


@pytest.mark.parametrize("written", ["无国家级科技奖", "没有国家级科技奖励", "非国家级", "未获得国家级科技奖励"])
def test_a_denied_option_is_told_what_is_left(written: str) -> None:
    """Never that it may have meant what it denies, and without codes in Chinese."""
    with pytest.raises(InputError) as refused:
        assess({"award_level": written}, as_of=DAY)
    [problem] = refused.value.problems
    assert problem.instead is not None
    assert problem.instead.zh == "这里只写了不是哪一项；请写是哪一项：“省部级科技奖励”、“无科技奖励”。不知道的留空。"
    assert answer(shipped().vocabulary["award_level"], "无") == "none"
