"""What follows from the lists of a profile on a day: numbers of rights, titles that are valid.

They become facts of the profile where it does not state them itself; where it does, they must agree. A record that
lacks a needed field is neither counted nor left out: the fact stays blank, with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from engine.errors import InputError, Problem, Text, shown
from engine.facts import AS_OF, Fact, Give, Records, Vocabulary
from engine.figures import Figures
from engine.logic import Gate
from engine.outcome import Outcome
from engine.profiles import Profile
from engine.records import gives
from engine.reference import evaluated, unknowns
from engine.values import Known

_gives = lru_cache(maxsize=64)(gives)


def counted(profile: Profile, vocabulary: Vocabulary, as_of: date) -> Profile:
    """Give the profile with the facts that follow from its lists on a day; raises InputError where they contradict."""
    values, problems = dict(profile.values), []
    uncounted: dict[str, Problem] = {}
    for list_id, items in profile.records.items():
        records = vocabulary.lists[list_id]
        for fact_id, gate in _gives(records).items():
            fact, give = vocabulary[fact_id], records.words.gives[fact_id]
            sure, possible, lacking = _counted(records, items, give, gate, as_of)
            stated = values.get(fact_id)
            if stated is None and sure == possible:
                values[fact_id] = sure
            elif stated is None:
                uncounted[fact_id] = _not_counted(records, fact, lacking)
            elif not _between(stated, sure, possible):
                problems.append(_differs(records, fact, stated, sure, possible))
    if problems:
        raise InputError(problems)
    return replace(profile, values=values, uncounted=uncounted)


def _counted(
    records: Records, items: Sequence[Mapping[str, Known]], give: Give, gate: Gate, as_of: date
) -> tuple[Known, Known, list[str]]:
    """Give what surely follows, what possibly does, and the fields that make the difference."""
    sure, possible = [], []
    lacking: dict[str, None] = {}
    for item in items:
        figures = Figures(records.fields, {**item, AS_OF: as_of}, as_of)
        outcomes = evaluated(gate, figures)
        outcome = outcomes[gate.id]
        name = item.get(give.collects) if give.collects else None
        if outcome is Outcome.MET and not (give.collects and name is None):
            sure.append(name)
        if outcome is not Outcome.NOT_MET:
            possible.append(name)
            lacking |= dict.fromkeys(one for found in unknowns(gate, figures, outcomes) for one in found.facts)
    if give.collects is None:
        return len(sure), len(possible), list(lacking)
    return frozenset(map(str, sure)), frozenset(map(str, possible)), list(lacking)


def _between(stated: Any, sure: Any, possible: Any) -> bool:  # noqa: ANN401 three numbers, or three sets
    """Whether what is stated has at least what is sure and at most what is possible."""
    return bool(sure <= stated <= possible)


def _not_counted(records: Records, fact: Fact, lacking: Sequence[str]) -> Problem:
    fields = [records.fields[name].title for name in lacking]
    zh, en = "、".join(one.zh for one in fields), ", ".join(one.en for one in fields)
    what = Text(
        f"有的记录缺少{zh}，未能得出“{fact.title.zh}”", f"records lack {en}: {fact.title.en} is not known from them"
    )
    return Problem(records.id, what, Text("请补齐，或直接填写该指标。", f"Complete them, or state {fact.id}."))


def _differs(records: Records, fact: Fact, stated: Known, sure: Known, possible: Known) -> Problem:
    says = _written(sure) if sure == possible else f"{_written(sure)}–{_written(possible)}"
    what = Text(
        f"与“{records.words.title.zh}”不一致：清单得出 {says}",
        f"does not agree with the {records.id}, which give {says}",
    )
    instead = Text("只填清单，或更正其中一处。", "Give the list alone, or correct one of the two.")
    return Problem(fact.id, what, instead, _written(stated))


def _written(value: Known) -> str:
    return shown("、".join(sorted(value)) or "[]") if isinstance(value, frozenset) else shown(value)
