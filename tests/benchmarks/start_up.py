"""How long a command takes, from a cold process to its exit."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

import firms
import table
from rounds import ratio, seconds, turns

_ROUNDS = 7
_EMPTY = "python -c pass"


def run() -> None:
    """Time the commands in turns and print them beside an empty Python."""
    champion = str(Path(sys.executable).with_name("champion"))
    commands = {
        _EMPTY: [sys.executable, "-c", "pass"],
        "champion --help": [champion, "--help"],
        f"champion assess {firms.PUBLISHED_FILE.name}": [champion, "assess", str(firms.PUBLISHED_FILE)],
    }
    calls = {name: partial(_call, command) for name, command in commands.items()}
    turns(calls, 1)  # writes the bytecode and fills the disk cache
    times = turns({name: partial(seconds, call) for name, call in calls.items()}, _ROUNDS)
    rows = [
        (name, [f"{median(figures) * 1e3:.0f} ms", f"{ratio(figures, times[_EMPTY]):.1f}"])
        for name, figures in times.items()
    ]
    table.show(f"4. Start-up, wall time, median of {_ROUNDS}", ["", "/ empty Python"], rows)


def _call(command: list[str]) -> None:
    bytecode_kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=bytecode_kept, stdout=subprocess.DEVNULL, check=True)
