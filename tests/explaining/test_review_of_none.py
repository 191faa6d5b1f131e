"""A firm that asks for a review of a title that it does not hold is told so, at every door."""

from __future__ import annotations

import pyarrow as pa
import pytest

from engine import assess, ladder, screen
from tests.tables import DAY

SAID = (
    "“申报类型”为复核，而“有效期内的称号”中没有专精特新“小巨人”企业，请核对：持有的补填，未持有的改为新申报；"
    "这里按复核比对，各级比对（ladder）按新申报。"
)
IN_THE_LADDER = (
    "“申报类型”为复核，而“有效期内的称号”中没有{}，请核对：持有的补填，未持有的改为新申报；"
    "各级比对（ladder）按新申报，用 --level 则按复核，结论可能不同。"
)


@pytest.mark.parametrize(
    ("application", "titles", "is_told"),
    [
        ("复核", "无", True),
        ("复核", "创新型中小企业", True),
        ("复核", "小巨人", False),
        ("复核", "小巨人（2018-2021）", False),
        ("复核", "省巨人", False),
        ("复核", "", False),
        ("新申报", "无", False),
    ],
)
def test_at_every_door(application: str, titles: str, *, is_told: bool) -> None:
    """Of titles that cannot be read, or are no longer valid, it is not said."""
    firm = {"企业名称": "甲厂", "申报类型": application, "有效期内的称号": titles}
    stated = {name: value for name, value in firm.items() if value}
    notes = [note.zh for note in assess(stated, None, DAY, level="little_giant").notes]
    assert (SAID in notes) is is_told
    table = pa.table({name: [value] for name, value in firm.items()})
    [row] = screen(table, level="little_giant", as_of=DAY).to_pylist()
    assert (SAID in (row["notes"] or "")) is is_told
    assert (row["notes"] or "") == "".join(notes)


@pytest.mark.parametrize(
    ("application", "titles", "lacks"),
    [
        ("复核", "无", "专精特新中小企业、专精特新“小巨人”企业"),
        ("复核", "小巨人、专精特新", ""),
        ("复核", "", ""),
        ("新申报", "无", ""),
    ],
)
def test_the_ladder_says_that_it_takes_it_as_new(application: str, titles: str, lacks: str) -> None:
    """Where a review is decided otherwise than a new application, one firm and the rows of a list are told alike."""
    firm = {"企业名称": "甲厂", "申报类型": application, "有效期内的称号": titles, "研发费用": "0.5"}
    notes = [note.zh for note in ladder({name: value for name, value in firm.items() if value}, DAY).notes]
    assert [note for note in notes if "（ladder）" in note] == ([IN_THE_LADDER.format(lacks)] if lacks else [])
    assert bool(lacks) is any("改为新申报" in note for note in notes)
    new = dict.fromkeys(firm, "") | {"企业名称": "乙厂", "申报类型": "新申报"}
    table = pa.table({name: [value, new[name]] for name, value in firm.items()})
    row, other = screen(table, "ladder", DAY).to_pylist()
    assert row["notes"] == "".join(notes)
    assert "（ladder）" not in (other["notes"] or "")


def test_a_review_of_a_title_held_is_right_on_the_ladder() -> None:
    """It is told that the levels above are applied for anew, and nobody is asked to change a right answer."""
    firm = {"企业名称": "甲厂", "申报类型": "复核", "有效期内的称号": "专精特新"}
    notes = [note.zh for note in ladder(firm, DAY).notes]
    said = "“申报类型”为复核：持有的专精特新中小企业按复核比对；未持有的专精特新“小巨人”企业，"
    assert notes == [f"{said}各级比对（ladder）按新申报，不必改写。"]
    [row] = screen(pa.table({name: [value] for name, value in firm.items()}), "ladder", DAY).to_pylist()
    assert row["notes"] == notes[0]
