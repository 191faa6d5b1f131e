"""From a table of text columns to a judged one: what is stated in each row, what is decided, what is wrong with it.

Columns of a judged table, beside those of `Decided`, the sets and totals of `Open`: `rejected`; `missing`, the ids of
facts that are blank and keep a criterion open; `unread`, whether a cell that the rulebook does not need cannot be read;
and a flag w_<kind>_<fact> for each warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir

from engine.caution import out_of_force
from engine.cells import Column
from engine.column_formula import NO, YES
from engine.column_reasons import Open
from engine.column_sql import is_one_of, listed
from engine.column_values import ByRow, x
from engine.errors import Text
from engine.facts import Fact, Kind
from engine.logic import Criterion, Rulebook
from engine.reading import BLANK_WORDS
from engine.to_columns import Decided, decided

APPLICATION = "application_type"
IDENTITY = ("firm_id", "firm_name")
_NO_FIRM = r"^((合|总|小|共)计[:：]?|total|(备注|注|说明|填表人|填表说明|制表)[:：].*)$"  # in small letters
_BARE = r"[\s\x{3000}\x{00a0}/\\-]+"
_NO_NAMES = sorted({re.sub(r"[/\\-]", "", word) for word in BLANK_WORDS})
_NO_NAME_BEGINS = sorted({ord(letter) for word in _NO_NAMES for letter in (word[:1], word[:1].upper()) if letter})
_SUSPICIOUS = [
    *_NO_NAME_BEGINS,
    *map(ord, "\0合总小共Tt备注说填制 \t\n\f\r\u3000\u00a0/\\-"),
]  # with these no name begins


@dataclass(frozen=True)
class Plan:
    """Which text columns state which facts, and under which rulebook and day their rows are judged."""

    columns: Mapping[str, Column]
    rulebook: Rulebook
    as_of: date

    @cached_property
    def used(self) -> Mapping[str, Column]:
        """The columns in which a problem rejects a row."""
        wanted = self.rulebook.facts_used | {APPLICATION}
        return {name: column for name, column in self.columns.items() if column.fact.id in wanted}

    @cached_property
    def elsewhere(self) -> Mapping[str, Column]:
        """The columns in which a problem is only a warning."""
        return {name: column for name, column in self.columns.items() if name not in self.used}

    @cached_property
    def deciding(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(criterion for criterion in self.rulebook.criteria if criterion.words.decides)

    @cached_property
    def place_of(self) -> Mapping[str, str]:
        """The text column that states each fact."""
        return {column.fact.id: name for name, column in self.columns.items()}

    @cached_property
    def parts(self) -> tuple[Fact, ...]:
        """The facts that may not exceed another one, where both are columns."""
        facts = (column.fact for column in self.columns.values())
        return tuple(fact for fact in facts if fact.part_of in self.place_of)

    @cached_property
    def fractions(self) -> tuple[Fact, ...]:
        """The percentages that may have been typed as fractions."""
        return tuple(column.fact for column in self.columns.values() if column.fact.kind is Kind.PERCENT)

    @cached_property
    def watched(self) -> tuple[Fact, ...]:
        """The stated facts with a usual range."""
        return tuple(column.fact for column in self.columns.values() if column.fact.plausible)

    @cached_property
    def may_be_missing(self) -> tuple[str, ...]:
        """The given facts that may keep a row undetermined, in the order of the vocabulary."""
        return tuple(name for name in self.rulebook.vocabulary if name in self.rulebook.facts_used)

    @cached_property
    def shown_facts(self) -> tuple[str, ...]:
        """The figures that checks look at, in the order of the rulebook."""
        scores = {score.fact.id for score in self.rulebook.scores}
        return tuple(dict.fromkeys(one.fact.id for one in self.rulebook.checks if one.fact.id not in scores))

    @cached_property
    def cautions(self) -> tuple[Text, ...]:
        """What to know about the rulebook on that day: that it is not in force, for applications or for reviews."""
        words = self.rulebook.words
        kinds = [one for one in words.applies_to if one == "new" or self.application is not None]
        told = (out_of_force(words, kind, self.as_of) for kind in kinds)
        return tuple(text for text in told if text is not None)

    def rejects_part(self, fact: Fact) -> bool:
        """Say whether a part above its whole rejects a row: the rulebook uses one of the two."""
        return bool({fact.id, fact.part_of} & self.rulebook.facts_used)

    @property
    def application(self) -> str | None:
        """The column that says whether it is a new application or a review, if there is one."""
        return self.place_of.get(APPLICATION)

    def judged(self, table: ir.Table, by_row: ByRow) -> ir.Table:
        """Give the judged table of a table of text columns, whose own columns stay."""
        table = decided(table, self.columns, self.rulebook, self.as_of, by_row)
        table = table.mutate(**{f"odd_{name}": _begins_as_no_name(table[name]) for name in self._names})
        opened = Open(Decided(table, self.rulebook)).columns()
        table = table.mutate(**opened, **self._flags(table), unread=self._cannot_read(table, self.elsewhere))
        totals = Open(Decided(table, self.rulebook)).totals(self.deciding)
        table = table.mutate(**totals, rejected=self._rejected(table))
        missing = Open(Decided(table, self.rulebook)).missing()
        return table.mutate(missing=listed([(where, fact) for fact, where in missing.items()], ";"))

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The names of the flags."""
        application = ("w_application",) if self.application is not None else ()
        return (
            *(f"w_part_{fact.id}" for fact in self.parts),
            *(f"w_fraction_{fact.id}" for fact in self.fractions),
            *(f"w_unusual_{fact.id}" for fact in self.watched),
            "w_nobody",
            "w_total",
            *application,
        )

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """The names of the flags that reject no row."""
        rejecting = {"w_nobody", "w_total", "w_application"}
        rejecting |= {f"w_part_{fact.id}" for fact in self.parts if self.rejects_part(fact)}
        return tuple(name for name in self.flags if name not in rejecting)

    def _flags(self, table: ir.Table) -> dict[str, ir.BooleanValue]:
        """Give what is wrong with a row beside cells that cannot be read."""
        flags: dict[str, ir.BooleanValue] = {}
        for fact in self.parts:
            flags[f"w_part_{fact.id}"] = _certainly(table[x(fact.id)] > table[x(fact.part_of or "")])
        for fact in self.fractions:
            value, text = table[x(fact.id)], table[self.place_of[fact.id]]
            has_sign = text.re_search("[%％]$")
            flags[f"w_fraction_{fact.id}"] = ibis.cases(((value > 0.0) & (value < 1.0), ~has_sign), else_=NO)
        for fact in self.watched:
            flags[f"w_unusual_{fact.id}"] = _certainly(_is_unusual(fact, table[x(fact.id)]))
        flags |= self._no_firm(table)
        if self.application is not None:
            kind = table[x(APPLICATION)]
            flags["w_application"] = _certainly(ibis.and_(*(kind != one for one in self.rulebook.words.applies_to)))
        return flags

    def _no_firm(self, table: ir.Table) -> dict[str, ir.BooleanValue]:
        """Say whether a row has neither id nor name, or is the line of a sum or a note."""
        bare = [table[name].re_replace(_BARE, "").fill_null("").lower() for name in self._names]
        odd = [table[f"odd_{name}"] for name in self._names]
        return {
            "w_nobody": ibis.cases(
                (ibis.and_(*odd), ibis.and_(*(is_one_of(one, _NO_NAMES) for one in bare))), else_=NO
            ),
            "w_total": ibis.cases((ibis.or_(*odd), ibis.or_(*(one.re_search(_NO_FIRM) for one in bare))), else_=NO),
        }

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The text columns that say whose a row is."""
        return tuple(self.place_of[name] for name in IDENTITY if name in self.place_of)

    def _cannot_read(self, table: ir.Table, several: Mapping[str, Column]) -> ir.BooleanValue:
        """Say whether a cell of one of these columns cannot be read."""
        places = [place for place, name in enumerate(self.columns) if name in several]
        bad = ibis.or_(NO, *(table.bad[place].notnull() for place in places))
        return ibis.cases((table.bad.notnull(), bad), else_=NO)

    def _rejected(self, table: ir.Table) -> ir.BooleanValue:
        flags = [table[name] for name in self.flags if name not in self.warnings]
        return ibis.or_(self._cannot_read(table, self.used), *flags)


def _begins_as_no_name(text: ir.StringValue) -> ir.BooleanValue:
    """Say whether a text is blank or begins as the line of a sum or a note may: most are known to be names by that."""
    return ibis.array(_SUSPICIOUS).contains(text.ascii_str()).fill_null(YES)


def _certainly(flag: ir.BooleanValue) -> ir.BooleanValue:
    return ibis.cases((flag, True), else_=NO)


def _is_unusual(fact: Fact, value: ir.FloatingValue) -> ir.BooleanValue:
    usual = fact.plausible
    low = [] if usual is None or usual.at_least is None else [value < float(usual.at_least)]
    high = [] if usual is None or usual.at_most is None else [value > float(usual.at_most)]
    return ibis.or_(NO, *low, *high)
