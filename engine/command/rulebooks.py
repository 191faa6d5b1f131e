"""`champion rulebooks`: which there are, one of them, or two side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.given import catalog_of
from engine.command.options import (
    TYPED,
    form_option,
    in_their_language,
    lang_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language

_DIFF_WORDS = 3


@click.command(short_help="List the rulebooks, show one, or compare two.")
@click.argument("words", nargs=-1, metavar="[ID | diff A B]")
@click.option(
    "--level",
    envvar="CHAMPION_RULEBOOKS_LEVEL",
    show_envvar=True,
    help="List only the editions of this level (little_giant, 小巨人).",
)
@lang_option
@form_option("text", "json")
@rules_option
@click.pass_context
def rulebooks(
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    level: str | None,
    lang: Language,
    form: str,
    rules: Path | None,
) -> None:
    """List every rulebook, or those of a level, with the days on which it applies, a timeline for each level.

    With ID, show that rulebook with its criteria, words and sources. With `diff A B`, show rulebooks A and B side by
    side: what changed, what is new, what is gone.
    """
    from engine.command.listing import print_rulebook, print_rulebooks  # noqa: PLC0415
    from engine.explaining.pages import rulebook_page  # noqa: PLC0415
    from engine.rulebooks.routing import timeline  # noqa: PLC0415

    catalog = catalog_of(rules)
    if words and level and ctx.get_parameter_source("level") is TYPED:
        message = in_their_language("--level lists editions: give no ID with it")
        raise click.UsageError(message)
    if not words:
        pages = [rulebook_page(catalog.rulebook(head.id), whole=False) for head in timeline(catalog, level)]
        print_rulebooks(pages, catalog.levels, lang, form)
    elif len(words) == 1:
        print_rulebook(rulebook_page(catalog.rulebook(words[0])), lang, form)
    elif words[0] == "diff" and len(words) == _DIFF_WORDS:
        from engine.command.difference_text import print_difference  # noqa: PLC0415
        from engine.explaining.side_by_side import difference  # noqa: PLC0415

        print_difference(difference(*(catalog.rulebook(name) for name in words[1:])), lang, form)
    else:
        message = in_their_language("give nothing, one ID, or: diff A B")
        raise click.UsageError(message)
