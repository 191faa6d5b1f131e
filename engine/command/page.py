"""A page of sentences and tables, printed."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text as Styled

from engine.command.console import columns, console, wrapped
from engine.outputs.page_lines import Line


def print_page(lines: Iterable[Line]) -> None:
    """Print the page."""
    screen, rows = console(), list[list[str]]()
    for line in [*lines, Line("text")]:
        if line.kind in {"head", "row"} and line.cells:
            rows.append([*(f"{cell:,}" if isinstance(cell, int) else cell for cell in line.cells), line.beside])
            continue
        if rows:
            widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
            is_narrow = screen.is_terminal and sum(widths) + 2 * len(widths) > screen.width
            columns([row[:-1] for row in rows] if is_narrow or not widths[-1] else rows)
            rows = []
        text = "".join(str(cell) for cell in line.cells)
        screen.print(Styled(wrapped(text, screen.width), "bold" if line.kind == "title" else ""))
