"""Two thresholds together: at each value of the one, that of the other at which so many firms qualify."""

from __future__ import annotations

from dataclasses import replace

from engine.analysis.axes import Axis, number_of
from engine.analysis.read_list import FirmList, letters, together
from engine.analysis.stand_ins import comes_to, framed, worst
from engine.analysis.steps import Step
from engine.analysis.sweep import kinds_of, points_of
from engine.analysis.target import Target, aim_of, answered, steps_of, threshold_in, wanted
from engine.rulebooks.logic import Rulebook
from engine.sql.value import named


def frontier(rulebook: Rulebook, firms: FirmList, count: int, beside: Axis, axis: Axis) -> Target:
    """Give an aim of `axis` at each value of `beside`. Raises InputError."""
    frame, fact, several = framed(rulebook, [beside, axis]), axis.checks[0].fact, len(beside.checks)
    ends = [named(f"{end}.{fact.id}") for end in ("low", "high")]
    own = [letters(frame.frames), *map(letters, frame.at[:several])]
    parts = ", ".join([together(letters(frame.stays)), *ends, *own])
    with firms.judged(frame.rulebook, (fact,)) as rows:
        found = rows.asked(f"SELECT {parts}, count(*) FROM rows GROUP BY ALL")  # noqa: S608
        summary = rows.summary

    def at(place: int) -> list[Step]:
        """Give what the list comes to as the figure moves, at one of the values beside it."""
        rows = []
        for stay, low, high, frames, *met, many in found:
            own = comes_to(str(frames), [str(one)[place] for one in met])
            rows.append(("".join(worst(f"{stay}{one}") for one in own), low, high, many))
        return steps_of(axis, frame, rows)  # type: ignore[arg-type]

    every = [at(place) for place in range(len(beside.values))]
    asked = [wanted(axis, one, count) for one in every]
    values = dict.fromkeys(value for one in asked for step in one if (value := threshold_in(axis, step)) is not None)
    axes = [beside, replace(axis, values=tuple(values))]
    frame = framed(rulebook, axes)
    with replace(firms, on_columns=lambda *_: None).judged(frame.rulebook) as rows:
        there = {one.values: one.counts for one in points_of(axes, kinds_of(rows, frame))}
    aims = []
    for value, steps, own_steps in zip(beside.values, every, asked, strict=True):
        pairs = [(step, it) for step in own_steps if (it := threshold_in(axis, step)) is not None]
        told = [(step, it, there[number_of(value), number_of(it)]) for step, it in pairs]
        aims.append(replace(aim_of(axis, steps, told, count), at=beside.said(value), at_value=number_of(value)))
    return answered(rulebook, firms, summary, count, tuple(aims), beside)
