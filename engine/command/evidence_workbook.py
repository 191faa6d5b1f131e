"""The documents to prepare as a workbook: one a row with a box to tick, and what asks for it."""

from __future__ import annotations

import io

import xlsxwriter

from engine.command.evidence_text import SIGNED, TITLE, boxed, name_of, told, used_for
from engine.evidence_list import EvidenceList
from engine.ground.errors import Language, Text
from engine.outputs.worksheet import NO_TIME, Table, looks_of
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL

_NAME = Text("材料", "Documents")
_COLUMNS = {
    "ready": Text("备好", "Ready"),
    "paper": Text("材料", "Document"),
    "used_for": Text("用于哪项条件", "For"),
}


def evidence_bytes(found: EvidenceList, lang: Language) -> bytes:
    """Give the list of documents as a workbook."""
    kept = io.BytesIO()
    titles = {one.id: one.title for one in found.criteria}
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"created": NO_TIME})
        sheet = book.add_worksheet(_NAME.in_language(lang))
        heads = [head.in_language(lang) for head in _COLUMNS.values()]
        line, name = found.rulebook.line(lang, found.as_of), name_of(found.firm)
        title = TITLE.in_language(lang) + ({"zh": "：", "en": ": "}[lang] + name if name else "")
        proposal = [PROPOSAL.in_language(lang)] if found.rulebook.id == DEFAULT_RULEBOOK else []
        above = [title, line, *proposal, found.summary.in_language(lang)]
        table = Table(sheet, heads, list(_COLUMNS), looks_of(book, lang), above=above)
        for paper in sorted(found.prepare, key=lambda one: (one.looked_up, one.if_any)):
            table.add([boxed(paper), told(paper, lang), used_for(paper, titles, lang)])
        table.finish(lang, [SIGNED.in_language(lang), found.notice.in_language(lang)])
    return kept.getvalue()
