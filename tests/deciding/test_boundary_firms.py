"""Every shipped rulebook over firms at its edges: columns and the definition say the same of each cell and row."""

from __future__ import annotations

from random import Random

import pytest

from engine import shipped
from engine.language.facts import Kind
from engine.rulebooks.logic import Rulebook
from tests.boundary_firms import boundary_table
from tests.columns import assert_columns_agree
from tests.tables import DAY as AS_OF

_CHUNK = 10_000


def _in_hundred_millions(rulebook: Rulebook) -> dict[str, str]:
    """Give every second amount of money a header that names 亿元."""
    money = [name for name in sorted(rulebook.facts_used) if rulebook.vocabulary[name].kind is Kind.MONEY]
    return dict.fromkeys(money[::2], "亿元")


@pytest.mark.parametrize("rulebook_id", shipped().ids)
@pytest.mark.long
def test_three_hundred_firms(rulebook_id: str) -> None:
    """Of 300 firms at the edges nothing differs."""
    rulebook = shipped().rulebook(rulebook_id)
    found = assert_columns_agree(rulebook, boundary_table(rulebook, 300, Random(rulebook_id), AS_OF), AS_OF)
    assert len(found) == 300
    assert sum(said is not None for said in found) > 50


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_a_hundred_thousand_firms(rulebook_id: str, part: int) -> None:
    """Of 100,000 firms at the edges nothing differs, half of them with headers that name a unit."""
    rulebook = shipped().rulebook(rulebook_id)
    units = _in_hundred_millions(rulebook) if part % 2 else {}
    table = boundary_table(rulebook, _CHUNK, Random(f"{rulebook_id} {part}"), AS_OF)
    assert len(assert_columns_agree(rulebook, table, AS_OF, units)) == _CHUNK
