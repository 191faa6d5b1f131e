"""`champion evidence`: the documents to prepare for one firm."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.given import catalog_of, chosen, printed, profile_given
from engine.command.options import (
    TYPED,
    as_of_option,
    form_option,
    lang_option,
    level_option,
    of_a_list,
    output_option,
    rulebook_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="List the documents to prepare for one firm.")
@click.argument("profile", metavar="PROFILE")
@of_a_list
@rulebook_option
@level_option
@as_of_option
@lang_option
@output_option("CHAMPION_EVIDENCE_OUTPUT", ", or .xlsx for a list to tick")
@form_option("text", "json", variable="CHAMPION_EVIDENCE_FORMAT")
@rules_option
@click.pass_context
def evidence(  # noqa: PLR0913 an argument an option
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
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """List the documents that a rulebook asks of PROFILE, by criterion; those that it declares are ticked.

    PROFILE is JSON, a form filled in (.xlsx, .csv), or a list of which --row or --firm says one firm.
    """
    from engine.command.evidence_text import print_evidence  # noqa: PLC0415
    from engine.evidence_list import evidence as documents  # noqa: PLC0415

    catalog = catalog_of(rules)
    rulebook, level = chosen(ctx, catalog, rulebook, level)
    facts = profile_given(profile, catalog, rulebook=rulebook, level=level, as_of=as_of, **of_list)
    if into and Path(into).suffix.lower() == ".xlsx" and ctx.get_parameter_source("form") is not TYPED:
        from engine.command.evidence_workbook import evidence_bytes  # noqa: PLC0415
        from engine.command.output_file import write_whole  # noqa: PLC0415

        found = documents(facts, rulebook, as_of, catalog, level=level)
        write_whole(into, evidence_bytes(found, lang), lang, [profile])
        return
    with printed(ctx, into, lang, form, profile) as named:
        print_evidence(documents(facts, rulebook, as_of, catalog, level=level), lang, named)
