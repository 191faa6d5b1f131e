"""`champion compare`: a list of firms by two texts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from engine.command.options import analysis_options, by_option, in_their_language


@click.command(short_help="Compare what two rulebooks make of a file.")
@click.argument("candidates", metavar="FILE", type=click.Path(allow_dash=True))
@click.argument("later", metavar="[LATER]", required=False, type=click.Path())
@click.option(
    "--with",
    "other",
    metavar="RULEBOOK",
    envvar="CHAMPION_WITH",
    show_envvar=True,
    help="The second rulebook; left out, it is the first. --set, --without, --only change it; --fill both of two.",
)
@by_option
@analysis_options
@click.pass_context
def compare(ctx: click.Context, /, candidates: str, later: str | None, **options: Any) -> None:  # noqa: ANN401 as `analysed` takes
    """Decide FILE, a list as `screen` reads it, by two rulebooks: who flips, and by which criterion.

    A firm flips by the criteria of the text that is harder on it: by one alone, or by it among others. What only one
    of the texts asks for is told apart, and the comparison given again on what both ask for. CSV has the firms.

    With LATER both are files of verdicts that `screen` wrote, or lists of two days: a firm of the one is beside that of
    the other with its code, or its name.
    """
    from engine.analysis.compare import compare as found  # noqa: PLC0415 --help must not wait for it
    from engine.analysis.two_files import compare_files  # noqa: PLC0415
    from engine.command.analysis_run import analysed  # noqa: PLC0415
    from engine.command.console import console  # noqa: PLC0415

    if later is None:
        analysed(ctx, candidates, options, partial(found, second=options["other"]))
    elif options.pop("other") is None:
        mark = {"zh": "：", "en": ":"}[options["lang"]]

        def head(name: str) -> None:
            console(error=True).print(f"{name}{mark}", markup=False, highlight=False, soft_wrap=True)

        analysed(ctx, candidates, options, partial(compare_files, second=Path(later), on_file=head), later)
    else:
        message = in_their_language("give a second file or --with, not both")
        raise click.UsageError(message, ctx)
