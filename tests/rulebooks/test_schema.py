"""The JSON Schemas for editors accept the shipped files and refuse what the loader refuses."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml

from engine import shipped
from engine.rulebooks.schema import editor_schemas

FILES = sorted(file for file in shipped().folder.glob("*.yaml"))


def _schema(name: str) -> dict[str, Any]:
    return editor_schemas()[name if name in {"facts", "ladder", "documents", "routes"} else "rulebook"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader], ids=["all text", "as editors read it"])
def test_shipped_files_are_valid(file: Any, loader: type[yaml.BaseLoader]) -> None:
    """A shipped file is valid, read as text like the loader does or with types like an editor does."""
    data = yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 our own files
    jsonschema.validate(_with_days_as_text(data), _schema(file.stem))


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
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, _schema(file.stem))


def _with_days_as_text(data: Any) -> Any:
    """Write dates as text, which is how an editor's YAML 1.2 reads them."""
    if isinstance(data, dict):
        return {key: _with_days_as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_days_as_text(value) for value in data]
    return data.isoformat() if hasattr(data, "isoformat") else data
