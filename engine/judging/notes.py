"""What is noted of each row beside its verdict, sentence for sentence as `assess` notes it of one firm."""

from __future__ import annotations

from collections.abc import Iterator

from engine.columns.outcomes import Decided
from engine.columns.values import ByRow, RowFunction, x
from engine.columns.values import said as stated
from engine.columns.words import Words, is_unusual
from engine.explaining.requirement import assumed
from engine.firms.profiles import DAMAGED_CODE, MISTYPED_CODE
from engine.firms.strange_words import strange_words
from engine.ground.errors import Language, Problem
from engine.ground.values import BESIDE, UNREAD
from engine.headers.cells import Column
from engine.judging.endings import endings
from engine.judging.flags import Flag
from engine.judging.plan import Plan
from engine.judging.problem_rows import as_note, told_of_rows
from engine.judging.row_remarks import MENTIONED
from engine.language.facts import APPLICATION, AREA, YEAR
from engine.language.notes import DAY, FRACTION, other_year, review_as_new, review_of_none, sentence, titles_of, unusual
from engine.rulebooks.caution import of_the_day
from engine.sql.functions import cases, joined, list_of, or_
from engine.sql.table import Table
from engine.sql.value import Value, literal

_FIGURE = "\0"  # stands in the words for the figure of a row
_KINDS = {"damaged": DAMAGED_CODE[0], "mistyped": MISTYPED_CODE[0], "fraction": FRACTION[0]}
_REMEMBERED = 2048  # spellings of a column


def notes(judged: Table, plan: Plan, lang: Language, by_row: ByRow) -> Value:
    """Give the notes of each row of a judged table; nothing where there are none."""
    return joined(
        _of_cells(judged, plan, lang, by_row),
        _flagged("damaged", judged, plan, lang),
        _flagged("mistyped", judged, plan, lang),
        *_strange_words(judged, plan, lang, by_row),
        _flagged("fraction", judged, plan, lang),
        _perhaps_elsewhere(judged, plan, lang),
        _taken_as_new(judged, plan, lang),
        _of_another_year(judged, plan, lang),
        *_unusual(judged, plan, lang),
        _review_of_none(judged, plan, lang),
        *endings(judged, plan, lang, by_row),
        _of_the_day(judged, plan, lang),
        *_assumed(judged, plan, lang),
    ).rstrip()


def _said(note: Problem, plan: Plan, lang: Language, *figure: Value) -> Value:
    """Give a note in words, rendered once; the figure of the row goes where the words leave room for it."""
    before, _, after = f"{_told(note, plan, lang)}".partition(_FIGURE)
    return joined(before, *figure, after)


def _told(note: Problem, plan: Plan, lang: Language) -> str:
    return sentence(note, plan.rulebook.vocabulary).in_language(lang) + {"zh": "", "en": " "}[lang]


def _of_cells(judged: Table, plan: Plan, lang: Language, by_row: ByRow) -> Value:
    """Say which cells are left out, and what remarks say; these are few, and told row by row."""
    flags = [flag for flag in plan.warnings if flag.kind in {"part", "ratio", *MENTIONED}]
    tell = told_of_rows(
        judged, plan, flags, by_row, lambda row: [_told(as_note(one), plan, lang) for one in row.warnings(flags)]
    )
    is_told = or_(judged["unread"], *(judged[flag.name] for flag in flags)) & ~judged["rejected"]
    return cases((is_told, tell(is_told).join("")), else_="")


def _flagged(kind: str, judged: Table, plan: Plan, lang: Language) -> Value:
    """Say what flags of a kind mean, in the order of the vocabulary."""
    flags = {flag.column.fact.id: flag for flag in plan.warnings if flag.kind == kind}
    told = [flags[name] for name in plan.rulebook.vocabulary if name in flags]
    words = [_said(Problem(one.column.fact.id, _KINDS[kind]), plan, lang) for one in told]
    return joined("", *(cases((_holds(flag, judged, plan), said)) for flag, said in zip(told, words, strict=True)))


def _strange_words(judged: Table, plan: Plan, lang: Language, by_row: ByRow) -> Iterator[Value]:
    """Say which words of a list are none of its options; these are told row by row."""
    flags = {flag.column.fact.id: flag for flag in plan.warnings if flag.kind == "words"}
    for name in plan.rulebook.vocabulary:
        if name in flags:
            where = judged[flags[name].name] & ~judged["rejected"]
            asked = cases((where, list_of([judged[plan.place_of[name]]])))
            answer = by_row(_word_teller(flags[name].column, plan, lang), "VARCHAR")
            yield cases((where, answer(asked)[0]), else_="")


def _word_teller(column: Column, plan: Plan, lang: Language) -> RowFunction:
    """Give the function that does, of a usual spelling once; the database may ask it of any row."""
    known: dict[str, str] = {}

    def tell_words(texts: list[str | None] | None) -> list[str] | None:
        if texts is None:
            return None
        text = texts[0] or ""
        if text not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = strange_words(column.fact, column.known(text), plan.rulebook.vocabulary, column.as_of)
            known[text] = "" if found is None else _told(found, plan, lang)
        return [known[text]]

    return tell_words


def _holds(flag: Flag, judged: Table, plan: Plan) -> Value:
    """Say where a flag is told: not of a figure that is left out."""
    name = flag.column.fact.id
    out = [judged[one.name] for one in plan.warnings if one.kind in {"part", "ratio"} and one.column.fact.id == name]
    return judged[flag.name] & ~or_(*out)


def _of_another_year(judged: Table, plan: Plan, lang: Language) -> Value:
    if YEAR not in plan.place_of:
        return literal("")
    year = judged[x(YEAR)]
    said = _said(other_year(_FIGURE, plan.as_of), plan, lang, year.cast("BIGINT").cast("VARCHAR"))
    return cases((year != float(plan.as_of.year - 1), said), else_="")


def _unusual(judged: Table, plan: Plan, lang: Language) -> list[Value]:
    words = Words(Decided(judged, plan.rulebook), lang)
    told = []
    for fact in plan.rulebook.vocabulary.watched:
        if fact.id in plan.rulebook.facts_told and x(fact.id) in judged.columns:
            value = judged[x(fact.id)]
            said = _said(unusual(fact, (_FIGURE, _FIGURE)), plan, lang, words.amount(fact, value))
            told.append(cases((is_unusual(fact, value), said), else_=""))
    return told


def _assumed(judged: Table, plan: Plan, lang: Language) -> Iterator[Value]:
    """Say what is blank and taken to be what is assumed."""
    for name, value in plan.rulebook.assumed.items():
        said = _told(assumed(plan.rulebook.vocabulary[name], value), plan, lang)
        yield cases((judged[f"assumed_{name}"], said), else_="")


def _perhaps_elsewhere(judged: Table, plan: Plan, lang: Language) -> Value:
    """Say of firms that do not say well enough where they are, which other text may be theirs."""
    said = {place: _told(note, plan, lang) for place, note in plan.area_notes.items()}
    unknown = said.pop(None, "")
    if x(AREA) not in judged.columns:
        return literal(unknown)
    area = judged[x(AREA)]
    return cases((area.isnull(), unknown), *((area == place, text) for place, text in said.items()), else_="")


def _taken_as_new(judged: Table, plan: Plan, lang: Language) -> Value:
    said = "" if plan.new_note is None else _told(plan.new_note, plan, lang)
    if stated(APPLICATION) not in judged.columns:
        return literal(said)
    return cases((judged[stated(APPLICATION)].isnull(), said), else_="")


def _review_of_none(judged: Table, plan: Plan, lang: Language) -> Value:
    """Say of reviews of firms that state their titles, all of them options, that none is of the level (`lacks`).

    In a ladder the rows of reviews have one of their own, which has the levels that are decided as applied for anew.
    """
    if anew := plan.rulebook.taken_as_new:
        listed = titles_of(anew[0], plan.rulebook.vocabulary)
        return literal("" if listed is None else _told(review_as_new(listed, anew, plan.rulebook.reviewed), plan, lang))
    level, titles = plan.rulebook.words.level, titles_of(plan.rulebook.words.level, plan.rulebook.vocabulary)
    if level is None or titles is None or not {x(titles.id), x(APPLICATION)} <= set(judged.columns):
        return literal("")
    held = judged[x(titles.id)]
    has = or_(*(held.contains(f",{begins}") for begins in (level, UNREAD, BESIDE)))
    said = _told(review_of_none(titles, level), plan, lang)
    return cases(((judged[x(APPLICATION)] == "review") & ~has, said), else_="")


def _of_the_day(judged: Table, plan: Plan, lang: Language) -> Value:
    words, kinds = plan.rulebook.words, plan.rulebook.words.applies_to if plan.application else ()
    found = {kind: of_the_day(words, kind, plan.as_of) for kind in (None, *kinds)}
    said = {kind: "".join(_told(Problem(DAY, one), plan, lang) for one in several) for kind, several in found.items()}
    by_kind = [(judged[x(APPLICATION)] == kind, said[kind]) for kind in kinds]
    return cases(*by_kind, else_=said[None]) if by_kind else literal(said[None])
