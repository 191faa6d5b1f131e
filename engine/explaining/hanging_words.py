"""What hangs on open readings, in words: of one firm, criterion by criterion."""

from __future__ import annotations

from functools import lru_cache

from engine.deciding.reference import Outcomes
from engine.explaining.verdict import STANDING_OF, HangsOn
from engine.explaining.wording import OUTCOMES, STANDINGS
from engine.ground.errors import Text
from engine.ground.outcome import Outcome
from engine.rulebooks.hanging import deciding, leans_on, turns
from engine.rulebooks.logic import Rulebook


def hanging(rulebook: Rulebook, outcomes: Outcomes) -> tuple[tuple[HangsOn, ...], tuple[str, ...]]:
    """Give every criterion that another reading would turn, with what would come of it; and what the verdict hangs on.

    That is, the ids of the readings that turn it. It follows from how the trees came out: there are few such cases.
    """
    return _hanging(rulebook, tuple(map(outcomes.__getitem__, _trees(rulebook))))


@lru_cache(maxsize=512)
def _trees(rulebook: Rulebook) -> tuple[str, ...]:
    gates = (*(one.gate for one in rulebook.criteria), *rulebook.other_gates, rulebook.verdict_gate)
    return tuple(gate.id for gate in gates) if rulebook.alternatives else ()


@lru_cache(maxsize=16384)
def _hanging(rulebook: Rulebook, came_out: tuple[Outcome, ...]) -> tuple[tuple[HangsOn, ...], tuple[str, ...]]:
    if not rulebook.alternatives:
        return (), ()
    outcomes = dict(zip(_trees(rulebook), came_out, strict=True))
    ours = STANDING_OF[outcomes[rulebook.verdict_gate.id]]
    found = []
    for turn in turns(rulebook, outcomes):
        words = Text(
            "；并且".join(one.words.zh for one in turn.readings), "; and ".join(one.words.en for one in turn.readings)
        )
        verdict, outcome = STANDING_OF[turn.verdict], OUTCOMES[turn.outcome]
        zh, en = f"若按另一种读法（{words.zh}）：{outcome.zh}", f"By another reading ({words.en}): {outcome.en}"
        if verdict is not ours:
            zh, en = f"{zh}，总体结论为{STANDINGS[verdict].zh}", f"{en}, and the verdict is {STANDINGS[verdict].en}"
        ids = tuple(one.id for one in turn.readings)
        title, explanation = turn.criterion.words.title, Text(f"{zh}。", f"{en}.")
        found.append(HangsOn(turn.criterion.words.id, title, ids, words, turn.outcome, verdict, explanation))
    hangs = tuple(one.id for one in leans_on(deciding(rulebook), outcomes)) if found else ()
    return tuple(found), hangs
