"""What a list of firms and key products comes to against the targets of the founding text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.explaining.verdict import Citation
from engine.ground.errors import Text
from engine.ground.result import Result


@dataclass(frozen=True)
class FirmListed:
    """A firm of the list, with the line of its row and its key product."""

    line: int | None
    firm_id: str | None
    firm_name: str | None
    product: str | None


@dataclass
class NearMiss:
    """A firm that is no champion by one criterion alone: the others are met."""

    firm: FirmListed
    criterion: str
    title: Text


@dataclass
class TargetStanding:
    """A target with its words, and how far the list is: `reached` of `of`, among which `unknown` may yet be.

    `met` is null where these would decide it; `share_pct` is that of what is known, for a target that is a share.
    """

    id: str
    title: Text
    value: int
    by: str | None
    quote: str
    cite: Citation
    grade: str
    reading: Text
    confirmed: bool
    reached: int
    of: int
    unknown: int
    is_share: bool
    share_pct: float | None
    met: bool | None


@dataclass
class Covered:
    """An option of a choice, how many key products are of it, and of how many champions."""

    code: str
    title: Text
    products: int
    champions: int


@dataclass
class ProductSuppliers:
    """A key product: its suppliers in the list, those stated, and whether there are as many as the target asks for."""

    product: str
    in_the_list: int
    stated: int | None
    enough: bool | None


@dataclass
class Chain:
    """An industrial chain with its leading firms and its champions."""

    chain: str
    leading: tuple[FirmListed, ...]
    champions: tuple[FirmListed, ...]


@dataclass
class Portfolio(Result):
    """The answer: firms by verdict, targets, near misses, what is covered, suppliers of each product, chains.

    A firm of several rows is a champion if one of its products makes it one.
    """

    as_of: str
    rulebook: str
    rows: int
    rejected: int
    firms: int
    champions: tuple[FirmListed, ...]
    undetermined: tuple[FirmListed, ...]
    near_misses: tuple[NearMiss, ...]
    targets: tuple[TargetStanding, ...]
    bases: tuple[Covered, ...]
    directions: tuple[Covered, ...]
    products: tuple[ProductSuppliers, ...]
    chains: tuple[Chain, ...]
    notice: Text
