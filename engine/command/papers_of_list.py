"""What each firm of a list has to hand in, as a workbook or CSV: a row a firm and paper, and by paper which firms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from engine.command.evidence_text import SIGNED, TITLE, told, used_for
from engine.evidence_list import OURS
from engine.explaining.wording import NOTICE, REJECTED, STANDINGS, asked_title
from engine.ground.errors import Language, Text, first_of, in_quotes
from engine.ground.outcome import Reason
from engine.judging.problem_rows import FIELDS
from engine.outputs.table_output import write_lines
from engine.outputs.worksheet import NO_TIME, Table, looks_of
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.screening.evidence_of_list import FirmEvidence, ListEvidence

_SHEETS = (Text("各企业", "By firm"), Text("按材料", "By document"))
_CORRECT, _CHECK = Text("请更正", "to correct"), Text("请核对", "to check")
_MISSING, _JUDGED, _PAPER = Text("补充指标", "figure"), Text("待评审", "to be judged"), Text("材料", "document")
_KIND, _ITEM = Text("类别", "Kind"), Text("要交的材料、要补的数", "Document or figure")
_WHOSE = ("line", "firm_id", "firm_name")
_HEADS = {
    "verdict": Text("结论", "Verdict"),
    "kind": _KIND,
    "paper": _ITEM,
    "used_for": Text("用于哪项条件、见哪份材料、应如何填写", "For which criterion, where to find it, what to write"),
    "ready": Text("备好", "Ready"),
}
_BY_PAPER = {
    "kind": _KIND,
    "paper": _ITEM,
    "count": Text("家数", "Firms"),
    "why": Text("哪些企业", "Which firms"),
}
_NAMED = 30


@dataclass(frozen=True)
class _Item:
    kind: Text
    text: str
    beside: str
    box: str = ""


def write_list(path: Path, found: ListEvidence, lang: Language, name: str, *, carry: bool) -> None:
    """Write what the firms of the list `name` have to hand in: CSV or a workbook, with `carry` whom to call."""
    headers = found.headers if carry else ()
    whose = [FIELDS[one].in_language(lang) for one in _WHOSE]
    heads = [*whose, *headers, *(head.in_language(lang) for head in _HEADS.values())]
    rows = ([*_whose(firm, carry=carry), *row] for firm in found.firms for row in _rows(firm, lang))
    if Path(name).suffix == ".csv":
        write_lines(path, heads, ([str(cell) for cell in row] for row in rows), raw=False)
        return
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, {**options, "strings_to_urls": False}) as book:
        book.set_properties({"created": NO_TIME})
        looks = looks_of(book, lang)
        first, second = (book.add_worksheet(title.in_language(lang)) for title in _SHEETS)
        ids, beside = [*_WHOSE, *["beside"] * len(headers), *_HEADS], range(len(_WHOSE), len(_WHOSE) + len(headers))
        table = Table(first, heads, ids, looks, beside, unread=len(headers), above=_above(found, lang))
        for row in rows:
            table.add(row)
        table.finish(lang, [SIGNED.in_language(lang), NOTICE.in_language(lang)])
        table = Table(second, [head.in_language(lang) for head in _BY_PAPER.values()], [*_BY_PAPER], looks)
        for row in _by_paper(found, lang):
            table.add(row)
        table.finish(lang)


def _above(found: ListEvidence, lang: Language) -> list[str]:
    """Say what list this is, by which texts, and how many firms it has."""
    books = {one.evidence.rulebook.id: one.evidence for one in found.firms if one.evidence}
    told = [one.rulebook.line(lang, one.as_of) for one in books.values()]
    rejected = sum(one.evidence is None for one in found.firms)
    count = len(found.firms)
    counted = Text(
        f"名单共 {count} 家企业，{count - rejected} 家列出材料和要补的数，{rejected} 家未比对、先请更正；{OURS.zh}。",
        f"{count} firms: documents and figures of {count - rejected}, {rejected} to be corrected first; {OURS.en}.",
    )
    proposal = [PROPOSAL.in_language(lang)] if DEFAULT_RULEBOOK in books else []
    return [TITLE.in_language(lang), *told, *proposal, counted.in_language(lang)]


def _whose(firm: FirmEvidence, *, carry: bool) -> list[str | int]:
    return [firm.line, firm.firm.firm_id or "", firm.firm.firm_name or "", *(firm.beside if carry else ())]


def _rows(firm: FirmEvidence, lang: Language) -> Iterator[list[str | int]]:
    verdict = STANDINGS[firm.verdict] if firm.verdict else REJECTED
    for item in _items(firm, lang):
        yield [verdict.in_language(lang), item.kind.in_language(lang), item.text, item.beside, item.box]


def _items(firm: FirmEvidence, lang: Language) -> Iterator[_Item]:
    """Give what is to be corrected or checked, then what is missing, then the papers."""
    for one in firm.problems:
        column, value = one.where.rpartition(f":{firm.line}:")[2], in_quotes(one.value) if one.value else ""
        says = " ".join(filter(None, (column, value, one.what.in_language(lang))))
        yield _Item(_CORRECT, says, one.instead.in_language(lang) if one.instead else "")
    for note in firm.notes:
        yield _Item(_CHECK, note.in_language(lang), "")
    for fact in sorted(firm.missing, key=lambda one: one.reason is Reason.NEEDS_REVIEW):
        kind = _JUDGED if fact.reason is Reason.NEEDS_REVIEW else _MISSING
        where = fact.evidence.in_language(lang) if fact.evidence else ""
        for several in (one for one in firm.one_of if fact.fact in one):
            others = [one.title for one in firm.missing if one.fact in several and one is not fact]
            zh, en = "、".join(one.zh for one in others), ", ".join(one.en for one in others)
            enough = Text(f"同{zh}有一项达到要求即可", f"one that meets it is enough: this, or {en}").in_language(lang)
            where = {"zh": "；", "en": "; "}[lang].join(filter(None, (where, enough)))
        yield _Item(kind, asked_title(fact.question, if_any=fact.if_any).in_language(lang), where)
    if firm.evidence is None:
        return
    titles = {one.id: one.title for one in firm.evidence.criteria}
    for paper in sorted(firm.evidence.prepare, key=lambda one: one.if_any):
        if not paper.looked_up:
            yield _Item(_PAPER, told(paper, lang), used_for(paper, titles, lang), "☐")


def _by_paper(found: ListEvidence, lang: Language) -> Iterator[list[str | int]]:
    """Give each paper and each missing figure with the firms that are asked for it, those first that most are."""
    asked: dict[tuple[Text, str], list[str]] = {}
    for firm in found.firms:
        name = firm.firm.firm_name or firm.firm.firm_id or ""
        named = Text(f"{name}（第 {firm.line} 行）", f"{name} (line {firm.line})").in_language(lang)
        for item in _items(firm, lang):
            if item.kind in {_PAPER, _MISSING, _JUDGED}:
                asked.setdefault((item.kind, item.text), []).append(named)
    judged = sum(one.evidence is not None for one in found.firms)
    order = [_PAPER, _MISSING, _JUDGED]
    for (kind, text), firms in sorted(asked.items(), key=lambda one: (order.index(one[0][0]), -len(one[1]))):
        names = {"zh": "、", "en": "; "}[lang].join(first_of(firms, _NAMED))
        if len(firms) == judged:
            names = Text(f"已比对的 {judged} 家都要", f"all {judged} that are judged").in_language(lang)
        elif len(first_of(firms, _NAMED)) < len(firms):
            names += Text(
                f"……共 {len(firms)} 家，见“{_SHEETS[0].zh}”", f" … {len(firms)} in all: see “{_SHEETS[0].en}”"
            ).in_language(lang)
        yield [kind.in_language(lang), text, len(firms), names]
