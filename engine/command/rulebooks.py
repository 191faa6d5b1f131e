"""`champion rulebooks`: which there are, one of them, or two side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.given import catalog_of
from engine.command.options import (
    TYPED,
    as_of_option,
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
@click.option(
    "--witness",
    "with_witness",
    is_flag=True,
    envvar="CHAMPION_RULEBOOKS_WITNESS",
    show_envvar=True,
    help="With diff: also a firm that only A takes, and one that only B does, for each criterion that changed.",
)
@as_of_option
@lang_option
@form_option("text", "json")
@rules_option
@click.pass_context
def rulebooks(  # noqa: PLR0913 an option each
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    level: str | None,
    with_witness: bool,
    as_of: date | None,
    lang: Language,
    form: str,
    rules: Path | None,
) -> None:
    """List every rulebook, or those of a level, with the days on which it applies, a timeline for each level.

    With ID, show that rulebook with its criteria, words and sources. With `diff A B`, show rulebooks A and B side by
    side: what changed, what is new, what is gone; --witness needs the extra `solver`, and is of the day --as-of.
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

        first, second = (catalog.rulebook(name) for name in words[1:])
        if not with_witness:
            print_difference(difference(first, second), lang, form)
        else:
            from engine.command.proved_text import print_witnessed  # noqa: PLC0415
            from engine.language.decision_day import given_day  # noqa: PLC0415
            from engine.solving.changes import changes  # noqa: PLC0415

            shown = changes(first, second, given_day(as_of))
            print_witnessed(difference(first, second), shown, catalog.vocabulary, lang, form)
    else:
        message = in_their_language("give nothing, one ID, or: diff A B")
        raise click.UsageError(message)
