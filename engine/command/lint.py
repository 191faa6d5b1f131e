"""`champion lint`: the problems of rulebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.codes import BROKEN_RULEBOOK
from engine.command.given import catalog_of
from engine.command.options import (
    lang_option,
    rules_option,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Find the problems of rulebooks and their files.")
@click.argument("named", nargs=-1, metavar="[ID|FILE|FOLDER…]")
@click.option(
    "--open",
    "with_open",
    is_flag=True,
    envvar="CHAMPION_LINT_OPEN",
    show_envvar=True,
    help="Also list what is open: readings that are not confirmed, clauses that are not encoded.",
)
@click.option(
    "--prove",
    "with_proofs",
    is_flag=True,
    envvar="CHAMPION_LINT_PROVE",
    show_envvar=True,
    help="Also prove, by solver, what of a rulebook never matters, and whether any firm can be qualified (today).",
)
@lang_option
@rules_option
def lint(*, named: tuple[str, ...], with_open: bool, with_proofs: bool, lang: Language, rules: Path | None) -> None:
    """Check rulebooks by ID, any FILE of a folder of rules as what it is, or a FOLDER (default: all of the rules).

    FILE is a rulebook, its cases, facts.yaml, ladder.yaml, routes.yaml, documents.yaml or a table of benchmarks or
    options. Problems are printed as file:line:column.

    Exit code 0 if there is none, 3 if there is any.
    """
    from engine.command.listing import print_lint  # noqa: PLC0415
    from engine.lint import lint as find  # noqa: PLC0415
    from engine.rulebooks.remarks import remarks  # noqa: PLC0415

    checked, problems = find(catalog_of(rules), named)
    remarked = [remark for rulebook in checked for remark in remarks(rulebook)]
    if with_proofs:
        from engine.solving.statics import proved  # noqa: PLC0415

        found = [proved(rulebook) for rulebook in checked]
        problems += [problem for fatal, _ in found for problem in fatal]
        remarked += [remark for _, several in found for remark in several]
    print_lint(checked, [*problems, *remarked], lang, with_open=with_open)
    if problems:
        sys.exit(BROKEN_RULEBOOK)
