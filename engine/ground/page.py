"""A page of sentences and tables, line by line, whatever it is written to; as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from engine.ground.harmless import printable

_CELLS = 20


@dataclass(frozen=True)
class Line:
    """A line of a page: what it is, its cells, and how many columns of the page each of them takes.

    `beside` is drawn behind a row where it is printed, if there is room.
    """

    kind: Literal["title", "text", "head", "row"]
    cells: Sequence[str | int] = ()
    spans: Sequence[int] = (6,)
    beside: str = ""


def bar(sure: int, more: int, most: int) -> str:
    """Give a bar of 20 cells for `most`: what is sure, then what may be more.

    >>> bar(5, 10, 20), bar(1, 0, 1000), bar(0, 0, 0)
    ('█████··········', '█', '')
    """
    first, last = (-(-_CELLS * many // most) if most else 0 for many in (sure, sure + more))
    return "█" * first + "·" * (last - first)


def html_of(lines: Iterable[Line]) -> str:
    """Give a page as HTML in which no text gives orders.

    >>> html_of([Line("title", ["<甲>"]), Line("head", ["A", "B"]), Line("row", ["x", 1200])])
    '<p><b>&lt;甲&gt;</b></p><table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>1,200</td></tr></table>'
    """
    parts, rows = list[str](), list[str]()
    for line in [*lines, Line("text")]:
        cells = [escape(printable(f"{one:,}" if isinstance(one, int) else one)) for one in line.cells]
        if line.kind in {"head", "row"} and cells:
            tag = "th" if line.kind == "head" else "td"
            rows.append(f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>")
            continue
        if rows:
            parts.append(f"<table>{''.join(rows)}</table>")
            rows = []
        if text := "".join(cells):
            parts.append(f"<p><b>{text}</b></p>" if line.kind == "title" else f"<p>{text}</p>")
    return "".join(parts)
