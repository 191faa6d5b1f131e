"""What a self-test is by, and as of which day; and what comes of answers by that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.pages.answers import Answers
from api.pages.bars import bar
from api.parameters import the_rulebook
from engine import (
    DEFAULT_RULEBOOK,
    GRADES,
    OUTCOMES,
    Catalog,
    Form,
    Hint,
    InputError,
    Ladder,
    Problem,
    Standing,
    Text,
    Verdict,
    asked_title,
    assess,
    figures_that_do,
    form,
    ladder,
    made_of,
    require_level,
    sections,
    standing_words,
    told_checks,
)

LADDER = "ladder"
_LEVEL_CSS = {"qualified": "met", "not_qualified": "not_met", "undetermined": "undetermined"}
_LEAST = 0.0001  # the smallest step of a figure that can be stated
_MARKS = {"met": "✓", "not_met": "✗", "undetermined": "?"}


def _to_try(hint: Hint) -> str | None:
    """Give a value that would do as it is typed; None where it lies beyond what the firm has, in a way not told."""
    if hint.strictly and hint.change == 0:
        return None
    beyond = math.copysign(_LEAST, hint.change) if hint.strictly else 0.0
    return f"{float(hint.needed) + beyond:.15g}" if isinstance(hint.needed, int | float) else None


def _by_check(hints: Iterable[Hint]) -> dict[str, Hint]:
    return {one.check: one for one in hints}


VERDICTS: Mapping[str, Any] = {
    "GRADES": GRADES,
    "OUTCOMES": OUTCOMES,
    "proposal": DEFAULT_RULEBOOK,
    "asked_title": asked_title,
    "bar": bar,
    "by_check": _by_check,
    "level_css": _LEVEL_CSS,
    "made_of": made_of,
    "marks": _MARKS,
    "sections": sections,
    "not_qualified": Standing.NOT_QUALIFIED,
    "qualified": Standing.QUALIFIED,
    "standing_words": standing_words,
    "to_try": _to_try,
    "told_checks": told_checks,
}
"""What a template tells a verdict with."""


@dataclass(frozen=True)
class Found:
    """What came of answers: a verdict or a ladder, or else problems; `tries` are figures that would do, by check."""

    problems: Sequence[Problem] = ()
    verdict: Verdict | None = None
    ladder: Ladder | None = None
    tries: Mapping[str, Hint] = field(default_factory=dict)

    @property
    def missing(self) -> Sequence[Any]:
        """The facts that are missing; of a ladder those of the next levels."""
        if self.ladder is not None:
            return list({one.fact: one for level in self.ladder.next for one in level.missing}.values())
        return self.verdict.missing if self.verdict else ()

    @property
    def settling(self) -> Sequence[str]:
        """The fewest facts that could make an undetermined verdict qualified."""
        ways = [one.facts for one in self.verdict.settles if one.verdict == "qualified"] if self.verdict else []
        return ways[0] if ways else ()

    @property
    def ending(self) -> Sequence[str]:
        """The facts that each alone could make it not qualified."""
        ways = [one.facts for one in self.verdict.settles if one.verdict != "qualified"] if self.verdict else []
        return [way[0] for way in ways if len(way) == 1]


@dataclass(frozen=True)
class Asked:
    """By which level, rulebook, or all levels (`LADDER`) a firm is tested, and as of which day."""

    name: str
    by: Mapping[str, str]
    day: date
    rules: Catalog

    @property
    def title(self) -> Text | None:
        """What it is called; None of all levels."""
        if self.name == LADDER:
            return None
        is_level = "level" in self.by
        return self.rules.levels.title(self.by["level"]) if is_level else self.rules.rulebook(self.name).words.title

    @property
    def form(self) -> Form:
        """The questions. Raises InputError if nothing is in force on the day."""
        return form(as_of=self.day, catalog=self.rules, **self.by)

    def found(self, answers: Answers) -> Found:
        """Give what comes of answers, with what is tried in the place of what was stated."""
        facts, problems = {**answers.stated, **answers.tried}, [*answers.problems]
        try:
            found = self._decided(facts)
        except InputError as error:
            problems += error.problems
        return Found(problems) if problems else found

    def _decided(self, facts: Mapping[str, Any]) -> Found:
        if self.name == LADDER:
            return Found(ladder=ladder(facts, self.day, self.rules))
        decided = assess(facts, as_of=self.day, catalog=self.rules, **self.by)
        hints = figures_that_do(facts, as_of=self.day, catalog=self.rules, **self.by)
        return Found(verdict=decided, tries=_by_check(hints))


def asked_by(name: str, day: date, rules: Catalog) -> Asked:
    """Give what is meant by the name of a level, a rulebook or all levels. Raises Refusal if there is no such thing."""
    if name == LADDER:
        return Asked(name, {"rulebook": name}, day, rules)
    try:
        return Asked(name, {"level": require_level(rules, name)}, day, rules)
    except InputError:
        the_rulebook(rules, name)
        return Asked(name, {"rulebook": name}, day, rules)
