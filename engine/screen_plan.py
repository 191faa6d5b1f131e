"""From a table of text columns to a stage: for each row what is stated, what is decided, and what is wrong with it.

Columns of a stage, beside those of `Decided`: firm_id, firm_name, the carried t<place>; rejected; bad and bad_elsewhere
(texts that cannot be read, of facts that the rulebook uses and of others); r_<criterion> (reason codes); missing (ids);
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
from engine.column_formula import NO
from engine.column_reasons import Reasons
from engine.column_values import ByRow, with_values, x
from engine.errors import Text
from engine.facts import Fact, Kind
from engine.logic import Criterion, Rulebook
from engine.to_columns import Decided, decided

APPLICATION = "application_type"
IDENTITY = ("firm_id", "firm_name")
_NO_FIRM = r"^((合|总|小|共)计[:：]?|[Tt]otal|TOTAL|(备注|注|说明|填表人|填表说明|制表)[:：].*)$"
_NO_NAME = r"[\s\x{3000}\x{00a0}/\\-]+"
_OURS = re.compile(r"(x|low|high|w)_.+|n[0-9]+")


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
        others = {name: column for name, column in self.columns.items() if name not in self.used}
        return {name: column for name, column in others.items() if column.fact.kind is not Kind.TEXT}

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

    def stage(self, table: ir.Table, by_row: ByRow, carried: tuple[str, ...] = ()) -> ir.Table:
        """Give the stage of a table of text columns."""
        table = with_values(table, self.elsewhere, by_row, "bad_elsewhere")
        table = decided(table, self.used, self.rulebook, self.as_of, by_row)
        table = table.mutate(**self._flags(table))
        table = table.mutate(rejected=self._rejected(table))
        return table.select(*self._kept(table), **self._identity(table), **{name: table[name] for name in carried})

    def _identity(self, table: ir.Table) -> dict[str, ir.Value]:
        none = ibis.null("string")
        return {fact: table[self.place_of[fact]] if fact in self.place_of else none for fact in IDENTITY}

    def _kept(self, table: ir.Table) -> list[str]:
        """Give the names of what later columns are made of."""
        identity = {x(name) for name in IDENTITY}
        ours = [name for name in table.columns if _OURS.fullmatch(name) and name not in identity]
        return [*ours, "bad", "bad_elsewhere", "exact", "rejected"]

    def _flags(self, table: ir.Table) -> dict[str, ir.BooleanValue]:
        """Give what is wrong with a row beside cells that cannot be read."""
        flags: dict[str, ir.BooleanValue] = {}
        for fact in self.parts:
            flags[f"w_part_{fact.id}"] = table[x(fact.id)] > table[x(fact.part_of or "")]
        for fact in self.fractions:
            value, text = table[x(fact.id)], table[self.place_of[fact.id]]
            flags[f"w_fraction_{fact.id}"] = (value > 0.0) & (value < 1.0) & ~text.re_search("[%％]$")
        for fact in self.watched:
            flags[f"w_unusual_{fact.id}"] = self._is_unusual(fact, table[x(fact.id)])
        names = [table[self.place_of[name]] for name in IDENTITY if name in self.place_of]
        bare = [name.re_replace(_NO_NAME, "") for name in names]
        flags["w_nobody"] = ibis.and_(*((one.fill_null("") == "") for one in bare))
        flags["w_total"] = ibis.or_(NO, *(one.re_search(_NO_FIRM) for one in bare))
        if self.application is not None:
            kind = table[x(APPLICATION)]
            flags["w_application"] = ibis.and_(*(kind != one for one in self.rulebook.words.applies_to))
        return {name: flag.fill_null(NO) for name, flag in flags.items()}

    def _is_unusual(self, fact: Fact, value: ir.FloatingValue) -> ir.BooleanValue:
        usual = fact.plausible
        low = [] if usual is None or usual.at_least is None else [value < float(usual.at_least)]
        high = [] if usual is None or usual.at_most is None else [value > float(usual.at_most)]
        return ibis.or_(NO, *low, *high)

    def _rejected(self, table: ir.Table) -> ir.BooleanValue:
        parts = [table[f"w_part_{fact.id}"] for fact in self.parts if self.rejects_part(fact)]
        application = [table.w_application] if self.application is not None else []
        return ibis.or_(table.bad.notnull(), table.w_nobody, table.w_total, *parts, *application)


def with_reasons(stage: ir.Table, plan: Plan) -> ir.Table:
    """Add the reason codes of the criteria, and the missing facts of each row."""
    of = Decided(stage, plan.rulebook)
    reasons = Reasons(of)
    codes = {f"r_{criterion.words.id}": reasons.reason(criterion) for criterion in plan.rulebook.criteria}
    found = reasons.missing(plan.deciding)
    missing = [ibis.cases((found[fact], f"{fact};"), else_="") for fact in plan.may_be_missing if fact in found]
    is_open = of.outcome(plan.rulebook.verdict_gate).isnull()
    some = ibis.or_(is_open, *(of.outcome(criterion.gate).isnull() for criterion in plan.deciding))
    listed = ibis.cases((some, ibis.literal(";").concat(*missing)), else_=";;")
    return stage.mutate(**codes, missing=listed)
