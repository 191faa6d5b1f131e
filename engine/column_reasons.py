"""Why rows are undetermined, as columns: reason codes, and which given facts are missing (`reference.unknowns`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from engine.column_formula import NO
from engine.facts import Fact
from engine.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Item, Node
from engine.outcome import Reason
from engine.to_columns import Decided


@dataclass(frozen=True)
class Open:
    """One thing that may be unknown: in which rows it is, why, and the given fact that would have to be supplied."""

    where: ir.BooleanValue
    reason: Reason
    fact: str | None = None


class Reasons:
    """What keeps the rows of a decided table undetermined."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided
        self._vocabulary = decided.rulebook.vocabulary
        self._scores = {score.fact.id: score for score in decided.rulebook.scores}

    def reason(self, criterion: Criterion) -> ir.StringValue:
        """Give the reason code of a criterion: the foremost of its unknowns; null where it is determined."""
        return _foremost(self._of(criterion.gate, []))

    def missing(self, criteria: Sequence[Criterion]) -> dict[str, ir.BooleanValue]:
        """Give, for each given fact, in which rows it is blank and keeps one of the criteria undetermined."""
        found: dict[str, list[ir.BooleanValue]] = {}
        for criterion in criteria:
            for one in self._of(criterion.gate, []):
                if one.fact is not None:
                    found.setdefault(one.fact, []).append(one.where)
        return {fact: ibis.or_(*conditions) for fact, conditions in found.items()}

    def _of(self, node: Node, above: list[ir.BooleanValue]) -> Iterator[Open]:
        """Give the unknowns under a node, in rows where it and all gates above are undetermined."""
        here = [*above, self._decided.outcome(node).isnull()]
        if isinstance(node, Gate):
            for child in node.children:
                yield from self._of(child, here)
            return
        for one in self._of_check(node):
            yield Open(ibis.and_(*here, one.where), one.reason, one.fact)

    def _of_check(self, check: Check) -> Iterator[Open]:
        yield from self._of_fact(check.fact)
        if isinstance(check.right, FactOf):
            yield from self._of_fact(check.right.fact)
        if isinstance(check.right, BenchmarkOf):
            key = self._vocabulary[check.right.table.by]
            yield from self._of_fact(key)
            has_no_figure = self._decided.value(key).notnull() & self._decided.required(check).isnull()
            yield Open(has_no_figure, Reason.NO_BENCHMARK)

    def _of_fact(self, fact: Fact) -> Iterator[Open]:
        if fact.id in self._scores:
            for item in self._scores[fact.id].items:
                yield from self._of_item(item)
            return
        is_blank = self._decided.value(fact).isnull()  # of 前3名 too: the place is missing
        if fact.formula is None:
            yield Open(is_blank, Reason.NEEDS_REVIEW if fact.needs_review else Reason.MISSING, fact.id)
            return
        parts = [one for name in fact.formula.names for one in self._of_fact(self._vocabulary[name])]
        yield from parts
        given = [one.where for one in parts if one.fact is not None]
        yield Open(is_blank & ~ibis.or_(NO, *given), Reason.NOT_COMPUTABLE)

    def _of_item(self, item: Item) -> Iterator[Open]:
        if item.points_of is not None:
            yield from self._of_fact(item.points_of)
        least, most = self._decided.points(item)
        for band in item.bands:
            for one in self._of(band.node, []):
                yield Open((least != most) & one.where, one.reason, one.fact)


def _foremost(unknowns: Iterator[Open]) -> ir.StringValue:
    by_reason: dict[Reason, list[ir.BooleanValue]] = {}
    for one in unknowns:
        by_reason.setdefault(one.reason, []).append(one.where)
    ranked = [(ibis.or_(*by_reason[reason]), reason.value) for reason in Reason if reason in by_reason]
    return ibis.cases(*ranked) if ranked else ibis.null("string")
