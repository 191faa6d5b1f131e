"""A file opened again: a profile that was saved, a form that was filled in, or a list of one firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.bounds import Bounds
from api.pages.answers import EVIDENCE, Answers
from api.pages.asking import as_typed
from api.upload import received
from engine import LARGEST_PROFILE, Catalog, InputError, Problem, entries, parse_json, profile_of, scratch

_BOUNDS = replace(Bounds(), upload=LARGEST_PROFILE)
_JSON = ".json"


async def opened(request: Request, day: date, rules: Catalog) -> tuple[Answers, Sequence[Problem]]:
    """Give the answers that the file of a request states, those that can be read, and what is wrong. Raises Refusal."""
    with scratch(Path(gettempdir())) as folder:
        file = await received(request, folder, _BOUNDS, (_JSON,))
        return await run_in_threadpool(_answers, file, day, rules)


def answers_in(facts: Any, day: date, rules: Catalog) -> Answers:  # noqa: ANN401 any profile
    """Give the answers that a profile states. Raises InputError."""
    return _as_answers(entries(facts, day, rules), facts, rules)


def _answers(file: Path, day: date, rules: Catalog) -> tuple[Answers, Sequence[Problem]]:
    facts: Any = {}
    problems: Sequence[Problem] = ()
    try:
        facts = parse_json(file.read_bytes()) if file.suffix == _JSON else profile_of(file, as_of=day, catalog=rules)
        typed = entries(facts, day, rules)
    except InputError as error:
        facts, problems = facts or error.read, error.problems
        typed = _readable(facts, day, rules) if isinstance(facts, Mapping) else {}
    return _as_answers(typed, facts, rules), problems


def _as_answers(typed: Mapping[str, str | list[str]], facts: Any, rules: Catalog) -> Answers:  # noqa: ANN401
    found = as_typed(typed, rules)
    declared = facts.get(EVIDENCE) if isinstance(facts, Mapping) else None
    return replace(found, evidence=declared) if isinstance(declared, dict) else found


def _readable(facts: Mapping[str, Any], day: date, rules: Catalog) -> dict[str, str | list[str]]:
    """Give those entries of a profile that can be read each by itself."""
    found: dict[str, str | list[str]] = {}
    for name, value in islice(facts.items(), len(rules.vocabulary)):
        with suppress(InputError):
            found |= entries({name: value}, day, rules)
    return found
