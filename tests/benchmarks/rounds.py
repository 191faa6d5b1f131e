"""Contestants in turns: each runs once in every round, so that what disturbs the machine disturbs them all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import TypeVar

ROUNDS = 15
_BATCH_SECONDS = 0.03
_WARM_UP = 50

Measured = TypeVar("Measured")


def turns(contestants: Mapping[str, Callable[[], Measured]], rounds: int) -> dict[str, list[Measured]]:
    """Give what each contestant measured in each round; who begins changes from round to round."""
    figures: dict[str, list[Measured]] = {name: [] for name in contestants}
    order = list(contestants)
    for _ in range(rounds):
        for name in order:
            figures[name].append(contestants[name]())
        order.append(order.pop(0))
    return figures


def timed(calls: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Give the seconds that each call takes, one figure a round; garbage is collected meanwhile, as it is in use."""
    batches = {}
    for name, call in calls.items():
        seconds(call, _WARM_UP)
        times = max(1, round(_BATCH_SECONDS / seconds(call, _WARM_UP)))
        batches[name] = partial(seconds, call, times)
    return turns(batches, ROUNDS)


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """Give the mean seconds of a call over `times` calls."""
    gc.collect()
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def ratio(ours: Sequence[float], peers: Sequence[float]) -> float:
    """Give the median, over the rounds, of ours divided by the peer's in the same round."""
    return median(mine / theirs for mine, theirs in zip(ours, peers, strict=True))
