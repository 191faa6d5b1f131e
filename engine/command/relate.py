"""`champion prove`: what holds of every firm, or a firm that shows that it does not."""

from __future__ import annotations

from collections.abc import Sequence
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


@click.command(short_help="Prove what holds of every firm, or show one that it fails for.")
@click.argument("words", nargs=-1, required=True, metavar="A [implies|equals|excludes B] | A without FACT | ladder")
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
    under A is so under B; equals: the same firms are; excludes: none is under both. A without FACT: what can be decided
    of a firm that leaves a fact blank. ladder: whether the text of each level implies those of the step below.

    A firm that is shown states no fact that it could do without, and was decided as any profile is. Needs the extra
    `solver`.
    """
    if len(words) not in {1, 3}:
        message = in_their_language("give A, A implies B, A without FACT, or ladder")
        raise click.UsageError(message)
    from engine.command.relate_text import Proved, print_proved  # noqa: PLC0415
    from engine.rulebooks.several import LADDER  # noqa: PLC0415
    from engine.solving.blanks import questionnaire, without  # noqa: PLC0415
    from engine.solving.ladder import gaps  # noqa: PLC0415
    from engine.solving.relations import prove as relate  # noqa: PLC0415
    from engine.solving.statics import statics  # noqa: PLC0415

    catalog = catalog_of(rules)
    found: Sequence[Proved]
    if words == (LADDER,):
        found = gaps(as_of, catalog)
    elif len(words) == 1:
        found = (statics(words[0], as_of, catalog), questionnaire(words[0], as_of, catalog))
    elif words[1] == "without":
        found = (without(words[0], words[2], as_of, catalog),)
    else:
        found = (relate(words[0], words[1], words[2], as_of, catalog),)
    with printed(ctx, into, lang, form) as named:
        print_proved(found, catalog.vocabulary, lang, named)
