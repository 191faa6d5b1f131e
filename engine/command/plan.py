"""`champion plan`: the least that one firm would have to have otherwise to meet all criteria together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.given import catalog_of, chosen, printed, profile_given, tried_by
from engine.command.options import (
    as_of_option,
    form_option,
    lang_option,
    level_option,
    of_a_list,
    output_option,
    rulebook_option,
    rules_option,
    trial_options,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language

_BOUNDS = {
    "fixed": ("FACT", "This fact stays as it is; may be repeated."),
    "at_most": ("FACT=FIGURE", "No more of this figure than 3000万元, or +20%; may be repeated."),
    "at_least": ("FACT=FIGURE", "No less of this figure than 3000万元, or -10%; may be repeated."),
}


def _bounds(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options by which a firm says what it will not change."""
    for name, (shape, words) in reversed(_BOUNDS.items()):
        variable = f"CHAMPION_PLAN_{name.upper()}"
        flag = f"--{name.replace('_', '-')}"
        option = click.option(flag, multiple=True, metavar=shape, envvar=variable, show_envvar=True, help=words)
        command = option(command)
    return command


@click.command(short_help="Find the least that would make one firm qualified.")
@click.argument("profile", metavar="PROFILE")
@of_a_list
@rulebook_option
@level_option
@_bounds
@trial_options
@as_of_option
@lang_option
@output_option("CHAMPION_PLAN_OUTPUT")
@form_option("text", "json", variable="CHAMPION_PLAN_FORMAT")
@rules_option
@click.pass_context
def plan(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    profile: str,
    *,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    fixed: tuple[str, ...],
    at_most: tuple[str, ...],
    at_least: tuple[str, ...],
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """Find the least that PROFILE would have to have otherwise to meet all criteria of a rulebook together.

    PROFILE is what `champion assess` takes. Past years, days, codes and what has happened stay as they are. The
    cheapest plan comes first, each in the order in which to begin: titles, what another year brings, papers and
    judgements, what is only to be stated. If there is none, it says which criteria clash with what stays. Every plan
    was decided as any profile is. Needs the extra `solver`.
    """
    from engine.command.plan_text import print_plan  # noqa: PLC0415
    from engine.solving.planned import plan as planned  # noqa: PLC0415

    catalog = catalog_of(rules)
    rulebook, level = chosen(ctx, catalog, rulebook, level)
    catalog = tried_by(catalog, rulebook, level, as_of)
    facts = profile_given(profile, catalog, rulebook=rulebook, level=level, as_of=as_of, **of_list)
    found = planned(facts, rulebook, as_of, catalog, level=level, fixed=fixed, at_most=at_most, at_least=at_least)
    with printed(ctx, into, lang, form, profile) as named:
        print_plan(found, lang, named)
