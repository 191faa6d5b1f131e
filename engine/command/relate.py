"""`champion prove`: what holds of every firm, or a firm that shows that it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.given import catalog_of, printed
from engine.command.options import (
    as_of_option,
    form_option,
    in_their_language,
    lang_option,
    output_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Prove what holds of every firm under rulebooks, or show a firm that it fails for.")
@click.argument("words", nargs=-1, required=True, metavar="A implies|equals|excludes B")
@as_of_option
@lang_option
@output_option("CHAMPION_PROVE_OUTPUT")
@form_option("text", "json", variable="CHAMPION_PROVE_FORMAT")
@rules_option
@click.pass_context
def prove(
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
) -> None:
    """Prove that every firm that qualifies under rulebook A does so under B, or show one that does not.

    `implies`: whoever is qualified under A is so under B; `equals`: the same firms are; `excludes`: none is under both.
    The firm that is shown states no fact that it could do without, and was decided under both as any profile is.

    Needs the extra `solver`.
    """
    if len(words) != 3:  # noqa: PLR2004 as the message says
        message = in_their_language("give two rulebooks: A implies B")
        raise click.UsageError(message)
    from engine.command.relate_text import print_answer  # noqa: PLC0415
    from engine.solving.relations import prove as answered  # noqa: PLC0415

    catalog = catalog_of(rules)
    answer = answered(words[0], words[1], words[2], as_of, catalog)
    with printed(ctx, into, lang, form) as named:
        print_answer(answer, catalog.vocabulary, lang, named)
