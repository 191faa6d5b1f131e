"""The documents to prepare, on the terminal: a box to tick for each, ticked where the profile declares it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import console, wrapped, write
from engine.evidence_list import CriterionEvidence, Document, EvidenceList, FactEvidence, Prepared
from engine.explaining.verdict import Firm
from engine.explaining.wording import marked
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL

_READY, _TO_PREPARE, _NO_PAPER = "☑", "☐", "–"
IF_ANY = Text("如有", "if any")
LOOKED_UP = Text("由主管部门核对，企业不必准备", "looked up by the authority, not to be prepared")
_OF_REVIEW = Text("复核（我们的读法）", "the review (our reading)")
TITLE = Text("申报材料清单", "Documents to prepare")
SIGNED = Text(
    "企业（盖章）：____________　经办人：____________　日期：______年____月____日",
    "Firm (seal): ____________   Filled in by: ____________   Date: ____________",
)


def name_of(firm: Firm) -> str:
    """Give the name and the code of a firm, of which it may state neither."""
    return " ".join(part for part in (firm.firm_name, firm.firm_id) if part)


def print_evidence(found: EvidenceList, lang: Language, form: str) -> None:
    """Print the list of documents by criterion, or as JSON."""
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
    screen.print(wrapped(found.summary.in_language(lang), screen.width))
    titles = {one.id: one.title for one in found.criteria}
    print_papers(screen, found.prepare, titles, lang)
    screen.print(Styled({"zh": "\n逐项", "en": "\nBy criterion"}[lang], "bold underline"))
    print_documents(screen, found.criteria, lang)
    screen.print(wrapped(f"\n{SIGNED.in_language(lang)}", screen.width))
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


def boxed(paper: Document | Prepared) -> str:
    """Give the box of a paper: ticked if it is ready."""
    return _READY if paper.ready else _NO_PAPER if paper.looked_up else _TO_PREPARE


def _mark(paper: Document | Prepared) -> Styled:
    return Styled(boxed(paper), "green" if paper.ready else "dim" if paper.looked_up else "yellow")


def told(paper: Document | Prepared, lang: Language) -> str:
    """Give the name of a paper, and whether it is asked of every firm."""
    title, note = paper.title, LOOKED_UP if paper.looked_up else IF_ANY if paper.if_any else None
    if note is None or note.zh in title.zh:
        return title.in_language(lang)
    return Text(f"{title.zh}（{note.zh}）", f"{title.en} ({note.en})").in_language(lang)


def used_for(paper: Prepared, titles: Mapping[str, Text], lang: Language) -> str:
    """Name what asks for a paper."""
    asking = [*(titles[one] for one in paper.criteria), *([_OF_REVIEW] if paper.for_review else [])]
    return {"zh": "、", "en": ", "}[lang].join(one.in_language(lang) for one in asking)


def _declared(fact: FactEvidence, lang: Language) -> str:
    """Say which document is declared behind a fact, and its page, period and state."""
    paper = fact.declared
    stated = [paper.source, paper.url, paper.period, paper.page, paper.status] if paper else []
    says = " · ".join(part for part in stated if part)
    return f"{fact.title.in_language(lang)}: {says}" if lang == "en" else f"{fact.title.zh}：{says}"
