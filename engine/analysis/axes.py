"""What is varied: a figure of a rulebook, by name, and the values that it is given one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from engine.explaining.verdict import figure
from engine.explaining.wording import exactly
from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.values import Number
from engine.language.facts import half_width
from engine.rulebooks.logic import Check, Criterion, Node, Right, Rulebook, Score, Threshold, walk
from engine.rulebooks.rulebook import Operator
from engine.rulebooks.settable import Settable, figures_in, title_of

ORDERED = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN)
MOST_AXES = 2
MOST_VALUES = 1000
_MOST_POINTS = 10_000
_MOST_CHECKS = 3  # each outcome of each is looked at together with those of the others
_A_HAIR = Fraction(1, 10**6)  # of a point
_EXAMPLE = Text(
    "请写成 条件=起..止:步长（如 global-share=5%..30%:1%），或用逗号列出各值（global-share=5%,10%）。",
    "Write CRITERION=FROM..TO:STEP, such as global-share=5%..30%:1%, or values with commas: global-share=5%,10%.",
)
_COMMA = Text(
    "是几个值，请在逗号后空一格并加引号（如 'global-share=50, 100'）；是一个数，请不写逗号（1500）。",
    "For several values put a space behind the comma, and quotes around it all, such as 'global-share=50, 100'; "
    "write one number without a comma (1500).",
)
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")


@dataclass(frozen=True)
class Axis:
    """A figure that is varied: what it is the figure of, the checks that have it, and its values, each once.

    `limits` are the least and the most that it may be.
    """

    name: str
    title: Text
    checks: tuple[Check, ...]
    values: tuple[Number, ...]
    limits: tuple[Number | None, Number | None] = (None, None)

    @property
    def own(self) -> Number | None:
        """The figure that the text itself has; None where that is no number."""
        right = self._text
        return right.value if isinstance(right, Threshold) and isinstance(right.value, Number) else None

    @property
    def _text(self) -> Right:
        own = self.checks[0].right
        return own.text or own if isinstance(own, Threshold) else own

    def right(self, value: Number) -> Threshold:
        """Give a value as the right side of its checks."""
        return Threshold(value, text=self._text)

    def said(self, value: Number) -> Text:
        """Give a value in words."""
        return Text(*exactly(self.checks[0].fact, number_of(value)))


def axis_of(rulebook: Rulebook, name: str) -> Axis:
    """Give the figure of that name, with no values. Raises InputError."""
    book = Settable(rulebook)
    meant = book.meant(half_width(name))
    if len(meant) == 1 and meant[0][1].fact.is_numeric and meant[0][1].operator in ORDERED:
        axis = Axis(name, title_of(meant[0][0]), (meant[0][1],), (), _limits(rulebook, meant[0][1]))
        if problems := _idle(rulebook, [axis]):
            raise InputError(problems)
        return axis
    what = Text("须是一个同界限比大小的数", "must be one figure that is a bound")
    raise InputError([replace(one, where="vary") for one in book.problems] or [Problem("vary", what, None, name)])


def every_axis(rulebook: Rulebook) -> tuple[Axis, ...]:
    """Give every figure of the criteria that decide which is a bound."""
    book = Settable(rulebook)
    found = []
    for owner, tree in book.trees:
        own = [one for one in figures_in(tree) if one.fact.is_numeric and one.operator in ORDERED]
        if isinstance(owner, Criterion) and owner.words.decides:
            names = [owner.words.id] if len(own) == 1 else [one.id for one in own]
            pairs = zip(names, own, strict=True)
            found += [Axis(name, title_of(owner), (one,), (), _limits(rulebook, one)) for name, one in pairs]
    return tuple(found)


def _limits(rulebook: Rulebook, check: Check) -> tuple[Number | None, Number | None]:
    """Give the least and the most that a trial takes for the figure of a check; of a score what it can come to."""
    for score in rulebook.scores:
        if score.fact.id == check.fact.id:
            most = sum(item.maximum for item in score.items)
            most -= _A_HAIR if check.operator is Operator.MORE_THAN else 0
            return 0, most if check.operator in ORDERED[:2] else None
    return check.fact.lowest, check.fact.highest


def borne_on(rulebook: Rulebook, checks: Iterable[Check]) -> tuple[list[Score], list[Criterion]]:
    """Give the scores of our reading, and the criteria that decide, on which some checks bear."""
    varied = frozenset(one.id for one in checks)
    moved = [score for score in rulebook.scores if not score.world and _bears(varied, frozenset(), _nodes(score))]
    scores = frozenset(score.fact.id for score in moved)
    deciding = [one for one in rulebook.criteria if one.words.decides]
    return moved, [one for one in deciding if _bears(varied, scores, walk(one.gate))]


def _nodes(score: Score) -> list[Node]:
    return [node for item in score.items for band in item.bands for node in walk(band.node)]


def _bears(varied: frozenset[str], scores: frozenset[str], nodes: Iterable[Node]) -> bool:
    return any(isinstance(one, Check) and (one.id in varied or one.fact.id in scores) for one in nodes)


def _idle(rulebook: Rulebook, axes: Sequence[Axis]) -> list[Problem]:
    what = Text("改了也不影响结论", "bears on no criterion that decides")
    instead = Text("请写计入结论的条件中的数。", "Name a figure of a criterion that decides.")
    return [Problem("vary", what, instead, short(one.name)) for one in axes if not borne_on(rulebook, one.checks)[1]]


def number_of(value: Number) -> int | float:
    """Give a value as JSON has it."""
    found = figure(value)
    assert isinstance(found, int | float), found  # noqa: S101 of a number
    return found


def axes_of(rulebook: Rulebook, asked: Sequence[str]) -> tuple[Axis, ...]:
    """Give what is varied, as it is written. Raises InputError with all mistakes."""
    book, problems = Settable(rulebook), list[Problem]()
    found = [one for one in (_axis(book, written, problems) for written in asked) if one is not None]
    problems += [*(replace(one, where="vary") for one in book.problems), *_idle(rulebook, found)]
    if not 0 < len(asked) <= MOST_AXES:
        what = Text(f"须有一个或两个，有 {len(asked)} 个", f"must be given once or twice, is given {len(asked)} times")
        problems.append(Problem("vary", what, _EXAMPLE))
    checks = [check.id for one in found for check in one.checks]
    if len(set(checks)) < len(checks):
        problems.append(Problem("vary", Text("同一个数值写了两次", "names the same figure twice"), _EXAMPLE))
    elif len(checks) > _MOST_CHECKS:
        what = Text(f"用在 {len(checks)} 处，太多", f"stands in {len(checks)} places, which is too many")
        problems.append(Problem("vary", what, Text("请写明是哪一处。", "Name one of them.")))
    if not problems and prod(len(one.values) for one in found) > _MOST_POINTS:
        what = Text(f"组合超过 {_MOST_POINTS:,} 个", f"comes to more than {_MOST_POINTS:,} combinations")
        problems.append(Problem("vary", what, Text("请用大一些的步长。", "Use a larger step.")))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _axis(book: Settable, written: str, problems: list[Problem]) -> Axis | None:
    name, equals, values = (part.strip() for part in half_width(written).partition("="))
    several = re.split(r"\s*,\s*", values)
    span = re.fullmatch(r"(.+?)\s*\.\.\s*(.+?)\s*:\s*(.+)", values)
    is_unclear = _THOUSANDS.search(values)
    if not equals or not name or not all(several) or is_unclear or (".." in values and not span):
        instead = _COMMA if is_unclear else _EXAMPLE
        problems.append(Problem("vary", Text("看不出是哪些值", "does not say which values"), instead, short(written)))
        return None
    meant = book.meant(name)
    if not meant:
        return None
    owner, first = meant[0]
    read = [book.figure(first, name, one) for one in (span.groups() if span else several)]
    numbers = [one.value for one in read if one is not None and isinstance(one.value, Number)]
    if len(numbers) < len(read) or any(isinstance(one, bool) for one in numbers):
        if None not in read:
            what = Text("不是数，不能逐个取值", "is no number that could be varied")
            problems.append(Problem("vary", what, None, short(written)))
        return None
    if span:
        low, high, step = numbers
        if step <= 0 or high < low or (high - low) / step > MOST_VALUES - 1:
            what = Text(
                f"步长须大于 0，止不小于起，至多 {MOST_VALUES:,} 个值",
                f"needs a step above 0, an end not below its beginning, and at most {MOST_VALUES:,} values",
            )
            problems.append(Problem("vary", what, _EXAMPLE, short(written)))
            return None
        numbers = [low + step * place for place in range(int((high - low) / step) + 1)] + [high]
    return Axis(name, title_of(owner), tuple(check for _, check in meant), tuple(dict.fromkeys(numbers)))
