"""The form of `champion facts --template`, as it is known again when it comes back filled in."""

from __future__ import annotations

from collections.abc import Sequence

from engine.ground.errors import Text
from engine.layout.lower_rows import Row

HEADS = (
    Text("指标", "Figure"),
    Text("填写", "Answer"),
    Text("单位", "Unit"),
    Text("可填", "What may be written"),
    Text("何处取数", "Where to find it"),
)
_ANSWER, _UNIT, _HELP = 1, 2, (3, 4)
_KNOWN = frozenset({tuple(head.zh for head in HEADS), tuple(head.en for head in HEADS)})
NOT_FILLED = Text("是一张没有填写的填报表", "is a form in which nothing is filled in")
FILL = Text(
    f"请填写“{HEADS[_ANSWER].zh}”一列；不知道的留空。",
    f"Fill in the column {HEADS[_ANSWER].en}; leave blank what is not known.",
)


def answered(rows: Sequence[Row]) -> list[Row] | None:
    """Give the rows of a form without its titles, and without what only helps to fill it in; None of another table.

    >>> answered([["填报表"], ["指标", "填写", "单位", "可填", "何处取数"], ["营业收入", "3", "亿元", "", ""]])
    [['指标', '填写', '单位', '', ''], ['营业收入', '3', '亿元', '', '']]
    """
    begins = next((at for at, row in enumerate(rows) if tuple(map(str.strip, row[: len(HEADS)])) in _KNOWN), None)
    if begins is None:
        return None
    heads = [*(head.zh for head in HEADS), *rows[begins][len(HEADS) :]]  # whatever the language of the form
    below = (row for row in rows[begins + 1 :] if any(cell.strip() for cell in row[1:]))
    return [["" if at in _HELP else cell for at, cell in enumerate(row)] for row in (heads, *below)]


def is_empty(form: Sequence[Row]) -> bool:
    """Say whether nothing is filled in, in the column for it or beside."""
    places = [at for at in range(max(map(len, form))) if at not in {0, _UNIT}]
    return not any(row[at].strip() for row in form[1:] for at in places if at < len(row))
