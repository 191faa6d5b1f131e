"""The JSON Schemas for editors accept the shipped files and refuse what the loader refuses."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from engine import shipped
from engine.authoring.schema import editor_schemas

FILES = sorted([*shipped().folder.glob("*.yaml"), *shipped().folder.glob("cases/*.yaml")])


SCHEMAS = editor_schemas(shipped().vocabulary)


def _schema(file: Path) -> jsonschema.Draft202012Validator:
    kind = file.stem if file.stem in SCHEMAS else "cases" if file.parent.name == "cases" else "rulebook"
    return jsonschema.Draft202012Validator(SCHEMAS[kind])


def _parts(part: Any) -> Iterator[Any]:
    """Give every part of a schema that has keys."""
    if isinstance(part, dict):
        yield from [part] if isinstance(part.get("properties"), dict) and "type" in part else []
        for one in part.values():
            yield from _parts(one)
    for one in part if isinstance(part, list) else ():
        yield from _parts(one)


def test_each_key_is_described() -> None:
    """Every key that a schema knows says what to write, in Chinese and in English, and no words are left over."""
    profile = SCHEMAS["cases"]["$defs"]["Profile"]
    keys = [one for part in _parts(SCHEMAS) if part is not profile for one in part["properties"].items()]
    for _, one in keys:
        zh, _, en = one["description"].partition("\n\n")
        assert en
        assert not zh.isascii()
    with (shipped().folder / "schema" / "words.csv").open(encoding="utf-8") as file:
        assert {row["key"].rpartition(".")[2] for row in csv.DictReader(file)} == {key for key, _ in keys}


def test_what_is_offered() -> None:
    """Ids of facts are offered with title and unit, options with their names, and the answers of a firm."""
    ids = SCHEMAS["rulebook"]["$defs"]["FactId"]
    offered = dict(zip(ids["enum"], ids["enumDescriptions"], strict=True))
    assert offered["revenue_y0"] == "上年度营业收入（万元） Revenue, last full year [money]"
    assert set(offered) == set(shipped().vocabulary)
    answers = SCHEMAS["cases"]["$defs"]["Profile"]["properties"]["application_type"]["anyOf"][0]
    assert answers == {"enum": ["新申报", "复核"]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader], ids=["all text", "as editors read it"])
def test_shipped_files_are_valid(file: Any, loader: type[yaml.BaseLoader]) -> None:
    """A shipped file is valid, read as text like the loader does or with types like an editor does."""
    data = yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 our own files
    assert _schema(file).is_valid(_with_days_as_text(data))


@pytest.mark.parametrize(
    "wrong",
    [
        {"requires": {"fact": "global_rank", "at_most": "3"}},
        {"require": {"fact": "global_rank", "at_most": "3", "or": "1"}},
        {"cite": {"source": "a", "clause": "b", "grade": "Z"}},
    ],
)
def test_mistakes_are_refused(wrong: dict[str, Any]) -> None:
    """An unknown key or grade in a criterion makes the file invalid."""
    file = next(file for file in FILES if file.stem == "cae-2021-champion")
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 our own files
    data["criteria"][0] |= wrong
    assert not _schema(file).is_valid(data)


def _with_days_as_text(data: Any) -> Any:
    """Write dates as text, which is how an editor's YAML 1.2 reads them."""
    if isinstance(data, dict):
        return {key: _with_days_as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_days_as_text(value) for value in data]
    return data.isoformat() if hasattr(data, "isoformat") else data
