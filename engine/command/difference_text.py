"""Two rulebooks side by side on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from engine.command.console import console, wrapped, write
from engine.explaining.labels import STATES
from engine.explaining.side_by_side import Difference, EditionReference, Pair, Side, State
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json

_COLOUR = {State.CHANGED: "yellow", State.NEW: "green", State.GONE: "red", State.SAME: "dim"}
_INFORMS = Text("仅供参考", "informative")


def print_difference(found: Difference, lang: Language, form: str) -> None:
    """Print two rulebooks in two columns, what changed first; or as JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()
    width = (screen.width - 3) // 2
    _print_row(screen, width, _edition(found.first, lang), _edition(found.second, lang), "bold")
    screen.print(Styled(wrapped(found.summary.in_language(lang), screen.width)))
    for state, heading in STATES.items():
        pairs = [pair for pair in found.requirements if pair.state is state]
        if not pairs:
            continue
        screen.print(Styled(f"\n{heading.in_language(lang)} ({len(pairs)})", f"bold {_COLOUR[state]}"))
        for pair in pairs:
            _print_pair(screen, width, pair, lang)


def _edition(edition: EditionReference, lang: Language) -> str:
    return f"{edition.id}\n{edition.title.in_language(lang)}"


def _print_pair(screen: Console, width: int, pair: Pair, lang: Language) -> None:
    side = pair.second or pair.first
    if side is None:
        return
    screen.print(Styled(wrapped(side.title.in_language(lang), screen.width), "bold"))
    if pair.state is State.SAME:
        return
    for threshold in pair.thresholds:
        first, second = (says.in_language(lang) if says else "–" for says in (threshold.first, threshold.second))
        colon = {"zh": "：", "en": ": "}[lang]
        says = f"{threshold.title.in_language(lang)}{colon}{first} → {second}"
        screen.print(Styled(wrapped(says, screen.width), "cyan"))
    _print_row(screen, width, _side(pair.first, lang), _side(pair.second, lang), "")


def _side(side: Side | None, lang: Language) -> str:
    """Give what one rulebook requires and says: id and clause, the requirement, the quoted words."""
    if side is None:
        return "–"
    notes = "" if side.decides else f" · {_INFORMS.in_language(lang)}"
    lines = [f"{side.id} · {side.clause} [{side.grade}]{notes}", side.requires.in_language(lang)]
    return "\n".join([*lines, f"“{side.quote}”"] if side.quote else lines)


def _print_row(screen: Console, width: int, first: str, second: str, style: str) -> None:
    table = Table.grid(padding=(0, 1))
    for _ in range(2):
        table.add_column(width=width, overflow="fold")  # never shortens an id
    cells = ["\n".join(wrapped(line, width) for line in words.splitlines()) for words in (first, second)]
    table.add_row(*(Styled(cell, style) for cell in cells))
    screen.print(table)
