"""JSON Schemas of the files in `rules/`, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from engine.language.facts import Entry
from engine.rulebooks.documents import DocumentsWords
from engine.rulebooks.levels import LadderWords
from engine.rulebooks.routes import RoutesWords
from engine.rulebooks.rulebook import RulebookWords

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_schemas() -> dict[str, dict[str, Any]]:
    """Give the schema of a rulebook file and of the vocabulary, by name."""
    entry = TypeAdapter(Entry).json_schema()
    definitions = entry.pop("$defs")
    definitions["Fact"]["properties"].pop("id")
    vocabulary = {
        "title": "facts.yaml 指标词汇表",
        "type": "object",
        "additionalProperties": entry,
        "$defs": definitions,
    }
    rulebook = {**RulebookWords.model_json_schema(), "title": "rulebook 认定规则"}
    ladder = {**LadderWords.model_json_schema(), "title": "ladder.yaml 梯度层级"}
    return {
        "rulebook": {"$schema": _DRAFT, **rulebook},
        "facts": {"$schema": _DRAFT, **vocabulary},
        "ladder": {"$schema": _DRAFT, **ladder},
        "routes": {"$schema": _DRAFT, **RoutesWords.model_json_schema(), "title": "routes.yaml 路线"},
        "documents": {"$schema": _DRAFT, **DocumentsWords.model_json_schema(), "title": "documents.yaml 材料"},
    }
