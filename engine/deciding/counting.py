"""What follows from the lists of a profile on a day: numbers of rights, titles that are valid.

They become facts of the profile where it does not state them itself; where it does, they must agree. A record that
lacks a needed field is neither counted nor left out: a number is known to lie between two, a set of titles is not
known, and there is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from engine.deciding.reference import evaluated, unknowns
from engine.firms.figures import Figures
from engine.firms.profiles import Profile
from engine.ground.errors import InputError, Problem, Text, shown
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import BESIDE, OUT, UNREAD, Known, Span, Unknown, ends_of
from engine.language.facts import AS_OF, Fact, Give, Records, Vocabulary, half_width
from engine.rulebooks.logic import Gate
from engine.rulebooks.records import gives

_gives = lru_cache(maxsize=64)(gives)


def counted(profile: Profile, vocabulary: Vocabulary, as_of: date) -> Profile:
    """Give the profile with the facts that follow from its lists on a day; raises InputError where they contradict."""
    values, problems = dict(profile.values), []
    uncounted: dict[str, Problem] = {}
    remarks: list[Problem] = []
    terms = dict(profile.terms)
    for list_id, items in profile.records.items():
        records = vocabulary.lists[list_id]
        remarks += _remarks(records, items, as_of)
        for fact_id, gate in _gives(records).items():
            fact, give = vocabulary[fact_id], records.words.gives[fact_id]
            sure, possible, lacking = _counted(records, items, give, gate, as_of)
            stated = values.get(fact_id)
            if stated is None and sure == possible:
                values[fact_id] = sure
                if isinstance(sure, frozenset):
                    terms[fact_id] = ends = _ends(records, items, give)
                    titles = ((one, fact.choices[one].title.zh) for one in ends.keys() - sure if ends[one] < as_of)
                    values[fact_id] = sure | {f"{OUT}{title}（至{ends[one]}）" for one, title in titles}
            elif stated is None:
                uncounted[fact_id] = _not_counted(records, fact, lacking)
                if isinstance(sure, int) and isinstance(possible, int):
                    values[fact_id] = Span(sure, possible, Unknown(Reason.MISSING, (fact_id,)))
            elif not _between(stated, sure, possible):
                problems.append(_differs(records, fact, stated, sure, possible))
    if problems:
        raise InputError(problems)
    warnings = (*profile.warnings, *remarks)
    return replace(profile, values=values, uncounted=uncounted, warnings=warnings, terms=terms)


def _ends(records: Records, items: Sequence[Mapping[str, Known]], give: Give) -> dict[str, date]:
    """Give the last day of each option that a list of records collects, of several the latest."""
    found: dict[str, date] = {}
    for item in items:
        name = item.get(give.collects or "")
        for day in (item.get(end) for end in records.words.ends):
            if isinstance(name, str) and isinstance(day, date):
                found[name] = max(day, found.get(name, day))
    return found


def _remarks(records: Records, items: Sequence[Mapping[str, Known]], as_of: date) -> list[Problem]:
    """Say which records are the same as an earlier one, and which are of a day to come."""
    found, first = [], dict[Known, int]()
    for number, item in enumerate(items):
        same, name = _key(records, number, item), records.words.same_by
        if name is not None and first.setdefault(same, number) != number:
            title, place = records.fields[name].title, first[same] + 1
            what = Text(
                f"与第 {place} 条的{title.zh}相同，只算一次",
                f"has the {title.en.lower()} of record {place}: one of them counts",
            )
            instead = Text("请删去重复的一条，或更正。", "Delete one of them, or correct it.")
            found.append(Problem(f"{records.id}.{number}.{name}", what, instead, _written(item[name])))
        for name in _to_come(records, item, as_of):
            what = Text(
                f"晚于判断之日 {as_of}，这一条不算",
                f"is after the day of the decision, {as_of}: the record does not count",
            )
            found.append(Problem(f"{records.id}.{number}.{name}", what, None, _written(item[name])))
        for name in _before_it_begins(records, item):
            what = Text("早于开始之日，这一条不算", "is before the day it begins: the record does not count")
            instead = Text("请核对两个日期。", "Check both dates.")
            found.append(Problem(f"{records.id}.{number}.{name}", what, instead, _written(item[name])))
    return found


def _to_come(records: Records, item: Mapping[str, Known], as_of: date) -> list[str]:
    """Give the fields of a record with a day after that of the decision, which nobody can know yet."""
    days = ((name, item.get(name)) for name in records.words.begins)
    return [name for name, day in days if isinstance(day, date) and day > as_of]


def _before_it_begins(records: Records, item: Mapping[str, Known]) -> list[str]:
    """Give the fields of a record with its last day where that is before its first."""
    days = [day for name in records.words.begins if isinstance(day := item.get(name), date)]
    ends = ((name, item.get(name)) for name in records.words.ends)
    return [name for name, last in ends if isinstance(last, date) and any(last < day for day in days)]


def _key(records: Records, number: int, item: Mapping[str, Known]) -> Known:
    """Give what two records have in common if they are of the same thing: a number however it is spaced or marked."""
    value = item.get(records.words.same_by or "")
    if isinstance(value, str):
        bare = re.sub(r"[\W_]", "", half_width(value).casefold()).removeprefix("zl")
        return bare or number
    return number


def _counted(
    records: Records, items: Sequence[Mapping[str, Known]], give: Give, gate: Gate, as_of: date
) -> tuple[Known, Known, list[str]]:
    """Give what surely follows, what possibly does, and the fields that make the difference."""
    sure, possible = [], []
    lacking: dict[str, None] = {}
    for number, item in enumerate(items):
        if _to_come(records, item, as_of) or _before_it_begins(records, item):
            continue
        figures = Figures(records.fields, {**item, AS_OF: as_of}, as_of)
        outcomes = evaluated(gate, figures)
        outcome = outcomes[gate.id]
        name = item.get(give.collects) if give.collects else _key(records, number, item)
        if outcome is Outcome.MET and not (give.collects and name is None):
            sure.append(name)
        if outcome is not Outcome.NOT_MET:
            possible.append(name)
            lacking |= dict.fromkeys(one for found in unknowns(gate, figures, outcomes) for one in found.facts)
    if give.collects is None:
        return len(set(sure)), len(set(possible)), list(lacking)
    return frozenset(map(str, sure)), frozenset(map(str, possible)), list(lacking)


def _between(stated: Any, sure: Any, possible: Any) -> bool:  # noqa: ANN401 three numbers, or three sets
    """Whether what is stated has at least what is sure and at most what is possible."""
    if isinstance(stated, frozenset):
        return bool(sure <= stated) and all(word in possible for word in stated if word[0] not in UNREAD + BESIDE)
    low, *_, high = ends_of(stated) * 2
    return bool(sure <= high and low <= possible) if isinstance(stated, Span) else bool(sure <= stated <= possible)


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
