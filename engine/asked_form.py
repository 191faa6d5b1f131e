"""The form for one firm as data, how what is typed in it is read, and a profile as its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.assessment import profile_reader, read_profile, reference
from engine.explaining.blank_form import IF_ANY, ON_REVIEW, OTHER, accepts, asked_of, dated, how_meant
from engine.explaining.findings import facts_of
from engine.explaining.rulebook_parts import facts_of as compared
from engine.explaining.verdict import RulebookReference, figure
from engine.explaining.wording import figure_words
from engine.firms.typed import written
from engine.ground.errors import InputError, Problem, Text
from engine.ground.values import Known
from engine.language.decision_day import Day, given_day
from engine.language.facts import BOOLEAN, Fact, Kind
from engine.language.notes import sentence
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook

AskedAs = Literal["number", "yes_no", "choice", "choices", "date", "text"]
AskedOf = Literal["all", "if_any", "reviews"]
_OF: dict[Text, AskedOf] = {IF_ANY: "if_any", ON_REVIEW: "reviews"}
_AS: dict[Kind, AskedAs] = {
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choices",
    Kind.DATE: "date",
    Kind.TEXT: "text",
    **dict.fromkeys(BOOLEAN, "yes_no"),
}


@dataclass
class UsedBy:
    """A criterion that looks at what is asked; `decides` as in the rulebook."""

    rulebook: str
    criterion: str
    title: Text
    decides: bool


@dataclass
class FormQuestion:
    """What is asked of a firm: in words, the title of the answer, how it is answered, what it means, who uses it.

    `asked_of`: every firm, few of them (or where it cannot be computed), or those alone that apply for a review.
    `needs_review`: somebody judges it, and until then it is blank.
    """

    fact: str
    title: Text
    question: Text
    kind: AskedAs
    unit: Text
    choices: dict[str, Text]
    example: Text
    help: tuple[Text, ...]
    evidence: Text | None
    asked_of: AskedOf
    needs_review: bool
    criteria: tuple[UsedBy, ...]


@dataclass
class FormGroup:
    """Questions that stand together in the vocabulary."""

    title: Text
    questions: tuple[FormQuestion, ...]


@dataclass
class Form:
    """All that a firm is asked by rulebooks on a day, in the order of the vocabulary; of every rulebook if by none."""

    as_of: str
    rulebooks: tuple[RulebookReference, ...]
    groups: tuple[FormGroup, ...]


@dataclass
class Reading:
    """How an answer was understood, in words: nothing of a blank. If it was not, the problem says why."""

    fact: str
    words: Text | None
    notes: tuple[Text, ...]
    problem: Problem | None


def form(
    rulebook: str | None = None, as_of: Day | None = None, catalog: Catalog | None = None, *, level: str | None = None
) -> Form:
    """Give what a rulebook asks, or a level, or named `ladder` or `routes` every level or problem class in force.

    Everything if neither is named. Raises InputError for what is not there or not in force on the day.
    """
    rules, day = catalog or shipped(), given_day(as_of)
    asked = asked_of(rules, day, rulebook, level)
    users = _users(asked.books)
    groups: dict[Text, list[FormQuestion]] = {}
    for fact, of in asked.facts.items():
        means = [*how_meant(fact, rules.vocabulary, asked.used)]
        if fact.kind is Kind.JUDGEMENT and fact.note is not None:
            means.append(fact.note)
        found = _question(fact, _OF.get(of, "all"), day, means, users.get(fact, ()))
        groups.setdefault(rules.vocabulary.headings.get(fact.id, OTHER), []).append(found)
    return Form(
        day.isoformat(),
        tuple(map(reference, asked.books)),
        tuple(FormGroup(title, tuple(questions)) for title, questions in groups.items()),
    )


def _users(books: tuple[Rulebook, ...]) -> dict[Fact, list[UsedBy]]:
    """Give the criteria that look at each fact; at a ratio in a scorecard those that look at all its parts."""
    found: dict[Fact, list[UsedBy]] = {}
    for book in books:
        for criterion in book.criteria:
            words = criterion.words
            facts = dict.fromkeys((*facts_of(book, criterion), *compared(book, criterion)))
            ratios = (
                one for one in book.vocabulary.ratios.values() if facts.keys() >= {*book.vocabulary.stated_behind(one)}
            )
            for fact in facts | dict.fromkeys(ratios):
                found.setdefault(fact, []).append(UsedBy(book.id, words.id, words.title, words.decides))
    return found


def _question(fact: Fact, of: AskedOf, day: date, means: Iterable[Text], used_by: Iterable[UsedBy]) -> FormQuestion:
    title = Text(dated(fact, day, "zh"), dated(fact, day, "en"))
    return FormQuestion(
        fact=fact.id,
        title=title,
        question=fact.asks or title,
        kind=_AS.get(fact.kind, "number"),
        unit=fact.unit,
        choices={code: option.title for code, option in fact.choices.items()},
        example=Text(accepts(fact, day, "zh"), accepts(fact, day, "en")),
        help=tuple(means),
        evidence=fact.evidence,
        asked_of=of,
        needs_review=fact.needs_review,
        criteria=tuple(used_by),
    )


def entries(facts: object, as_of: Day | None = None, catalog: Catalog | None = None) -> dict[str, str | list[str]]:
    """Give what a profile states as it would be answered in a form, by fact: codes of options, else as it is typed.

    Raises InputError with all problems of the profile.

    >>> entries({"营业收入（亿元）": 2.1, "自主品牌": "有", "valid_titles": "小巨人"})
    {'valid_titles': ['little_giant'], 'revenue_y0': '21000', 'own_brand': 'yes'}
    """
    rules, day = catalog or shipped(), given_day(as_of)
    profile = read_profile(facts, rules, day)
    raw = facts if isinstance(facts, Mapping) else {}
    return {name: _entry(value, raw.get(name), name in profile.terms) for name, value in profile.values.items()}


def _entry(value: Known, typed: object, has_term: bool) -> str | list[str]:  # noqa: FBT001
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        is_plain = not has_term and all(one.isidentifier() for one in value)
        return sorted(value) if is_plain else typed if isinstance(typed, str) else written(value)
    return typed if isinstance(typed, str) and not isinstance(value, str) else written(value)


def how_read(fact: str, typed: object, as_of: Day | None = None, catalog: Catalog | None = None) -> Reading:
    """Say how an answer to a fact is read by itself, as every profile is.

    >>> how_read("revenue_y0", "2.1亿").words.zh
    '21,000 万元'
    """
    rules = catalog or shipped()
    vocabulary = rules.vocabulary
    try:
        profile = profile_reader(vocabulary).read({fact: typed}, given_day(as_of))
    except InputError as error:
        return Reading(fact, None, (), error.problems[0])
    notes = tuple(sentence(one, vocabulary) for one in profile.warnings)
    if fact not in profile.values:
        return Reading(fact, None, notes, None)
    words = figure_words(vocabulary[fact], figure(profile.values[fact]), until=profile.terms.get(fact, {}))
    return Reading(fact, Text(*words), notes, None)
