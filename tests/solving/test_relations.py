"""Two rulebooks related by proof: what is proved holds, and each firm that is shown shows it, with no fact to spare."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from engine import InputError, Standing, assess, shipped
from engine.solving.relations import Answer, Found, prove

AS_OF = date(2026, 6, 1)
_ALL = list(permutations(shipped().ids, 2))


def assert_shown(answer: Answer) -> None:
    """Every firm is qualified under one and not under the other, and no longer is without any one of its facts."""
    wanted = (Standing.QUALIFIED, Standing.NOT_QUALIFIED)
    for firm in answer.witnesses:
        books = [one.rulebook for one in firm.judged]
        assert tuple(assess(firm.profile, rulebook=one, as_of=AS_OF).verdict for one in books) == wanted
        for name in firm.profile:
            fewer = {key: value for key, value in firm.profile.items() if key != name}
            assert tuple(assess(fewer, rulebook=one, as_of=AS_OF).verdict for one in books) != wanted, name


def test_what_another_rulebook_asks_whole_is_implied() -> None:
    """The champion of 2021 must be an SME: whoever is qualified is one, which is proved."""
    assert prove("cae-2021-champion", "implies", "sme-2011-size", AS_OF).found is Found.PROVED


def test_a_rulebook_equals_itself() -> None:
    """The same firms are qualified under a rulebook and itself, scorecard and all."""
    assert prove("miit-2022-innovative", "equals", "miit-2022-innovative", AS_OF).found is Found.PROVED


def test_a_later_text_takes_other_firms() -> None:
    """The texts of 2022 and 2026 for little giants each take a firm that the other does not."""
    answer = prove("miit-2022-little-giant", "equals", "miit-2026-little-giant", AS_OF)
    assert (answer.found, len(answer.witnesses)) == (Found.REFUTED, 2)
    assert_shown(answer)


def test_an_unknown_relation_is_told() -> None:
    """Nothing is proved of a relation that there is none of: what there is is said."""
    with pytest.raises(InputError, match="implies"):
        prove("cae-2021-champion", "implys", "sme-2011-size", AS_OF)


@pytest.mark.parametrize(("first", "second"), _ALL[::31], ids="-".join)
def test_some_pairs_of_the_shipped_rulebooks(first: str, second: str) -> None:
    """Each pair is answered, by a proof or by a firm."""
    answer = prove(first, "implies", second, AS_OF)
    assert answer.found is not Found.UNANSWERED
    assert_shown(answer)


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), _ALL, ids="-".join)
def test_all_pairs_of_the_shipped_rulebooks(first: str, second: str) -> None:
    """Each pair is answered, by a proof or by a firm."""
    test_some_pairs_of_the_shipped_rulebooks(first, second)
