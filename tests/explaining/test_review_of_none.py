"""A firm that asks for a review of a title that it does not hold is told so, at every door."""

from __future__ import annotations

import pyarrow as pa
import pytest

from engine import assess, screen
from tests.tables import DAY

SAID = "“申报类型”为复核，而“有效期内的称号”中没有专精特新“小巨人”企业，请核对。"


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
