"""`champion sweep`: how many firms of a list qualify at each value of a figure."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from engine.command.options import analysis_options, by_option, vary_option


@click.command(short_help="Count who qualifies at each value of a figure.")
@click.argument("candidates", metavar="FILE", type=click.Path(allow_dash=True))
@vary_option
@by_option
@analysis_options
@click.pass_context
def sweep(ctx: click.Context, /, candidates: str, *, vary: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 as `analysed` takes
    """Count how many firms of FILE, a list as `screen` reads it, qualify at each value of a figure of the rulebook.

    `--vary global-share=5%..30%:1%` gives a criterion, or a parameter, those values one after the other; two make a
    map. The list is screened once; what is counted is what `screen --set` would come to at each value. All is a trial.
    """
    from engine.analysis.sweep import sweep as found  # noqa: PLC0415 --help must not wait for it
    from engine.command.analysis_run import analysed  # noqa: PLC0415

    analysed(ctx, candidates, options, partial(found, vary=vary))
