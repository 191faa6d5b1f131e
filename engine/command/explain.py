"""`champion explain`: one page on a fact, a criterion or a rulebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.command.given import catalog_of
from engine.command.options import form_option, lang_option, rules_option

if TYPE_CHECKING:
    from engine.ground.errors import Language


@click.command(short_help="Explain a fact, a criterion, a rulebook or a document on one page.")
@click.argument("word", metavar="FACT|CRITERION|RULEBOOK|DOCUMENT")
@lang_option
@form_option("text", "json", variable="CHAMPION_EXPLAIN_FORMAT")
@rules_option
def explain(*, word: str, lang: Language, form: str, rules: Path | None) -> None:
    """Explain what a word names: a fact, a criterion, a line of a scorecard or a rulebook, by id, title or alias.

    Or a document, by its title or number (300号): the rulebooks that are its text, and those that cite it.

    Its words and how they are read, where it stands, what each edition asks and from which day, formula and unit, what
    proves it, and the headers by which a list states it. A criterion of several rulebooks is named RULEBOOK:CRITERION.
    """
    from engine.command.console import write  # noqa: PLC0415
    from engine.command.explanation_text import print_explanation  # noqa: PLC0415
    from engine.explaining.explanation import explanation  # noqa: PLC0415
    from engine.ground.writing import to_json  # noqa: PLC0415

    catalog = catalog_of(rules)
    found = explanation(word, catalog)
    if form == "json":
        write(to_json(found, indent=True))
    else:
        print_explanation(found, catalog, lang)
