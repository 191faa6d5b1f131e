"""`champion evidence`: the documents to prepare for one firm."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.command.codes import INPUT_HAS_PROBLEMS
from engine.command.given import (
    catalog_of,
    chosen,
    files_read,
    is_list,
    mapping_given,
    printed,
    profile_given,
    tried_by,
)
from engine.command.options import (
    TYPED,
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
    from engine.ground.errors import Language


@click.command(short_help="List the documents to prepare for one firm.")
@click.argument("profile", metavar="PROFILE")
@of_a_list
@rulebook_option
@level_option
@firm_trial_options
@as_of_option
@lang_option
@output_option(
    "CHAMPION_EVIDENCE_OUTPUT", ", or .xlsx for a list to tick; of a whole list .xlsx, .csv or, a page a firm, .zip"
)
@click.option(
    "--carry",
    is_flag=True,
    envvar="CHAMPION_CARRY",
    show_envvar=True,
    help="Of a whole list: with the columns that are not read, such as telephones.",
)
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
    carry: bool,
    **of_list: Any,  # noqa: ANN401 as `profile_given` takes
) -> None:
    """List the documents that a rulebook asks of PROFILE, by criterion; what `evidence` in JSON declares is ticked.

    PROFILE is JSON, a form filled in (.xlsx, .csv), or a list of which --row or --firm says one firm; without them -o
    FILE.xlsx or FILE.csv has the documents, and the figures that are missing, of every firm; FILE.zip a page of its own
    for each.
    """
    from engine.command.evidence_text import print_evidence  # noqa: PLC0415
    from engine.evidence_list import evidence as documents  # noqa: PLC0415

    catalog = catalog_of(rules)
    rulebook, level = chosen(ctx, catalog, rulebook, level)
    catalog = tried_by(catalog, rulebook, level, as_of)
    suffix = Path(into).suffix.lower() if into and ctx.get_parameter_source("form") is not TYPED else ""
    vocabulary, read = catalog.vocabulary, files_read(ctx, profile) if into else []
    if into and suffix in {".xlsx", ".csv", ".zip"} and is_list(profile) and not (of_list["row"] or of_list["firm"]):
        from engine.command.console import print_unread  # noqa: PLC0415
        from engine.command.output_file import write_whole  # noqa: PLC0415
        from engine.ground.errors import InputError  # noqa: PLC0415
        from engine.screening.evidence_of_list import evidence_of_list  # noqa: PLC0415
        from engine.screening.evidence_workbook import page_bytes  # noqa: PLC0415
        from engine.screening.papers_of_list import write_papers  # noqa: PLC0415

        whole = evidence_of_list(
            profile,
            rulebook=rulebook,
            level=level,
            as_of=as_of,
            mapping=mapping_given(of_list["mapping"]),
            sheet=of_list["sheet"],
            catalog=catalog,
        )
        print_unread(whole, lang)
        if len(whole.firms) == 1 and suffix == ".xlsx":
            [one] = whole.firms
            if one.evidence is None:
                raise InputError(one.problems)
            write_whole(into, page_bytes(one, vocabulary, lang), lang, read)
            return
        if whole.firms or suffix != ".xlsx":
            write_whole(into, lambda path: write_papers(path, whole, lang, suffix[1:], carry=carry), lang, read)
            if any(one.problems for one in whole.firms):
                sys.exit(INPUT_HAS_PROBLEMS)
            return
    facts = profile_given(profile, catalog, rulebook=rulebook, level=level, as_of=as_of, **of_list)
    if into and suffix == ".xlsx":
        from engine.command.output_file import write_whole  # noqa: PLC0415
        from engine.screening.evidence_of_list import FirmEvidence  # noqa: PLC0415
        from engine.screening.evidence_workbook import page_bytes  # noqa: PLC0415

        found = documents(facts, rulebook, as_of, catalog, level=level)
        write_whole(into, page_bytes(FirmEvidence(0, found.firm, (), found), vocabulary, lang), lang, read)
        return
    with printed(ctx, into, lang, form, profile, also=(".xlsx",)) as named:
        print_evidence(documents(facts, rulebook, as_of, catalog, level=level), vocabulary, lang, named)
