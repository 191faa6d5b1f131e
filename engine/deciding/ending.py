"""Titles whose term ends soon after the day of a decision, and the criteria that would fall with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import cast

from engine.deciding.reference import Outcomes, evaluated
from engine.firms.figures import Figures
from engine.ground.errors import Problem, Text
from engine.ground.outcome import Outcome
from engine.ground.values import is_partly_read
from engine.language.notes import ending, ends_soon
from engine.rulebooks.logic import Check, Criterion, Gate, Rulebook, Threshold, walk
from engine.rulebooks.rulebook import Operator


@lru_cache(maxsize=256)
def resting_on_options(rulebook: Rulebook) -> dict[str, dict[str, tuple[Criterion, ...]]]:
    """Give the deciding criteria that ask for an option of a list, by fact and option; of several rulebooks of all."""
    found: dict[str, dict[str, dict[str, Criterion]]] = {}
    for criterion in (part for one in rulebook.criteria for part in (one.parts or (one,)) if part.words.decides):
        for check in walk(criterion.gate):
            if isinstance(check, Check) and check.operator is Operator.CONTAINS:
                option = cast("str", cast("Threshold", check.right).value)
                found.setdefault(check.fact.id, {}).setdefault(option, {})[criterion.gate.id] = criterion
    return {fact: {one: tuple(its.values()) for one, its in found[fact].items()} for fact in found}


@lru_cache(maxsize=4096)
def asking(gate: Gate, fact: str, option: str) -> tuple[Check, ...]:
    """Give the checks under a gate that ask whether a list has an option."""
    checks = (one for one in walk(gate) if isinstance(one, Check) and one.fact.id == fact)
    return tuple(
        one for one in checks if one.operator is Operator.CONTAINS and cast("Threshold", one.right).value == option
    )


def endings(cases: Iterable[tuple[Rulebook, Figures, Outcomes]], day: date) -> list[Problem]:
    """Say of one firm, decided by some rulebooks, which titles end soon and what cannot be met after that."""
    found: dict[tuple[str, str, date], dict[Text, None]] = {}
    vocabulary = None
    for rulebook, figures, outcomes in cases:
        vocabulary = rulebook.vocabulary
        for fact, option, ends in _soon(figures, day):
            for criterion in resting_on_options(rulebook).get(fact, {}).get(option, ()):
                if _falls(criterion.gate, fact, option, figures, outcomes[criterion.gate.id]):
                    found.setdefault((fact, option, ends), {})[criterion.words.title] = None
    return [
        ending(vocabulary[fact], option, ends, day, list(titles))
        for (fact, option, ends), titles in found.items()
        if vocabulary is not None
    ]


def _soon(figures: Figures, day: date) -> Iterable[tuple[str, str, date]]:
    """Give the options that are valid on the day and end soon, in the order of the vocabulary."""
    for name in figures.terms:
        held = figures.stated.get(name, frozenset())
        for option in figures.vocabulary[name].choices:
            ends = figures.terms[name].get(option)
            if ends is not None and option in cast("frozenset[str]", held) and ends_soon(ends, day):
                yield name, option, ends


def _falls(gate: Gate, fact: str, option: str, figures: Figures, now: Outcome) -> bool:
    """Say whether a criterion comes out worse where the list does not have that option."""
    without = Outcome.UNDETERMINED if is_partly_read(figures.stated[fact]) else Outcome.NOT_MET
    then = evaluated(gate, figures, {check.id: without for check in asking(gate, fact, option)})[gate.id]
    return then is not now and (now is Outcome.MET or then is Outcome.NOT_MET)
