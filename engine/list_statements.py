"""What rows of a list that are no firm's say of all its figures, once its rows were judged: it is refused then."""

from __future__ import annotations

from engine.doubtful import Doubtful, another_table, in_a_row, leaves_open, unit_of_all
from engine.headers import Understanding
from engine.misread import reviews_in
from engine.told_problems import ToldProblems


def check_statements(problems: ToldProblems, understanding: Understanding) -> None:
    """Raise Doubtful if a row that is no firm's says that the figures or applications are others than were read."""
    plan = problems.plan
    vocabulary, headers = plan.rulebook.vocabulary, [one.header for one in understanding.columns]
    unit = unit_of_all(understanding, vocabulary)
    last = plan.as_of.year - 1 if leaves_open(headers, vocabulary) else None
    for cells in problems.statements():
        doubt = in_a_row(cells, vocabulary, last, unit)
        if doubt is not None:
            raise Doubtful(doubt)
        found = None if plan.application else reviews_in(cells)
        if found is not None:
            raise Doubtful(found.what, found.instead)
    for header in filter(None, (row.other_header() for row in problems.apart())):
        raise Doubtful(another_table(header))
