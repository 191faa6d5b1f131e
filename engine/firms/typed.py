"""A value as it would be typed, and whether a firm can be typed as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from engine.ground.values import Known, Span, unmarked
from engine.language.reading import LARGEST

_EXACT = Context(prec=80)
_MOST_PLACES = 18


def written(value: Known, sign: str = "") -> str:  # noqa: PLR0911 a kind of value a line
    """Give a value as it would be typed; a figure that is no decimal with its first 18 places.

    `sign` stands behind the ends of a range.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        whole = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
        places = f"{whole:f}"
        return places if len(places.partition(".")[2]) <= _MOST_PLACES else f"{whole:.{_MOST_PLACES}f}"
    if isinstance(value, Span):
        if value.high >= LARGEST:
            return f"{written(value.low)}{sign}以上"
        high = f"{written(value.high)}{sign}"
        return f"{high}以下" if value.low <= -LARGEST else f"{written(value.low)}~{high}"
    if isinstance(value, frozenset):
        return "、".join(sorted(map(unmarked, value))) if value else "无"
    return value.isoformat() if isinstance(value, date) else value


def is_typed_exactly(firm: Mapping[str, Known]) -> bool:
    """Say whether every figure of a firm is the decimal that `written` gives."""
    numbers = [value for value in firm.values() if isinstance(value, int | Fraction) and not isinstance(value, bool)]
    return all(Fraction(written(value)) == value for value in numbers)
