"""A list of firms and key products against the targets: champions, the five bases, suppliers, pairs in one chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pyarrow.parquet as pq

from engine.explaining.findings import citation
from engine.explaining.verdict import Standing
from engine.explaining.wording import NOTICE
from engine.ground.limits import Limits
from engine.ground.scratch import scratch
from engine.headers.understanding import Understanding
from engine.language.decision_day import Day, given_day
from engine.outputs.portfolio import Chain, Covered, FirmListed, NearMiss, Portfolio, ProductSuppliers, TargetStanding
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Check, Criterion, Gate, Rulebook, Threshold
from engine.rulebooks.routes import Target
from engine.rulebooks.rulebook import Operator
from engine.screening.file import Report, screen_file
from engine.screening.order import Order
from engine.screening.stop import Stop
from engine.tables.source import Source

LEADING_FIRM = "cae-2021-leading-firm"
PRODUCT, CHAIN, SECURED, SUPPLIERS = "main_product_name", "chain_name", "secured_at_home", "domestic_suppliers"
BASE, DIRECTION = "foundation_base", "priority_direction"
_TOLD = (PRODUCT, CHAIN, SECURED, SUPPLIERS, BASE, DIRECTION)
_OF_THE_TARGET = ("parts", "materials")  # 核心基础零部件（元器件）、关键基础材料


Row = Mapping[str, Any]


def portfolio(  # noqa: PLR0913 as much as may be said of a list
    path: Path,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    on_columns: Callable[[Understanding, Source], None] = lambda *_: None,
    limits: Limits | None = None,
    stop: Stop | None = None,
    folder: Path | None = None,
) -> Portfolio:
    """Give how the firms and key products of a file stand to the targets.

    `on_columns` is told how the columns were understood; `stop` may end it; what is kept meanwhile is in `folder`.
    Raises what `screen_file` does, and InputError if the rules have no `routes.yaml`, which has the targets.
    """
    rules, day = catalog or shipped(), given_day(as_of)
    targets = {one.id: one for one in rules.routes.targets}
    book = rules.rulebook(targets["champions"].rulebook)
    order = Order(
        book,
        day,
        (folder or Path(gettempdir())) / "rows.parquet",
        "parquet",
        figures=True,
        reasons=False,
        mapping=dict(mapping or {}),
        sheet=sheet,
        limits=limits,
    )
    report = (stop or Stop()).step
    leading = rules.rulebook(LEADING_FIRM)
    rows, rejected = _judged(path, replace(order, rulebook=_telling(book, leading)), report, on_columns)
    leads, _ = _judged(path, replace(order, rulebook=leading), report)
    firms = _by_firm(rows)
    of = {standing: tuple(row for row in firms if row["verdict"] == standing.value) for standing in Standing}
    titles = {one.words.id: one.words.title for one in book.criteria}
    near = [row for row in of[Standing.NOT_QUALIFIED] if not row["undetermined"] and ";" not in row["unmet"]]
    products = _products(rows, targets["two-suppliers"].value)
    return Portfolio(
        as_of=day.isoformat(),
        rulebook=book.id,
        rows=len(rows) + rejected,
        rejected=rejected,
        firms=len(firms),
        champions=_listed(of[Standing.QUALIFIED]),
        undetermined=_listed(of[Standing.UNDETERMINED]),
        near_misses=tuple(NearMiss(_firm(row), row["unmet"], titles[row["unmet"]]) for row in near),
        targets=(
            _of_firms(targets["champions"], rules, of),
            _of_secured(targets["secured-at-home"], rules, rows),
            _of_suppliers(targets["two-suppliers"], rules, products),
        ),
        bases=_covered(rules, BASE, rows),
        directions=_covered(rules, DIRECTION, rows),
        products=products,
        chains=_chains(rows, {row["line"]: row["verdict"] for row in leads}),
        notice=NOTICE,
    )


def _telling(book: Rulebook, beside: Rulebook) -> Rulebook:
    """Give a rulebook that also looks at what is told of a key product, and asked beside, and does not decide by it."""
    words = book.criteria[0].words.model_copy(update={"id": "portfolio", "decides": False})
    checks = tuple(
        Check(f"portfolio.{name}", book.vocabulary[name], Operator.GIVEN, Threshold(value=True))
        for name in (*_TOLD, *sorted(beside.facts_used.difference(_TOLD)))
    )
    return replace(book, criteria=(*book.criteria, Criterion(words, Gate("portfolio", "any_of", 1, checks))))


def _judged(
    path: Path, order: Order, report: Report, on_columns: Callable[[Understanding, Source], None] = lambda *_: None
) -> tuple[list[Row], int]:
    """Give the rows that are judged, and how many are not."""
    with scratch(order.output.parent) as folder:
        output = folder / order.output.name
        summary = screen_file(path, replace(order, output=output), on_columns, report)
        return pq.read_table(output).to_pylist(), summary.rejected


def _by_firm(rows: Iterable[Row]) -> list[Row]:
    """Give a row of each firm, that with the best verdict."""
    best = (Standing.QUALIFIED.value, Standing.UNDETERMINED.value, Standing.NOT_QUALIFIED.value)
    found: dict[object, Row] = {}
    for row in rows:
        key = _whose(row)
        if key not in found or best.index(row["verdict"]) < best.index(found[key]["verdict"]):
            found[key] = row
    return list(found.values())


def _whose(row: Row) -> object:
    return row["firm_id"] or row["firm_name"] or row["line"]


def _product(row: Row) -> object:
    """Give what stands for the key product: its name, or if that is not stated the row itself."""
    return _name(row[PRODUCT]) or row["line"]


def _name(text: str | None) -> str:
    return " ".join((text or "").split())


def _firm(row: Row) -> FirmListed:
    return FirmListed(row["line"], row["firm_id"] or None, row["firm_name"] or None, _name(row[PRODUCT]) or None)


def _listed(rows: Iterable[Row]) -> tuple[FirmListed, ...]:
    return tuple(map(_firm, rows))


def _standing(
    target: Target, rules: Catalog, reached: int, of: int, unknown: int, *, needed: Fraction, is_share: bool = False
) -> TargetStanding:
    known = of - unknown
    return TargetStanding(
        id=target.id,
        title=target.title,
        value=target.value,
        by=None if target.by is None else target.by.isoformat(),
        quote=target.quote,
        cite=citation(target.cite, rules.rulebook(target.rulebook).words.sources),
        grade=target.cite.grade,
        reading=target.reading,
        confirmed=target.confirmed,
        reached=reached,
        of=of,
        unknown=unknown,
        is_share=is_share,
        share_pct=float(Fraction(100 * reached, known)) if is_share and known else None,
        met=None if not of or reached < needed <= reached + unknown else reached >= needed,
    )


def _of_firms(target: Target, rules: Catalog, of: Mapping[Standing, Sequence[Row]]) -> TargetStanding:
    """Count the champions."""
    found, open_, every = len(of[Standing.QUALIFIED]), len(of[Standing.UNDETERMINED]), sum(map(len, of.values()))
    return _standing(target, rules, found, every, open_, needed=Fraction(target.value))


def _of_secured(target: Target, rules: Catalog, rows: Iterable[Row]) -> TargetStanding:
    """Count the parts and materials that are secured at home; one of which rows say both is not known."""
    said: dict[object, set[bool]] = {}
    for row in rows:
        if row[BASE] in _OF_THE_TARGET:
            said.setdefault(_product(row), set()).update([] if row[SECURED] is None else [row[SECURED]])
    secured, unknown = sum(one == {True} for one in said.values()), sum(len(one) != 1 for one in said.values())
    needed = Fraction(target.value * len(said), 100)
    return _standing(target, rules, secured, len(said), unknown, needed=needed, is_share=True)


def _of_suppliers(target: Target, rules: Catalog, products: Sequence[ProductSuppliers]) -> TargetStanding:
    """Count the products that have as many suppliers as is aimed at, which is asked of each."""
    enough, unknown = (sum(one.enough is so for one in products) for so in (True, None))
    return _standing(target, rules, enough, len(products), unknown, needed=Fraction(len(products)))


def _products(rows: Iterable[Row], enough: int) -> tuple[ProductSuppliers, ...]:
    """Give the suppliers of each product that is named; fewer in the list than asked for may have others outside it."""
    firms: dict[str, set[object]] = {}
    stated: dict[str, int] = {}
    for row in rows:
        name = _name(row[PRODUCT])
        if not name:
            continue
        firms.setdefault(name, set()).add(_whose(row))
        if row[SUPPLIERS] is not None:
            stated[name] = max(int(row[SUPPLIERS]), stated.get(name, 0))
    found = []
    for name, several in firms.items():
        is_enough = max(len(several), stated.get(name, 0)) >= enough
        told = True if is_enough else False if name in stated else None
        found.append(ProductSuppliers(name, len(several), stated.get(name), told))
    return tuple(found)


def _covered(rules: Catalog, fact: str, rows: Iterable[Row]) -> tuple[Covered, ...]:
    """Give each option but “none”, with the key products that are of it and the champions."""
    products: dict[str, set[object]] = {}
    champions: dict[str, set[object]] = {}
    for row in rows:
        products.setdefault(row[fact], set()).add(_product(row))
        if row["verdict"] == Standing.QUALIFIED.value:
            champions.setdefault(row[fact], set()).add(_whose(row))
    options = rules.vocabulary[fact].choices
    return tuple(
        Covered(code, one.title, len(products.get(code, ())), len(champions.get(code, ())))
        for code, one in options.items()
        if code != "none"
    )


def _chains(rows: Iterable[Row], leads: Mapping[object, str]) -> tuple[Chain, ...]:
    """Give the chains that are named, with those of their firms that lead them and those that are champions."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        if name := _name(row[CHAIN]):
            named.setdefault(name, []).append(row)
    return tuple(
        Chain(
            name,
            _listed(row for row in several if leads.get(row["line"]) == Standing.QUALIFIED.value),
            _listed(row for row in several if row["verdict"] == Standing.QUALIFIED.value),
        )
        for name, several in named.items()
    )
