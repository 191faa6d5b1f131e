"""What hangs on open readings, in words: of one firm, criterion by criterion."""

from __future__ import annotations

from engine.deciding.reference import Outcomes
from engine.explaining.verdict import STANDING_OF, HangsOn
from engine.explaining.wording import OUTCOMES, STANDINGS
from engine.ground.errors import Text
from engine.rulebooks.hanging import turns
from engine.rulebooks.logic import Rulebook


def hanging(rulebook: Rulebook, outcomes: Outcomes) -> tuple[HangsOn, ...]:
    """Give every criterion that another reading would turn, with what would come of it."""
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
    return tuple(found)
