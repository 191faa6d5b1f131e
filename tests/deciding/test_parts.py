"""A part that is not stated is no larger than its whole: by every evaluator, in words, of a firm and of a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from engine import assess, profile_reader, screen, shipped
from engine.ground.errors import Language
from engine.ground.outcome import Outcome
from engine.rulebooks.logic import Rulebook, Threshold, is_of_part
from engine.rulebooks.rulebook import Operator
from tests.evaluators import EVALUATORS, assert_agrees, by_reference, stated

AS_OF = date(2026, 6, 1)
LITTLE_GIANT = "miit-2026-little-giant"
PART, TOTAL = "ip_class1_own_related_applied", "ip_class1"


def parts(book: Rulebook) -> Iterator[tuple[str, str, int]]:
    """Give each check of a part that asks for at least so much, a whole of it, and how much."""
    for check in filter(is_of_part, book.checks):
        if isinstance(check.right, Threshold) and check.operator is Operator.AT_LEAST:
            for whole in book.vocabulary.wholes_of(check.fact):
                yield check.id, whole.id, int(check.right.value)  # type: ignore[call-overload]


@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_a_whole_below_the_threshold_decides_its_part(evaluator: str) -> None:
    """Of every shipped rulebook: below it fails, at it nothing is known; a range counts by its end, a 0 as a figure."""
    tried = 0
    for book in map(shipped().rulebook, shipped().ids):
        reader, told = profile_reader(book.vocabulary), list(parts(book))
        firms = [
            stated(reader, {whole: one})
            for _, whole, bar in told
            for one in (0, bar - 1, f"0-{bar - 1}", bar, bar + 1, f"{bar - 1}-{bar}", None)
        ]
        found = iter(by_reference(book, firms, AS_OF))
        for check, whole, _ in told:
            outcomes = [next(found)[check] for _ in range(7)]
            assert outcomes == [Outcome.NOT_MET] * 3 + [Outcome.UNDETERMINED] * 4, (book.id, check, whole)
        if told:
            assert_agrees(evaluator, book, firms, AS_OF)
        tried += len(told)
    assert tried > 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_says_of_a_part_what_the_firm_is_told(lang: Language) -> None:
    """Word for word; a stated part stands for itself, and the nearest whole that is known is named."""
    firms: list[dict[str, object]] = [
        {TOTAL: 3},
        {TOTAL: 0},
        {TOTAL: "2-3"},
        {TOTAL: 9, "ip_class1_related_applied": 2},
        {TOTAL: 4},
        {TOTAL: 5, PART: 2},
        {},
    ]
    names = sorted({name for firm in firms for name in firm})
    texts = {name: [str(firm[name]) if name in firm else None for firm in firms] for name in names}
    rows = screen(
        pa.table({"firm_name": [f"甲{n}厂" for n, _ in enumerate(firms)], **texts}),
        rulebook=LITTLE_GIANT,
        as_of=AS_OF,
        lang=lang,
    )
    for firm, row in zip(firms, rows.to_pylist(), strict=True):
        verdict = assess({"firm_name": "甲厂", **firm}, rulebook=LITTLE_GIANT, as_of=AS_OF)
        assert row["reasons"] == verdict.reasons.in_language(lang)


def test_the_finding_names_the_whole() -> None:
    """What it is at most, that it is not stated, and the whole as what it was found from; it is not missing."""
    verdict = assess({"firm_name": "甲厂", TOTAL: 3}, rulebook=LITTLE_GIANT, as_of=AS_OF)
    [found] = [one for criterion in verdict.criteria for one in criterion.checks if one.fact == PART]
    assert "不超过 3 项（未填写，不会大于整体“Ⅰ类知识产权总数”），要求不低于 4 项" in found.explanation.zh
    assert "at most 3 rights (not stated, but no more than the whole of it, class I" in found.explanation.en
    assert found.observed == {"low": 0, "high": 3}
    assert [(one.fact, one.value) for one in found.derived_from] == [(TOTAL, 3)]
    assert PART not in {one.fact for one in verdict.missing}


def test_a_part_is_above_a_whole_of_its_whole() -> None:
    """Where the total between is blank, the next one that is known is told, at both doors; where it is known, that."""
    middle = "ip_class1_related_applied"
    for firm, whole in (
        ({TOTAL: "3", PART: "4"}, TOTAL),
        ({TOTAL: "3", middle: None, PART: "4"}, TOTAL),
        ({TOTAL: "9", middle: "3", PART: "4"}, middle),
        ({TOTAL: "3", middle: "3", PART: "4"}, middle),
        ({TOTAL: "9", PART: "4"}, None),
    ):
        cells = {"firm_name": "甲", TOTAL: "9", middle: "", **firm}
        table = pa.table({name: pa.array([value], pa.string()) for name, value in cells.items()})
        [row] = screen(table, rulebook=LITTLE_GIANT, as_of=AS_OF, lang="en").to_pylist()
        title = shipped().vocabulary[whole].title.en if whole else ""
        assert (row["verdict"] is None) is bool(whole), firm
        assert (row["problems"] or "").count("is larger than ") == bool(whole)
        assert f"is larger than {title}" in (row["problems"] or "") if whole else True
        problems = profile_reader(shipped().vocabulary).parts_above_wholes(
            {name: int(value) for name, value in firm.items() if value}
        )
        assert [one.what.en for one in problems] == ([f"is larger than {title} ({whole})"] if whole else [])
