"""Why rows are undetermined, as columns: reason codes, and which given facts are missing (`reference.unknowns`).

What keeps a row open is a set: a bit for each reason and for each given fact, in as many integers as that takes. The
set of a gate is that of its children, and empty where the gate is determined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.columns.outcomes import Decided
from engine.ground.outcome import Reason
from engine.ground.values import UNREAD
from engine.language.facts import AS_OF, Fact, Kind
from engine.rulebooks.asked_order import asked_order
from engine.rulebooks.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Item, Node, Rulebook
from engine.sql.functions import and_, cases
from engine.sql.value import Value, literal

_BITS = 62  # of an integer
REASONS = tuple(reason for reason in Reason if reason is not Reason.NOT_APPLICABLE)
_EMPTY = literal(0).cast("BIGINT")

Set = Mapping[int, Value]
"""A set by the place of its integers; those that nothing can be in are left out."""


def open_columns(rulebook: Rulebook, criterion: Criterion) -> list[str]:
    """Give the names of the columns with the set of a criterion."""
    place = rulebook.criteria.index(criterion)
    return [f"open_{place}_{word}" for word in range(_words(rulebook))]


def _words(rulebook: Rulebook) -> int:
    return -(-(len(REASONS) + len(rulebook.facts_used)) // _BITS)


class Open:
    """What keeps the rows of a decided table undetermined."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided
        self._rulebook = decided.rulebook
        self._scores = {score.fact.id: score for score in decided.rulebook.scores}
        facts = (name for name in asked_order(decided.rulebook) if name in decided.rulebook.facts_used)
        self._bit: dict[Reason | str, int] = {one: bit for bit, one in enumerate((*REASONS, *facts))}

    def columns(self) -> dict[str, Value]:
        """Give the sets of all criteria, as columns of the table."""
        found: dict[str, Value] = {}
        for criterion in self._rulebook.criteria:
            one = self._of(criterion.gate)
            names = open_columns(self._rulebook, criterion)
            found |= {name: one.get(word, _EMPTY) for word, name in enumerate(names)}
        return found

    def totals(self, criteria: Iterable[Criterion]) -> dict[str, Value]:
        """Give the union of the sets of these criteria, as columns `open_any_…` of a table with the sets."""
        words = enumerate(self._words_of(list(criteria)))
        return {f"open_any_{word}": _united(integers) for word, integers in words}

    def _words_of(self, criteria: list[Criterion]) -> Iterator[list[Value]]:
        names = [open_columns(self._rulebook, criterion) for criterion in criteria]
        for word in range(_words(self._rulebook)):
            yield [self._decided.table[several[word]] for several in names] or [_EMPTY]

    def is_any_open(self, criterion: Criterion | None = None) -> Value:
        """Say whether the criterion is open; of no criterion, any: of a table with the totals."""
        return self._open_for(criterion) != _EMPTY

    def only_judgements(self, criterion: Criterion | None = None) -> Value:
        """Say whether judgements alone are open, of the criterion or of any."""
        return self._open_for(criterion) == _single(self._bit[Reason.NEEDS_REVIEW])

    def _open_for(self, criterion: Criterion | None) -> Value:
        reasons = sum(1 << self._bit[one] for one in REASONS)  # which have the first bits
        return self._first(criterion) & literal(reasons).cast("BIGINT")

    def _first(self, criterion: Criterion | None) -> Value:
        """Give the first integer of the set of a criterion, which has the reasons; of no criterion, of the union."""
        name = "open_any_0" if criterion is None else open_columns(self._rulebook, criterion)[0]
        return self._decided.table[name]

    def is_for(self, reason: Reason, criterion: Criterion | None = None) -> Value:
        """Say whether a reason is among those of a criterion; of no criterion, of any: of a table with totals."""
        return self._has(self._first(criterion), reason)

    def reason(self, criterion: Criterion, else_: str | None = None) -> Value:
        """Give the reason code of a criterion: the foremost of its unknowns; `else_` where it is determined."""
        first = self._first(criterion)
        return cases(*((self._has(first, reason), reason.value) for reason in REASONS), else_=else_)

    def missing(self, criterion: Criterion | None = None) -> dict[str, Value]:
        """Give, for each given fact, in which rows it is blank and keeps the criterion open.

        Of no criterion, any: of a table with totals.
        """
        words = range(_words(self._rulebook))
        names = [f"open_any_{word}" for word in words] if criterion is None else open_columns(self._rulebook, criterion)
        facts = [one for one in self._bit if not isinstance(one, Reason)]
        return {fact: self._has(self._decided.table[names[self._bit[fact] // _BITS]], fact) for fact in facts}

    def _has(self, integer: Value, one: Reason | str) -> Value:
        return (integer & _single(self._bit[one])) != _EMPTY

    def _set(self, where: Value, *several: Reason | str) -> Set:
        """Give the set of these in the rows `where`, empty in the others."""
        bits: dict[int, int] = {}
        for one in several:
            word, bit = divmod(self._bit[one], _BITS)
            bits[word] = bits.get(word, 0) | 1 << bit
        return {word: cases((where, literal(bit).cast("BIGINT")), else_=_EMPTY) for word, bit in bits.items()}

    def _of(self, node: Node) -> Set:
        """Give the set of a node; what is under it is looked at only where it is undetermined."""
        parts = [self._of(child) for child in node.children] if isinstance(node, Gate) else self._of_check(node)
        return _where(self._decided.outcome(node).isnull(), parts)

    def _of_check(self, check: Check) -> Iterator[Set]:
        yield self._of_fact(check.fact)
        if isinstance(check.right, FactOf):
            yield self._of_fact(check.right.fact)
        if isinstance(check.right, BenchmarkOf):
            key = self._rulebook.vocabulary[check.right.table.by]
            yield self._of_fact(key)
            has_no_figure = self._decided.value(key).notnull() & self._decided.required(check).isnull()
            yield self._set(has_no_figure, Reason.NO_BENCHMARK)

    def _of_fact(self, fact: Fact) -> Set:
        if fact.id in self._scores:
            return _union([self._of_item(item) for item in self._scores[fact.id].items])
        value = self._decided.value(fact)
        is_blank = value.isnull()  # of 前3名 too: the place is missing
        if fact.kind is Kind.CHOICES:
            is_blank |= value.contains(f",{UNREAD}")
        if fact.id == AS_OF:
            return {}
        if fact.formula is None:
            return self._set(is_blank, Reason.NEEDS_REVIEW if fact.needs_review else Reason.MISSING, fact.id)
        if self._decided.is_asked_whole(fact):
            return self._set(is_blank, Reason.MISSING, fact.id)
        parts = [self._rulebook.vocabulary[name] for name in fact.formula.names]
        behind = self._rulebook.vocabulary.stated_behind(fact)
        all_given = and_(*(self._decided.value(part).notnull() for part in behind))
        not_computable = self._set(is_blank & all_given, Reason.NOT_COMPUTABLE)
        unknown = [*(self._of_fact(part) for part in parts), not_computable]
        if not fact.may_be_stated:
            return _union(unknown)
        stated = self._decided.is_as_stated(fact)  # as a range, which is blank here, if it can be unknown
        return _union([_where(~stated, unknown), self._set(stated & is_blank, Reason.MISSING, fact.id)])

    def _of_item(self, item: Item) -> Set:
        least, most = self._decided.points(item)
        parts = [self._of(band.node) for band in item.bands]
        parts += [self._of_fact(item.points_of)] if item.points_of is not None else []
        return _where(least != most, parts)


def _where(condition: Value, parts: Iterable[Set]) -> Set:
    union = _union(list(parts))
    return {word: cases((condition, integer), else_=_EMPTY) for word, integer in union.items()}


def _union(parts: list[Set]) -> Set:
    words = sorted({word for part in parts for word in part})
    return {word: _united(part[word] for part in parts if word in part) for word in words}


def _united(integers: Iterable[Value]) -> Value:
    first, *others = integers
    for other in others:
        first = first | other
    return first


def _single(bit: int) -> Value:
    return literal(1 << bit % _BITS).cast("BIGINT")
