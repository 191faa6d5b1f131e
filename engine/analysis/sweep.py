"""How many firms of a list qualify at each value of a figure, or of two: counted, not screened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from engine.analysis.axes import Axis, axes_of, number_of
from engine.analysis.read_list import NOT_STATED, FirmList, Rows, letters, together
from engine.analysis.stand_ins import OUTCOMES, Framed, framed
from engine.analysis.texts import one_text
from engine.explaining.requirement import change_words, requirement
from engine.explaining.wording import NOTICE
from engine.ground.errors import Text
from engine.ground.values import Number
from engine.language.decision_day import Day, given_day
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook


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
    """A figure that was varied, and what the text requires there."""

    name: str
    title: Text
    required: Text


@dataclass(frozen=True)
class Sweep:
    """The answer: a point for each value, or pair of values, and of each group that is asked for one more.

    All is a trial (试算) but `now`, what comes of the figures as they are; `trial` says what else is not the text's,
    `cautions` what to know of all rows.
    `rows` are those of the list, `rejected` those not judged.
    """

    rulebook: str
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
    path: Path,
    vary: str | Sequence[str],
    *,
    by: str | None = None,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Sweep:
    """Give how many firms of a file qualify at each value of what is varied, `global-share=5%..30%:1%`; two are a map.

    With `by`, a fact, of each of its values too. Raises InputError with all mistakes of what is varied, and what
    `screen_file` does.
    """
    day = given_day(as_of)
    firms = FirmList(path, day, mapping, sheet, by)
    return swept(one_text(catalog or shipped(), rulebook, level, day), firms, [vary] if isinstance(vary, str) else vary)


def swept(rulebook: Rulebook, firms: FirmList, vary: Sequence[str]) -> Sweep:
    """Give what a list comes to at each value. Raises InputError."""
    axes = axes_of(rulebook, vary)
    frame = framed(rulebook, axes)
    with firms.judged(frame.rulebook) as rows:
        kinds = list(_kinds(rows, frame))
        summary = rows.summary
    groups = {group for group, *_ in kinds if group is not None}
    asked = [None, *sorted(groups, key=lambda one: (one == NOT_STATED, one.zh))]
    points = [point for group in asked for point in _points(axes, kinds, group)]
    return Sweep(
        rulebook.id,
        rulebook.digest,
        summary.as_of,
        firms.path.name,
        tuple(Varied(one.name, one.title, requirement(one.checks[0])) for one in axes),
        summary.rows_in,
        summary.rejected,
        Counts(*(summary.by_verdict[name] for name in ("qualified", "undetermined", "not_qualified"))),
        tuple(points),
        tuple(map(change_words, rulebook.changes)),
        summary.cautions,
        NOTICE,
    )


Kind = tuple["Text | None", str, str, tuple[str, ...], int]
"""Firms alike at every value: group, the criteria that stay, frames, outcomes of each check, how many."""


def _kinds(rows: Rows, frame: Framed) -> Iterator[Kind]:
    by = rows.columns[-1] if rows.by else "NULL"
    parts = [by, together(letters(frame.stays)), letters(frame.frames), *map(letters, frame.at)]
    found = rows.asked(f"SELECT {', '.join(parts)}, count(*) FROM rows GROUP BY ALL")  # noqa: S608
    for said, stay, several, *at, many in found:
        yield rows.group(said), str(stay), str(several), tuple(map(str, at)), int(str(many))


def counts_of(rows: Rows, axis: Axis, frame: Framed) -> dict[Number, Counts]:
    """Give what the rows come to at each value of one figure."""
    points = _points([axis], list(_kinds(rows, frame)), None)
    return {value: point.counts for value, point in zip(axis.values, points, strict=True)}


def verdict(stay: str, frames: str, outcomes: Sequence[str]) -> str:
    """Give what comes of a row: the lesser of the criteria that stay and of the frame of what its checks come to."""
    number = 0
    for one in outcomes:
        number = number * len(OUTCOMES) + OUTCOMES.index(one)
    return min(stay, frames[number], key="num".index)


def _points(axes: Sequence[Axis], kinds: Sequence[Kind], group: Text | None) -> Iterator[Point]:
    """Give the point of each value: a row is what the frame is that its checks come to there, beside what stays."""
    counted: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for own, stay, frames, at, many in kinds:
        if group in {None, own}:
            counted[stay, frames, at] += many
    for places in product(*(range(len(axis.values)) for axis in axes)):
        of_check = [place for place, axis in zip(places, axes, strict=True) for _ in axis.checks]
        verdicts: Counter[str] = Counter()
        for (stay, frames, at), many in counted.items():
            there = [outcomes[place] for outcomes, place in zip(at, of_check, strict=True)]
            verdicts[verdict(stay, frames, there)] += many
        values = [axis.values[place] for place, axis in zip(places, axes, strict=True)]
        yield Point(
            tuple(number_of(value) for value in values),
            tuple(axis.said(value) for axis, value in zip(axes, values, strict=True)),
            group,
            Counts(verdicts["m"], verdicts["u"], verdicts["n"]),
        )
