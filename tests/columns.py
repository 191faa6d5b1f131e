"""The columns of a table of firms, asserted to be what the definition says of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.proving.as_columns import Said, Texts, compared_rows
from engine.rulebooks.logic import Rulebook

_SHOWN = 5


def assert_columns_agree(
    rulebook: Rulebook, texts: Texts, as_of: date, units: Mapping[str, str] | None = None
) -> list[Said | None]:
    """Compare the columns of a table with what the definition says of each row; give what they say."""
    rows = list(compared_rows(rulebook, texts, as_of, units))
    wrong = [
        f"{apart[:5]} of { {name: column[row] for name, column in texts.items()} }"
        for row, (_, apart) in enumerate(rows)
        if apart
    ]
    assert not wrong, "\n".join(wrong[:_SHOWN])
    return [said for said, _ in rows]
