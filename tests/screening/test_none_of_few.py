"""A firm without an award may write 无 beside it, at every door: the figures of what it has not are no zero."""

from __future__ import annotations

from datetime import date

import pytest

from engine import assess
from engine.rulebooks.catalog import shipped
from tests.columns import assert_columns_agree

DAY = date(2026, 6, 1)
NEW = shipped().rulebook("miit-2026-little-giant")
OF_CONTEST = shipped().rulebook("miit-2022-srdi")


@pytest.mark.parametrize("word", ["无", "没有", "无此项", "均无"])
def test_none_in_the_figures_of_an_award_is_a_blank(word: str) -> None:
    """A place, a day and a year of 无 say no more than a blank does, of one firm and of a row."""
    texts = {
        "award_level": ["国家级", "", "无"],
        "award_rank": [word, word, word],
        "award_date": [word, word, word],
        "ip_class1_own_related_applied": ["2", "2", "2"],
    }
    said = assert_columns_agree(NEW, texts, DAY)
    blank = assert_columns_agree(NEW, {**texts, "award_rank": [""] * 3, "award_date": [""] * 3}, DAY)
    assert None not in said
    assert said == blank
    texts = {"maker_china_tier": ["50强", "无"], "maker_china_year": [word, word]}
    assert None not in assert_columns_agree(OF_CONTEST, texts, DAY)


def test_a_place_of_none_decides_nothing() -> None:
    """Only the level of the award says that there is none; of the national award without place the way stays open."""
    firm = {"ip_class1_own_related_applied": 2, "award_rank": "无", "award_date": "无"}
    found = {
        level: next(one for one in assess(firm | {"award_level": level}, NEW.id, DAY).criteria if "-4-ip" in one.id)
        for level in ("", "国家级", "无")
    }
    assert {level: one.outcome for level, one in found.items()} == {
        "": "undetermined",
        "国家级": "undetermined",
        "无": "not_met",
    }


def test_none_is_said_of_what_takes_it() -> None:
    """The way by an award says to write 无 for its level, which alone settles it."""
    said = assess({"ip_class1_own_related_applied": 2}, NEW.id, DAY).reasons
    assert "（如有请填；没有的，科技奖励级别填“无”即可）" in said.zh
    assert "(state it if there is one; else write none for: Level of the science and technology award)" in said.en
