"""Which threshold lets so many firms of a list qualify: by the order of their figures, and confirmed there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, floor
from pathlib import Path
from typing import Unpack

from engine.analysis.axes import MOST_AXES, Axis, axes_of, axis_of, every_axis, number_of
from engine.analysis.read_list import VERDICTS, FirmList, Reading, Rows, firm_list, letters, together
from engine.analysis.stand_ins import Framed, framed, worst
from engine.analysis.steps import HAIR, Ends, Step, steps
from engine.analysis.sweep import Counts, counts_of
from engine.analysis.texts import at_once, one_text
from engine.explaining.requirement import change_words, requirement
from engine.explaining.wording import NOTICE, exactly
from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.result import Tabled
from engine.ground.values import Number
from engine.language.decision_day import Day, given_day
from engine.language.facts import WHOLE, half_width
from engine.language.reading import LARGEST
from engine.outputs.summary import ScreeningSummary
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.trial import tried
from engine.rulebooks.what_if import UNCHANGED, Changes
from engine.sql.value import named


@dataclass(frozen=True)
class Found:
    """A threshold, in words, and what the list comes to there, as it was decided there.

    So many firms qualify from `low` to `high` (None: without an end), which are figures that firms have; the end that
    is in it is `high` if `is_high_in`. `between` says so.
    """

    value: float
    said: Text
    low: float | None
    high: float | None
    is_high_in: bool
    between: Text
    counts: Counts


@dataclass(frozen=True)
class Aim:
    """What a figure can do alone: the threshold at which `count` qualify, or the two that come nearest.

    `loosest` is how many qualify where most do, `tightest` where fewest do. From `possible_low` to `possible_high` the
    count may be reached, since as many may be among the undetermined. All with another figure `at` a value.
    """

    name: str
    title: Text
    required: Text
    exact: Found | None
    nearest: tuple[Found, ...]
    loosest: int
    tightest: int
    is_possible: bool
    possible_low: float | None
    possible_high: float | None
    at: Text | None = None
    at_value: float | None = None


@dataclass(frozen=True, repr=False)
class Target(Tabled):
    """The answer, an aim a figure, those that let most qualify first. All is a trial but `now`.

    Of two figures it is the frontier: an aim of the one for each value of that `beside` it, a name and a title.
    """

    rulebook: str
    title: Text
    digest: str
    as_of: str
    list_name: str
    count: int
    rows: int
    rejected: int
    now: Counts
    aims: tuple[Aim, ...]
    trial: tuple[Text, ...]
    cautions: tuple[Text, ...]
    notice: Text
    beside: str | None = None
    beside_title: Text | None = None


def target(  # noqa: PLR0913 as much as may be said of a list
    firms: Path | str | object,
    count: int,
    vary: str | Sequence[str] | None = None,
    *,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    changes: Changes = UNCHANGED,
    **reading: Unpack[Reading],
) -> Target:
    """Give the threshold at which `count` firms qualify: of one figure, or of every one alone.

    Of two, one with values (`["global-share=5%..30%:5%", "core-business"]`), that of the other at each of them.

    `firms` are a file, or a table as `screen` takes it; `changes`, of `changes_of`, are tried. Raises InputError with
    all mistakes of what is asked, and what `screen_file` does.
    """
    day, rules, varied = given_day(as_of), catalog or shipped(), [vary] if isinstance(vary, str) else list(vary or ())
    book, _, _, read = at_once(
        lambda: one_text(tried(rules, changes, rulebook, level, day), rulebook, level, day),
        lambda: _asked(one_text(rules, rulebook, level, day), varied),
        lambda: _require(count),
        lambda: firm_list(firms, day, None, reading),
    )
    beside, axes = _asked(book, varied)
    if beside is None:
        return aimed(book, read, count, axes)
    from engine.analysis.frontier import frontier  # noqa: PLC0415 which stands on what is here

    return frontier(book, read, count, beside, axes[0])


def _asked(rulebook: Rulebook, vary: Sequence[str]) -> tuple[Axis | None, tuple[Axis, ...]]:
    """Give the figure that is given values, if one is, and those whose threshold is looked for. Raises InputError."""
    given = [one for one in vary if "=" in half_width(one)]
    if (len(given) != len(vary) - 1 and vary) or len(vary) > MOST_AXES:
        what = Text("须是一个数，或两个：一个写出各值", "must be one figure, or two, of which one has values")
        raise InputError([Problem("vary", what, _EXAMPLE, ", ".join(vary))])
    names = [one for one in vary if one not in given]
    beside, axes = at_once(
        lambda: axes_of(rulebook, given)[0] if given else None,
        lambda: (axis_of(rulebook, names[0]),) if names else every_axis(rulebook),
    )
    if beside and axes[0].checks[0].id in {one.id for one in beside.checks}:
        what = Text("两处是同一个数", "names the same figure twice")
        raise InputError([Problem("vary", what, _EXAMPLE, names[0])])
    return beside, axes


_EXAMPLE = Text(
    "如 --vary global-share，或 --vary global-share=5%..30%:5% --vary core-business。",
    "Such as --vary global-share, or --vary global-share=5%..30%:5% --vary core-business.",
)


def _require(count: int) -> None:
    if count < 0:
        raise InputError([Problem("count", Text("不能小于 0", "cannot be below 0"), None, str(count))])
    if count >= LARGEST:
        what = Text("数值过大（须小于 10 的 15 次方）", "is too large (it must be below 10 to the 15th)")
        raise InputError([Problem("count", what, None, short(str(count)))])


def aimed(rulebook: Rulebook, firms: FirmList, count: int, axes: tuple[Axis, ...]) -> Target:
    """Give the threshold of each figure alone at which `count` firms of a list qualify. Raises InputError."""
    frames = _framed(rulebook, axes)
    whole = frames[-1].rulebook if frames else rulebook
    facts = {check.fact.id: check.fact for axis in axes for check in axis.checks}
    with firms.judged(whole, tuple(facts.values())) as rows:
        every = [_steps(rows, axis, frame) for axis, frame in zip(axes, frames, strict=True)]
        summary = rows.summary
    asked = [wanted(axis, several, count) for axis, several in zip(axes, every, strict=True)]
    axes = tuple(replace(axis, values=_values(axis, several)) for axis, several in zip(axes, asked, strict=True))
    frames = _framed(rulebook, axes)
    again = replace(firms, on_columns=lambda *_: None)
    with again.judged(frames[-1].rulebook if frames else rulebook) as rows:
        there = [counts_of(rows, axis, frame) for axis, frame in zip(axes, frames, strict=True)]
    aims = [
        aim_of(
            axis,
            several,
            [(step, value, counts[value]) for step in own if (value := threshold_in(axis, step)) is not None],
            count,
        )
        for axis, several, own, counts in zip(axes, every, asked, there, strict=True)
    ]
    return answered(rulebook, firms, summary, count, tuple(sorted(aims, key=lambda one: -one.loosest)))


def answered(
    rulebook: Rulebook,
    firms: FirmList,
    summary: ScreeningSummary,
    count: int,
    aims: tuple[Aim, ...],
    beside: Axis | None = None,
) -> Target:
    """Give the answer."""
    return Target(
        rulebook.id,
        rulebook.words.title,
        rulebook.digest,
        summary.as_of,
        firms.name,
        count,
        summary.rows_in,
        summary.rejected,
        Counts(*(summary.by_verdict[name] for name in VERDICTS)),
        aims,
        tuple(map(change_words, rulebook.changes)),
        summary.cautions,
        NOTICE,
        None if beside is None else beside.name,
        None if beside is None else beside.title,
    )


def _framed(rulebook: Rulebook, axes: Sequence[Axis]) -> list[Framed]:
    """Give the frames of each figure alone, all in the last rulebook."""
    found: list[Framed] = []
    for number, axis in enumerate(axes):
        found.append(framed(found[-1].rulebook if found else rulebook, [axis], f"{number}."))
    return found


def _steps(rows: Rows, axis: Axis, frame: Framed) -> list[Step]:
    """Give what the list comes to as a figure moves, where it may be."""
    check = axis.checks[0]
    ends = [named(f"{end}.{check.fact.id}") for end in ("low", "high")]
    parts = ", ".join([together(letters(frame.stays)), letters(frame.frames), *ends])
    found = rows.asked(f"SELECT {parts}, count(*) FROM rows GROUP BY ALL")  # noqa: S608
    ends_of = (
        ("".join(worst(f"{stay}{one}") for one in str(frames)), low, high, many)
        for stay, frames, low, high, many in found
    )
    return steps_of(axis, frame, ends_of)  # type: ignore[arg-type]


def steps_of(axis: Axis, frame: Framed, rows: Iterable[Ends]) -> list[Step]:
    """Give what rows come to as the figure of an axis moves, where it may be."""
    check = axis.checks[0]
    is_stated = check.fact.id in frame.rulebook.facts_used and not check.fact.is_derived
    several = steps(rows, check.operator, 0.0 if is_stated else HAIR)
    return [one for one in several if one.has_any(*axis.limits)]


def wanted(axis: Axis, several: Sequence[Step], count: int) -> list[Step]:
    """Give the step at which so many qualify, neighbours that are alike as one; else the two that come nearest.

    A step in which no threshold of 15 digits lies is none.
    """
    alike = [list(own) for _, own in groupby(several, key=lambda one: one.qualified)]
    wide = [one for one in (replace(own[0], high=own[-1].high) for own in alike) if threshold_in(axis, one) is not None]
    below = max((one for one in wide if one.qualified < count), key=lambda one: one.qualified, default=None)
    above = min((one for one in wide if one.qualified > count), key=lambda one: one.qualified, default=None)
    return [one for one in wide if one.qualified == count][:1] or [one for one in (below, above) if one is not None]


def threshold_in(axis: Axis, step: Step) -> Number | None:
    """Give the threshold in a step that is written with the fewest digits; None where there is none."""
    return step.value(*axis.limits, whole=axis.checks[0].fact.kind in WHOLE)


def _values(axis: Axis, several: Sequence[Step]) -> tuple[Number, ...]:
    return tuple(value for value in (threshold_in(axis, step) for step in several) if value is not None)


def aim_of(axis: Axis, every: Sequence[Step], found: Sequence[tuple[Step, Number, Counts]], count: int) -> Aim:
    """Give the aim of a figure, of its steps and of what was decided at those that are told."""
    told = [
        Found(
            number_of(value),
            axis.said(value),
            _end(step.low),
            _end(step.high),
            step.is_high_in,
            _between(axis, step),
            counts,
        )
        for step, value, counts in found
    ]
    possible = [one for one in every if one.qualified <= count <= one.qualified + one.undetermined]
    return Aim(
        axis.name,
        axis.title,
        requirement(axis.checks[0]),
        next((one for one in told if one.counts.qualified == count), None),
        tuple(one for one in told if one.counts.qualified != count),
        max((one.qualified for one in every), default=0),
        min((one.qualified for one in every), default=0),
        bool(possible),
        _end(min((one.low for one in possible), default=0)) if possible else None,
        _end(max((one.high for one in possible), default=0)) if possible else None,
    )


def _end(figure: float) -> float | None:
    return figure if abs(figure) < float("inf") else None


def _between(axis: Axis, step: Step) -> Text:
    """Say where in a step a threshold may lie; of what is counted from which to which."""
    low: Number | float | None = _end(step.low)
    high = _end(step.high)
    if axis.checks[0].fact.kind in WHOLE:
        low = axis.limits[0] if low is None else floor(low) + 1 if step.is_high_in else ceil(low)
        if high is None:
            return _at(axis, low, "{} 起", "from {} on")
        high = floor(high) if step.is_high_in else ceil(high) - 1
        first, last = _at(axis, low, "{}", "{}"), _at(axis, high, "{}", "{}")
        return first if low == high else Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")
    first = _at(axis, low, *(("高于 {}", "above {}") if step.is_high_in else ("不低于 {}", "at least {}")))
    last = _at(axis, high, *(("不高于 {}", "at most {}") if step.is_high_in else ("低于 {}", "below {}")))
    told = [one for one in (first, last) if one.zh]
    return Text("、".join(one.zh for one in told) or "任何数", " and ".join(one.en for one in told) or "any figure")


def _at(axis: Axis, end: Number | float | None, zh: str, en: str) -> Text:
    """Say an end of a step in words; nothing of none."""
    if end is None:
        return Text("", "")
    said = exactly(axis.checks[0].fact, float(f"{float(end):.10g}"))
    return Text(zh.format(said[0]), en.format(said[1]))
