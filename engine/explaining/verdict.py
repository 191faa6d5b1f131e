"""The answer: what is said of one firm under one rulebook on one day. Plain data, in the order it is read.

Nothing of it is changed once it is made: several verdicts share parts. What there are dozens of in each verdict is not
frozen all the same, because frozen dataclasses take twice the time to make. None has slots: orjson writes those ten
times slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from engine.ground.errors import Language, Problem, Text
from engine.ground.outcome import Outcome, Reason
from engine.ground.result import Shown
from engine.ground.values import BESIDE, UNREAD, Number, Span, Value, distinct_float, nearest_float
from engine.language.facts import Kind, question
from engine.language.reading import LARGEST

_EXACT = 2**53
Figure = float | int | bool | str | list[str] | dict[str, float] | None


def figure(value: Value, against: Number | None = None) -> Figure:  # noqa: PLR0911 a return a kind
    """Give a value as JSON can hold it; a number as the nearest float on its side of `against`; unknown as None.

    Of a range an end that is not stated is left out.
    """
    if type(value) is Fraction:
        return value.numerator / value.denominator if against is None else nearest_float(value, (against,))
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if -_EXACT < value < _EXACT else float(value)
    if isinstance(value, frozenset):
        return sorted(word.lstrip(UNREAD) for word in value if not word.startswith(BESIDE))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        low = {"low": distinct_float(value.low)} if value.low > -LARGEST else {}
        return low | ({"high": distinct_float(value.high)} if value.high < LARGEST else {})
    return None


class Standing(StrEnum):
    """The verdict."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    UNDETERMINED = "undetermined"


STANDING_OF = {
    Outcome.MET: Standing.QUALIFIED,
    Outcome.NOT_MET: Standing.NOT_QUALIFIED,
    Outcome.UNDETERMINED: Standing.UNDETERMINED,
}


class Awaiting(StrEnum):
    """What an undetermined verdict waits for.

    Data or benchmarks where nothing fails; only judgements where all figures are met; another way where one fails, so
    that the firm is not qualified unless another is met.
    """

    DATA = "data"
    JUDGEMENT = "judgement"
    ANOTHER_WAY = "another_way"


@dataclass(frozen=True)
class Citation:
    """Where the words stand; `document` is the number under which the source was published."""

    source: str
    title: Text
    document: str | None
    clause: str
    read_in: tuple[str, ...]

    def place(self, own: str | None) -> str:
        """Give the clause, with its number if it is of another document than `own`, that of the text that decides."""
        return self.clause if self.document in {None, own} else f"{self.document} {self.clause}"


@dataclass
class Ingredient:
    """A figure that a derived fact was computed from."""

    fact: str
    title: Text
    value: Figure
    unit: Text


@dataclass
class Origin:
    """Where a required figure comes from: a parameter, another fact, or a row of a benchmark table.

    Or, of a trial, that it is not the text's own (`what_if`): the title says what the text has.
    `document` is the number under which the source was published, or its title.
    """

    kind: str
    name: str
    title: Text | None
    source: str | None
    clause: str | None
    row: str | None
    document: Text | None = None


@dataclass(frozen=True)
class Under:
    """The criterion of another rulebook that a check comes from, and the number of the document that it is of."""

    rulebook: str
    criterion: str
    title: Text
    quote: str | None
    clause: str
    document: str | None


@dataclass
class CheckFinding:
    """One comparison. `gap` is observed minus required, in `unit` (percentage points for percent).

    `stated`: the firm states the observed figure, though a formula defines it; it was not computed. `enough`: what one
    figure that it is computed from would have to be for the comparison to be met, all others staying as they are.
    """

    id: str
    fact: str
    title: Text
    outcome: Outcome
    reason: Reason | None
    observed: Figure
    operator: str
    required: Figure
    required_from: Origin | None
    unit: Text
    gap: float | None
    formula: str | None
    derived_from: tuple[Ingredient, ...]
    stated: bool
    under: Under | None
    explanation: Text
    enough: Text | None = None


@dataclass
class Declared:
    """The document that a profile declares behind a fact."""

    fact: str
    source: str | None
    url: str | None
    page: str | None
    period: str | None
    status: str | None
    note: str | None


@dataclass
class HangsOn:
    """A criterion that comes out otherwise by another reading of open words, and the verdict by that reading.

    `readings` are several where only their holding at once turns it.
    """

    criterion: str
    title: Text
    readings: tuple[str, ...]
    reading: Text
    outcome: Outcome
    verdict: Standing
    explanation: Text


@dataclass
class AnyOf:
    """Open ways of which one is enough, or some are: their checks, and that in words."""

    checks: tuple[str, ...]
    explanation: Text


@dataclass
class CriterionFinding:
    """One cited requirement: what it requires in words, and the checks that bear on it for this firm.

    `rests_on` names the checks by which it came out so: not what fails beside another way that is met, nor a way that
    is closed to the firm. `fails` says of one that is not met what it fails by, `unless` of an undetermined one of
    which some ways fail what could still save it, `any_of` where none fails which of several ways is enough.
    """

    id: str
    title: Text
    outcome: Outcome
    reason: Reason | None
    decides: bool
    cite: Citation
    quote: str | None
    reading: Text | None
    confirmed: bool
    grade: str
    requires: Text
    evidence_asked: tuple[Text, ...]
    evidence_given: tuple[Declared, ...]
    hangs_on: tuple[HangsOn, ...]
    rests_on: tuple[str, ...]
    fails: Text | None
    unless: Text | None
    any_of: tuple[AnyOf, ...]
    checks: tuple[CheckFinding, ...]


@dataclass
class MissingFact:
    """A fact that is not known and matters, and what usually proves it; `if_any`: most firms have none."""

    fact: str
    title: Text
    kind: Kind
    reason: Reason
    evidence: Text | None
    if_any: bool

    @property
    def question(self) -> Text:
        """What is asked of the firm: the title, of a yes or no with that."""
        return question(self.title, self.kind)


@dataclass
class Settling:
    """Facts that, if supplied, could by themselves bring about that verdict."""

    verdict: Standing
    facts: tuple[str, ...]


@dataclass(frozen=True)
class RulebookReference:
    """Exactly which rules were applied; `document` is the number under which the text was published."""

    id: str
    edition: str
    title: Text
    document: str | None
    digest: str
    changes: ClassVar[tuple[Text, ...]] = ()

    def line(self, lang: Language, as_of: str) -> str:
        """Give in a line which rules were applied, and as of which day."""
        return " · ".join(filter(None, (self.title.in_language(lang), self.document, self.id, as_of)))


@dataclass(frozen=True)
class TrialReference(RulebookReference):
    """The same of a trial, and what is not as the text has it."""

    changes: tuple[Text, ...] = ()  # type: ignore[misc]

    def line(self, lang: Language, as_of: str) -> str:
        """Give the line with that."""
        mark = {"zh": "；", "en": "; "}[lang]
        told = mark.join(one.in_language(lang) for one in self.changes)
        return f"{super().line(lang, as_of)} · {'试算：' if lang == 'zh' else 'what if: '}{told}"


@dataclass
class Firm:
    """Whom the verdict is about, in the caller's words."""

    firm_id: str | None
    firm_name: str | None


@dataclass(repr=False)
class Verdict(Shown):
    """The whole answer. `id` depends on the profile, the rules and the day only.

    `hangs`: the other readings of open words that would turn the verdict, one or several at once; `hangs_on` says what
    each does to a criterion.
    """

    id: str
    firm: Firm
    rulebook: RulebookReference | TrialReference
    as_of: str
    verdict: Standing
    hangs: tuple[str, ...]
    awaiting: Awaiting | None
    summary: Text
    reasons: Text
    notes: tuple[Text, ...]
    criteria: tuple[CriterionFinding, ...]
    hangs_on: tuple[HangsOn, ...]
    missing: tuple[MissingFact, ...]
    settles: tuple[Settling, ...]
    warnings: tuple[Problem, ...]
    trace: tuple[str, ...]
    notice: Text
