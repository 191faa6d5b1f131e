"""The shape of a rulebook file: what a rule author writes, and nothing that is computed from it.

`load` reads a file into these models, `logic` says what they mean. The JSON Schema for editors is generated from here.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag, WithJsonSchema, model_validator

from engine.language.conditions import (
    AllOf,
    AnyOf,
    BenchmarkRight,
    CheckWords,
    Comparison,
    Condition,
    FactRight,
    Id,
    Operator,
    OtherRulebook,
    Otherwise,
    ParameterRight,
    Right,
    SomeOf,
    right_shape,
)
from engine.language.data_file import CSV, Decimal, Strict, Words, YesNo

__all__ = [
    "AllOf",
    "AnyOf",
    "Band",
    "BenchmarkRight",
    "BenchmarkTable",
    "CheckWords",
    "Cite",
    "Condition",
    "CriterionWords",
    "FactRight",
    "Grade",
    "Group",
    "Id",
    "InForce",
    "Item",
    "OpenQuestion",
    "Operator",
    "OtherRulebook",
    "OtherValue",
    "Otherwise",
    "Parameter",
    "ParameterRight",
    "Right",
    "RulebookHead",
    "RulebookWords",
    "Scorecard",
    "SomeOf",
    "Source",
]

Grade = Literal["A", "B", "M", "X"]


ParameterValue = Annotated[
    Annotated[str, Tag("text"), WithJsonSchema({"type": ["string", "number"]})]
    | Annotated[BenchmarkRight, Tag("benchmark")],
    Discriminator(right_shape),
]
_OURS_FIRST = "beside another reading stands ours: `reading`, `confirmed: no` / 另有读法须写 reading 和 confirmed: no"


class Cite(Strict):
    """A place in a source, and how well its words are confirmed (A two readings, B one, M memory, X contradictory).

    `read_in`: where these words were read, if not in the places where the source was.
    """

    source: Id
    clause: str
    grade: Grade
    read_in: tuple[str, ...] = ()


class Source(Strict):
    """A published document."""

    title: Words
    document: str | None = None
    language: Literal["zh", "en"] = "zh"
    issued: date | None = None
    read_in: tuple[str, ...] = ()
    note: Words | None = None


class OtherValue(Strict):
    """Another value that a parameter may have, by another reading (see `Otherwise`)."""

    id: Id | None = None
    reading: Words | None = None
    value: ParameterValue


class Band(Comparison):
    """Points for a condition: a comparison of the item's own fact, or any condition under `when`."""

    points: Decimal
    fact: str | None = None
    when: Condition | None = None
    otherwise: tuple[Otherwise, ...] = ()

    @model_validator(mode="after")
    def _one_condition(self) -> Band:
        if len(self.comparisons) + (self.when is not None) != 1:
            message = "a band has one comparison or one `when` / 一档须有且只有一个条件"
            raise ValueError(message)
        return self


class Item(Strict):
    """One line of a scorecard."""

    id: Id
    title: Words
    quote: str | None = None
    max: Decimal
    fact: str | None = None
    count: Literal["best", "each"] = "best"
    bands: tuple[Band, ...] = ()
    otherwise: Decimal = 0
    points_of: str | None = None

    @model_validator(mode="after")
    def _bands_or_points(self) -> Item:
        if bool(self.bands) == bool(self.points_of):
            message = "an item has `bands`, or `points_of` a fact that states the points / 一项须写 bands 或 points_of"
            raise ValueError(message)
        if self.points_of and (self.fact or self.otherwise or self.count == "each"):
            message = "beside `points_of` there is only `max` / points_of 之外只写 max"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _points_within(self) -> Item:
        if not all(0 <= number <= self.max for number in (self.otherwise, *(band.points for band in self.bands))):
            message = "points and otherwise lie between 0 and max / 分值须在 0 与 max 之间"
            raise ValueError(message)
        if self.count == "each" and self.otherwise:
            message = "`count: each` adds up from 0: leave `otherwise` out / 累加项不写 otherwise"
            raise ValueError(message)
        return self


class Group(Strict):
    """Lines of a scorecard with a sub-total."""

    id: Id
    title: Words
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Scorecard(Strict):
    """Banded points that add up to a figure."""

    id: Id
    title: Words
    cite: Cite
    total: Decimal | None = None
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]

    @property
    def most(self) -> Fraction:
        """What all lines come to at most."""
        return sum((Fraction(item.max) for group in self.groups for item in group.items), Fraction(0))

    @model_validator(mode="after")
    def _adds_up(self) -> Scorecard:
        if self.total is not None and self.total != self.most:
            found = f"{float(self.most):.15g}"
            message = f"`total`: the lines come to {found} / total 与各项满分之和 {found} 不符"
            raise ValueError(message)
        return self


class Parameter(Strict):
    """A named threshold with its own source."""

    title: Words
    value: ParameterValue
    cite: Cite
    quote: str | None = None
    reading: Words | None = None
    confirmed: YesNo = True
    otherwise: tuple[OtherValue, ...] = ()

    @model_validator(mode="after")
    def _only_open_words_have_others(self) -> Parameter:
        if self.otherwise and (self.confirmed or self.reading is None):
            raise ValueError(_OURS_FIRST)
        return self


class BenchmarkTable(Strict):
    """A table of reference values, a row for each value of the choice `by`."""

    file: Annotated[str, StringConstraints(pattern=CSV)]
    by: str
    cite: Cite


class CriterionWords(Strict):
    """One cited requirement."""

    id: Id
    title: Words
    cite: Cite
    quote: Annotated[str, StringConstraints(min_length=1)] | None = None
    words: Literal["not at hand"] | None = None
    reading: Words | None = None
    confirmed: YesNo = True
    evidence: tuple[Words, ...] = ()
    decides: YesNo = True
    when: CheckWords | None = None
    require: Condition
    otherwise: tuple[Otherwise, ...] = ()

    @model_validator(mode="after")
    def _words_or_none(self) -> CriterionWords:
        if (self.quote is None) == (self.words is None):
            message = "the words as `quote`, or `words: not at hand` / 写原文 quote；原文未见的写 words: not at hand"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _only_open_words_have_others(self) -> CriterionWords:
        if self.otherwise and (self.confirmed or self.reading is None):
            raise ValueError(_OURS_FIRST)
        return self

    @model_validator(mode="after")
    def _deciding_words_were_seen(self) -> CriterionWords:
        if self.decides and self.cite.grade in {"M", "X"}:
            message = "words graded M or X do not decide: put them under open_questions / M、X 级的写进 open_questions"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _unconfirmed_has_reading(self) -> CriterionWords:
        if not self.confirmed and self.reading is None:
            message = "an unconfirmed criterion says how it was read: add `reading` / 未确认的条件须写明 reading"
            raise ValueError(message)
        return self


class InForce(Strict):
    """The first and the last day on which the edition applies."""

    from_: Annotated[date, Field(alias="from")]
    to: date | None = None

    def has(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.from_ <= day and (self.to is None or day <= self.to)


_APPLICATIONS = {"新申报": "new", "新申请": "new", "复核": "review"}
Application = Annotated[
    Literal["new", "review"],
    BeforeValidator(lambda value: _APPLICATIONS.get(value, value) if isinstance(value, str) else value),
    WithJsonSchema({"enum": ["new", "review", *_APPLICATIONS], "type": "string"}),
]


class Noted(InForce):
    """What is noted of every firm that applies so on these days, on account of a clause that is not encoded."""

    application: Application
    words: Words


class OpenQuestion(Strict):
    """A clause that is not encoded, and why."""

    id: str
    clause: str
    quote: str | None = None
    reason: Words
    noted: Noted | None = None


class RulebookHead(Strict):
    """What stands above `sources` in a rulebook file: which edition of what it is, and to whom and when it applies."""

    id: Id
    title: Words
    edition: str
    draft: YesNo = False
    level: Id | None = None
    area: str | None = None
    qualification: Words
    in_force: InForce
    in_force_for_reviews: InForce | None = None
    applies_to: Annotated[tuple[Application, ...], Field(min_length=1)]

    def days(self, application: str | None) -> InForce:
        """Give the days on which the edition applies to new applications, or to reviews where they differ."""
        return self.in_force_for_reviews if application == "review" and self.in_force_for_reviews else self.in_force

    def applies(self, application: str, day: date) -> bool:
        """Whether the edition is the law for that kind of application (`new` or `review`) on that day."""
        return application in self.applies_to and self.days(application).has(day)


class RulebookWords(RulebookHead):
    """One edition of the criteria for one qualification, as written."""

    sources: dict[Id, Source]
    parameters: dict[str, Parameter] = Field(default={})
    benchmarks: BenchmarkTable | None = None
    scorecards: tuple[Scorecard, ...] = ()
    criteria: Annotated[tuple[CriterionWords, ...], Field(min_length=1)]
    open_questions: tuple[OpenQuestion, ...] = ()

    @property
    def text(self) -> Source:
        """The text itself, which is the first of the sources."""
        return next(iter(self.sources.values()))

    @property
    def document(self) -> str | None:
        """The number under which the text itself was published; None if unknown."""
        return self.text.document
