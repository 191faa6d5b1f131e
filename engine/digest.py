"""The digest of a rulebook: it changes when anything that a verdict is made of changes, and only then."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from engine.logic import Rulebook, Table
from engine.writing import to_json


def digest(words: object, rulebook: Rulebook, table: Table | None, includes: Iterable[Rulebook]) -> str:
    """Give the SHA-256 of a rulebook's words as read, the facts it uses, its table and the rulebooks it refers to.

    Comments, layout, and facts that it does not use leave it as it is.
    """
    facts = {
        fact.id: fact.model_dump(mode="json", exclude={"formula"}) | {"formula": fact.formula and fact.formula.text}
        for fact in rulebook.facts_behind
    }
    parts = {
        "words": words,
        "facts": facts,
        "table": table.digest if table else None,
        "includes": sorted(other.digest for other in includes),
    }
    return sha256(to_json(parts, sort=True)).hexdigest()
