"""A statement that is kept for lists that are alike is found again for these only."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from engine import InputError, Order, screen_file
from engine.screening.asked import _KNOWN
from tests.small_rules import rulebook_asking

COUNT = 60 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 6
OPTIONS: dict[str, list[Any]] = {
    "lang": ["zh", "en"],
    "labels": ["ids", "titles"],
    "form": ["csv", "jsonl"],
    "carry": [False, True],
    "figures": [False, True],
    "raw_text": [False, True],
    "warnings": [False, True],
    "mapping": [{}, {"备注": "employees_y0"}, {"员工人数": "-"}],
}
HEADERS = [
    "企业名称,营业收入（万元）,员工人数,备注",
    "企业名称,营业收入（亿元）,员工人数,备注",
    "企业名称,2025年营业收入（万元）,员工人数,备注",
    "企业名称,2024年营业收入（万元）,员工人数,备注",
    "企业名称,营业收入,员工人数,备注",
    "单位：元,,,\n企业名称,营业收入,员工人数,备注",
    "企业名称,营业收入（万元）,员工人数,说明",
]
DAYS = [date(2026, 6, 1), date(2025, 6, 1)]


def orders(count: int) -> list[dict[str, Any]]:
    """Give orders of which most have a twin that differs from it in one thing."""
    dice = random.Random(count)
    found: list[dict[str, Any]] = []
    while len(found) < count:
        one = {name: dice.choice(several) for name, several in OPTIONS.items()}
        one |= {"header": dice.choice(HEADERS), "day": dice.choice(DAYS)}
        other = {**one}
        changed = dice.choice([*OPTIONS, "header", "day"])
        other[changed] = dice.choice({**OPTIONS, "header": HEADERS, "day": DAYS}[changed])
        found += [one, other]
    return found


def written(asked: dict[str, Any], folder: Path) -> list[bytes]:
    """Give what is written for an order: verdicts, rejected rows and warnings."""
    folder.mkdir()
    path, output = folder / "in.csv", folder / "out"
    path.write_text(f"{asked['header']}\n甲,3000,0.5,=1+1\n乙,50,900,80\n丙,约5,3,\n", encoding="utf-8")
    options = {name: asked[name] for name in OPTIONS if name != "warnings"}
    beside = {"rejected": folder / "rejected"} | ({"warnings": folder / "warnings"} if asked["warnings"] else {})
    book = rulebook_asking("revenue_y0", "employees_y0")
    try:
        screen_file(path, Order(book, asked["day"], output, **beside, **options))
    except InputError as error:
        return [str(error).encode()]
    return [file.read_bytes() for file in sorted(folder.iterdir())]


def test_what_is_kept_changes_nothing(tmp_path: Path) -> None:
    """An order comes out as if nothing had been asked before, after others and while others are at work."""
    several = orders(COUNT)
    fresh = []
    for place, one in enumerate(several):
        _KNOWN.clear()
        fresh.append(written(one, tmp_path / f"fresh{place}"))
    _KNOWN.clear()
    assert [written(one, tmp_path / f"kept{place}") for place, one in enumerate(several)] == fresh
    _KNOWN.clear()
    with ThreadPoolExecutor(4) as pool:
        at_once = pool.map(lambda pair: written(pair[1], tmp_path / f"at_once{pair[0]}"), enumerate(several))
        assert list(at_once) == fresh
    assert len({b"".join(one) for one in fresh}) > COUNT // 3
