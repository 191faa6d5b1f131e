"""What a firm has to hand in as a page of its own, a workbook; of all firms of a list, as an archive of these."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from engine.explaining.wording import NOTICE
from engine.ground.errors import Language, Text
from engine.language.facts import Vocabulary
from engine.outputs.worksheet import NO_TIME, Table, looks_of, workbook
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.screening.evidence_items import SIGNED, TITLE, items, name_of
from engine.screening.evidence_of_list import FirmEvidence, ListEvidence

_NAME = Text("材料", "Documents")
COLUMNS = {
    "kind": Text("类别", "Kind"),
    "paper": Text("要交的材料、要补的数", "Document or figure"),
    "used_for": Text("用于哪项条件、见哪份材料、应如何填写", "For which criterion, where to find it, what to write"),
    "ready": Text("备好", "Ready"),
}
_IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST_NAME = 60


def page_bytes(firm: FirmEvidence, vocabulary: Vocabulary, lang: Language) -> bytes:
    """Give the page of one firm as a workbook."""
    kept = io.BytesIO()
    with workbook(kept, in_memory=True) as book:
        basis, *lines = items(firm, vocabulary, lang)
        above = [TITLE.in_language(lang), *filter(None, (basis.text, basis.beside))]
        if firm.evidence and firm.evidence.rulebook.id == DEFAULT_RULEBOOK:
            above.insert(2, PROPOSAL.in_language(lang))
        heads = [head.in_language(lang) for head in COLUMNS.values()]
        table = Table(book.add_worksheet(_NAME.in_language(lang)), heads, [*COLUMNS], looks_of(book, lang), above=above)
        for one in lines:
            table.add([one.kind.in_language(lang), one.text, one.beside, one.box])
        table.finish(lang, [SIGNED.in_language(lang), NOTICE.in_language(lang)], top=name_of(firm.firm))
    return kept.getvalue()


def write_archive(path: Path, found: ListEvidence, lang: Language) -> None:
    """Write a .zip with the page of each firm, named by its line and its name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for firm in found.firms:
            name = _IN_NO_NAME.sub("_", firm.firm.firm_name or firm.firm.firm_id or "")[:_LONGEST_NAME].strip(" .")
            info = zipfile.ZipInfo(f"{firm.line} {name}".strip() + ".xlsx", NO_TIME.timetuple()[:6])
            archive.writestr(info, page_bytes(firm, found.vocabulary, lang), zipfile.ZIP_DEFLATED)
