"""`champion ladder`: every level for one firm, and the way to the next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.given import catalog_of, printed, profile_given, trial_typed, tried_by, typed_again
from engine.command.options import (
    as_of_option,
    firm_trial_options,
    form_option,
    lang_option,
    of_a_list,
    output_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Show every level for one firm, and what the next one asks for.")
@click.argument("profile", metavar="PROFILE")
@of_a_list
@firm_trial_options
@as_of_option
@lang_option
@output_option("CHAMPION_LADDER_OUTPUT")
@form_option("text", "json", variable="CHAMPION_LADDER_FORMAT")
@rules_option
@click.pass_context
def ladder(
    ctx: click.Context,
    /,
    profile: str,
    *,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """Decide PROFILE (JSON, a form filled in, or a firm of a list) under every level in force, and show the way on.

    For the next level: what is not met and by how much in the firm's own figures, what is missing, which documents to
    prepare.
    """
    from engine.command.ladder_text import print_ladder  # noqa: PLC0415
    from engine.ladder_standing import ladder as climb  # noqa: PLC0415

    catalog = tried_by(catalog_of(rules), "ladder", None, as_of)
    facts = profile_given(profile, catalog, rulebook="ladder", level=None, as_of=as_of, **of_list)
    with printed(ctx, into, lang, form, profile) as named:
        found, firm = climb(facts, as_of, catalog), typed_again(ctx, profile)
        is_json = not hasattr(facts, "asked")
        print_ladder(found, catalog, lang, named, (firm, trial_typed(ctx)), is_json=is_json)
