"""`engine.testing` as a user's own pytest has it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine import InputError, Verdict, assess, shipped
from engine.ground.outcome import tally
from engine.testing import Edge, edges, firms, holds, hostile_profiles, profiles, survives

_SHIPPED = pytest.mark.parametrize("rulebook_id", shipped().ids)
_FEW = settings(max_examples=settings.default.max_examples // 4)


@_SHIPPED
@_FEW
@given(data=st.data())
def test_what_holds_of_any_profile(rulebook_id: str, data: st.DataObject) -> None:
    """A valid profile is decided alike by all, and the verdict is the tally of the criteria that decide."""
    found = holds(data.draw(profiles(rulebook_id)), rulebook_id)
    deciding = [one.outcome for one in found.criteria if one.decides]
    verdicts = {"met": "qualified", "not_met": "not_qualified", "undetermined": "undetermined"}
    assert found.verdict == verdicts[tally(len(deciding), deciding)]


@_SHIPPED
@_FEW
@given(data=st.data())
def test_edges_of_a_profile_that_is_typed(rulebook_id: str, data: st.DataObject) -> None:
    """What a profile states on one side of a threshold is judged so when it is read."""
    edge = data.draw(edges(rulebook_id))
    assert isinstance(edge, Edge)
    book = shipped().rulebook(rulebook_id)
    found = assess(dict(edge.profile), rulebook_id, book.words.in_force.from_)
    said = {check.id: check.outcome for one in found.criteria for check in one.checks}
    assert said.get(edge.check, edge.expected) == edge.expected


@_SHIPPED
@_FEW
@given(data=st.data())
def test_hostile_profiles(rulebook_id: str, data: st.DataObject) -> None:
    """Whatever stands in a profile, it is decided or refused with its problems."""
    profile: dict[Any, Any] = data.draw(hostile_profiles(rulebook_id))
    found = survives(profile, rulebook_id)
    assert found is None or isinstance(found, Verdict)
    if found is None:
        with pytest.raises(InputError) as error:
            assess(profile, rulebook_id)
        assert error.value.problems


def test_it_fails_with_the_smallest_firm() -> None:
    """A property that does not hold is shown with few facts."""
    book, seen = shipped().rulebook("miit-2026-srdi"), []

    @settings(max_examples=200, database=None)
    @given(firms(book))
    def no_firm_names_its_staff(firm: dict[str, Any]) -> None:
        seen.append(firm)
        assert "employees_y0" not in firm

    with pytest.raises(AssertionError):
        no_firm_names_its_staff()
    assert seen[-1].keys() == {"employees_y0"}


def test_a_thousand_profiles_a_second() -> None:
    """A thousand firms are drawn in a second; half of that is asserted, of processor time."""
    count, begin = 1000, time.process_time()

    @settings(max_examples=count, phases=(Phase.generate,), database=None, deadline=None)
    @given(firms(shipped().rulebook("miit-2026-little-giant")))
    def drawn(firm: dict[str, Any]) -> None:
        assert isinstance(firm, dict)

    drawn()
    assert count / (time.process_time() - begin) > 500
