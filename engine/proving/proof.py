"""One rulebook proved: its cases, what holds by itself, what no case shows, which changes no case notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from engine.assessment import read_profile
from engine.ground.errors import Problem, RulebookError, Text
from engine.ground.outcome import Outcome
from engine.proving.by_itself import troubles
from engine.proving.case_file import Cases, Stated, cases_of, failed, title_of
from engine.proving.coverage import Coverage, coverage, mistaken
from engine.proving.edges import Firm
from engine.proving.firms import Move
from engine.proving.mutants import Survivor, survivors
from engine.proving.search import found_for, qualifying
from engine.proving.shown import OUTCOMES, Need, parts_of
from engine.proving.skeletons import differing, new_file, skeleton, stated, with_lines
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook

_FIRMS = 60
_MET = OUTCOMES[Outcome.MET], OUTCOMES[Outcome.NOT_MET]
_NEVER = Text("没有找到这样的企业，可能永远不会", "no such firm was found; it may never be")
_NONE_FOUND = Text("没有找到这样的企业，可能永远不会。", "No such firm was found; it may never be.")
_IS_IT_POSSIBLE = Text(
    "请检查规则；确实不可能的，写进案例的 impossible 并说明原因。",
    "Look at the rule; if it cannot be, write it under `impossible` of the cases, with the reason.",
)
_THE_BASE = Text("起点企业就是。", "The base is one.")
_NO_CASES = Text("没有案例文件", "has no cases")
_NO_CASE = Text("没有案例：", "no case is ")
_NOT_NOTICED = Text("规则改动后没有案例发现：", "no case notices the change: ")


class Kind(StrEnum):
    """What is wrong with a rulebook, or with its cases."""

    BROKEN = "broken"
    CASE = "case"
    BY_ITSELF = "by_itself"
    NEVER = "never"
    COVERAGE = "coverage"
    MUTANT = "mutant"


@dataclass(frozen=True)
class Trouble:
    """Something that does not hold, with the firm that shows it as it differs from the base, and the case."""

    kind: Kind
    problem: Problem
    profile: Stated
    case: str = ""


@dataclass(frozen=True)
class Proof:
    """What was tried of a rulebook, and what came of it."""

    rulebook: str
    cases: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    coverage: Coverage | None = None
    mutants: int | None = None
    remarks: tuple[Problem, ...] = ()


@dataclass
class _Kit:
    """A rulebook with its cases, and the firm that all others are made from."""

    catalog: Catalog
    rulebook: Rulebook
    cases: Cases | None
    as_of: date
    base: Firm
    borrowed: list[Move]  # in what the cases of rulebooks that it borrows differ from their base

    def __init__(self, catalog: Catalog, rulebook_id: str) -> None:
        self.catalog, self.rulebook = catalog, catalog.rulebook(rulebook_id)
        self.cases = cases_of(catalog, self.rulebook)
        if self.cases:
            self.as_of = self.cases.file.as_of
            self.base = read_profile(self.cases.file.base, catalog, self.as_of).values
        else:
            self.as_of = self.rulebook.words.in_force.from_
            self.base = qualifying(self.rulebook, self.as_of)
        names = sorted({check.borrowed.rulebook for check in self.rulebook.checks if check.borrowed})
        others = [cases for name in names if (cases := cases_of(catalog, catalog.rulebook(name)))]
        self.borrowed = [move for cases in others for move in self._moves(cases)]

    def given(self, firm: Firm) -> Stated:
        """Give in what a firm differs from the base; without cases all that it states."""
        vocabulary = self.rulebook.vocabulary
        return differing(vocabulary, self.base, firm) if self.cases else stated(vocabulary, firm)

    def firms(self) -> list[Firm]:
        """Give the firms of its cases."""
        return self._firms(self.cases) if self.cases else []

    def _firms(self, cases: Cases) -> list[Firm]:
        several = (cases.facts(case) for case, _ in cases.named())
        return [read_profile(one, self.catalog, cases.file.as_of).values for one in several]

    def _moves(self, cases: Cases) -> Iterator[Move]:
        base = read_profile(cases.file.base, self.catalog, cases.file.as_of).values
        for firm in self._firms(cases):
            yield {name: firm.get(name) for name in {**base, **firm} if base.get(name) != firm.get(name)}

    def lacking(self, found: Coverage) -> dict[Need, Firm | None]:
        """Give what no case shows, with a firm that would."""
        wanted: dict[Need, Firm | None] = dict.fromkeys(found.lacking)
        for part in parts_of(self.rulebook):
            own = [need for need in wanted if need.of == part.id]
            if own:
                more = self.borrowed if any(check.borrowed for check in part.checks) else ()
                wanted |= found_for(self.rulebook, part, own, self.base, self.as_of, more)
        return wanted


def proof(catalog: Catalog, rulebook_id: str, *, with_coverage: bool = False, with_mutants: bool = False) -> Proof:
    """Give what came of trying one rulebook; mistakes of form, in its cases too, are all that is told then.

    Raises InputError where there is no such rulebook.
    """
    try:
        kit = _Kit(catalog, rulebook_id)
    except RulebookError as error:
        return Proof(rulebook_id, (), tuple(Trouble(Kind.BROKEN, problem, {}) for problem in error.problems))
    rulebook, cases = kit.rulebook, kit.cases
    told: list[Trouble] = []
    if cases:
        told += [Trouble(Kind.CASE, *one) for one in failed(catalog, rulebook, cases)]
    found = coverage(catalog, rulebook, cases)
    told += [Trouble(Kind.CASE, problem, {}) for problem in mistaken(cases, found)] if cases else []
    for problem, firm in troubles(rulebook, kit.as_of, _FIRMS, kit.firms()):
        told.append(Trouble(Kind.BY_ITSELF, problem, stated(rulebook.vocabulary, firm)))
    lacking = kit.lacking(found)
    told += [Trouble(Kind.NEVER, _never(rulebook, need), {}) for need in _never_shown(lacking)]
    if with_coverage:
        told += [_uncovered(kit, need, firm) for need, firm in lacking.items() if need not in {*_never_shown(lacking)}]
    count = None
    if with_mutants and cases:
        changed, count = survivors(catalog, rulebook, cases, kit.base)
        told += [_unnoticed(kit, one) for one in changed]
    return Proof(
        rulebook_id,
        tuple(title_of(case) for case, _ in cases.named()) if cases else (),
        tuple(told),
        found if with_coverage else None,
        count,
        () if cases else (Problem(f"cases/{rulebook_id}.yaml", _NO_CASES),),
    )


def _never_shown(lacking: Mapping[Need, Firm | None]) -> list[Need]:
    """Give what no firm was found for and each rule should have: both outcomes, each band, each reading."""
    return [
        need for need, firm in lacking.items() if firm is None and (need.what in _MET or need.is_worth or need.reading)
    ]


def _never(rulebook: Rulebook, need: Need) -> Problem:
    return Problem(f"{rulebook.id}: {need.of}", _NEVER, _IS_IT_POSSIBLE, need.what.en)


def _uncovered(kit: _Kit, need: Need, firm: Firm | None) -> Trouble:
    what = Text(f"{_NO_CASE.zh}{need.what.zh}", f"{_NO_CASE.en}{need.what.en}")
    given = kit.given(firm) if firm is not None and kit.cases else {}
    instead = _NONE_FOUND if firm is None else _THE_BASE if kit.cases and not given else None
    return Trouble(Kind.COVERAGE, Problem(f"{kit.rulebook.id}: {need.of}", what, instead), given)


def _unnoticed(kit: _Kit, one: Survivor) -> Trouble:
    change = one.mutant.change
    what = Text(f"{_NOT_NOTICED.zh}{change.zh}", f"{_NOT_NOTICED.en}{change.en}")
    return Trouble(Kind.MUTANT, Problem(f"{kit.rulebook.id}: {one.mutant.part.id}", what), kit.given(one.firm))


def write_missing(catalog: Catalog, rulebook_id: str, *, with_mutants: bool = False) -> tuple[Path, int]:
    """Write a skeleton of each case that is missing to the case file of a rulebook; give the file, and how many."""
    kit = _Kit(catalog, rulebook_id)
    lacking = kit.lacking(coverage(catalog, kit.rulebook, kit.cases))
    parts = {part.id: part for part in parts_of(kit.rulebook)}
    wanted: dict[tuple[str, int], tuple[Firm, list[Text]]] = {}
    for need, firm in lacking.items():
        if firm is not None:
            wanted.setdefault((need.of, id(firm)), (firm, []))[1].append(need.what)
    if with_mutants and kit.cases:
        for one in survivors(catalog, kit.rulebook, kit.cases, kit.base)[0]:
            wanted.setdefault((one.mutant.part.id, id(one.firm)), (one.firm, []))[1].append(one.mutant.change)
    file = catalog.folder / "cases" / f"{rulebook_id}.yaml"
    text = (
        file.read_text(encoding="utf-8")
        if kit.cases
        else new_file(kit.rulebook, stated(kit.rulebook.vocabulary, kit.base), kit.as_of)
    )
    lines: dict[str, list[str]] = {"cases": [], "points": []}
    for (name, _), (firm, titles) in wanted.items():
        given = differing(kit.rulebook.vocabulary, kit.base, firm)
        key = "cases" if any(one.words.id == name for one in kit.rulebook.criteria) else "points"
        lines[key].append(skeleton(parts[name], titles, given))
    for key, several in lines.items():
        text = with_lines(text, key, several)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file, len(wanted)
