"""One answer to one question of the vocabulary: blank, a value within the accepted range, or unreadable."""

from __future__ import annotations

from engine.ground.errors import Text
from engine.ground.values import Known, Number, Span, ends_of
from engine.language.facts import Fact
from engine.language.figure_text import unwrapped
from engine.language.mistaken_figures import mistaken
from engine.language.reading import Unreadable, accepted, is_blank, read


def answer(fact: Fact, raw: object, unit: str = "") -> Known | None:
    """Give the value of `fact` that `raw` states, in `unit` if it names none; None for a blank. Raises Unreadable."""
    raw = unwrapped(raw) if isinstance(raw, str) else raw
    if is_blank(fact, raw):
        return None
    value = read(fact, raw, unit)
    if isinstance(value, Number | Span) and not isinstance(value, bool):
        for end in ends_of(value):
            _check_range(fact, end)
    return value


def _check_range(fact: Fact, value: Number) -> None:
    if fact.lowest is not None and value < fact.lowest:
        low = f"{float(fact.lowest):.15g}"
        what = Text(f"小于允许的最小值 {low}", f"is below the smallest accepted value, {low}")
        raise Unreadable(what, accepted(fact))
    if fact.highest is not None and value > fact.highest:
        high = f"{float(fact.highest):.15g}"
        what = Text(f"大于允许的最大值 {high}", f"is above the largest accepted value, {high}")
        other, instead = mistaken(fact, f"{float(value):.15g}") or (what, accepted(fact))
        raise Unreadable(other or what, instead)
