"""The JSON Schema of a profile's values, from the vocabulary: what the OpenAPI document and other programs read."""

from __future__ import annotations

from typing import Any

from engine.ground.values import Number
from engine.language.facts import BOOLEAN, Fact, Kind


def json_schema(fact: Fact) -> dict[str, Any]:
    """Give the JSON Schema of a fact's value in a profile."""
    title = f"{fact.title.zh} / {fact.title.en}"
    notes = [text for text in (fact.unit, fact.note) if text and text.zh]
    schema: dict[str, Any] = {"title": title}
    if notes:
        schema["description"] = "; ".join(f"{note.zh} / {note.en}" for note in notes)
    if fact.is_numeric:
        bounds = {"minimum": fact.lowest, "maximum": fact.highest}
        limits = {key: _plain(bound) for key, bound in bounds.items() if bound is not None}
        return {**schema, "anyOf": [{"type": "number", **limits}, {"type": "string"}, {"type": "null"}]}
    if fact.kind in BOOLEAN:
        return {**schema, "anyOf": [{"type": "boolean"}, {"type": "string"}, {"type": "null"}]}
    if fact.kind is Kind.CHOICE:
        return {**schema, "anyOf": [{"enum": [*fact.choices]}, {"type": "string"}, {"type": "null"}]}
    if fact.kind is Kind.CHOICES:
        codes = {"type": "array", "items": {"anyOf": [{"enum": [*fact.choices]}, {"type": "string"}]}}
        return {**schema, "anyOf": [codes, {"type": "string"}, {"type": "null"}]}
    if fact.kind is Kind.DATE:
        return {**schema, "anyOf": [{"type": "string", "examples": ["2026-04-01"]}, {"type": "null"}]}
    return {**schema, "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}


def _plain(number: Number) -> float | int:
    return number if isinstance(number, int) else float(number)
