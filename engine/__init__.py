"""Champion: qualification rules as code. What is exported here is the Python interface; the rest is ours to move.

>>> from engine import assess
>>> assess({"firm_name": "某某公司", "global_market_share_pct": "12%"}).verdict.value
'not_qualified'
"""

from __future__ import annotations

from engine.assessment import assess, reader_for
from engine.catalog import DEFAULT_RULEBOOK, Catalog, rules_folder, shipped
from engine.errors import ChampionError, EngineError, InputError, Problem, RulebookError, Text
from engine.json_input import LARGEST_PROFILE, parse
from engine.outcome import Outcome, Reason
from engine.pages import fact_page, rulebook_page
from engine.verdict import Standing, Verdict
from engine.writing import to_json

__all__ = [
    "DEFAULT_RULEBOOK",
    "LARGEST_PROFILE",
    "Catalog",
    "ChampionError",
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
    "parse",
    "reader_for",
    "rulebook_page",
    "rules_folder",
    "shipped",
    "to_json",
]
