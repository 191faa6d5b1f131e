"""The cases that are missing, written to the case file of a rulebook, each firm once."""

from __future__ import annotations

from pathlib import Path

from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.ground.outcome import Outcome
from engine.ground.values import Known
from engine.proving.case_file import is_open, name_of
from engine.proving.coverage import coverage
from engine.proving.edges import Firm
from engine.proving.kit import Kit
from engine.proving.mutants import survivors
from engine.proving.shown import NOT_APPLICABLE, OUTCOMES, Part, parts_of
from engine.proving.skeletons import differing, new_file, skeleton, stated, with_lines
from engine.rulebooks.catalog import Catalog

_WITH_A_REASON = {OUTCOMES[Outcome.UNDETERMINED], NOT_APPLICABLE}
_Facts = frozenset[tuple[str, Known]]


def write_missing(catalog: Catalog, rulebook_id: str, *, with_mutants: bool = False) -> tuple[Path, int]:
    """Write a skeleton of each case that is missing to the case file of a rulebook; give the file, and how many."""
    kit = Kit(catalog, rulebook_id)
    lacking = kit.lacking(coverage(catalog, kit.rulebook, kit.cases))
    parts = {part.id: part for part in parts_of(kit.rulebook)}
    wanted = [(need.of, firm, need.what) for need, firm in lacking.items() if firm is not None]
    if with_mutants and kit.cases:
        changed = survivors(catalog, kit.rulebook, kit.cases, kit.base)[0]
        wanted += [(one.mutant.part.id, one.firm, one.mutant.change) for one in changed]
    firms: dict[tuple[str, _Facts], tuple[Firm, list[Text]]] = {}
    written = _to_be_filled_in(kit)
    for of, firm, what in wanted:
        if (key := (of, frozenset(firm.items()))) not in written:
            firms.setdefault(key, (firm, []))[1].append(what)
    file = catalog.folder / "cases" / f"{rulebook_id}.yaml"
    text = (
        file.read_text(encoding="utf-8")
        if kit.cases
        else new_file(kit.rulebook, stated(kit.rulebook.vocabulary, kit.base), kit.as_of)
    )
    lines: dict[str, list[str]] = {"cases": [], "points": []}
    for (of, _), (firm, titles) in firms.items():
        given = differing(kit.rulebook.vocabulary, kit.base, firm)
        where = "cases" if any(one.words.id == of for one in kit.rulebook.criteria) else "points"
        lines[where].append(skeleton(parts[of], titles, given, has_reason=_has_reason(kit, parts[of], firm)))
    for name, several in lines.items():
        text = with_lines(text, name, several)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file, len(firms)


def _to_be_filled_in(kit: Kit) -> set[tuple[str, _Facts]]:
    """Give the firms of the cases that await what is right, each with the part that it is of."""
    named = zip(kit.cases.named(), kit.firms(), strict=True) if kit.cases else ()
    return {(name_of(case), frozenset(firm.items())) for (case, _), firm in named if is_open(case)}


def _has_reason(kit: Kit, part: Part, firm: Firm) -> bool:
    """Say whether a part is open of a firm, or does not apply: then its case says why."""
    figures = Figures(kit.rulebook.vocabulary, firm, kit.as_of)
    shown = part.shown(figures, part.outcomes(kit.rulebook, figures))
    return any(need.what in _WITH_A_REASON for need in shown)
