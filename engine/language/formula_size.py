"""How large a formula is with all that it refers to written out: only so much can every evaluator decide exactly.

A value is a fraction of two whole numbers. The product of two figures of 33 digits has 66, the product of two such
products 132: chains of formulas grow without end unless there is a bound.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from engine.ground.errors import Text
from engine.language.facts import WHOLE, Fact
from engine.language.reading import DECIMALS, LARGEST

_MOST_STEPS = 200  # the roundings of so many stay within column_formula.ROUNDING
_MOST_LEVELS = 20  # of formulas that refer to formulas
_MOST_DIGITS = 300  # a float holds such a number
_MOST_UNDER_ROOT, _MOST_BESIDE_ROOT = 103, 10  # a quotient of two figures: values.square_root decides no more
_FIGURE = len(str(LARGEST)) - 1


@dataclass(frozen=True)
class _Size:
    """The most digits above and below the fraction bar, and the steps from stated figures.

    `root` has the digits under the root sign, of which the others then leave room for a threshold.
    """

    above: int
    below: int
    steps: int = 0
    root: int = 0
    levels: int = 0

    def too_large(self) -> Text | None:
        if self.steps > _MOST_STEPS:
            return Text(
                f"连同所引用的公式共超过 {_MOST_STEPS} 步运算",
                f"has more than {_MOST_STEPS} steps together with the formulas it refers to",
            )
        if self.levels > _MOST_LEVELS:
            return Text(
                f"公式套公式超过 {_MOST_LEVELS} 层", f"refers to formulas of formulas more than {_MOST_LEVELS} deep"
            )
        if max(self.above, self.below) > _MOST_DIGITS:
            return Text(
                f"乘除过多：结果可超过 {_MOST_DIGITS} 位数字",
                f"multiplies or divides too often: its value may have more than {_MOST_DIGITS} digits",
            )
        if self.root > _MOST_UNDER_ROOT or (self.root and max(self.above, self.below) > _MOST_BESIDE_ROOT):
            return Text("根号下的数位数过多，无法精确比较", "takes the root of too many digits to be compared exactly")
        return None


SIMPLER = Text(
    "请直接用企业填报的指标计算，少用连乘和多层公式；只对两个填报指标之比开方。",
    "Compute it from stated figures, with fewer products and formulas of formulas; take roots of a quotient of two.",
)


def too_large(facts: Mapping[str, Fact]) -> Iterator[tuple[str, Text]]:
    """Give each fact whose formula is too large, and why, but none that is only because another one is.

    Nothing is given of facts that depend on themselves, or on what there is not.
    """
    needs = {name: fact.formula.names if fact.formula else () for name, fact in facts.items()}
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError:
        return
    known: dict[str, _Size] = {}
    for name in order:
        fact = facts.get(name)
        below = DECIMALS if fact is None or fact.kind not in WHOLE else 0
        known[name] = stated = _Size(_FIGURE + below, below)
        if fact is not None and fact.formula is not None:
            levels = 1 + max(known[part].levels for part in fact.formula.names)
            known[name] = replace(_size(fact.formula.tree, known), levels=levels)
            if (why := known[name].too_large()) is not None:
                yield name, why
                known[name] = stated


def _size(node: ast.expr, known: Mapping[str, _Size]) -> _Size:  # noqa: PLR0911 a return a kind
    match node:
        case ast.Constant(value=value):
            number = Fraction(str(value))
            return _Size(len(str(abs(number.numerator))), len(str(number.denominator)) - 1)
        case ast.Name(id=name):
            return replace(known[name], root=0)
        case ast.UnaryOp(operand=operand):
            return _size(operand, known)
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, _size(left, known), _size(right, known))
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument]):
            under = _size(argument, known)
            return _Size(1, 0, under.steps + 1, under.above + under.below)
        case ast.Call(func=ast.Name(id="years_since" | "calendar_years_since")):
            return _Size(7, 3, 1)
        case ast.Call(args=[first, *others]):  # mean, min, max: no larger than a sum
            result = _size(first, known)
            for other in others:
                result = _combined(ast.Add(), result, _size(other, known))
            return replace(result, below=result.below + len(str(len(others))))
    raise AssertionError(ast.dump(node))  # Formula lets nothing else through


def _combined(op: ast.operator, left: _Size, right: _Size) -> _Size:
    steps, root = left.steps + right.steps + 1, max(left.root, right.root)
    match op:
        case ast.Mult():
            return _Size(left.above + right.above, left.below + right.below, steps, root)
        case ast.Div():
            return _Size(left.above + right.below, left.below + right.above, steps, root)
    above = max(left.above + right.below, right.above + left.below) + 1
    return _Size(above, left.below + right.below, steps, root)
