"""The levels of the ladder: which titles there are, from the lowest up, and which one is the step before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Annotated

from pydantic import Field

from engine.ground.errors import Text
from engine.language.data_file import Strict, Words, YesNo
from engine.language.facts import Fact


class Step(Strict):
    """Levels that stand side by side. Each asks for a title of the step below, unless it is said not to."""

    levels: Annotated[tuple[str, ...], Field(min_length=1)]
    needs_step_below: YesNo = True
    note: Words | None = None


class LadderWords(Strict):
    """The file `ladder.yaml`: the fact that lists the titles a firm holds, and the steps from the lowest up."""

    titles: str
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Levels:
    """The steps of the ladder; a level is the code of the title it gives, an option of the fact `titles`."""

    titles: Fact
    steps: tuple[Step, ...]

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Every level, those of the ladder from the lowest up, then other titles."""
        return tuple(dict.fromkeys([*self, *self.titles.choices]))

    def __iter__(self) -> Iterator[str]:
        """Give the levels of the ladder, the lowest first."""
        return (level for step in self.steps for level in step.levels)

    def __contains__(self, level: object) -> bool:
        """Whether it is a level, on the ladder or beside it."""
        return level in self.titles.choices

    def title(self, level: str) -> Text:
        """Give the title that a firm of that level holds."""
        return self.titles.choices[level].title

    def opening(self, level: str) -> tuple[str, ...]:
        """Give the titles of which one opens a level: of the step below, its own, and those reached by way of it."""
        place = self.step_of(level) or 0
        below = self.steps[place - 1 : place] if place else ()
        return (*(one for step in below for one in step.levels), level, *self.above(level))

    def above(self, level: str) -> tuple[str, ...]:
        """Give the titles that are reached by way of a level: their holders are taken to have held it."""
        place = self.step_of(level) or 0
        steps = takewhile(lambda step: step.needs_step_below, self.steps[place + 1 :])
        return tuple(one for step in steps for one in step.levels)

    def step_of(self, level: str) -> int | None:
        """Give the place of the level's step, the lowest is 0; None for one beside the ladder."""
        return next((place for place, step in enumerate(self.steps) if level in step.levels), None)
