"""`champion route`: the problem classes of one key product, and the route that follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.given import catalog_of, printed, profile_given, tried_by
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


@click.command(short_help="Show which problem a key product has, and the route that follows.")
@click.argument("profile", metavar="PROFILE")
@of_a_list
@firm_trial_options
@as_of_option
@lang_option
@output_option("CHAMPION_ROUTE_OUTPUT")
@form_option("text", "json", variable="CHAMPION_ROUTE_FORMAT")
@rules_option
@click.pass_context
def route(
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
    """Decide which problems of the industrial foundation the key product of PROFILE has (卡脖子, 短板, 小散多软).

    PROFILE is JSON, a form filled in, or a firm of a list. The route is that of the first problem that holds, with its
    measures; where it is not known, what is missing to tell.
    """
    from engine.command.route_text import print_route  # noqa: PLC0415
    from engine.problem_route import route as follow  # noqa: PLC0415

    catalog = tried_by(catalog_of(rules), "routes", None, as_of)
    facts = profile_given(profile, catalog, rulebook="routes", level=None, as_of=as_of, **of_list)
    with printed(ctx, into, lang, form, profile) as named:
        print_route(follow(facts, as_of, catalog), lang, named)
