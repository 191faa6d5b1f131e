"""A rulebook with its cases, and what its trials share: the base, the firms of the cases, what no case shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.assessment import read_profile
from engine.proving.case_file import Cases, Stated, cases_of
from engine.proving.coverage import Coverage
from engine.proving.edges import Firm
from engine.proving.firms import Move
from engine.proving.search import found_for, qualifying
from engine.proving.shown import Need, parts_of
from engine.proving.skeletons import differing, stated
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook


@dataclass
class Kit:
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
