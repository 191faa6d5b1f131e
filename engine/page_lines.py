"""A page of sentences and tables, line by line, whatever it is written to; and what else stands beside verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Line:
    """A line of a page: what it is, its cells, and how many columns of the page each of them takes."""

    kind: Literal["title", "text", "head", "row"]
    cells: Sequence[str | int] = ()
    spans: Sequence[int] = (6,)


Lines = Iterable[Line]
