"""One firm: from a profile to a verdict, decided twice and compared before it leaves."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import cast

from engine.deciding.counting import counted
from engine.deciding.ending import endings
from engine.deciding.reference import Outcomes, decide, unknowns
from engine.deciding.to_durable import engine_for
from engine.explaining.findings import criterion_finding
from engine.explaining.hanging_words import hanging
from engine.explaining.outlook import awaiting, missing_facts, settlings
from engine.explaining.reasons import in_a_line, reasons
from engine.explaining.requirement import assumed, change_words
from engine.explaining.summary import summary
from engine.explaining.verdict import (
    STANDING_OF,
    CriterionFinding,
    Declared,
    Firm,
    HangsOn,
    RulebookReference,
    Standing,
    TrialReference,
    Verdict,
    figure,
)
from engine.explaining.wording import NOTICE, figure_words
from engine.firms.figures import Figures
from engine.firms.profiles import Profile, ProfileReader
from engine.ground.errors import EngineError, InputError, Problem, Text
from engine.ground.outcome import Outcome
from engine.ground.values import Span, Unknown
from engine.ground.writing import to_json
from engine.language.decision_day import Day, given_day
from engine.language.facts import APPLICATION, AREA, YEAR, Vocabulary
from engine.language.notes import (
    DAY,
    TAKEN_AS_NEW,
    lacks,
    other_year,
    review_of_none,
    sentence,
    titles_of,
    unusual,
)
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, Catalog, shipped
from engine.rulebooks.caution import NAME_A_LEVEL, is_elsewhere, of_its_area, of_the_day, perhaps_elsewhere
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import applicant, areas_in_force, edition, open_areas, refuse_both, require_level


def assess(
    facts: object,
    rulebook: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    level: str | None = None,
) -> Verdict:
    """Give the verdict on the firm that `facts` (a flat mapping of fact ids to values) describes, as of a day.

    The rulebook is the one of that id, or the edition of `level` that is in force on the day for the kind of
    application and the area that the profile states (a new one and the whole country if none), or the default one. The
    day is today and the rules are the shipped ones unless others are given. Raises InputError with all problems of the
    profile, or for an unknown rulebook or level, RulebookError for a broken rulebook, EngineError if the two evaluators
    differ.
    """
    return verdict(*case(facts, rulebook, as_of, catalog, level=level))


def case(
    facts: object,
    rulebook: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    level: str | None = None,
) -> tuple[Rulebook, Profile, date]:
    """Give the rulebook that applies, the profile as read, and the day: what a verdict is made from."""
    rules, day = catalog or shipped(), given_day(as_of)
    if level is None:
        book = rules.rulebook(rulebook or DEFAULT_RULEBOOK)
        return book, noted(read_profile(facts, rules, day), None, reviews_differ=book.asks_application), day
    refuse_both(rulebook, level)
    require_level(rules, level)
    profile = read_profile(facts, rules, day)
    who = applicant(profile.values)
    book = rules.rulebook(edition(rules, level, day, who))
    note = open_areas(rules, areas_in_force(rules, day, level)).get(who.area)
    return book, noted(profile, note, reviews_differ=book.reviews_differ(day)), day


def noted(profile: Profile, of_its_area: Problem | None, *, reviews_differ: bool) -> Profile:
    """Give a profile with what is noted of its area, and of that it is taken as a new application."""
    is_taken_as_new = reviews_differ and profile.values.get(APPLICATION) is None
    notes = [of_its_area, TAKEN_AS_NEW if is_taken_as_new else None]
    return replace(profile, warnings=(*profile.warnings, *filter(None, notes)))


def read_profile(facts: object, catalog: Catalog, as_of: date) -> Profile:
    """Give the profile that `facts` states, with what follows from its lists on a day; raises InputError."""
    reader = profile_reader(catalog.vocabulary)
    profile = reader.read(facts, as_of)
    if profile.records:
        profile = counted(profile, catalog.vocabulary, as_of)
        if problems := reader.parts_above_wholes(profile.values):
            raise InputError(problems)
    return reader.instead(profile, catalog.instead, as_of) if catalog.instead else profile


@dataclass(frozen=True)
class Decision:
    """What was decided of a firm, twice and alike, before it is put into words."""

    figures: Figures
    outcomes: Outcomes
    trace: tuple[str, ...]
    standing: Standing


def decided(rulebook: Rulebook, profile: Profile, as_of: date) -> Decision:
    """Decide by the definition and by the inference engine; raises EngineError if they differ."""
    figures = Figures(
        rulebook.vocabulary, profile.values, as_of, rulebook.taken, profile.fractions, profile.terms, profile.whole
    )
    outcomes = decide(rulebook, figures)
    fired, trace = engine_for(rulebook).decide(figures)
    if fired != outcomes:
        raise EngineError(_difference(rulebook, outcomes, fired))
    return Decision(figures, outcomes, tuple(trace), STANDING_OF[outcomes[rulebook.verdict_gate.id]])


def verdict(rulebook: Rulebook, profile: Profile, as_of: date, decision: Decision | None = None) -> Verdict:
    """Give the verdict on a profile that has been read, and decided if `decision` is not given."""
    _refuse_other_firms(rulebook, profile)
    found = decision or decided(rulebook, profile, as_of)
    figures, outcomes, standing = found.figures, found.outcomes, found.standing
    papers = papers_of(profile)
    turned, hangs = hanging(rulebook, outcomes)
    on: dict[str, tuple[HangsOn, ...]] = {}
    for turn in turned:
        on[turn.criterion] = (*on.get(turn.criterion, ()), turn)
    opened = [unknowns(one.gate, figures, outcomes) for one in rulebook.criteria]
    criteria = tuple(
        [
            criterion_finding(rulebook, one, figures, outcomes, unknown, papers, on.get(one.words.id, ()))
            for one, unknown in zip(rulebook.criteria, opened, strict=True)
        ]
    )
    unknown = [
        one for it, several in zip(rulebook.criteria, opened, strict=True) if it.words.decides for one in several
    ]
    is_saved = any(one.decides and one.unless is not None for one in criteria)
    waits = awaiting(standing, unknown, is_saved=is_saved)
    settles = settlings(rulebook, figures, outcomes)
    ending = endings([(rulebook, figures, outcomes)], as_of) if figures.terms else ()
    warned = cautions(rulebook, profile, figures, ending)
    blank = _blank(unknown)
    missing = missing_facts(blank.union(*(settling.facts for settling in settles[:1])), rulebook)
    return Verdict(
        id=_identity(rulebook, profile, as_of),
        firm=Firm(profile.firm_id, profile.firm_name),
        rulebook=_reference(rulebook, profile),
        as_of=as_of.isoformat(),
        verdict=standing,
        hangs=hangs,
        awaiting=waits,
        summary=summary(standing, waits, criteria, missing, hangs=bool(hangs), is_trial=bool(rulebook.changes)),
        reasons=in_a_line(why(rulebook, standing, criteria, unknown, hangs)),
        notes=tuple(sentence(one, rulebook.vocabulary) for one in warned),
        criteria=criteria,
        hangs_on=turned,
        missing=missing,
        settles=settles,
        warnings=warned,
        trace=found.trace,
        notice=NOTICE,
    )


def why(
    rulebook: Rulebook,
    standing: Standing,
    criteria: Sequence[CriterionFinding],
    unknown: Iterable[Unknown],
    hangs: Container[str],
    unasked: Container[str] = (),
) -> tuple[Text, ...]:
    """Give the reasons of a verdict, each a sentence: what fails, what is open, and the readings it hangs on.

    Missing facts that are `unasked` are not named.
    """
    hung = [one.title for one in rulebook.alternatives if one.id in hangs]
    missing = [one for one in missing_facts(_blank(unknown), rulebook) if one.fact not in unasked]
    return reasons(standing, criteria, missing, hung, unasked)


def _blank(unknown: Iterable[Unknown]) -> frozenset[str]:
    return frozenset([name for one in unknown for name in one.facts])


def papers_of(profile: Profile) -> dict[str, Declared]:
    """Give the documents that a profile declares, by fact."""
    return {name: Declared(name, **paper.__dict__) for name, paper in profile.evidence.items()}


@lru_cache(maxsize=16)
def profile_reader(vocabulary: Vocabulary) -> ProfileReader:
    """Give the reader of profiles for a vocabulary, one for the process."""
    return ProfileReader(vocabulary)


@lru_cache(maxsize=256)
def reference(rulebook: Rulebook) -> RulebookReference:
    """Give what identifies a rulebook in an answer."""
    words = rulebook.words
    parts = rulebook.id, words.edition, words.title, words.document, rulebook.digest
    if rulebook.changes:
        return TrialReference(*parts, tuple(map(change_words, rulebook.changes)))
    return RulebookReference(*parts)


def _reference(rulebook: Rulebook, profile: Profile) -> RulebookReference:
    """Give what identifies a rulebook, of a trial with what the firm states of the facts that are assumed."""
    found = reference(rulebook)
    if not isinstance(found, TrialReference):
        return found
    return replace(found, changes=tuple(change_words(one, profile.as_stated) for one in rulebook.changes))


def _identity(rulebook: Rulebook, profile: Profile, as_of: date) -> str:
    """Give an id that the same profile, rules and day always get."""
    values = [[name, profile.values[name]] for name in sorted(profile.values)]
    return sha256(to_json([rulebook.digest, as_of, values], told=_canonical)).hexdigest()[:32]


_JSON_ENDS = 2**63  # whole numbers of more digits are no JSON for orjson; no figure has as many


def _canonical(value: Fraction | Span | frozenset[str]) -> object:
    """Give what stands for a value that is no JSON."""
    if isinstance(value, Fraction):
        return [one if abs(one) < _JSON_ENDS else str(one) for one in (value.numerator, value.denominator)]
    return [value.low, value.high] if isinstance(value, Span) else sorted(value)


def _refuse_other_firms(rulebook: Rulebook, profile: Profile) -> None:
    """Refuse a review under a text for new applications, the other way round, and a firm of another area."""
    area = cast("str | None", profile.values.get(AREA))
    if is_elsewhere(rulebook.words, area):
        named = rulebook.vocabulary[AREA].choices[area or ""].title
        raise InputError([Problem(AREA, of_its_area(rulebook.words, rulebook.vocabulary), NAME_A_LEVEL, named.zh)])
    kind = profile.values.get(APPLICATION)
    if kind is not None and kind not in rulebook.words.applies_to:
        options = [rulebook.vocabulary[APPLICATION].choices[one] for one in rulebook.words.applies_to]
        zh, en = "、".join(one.zh for one in options), ", ".join(one.en for one in options)
        what = Text(
            f"规则 {rulebook.id} 不适用于这类申报",
            f"the rulebook {rulebook.id} does not apply to this kind of application",
        )
        raise InputError([Problem(APPLICATION, what, Text(f"适用于：{zh}。", f"It applies to: {en}."), str(kind))])


def cautions(
    rulebook: Rulebook, profile: Profile, figures: Figures, ending: Iterable[Problem] = ()
) -> tuple[Problem, ...]:
    """Give what is unusual about a profile, or about deciding it by a rulebook on a day; `ending` of its titles."""
    note = perhaps_elsewhere(rulebook.words, rulebook.vocabulary).get(cast("str | None", profile.values.get(AREA)))
    unasked = rulebook.vocabulary.keys() - rulebook.facts_told
    told = (one for one in (*profile.warnings, note) if one is not None and one.where not in unasked)
    problems = [*profile.noted, *told]
    problems += (why for fact, why in profile.uncounted.items() if fact in rulebook.facts_used)
    problems += _other_year(profile, figures.as_of)
    problems += [
        unusual(fact, figure_words(fact, figure(figures.value(fact))))
        for fact in figures.unusual.values()
        if fact.id not in unasked
    ]
    application = profile.values.get(APPLICATION)
    level, titles = rulebook.words.level, titles_of(rulebook.words.level, rulebook.vocabulary)
    if application == "review" and level and titles is not None and lacks(profile.values.get(titles.id), level):
        problems.append(review_of_none(titles, level))
    problems += ending
    said = of_the_day(rulebook.words, cast("str | None", application), figures.as_of)
    problems += [Problem(DAY, what) for what in said]
    facts = [rulebook.vocabulary[name] for name in rulebook.assumed]
    problems += [assumed(one, rulebook.assumed[one.id]) for one in facts if figures.is_assumed(one)]
    return tuple(problems)


def _other_year(profile: Profile, as_of: date) -> list[Problem]:
    """Warn of figures of another year than the last full one."""
    stated = profile.values.get(YEAR)
    return [other_year(str(stated), as_of)] if isinstance(stated, int) and stated != as_of.year - 1 else []


def _difference(rulebook: Rulebook, expected: Mapping[str, Outcome], got: Mapping[str, Outcome]) -> str:
    different = [
        f"{node}: {expected.get(node)} / {got.get(node)}"
        for node in {**expected, **got}
        if expected.get(node) != got.get(node)
    ]
    return f"the evaluators differ on {rulebook.id} (reference / durable_rules): {'; '.join(different[:20])}"
