"""How a formula depends on one of its figures, where that is a straight line or the root of one: it can be solved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.ground.values import Number, quotient, square_root


@dataclass(unsafe_hash=True)  # never changed, but frozen ones take twice the time to make
class Line:
    """The number slope * x + at_zero, with x not yet known. With anything but numbers it makes a TypeError.

    >>> share = 100 * Line(1, 0) * Fraction(1, 200) - 3
    >>> share.reaches(Fraction(5))
    Fraction(16, 1)
    """

    slope: Number
    at_zero: Number

    def __add__(self, other: Line | Number) -> Line:
        """Add a number or another line."""
        if isinstance(other, Line):
            return Line(self.slope + other.slope, self.at_zero + other.at_zero)
        return Line(self.slope, self.at_zero + other)

    __radd__ = __add__

    def __mul__(self, other: Number) -> Line:
        """Multiply by a number; a line times a line is none."""
        if isinstance(other, Line):
            raise TypeError
        return Line(other if self.slope == 1 else self.slope * other, self.at_zero and self.at_zero * other)

    __rmul__ = __mul__

    def __neg__(self) -> Line:
        """Give its negative."""
        return self * -1

    def __sub__(self, other: Line | Number) -> Line:
        """Subtract a number or another line."""
        return self + (-other)

    def __rsub__(self, other: Number) -> Line:
        """Subtract it from a number."""
        return -self + other

    @property
    def rises(self) -> bool:
        """Whether it is more where x is more."""
        return self.slope > 0

    def reaches(self, value: Number) -> Fraction | None:
        """Give the x at which it is `value`; None if there is none, or any would do."""
        return quotient(value - self.at_zero if self.at_zero else value, self.slope) if self.slope else None


@dataclass(unsafe_hash=True)
class Root(Line):
    """The number slope * sqrt(under) + at_zero, with `under` a line."""

    under: Line

    def __add__(self, other: Line | Number) -> Line:
        """Add a number."""
        if isinstance(other, Line):
            raise TypeError
        return Root(self.slope, self.at_zero + other, self.under)

    __radd__ = __add__

    def __mul__(self, other: Number) -> Line:
        """Multiply by a number."""
        if isinstance(other, Line):
            raise TypeError
        return Root(self.slope * other, self.at_zero * other, self.under)

    __rmul__ = __mul__

    @property
    def rises(self) -> bool:
        """Whether it is more where x is more."""
        return super().rises == self.under.rises

    def reaches(self, value: Number) -> Fraction | None:
        """Give the x at which it is `value`; None if there is none, or any would do."""
        root = super().reaches(value)
        return None if root is None or root < 0 else self.under.reaches(root * root)


def ratio(above: Line | Number, below: Line | Number, times: int = 1) -> Line | Fraction:
    """Divide, `times` as much; a line in the divisor is a TypeError."""
    if isinstance(below, Line):
        raise TypeError
    return above * quotient(1, below, times) if isinstance(above, Line) else quotient(above, below, times)


def mean(*numbers: Line | Number) -> Line | Fraction:
    """Give the mean of lines and numbers."""
    total: Line | Number = 0
    for number in numbers:
        total = total + number
    return ratio(total, len(numbers))


def root(under: Line | Number) -> Line | Fraction:
    """Give the root of a number or of a line."""
    if isinstance(under, Root):
        raise TypeError
    return Root(1, 0, under) if isinstance(under, Line) else square_root(under)
