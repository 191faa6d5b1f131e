"""The account of a screening: what is counted of every row as the batches of the row statement pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, asdict, dataclass, field, replace
from heapq import nsmallest
from math import inf
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from engine.explaining.verdict import Awaiting
from engine.judging.plan import Plan
from engine.judging.row_statement import IDLE

RECORD = "record"
NEAREST = 20
MOST_ALONE = 200
"""Of how many firms that only one criterion disqualifies, the nearest, it is kept which they are, of each criterion."""
MOST_ODD = 20
"""Of how many firms of which a percentage may have been typed as a fraction it is kept which they are, of a column."""
_WHOSE = ["value_0", "value_1", "value_2"]
NEAR = ("nearest", "another_way", "fewest_unmet")
"""Groups of firms of which the nearest are kept: nothing fails; another way may still be met; some criteria fail."""


@dataclass
class OutcomeCounts:
    """How many rows came out each way; `idle` of those that meet it do because it does not apply to them."""

    met: int = 0
    not_met: int = 0
    idle: int = 0

    def count(self, outcomes: pa.Array, idle: pa.Array | None = None) -> None:
        """Count a batch of outcomes, null where undetermined."""
        met = outcomes.true_count
        self.met += met
        self.idle += 0 if idle is None else idle.true_count
        self.not_met += len(outcomes) - outcomes.null_count - met

    def add(self, other: OutcomeCounts) -> None:
        """Count what another has counted."""
        self.met += other.met
        self.not_met += other.not_met
        self.idle += other.idle


@dataclass
class FlagCounts:
    """How many rows have a flag, and the record of the first of them; where kept, how many are judged, and the first.

    Of these it is said whose they are.
    """

    rows: int = 0
    first: int | None = None
    judged: int = 0
    firms: list[Sequence[Any]] = field(default_factory=list)

    def add(self, other: FlagCounts, before: int) -> None:
        """Count what another has counted, `before` which came so many records."""
        if self.first is None and other.first is not None:
            self.first = before + other.first
        self.rows += other.rows
        self.judged += other.judged
        self.firms += other.firms[: MOST_ODD - len(self.firms)]

    def keep(self, judged: pa.RecordBatch, name: str) -> None:
        """Keep whose the first rows of a batch of judged ones are that have the flag of that name."""
        rows = pc.indices_nonzero(judged[name])
        self.judged += len(rows)
        whose = judged.select(_WHOSE).take(rows[: MOST_ODD - len(self.firms)])
        self.firms += zip(*(column.to_pylist() for column in whose.columns), strict=True)

    def count(self, flags: pa.Array, before: int) -> None:
        """Count a batch of flags, `before` which came so many records."""
        rows = flags.true_count
        if rows and self.first is None:
            self.first = before + pc.index(flags, pa.scalar(value=True)).as_py()
        self.rows += rows


@dataclass(frozen=True, order=True)
class Near:
    """A row that does not qualify: how many criteria it fails and facts it lacks, its record, whose it is, the facts.

    And how many criteria that decide are met, how many are open, and what is said of those that fail.
    """

    fails: int
    lacks: int
    record: int
    line: int | None
    firm_id: str | None
    firm_name: str | None
    missing: str
    met: int
    open: int
    why: str | None = None

    def behind(self, before: int) -> Near:
        """Give the same with `before` records before it."""
        return replace(self, record=before + self.record)


Whose = tuple[int | None, str | None, str | None, str | None, float | None]
"""The line, code and name of a row, what is said of what fails, and how far that is from what is required."""


@dataclass
class Account:
    """Counts of all rows that were taken, blank ones and those of no firm apart; records are numbered from 0."""

    plan: InitVar[Plan]
    rows: int = 0
    rejected: int = 0
    blank: int = 0
    apart: FlagCounts = field(default_factory=FlagCounts)
    verdict: OutcomeCounts = field(default_factory=OutcomeCounts)
    criteria: list[OutcomeCounts] = field(init=False)
    alone: Counter[int] = field(default_factory=Counter)
    alone_firms: dict[int, list[Whose]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    hangs_on: Counter[str] = field(default_factory=Counter)
    awaiting: Counter[str] = field(default_factory=Counter)
    near: dict[str, list[Near]] = field(default_factory=lambda: {name: [] for name in NEAR})
    flags: dict[str, FlagCounts] = field(init=False)
    id_hashes: list[pa.Array] = field(default_factory=list)

    def __post_init__(self, plan: Plan) -> None:
        """Begin with nothing of what the rows of a plan are counted by."""
        self.criteria = [OutcomeCounts() for _ in plan.rulebook.criteria]
        self.flags = {flag.name: FlagCounts() for flag in plan.warnings}
        self._kept = [flag.name for flag in plan.fractions]
        self._apart, self._is_ladder = plan.total.name, plan.rulebook.any_is_enough
        self._deciding = [place for place, one in enumerate(plan.rulebook.criteria) if one.words.decides]
        self._told = ["rejected", "cells", "bad", "carried", *(flag.name for flag in plan.flags)]

    @property
    def judged(self) -> int:
        """How many rows have a verdict."""
        return self.rows - self.rejected - self.blank - self.apart.rows

    def take(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """Count a batch of the row statement; give its verdict rows, and the rows that something is told of."""
        before = self.rows
        self.rows += batch.num_rows
        for name, flagged in self.flags.items():
            flagged.count(batch[name], before)
        self.id_hashes.append(_copied(batch["id_hash"]))
        told = _told(batch, before, self._told)
        self.apart.count(batch[self._apart], before)
        rejected, blank = batch["rejected"].true_count, batch["blank"].true_count
        self.rejected += rejected - blank - batch[self._apart].true_count
        self.blank += blank
        judged = batch.filter(pc.invert(batch["rejected"])) if rejected else batch
        self._count(judged, before)
        return judged.select([name for name in batch.schema.names if name.startswith("value_")]), told

    def add(self, other: Account) -> None:
        """Count what another has counted of other rows, which come after these; but not their ids."""
        for name, flagged in other.flags.items():
            self.flags[name].add(flagged, self.rows)
        self.apart.add(other.apart, self.rows)
        for name, so_far in self.near.items():
            self.near[name] = nearest([*so_far, *(one.behind(self.rows) for one in other.near[name])])
        self.awaiting += other.awaiting
        self.rows += other.rows
        self.rejected += other.rejected
        self.blank += other.blank
        self.verdict.add(other.verdict)
        for ours, theirs in zip(self.criteria, other.criteria, strict=True):
            ours.add(theirs)
        self.alone += other.alone
        for place, firms in other.alone_firms.items():
            self.alone_firms[place] = _least_far([*self.alone_firms.get(place, ()), *firms])
        self.missing += other.missing
        self.hangs_on += other.hangs_on

    def as_dict(self) -> dict[str, Any]:
        """Give the counts as JSON can keep them; ids are no counts."""
        return {
            "rows": self.rows,
            "rejected": self.rejected,
            "blank": self.blank,
            "apart": asdict(self.apart),
            "verdict": asdict(self.verdict),
            "criteria": [asdict(counted) for counted in self.criteria],
            "alone": list(self.alone.items()),
            "alone_firms": list(self.alone_firms.items()),
            "missing": list(self.missing.items()),
            "hangs_on": list(self.hangs_on.items()),
            "awaiting": list(self.awaiting.items()),
            "near": {name: [asdict(one) for one in several] for name, several in self.near.items()},
            "flags": {name: asdict(flagged) for name, flagged in self.flags.items()},
        }

    @classmethod
    def from_dict(cls, plan: Plan, found: Mapping[str, Any]) -> Account:
        """Give the account that `as_dict` made a dict of."""
        account = cls(plan, found["rows"], found["rejected"], found["blank"])
        account.apart, account.verdict = FlagCounts(**found["apart"]), OutcomeCounts(**found["verdict"])
        account.criteria = [OutcomeCounts(**counted) for counted in found["criteria"]]
        account.alone, account.missing = Counter(dict(found["alone"])), Counter(dict(found["missing"]))
        account.alone_firms = {place: [(*whose,) for whose in several] for place, several in found["alone_firms"]}
        account.hangs_on, account.awaiting = Counter(dict(found["hangs_on"])), Counter(dict(found["awaiting"]))
        account.near = {name: [Near(**one) for one in several] for name, several in found["near"].items()}
        account.flags = {name: FlagCounts(**flagged) for name, flagged in found["flags"].items()}
        return account

    def _count(self, judged: pa.RecordBatch, before: int) -> None:
        self.verdict.count(judged["verdict"])
        for place, counted in enumerate(self.criteria):
            name = f"{IDLE}{place}"
            counted.count(judged[f"c{place}"], judged[name] if name in judged.schema.names else None)
        self._name_alone(judged, alone := _counts(judged["alone"]))
        self.alone += alone
        self.missing += _counts(judged["missing"])
        self.hangs_on += _counts(judged["hangs_on"])
        self.awaiting += _counts(judged["awaiting"])
        for name in self._kept:
            self.flags[name].keep(judged, name)
        if not self._is_ladder:
            for name, is_of_it in zip(NEAR, _groups(judged), strict=True):
                self.near[name] = nearest([*self.near[name], *_near(judged, is_of_it, before, self._deciding)])

    def _name_alone(self, judged: pa.RecordBatch, places: Iterable[int]) -> None:
        """Keep whose the rows are that only the criterion at one of the places disqualifies, the nearest first."""
        for place in places:
            rows = pc.indices_nonzero(pc.equal(judged["alone"], place))
            nearest_rows = rows.take(pc.array_sort_indices(judged["far"].take(rows))[:MOST_ALONE])
            named = judged.select([*_WHOSE, "why", "far"]).take(nearest_rows)
            found = zip(*(column.to_pylist() for column in named.columns), strict=True)
            self.alone_firms[place] = _least_far([*self.alone_firms.get(place, ()), *found])


def _least_far(several: Iterable[Whose]) -> list[Whose]:
    """Give those that are the nearest to what a criterion requires; last those of which that is not known."""
    return nsmallest(MOST_ALONE, several, key=lambda one: inf if one[-1] is None else one[-1])


def nearest(several: Iterable[Near]) -> list[Near]:
    """Give the first of those that fail the fewest criteria, and then lack the fewest facts."""
    return nsmallest(NEAREST, several)


def _groups(judged: pa.RecordBatch) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Say which rows of a batch are of which group of NEAR."""
    way = pc.equal(judged["awaiting"], Awaiting.ANOTHER_WAY.value)
    return pc.invert(way), way, pc.invert(judged["verdict"])


def _near(judged: pa.RecordBatch, is_of_it: pa.Array, before: int, deciding: Sequence[int]) -> Iterator[Near]:
    """Give the nearest of those rows of a batch, before which came so many; the criteria at those places decide."""
    rows = judged.select([*_WHOSE, "missing", "fails", "why"]).filter(is_of_it)
    lacks = pc.add(pc.count_substring(rows["missing"], ";"), pc.cast(pc.not_equal(rows["missing"], ""), pa.int32()))
    places = pc.indices_nonzero(is_of_it)
    order = pa.table({"fails": rows["fails"], "lacks": lacks})
    for place in pc.sort_indices(order, [(name, "ascending") for name in order.column_names])[:NEAREST].to_pylist():
        line, firm_id, firm_name, missing, fails, why = (column[place].as_py() for column in rows.columns)
        record = places[place].as_py()
        outcomes = [judged[f"c{criterion}"][record].as_py() for criterion in deciding]
        met, still = outcomes.count(True), outcomes.count(None)
        yield Near(
            fails, lacks[place].as_py(), before + record, line, firm_id, firm_name, missing, met, still, why or None
        )


def _copied(values: pa.Array) -> pa.Array:
    """Give a copy: a column of a batch would keep all of the batch in memory."""
    return pa.concat_arrays([values, values.slice(0, 0)])


def _counts(values: pa.Array) -> Counter[Any]:
    return Counter(
        {one["values"]: one["counts"] for one in values.value_counts().to_pylist() if one["values"] is not None}
    )


def _told(batch: pa.RecordBatch, before: int, names: list[str]) -> pa.RecordBatch:
    """Give the rows that something is told of, with the number of their record."""
    is_told = batch["cells"].is_valid()
    records = [before + place for place in pc.indices_nonzero(is_told).to_pylist()]
    return batch.select(names).filter(is_told).append_column(RECORD, pa.array(records, pa.int64()))
