"""A form into which an older one is carried over: another form, a row of a list or a profile.

Of another year stay who the firm is and what happened on a day of its own; figures of years move. What is so on a day
only is left blank, for nobody has declared it of the new one: yes or no, judgements, counts, ranks, titles, points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from engine.assessment import read_profile
from engine.explaining.blank_form import BlankForm, Question, in_year
from engine.firms.profiles import RowProfile
from engine.ground.errors import Language, Text, short
from engine.ground.values import BESIDE, UNREAD, Known, Number, Span, on_day, unmarked
from engine.headers.names import named
from engine.headers.own_year import in_own_year, is_of_no_year, last_year_of
from engine.headers.years import dated, is_yearly, of_year, years_back_of
from engine.language.answer import answer
from engine.language.facts import IDENTITY, YEAR, Fact, Kind, Vocabulary
from engine.language.reading import DECIMALS, Unreadable
from engine.outputs.carried_words import left_blank, not_carried, taken, top_line
from engine.rulebooks.catalog import Catalog

_WHO = ("main_product_name", "area", "industry_code_2", "industry_sector", "foundation_base")
_WHEN = {one: one for one in (*IDENTITY, *_WHO, "award_date", "maker_china_year", "title_revoked_date")}
_WHEN |= {"award_level": "award_date", "award_rank": "award_date", "maker_china_tier": "maker_china_year"}
"""What stays as it was stated: who the firm is, and what happened once, if it says when."""
_DIGITS = 40  # of a figure below 10^15 with 18 decimals


def carried_form(
    form: BlankForm,
    old: object,
    catalog: Catalog,
    as_of: date,
    lang: Language,
    name: str,
    tell: Callable[[Text], None] = lambda _: None,
) -> BlankForm:
    """Give a form of a day with what a profile states of it, each answer marked; `name` is where that comes from.

    The profile is of the year that it states, or else of the day. What is taken as of which year, and what is not
    carried over, is told. Raises InputError with what is wrong with it.
    """
    vocabulary, gone, undated = catalog.vocabulary, list[str](), tuple[str, ...]()
    if isinstance(old, dict) and not isinstance(old, RowProfile) and all(isinstance(key, str) for key in old):
        undated, given = _undated(old, vocabulary), old
        old = in_own_year(old, vocabulary, as_of, of_any_year=True)
        moved_from = next((year for key in given if (year := last_year_of(key, vocabulary)) and old != given), None)
        day = as_of if moved_from is None else date(moved_from + 1, 1, 1)
        gone = [key for key in given if is_of_no_year(key, vocabulary, day)]
        old = {key: old[key] for key in old if not is_of_no_year(key, vocabulary, as_of)}
    values = read_profile(old, catalog, as_of).values
    said, last = values.get(YEAR), as_of.year - 1
    year = int(said) if isinstance(said, Number) else last
    typed = old if isinstance(old, dict) else {}
    asked = {one.fact.id for part in form.parts for one in part.questions}
    answers: dict[str, tuple[Known, object]] = {}
    anew = list[str]()
    of_old = [key for key in gone if (fact := named(key, vocabulary)) and _base(fact.id) in asked]
    gone = [key for key in gone if key not in of_old]
    for fact_id, value in values.items():
        stays = year == last or _WHEN.get(fact_id) in values
        fact = vocabulary[fact_id]
        moved = fact if stays else _moved(fact, last - year, vocabulary)
        if fact_id == YEAR:
            continue
        if moved is not None and moved.id in asked:
            answers[moved.id] = (value, typed.get(fact_id))
        elif (back := years_back_of(fact)) is None or stays:
            (anew if fact_id in asked else gone).append(fact.title.in_language(lang))
        else:
            (of_old if _base(fact_id) in asked else gone).append(in_year(fact, year - back, lang))
    parts = tuple(
        replace(part, questions=tuple(_answered(one, answers, as_of, lang) for one in part.questions))
        for part in form.parts
    )
    tell(taken(short(name), year, undated, is_stated=said is not None))
    for told in (*left_blank(parts, anew, last), *not_carried(anew, of_old, gone, last)):
        tell(told)
    count = sum(bool(one.answer) for part in parts for one in part.questions)
    return replace(form, parts=parts, lines=(*form.lines, top_line(count, short(name), year, last).in_language(lang)))


def _undated(old: Mapping[str, object], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the names of figures of years that do not say of which, unless the profile says its last full year."""
    facts = {key: named(key, vocabulary) for key in old if dated(key) is None}
    if any(fact is not None and fact.id == YEAR for fact in facts.values()):
        return ()
    return tuple(key for key, fact in facts.items() if fact is not None and years_back_of(fact) is not None)


def _base(fact_id: str) -> str:
    """Give the id of the figure of the last full year."""
    return re.sub(r"_y[0-9]$", "_y0", fact_id)


def _moved(fact: Fact, later: int, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact that asks, so many years later, for what this one did; None if that is to be stated anew."""
    base = vocabulary.get(_base(fact.id)) or vocabulary.get(re.sub(r"_y[0-9]$", "", fact.id))
    if base is None or not is_yearly(base, vocabulary):
        return None
    found = of_year(base, (years_back_of(fact) or 0) + later, vocabulary)
    return found if found is not None and found.is_given else None


def _answered(one: Question, answers: dict[str, tuple[Known, object]], as_of: date, lang: Language) -> Question:
    if one.fact.id not in answers:
        return one
    value, typed = answers[one.fact.id]
    said = _as_typed(one.fact, value, typed, as_of) if isinstance(value, (Span, frozenset)) else ""
    return replace(one, answer=said or _written(one, value, lang))


def _written(one: Question, value: Known, lang: Language) -> str:
    """Give an answer as a form has it; nothing of a figure of which only the ends are known."""
    fact = one.fact
    if isinstance(value, bool):
        return one.options[not value]
    if isinstance(value, frozenset):
        words = [fact.choices[code].title.in_language(lang) for code in fact.choices if code in value]
        words += sorted(unmarked(word) for word in value if word.startswith((UNREAD, BESIDE)))
        return {"zh": "、", "en": ", "}[lang].join(words) or Text("无", "none").in_language(lang)
    if isinstance(value, Span):
        return ""
    if isinstance(value, Number):
        with localcontext(prec=_DIGITS):
            return f"{round(Decimal(value.numerator) / value.denominator, DECIMALS).normalize():f}"
    if fact.kind is Kind.CHOICE and value in fact.choices:
        return one.options[[*fact.choices].index(str(value))]
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_typed(fact: Fact, value: Known, typed: object, as_of: date) -> str:
    """Give a range, or a list with terms, as it was typed, if it is read so on the day; else nothing."""
    with suppress(Unreadable):
        stated = answer(fact, typed) if isinstance(typed, str) else None
        if on_day(stated, as_of) == value and (isinstance(value, Span) or stated != value):
            return str(typed)
    return ""
