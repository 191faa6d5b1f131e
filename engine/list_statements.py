"""What rows of a list that are no firm's say of all its figures: another year, another unit, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.doubtful import ONE_TABLE, Doubtful, another_table, in_a_row, leaves_open, unit_of_all
from engine.facts import APPLICATION, Vocabulary
from engine.headers import Understanding
from engine.misread import reviews_in
from engine.told_problems import ToldProblems


class Statements:
    """Refuses a table for what a row that is no firm's says of it."""

    def __init__(self, understanding: Understanding, vocabulary: Vocabulary, as_of: date) -> None:
        headers = [one.header for one in understanding.columns]
        self._vocabulary = vocabulary
        self._unit = unit_of_all(understanding, vocabulary)
        self._last = as_of.year - 1 if leaves_open(headers, vocabulary) else None
        self._has_application = any(column.fact.id == APPLICATION for column in understanding.stated.values())

    def of_row(self, cells: Sequence[str]) -> Doubtful | None:
        """Give why the figures or applications are others than were read, if a row that is no firm's says so."""
        doubt = in_a_row(cells, self._vocabulary, self._last, self._unit)
        if doubt is not None:
            return Doubtful(doubt)
        return None if self._has_application else reviews_in(cells)


def check_statements(problems: ToldProblems, understanding: Understanding) -> None:
    """Raise Doubtful if a row of a list whose rows were judged says so, or has the headers of another table."""
    plan = problems.plan
    statements = Statements(understanding, plan.rulebook.vocabulary, plan.as_of)
    for doubt in filter(None, map(statements.of_row, problems.statements())):
        raise doubt
    for header in filter(None, (row.other_header() for row in problems.apart())):
        raise Doubtful(another_table(header), ONE_TABLE)
