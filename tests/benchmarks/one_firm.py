"""One firm, decided in this process by us and by the peers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
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

from engine import DEFAULT_RULEBOOK, Catalog, Outcome, assess, profile_reader, shipped, to_json
from engine.deciding.reference import Outcomes, decide
from engine.deciding.to_durable import engine_for
from engine.firms.figures import Figures
from engine.rulebooks.logic import Check

Call = Callable[[], object]

_DAY = date(2025, 7, 1)
_OURS = ("durable_rules round", "reference", "verdict from a dict", "verdict from a dict, as JSON bytes")


def run() -> None:
    """Time everything and print the ratios."""
    columns = {}
    with TemporaryDirectory() as folder:
        for catalog in (shipped(), own_checks(Path(folder))):
            for firm, profile in firms.profiles().items():
                rulebook = catalog.rulebook()
                figures = Figures(catalog.vocabulary, profile_reader(catalog.vocabulary).read(profile).values, _DAY)
                outcomes = decide(rulebook, figures)
                checks = [check for check in rulebook.checks if check.id in outcomes]  # others do not apply to the firm
                others = _peers(checks, figures, outcomes)
                columns[f"{len(checks)}, {firm.split()[0]}"] = timed({**_ours(catalog, profile, figures), **others})
    title = f"1. One firm: ours / peer, by number of checks that apply; medians of {ROUNDS} interleaved rounds"
    table.show(title, [*columns], _rows([*columns.values()]))


def own_checks(folder: Path) -> Catalog:
    """Give, in an empty folder, a catalog whose default rulebook has only the checks that it does not borrow."""
    shutil.copytree(shipped().folder, folder, dirs_exist_ok=True)
    file = folder / f"{DEFAULT_RULEBOOK}.yaml"
    words = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 makes nothing but text
    words["criteria"] = [one for one in words["criteria"] if "rulebook" not in one["require"]]
    file.write_text(yaml.safe_dump(words, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Catalog(folder)


def _ours(catalog: Catalog, profile: dict[str, Any], figures: Figures) -> Mapping[str, Call]:
    rulebook = catalog.rulebook()
    engine = engine_for(rulebook)
    calls = (
        lambda: engine.decide(figures),
        lambda: decide(rulebook, figures),
        lambda: assess(profile, as_of=_DAY, catalog=catalog),
        lambda: to_json(assess(profile, as_of=_DAY, catalog=catalog)),
    )
    return dict(zip(_OURS, calls, strict=True))


def _peers(checks: Sequence[Check], figures: Figures, outcomes: Outcomes) -> Mapping[str, Call]:
    """Give the peers' calls once they have said of every check what we say."""
    is_open = any(outcomes[check.id] is Outcome.UNDETERMINED for check in checks)
    calls = peers.evaluators(checks, peers.figures_for(checks, figures), guarded=is_open)
    met = [outcomes[check.id] is Outcome.MET for check in checks]
    for name, call in calls.items():
        if call() != met:
            message = f"{name} says otherwise than we: different work would be compared"
            raise RuntimeError(message)
    return calls


def _rows(columns: list[dict[str, list[float]]]) -> list[table.Row]:
    rows = [(name, [f"{median(column[name]) * 1e6:.0f} µs" for column in columns]) for name in (*_OURS, *peers.NAMES)]
    for name in _OURS:
        rows.append((f"\n{name} /", []))
        rows += [
            (f"  {peer}", [f"{ratio(column[name], column[peer]):.2f}" for column in columns]) for peer in peers.NAMES
        ]
    return rows
