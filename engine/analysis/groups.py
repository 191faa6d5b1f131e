"""By what the firms of a list are told apart: a fact, by any of its names, or a column of the list, by its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.ground.errors import InputError, Problem, Text, first_of
from engine.headers.cells import Column
from engine.headers.units import header_key
from engine.language.fact_hints import fact_meant
from engine.language.facts import IDENTITY, Kind, Vocabulary

NOT_STATED = Text("未填", "not stated")
_MOST = 12
_FIGURES = Text("是数或日期，不能分组", "is a figure or a day, by which firms cannot be put into groups")


@dataclass(frozen=True)
class Grouping:
    """The column by which firms are told apart, by its place; what it states, if that is known."""

    place: int
    column: Column | None

    def group(self, text: object) -> Text:
        """Give the group of a firm of which the column says this."""
        words = " ".join(str(text or "").split())
        if self.column is None:
            return Text(words, words) if words else NOT_STATED
        value = self.column.known(words)
        if value is None:
            return NOT_STATED
        titles = {code: one.title for code, one in self.column.fact.choices.items()}
        if isinstance(value, bool):
            return Text("是", "yes") if value else Text("否", "no")
        known = sorted(value) if isinstance(value, frozenset) else [str(value)]
        named = [titles.get(one, Text(one, one)) for one in known] or [Text("无", "none")]
        return Text("、".join(one.zh for one in named), ", ".join(one.en for one in named))


def grouping(name: str, headers: Sequence[str], stated: Mapping[int, Column], vocabulary: Vocabulary) -> Grouping:
    """Give the column meant by a header of the list, or by what a fact is called. Raises InputError."""
    key = header_key(name)
    called = [place for place, header in enumerate(headers) if header_key(header) == key]
    facts = [(place, column.fact) for place, column in stated.items()]
    called += [
        place for place, one in facts if key in map(header_key, (one.id, one.title.zh, one.title.en, *one.aliases))
    ]
    called += [place for place, one in facts if key in map(header_key, one.perhaps)]
    if not called:
        raise InputError([_none(name, headers, vocabulary)])
    column = stated.get(called[0])
    if column and (column.fact.is_numeric or column.fact.kind is Kind.DATE or column.fact.id in IDENTITY):
        instead = Text("请用行业、所在地一类的列。", "Use a column such as the industry or the area.")
        raise InputError([Problem("by", _FIGURES, instead, name)])
    return Grouping(called[0], column)


def _none(name: str, headers: Sequence[str], vocabulary: Vocabulary) -> Problem:
    """Say that no column is called so; of a fact, how one is said to state it."""
    fact = vocabulary.named.get(name.casefold())
    if fact is not None:
        what = Text(f"名单里没有“{fact.title.zh}”这一列", f"is in no column of the list: {fact.title.en}")
        zh, en = f"请用列名对照（map）指明：列名={fact.title.zh}。", f"Map a column to it: COLUMN={fact.id}."
        return Problem("by", what, Text(zh, en), name)
    listed = first_of([one for one in headers if one.strip()], _MOST)
    own = Text(f"可写名单的列名：{'、'.join(listed)}。", f"Write a header of the list: {', '.join(listed)}.")
    meant = fact_meant(name, vocabulary)
    what = Text("既不是名单的列名，也不是指标", "is neither a column of the list nor a fact")
    return Problem("by", what, Text(f"{meant.zh}{own.zh}", f"{meant.en} {own.en}") if meant else own, name)
