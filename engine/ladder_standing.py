"""The whole ladder for one firm: every level in force, the highest it reaches, and what the next one still asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.assessment import Decision, cautions, decided, noted, read_profile, verdict, why
from engine.deciding.ending import endings
from engine.evidence_list import CriterionEvidence, Prepared, evidence_of, prepared
from engine.explaining.hints import Hint, hint, rivals
from engine.explaining.outlook import open_questions
from engine.explaining.reasons import in_a_line
from engine.explaining.requirement import changes_of, trial_words
from engine.explaining.verdict import (
    Awaiting,
    CriterionFinding,
    Firm,
    HangsOn,
    MissingFact,
    RulebookReference,
    Standing,
    TrialReference,
    Verdict,
)
from engine.explaining.wording import HANGS, NOTICE, STANDINGS, WAITS, counted, dated, list_words
from engine.firms.profiles import Profile, RowProfile
from engine.ground.areas import nearest
from engine.ground.errors import InputError, Problem, Text
from engine.ground.outcome import Outcome
from engine.ground.result import Result
from engine.ground.values import is_partly_read, out_of_term
from engine.language.decision_day import Day, given_day
from engine.language.facts import APPLICATION
from engine.language.notes import DAY, review_as_new, sentence
from engine.rulebooks.asked_order import usually_asked
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.levels import Levels
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import (
    applicant,
    areas_in_force,
    editions_in_force,
    levels_of_difference,
    no_level,
    open_areas,
    require_any,
)

STAYS_VALID = Text(
    "持有的称号在有效期内有效，不因本比对改变；这里只是用所填的数同现行条文比对。",
    "A title that is held stays valid to the end of its term; here only what is stated is compared with the text in "
    "force.",
)


@dataclass(frozen=True)
class Named:
    """A level or a criterion by its id and title."""

    id: str
    title: Text


@dataclass
class StepBelow:
    """The titles of the step below: whether one is needed, and whether the firm holds one (unknown: null)."""

    titles: tuple[Named, ...]
    needed: bool
    held: bool | None
    note: Text | None


@dataclass
class LevelStanding:
    """Where the firm stands on one level. It is reached if its criteria are met and the step below is held.

    `held` is null where that is not known, `held_words` says until when, or why not. `in_force` has the first and the
    last day on which the edition applies to that kind of application, `reasons` the
    sentence that the verdict by it gives, `why` the same as a list; `awaiting` says what an undetermined verdict waits
    for, `title_note` what the verdict means for a title that is held. `unless` are those of the undetermined criteria
    that are not met by what is stated unless another way is. `unasked` are missing facts that a form of
    another level has no place for; `why` counts them, and does not name them.
    """

    level: str
    title: Text
    rulebook: RulebookReference | TrialReference
    application: str
    in_force: dict[str, date | None]
    verdict: Standing
    awaiting: Awaiting | None
    hangs: tuple[str, ...]
    hangs_on: tuple[HangsOn, ...]
    held: bool | None
    held_words: Text
    title_note: Text | None
    step_below: StepBelow
    reached: bool
    reasons: Text
    why: tuple[Text, ...]
    unmet: tuple[Named, ...]
    unless: tuple[Named, ...]
    undetermined: tuple[Named, ...]
    unasked: tuple[str, ...]


@dataclass
class Unmet:
    """A criterion that is not met, with what its figures would have to be."""

    criterion: CriterionFinding
    hints: tuple[Hint, ...]


@dataclass
class NextLevel:
    """A level of the next step: what is not met and by how much, what is open, what is missing, and the papers."""

    level: str
    title: Text
    rulebook: RulebookReference | TrialReference
    verdict: Standing
    awaiting: Awaiting | None
    hangs: tuple[str, ...]
    hangs_on: tuple[HangsOn, ...]
    summary: Text
    step_below: StepBelow
    unmet: tuple[Unmet, ...]
    undetermined: tuple[CriterionFinding, ...]
    missing: tuple[MissingFact, ...]
    prepare: tuple[Prepared, ...]
    evidence: tuple[CriterionEvidence, ...]


@dataclass
class Ladder(Result):
    """The answer: titles held (unknown: null), the highest level reached, every level in force, the next ones."""

    firm: Firm
    as_of: str
    held: tuple[Named, ...] | None
    reached: Named | None
    summary: Text
    levels: tuple[LevelStanding, ...]
    next: tuple[NextLevel, ...]
    notes: tuple[Text, ...]
    warnings: tuple[Problem, ...]
    notice: Text


@dataclass(frozen=True)
class _Case:
    """One level and the decision on it."""

    rulebook: Rulebook
    profile: Profile
    decision: Decision
    found: Verdict
    standing: LevelStanding


def ladder(facts: object, as_of: Day | None = None, catalog: Catalog | None = None) -> Ladder:
    """Give where a firm stands on the ladder as of a day.

    A level whose title the firm holds is decided as a review if the profile says that it applies for one; the others
    are new applications. Raises what `assess` raises.
    """
    return climb(facts, as_of, catalog)[0]


def climb(
    facts: object, as_of: Day | None = None, catalog: Catalog | None = None
) -> tuple[Ladder, tuple[tuple[Text, Verdict, Rulebook, Profile], ...]]:
    """Give that, and each level by its title with the verdict on it and what that was made from."""
    rules, day = catalog or shipped(), given_day(as_of)
    profile = read_profile(facts, rules, day)
    require_any(rules, day)
    who, areas = applicant(profile.values), areas_in_force(rules, day)
    differ = levels_of_difference(rules, day, nearest(who.area, areas))
    profile = noted(profile, open_areas(rules, areas).get(who.area), reviews_differ=bool(differ))
    levels = rules.levels
    held = profile.values.get(levels.titles.id)
    titles = held if isinstance(held, frozenset) else None
    routed = [(level, rules.rulebook(name), chosen) for level, name, chosen in _routed(rules, profile, day, titles)]
    asked = facts.asked if isinstance(facts, RowProfile) else frozenset[str]()
    is_form = any(usually_asked(book) <= asked for _, book, _ in routed)  # of one level, or of all
    cases = [
        _decide(level, book, chosen, day, levels, titles, asked if is_form else None) for level, book, chosen in routed
    ]
    if not cases:
        raise InputError([no_level(day, applicant(profile.values))])
    standings = tuple(case.standing for case in cases)
    top = next((one for one in reversed(standings) if one.reached), None)
    reached = Named(top.level, top.title) if top else None
    following = _following(cases, rules, day, titles, reached)
    warned = dict.fromkeys(
        one for case in cases for one in cautions(case.rulebook, case.profile, case.decision.figures)
    )
    decided_at = [case.standing.level for case in cases]
    anew = [one for one in decided_at if one in differ and titles is not None and one not in titles]
    if anew and who.application == "review":
        own = [one for one in decided_at if one in differ and one not in anew]
        warned[review_as_new(levels.titles, anew, own)] = None
    if profile.terms:
        each = [(case.rulebook, case.decision.figures, case.decision.outcomes) for case in cases]
        warned.update(dict.fromkeys(endings(each, day)))
    said = _summary(_holds(levels, titles, profile.terms.get(levels.titles.id, {})), top, standings, following)
    if changes := changes_of(((case.standing.title, case.rulebook) for case in cases), profile.as_stated):
        trial = trial_words(changes)
        said = Text(f"{trial.zh}{said.zh}", f"{trial.en} {said.en}")
    told = sorted(warned, key=lambda one: one.where == DAY)
    names = None if titles is None else tuple(_with_titles(levels, (one for one in levels.known if one in titles)))
    found = Ladder(
        firm=Firm(profile.firm_id, profile.firm_name),
        as_of=day.isoformat(),
        held=names,
        reached=reached,
        summary=said,
        levels=standings,
        next=following,
        notes=tuple(sentence(one, rules.vocabulary) for one in told),
        warnings=tuple(told),
        notice=NOTICE,
    )
    return found, tuple((one.standing.title, one.found, one.rulebook, one.profile) for one in cases)


def _routed(
    rules: Catalog, profile: Profile, day: date, titles: frozenset[str] | None
) -> Iterable[tuple[str, str, Profile]]:
    """Give each level in force with the rulebook that decides it, and the profile as applying for it."""
    new, who = profile, applicant(profile.values)
    if who.application == "review":
        new = replace(profile, values={**profile.values, APPLICATION: "new"})
    anew, own = editions_in_force(rules, day, replace(who, application="new")), editions_in_force(rules, day, who)
    for level in rules.levels:
        chosen, editions = (profile, own) if titles is None or level in titles else (new, anew)
        rulebook_id = editions.get(level)
        if rulebook_id is not None:
            yield level, rulebook_id, chosen


def _decide(
    level: str,
    rulebook: Rulebook,
    profile: Profile,
    day: date,
    levels: Levels,
    titles: frozenset[str] | None,
    asked: frozenset[str] | None,
) -> _Case:
    decision = decided(rulebook, profile, day)
    found = verdict(rulebook, profile, day, decision)
    below, application = _step_below(level, levels, titles), applicant(profile.values).application
    days = rulebook.words.days(application)
    held = None if titles is None or (level not in titles and is_partly_read(titles)) else level in titles
    open_ = _decisive(found, Outcome.UNDETERMINED)
    unasked = () if asked is None else tuple(one.fact for one in found.missing if one.fact not in asked)
    unknown = open_questions(rulebook, decision.figures, decision.outcomes)
    standing = LevelStanding(
        level=level,
        title=levels.title(level),
        rulebook=found.rulebook,
        application=application,
        in_force={"from": days.from_, "to": days.to},
        verdict=found.verdict,
        awaiting=found.awaiting,
        hangs=found.hangs,
        hangs_on=found.hangs_on,
        held=held,
        held_words=_held_words(level, levels, titles, profile.terms.get(levels.titles.id, {}), day),
        title_note=STAYS_VALID if held and found.verdict is not Standing.QUALIFIED else None,
        step_below=below,
        reached=found.verdict is Standing.QUALIFIED and (not below.needed or below.held is True),
        reasons=found.reasons,
        why=(*why(rulebook, found.verdict, found.criteria, unknown, found.hangs, unasked), *_not_asked(unasked)),
        unmet=tuple(Named(one.id, one.title) for one in _decisive(found, Outcome.NOT_MET)),
        unless=tuple(Named(one.id, one.title) for one in open_ if one.unless is not None),
        undetermined=tuple(Named(one.id, one.title) for one in open_),
        unasked=unasked,
    )
    return _Case(rulebook, profile, decision, found, standing)


def _held_words(level: str, levels: Levels, titles: frozenset[str] | None, ends: Mapping[str, date], day: date) -> Text:
    """Say whether the title of a level is held, until when if that is stated; if not, whether it once was."""
    if titles is None:
        return Text("没有填写是否持有", "not stated whether held")
    if level in titles or level in ends:
        over = Text("已过期", "over") if level in ends and ends[level] < day else Text("尚未生效", "to come")
        return dated(Text("持有", "held") if level in titles else over, ends.get(level))
    if is_partly_read(titles):
        return Text("有的称号无法识别，不能确定是否持有", "a title is not understood: not sure whether held")
    equals = levels.steps[levels.step_of(level) or 0].levels
    if titles.isdisjoint(levels.above(level)) or titles.intersection(equals):
        return Text("未持有", "not held")
    if len(equals) > 1:
        return Text(
            "未持有；因持有更高一级，视同有过本级的一种（我们的读法）",
            "not held, counts as once held, or its equal (our reading)",
        )
    return Text("未持有；因持有更高一级，视同有过（我们的读法）", "not held, counts as once held (our reading)")


def _not_asked(unasked: Collection[str]) -> Iterable[Text]:
    """Say how many facts that a level asks for have no place in the form."""
    if unasked:
        count = len(unasked)
        yield Text(f"这张表没有问到的另有 {count} 项。", f"The form has no place for {count} more.")


def _decisive(found: Verdict, outcome: Outcome) -> list[CriterionFinding]:
    """Give the criteria that decide and came out so."""
    return [one for one in found.criteria if one.decides and one.outcome is outcome]


def _step_below(level: str, levels: Levels, titles: frozenset[str] | None) -> StepBelow:
    """Say which titles stand below a level, and whether the firm holds one or, having been there, a higher one."""
    place = levels.step_of(level) or 0
    step, below = levels.steps[place], levels.steps[place - 1].levels if place else ()
    held = None if titles is None else bool(titles.intersection(levels.opening(level)))
    held = None if held is False and is_partly_read(titles) else held
    return StepBelow(tuple(_with_titles(levels, below)), bool(below) and step.needs_step_below, held, step.note)


def _following(
    cases: list[_Case], rules: Catalog, day: date, titles: frozenset[str] | None, reached: Named | None
) -> tuple[NextLevel, ...]:
    """Give the levels of the lowest step above what the firm reaches or holds, in full."""
    levels = rules.levels
    had = [*(titles or ()), *([reached.id] if reached else [])]
    highest = max((step for one in had if (step := levels.step_of(one)) is not None), default=-1)
    steps = [levels.step_of(case.standing.level) or 0 for case in cases]
    above = min((step for step in steps if step > highest), default=None)
    return tuple(_next(case, rules, day) for case, step in zip(cases, steps, strict=True) if step == above)


def _next(case: _Case, rules: Catalog, day: date) -> NextLevel:
    found = case.found
    evidence = evidence_of(case.rulebook, case.profile, found, rules.documents)
    return NextLevel(
        level=case.standing.level,
        title=case.standing.title,
        rulebook=found.rulebook,
        verdict=found.verdict,
        awaiting=found.awaiting,
        hangs=found.hangs,
        hangs_on=found.hangs_on,
        summary=found.summary,
        step_below=case.standing.step_below,
        unmet=tuple(Unmet(one, _hints(one, case)) for one in _decisive(found, Outcome.NOT_MET)),
        undetermined=tuple(_decisive(found, Outcome.UNDETERMINED)),
        missing=found.missing,
        prepare=prepared(evidence, rules.documents, day),
        evidence=evidence,
    )


def _hints(criterion: CriterionFinding, case: _Case) -> tuple[Hint, ...]:
    """Give a hint for each check of an unmet criterion that is not met and can be solved."""
    checks = {check.id: check for check in case.rulebook.checks}
    rests = [one for one in criterion.checks if one.id in criterion.rests_on]
    unmet = [checks[one.id] for one in rests if one.outcome is Outcome.NOT_MET]
    [own] = [one for one in case.rulebook.criteria if one.words.id == criterion.id]
    beside, figures = rivals(case.rulebook, own, case.decision.outcomes), case.decision.figures
    return tuple(found for check in unmet if (found := hint(check, figures, beside)) is not None)


def _with_titles(levels: Levels, names: Iterable[str]) -> Iterable[Named]:
    return (Named(name, levels.title(name)) for name in names)


def _summary(
    held: Text,
    reached: LevelStanding | None,
    levels: Iterable[LevelStanding],
    following: tuple[NextLevel, ...],
) -> Text:
    """Say what the firm holds, what it reaches under the rules in force, and how far the next step is."""
    says = [held, _reaches(reached) if reached else _reaches_none(levels)]
    says += [STAYS_VALID] if any(one.title_note for one in levels) else []
    for level in following:
        saved = sum(one.unless is not None for one in level.undetermined)
        counts = counted(len(level.unmet), saved, len(level.undetermined) - saved)
        first = _first_the_title(level.step_below)
        zh = f"下一级{level.title.zh}：{counts.zh}{first.zh}。"
        says.append(Text(zh, f"Next, {level.title.en}: {counts.en}{first.en}."))
    return in_a_line(says)


def _reaches(level: LevelStanding) -> Text:
    return Text(
        f"按现行规则达到：{level.title.zh}{f'（{HANGS.zh}）' if level.hangs else ''}。",
        f"Reached under the rules in force: {level.title.en}{f' ({HANGS.en})' if level.hangs else ''}.",
    )


def _reaches_none(levels: Iterable[LevelStanding]) -> Text:
    """Say of a firm that is not found to reach any level what came of each."""
    found: dict[Text, list[Text]] = {}
    for level in levels:
        found.setdefault(_came_out(level), []).append(level.title)
    zh = "；".join(f"{'、'.join(title.zh for title in titles)}{text.zh}" for text, titles in found.items())
    en = "; ".join(f"{', '.join(title.en for title in titles)} {text.en}" for text, titles in found.items())
    return Text(f"用所填的数同现行条文比对：{zh}。", f"By what is stated, under the rules in force: {en}.")


def _came_out(level: LevelStanding) -> Text:
    if level.verdict is Standing.QUALIFIED:
        return Text("的条件都符合，但须先有下一级的称号", "(criteria met, but a title of the step below comes first)")
    words = STANDINGS[level.verdict]
    waits = None if level.awaiting is None else WAITS[level.awaiting]
    if waits is None:
        return words
    return Text(f"{words.zh}（{waits.zh}）", f"{words.en} ({waits.en})")


def _holds(levels: Levels, titles: frozenset[str] | None, ends: Mapping[str, date]) -> Text:
    """Say which titles a firm holds, until when if that is stated, and what it wrote that does not count."""
    if titles is None:
        return Text("没有填写持有的称号。", "The titles held are not stated.")
    known = [one for one in levels.known if one in titles]
    if known or out_of_term(titles):
        zh, en = list_words(levels.titles, known, ends, out_of_term(titles))
        return Text(f"持有的称号：{zh}。", f"Titles held: {en}.")
    if is_partly_read(titles):
        return Text("所填的称号无法识别。", "The titles stated are not understood.")
    return Text("未持有称号。", "Holds no title.")


def _first_the_title(below: StepBelow) -> Text:
    if not below.needed or below.held:
        return Text("", "")
    zh, en = "或".join(one.title.zh for one in below.titles), " or ".join(one.title.en for one in below.titles)
    return Text(f"，须先取得{zh}称号", f"; the title {en} comes first")
