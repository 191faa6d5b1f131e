"""One firm, decided in this process by us and by the peers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import firms
import peers
import table
import yaml
from rounds import ROUNDS, ratio, timed

from engine import DEFAULT_RULEBOOK, Catalog, Outcome, assess, reader_for, shipped, to_json
from engine.figures import Figures
from engine.reference import decide
from engine.to_durable import engine_for

_DAY = date(2025, 7, 1)
_OURS = ("durable_rules round", "reference", "verdict from a dict", "verdict from a dict, as JSON bytes")


def run() -> None:
    """Time everything and print the ratios."""
    with TemporaryDirectory() as folder:
        catalogs = (shipped(), own_checks(Path(folder)))
        columns = {
            f"{len(catalog.rulebook().checks)}, {firm.split()[0]}": timed(_contestants(catalog, firm, profile))
            for catalog in catalogs
            for firm, profile in firms.profiles().items()
        }
    title = f"1. One firm: ours / peer, by number of checks and firm; medians of {ROUNDS} interleaved rounds"
    table.show(title, [*columns], _rows([*columns.values()]))


def own_checks(folder: Path) -> Catalog:
    """Give, in an empty folder, a catalog whose default rulebook has only the checks that it does not borrow."""
    shutil.copytree(shipped().folder, folder, dirs_exist_ok=True)
    file = folder / f"{DEFAULT_RULEBOOK}.yaml"
    words = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 makes nothing but text
    words["criteria"] = [one for one in words["criteria"] if "rulebook" not in one["require"]]
    file.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    return Catalog(folder)


def _contestants(catalog: Catalog, firm: str, profile: dict[str, Any]) -> Mapping[str, Callable[[], object]]:
    rulebook = catalog.rulebook()
    figures = Figures(catalog.vocabulary, reader_for(catalog.vocabulary).read(profile).values, _DAY)
    outcomes = decide(rulebook, figures)
    met = [outcomes[check.id] is Outcome.MET for check in rulebook.checks]
    is_open = any(outcomes[check.id] is Outcome.UNDETERMINED for check in rulebook.checks)
    others = peers.evaluators(rulebook.checks, peers.figures_for(rulebook.checks, figures), guarded=is_open)
    for name, evaluate in others.items():
        if evaluate() != met:
            message = f"{name} does not say the same of the {firm}: this would compare different work"
            raise RuntimeError(message)
    engine = engine_for(rulebook)
    ours = (
        lambda: engine.decide(figures),
        lambda: decide(rulebook, figures),
        lambda: assess(profile, as_of=_DAY, catalog=catalog),
        lambda: to_json(assess(profile, as_of=_DAY, catalog=catalog)),
    )
    return {**dict(zip(_OURS, ours, strict=True)), **others}


def _rows(columns: list[dict[str, list[float]]]) -> list[table.Row]:
    rows = [(name, [f"{median(column[name]) * 1e6:.0f} µs" for column in columns]) for name in (*_OURS, *peers.NAMES)]
    for name in _OURS:
        rows.append((f"\n{name} /", []))
        rows += [
            (f"  {peer}", [f"{ratio(column[name], column[peer]):.2f}" for column in columns]) for peer in peers.NAMES
        ]
    return rows
