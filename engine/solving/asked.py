"""A question in words, and what is proved: the one door of this wing, which imports the solver only then."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import copy_context
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from engine.ground.errors import InputError, Problem, Text, did_you_mean, short
from engine.language.decision_day import Day, given_day
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import edition, require_level
from engine.rulebooks.several import LADDER

if TYPE_CHECKING:
    from engine.screening.stop import Stop
    from engine.solving.blanks import Blank, Questionnaire
    from engine.solving.changes import Change
    from engine.solving.relations import Answer
    from engine.solving.statics import Statics

    Proved = Answer | Statics | Questionnaire | Blank | Change

_WORDS = ("implies", "equals", "excludes", "diff", "without")
_HOW = Text(
    "请写 A、A implies B、A equals B、A excludes B、A diff B、A without 指标，或 ladder。",
    "Write A, A implies B, A equals B, A excludes B, A diff B, A without FACT, or ladder.",
)
one_at_a_time = Lock()  # each takes a processor, and much memory


def prove(
    question: str, as_of: Day | None = None, catalog: Catalog | None = None, stop: Stop | None = None
) -> tuple[Proved, ...]:
    """Give what is proved on a day (today), by our readings, or refuted by a firm; the extra `solver` is needed.

    `A`: what of a rulebook never matters, and the facts that settle every firm. `A implies B`, `A equals B`, `A
    excludes B`: whether it is so of every firm. `A diff B`: of each criterion that changed, the firms that only one of
    both takes. `A without FACT`: what can be decided of a firm that leaves it blank. `ladder`: whether the text of each
    level implies those of the step below. A level may be named instead of a rulebook: its edition of the day.

    Raises InputError for what is no such question, and where no answer is found; RulebookError; EngineError if
    a firm that the solver finds is decided otherwise; StoppedError soon after another thread says `stop.now()`.
    """
    words = question.split(maxsplit=2)  # a title may have blanks
    word = words[1] if len(words) == len(["A", "implies", "B"]) else "" if len(words) == 1 else None
    if word is None or (word and word not in _WORDS):
        what = Text("不是可以证明的问题", "is nothing that can be proved")
        near = did_you_mean(word, _WORDS) if word else None
        raise InputError([Problem("question", what, near or _HOW, short(question))])
    with one_at_a_time:
        return copy_context().run(_answers, words, word, given_day(as_of), catalog or shipped(), stop)


def _answers(words: Sequence[str], word: str, day: date, rules: Catalog, stop: Stop | None) -> tuple[Proved, ...]:
    from engine.solving.blanks import questionnaire, without  # noqa: PLC0415
    from engine.solving.changes import changes  # noqa: PLC0415
    from engine.solving.ladder import gaps  # noqa: PLC0415
    from engine.solving.relations import Relation, related  # noqa: PLC0415
    from engine.solving.solver import still_wanted  # noqa: PLC0415
    from engine.solving.statics import statics  # noqa: PLC0415

    if stop is not None:
        still_wanted.set(stop.check)
    if words == [LADDER]:
        return gaps(rules, day)
    first = _rulebook(rules, words[0], day)
    if not word:
        return statics(first, day), questionnaire(first, day)
    if word == "without":
        return (without(first, words[2], day),)
    second = _rulebook(rules, words[2], day)
    return changes(first, second, day) if word == "diff" else (related(first, Relation(word), second, day),)


def _rulebook(rules: Catalog, name: str, day: date) -> Rulebook:
    """Give the rulebook of that id, or the edition of a level that is in force for new applications."""
    if name in rules.ids:
        return rules.rulebook(name)
    try:
        level = require_level(rules, name)
    except InputError:
        return rules.rulebook(name)
    return rules.rulebook(edition(rules, level, day))
