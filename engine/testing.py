"""Property tests of a rulebook in your own pytest, in three lines; needs the extra `testing`, which is hypothesis.

@given(profiles("my-rules", rules="rules"))
def test_my_rules(profile):
    holds(profile, "my-rules", rules="rules")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from engine.assessment import assess, read_profile
from engine.explaining.verdict import Verdict
from engine.ground.errors import InputError
from engine.ground.outcome import Outcome
from engine.ground.values import Known
from engine.proving.by_itself import differing, filled_in, one_changed, reversed_, worsened
from engine.proving.edges import HAIRS, SIDES, answered, answers, expected, is_ordered, on_side, ordered
from engine.proving.firms import any_firm, is_accepted
from engine.proving.proof import Proof, proof
from engine.proving.skeletons import stated
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Rulebook

__all__ = ["Edge", "edges", "firms", "holds", "hostile_profiles", "profiles", "prove", "survives"]

_SEEDS = st.integers(0, 2**32 - 1)
_ODD: tuple[Any, ...] = (
    *(
        "约15%",
        "3000万美元",
        "1e3",
        "2亿3000万",
        "-5",
        "9" * 40,
        "１５％",
        "前3名",
        "2024-02-30",
        "12人",
        "怪词",
        "\x00",
    ),
    *(float("nan"), float("inf"), -1, 10**400, True, None, [], ["x", ["y"]], {"a": 1}, "a" * 10_000),
)


@dataclass(frozen=True)
class Edge:
    """A profile just below (-1), at (0) or just above (1) the threshold of a check, and what the check is there.

    Of a yes or no and of options, 0 is an answer that the check names, the others one that it does not name.
    """

    check: str
    side: int
    profile: Mapping[str, Any]
    expected: Outcome


def firms(rulebook: Rulebook, as_of: date | None = None, *, blanks: bool = True) -> st.SearchStrategy[dict[str, Known]]:
    """Draw what firms state, as exact values: at the edges of a rulebook, beside them and anywhere.

    With `blanks` any of it may be missing, and a firm that fails shrinks to few facts.
    """
    names = sorted(rulebook.facts_used)
    bits = st.integers(0, 2 ** len(names) - 1) if blanks else st.just(-1)

    def made(seed: int, one: int, other: int) -> dict[str, Known]:
        firm = any_firm(rulebook, Random(seed), as_of or rulebook.words.in_force.from_, blanks=0)
        kept = one | other
        return {name: firm[name] for bit, name in enumerate(names) if kept >> bit & 1 and name in firm}

    return st.builds(made, _SEEDS, bits, bits)


def profiles(
    rulebook: str, *, rules: str | Path | None = None, as_of: date | None = None, blanks: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw valid profiles as people type them, many of them at the edges of a rulebook."""
    book = _catalog(rules).rulebook(rulebook)
    return firms(book, as_of, blanks=blanks).map(lambda firm: _typed(book, firm))


def hostile_profiles(rulebook: str, *, rules: str | Path | None = None) -> st.SearchStrategy[dict[Any, Any]]:
    """Draw profiles in which anything may stand: odd words and figures, wrong kinds, unknown keys."""
    book = _catalog(rules).rulebook(rulebook)
    keys = st.one_of(st.sampled_from(sorted(book.facts_used)), st.sampled_from(["", "不存在", "x" * 200, 1]))
    odd = st.dictionaries(keys, st.sampled_from(_ODD), min_size=1, max_size=5)
    return st.builds(lambda firm, more: {**_typed(book, firm), **more}, firms(book), odd)


def edges(rulebook: str, *, rules: str | Path | None = None, as_of: date | None = None) -> st.SearchStrategy[Edge]:
    """Draw firms on each side of a threshold of a rulebook, a hair from it, with what the check has to be there.

    A yes or no and options have sides too: the answers that a check names, and the others.
    """
    book = _catalog(rules).rulebook(rulebook)
    day, checks = as_of or book.words.in_force.from_, [*ordered(book), *answered(book)]

    def made(seed: int, check: int, side: int) -> Edge | None:
        random, chosen = Random(seed), checks[check]
        firm = any_firm(book, random, day)
        if is_ordered(chosen):
            found = on_side(book, chosen, day, side, random.choice(HAIRS), firm)
        else:
            several = answers(chosen, side)
            found = {**firm, chosen.fact.id: random.choice(several)} if several else None
        if found is None or not is_accepted(book.vocabulary, found):
            return None
        return Edge(chosen.id, side, stated(book.vocabulary, found), expected(chosen, side))

    drawn = st.builds(made, _SEEDS, st.integers(0, len(checks) - 1), st.sampled_from(SIDES)) if checks else st.none()
    return drawn.filter(lambda edge: edge is not None)  # type: ignore[return-value]


def holds(
    profile: Mapping[str, Any], rulebook: str, *, rules: str | Path | None = None, as_of: date | None = None
) -> Verdict:
    """Give the verdict on a profile, of which all must hold that holds of any; raises AssertionError.

    All ways of deciding agree; a figure that improves worsens nothing; a blank that is filled in turns nothing.
    """
    catalog = _catalog(rules)
    book = catalog.rulebook(rulebook)
    day = as_of or book.words.in_force.from_
    firm, random = read_profile(dict(profile), catalog, day).values, Random(repr(sorted(profile)))
    wrong = {
        **differing(book, day, (firm,)),
        **worsened(book, day, (firm, one_changed(book, firm, random, day))),
        **reversed_(book, day, (firm, filled_in(book, firm, random, day))),
    }
    if wrong:
        raise AssertionError("\n".join(f"{rulebook}: {place}: {what.zh} / {what.en}" for place, what in wrong.items()))
    return assess(dict(profile), rulebook, day, catalog)


def survives(
    profile: object, rulebook: str, *, rules: str | Path | None = None, as_of: date | None = None
) -> Verdict | None:
    """Give the verdict on anything, or None where it is refused with all its problems; any other end is a fault."""
    try:
        return assess(profile, rulebook, as_of, _catalog(rules))
    except InputError:
        return None


def prove(rulebook: str, *, rules: str | Path | None = None, coverage: bool = True, mutate: bool = False) -> Proof:
    """Give what `champion test` finds of a rulebook: `troubles` is empty where everything holds."""
    return proof(_catalog(rules), rulebook, with_coverage=coverage, with_mutants=mutate)


def _typed(book: Rulebook, firm: Mapping[str, Known]) -> dict[str, Any]:
    return dict(stated(book.vocabulary, firm))


@lru_cache(maxsize=16)
def _catalog(rules: str | Path | None) -> Catalog:
    return Catalog(Path(rules)) if rules else shipped()
