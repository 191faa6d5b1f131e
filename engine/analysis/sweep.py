"""How many firms of a list qualify at each value of a figure, or of two: counted, not screened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from engine.analysis.axes import Axis, axes_of, number_of
from engine.analysis.groups import NOT_STATED
from engine.analysis.read_list import VERDICTS, FirmList, Reading, Rows, firm_list, letters, together
from engine.analysis.stand_ins import Framed, comes_to, framed, worst
from engine.analysis.texts import at_once, one_text
from engine.explaining.requirement import change_words, requirement
from engine.explaining.wording import NOTICE
from engine.ground.errors import Text
from engine.ground.result import Tabled
from engine.ground.values import Number
from engine.language.decision_day import Day, given_day
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.trial import tried
from engine.rulebooks.what_if import UNCHANGED, Changes


@dataclass(frozen=True)
class Counts:
    """How many firms qualify, how many may yet, and how many do not."""

    qualified: int
    undetermined: int
    not_qualified: int


@dataclass(frozen=True)
class Point:
    """What the list comes to at a value of each figure, in `said` in words; with `group` of its firms only those."""

    values: tuple[float, ...]
    said: tuple[Text, ...]
    group: Text | None
    counts: Counts


@dataclass(frozen=True)
class Varied:
    """A figure that was varied, of a fact in `unit`, and what is required of it; `value`: the text's own, a number."""

    name: str
    title: Text
    required: Text
    fact: Text
    unit: Text
    value: float | None
    said: Text | None


@dataclass(frozen=True, repr=False)
class Sweep(Tabled):
    """The answer: a point for each value, or pair of values, and of each group that is asked for one more.

    All is a trial (试算) but `now`, what comes of the figures as they are; `trial` says what else is not the text's,
    `cautions` what to know of all rows.
    `rows` are those of the list, `rejected` those not judged.
    """

    rulebook: str
    title: Text
    digest: str
    as_of: str
    list_name: str
    varied: tuple[Varied, ...]
    rows: int
    rejected: int
    now: Counts
    points: tuple[Point, ...]
    trial: tuple[Text, ...]
    cautions: tuple[Text, ...]
    notice: Text


def sweep(  # noqa: PLR0913 as much as may be said of a list
    firms: Path | str | object,
    vary: str | Sequence[str],
    *,
    by: str | None = None,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    changes: Changes = UNCHANGED,
    **reading: Unpack[Reading],
) -> Sweep:
    """Give how many firms qualify at each value of what is varied, `global-share=5%..30%:1%`; two are a map.

    `firms` are a file, or a table as `screen` takes it. With `by`, a fact or a header, of each of its values too.
    `changes`, of `changes_of`, are tried. Raises InputError with all mistakes of what is asked, and what `screen_file`
    does.
    """
    day, rules, varied = given_day(as_of), catalog or shipped(), [vary] if isinstance(vary, str) else vary
    book, _, read = at_once(
        lambda: one_text(tried(rules, changes, rulebook, level, day), rulebook, level, day),
        lambda: axes_of(one_text(rules, rulebook, level, day), varied),
        lambda: firm_list(firms, day, by, reading),
    )
    return swept(book, read, varied)


def swept(rulebook: Rulebook, firms: FirmList, vary: Sequence[str]) -> Sweep:
    """Give what a list comes to at each value. Raises InputError."""
    axes = axes_of(rulebook, vary)
    frame = framed(rulebook, axes)
    with firms.judged(frame.rulebook) as rows:
        kinds = kinds_of(rows, frame)
        summary = rows.summary
    return Sweep(
        rulebook.id,
        rulebook.words.title,
        rulebook.digest,
        summary.as_of,
        firms.name,
        tuple(map(_varied, axes)),
        summary.rows_in,
        summary.rejected,
        Counts(*(summary.by_verdict[name] for name in VERDICTS)),
        tuple(points_of(axes, kinds)),
        tuple(map(change_words, rulebook.changes)),
        summary.cautions,
        NOTICE,
    )


def _varied(axis: Axis) -> Varied:
    check, own = axis.checks[0], axis.own
    words = (None, None) if own is None else (number_of(own), axis.said(own))
    return Varied(axis.name, axis.title, requirement(check), check.fact.title, check.fact.unit, *words)


Kind = tuple[Text | None, str, tuple[str, ...]]
"""Firms alike at every value: group (None: all), verdict by the outcomes of the checks, outcomes of each check."""


def kinds_of(rows: Rows, frame: Framed) -> Counter[Kind]:
    """Give how many firms there are of each kind."""
    by = rows.columns[-1] if rows.by else "NULL"
    parts = [by, together(letters(frame.stays)), letters(frame.frames), *map(letters, frame.at)]
    counted: Counter[Kind] = Counter()
    for said, stay, frames, *at, many in rows.asked(f"SELECT {', '.join(parts)}, count(*) FROM rows GROUP BY ALL"):  # noqa: S608
        verdicts = "".join(worst(f"{stay}{one}") for one in str(frames))
        for group in {None, rows.group(said)}:
            counted[group, verdicts, tuple(map(str, at))] += int(str(many))
    return counted


def counts_of(rows: Rows, axis: Axis, frame: Framed) -> dict[Number, Counts]:
    """Give what the rows come to at each value of one figure."""
    return dict(zip(axis.values, (one.counts for one in points_of([axis], kinds_of(rows, frame))), strict=True))


def points_of(axes: Sequence[Axis], kinds: Counter[Kind]) -> Iterator[Point]:
    """Give the point of each value, of all firms and then of each group."""
    groups = {group for group, *_ in kinds if group is not None}
    said = [{value: axis.said(value) for value in axis.values} for axis in axes]
    found = list(_at_each(axes, kinds))
    for group in (None, *sorted(groups, key=lambda one: (one == NOT_STATED, one.zh))):
        for values, counted in found:
            words = tuple(own[value] for own, value in zip(said, values, strict=True))
            counts = Counts(*(counted[group, verdict, ()] for verdict in "mun"))
            yield Point(tuple(map(number_of, values)), words, group, counts)


def _at_each(axes: Sequence[Axis], kinds: Counter[Kind]) -> Iterator[tuple[tuple[Number, ...], Counter[Kind]]]:
    """Give the verdicts at each value: at one of the first figure, firms that are alike in the others are one kind."""
    if not axes:
        yield (), kinds
        return
    several = len(axes[0].checks)
    for place, value in enumerate(axes[0].values):
        left: Counter[Kind] = Counter()
        for (group, frames, at), many in kinds.items():
            left[group, comes_to(frames, [own[place] for own in at[:several]]), at[several:]] += many
        for values, counted in _at_each(axes[1:], left):
            yield (value, *values), counted
