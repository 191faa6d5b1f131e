"""`champion assess`: one firm decided, or several."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.codes import INPUT_HAS_PROBLEMS
from engine.command.given import catalog_of, chosen, printed, profile_given, tried_by
from engine.command.options import (
    as_of_option,
    firm_trial_options,
    form_option,
    lang_option,
    level_option,
    of_a_list,
    output_option,
    rulebook_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.explaining.verdict import Verdict
    from engine.firms.profiles import Profile
    from engine.ground.errors import Language
    from engine.rulebooks.logic import Rulebook

    Decided = tuple[str, Verdict, Rulebook, Profile]


@click.command(short_help="Decide one firm, or several.")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE…")
@of_a_list
@rulebook_option
@level_option
@firm_trial_options
@as_of_option
@lang_option
@output_option("CHAMPION_ASSESS_OUTPUT")
@form_option("text", "brief", "json", "line", variable="CHAMPION_FORMAT")
@rules_option
@click.pass_context
def assess(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    profiles: tuple[str, ...],
    *,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """Decide each PROFILE: a flat JSON object of facts (`champion facts` lists them); `-` is standard input.

    Or a list of firms, as `champion screen` takes it, of which --row or --firm says one; a list of one needs neither,
    nor does a form filled in (.xlsx or .csv, see `champion facts --template`).

    The verdict goes to standard output, problems to standard error. `--format line` prints a line for each firm,
    `--format brief` a page: what is not met in full, a line for each other criterion, the next step.
    """
    from engine.assessment import case  # noqa: PLC0415 --help must not wait for it
    from engine.assessment import verdict as decide  # noqa: PLC0415
    from engine.command.several import decided, print_refused  # noqa: PLC0415

    catalog = catalog_of(rules)
    rulebook, level = chosen(ctx, catalog, rulebook, level)
    catalog = tried_by(catalog, rulebook, level, as_of)

    def read(name: str, *, of_any_year: bool = False) -> Decided:
        asked_by: dict[str, Any] = {"rulebook": rulebook, "level": level, "as_of": as_of, "of_any_year": of_any_year}
        facts = profile_given(name, catalog, **asked_by, **of_list)
        book, profile, day = case(facts, rulebook, as_of, catalog, level=level)
        return name, decide(book, profile, day), book, profile

    verdicts, refused = decided(profiles, read, compares=form == "line")
    has_problems = print_refused(profiles, refused, lang)
    with printed(ctx, into, lang, form, *profiles) as named:
        if into and has_problems:
            verdicts = []
        if named == "brief":
            from engine.command.brief_page import print_page  # noqa: PLC0415 the other forms need none

            for _, verdict, book, profile in verdicts:
                print_page(verdict, book, profile.terms, catalog, lang)
        else:
            from engine.command.verdict_text import print_verdicts  # noqa: PLC0415

            told = [(name, verdict) for name, verdict, *_ in verdicts]
            print_verdicts(told, catalog, lang, named, many=len(profiles) > 1)
        if named == "line":
            from engine.command.change_text import print_changes  # noqa: PLC0415

            print_changes([(name, [(None, verdict, book, profile)]) for name, verdict, book, profile in verdicts], lang)
    if has_problems:
        sys.exit(INPUT_HAS_PROBLEMS)
