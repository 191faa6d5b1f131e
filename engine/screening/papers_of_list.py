"""What each firm of a list has to hand in, as a workbook or CSV: a row a firm and paper, and by paper which firms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.evidence_list import OURS
from engine.explaining.wording import NOTICE, REJECTED, STANDINGS
from engine.ground.errors import Language, Text, first_of
from engine.judging.problem_rows import FIELDS
from engine.outputs.table_output import write_lines
from engine.outputs.worksheet import Table, looks_of, workbook
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.screening.evidence_items import JUDGED, MISSING, PAPER, SIGNED, TITLE, Item, items
from engine.screening.evidence_of_list import FirmEvidence, ListEvidence
from engine.screening.evidence_workbook import COLUMNS, write_archive

_SHEETS = (Text("各企业", "By firm"), Text("按材料", "By document"))
_FIRST = ("line", "firm_id")
_VERDICT = Text("结论", "Verdict")
_BY_PAPER = {
    "kind": COLUMNS["kind"],
    "paper": COLUMNS["paper"],
    "count": Text("家数", "Firms"),
    "why": Text("哪些企业", "Which firms"),
}
_NAMED = 30
FORMS = ("xlsx", "csv", "zip")


def write_papers(
    path: Path | str, found: ListEvidence, lang: Language = "zh", form: str | None = None, *, carry: bool = False
) -> None:
    """Write what the firms of a list have to hand in, with `carry` whom to call.

    `form` is xlsx, csv, or zip with a page of its own for each firm; default as the name of the file says. In the
    workbook each firm begins on a page of its own, and its name stands in every row. Raises ValueError for another
    form.
    """
    path = Path(path)
    form = form or path.suffix[1:].lower()
    if form not in FORMS:
        raise ValueError(form)
    if form == "zip":
        write_archive(path, found, lang)
        return
    headers = found.headers if carry else ()
    first = [FIELDS[one].in_language(lang) for one in _FIRST]
    heads = [*first, *headers, *(head.in_language(lang) for head in (_VERDICT, FIELDS["firm_name"], *COLUMNS.values()))]
    told = [(firm, [*items(firm, found.vocabulary, lang)]) for firm in found.firms]
    rows = ([[*_whose(firm, lang, carry=carry), *row] for row in _rows(several, lang)] for firm, several in told)
    if form == "csv":
        write_lines(path, heads, ([str(cell) for cell in row] for of_firm in rows for row in of_firm), raw=False)
        return
    with workbook(path, constant_memory=True, tmpdir=str(path.parent)) as book:
        looks = looks_of(book, lang)
        first, second = (book.add_worksheet(title.in_language(lang)) for title in _SHEETS)
        ids = [*_FIRST, *["beside"] * len(headers), "verdict", "printed_name", *COLUMNS]
        beside = range(len(_FIRST), len(_FIRST) + len(headers))
        above, of_list = _above(found, lang)
        shown = ids.index("printed_name")
        table = Table(first, heads, ids, looks, beside, unread=len(headers), above=above, printed_from=shown)
        for of_firm in rows:
            table.begin_page()
            for row in of_firm:
                table.add(row)
        table.finish(lang, foot=SIGNED.in_language(lang))
        heads = [head.in_language(lang) for head in _BY_PAPER.values()]
        table = Table(second, heads, [*_BY_PAPER], looks, above=[*above[:1], *of_list])
        for row in _by_paper(told, lang):
            table.add(row)
        table.finish(lang)


def _above(found: ListEvidence, lang: Language) -> tuple[list[str], list[str]]:
    """Give what stands above each firm, and what is said of the whole list: by which texts, and how many firms."""
    books = {one.evidence.rulebook.id: one.evidence for one in found.firms if one.evidence}
    told = [one.rulebook.line(lang, one.as_of) for one in books.values()]
    rejected = sum(one.evidence is None for one in found.firms)
    count = len(found.firms)
    counted = Text(
        f"名单共 {count} 家企业，{count - rejected} 家列出材料和要补的数"
        f"{f'，{rejected} 家未比对、先请更正' if rejected else ''}；{OURS.zh}。",
        f"{count} firms: documents and figures of {count - rejected}"
        f"{f', {rejected} to be corrected first' if rejected else ''}; {OURS.en}.",
    )
    proposal = [PROPOSAL.in_language(lang)] if DEFAULT_RULEBOOK in books else []
    return [TITLE.in_language(lang), *proposal, NOTICE.in_language(lang)], [*told, counted.in_language(lang)]


def _whose(firm: FirmEvidence, lang: Language, *, carry: bool) -> list[str | int]:
    verdict = STANDINGS[firm.evidence.verdict] if firm.evidence else REJECTED
    beside = firm.beside if carry else ()
    return [firm.line, firm.firm.firm_id or "", *beside, verdict.in_language(lang), firm.firm.firm_name or ""]


def _rows(several: Sequence[Item], lang: Language) -> Iterator[list[str]]:
    yield from ([item.kind.in_language(lang), item.text, item.beside, item.box] for item in several)


def _by_paper(told: Sequence[tuple[FirmEvidence, Sequence[Item]]], lang: Language) -> Iterator[list[str | int]]:
    """Give each paper and each missing figure with the firms that are asked for it, those first that most are."""
    asked: dict[tuple[Text, str], list[str]] = {}
    for firm, several in told:
        name = firm.firm.firm_name or firm.firm.firm_id or ""
        named = Text(f"{name}（第 {firm.line} 行）", f"{name} (line {firm.line})").in_language(lang)
        for item in several:
            if item.kind in {PAPER, MISSING, JUDGED}:
                asked.setdefault((item.kind, item.text), []).append(named)
    judged = sum(firm.evidence is not None for firm, _ in told)
    order = [PAPER, MISSING, JUDGED]
    for (kind, text), firms in sorted(asked.items(), key=lambda one: (order.index(one[0][0]), -len(one[1]))):
        names = {"zh": "、", "en": "; "}[lang].join(first_of(firms, _NAMED))
        if len(firms) == judged:
            names = Text(f"已比对的 {judged} 家都要", f"all {judged} that are judged").in_language(lang)
        elif len(first_of(firms, _NAMED)) < len(firms):
            names += Text(
                f"……共 {len(firms)} 家，见“{_SHEETS[0].zh}”", f" … {len(firms)} in all: see “{_SHEETS[0].en}”"
            ).in_language(lang)
        yield [kind.in_language(lang), text, len(firms), names]
