"""Champion: qualification rules as code. What is exported here is the Python interface; the rest is ours to move.

>>> from engine import assess
>>> assess({"firm_name": "某某公司", "global_market_share_pct": "12%"}).verdict.value
'not_qualified'

Above `explaining`, below `tables`, stand what is asked of one firm, and of rulebooks:

assessment: `assess`: a profile that is read, decided by reference and engine, the difference an `EngineError`; its
    identity, cautions, papers; the `Verdict`, and `Decision` for those who need no words
evidence_list: `evidence`: each `Document` by criterion and fact, those that are one paper `Prepared`, of which years,
    declared or not; what is missing
asked_form: `form`: a `FormQuestion` for each fact that is asked, in groups, and what uses it; `how_read`: what was
    typed, in words; `entries` of a profile
falling_short: `figures_that_do`: what each figure that falls short would have to be, alone: resting, hints
ladder_standing: `ladder`: a `LevelStanding` for each level: reached, held, decisive, the `StepBelow`; the `NextLevel`,
    what is `Unmet` there, hints
testing: `profiles`, `hostile_profiles`, `edges` of a rulebook for hypothesis, and what `holds` of any
problem_route: `route`: a `ProblemClass` for each layer, the `Route` that follows, each `RouteMeasure`, what may
lint: problems of files of rules: each named, as what it is, the timeline, and what the inference engine cannot take
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.analysis.answer_file import answer_file
    from engine.analysis.compare import Comparison, compare
    from engine.analysis.sweep import Sweep, sweep
    from engine.analysis.target import Target, target
    from engine.analysis.two_files import compare_files
    from engine.asked_form import Form, FormQuestion, Reading, entries, form, how_read
    from engine.assessment import assess, profile_reader
    from engine.evidence_list import EvidenceList, evidence
    from engine.explaining.explanation import Explanation, explanation
    from engine.explaining.hints import Hint
    from engine.explaining.labels import GRADES, STATES, Label, days
    from engine.explaining.pages import fact_page, rulebook_page
    from engine.explaining.side_by_side import Difference, difference
    from engine.explaining.told import Section, made_of, sections, told_checks
    from engine.explaining.verdict import CheckFinding, CriterionFinding, Standing, Verdict
    from engine.explaining.wording import KINDS, OUTCOMES, asked_title, quoted_words, standing_words
    from engine.falling_short import figures_that_do
    from engine.firms.json_input import LARGEST_PROFILE, parse_json
    from engine.frames.account import Account, RefusedRowsWarning, account
    from engine.frames.screen import screen
    from engine.ground.errors import (
        ChampionError,
        EngineError,
        InputError,
        LittleMemoryError,
        Problem,
        RulebookError,
        Text,
        TooMuchError,
    )
    from engine.ground.limits import Limits
    from engine.ground.outcome import Outcome, Reason
    from engine.ground.scratch import scratch
    from engine.ground.writing import to_json
    from engine.headers.mapping import column_mapping, mapping_file
    from engine.judging.ruling import ruling
    from engine.ladder_standing import Ladder, ladder
    from engine.language.decision_day import given_day
    from engine.language.pydantic_words import worded
    from engine.outputs.form_file import form_file
    from engine.outputs.portfolio import Portfolio
    from engine.outputs.summary import ScreeningSummary
    from engine.plots.picture import picture
    from engine.problem_route import ProblemRoute, route
    from engine.rulebooks.catalog import DEFAULT_RULEBOOK, Catalog, rules_folder, shipped
    from engine.rulebooks.logic import Rulebook
    from engine.rulebooks.routing import edition, editions_in_force, facts_asked, require_level, timeline
    from engine.rulebooks.trial import changes_of, tried, what_if
    from engine.rulebooks.what_if import Changes
    from engine.screening.evidence_of_list import ListEvidence, evidence_of_list
    from engine.screening.file import screen_file
    from engine.screening.one_of_list import profile_of
    from engine.screening.order import Order
    from engine.screening.papers_of_list import write_papers
    from engine.screening.portfolio import portfolio
    from engine.screening.stop import Stop, StoppedError
    from engine.screening.whole import screen_whole
    from engine.solving.asked import prove
    from engine.solving.plan import Plan
    from engine.solving.planned import plan

__all__ = [
    "DEFAULT_RULEBOOK",
    "GRADES",
    "KINDS",
    "LARGEST_PROFILE",
    "OUTCOMES",
    "STATES",
    "Account",
    "Catalog",
    "ChampionError",
    "Changes",
    "CheckFinding",
    "Comparison",
    "CriterionFinding",
    "Difference",
    "EngineError",
    "EvidenceList",
    "Explanation",
    "Form",
    "FormQuestion",
    "Hint",
    "InputError",
    "Label",
    "Ladder",
    "Limits",
    "ListEvidence",
    "LittleMemoryError",
    "Order",
    "Outcome",
    "Plan",
    "Portfolio",
    "Problem",
    "ProblemRoute",
    "Reading",
    "Reason",
    "RefusedRowsWarning",
    "Rulebook",
    "RulebookError",
    "ScreeningSummary",
    "Section",
    "Standing",
    "Stop",
    "StoppedError",
    "Sweep",
    "Target",
    "Text",
    "TooMuchError",
    "Verdict",
    "account",
    "answer_file",
    "asked_title",
    "assess",
    "changes_of",
    "column_mapping",
    "compare",
    "compare_files",
    "days",
    "difference",
    "edition",
    "editions_in_force",
    "entries",
    "evidence",
    "evidence_of_list",
    "explanation",
    "fact_page",
    "facts_asked",
    "figures_that_do",
    "form",
    "form_file",
    "given_day",
    "how_read",
    "ladder",
    "made_of",
    "mapping_file",
    "parse_json",
    "picture",
    "plan",
    "portfolio",
    "profile_of",
    "profile_reader",
    "prove",
    "quoted_words",
    "require_level",
    "route",
    "rulebook_page",
    "rules_folder",
    "ruling",
    "scratch",
    "screen",
    "screen_file",
    "screen_whole",
    "sections",
    "shipped",
    "standing_words",
    "sweep",
    "target",
    "timeline",
    "to_json",
    "told_checks",
    "tried",
    "what_if",
    "worded",
    "write_papers",
]

# Modules are imported when a name of theirs is first asked for: `champion --help` must not wait for all of them.
_HOME = {
    "Rulebook": "engine.rulebooks.logic",
    "quoted_words": "engine.explaining.wording",
    "KINDS": "engine.explaining.wording",
    "days": "engine.explaining.labels",
    "Label": "engine.explaining.labels",
    "STATES": "engine.explaining.labels",
    "GRADES": "engine.explaining.labels",
    "OUTCOMES": "engine.explaining.wording",
    "FormQuestion": "engine.asked_form",
    "Hint": "engine.explaining.hints",
    "Reading": "engine.asked_form",
    "Section": "engine.explaining.told",
    "asked_title": "engine.explaining.wording",
    "entries": "engine.asked_form",
    "figures_that_do": "engine.falling_short",
    "made_of": "engine.explaining.told",
    "sections": "engine.explaining.told",
    "standing_words": "engine.explaining.wording",
    "told_checks": "engine.explaining.told",
    "Account": "engine.frames.account",
    "RefusedRowsWarning": "engine.frames.account",
    "account": "engine.frames.account",
    "Catalog": "engine.rulebooks.catalog",
    "ChampionError": "engine.ground.errors",
    "Changes": "engine.rulebooks.what_if",
    "answer_file": "engine.analysis.answer_file",
    "changes_of": "engine.rulebooks.trial",
    "CheckFinding": "engine.explaining.verdict",
    "Comparison": "engine.analysis.compare",
    "CriterionFinding": "engine.explaining.verdict",
    "DEFAULT_RULEBOOK": "engine.rulebooks.catalog",
    "Difference": "engine.explaining.side_by_side",
    "EngineError": "engine.ground.errors",
    "EvidenceList": "engine.evidence_list",
    "Explanation": "engine.explaining.explanation",
    "Form": "engine.asked_form",
    "form": "engine.asked_form",
    "how_read": "engine.asked_form",
    "InputError": "engine.ground.errors",
    "LARGEST_PROFILE": "engine.firms.json_input",
    "Ladder": "engine.ladder_standing",
    "Limits": "engine.ground.limits",
    "Order": "engine.screening.order",
    "Outcome": "engine.ground.outcome",
    "Plan": "engine.solving.plan",
    "Portfolio": "engine.outputs.portfolio",
    "Problem": "engine.ground.errors",
    "ProblemRoute": "engine.problem_route",
    "Reason": "engine.ground.outcome",
    "RulebookError": "engine.ground.errors",
    "ScreeningSummary": "engine.outputs.summary",
    "Standing": "engine.explaining.verdict",
    "Stop": "engine.screening.stop",
    "StoppedError": "engine.screening.stop",
    "Target": "engine.analysis.target",
    "target": "engine.analysis.target",
    "Sweep": "engine.analysis.sweep",
    "Text": "engine.ground.errors",
    "LittleMemoryError": "engine.ground.errors",
    "TooMuchError": "engine.ground.errors",
    "Verdict": "engine.explaining.verdict",
    "assess": "engine.assessment",
    "compare": "engine.analysis.compare",
    "compare_files": "engine.analysis.two_files",
    "column_mapping": "engine.headers.mapping",
    "mapping_file": "engine.headers.mapping",
    "difference": "engine.explaining.side_by_side",
    "edition": "engine.rulebooks.routing",
    "editions_in_force": "engine.rulebooks.routing",
    "form_file": "engine.outputs.form_file",
    "given_day": "engine.language.decision_day",
    "ListEvidence": "engine.screening.evidence_of_list",
    "evidence": "engine.evidence_list",
    "evidence_of_list": "engine.screening.evidence_of_list",
    "explanation": "engine.explaining.explanation",
    "write_papers": "engine.screening.papers_of_list",
    "fact_page": "engine.explaining.pages",
    "facts_asked": "engine.rulebooks.routing",
    "ladder": "engine.ladder_standing",
    "parse_json": "engine.firms.json_input",
    "plan": "engine.solving.planned",
    "picture": "engine.plots.picture",
    "portfolio": "engine.screening.portfolio",
    "profile_of": "engine.screening.one_of_list",
    "profile_reader": "engine.assessment",
    "prove": "engine.solving.asked",
    "require_level": "engine.rulebooks.routing",
    "route": "engine.problem_route",
    "rulebook_page": "engine.explaining.pages",
    "ruling": "engine.judging.ruling",
    "scratch": "engine.ground.scratch",
    "rules_folder": "engine.rulebooks.catalog",
    "screen": "engine.frames.screen",
    "screen_file": "engine.screening.file",
    "screen_whole": "engine.screening.whole",
    "shipped": "engine.rulebooks.catalog",
    "sweep": "engine.analysis.sweep",
    "timeline": "engine.rulebooks.routing",
    "to_json": "engine.ground.writing",
    "tried": "engine.rulebooks.trial",
    "what_if": "engine.rulebooks.trial",
    "worded": "engine.language.pydantic_words",
}


def __getattr__(name: str) -> object:
    """Give a public name from its module; raises AttributeError for any other."""
    if name not in _HOME:
        message = f"module 'engine' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)
