"""Cases that an officer can read: `cases/ID.yaml` beside the rules, and whether each comes out as is written there."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from engine.assessment import read_profile, verdict
from engine.deciding.reference import decide
from engine.explaining.verdict import Standing, Verdict, figure
from engine.firms.figures import Figures
from engine.ground.errors import InputError, Problem, Text, did_you_mean
from engine.ground.outcome import Outcome, Reason
from engine.language.data_file import Strict, Words
from engine.language.yaml_file import Document, Place, read_yaml, sound_parts
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Item, Rulebook

Stated = Mapping[str, str | list[str]]
TO_WRITE: Literal["?"] = "?"
"""What is expected and not yet written."""
_READ_AND_WRITE = Text("请对照原文写上应有的结果。", "Read the text, and write what it should be.")


_REASON = Text(
    "无法判定的写明原因，如 reason: missing（未填）。", "Say why it is undetermined, such as `reason: missing`."
)


class Case(Strict):
    """One firm: what it differs in from the base, and what is expected of one criterion.

    `otherwise` has what it comes to by other readings, by their ids.
    """

    criterion: str
    case: Words
    given: dict[str, str | list[str]]
    expect: Outcome | Literal["?"]
    reason: Reason | Literal["?"] | None = None
    verdict: Standing | Literal["?"] | None = None
    otherwise: dict[str, Outcome | Literal["?"]] = Field(default={})


class ItemCase(Strict):
    """One firm: what it differs in from the base, and the points that a line of a scorecard earns (`3`, `0 to 15`).

    `otherwise` has those by other readings, by their ids.
    """

    item: str
    case: Words
    given: dict[str, str | list[str]]
    expect_points: str
    otherwise: dict[str, str] = Field(default={})


class Impossible(Strict):
    """What no firm can show of a criterion or of a line of a scorecard, and why."""

    criterion: str
    outcome: str
    why: str


class Unnoticed(Strict):
    """A change of the rules that no case can notice, and why."""

    criterion: str
    change: str
    why: str


class CaseFile(Strict):
    """The cases of one rulebook on one day, and the firm that they start from."""

    rulebook: str
    as_of: date
    base: dict[str, str | list[str]]
    cases: tuple[Case, ...] = ()
    points: tuple[ItemCase, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    unnoticed: tuple[Unnoticed, ...] = ()


@dataclass(frozen=True)
class Cases:
    """A case file that was read, with the place of each line."""

    file: CaseFile
    document: Document

    def facts(self, case: Case | ItemCase) -> Stated:
        """Give the profile of a case: the base, changed where the case says so, `null` left out."""
        return {name: value for name, value in {**self.file.base, **case.given}.items() if value != "null"}

    def named(self) -> Iterator[tuple[Case | ItemCase, str]]:
        """Give every case with its `file:line:column`, those of points last."""
        for one, place in self.placed():
            yield one, self.document.place(place)

    def placed(self) -> Iterator[tuple[Case | ItemCase, Place]]:
        """Give every case with its place in the file."""
        yield from ((one, ("cases", index)) for index, one in enumerate(self.file.cases))
        yield from ((one, ("points", index)) for index, one in enumerate(self.file.points))


def name_of(case: Case | ItemCase) -> str:
    """Give the criterion of a case, or the line of a scorecard."""
    return case.criterion if isinstance(case, Case) else case.item


def title_of(case: Case | ItemCase) -> str:
    """Give what a case is called in a list of tests."""
    return f"{name_of(case)}: {case.case.en}"


def cases_of(catalog: Catalog, rulebook: Rulebook) -> Cases | None:
    """Give the cases that lie beside a rulebook, None if there are none; raises RulebookError with all mistakes."""
    file = catalog.folder / "cases" / f"{rulebook.id}.yaml"
    return read_cases(file, catalog, rulebook) if file.is_file() else None


def read_cases(file: Path, catalog: Catalog, rulebook: Rulebook) -> Cases:
    """Read a file with cases of a rulebook; raises RulebookError with all its problems."""
    document = read_yaml(file, within="cases/")
    found = sound_parts(CaseFile, document)
    _check_names(found, rulebook, document)
    told: set[tuple[str, Text]] = set()  # of the base, and not again of every case
    for place, facts in _profiles(Cases(found, document)):
        try:
            read_profile(facts, catalog, found.as_of)
        except InputError as error:
            for one in error.problems:
                if (one.where, one.what) not in told:
                    document.report((*place, one.where), one.what, one.instead, one.value)
            told |= {(one.where, one.what) for one in error.problems} if place == ("base",) else set()
    document.raise_problems()
    return Cases(found, document)


def _profiles(cases: Cases) -> Iterator[tuple[Place, Stated]]:
    yield ("base",), cases.file.base
    yield from (((*place, "given"), cases.facts(one)) for one, place in cases.placed())


def _check_names(found: CaseFile, rulebook: Rulebook, document: Document) -> None:
    """Note ids that the rulebook does not have."""
    criteria, items = [one.words.id for one in rulebook.criteria], [*items_of(rulebook)]
    named: list[tuple[Place, str, list[str]]] = [(("rulebook",), found.rulebook, [rulebook.id])]
    readings = [one.id for one in rulebook.alternatives]
    for case, place in Cases(found, document).placed():
        of, known = ("criterion", criteria) if isinstance(case, Case) else ("item", items)
        named.append(((*place, of), name_of(case), known))
        named += [((*place, "otherwise", reading), reading, readings) for reading in case.otherwise]
    beside: list[tuple[str, tuple[Impossible | Unnoticed, ...]]] = [
        ("impossible", found.impossible),
        ("unnoticed", found.unnoticed),
    ]
    for key, several in beside:
        named += [((key, n, "criterion"), one.criterion, [*criteria, *items]) for n, one in enumerate(several)]
    for place, name, known in named:
        if name not in known:
            what = Text(f"规则 {rulebook.id} 没有“{name}”", f"the rulebook {rulebook.id} has no “{name}”")
            document.report(place, what, did_you_mean(name, known))


def items_of(rulebook: Rulebook) -> dict[str, Item]:
    """Give every line of the scorecards by its own id, without those of card and group."""
    return {item.id.rpartition(".")[2]: item for score in rulebook.ours.scores for item in score.items}


def figures_of(catalog: Catalog, rulebook: Rulebook, facts: Stated, as_of: date) -> Figures:
    """Give the figures that are stated, the scores added up."""
    figures = Figures(rulebook.vocabulary, read_profile(facts, catalog, as_of).values, as_of)
    decide(rulebook, figures)
    return figures


def points_of(figures: Figures) -> dict[str, str]:
    """Give the points of every line in words: 3, or 0 to 15 while something is unknown; `id~reading` by another."""
    lines = {_line(item.id): ends for score in figures.points.values() for item, *ends in score}
    return {name: " to ".join(dict.fromkeys(str(figure(end)) for end in ends)) for name, ends in lines.items()}


def _line(item_id: str) -> str:
    """Give the id of a line without those of card and group.

    >>> _line("z22.growth.z22-s6~z22.growth.z22-s6.2")
    'z22-s6~z22.growth.z22-s6.2'
    """
    name, sign, reading = item_id.partition("~")
    return f"{name.rpartition('.')[2]}{sign}{reading}"


def failed(catalog: Catalog, rulebook: Rulebook, cases: Cases) -> Iterator[tuple[Problem, Stated, str]]:
    """Give what is otherwise than a case expects, what the case states and its title; the base has to qualify."""
    said = _verdict(catalog, rulebook, cases.file.base, cases.file.as_of)
    if said.verdict is not Standing.QUALIFIED:
        what = Text(f"起点企业应当符合，而结论是：{said.reasons.zh}", f"the base is to qualify: {said.reasons.en}")
        yield Problem(cases.document.place(("base",)), what), cases.file.base, ""
    for case, place in cases.named():
        facts = cases.facts(case)
        differences = list(_differences(catalog, rulebook, case, facts, cases.file.as_of))
        if differences:
            zh, en = "；".join(one.zh for one in differences), "; ".join(one.en for one in differences)
            where = f"{place}: {name_of(case)}"
            what = Text(f"“{case.case.zh}”：{zh}", f"“{case.case.en}”: {en}")
            instead = _READ_AND_WRITE if is_open(case) else _REASON if _is_bare(case) else None
            yield Problem(where, what, instead), case.given, title_of(case)


def _is_bare(case: Case | ItemCase) -> bool:
    """Say whether it is not written why a criterion is undetermined."""
    return isinstance(case, Case) and case.expect == Outcome.UNDETERMINED and case.reason is None


def is_open(case: Case | ItemCase) -> bool:
    """Say whether what a case expects is still to be written."""
    expected = {case.expect_points} if isinstance(case, ItemCase) else {case.expect, case.reason, case.verdict}
    return TO_WRITE in {*expected, *case.otherwise.values()}


def _verdict(catalog: Catalog, rulebook: Rulebook, facts: Stated, as_of: date) -> Verdict:
    return verdict(rulebook, read_profile(facts, catalog, as_of), as_of)


def _differences(
    catalog: Catalog, rulebook: Rulebook, case: Case | ItemCase, facts: Stated, as_of: date
) -> Iterator[Text]:
    if isinstance(case, ItemCase):
        points = points_of(figures_of(catalog, rulebook, facts, as_of))
        if (got := points[case.item]) != case.expect_points:
            yield _apart("得分", "points", case.expect_points, got)
        by_reading: Mapping[str, str] = {
            reading: points.get(f"{case.item}~{reading}", got) for reading in case.otherwise
        }
    else:
        by_reading = yield from _of_verdict(catalog, rulebook, case, facts, as_of)
    for reading, expected in case.otherwise.items():
        if by_reading[reading] != expected:
            yield _apart(f"按读法 {reading}", f"by the reading {reading}", expected, by_reading[reading])


def _of_verdict(
    catalog: Catalog, rulebook: Rulebook, case: Case, facts: Stated, as_of: date
) -> Generator[Text, None, Mapping[str, str]]:
    """Give in what a verdict differs from a case; return what the criterion comes to by each reading that it names."""
    said = _verdict(catalog, rulebook, facts, as_of)
    found = next(one for one in said.criteria if one.id == case.criterion)
    if case.expect != found.outcome:
        yield _apart("结果", "outcome", case.expect, found.outcome)
    elif case.reason != found.reason:
        yield _apart("原因", "reason", case.reason or "无", found.reason or "无")
    if case.verdict not in {None, said.verdict}:
        yield _apart("总体结论", "verdict", case.verdict or "", said.verdict)
    turned = {one.readings[0]: one.outcome for one in found.hangs_on if len(one.readings) == 1}
    return {reading: turned.get(reading, found.outcome) for reading in case.otherwise}


def _apart(zh: str, en: str, expected: str, got: str) -> Text:
    def words(one: str, language: str) -> str:
        return _WORDS[one].in_language(language) if one in _WORDS else one  # type: ignore[arg-type]

    return Text(
        f"{zh}应为 {words(expected, 'zh')}，而是 {words(got, 'zh')}",
        f"{en}: {words(expected, 'en')} expected, {words(got, 'en')} found",
    )


_WORDS: Mapping[str, Text] = {
    Outcome.MET: Text("符合（met）", "met"),
    Outcome.NOT_MET: Text("不符合（not_met）", "not_met"),
    Outcome.UNDETERMINED: Text("无法判定（undetermined）", "undetermined"),
    Standing.QUALIFIED: Text("符合（qualified）", "qualified"),
    Standing.NOT_QUALIFIED: Text("不符合（not_qualified）", "not_qualified"),
    Reason.MISSING: Text("未填（missing）", "missing"),
    Reason.NOT_COMPUTABLE: Text("无法计算（not_computable）", "not_computable"),
    Reason.NO_BENCHMARK: Text("没有对标值（no_benchmark）", "no_benchmark"),
    Reason.NEEDS_REVIEW: Text("待评审（needs_review）", "needs_review"),
    Reason.NOT_APPLICABLE: Text("不适用（not_applicable）", "not_applicable"),
    TO_WRITE: Text("？（未写）", "? (not written)"),
    "无": Text("无", "none"),
}
