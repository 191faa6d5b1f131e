"""Every file of a folder of rules is looked through as what it is, and all that is wrong with it comes at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine import Catalog, rules_folder, shipped
from engine.lint import lint
from tests.shell import run

_KINDS = ("*.yaml", "*.csv", "cases/*.yaml", "benchmarks/*.csv")
_ALL = [file.relative_to(rules_folder()) for kind in _KINDS for file in rules_folder().glob(kind)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped rules."""
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


@pytest.mark.parametrize("name", sorted(_ALL, key=str), ids=str)
def test_a_shipped_file_is_sound(name: Path) -> None:
    """Each file that is shipped is without problems as what it is, named as it lies in the folder."""
    assert lint(shipped(), [name])[1] == []


_MISTAKES = {  # a file; in it, of each stage: a key twice, a key that is none, a value that means nothing
    "facts.yaml": [
        ("firm_name:\n", "firm_name:\n  kind: text\n  kind: text\n"),
        ("main_product_name:\n", "main_product_name:\n  colour: red\n"),
        ("part_of: revenue_y0", "part_of: revnue_y0"),
    ],
    "ladder.yaml": [
        ("titles: valid_titles", "titles: valid_titles\ntitles: valid_titles"),
        ("    needs_step_below: no", "    needs_step_belw: no"),
        ("[srdi]", "[srd]"),
    ],
    "routes.yaml": [
        ("confirmed: no", "confirmed: no\nconfirmed: no"),
        ("quote: 第一层次，围绕", "quot: 第一层次，围绕"),
        ("rulebook: cae-2021-shortcoming", "rulebook: cae-2021-shortcomng"),
    ],
    "documents.yaml": [
        ("papers:\n", "looked_up: []\nlooked_up: []\npapers:\n"),
        ("{name: 上年度审计报告, years", "{name: 上年度审计报告, yeas"),
        ("[{name: 单项冠军公告名单}", "[{name: 单项冠军公告}, {name: 单项冠军公告名单}"),
    ],
    "cases/cae-2021-champion.yaml": [
        ("base:\n", "as_of: 2026-01-01\nbase:\n"),
        ("expect: not_met", "expects: not_met"),
        ("criterion: core-business", "criterion: core-busines"),
    ],
    "cae-2021-champion.yaml": [
        ("criteria:\n", "edition: x\ncriteria:\n"),
        ("    require: {fact: global_market_share_pct", "    requires: {fact: global_market_share_pct"),
        ("{rulebook: ", "{rulebook: no-"),
    ],
}


def _broken(folder: Path, name: str, changes: list[tuple[str, str]]) -> list[str]:
    text = (rules_folder() / name).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    (folder / name).write_text(text, encoding="utf-8")
    problems = [one.in_language("en") for one in lint(Catalog(folder), [folder / name])[1]]
    (folder / name).write_text((rules_folder() / name).read_text(encoding="utf-8"), encoding="utf-8")
    return problems


def _without_lines(problems: list[str]) -> set[str]:
    return {one.split(": ", 1)[1] for one in problems}


@pytest.mark.parametrize("name", _MISTAKES)
def test_all_stages_at_once(folder: Path, name: str) -> None:
    """What each of three mistakes of a file comes to by itself is all told of the three together, and nothing else."""
    together = _broken(folder, name, _MISTAKES[name])
    alone = [_broken(folder, name, [one]) for one in _MISTAKES[name]]
    assert all(alone)
    assert _without_lines(together) == set.union(*map(_without_lines, alone))
    assert len(together) == sum(map(len, alone))


def test_a_folder_is_its_rules(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A folder given as an argument is as if given by --rules, its cases folder is all of its cases."""
    (folder / "cases" / "sme-2011.yaml").write_text(
        "rulebook: sme-2011\nas_of: 2026-01-01\nbase: {}\n", encoding="utf-8"
    )
    told = "cases/sme-2011.yaml: “sme-2011” 没有这套规则。是否想写“sme-2011-size”？\n"
    for words in (
        [str(folder)],
        ["--rules", str(folder)],
        [str(folder / "cases")],
        [str(folder / "cases/sme-2011.yaml")],
    ):
        result = run(capfdbinary, "lint", *words)
        assert (result.code, result.out, result.err) == (3, told, "")


def test_a_file_is_read_with_its_own_folder(folder: Path) -> None:
    """A file that lies in another folder of rules than the shipped is checked with that one, unless rules are named."""
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + "made_up:\n  title: 编\n  kind: yes_no\n", encoding="utf-8")
    file = folder / "cae-2021-scattered.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{fact: ", "{fact: made_up, equals: yes}  # {fact: ", 1), encoding="utf-8")
    assert lint(shipped(), [file])[1] == []
    assert any("made_up" in one.what.en for one in lint(Catalog(rules_folder()), [file])[1])


def test_form_of_cases(folder: Path) -> None:
    """A mistake of form in a case file is told in that file, not in the rulebook of the same name."""
    (folder / "cases" / "sme-2011-size.yaml").write_text("base: [", encoding="utf-8")
    [problem] = lint(Catalog(folder))[1]
    assert problem.where.startswith("cases/sme-2011-size.yaml:2")
    assert problem.what.zh == "不是合法的 YAML：这里缺少内容，或括号没有结束"


def test_a_broken_vocabulary_comes_first(folder: Path) -> None:
    """All else is read by the vocabulary: while that is broken nothing is said of the rest of the folder."""
    (folder / "facts.yaml").write_text("firm_name: {title: 名}\n", encoding="utf-8")
    (folder / "ladder.yaml").unlink()
    assert [one.where for one in lint(Catalog(folder))[1]] == ["facts.yaml:1:1: facts.firm_name"]


@pytest.mark.parametrize("name", ["README.md", "schema/facts.json"])
def test_no_rules(name: str) -> None:
    """What is no rulebook, no cases and no table is told as such, with what to name."""
    [problem] = lint(shipped(), [rules_folder() / name])[1]
    assert problem.what.zh == "不是规则、案例或表"
