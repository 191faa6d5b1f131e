"""What a firm has to hand in, item by item: what to correct or check, figures to state and how, papers with a box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from engine.evidence_list import Document, EvidenceList, Prepared
from engine.explaining.blank_form import accepts
from engine.explaining.verdict import Firm
from engine.explaining.wording import REJECTED, asked_title
from engine.ground.errors import Language, Text, in_quotes, told_apart
from engine.ground.outcome import Reason
from engine.language.facts import Vocabulary

if TYPE_CHECKING:  # which reads lists; a page of one firm does not
    from engine.screening.evidence_of_list import FirmEvidence

TITLE = Text("申报材料清单", "Documents to prepare")
SIGNED = Text(
    "企业（盖章）：____________　经办人：____________　日期：______年____月____日",
    "Firm (seal): ____________   Filled in by: ____________   Date: ____________",
)
BASIS, VERDICT = Text("依据", "by"), Text("结论", "verdict")
CORRECT, CHECK = Text("请更正", "to correct"), Text("请核对", "to check")
MISSING, JUDGED, PAPER = Text("补充指标", "figure"), Text("待评审", "to be judged"), Text("材料", "document")
LOOKED_UP = Text("主管部门核对", "looked up")
_READY, _TO_PREPARE, _NO_PAPER = "☑", "☐", "–"
_IF_ANY = Text("如有", "if any")
_NOT_ASKED = Text("企业不填", "not for the firm to fill in")
_LOOKED_UP = Text("由主管部门核对，企业不必准备", "looked up by the authority, not to be prepared")
_OF_REVIEW = Text("复核（我们的读法）", "the review (our reading)")


@dataclass(frozen=True)
class Item:
    """A line: of which kind it is, what is handed in, what that is for or how it is answered, and its box."""

    kind: Text
    text: str
    beside: str
    box: str = ""


def items(firm: FirmEvidence, vocabulary: Vocabulary, lang: Language) -> Iterator[Item]:
    """Give whose page this is, by which text, the verdict; what is to correct; or to check, what is missing, papers."""
    name, found = name_of(firm.firm), firm.evidence
    line = found.rulebook.line(lang, found.as_of) if found else REJECTED.in_language(lang)
    yield Item(
        BASIS,
        {"zh": "：", "en": ": "}[lang].join(filter(None, (name, line))),
        found.summary.in_language(lang) if found else "",
    )
    if found is not None:
        yield Item(VERDICT, found.conclusion.in_language(lang), "")
    for one in firm.problems:
        column, value = one.where.rpartition(f":{firm.line}:")[2], in_quotes(one.value) if one.value else ""
        says = " ".join(filter(None, (column, value, one.what.in_language(lang))))
        yield Item(CORRECT, says, one.instead.in_language(lang) if one.instead else "")
    if found is None:
        return
    for asked in figures(found, vocabulary, lang):
        whose = _NOT_ASKED.in_language(lang) if asked.kind is JUDGED else ""
        yield replace(asked, beside=_STOP[lang].join(filter(None, [whose, asked.beside])))
    titles = {one.id: one.title for one in found.criteria}
    for paper in sorted(found.prepare, key=lambda one: (one.looked_up, one.if_any)):
        kind = LOOKED_UP if paper.looked_up else PAPER
        yield Item(kind, told(paper, lang), used_for(paper, titles, lang), boxed(paper))


def figures(found: EvidenceList, vocabulary: Vocabulary, lang: Language) -> Iterator[Item]:
    """Give what to check, and each fact that is missing: where it stands, what may be written, what else is enough."""
    for note in found.notes:
        yield Item(CHECK, note.in_language(lang), "")
    for fact in sorted(found.missing, key=lambda one: one.reason is Reason.NEEDS_REVIEW):
        beside = [] if fact.evidence is None else [Text(f"见{fact.evidence.zh}", f"see {fact.evidence.en}")]
        kind = JUDGED if fact.reason is Reason.NEEDS_REVIEW else MISSING
        if kind is MISSING:
            asked = vocabulary[fact.fact]
            offered = found.offered.get(fact.fact)
            says = accepts(asked, date.fromisoformat(found.as_of), lang, offered).replace("\n", _STOP[lang])
            zh, en = (f"（单位：{asked.unit.zh}）", f" (in {asked.unit.en})") if asked.unit.zh else ("", "")
            beside.append(Text(f"填{zh}：{says}", f"write{en}: {says}"))
        for several in (one for one in found.one_of if fact.fact in one):
            others = told_apart(one.title for one in found.missing if one.fact in several and one is not fact)
            enough = Text(f"同{others.zh}有一项达到要求即可", f"one that meets it is enough: this, or {others.en}")
            beside.append(enough)
        title = asked_title(fact.question, if_any=fact.if_any)
        yield Item(kind, title.in_language(lang), _STOP[lang].join(one.in_language(lang) for one in beside))


_STOP: Mapping[Language, str] = {"zh": "；", "en": "; "}


def name_of(firm: Firm) -> str:
    """Give the name and the code of a firm, of which it may state neither."""
    return " ".join(part for part in (firm.firm_name, firm.firm_id) if part)


def boxed(paper: Document | Prepared) -> str:
    """Give the box of a paper: ticked if it is ready."""
    return _READY if paper.ready else _NO_PAPER if paper.looked_up else _TO_PREPARE


def told(paper: Document | Prepared, lang: Language) -> str:
    """Give the name of a paper, and whether it is asked of every firm."""
    title, note = paper.title, _LOOKED_UP if paper.looked_up else _IF_ANY if paper.if_any else None
    if note is None or note.zh in title.zh:
        return title.in_language(lang)
    return Text(f"{title.zh}（{note.zh}）", f"{title.en} ({note.en})").in_language(lang)


def used_for(paper: Prepared, titles: Mapping[str, Text], lang: Language) -> str:
    """Name what asks for a paper."""
    asking = [*(titles[one] for one in paper.criteria), *([_OF_REVIEW] if paper.for_review else [])]
    return told_apart(asking).in_language(lang)
