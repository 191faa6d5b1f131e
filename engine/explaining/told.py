"""What of a verdict is told, and in which order: what fails first, of each criterion what bears on how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.explaining.labels import Label
from engine.explaining.reasons import UNCHANGEABLE
from engine.explaining.verdict import CheckFinding, CriterionFinding, Ingredient, MissingFact, Verdict
from engine.explaining.wording import (
    ENDS,
    NOT_APPLICABLE,
    NOT_MET_UNLESS,
    OPERATORS,
    OUTCOMES,
    beside,
    in_full,
    millions,
)
from engine.ground.errors import Text
from engine.ground.outcome import Outcome, Reason
from engine.language.facts import UNITS, Kind

WORST_FIRST = (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET)


@dataclass(frozen=True)
class Section:
    """Criteria under a heading; `outcome` is what is said of them there, none of those that do not apply or decide."""

    heading: Text
    outcome: Outcome | None
    criteria: tuple[CriterionFinding, ...]


def sections(verdict: Verdict) -> tuple[Section, ...]:
    """Give the criteria of a verdict as they are told: each once, those that only inform last."""
    found = []
    for outcome in WORST_FIRST:
        saved, others = deciding(verdict, outcome)
        found += [(NOT_MET_UNLESS, Outcome.NOT_MET, saved), (OUTCOMES[outcome], outcome, others)]
    informing = [one for one in verdict.criteria if not one.decides]
    rest = [(NOT_APPLICABLE, None, idle(verdict)), (Label.INFORMATIVE, None, informing)]
    return tuple(Section(head, outcome, tuple(several)) for head, outcome, several in (*found, *rest) if several)


def deciding(verdict: Verdict, outcome: Outcome) -> tuple[list[CriterionFinding], list[CriterionFinding]]:
    """Give the criteria that decide and came out so: those that another way could still save, and the others."""
    chosen = [one for one in verdict.criteria if one.decides and one.outcome is outcome and not is_idle(one)]
    saved, others = ([one for one in chosen if (one.unless is not None) is so] for so in (True, False))
    return saved, others


def idle(verdict: Verdict) -> list[CriterionFinding]:
    """Give the criteria that would decide and do not apply to the firm."""
    return [one for one in verdict.criteria if one.decides and is_idle(one)]


def is_idle(criterion: CriterionFinding) -> bool:
    """Say whether a criterion does not apply, and nothing hangs on that."""
    return criterion.reason is Reason.NOT_APPLICABLE and not criterion.hangs_on


def told_checks(criterion: CriterionFinding) -> list[CheckFinding]:
    """Give the checks that are met or that the outcome rests on: what is no way out is not told.

    Of an open criterion a way that is closed to the firm, as one for reviews only, is none.
    """
    rest_on = [one for one in criterion.checks if one.outcome is Outcome.MET or one.id in criterion.rests_on]
    if criterion.outcome is not Outcome.UNDETERMINED:
        return rest_on
    return [one for one in rest_on if one.outcome is not Outcome.NOT_MET or one.fact not in UNCHANGEABLE]


def in_order_of(criteria: Sequence[CriterionFinding], missing: Iterable[MissingFact]) -> list[MissingFact]:
    """Give facts that are missing in the order of the criteria that ask for them; what few have last."""
    place: dict[str, int] = {}
    for number, criterion in enumerate(criteria):
        for check in criterion.checks:
            for name in (check.fact, *(part.fact for part in check.derived_from)):
                place.setdefault(name, number)
    return sorted(missing, key=lambda fact: (fact.if_any, place.get(fact.fact, len(criteria))))


def made_of(check: CheckFinding) -> Text:
    """Name the figures that an observed value was computed from, and the origin of a required one."""
    parts = [part for part in check.derived_from if part.value is not None]
    zh = "，".join(f"{part.title.zh} {_plain(part)} {part.unit.zh}".rstrip() for part in parts)
    en = "; ".join(f"{part.title.en}: {_in_english(part)}" for part in parts)
    made = Text(f"〔{zh}〕", f" [{en}]") if parts else Text("", "")
    origin = check.required_from
    if origin is None or origin.source is None:
        return made
    named = origin.document or Text(origin.source, origin.source)
    zh, en = (" ".join(part for part in (one, origin.clause, origin.row) if part) for one in (named.zh, named.en))
    return Text(f"{made.zh}〔门槛出自 {zh}〕", f"{made.en} [required figure from {en}]")


_SIGNS = {"low": "≥>", "high": "≤<"}


def _in_english(part: Ingredient) -> str:
    value = part.value
    if part.unit == UNITS[Kind.MONEY] and isinstance(value, float | int):
        return millions(float(value))
    if part.unit == UNITS[Kind.MONEY] and isinstance(value, dict):
        ends = {end: millions(beside(one)) for end, one in value.items()}
        words = {end: OPERATORS[ENDS[end][beside(one) != one]].en for end, one in value.items()}
        only = next(iter(ends))
        return f"{ends['low']} to {ends['high']}" if len(ends) > 1 else f"{words[only]} {ends[only]}"
    return f"{_plain(part)} {part.unit.en}".rstrip()


def _plain(part: Ingredient) -> str:
    """Give a figure as it was stated: rounded it might read as what is required. A year is no amount."""
    value = part.value
    if part.unit.zh == "年" and isinstance(value, int | float):
        return in_full(value).replace(",", "")
    if isinstance(value, dict):
        ends = {end: in_full(beside(one)) for end, one in value.items()}
        only = next(iter(ends))
        sign = _SIGNS[only][beside(value[only]) != value[only]]
        return f"{ends['low']}–{ends['high']}" if len(ends) > 1 else f"{sign}{ends[only]}"
    return in_full(value) if isinstance(value, int | float) else str(value)
