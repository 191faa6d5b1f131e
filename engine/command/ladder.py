"""`champion ladder`: every level for one firm, or several, and the way to the next."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.codes import INPUT_HAS_PROBLEMS
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
    from collections.abc import Sequence

    from engine.command.change_text import Decided
    from engine.ground.errors import Language
    from engine.ladder_standing import Ladder

    Climbed = tuple[str, Ladder, Sequence[Decided], bool]


@click.command(short_help="Show every level for one firm, and what the next one asks for.")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE…")
@of_a_list
@firm_trial_options
@as_of_option
@lang_option
@output_option("CHAMPION_LADDER_OUTPUT")
@form_option("text", "json", "line", variable="CHAMPION_LADDER_FORMAT")
@rules_option
@click.pass_context
def ladder(
    ctx: click.Context,
    /,
    profiles: tuple[str, ...],
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
    prepare. Of several each; `--format line` prints a line a level, and of a firm that comes twice what changed.
    """
    from engine.command.change_text import print_changes  # noqa: PLC0415
    from engine.command.console import console, write  # noqa: PLC0415
    from engine.command.ladder_text import print_ladder, print_lines  # noqa: PLC0415
    from engine.command.several import decided, print_refused  # noqa: PLC0415
    from engine.ground.writing import to_json  # noqa: PLC0415
    from engine.ladder_standing import climb  # noqa: PLC0415

    catalog = tried_by(catalog_of(rules), "ladder", None, as_of)

    def read(name: str, *, of_any_year: bool = False) -> Climbed:
        asked: dict[str, Any] = {"rulebook": "ladder", "level": None, "as_of": as_of, "of_any_year": of_any_year}
        facts = profile_given(name, catalog, **asked, **of_list)
        found, levels = climb(facts, as_of, catalog)
        return name, found, levels, not hasattr(facts, "asked")

    ladders, refused = decided(profiles, read, compares=form == "line")
    has_problems = print_refused(profiles, refused, lang)
    with printed(ctx, into, lang, form, *profiles) as named:
        if into and has_problems:
            ladders = []
        if named == "line":
            print_lines([(name, found) for name, found, *_ in ladders], lang)
            print_changes([(name, levels) for name, _, levels, _ in ladders], lang)
        elif named == "json" and len(profiles) > 1:
            write(to_json([found for _, found, *_ in ladders], indent=True))
        else:
            for place, (name, found, _, is_json) in enumerate(ladders):
                if place:
                    console().print()
                again = (typed_again(ctx, name), trial_typed(ctx))
                print_ladder(found, catalog, lang, named, again, is_json=is_json)
    if has_problems:
        sys.exit(INPUT_HAS_PROBLEMS)
