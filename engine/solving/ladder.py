"""The ladder: whether whoever meets the text of a level meets those of the step below, whatever titles he holds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from engine.rulebooks.catalog import Catalog
from engine.rulebooks.routing import editions_in_force, require_any
from engine.solving.relations import Answer, Relation, related


def gaps(rules: Catalog, day: date) -> tuple[Answer, ...]:
    """Give, for each level in force on a day and each that opens it, whether its text implies that of the lower one.

    Raises InputError if no level is in force, RulebookError.
    """
    require_any(rules, day)
    editions = {level: rules.rulebook(name) for level, name in editions_in_force(rules, day).items()}
    steps = [[one for one in step.levels if one in editions] for step in rules.levels.steps]
    pairs = [(high, low) for below, above in pairwise(steps) for high in above for low in below]
    return tuple(related(editions[high], Relation.IMPLIES, editions[low], day) for high, low in pairs)
