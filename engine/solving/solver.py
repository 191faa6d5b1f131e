"""Z3, the one place where it is imported: truth and exact numbers, folded as long as they are plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from fractions import Fraction
from typing import Any

from engine.ground.errors import InputError, Problem, Text
from engine.ground.values import Number

try:
    import z3 as z3  # noqa: PLC0414 for the other modules
except ImportError as error:
    raise InputError(
        [
            Problem(
                "z3",
                Text("没有安装求解器", "the solver is not installed"),
                Text(
                    "请安装 champion 的 solver 附加包：pip install 'champion[solver]'；"
                    "克隆的代码里：sh .ci/uv sync --frozen --no-dev --extra solver。",
                    "Install the extra `solver`: pip install 'champion[solver]', or in a clone "
                    "sh .ci/uv sync --frozen --no-dev --extra solver.",
                ),
            )
        ]
    ) from error

Truth = Any  # a bool, or z3.BoolRef
Amount = Any  # a Fraction or an int, or z3.ArithRef
_MOST = 2_000_000
"""How much work a try may take: steps of the solver, the same on every machine, some five seconds."""
_SEEDS = 1, 2, 3

still_wanted: ContextVar[Callable[[], object]] = ContextVar("still_wanted", default=bool)
_own: ContextVar[Any] = ContextVar("own", default=None)
NO_ANSWER = Text("求解器没有得出答案。", "The solver found no answer.")


def anew() -> None:
    """Begin a question in a place of its own: what was asked before bears on neither its answer nor its work."""
    _own.set(z3.Context())


def here() -> Any:  # noqa: ANN401 of Z3
    """Give the place of the question."""
    return _own.get()


def fresh() -> Amount:
    """Give an amount that is not known."""
    return z3.FreshReal("n", here())


def all_of(*parts: Truth) -> Truth:
    """Give whether all parts hold."""
    if any(part is False for part in parts):
        return False
    several = [part for part in parts if part is not True]
    return z3.And(*several) if len(several) > 1 else several[0] if several else True


def any_of(*parts: Truth) -> Truth:
    """Give whether any part holds."""
    if any(part is True for part in parts):
        return True
    several = [part for part in parts if part is not False]
    return z3.Or(*several) if len(several) > 1 else several[0] if several else False


def negated(part: Truth) -> Truth:
    """Give whether it does not hold."""
    return not part if isinstance(part, bool) else z3.Not(part)


def at_least(need: int, parts: Sequence[Truth]) -> Truth:
    """Give whether at least `need` of the parts hold."""
    need -= sum(part is True for part in parts)
    several = [part for part in parts if not isinstance(part, bool)]
    if need <= 0:
        return True
    if need > len(several):
        return False
    if need == len(several):
        return all_of(*several)
    return any_of(*several) if need == 1 else z3.PbGe([(part, 1) for part in several], need)


def chosen(condition: Truth, one: Amount, other: Amount) -> Amount:
    """Give one amount if a condition holds, else the other."""
    if isinstance(condition, bool):
        return one if condition else other
    return z3.If(condition, exact(one), exact(other))


def exact(number: Amount) -> Amount:
    """Give an amount as Z3 has it."""
    return z3.RatVal(number.numerator, number.denominator, here()) if isinstance(number, Number) else number


def real(amount: Amount) -> Amount:
    """Give a whole amount as one that may be a fraction."""
    return amount if isinstance(amount, Number) else z3.ToReal(amount)


def plus(one: Amount, other: Amount) -> Amount:
    """Add."""
    if isinstance(one, Number) and isinstance(other, Number):
        return one + other
    if isinstance(one, Number) and one == 0:
        return other
    return one if isinstance(other, Number) and other == 0 else exact(one) + exact(other)


def times(one: Amount, other: Amount) -> Amount:
    """Multiply; by 1 nothing is done, so that what is linear stays so."""
    if isinstance(one, Number) and isinstance(other, Number):
        return one * other
    if isinstance(other, Number):
        one, other = other, one
    if isinstance(one, Number) and one in {0, 1}:
        return other if one else 0
    return exact(one) * other


def number_of(value: Any) -> Number:  # noqa: ANN401 a value of Z3
    """Give the exact number that a model has; an irrational root to 30 places, which no profile states."""
    if z3.is_algebraic_value(value):
        value = value.approx(30)
    fraction = Fraction(value.as_fraction() if z3.is_rational_value(value) else value.as_long())
    return fraction.numerator if fraction.denominator == 1 else fraction


class Solver:
    """What must hold of a firm, and whether there is one."""

    def __init__(self, held: Iterable[Truth]) -> None:
        self._held: list[Any] = []
        self._solver = _tried(_SEEDS[0])
        self.hold(*held)

    def hold(self, *parts: Truth) -> None:
        """Let more hold."""
        held = _as_z3(parts)
        self._held += held
        self._solver.add(*held)

    def find(self, *parts: Truth) -> Any:  # noqa: ANN401 a model of Z3
        """Give a model in which these parts hold too; None if there is none. Raises `UnansweredError`.

        What is given up is tried again from the beginning, otherwise. Asks `still_wanted` first, which raises if the
        answer is not.
        """
        still_wanted.get()()
        asked = _as_z3(parts)
        self._solver.push()
        try:
            solver = self._solver
            solver.add(*asked)
            for seed in _SEEDS:
                if seed != _SEEDS[0]:
                    still_wanted.get()()
                    solver = _tried(seed)
                    solver.add(*self._held, *asked)
                found = solver.check()
                if found != z3.unknown:
                    return solver.model() if found == z3.sat else None
            raise UnansweredError(solver.reason_unknown())
        finally:
            self._solver.pop()


def _tried(seed: int) -> Any:  # noqa: ANN401 of Z3
    solver = z3.Solver(ctx=here())
    solver.set("rlimit", _MOST)
    solver.set("random_seed", seed)
    return solver


def _as_z3(parts: Iterable[Truth]) -> list[Any]:
    return [z3.BoolVal(part, here()) if isinstance(part, bool) else part for part in parts]


class UnansweredError(InputError):
    """The solver found neither a firm nor a proof with the work that it may take."""

    def __init__(self, why: str = "no figures in decimals") -> None:
        what = Text(f"求解器没有得出答案（{why}）", f"found no answer ({why})")
        super().__init__([Problem("solver", what)])
