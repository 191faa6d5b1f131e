"""The fact that somebody names to try another value: by its id, its title, or as a header does (2025年研发费用)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from engine.ground.errors import Text
from engine.headers.names import named
from engine.headers.understanding import key_reading
from engine.language.fact_hints import fact_named
from engine.language.facts import Fact, Vocabulary

_BARE = re.compile(r"[-+]?[0-9][0-9,.，]*")


def name_and_value(name: str, written: str, vocabulary: Vocabulary, as_of: date) -> tuple[str, str]:
    """Give the id of the fact that a name means on a day, and what is written with the unit that the name has.

    A name that is understood no other way stays as it is.

    >>> from engine.rulebooks.catalog import shipped
    >>> name_and_value("2024年研发费用（亿元）", "0.1", shipped().vocabulary, date(2026, 6, 1))
    ('rd_expense_y1', '0.1亿元')
    """
    if fact_named(name, vocabulary) is not None:
        return name, written
    reading = key_reading(name, vocabulary, as_of)
    if reading.fact is None or reading.unit in reading.fact.choices:
        return name, written
    return reading.fact.id, f"{written}{reading.unit}" if _BARE.fullmatch(written) else written


def why_not_asked(name: str, known: Mapping[str, Fact], vocabulary: Vocabulary, as_of: date) -> Text | None:
    """Say what a name means that is none of the known facts; None if it means nothing."""
    fact = fact_named(name, vocabulary)
    if fact is not None and fact.id not in known:
        return Text(
            f"这是“{fact.title.zh}”，这里的规则都不问它，改了结论不变。",
            f"That is “{fact.title.en}”, for which no rulebook here asks: nothing would change.",
        )
    how = key_reading(name, vocabulary, as_of).how if fact is None and named(name, vocabulary) else None
    return how and Text(f"{how.zh}。", f"{how.en}.")
