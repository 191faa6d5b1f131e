"""`champion test` on a folder of an author's own: the small rulebook of the rules' page, and mistakes in it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine import rules_folder
from tests.shell import run

_PAGE = (Path(__file__).parents[2] / "rules" / "README.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"```yaml\n(.*?)```", _PAGE, re.DOTALL)
_RULES = next(block for block in _BLOCKS if "id: sample-2026" in block)
_CASES = next(block for block in _BLOCKS if "rulebook: sample-2026" in block)
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
              - {points: 20, at_least: 3%}
              - {points: 15, at_least: 5%}
criteria:
  - id: score-enough
    title: {zh: 得分, en: Score}
    cite: {source: notice-1, clause: 附件, grade: A}
    quote: 得分不低于20分
    require: {score: score, at_least: 20}
"""
_NEVER = (
    "require: {all_of: [{fact: employees_y0, at_least: {parameter: staff_floor}}, {fact: employees_y0, at_most: 5人}]}"
)
_IMPOSSIBLE = "impossible: [{{criterion: staff, outcome: {}, why: 不会有}}]\n"


def sample() -> tuple[str, str]:
    """Give the small rulebook of the rules' page, and its cases."""
    return _RULES, _CASES


def folder_of(tmp_path: Path, rules: str = _RULES, cases: str | None = _CASES) -> Path:
    """Give a folder of rules with that rulebook and those cases."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder, ignore=shutil.ignore_patterns("cases", "*-*.yaml"))
    (folder / "sample-2026.yaml").write_text(rules, encoding="utf-8")
    if cases is not None:
        (folder / "cases").mkdir()
        (folder / "cases" / "sample-2026.yaml").write_text(cases, encoding="utf-8")
    return folder


def _found(said: str) -> str:
    """Give what a case came to, as told."""
    return re.findall(r"expected, (\w+) found", said)[0]


def changed(text: str, before: str, after: str) -> str:
    """Give a text with what stands in it once written otherwise."""
    assert text.count(before) == 1, before
    return text.replace(before, after)


_STAFF = "require: {fact: employees_y0, at_least: {parameter: staff_floor}}"
_MISTAKES = {
    "a condition that none can meet": (
        changed(_RULES, _STAFF, _NEVER),
        None,
        "staff: “met” 没有找到这样的企业。请检查规则：有这样的企业，就写成案例",
    ),
    "a band that is never reached": (changed(_RULES, "criteria:\n", _SCORED), None, "rd-share: “worth 15” 没有找到"),
    "a threshold": (
        changed(_RULES, "value: 20人", "value: 21人"),
        _CASES,
        "“恰为20人”：结果应为 符合（met），而是 不符合",
    ),
    "an operator": (
        changed(_RULES, _STAFF, _STAFF.replace("at_least", "at_most")),
        _CASES,
        "cases/sample-2026.yaml:14:5: staff: “少一人”",
    ),
    "no guard": (re.sub(r"    when: .*\n", "", _RULES), _CASES, "“复核不问”：结果应为 符合（met），而是 不符合"),
    "a reason": (
        _RULES,
        changed(_CASES, "reason: missing", "reason: needs_review"),
        "原因应为 待评审（needs_review）",
    ),
    "a verdict": (
        _RULES,
        changed(_CASES, "not_met, verdict: not_qualified", "not_met, verdict: qualified"),
        "总体结论应为",
    ),
    "not written": (_RULES, changed(_CASES, "expect: undetermined", 'expect: "?"'), "请对照原文写上应有的结果"),
    "a criterion that is none": (_RULES, _CASES.replace("criterion: growth", "criterion: grwth"), "是否想写“growth”"),
    "a fact that is none": (
        _RULES,
        _CASES.replace("own_brand", "own_brnd"),
        "cases/sample-2026.yaml:9:3: base.own_brnd",
    ),
    "an unreadable figure": (_RULES, _CASES.replace("19人", "约19人"), "cases/sample-2026.yaml:14:64:"),
    "a key that is none": (_RULES, _CASES.replace("expect: not_met", "expects: not_met"), "expect"),
    "not impossible": (_RULES, _CASES + _IMPOSSIBLE.format("not_met"), "写明不可能，而有案例正是如此"),
    "nothing of the name": (_RULES, _CASES + _IMPOSSIBLE.format("employees_y0 below 1"), "没有这样的要求"),
}


@pytest.mark.parametrize(("rules", "cases", "told"), _MISTAKES.values(), ids=_MISTAKES.keys())
def test_a_mistake_is_told(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, rules: str, cases: str | None, told: str
) -> None:
    """What is wrong with rules or cases is told in words with its place, and the end is 3."""
    result = run(capfdbinary, "test", "--rules", str(folder_of(tmp_path, rules, cases)))
    assert (result.code, told in result.out + result.err) == (3, True), result.out + result.err


def test_it_needs_no_case(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A sound rulebook passes without a case, and it is said that there are none."""
    result = run(capfdbinary, "test", "--rules", str(folder_of(tmp_path, cases=None)))
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == ["cases/sample-2026.yaml: 没有案例文件", "sample-2026：0 个案例，没有问题"]


def test_missing_cases_are_written_and_left_to_be_judged(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """What is lacking is told with its firm; skeletons of it fail until they are judged, and then all is shown."""
    folder = folder_of(tmp_path)
    lacking = run(capfdbinary, "test", "--coverage", "--rules", str(folder))
    assert lacking.code == 3
    assert "sample-2026: staff: 没有案例：employees_y0 高于 20。起点企业就是。" in lacking.out
    assert "sample-2026: growth: 没有案例：revenue_y0 恰为 revenue_y1\n    {revenue_y0: 2800万元}" in lacking.out
    assert run(capfdbinary, "test", "--write-missing", "--rules", str(folder)).code == 0
    file = folder / "cases" / "sample-2026.yaml"
    text = file.read_text(encoding="utf-8").split("\n")
    own = [re.sub(r"case: \{.*?\}, |\?|\"", "", line) for line in text]
    assert len({*own}) == len(own)  # each firm once
    failing = [line for line in text if 'expect: "?", verdict: "?"' in line]  # notice that a criterion decides
    assert len(failing) == 2
    for _ in ("expect", "reason"):  # as an author would, who finds that the rules are right
        said = run(capfdbinary, "test", "--rules", str(folder), "--format", "json")
        troubles = json.loads(said.out)["rulebooks"][0]["troubles"]
        assert {one["kind"] for one in troubles} == {"case"}
        for one in troubles:
            line = int(one["where"].split(":")[1]) - 1
            assert "请对照原文" in one["instead"]["zh"]
            text[line] = text[line].replace('"?"', _found(one["what"]["en"]), 1)
        file.write_text("\n".join(text), encoding="utf-8")
    assert run(capfdbinary, "test", "--write-missing", "--rules", str(folder)).err.count("补写 0 个案例") == 1
    done = run(capfdbinary, "test", "--coverage", "--rules", str(folder))
    assert (done.code, done.out) == (0, ""), done.out + file.read_text()
    assert "（100%）" in done.err


def test_changes_that_no_case_notices(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A change of the rules is told with a firm that tells it apart; with a reason it is left out."""
    folder = folder_of(tmp_path)
    told = run(capfdbinary, "test", "--mutate", "--rules", str(folder), "--lang", "en")
    assert "no case notices the change: growth.1: more_than changed to at_least" in told.out
    assert "staff.1" not in told.out  # exactly 20 and one fewer hold it fast
    count, of = map(int, re.findall(r"cases notice (\d+) of (\d+) changes of the rules", told.err)[0])
    assert of - count == told.out.count("no case notices the change") > 0
    assert f"({100 * count // of}%)" in told.err
    why = "unnoticed: [{criterion: growth, change: 'growth.1: more_than changed to at_least', why: 不必}]\n"
    file = folder / "cases" / "sample-2026.yaml"
    file.write_text(file.read_text(encoding="utf-8") + why, encoding="utf-8")
    again = run(capfdbinary, "test", "--mutate", "--rules", str(folder), "--lang", "en")
    assert "more_than changed to at_least" not in again.out


_NESTED = """require:
      all_of:
        - {fact: revenue_y0, at_least: 2000万元}
        - {fact: revenue_y0, more_than: {fact: revenue_y1}}
        - any_of:
            - all_of:
                - {fact: rd_intensity_pct_y0, less_than: 3.5%}
                - {fact: rd_expense_y0, more_than: {fact: rd_expense_y1}}
            - all_of: [{fact: rd_expense_y1, less_than: {fact: rd_expense_y2}}, {fact: employees_y0, less_than: 20人}]
"""


def test_a_firm_is_found_for_all_that_can_be(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Each part that can decide alone is told with a firm, also where this takes several figures of other years."""
    rules = changed(_RULES, "require: {fact: revenue_y0, more_than: {fact: revenue_y1}}\n", _NESTED)
    told = run(capfdbinary, "test", "--coverage", "--rules", str(folder_of(tmp_path, rules))).out
    assert told.count("sample-2026: growth: 没有案例") == 37
    assert "没有找到" not in told


def test_junit(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """JUnit has a test for each case, failing or not."""
    cases = changed(_CASES, "expect: not_met, verdict: not_qualified", "expect: met")
    result = run(capfdbinary, "test", "--format", "junit", "--rules", str(folder_of(tmp_path, cases=cases)))
    [suite] = ET.fromstring(result.out)  # noqa: S314 our own
    assert (result.code, suite.attrib) == (3, {"name": "sample-2026", "tests": "5", "failures": "1"})
    failing = [test.get("name") for test in suite if len(test)]
    assert failing == ["staff: one fewer"]


def test_shares_are_told_in_every_form(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """What cases cover and notice is told of each rulebook and of all, in words, in JSON and in JUnit."""
    folder = folder_of(tmp_path)
    for place in (folder, folder / "cases"):
        text = (place / "sample-2026.yaml").read_text(encoding="utf-8")
        (place / "second-2026.yaml").write_text(text.replace("sample-2026", "second-2026"), encoding="utf-8")
    options = ("test", "--coverage", "--mutate", "--rules", str(folder), "--lang", "en")
    told = run(capfdbinary, *options).err.splitlines()[-1]
    found = json.loads(run(capfdbinary, *options, "--format", "json").out)
    for name in ("coverage", "mutants"):
        one, other, whole = (book[name] for book in (*found["rulebooks"], found["in_all"]))
        assert {key: one[key] + other[key] for key in ("count", "of")} == {key: whole[key] for key in ("count", "of")}
        assert f"{whole['count']} of {whole['of']} " in told.removeprefix("2 rulebooks in all")
    root = ET.fromstring(run(capfdbinary, *options, "--format", "junit").out)  # noqa: S314 our own
    said = [one.get("value") for one in root.findall("./properties/property")]
    assert said == ["{count}/{of} ({percent}%)".format(**one) for one in found["in_all"].values()]
    assert len(root.findall("./testsuite/properties/property")) == 4


def test_nothing_is_written_to_the_shipped_rules(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Cases are written to rules of one's own only."""
    result = run(capfdbinary, "test", "--write-missing")
    assert result.code == 2
    assert "--rules" in result.err
