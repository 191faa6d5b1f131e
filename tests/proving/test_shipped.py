"""Every shipped rulebook is proved by the kit, as an author proves his own: nothing here is tried in another way."""

from __future__ import annotations

import pytest

from engine import assess, shipped
from engine.proving.case_file import cases_of
from engine.testing import prove


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_nothing_is_wrong_unshown_or_unnoticed(rulebook_id: str) -> None:
    """All cases come out, what must hold holds, all there is to show is shown, and a case notices every change."""
    found = prove(rulebook_id, mutate=True)
    assert [trouble.problem.in_language("en") for trouble in found.troubles] == []
    assert found.coverage is not None
    assert found.coverage.counted.percent == 100
    assert len(found.cases) >= 3 * len(shipped().rulebook(rulebook_id).criteria)


@pytest.mark.parametrize("rulebook_id", shipped().ids)
def test_nothing_about_the_base_is_unusual(rulebook_id: str) -> None:
    """The firm that all cases of a rulebook start from is an ordinary one."""
    cases = cases_of(shipped(), shipped().rulebook(rulebook_id))
    assert cases is not None
    assert assess(cases.file.base, rulebook_id, cases.file.as_of).warnings == ()
