"""What a firm has to hand in, on the terminal: figures to state, and papers with a box, ticked where declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import console, wrapped, write
from engine.evidence_list import CriterionEvidence, Document, EvidenceList, FactEvidence, Prepared
from engine.explaining.wording import marked
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.language.facts import Vocabulary
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.screening.evidence_items import (
    CHECK,
    JUDGED,
    MISSING,
    SIGNED,
    boxed,
    figures,
    name_of,
    told,
    used_for,
)

_HEADINGS = {
    CHECK: Text("请核对", "To check"),
    MISSING: Text("要补的指标", "Figures to state"),
    JUDGED: Text("待评审，企业不填", "For reviewers to judge, not for the firm"),
}


def print_evidence(found: EvidenceList, vocabulary: Vocabulary, lang: Language, form: str) -> None:
    """Print what to check and to state, and the documents by criterion, or as JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()
    book = found.rulebook
    name = name_of(found.firm)
    screen.print(Styled(name, "bold"), end="\n" if name else "")
    screen.print(Styled(wrapped(book.line(lang, found.as_of), screen.width), "dim"))
    if book.id == DEFAULT_RULEBOOK:
        screen.print(Styled(wrapped(PROPOSAL.in_language(lang), screen.width), "dim"))
    for line in (found.conclusion, found.summary):
        screen.print(wrapped(line.in_language(lang), screen.width))
    for kind, several in groupby(figures(found, vocabulary, lang), key=lambda one: one.kind):
        screen.print(Styled(f"\n{_HEADINGS[kind].in_language(lang)}", "bold underline"))
        for one in several:
            screen.print(wrapped(one.text, screen.width))
            if one.beside:
                says = wrapped(one.beside, screen.width - 4).replace("\n", "\n    ")
                screen.print(Styled(f"    {says}", "dim"))
    screen.print(Styled({"zh": "\n材料", "en": "\nDocuments"}[lang], "bold underline"))
    titles = {one.id: one.title for one in found.criteria}
    print_papers(screen, found.prepare, titles, lang)
    screen.print(Styled({"zh": "\n逐项", "en": "\nBy criterion"}[lang], "bold underline"))
    print_documents(screen, found.criteria, lang)
    screen.print(f"\n{wrapped(SIGNED.in_language(lang), screen.width)}")
    screen.print(Styled(f"\n{wrapped(found.notice.in_language(lang), screen.width)}", "dim"))


def print_papers(screen: Console, papers: Iterable[Prepared], titles: Mapping[str, Text], lang: Language) -> None:
    """Print each paper once with a box to tick, and under it the criteria that ask for it."""
    head = {"zh": "用于：", "en": "for: "}[lang]
    for paper in sorted(papers, key=lambda one: (one.looked_up, one.if_any)):
        mark = _mark(paper)
        title = wrapped(told(paper, lang), screen.width - 6).replace("\n", "\n  ")
        screen.print(mark + Styled(f" {title}", "bold"))
        says = wrapped(f"{head}{used_for(paper, titles, lang)}", screen.width - 6).replace("\n", "\n  ")
        screen.print(Styled(f"  {says}", "dim"))


def print_documents(screen: Console, criteria: Iterable[CriterionEvidence], lang: Language) -> None:
    """Print the documents of each criterion that asks for any, and what is declared behind its figures."""
    for criterion in criteria:
        declared = [fact for fact in criterion.facts if fact.declared]
        if not (criterion.documents or declared):
            continue
        title = marked(criterion.title, decides=criterion.decides).in_language(lang)
        screen.print(Styled(wrapped(title, screen.width), "bold"))
        for document in criterion.documents:
            mark = _mark(document)
            title = wrapped(told(document, lang), screen.width - 6).replace("\n", "\n    ")
            screen.print(Styled("  ") + mark + Styled(f" {title}"))
        for fact in declared:
            says = wrapped(_declared(fact, lang), screen.width - 6).replace("\n", "\n    ")
            screen.print(Styled(f"    {says}", "dim"))


def _mark(paper: Document | Prepared) -> Styled:
    return Styled(boxed(paper), "green" if paper.ready else "dim" if paper.looked_up else "yellow")


def _declared(fact: FactEvidence, lang: Language) -> str:
    """Say which document is declared behind a fact, and its page, period and state."""
    paper = fact.declared
    stated = [paper.source, paper.url, paper.period, paper.page, paper.status] if paper else []
    says = " · ".join(part for part in stated if part)
    return f"{fact.title.in_language(lang)}: {says}" if lang == "en" else f"{fact.title.zh}：{says}"
