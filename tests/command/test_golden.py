"""Outputs that people and programs rely on, kept as files: `make golden` writes them anew, the diff is then read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.app import create_app
from api.serve import main as serve
from engine import assess, shipped, to_json
from engine.authoring.schema import editor_schemas
from engine.command.cli import champion
from engine.deciding.to_durable import engine_for

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden"
_COMMANDS = (
    "assess",
    "screen",
    "sweep",
    "target",
    "compare",
    "ladder",
    "evidence",
    "rulebooks",
    "explain",
    "lint",
    "test",
    "plan",
    "prove",
    "new",
    "facts",
)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _outputs() -> Iterator[tuple[Path, str]]:
    for rulebook_id in shipped().ids:
        yield GOLDEN / f"{rulebook_id}.rules.json", _as_json(engine_for(shipped().rulebook(rulebook_id)).rules())
    for name, schema in editor_schemas(shipped().vocabulary).items():
        yield ROOT / "rules" / "schema" / f"{name}.json", _as_json(schema)
    yield GOLDEN / "openapi.json", _as_json(create_app().openapi())
    runner = CliRunner(env={"COLUMNS": "100"})
    pages = [
        runner.invoke(champion, [*words, "--help"], prog_name="champion").output
        for words in ([], *([c] for c in _COMMANDS))
    ]
    pages.append(runner.invoke(serve, ["--help"], prog_name="champion-api").output)
    yield GOLDEN / "help.txt", "\n".join(pages)
    for name, *words in (("global_market_share_pct",), ("lg26-5-market", "--lang", "en")):
        said = runner.invoke(champion, ["explain", name, *words]).output
        yield GOLDEN / f"{name}.explained.txt", said
    profile = json.loads((ROOT / "fixtures" / "published" / "C023-zpmc.json").read_text(encoding="utf-8"))
    yield (
        GOLDEN / "C023-zpmc.verdict.json",
        to_json(assess(profile, as_of=date(2026, 6, 1)), indent=True).decode() + "\n",
    )


OUTPUTS = dict(_outputs())


@pytest.mark.parametrize("file", sorted(OUTPUTS), ids=lambda file: file.name)
def test_golden(file: Path) -> None:
    """The output is what the file says; if it should now be different, `make golden` writes it."""
    if os.environ.get("REFRESH_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(OUTPUTS[file], encoding="utf-8")
    assert file.read_text(encoding="utf-8") == OUTPUTS[file]
