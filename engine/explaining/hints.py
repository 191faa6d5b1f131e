"""What one figure would have to be for a ratio that falls short to meet its threshold, all others staying as they are.

The figure is found by solving the formula itself, exactly, and what is said is checked by putting it back. Where a
formula cannot be solved for one of its figures, nothing is said.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

from engine.deciding.reference import Outcomes
from engine.deciding.reference import check as outcome_of
from engine.explaining.reasons import failing, in_a_line
from engine.explaining.requirement import requirement
from engine.explaining.verdict import Figure, figure
from engine.explaining.wording import amount, distance, exactly
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.line import Line
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Number, Span, Unknown
from engine.language.facts import WHOLE, Fact, Kind
from engine.rulebooks.asked_order import asked_of_all
from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Node, Rulebook, walk
from engine.rulebooks.rulebook import Operator

_DECIMALS = 10**4  # of 万元: a whole yuan
_UPWARDS = {Operator.AT_LEAST: True, Operator.MORE_THAN: True, Operator.AT_MOST: False, Operator.LESS_THAN: False}


@dataclass(frozen=True)
class Hint:
    """What a stated figure of the firm would have to be, and by how much that is more (or, negative, less).

    If `strictly`, `needed` itself is not enough: the figure must lie beyond it.
    """

    check: str
    fact: str
    title: Text
    now: Figure
    needed: Figure
    strictly: bool
    change: float
    unit: Text
    explanation: Text


def hint(check: Check, figures: Figures, beside: Iterable[Check] = ()) -> Hint | None:
    """Give what the first figure of the formula behind an unmet check would have to be; None if there is no answer.

    If one of the checks `beside` it, which fail too, asks for more of that figure, the words say so.
    """
    for fact in _stated_in(check.fact, figures).values():
        may_move = isinstance(figures.stated[fact.id], Number) and not fact.is_calendar_year
        turn = needed(check, fact, figures) if may_move else None
        if turn is not None:
            return _hint(check, fact, figures, turn, beside)
    return None


def would_do(check: Check, figures: Figures) -> Hint | None:
    """Give the same, also of a check that looks at a stated figure itself."""
    if not isinstance(figures.stated.get(check.fact.id), Number) or check.fact.is_calendar_year:
        return hint(check, figures)
    turn = needed(check, check.fact, figures)
    return None if turn is None else _hint(check, check.fact, figures, turn, ())


def needed(check: Check, fact: Fact, figures: Figures) -> tuple[Fraction, bool] | None:
    """Give, exactly, the value of the stated `fact` at which the check turns, and whether it is met above it.

    None if there is none.
    """
    line = _along(check.fact, fact, figures, {})
    target, upwards = figures.right(check.right), _UPWARDS.get(check.operator)
    if line is None or upwards is None or isinstance(target, bool) or not isinstance(target, int | Fraction):
        return None
    if isinstance(check.right, FactOf) and _depends(check.right.fact, fact, figures):
        return None
    found = line.reaches(target)
    return None if found is None else (found, upwards == line.rises)


def rivals(rulebook: Rulebook, criterion: Criterion, outcomes: Outcomes) -> tuple[Check, ...]:
    """Give the checks by which other criteria that decide fail, of those that must be met."""
    others = (one.gate for one in rulebook.criteria if one.words.decides and one is not criterion)
    return tuple(check for gate in others for check in failing(gate, outcomes) if check in asked_of_all(gate))


def enough(
    gate: Gate, outcomes: Outcomes, checks: Iterable[Check], figures: Figures, beside: Sequence[Check] = ()
) -> Mapping[str, Text]:
    """Say of checks of a criterion that are not met, or open, what one figure would have to be, where that is known.

    Where several that all must be met ask for more of the same figure, it is said of the one that asks for most. Where
    it is said of several, the last says whether each of them is asked, or one way of several. Other criteria fail by
    the checks `beside` them.
    """
    checks = [check for check in checks if check.fact.formula is not None]
    is_open = {check.id for check in checks if outcomes[check.id] is Outcome.UNDETERMINED}
    said = _of_missing(gate, outcomes, is_open, figures) if is_open else {}
    more: dict[str, list[Hint]] = {}
    for check in checks:
        if outcomes[check.id] is Outcome.NOT_MET and (one := hint(check, figures, beside)) is not None:
            said[check.id] = one.explanation
            if one.change > 0 and check in asked_of_all(gate):
                more.setdefault(one.fact, []).append(one)
    for several in more.values():
        *less, most = sorted(several, key=lambda one: one.change)
        for one in less:
            said.pop(one.check)
        if less:
            said[most.check] = in_a_line([most.explanation, _THE_MOST])
    if len(said) > 1 and len(asks := set(_asks(gate, said))) == 1:
        last = [check.id for check in checks if check.id in said][-1]
        said[last] = in_a_line([said[last], _EACH if asks.pop() else _ONE_WAY])
    return said


def _asks(node: Node, among: Container[str]) -> Iterator[bool]:
    """Say of each gate that has some of these checks in several children whether it asks for all children."""
    if isinstance(node, Gate):
        rest = [child for child in node.children if child is not node.guard]
        holding = [child for child in rest if any(one.id in among for one in walk(child))]
        if len(holding) > 1:
            yield node.need == len(rest)
        for child in holding:
            yield from _asks(child, among)


_EACH = Text("本项以上几条都要满足。", "Each of these lines is asked for.")
_ONE_WAY = Text(
    "本项以上几条分属几条路，走通其中一条即可，那一条的其他要求也要满足。",
    "These lines are of different ways: one way is enough, with what else it asks for.",
)
_THE_MOST = Text("达到这个数，本项其他各条对它的要求也都满足。", "That meets what the other lines here ask of it too.")


@dataclass(frozen=True)
class _Turn:
    """What the only figure that a check lacks would have to be: at least it, if `up`, or at most; or beyond it."""

    check: Check
    fact: Fact
    up: bool
    needed: Fraction
    strictly: bool

    def demand(self) -> tuple[Fraction, bool]:
        """Give what is greater the more is asked."""
        return (self.needed if self.up else -self.needed, self.strictly)


def _of_missing(gate: Gate, outcomes: Outcomes, is_open: Container[str], figures: Figures) -> dict[str, Text]:
    """Say by open check what the only figure that it lacks would have to be, for all that is asked beside it too.

    It is said of the check that asks for most. What cannot be computed yet is named with it; of checks that ask for
    more and for less of the same figure, nothing is said.
    """
    said: dict[str, Text] = {}
    for check, beside in _asked_in(gate):
        turn = _turn(check, figures) if check.id in is_open else None
        if turn is None:
            continue
        unmet = [one for one in beside if outcomes.get(one.id, Outcome.MET) is not Outcome.MET]
        others = [one for one in unmet if _asks_of(one, turn.fact, figures)]
        turns = {one.id: _turn(one, figures) for one in others}
        known = [one for one in turns.values() if one is not None]
        if any(outcomes[one.id] is Outcome.NOT_MET for one in others) or any(one.up != turn.up for one in known):
            continue
        if all(one.demand() <= turn.demand() for one in known):
            said[check.id] = _enough_words(turn, [one for one in others if turns[one.id] is None])
    return said


@lru_cache(maxsize=4096)
def _asked_in(gate: Gate) -> tuple[tuple[Check, tuple[Check, ...]], ...]:
    return tuple(_asked_together(gate))


def _asked_together(node: Node, beside: tuple[Check, ...] = ()) -> Iterator[tuple[Check, tuple[Check, ...]]]:
    """Give each check below a node, and those that must be met beside it."""
    if isinstance(node, Check):
        yield node, beside
        return
    rest = [child for child in node.children if child is not node.guard]
    is_all = node.guard is not None or node.need == len(rest)
    for child in rest:
        others = (one for other in rest if other is not child for one in walk(other) if isinstance(one, Check))
        yield from _asked_together(child, (*beside, *others) if is_all else beside)


def _asks_of(check: Check, fact: Fact, figures: Figures) -> bool:
    sides = [check.fact, check.right.fact] if isinstance(check.right, FactOf) else [check.fact]
    return any(_depends(side, fact, figures) for side in sides)


def _turn(check: Check, figures: Figures) -> _Turn | None:
    """Give what the only figure that a check lacks, or has only as a range, would have to be."""
    left = figures.value(check.fact)
    unknown = left.unknown if isinstance(left, Span) else left
    if not isinstance(unknown, Unknown) or unknown.reason is not Reason.MISSING or len(unknown.facts) != 1:
        return None
    fact = figures.vocabulary[unknown.facts[0]]
    turn = needed(check, fact, figures) if fact.is_numeric and not fact.is_calendar_year else None
    if turn is None or (found := _written(check, fact, figures, turn[0], up=turn[1])) is None:
        return None
    return _Turn(check, fact, turn[1], *found)


def _enough_words(turn: _Turn, unsolved: Sequence[Check]) -> Text:
    """Say that the figure is enough; if other checks on it cannot be computed yet, that these are to be met too."""
    title, goal = turn.fact.title, _every_digit(turn.fact, turn.needed)
    word = {
        (True, False): ("达到", "at least"),
        (True, True): ("超过", "more than"),
        (False, False): ("不超过", "at most"),
        (False, True): ("低于", "less than"),
    }[turn.up, turn.strictly]
    if not unsolved:
        return Text(
            f"{title.zh}{word[0]} {goal[0]}即够（只看这一条，按已填的其他数）。",
            f"{title.en}: it takes {word[1]} {goal[1]} for this alone, by what else is stated.",
        )
    too = list(dict.fromkeys(requirement(one) for one in unsolved))
    zh, en = "，并且".join(one.zh for one in too), " and ".join(one.en for one in too)
    return Text(
        f"{title.zh}须{word[0]} {goal[0]}（按已填的其他数），并且{zh}（缺数，还算不出须多少）。",
        f"{title.en}: {word[1]} {goal[1]} by what else is stated, and {en} (which cannot be computed yet).",
    )


def _hint(
    check: Check, fact: Fact, figures: Figures, turn: tuple[Fraction, bool], beside: Iterable[Check]
) -> Hint | None:
    """Give the hint with the value rounded away from today's to what can be written, if it can be stated at all."""
    exact, up = turn
    now = Fraction(cast("Number", figures.stated[fact.id]))
    found = _written(check, fact, figures, exact, up=up)
    if found is None:
        return None
    rounded, strictly = found
    others = (one for one in (_asked(other, fact, figures, up=up) for other in beside) if one is not None)
    most = (max if up else min)((rounded, *others))
    return Hint(
        check=check.id,
        fact=fact.id,
        title=fact.title,
        now=figure(now),
        needed=figure(rounded),
        strictly=strictly,
        change=float(rounded - now),
        unit=fact.unit,
        explanation=_explanation(fact, now, rounded, most, more=up, strictly=strictly),
    )


def _asked(check: Check, fact: Fact, figures: Figures, *, up: bool) -> Fraction | None:
    """Give what a check asks of this very figure, or its own hint does, as more or as less; None if it does not."""
    if check.fact is fact:
        target = figures.right(check.right) if _UPWARDS.get(check.operator) is up else None
        return Fraction(target) if isinstance(target, int | Fraction) else None
    found = hint(check, figures)
    turn = needed(check, fact, figures) if found is not None and found.fact == fact.id else None
    written = _written(check, fact, figures, turn[0], up=up) if turn is not None and turn[1] is up else None
    return None if written is None else written[0]


def _written(check: Check, fact: Fact, figures: Figures, exact: Fraction, *, up: bool) -> tuple[Fraction, bool] | None:
    """Give `exact` as it can be written, and whether the check is met only beyond it; None if no profile could say it.

    `up`: the check is met above it.
    """
    unit = 1 if fact.kind in WHOLE else _DECIMALS
    above, below = exact.numerator * unit, exact.denominator
    rounded = Fraction(-(-above // below) if up else above // below, unit)
    strictly = outcome_of(check, figures.supposing(fact, rounded)) is not Outcome.MET
    if strictly and rounded != exact:
        return None
    if strictly and fact.kind in WHOLE:
        rounded, strictly = rounded + (1 if up else -1), False
    return (rounded, strictly) if _can_be_stated(fact, rounded, figures) else None


def _explanation(fact: Fact, now: Fraction, rounded: Fraction, most: Fraction, *, more: bool, strictly: bool) -> Text:
    title = fact.title
    if fact.kind is Kind.RANK:
        return Text(
            f"{title.zh}须进入前 {rounded} 名，现在是第 {now} 名（其他数不变）。",
            f"{title.en}: among the first {rounded} needed, place {now} now, all else the same.",
        )
    goal, today = _every_digit(fact, rounded), _every_digit(fact, now)
    size = abs(rounded - now)
    change = distance(fact, float(size)) if fact.kind is Kind.PERCENT else _every_digit(fact, size)
    if strictly:
        word = ("须超过", "more than") if more else ("须低于", "less than")
    else:
        word = ("须达到", "at least") if more else ("须降到", "at most")
    other = Text("", "")
    if most != rounded:
        zh, en = _every_digit(fact, most)
        other = Text(f"；只为这一条，另一条要求 {zh}", f"; for this alone, another criterion asks for {en}")
    if rounded == now:
        return Text(
            f"{title.zh}{word[0]} {goal[0]}，即现在的数（其他数不变{other.zh}）。",
            f"{title.en}: {word[1]} {goal[1]} needed, which it is now, all else the same{other.en}.",
        )
    by = ("多", "more") if more else ("少", "less")
    return Text(
        f"{title.zh}{word[0]} {goal[0]}，比现在的 {today[0]}{by[0]} {change[0]}（其他数不变{other.zh}）。",
        f"{title.en}: {word[1]} {goal[1]} needed, {change[1]} {by[1]} than now ({today[1]}), all else the same"
        f"{other.en}.",
    )


def _every_digit(fact: Fact, number: Fraction) -> tuple[str, str]:
    """Give a figure with its unit and every digit, below 1 万元 in yuan for an English reader."""
    nearest = float(number)
    return exactly(fact, nearest) if abs(nearest) >= 1 else amount(fact, nearest)


def _stated_in(fact: Fact, figures: Figures) -> dict[str, Fact]:
    """Give the stated facts under a derived one, in the order of the formulas; none if it is itself stated."""
    found: dict[str, Fact] = {}
    for name in fact.formula.names if fact.formula else ():
        part = figures.vocabulary[name]
        found |= {name: part} if name in figures.stated else _stated_in(part, figures)
    return found


def _along(fact: Fact, moving: Fact, figures: Figures, known: dict[str, Line | None]) -> Line | None:
    """Give `fact` as a line of the figure `moving`; None if it is not one."""
    if fact.id == moving.id:
        return Line(1, 0)
    if fact.formula is None:
        return None
    if fact.id not in known:
        parts = [figures.vocabulary.facts[name] for name in fact.formula.names]
        values: Mapping[str, object] = {
            part.id: (_along(part, moving, figures, known) if _depends(part, moving, figures) else figures.value(part))
            for part in parts
        }
        solvable = all(value is not None for value in values.values())
        known[fact.id] = fact.formula.along(values, figures.as_of) if solvable else None  # type: ignore[arg-type]
    return known[fact.id]


def _depends(fact: Fact, moving: Fact, figures: Figures) -> bool:
    return moving.id in [fact.id, *(part.id for part in figures.vocabulary.stated_behind(fact))]


def _can_be_stated(fact: Fact, value: Fraction, figures: Figures) -> bool:
    """Whether a profile could state the value: within its range, not above its whole, not below its parts."""
    parts = figures.vocabulary.parts_of.get(fact.id, ())
    least = [fact.lowest, *map(figures.stated.get, parts)]
    most = [fact.highest, figures.stated.get(fact.part_of or "")]
    return not any(value < end for end in least if isinstance(end, Number)) and not any(
        value > end for end in most if isinstance(end, Number)
    )
