"""The study comes to what the commands say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest


def test_the_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its frames have the figures that README shows, each group its share of them, and the figure is drawn."""
    (tmp_path / "fixtures").symlink_to(Path(__file__).parents[2] / "fixtures")
    monkeypatch.chdir(tmp_path)
    found = runpy.run_path(str(Path(__file__).with_name("little_study.py")))
    curve, exact = found["curve"], found["for_ten"].aims[0].exact
    assert curve.loc[[10, 20, 30], ["qualified", "at_most"]].to_numpy().tolist() == [[17, 46], [13, 42], [10, 39]]
    assert (exact.counts.qualified, exact.low, exact.high) == (10, 23.5, 35.0)
    groups = found["industries"]
    assert groups.drop("").sum().tolist() == groups.loc[""].tolist() == [17, 13, 10]
    assert found["who"].to_numpy().tolist() == [["浙江禾川科技股份有限公司", "not_qualified", "undetermined"]]
    assert "the text: 15%" in Path("share.svg").read_text("utf-8")
