"""What a habit costs: files of firms as people type them, each beside the clean file and beside the cost of copying it.

`python habits.py ROWS [HABIT…]` measures those alone, with `--once` in one round of three. A figure is the CPU time,
user and system, of a command of its own, less that of the same command on a file of 200 rows, a row.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import candidates
import table
from rounds import ratio, turns

_ROUNDS = 3
_FEW = 200
_CLEAN, _FORMS = "clean", ("parquet", "jsonl")
_COPY = "import duckdb, sys; duckdb.execute(f\"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}'\")"


def run(rows: int, habits: Sequence[str] = (), rounds: int = _ROUNDS) -> None:
    """Measure the clean file and those with the habits (or all) in turns, all commands once in a round; print them."""
    with tempfile.TemporaryDirectory() as folder:
        names = dict.fromkeys((_CLEAN, *(habits or (*candidates.HABITS, candidates.REAL))))
        files = {name: candidates.write(Path(folder) / f"{at}.csv", rows, name) for at, name in enumerate(names)}
        few = candidates.write(Path(folder) / "few.csv", _FEW)
        out = few.with_suffix(".out")
        calls = {("few", "csv"): partial(_screened, few, out, "csv"), ("few", "copy"): partial(_copied, few, out)}
        calls |= {(_CLEAN, form): partial(_screened, files[_CLEAN], out, form) for form in _FORMS}
        calls |= {(name, "csv"): partial(_screened, file, out, "csv") for name, file in files.items()}
        calls |= {(name, "copy"): partial(_copied, file, out) for name, file in files.items()}
        _show(turns(calls, rounds), rows)


def _show(took: Mapping[tuple[str, str], Sequence[float]], rows: int) -> None:
    def row(name: str, form: str) -> list[float]:
        """Give the microseconds that a row takes, in each round."""
        start = took["few", "copy" if form == "copy" else "csv"]
        pairs = zip(took[name, form], start, strict=True)
        return [max(whole - before, 1e-6) / (rows - _FEW) * 1e6 for whole, before in pairs]

    clean, lines = row(_CLEAN, "csv"), []
    for name, form in took:
        if name != "few" and form != "copy":
            ours = row(name, form)
            told = [f"{median(ours):.1f} us", f"{ratio(ours, clean):.2f}", f"{ratio(ours, row(name, 'copy')):.2f}"]
            lines.append((name if form == "csv" else f"{name}, to {form}", told))
    lines.sort(key=lambda line: line[0] != _CLEAN)
    title = f"11. What a habit costs, {rows:,} rows, CSV to CSV; CPU time, median of {len(clean)}"
    table.show(title, ["a row", "/ clean row", "/ copying it"], lines)
    start = took["few", "csv"]
    few = [f"{median(start):.2f} s", "", f"{ratio(start, took['few', 'copy']):.2f}"]
    table.show(f"12. A file of {_FEW} rows, CPU time of the command", ["", "", "/ copying it"], [(_CLEAN, few)])


def _screened(source: Path, target: Path, form: str) -> float:
    command = str(Path(sys.executable).with_name("champion"))
    words = ["screen", str(source), "-o", str(target), "--format", form, "--as-of", "2026-06-01"]
    return _cpu([command, *words, "--rulebook", "cae-2021-champion"], {0, 1})


def _copied(source: Path, target: Path) -> float:
    return _cpu([sys.executable, "-c", _COPY, str(source), f"{target}.copy.csv"], {0})


def _cpu(command: Sequence[str], usual: set[int]) -> float:
    """Run a command, and give its CPU seconds. Raises RuntimeError if it does not end as usual."""
    bytecode_kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, env=bytecode_kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in usual:
        message = f"{' '.join(command)} ended with {running.returncode}"
        raise RuntimeError(message)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    named = [word for word in sys.argv[2:] if word != "--once"]
    run(int(sys.argv[1]), named, 1 if "--once" in sys.argv else _ROUNDS)
