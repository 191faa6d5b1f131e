"""Units of money that stand over some columns of a table only, as cells merged over these columns do.

A unit in the corner of a table is that of all its amounts. One that stands over an amount with more amounts to its
right is of what it stands over, and so is each of several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.ground.errors import Text
from engine.headers.names import money_columns
from engine.headers.units import ABOVE, TAKEN, MoneyUnit, stated_unit
from engine.language.facts import Vocabulary

_ELSEWHERE = Text(
    "单位不能确定：列名上方的单位只写在别的列之上", "has no certain unit: the units above stand over other columns"
)


@dataclass(frozen=True)
class UnitsOver:
    """The headers with the unit that stands over each; `doubt` is of the other amounts, if there are any."""

    headers: tuple[str, ...]
    doubt: MoneyUnit | None


def units_over(row: Sequence[str], headers: Sequence[str], vocabulary: Vocabulary) -> UnitsOver | None:
    """Give the headers under a row that states units of some of the columns; None if it states none, or that of all."""
    stated = ((at, stated_unit([[cell]], vocabulary, ABOVE)) for at, cell in enumerate(row) if cell.strip())
    over = {at: unit for at, unit in stated if unit is not None}
    words = {unit.word for unit in over.values()}
    if not all(unit.is_known for unit in over.values()) or words <= {TAKEN}:
        return None
    _, bare = money_columns(headers, vocabulary)
    units = {at: unit.word for at, unit in (_to_the_next(over, len(headers)) if len(words) > 1 else over).items()}
    own = [at for at in bare if at in units]
    rest = [at for at in bare if at not in units]
    is_of_all = len(words) == 1 and (not rest or not own or max(rest) < max(own))
    if is_of_all or not own:
        return None
    with_units = tuple(f"{one}（{units[at]}）" if at in own else one for at, one in enumerate(headers))
    return UnitsOver(with_units, MoneyUnit("、".join(sorted(words)), ABOVE, _ELSEWHERE) if rest else None)


def _to_the_next(over: dict[int, MoneyUnit], width: int) -> dict[int, MoneyUnit]:
    """Give the units with each over the columns up to the next, unless merged cells show how far they reach."""
    places = sorted(over)
    if any(right - left == 1 and over[left] == over[right] for left, right in pairwise(places)):
        return over
    return {at: over[left] for left, right in pairwise([*places, width]) for at in range(left, right)}
