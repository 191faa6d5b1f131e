"""Titles whose term ends soon after the day of a decision, and the criteria that would fall with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import cast

from engine.deciding.reference import Outcomes, evaluated
from engine.firms.figures import Figures
from engine.ground.errors import Problem, Text
from engine.ground.outcome import Outcome
from engine.ground.values import is_partly_read
from engine.language.notes import ending, ending_together, ends_soon
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


@lru_cache(maxsize=256)
def resting_on_several(rulebook: Rulebook) -> dict[str, tuple[tuple[Criterion, tuple[str, ...]], ...]]:
    """Give the criteria that ask for several options of a list, each with these, by fact."""
    found: dict[str, tuple[tuple[Criterion, tuple[str, ...]], ...]] = {}
    for fact, by_option in resting_on_options(rulebook).items():
        every = dict.fromkeys(one for several in by_option.values() for one in several)
        asks = [(one, tuple(option for option in by_option if one in by_option[option])) for one in every]
        found[fact] = tuple((one, options) for one, options in asks if len(options) > 1)
    return found


@lru_cache(maxsize=4096)
def asking(gate: Gate, fact: str, *options: str) -> tuple[Check, ...]:
    """Give the checks under a gate that ask whether a list has one of some options."""
    checks = (one for one in walk(gate) if isinstance(one, Check) and one.fact.id == fact)
    return tuple(
        one for one in checks if one.operator is Operator.CONTAINS and cast("Threshold", one.right).value in options
    )


def endings(cases: Iterable[tuple[Rulebook, Figures, Outcomes]], day: date) -> list[Problem]:
    """Say of one firm, decided by some rulebooks, which titles end soon and what cannot be met after that."""
    found: dict[tuple[str, str, date], dict[Text, None]] = {}
    together: dict[tuple[str, tuple[str, ...]], dict[Text, None]] = {}
    vocabulary, terms = None, dict[str, dict[str, date]]()
    for rulebook, figures, outcomes in cases:
        vocabulary, terms = rulebook.vocabulary, {}
        for fact, option, ends in _soon(figures, day):
            terms.setdefault(fact, {})[option] = ends
            for criterion in resting_on_options(rulebook).get(fact, {}).get(option, ()):
                if _falls(criterion.gate, fact, (option,), figures, outcomes[criterion.gate.id]):
                    found.setdefault((fact, option, ends), {})[criterion.words.title] = None
        for fact, soon in terms.items():
            for criterion, held in _held_together(rulebook, fact, figures, soon):
                now = outcomes[criterion.gate.id]
                alone = any(_falls(criterion.gate, fact, (one,), figures, now) for one in held)
                if not alone and _falls(criterion.gate, fact, held, figures, now):
                    together.setdefault((fact, held), {})[criterion.words.title] = None
    if vocabulary is None:
        return []
    return [
        *(ending(vocabulary[fact], option, ends, day, list(titles)) for (fact, option, ends), titles in found.items()),
        *(
            ending_together(vocabulary[fact], {one: terms[fact][one] for one in held}, list(titles))
            for (fact, held), titles in together.items()
        ),
    ]


def _held_together(
    rulebook: Rulebook, fact: str, figures: Figures, soon: Mapping[str, date]
) -> Iterable[tuple[Criterion, tuple[str, ...]]]:
    """Give the criteria that ask for several options of which some are held, and all of these end soon."""
    held = cast("frozenset[str]", figures.stated[fact])
    for criterion, options in resting_on_several(rulebook).get(fact, ()):
        own = tuple(one for one in soon if one in options)
        if len(own) > 1 and not held.intersection(options).difference(own):
            yield criterion, own


def _soon(figures: Figures, day: date) -> Iterable[tuple[str, str, date]]:
    """Give the options that are valid on the day and end soon, in the order of the vocabulary."""
    for name in figures.terms:
        held = figures.stated.get(name, frozenset())
        for option in figures.vocabulary[name].choices:
            ends = figures.terms[name].get(option)
            if ends is not None and option in cast("frozenset[str]", held) and ends_soon(ends, day):
                yield name, option, ends


def _falls(gate: Gate, fact: str, options: Iterable[str], figures: Figures, now: Outcome) -> bool:
    """Say whether a criterion comes out worse where the list does not have these options."""
    without = Outcome.UNDETERMINED if is_partly_read(figures.stated[fact]) else Outcome.NOT_MET
    then = evaluated(gate, figures, {check.id: without for check in asking(gate, fact, *options)})[gate.id]
    return then is not now and (now is Outcome.MET or then is Outcome.NOT_MET)
