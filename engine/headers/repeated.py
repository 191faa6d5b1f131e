"""One column that states several facts, such as a count as two texts ask for it: it is read once for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.ground.errors import InputError, Problem, Text, short
from engine.headers.units import header_key

MORE = "；"
_BETWEEN = re.compile("[;；]")


def facts_given(words: str) -> list[str]:
    """Give the facts that a mapping says a column states.

    >>> facts_given("ip_class1_related；ip_class1"), facts_given("营业收入")
    (['ip_class1_related', 'ip_class1'], ['营业收入'])
    """
    return [one for part in _BETWEEN.split(words) if (one := part.strip())] or [words]


def places_of(name: str, headers: Sequence[str]) -> list[int]:
    """Give the places of the columns with that header, or if there is none, of those that are spelt alike."""
    found = [place for place, header in enumerate(headers) if header == name]
    return found or [place for place, header in enumerate(headers) if header_key(header) == header_key(name)]


def repeated(headers: Sequence[str], mapping: Mapping[str, str] | None) -> list[int]:
    """Give the places of the columns that are read again, behind all others, once for each fact more.

    None where the last column has no header: what stands there are cells too many.

    Raises InputError if it is not certain which column is meant.
    """
    found: list[int] = []
    if not headers or not headers[-1].strip():
        return found
    for name, words in (mapping or {}).items():
        if more := len(facts_given(words)) - 1:
            places = places_of(name, headers)
            if len(places) > 1:
                raise InputError([several_columns(f"--map {short(name)}={short(words)}", len(places))])
            found += places * more
    return found


def copies(headers: Sequence[str], mapping: Mapping[str, str]) -> list[int]:
    """Give the places of columns that were read again, of headers that have them."""
    several = (places_of(name, headers) for name, words in mapping.items() if len(facts_given(words)) > 1)
    return [place for places in several for place in places[1:]]


def several_columns(where: str, count: int) -> Problem:
    """Give the problem that a table has several columns of a name."""
    what = Text(f"文件中有 {count} 列叫这个名字", f"the file has {count} columns of that name")
    return Problem(where, what, Text("请改名或删去多余的列。", "Rename or delete what is too much."))
