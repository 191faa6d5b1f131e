"""A rulebook as columns: the same tree as `reference`, decided for all rows of a table at once.

Three-valued booleans are SQL's own: null is undetermined, its AND and OR are Kleene's. Figures are floats; rows with a
comparison closer than rounding allows (and no others) are decided by the definition itself, row by row.

Columns of a decided table: x_<fact> the value (of scores and of ranges low_ and high_), span_<fact> the ends of
a range as text, bar_<…> a benchmark, n<place> the outcome of a node, and `exact`, null but where the definition was
asked. Outcomes of nodes that have no column are told from the values when they are needed: of what stands behind a
guard, only in the few rows where the guard lets it be looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from engine.columns.exact import UNDETERMINED, by_definition
from engine.columns.formulas import ROUNDING, Estimate, estimate, stated
from engine.columns.values import ByRow, blank, said, span, with_values, x
from engine.ground.values import UNREAD, Number, distinct_float
from engine.headers.cells import Column
from engine.language.facts import APPLICATION, AS_OF, YEAR, Fact, Kind, Vocabulary
from engine.language.formula import Formula
from engine.language.reading import LARGEST
from engine.rulebooks.logic import (
    BenchmarkOf,
    Check,
    FactOf,
    Item,
    Node,
    Rulebook,
    Score,
    Threshold,
    is_of_part,
    places,
)
from engine.rulebooks.rulebook import Operator
from engine.sql.functions import (
    NO,
    YES,
    and_,
    cases,
    coalesce,
    greatest,
    is_one_of,
    joined,
    least,
    listed,
    null,
    or_,
    total,
)
from engine.sql.table import Table
from engine.sql.value import Value, literal

FLOATS_DIFFER = 1e-15  # two figures of many digits are told apart by their floats if these differ by more than that


class Decided:
    """A table with the values of all facts, from which the outcome of every node of a rulebook can be told."""

    def __init__(self, table: Table, rulebook: Rulebook) -> None:
        """Take a table that `decided` made, or one stored from it."""
        self.table = table
        self.rulebook = rulebook
        self.place = places(rulebook)
        self._scores = {score.fact.id: score for score in rulebook.scores}
        self._answered = [check.id for check in may_be_near(rulebook)]
        self._outcomes: dict[str, Value] = {}

    def outcome(self, node: Node) -> Value:
        """Give whether a node is met; null is undetermined."""
        if node.id not in self._outcomes:
            name = self.place[node.id]
            self._outcomes[node.id] = self.table[name] if name in self.table.columns else self._told(node)
        return self._outcomes[node.id]

    def _told(self, node: Node) -> Value:
        if isinstance(node, Check):
            return _outcome(node, self.table, self._scores)
        counted = at_least(node.need, [self.outcome(child) for child in node.children])
        if node.guard is None:
            return counted
        return cases((self.outcome(node.guard), True), else_=counted)  # the rest is not computed where it is met

    def value(self, fact: Fact) -> Value:
        """Give the value of a fact; of a score with unknown items its lowest."""
        return self.table[f"low_{fact.id}" if fact.id in self._scores else x(fact.id)]

    def is_as_stated(self, fact: Fact) -> Value:
        """Say whether the value of a fact with a formula is what the firm states."""
        name = f"as_stated_{fact.id}"
        return self.table[name] if name in self.table.columns else NO

    def is_assumed(self, fact: Fact) -> Value | None:
        """Say whether a figure is what is assumed of blanks, or is computed from such; None if it never is."""
        several = assumptions(fact, self.rulebook)
        return or_(*(self.table[name] for name in several)) if several else None

    def is_asked_whole(self, fact: Fact) -> bool:
        """Say whether a ratio has a column, and not all of its parts have: what is missing is the ratio."""
        return f"whole_{fact.id}" in self.table.columns

    def ends(self, fact: Fact) -> tuple[Value, ...]:
        """Give the lowest and the highest that a figure may be; of any other fact its value."""
        return ends_of(fact, self.table)

    def within(self, check: Check) -> tuple[Value, Value] | None:
        """Give, of a part that is not stated, the id of its whole and what it cannot exceed; else null."""
        if not is_of_part(check) or most(check.fact) not in self.table.columns:
            return None
        return self.table[f"whole_of_{check.fact.id}"], self.table[most(check.fact)]

    def points(self, item: Item) -> tuple[Value, Value]:
        """Give the fewest and the most points that an item may be worth."""
        return _points(item, self)

    def required(self, check: Check) -> Value:
        """Give the right side of a check."""
        return _right(check, self.table)

    def gap(self, check: Check) -> Value:
        """Give observed minus required, 0 only where they are equal."""
        gap = self.value(check.fact) - self.required(check)
        if check.id not in self._answered:
            return gap
        return coalesce(self.table["exact"][len(self._answered) + self._answered.index(check.id)], gap)


def at_least(need: int, parts: Sequence[Value]) -> Value:
    """Give the outcome of “at least `need` of these” (outcome.tally)."""
    if need == len(parts):
        return and_(*parts)
    if need == 1:
        return or_(*parts)
    met = total([_count(part, unknown=False) for part in parts])
    possible = total([_count(part, unknown=True) for part in parts])
    return cases((met >= need, True), (possible < need, False), else_=null("BOOLEAN"))


def _count(part: Value, *, unknown: bool) -> Value:
    return part.fill_null(literal(unknown)).cast("BIGINT")


def decided(
    table: Table,
    columns: Mapping[str, Column],
    rulebook: Rulebook,
    as_of: date,
    by_row: ByRow,
    told: Iterable[Fact] = (),
) -> Table:
    """Give the table with what `Decided` needs; `columns` says which text columns state which facts.

    Beside the values it has the outcomes of the criteria and of the checks for which the definition may be asked; and
    the values of those facts in `told`, which need not be the rulebook's, that the columns give.
    """
    table = with_values(table, columns, by_row)
    behind = {fact.id: fact for fact in rulebook.facts_behind}
    behind |= {fact.id: fact for fact in told if _is_behind(table, fact, rulebook.vocabulary)}
    table = _with_facts(table, tuple(behind.values()), rulebook, as_of)
    table = _with_ends(_with_benchmarks(table, rulebook), behind.values())
    table = _with_wholes(table, behind.values(), rulebook.vocabulary)
    totals: dict[str, Value] = {}
    for score in rulebook.scores:
        low, high = _total(score, Decided(table, rulebook))
        totals |= {f"low_{score.fact.id}": low, f"high_{score.fact.id}": high}
        totals[f"eighths_{score.fact.id}"] = _is_in_eighths(score, table)
    table = table.mutate(**totals) if totals else table
    table = _with_near_checks(table, columns, rulebook, as_of, by_row)
    of = Decided(table, rulebook)
    gates = {gate.id: gate for gate in (*(one.gate for one in rulebook.criteria), *rulebook.other_gates)}
    return table.mutate(**{of.place[name]: of.outcome(gate) for name, gate in gates.items()})


def assumptions(fact: Fact, rulebook: Rulebook) -> list[str]:
    """Give the columns that say whether what a fact is, or is computed from, is assumed."""
    return [f"assumed_{one.id}" for one in rulebook.vocabulary.stated_behind(fact) if one.id in rulebook.assumed]


def _with_assumed(table: Table, rulebook: Rulebook, *, is_found: bool) -> Table:
    """Fill what is blank with what is assumed of it, and say where; not what may yet be found from other options."""
    found: dict[str, Value] = {}
    for name, value in rulebook.assumed.items():
        is_done = x(name) not in table.columns or f"assumed_{name}" in table.columns
        if is_done or (rulebook.vocabulary[name].lookup and not is_found):
            continue
        is_blank = table[x(name)].isnull()
        if span(name) in table.columns:
            is_blank &= table[span(name)].isnull()
        taken = f",{','.join(sorted(value))}," if isinstance(value, frozenset) else value
        known = distinct_float(taken) if isinstance(taken, Number) and not isinstance(taken, bool) else taken
        if isinstance(known, float):
            is_blank &= ~_is_contradicted(rulebook.vocabulary[name], known, table, rulebook.vocabulary)
        found |= {x(name): cases((is_blank, literal(known)), else_=table[x(name)]), f"assumed_{name}": is_blank}
    return table.mutate(**found) if found else table


def _is_contradicted(fact: Fact, assumed: float, table: Table, vocabulary: Vocabulary) -> Value:
    """Say whether what is assumed is above a whole, or below a part, that the firm states."""
    wholes = [one for one in vocabulary.wholes_of(fact) if x(one.id) in table.columns]
    parts = [one for one in vocabulary.within.get(fact.id, ()) if x(one.id) in table.columns]
    above = [literal(assumed) > _end(one, 1, table) for one in wholes]
    return or_(NO, *above, *(literal(assumed) < _end(one, 0, table) for one in parts)).fill_null(NO)


def _with_ends(table: Table, behind: Iterable[Fact]) -> Table:
    """Add the ends of the facts that may be ranges, which are asked for again and again."""
    ends: dict[str, Value] = {}
    for fact in behind:
        if span(fact.id) in table.columns:
            value, parts = table[x(fact.id)], table[span(fact.id)].split("~")
            for end, part in zip(("low", "high"), (parts[0], parts[1]), strict=True):
                is_one = table[span(fact.id)].isnull()
                ends[f"{end}_{fact.id}"] = cases((is_one, value), else_=part.try_cast("DOUBLE"))
    return table.mutate(**ends) if ends else table


def _with_wholes(table: Table, behind: Iterable[Fact], vocabulary: Vocabulary) -> Table:
    """Add, of blank parts, the id of the nearest known whole and what it comes to at most; null where there is none."""
    found: dict[str, Value] = {}
    for fact in behind:
        wholes = [one for one in vocabulary.wholes_of(fact) if x(one.id) in table.columns]
        if wholes and fact.is_numeric:
            known = [(_is_given(one, table, ()), one, _end(one, 1, table)) for one in wholes]
            is_blank = ~_is_given(fact, table, ())
            found[f"whole_of_{fact.id}"] = cases(*((is_blank & is_known, one.id) for is_known, one, _ in known))
            found[most(fact)] = cases(*((is_blank & is_known, highest) for is_known, _, highest in known))
    return table.mutate(**found) if found else table


def most(fact: Fact) -> str:
    """Give the name of the column with what a part that is blank cannot exceed."""
    return f"most_{fact.id}"


def _end(fact: Fact, place: int, table: Table) -> Value:
    """Give the lowest (0) or the highest (1) that a figure may be, before `low_` and `high_` are there."""
    if span(fact.id) not in table.columns:
        return table[x(fact.id)]
    return coalesce(table[x(fact.id)], table[span(fact.id)].split("~")[place].try_cast("DOUBLE"))


def _with_near_checks(
    table: Table, columns: Mapping[str, Column], rulebook: Rulebook, as_of: date, by_row: ByRow
) -> Table:
    """Add `exact` and the outcomes of the checks that may be near, and take from it the scores of rows that are."""
    checks, scores = may_be_near(rulebook), [score.fact.id for score in rulebook.scores]
    if not checks:
        return table.mutate(exact=null("DOUBLE[]"))
    near = listed([(_near(check, table, scores), f"{place},") for place, check in enumerate(checks)], "")
    table = table.mutate(near=cases((near != "", joined(",", near)), else_=""))
    table = by_definition(table, columns, rulebook, checks, as_of, by_row)
    name = places(rulebook)
    outcomes = {
        name[check.id]: cases(
            (table["exact"][place].notnull(), table["exact"][place].nullif(UNDETERMINED).cast("BOOLEAN")),
            else_=_outcome(check, table, scores),
        )
        for place, check in enumerate(checks)
    }
    ends = [f"{end}_{score}" for score in scores for end in ("low", "high")]
    totals = {end: coalesce(table["exact"][2 * len(checks) + place], table[end]) for place, end in enumerate(ends)}
    return table.mutate(**outcomes, **totals).drop("near")


def _is_behind(table: Table, fact: Fact, vocabulary: Vocabulary) -> bool:
    """Say whether a fact can be computed from the columns; one that is stated only needs no computing."""
    return fact.is_derived and all(x(part.id) in table.columns for part in vocabulary.stated_behind(fact))


def _with_facts(table: Table, behind: Sequence[Fact], rulebook: Rulebook, as_of: date) -> Table:
    """Add what no column states: blanks, options found from other options, and derived facts with their errors."""
    unstated = [fact for fact in behind if not fact.is_derived and x(fact.id) not in table.columns]
    columns = [fact.id for fact in rulebook.vocabulary.given.values() if x(fact.id) in table.columns]
    table = table.mutate(**{f"whole_{name}": YES for name in rulebook.vocabulary.whole(columns)})
    table = table.mutate(**{x(AS_OF): literal(as_of)}, **{x(fact.id): blank(fact) for fact in unstated})
    if x(YEAR) in table.columns:
        is_blank = table[x(YEAR)].isnull() & (table[span(YEAR)].isnull() if span(YEAR) in table.columns else YES)
        table = table.mutate(**{x(YEAR): cases((is_blank, float(as_of.year - 1)), else_=table[x(YEAR)])})
    if x(APPLICATION) in table.columns:  # which says what is asked for: a blank is no unknown
        applies = table[x(APPLICATION)]
        taken = {} if rulebook.unsaid is None else {x(APPLICATION): coalesce(applies, rulebook.unsaid)}
        table = table.mutate(**{said(APPLICATION): applies}, **taken)
    table = _with_assumed(table, rulebook, is_found=False)
    for fact in behind:
        if fact.lookup is not None:
            by, code_of = table[x(fact.lookup.by)], fact.lookup.code_of
            ours = cases(*((is_one_of(by, several), one) for one, several in fact.lookup.values.items()))
            table = table.mutate(**{x(fact.id): coalesce(table[x(fact.id)], ours)}) if code_of else table
    table = _with_assumed(table, rulebook, is_found=True)
    stated_too = [fact.id for fact in behind if fact.formula and x(fact.id) in table.columns]
    table = table.rename(
        {said(name): x(name) for name in stated_too} | {_ends(name): span(name) for name in stated_too}
    )
    waiting = {fact.id: fact.formula for fact in behind if fact.formula is not None}
    while waiting:  # those first whose parts are there
        ready = {name: one for name, one in waiting.items() if all(x(part) in table.columns for part in one.names)}
        found = {name: _computed(formula, table, rulebook, as_of) for name, formula in ready.items()}
        table = table.mutate(
            **{f"as_stated_{name}": _is_as_stated(name, one, table, rulebook) for name, one in found.items()}
        )
        found = {name: _or_stated(name, one, table) for name, one in found.items()}
        table = table.mutate(
            **{x(name): one.value for name, one in found.items()},
            **{f"error_{name}": one.error for name, one in found.items()},
            **{f"doubt_{name}": one.doubtful for name, one in found.items()},
            **{
                span(name): cases((table[f"as_stated_{name}"], table[_ends(name)]))
                for name in found
                if name in stated_too
            },
        )
        waiting = {name: formula for name, formula in waiting.items() if name not in found}
    return table


def _computed(formula: Formula, table: Table, rulebook: Rulebook, as_of: date) -> Estimate:
    parts = [rulebook.vocabulary[name] for name in formula.names]
    figures = {one.id: _estimate_of(one, table) for one in parts if one.kind is not Kind.DATE}
    days = {one.id: table[x(one.id)] for one in parts if one.kind is Kind.DATE}
    return estimate(formula, figures, days, as_of)


def _ends(ratio: str) -> str:
    """Give the name of the column with both ends of a ratio that is stated as a range."""
    return f"said_{span(ratio)}"


def _is_as_stated(ratio: str, computed: Estimate, table: Table, rulebook: Rulebook) -> Value:
    """Say whether a ratio is what a firm states, since parts of it are missing or ranges."""
    if said(ratio) not in table.columns:
        return NO
    parts = rulebook.vocabulary.stated_behind(rulebook.vocabulary[ratio])
    lacks = or_(*(table[x(part.id)].isnull() for part in parts)) & computed.value.isnull()
    lacks = or_(lacks, *(table[name] for name in assumptions(rulebook.vocabulary[ratio], rulebook)))
    return lacks & (table[said(ratio)].notnull() | table[_ends(ratio)].notnull())


def _or_stated(ratio: str, computed: Estimate, table: Table) -> Estimate:
    """Give the estimate of a ratio that a firm may state, from what is computed."""
    if said(ratio) not in table.columns:
        return computed
    is_stated, figure = table[f"as_stated_{ratio}"], table[said(ratio)]
    return Estimate(
        cases((is_stated, figure), else_=computed.value),
        cases((is_stated, figure.abs()), else_=computed.size),
        cases((is_stated, False), else_=computed.doubtful),
    )


def _estimate_of(fact: Fact, table: Table) -> Estimate:
    value = table[x(fact.id)]
    if not fact.is_derived:
        return stated(value)
    size = table[f"error_{fact.id}"] / ROUNDING
    return Estimate(value, size, table[f"doubt_{fact.id}"])


def _outcome(check: Check, table: Table, scores: Collection[str]) -> Value:
    if check.operator is Operator.GIVEN:
        is_given = _is_given(check.fact, table, scores)
        return is_given if cast("Threshold", check.right).value else ~is_given
    return _between(check, table)


def _between(check: Check, table: Table) -> Value:
    """Give the outcome of a check of which a side may be a range."""
    left = ends_of(check.fact, table)
    if is_of_part(check) and most(check.fact) in table.columns:  # from the least there is up to the whole of it
        least_of_all = -float(LARGEST) if check.fact.lowest is None else float(check.fact.lowest)
        highest = table[most(check.fact)]
        left = coalesce(left[0], cases((highest.notnull(), least_of_all))), coalesce(left[-1], highest)
    right = ends_of(check.right.fact, table) if isinstance(check.right, FactOf) else (_right(check, table),)
    several = [_compare(one, check.operator, other, check) for one in left for other in right]
    if len(several) == 1:
        return several[0]
    agree = and_(*(one == several[0] for one in several[1:]))
    if check.operator in {Operator.EQUALS, Operator.DIFFERS_FROM}:
        is_one = and_(*(ends[0] == ends[-1] for ends in (left, right)))
        agree = is_one | (left[0] > right[-1]) | (right[0] > left[-1])
    return cases((agree, several[0]))


def ends_of(fact: Fact, table: Table) -> tuple[Value, ...]:
    """Give the lowest and the highest that a figure may be; of any other fact its value."""
    if f"low_{fact.id}" in table.columns:
        return table[f"low_{fact.id}"], table[f"high_{fact.id}"]
    return (table[x(fact.id)],)


def _is_range(fact: Fact, table: Table) -> Value:
    return table[span(fact.id)].notnull() if span(fact.id) in table.columns else NO


def _is_given(fact: Fact, table: Table, scores: Collection[str]) -> Value:
    return YES if fact.id in scores else table[x(fact.id)].notnull() | _is_range(fact, table)


def _compare(left: Value, operator: Operator, right: Value, check: Check) -> Value:  # noqa: PLR0911
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
        within = or_(*(left == one for one in sorted(cast("frozenset[str]", accepted))))
        return within if operator is Operator.ONE_OF else ~within
    has = left.contains(f",{accepted},")
    has = cases((has, YES), (left.contains(f",{UNREAD}"), null("BOOLEAN")), else_=has)
    return has if operator is Operator.CONTAINS else ~has


def _right(check: Check, table: Table) -> Value:
    """Give the right side of a check as a column; of a list, which `_compare` reads itself, nothing."""
    match check.right:
        case Threshold(value=value):
            if check.fact.is_numeric and not isinstance(value, bool):
                return literal(float(cast("Number", value)))
            return null("VARCHAR") if isinstance(value, frozenset) else literal(value)
        case FactOf(fact=fact):
            return table[x(fact.id)]
        case BenchmarkOf():
            return table[_bar(check.right)]


def _bar(right: BenchmarkOf) -> str:
    """Give the name of the column with the benchmark of each row."""
    return f"bar_{right.table.digest[:12]}_{right.column}"


def _with_benchmarks(table: Table, rulebook: Rulebook) -> Table:
    """Add the benchmarks that checks compare with."""
    rights = [check.right for check in rulebook.checks if isinstance(check.right, BenchmarkOf)]
    bars: dict[str, Value] = {}
    for right in rights:
        by, rows = table[x(right.table.by)], right.table.rows
        known = [(by == key, distinct_float(row[right.column])) for key, row in rows.items() if right.column in row]
        bars[_bar(right)] = cases(*known, else_=null("DOUBLE"))
    return table.mutate(**bars) if bars else table


def may_be_near(rulebook: Rulebook) -> tuple[Check, ...]:
    """Give the checks whose sides floats may not tell apart: those of figures that are computed."""
    scores = {score.fact.id for score in rulebook.scores}
    return tuple(check for check in rulebook.checks if _is_computed(check, scores))


def _is_computed(check: Check, scores: Collection[str]) -> bool:
    if check.operator is Operator.GIVEN:
        return check.fact.formula is not None and check.fact.id not in scores
    of_two_facts = check.fact.is_numeric and isinstance(check.right, FactOf)
    return check.fact.id in scores or (check.fact.is_numeric and check.fact.is_derived) or of_two_facts


def _near(check: Check, table: Table, scores: Collection[str]) -> Value:
    """Say whether the two sides of a check that may be near are too close for floats."""
    fact, right = check.fact, check.right
    if check.operator is Operator.GIVEN:
        return table[f"doubt_{fact.id}"]
    other = right.fact if isinstance(right, FactOf) else None
    bar = _right(check, table)
    if fact.id in scores:
        ends = [table[f"{end}_{fact.id}"] for end in ("low", "high")]
        near = or_(*((end - bar).abs() <= ROUNDING * (end.abs() + 1.0) for end in ends))
        return ~table[f"eighths_{fact.id}"] & near
    value = table[x(fact.id)]
    errors = [table[f"error_{one.id}"] for one in (fact, other) if one is not None and one.is_derived]
    doubts = [table[f"doubt_{one.id}"] for one in (fact, other) if one is not None and one.is_derived]
    allowed = sum(errors, FLOATS_DIFFER * (value.abs() + bar.abs()))
    ranges = [] if other is None else [_is_range(one, table) for one in (fact, other)]
    return or_((value - bar).abs() <= allowed, *doubts, *ranges)


def _total(score: Score, decided: Decided) -> tuple[Value, Value]:
    """Give the lowest and the highest total of a score."""
    lines = [_points(item, decided) for item in score.items]
    low, high = lines[0]
    for fewest, most in lines[1:]:
        low, high = low + fewest, high + most
    return low, high


def _is_in_eighths(score: Score, table: Table) -> Value:
    """Say whether all points that a score adds up are eighths, of which floats make no rounding errors."""
    fixed = [number for item in score.items for number in (item.maximum, item.otherwise)]
    fixed += [band.points for item in score.items for band in item.bands]
    awarded = [item.points_of for item in score.items if item.points_of is not None]
    if any(number * 8 % 1 for number in fixed) or any(fact.is_derived for fact in awarded):
        return NO
    stated = [end * 8.0 for fact in awarded for end in ends_of(fact, table)]
    return and_(*(eighths % 1.0 == 0.0 for eighths in stated)).fill_null(YES)


def _points(item: Item, decided: Decided) -> tuple[Value, Value]:
    maximum = float(item.maximum)
    if item.points_of is not None:
        ends = decided.ends(item.points_of)
        low, high = (greatest(least(end, maximum), 0.0) for end in (ends[0], ends[-1]))
        known = ends[0].notnull()
        return cases((known, low), else_=0.0), cases((known, high), else_=maximum)

    def earned(*, unknown: bool) -> Value:
        met = [(decided.outcome(band.node).fill_null(literal(unknown)), float(band.points)) for band in item.bands]
        if item.each:
            parts = [cases((is_met, points), else_=0.0) for is_met, points in met]
            return least(total(parts), maximum)
        otherwise = float(item.otherwise)
        best_first = sorted((pair for pair in met if pair[1] > otherwise), key=lambda pair: -pair[1])
        return cases(*best_first, else_=otherwise) if best_first else literal(otherwise)

    return earned(unknown=False), earned(unknown=True)
