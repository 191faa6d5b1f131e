"""The run of a command that analyses a list: which text, which list, and what comes of it in the form asked for."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import click

from engine.analysis.answer_file import Answer, AnswerForm, answer_file, page_of
from engine.command.console import console, print_caution, write
from engine.command.given import catalog_of, changes_typed, chosen, files_read, mapping_given, printed
from engine.command.options import TYPED
from engine.command.output_file import write_whole
from engine.command.page import print_page
from engine.command.screen_run import at_hand
from engine.command.screening_text import print_columns
from engine.ground.errors import Text
from engine.ground.scratch import scratch
from engine.headers.understanding import Understanding
from engine.language.decision_day import given_day
from engine.outputs.table_output import BOM
from engine.tables.source import Source

_WHICH = (Text("第一套规则：", "First rulebook:"), Text("第二套规则：", "Second rulebook:"))
_FILES: Mapping[str, AnswerForm] = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}


def analysed(
    ctx: click.Context, candidates: str, options: dict[str, Any], found: Callable[..., Answer], later: str | None = None
) -> None:
    """Analyse a list as the options say, with their trial, and print or write what is found.

    With an option `other` it is read twice, by the text and then by the other, or the same, with the trial. If it and
    the `later` one are forms of one firm each, the command is named that compares these.
    """
    lang, into, form = options["lang"], options["into"], options["form"]
    if plot := options["plot"]:
        from engine.command.plotted import write_picture  # noqa: PLC0415 only if it is asked for
        from engine.plots.picture import form_named  # noqa: PLC0415

        form_named(plot)
    catalog, day = catalog_of(options["rules"]), given_day(options["as_of"])
    rulebook, level = chosen(ctx, catalog, options["rulebook"], options["level"])
    heads = iter(_WHICH if "other" in options else ())

    forms = list[int]()

    def told(understanding: Understanding, opened: Source) -> None:
        if head := next(heads, None):
            console(error=True).print(head.in_language(lang))
        print_columns(understanding, opened, lang)
        forms.append(opened.forms)

    with scratch(Path(gettempdir())) as folder:
        answer = found(
            at_hand(candidates, folder),
            rulebook=rulebook,
            level=level,
            as_of=day,
            catalog=catalog,
            changes=changes_typed(),
            mapping=mapping_given(options["mapping"]),
            sheet=options["sheet"],
            on_columns=told,
            **({"by": options["by"]} if "by" in options else {}),
        )
    if later is not None and forms == [1, 1]:
        both = shlex.join(("champion", "assess", candidates, later))
        said = f"{both}{f' --level {level}' if level else ''} --format line"
        zh = f"这是两张填报表，一张一家。同一家的两张，哪些条件、哪些数变了，用：{said}"
        en = f"These are two forms, each of a firm. What changed from one to the other of the same firm: {said}"
        print_caution(Text(zh, en), lang)
    suffix = Path(into).suffix.lower() if into else ""
    is_typed = ctx.get_parameter_source("form") is TYPED
    written = form if is_typed else suffix.removeprefix(".")
    if into and suffix in _FILES and written == suffix.removeprefix("."):
        mark = BOM.encode() if suffix == ".csv" else b""
        write_whole(into, mark + answer_file(answer, _FILES[suffix], lang), lang, files_read(ctx, candidates))
    else:
        with printed(ctx, into, lang, form, candidates, also=tuple(_FILES)) as named:
            if named == "text":
                print_page(page_of(answer, lang))
            elif named == "parquet":
                sys.stdout.buffer.write(answer_file(answer, "parquet"))
            else:
                write(answer_file(answer, named).rstrip())  # type: ignore[arg-type]
    if plot:
        write_picture(answer, plot, lang, files_read(ctx, candidates))
