"""Firms that stand in more than one row of a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.answers.row_account import RECORD
from engine.answers.spool import Spool
from engine.ground.errors import Problem, Text
from engine.headers.cells import LONGEST
from engine.judging.plan import Plan
from engine.judging.problem_rows import RowProblem
from engine.language.code_text import names_id
from engine.language.facts import IDENTITY
from engine.layout.firm_codes import whose
from engine.layout.no_firm import is_no_firm
from engine.sql.table import Table
from engine.sql.value import Value
from engine.tables.column_text import shortened
from engine.tables.source import Source

_MOST_ENDS = 100_000


def double_rows(table: Table, plan: Plan) -> Table:
    """Give the rows of a table of text columns whose firm has more than one, in their order.

    Beside each how many there are (`times`), and the numbers of the `first` and the `last` of them.
    """
    names = {name: shortened(table[plan.place_of[name]], LONGEST) for name in IDENTITY if name in plan.place_of}
    record = Value("row_number() OVER () - 1", "BIGINT")
    rows = table.select(record=record, whose=whose(*map(names.get, IDENTITY)), **names)
    found = rows.filter(rows["whose"].notnull()).mutate(
        times=Value("count(*) OVER one", "BIGINT"),
        first=Value("min(record) OVER one", "BIGINT"),
        last=Value("max(record) OVER one", "BIGINT"),
    )
    relation = f"{found.relation[:-1]} WINDOW one AS (PARTITION BY whose))"
    several = Table(relation, found.types)
    return several.filter(several["times"] > 1).ordered("record")


def _double(row: Mapping[str, Any], plan: Plan, line: int | None, line_of: Mapping[int, int | None]) -> RowProblem:
    """Say that a firm stands more than once, by its id or by its name; each row keeps its own verdict.

    Of its first and its last row the line is told where `line_of` has that of their records.
    """
    fact = "firm_id" if names_id(row.get("firm_id") or "") else "firm_name"
    word = {"firm_id": Text("代码", "id"), "firm_name": Text("企业名称", "name")}[fact]
    others = [line_of.get(row[end]) for end in ("first", "last") if end in row]
    lines = [str(one) for one in others if one is not None and one != line]
    zh, en = (f"（另见第 {'、'.join(lines)} 行）", f" (also line {', '.join(lines)})") if lines else ("", "")
    what = Text(f"该{word.zh}出现 {row['times']} 次{zh}", f"this {word.en} stands in {row['times']} rows{en}")
    instead = Text("各行分别比对，没有合并；请核对。", "Rows are taken one by one and none was merged: check them.")
    column = plan.columns[plan.place_of[fact]].header
    return RowProblem(line, row.get("firm_id"), row.get("firm_name"), column, Problem(fact, what, instead, row[fact]))


@dataclass(frozen=True)
class Doubles:
    """The rows of a source, of `count` rows, whose firm stands more than once; lines are told if they are numbered."""

    plan: Plan
    source: Source
    rows: Spool
    count: int
    numbered: bool = True

    def __iter__(self) -> Iterator[RowProblem]:
        """Give what is told of each."""
        line_of = self._ends()
        for row, line in with_lines(self.rows, self.source, self.count, numbered=self.numbered):
            names = [row.get(name) for name in IDENTITY]
            if not is_no_firm(names[0], names[1], names):
                yield _double(row, self.plan, line, line_of)

    def _ends(self) -> dict[int, int | None]:
        """Give the lines of the first and the last row of each firm, unless there are very many."""
        if not self.numbered:
            return {}
        records: set[int] = set()
        for batch in self.rows:
            records.update(batch["first"].to_pylist(), batch["last"].to_pylist())
            if len(records) > _MOST_ENDS:
                return {}
        several = sorted(records)
        return dict(zip(several, self.source.lines(several, self.count), strict=True))


def with_lines(
    rows: Spool, source: Source, count: int, *, numbered: bool
) -> Iterator[tuple[dict[str, Any], int | None]]:
    """Give rows of a source, of `count` rows, each with its line; no lines are told if they are not numbered."""
    records = (record for batch in rows for record in batch[RECORD].to_pylist())
    lines: Iterator[int | None] = source.lines(records, count) if numbered else (None for _ in records)
    yield from zip((row for batch in rows for row in batch.to_pylist()), lines, strict=True)
