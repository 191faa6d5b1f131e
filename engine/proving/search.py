"""For each thing there is to show of a rulebook, a firm that shows it: the one that differs least from the base.

From the base one figure is moved to an edge of the rulebook, then two; then some of any firm that showed something
new; then all that is looked at is that of any firm, until everything is shown or the tries are used up. What nothing
was found for may be shown by none: a band that is never reached, a condition that none can meet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from random import Random

from engine.deciding.reference import decide
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.language.facts import APPLICATION, Fact
from engine.proving.edges import Firm, ordinary, read_by
from engine.proving.firms import Move, any_firm, corrected, is_accepted, moved, moves, near
from engine.proving.shown import Need, Part
from engine.rulebooks.logic import Check, Item, Rulebook, walk

TRIES = 4000


def found_for(
    rulebook: Rulebook, part: Part, wanted: Collection[Need], base: Firm, as_of: date, more: Sequence[Move] = ()
) -> dict[Need, Firm]:
    """Give, for each thing wanted of a part of a rulebook, a firm that shows it, where one was found.

    `more` are moves to try beside those to its edges.
    """
    found: dict[Need, Firm] = {}
    seen: set[Need] = set()
    left, starts, random = set(wanted), [base], Random(part.id)

    def shown_by(firm: Firm) -> set[Need]:
        figures = Figures(rulebook.vocabulary, firm, as_of)
        return set(part.shown(figures, part.outcomes(rulebook, figures)))

    several = [*moves_of(rulebook, part, as_of, base), *more]
    for firm in near(rulebook.vocabulary, starts, several, random, TRIES):
        if not left:
            return found
        shown = shown_by(firm)
        found.update(dict.fromkeys(left & shown, firm))
        left -= shown
        if shown - seen:  # a firm that shows something new is somewhere to go on from
            starts.append(firm)
            seen |= shown
    for _ in range(TRIES if several else 0):
        firm = _otherwise(rulebook, part, base, any_firm(rulebook, random, as_of, blanks=0, edges=1 / 2))
        for need in left & shown_by(firm):
            found[need] = _nearest(rulebook, base, firm, need, shown_by)
        left -= found.keys()
    return found


def _otherwise(rulebook: Rulebook, part: Part, base: Firm, firm: Firm) -> Firm:
    """Give the base with what a part looks at as another firm states it."""
    looked_at = {name for check in part.checks for name in read_by(rulebook, check)}
    return corrected(rulebook.vocabulary, {**base, **{name: firm[name] for name in looked_at & firm.keys()}})


def _nearest(rulebook: Rulebook, base: Firm, firm: Firm, need: Need, shown_by: Callable[[Firm], set[Need]]) -> Firm:
    """Give the firm that shows the same with no fact otherwise than the base that need not be."""
    for name in sorted({*base, *firm}):
        one = moved(firm, {name: base.get(name)})
        if is_accepted(rulebook.vocabulary, one) and need in shown_by(one):
            firm = one
    return firm


def qualifying(rulebook: Rulebook, as_of: date) -> Firm:
    """Give a firm that qualifies, or that meets as many criteria as were found to be met at once."""
    used = [rulebook.vocabulary[name] for name in sorted(rulebook.facts_used)]
    firm: Firm = {fact.id: ordinary(fact, as_of) for fact in used if not fact.is_derived}
    best, parts = (
        _met(rulebook, Figures(rulebook.vocabulary, firm, as_of)),
        [Part(one.words.id, one) for one in rulebook.criteria],
    )
    for others in ([], parts):  # first by what bears on a criterion, then by what bears on any
        for part in (one for one in parts if one.nodes[0].id not in best):
            several = [move for one in [part, *others] for move in moves_of(rulebook, one, as_of, firm)]
            several = [move for move in several if APPLICATION not in move]
            for one in near(rulebook.vocabulary, [firm], several, Random(part.id), TRIES):
                figures = Figures(rulebook.vocabulary, one, as_of)
                if part.outcomes(rulebook, figures)[part.nodes[0].id] is not Outcome.MET:
                    continue
                met = _met(rulebook, figures)
                if len(met) > len(best):
                    firm, best = one, met
                    break
    return firm


def _met(rulebook: Rulebook, figures: Figures) -> set[str]:
    outcomes = decide(rulebook, figures)
    return {one.gate.id for one in rulebook.criteria if outcomes[one.gate.id] is Outcome.MET}


def moves_of(rulebook: Rulebook, part: Part, as_of: date, firm: Firm) -> list[Move]:
    """Give the changes of a firm that may bear on a part: those of its checks, and of the scores that they look at."""
    checks: dict[Check, None] = dict.fromkeys(part.checks)
    awarded: list[Fact] = [part.of.points_of] if isinstance(part.of, Item) and part.of.points_of else []
    scores = {score.fact.id: score for score in rulebook.scores}
    for check in part.checks:
        for item in scores[check.fact.id].items if check.fact.id in scores else ():
            checks |= dict.fromkeys(node for band in item.bands for node in walk(band.node) if isinstance(node, Check))
            awarded += [item.points_of] if item.points_of else []
    return moves(rulebook, [check for check in checks if check.fact.id not in scores], awarded, as_of, firm)
