"""The values that a firm's profile gives to facts on a day: as stated, looked up, or computed by formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import cast

from engine.ground.outcome import Reason
from engine.ground.values import Known, Number, Span, Terms, Unknown, Value, ends_of
from engine.language.facts import APPLICATION, AS_OF, YEAR, Fact, Range, Vocabulary
from engine.language.formula import Formula
from engine.language.reading import LARGEST
from engine.rulebooks.logic import BenchmarkOf, Check, FactOf, Item, Right, Threshold, is_of_part

NEW: Mapping[str, Known] = MappingProxyType({APPLICATION: "new"})
"""What is taken of a firm as a rule: that it applies anew."""


class Figures:
    """The value of every fact of one firm on one day, computed when first asked for."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        stated: Mapping[str, Known],
        as_of: date,
        taken: Mapping[str, Known] = NEW,
        fractions: frozenset[str] = frozenset(),
        terms: Terms | None = None,
        whole: frozenset[str] = frozenset(),
    ) -> None:
        """Take the stated values by fact id (blanks left out) and the day that `years_since` counts to.

        `taken` is what is known of a firm that does not state it: what it applies for, and what is assumed. The
        percentages in `fractions` may have been typed as such. `terms` decide nothing: they are told. Of a ratio in
        `whole` that is not known the firm is asked itself, not its parts.
        """
        self.stated = stated
        self.terms = terms or {}
        self._taken, self._fractions, self._whole = taken, fractions, whole
        self._unusual: Mapping[str, Fact] | None = None
        self.as_of = as_of
        self.vocabulary = vocabulary
        self._values: dict[str, Value] = {
            YEAR: as_of.year - 1,
            **({APPLICATION: taken[APPLICATION]} if APPLICATION in taken else {}),
            **stated,
            AS_OF: as_of,
        }
        self._ratios = stated.keys() & vocabulary.ratios.keys()
        for ratio in self._ratios:
            del self._values[ratio]
        self.points: dict[str, list[tuple[Item, Number, Number]]] = {}

    def value(self, fact: Fact) -> Value:
        """Give the fact's value; a score must have been set before."""
        value = self._values.get(fact.id)
        if value is None:
            value = self._values[fact.id] = self._found(fact)
        return value

    def is_as_stated(self, fact: Fact) -> bool:
        """Say whether a fact with a formula is what the firm states of it, since parts are missing or ranges."""
        if fact.id not in self._ratios:
            return False
        if self.is_assumed(fact):
            return True
        parts = (self.value(part) for part in self.vocabulary.stated_behind(fact))
        return any(isinstance(part, (Unknown, Span)) for part in parts) and isinstance(self._computed(fact), Unknown)

    def is_assumed(self, fact: Fact) -> bool:
        """Say whether a figure is what is assumed of blanks, or is computed from such."""
        if len(self._taken) <= (APPLICATION in self._taken):
            return False
        return any(
            one.id != APPLICATION
            and one.id not in self.stated
            and not self._looked_up(one)
            and self._assumed(one) is not None
            for one in self.vocabulary.stated_behind(fact)
        )

    @property
    def states_ratios(self) -> bool:
        """Whether the firm states any fact with a formula."""
        return bool(self._ratios)

    def right(self, right: Right) -> Value:
        """Give the value that a check compares with."""
        if isinstance(right, Threshold):
            return right.value
        return self.value(right.fact) if isinstance(right, FactOf) else self._benchmark(right)

    def compared(self, check: Check) -> Value:
        """Give what a check compares: of a blank part of a known whole, from the least there is up to that whole."""
        value = self.value(check.fact)
        if check.fact.part_of is None or (whole := self.whole_above(check)) is None:
            return value
        low = -LARGEST if check.fact.lowest is None else check.fact.lowest
        return Span(low, ends_of(self.value(whole))[-1], cast("Unknown", value))

    def whole_above(self, check: Check) -> Fact | None:
        """Give the nearest known whole of which the figure that a check compares is a part, if that is blank."""
        if check.fact.part_of is None or not is_of_part(check) or not isinstance(self.value(check.fact), Unknown):
            return None
        known = (one for one in self.vocabulary.wholes_of(check.fact) if not isinstance(self.value(one), Unknown))
        return next(known, None)

    def set_score(self, fact: Fact, value: Value, points: list[tuple[Item, Number, Number]]) -> None:
        """Note the total of a scorecard as the value of its fact, and the fewest and most points of each line."""
        self._values[fact.id] = value
        self.points[fact.id] = points

    def is_given(self, fact: Fact) -> bool:
        """Say whether the fact is known, so that a check `given: yes` is met."""
        return not isinstance(self.value(fact), Unknown)

    def is_range(self, name: str) -> bool:
        """Say whether only a range is known of the fact of that id."""
        return name in self.vocabulary and isinstance(self.value(self.vocabulary[name]), Span)

    def may_be_fraction(self, fact: Fact) -> bool:
        """Say whether what the firm states of a percentage may have been typed as a fraction."""
        return fact.id in self._fractions and (not fact.is_derived or self.is_as_stated(fact))

    @property
    def look_odd(self) -> bool:
        """Whether any fact is unusual, or perhaps a fraction."""
        return bool(self._fractions or self.unusual)

    @property
    def unusual(self) -> Mapping[str, Fact]:
        """The facts that are known and outside their usual range: often a wrong unit.

        Kept without `cached_property`, whose lock (until Python 3.12) a child that is forked meanwhile waits for.
        """
        if self._unusual is None:
            self._unusual = {fact.id: fact for fact in self.vocabulary.watched if self._is_unusual(fact)}
        return self._unusual

    def _is_unusual(self, fact: Fact) -> bool:
        usual, value = cast("Range", fact.plausible), self.value(fact)
        if isinstance(value, Unknown) or not isinstance(value, Number):
            return False
        return (usual.at_least is not None and value < usual.at_least) or (
            usual.at_most is not None and value > usual.at_most
        )

    def supposing(self, fact: Fact, value: Known) -> Figures:
        """Give the figures of a firm that is the same but for one fact."""
        return Figures(self.vocabulary, {**self.stated, fact.id: value}, self.as_of, self._taken, whole=self._whole)

    def _found(self, fact: Fact) -> Value:
        if fact.formula is not None:
            if self.is_as_stated(fact):
                return self.stated[fact.id]
            computed = self._computed(fact)
            is_asked = fact.id in self._whole and isinstance(computed, Unknown) and computed.facts
            return Unknown(Reason.MISSING, (fact.id,)) if is_asked else computed
        if (code := self._looked_up(fact)) is not None:
            return code
        if (assumed := self._assumed(fact)) is not None:
            return assumed
        return Unknown(Reason.NEEDS_REVIEW if fact.needs_review else Reason.MISSING, (fact.id,))

    def _assumed(self, fact: Fact) -> Known | None:
        """Give what a blank is taken to be: nothing above a whole, or below a part, that the firm states."""
        value = self._taken.get(fact.id)
        if not isinstance(value, Number):
            return value
        wholes = (self.stated.get(one.id, value) for one in self.vocabulary.wholes_of(fact))
        parts = (self.stated.get(one.id, value) for one in self.vocabulary.within.get(fact.id, ()))
        is_above = any(value > ends_of(one)[-1] for one in wholes)
        return None if is_above or any(value < ends_of(one)[0] for one in parts) else value

    def _looked_up(self, fact: Fact) -> str | None:
        key = self.value(self.vocabulary[fact.lookup.by]) if fact.lookup else None
        return fact.lookup.code_of.get(key) if fact.lookup and isinstance(key, str) else None

    def _computed(self, fact: Fact) -> Value:
        formula = cast("Formula", fact.formula)
        return formula({name: self.value(self.vocabulary[name]) for name in formula.names}, self.as_of)

    def _benchmark(self, right: BenchmarkOf) -> Value:
        key = self.value(self.vocabulary[right.table.by])
        if isinstance(key, Unknown):
            return key
        figure = right.table.rows.get(str(key), {}).get(right.column)
        return Unknown(Reason.NO_BENCHMARK) if figure is None else figure
