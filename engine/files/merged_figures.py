"""Figures of a sheet that are merged over rows of several firms: whose such a figure is, nobody knows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence

from engine.files.workbook_rows import Block, Cells

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.0)?年?度?")
_FIGURE = re.compile(
    r"(?!(?:19|20)[0-9]{2}(?:[-/年][0-9]{1,2}|\.[0-9]{1,2}\.))"  # or a day
    r"(?=.*[0-9一二三四五六七八九十])第?\(?(?:[A-Z]{2,3}\$?|人民币)?[0-9零一二三四五六七八九十百千万亿元人项家件个名年余多以上下内约近"
    r"不低高少多大小于超过至到.,，%％¥￥$€£≥≤><~～eE+\s–—-]+\)?",
    re.DOTALL,
)
_WORDS = re.compile(r"(?![0-9.,，\s]*年度?$)(?=.*[^\W\d_])", re.DOTALL)


def shared_figures(
    rows: Iterable[tuple[int, Cells]],
    blocks: Sequence[Block],
    figures_in: Container[int] = (),
    names_in: Container[int] = (),
) -> set[Block]:
    """Give those of the merged areas that have a figure, and rows with words of their own, such as names, beside it.

    What may be a year is none but in the columns `figures_in`; in the columns `names_in` digits, too, are words where
    they are not those of the row before.
    Years of one firm, whose name is merged over them too, have no words of their own; there a figure is of that firm.
    """
    tall = sorted(block for block in blocks if block[2] > block[0])
    last = max((bottom for _, _, bottom, _ in tall), default=0)
    told: list[int] = []
    last_names: list[str] = []
    figures: set[Block] = set()
    for number, cells, around in _within(rows, tall, last):
        texts = ((one, cells.get(one[1], "").strip()) for one in around if one[0] == number)
        figures |= {
            one
            for one, text in texts
            if _FIGURE.fullmatch(text) and (one[1] in figures_in or not _YEAR.fullmatch(text))
        }
        own = {at: one for at, one in cells.items() if not any(left <= at <= right for _, left, _, right in around)}
        names = [text for at, text in own.items() if at in names_in and text.strip()]
        if any(_WORDS.match(text) for text in own.values()) or (names and names != last_names):
            told.append(number)
        last_names = names or last_names
    return {one for one in figures if bisect_right(told, one[2]) - bisect_left(told, one[0]) > 1}


def _within(
    rows: Iterable[tuple[int, Cells]], tall: Sequence[Block], last: int
) -> Iterator[tuple[int, Cells, list[Block]]]:
    """Give the rows up to the last that such an area reaches, each with those that it lies in."""
    coming, around = list(reversed(tall)), list[Block]()
    for number, cells in rows:
        if number > last:
            return
        around = [one for one in around if one[2] >= number]
        while coming and coming[-1][0] <= number:
            around.append(coming.pop())
        if around:
            yield number, cells, around
