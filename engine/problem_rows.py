"""The rows of a stage that have problems, one line a problem: what was refused, and what is only odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from engine.cells import Column
from engine.column_values import x
from engine.errors import Language, Problem, Text
from engine.facts import Fact
from engine.screen_plan import APPLICATION, IDENTITY, Plan

FIELDS: Mapping[str, Text] = {
    "line": Text("行号", "line"),
    "firm_id": Text("统一社会信用代码", "firm_id"),
    "firm_name": Text("企业名称", "firm_name"),
    "column": Text("列", "column"),
    "fact": Text("指标", "fact"),
    "value": Text("填写内容", "value"),
    "problem": Text("问题", "problem"),
    "instead": Text("应如何填写", "instead"),
}


@dataclass(frozen=True)
class RowProblem:
    """One problem of one row; `record` is the place of the row, `line` its line in the source once that is known."""

    record: int | None
    line: int | None
    firm_id: str | None
    firm_name: str | None
    column: str
    fact: str
    problem: Problem

    def told(self, lang: Language) -> list[str]:
        """Give it as a line of a table, in the order of FIELDS."""
        instead = self.problem.instead.in_language(lang) if self.problem.instead else ""
        what = self.problem.what.in_language(lang)
        line = "" if self.line is None else str(self.line)
        value = self.problem.value or ""
        return [line, self.firm_id or "", self.firm_name or "", self.column, self.fact, value, what, instead]


def rejected_rows(stage: ir.Table, plan: Plan) -> ir.Table:
    """Give the rows of a stage that are rejected, with all that their problems are told from."""
    return _told(stage, stage.rejected, plan)


def odd_rows(stage: ir.Table, plan: Plan) -> ir.Table:
    """Give the rows of a stage that have a warning."""
    flags = [stage[name] for name in stage.columns if name.startswith("w_")]
    return _told(stage, ibis.or_(stage.bad_elsewhere.notnull(), *flags), plan)


def _told(stage: ir.Table, where: ir.BooleanValue, plan: Plan) -> ir.Table:
    flags = [name for name in stage.columns if name.startswith("w_")]
    shown = [x(fact) for fact in _facts_shown(plan) if x(fact) in stage.columns]
    names = dict.fromkeys(["record", *IDENTITY, "rejected", "bad", "bad_elsewhere", *flags, *shown])
    return stage.filter(where).select(*names).order_by("record")


def double_rows(stage: ir.Table) -> ir.Table:
    """Give the rows whose firm id stands more than once."""
    known = stage.filter(stage.firm_id.notnull() & (stage.firm_id.strip() != ""))
    several = known.group_by(double_id=known.firm_id).aggregate(times=known.count()).filter(ibis._.times > 1)
    found = known.join(several, known.firm_id == several.double_id)
    return found.select("record", "firm_id", "firm_name", "times").order_by("record")


def doubles_of(row: Mapping[str, Any], plan: Plan) -> Iterator[RowProblem]:
    """Say that a firm id stands more than once; each row keeps its own verdict."""
    what = Text(f"该代码出现 {row['times']} 次", f"this id stands in {row['times']} rows")
    instead = Text(
        "各行分别判定，没有合并；请核对。", "Each row has a verdict of its own, none was merged: check them."
    )
    column = plan.columns[plan.place_of["firm_id"]].header
    problem = Problem("firm_id", what, instead, row["firm_id"])
    yield RowProblem(row["record"], None, row["firm_id"], row["firm_name"], column, "firm_id", problem)


def _facts_shown(plan: Plan) -> Iterator[str]:
    for fact in plan.parts:
        yield from (fact.id, fact.part_of or "")
    yield from (fact.id for fact in (*plan.fractions, *plan.watched))
    yield APPLICATION


def problems_of(row: Mapping[str, Any], plan: Plan) -> Iterator[RowProblem]:
    """Give every problem for which a row is rejected."""
    yield from _unreadable(row, "bad", plan.used)
    for fact in plan.parts:
        if plan.rejects_part(fact) and row[f"w_part_{fact.id}"]:
            yield _told_of(row, plan, fact, *_above_whole(row, plan, fact))
    yield from _nobody(row, plan)
    if row.get("w_application"):
        fact = plan.rulebook.vocabulary[APPLICATION]
        listed = "、".join(plan.rulebook.words.applies_to)
        what = Text(
            f"规则 {plan.rulebook.id} 不适用于这类申报", f"{plan.rulebook.id} is not for this kind of application"
        )
        yield _told_of(
            row,
            plan,
            fact,
            what,
            Text(
                f"适用于：{listed}；复核请用 --level 指明层级。",
                f"It applies to: {listed}. Screen reviews with --level.",
            ),
        )


def _nobody(row: Mapping[str, Any], plan: Plan) -> Iterator[RowProblem]:
    """Say that a row is no firm: neither its id nor its name is given, or it is the line of a sum."""
    if not (row["w_nobody"] or row["w_total"]):
        return
    fact = next(plan.rulebook.vocabulary[name] for name in reversed(IDENTITY) if name in plan.place_of)
    what = Text("既没有代码也没有名称", "has neither the id nor the name of a firm")
    instead = Text("请补上统一社会信用代码或企业名称。", "Give the firm's id or its name.")
    if row["w_total"]:
        what, instead = (
            Text("是合计或备注，不是企业", "is a total or a note, not a firm"),
            Text("请删去此行。", "Delete it."),
        )
    header = plan.columns[plan.place_of[fact.id]].header
    problem = Problem(fact.id, what, instead, row["firm_name"] or row["firm_id"])
    yield RowProblem(row["record"], None, row["firm_id"], row["firm_name"], header, fact.id, problem)


def warnings_of(row: Mapping[str, Any], plan: Plan) -> Iterator[RowProblem]:
    """Give everything about a row that is odd and does not reject it."""
    yield from _unreadable(row, "bad_elsewhere", plan.elsewhere)
    for fact in plan.parts:
        if not plan.rejects_part(fact) and row[f"w_part_{fact.id}"]:
            yield _told_of(row, plan, fact, *_above_whole(row, plan, fact))
    for fact in plan.fractions:
        if row[f"w_fraction_{fact.id}"]:
            what = Text("按百分数读作不足 1%", "is read as less than 1 percent")
            yield _told_of(
                row,
                plan,
                fact,
                what,
                Text("若本意是小数，请写成百分数，如 15%。", "If a fraction was meant, write 15%."),
            )
    for fact in plan.watched:
        if row[f"w_unusual_{fact.id}"]:
            what = Text("不在通常范围内", "is outside the usual range")
            instead = Text(
                "请核对单位：金额以万元计，百分数以百分点计。",
                "Check the unit: money in 万元, percent in percentage points.",
            )
            yield _told_of(row, plan, fact, what, instead)


def _unreadable(row: Mapping[str, Any], name: str, columns: Mapping[str, Column]) -> Iterator[RowProblem]:
    for text, column in zip(row[name] or (), columns.values(), strict=False):
        if text is not None:
            problem = column.problem(column.fact.id, text)
            yield RowProblem(
                row["record"], None, row["firm_id"], row["firm_name"], column.header, column.fact.id, problem
            )


def _above_whole(row: Mapping[str, Any], plan: Plan, fact: Fact) -> tuple[Text, Text]:
    whole = plan.rulebook.vocabulary[fact.part_of or ""]
    limit = f"{row[x(whole.id)]:.15g}"
    what = Text(f"大于“{whole.title.zh}”（{limit}）", f"is larger than {whole.title.en} ({limit})")
    return what, Text("部分不能大于整体，请核对两个数。", "A part cannot exceed the whole: check both figures.")


def _told_of(row: Mapping[str, Any], plan: Plan, fact: Fact, what: Text, instead: Text) -> RowProblem:
    value = row[x(fact.id)]
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    header = plan.columns[plan.place_of[fact.id]].header
    problem = Problem(fact.id, what, instead, shown)
    return RowProblem(row["record"], None, row["firm_id"], row["firm_name"], header, fact.id, problem)


class Tally:
    """Counts problems by column and kind, and the rows that have any, as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self._counts: Counter[tuple[str, Text]] = Counter()
        self._first: dict[tuple[str, Text], int | None] = {}

    def counted(self, problems: Iterable[RowProblem]) -> Iterator[RowProblem]:
        """Pass on the problems, which come in the order of their lines."""
        line: int | None = None
        for one in problems:
            self.rows += one.line != line
            line = one.line
            key = (one.column, _kind(one.problem.what))
            self._counts[key] += 1
            self._first.setdefault(key, one.line)
            yield one

    def kinds(self) -> list[tuple[str, Text, int, int | None]]:
        """Give column, kind, count and first line, the most frequent first."""
        return [(*key, count, self._first[key]) for key, count in self._counts.most_common()]


def _kind(what: Text) -> Text:
    """Give what is wrong without the figures of the one row."""
    return Text(_UNIT.sub("单位", what.zh.split("（")[0]), what.en.split(" (")[0].split(":")[0])


_UNIT = re.compile(r"^单位“.*”")
