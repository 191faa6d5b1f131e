"""A screening on the terminal, all of it on standard error: how columns were read, how far it is, what it came to."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text as Styled

from engine.command.console import console, folded, print_written, wrapped
from engine.ground.errors import Language, Text, first_of
from engine.headers.understanding import APPLIED, NOT_OF_USE, NOT_READ, Understanding
from engine.outputs.summary import ScreeningSummary
from engine.outputs.summary_rows import (
    Rest,
    Row,
    alone_rows,
    columnless,
    counts_of_rows,
    criteria_rows,
    fewest_rows,
    missing_rows,
    nearest_rows,
    problem_rows,
    reading_rows,
    way_rows,
)
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.screening.duckdb_backend import DuckdbBackend
from engine.screening.forms import FILE
from engine.tables.source import Source

_SCREENFUL = 40
_FEW = 8
_AFTER = 1.0  # seconds before a progress bar is worth showing
_STEP = 0.2
_NO_ROWS = Text(
    "列名下面没有一行企业，请检查文件和工作表。",
    "there is not one firm below the header: check the file and the sheet.",
)


def print_columns(understanding: Understanding, source: Source, lang: Language, *, carry: bool = False) -> None:
    """Say how each column was understood, on one screen: those that are read, and the others in a few lines.

    Of a form only what is not read. With `carry` those that are not read come along all the same, which is said.
    """
    screen = console(error=True)
    for note in source.notes:
        screen.print(Styled(note.in_language(lang), "dim"), soft_wrap=True)
    read = [one for one in understanding.columns if one.is_of_use and not source.forms]
    other = [one for one in understanding.columns if not one.is_of_use]
    if source.forms:  # what its rows ask is known
        other = [one for one in other if one.fact is None or one.maybe]
        other = [one for one in other if one.how not in APPLIED and one.header != FILE]
    _table([(one.header, one.how.in_language(lang)) for one in first_of(read, _SCREENFUL)])
    if left := len(read) - len(first_of(read, _SCREENFUL)):
        more = Text(f"……另有 {left} 列", f"… and {left} more columns")
        screen.print(more.in_language(lang))
    if other:
        kinds = NOT_READ if all(one.fact is None for one in other) else NOT_OF_USE
        zh, en = ("（照原样带入结果）", ", and come along as they are") if carry else ("", "")
        heading = Text(f"{kinds.zh}{zh}：", f"{kinds.en}{en}:")
        screen.print(heading.in_language(lang))
        _table([(f"  {one.header}", one.how.in_language(lang)) for one in other[:_SCREENFUL]])
        if len(other) > _SCREENFUL:
            names = "、".join(one.header for one in other[_SCREENFUL:])
            screen.print(Styled(f"  {names}", "dim"), soft_wrap=True)
    screen.print()


def print_summary(summary: ScreeningSummary, lang: Language, files: Sequence[str], whole: Text) -> None:
    """Say what the screening came to, and where it is written; of long lists the first, and where they are `whole`."""
    screen = console(error=True)
    if summary.rulebook == DEFAULT_RULEBOOK:
        screen.print(wrapped(PROPOSAL.in_language(lang), screen.width))
    _table(counts_of_rows(summary, lang))
    none = () if summary.rows_in else (_NO_ROWS,)
    for caution in (*none, *summary.cautions):  # beside the table: a sentence is no column of it
        sentence = Text(f"提醒：{caution.zh}", f"Caution: {caution.en}")
        screen.print(Styled(sentence.in_language(lang), "yellow"), soft_wrap=True)
    screen.print()
    _table(criteria_rows(summary, lang))
    rest = Rest(_FEW, whole)
    for sentence in columnless(summary, rest):
        screen.print()
        screen.print(wrapped(sentence.in_language(lang), screen.width))
    if rows := nearest_rows(summary, lang, rest):
        screen.print()
        _table(rows)
    for kind in (way_rows, alone_rows, fewest_rows):
        _long(kind(summary, lang, rest), lang)
    told = (
        missing_rows(summary, lang, rest),
        reading_rows(summary, lang, rest),
        problem_rows(summary, lang, rest),
    )
    for rows in told:
        if rows:
            screen.print()
            _table(rows)
    if files:
        screen.print()
        print_written(files, lang)


def _long(rows: Sequence[Row], lang: Language) -> None:
    """Print rows of which each has a long text, one below the other, with the numbers behind it."""
    screen, (colon, comma) = console(error=True), {"zh": ("：", "，"), "en": (": ", ", ")}[lang]
    for number, (first, *cells) in enumerate(rows):
        if not number:
            screen.print()
            screen.print(str(first))
            continue
        text, *counts = cells
        counted = comma.join(f"{head} {count}" for head, count in zip(rows[0][2:], counts, strict=False))
        head = Text(f"{first}（{counted}）", f"{first} ({counted})").in_language(lang) if counted else str(first)
        lines = wrapped(colon.join(str(one) for one in (head, text) if one), screen.width - 4).replace("\n", "\n    ")
        screen.print(f"{'  ' if first else '    '}{lines}", soft_wrap=True)


def _table(rows: Sequence[Row]) -> None:
    """Print rows whose columns line up: words to the left, numbers to the right.

    Where a terminal is too narrow for them, the words of the first column go on below.
    """
    width = max((len(row) for row in rows), default=0)
    cells = [[Styled(f"{cell:,}" if isinstance(cell, int) else cell) for cell in row] for row in rows]
    widths = [max((row[place].cell_len for row in cells if place < len(row)), default=0) for place in range(width)]
    counted = {place for place in range(width) if _is_counted([row[place] for row in rows[1:] if place < len(row)])}
    screen = console(error=True)
    room = screen.width - sum(2 + one for one in widths[1:])
    if screen.is_terminal and widths and widths[0] > room >= _LEAST:
        widths[0] = room
    for number, (row, plain) in enumerate(zip(rows, cells, strict=True)):
        below: list[str] = []
        if plain[0].cell_len > widths[0]:
            words = plain[0].plain.lstrip()
            indent = " " * (len(plain[0]) - len(words))
            first, *below = (indent + line for line in wrapped(words, widths[0] - len(indent)).splitlines())
            plain[0] = Styled(first)
        padded = []
        for place, cell in enumerate(plain):
            padding = Styled(" " * (widths[place] - cell.cell_len))
            is_number = isinstance(row[place], int) or (number == 0 and place in counted)
            padded.append(padding + cell if is_number else cell + padding)
        for line in (*folded(screen, padded), *(Styled(f"  {one}") for one in below)):
            screen.print(line, soft_wrap=True)


_LEAST = 24  # cells for the words of the first column


def _is_counted(column: Sequence[str | int]) -> bool:
    """Say whether what stands below a heading are numbers."""
    return any(isinstance(cell, int) for cell in column) and all(cell == "" or isinstance(cell, int) for cell in column)


class ProgressBar:
    """Shows how far a long statement is, with the rate and the time that remains; only on a terminal."""

    def __init__(self, lang: Language, size: int = 0) -> None:
        """Take how many bytes are to be read, for the rate."""
        self._lang = lang
        self._size = size

    @contextmanager
    def __call__(self, label: Text, backend: DuckdbBackend) -> Iterator[None]:
        """Watch what `backend` does within."""
        if not sys.stderr.isatty():
            yield
            return
        done = Event()
        watcher = Thread(target=self._watch, args=(label, backend, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, label: Text, backend: DuckdbBackend, done: Event) -> None:
        if done.wait(_AFTER):
            return
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console(error=True),
            transient=True,
        )
        with bar:
            task = bar.add_task(label.in_language(self._lang), total=100, rate="")
            waited = _AFTER
            while not done.wait(_STEP):
                waited += _STEP
                percent = max(0.0, backend.progress())
                bar.update(task, completed=percent, rate=self._rate(percent, waited))

    def _rate(self, percent: float, seconds: float) -> str:
        return f"{self._size * percent / 1e8 / seconds:,.1f} MB/s" if self._size and percent > 0 else ""
