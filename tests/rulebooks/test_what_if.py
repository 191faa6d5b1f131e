"""A rulebook with other figures: what is changed, what is not, and what whoever asks for it has written wrongly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine import InputError, shipped
from engine.rulebooks.catalog import DEFAULT_RULEBOOK
from engine.rulebooks.logic import BenchmarkOf, Check, Rulebook, Threshold
from engine.rulebooks.what_if import Changes, what_if

SRDI = "miit-2022-srdi"


def changed(*figures: str, book: str = DEFAULT_RULEBOOK, without: str = "", only: str = "") -> Rulebook:
    """Give a shipped rulebook with changes as they are typed."""
    pairs = tuple((name, written) for name, _, written in (one.partition("=") for one in figures))
    return what_if(shipped().rulebook(book), Changes(pairs, tuple(without.split()), tuple(only.split())))


def set_in(book: Rulebook) -> dict[str, object]:
    """Give the figures that are not the text's, by their checks."""
    rights = {one.id: one.right for one in book.checks}
    return {name: one.value for name, one in rights.items() if isinstance(one, Threshold) and one.text}


def right(book: Rulebook, check: str) -> object:
    """Give the right side of a check."""
    return next(one.right for one in book.checks if one.id == check)


def told(*figures: str, **of: str) -> list[tuple[str, str | None, str, str]]:
    """Give the mistakes of changes: which option, what was written, what is wrong, what to write."""
    with pytest.raises(InputError) as error:
        changed(*figures, **of)
    return [(one.where, one.value, one.what.en, one.instead.en if one.instead else "") for one in error.value.problems]


def test_a_figure_is_set_where_it_stands_and_where_another_reading_repeats_it() -> None:
    """The 15% of a criterion is 12% in the reading of the comma too, in both criteria that the reading is of."""
    expected = {"global-share.1": 12, "market-rank~comma-or.3": 12, "global-share~comma-or.3": 12}
    assert set_in(changed("global-share=12%")) == expected


def test_a_reading_that_measures_the_same_figure_otherwise_is_set_too() -> None:
    """Mean growth of 10% read as a compound rate, or as half of two years' growth, has the same 10%."""
    line = "z22.specialised.z22-s2"
    expected = {f"{line}.1": 12, f"{line}~growth-compound.1": 12, f"{line}~growth-halved.1": 12}
    assert set_in(changed("z22-s2.1=12%", book=SRDI)) == expected


def test_the_mark_to_pass_is_set_for_every_way_to_add_up() -> None:
    """A score has another total in every world of readings, and the same mark."""
    passes = set_in(changed("z22-4-score-or-direct.1=55分", book=SRDI))
    assert len(passes) > 1
    assert set(passes.values()) == {55}


def test_a_parameter_is_set_by_its_name_and_a_benchmark_gives_way_to_a_figure() -> None:
    """Every check that uses the parameter has the figure; the text's own stays beside it."""
    book = changed("main_revenue_share_floor=65.5%", "patent_filings_cut=2")
    floor, patents = right(book, "core-business.1"), right(book, "patents.2.2")
    assert isinstance(floor, Threshold)
    assert (floor.value, floor.text) == (Fraction("65.5"), right(shipped().rulebook(), "core-business.1"))
    assert isinstance(patents, Threshold)
    assert isinstance(patents.text, BenchmarkOf)
    assert set_in(book) == {
        "core-business.1": floor.value,
        "patents.2.2": 2,
        "patents~parameters.patent_filings_cut.2.2": 2,
    }


def test_names_in_words_do_and_figures_are_read_as_facts_are() -> None:
    """The Chinese title names a criterion; 0.3亿 is 3,000万元."""
    assert set_in(changed("全球市场占有率=9%"))["global-share.1"] == 9
    assert set_in(changed("z22-4-score-or-direct.3=0.3亿", book=SRDI))["z22-4-score-or-direct.3"] == 3000


def test_a_figure_that_is_borrowed_is_set_here_and_not_there() -> None:
    """The other rulebook keeps its own."""
    rules = shipped()
    name = next(one.id for one in rules.rulebook().checks if one.borrowed and one.fact.is_numeric)
    assert set_in(changed(f"{name}=7")) == {name: 7}
    assert not set_in(rules.rulebook("sme-2011-size"))


def test_a_criterion_that_is_left_out_is_looked_at_and_does_not_decide() -> None:
    """`without` leaves out some, `only` all others; what the text has for information stays so."""
    own = [one.words.id for one in shipped().rulebook().criteria if one.words.decides]
    left = [one.words.id for one in changed(without="sme 全球市场占有率").criteria if one.words.decides]
    assert left == [one for one in own if one not in {"sme", "global-share"}]
    assert [one.words.id for one in changed(only="sme global-share").criteria if one.words.decides] == [
        "sme",
        "global-share",
    ]


def test_the_digest_is_that_of_what_is_asked_for() -> None:
    """However it is written and in whatever order; the text's rulebook stays as it was."""
    base = shipped().rulebook()
    digests = {
        changed("global-share=12%", "core-business=60%").digest,
        changed("core-business=60.0 %", "全球市场占有率=12").digest,
    }
    others = {changed("global-share=13%").digest, changed(without="sme").digest, changed(only="sme").digest}
    assert len(digests) == 1
    assert len(digests | others | {base.digest}) == 5
    assert not set_in(base)


def test_a_second_change_keeps_the_figure_of_the_text() -> None:
    """What is changed twice, one after the other, is still told beside the text's own."""
    twice = what_if(changed("global-share=12%"), Changes((("global-share", "11%"),)))
    now = right(twice, "global-share.1")
    assert isinstance(now, Threshold)
    assert isinstance(now.text, Threshold)
    assert (now.value, now.text.value) == (11, 15)
    assert [one.id for one in twice.changes] == ["global-share.1"]


def test_every_mistake_is_told_at_once_with_what_may_be_meant() -> None:
    """Names that are none, or are several; figures that are none, are out of range, or are no single one."""
    found = told("market-rank=5", "glbal-share=1%", "sme=3", "core-business=200%", "global-share=10-12%", without="sm")
    assert [one[:3] for one in found] == [
        ("set", "market-rank", "has several figures"),
        ("set", "glbal-share", "is no figure of this rulebook"),
        ("set", "sme", "has no figure that can be set"),
        ("set", "core-business=200%", "is above the largest accepted value, 100"),
        ("set", "global-share=10-12%", "must be one figure"),
        ("without", "sm", "is no criterion that decides"),
    ]
    assert "market-rank.1 (Global rank by market share 3)" in found[0][3]
    assert found[1][3] == "Did you mean global-share?"
    assert found[5][3] == "Did you mean sme?"


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        (["global-share=0.12"], "a percentage below 1 is written with its sign"),
        (["global-share="], "is not a number"),
        (["global-share=12%", "global-share.1=13%"], "is set twice"),
        (["z22-4-score-or-direct.1=101"], "can never be: the scorecard has at most 100 points"),
    ],
)
def test_a_figure_must_be_one_that_a_rulebook_could_have(figures: list[str], what: str) -> None:
    """A fraction for a percentage, nothing, two at once, points that there are not."""
    book = SRDI if figures[0].startswith("z22") else DEFAULT_RULEBOOK
    assert [one[2] for one in told(*figures, book=book)] == [what]


def test_something_must_be_left_to_decide() -> None:
    """A rulebook that asks for nothing is no trial of it."""
    assert [one[2] for one in told(only="sme", without="sme")] == ["leaves no criterion that decides"]


def test_every_figure_of_every_shipped_rulebook_can_be_set() -> None:
    """By the id of its check, and it alone by our readings."""
    for name in shipped().ids:
        book = shipped().rulebook(name)
        ours = {one.id: one for one in book.ours.checks}
        for check_id, check in ours.items():
            if isinstance(check.right, Threshold) and check.fact.is_numeric and check.operator != "given":
                new = changed(f"{check_id}={7 if check.right.value != 7 else 8}{_sign(check)}", book=name)
                assert {one for one in set_in(new) if one in ours} == {check_id}


def _sign(check: Check) -> str:
    return "%" if check.fact.kind == "percent" else ""
