"""What came out otherwise of one firm that is decided twice, as by two forms, and by which figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from rich.text import Text as Styled

from engine.command.console import console
from engine.command.ladder_text import indented
from engine.command.verdict_text import standing_of
from engine.explaining.requirement import stated_words
from engine.explaining.verdict import CheckFinding, CriterionFinding, Verdict
from engine.explaining.wording import OUTCOMES, decimal
from engine.firms.profiles import Profile
from engine.ground.errors import Language, Text
from engine.ground.values import Known, MonthEnd
from engine.ladder_standing import Ladder
from engine.language.facts import YEAR, Fact, Vocabulary
from engine.rulebooks.logic import Rulebook

_UNUSED = Text("改了所填、这些条件不用的：", "Stated otherwise, and not used by these criteria:")
_TURNED = Text("改了所填的：", "Stated otherwise:")
_SAME = Text("改了所填、各项结论不变的：", "Stated otherwise, with no criterion changed:")
_BLANK = Text("没有填写", "blank")
_BY_MONTH = Text("（按月末算）", " (the end of the month)")
_COLON = {"zh": "：", "en": ": "}
_Pair = tuple[CriterionFinding, CriterionFinding]
Decided = tuple[Text | None, Verdict, Rulebook, Profile]
"""A verdict and what it was made from, with the title of its level where a file has several."""
_NOTHING = {"zh": "所填的和各项条件都没有变化", "en": "nothing that is stated and no criterion changed"}


def print_changes(several: Sequence[tuple[str, Sequence[Decided]]], lang: Language) -> None:
    """Print what changed from each file, of that name, to the next, if that is of the same firm.

    First by criteria, under the title of the level where there are several; then of what else was stated otherwise.
    """
    screen = console()
    for (before, first), (after, second) in pairwise(several):
        if not is_same_firm(first[0][1], second[0][1]):
            continue
        was, now = first[0][3], second[0][3]
        found = {title: one for title, one, *_ in second}
        both = [(title, one, found[title]) for title, one, *_ in first if title in found]
        says = [line for one in both for line in _of_level(*one, lang)]
        pairs = [pair for _, one, other in both for pair in _pairs(one, other)]
        books = [one[2] for one in second]
        says += _beside(pairs, was, now, books, lang)
        years = [one.values.get(YEAR, date.fromisoformat(first[0][1].as_of).year - 1) for one in (was, now)]
        names = [_of_year(*pair, lang) for pair in zip((before, after), years, strict=True)]
        head = " → ".join((before, after) if years[0] == years[1] else names)
        screen.print(Styled(f"\n{head}", "bold"), soft_wrap=True)
        for name, year, one in zip((before, after), years, (was, now), strict=True):
            if years[0] != years[1] and year != (day := date.fromisoformat(first[0][1].as_of)).year - 1:
                says_of = _judged_late(name, int(str(year)) + 1, one, day, books[0].vocabulary, lang)
                screen.print(indented(screen, 2, says_of))
        for line in says or [_NOTHING[lang]]:
            screen.print(indented(screen, 2 + len(line) - len(line.lstrip()), line.lstrip()))


def _pairs(first: Verdict, second: Verdict) -> list[_Pair]:
    found = {one.id: one for one in second.criteria}
    return [(one, found[one.id]) for one in first.criteria if one.id in found]


def _of_level(title: Text | None, first: Verdict, second: Verdict, lang: Language) -> list[str]:
    """Say what changed of a level, under its title, if it has one, and how it came out before and now."""
    says = [line for pair in _pairs(first, second) if (line := _changed(*pair, lang))]
    if title is None:
        return says
    before, after = (standing_of(one).in_language(lang) for one in (first, second))
    if before == after and not says:
        return []
    came = before if before == after else f"{before} → {after}"
    return [f"{title.in_language(lang)}{_COLON[lang]}{came}", *(f"  {line}" for line in says)]


def is_same_firm(first: Verdict | Ladder, second: Verdict | Ladder) -> bool:
    """Say whether two verdicts, or ladders, are on one firm, which is named."""
    return first.firm == second.firm and bool(first.firm.firm_id or first.firm.firm_name)


def _of_year(name: str, year: Known, lang: Language) -> str:
    return {"zh": f"{name}（{year} 年为上年度）", "en": f"{name} ({year} as the last full year)"}[lang]


def _judged_late(name: str, year: int, profile: Profile, day: date, vocabulary: Vocabulary, lang: Language) -> str:
    """Say that a form of another year is judged as of a day, and which titles are over by then."""
    over = [
        (vocabulary[fact].choices[option].title, ends)
        for fact, terms in profile.terms.items()
        for option, ends in terms.items()
        if ends < day
    ]
    zh = "，".join(
        f"{title.zh}已于 {ends}{_BY_MONTH.zh if isinstance(ends, MonthEnd) else ''} 到期" for title, ends in over
    )
    en = ", ".join(
        f"{title.en} ended {ends}{_BY_MONTH.en if isinstance(ends, MonthEnd) else ''}" for title, ends in over
    )
    return Text(
        f"{name} 也按 {day} 判定{f'（{zh}）' if over else ''}，不是 {year} 年当时的结论；"
        f"当时的，用 --as-of 写 {year} 年的日期另比对这一张。",
        f"{name} is judged as of {day} too{f' ({en})' if over else ''}: not what came out in {year}. "
        f"For that judge it by itself with --as-of a day of {year}.",
    ).in_language(lang)


def _changed(first: CriterionFinding, second: CriterionFinding, lang: Language) -> str:
    """Say how a criterion came out before and now, where that differs, and which figures differ; nothing if none."""
    was = {check.id: check for check in first.checks}
    before, after = (_came_out(one, lang) for one in (first, second))
    told = [f"{before} → {after}"] if before != after else []
    told += dict.fromkeys(moved for one in second.checks if (moved := _moved(was.get(one.id), one, lang)))
    mark = {"zh": "；", "en": "; "}[lang]
    return f"{first.title.in_language(lang)}{_COLON[lang]}{mark.join(told)}" if told else ""


def _came_out(criterion: CriterionFinding, lang: Language) -> str:
    """Give the outcome of a criterion, of an open one also that what is stated fails."""
    fails = {"zh": "（按所填不符合）", "en": " (not met by what is stated)"}[lang]
    return OUTCOMES[criterion.outcome].in_language(lang) + (fails if criterion.unless is not None else "")


def _beside(pairs: Sequence[_Pair], was: Profile, now: Profile, books: Sequence[Rulebook], lang: Language) -> list[str]:
    """Say what is stated otherwise and not told by criteria, a line each: what turns them, the rest, the unused."""
    told, turned = set[str](), set[str]()
    for first, second in pairs:
        before = {check.id: check for check in first.checks}
        moved = [one for one in second.checks if _moved(before.get(one.id), one, lang)]
        told.update(one.fact for one in moved if not one.derived_from)
        if first.outcome is not second.outcome:
            turned.update(name for one in (*first.checks, *second.checks) for name in _behind(one))
    used = frozenset[str]().union(*(one.facts_used for one in books))
    several: dict[Text, list[str]] = {_TURNED: [], _SAME: [], _UNUSED: []}
    for fact in books[0].vocabulary.given.values():
        old, new = (_as_stated(fact, one).in_language(lang) for one in (was, now))
        if old != new and fact.id not in {*told, YEAR}:
            of_it = _UNUSED if fact.id not in used else _TURNED if fact.id in turned else _SAME
            several[of_it].append(f"  {fact.title.in_language(lang)}{_COLON[lang]}{old} → {new}")
    return [line for of_it, lines in several.items() if lines for line in (of_it.in_language(lang), *lines)]


def _behind(check: CheckFinding) -> Iterator[str]:
    yield check.fact
    yield from (one.fact for one in check.derived_from)


def _as_stated(fact: Fact, profile: Profile) -> Text:
    """Give what a profile states of a fact; of a list also what is out of its term."""
    value = profile.values.get(fact.id)
    if value is None:
        return _BLANK
    return Text(*stated_words(fact, value, profile.terms.get(fact.id, {})))


def _moved(was: CheckFinding | None, now: CheckFinding, lang: Language) -> str:
    """Give a figure before and now, and the outcomes if it has crossed the threshold; nothing if it is the same."""
    before, after = (None if one is None or one.gap is None else one.observed for one in (was, now))
    if not isinstance(before, int | float) or not isinstance(after, int | float) or before == after:
        return ""
    figures = f"{decimal(before, after)} → {decimal(after, before)} {now.unit.in_language(lang)}"
    crossed = ""
    if was is not None and was.outcome is not now.outcome:
        turn = " → ".join(OUTCOMES[one.outcome].in_language(lang) for one in (was, now))
        crossed = {"zh": f"（{turn}）", "en": f" ({turn})"}[lang]
    return f"{now.title.in_language(lang)} {figures}".rstrip() + crossed
