"""An adviser's jobs: firms compared, a lapsed title, a figure changed for a trial, a form carried over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shell import run

ROOT = Path(__file__).parents[2]
DAY = "2026-06-01"
Capture = pytest.CaptureFixture[bytes]
LITTLE_GIANT = ("--level", "小巨人", "--as-of", DAY)


def _facts(**changed: Any) -> dict[str, Any]:
    path = ROOT / "fixtures" / "made_up" / "little-giant-2026-just-passes.json"
    facts = json.loads(path.read_text(encoding="utf-8")) | changed
    return {name: value for name, value in facts.items() if value is not None}


def _files(folder: Path, *several: dict[str, Any]) -> list[str]:
    paths = [folder / f"{place}.json" for place, _ in enumerate(several)]
    for path, facts in zip(paths, several, strict=True):
        path.write_text(json.dumps(facts), encoding="utf-8")
    return [str(path) for path in paths]


def _plain(text: str) -> str:
    """Give a text without the breaks of its lines."""
    return "".join(text.split())


def test_a_comparison_says_what_was_stated_a_fact_a_line(capfdbinary: Capture, tmp_path: Path) -> None:
    """Also a title that is out of its term, and one that is held longer: never as none, or as the same."""
    over, longer = "专精特新中小企业（2023年6月至2026年5月）", "专精特新中小企业（2026年6月至2029年5月）"
    held = "专精特新中小企业（2023年6月至2026年12月）"
    names = _files(tmp_path, *(_facts(valid_titles=one) for one in (over, held, longer)), _facts(valid_titles=None))
    out = run(capfdbinary, "assess", *names, *LITTLE_GIANT, "--format", "line").out
    said, title = _plain(out), "有效期内的称号："
    assert "改了所填的：有效期内的称号：" in said
    valid = [f"专精特新中小企业（有效至{day}）" for day in ("2026年12月31日", "2029年5月31日")]
    assert f"{title}所填“{over}”不在有效期内→{valid[0]}" in said
    assert f"{title}{valid[0]}→{valid[1]}" in said
    assert f"{title}{valid[1]}→没有填写" in said
