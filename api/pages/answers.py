"""What was typed in the form: from the fields of a request to a profile, and how each answer is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from api.pages.words import WORDS
from api.problems import Refusal
from engine import Catalog, Problem, Reading, how_read

NONE = "-none-"
"""The box of a list that says that the firm has none of the options."""
TRY, MORE, EVIDENCE = "try.", ".more", "evidence"
"""What begins or ends the name of a field: a figure that is tried, words beside options; the documents declared."""
_MOST_FIELDS = 2000
Typed = str | list[str]


@dataclass(frozen=True)
class Answers:
    """What stands in the fields, by fact: of a list the boxes that are ticked, and `more` in words.

    `tried` are figures that are tried in the place of what was stated, `evidence` is that of a profile that was opened.
    """

    typed: Mapping[str, Typed]
    more: Mapping[str, str] = field(default_factory=dict)
    tried: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stated(self) -> dict[str, Any]:
        """The profile that is stated."""
        values = {name: self._value(name) for name in dict.fromkeys((*self.typed, *self.more))}
        return {**values, **({EVIDENCE: dict(self.evidence)} if self.evidence else {})}

    @property
    def problems(self) -> list[Problem]:
        """What no profile could say."""
        lists = [name for name, one in self.typed.items() if isinstance(one, list) and NONE in one]
        return [
            Problem(name, WORDS["test_both"], WORDS["test_either"])
            for name in lists
            if len(self.typed[name]) > 1 or name in self.more
        ]

    def reading(self, fact: str, day: date, rules: Catalog) -> Reading | None:
        """Say how an answer is read; None if there is none."""
        is_answered = fact in self.typed or fact in self.more
        return how_read(fact, self._value(fact), day, rules) if is_answered else None

    def _value(self, fact: str) -> object:
        """Give an answer as a profile has it; options with words beside them are one text."""
        typed, more = self.typed.get(fact, []), self.more.get(fact)
        if isinstance(typed, str):
            return typed
        codes = [one for one in typed if one != NONE]
        return codes if more is None else "; ".join([*codes, more])


def fields_of(body: bytes) -> list[tuple[str, str]]:
    """Give the fields of a form that was sent. Raises Refusal if there are too many."""
    try:
        text = body.decode("utf-8", "replace")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError as error:
        raise Refusal(400, [Problem("body", WORDS["test_many"])]) from error


def answers_of(fields: list[tuple[str, str]], rules: Catalog) -> Answers:
    """Give the answers among the fields; what is no question of the vocabulary is left out."""
    typed: dict[str, Typed] = {}
    more, tried = dict[str, str](), dict[str, str]()
    evidence: object = {}
    known = rules.vocabulary.given
    for name, value in fields:
        fact = name.removeprefix(TRY).removesuffix(MORE)
        if name == EVIDENCE:
            evidence = _json(value)
        if fact not in known or not value.strip():
            continue
        if name.startswith(TRY):
            tried[fact] = value
        elif name.endswith(MORE):
            more[fact] = value
        elif known[fact].kind.value == "choices":
            ticked = typed.setdefault(fact, [])
            typed[fact] = [*ticked, value]
        else:
            typed[fact] = value
    return Answers(typed, more, tried, evidence if isinstance(evidence, dict) else {})


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {}
