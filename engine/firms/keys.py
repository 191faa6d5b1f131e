"""The keys of a profile as the facts they name: by id, or by a name, with its unit and year, as a header may be."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import isfinite

from engine.ground.errors import Problem, Text, shown
from engine.ground.values import Known
from engine.headers.by_cells import by_cells
from engine.headers.cells import Column
from engine.headers.names import named, naming
from engine.headers.narrowing import both, narrows
from engine.headers.own_year import in_own_year, last_year_of, other_last_year
from engine.headers.understanding import UNKNOWN, key_reading, one_line
from engine.language.answer import answer
from engine.language.facts import Fact, Vocabulary
from engine.language.reading import LARGEST

_ONE_OF_THEM = Text("每项指标只写一次。", "Give each fact once.")
_BY_ID = Text("请改写指标 id（见 champion facts）。", "Write the id of the fact; `champion facts` lists them.")


@dataclass(frozen=True)
class Typed:
    """A value under a name that says its unit."""

    column: Column
    value: object

    def read(self) -> Known | None:
        """Give what it states; None for a blank. Raises Unreadable."""
        value = self.value
        is_figure = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        if is_figure and isfinite(value) and abs(value) < LARGEST:  # type: ignore[arg-type]
            value = str(value)  # the unit is that of a text
        return answer(self.column.fact, value, self.column.unit)


@dataclass
class Keys:
    """The values by fact, the caller's name of each fact that is not named by its id, and what is wrong."""

    values: dict[str, object] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)


def facts_of(
    raw: Mapping[str, object], known: Container[str], vocabulary: Vocabulary, as_of: date | None = None
) -> Keys:
    """Give what stands under each key by fact; keys that are `known` stay, others are understood as headers are.

    A year in a key counts back from the day `as_of`, or from today. `unknown` are the keys that name nothing that is
    known, each with what it is called in the vocabulary, if it is there.
    """
    found, day = Keys(), as_of or date.today()  # noqa: DTZ011 the caller's calendar day
    raw, others = in_own_year(raw, vocabulary, day), dict[int, Problem]()
    found.values = {key: value for key, value in raw.items() if key in known}
    for key, value in raw.items():
        if key in known:
            continue
        own = last_year_of(key, vocabulary)
        if own is not None and own != day.year - 1:
            others.setdefault(
                own, Problem(one_line(key), *other_last_year(own, day.year - 1, vocabulary), shown(value))
            )
            continue
        reading, name = key_reading(key, vocabulary, day), one_line(key)
        if reading.fact is None and (told := by_cells(naming(key, vocabulary).perhaps, [value], day).fact) is not None:
            reading = replace(reading, fact=told)
        fact = reading.fact or named(key, vocabulary)
        if fact is not None and fact.is_derived and fact.id not in known:
            found.unknown[key] = fact.id
        elif reading.fact is None and (reading.how is UNKNOWN or not name or _is_like_an_id(key)):
            found.unknown[key] = key
        elif fact is None or (reading.fact is None and not fact.is_derived):
            found.problems.append(Problem(name, reading.how, _BY_ID, shown(value)))
        elif fact.narrower and (whole := _together(key, value, found, fact, vocabulary)) is not None:
            found.values[fact.id] = whole
        elif fact.id in found.values:
            other = found.names.get(fact.id, fact.id)
            what = Text(
                f"与“{other}”说的是同一指标：{fact.title.zh}", f"states the same fact as {other}: {fact.title.en}"
            )
            found.problems.append(Problem(name, what, _ONE_OF_THEM, shown(value)))
        else:
            found.values[fact.id] = Typed(Column(name, fact, reading.unit), value) if reading.unit else value
            found.names[fact.id] = name
    found.problems += others.values()
    return found


def _together(key: str, value: object, found: Keys, fact: Fact, vocabulary: Vocabulary) -> str | None:
    """Give what two keys state together, as 省份 and 地市 do; None if it is not the second of such a pair."""
    first, other = found.values.get(fact.id), found.names.get(fact.id, "")
    if not (isinstance(first, str) and isinstance(value, str)) or narrows(key, fact) == narrows(other, fact):
        return None
    if not naming(key if narrows(other, fact) else other, vocabulary).stands_in:
        return None  # 所在地 says all by itself
    return both(first, value) if narrows(key, fact) else both(value, first)


def _is_like_an_id(key: str) -> bool:
    return key.isascii() and key.isidentifier()
