"""The vocabulary: every question that a rulebook may ask of a firm."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from engine.ground.errors import Text
from engine.ground.values import Number
from engine.language.conditions import Condition
from engine.language.data_file import Decimal, Strict, Words, YesNo
from engine.language.formula import Formula


class Kind(StrEnum):
    """What sort of answer a fact takes."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    RANK = "rank"
    YEARS = "years"
    NUMBER = "number"
    YES_NO = "yes_no"
    JUDGEMENT = "judgement"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TEXT = "text"


class Takes(StrEnum):
    """What it takes for a firm to have another answer: it never can, a title, another year, papers or a judgement."""

    NEVER = "never"
    TITLE = "title"
    YEAR = "year"
    PAPER = "paper"


NUMERIC = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.RANK, Kind.YEARS, Kind.NUMBER})
WHOLE = frozenset({Kind.COUNT, Kind.RANK})
_FIRST_YEAR = 1000
BOOLEAN = frozenset({Kind.YES_NO, Kind.JUDGEMENT})

UNITS = {
    Kind.MONEY: Text(zh="万元", en="10,000 CNY"),
    Kind.PERCENT: Text(zh="%", en="%"),
    Kind.RANK: Text(zh="", en=""),
    Kind.YEARS: Text(zh="年", en="years"),
}
_NO_UNIT = Text(zh="", en="")
_LOWEST = {Kind.MONEY: 0, Kind.PERCENT: 0, Kind.COUNT: 0, Kind.RANK: 1, Kind.YEARS: 0}
_HIGHEST = {Kind.PERCENT: 100}


_HALF_WIDTH = {
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},  # radicals, as PDFs have them
    0x3000: " ",
    0x2212: "-",
    0x00A0: " ",
    0xFFE1: "£",
    0xFFE5: "¥",
}


def half_width(text: str) -> str:
    """Give `text` with full-width letters, digits and signs as plain ones, and no space around it.

    >>> half_width("　１５％ ")
    '15%'
    """
    return text.translate(_HALF_WIDTH).strip()


class Range(Strict):
    """The smallest and the largest accepted figure, in the fact's unit."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None


class Option(Strict):
    """One answer to a choice: its titles and other words for it; a national one may have 国家级 before its name."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    national: YesNo = False

    @property
    def title(self) -> Text:
        """The option's name."""
        return Text(self.zh, self.en)


class Lookup(Strict):
    """How a blank choice is found from another one: for each of our codes, the codes of that fact that mean it."""

    by: str
    values: dict[str, tuple[str, ...]]

    @cached_property
    def code_of(self) -> Mapping[str, str]:
        """Our code for each code of the other fact."""
        return {theirs: ours for ours, several in self.values.items() for theirs in several}


def _formula(value: object) -> object:
    return Formula(value) if isinstance(value, str) else value


def question(title: Text, kind: Kind) -> Text:
    """Give the title of a fact that is not stated, of a yes or no with that: else it would read that it is so.

    >>> question(Text("近三年数据造假", "Data fraud in the last three years"), Kind.YES_NO).zh
    '近三年数据造假（是/否）'
    """
    if kind is not Kind.YES_NO or title.zh.startswith("是否"):
        return title
    return Text(f"{title.zh}（是/否）", f"{title.en} (yes or no)")


class Fact(Strict):
    """One question: given by the firm, or derived from other facts by a formula."""

    id: str = Field(default="", json_schema_extra={"readOnly": True})
    title: Words
    asks: Words | None = None
    heading: Words | None = None
    kind: Kind
    unit_words: Annotated[Words | None, Field(validation_alias=AliasChoices("unit", "unit_words"))] = None
    range: Range = Range()
    plausible: Range | None = None
    part_of: str | None = None
    choices: dict[str, Option] = Field(default={})
    choices_from: str | None = None
    places: YesNo = False
    beside: dict[str, str] = Field(default={})
    sections: dict[str, str] = Field(default={})
    aliases: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    evidence: Words | None = None
    note: Words | None = None
    judged: YesNo = False
    if_any: YesNo = False
    change: Takes | None = None
    formula: Annotated[Formula | None, BeforeValidator(_formula), WithJsonSchema({"type": "string"})] = None
    may_be_stated: YesNo = False
    lookup: Lookup | None = None

    def __hash__(self) -> int:
        """Tell facts apart by id, quickly."""
        return hash(self.id)

    @cached_property
    def is_derived(self) -> bool:
        """Whether the fact is computed, or the day of the decision, and never given."""
        return self.formula is not None or self.id == AS_OF

    @cached_property
    def is_given(self) -> bool:
        """Whether a firm may state it: of what a formula defines, a ratio that is often known without its parts."""
        return not self.is_derived or self.may_be_stated

    @cached_property
    def question(self) -> Text:
        """What is asked of a firm that has not stated it."""
        return question(self.title, self.kind)

    @cached_property
    def is_numeric(self) -> bool:
        """Whether its answer is a number."""
        return self.kind in NUMERIC

    @cached_property
    def is_calendar_year(self) -> bool:
        """Whether it says which year, so that it is never written as an amount."""
        return self.kind is Kind.NUMBER and self.unit.zh == "年" and (self.lowest or 0) >= _FIRST_YEAR

    @cached_property
    def takes(self) -> Takes:
        """What it takes to change it: as written, or by its kind."""
        usual = Takes.NEVER if self.kind in {Kind.TEXT, Kind.DATE} else Takes.YEAR if self.is_numeric else Takes.PAPER
        return self.change or usual

    @cached_property
    def needs_review(self) -> bool:
        """Whether a blank means that nobody has judged it yet."""
        return self.judged or self.kind is Kind.JUDGEMENT

    @cached_property
    def code_of(self) -> Mapping[str, str]:
        """The code that each word for an option means, words in lower case and half width."""
        return {
            half_width(word).casefold(): code
            for code, option in self.choices.items()
            for word in (code, option.zh, option.en, *option.aliases)
        }

    @cached_property
    def takes_none(self) -> bool:
        """Whether a firm that has none of what it asks for may say so."""
        return self.kind is Kind.CHOICES or "无" in self.code_of

    @cached_property
    def asked(self) -> Mapping[str, str]:
        """The option that each header asks for which is to be answered by yes or no."""
        return {word: code for code, option in self.choices.items() for word in option.asked_as}

    @cached_property
    def unit(self) -> Text:
        """The unit its figures are in; empty where there is none."""
        return self.unit_words or UNITS.get(self.kind, _NO_UNIT)

    @cached_property
    def lowest(self) -> Number | None:
        """The smallest figure that is accepted."""
        return _LOWEST.get(self.kind) if self.range.at_least is None else self.range.at_least

    @cached_property
    def highest(self) -> Number | None:
        """The largest figure that is accepted."""
        return _HIGHEST.get(self.kind) if self.range.at_most is None else self.range.at_most


class Give(Strict):
    """How a fact follows from a list: the records that meet `where`, among those that count for the fact `within`.

    Their number is the fact; with `collects`, the codes of that field are.
    """

    where: Condition
    within: str | None = None
    collects: str | None = None


class RecordsWords(Strict):
    """A list of records that a JSON profile may have, such as one for each patent, and the facts that follow from it.

    A field is defined like a fact; or it is the id of a fact of which it takes one option. Records that say the same in
    the field `same_by` are one; one whose field of `begins` is a day after that of the decision does not count yet, one
    whose field of `ends` is a day before those not at all.
    """

    title: Words
    note: Words | None = None
    fields: Annotated[dict[str, FactOrName], Field(min_length=1)]
    same_by: str | None = None
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    gives: Annotated[dict[str, Give], Field(min_length=1)]


FactOrName = Annotated[
    Annotated[Fact, Tag("fact")] | Annotated[str, Tag("name")],
    Discriminator(lambda value: "name" if isinstance(value, str) else "fact"),
]
Entry = Annotated[
    Annotated[Fact, Tag("fact")] | Annotated[RecordsWords, Tag("list")],
    Discriminator(lambda value: "list" if isinstance(value, dict) and "fields" in value else "fact"),
]
"""What stands under a key of `facts.yaml`."""


@dataclass(frozen=True, eq=False)
class Records:
    """A list of records, ready to be read: its fields as facts (with `as_of`, the day), and what it gives."""

    id: str
    words: RecordsWords
    fields: Vocabulary
    digest: str

    @cached_property
    def stated(self) -> Mapping[str, Fact]:
        """The fields that a record may state."""
        return {name: fact for name, fact in self.fields.given.items() if name != AS_OF}


AS_OF = "as_of"
YEAR = "fiscal_year_y0"
"""The year that the figures of last year are of: unless a firm says otherwise, the one before that of the decision."""
IDENTITY = ("firm_id", "firm_name")
"""The facts that say whose figures they are: its code and its name."""
APPLICATION, AREA = "application_type", "area"
"""The facts that choose the text for a firm: what it applies for, and where it is."""


@dataclass(frozen=True, eq=False)
class Vocabulary(Mapping[str, Fact]):
    """All facts by id, in the order of the file."""

    facts: Mapping[str, Fact]
    digest: str = ""
    lists: Mapping[str, Records] = field(default_factory=dict)

    def __getitem__(self, fact_id: str) -> Fact:
        """Give the fact of that id; raises KeyError."""
        return self.facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        """Give the ids in the order of the file."""
        return iter(self.facts)

    __hash__ = object.__hash__  # each is made once

    def __len__(self) -> int:
        """Give how many facts there are."""
        return len(self.facts)

    @cached_property
    def given(self) -> Mapping[str, Fact]:
        """The facts that a profile may state."""
        return {fact_id: fact for fact_id, fact in self.facts.items() if fact.is_given}

    @cached_property
    def headings(self) -> Mapping[str, Text]:
        """The heading under which each fact stands in the file; none of facts before the first."""
        found: dict[str, Text] = {}
        heading: Text | None = None
        for fact in self.facts.values():
            heading = fact.heading or heading
            if heading is not None:
                found[fact.id] = heading
        return found

    @cached_property
    def ratios(self) -> Mapping[str, Fact]:
        """The facts with a formula that a profile may state all the same."""
        return {fact_id: fact for fact_id, fact in self.given.items() if fact.is_derived}

    def whole(self, asked: Collection[str]) -> frozenset[str]:
        """Give the ratios that are asked for themselves: not all of their parts are."""
        ratios = ((name, self.stated_behind(one)) for name, one in self.ratios.items() if name in asked)
        return frozenset(name for name, parts in ratios if any(part.id not in asked for part in parts))

    def stated_behind(self, fact: Fact) -> tuple[Fact, ...]:
        """Give the facts without a formula that a fact is computed from, through formulas of formulas, each once."""
        if fact.formula is None:
            return (fact,)
        found = self._behind.get(fact.id)
        if found is None:
            parts = (part for name in fact.formula.names for part in self.stated_behind(self.facts[name]))
            found = self._behind[fact.id] = tuple(dict.fromkeys(parts))
        return found

    @cached_property
    def _behind(self) -> dict[str, tuple[Fact, ...]]:
        return {}

    @cached_property
    def parts_of(self) -> Mapping[str, tuple[str, ...]]:
        """The facts that are part of another, by that."""
        wholes = dict.fromkeys(fact.part_of for fact in self.given.values() if fact.part_of)
        return {one: tuple(fact.id for fact in self.given.values() if fact.part_of == one) for one in wholes}

    def wholes_of(self, fact: Fact) -> Iterator[Fact]:
        """Give the facts without a formula that a fact is part of, the nearest first."""
        seen = {fact.id}
        while fact.part_of is not None and fact.part_of not in seen:
            fact = self.facts[fact.part_of]
            seen.add(fact.id)
            if not fact.is_derived:
                yield fact

    @cached_property
    def within(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that are part of another, or of a part of it, by that."""
        pairs = [(whole.id, fact) for fact in self.given.values() for whole in self.wholes_of(fact)]
        return {name: tuple(fact for whole, fact in pairs if whole == name) for name, _ in pairs}

    @cached_property
    def watched(self) -> tuple[Fact, ...]:
        """The facts with a range outside which a figure is probably a mistake."""
        return tuple(fact for fact in self.facts.values() if fact.plausible)

    @cached_property
    def named(self) -> Mapping[str, Fact]:
        """The fact that each title, alias or id names, in lower case and half width."""
        return {
            half_width(word).casefold(): fact
            for fact in self.facts.values()
            for word in (fact.id, fact.title.zh, fact.title.en, *fact.aliases)
        }
