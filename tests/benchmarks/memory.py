"""Whether a process grows: its resident memory before and after many assessments.

`python memory.py COUNT` measures itself and prints both, in MB.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import firms
import table

from engine import assess, parse_json, to_json

FEW, MANY = 30_000, 300_000
_WARM_UP = 2_000
_STATUS = Path("/proc/self/status")


def run(count: int) -> None:
    """Measure in a process of its own and print the growth."""
    if not _STATUS.exists():
        print("\n3. Memory: not measured, this system has no /proc")
        return
    command = [sys.executable, __file__, str(count)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    before, after = (float(part) for part in answer.split())
    cells = [f"{before:.1f} MB", f"{after:.1f} MB", f"{after - before:+.1f} MB"]
    table.show("3. Resident memory of one process", ["before", "after", "growth"], [(f"{count:,} assessments", cells)])


def _measure(count: int) -> None:
    files = sorted(firms.PUBLISHED_FOLDER.glob("*.json"))[:7]
    profiles = [parse_json(body) for body in (firms.COMPLETE, *(file.read_bytes() for file in files))]
    _assess(profiles, _WARM_UP)
    before = _resident()
    _assess(profiles, count)
    print(before, _resident())


def _assess(profiles: list[object], count: int) -> None:
    for profile in islice(cycle(profiles), count):
        to_json(assess(profile))


def _resident() -> float:
    """Give the resident memory in MB."""
    gc.collect()
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
