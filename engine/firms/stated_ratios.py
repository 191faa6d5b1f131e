"""Ratios that a firm states beside the figures that they are made from: both must agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from engine.firms.figures import Figures
from engine.ground.errors import Problem, Text
from engine.ground.values import Known, Number, Span, ends_of
from engine.language.facts import Fact, Vocabulary
from engine.language.reading import DECIMALS

_ANY_DAY = date(2000, 1, 1)  # no ratio that may be stated counts days


def contradiction(fact: Fact, stated: Mapping[str, Known], vocabulary: Vocabulary) -> Problem | None:
    """Give the problem of a stated ratio that was not rounded from what its parts give; None if one is missing."""
    said = stated.get(fact.id)
    parts = {part.id: stated[part.id] for part in vocabulary.stated_behind(fact) if part.id in stated}
    if not isinstance(said, Number | Span) or len(parts) < len(vocabulary.stated_behind(fact)):
        return None
    computed = Figures(vocabulary, parts, _ANY_DAY).value(fact)
    if not isinstance(computed, Number):
        return None
    low, high = ends_of(said)[0], ends_of(said)[-1]
    half = Fraction(0 if isinstance(said, Span) else 1, 2 * 10 ** _decimals(low))
    if low - half <= computed <= high + half:
        return None
    zh = "、".join(vocabulary[name].title.zh for name in parts)
    en = ", ".join(parts)
    result = f"{float(computed):.{_decimals(low) + 2}f}".rstrip("0").rstrip(".")
    what = Text(f"与按{zh}计算的 {result} 不一致", f"does not agree with {result}, computed from {en}")
    instead = Text("请核对这几个数，或只填其一。", "Check the figures, or state the ratio or its parts alone.")
    return Problem(fact.id, what, instead, "–".join(f"{float(end):.15g}" for end in ends_of(said)))


def _decimals(number: Number) -> int:
    """Give how many decimals a figure was written with, at least.

    >>> [_decimals(one) for one in (97, Fraction(973, 10), Fraction(9727, 100))]
    [0, 1, 2]
    """
    return next(count for count in range(2 * DECIMALS) if number * 10**count % 1 == 0)
