"""The run of a command that analyses a list: which text, which list, and what comes of it in the form asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeVar

import click

from engine.analysis.compare import Comparison
from engine.analysis.read_list import FirmList
from engine.analysis.sweep import Sweep
from engine.analysis.target import Target
from engine.analysis.texts import one_text, two_texts
from engine.command.console import console, write
from engine.command.given import catalog_of, changes_typed, chosen, files_read, mapping_given, printed, tried_by
from engine.command.options import TYPED
from engine.command.output_file import write_whole
from engine.command.page import page_bytes, print_page
from engine.command.screen_run import at_hand
from engine.command.screening_text import print_columns
from engine.ground.errors import Language, Text
from engine.ground.harmless import harmless
from engine.ground.scratch import scratch
from engine.ground.writing import to_json
from engine.headers.understanding import Understanding
from engine.language.decision_day import given_day
from engine.outputs.page_lines import Line
from engine.outputs.table_output import BOM
from engine.rulebooks.logic import Rulebook
from engine.tables.source import Source

T = TypeVar("T", bound=Sweep | Target | Comparison)
_WHICH = (Text("第一套规则：", "First rulebook:"), Text("第二套规则：", "Second rulebook:"))
_SHEET = Text("分析", "Analysis")


def analysed(
    ctx: click.Context,
    candidates: str,
    options: dict[str, Any],
    found: Callable[[Sequence[Rulebook], FirmList], T],
    lines: Callable[[T, Language], Iterable[Line]],
    cells: Callable[[T], Iterable[Sequence[object]]],
    in_full: Callable[[T, Language], Iterable[Line]] | None = None,
) -> None:
    """Analyse a list by the text that the options name, with their trial, and print or write what is found.

    With an option `other`, by the text and then by the other, or the same, with the trial. A workbook
    has the lines `in_full`.
    """
    lang, into, form = options["lang"], options["into"], options["form"]
    if plot := options["plot"]:
        from engine.command.plotted import write_picture  # noqa: PLC0415 only if it is asked for
        from engine.plots.picture import form_named  # noqa: PLC0415

        form_named(plot)
    catalog, day = catalog_of(options["rules"]), given_day(options["as_of"])
    rulebook, level = chosen(ctx, catalog, options["rulebook"], options["level"])
    if "other" in options:
        texts = list(two_texts(catalog, changes_typed(), rulebook, level, options["other"], day))
    else:
        texts = [one_text(tried_by(catalog, rulebook, level, day), rulebook, level, day)]
    heads = iter(_WHICH if "other" in options else ())

    def told(understanding: Understanding, opened: Source) -> None:
        if head := next(heads, None):
            console(error=True).print(head.in_language(lang))
        print_columns(understanding, opened, lang)

    with scratch(Path(gettempdir())) as folder:
        firms = FirmList(
            at_hand(candidates, folder),
            day,
            mapping_given(options["mapping"]),
            options["sheet"],
            options.get("by"),
            told,
        )
        answer = found(texts, firms)
    suffix = Path(into).suffix.lower() if into else ""
    is_typed = ctx.get_parameter_source("form") is TYPED
    if into and suffix == ".xlsx" and not is_typed:
        write_whole(into, page_bytes(_SHEET, (in_full or lines)(answer, lang), lang), lang, files_read(ctx, candidates))
    elif into and suffix == ".csv" and (form == "csv" or not is_typed):
        write_whole(into, BOM.encode() + _csv(cells(answer)), lang, files_read(ctx, candidates))
    else:
        with printed(ctx, into, lang, form, candidates, also=(".csv", ".xlsx")) as named:
            if named == "json":
                write(to_json(answer, indent=True))
            elif named == "csv":
                write(_csv(cells(answer)).rstrip())
            else:
                print_page(lines(answer, lang))
    if plot:
        write_picture(answer, plot, lang, files_read(ctx, candidates))


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    kept = io.StringIO()
    told = ([harmless(one) if isinstance(one, str) else one for one in row] for row in rows)
    csv.writer(kept, lineterminator="\n").writerows(told)
    return kept.getvalue().encode()
