"""What a row of a table in memory, which is no firm's, says of the figures: another year, another unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from engine.doubtful import SAY_WHICH, in_a_row, leaves_open, unit_of_all
from engine.errors import Problem, shown
from engine.facts import Vocabulary
from engine.headers import Understanding

_MAY_SAY = "[:：]|单位|金额|币种|数据|(19|20)[0-9]{2}|[以按].+(计|列示)"


def statements_in_rows(
    table: pa.Table, understanding: Understanding, vocabulary: Vocabulary, day: date
) -> Iterator[Problem]:
    """Give the problem of a table that has such a row: where a firm's name or code would stand, or first of all."""
    whose = [at for at, column in understanding.stated.items() if column.fact.id in {"firm_id", "firm_name"}]
    headers = [one.header for one in understanding.columns]
    last, unit = day.year - 1 if leaves_open(headers, vocabulary) else None, unit_of_all(understanding)
    for at in sorted({*whose, *([0] if headers else [])}):
        column = table.column(at)
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            continue
        for place in pc.indices_nonzero(pc.match_substring_regex(column, _MAY_SAY)).to_pylist():
            cells = ["" if one is None else str(one) for one in table.slice(place, 1).to_pylist()[0].values()]
            doubt = in_a_row(cells, vocabulary, last, unit)
            if doubt is not None:
                yield Problem("table", doubt, SAY_WHICH, shown(cells[at]))
                return
