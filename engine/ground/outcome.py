"""The three outcomes and the one rule that combines them (Kleene's logic)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Outcome(StrEnum):
    """What is said of a check, a criterion or a whole rulebook."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


class Reason(StrEnum):
    """Why an outcome is undetermined, the most telling first; or why a criterion is met without being checked."""

    MISSING = "missing"
    NOT_COMPUTABLE = "not_computable"
    NO_BENCHMARK = "no_benchmark"
    NEEDS_REVIEW = "needs_review"
    NOT_APPLICABLE = "not_applicable"


_RANK = {reason: rank for rank, reason in enumerate(Reason)}


def tally(need: int, outcomes: Sequence[Outcome]) -> Outcome:
    """Give the outcome of “at least `need` of these”: all_of is need = number of them, any_of is need = 1.

    >>> tally(1, [Outcome.NOT_MET, Outcome.UNDETERMINED])
    <Outcome.UNDETERMINED: 'undetermined'>
    >>> tally(2, [Outcome.MET, Outcome.NOT_MET, Outcome.MET])
    <Outcome.MET: 'met'>
    """
    met = outcomes.count(Outcome.MET)
    if met >= need:
        return Outcome.MET
    return Outcome.NOT_MET if met + outcomes.count(Outcome.UNDETERMINED) < need else Outcome.UNDETERMINED


def foremost(reasons: Iterable[Reason]) -> Reason:
    """Give the reason to name when several hold: a blank comes before a judgement that nobody has made.

    >>> foremost([Reason.NEEDS_REVIEW, Reason.MISSING])
    <Reason.MISSING: 'missing'>
    """
    return min(reasons, key=_RANK.__getitem__)
