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
    from engine.decision_day import given_day
    from engine.errors import (
        ChampionError,
        EngineError,
        InputError,
        LittleMemoryError,
        Problem,
        RulebookError,
        Text,
        TooMuchError,
    )
    from engine.evidence_list import EvidenceList, evidence
    from engine.frames import screen
    from engine.json_input import LARGEST_PROFILE, parse_json
    from engine.ladder_standing import Ladder, ladder
    from engine.limits import Limits
    from engine.list_ruling import ruling
    from engine.mapping_option import column_mapping, mapping_file
    from engine.one_of_list import profile_of
    from engine.outcome import Outcome, Reason
    from engine.pages import fact_page, rulebook_page
    from engine.pydantic_words import worded
    from engine.routing import edition, facts_asked, require_level, timeline
    from engine.scratch_folder import scratch
    from engine.screening import screen_file
    from engine.screening_order import Order
    from engine.screening_summary import ScreeningSummary
    from engine.screening_whole import Stop, StoppedError, screen_whole
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
    "Limits",
    "LittleMemoryError",
    "Order",
    "Outcome",
    "Problem",
    "Reason",
    "RulebookError",
    "ScreeningSummary",
    "Standing",
    "Stop",
    "StoppedError",
    "Text",
    "TooMuchError",
    "Verdict",
    "assess",
    "column_mapping",
    "difference",
    "edition",
    "evidence",
    "fact_page",
    "facts_asked",
    "given_day",
    "ladder",
    "mapping_file",
    "parse_json",
    "profile_of",
    "profile_reader",
    "require_level",
    "rulebook_page",
    "rules_folder",
    "ruling",
    "scratch",
    "screen",
    "screen_file",
    "screen_whole",
    "shipped",
    "timeline",
    "to_json",
    "worded",
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
    "LARGEST_PROFILE": "engine.json_input",
    "Ladder": "engine.ladder_standing",
    "Limits": "engine.limits",
    "Order": "engine.screening_order",
    "Outcome": "engine.outcome",
    "Problem": "engine.errors",
    "Reason": "engine.outcome",
    "RulebookError": "engine.errors",
    "ScreeningSummary": "engine.screening_summary",
    "Standing": "engine.verdict",
    "Stop": "engine.screening_whole",
    "StoppedError": "engine.screening_whole",
    "Text": "engine.errors",
    "LittleMemoryError": "engine.errors",
    "TooMuchError": "engine.errors",
    "Verdict": "engine.verdict",
    "assess": "engine.assessment",
    "column_mapping": "engine.mapping_option",
    "mapping_file": "engine.mapping_option",
    "difference": "engine.side_by_side",
    "edition": "engine.routing",
    "given_day": "engine.decision_day",
    "evidence": "engine.evidence_list",
    "fact_page": "engine.pages",
    "facts_asked": "engine.routing",
    "ladder": "engine.ladder_standing",
    "parse_json": "engine.json_input",
    "profile_of": "engine.one_of_list",
    "profile_reader": "engine.assessment",
    "require_level": "engine.routing",
    "rulebook_page": "engine.pages",
    "ruling": "engine.list_ruling",
    "scratch": "engine.scratch_folder",
    "rules_folder": "engine.catalog",
    "screen": "engine.frames",
    "screen_file": "engine.screening",
    "screen_whole": "engine.screening_whole",
    "shipped": "engine.catalog",
    "timeline": "engine.routing",
    "to_json": "engine.writing",
    "worded": "engine.pydantic_words",
}


def __getattr__(name: str) -> object:
    """Give a public name from its module; raises AttributeError for any other."""
    if name not in _HOME:
        message = f"module 'engine' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)
