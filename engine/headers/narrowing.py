"""Two columns that state one thing together: the province of a firm, and the city in it.

A table gets one more column, of both, whose header names the fact for sure; the two are told as read with one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.headers.names import fact_called, named, naming
from engine.headers.repeated import facts_given
from engine.headers.units import header_key
from engine.language.facts import Fact, Vocabulary
from engine.language.reading import BLANK_WORDS
from engine.sql.functions import cases, list_of
from engine.sql.value import Value, literal

_MARGIN = " \t\r\n\u00a0\u3000"
_BLANKS = sorted(BLANK_WORDS)


@dataclass(frozen=True)
class Narrowing:
    """The fact that two columns state together, and their places: of the wider one and of what lies in it."""

    fact: Fact
    wide: int
    narrow: int

    @property
    def header(self) -> str:
        """The header of the column of both."""
        return self.fact.title.zh


def narrowing(
    headers: Sequence[str], vocabulary: Vocabulary, mapping: Mapping[str, str] | None = None
) -> Narrowing | None:
    """Give the two columns that state one fact together; None where another states it, or `mapping` speaks of it."""
    mapped = {fact_called(one, vocabulary) for words in (mapping or {}).values() for one in facts_given(words)}
    for fact in vocabulary.given.values():
        if not fact.narrower or fact in mapped:
            continue
        of_it = [at for at, header in enumerate(headers) if named(header, vocabulary) is fact]
        wide = [at for at in of_it if not narrows(headers[at], fact)]
        narrow = [at for at in of_it if narrows(headers[at], fact)]
        is_mapped = {header_key(headers[at]) for at in of_it} & {header_key(one) for one in mapping or {}}
        if len(wide) == len(narrow) == 1 and not is_mapped and naming(headers[wide[0]], vocabulary).stands_in:
            return Narrowing(fact, wide[0], narrow[0])
    return None


def narrows(header: str, fact: Fact) -> bool:
    """Say whether a header is of what lies within the answer of another column: 地市 beside 省份."""
    return header_key(header) in {header_key(word) for word in fact.narrower}


def both(wide: str, narrow: str) -> str:
    """Give one text of two cells.

    >>> both("浙江", "宁波市"), both("-", "宁波市")
    ('浙江 宁波市', '宁波市')
    """
    return " ".join(one for text in (wide, narrow) if (one := text.strip()).casefold() not in BLANK_WORDS)


def column_of_both(wide: Value, narrow: Value) -> Value:
    """Give `both` of each row."""
    blanks = list_of(_BLANKS)
    bare = [one.re_replace(f"^[{_MARGIN}]+|[{_MARGIN}]+$", "") for one in (wide, narrow)]
    stated = [cases((~blanks.contains(one.lower()), one), else_="") for one in bare]
    return (stated[0] + literal(" ") + stated[1]).strip()


def texts_of_both(wide: Iterable[object], narrow: Iterable[object]) -> list[str]:
    """Give `both` of each row of any values."""
    return [both(*("" if one is None else str(one) for one in pair)) for pair in zip(wide, narrow, strict=True)]
