"""What each firm of a list has to hand in: its papers, what is missing, doubtful or to be corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Unpack

from engine.evidence_list import EvidenceList, evidence
from engine.explaining.verdict import Firm
from engine.firms.profiles import RowProfile
from engine.ground.errors import InputError, Problem, shown
from engine.headers.understanding import APPLIED, one_line
from engine.judging.problem_rows import NO_FIRM
from engine.language.facts import Fact, Vocabulary
from engine.layout.no_firm import of_firms
from engine.screening.open_list import Asked, Cells, FirmRow, FirmsOfList, listed
from engine.screening.stop import Stop


@dataclass(frozen=True)
class FirmEvidence:
    """A firm of a list: its line, what stands in its columns that state no fact, and what it has to hand in.

    One that is rejected has `problems`, and no `evidence`.
    """

    line: int
    firm: Firm
    beside: tuple[str, ...]
    evidence: EvidenceList | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ListEvidence:
    """The firms of a list in its order; the headers of its columns that state no fact, such as a telephone.

    `unread` are those that may state what a firm is asked, `perhaps` the facts that some may state; `other_sheets`
    those of the workbook.
    """

    headers: tuple[str, ...]
    firms: tuple[FirmEvidence, ...]
    unread: tuple[str, ...]
    perhaps: Mapping[str, tuple[Fact, ...]]
    other_sheets: tuple[str, ...]
    vocabulary: Vocabulary = field(repr=False)


def evidence_of_list(path: Path | str, *, stop: Stop | None = None, **asked: Unpack[Asked]) -> ListEvidence:
    """Give of each firm of a list what `evidence` gives of its profile, or the problems for which it is rejected.

    Rows that are no firm's are left out; `stop` may end it. Raises InputError if the list as a whole cannot be read,
    TooMuchError beyond the limits.
    """
    with listed(path, **asked) as reading:
        by = {"rulebook": asked.get("rulebook"), "level": asked.get("level")}
        rows = {line: (firm, cells) for line, firm, cells in reading.found(lambda firms: [*_rows(firms)])}
        unread = [one for one in reading.understood.columns if one.fact is None and one.how not in APPLIED]
        told = list[RowProfile]()
        told_of = partial(evidence, as_of=reading.day, catalog=reading.rules, **by)
        firms = dict[int, FirmEvidence]()
        for line, profile in reading.profiles([(line, cells) for line, (_, cells) in rows.items()]):
            (stop or Stop()).check()
            firm, cells = rows[line]
            told += [profile] if isinstance(profile, RowProfile) else []
            whose = Firm(*(text.strip() or None for text in (firm.code, firm.name)))
            beside = tuple((cells[f"t{one.place}"] or "").strip() for one in unread)
            if isinstance(profile, RowProfile) or [one.what for one in profile.problems] != [NO_FIRM[0]]:
                firms[line] = _firm(FirmEvidence(line, whose, beside), profile, told_of)
        for one in of_firms(reading.firms.source.broken):
            problem = Problem("", one.what, one.instead, shown(one.text))
            firms[one.line] = FirmEvidence(one.line, Firm(None, None), ("",) * len(unread), problems=(problem,))
        perhaps: dict[str, dict[Fact, None]] = {}
        for header, facts in (item for one in told for item in one.perhaps.items()):
            perhaps.setdefault(header, {}).update(dict.fromkeys(facts))
        return ListEvidence(
            tuple(one_line(one.header) for one in unread),
            tuple(firms[line] for line in sorted(firms)),
            tuple(dict.fromkeys(name for one in told for name in one.unread)),
            {header: tuple(several) for header, several in perhaps.items()},
            reading.firms.source.other_sheets,
            reading.rules.vocabulary,
        )


def _rows(firms: FirmsOfList) -> Iterator[tuple[int, FirmRow, Cells]]:
    """Give each row with anything in it, and its line. Raises UnreadableError."""
    rows = [(firm, cells) for (_, firm), cells in zip(firms.rows(), firms.all_cells(), strict=True)]
    kept = [(firm, cells) for firm, cells in rows if firm is not None]
    lines = firms.lines([firm.record for firm, _ in kept], len(rows))
    yield from ((line, firm, cells) for line, (firm, cells) in zip(lines, kept, strict=True))


def _firm(
    one: FirmEvidence, profile: RowProfile | InputError, asked: Callable[[RowProfile], EvidenceList]
) -> FirmEvidence:
    try:
        if isinstance(profile, InputError):
            raise profile
        return replace(one, evidence=asked(profile))
    except InputError as error:
        return replace(one, problems=error.problems)
