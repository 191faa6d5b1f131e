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
    from engine.evidence_list import EvidenceList, evidence
    from engine.json_input import LARGEST_PROFILE, parse_json
    from engine.ladder_standing import Ladder, ladder
    from engine.outcome import Outcome, Reason
    from engine.pages import fact_page, rulebook_page
    from engine.routing import edition, require_level, timeline
    from engine.side_by_side import Difference, difference
    from engine.verdict import CheckFinding, CriterionFinding, Standing, Verdict
    from engine.writing import to_json

__all__ = [
    "DEFAULT_RULEBOOK",
    "LARGEST_PROFILE",
    "Catalog",
    "ChampionError",
    "CheckFinding",
    "CriterionFinding",
    "Difference",
    "EngineError",
    "EvidenceList",
    "InputError",
    "Ladder",
    "Outcome",
    "Problem",
    "Reason",
    "RulebookError",
    "Standing",
    "Text",
    "Verdict",
    "assess",
    "difference",
    "edition",
    "evidence",
    "fact_page",
    "ladder",
    "parse_json",
    "profile_reader",
    "require_level",
    "rulebook_page",
    "rules_folder",
    "shipped",
    "timeline",
    "to_json",
]

# Modules are imported when a name of theirs is first asked for: `champion --help` must not wait for all of them.
_HOME = {
    "Catalog": "engine.catalog",
    "ChampionError": "engine.errors",
    "CheckFinding": "engine.verdict",
    "CriterionFinding": "engine.verdict",
    "DEFAULT_RULEBOOK": "engine.catalog",
    "Difference": "engine.side_by_side",
    "EngineError": "engine.errors",
    "EvidenceList": "engine.evidence_list",
    "InputError": "engine.errors",
    "Ladder": "engine.ladder_standing",
    "LARGEST_PROFILE": "engine.json_input",
    "Outcome": "engine.outcome",
    "Problem": "engine.errors",
    "Reason": "engine.outcome",
    "RulebookError": "engine.errors",
    "Standing": "engine.verdict",
    "Text": "engine.errors",
    "Verdict": "engine.verdict",
    "assess": "engine.assessment",
    "edition": "engine.routing",
    "difference": "engine.side_by_side",
    "evidence": "engine.evidence_list",
    "fact_page": "engine.pages",
    "ladder": "engine.ladder_standing",
    "parse_json": "engine.json_input",
    "profile_reader": "engine.assessment",
    "require_level": "engine.routing",
    "rulebook_page": "engine.pages",
    "rules_folder": "engine.catalog",
    "shipped": "engine.catalog",
    "timeline": "engine.routing",
    "to_json": "engine.writing",
}


def __getattr__(name: str) -> object:
    """Give a public name from its module; raises AttributeError for any other."""
    if name not in _HOME:
        message = f"module 'engine' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)
