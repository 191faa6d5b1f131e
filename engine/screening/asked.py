"""What is asked of every row of a list, as a statement of the database: written once for all lists that are alike.

To write it takes seconds, most of a short list's time; a service is sent the same form again and again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import pyarrow as pa

from engine.ground.forked_lock import ForkedLock
from engine.judging.batch_statement import FEW, SOURCE, Functions
from engine.judging.plan import Plan
from engine.judging.verdict_rows import ColumnHead
from engine.screening.duckdb_backend import DuckdbBackend
from engine.screening.order import Order
from engine.sql.table import Table
from engine.tables.source import Source

_MOST = 16
_KNOWN: OrderedDict[object, Asked] = OrderedDict()
_LOCK = ForkedLock()
_count = count()


@dataclass(frozen=True)
class Asked:
    """A statement over the table `source`, the functions that it calls, and the columns of the verdict file."""

    sql: str
    functions: Functions
    columns: tuple[ColumnHead, ...]

    def batches(self, source: Source, backend: DuckdbBackend) -> Iterator[pa.RecordBatch]:
        """Give the answers for the rows of a source, in its order. Raises UnreadableError."""
        backend.name(SOURCE, source.table)
        for name, (function, result) in self.functions.known.items():
            backend.make_known(name, function, result)
        return backend.answers(self.sql, of_few=0 < source.expected_rows <= FEW)


def asked(order: Order, plan: Plan, source: Source) -> Asked:
    """Give what is asked of the rows of a source."""
    key = _key(order, plan, source.headers, source.table.columns)
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            return _KNOWN[key]
    found = _written(order, plan, source)
    with _LOCK:
        found = _KNOWN.setdefault(key, found)
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)
    return found


def _written(order: Order, plan: Plan, source: Source) -> Asked:
    functions = Functions(prefix=f"asked_{next(_count)}_")
    table = Table(SOURCE, source.table.types)
    rows, columns = order.asked(table, plan, source.headers, functions.by_row)
    return Asked(rows.statement, functions, columns)


def _key(order: Order, plan: Plan, headers: Sequence[str], names: Sequence[str]) -> object:
    """Give all that a statement depends on."""
    routes = plan.routes
    return (
        plan.rulebook,
        plan.as_of,
        tuple(plan.columns.items()),
        plan.keeps_all,
        plan.refusal,
        plan.last,
        tuple(plan.remarks.items()),
        routes is not None and (routes.asks, tuple(routes.open_areas.items())),
        (
            order.lang,
            order.labels,
            order.form,
            order.carry,
            order.carried,
            order.figures,
            order.reasons,
            order.raw_text,
            bool(order.warnings),
        ),
        order.levels,
        tuple(headers),
        tuple(names),
    )
