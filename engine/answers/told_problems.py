"""All that is told of the rows of a source, each problem with the line on which its row begins."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import itemgetter

from engine.answers.doubles import with_lines
from engine.answers.row_account import Account
from engine.answers.spool import Spool
from engine.answers.tally import Tally
from engine.ground.errors import EngineError, Problem, Text, shown
from engine.judging.flags import COUNTED, NOTED, Flag
from engine.judging.plan import Plan
from engine.judging.problem_rows import NO_FIRM, RowProblem, ToldRow, flag_words
from engine.judging.row_remarks import MENTIONED
from engine.layout.no_firm import is_no_firm_line, of_firms
from engine.tables.source import Source


@dataclass(frozen=True)
class ToldProblems:
    """What was refused and what is odd, in the order of the source.

    `doubles` tells of the rows whose firm stands more than once. Where records have no lines (`numbered` is false) none
    are told.
    """

    plan: Plan
    account: Account
    told: Spool
    source: Source
    doubles: Iterable[RowProblem]
    numbered: bool = True

    def rejected(self, tally: Tally) -> Iterator[RowProblem]:
        """Give every problem of every rejected row and of every line that is no row, and count them."""
        rows = ((row.line or 0, _some(row.problems())) for row in self._rows() if row.is_rejected)
        broken = ((line, iter(several)) for line, several in self._broken())
        for _, problems in heapq.merge(rows, broken, key=itemgetter(0)):
            yield from tally.counted(problems)

    def warnings(self) -> Iterator[RowProblem]:
        """Give everything odd that rejects no row, of the rows that came along; then ids that stand more than once.

        Rows that are no firm's are told here too.
        """
        return chain(*self.warning_streams())

    def warning_streams(self) -> tuple[Iterator[RowProblem], ...]:
        """Give the same by kind, those of each kind in the order of the source."""
        telling = [flag for flag in self.plan.warnings if self._is_telling(flag)]
        of_rows = (problem for row in self._rows() for problem in row.warnings(telling))
        return ((problem for problem, _ in self._of_columns()), of_rows, self._apart(), iter(self.doubles))

    def count_warnings(self, tally: Tally) -> None:
        """Count what `warnings` would give, also of the rows that did not come along."""
        account, plan = self.account, self.plan
        telling = [flag for flag in plan.warnings if self._is_telling(flag)]
        counted = [*((flag, account.flags[flag.name]) for flag in telling), (plan.total, account.apart)]
        flagged = [(flag, found) for flag, found in counted if found.rows]
        records = sorted({found.first for _, found in flagged if found.first is not None})
        line_of = dict(zip(records, self._lines(records), strict=True))
        for problem, rows in self._of_columns():
            tally.add(problem.column, problem.problem.what, None, rows)
        for flag, found in flagged:
            header = next(iter(plan.remarks.values())) if flag.kind in MENTIONED else flag.column.header
            tally.add(header, flag_words(flag, plan)[0], line_of[found.first or 0], found.rows)
        for row in self._rows():
            for problem in row.unread():
                tally.add(problem.column, problem.problem.what, problem.line)
        for problem in chain(self._apart(), self.doubles):
            tally.add(problem.column, problem.problem.what, problem.line)

    def noted(self) -> Iterator[RowProblem]:
        """Give in the order of the source what a workbook notes of a row and only all rows tell.

        That is a code of another length than most, if rows with one came along, and that a firm stands in other rows.
        """
        flags = [flag for flag in self.plan.warnings if flag.kind in NOTED and self._is_telling(flag)]
        told = (problem for row in self._rows() for problem in row.noted(flags)) if flags else ()
        return heapq.merge(told, self.doubles, key=lambda one: one.line or 0)

    def apart(self) -> Iterator[ToldRow]:
        """Give each row that is no firm's."""
        if self.account.apart.rows:
            rows = (row for batch in self.told for row in batch.to_pylist())
            told = (ToldRow(row, self.plan, None) for row in rows)  # without the search for their lines
            yield from (row for row in told if row.is_apart)

    def statements(self) -> Iterator[list[str]]:
        """Give what stands in each row that is no firm's."""
        yield from (row.texts for row in self.apart())
        for one in self.source.broken:
            if is_no_firm_line(one.text):
                yield [one.text]

    def _is_telling(self, flag: Flag) -> bool:
        """Say whether a flag is worth telling of each row: not if codes are short or a unit is missing in most."""
        if flag.kind == "length":
            return 2 * self.account.flags[flag.name].rows < self.account.rows
        return flag.kind not in COUNTED and not self._is_unit_of_most(flag)

    def _is_unit_of_most(self, flag: Flag) -> bool:
        """Say whether most figures of a column without a unit are unusual."""
        bare = self.account.flags.get(replace(flag, kind="bare").name)
        unusual = self.account.flags[flag.name].rows
        return flag.kind == "unusual" and bare is not None and 2 * unusual > bare.rows >= unusual

    def _of_columns(self) -> Iterator[tuple[RowProblem, int]]:
        """Give what is said once for a column instead of each of its rows, and how many these are."""
        for flag in filter(self._is_unit_of_most, self.plan.warnings):
            unusual, bare = (self.account.flags[replace(flag, kind=kind).name].rows for kind in ("unusual", "bare"))
            yield RowProblem(None, None, None, flag.column.header, _of_another_unit(flag, unusual, bare)), unusual

    def _rows(self) -> Iterator[ToldRow]:
        for row, line in with_lines(self.told, self.source, self.account.rows, numbered=self.numbered):
            yield ToldRow(row, self.plan, line)

    def _lines(self, records: Iterable[int]) -> Iterator[int | None]:
        return self.source.lines(records, self.account.rows) if self.numbered else (None for _ in records)

    def _apart(self) -> Iterator[RowProblem]:
        """Give the lines that are no rows and no firm's."""
        for one in self.source.broken:
            if is_no_firm_line(one.text):
                problem = Problem("", *NO_FIRM, shown(one.text))
                yield RowProblem(one.line if self.numbered else None, None, None, "", problem)

    def _broken(self) -> Iterator[tuple[int, list[RowProblem]]]:
        for line, several in groupby(of_firms(self.source.broken), key=lambda one: one.line):
            problems = [Problem("", one.what, one.instead, shown(one.text)) for one in several]
            told = line if self.numbered else None
            yield line, [RowProblem(told, None, None, "", problem) for problem in problems]


def _of_another_unit(flag: Flag, unusual: int, bare: int) -> Problem:
    """Say of a column of money without any unit that most of its figures are out of the usual range."""
    what = Text(
        f"没有写单位，按万元读，{bare} 个数中 {unusual} 个不在通常范围内",
        f"has no unit and is read in 万元: {unusual} of {bare} figures are outside the usual range",
    )
    instead = Text(
        "若本来是元，请在列名写明，如 营业收入（元）。", "If they are in 元, say so in the header: 营业收入（元）."
    )
    return Problem(flag.column.fact.id, what, instead)


def _some(problems: Iterator[RowProblem]) -> Iterator[RowProblem]:
    """Give the problems of a rejected row. Raises EngineError if there are none."""
    first = next(problems, None)
    if first is None:
        message = "a row was rejected without a problem"
        raise EngineError(message)
    return chain([first], problems)
