"""What came of a table: rows that were refused are warned of, and listed on request."""

from __future__ import annotations

import warnings

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from engine import InputError, RefusedRowsWarning, account, screen
from tests.small_rules import rules_asking
from tests.tables import DAY

_RULES = rules_asking(global_market_share_pct="at_least: 15%")
_FIRMS = {"企业编号": ["A1", "A2", "A3"], "企业名称": ["甲", "乙", "丙"], "全球市场占有率": ["12.4", "约15%", "20"]}


@pytest.mark.parametrize("labels", ["ids", "titles"])
@pytest.mark.parametrize("kind", [pa.table, pl.DataFrame, pd.DataFrame])
def test_refused_rows_are_warned_of_and_listed(kind: type, labels: str) -> None:
    """Of any kind of table, with ids and in words."""
    with pytest.warns(RefusedRowsWarning, match="1 of 3 rows have no verdict") as told:
        found = screen(kind(_FIRMS), as_of=DAY, lang="en", labels=labels, catalog=_RULES)  # type: ignore[arg-type]
    assert told[0].filename == __file__
    counted = account(found)
    assert (counted.rows, counted.by_verdict) == (3, {"qualified": 1, "not_qualified": 1, "undetermined": 0})
    assert [(one.line, one.firm_id, one.firm_name) for one in counted.refused] == [(2, "A2", "乙")]
    assert "约15%" in counted.refused[0].problems


def test_of_rows_that_all_have_a_verdict_nothing_is_warned() -> None:
    """Nor is a table that was not screened taken for one."""
    firms = pa.table({name: several[::2] for name, several in _FIRMS.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert account(screen(firms, as_of=DAY, catalog=_RULES)).refused == ()
    with pytest.raises(InputError, match="has no column of problems"):
        account(firms)
