"""Every evaluator behind one signature, so that one suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from engine.figures import Figures
from engine.logic import Rulebook
from engine.profiles import Profile, ProfileReader
from engine.reference import Outcomes, decide
from engine.to_durable import DurableEngine
from engine.values import Known

Evaluator = Callable[[Rulebook, Mapping[str, Known], date], Outcomes]


def by_reference(rulebook: Rulebook, stated: Mapping[str, Known], as_of: date) -> Outcomes:
    """Give the outcomes of all nodes by the definition."""
    return decide(rulebook, Figures(rulebook.vocabulary, stated, as_of))


def by_durable_rules(rulebook: Rulebook, stated: Mapping[str, Known], as_of: date) -> Outcomes:
    """Give the outcomes of all nodes by firing rules, in a ruleset of its own."""
    engine = DurableEngine(rulebook)
    try:
        return engine.decide(Figures(rulebook.vocabulary, stated, as_of))[0]
    finally:
        engine.close()


EVALUATORS: Mapping[str, Evaluator] = {"reference": by_reference, "durable_rules": by_durable_rules}


def stated(reader: ProfileReader, raw: Mapping[str, object]) -> Mapping[str, Known]:
    """Give the stated values of a raw profile."""
    profile: Profile = reader.read(dict(raw))
    return profile.values
