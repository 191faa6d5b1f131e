"""Names of figures that say themselves which year they take for the last full one, as 上年度（2025年）营业收入."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from engine.ground.errors import Text
from engine.headers.names import named, naming
from engine.headers.years import dated, is_relative, is_yearly, of_year, untagged, years_back_of
from engine.language.facts import YEAR, Fact, Vocabulary


def last_year_of(label: str, vocabulary: Vocabulary) -> int | None:
    """Give which year a name takes for the last full one: 2025 of 前年（2024年）研发费用; None if it does not say."""
    found = dated(label)
    if found is None or found.year is None or not is_relative(found.rest):
        return None
    fact = named(found.rest, vocabulary)
    back = None if fact is None else years_back_of(fact)
    return None if back is None else found.year + back


def in_own_year(
    raw: Mapping[str, object], vocabulary: Vocabulary, as_of: date, *, of_any_year: bool = False
) -> dict[str, object]:
    """Give a profile whose names take one other year for the last full one with names that the day reads so.

    Only if it states that year as the last one, but if it may be `of_any_year`, when it is made to.
    """
    years = {year for key in raw if (year := last_year_of(key, vocabulary)) is not None}
    fact = {key: named(key, vocabulary) for key in raw}
    stated = [raw[key] for key, one in fact.items() if key == YEAR or (one is not None and one.id == YEAR)]
    said, last = max(years, default=None), as_of.year - 1
    if len(years) != 1 or said is None or said == last or not (stated or of_any_year):
        return dict(raw)
    if stated and not re.fullmatch(rf"{said}(?:\.0)?年?", str(stated[0]).strip()):
        return dict(raw)
    moved = {_moved(key, last - said, vocabulary): raw[key] for key in raw}
    return moved if stated else {YEAR: said, **moved}


def _moved(key: str, later: int, vocabulary: Vocabulary) -> str:
    """Give a name without the year beside 上年度, and any other year so many later."""
    found = dated(key)
    if found is None or found.year is None:
        return key
    if last_year_of(key, vocabulary) is not None:
        return found.rest
    if naming(key, vocabulary).fact is not None:  # whose year is part of the name
        return key
    return untagged(key).replace(str(found.year), str(found.year + later))


def is_of_no_year(key: str, vocabulary: Vocabulary, as_of: date) -> bool:
    """Say whether a name asks for the figure of a year of which no fact is, as 2020年营业收入 does in 2026."""
    found = None if naming(key, vocabulary).fact else dated(key)
    if found is None or found.year is None or is_relative(found.rest):
        return False
    fact = named(found.rest, vocabulary)
    is_figure = fact is not None and is_yearly(fact, vocabulary)
    return is_figure and of_year(cast("Fact", fact), as_of.year - 1 - found.year, vocabulary) is None


def other_last_year(said: int, last_year: int, vocabulary: Vocabulary) -> tuple[Text, Text]:
    """Say that names take another year for the last full one than the day does, and what to do."""
    title = vocabulary[YEAR].title
    return Text(
        f"按 {said} 年为上年度填写，而判定日的上年度是 {last_year} 年",
        f"is filled in with {said} as the last full year, which on the day of the decision is {last_year}",
    ), Text(
        f"判定日请写 {said + 1} 年的一天（如 --as-of {said + 1}-12-31），或把“{title.zh}”填为 {said}；"
        f"要按 {last_year} 年判定，请用当天的填报表另填。",
        f"Decide on a day of {said + 1} (--as-of {said + 1}-12-31), or state {said} as “{title.en}”; "
        f"for figures of {last_year} fill in the form of the day.",
    )
