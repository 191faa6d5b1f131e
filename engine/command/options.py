"""Options that several commands have."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import click

TYPED = click.core.ParameterSource.COMMANDLINE

DEFAULT = click.core.ParameterSource.DEFAULT

MAP_FILE = "champion.map_file"

TRIAL = "champion.trial."


def in_their_language(message: str) -> str:
    """Give a message about how the command was called, in Chinese if that is asked for."""
    from engine.command.chinese import is_asked, said  # noqa: PLC0415

    return said(message) if is_asked(sys.argv[1:]) else message


class Day(click.ParamType[date]):
    """A day as people write it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Give the day that a text names."""
        from engine.ground.errors import InputError  # noqa: PLC0415 --help must not wait for it
        from engine.language.decision_day import given_day  # noqa: PLC0415

        try:
            return given_day(value)
        except InputError:
            self.fail(f"{value!r} {in_their_language('is not a date; write it as 2026-04-01')}", param, ctx)


rulebook_option = click.option(
    "--rulebook",
    show_default="cae-2021-champion",
    envvar="CHAMPION_RULEBOOK",
    show_envvar=True,
    help="Rulebook to apply; the default is a research proposal and no official text.",
)


level_option = click.option(
    "--level",
    envvar="CHAMPION_LEVEL",
    show_envvar=True,
    help="Instead of a rulebook: a level (little_giant, 小巨人), decided by the edition in force on the day.",
)


as_of_option = click.option(
    "--as-of",
    type=Day(),
    envvar="CHAMPION_AS_OF",
    show_envvar=True,
    help="Decide as of this day (2026-04-01, 2026年4月1日); default today.",
)


lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="CHAMPION_LANG",
    show_envvar=True,
    help="Language of texts.",
)


rules_option = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="CHAMPION_RULES",
    show_envvar=True,
    help="Folder of rules to use instead of the shipped one.",
)


map_option = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FACT",
    envvar="CHAMPION_MAP",
    show_envvar=True,
    help="Read COLUMN as FACT (title or id), whatever its header says; may be repeated.",
)


map_file_option = click.option(
    "--map-file",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_MAP_FILE",
    show_envvar=True,
    expose_value=False,
    callback=lambda ctx, _, value: ctx.meta.update({MAP_FILE: value}),
    help="Text file that keeps such a mapping: COLUMN=FACT a line; # begins a remark. --map goes before it.",
)


sheet_option = click.option(
    "--sheet", envvar="CHAMPION_SHEET", show_envvar=True, help="Worksheet to read; default the first."
)


def trial_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a trial: other figures than the text's, criteria that do not count, what blanks may be."""
    figures = _tried(
        "set", "CRITERION=FIGURE", "What if the figure were another; every answer has the text's own beside it"
    )
    without = _tried("without", "CRITERION", "What if this criterion did not count")
    only = _tried("only", "CRITERION,…", "What if only these criteria counted")
    words = "Take this of firms that do not state it, and tell so; or a file of such lines"
    fill = _tried("fill", "FACT=VALUE|FILE", words)
    return cast("Callable[..., None]", figures(without(only(fill(command)))))


def firm_trial_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a trial of one firm: also its own figures may be others."""
    words = "What if the firm stated this instead of what it does; every answer has its own figure beside it"
    return trial_options(_tried("change", "FACT=VALUE", words)(command))


def _tried(name: str, metavar: str, words: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{name}",
        multiple=True,
        metavar=metavar,
        envvar=f"CHAMPION_{name.upper()}",
        show_envvar=True,
        expose_value=False,
        callback=lambda ctx, _, value: ctx.meta.update({f"{TRIAL}{name}": value}),
        help=f"{words}; may be repeated.",
    )


def of_a_list(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which firm of a list is meant, and how the list is read."""
    row = click.option(
        "--row",
        type=click.IntRange(min=1),
        metavar="LINE",
        envvar="CHAMPION_ROW",
        show_envvar=True,
        help="Of a list: the firm on this line (行号 of the verdicts).",
    )
    firm = click.option(
        "--firm",
        metavar="CODE-OR-NAME",
        envvar="CHAMPION_FIRM",
        show_envvar=True,
        help="Of a list: the firm of this code or name.",
    )
    return row(firm(map_option(map_file_option(sheet_option(command)))))


def form_option(*names: str, variable: str = "CHAMPION_LIST_FORMAT") -> Callable[[Any], Any]:
    """Give the option of the form of the output; the first name is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        envvar=variable,
        show_envvar=True,
        help="Form of the output.",
    )


def output_option(variable: str, also: str = "") -> Callable[[Any], Any]:
    """Give the option of the file to write to; `also` says what else its name may end in."""
    return click.option(
        "-o",
        "--output",
        "into",
        metavar="FILE",
        envvar=variable,
        show_envvar=True,
        help=f"Write to this file instead: .txt, or .json for JSON{also}; `-` is standard output.",
    )


vary_option = click.option(
    "--vary",
    required=True,
    multiple=True,
    metavar="CRITERION=FROM..TO:STEP",
    envvar="CHAMPION_VARY",
    show_envvar=True,
    help="Figure to vary, with its values (5%..30%:1%, the end always one of them, or 5%,10%,15%); two make a map.",
)


by_option = click.option(
    "--by",
    metavar="FACT",
    envvar="CHAMPION_BY",
    show_envvar=True,
    help="Tell firms apart by this fact, or column of FILE, too: the industry, the area.",
)


plot_option = click.option(
    "--plot",
    metavar="FILE",
    envvar="CHAMPION_PLOT",
    show_envvar=True,
    help="Draw it too, to this .svg, .png or .html; needs the extra `plots`.",
)


def analysis_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a command that analyses a list of firms."""
    read = (as_of_option, map_option, map_file_option, sheet_option, lang_option)
    written = (
        output_option("CHAMPION_ANALYSIS_OUTPUT", ", .csv, .xlsx or .parquet for the table"),
        form_option("text", "json", "csv", "parquet", variable="CHAMPION_ANALYSIS_FORMAT"),
        plot_option,
        rules_option,
    )
    for one in reversed((rulebook_option, level_option, trial_options, *read, *written)):
        command = one(command)
    return command
