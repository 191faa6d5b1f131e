"""A comparison as a picture: what was observed, the threshold, the distance. The words stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

from engine import CheckFinding

_WIDTH, _ROOM = 200.0, 1.15


@dataclass(frozen=True)
class Bar:
    """Where the bar begins and ends and where the threshold is, along 200; `css` is how the comparison came out."""

    begins: float
    ends: float
    threshold: float
    css: str


def bar(check: CheckFinding) -> Bar | None:
    """Give the picture of a comparison of figures; None where there is no figure, or none is required.

    What is less than nothing begins on the left of where nothing is.
    """
    required, observed = _figure(check.required), check.observed
    if required is None or check.operator not in _ORDERED:
        return None
    if isinstance(observed, dict):
        low = observed.get("low", 0.0)
        return _drawn(low, observed.get("high", max(low, required) * _ROOM), required, check.outcome.value)
    stated = _figure(observed)
    return None if stated is None else _drawn(min(stated, 0.0), max(stated, 0.0), required, check.outcome.value)


_ORDERED = frozenset({"at_least", "at_most", "more_than", "less_than"})


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _drawn(low: float, high: float, threshold: float, css: str) -> Bar | None:
    least, most = min(low, threshold, 0.0), max(high, threshold, 0.0)
    width = (most - least) * _ROOM
    if width <= 0:
        return None
    begins, ends, at = (round((one - least) / width * _WIDTH, 1) for one in (low, high, threshold))
    return Bar(begins, max(ends, begins + 1.0), at, css.replace("_", "-"))
