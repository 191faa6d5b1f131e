"""The day of a decision, as people write it."""

from __future__ import annotations

from datetime import date, datetime

from engine.ground.errors import InputError, Problem, Text, shown
from engine.language.reading import read_day

Day = date | str
"""A day, or a text that names one: 2026-06-01, 2026/6/1, 2026.6.1, 2026年6月1日, 20260601."""


def given_day(day: Day | None) -> date:
    """Give the day that is meant, today if none is. Raises InputError for what is no day.

    >>> [given_day(text).isoformat() for text in ("2026/6/1", "2026年6月1日", "2026.06.01", "20260601")]
    ['2026-06-01', '2026-06-01', '2026-06-01', '2026-06-01']
    """
    if day is None:
        return date.today()  # noqa: DTZ011 the caller's calendar day
    if isinstance(day, datetime):
        return day.date()
    found = day if isinstance(day, date) else read_day(day) if isinstance(day, str) else None
    if found is None:
        raise InputError([Problem("as_of", Text("不是日期", "is not a date"), _HOW, shown(day))])
    return found


_HOW = Text("请写 2026-06-01 或 2026年6月1日。", "Write 2026-06-01.")
