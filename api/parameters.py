"""Query parameters that several requests have, and the refusal of those that none has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from api.problems import Refusal
from api.telling import Detail, Languages
from engine import DEFAULT_RULEBOOK, Catalog, InputError, Problem, Rulebook, Text, given_day, require_level


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return given_day(value)
    except InputError as error:
        kind, message = "day", "is not a day"
        raise PydanticCustomError(kind, message) from error


Day = Annotated[date, BeforeValidator(_day)]
AsOf = Annotated[Day | None, Query(description="Decide as of this day; default today.")]
_RULEBOOK = f"Id of the rulebook, or ID@DIGEST; default {DEFAULT_RULEBOOK}, a research proposal and no official text."
_LEVEL = "Instead of a rulebook: a level (little_giant, 小巨人), decided by the edition in force on the day."
RulebookId = Annotated[
    str | None,
    Query(
        max_length=160,
        description=_RULEBOOK,
    ),
]
Level = Annotated[
    str | None,
    Query(
        max_length=80,
        description=_LEVEL,
    ),
]

DetailAsked = Annotated[
    Detail,
    Query(
        description="full：全部（默认）；brief：结论、原因、不符合的条件全文，其余条件只列编号和名称。 / "
        "full (default) or brief: the verdict, why, what is not met in full, of the rest ids and titles."
    ),
]
LanguagesAsked = Annotated[
    Languages,
    Query(
        description="both：文字中英文都有（默认）；zh、en：只要一种；有问题时也用这种语言。 / "
        "both (default), or texts in zh or en only; problems are told in that language too."
    ),
]
WordsAsked = Annotated[
    bool,
    Query(
        description="no：不带规则自身的文字（原文、名称、读法、条款、出处），这些见 /v1/rulebooks/{id}。 / "
        "no: without the rulebook's own words (quotes, titles, readings, clauses, sources), which stand at "
        "/v1/rulebooks/{id}."
    ),
]


def refuse_unknown_rules(rules: Catalog, rulebook: str | None, level: str | None, more: Sequence[str] = ()) -> None:
    """Refuse a rulebook or a level that there is not; `more` are names beside those of rulebooks."""
    if rulebook is not None and rulebook not in more:
        the_rulebook(rules, rulebook)
    if level is not None:
        try:
            require_level(rules, level)
        except InputError as error:
            raise Refusal(404, error.problems) from error


def the_rulebook(rules: Catalog, name: str, where: str | None = None) -> Rulebook:
    """Give the rulebook ID or ID@DIGEST, that the parameter `where` names; raises Refusal (404)."""
    try:
        return rules.rulebook(name)
    except InputError as error:
        raise Refusal(404, [replace(one, where=where or one.where) for one in error.problems]) from error


_NONE = Text("这里没有参数。", "There are none here.")


def refuse_unknown_parameters(request: Request, known: set[str], repeatable: frozenset[str] = frozenset()) -> None:
    """Refuse a misspelt or repeated parameter, which would otherwise be silently left out; some may be repeated."""
    known = known | repeatable
    given = [name for name, _ in request.query_params.multi_items()]
    listed = Text(f"可用：{'、'.join(sorted(known))}。", f"Known: {', '.join(sorted(known))}.") if known else _NONE
    strange = [
        name for name in dict.fromkeys(given) if name not in known or (given.count(name) > 1 and name not in repeatable)
    ]
    if strange:
        what = Text("是未知或重复的参数", "is an unknown or repeated parameter")
        raise Refusal(422, [Problem("query", what, listed, name[:80]) for name in strange[:20]])
