"""What if a figure were another: the parameters `set`, `without`, `only`, `fill`, `change`, and rules by them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from engine import Catalog, Changes, changes_of, given_day, tried

PARAMETERS = frozenset({"set", "without", "only", "fill"})
"""Their names; each may stand several times."""
OF_A_FIRM = PARAMETERS | {"change"}
"""The names of one firm's."""
_MOST = 100
_Some = list[Annotated[str, Query(max_length=200)]] | None
_SET = (
    "CRITERION=FIGURE（如 global-share=12%）：如果这个数值是别的，可以重复；每处都写明是试算，并列出文本的数。 / "
    "What if this figure were another; may be repeated. The answer says so everywhere, with the text's own figure."
)
_WITHOUT = "如果这项条件不计入结论，可以重复。 / What if this criterion did not count; may be repeated."
_ONLY = "如果只有这些条件计入结论。 / What if only these criteria counted; may be repeated."

_FILL = (
    "FACT=VALUE：没有填写这个指标的企业按这个值计，可以重复；每处都写明。 / "
    "Take this of firms that do not state it; may be repeated. The answer says so."
)
_CHANGE = (
    "FACT=VALUE：如果这家企业填的是这个值，可以重复；每处都写明，并列出所填的数。 / "
    "What if the firm stated this instead; may be repeated. The answer says so, with what it states."
)


@dataclass(frozen=True)
class Trial:
    """The changes that a request asks for; none as a rule."""

    figures: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    change: tuple[str, ...] = ()

    def of(self, rules: Catalog, rulebook: str | None, level: str | None, as_of: date | None) -> Catalog:
        """Give the rules with these changes to what decides. Raises InputError."""
        if self == NONE:
            return rules
        return tried(rules, self.changes, rulebook, level, given_day(as_of))

    @property
    def changes(self) -> Changes:
        """The changes as they are meant."""
        return changes_of(self.figures, self.without, self.only, self.fill, self.change)


def _asked(
    figures: Annotated[_Some, Query(alias="set", max_length=_MOST, description=_SET)] = None,
    without: Annotated[_Some, Query(max_length=_MOST, description=_WITHOUT)] = None,
    only: Annotated[_Some, Query(max_length=_MOST, description=_ONLY)] = None,
    fill: Annotated[_Some, Query(max_length=_MOST, description=_FILL)] = None,
) -> Trial:
    return Trial(tuple(figures or ()), tuple(without or ()), tuple(only or ()), tuple(fill or ()))


def _asked_of_a_firm(
    trial: Annotated[Trial, Depends(_asked)],
    change: Annotated[_Some, Query(max_length=_MOST, description=_CHANGE)] = None,
) -> Trial:
    return replace(trial, change=tuple(change or ()))


FirmTrialAsked = Annotated[Trial, Depends(_asked_of_a_firm)]
TrialAsked = Annotated[Trial, Depends(_asked)]
NONE = Trial()
