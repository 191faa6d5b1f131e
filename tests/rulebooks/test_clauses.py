"""No clause of the policy texts is left out: each in `clauses.txt` is encoded in some rulebook, or named as open there.

A clause is encoded if the id of a criterion, of a line of a scorecard, or of a parameter begins with its Latin
spelling: small letters, `_` as `-`, a Chinese sign as in `_LATIN`; the beginning ends at a hyphen or with the id. So
Z26-4x is the parameter z26_4x_award_rank, and LG22-专1 the criterion lg22-zhuan1-years (or lg22-zhuan-1-years). Where
the list names a criterion beside the clause, that one holds it. Else an open question has the very id of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from engine import shipped
from engine.rulebooks.rulebook import RulebookWords

_LATIN = {
    "专": "zhuan",
    "精": "jing",
    "特": "te",
    "新": "xin",
    "直": "zhi",
    "链": "lian",
    "品": "pin",
    "培": "pei",
    "育": "yu",
}


def _lines() -> Iterator[tuple[str, str]]:
    """Give each clause of the list with the criterion named beside it, or nothing."""
    for line in (Path(__file__).parents[1] / "clauses.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            clause, holder, *_ = [*line.split(), ""]
            yield clause, holder


CLAUSES = list(_lines())


@cache
def _rulebooks() -> tuple[RulebookWords, ...]:
    return tuple(shipped().rulebook(rulebook_id).words for rulebook_id in shipped().ids)


@cache
def _encoded() -> frozenset[str]:
    """Give the ids of all criteria, lines of scorecards and parameters, with hyphens."""
    ids = {criterion.id for book in _rulebooks() for criterion in book.criteria}
    groups = [group for book in _rulebooks() for card in book.scorecards for group in card.groups]
    ids |= {item.id for group in groups for item in group.items}
    ids |= {name for book in _rulebooks() for name in book.parameters}
    return frozenset(name.replace("_", "-") for name in ids)


@cache
def _open() -> frozenset[str]:
    return frozenset(question.id for book in _rulebooks() for question in book.open_questions)


def _beginning(clause: str) -> re.Pattern[str]:
    """Give what an id that encodes the clause begins with; after a Chinese sign a hyphen makes no difference."""
    signs = [f"{_LATIN[sign]}-?" if sign in _LATIN else re.escape(sign) for sign in clause.lower()]
    return re.compile("".join(signs) + "(?:-|$)")


@pytest.mark.parametrize(("clause", "holder"), CLAUSES, ids=[clause for clause, _ in CLAUSES])
def test_a_clause_is_encoded_or_named_as_open(clause: str, holder: str) -> None:
    """The clause is in a shipped rulebook: as a criterion, a line, a parameter, or an open question."""
    named = {holder} & _encoded() if holder else {name for name in _encoded() if _beginning(clause).match(name)}
    assert named or clause in _open(), f"{clause} is in no rulebook"


def test_the_list_names_each_clause_once() -> None:
    """No clause stands twice in the list."""
    assert len(CLAUSES) == len(dict(CLAUSES))


@pytest.mark.parametrize(
    ("clause", "name", "is_encoded"),
    [
        ("Z26-4x", "z26-4x-award-rank", True),
        ("Z26-4", "z26-4x-award-rank", False),
        ("SC-02", "sc-02x-relief", False),
        ("Z22-S1", "z22-s10", False),
        ("LG22-专1", "lg22-zhuan1-years", True),
        ("LG22-专1", "lg22-zhuan-1-years", True),
        ("LG22-链", "lg22-lian-chain", True),
        ("SC16-培育", "sc16-peiyu-rank", True),
    ],
)
def test_what_an_id_encodes(clause: str, name: str, is_encoded: bool) -> None:  # noqa: FBT001 a row of the table
    """An id encodes the clause that it begins with, up to a hyphen, and no other."""
    assert bool(_beginning(clause).match(name)) == is_encoded
