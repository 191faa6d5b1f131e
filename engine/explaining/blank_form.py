"""A form for one firm to fill in downwards: a question a line, in parts, what every firm is asked before the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.ground.errors import Language, Text
from engine.headers.years import years_back_of
from engine.language.facts import APPLICATION, AREA, YEAR, Fact, Kind
from engine.language.reading import accepted
from engine.rulebooks.asked_order import usually_asked
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.levels import LADDER
from engine.rulebooks.routing import editions_asked, require_level

_IDENTITY = ("firm_id", "firm_name")
_FIRST = (*_IDENTITY, APPLICATION, AREA, YEAR)
"""What says whose the form is, and which rules are for it: asked of every firm, whatever the rules."""
_MOST_OPTIONS = 12
_LAST_YEAR = re.compile(r"^(?:上年度|上年末|大前年|前年)|(?:last|second-last|third-last) full year$")
_IF_ANY, _ON_REVIEW = Text("如有", "if any"), Text("复核时才填", "for a review only")
_OTHER = Text("其他", "Other")
_INSTEAD = Text("有上面各数的不必填。", "Not needed where the figures above are stated.")
_FOLLOWS = Text("填了行业代码的不必填。", "Not needed where the industry division is stated.")
_SEVERAL = Text("可填几项，以“、”隔开；没有填“无”。", "One or several, separated by commas; none if there is none.")
_OF_A_LIST = Text("请从下拉单中选。", "Choose from the list.")
_YES_NO: dict[Language, tuple[str, ...]] = {"zh": ("是", "否"), "en": ("yes", "no")}
_EXAMPLES = {Kind.TEXT: Text("文字", "Text"), Kind.YES_NO: Text("是、否", "yes, no")}
_EXAMPLES |= {Kind.JUDGEMENT: Text("是、否；没有评审的留空", "yes, no; blank until somebody has judged it")}
_EXAMPLES |= {Kind.MONEY: Text("数，如 21000；也可写 2.1亿", "A figure, as 21000; CNY 210 million may be written too")}
_EXAMPLES |= {Kind.PERCENT: Text("数，如 15 表示 15%", "A figure: 15 means 15%")}
_EXAMPLES |= {Kind.COUNT: Text("整数，如 3", "A whole number, as 3"), Kind.RANK: Text("名次，如 3", "A place, as 3")}
_EXAMPLES |= {Kind.YEARS: Text("数，如 5", "A figure, as 5"), Kind.NUMBER: Text("数", "A figure")}
_EXAMPLES |= {Kind.DATE: Text("日期，如 2024-04-01", "A date, as 2024-04-01")}


@dataclass(frozen=True)
class Question:
    """A line of the form: what is asked, in which unit, what may be written, the options, and which paper has it."""

    fact: Fact
    title: str
    unit: str
    accepts: str
    options: tuple[str, ...]
    paper: str
    note: str


@dataclass(frozen=True)
class Part:
    """Questions under a title."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class BlankForm:
    """A form: for which rules it is, and its parts."""

    title: str
    parts: tuple[Part, ...]


def blank_form(
    catalog: Catalog, as_of: date, rulebook: str | None = None, level: str | None = None, lang: Language = "zh"
) -> BlankForm:
    """Give the form for a rulebook, for a level or, named `ladder`, all levels in force on a day; all facts if neither.

    What only some firms are asked, by one way of several or to be exempt, comes last. Raises what `editions_asked`
    raises.
    """
    books = editions_asked(catalog, as_of, rulebook, level)
    anew = [book for book in books if book.words.applies("new", as_of)] or books
    of_new = frozenset().union(*(book.facts_used for book in anew)) if books else frozenset(catalog.vocabulary)
    used = of_new.union(_IDENTITY, [YEAR], *(book.facts_used for book in books))
    usual = frozenset(_FIRST).union(*(usually_asked(book) for book in anew)) if books else of_new
    usual = usual.union(one.lookup.by for one in catalog.vocabulary.values() if one.id in usual and one.lookup)
    parts: dict[tuple[Text, Text], list[Fact]] = {}
    for fact in catalog.vocabulary.given.values():
        if fact.id in used:
            is_first = fact.id in usual and not fact.is_derived
            when = Text("", "") if is_first else _IF_ANY if fact.id in of_new else _ON_REVIEW
            heading = catalog.vocabulary.headings.get(fact.id, _OTHER)
            parts.setdefault((when, heading), []).append(fact)
    order = sorted(parts, key=lambda part: (_IF_ANY, _ON_REVIEW).index(part[0]) if part[0].zh else -1)
    return BlankForm(
        _title(catalog, rulebook, level).in_language(lang),
        tuple(Part(_heading(*part, lang), tuple(_questions(parts[part], as_of, lang))) for part in order),
    )


def _heading(when: Text, heading: Text, lang: Language) -> str:
    about = heading.in_language(lang)
    if not when.zh:
        return about
    return {"zh": f"{when.zh}：{about}", "en": f"{about} ({when.en})"}[lang]


def _title(catalog: Catalog, rulebook: str | None, level: str | None) -> Text:
    if level is not None:
        what = catalog.levels.title(require_level(catalog, level))
    elif rulebook == LADDER:
        what = Text("梯度培育各层级", "every level of the ladder")
    elif rulebook is not None:
        what = catalog.rulebook(rulebook).words.title
    else:
        what = Text("全部指标", "all facts")
    return Text(f"企业填报表：{what.zh}", f"Form for a firm: {what.en}")


def _questions(facts: Iterable[Fact], as_of: date, lang: Language) -> Iterator[Question]:
    for fact in facts:
        options = tuple(option.title.in_language(lang) for option in fact.choices.values())
        if fact.kind in {Kind.YES_NO, Kind.JUDGEMENT}:
            options = _YES_NO[lang]
        yield Question(
            fact,
            _dated(fact, as_of, lang),
            fact.unit.in_language(lang),
            _accepts(fact, as_of, lang),
            options,
            fact.evidence.in_language(lang) if fact.evidence else "",
            fact.note.in_language(lang) if fact.note else "",
        )


def _dated(fact: Fact, as_of: date, lang: Language) -> str:
    """Give the title of a fact; of a figure of a full year with that year behind it: 上年度（2025年）营业收入."""
    title = fact.title.in_language(lang)
    back = years_back_of(fact)
    found = _LAST_YEAR.search(title)
    if back is None or found is None or fact.kind is Kind.NUMBER:
        return title
    year = as_of.year - 1 - back
    said = f"（{year}年）" if lang == "zh" else f" ({year})"
    return f"{title[: found.end()]}{said}{title[found.end() :]}"


def _accepts(fact: Fact, as_of: date, lang: Language) -> str:
    """Say shortly what may be written for a fact, and where it follows from others that it need not be."""
    if fact.id == YEAR:
        zh, en = f"判定日不在{as_of.year}年的，填 {as_of.year - 1}", f"{as_of.year - 1}, if not decided in {as_of.year}"
        return Text(zh, en).in_language(lang)
    few = fact.choices if len(fact.choices) <= _MOST_OPTIONS else {}
    if fact.places:
        return accepted(fact).in_language(lang)
    if fact.choices:
        mark = {"zh": "、", "en": ", "}[lang]
        told = [mark.join(option.title.in_language(lang) for option in few.values()) or _OF_A_LIST.in_language(lang)]
        told += [_SEVERAL.in_language(lang)] if fact.kind is Kind.CHOICES else []
    else:
        told = [_EXAMPLES[fact.kind].in_language(lang)]
    if fact.is_derived:
        told.append(_INSTEAD.in_language(lang))
    if fact.lookup:
        told.append(_FOLLOWS.in_language(lang))
    return "\n".join(told)
