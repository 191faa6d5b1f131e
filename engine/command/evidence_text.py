"""The documents to prepare, on the terminal: a box to tick for each, ticked where the profile declares it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import console, wrapped, write
from engine.evidence_list import CriterionEvidence, EvidenceList, FactEvidence, Prepared
from engine.explaining.wording import marked
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL

_READY, _TO_PREPARE = "☑", "☐"


def print_evidence(found: EvidenceList, lang: Language, form: str) -> None:
    """Print the list of documents by criterion, or as JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()
    book = found.rulebook
    name = " ".join(part for part in (found.firm.firm_name, found.firm.firm_id) if part)
    screen.print(Styled(name, "bold"), end="\n" if name else "")
    screen.print(Styled(wrapped(book.line(lang, found.as_of), screen.width), "dim"))
    if book.id == DEFAULT_RULEBOOK:
        screen.print(Styled(wrapped(PROPOSAL.in_language(lang), screen.width), "dim"))
    screen.print(wrapped(found.summary.in_language(lang), screen.width))
    titles = {one.id: one.title for one in found.criteria}
    print_papers(screen, found.prepare, titles, lang)
    screen.print(Styled({"zh": "\n逐项", "en": "\nBy criterion"}[lang], "bold underline"))
    print_documents(screen, found.criteria, lang)
    screen.print(Styled(f"\n{wrapped(found.notice.in_language(lang), screen.width)}", "dim"))


def print_papers(screen: Console, papers: Iterable[Prepared], titles: Mapping[str, Text], lang: Language) -> None:
    """Print each paper once with a box to tick, and under it the criteria that ask for it."""
    between, head = {"zh": ("、", "用于："), "en": (", ", "for: ")}[lang]
    for paper in papers:
        mark = Styled(_READY if paper.ready else _TO_PREPARE, "green" if paper.ready else "yellow")
        title = wrapped(paper.title.in_language(lang), screen.width - 6).replace("\n", "\n  ")
        screen.print(mark + Styled(f" {title}", "bold"))
        named = between.join(titles[one].in_language(lang) for one in paper.criteria)
        says = wrapped(f"{head}{named}", screen.width - 6).replace("\n", "\n  ")
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
            mark = Styled(_READY if document.ready else _TO_PREPARE, "green" if document.ready else "yellow")
            title = wrapped(document.title.in_language(lang), screen.width - 6).replace("\n", "\n    ")
            screen.print(Styled("  ") + mark + Styled(f" {title}"))
        for fact in declared:
            says = wrapped(_declared(fact, lang), screen.width - 6).replace("\n", "\n    ")
            screen.print(Styled(f"    {says}", "dim"))


def _declared(fact: FactEvidence, lang: Language) -> str:
    """Say which document is declared behind a fact, and its page, period and state."""
    paper = fact.declared
    stated = [paper.source, paper.url, paper.period, paper.page, paper.status] if paper else []
    says = " · ".join(part for part in stated if part)
    return f"{fact.title.in_language(lang)}: {says}" if lang == "en" else f"{fact.title.zh}：{says}"
