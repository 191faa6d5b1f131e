"""`champion screen`: a file of firms decided."""

from __future__ import annotations

import sys
from typing import Any

import click

from engine.command.codes import INPUT_HAS_PROBLEMS
from engine.command.given import catalog_of, chosen, files_read, mapping_given, tried_by
from engine.command.options import (
    as_of_option,
    lang_option,
    level_option,
    map_file_option,
    map_option,
    plot_option,
    rulebook_option,
    rules_option,
    sheet_option,
    trial_options,
)


@click.command(short_help="Decide a file of firms.")
@click.argument("candidates", nargs=-1, required=True, metavar="CANDIDATES…", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    envvar="CHAMPION_OUTPUT",
    show_envvar=True,
    help="Verdict file: .csv, .xlsx, .parquet or .jsonl; `-` is standard output.",
)
@rulebook_option
@level_option
@trial_options
@as_of_option
@click.option(
    "--rejected",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_REJECTED",
    show_envvar=True,
    help="CSV of the rows that are not judged, a line a problem; default OUTPUT.rejected.csv if there are any.",
)
@click.option(
    "--warnings",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_WARNINGS",
    show_envvar=True,
    help="CSV of what is odd in a row but does not reject it.",
)
@click.option(
    "--summary",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_SUMMARY",
    show_envvar=True,
    help="JSON of what the screening came to.",
)
@plot_option
@map_option
@map_file_option
@click.option(
    "--map-draft",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_MAP_DRAFT",
    show_envvar=True,
    help="Write a new file for --map-file, with the columns that are not read to be completed.",
)
@click.option(
    "--strict",
    is_flag=True,
    envvar="CHAMPION_STRICT",
    show_envvar=True,
    help="End with 1, before judging, if no column states a fact that the rulebook uses.",
)
@sheet_option
@click.option("--carry", is_flag=True, envvar="CHAMPION_CARRY", show_envvar=True, help="Keep the other columns.")
@click.option(
    "--figures", is_flag=True, envvar="CHAMPION_FIGURES", show_envvar=True, help="Add the figures that were looked at."
)
@click.option(
    "--reasons",
    type=click.Choice(["yes", "no"]),
    default="yes",
    show_default=True,
    envvar="CHAMPION_REASONS",
    show_envvar=True,
    help="Say of each row why, and what is noted of it; not for those who want outcomes only.",
)
@click.option(
    "--bom", is_flag=True, envvar="CHAMPION_BOM", show_envvar=True, help="Begin CSV with the mark that Excel looks for."
)
@click.option(
    "--raw-text",
    is_flag=True,
    envvar="CHAMPION_RAW_TEXT",
    show_envvar=True,
    help="Keep texts in CSV that a spreadsheet would run (=…, +…, -…, @…) as they are: for machines.",
)
@click.option(
    "--labels",
    type=click.Choice(["ids", "titles"]),
    envvar="CHAMPION_LABELS",
    show_envvar=True,
    help="Headers and outcomes as ids or in words; default titles for .xlsx, else ids.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    envvar="CHAMPION_ENGINE",
    show_envvar=True,
    help="Where it is computed; spark needs the extra `spark` and Java 17.",
)
@click.option(
    "--master",
    default="local[*]",
    show_default=True,
    envvar="CHAMPION_MASTER",
    show_envvar=True,
    help="Spark master.",
)
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "parquet", "jsonl"]),
    envvar="CHAMPION_SCREEN_FORMAT",
    show_envvar=True,
    help="Form of the output; default by its name, csv for `-`.",
)
@rules_option
@click.pass_context
def screen(ctx: click.Context, /, candidates: tuple[str, ...], output: str, **options: Any) -> None:  # noqa: ANN401 as `run` takes
    """Decide every row of CANDIDATES: CSV, TSV, Excel (.xlsx, .xlsm, .xls), .ods, Parquet or JSON lines.

    `-` is CSV from a pipe. Several files, or a folder, are forms of a firm each (`champion facts --template`), judged
    as one list.

    Before judging it says how each column was understood; afterwards, what the rows came to. A row with a problem in a
    fact that the rulebook uses is not judged: it goes to the rejected file with every problem.

    `--level` decides each row by the edition for what it applies for, anew or for a review, and for where the firm is.
    `--rulebook ladder` decides every level in force at once: a column a level; `--rulebook routes` every problem class
    of the industrial foundation, and says which route follows.
    """
    from engine.command.screen_run import run  # noqa: PLC0415
    from engine.rulebooks.several import SEVERAL  # noqa: PLC0415 --help must not wait for it

    catalog = catalog_of(options.pop("rules"))
    if options["rulebook"] not in SEVERAL or options["level"]:
        options["rulebook"], options["level"] = chosen(ctx, catalog, options["rulebook"], options["level"])
    catalog = tried_by(catalog, options["rulebook"], options["level"], options["as_of"])
    options["mapping"] = mapping_given(options["mapping"])
    if run(candidates, output, catalog, read=files_read(ctx), **options):
        sys.exit(INPUT_HAS_PROBLEMS)
