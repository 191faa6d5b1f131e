"""Tables of firms at the edges of a rulebook, as people type them: units, full-width digits, blanks, mistakes."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from engine.firms.typed import written
from engine.ground.values import Known
from engine.language.facts import BOOLEAN, WHOLE, Fact, Kind
from engine.proving.edges import SIDES, on_side, ordered
from engine.proving.firms import thresholds
from engine.rulebooks.logic import Rulebook

_HAIRS = [Fraction(sign, 10**places) for places in (4, 9, 14, 15, 16, 18) for sign in (1, -1)]
_BLANKS = (None, "", "-", "/", "无数据", "N/A", " ")
_FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_POOL, _EDGES = 60, 400
_ODD = {
    Kind.MONEY: ("约15%", "3000万美元", "1e3", "2亿3000万", "-5", "999999999999999", "1" * 17, "<5000", "高于3000万元"),
    Kind.PERCENT: ("约15%", "0.15", "101", "１５％", "15.0000000000000001", "低于10%", ">5%"),
    Kind.RANK: ("前3名", "第一", "0", "2.5", "top 10"),
    Kind.COUNT: ("12人", "1,200", "3.5", "-1"),
    Kind.DATE: ("2024-02-30", "2024年2月", "20240229", "2024/2/29", "2099-01-01"),
}


def boundary_table(rulebook: Rulebook, rows: int, random: Random, as_of: date) -> dict[str, list[str | None]]:
    """Give the cells of a table by fact: a third of the rows stand on a threshold of a formula or a hair beside it."""
    names, near = sorted(rulebook.facts_used), {**thresholds(rulebook), **_awarded(rulebook)}
    blank = random.choice
    pools = {name: _texts(rulebook.vocabulary[name], near.get(name, []), random, as_of) for name in names}
    edges = list(_edges(rulebook, random, as_of))
    table: dict[str, list[str | None]] = {name: [] for name in names}
    for _ in range(rows):
        share = random.choice((0.0, 0.05, 0.3))
        row = {name: blank(_BLANKS) if random.random() < share else random.choice(pools[name]) for name in names}
        if edges and random.random() < 1 / 3:
            row |= random.choice(edges)
        for ratio in rulebook.vocabulary.ratios.values():
            if ratio.id in row:  # which is not beside all of its parts, with which it would have to agree
                lacking = random.choice([ratio, ratio, *rulebook.vocabulary.stated_behind(ratio)])
                row[lacking.id] = None
        for name, cell in row.items():
            table[name].append(cell)
    return table


def _awarded(rulebook: Rulebook) -> dict[str, list[Fraction]]:
    """Give the whole points that somebody may award: a total a hair from its bar is made of a hair beside them."""
    items = [item for score in rulebook.scores for item in score.items]
    return {one.points_of.id: [Fraction(n) for n in range(int(one.maximum) + 1)] for one in items if one.points_of}


def _texts(fact: Fact, near: list[Fraction], random: Random, as_of: date) -> list[str]:
    """Give a pool of texts for one fact; a few of them cannot be read."""
    if fact.kind in BOOLEAN:
        return ["是", "否", "有", "Y", "ｎｏ", "TRUE", "0"]
    if fact.kind in {Kind.CHOICE, Kind.CHOICES}:
        options = [word for code, option in fact.choices.items() for word in (code, option.zh)]
        return [*options, "、".join(list(fact.choices)[:2]), "无"] if fact.kind is Kind.CHOICES else options
    if fact.kind is Kind.DATE:
        days = [as_of - timedelta(days=random.randint(0, 4000)) for _ in range(_POOL)]
        return [*(day.isoformat() for day in days), *_ODD[Kind.DATE]]
    if not fact.is_numeric:
        return ["某公司"]
    found = [_typed(fact, value, random) for value in _values(fact, near, random)]
    return found * 8 + list(_ODD.get(fact.kind, ()))


def _values(fact: Fact, near: list[Fraction], random: Random) -> list[Fraction]:
    low = Fraction(fact.lowest if fact.lowest is not None else 0)
    high = Fraction(fact.highest if fact.highest is not None else 10**9)
    if fact.kind in WHOLE:
        values = [edge + step for edge in near for step in (-1, 0, 1)]
        values += [Fraction(random.randint(0, 300)) for _ in range(20)]
        return [min(max(Fraction(int(value)), low), high) for value in values]
    values = [edge + hair for edge in near for hair in (0, *_HAIRS)]
    values += [Fraction(random.randint(0, 10 ** random.randint(4, 9)), 10**4) for _ in range(_POOL)]
    return [min(max(value, low), high) for value in values]


def _typed(fact: Fact, value: Fraction, random: Random) -> str:
    """Give a figure as somebody may type it; always the same figure."""
    text = written(value)
    ways = [text] * 4 + [text.translate(_FULL_WIDTH), f" {text} "]
    if fact.kind is Kind.MONEY:
        ways += [f"{text}万元", f"{written(value * 10**4)}元"]
        in_large = value / 10**4
        ways += [f"{written(in_large)}亿"] if Fraction(written(in_large)) == in_large else []
    if fact.kind is Kind.PERCENT:
        ways += [f"{text}%", f"{text}％"]
    if value.denominator == 1:
        ways.append(f"{value.numerator:,}")
    return random.choice(ways)


def _edges(rulebook: Rulebook, random: Random, as_of: date) -> list[dict[str, str]]:
    """Give the figures that put the formulas of a rulebook on their thresholds, and a hair beside."""

    def ingredient(fact: Fact) -> Known:
        return random.randint(1, 1000) if fact.kind in WHOLE else Fraction(random.randint(1, 10**8), 10**3)

    checks = [check for check in ordered(rulebook) if check.fact.is_derived]
    found = []
    for _ in range(_EDGES if checks else 0):
        check = random.choice(checks)
        parts = [fact for fact in rulebook.vocabulary.stated_behind(check.fact) if fact.is_numeric]
        drawn = {fact.id: ingredient(fact) for fact in parts}
        stated = on_side(rulebook, check, as_of, random.choice(SIDES), random.choice(_HAIRS), drawn)
        if stated is None:
            continue
        found.append({key: written(value) for key, value in stated.items()})
    return found
