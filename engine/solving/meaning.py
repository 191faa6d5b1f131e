"""What a rulebook says of a firm that is not known yet: of each node when it is met, and when it is not.

Neither is what is undetermined. This is the definition (`deciding.reference`) once more, as formulas: a gate counts its
children, a score lies between the fewest and the most points, a blank is unknown.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from copy import copy
from datetime import date
from typing import cast

from engine.ground.values import Known, Number
from engine.language.facts import APPLICATION, AREA, AS_OF, YEAR, Fact, Kind
from engine.rulebooks.caution import is_elsewhere
from engine.rulebooks.logic import BenchmarkOf, Check, FactOf, Item, Node, Rulebook, Score, Threshold, walk
from engine.rulebooks.rulebook import Operator
from engine.solving.amounts import COMPARED, Arithmetic, Case, Cases, Root, constant, day_key, holds, is_fixed, is_known
from engine.solving.solver import Amount, Truth, all_of, any_of, at_least, chosen, negated, plus
from engine.solving.unknown_firm import Options, UnknownFirm

Said = tuple[Truth, Truth]
"""Whether a node is met, and whether it is not met."""
_POINTS_MET = {Operator.AT_LEAST: 0, Operator.MORE_THAN: 0, Operator.AT_MOST: 1, Operator.LESS_THAN: 1}
"""Which end of a score has to hold for a comparison to be met: the fewest points, or the most."""


class Meaning:
    """A rulebook, read by our readings, over a firm."""

    def __init__(self, rulebook: Rulebook, firm: UnknownFirm) -> None:
        self.rulebook, self._firm = rulebook.ours, firm
        self._arithmetic = Arithmetic(firm.as_of)
        self._said: dict[str, Said] = {}
        self._values: dict[str, Cases | Root | Options] = {}
        self._scores: dict[str, tuple[Amount, Amount]] = {}
        self._cards = {score.fact.id: score for score in self.rulebook.scores}

    def but(self, node: Node, *, met: bool) -> Meaning:
        """Give the same with a node that is met, or not, whatever it looks at."""
        other = copy(self)
        other.suppose(node, met=met)
        return other

    def suppose(self, node: Node, *, met: bool) -> None:
        """Let a node be met, or not: what is above it is said anew."""
        bands = {band.node for score in self.rulebook.scores for item in score.items for band in item.bands}
        above = {one.id for one in self.rulebook.nodes if node in walk(one)}
        is_band = any(node in walk(band) for band in bands)
        kept = {} if is_band else {name: said for name, said in self._said.items() if name not in above}
        self._said, self._scores = {**kept, node.id: (met, not met)}, {}

    @property
    def verdict(self) -> Said:
        """When a firm is qualified, and when it is not."""
        return self.said(self.rulebook.verdict_gate)

    def held(self) -> list[Truth]:
        """Give what holds of numbers that got names when nodes were asked for, and of firms that it is for."""
        words = self.rulebook.words
        found = [*self._arithmetic.held, self._applies(words.applies_to)]
        if words.area is not None:
            area = self._firm.options(self._firm.vocabulary[AREA])
            own = (has for code, has in area.has.items() if not is_elsewhere(words, cast("str", code)))
            found.append(any_of(negated(area.is_known), *own))
        return found

    def _applies(self, kinds: Sequence[str]) -> Truth:
        """Give that a firm does not apply otherwise than so."""
        if APPLICATION not in self._firm.vocabulary:
            return True
        application = self._firm.options(self._firm.vocabulary[APPLICATION])
        return any_of(negated(application.is_known), *(application.has[one] for one in kinds))

    def usual(self) -> Iterator[Truth]:
        """Give that a firm applies as the text is for on the day, and that no figure lies outside its usual range."""
        words = self.rulebook.words
        if kinds := [one for one in words.applies_to if words.applies(one, self._firm.as_of)]:
            yield self._applies(kinds)
        yield from self.usual_figures()

    def usual_figures(self, unless: Container[str] = ()) -> Iterator[Truth]:
        """Give that no other figure lies outside its usual range."""
        for fact in self._firm.vocabulary.watched:
            parts = self._firm.vocabulary.stated_behind(fact)
            if fact.id not in unless and all(map(self._firm.knows, parts)):
                low, high = (fact.plausible.at_least, fact.plausible.at_most) if fact.plausible else (None, None)
                if low is not None:
                    yield negated(holds(Operator.LESS_THAN, self._plain(fact), constant(low))[0])
                if high is not None:
                    yield negated(holds(Operator.MORE_THAN, self._plain(fact), constant(high))[0])

    def said(self, node: Node) -> Said:
        """Give when a node is met, and when it is not."""
        if node.id not in self._said:
            if isinstance(node, Check):
                self._said[node.id] = self._check(node)
            else:
                children = [self.said(child) for child in node.children]
                self._said[node.id] = (
                    at_least(node.need, [met for met, _ in children]),
                    at_least(len(children) - node.need + 1, [not_met for _, not_met in children]),
                )
        return self._said[node.id]

    def points(self, item: Item) -> tuple[Amount, Amount]:
        """Give the fewest and the most points of a line."""
        if item.points_of is not None:
            awarded = self._plain(item.points_of)
            known, amount = is_known(awarded), self._arithmetic.amount(awarded) if awarded else 0
            within = chosen(amount > item.maximum, item.maximum, chosen(amount < 0, 0, amount))
            return chosen(known, within, 0), chosen(known, within, item.maximum)
        counted = [(band.points, self.said(band.node)) for band in item.bands]
        few = [(points, met) for points, (met, _) in counted]
        many = [(points, negated(not_met)) for points, (_, not_met) in counted]
        return _earned(item, few), _earned(item, many)

    def _score(self, score: Score) -> tuple[Amount, Amount]:
        if score.fact.id not in self._scores:
            low: Amount = 0
            high: Amount = 0
            for item in score.items:
                least, most = self.points(item)
                low, high = plus(low, least), plus(high, most)
            self._scores[score.fact.id] = low, high
        return self._scores[score.fact.id]

    def _check(self, check: Check) -> Said:
        if check.fact.id in self._cards:
            ends = self._score(self._cards[check.fact.id])
            right = cast("Threshold", check.right).value
            met, not_met = (_POINTS_MET[check.operator], 1 - _POINTS_MET[check.operator])
            compared = COMPARED[check.operator]
            return compared(ends[met], right), negated(compared(ends[not_met], right))
        if check.operator is Operator.GIVEN:
            given, asked = self._is_given(check.fact), cast("Threshold", check.right).value
            return (given, negated(given)) if asked else (negated(given), given)
        left = self.value(check.fact)
        return self._option(check, left) if isinstance(left, Options) else self._number(check, left)

    def _number(self, check: Check, left: Cases | Root) -> Said:
        if isinstance(check.right, BenchmarkOf):
            by = cast("Options", self.value(self._firm.vocabulary[check.right.table.by]))
            rows: dict[Number, list[Truth]] = {}
            for code, row in check.right.table.rows.items():
                if code in by.has and check.right.column in row:
                    rows.setdefault(row[check.right.column], []).append(by.has[code])
            several = [
                (all_of(by.is_known, any_of(*there)), holds(check.operator, left, constant(figure)))
                for figure, there in rows.items()
            ]
            return (
                any_of(*(all_of(there, met) for there, (met, _) in several)),
                any_of(*(all_of(there, not_met) for there, (_, not_met) in several)),
            )
        right = self._plain(check.right.fact) if isinstance(check.right, FactOf) else _fixed(check.right.value)
        if isinstance(left, Root) and not is_fixed(right):
            left = self._plain(check.fact)
        return holds(check.operator, left, right)

    def _option(self, check: Check, left: Options) -> Said:
        if isinstance(check.right, FactOf):
            right = cast("Options", self.value(check.right.fact))
            known = all_of(left.is_known, right.is_known)
            named = any_of(*(all_of(has, right.has[one]) for one, has in left.has.items() if one in right.has))
        else:
            value = cast("Threshold", check.right).value
            several = sorted(value) if isinstance(value, frozenset) else [value]
            known, named = left.is_known, any_of(*(left.has[one] for one in several if one in left.has))
        if check.operator in {Operator.DIFFERS_FROM, Operator.NONE_OF, Operator.LACKS}:
            named = negated(named)
        return all_of(known, named), all_of(known, negated(named))

    def _is_given(self, fact: Fact) -> Truth:
        value = self.value(fact)
        return value.is_known if isinstance(value, Options) else is_known(value)

    def _plain(self, fact: Fact) -> Cases:
        return self._arithmetic.plain(cast("Cases | Root", self.value(fact)))

    def value(self, fact: Fact) -> Cases | Root | Options:
        """Give what a fact is worth: as stated, looked up, or computed by formula."""
        if fact.id not in self._values:
            self._values[fact.id] = self._found(fact)
        return self._values[fact.id]

    def _found(self, fact: Fact) -> Cases | Root | Options:  # noqa: PLR0911 a kind of fact a return
        if fact.id == AS_OF:
            return (Case(when=True, above=day_key(self._firm.as_of)),)
        if fact.formula is not None:
            return self._computed(fact)
        if fact.id == YEAR:
            stated = self._firm.number(fact)
            blank = negated(self._firm.is_stated(fact))
            return (*stated, Case(blank, self._firm.as_of.year - 1, 1, is_positive=True))
        if fact.is_numeric or fact.kind is Kind.DATE:
            return self._firm.number(fact)
        stated_options = self._firm.options(fact)
        if fact.id == APPLICATION and self.rulebook.unsaid:
            return _or_else(stated_options, Options(is_known=True, has={self.rulebook.unsaid: True}))
        if fact.lookup is not None:
            by = cast("Options", self.value(self._firm.vocabulary[fact.lookup.by]))
            found: dict[Known, Truth] = {
                ours: all_of(by.is_known, any_of(*(by.has[one] for one in several if one in by.has)))
                for ours, several in fact.lookup.values.items()
            }
            return _or_else(stated_options, Options(any_of(*found.values()), found))
        return stated_options

    def _computed(self, fact: Fact) -> Cases | Root:
        formula = fact.formula
        parts = {name: self._plain(self._firm.vocabulary[name]) for name in formula.names} if formula else {}
        computed = self._arithmetic.value(formula, parts) if formula else ()
        if not fact.may_be_stated or self._firm.is_stated(fact) is False:
            return computed
        is_blank = negated(all_of(*(is_known(self._plain(one)) for one in self._firm.vocabulary.stated_behind(fact))))
        instead = (Case(all_of(is_blank, one.when), one.above, 1, one.is_positive) for one in self._firm.number(fact))
        return (*self._arithmetic.plain(computed), *instead)


def true_ratios(rulebook: Rulebook, firm: UnknownFirm, as_of: date) -> Iterator[Truth]:
    """Give that each ratio that a firm states is the one that its figures give, whether it states them or not."""
    whole = UnknownFirm(rulebook.vocabulary, as_of, lambda fact: not fact.is_derived)
    meaning = Meaning(rulebook, whole)
    for fact in rulebook.vocabulary.ratios.values():
        if firm.knows(fact):
            same, _ = holds(Operator.EQUALS, cast("Cases | Root", meaning.value(fact)), firm.number(fact))
            yield any_of(negated(firm.is_stated(fact)), same)
    yield from (*meaning.held(), *whole.held())


def _fixed(value: Known) -> Cases:
    return constant(value) if isinstance(value, Number) else (Case(when=True, above=day_key(cast("date", value))),)


def _or_else(stated: Options, otherwise: Options) -> Options:
    blank = negated(stated.is_known)
    has = {
        code: any_of(
            all_of(stated.is_known, stated.has.get(code, False)), all_of(blank, otherwise.has.get(code, False))
        )
        for code in {**stated.has, **otherwise.has}
    }
    return Options(any_of(stated.is_known, otherwise.is_known), has)


def _earned(item: Item, bands: list[tuple[Number, Truth]]) -> Amount:
    """Give the points that the bands that are met are worth together, or the best of them."""
    if item.each:
        total: Amount = 0
        for points, is_met in bands:
            total = plus(total, chosen(is_met, points, 0))
        return chosen(total > item.maximum, item.maximum, total)
    best: Amount = item.otherwise
    for points, is_met in sorted(bands, key=lambda one: one[0]):
        if points > item.otherwise:
            best = chosen(is_met, points, best)
    return best
