"""The docstring of each wing leads to its files, and the page of the house to the wings."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

_HOUSE = Path(__file__).parents[1]
_WINGS = sorted([*_HOUSE.glob("engine/**/__init__.py"), *_HOUSE.glob("api/**/__init__.py")])
_CLAUSE = re.compile(r"^([a-z_0-9]+): (.+(?:\n    .+)*)", re.MULTILINE)


@pytest.mark.parametrize("wing", _WINGS, ids=lambda one: one.parent.name)
def test_a_wing_names_each_of_its_files_once(wing: Path) -> None:
    """Every module has one clause in the docstring of its wing, no other has, and what it quotes is in the module."""
    clauses = _CLAUSE.findall(ast.get_docstring(ast.parse(wing.read_text("utf-8"))) or "")
    modules = {one.stem: one.read_text("utf-8") for one in wing.parent.glob("*.py") if one != wing}
    assert sorted(name for name, _ in clauses) == sorted(modules)
    for name, clause in clauses:
        assert [one for one in re.findall("`(.+?)`", clause) if one not in modules[name]] == []


def test_the_page_has_the_wings_in_the_order_of_imports() -> None:
    """The first column of its table names each layer once, from the top of the contract to its bottom."""
    contracts = tomllib.loads((_HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    height = {name: number for number, layer in enumerate(layers) for name in layer.split(" | ")}
    rows = re.findall(r"^\| (`.+?) \|", (_HOUSE / "engine/README.md").read_text("utf-8"), re.MULTILINE)
    names = [name for row in rows for name in re.findall("`(.+?)/?`", row)]
    assert sorted(names) == sorted(height)
    assert names == sorted(names, key=height.__getitem__)
