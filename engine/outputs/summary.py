"""What a screening came to: how many of each verdict, which criteria decide it, what is missing, what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from pathlib import Path

from engine.answers.row_account import MOST_ODD, NEAR, NEAREST, Account
from engine.answers.tally import Tally
from engine.explaining.verdict import Awaiting, Standing
from engine.explaining.wording import WAITS
from engine.ground.errors import EngineError, Text
from engine.ground.result import Shown
from engine.headers.understanding import HeaderReading, Understanding
from engine.judging.plan import Plan
from engine.judging.problem_rows import RowProblem
from engine.language.facts import Kind
from engine.language.notes import some_new
from engine.layout.doubtful import Doubtful
from engine.layout.no_firm import of_firms
from engine.rulebooks.asked_order import asked_order
from engine.tables.source import Source


@dataclass(frozen=True)
class FirmNamed:
    """A firm of the list, where it stands, and what `reasons` says of what fails, where reasons are wanted."""

    line: int | None
    firm_id: str | None
    firm_name: str | None
    why: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class CriterionCount:
    """How often a criterion came out each way; `alone` rows have no other that is not met, or not unless.

    `alone_firms` are the nearest of these (`row_account.MOST_ALONE`); `does_not_apply` of the rows that meet it do
    because it does not apply to them.
    """

    id: str
    title: Text
    decides: bool
    met: int
    not_met: int
    undetermined: int
    alone: int
    does_not_apply: int = 0
    alone_firms: tuple[FirmNamed, ...] = ()


@dataclass(frozen=True)
class MissingCount:
    """In how many rows a fact is missing and keeps the verdict or a criterion open.

    `column` is the header of the column that states it in other rows, None if the list has none; `if_any`: most firms
    have no such thing.
    """

    fact: str
    title: Text
    rows: int
    column: str | None
    if_any: bool


@dataclass(frozen=True)
class NearFirm(FirmNamed):
    """A firm that does not qualify, the facts that it lacks, how many criteria are met, are open and are not met.

    `is_double`: another row is of the same firm; `documents`: by which texts it was judged, where editions differ.
    """

    missing: tuple[str, ...]
    met: int
    undetermined: int
    not_met: int = 0
    is_double: bool = False
    documents: tuple[str, ...] = ()


NearFirms = Mapping[str, tuple[NearFirm, ...]]
"""The nearest firms of each group of NEAR."""


@dataclass(frozen=True)
class FractionCount:
    """In how many judged rows a percentage may have been typed as a fraction: the column, and the first firms."""

    column: str
    rows: int
    firms: tuple[FirmNamed, ...]


@dataclass(frozen=True)
class ReadingCount:
    """In how many rows the verdict hangs on another reading: its id, what it is about, and how it reads."""

    id: str
    title: Text
    reading: Text
    rows: int


@dataclass(frozen=True)
class ProblemCount:
    """How many problems of one kind there are in one column, and where the first stands."""

    column: str
    what: Text
    count: int
    first_line: int | None


@dataclass(frozen=True)
class ColumnTold:
    """How one column of the source was understood; `unit` is that of its bare figures, as it may be written.

    `is_used`: it is read, and a rulebook asks for it. `maybe`: what it may rather state.
    """

    header: str
    fact: str | None
    unit: str | None
    how: Text
    maybe: tuple[str, ...] = ()
    is_used: bool = True


@dataclass(frozen=True)
class EditionCount:
    """How many rows an edition judged, and how these came out."""

    rulebook: str
    title: Text
    document: str | None
    verdicts: int
    by_verdict: Mapping[str, int]


@dataclass(frozen=True, repr=False)
class ScreeningSummary(Shown):
    """The whole of it. Rows in are verdicts and rejected rows. `documents` are the numbers of the texts.

    `awaiting` says how many undetermined verdicts wait for what; `nearest` are the undetermined firms of which nothing
    fails, `another_way` those of which something fails unless another way is met, those first that lack the fewest
    facts; `fewest_unmet` the firms that do not qualify and fail the fewest criteria. Of a ladder these are empty.

    Where several editions judge, each its rows, `editions` says how many. `blank_rows`, with nothing in them, and
    `not_firms`, which are sums, notes and signatures, are not among them. `taken_as_new` verdicts are of rows that do
    not say what the firm applies for, where a review may be decided otherwise.
    """

    rulebook: str
    digest: str
    as_of: str
    rows_in: int
    verdicts: int
    rejected: int
    blank_rows: int
    not_firms: int
    by_verdict: Mapping[str, int]
    awaiting: Mapping[str, int]
    nearest: tuple[NearFirm, ...]
    another_way: tuple[NearFirm, ...]
    fewest_unmet: tuple[NearFirm, ...]
    criteria: tuple[CriterionCount, ...]
    missing: tuple[MissingCount, ...]
    hanging: int
    hangs_on: tuple[ReadingCount, ...]
    problems: tuple[ProblemCount, ...]
    warnings: tuple[ProblemCount, ...]
    columns: tuple[ColumnTold, ...]
    cautions: tuple[Text, ...] = ()
    editions: tuple[EditionCount, ...] = ()
    taken_as_new: int = 0
    fractions: tuple[FractionCount, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def near(self) -> NearFirms:
        """The nearest firms by their group."""
        return dict(zip(NEAR, (self.nearest, self.another_way, self.fewest_unmet), strict=True))

    def with_near(self, near: NearFirms) -> ScreeningSummary:
        """Give the same with other nearest firms."""
        first, second, third = (near[name] for name in NEAR)
        return replace(self, nearest=first, another_way=second, fewest_unmet=third)

    @property
    def nothing_fails(self) -> int:
        """How many undetermined firms there are of which nothing fails."""
        return sum(count for name, count in self.awaiting.items() if name != Awaiting.ANOTHER_WAY)


@dataclass(frozen=True)
class Written:
    """What was written beside the verdicts: counts of what was refused and what is odd, files and their final names.

    Where something is `gone`, no file is to be left.
    """

    refused: Tally
    odd: Tally
    files: list[tuple[Path, Path | str]]
    gone: list[Path | str] = field(default_factory=list)


def _rows_flagged(kind: str, plan: Plan, account: Account) -> int:
    return sum(account.flags[flag.name].rows for flag in plan.warnings if flag.kind == kind)


def summary_of(
    plan: Plan, account: Account, verdicts: int, source: Source, understanding: Understanding, beside: Written
) -> ScreeningSummary:
    """Give what a screening came to, of which so many verdicts were written.

    Raises EngineError if a row is not accounted for.
    """
    verdict, firms = account.verdict, of_firms(source.broken)
    new = account.judged if plan.new_note and not plan.application else _rows_flagged("new", plan, account)
    summary = ScreeningSummary(
        rulebook=plan.rulebook.id,
        digest=plan.rulebook.digest,
        as_of=plan.as_of.isoformat(),
        rows_in=account.rows - account.blank - account.apart.rows + len({one.line for one in firms}),
        verdicts=verdicts,
        rejected=beside.refused.rows,
        blank_rows=source.blank_rows + account.blank,
        not_firms=account.apart.rows + len({one.line for one in source.broken} - {one.line for one in firms}),
        by_verdict={
            Standing.QUALIFIED.value: verdict.met,
            Standing.NOT_QUALIFIED.value: verdict.not_met,
            Standing.UNDETERMINED.value: account.judged - verdict.met - verdict.not_met,
        },
        awaiting={} if plan.rulebook.any_is_enough else {one.value: account.awaiting[one.value] for one in WAITS},
        nearest=(near := _near_firms(account))["nearest"],
        another_way=near["another_way"],
        fewest_unmet=near["fewest_unmet"],
        criteria=_criterion_counts(plan, account),
        missing=_missing_counts(plan, account),
        hanging=sum(count for several, count in account.hangs_on.items() if several),
        hangs_on=_reading_counts(plan, account),
        problems=kinds_of(beside.refused),
        warnings=kinds_of(beside.odd),
        columns=tuple(
            ColumnTold(
                one.header, one.fact.id if one.fact else None, _unit(one, source), one.how, one.maybe, one.is_of_use
            )
            for one in understanding.columns
        ),
        cautions=(*plan.cautions, *([some_new(new)] if new and plan.application else [])),
        taken_as_new=new,
        fractions=tuple(
            FractionCount(one.column.header, found.judged, tuple(FirmNamed(*whose) for whose in found.firms))
            for one in plan.fractions
            if (found := account.flags[one.name]).judged
        ),
        documents=plan.rulebook.documents,
    )
    are_all = source.rows is None or source.rows == account.rows
    if summary.rows_in != summary.verdicts + summary.rejected or verdicts != account.judged or not are_all:
        message = (
            f"{summary.rows_in} rows in, {source.rows} in the source, {account.judged} judged, {verdicts} written, "
            f"{summary.rejected} rejected"
        )
        raise EngineError(message)
    return summary


def _near_firms(account: Account) -> NearFirms:
    return {
        name: tuple(
            NearFirm(one.line, one.firm_id, one.firm_name, missing, one.met, one.open, one.fails, why=one.why)
            for one in several
            for missing in [tuple(filter(None, one.missing.split(";")))]
        )
        for name, several in account.near.items()
    }


def require_firms(summary: ScreeningSummary) -> None:
    """Raise Doubtful of a list of which every row was taken for a sum, a note or a signature: that may be a mistake."""
    if summary.not_firms and not summary.rows_in:
        what = Text(
            f"没有一行是企业：{summary.not_firms:,} 行都当作合计、备注或落款，没有比对",
            f"has not one row of a firm: all {summary.not_firms:,} were taken for totals, notes or signatures",
        )
        instead = Text(
            "请检查“企业名称”列：每家写全称；确是企业的，补上统一社会信用代码。",
            "Check the column of names: write each in full; of what is a firm add the unified social credit code.",
        )
        raise Doubtful(what, instead)


def doubles_marked(summary: ScreeningSummary, doubles: Iterable[RowProblem]) -> ScreeningSummary:
    """Give a summary in which those of the nearest firms are marked that stand in several rows, which are told of."""
    lines = {one.line for several in summary.near.values() for one in several} - {None}
    found = {one.line for one in doubles if one.line in lines} if lines else set()
    near = {
        name: tuple(replace(one, is_double=one.line in found) for one in several)
        for name, several in summary.near.items()
    }
    return summary.with_near(near)


def nearest_of(summaries: Sequence[ScreeningSummary]) -> NearFirms:
    """Give the nearest of each group of those that several editions judged."""
    return {
        name: tuple(
            nsmallest(
                NEAREST,
                (replace(firm, documents=one.documents) for one in summaries for firm in one.near[name]),
                key=lambda one: (one.not_met, len(one.missing), one.line or 0),
            )
        )
        for name in NEAR
    }


def fractions_of(summaries: Iterable[ScreeningSummary]) -> tuple[FractionCount, ...]:
    """Give the same of what several editions judged."""
    found: dict[str, FractionCount] = {}
    for one in (count for summary in summaries for count in summary.fractions):
        so_far = found.get(one.column, FractionCount(one.column, 0, ()))
        firms = sorted((*so_far.firms, *one.firms), key=lambda firm: firm.line or 0)[:MOST_ODD]
        found[one.column] = FractionCount(one.column, so_far.rows + one.rows, tuple(firms))
    return tuple(found.values())


def kinds_of(tally: Tally) -> tuple[ProblemCount, ...]:
    """Give the kinds of problems that were counted, the most frequent first."""
    return tuple(ProblemCount(*kind) for kind in tally.kinds())


def _unit(reading: HeaderReading, source: Source) -> str | None:
    """Give the unit of the bare figures of a column; None where there is none, or where each row says its own."""
    if reading.fact is None or not reading.fact.is_numeric:
        return None
    is_by_row = source.unit is not None and reading.place in source.unit.amounts and reading.fact.kind is Kind.MONEY
    return reading.unit or (None if is_by_row else reading.fact.unit.zh or None)


def _criterion_counts(plan: Plan, account: Account) -> tuple[CriterionCount, ...]:
    is_ladder = plan.rulebook.any_is_enough
    return tuple(
        CriterionCount(
            id=criterion.words.id,
            title=criterion.words.title,
            decides=criterion.words.decides,
            met=counted.met,
            not_met=counted.not_met,
            undetermined=account.judged - counted.met - counted.not_met,
            alone=account.alone[place],
            does_not_apply=counted.idle,
            alone_firms=()
            if is_ladder
            else tuple(FirmNamed(*one[:3], why=one[3]) for one in account.alone_firms.get(place, ())),
        )
        for place, (criterion, counted) in enumerate(zip(plan.rulebook.criteria, account.criteria, strict=True))
    )


def _reading_counts(plan: Plan, account: Account) -> tuple[ReadingCount, ...]:
    """Give the readings that verdicts hang on, the most frequent first."""
    rows = _by_name(account.hangs_on)
    counted = [ReadingCount(one.id, one.title, one.words, rows[one.id]) for one in plan.rulebook.alternatives]
    return tuple(sorted((one for one in counted if one.rows), key=lambda one: -one.rows))


def _by_name(lists: Mapping[str, int]) -> Counter[str]:
    """Give how often each name stands in lists of names that are counted."""
    rows: Counter[str] = Counter()
    for several, count in lists.items():
        for name in several.split(";"):
            rows[name] += count if name else 0
    return rows


def _missing_counts(plan: Plan, account: Account) -> tuple[MissingCount, ...]:
    """Give the facts that are missing, the most frequent first; of those alike, what is asked of every firm."""
    vocabulary, order, rows = plan.rulebook.vocabulary, asked_order(plan.rulebook), _by_name(account.missing)
    header_of = {column.fact.id: column.header for column in plan.columns.values()}
    facts = [vocabulary[name] for name in sorted(filter(rows.get, rows), key=order.__getitem__)]
    return ordered(MissingCount(one.id, one.question, rows[one.id], header_of.get(one.id), one.if_any) for one in facts)


def ordered(counts: Iterable[MissingCount]) -> tuple[MissingCount, ...]:
    """Give counts with the most frequent first, of those alike in their order; what few firms have comes last."""
    return tuple(sorted(counts, key=lambda one: (one.if_any, -one.rows)))
