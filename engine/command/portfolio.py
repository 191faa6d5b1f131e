"""`champion portfolio`: a list of firms and key products against the targets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click

from engine.command.given import catalog_of, files_read, mapping_given, printed
from engine.command.options import (
    TYPED,
    as_of_option,
    form_option,
    lang_option,
    map_file_option,
    map_option,
    output_option,
    rules_option,
    sheet_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Compare a list of firms with the targets.")
@click.argument("candidates", metavar="FILE", type=click.Path(allow_dash=True))
@as_of_option
@map_option
@map_file_option
@sheet_option
@lang_option
@output_option("CHAMPION_PORTFOLIO_OUTPUT", ", or .xlsx for a sheet")
@form_option("text", "json", variable="CHAMPION_PORTFOLIO_FORMAT")
@rules_option
@click.pass_context
def portfolio(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    candidates: str,
    *,
    as_of: date | None,
    mapping: tuple[str, ...],
    sheet: str | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
) -> None:
    """Compare FILE, a list of firms and their key products as `screen` reads it, with the targets of the 2021 study.

    Champions, undetermined ones and those one criterion short; the five bases and the priority directions; the share
    secured at home; suppliers of each product; leading firms and champions of each chain.
    """
    from engine.command.portfolio_page import portfolio_bytes, print_portfolio  # noqa: PLC0415
    from engine.command.screen_run import at_hand  # noqa: PLC0415
    from engine.command.screening_text import print_columns  # noqa: PLC0415
    from engine.ground.scratch import scratch  # noqa: PLC0415
    from engine.screening.portfolio import portfolio as compare  # noqa: PLC0415

    with scratch(Path(gettempdir())) as folder:
        source = at_hand(candidates, folder)
        found = compare(
            source,
            as_of,
            catalog_of(rules),
            mapping=mapping_given(mapping),
            sheet=sheet,
            on_columns=lambda understanding, opened: print_columns(understanding, opened, lang),
        )
    if into and Path(into).suffix.lower() == ".xlsx" and ctx.get_parameter_source("form") is not TYPED:
        from engine.command.output_file import write_whole  # noqa: PLC0415

        write_whole(into, portfolio_bytes(found, lang), lang, files_read(ctx, candidates))
        return
    with printed(ctx, into, lang, form, candidates, also=(".xlsx",)) as named:
        print_portfolio(found, lang, named)
