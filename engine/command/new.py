"""`champion new`: a rulebook to begin with, and what an editor knows of a folder of rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.options import in_their_language, lang_option

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Begin a rulebook: a file to fill in, its cases, an entry among the changes.")
@click.argument("what", type=click.Choice(["rulebook", "schema"]))
@click.argument("rulebook_id", metavar="[ID]", required=False)
@click.option(
    "--from",
    "other",
    metavar="RULEBOOK",
    envvar="CHAMPION_NEW_FROM",
    show_envvar=True,
    help="The rulebook to begin from, of your own rules or of the shipped ones; default a small sample.",
)
@click.option(
    "--area",
    envvar="CHAMPION_NEW_AREA",
    show_envvar=True,
    help="For a text of a province or a city (浙江省): the other text stands, and only what differs is named.",
)
@lang_option
@click.option(
    "--rules",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CHAMPION_RULES",
    show_envvar=True,
    help="Folder of your own rules; one that is not there is made.",
)
def new(
    *, what: str, rulebook_id: str | None, other: str | None, area: str | None, lang: Language, folder: Path
) -> None:
    """Write a rulebook ID to a folder of your own rules, made from another one, every key explained.

    With it come its cases and an entry in CHANGES.md, which `champion lint` and `champion test` accept as they are; a
    new folder gets the vocabulary and all else that is needed. `champion new schema` writes the editor's schemas anew,
    as after a change of facts.yaml.
    """
    from engine.authoring.schema_files import write_schemas  # noqa: PLC0415
    from engine.command.listing import print_begun  # noqa: PLC0415
    from engine.ground.errors import InputError, Problem, Text  # noqa: PLC0415
    from engine.ground.refused import refusal  # noqa: PLC0415

    if rulebook_id is None if what == "rulebook" else (rulebook_id or other or area):
        message = in_their_language("give: new rulebook ID [--from RULEBOOK], or: new schema")
        raise click.UsageError(message)
    today = date.today()  # noqa: DTZ011 the caller's calendar day
    try:
        if rulebook_id is None:
            files = write_schemas(folder)
        else:
            from engine.authoring.beginning import begin  # noqa: PLC0415

            files = begin(folder, rulebook_id, other, area, today)
    except OSError as error:
        why = refusal(error)
        failed = Text(f"无法写入：{why.zh}", f"cannot be written: {why.en}")
        raise InputError([Problem(str(folder), failed)]) from error
    print_begun(files, (folder, rulebook_id, other) if rulebook_id else None, lang)
