"""A paper has one name: as a fact says where its figure is found, so a criterion that looks at the fact asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine import shipped
from engine.language.facts import Fact
from engine.rulebooks.logic import Check, FactOf, Rulebook, walk

OWN_WORDS = {"rd_staff_y0", "little_giant_otherwise", "valid_honours", "equity_financing_3y"}
"""Facts of which no criterion names the paper: it asks for none, or for 公告条件的证明材料, whichever that is."""


def names(words: str) -> list[str]:
    """Give the papers that words name, each without what stands in brackets behind it.

    >>> names("上年度审计报告，及研发费用辅助账或加计扣除申报表（如有）")
    ['上年度审计报告', '研发费用辅助账或加计扣除申报表']
    """
    return [re.sub("（[^）]*）$", "", one) for one in words.split("，及")]


def looked_at(book: Rulebook) -> Iterator[tuple[Fact, list[str]]]:
    """Give each fact that a criterion looks at itself, not in a scorecard, and the papers that it asks for."""
    for criterion in book.criteria:
        asked = [name for one in criterion.words.evidence for name in names(one.zh)]
        checks = [one for one in walk(criterion.gate) if isinstance(one, Check)]
        facts = [
            side for one in checks for side in (one.fact, *([one.right.fact] if isinstance(one.right, FactOf) else []))
        ]
        for fact in dict.fromkeys(part for side in facts for part in book.vocabulary.stated_behind(side)):
            if asked and fact.evidence:
                yield fact, asked


def test_a_fact_names_a_paper_as_criteria_do() -> None:
    """What a form says of where a figure is found is a paper of the list, or of no criterion at all."""
    catalog = shipped()
    papers = catalog.documents.papers
    known = {name for paper in papers for name in (paper.title.zh, *(one.name for one in paper.names))}
    asked_for: dict[Fact, set[str]] = {}
    for book in map(catalog.rulebook, catalog.ids):
        for fact, asked in looked_at(book):
            asked_for.setdefault(fact, set()).update(asked)
    strange = {
        fact.id: (name, sorted(asked))
        for fact, asked in asked_for.items()
        for name in names(fact.evidence.zh if fact.evidence else "")
        if name not in known and not any(name in one or one in name for one in (*asked, "审计报告"))  # of which year
    }
    assert strange.keys() == OWN_WORDS, strange
