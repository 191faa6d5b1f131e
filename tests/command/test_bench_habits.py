"""The files of the benchmark have the habits that they are named after, and its round runs."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from engine import Order, ScreeningSummary, screen_file, shipped
from tests.benchmarks.candidates import HABITS, REAL, write

ROWS = 300


def _screened(folder: Path, habit: str) -> ScreeningSummary:
    source = write(folder / "in.csv", ROWS, habit)
    order = Order(shipped().rulebook("cae-2021-champion"), date(2026, 6, 1), folder / "out.csv", "csv")
    return screen_file(source, order)


def _read(folder: Path, habit: str) -> list[dict[str, str]]:
    text = write(folder / "in.csv", ROWS, habit).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("habit", HABITS)
def test_a_file_has_its_habit(habit: str, tmp_path: Path) -> None:
    """A file is the same each time, and other than the clean one in every column of its habit."""
    one, clean = _read(tmp_path, habit), _read(tmp_path, "clean")
    assert one == _read(tmp_path, habit)
    assert len(one) == ROWS
    assert all(any(row[name] != usual[name] for row, usual in zip(one, clean, strict=True)) for name in HABITS[habit])


def test_every_row_is_rejected_where_all_should_be(tmp_path: Path) -> None:
    """Of the file in which no row can be judged, none is."""
    assert _screened(tmp_path, "100% rejected").rejected == ROWS


def test_the_file_with_all_habits_is_read(tmp_path: Path) -> None:
    """The header of two rows is no row of a firm, and few rows are rejected."""
    summary = _screened(tmp_path, REAL)
    assert summary.verdicts + summary.rejected == ROWS
    assert summary.rejected < 0.05 * ROWS


def test_the_round_runs() -> None:
    """The table has a line for the clean file and for the habit."""
    script = Path(__file__).parents[1] / "benchmarks" / "habits.py"
    done = subprocess.run(
        [sys.executable, script, "300", REAL, "--once"], stdout=subprocess.PIPE, text=True, check=True
    )
    assert "\nclean " in done.stdout
    assert f"\n{REAL} " in done.stdout
