"""What is asked of every row in one statement: its line of the verdict file, what is counted, what is wrong with it.

Columns: value_<place>, the values of the verdict file; `rejected`; `blank`, whether there is nothing in any cell;
`cells`, the texts of the plan, of rows that something is told of, else null, `bad` those that cannot be read, by the
place of their column, where there are any; `carried`, the texts of the caller's own columns in these; `id_hash`; the
outcomes `verdict` and c<place> of each criterion, idle<place> where one may be met because it does not apply; `fails`,
how many are not met, `alone`, the place of the only one where no open one fails unless another way is met, `far`, how
far its figures are from what it requires, as a part of that, and `why`, what `reasons` says of what fails; `missing`
and `hangs_on`, the ids joined by ;; `awaiting`, what an open row waits for; and the flags of the plan, of a row that is
no firm's only that of such rows.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import pyarrow as pa

from engine.columns.hanging import HANGS_ON
from engine.columns.outcomes import Decided
from engine.judging.plan import Plan
from engine.judging.verdict_rows import RowColumn
from engine.language.facts import IDENTITY
from engine.layout.firm_codes import whose
from engine.rulebooks.logic import ORDERED, Check, Node
from engine.sql.functions import NO, YES, cases, function, greatest, joined, least, list_of, null, or_, total
from engine.sql.table import Table
from engine.sql.value import Value, literal
from engine.tables.source import BLANKS, GAP

IDLE = "idle"
"""What the names of columns begin with that say whether a criterion does not apply."""


def row_statement(judged: Table, plan: Plan, columns: Sequence[RowColumn], told: Container[str]) -> Table:
    """Give the table of what is asked of each row.

    The cells of rows with warnings of the kinds in `told` come along too.
    """
    of = Decided(judged, plan.rulebook)
    apart = judged[plan.total.name]
    flags = {flag.name: judged[flag.name] & ~apart for flag in plan.flags} | {plan.total.name: apart}
    flags |= {flag.name: flags[flag.name] & ~judged["rejected"] for flag in plan.flags if flag.kind == "new"}
    warned = [flags[flag.name] for flag in plan.warnings if flag.kind in told]
    is_told = or_(judged["rejected"], judged["unread"], *warned)
    nothing = ~joined("", *(judged[name] for name in plan.texts)).re_search(f"[^{BLANKS}{GAP}]")
    [nobody] = [flag.name for flag in plan.flags if flag.kind == "nobody"]
    blank = cases((judged[nobody], nothing), else_=NO)
    own = [column.value.cast("VARCHAR") for column in columns if column.is_carried]
    fails, alone = _alone(of, plan)
    alone = cases(((judged["unless"] == "").fill_null(YES), alone))
    says = any(column.id == "reasons" for column in columns)
    return judged.select(
        **{f"value_{place}": column.value for place, column in enumerate(columns)},
        rejected=judged["rejected"],
        blank=blank,
        cells=cases((is_told & ~blank, list_of([judged[name] for name in plan.texts]))),
        bad=cases((is_told & ~blank, judged["bad"])),
        carried=cases((is_told & ~blank, list_of(own))) if own else null("VARCHAR[]"),
        id_hash=cases((~apart, _id_hash(judged, plan))),
        verdict=of.outcome(plan.rulebook.verdict_gate),
        **{f"c{place}": of.outcome(criterion.gate) for place, criterion in enumerate(plan.rulebook.criteria)},
        **{
            f"{IDLE}{place}": of.outcome(criterion.gate.guard)
            for place, criterion in enumerate(plan.rulebook.criteria)
            if criterion.gate.guard is not None
        },
        fails=fails,
        alone=alone,
        far=_far_alone(of, plan, alone),
        why=joined("", judged["unmet"], judged["unless"]) if says else null("VARCHAR"),
        missing=judged["missing"],
        awaiting=judged["awaiting"],
        hangs_on=judged[HANGS_ON],
        **flags,
    )


def with_lines(batch: pa.RecordBatch, lines: Iterable[int]) -> pa.RecordBatch:
    """Give a batch of the row statement with the lines of its rows, which are the first column of a verdict file."""
    return batch.set_column(0, batch.schema.field(0), pa.array(lines, pa.int64()))


def _alone(of: Decided, plan: Plan) -> tuple[Value, Value]:
    """Give how many criteria are not met, and the place of the only one, else null."""
    places = {id(criterion): place for place, criterion in enumerate(plan.rulebook.criteria)}
    failing = {
        places[id(one)]: cases((of.outcome(one.gate), False), else_=of.outcome(one.gate).notnull())
        for one in plan.deciding
    }
    number = total([flag.cast("INTEGER") for flag in failing.values()] or [literal(0)])
    which = cases(*((flag, place) for place, flag in failing.items())) if failing else null("BIGINT")
    return number, cases((number == 1, which))


def _far_alone(of: Decided, plan: Plan, alone: Value) -> Value:
    """Give how far the only criterion that is not met is from being so; nothing of several rulebooks."""
    if plan.rulebook.any_is_enough or not plan.deciding:
        return null("DOUBLE")
    places = ((place, one) for place, one in enumerate(plan.rulebook.criteria) if one.words.decides)
    return cases(*((alone == place, _far(of, one.gate)) for place, one in places))


def _far(of: Decided, node: Node) -> Value:
    """Give how far the figures of a node are from what it requires, as a part of that; 1 of what is no figure."""
    if isinstance(node, Check):
        is_figure = node.fact.is_numeric and node.operator in ORDERED
        part = of.gap(node).abs() / of.required(node).abs().nullif(0.0) if is_figure else literal(1.0)
        return cases((of.outcome(node), 0.0), else_=part)
    parts = [_far(of, child) for child in node.children if child is not node.guard]
    return (greatest if node.need == len(node.children) else least)(*parts)


def _id_hash(judged: Table, plan: Plan) -> Value:
    """Give a number that two rows of a firm have in common; null of a row that says not whose it is."""
    key = whose(*(judged[plan.place_of[name]] if name in plan.place_of else None for name in IDENTITY))
    return cases((key.notnull(), _hash(key)))


_hash = function("hash", "UBIGINT")
