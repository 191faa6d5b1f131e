"""Names that say which year they take for the last full one: carried over by it, and compared by it with today's."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import InputError, assess, form_file, profile_of
from engine.language.facts import YEAR
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY, LATER = date(2026, 6, 1), date(2027, 6, 1)
FIRM = {"企业名称": "虚构甲厂", "全职员工数量": 320, "近三年发生较大及以上事故或重大违法（2026年口径）": "否"}
DATED = {
    "上年度（2025年）营业收入": "1.84亿元",
    "前年（2024年）营业收入（亿元）": 1.7,
    "上年末（2025年）资产总额": "2.4亿",
}
IDS = {"revenue_y0": "1.84亿元", "revenue_y1": "1.7亿", "total_assets_y0": "2.4亿"}
OF_2025 = {YEAR: 2025}


def _carried(old: dict[str, Any]) -> dict[str, str]:
    content = form_file("a.csv", level="little_giant", as_of=LATER, old=old)
    return {row[0]: row[1] for row in csv.reader(content.decode("utf-8-sig").splitlines()) if row[-1:] == ["沿用"]}


@pytest.mark.parametrize(
    "old",
    [
        FIRM | DATED,
        FIRM | DATED | {"2022年营业收入": "9亿"},
        FIRM | DATED | {"上年度所指年份": "2025年"},
        FIRM | {"2025年营业收入": "1.84亿元", "2024年度营业收入（亿元）": 1.7, "2023年营业收入": "1.5亿"}
    ],
)  # fmt: skip
def test_a_dated_name_is_carried_by_its_year(old: dict[str, Any]) -> None:
    """As the same under ids with the year beside it; what has no line any more is dropped."""
    found = _carried(old)
    assert found["前年（2025年）营业收入"] == "18400"
    assert found["大前年（2024年）营业收入"] == "17000"
    if DATED.items() <= old.items():
        assert found == _carried(FIRM | IDS | OF_2025)


def test_a_dated_name_of_another_year_is_refused_once() -> None:
    """With the day or the year to state; stated, it counts as the same under ids."""
    with pytest.raises(InputError) as refused:
        assess(FIRM | DATED, level="little_giant", as_of=LATER)
    [problem] = refused.value.problems
    assert problem.where == "上年度（2025年）营业收入"
    assert problem.what.zh == "按 2025 年为上年度填写，而判定日的上年度是 2026 年"
    assert "把“上年度所指年份”填为 2025" in (problem.instead.zh if problem.instead else "")
    alike = [assess(FIRM | one | OF_2025, level="little_giant", as_of=LATER).id for one in (DATED, IDS)]
    assert alike[0] == alike[1]


def test_forms_of_two_years_are_compared_by_their_own(tmp_path: Path, capfdbinary: Capture) -> None:
    """Each by its year, which is named; beside no form of the day, or of another firm, it is refused as before."""
    stated = {"2024年营业收入": "1.7亿", "valid_titles": "专精特新中小企业（有效期到2026年5月）"}
    old = form_file("a.csv", level="little_giant", as_of="2025-06-01", old=FIRM | stated)
    (tmp_path / "old.csv").write_bytes(old)
    (tmp_path / "new.json").write_text(json.dumps(FIRM | DATED), encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps(FIRM | DATED | {"企业名称": "乙厂"}), encoding="utf-8")
    names = {one: str(tmp_path / one) for one in ("old.csv", "new.json", "other.json")}
    words = ("--level", "小巨人", "--as-of", str(DAY), "--lang", "zh", "--format", "line")
    done = run(capfdbinary, "assess", names["old.csv"], names["new.json"], *words)
    assert (done.code, done.err) == (0, "")
    assert f"{names['old.csv']}（2024 年为上年度） → {names['new.json']}（2025 年为上年度）" in done.out
    assert "上年度营业收入 17,000 → 18,400 万元" in "".join(done.out.split("\n  "))
    assert "上年度所指年份" not in done.out
    said = "".join(done.out.split())
    assert (
        f"{names['old.csv']}也按{DAY}判定（专精特新中小企业已于2026-05-31（按月末算）到期），不是2025年当时的结论"
        in said
    )
    assert said.count("也按") == 1
    for several in (["old.csv", "other.json"], ["old.csv"]):
        done = run(capfdbinary, "assess", *(names[one] for one in several), *words)
        assert done.code != 0
        assert "按 2024 年为上年度填写" in done.err
    assert profile_of(names["old.csv"], as_of=DAY, of_any_year=True)[YEAR] == "2024"


def test_two_forms_that_are_compared_as_lists_name_the_command_for_forms(tmp_path: Path, capfdbinary: Capture) -> None:
    """Two files that are no forms do not."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(form_file(name, level="little_giant", as_of=DAY, old=FIRM))
    both = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    said = run(capfdbinary, "compare", *both, "--level", "小巨人", "--as-of", str(DAY), "--lang", "zh").err
    assert f"champion assess {' '.join(both)} --level little_giant --format line" in " ".join(said.split())


def test_a_figure_that_crosses_its_threshold_is_told(tmp_path: Path, capfdbinary: Capture) -> None:
    """Also where the criterion is open before and after."""
    for name, share in (("a.json", 12), ("b.json", 8)):
        (tmp_path / name).write_text(json.dumps(FIRM | {"国内市场占有率": share}), encoding="utf-8")
    words = ("--level", "小巨人", "--as-of", str(DAY), "--lang", "zh", "--format", "line")
    out = run(capfdbinary, "assess", str(tmp_path / "a.json"), str(tmp_path / "b.json"), *words).out
    assert (
        "市场占有率或名次，及知名度：无法判定→无法判定（按所填不符合）；国内市场占有率12→8%（符合→不符合）"
        in "".join(out.split())
    )
