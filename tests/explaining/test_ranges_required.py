"""A figure that is required and of which the firm states a range is written as one, for one firm and for a row."""

from __future__ import annotations

import pyarrow as pa
import pytest

from engine import assess, screen
from tests.tables import DAY


@pytest.mark.parametrize(
    ("required", "said"),
    [
        ("5000-5005", "要求不低于（5,000 至 5,005 件），即"),
        ("不低于400", "要求不低于（不低于 400 件），即"),
        ("5000", "要求不低于 5,000 件，即"),
    ],
)
def test_a_range_that_is_required(required: str, said: str) -> None:
    """No place is left empty, and no word stands twice."""
    firm = {"invention_patents": "100", "peer_invention_patents": required}
    reasons = assess(firm, "cae-2021-champion", DAY).reasons
    assert said in reasons.zh
    table = pa.table({"firm_name": ["甲"], **{name: [value] for name, value in firm.items()}})
    for lang in ("zh", "en"):
        [row] = screen(table, "cae-2021-champion", DAY, lang=lang).to_pylist()
        assert row["reasons"] == reasons.in_language(lang)
