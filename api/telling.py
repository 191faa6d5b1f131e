"""How much of an answer is told: all of it or in brief, in which languages, with or without a rulebook's own words.

What is left out is named by class and field, so that the OpenAPI document says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from engine import CriterionFinding, Outcome, Text, to_json

Detail = Literal["full", "brief"]
Languages = Literal["zh", "en", "both"]

WORDS: Mapping[str, frozenset[str]] = {
    "AnyOf": frozenset({"explanation"}),
    "CheckFinding": frozenset({"title", "unit", "formula"}),
    "CriterionEvidence": frozenset({"title", "cite"}),
    "CriterionFinding": frozenset({"title", "cite", "quote", "reading", "grade", "requires", "evidence_asked"}),
    "FactEvidence": frozenset({"title", "usual"}),
    "HangsOn": frozenset({"title", "reading"}),
    "Hint": frozenset({"title", "unit"}),
    "Ingredient": frozenset({"title", "unit"}),
    "MissingFact": frozenset({"title", "evidence"}),
    "Origin": frozenset({"title", "source", "clause"}),
    "RulebookReference": frozenset({"edition", "title", "document"}),
    "TrialReference": frozenset({"edition", "title", "document"}),
    "Under": frozenset({"title", "quote", "clause", "document"}),
}
"""What `words=no` leaves out: what is the same for every firm stands at /v1/rulebooks/{id}, the rest in `reasons`."""

DETAILS: Mapping[str, frozenset[str]] = {
    "Ladder": frozenset({"warnings"}),
    "ProblemRoute": frozenset({"warnings"}),
    "LevelStanding": frozenset({"hangs_on"}),
    "MissingFact": frozenset({"evidence"}),
    "NextLevel": frozenset({"hangs_on", "evidence"}),
    "Verdict": frozenset({"hangs_on", "settles", "warnings", "trace"}),
}
"""What `detail=brief` leaves out."""

IN_BRIEF = ("id", "title", "outcome", "decides")
"""What `detail=brief` tells of a criterion unless it decides and is not met."""


@dataclass(frozen=True)
class Telling:
    """How an answer is told; all of it, as it is, unless something else is asked for."""

    detail: Detail = "full"
    lang: Languages = "both"
    words: bool = True

    def __call__(self, answer: object) -> bytes:
        """Give the answer as JSON."""
        return to_json(answer) if self == _WHOLE else to_json(answer, told=_parts(self).told)


_WHOLE = Telling()


class _Parts:
    """What is told of each part of an answer."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._is_brief = telling.detail == "brief"
        self._language = None if telling.lang == "both" else telling.lang
        self._in_brief = tuple([name for name in IN_BRIEF if name not in self._left_out("CriterionFinding")])
        self._kept: dict[type, tuple[str, ...] | None] = {}

    def told(self, part: Any) -> dict[str, Any]:  # noqa: ANN401 a part of any answer
        """Give what is told of a part, by field."""
        kind, of_it = type(part), part.__dict__
        if kind is Text:
            return of_it if self._language is None else {self._language: of_it[self._language]}
        names = self._kept[kind] if kind in self._kept else self._kept_of(kind)
        if self._is_brief and kind is CriterionFinding and not (part.decides and part.outcome is Outcome.NOT_MET):
            names = self._in_brief
        return of_it if names is None else {name: of_it[name] for name in names}

    def _kept_of(self, kind: type) -> tuple[str, ...] | None:
        """Give the fields that are told of parts of a kind; None if all are."""
        left_out = self._left_out(kind.__name__)
        names = [field.name for field in fields(kind) if field.name not in left_out]
        self._kept[kind] = tuple(names) if left_out else None
        return self._kept[kind]

    def _left_out(self, kind: str) -> frozenset[str]:
        none = frozenset[str]()
        without_words = none if self._telling.words else WORDS.get(kind, none)
        return without_words | (DETAILS.get(kind, none) if self._is_brief else none)


@cache
def _parts(telling: Telling) -> _Parts:
    return _Parts(telling)


def describe(schemas: dict[str, Any]) -> None:
    """Say in the schemas which fields may be left out, and by which option."""
    for option, left_out in (("words=no", WORDS), ("detail=brief", DETAILS)):
        for name, names in left_out.items():
            _may_lack(schemas[name], names, f"Left out by `{option}`: {', '.join(sorted(names))}.")
    others = {field.name for field in fields(CriterionFinding)} - {*IN_BRIEF}
    brief = f"`detail=brief` tells no more than {', '.join(IN_BRIEF)} of one that is met, is open or only informs."
    _may_lack(schemas["CriterionFinding"], others, brief)
    _may_lack(schemas["Text"], {"zh", "en"}, "`lang=zh` and `lang=en` leave the other language out.")


def _may_lack(schema: dict[str, Any], names: frozenset[str] | set[str], says: str) -> None:
    schema["required"] = [name for name in schema["required"] if name not in names]
    schema["description"] = f"{schema.get('description', '')}\n\n{says}".strip()
