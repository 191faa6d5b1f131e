"""`champion facts`: the vocabulary, and the form to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.given import catalog_of, files_read, is_list, one_of_them, printed, profile_given
from engine.command.options import (
    Day,
    form_option,
    in_their_language,
    lang_option,
    of_a_list,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language, Text


@click.command(short_help="List the vocabulary.")
@click.option(
    "--template",
    is_flag=True,
    envvar="CHAMPION_TEMPLATE",
    show_envvar=True,
    help="With -o, write a form for one firm to fill in downwards: .xlsx or .csv. Without, print the column names of a "
    "list of firms, as CSV.",
)
@click.option(
    "--rulebook",
    envvar="CHAMPION_FACTS_RULEBOOK",
    show_envvar=True,
    help="Only the facts that this rulebook uses; `ladder` is every level in force on the day, `routes` every problem "
    "class.",
)
@click.option(
    "--level",
    envvar="CHAMPION_FACTS_LEVEL",
    show_envvar=True,
    help="Only the facts that any edition of this level (little_giant, 小巨人) in force on the day uses.",
)
@click.option(
    "--as-of",
    type=Day(),
    envvar="CHAMPION_AS_OF",
    show_envvar=True,
    help="The day for --level, the ladder and the years of a form (2026-04-01, 2026年4月1日); default today.",
)
@click.option(
    "--from",
    "old",
    metavar="FILE",
    envvar="CHAMPION_FACTS_FROM",
    show_envvar=True,
    help="Carry over into the form: an older form, a profile (.json), or a firm of a list (--row, --firm).",
)
@of_a_list
@lang_option
@click.option(
    "-o",
    "--output",
    "facts_into",
    metavar="FILE",
    envvar="CHAMPION_FACTS_OUTPUT",
    show_envvar=True,
    help="Write to this file instead: .txt, or .json for JSON; a form: .xlsx or .csv. `-` is standard output.",
)
@form_option("text", "json")
@rules_option
@click.pass_context
def facts(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    *,
    template: bool,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    old: str | None,
    lang: Language,
    facts_into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """List every fact that a profile may state and every fact that is derived, with its unit and accepted values.

    With --rulebook or --level only those that these ask for: with --level of new applications and of reviews, and of
    any area. `--template -o FILE.xlsx` is a form for one firm, which assess, ladder, evidence and screen read; with
    --from what an older one says is filled in, figures in the lines of their years.
    """
    from engine.command.console import print_caution, print_todays_form  # noqa: PLC0415
    from engine.command.listing import print_facts, print_lists, print_template  # noqa: PLC0415
    from engine.command.output_file import write_whole  # noqa: PLC0415
    from engine.language.decision_day import given_day  # noqa: PLC0415
    from engine.outputs.form_file import form_file  # noqa: PLC0415
    from engine.rulebooks.routing import facts_asked  # noqa: PLC0415

    if old is not None and (not template or facts_into in {None, "-"}):
        message = in_their_language("--from needs --template and -o FILE")
        raise click.UsageError(message, ctx)
    catalog = catalog_of(rules)
    rulebook, level = one_of_them(ctx, rulebook, level)
    used = facts_asked(catalog, given_day(as_of), rulebook, level)
    asked = (fact for fact in catalog.vocabulary.values() if fact.id in used)
    chosen = sorted(asked, key=lambda fact: fact.if_any)  # what few firms have comes last
    if template and facts_into not in {None, "-"}:
        asked_by: dict[str, Any] = {"rulebook": rulebook, "level": level, "as_of": as_of}
        known = (
            profile_given(old, catalog, **asked_by, **of_list, of_any_year=is_list(old)) if old is not None else None
        )
        name = Path(old or "").name
        told: list[Text] = []
        carried: dict[str, Any] = {"old": known, "old_name": name, "tell": told.append}
        content = form_file(facts_into, **asked_by, lang=lang, catalog=catalog, **carried)
        write_whole(facts_into, content, lang, files_read(ctx, *filter(None, [old])))
        for one in told:
            print_caution(one, lang)
        if as_of is None:
            print_todays_form(given_day(None), lang)
    elif template:
        identity = [catalog.vocabulary[name] for name in ("firm_id", "firm_name")]
        print_template([*identity, *(fact for fact in chosen if not fact.is_derived and fact not in identity)])
    else:
        with printed(ctx, facts_into, lang, form) as named:
            print_facts(chosen, catalog.vocabulary, lang, named)
            if named == "text":
                names = {fact.id for fact in chosen}
                print_lists([one for one in catalog.vocabulary.lists.values() if names & one.words.gives.keys()], lang)
