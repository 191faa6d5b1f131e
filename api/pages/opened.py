"""A file opened again: a profile that was saved, a form that was filled in, or a list of one firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.bounds import Bounds
from api.pages.answers import EVIDENCE, Answers
from api.pages.asking import as_typed
from api.upload import received
from engine import LARGEST_PROFILE, Catalog, entries, parse_json, profile_of, scratch

_BOUNDS = replace(Bounds(), upload=LARGEST_PROFILE)
_JSON = ".json"


async def opened(request: Request, day: date, rules: Catalog) -> Answers:
    """Give the answers that the file of a request states. Raises Refusal, and InputError with what is wrong with it."""
    with scratch(Path(gettempdir())) as folder:
        file = await received(request, folder, _BOUNDS, (_JSON,))
        return await run_in_threadpool(_answers, file, day, rules)


def _answers(file: Path, day: date, rules: Catalog) -> Answers:
    facts: Any = parse_json(file.read_bytes()) if file.suffix == _JSON else profile_of(file, as_of=day, catalog=rules)
    return answers_in(facts, day, rules)


def answers_in(facts: Any, day: date, rules: Catalog) -> Answers:  # noqa: ANN401 any profile
    """Give the answers that a profile states. Raises InputError."""
    found = as_typed(entries(facts, day, rules), rules)
    declared = facts.get(EVIDENCE) if isinstance(facts, dict) else None
    return replace(found, evidence=declared) if isinstance(declared, dict) else found
