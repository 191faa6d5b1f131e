"""What figures that fall short would have to be, each while all others stay as they are."""

from __future__ import annotations

from engine.assessment import case, decided
from engine.explaining.hints import Hint, would_do
from engine.explaining.reasons import resting
from engine.ground.outcome import Outcome
from engine.language.decision_day import Day
from engine.rulebooks.catalog import Catalog


def figures_that_do(
    facts: object,
    rulebook: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    level: str | None = None,
) -> tuple[Hint, ...]:
    """Give, of each check that is not met and that its criterion rests on, the stated figure that would do.

    Arguments and errors are those of `assess`; nothing is said of a check that no one figure could turn.
    """
    book, profile, day = case(facts, rulebook, as_of, catalog, level=level)
    found = decided(book, profile, day)
    checks = (
        check
        for criterion in book.criteria
        if found.outcomes[criterion.gate.id] is not Outcome.MET
        for check in resting(criterion.gate, found.outcomes)
        if found.outcomes[check.id] is Outcome.NOT_MET
    )
    hints = (would_do(check, found.figures) for check in dict.fromkeys(checks))
    return tuple(one for one in hints if one is not None)
