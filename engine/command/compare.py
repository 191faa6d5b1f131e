"""`champion compare`: a list of firms by two texts."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from engine.command.options import analysis_options, by_option


@click.command(short_help="Compare what two rulebooks make of a file.")
@click.argument("candidates", metavar="FILE", type=click.Path(allow_dash=True))
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
def compare(ctx: click.Context, /, candidates: str, **options: Any) -> None:  # noqa: ANN401 as `analysed` takes
    """Decide FILE, a list as `screen` reads it, by two rulebooks: who flips, and by which criterion.

    A firm flips by the criteria of the text that is harder on it: by one alone, or by it among others. What only one
    of the texts asks for is told apart, and the comparison given again on what both ask for. CSV has the firms.
    """
    from engine.analysis.compare import compared  # noqa: PLC0415 --help must not wait for it
    from engine.analysis.compare_page import cells, lines  # noqa: PLC0415
    from engine.command.analysis_run import analysed  # noqa: PLC0415

    in_full = partial(lines, most=None)
    analysed(ctx, candidates, options, lambda texts, firms: compared(texts[0], texts[1], firms), lines, cells, in_full)
