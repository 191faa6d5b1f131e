"""A rulebook as columns: the same tree as `reference`, decided for all rows of a table at once, by any Ibis back end.

Three-valued booleans are SQL's own: null is undetermined, its AND and OR are Kleene's. Figures are floats; rows with a
comparison closer than rounding allows (and no others) are decided by the definition itself, row by row.

Columns of a decided table: x_<fact> the value (of scores and ranks low_ and high_), n<place> the outcome of each node,
and `exact`, null but where the definition was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import ibis
import ibis.expr.types as ir

from engine.cells import Column, distinct_float
from engine.column_exact import by_definition
from engine.column_formula import NO, ROUNDING, YES, Estimate, estimate, stated
from engine.column_values import ByRow, blank, with_values, x
from engine.facts import Fact, Kind
from engine.formula import Formula
from engine.logic import BenchmarkOf, Check, FactOf, Gate, Item, Node, Rulebook, Score, Threshold, places
from engine.rulebook import Operator
from engine.values import Number

_FLOATS_DIFFER = 1e-15  # two figures of many digits are told apart by their floats if these differ by more than that


class Decided:
    """A table with the values of all facts and the outcomes of all nodes of a rulebook."""

    def __init__(self, table: ir.Table, rulebook: Rulebook) -> None:
        """Take a table that `decided` made, or one stored from it."""
        self.table = table
        self.rulebook = rulebook
        self.place = places(rulebook)
        self._scores = {score.fact.id: score for score in rulebook.scores}

    def outcome(self, node: Node) -> ir.BooleanValue:
        """Give whether a node is met; null is undetermined."""
        name = self.place[node.id]
        if isinstance(node, Check) or name in self.table.columns:
            return self.table[name]
        return at_least(node.need, [self.outcome(child) for child in node.children])

    def value(self, fact: Fact) -> ir.Value:
        """Give the value of a fact; of a score with unknown items its lowest."""
        return self.table[f"low_{fact.id}" if fact.id in self._scores else x(fact.id)]

    def ends(self, fact: Fact) -> tuple[ir.Value, ...]:
        """Give the lowest and the highest that a score or a rank may be; of any other fact its value."""
        return ends_of(fact, self.table)

    def points(self, item: Item) -> tuple[ir.FloatingValue, ir.FloatingValue]:
        """Give the fewest and the most points that an item may be worth."""
        return _points(item, self)

    def required(self, check: Check) -> ir.Value:
        """Give the right side of a check."""
        return _right(check, self.table)

    def gap(self, check: Check) -> ir.FloatingValue:
        """Give observed minus required, 0 only where they are equal."""
        exact = self.table.exact[len(self.rulebook.checks) + self.rulebook.checks.index(check)]
        return ibis.coalesce(exact, self.value(check.fact) - self.required(check))


def at_least(need: int, parts: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    """Give the outcome of “at least `need` of these” (outcome.tally)."""
    if need == len(parts):
        return ibis.and_(*parts)
    if need == 1:
        return ibis.or_(*parts)
    met = sum((part.fill_null(NO).cast("int64") for part in parts[1:]), _count(parts[0], unknown=False))
    possible = sum((part.fill_null(YES).cast("int64") for part in parts[1:]), _count(parts[0], unknown=True))
    return ibis.cases((met >= need, True), (possible < need, False), else_=ibis.null("boolean"))


def _count(part: ir.BooleanValue, *, unknown: bool) -> ir.IntegerValue:
    return part.fill_null(ibis.literal(unknown)).cast("int64")


def decided(table: ir.Table, columns: Mapping[str, Column], rulebook: Rulebook, as_of: date, by_row: ByRow) -> ir.Table:
    """Give the table with what `Decided` needs; `columns` says which text columns state which facts."""
    table = with_values(table, columns, by_row)
    table = _with_facts(table, rulebook, as_of)
    scores = frozenset(score.fact.id for score in rulebook.scores)
    first = [check for check in rulebook.checks if check.fact.id not in scores]
    table = _with_checks(table, first, rulebook)
    for score in rulebook.scores:
        low, high = _total(score, Decided(table, rulebook))
        table = table.mutate(**{f"low_{score.fact.id}": low, f"high_{score.fact.id}": high})
    table = _with_checks(table, [check for check in rulebook.checks if check.fact.id in scores], rulebook)
    return _with_gates(by_definition(table, columns, rulebook, as_of, by_row), rulebook)


def _with_facts(table: ir.Table, rulebook: Rulebook, as_of: date) -> ir.Table:
    """Add what no column states: blanks, options found from other options, and derived facts with their errors."""
    unstated = [fact for fact in rulebook.facts_behind if not fact.is_derived and x(fact.id) not in table.columns]
    table = table.mutate(**{x(fact.id): blank(fact) for fact in unstated})
    for fact in rulebook.facts_behind:
        if fact.lookup is not None:
            by, code_of = table[x(fact.lookup.by)], fact.lookup.code_of
            found = ibis.cases(
                *((ibis.or_(*(by == one for one in several)), ours) for ours, several in fact.lookup.values.items())
            )
            table = table.mutate(**{x(fact.id): ibis.coalesce(table[x(fact.id)], found)}) if code_of else table
    waiting = {fact.id: fact.formula for fact in rulebook.facts_behind if fact.formula is not None}
    while waiting:  # those first whose parts are there
        ready = {name: one for name, one in waiting.items() if all(x(part) in table.columns for part in one.names)}
        found = {name: _computed(formula, table, rulebook, as_of) for name, formula in ready.items()}
        table = table.mutate(
            **{x(name): one.value for name, one in found.items()},
            **{f"error_{name}": one.error for name, one in found.items()},
            **{f"doubt_{name}": one.doubtful for name, one in found.items()},
        )
        waiting = {name: formula for name, formula in waiting.items() if name not in found}
    return table


def _computed(formula: Formula, table: ir.Table, rulebook: Rulebook, as_of: date) -> Estimate:
    parts = [rulebook.vocabulary[name] for name in formula.names]
    figures = {one.id: _estimate_of(one, table) for one in parts if one.kind is not Kind.DATE}
    days = {one.id: table[x(one.id)] for one in parts if one.kind is Kind.DATE}
    return estimate(formula, figures, days, as_of)


def _estimate_of(fact: Fact, table: ir.Table) -> Estimate:
    value = table[x(fact.id)]
    if not fact.is_derived:
        return stated(value)
    size = table[f"error_{fact.id}"] / ROUNDING
    return Estimate(value, size, table[f"doubt_{fact.id}"])


def _with_checks(table: ir.Table, checks: Sequence[Check], rulebook: Rulebook) -> ir.Table:
    """Add the outcome of each check, and to `near` whether one of them is too close for floats."""
    name = places(rulebook)
    scores = frozenset(score.fact.id for score in rulebook.scores)
    near = [_near(check, table, scores) for check in checks]
    outcomes = {name[check.id]: _outcome(check, table, scores) for check in checks}
    before = [table.near] if "near" in table.columns else []
    flags = [*before, *(flag for flag in near if flag is not None)]
    any_near = ibis.or_(*flags).fill_null(NO) if flags else NO
    return table.mutate(**outcomes, near=any_near)


def _with_gates(table: ir.Table, rulebook: Rulebook) -> ir.Table:
    """Add the outcome of each gate, those above others after them."""
    name = places(rulebook)
    waiting = [node for node in rulebook.nodes if isinstance(node, Gate)]
    while waiting:
        decided = Decided(table, rulebook)
        ready = [gate for gate in waiting if all(name[child.id] in table.columns for child in gate.children)]
        table = table.mutate(**{name[gate.id]: decided.outcome(gate) for gate in ready})
        waiting = [gate for gate in waiting if gate not in ready]
    return table


def _outcome(check: Check, table: ir.Table, scores: frozenset[str]) -> ir.BooleanValue:
    if check.operator is Operator.GIVEN:
        is_given = _is_given(check.fact, table, scores)
        return is_given if cast("Threshold", check.right).value else ~is_given
    left = ends_of(check.fact, table)
    right = ends_of(check.right.fact, table) if isinstance(check.right, FactOf) else (_right(check, table),)
    several = [_compare(one, check.operator, other, check) for one in left for other in right]
    if len(several) == 1:
        return several[0]
    agree = ibis.and_(*(one == several[0] for one in several[1:]))
    if check.operator in {Operator.EQUALS, Operator.DIFFERS_FROM}:
        is_one = ibis.and_(*(ends[0] == ends[-1] for ends in (left, right)))
        agree = is_one | (left[0] > right[-1]) | (right[0] > left[-1])
    return ibis.cases((agree, several[0]))


def ends_of(fact: Fact, table: ir.Table) -> tuple[ir.Value, ...]:
    """Give the lowest and the highest that a score or a rank may be; of any other fact its value."""
    if f"low_{fact.id}" in table.columns:
        return table[f"low_{fact.id}"], table[f"high_{fact.id}"]
    return (table[x(fact.id)],)


def _is_given(fact: Fact, table: ir.Table, scores: frozenset[str]) -> ir.BooleanValue:
    return YES if fact.id in scores else ends_of(fact, table)[0].notnull()


def _compare(left: ir.Value, operator: Operator, right: ir.Value, check: Check) -> ir.BooleanValue:  # noqa: PLR0911
    match operator:
        case Operator.AT_LEAST:
            return left >= right
        case Operator.LESS_THAN:
            return left < right
        case Operator.AT_MOST:
            return left <= right
        case Operator.MORE_THAN:
            return left > right
        case Operator.EQUALS:
            return left == right
        case Operator.DIFFERS_FROM:
            return left != right
    accepted = cast("Threshold", check.right).value
    if operator in {Operator.ONE_OF, Operator.NONE_OF}:
        within = ibis.or_(*(left == one for one in sorted(cast("frozenset[str]", accepted))))
        return within if operator is Operator.ONE_OF else ~within
    has = left.contains(f",{accepted},")
    return has if operator is Operator.CONTAINS else ~has


def _right(check: Check, table: ir.Table) -> ir.Value:
    """Give the right side of a check as a column; of a list, which `_compare` reads itself, nothing."""
    match check.right:
        case Threshold(value=value):
            if check.fact.is_numeric and not isinstance(value, bool):
                return ibis.literal(float(cast("Number", value)))
            return ibis.null("string") if isinstance(value, frozenset) else ibis.literal(value)
        case FactOf(fact=fact):
            return table[x(fact.id)]
        case BenchmarkOf(table=reference, column=column):
            rows = [(key, row[column]) for key, row in reference.rows.items() if column in row]
            by = table[x(reference.by)]
            return ibis.cases(
                *((by == key, distinct_float(figure)) for key, figure in rows), else_=ibis.null("float64")
            )


def _near(check: Check, table: ir.Table, scores: frozenset[str]) -> ir.BooleanValue | None:
    """Say whether the two sides are too close for floats; None if that cannot be."""
    fact, right = check.fact, check.right
    if check.operator is Operator.GIVEN:
        return table[f"doubt_{fact.id}"] if fact.is_derived else None
    if not fact.is_numeric:
        return None
    other = right.fact if isinstance(right, FactOf) else None
    bar = _right(check, table)
    if fact.id in scores:
        ends = [table[f"{end}_{fact.id}"] for end in ("low", "high")]
        whole = ibis.and_(*(end * 8.0 == (end * 8.0).round() for end in ends))
        return ~whole & ibis.or_(*((end - bar).abs() <= ROUNDING * (end.abs() + 1.0) for end in ends))
    if not fact.is_derived and other is None:
        return None
    value = table[x(fact.id)]
    errors = [table[f"error_{one.id}"] for one in (fact, other) if one is not None and one.is_derived]
    doubts = [table[f"doubt_{one.id}"] for one in (fact, other) if one is not None and one.is_derived]
    allowed = sum(errors, _FLOATS_DIFFER * (value.abs() + bar.abs()))
    return ibis.or_((value - bar).abs() <= allowed, *doubts)


def _total(score: Score, decided: Decided) -> tuple[ir.FloatingValue, ir.FloatingValue]:
    """Give the lowest and the highest total of a score."""
    lines = [_points(item, decided) for item in score.items]
    low, high = lines[0]
    for least, most in lines[1:]:
        low, high = low + least, high + most
    return low, high


def _points(item: Item, decided: Decided) -> tuple[ir.FloatingValue, ir.FloatingValue]:
    maximum = float(item.maximum)
    if item.points_of is not None:
        awarded = decided.table[x(item.points_of.id)]
        within = ibis.greatest(ibis.least(awarded, maximum), 0.0)
        known = awarded.notnull()
        return ibis.cases((known, within), else_=0.0), ibis.cases((known, within), else_=maximum)

    def earned(*, unknown: bool) -> ir.FloatingValue:
        met = [(decided.outcome(band.node).fill_null(ibis.literal(unknown)), float(band.points)) for band in item.bands]
        if item.each:
            parts = [ibis.cases((is_met, points), else_=0.0) for is_met, points in met]
            return ibis.least(sum(parts[1:], parts[0]), maximum)
        otherwise = float(item.otherwise)
        best_first = sorted((pair for pair in met if pair[1] > otherwise), key=lambda pair: -pair[1])
        return ibis.cases(*best_first, else_=otherwise) if best_first else ibis.literal(otherwise)

    return earned(unknown=False), earned(unknown=True)
