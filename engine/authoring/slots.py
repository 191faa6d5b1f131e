"""What may be written under each key of the files of rules, in words: for editors, and in a rulebook that is begun."""

from __future__ import annotations

import csv
from functools import cache

from engine.ground.errors import Text
from engine.rulebooks.catalog import rules_folder


def slot(model: str, key: str) -> Text:
    """Give what is written under a key of a model; raises KeyError where nobody has said so.

    >>> slot("CriterionWords", "quote").en
    'The words of the text, verbatim'
    """
    return _words().get(f"{model}.{key}") or _words()[key]


@cache
def _words() -> dict[str, Text]:
    with (rules_folder() / "schema" / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Text(row["zh"], row["en"]) for row in csv.DictReader(file)}
