"""How rows are judged: what is stated in each, what may be flagged, what is decided, and what hangs on what.

Columns of a judged table, beside those of `Decided`, the sets and totals of `Open` and the flags: `rejected`;
`missing`, the ids of facts that are blank and keep a criterion open; `hangs_on` and hangs_<place>, the readings that
the verdict hangs on; `unread`, whether a cell that the rulebook does not need cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.columns.hanging import with_hanging
from engine.columns.missing import Open
from engine.columns.outcomes import Decided
from engine.columns.values import ByRow
from engine.explaining.requirement import change_words, trial_words
from engine.ground.errors import Problem, Text
from engine.headers.cells import Column
from engine.judging.column_use import NOTHING_USED, uses_any
from engine.judging.flags import Flagging
from engine.language.facts import APPLICATION, AREA, AS_OF
from engine.language.notes import ALL_NEW, full_sentence, sentence
from engine.rulebooks.caution import of_the_day, perhaps_elsewhere
from engine.rulebooks.logic import Criterion
from engine.sql.functions import NO, cases, listed, or_
from engine.sql.table import Table
from engine.sql.value import Value


@dataclass(frozen=True)
class Plan(Flagging):
    """How the rows of a table are judged. `kinds` says how many apply anew or for a review, where that is known."""

    kinds: Mapping[str, int] | None = None

    @cached_property
    def deciding(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(criterion for criterion in self.rulebook.criteria if criterion.words.decides)

    @cached_property
    def facts_without_column(self) -> frozenset[str]:
        """The facts that the rulebook asks for and no column states."""
        return self.rulebook.facts_used - self.place_of.keys()

    @cached_property
    def shown_facts(self) -> tuple[str, ...]:
        """The figures that checks look at, in the order of the rulebook."""
        scores = {AS_OF, *(score.fact.id for score in self.rulebook.scores)}  # the day has a column anyway
        return tuple(dict.fromkeys(one.fact.id for one in self.rulebook.checks if one.fact.id not in scores))

    @cached_property
    def cautions(self) -> tuple[Text, ...]:
        """What to know of all rows: no column is of use, all are taken as new, or what is noted of the text that day.

        Each is a sentence.
        """
        words = self.rulebook.words
        kinds = {"new": 0} if self.kinds is None else self.kinds
        told = {one: of_the_day(words, one, self.as_of) for one in kinds if one in words.applies_to}
        lacking = [] if uses_any(self.place_of, self.rulebook) else [full_sentence(NOTHING_USED)]
        if AREA not in self.place_of and None in self.area_notes:
            lacking.append(sentence(self.area_notes[None], self.rulebook.vocabulary))
        if self.new_note is not None and APPLICATION not in self.place_of:
            lacking.append(ALL_NEW)
        if changes := self.rulebook.changes:
            lacking.insert(0, trial_words(tuple(map(change_words, changes))))
        return (*lacking, *(_of_reviews(text, one, kinds[one]) for one, several in told.items() for text in several))

    @property
    def asks_of_reviews(self) -> bool:
        """Whether it matters how many rows ask for a review: something is noted of these on that day."""
        words = self.rulebook.words
        return "review" in words.applies_to and bool(of_the_day(words, "review", self.as_of))

    @property
    def application(self) -> str | None:
        """The column that says whether it is a new application or a review, if there is one."""
        return self.place_of.get(APPLICATION)

    @property
    def routed(self) -> Mapping[str, Column]:
        """The columns that choose the rulebook of a row."""
        asks = self.routes.asks if self.routes else frozenset()
        return {name: column for name, column in self.columns.items() if column.fact.id in asks}

    @cached_property
    def area_notes(self) -> Mapping[str | None, Problem]:
        """What to note of firms that say no more of where they are than a place: that another text may be theirs."""
        others = self.routes.open_areas if self.routes else {}
        return {**others, **perhaps_elsewhere(self.rulebook.words, self.rulebook.vocabulary)}

    def judged(self, table: Table, by_row: ByRow) -> Table:
        """Give the judged table of a table of text columns."""
        table = self.flagged(table, by_row)
        table = table.mutate(
            **Open(Decided(table, self.rulebook)).columns(), unread=self._cannot_read(table, self.elsewhere)
        )
        totals = Open(Decided(table, self.rulebook)).totals(self.deciding)
        table = table.mutate(**totals, rejected=self._rejected(table))
        missing = Open(Decided(table, self.rulebook)).missing()
        table = table.mutate(missing=listed([(where, fact) for fact, where in missing.items()], ";"))
        return with_hanging(table, self.rulebook)

    def _cannot_read(self, table: Table, several: Mapping[str, Column]) -> Value:
        """Say whether a cell of one of these columns cannot be read."""
        places = [place for place, name in enumerate(self.columns) if name in several]
        bad = or_(*(table["bad"][place].notnull() for place in places))
        return cases((table["bad"].notnull(), bad), else_=NO)

    def _rejected(self, table: Table) -> Value:
        flags = [table[flag.name] for flag in self.flags if flag.rejects]
        return or_(self._cannot_read(table, self.used), *flags)


def _of_reviews(caution: Text, kind: str, rows: int) -> Text:
    """Give a caution as a sentence; one about reviews says of how many rows it is."""
    if kind != "review":
        return full_sentence(caution)
    return full_sentence(
        Text(f"{caution.zh}（{rows:,} 行申请复核）", f"{caution.en} (rows that ask for one: {rows:,})")
    )
