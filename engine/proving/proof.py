"""One rulebook proved: its cases, what holds by itself, what no case shows, which changes no case notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.deciding.to_durable import decidable
from engine.ground.errors import Problem, RulebookError, Text
from engine.ground.outcome import Outcome
from engine.proving.by_itself import troubles
from engine.proving.case_file import Stated, failed, title_of
from engine.proving.coverage import Counted, Coverage, coverage, mistaken
from engine.proving.edges import Firm
from engine.proving.kit import Kit
from engine.proving.mutants import Survivor, survivors
from engine.proving.shown import OUTCOMES, Need
from engine.proving.skeletons import stated
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook

_FIRMS = 60
_MET = OUTCOMES[Outcome.MET], OUTCOMES[Outcome.NOT_MET]
_NONE_FOUND = Text("没有找到这样的企业", "no such firm was found")
_IS_IT_POSSIBLE = Text(
    "请检查规则：有这样的企业，就写成案例；确实不可能的，写进案例的 impossible 并说明原因。",
    "Look at the rule: if there is such a firm, write a case of it; if there can be none, write it under `impossible` "
    "of the cases, with the reason.",
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
    mutants: Counted | None = None
    remarks: tuple[Problem, ...] = ()


def proof(catalog: Catalog, rulebook_id: str, *, with_coverage: bool = False, with_mutants: bool = False) -> Proof:
    """Give what came of trying one rulebook; mistakes of form, in its cases too, are all that is told then.

    Raises InputError where there is no such rulebook.
    """
    try:
        decidable(catalog.rulebook(rulebook_id))
        kit = Kit(catalog, rulebook_id)
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
    return Problem(f"{rulebook.id}: {need.of}", _NONE_FOUND, _IS_IT_POSSIBLE, need.what.en)


def _uncovered(kit: Kit, need: Need, firm: Firm | None) -> Trouble:
    what = Text(f"{_NO_CASE.zh}{need.what.zh}", f"{_NO_CASE.en}{need.what.en}")
    if firm is None:
        what = Text(f"{what.zh}；{_NONE_FOUND.zh}", f"{what.en}; {_NONE_FOUND.en}")
    given = kit.given(firm) if firm is not None and kit.cases else {}
    instead = _IS_IT_POSSIBLE if firm is None else _THE_BASE if kit.cases and not given else None
    return Trouble(Kind.COVERAGE, Problem(f"{kit.rulebook.id}: {need.of}", what, instead), given)


def _unnoticed(kit: Kit, one: Survivor) -> Trouble:
    change = one.mutant.change
    what = Text(f"{_NOT_NOTICED.zh}{change.zh}", f"{_NOT_NOTICED.en}{change.en}")
    return Trouble(Kind.MUTANT, Problem(f"{kit.rulebook.id}: {one.mutant.part.id}", what), kit.given(one.firm))
