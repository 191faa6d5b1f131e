"""The schemas of a folder of rules, as files."""

from __future__ import annotations

from pathlib import Path

from engine.authoring.schema import editor_schemas
from engine.ground.writing import to_json
from engine.rulebooks.catalog import Catalog


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of a folder of rules, by which an editor knows its facts; give the files."""
    made = {folder / "schema" / f"{name}.json": one for name, one in editor_schemas(Catalog(folder).vocabulary).items()}
    (folder / "schema").mkdir(exist_ok=True)
    for file, schema in made.items():
        file.write_bytes(to_json(schema, indent=True) + b"\n")
    return [*made]
