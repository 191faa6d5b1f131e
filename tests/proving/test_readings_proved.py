"""Other readings are proved as ours are: by cases that say what comes of them, and by changes that these notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proving.test_kit import changed, folder_of, sample
from tests.shell import run

_RULES, _CASES = sample()
_GROWTH = "    require: {fact: revenue_y0, more_than: {fact: revenue_y1}}\n"
_OPEN = "    confirmed: no\n    reading: {zh: 须超过, en: It has to be more}\n"
_OTHER = (
    _OPEN
    + "    otherwise:\n      - reading: {zh: 只看大小, en: By size alone}\n        require: {fact: revenue_y0, {}}\n"
)
_BY = "按读法 growth，growth~growth.1"
_SCORED = """
scorecards:
  - id: score
    title: {zh: 得分, en: Score}
    cite: {source: notice-1, clause: 附件, grade: A}
    groups:
      - id: rd
        title: {zh: 研发, en: R&D}
        items:
          - id: rd-share
            title: {zh: 研发费用占比, en: R&D share}
            max: 20
            fact: rd_intensity_pct_y0
            bands:
              - points: 20
                at_least: 2%
                otherwise:
                  - reading: {zh: 按前年, en: Of the year before}
                    require: {fact: rd_intensity_pct_y1, at_least: 2%}
criteria:
  - id: enough
    title: {zh: 得分, en: Score}
    cite: {source: notice-1, clause: 附件, grade: A}
    quote: 得分不低于20分
    require: {score: score, at_least: 20}
"""
_POINTS = (
    "points:\n  - {item: rd-share, case: {zh: 前年低, en: low}, given: {rd_intensity_pct_y1: 1%}, expect_points: 20"
)


def _with_reading(required: str) -> str:
    return changed(_RULES, _GROWTH, _OTHER.replace("{}", required) + _GROWTH)


def test_changes_of_another_reading_are_tried(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A change of what another reading requires is told until a case says what comes of that reading."""
    rules = _with_reading("at_least: 2500万元")
    told = run(capfdbinary, "test", "--mutate", "--rules", str(folder_of(tmp_path, rules)))
    assert f"没有案例发现：{_BY} 的“at_least”改为“less_than”" in told.out
    case = "  - {criterion: growth, case: {zh: 小, en: low}, given: {revenue_y0: 2000万元}, expect: not_met}\n"
    cases = _CASES + case.replace("not_met}", "not_met, otherwise: {growth: not_met}}")
    told = run(capfdbinary, "test", "--mutate", "--rules", str(folder_of(tmp_path / "two", rules, cases)))
    assert f"{_BY} 的“at_least”改为“less_than”" not in told.out
    wrong = cases.replace("growth: not_met}}", "growth: met}}")
    told = run(capfdbinary, "test", "--rules", str(folder_of(tmp_path / "three", rules, wrong)))
    assert "“小”：按读法 growth应为 符合（met），而是 不符合（not_met）" in told.out


def test_a_reading_that_turns_nothing_is_named(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Another reading by which no firm comes out otherwise is told, with no case written and nothing else asked."""
    rules = _with_reading("more_than: {fact: revenue_y1}").replace(
        "        require: {fact: revenue_y0, more",
        "        when: {fact: application_type, equals: new}\n        require: {fact: revenue_y0, more",
    )
    told = run(capfdbinary, "test", "--rules", str(folder_of(tmp_path, rules)))
    assert (told.code, "growth: “turned by the reading growth” 没有找到这样的企业" in told.out) == (3, True), told


def test_lines_of_scorecards_have_readings_too(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Points by another reading stand under `otherwise` of a case; what is not so, or not shown, is told."""
    rules = changed(_RULES, "criteria:\n", _SCORED)
    cases = changed(_CASES, "  own_brand: 是\n", "  own_brand: 是\n  rd_intensity_pct_y1: 2%\n")
    told = run(capfdbinary, "test", "--coverage", "--rules", str(folder_of(tmp_path, rules, cases)))
    assert "rd-share: 没有案例：结果因读法而异：score.rd.rd-share.1" in told.out
    shown = f"{cases}{_POINTS}, otherwise: {{score.rd.rd-share.1: 0}}}}\n"
    told = run(capfdbinary, "test", "--coverage", "--rules", str(folder_of(tmp_path / "two", rules, shown)))
    assert "rd-share: 没有案例：结果因读法而异" not in told.out
    wrong = shown.replace("rd-share.1: 0}", "rd-share.1: 20}")
    told = run(capfdbinary, "test", "--rules", str(folder_of(tmp_path / "three", rules, wrong)))
    assert "按读法 score.rd.rd-share.1应为 20，而是 0" in told.out
