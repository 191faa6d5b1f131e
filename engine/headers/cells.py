"""One cell of a table: what it states for a fact, in the plain form that columns are made of.

A number is written as the shortest decimal of a float, yes and no as 1 and 0, an option as its code, several options as
,a,b, and a day as 2026-04-01, and figures between others as 1.0~3.0.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from engine.ground.errors import Problem, Text, shown
from engine.ground.values import Known, Span, distinct_float, ends_stated, on_day
from engine.language.answer import answer
from engine.language.facts import Fact, Kind
from engine.language.reading import Unreadable, accepted

PROBLEM = "!"
LONGEST, BEGINNING = 2000, 200  # characters of a cell that is no list of words; what is left of a longer one


def shortened(text: str) -> str:
    """Give the beginning of a text that is too long, with a mark that makes no figure or word of it.

    >>> shortened("1" * 3000)[-3:], shortened("甲")
    ('11…', '甲')
    """
    return text if len(text) <= LONGEST else f"{text[:BEGINNING]}…"


@dataclass(frozen=True)
class Column:
    """A column of a table as it was understood: its header, the fact it states, and the unit that the header names.

    `as_of` is the day of the decision, on which what a cell lists must be valid; `row` where it stands in a form.
    """

    header: str
    fact: Fact
    unit: str = ""
    as_of: date | None = None
    row: int | None = None

    def value(self, text: str) -> Known | None:
        """Give what a cell states; None for a blank. Raises Unreadable."""
        return on_day(answer(self.fact, text, self.unit), self.as_of)

    def known(self, text: str | None) -> Known | None:
        """Give what a cell states; None for a blank, and for what cannot be read."""
        with suppress(Unreadable):
            return self.value(text or "")
        return None

    def ends(self, text: str) -> dict[str, date]:
        """Give the last day of each option of a cell with a list that states one and is valid on the day."""
        held = self.known(text)
        listed = held if isinstance(held, frozenset) else frozenset()
        stated = ends_stated(answer(self.fact, text, self.unit)) if listed else {}
        return {option: ends for option, ends in stated.items() if option in listed}

    def canonical(self, text: str) -> str | None:
        """Give a cell in plain form; None for a blank, “!” for a problem."""
        try:
            value = self.value(text)
        except Unreadable:
            return PROBLEM
        return None if value is None else plain(value)

    def problem(self, where: str, text: str) -> Problem:
        """Give the problem of a cell that cannot be read."""
        try:
            self.value(text)
        except Unreadable as error:
            return Problem(where, error.what, self.instead(error.instead), shown(text))
        return Problem(where, Text("无法读取", "cannot be read"), self.instead(accepted(self.fact)), shown(text))

    def instead(self, instead: Text) -> Text:
        """Give what to write instead: of money in the unit of the header, not in that of the fact."""
        if self.fact.kind is not Kind.MONEY or self.unit in {"", "万元"} or instead != accepted(self.fact):
            return instead
        return Text(
            f"列名的单位是{self.unit}：请写{self.unit}数，或带单位：3000万元、2.1亿元。",
            f"The header says {self.unit}: write it in {self.unit}, or with a unit: 3000万元, 2.1亿元.",
        )


def plain(value: Known) -> str:
    """Give a value in plain form.

    >>> plain(True), plain(frozenset({"b", "a"})), plain(2)
    ('1', ',a,b,', '2.0')
    """
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, frozenset):
        return f",{','.join(sorted(value))}," if value else ","
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return "~".join(repr(distinct_float(end)) for end in (value.low, value.high))
    return value if isinstance(value, str) else repr(distinct_float(value))
