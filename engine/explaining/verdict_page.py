"""A verdict as a page for a notebook: what is not met first, each criterion in a line."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explaining.told import WORST_FIRST
from engine.explaining.verdict import CriterionFinding, Verdict
from engine.explaining.wording import OUTCOMES, asked_title, marked, standing_words
from engine.ground.errors import Language, Text
from engine.ground.page import Line

_HEADS = Text("条件", "Criterion"), Text("结论", "Outcome"), Text("说明", "Why"), Text("出处", "Clause")


def lines(found: Verdict, lang: Language) -> Iterator[Line]:
    """Give the page: the verdict, whose and by which rules, its summary and notes, the criteria, what is missing."""
    book = found.rulebook
    words = standing_words(found.verdict, hangs=bool(found.hangs), is_trial=bool(book.changes)).in_language(lang)
    whose = (words, found.firm.firm_name, found.firm.firm_id)
    yield Line("title", [" ".join(one for one in whose if one)])
    yield Line("text", [book.line(lang, found.as_of)])
    yield from (Line("text", [one.in_language(lang)]) for one in (found.summary, *found.notes))
    yield Line("head", [one.in_language(lang) for one in _HEADS])
    for one in sorted(found.criteria, key=lambda one: (not one.decides, WORST_FIRST.index(one.outcome))):
        title, outcome = marked(one.title, decides=one.decides), OUTCOMES[one.outcome]
        cells = title.in_language(lang), outcome.in_language(lang), _why(one, lang), one.cite.place(book.document)
        yield Line("row", cells)
    if found.missing:
        names = [asked_title(one.question, if_any=one.if_any).in_language(lang) for one in found.missing]
        listed = {"zh": f"缺少的指标：{'、'.join(names)}", "en": f"Missing facts: {', '.join(names)}"}[lang]
        yield Line("text", [listed])
    yield Line("text", [found.notice.in_language(lang)])


def _why(criterion: CriterionFinding, lang: Language) -> str:
    """Say what it rests on; of one without figures what it requires."""
    rests = [one.explanation for one in criterion.checks if one.id in criterion.rests_on] or [criterion.requires]
    return {"zh": "", "en": " "}[lang].join(one.in_language(lang) for one in rests)
