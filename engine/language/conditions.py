"""Conditions as they are written: checks, and all, any or some of them; in rulebooks and in lists of records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Discriminator, Field, StringConstraints, Tag, WithJsonSchema, model_validator

from engine.language.data_file import ID, Strict, Words

Id = Annotated[str, StringConstraints(pattern=ID)]


class Operator(StrEnum):
    """The words for comparing; each has an opposite that is met exactly when it is not."""

    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    EQUALS = "equals"
    DIFFERS_FROM = "differs_from"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    LACKS = "lacks"
    GIVEN = "given"


class FactRight(Strict):
    """The right side of a check: another fact."""

    fact: str


class ParameterRight(Strict):
    """The right side of a check: a parameter of the rulebook."""

    parameter: str


class BenchmarkRight(Strict):
    """The right side of a check: a column of the benchmark table, in the firm's row."""

    benchmark: str


def right_shape(value: object) -> str:
    """Tell by its key what a right side is."""
    if isinstance(value, dict):
        return next((key for key in ("fact", "parameter", "benchmark") if key in value), "fact")
    return "list" if isinstance(value, list) else "text"


Right = Annotated[
    Annotated[str, Tag("text"), WithJsonSchema({"type": ["string", "number", "boolean"]})]
    | Annotated[tuple[str, ...], Tag("list")]
    | Annotated[FactRight, Tag("fact")]
    | Annotated[ParameterRight, Tag("parameter")]
    | Annotated[BenchmarkRight, Tag("benchmark")],
    Discriminator(right_shape),
]


class Comparison(Strict):
    """Exactly one of the operators, with its right side."""

    at_least: Right | None = None
    less_than: Right | None = None
    at_most: Right | None = None
    more_than: Right | None = None
    equals: Right | None = None
    differs_from: Right | None = None
    one_of: Right | None = None
    none_of: Right | None = None
    contains: Right | None = None
    lacks: Right | None = None
    given: Right | None = None

    @property
    def comparisons(self) -> list[tuple[Operator, Any]]:
        """The operators that are written, with their right sides."""
        return [(operator, right) for operator in Operator if (right := getattr(self, operator.value)) is not None]


class CheckWords(Comparison):
    """One fact (or score), one comparison, one threshold."""

    fact: str | None = None
    score: str | None = None
    otherwise: tuple[Otherwise, ...] = ()

    @model_validator(mode="after")
    def _one_left_and_one_operator(self) -> CheckWords:
        if (self.fact is None) == (self.score is None):
            message = "a check names one `fact` or one `score` / 一项比较须写明一个 fact 或 score"
            raise ValueError(message)
        if len(self.comparisons) != 1:
            message = f"a check has exactly one of {', '.join(Operator)} / 一项比较须有且只有一个比较词"
            raise ValueError(message)
        return self


class Otherwise(Strict):
    """Another reading of words that is possible too; without `require` it asks for nothing.

    Its `when`, at a criterion, replaces that of ours. Where the same `id` stands at several places it is one reading,
    put into words at the first of them.
    """

    id: Id | None = None
    reading: Words | None = None
    when: CheckWords | None = None
    require: Condition | None = None

    @model_validator(mode="after")
    def _when_something_is_asked(self) -> Otherwise:
        if self.when is not None and self.require is None:
            message = "`when` says when something is required: add `require` / 有 when 须有 require"
            raise ValueError(message)
        return self


class AllOf(Strict):
    """Every one of the conditions."""

    all_of: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(Strict):
    """At least one of the conditions."""

    any_of: Annotated[tuple[Condition, ...], Field(min_length=1)]


class SomeOf(Strict):
    """At least so many of the conditions."""

    at_least: Annotated[int, Field(ge=1), WithJsonSchema({"type": ["integer", "string"]})]
    of: Annotated[tuple[Condition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _enough(self) -> SomeOf:
        if self.at_least > len(self.of):
            message = (
                f"at_least {self.at_least} of {len(self.of)} conditions can never hold / "
                f"只有 {len(self.of)} 项条件，at_least: {self.at_least} 永远不能满足"
            )
            raise ValueError(message)
        return self


class OtherRulebook(Strict):
    """The verdict of another rulebook on the same firm and day."""

    rulebook: Id


def _shape(value: object) -> str:
    keys = value.keys() if isinstance(value, dict) else ()
    return next((key for key in ("all_of", "any_of", "of", "rulebook") if key in keys), "check")


Condition = Annotated[
    Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[SomeOf, Tag("of")]
    | Annotated[OtherRulebook, Tag("rulebook")]
    | Annotated[CheckWords, Tag("check")],
    Discriminator(_shape),
]
