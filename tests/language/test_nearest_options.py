"""A text that names no option is refused with the options that it may have meant: told, never judged by."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from engine import InputError, assess, screen, shipped
from engine.language.option_text import nearest

DAY = date(2026, 6, 1)
DIVISIONS = shipped().vocabulary["industry_code_2"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("仪器仪表", ("40",)),
        ("仪器仪表制造", ("40",)),
        ("通用设备", ("34",)),
        ("電氣機械", ("38",)),
        ("软件", ("65",)),
        ("Instruments", ("40",)),
        ("业", ()),
        ("半导体", ()),
    ],
)
def test_nearest(typed: str, codes: tuple[str, ...]) -> None:
    """The division that has the words in its name is told; a single character, or what is near none, tells nothing."""
    assert nearest(DIVISIONS, typed) == codes


def test_told_and_never_judged() -> None:
    """A firm alone and a row of a list are refused with the nearest division, which is not taken for it."""
    with pytest.raises(InputError) as caught:
        assess({"industry_code_2": "仪器仪表"}, "sme-2011-size", DAY)
    (problem,) = caught.value.problems
    assert problem.instead is not None
    assert problem.instead.zh == "是否想写“仪器仪表制造业”（40）？全部可选项见 champion facts。"
    assert problem.instead.en.startswith("Did you mean 40 (")
    table = pa.table({"firm_name": ["甲"], "industry_code_2": ["仪器仪表"]})
    (row,) = screen(table, "sme-2011-size", DAY, lang="zh").to_pylist()
    assert row["verdict"] is None
    assert "是否想写“仪器仪表制造业”（40）" in str(row["problems"])


def test_near_none() -> None:
    """What is near no division is told to be a code of two digits or a name, and no list of the first dozen."""
    with pytest.raises(InputError) as caught:
        assess({"industry_code_2": "半导体"}, "sme-2011-size", DAY)
    assert str(caught.value).endswith("Write the two digits of a division or its name, see `champion facts`.")
