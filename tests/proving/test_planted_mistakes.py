"""Mistakes that authors make, planted one by one in shipped rulebooks: lint or `champion test` finds each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine import Catalog, Problem, RulebookError, rules_folder
from engine.lint import lint
from engine.proving.proof import proof
from engine.rulebooks.remarks import remarks
from tests.proving.test_kit import changed

_PLANTED = yaml.safe_load((Path(__file__).parent / "planted_mistakes.yaml").read_text(encoding="utf-8"))


def _told(folder: Path, name: str, *, by_lint: bool) -> Iterator[Problem]:
    """Give what lint tells and remarks, of the file and of the timeline; or what a test of the rulebook finds."""
    catalog = Catalog(folder)
    if not by_lint:
        yield from (trouble.problem for trouble in proof(catalog, name).troubles)
        return
    sound, problems = lint(catalog, [name])
    yield from problems
    for book in sound:
        yield from remarks(book)
    try:
        yield from lint(catalog)[1] if sound else ()
    except RulebookError as error:
        yield from error.problems


@pytest.mark.parametrize(
    ("found_by", "planted"),
    [(found_by, one) for found_by, several in _PLANTED.items() for one in several],
    ids=lambda one: one if isinstance(one, str) else one["mistake"],
)
def test_a_planted_mistake_is_found(tmp_path: Path, found_by: str, planted: dict[str, Any]) -> None:
    """The mistake is told by what finds it first, with the place where it stands."""
    folder, name = tmp_path / "rules", planted["rulebook"]
    shutil.copytree(rules_folder(), folder)
    file = folder / f"{name}.yaml"
    for change in planted["changes"]:
        text = changed(file.read_text(encoding="utf-8"), change["there"], change["written"])
        file.write_text(text, encoding="utf-8")
    told = [problem.in_language("zh") for problem in _told(folder, name, by_lint=found_by == "lint")]
    assert any(all(one in said for one in planted["told"]) for said in told), told
