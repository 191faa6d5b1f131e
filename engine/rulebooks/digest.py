"""The digest of a rulebook: it changes when anything that a verdict is made of changes, and only then."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from engine.ground.writing import to_json
from engine.rulebooks.logic import Rulebook, Table

_HOW_IT_IS_ASKED = {"asks", "formula", "choices_from", "places", "if_any", "change"}


def digest(words: object, rulebook: Rulebook, table: Table | None, includes: Iterable[Rulebook]) -> str:
    """Give the SHA-256 of a rulebook's words, its facts and what they are counted from, its table, what it refers to.

    Comments, layout, how and in which order facts are asked for, and facts that it does not use leave it as it is.
    """
    facts = {
        fact.id: fact.model_dump(mode="json", exclude=_HOW_IT_IS_ASKED)
        | {"formula": fact.formula and fact.formula.text}
        | ({"places": True} if fact.places else {})
        for fact in (*rulebook.facts_behind, *map(rulebook.vocabulary.__getitem__, sorted(rulebook.facts_read)))
    }
    lists = rulebook.vocabulary.lists.values()
    counted = {one.id: one.digest for one in lists if not facts.keys().isdisjoint(one.words.gives)}
    parts = {
        "words": words,
        "facts": facts,
        "table": table.digest if table else None,
        "includes": sorted(other.digest for other in includes),
    }
    if counted:
        parts["counted"] = counted
    return sha256(to_json(parts, sort=True)).hexdigest()
