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
    lang_option,
    output_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Prove what holds of every firm, or show one that it fails for.")
@click.argument(
    "words", nargs=-1, required=True, metavar="A [implies|equals|excludes|diff B] | A without FACT | ladder"
)
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
    """Prove what holds of every firm that a profile may state, or show a firm that it fails for.

    A alone: what of the rulebook never matters, and which facts settle every firm. A implies B: whoever is qualified
    under A is so under B; equals: the same firms are; excludes: none is under both. A diff B: for each criterion that
    changed, a firm that only A takes, and one that only B does. A without FACT: what can be decided of a firm that
    leaves a fact blank. ladder: whether the text of each level implies those of the step below.

    A firm that is shown states no fact that it could do without, and was decided as any profile is. Needs the extra
    `solver`.
    """
    from engine.command.proved_text import print_proved  # noqa: PLC0415
    from engine.solving.asked import prove as proved  # noqa: PLC0415

    catalog = catalog_of(rules)
    found = proved(" ".join(words), as_of, catalog)
    with printed(ctx, into, lang, form) as named:
        print_proved(found, catalog.vocabulary, lang, named)
