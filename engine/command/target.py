"""`champion target`: the threshold at which so many firms of a list qualify."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from engine.command.options import analysis_options


@click.command(short_help="Find the threshold at which so many qualify.")
@click.argument("candidates", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "--count",
    type=click.IntRange(min=0),
    required=True,
    envvar="CHAMPION_COUNT",
    show_envvar=True,
    help="How many firms are to qualify.",
)
@click.option(
    "--vary",
    metavar="CRITERION",
    multiple=True,
    envvar="CHAMPION_VARY",
    show_envvar=True,
    help="Figure to vary; left out, every one alone; with CRITERION=VALUES too, at each of those.",
)
@analysis_options
@click.pass_context
def target(
    ctx: click.Context,
    /,
    candidates: str,
    *,
    count: int,
    vary: tuple[str, ...],
    **options: Any,  # noqa: ANN401 as `analysed` takes
) -> None:
    """Find the threshold at which so many firms of FILE, a list as `screen` reads it, qualify, all else as it is.

    It is told with the figures of firms between which it may lie. Where firms with the same figure keep the count from
    being reached, the two thresholds that come nearest are. What is told was decided at that threshold. All is a trial.
    """
    from engine.analysis.target import target as found  # noqa: PLC0415 --help must not wait for it
    from engine.command.analysis_run import analysed  # noqa: PLC0415

    analysed(ctx, candidates, options, partial(found, count=count, vary=vary))
