"""`champion test`: rulebooks tried by their cases, and by firms made for them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.codes import BROKEN_RULEBOOK
from engine.command.given import catalog_of
from engine.command.options import form_option, in_their_language, lang_option, rules_option

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(name="test", short_help="Try rulebooks: their cases, and firms made for them.")
@click.argument("named", nargs=-1, metavar="[RULEBOOK…]")
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    envvar="CHAMPION_TEST_COVERAGE",
    show_envvar=True,
    help="Also tell what no case shows: outcomes, sides of thresholds, points, parts that decide alone, readings.",
)
@click.option(
    "--mutate",
    "with_mutants",
    is_flag=True,
    envvar="CHAMPION_TEST_MUTATE",
    show_envvar=True,
    help="Also change each figure and word of the rules by itself, and tell the changes that no case notices.",
)
@click.option(
    "--write-missing",
    "writes",
    is_flag=True,
    envvar="CHAMPION_TEST_WRITE_MISSING",
    show_envvar=True,
    help="Write the missing cases to FOLDER/cases/ID.yaml, a firm each; what the text says is left to you (?).",
)
@lang_option
@form_option("text", "json", "junit", variable="CHAMPION_TEST_FORMAT")
@rules_option
def test(
    *,
    named: tuple[str, ...],
    with_coverage: bool,
    with_mutants: bool,
    writes: bool,
    lang: Language,
    form: str,
    rules: Path | None,
) -> None:
    """Try RULEBOOK… (default: all of the rules): the cases that lie beside the rules, cases/ID.yaml, and by itself.

    With no case written, each threshold is tried just below, at, just above and unknown; improving a figure must worsen
    nothing, filling in a blank must turn nothing, and all ways of deciding must agree.

    Exit code 0 if everything holds, 3 if not.
    """
    from engine.command.tried_text import print_in_all, print_proof, print_written, proofs_as_junit, proofs_as_records  # noqa: PLC0415
    from engine.ground.writing import to_json  # noqa: PLC0415
    from engine.proving.missing import write_missing  # noqa: PLC0415
    from engine.proving.proof import proof  # noqa: PLC0415

    if writes and rules is None:
        message = in_their_language("--write-missing writes to your own rules: give --rules")
        raise click.UsageError(message)
    catalog = catalog_of(rules)
    ids = [name.removesuffix(".yaml").rpartition("/")[2] for name in named] or catalog.ids
    if writes:
        for name in ids:
            print_written(*write_missing(catalog, name, with_mutants=with_mutants), lang)
        return
    found = []
    for name in ids:
        found.append(proof(catalog, name, with_coverage=with_coverage, with_mutants=with_mutants))
        if form == "text":
            print_proof(found[-1], lang)
    if form == "text" and len(found) > 1:
        print_in_all(found, lang)
    if form == "json":
        click.echo(to_json(proofs_as_records(found), indent=True))
    if form == "junit":
        click.echo(proofs_as_junit(found, lang))
    if any(one.troubles for one in found):
        sys.exit(BROKEN_RULEBOOK)
