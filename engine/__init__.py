"""Champion: qualification rules as code. What is exported here is the Python interface; the rest is ours to move.

>>> from engine import assess
>>> assess({"firm_name": "某某公司", "global_market_share_pct": "12%"}).verdict.value
'not_qualified'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.assessment import assess, profile_reader
    from engine.catalog import DEFAULT_RULEBOOK, Catalog, rules_folder, shipped
    from engine.errors import ChampionError, EngineError, InputError, Problem, RulebookError, Text
    from engine.frames import screen
    from engine.json_input import LARGEST_PROFILE, parse_json
    from engine.outcome import Outcome, Reason
    from engine.pages import fact_page, rulebook_page
    from engine.verdict import CheckFinding, CriterionFinding, Standing, Verdict
    from engine.writing import to_json

__all__ = [
    "DEFAULT_RULEBOOK",
    "LARGEST_PROFILE",
    "Catalog",
    "ChampionError",
    "CheckFinding",
    "CriterionFinding",
    "EngineError",
    "InputError",
    "Outcome",
    "Problem",
    "Reason",
    "RulebookError",
    "Standing",
    "Text",
    "Verdict",
    "assess",
    "fact_page",
    "parse_json",
    "profile_reader",
    "rulebook_page",
    "rules_folder",
    "screen",
    "shipped",
    "to_json",
]

# Modules are imported when a name of theirs is first asked for: `champion --help` must not wait for all of them.
_HOME = {
    "Catalog": "engine.catalog",
    "ChampionError": "engine.errors",
    "CheckFinding": "engine.verdict",
    "CriterionFinding": "engine.verdict",
    "DEFAULT_RULEBOOK": "engine.catalog",
    "EngineError": "engine.errors",
    "InputError": "engine.errors",
    "LARGEST_PROFILE": "engine.json_input",
    "Outcome": "engine.outcome",
    "Problem": "engine.errors",
    "Reason": "engine.outcome",
    "RulebookError": "engine.errors",
    "Standing": "engine.verdict",
    "Text": "engine.errors",
    "Verdict": "engine.verdict",
    "assess": "engine.assessment",
    "fact_page": "engine.pages",
    "parse_json": "engine.json_input",
    "profile_reader": "engine.assessment",
    "rulebook_page": "engine.pages",
    "rules_folder": "engine.catalog",
    "screen": "engine.frames",
    "shipped": "engine.catalog",
    "to_json": "engine.writing",
}


def __getattr__(name: str) -> object:
    """Give a public name from its module; raises AttributeError for any other."""
    if name not in _HOME:
        message = f"module 'engine' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)
