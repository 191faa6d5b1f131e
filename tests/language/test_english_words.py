"""What our own output says in either language is read back: titles, amounts, and that there is none."""

from __future__ import annotations

from datetime import date

import pytest

from engine.explaining.wording import exactly
from engine.ground.values import on_day
from engine.headers.cells import Column
from engine.language.answer import answer
from engine.language.facts import Fact, Kind
from engine.language.reading import Unreadable
from engine.rulebooks.catalog import shipped

VOCABULARY = shipped().vocabulary
REVENUE, TITLES = VOCABULARY["revenue_y0"], VOCABULARY["valid_titles"]
OPTIONS = [
    (fact, code, words)
    for fact in VOCABULARY.given.values()
    for code, one in fact.choices.items()
    for words in (code, one.zh, one.en)
]


@pytest.mark.parametrize(("fact", "code", "words"), OPTIONS)
def test_every_option_is_read_back(fact: Fact, code: str, words: str) -> None:
    """The code of each option and its name in either language are read as it."""
    assert answer(fact, words) == (frozenset({code}) if fact.kind is Kind.CHOICES else code)


@pytest.mark.parametrize("fact", [fact for fact in VOCABULARY.given.values() if fact.kind is Kind.CHOICES])
@pytest.mark.parametrize("mark", ["、", ", ", "; ", " and ", ", and ", "和"])
def test_all_options_of_a_fact_are_read_back(fact: Fact, mark: str) -> None:
    """So are all of them with what separates them, though some names have an “and” in them."""
    titles = [one.zh if mark in "、和" else one.en for one in fact.choices.values()]
    assert answer(fact, mark.join(titles)) == frozenset(fact.choices)


def test_the_titles_of_editions_and_levels_are_read() -> None:
    """What an edition of a level says that it is about names the level, in either language."""
    catalog = shipped()
    books = [catalog.rulebook(name).words for name in catalog.ids]
    for words in (one for one in books if one.level):
        for title in (words.qualification.zh, words.qualification.en):
            assert answer(TITLES, title) == frozenset({words.level}), title
    assert answer(TITLES, "SRDI SME") == frozenset({"srdi"})


@pytest.mark.parametrize("words", ["none", "no titles", "No title", "none held", "无"])
def test_that_there_is_none_is_said(words: str) -> None:
    """A firm says that it holds no title; None, as a program writes it, is a blank."""
    assert answer(TITLES, words) == frozenset()
    assert answer(TITLES, "None") is None


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        *(("210 million", 21000), ("CNY 210 million", 21000), ("RMB 210 million", 21000), ("210 million yuan", 21000)),
        *(("CNY 2.1 million", 210), ("1.2 billion", 120000), ("500 thousand", 50), ("RMB 1.2bn", 120000)),
        *(("¥210 million", 21000), ("1,200 million", 120000)),
    ],
)
def test_amounts_in_english(words: str, amount: int) -> None:
    """Thousands, millions and billions are yuan, as 万 and 亿 are."""
    assert answer(REVENUE, words) == amount


@pytest.mark.parametrize("words", ["USD 210 million", "$210 million", "210 million dollars", "210m", "HKD 1.2 billion"])
def test_other_money_is_not_taken_for_ours(words: str) -> None:
    """What is of another currency, or might be metres, is refused."""
    with pytest.raises(Unreadable):
        answer(REVENUE, words)


@pytest.mark.parametrize("amount", [1, 210, 21000, 123456, 10_000_000])
def test_an_amount_that_we_print_is_read_back(amount: int) -> None:
    """What our English output writes of an amount is that amount when it is typed."""
    assert answer(REVENUE, exactly(REVENUE, amount)[1]) == amount


def test_what_stands_in_brackets_is_not_cut() -> None:
    """A title with its batch and its term in one pair of brackets is one; what is strange is told as it was typed."""
    said = "创新型中小企业、省级专精特新中小企业（2024年批次，有效期至2027年）"
    read = answer(TITLES, said)
    assert on_day(read, date(2027, 12, 31)) == frozenset({"innovative", "srdi"})
    assert on_day(read, date(2028, 1, 1)) == frozenset(
        {"innovative", "+-省级专精特新中小企业（2024年批次，有效期至2027年）"}
    )
    assert answer(TITLES, "小巨人（甲，乙）、某奖(丙,丁)") == frozenset({"?小巨人（甲，乙）", "?某奖(丙，丁)"})
    for cell in ("none", "CNY 210 million"):
        fact = TITLES if cell == "none" else REVENUE
        assert Column("h", fact, "万元" if fact is REVENUE else "", date(2026, 6, 1)).value(cell) == answer(fact, cell)
