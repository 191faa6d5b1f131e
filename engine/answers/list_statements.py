"""Refuses a list whose rows were judged for what those of them say that are no firm's."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.compute as pc

from engine.answers.told_problems import ToldProblems
from engine.headers.understanding import Understanding
from engine.language.facts import Kind
from engine.layout.doubtful import ONE_TABLE, Doubtful, another_table
from engine.layout.statements import Statements, unit_among


def _units_in_rows(problems: ToldProblems) -> Iterable[Doubtful | None]:
    """Give for the amounts of the rows of which something is told what units among them say."""
    plan = problems.plan
    amounts = {plan.texts.index(name): one for name, one in plan.columns.items() if one.fact.kind is Kind.MONEY}
    for batch in problems.told if amounts else ():
        for place, column in amounts.items():
            yield unit_among(pc.list_element(batch["cells"], place).unique().to_pylist(), column)


def check_statements(problems: ToldProblems, understanding: Understanding) -> None:
    """Raise Doubtful if a row of a list whose rows were judged says so, or has the headers of another table."""
    plan = problems.plan
    statements = Statements(understanding, plan.rulebook.vocabulary, plan.as_of)
    for doubt in filter(None, map(statements.of_row, problems.statements())):
        raise doubt
    for doubt in filter(None, _units_in_rows(problems)):
        raise doubt
    for header in filter(None, (row.other_header() for row in problems.apart())):
        raise Doubtful(another_table(header), ONE_TABLE)
